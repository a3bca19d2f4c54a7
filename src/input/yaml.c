#include "input/yaml.h"

#include <string.h>
#include <yaml.h>

#include "base/arena.h"
#include "base/check.h"
#include "input/text.h"

enum { DEEPEST = 16, MOST_KEYS = 10000, LARGEST_BYTES = 1 << 20 };

struct loader {
    struct arena *arena;
    struct str file, content;
    struct diagnostics *diagnostics;
    yaml_document_t document;
    size_t line_number; /* of `line`, from 0: nodes come nearly in the order of lines */
    struct str line;
};

static struct str first_line(const char *at, const char *end)
{
    struct str line, rest = {at, (size_t)(end - at)};
    return str_split(rest, '\n', &line, &rest) ? line : rest;
}

static struct str line_text(struct loader *loader, size_t number)
{
    const char *end = loader->content.at + loader->content.length;
    if (loader->line.at == NULL || number < loader->line_number) {
        loader->line = first_line(loader->content.at, end);
        loader->line_number = 0;
    }
    for (; loader->line_number < number; loader->line_number++) {
        const char *next = loader->line.at + loader->line.length;
        loader->line = first_line(next < end ? next + 1 : end, end);
    }
    return loader->line;
}

static struct place place_of(struct loader *loader, yaml_mark_t mark)
{
    return (struct place){loader->file, (int)mark.line + 1, (int)mark.column + 1,
                          line_text(loader, mark.line)};
}

const char *node_kind_name(enum node_kind kind)
{
    static const char *const names[] = {"a single value", "a list", "a map of keys"};
    return names[kind];
}

struct node *node_find(const struct node *map, const char *key)
{
    for (size_t i = 0; map != NULL && map->kind == NODE_MAP && i < map->n_items; i++)
        if (str_is(map->keys[i].text, key))
            return &map->items[i];
    return NULL;
}

/* ---- what the document tree does not tell: anchors, aliases, tags, depth, other documents ---- */

struct scan {
    int depth, n_documents;
    bool good;
};

static void refuse(struct loader *loader, struct scan *scan, yaml_mark_t mark, const char *hint,
                   const char *what)
{
    scan->good = diagnose_error(loader->diagnostics, place_of(loader, mark), hint, "%s", what);
}

static void scan_properties(struct loader *loader, struct scan *scan, const yaml_event_t *event,
                            const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor != NULL)
        refuse(loader, scan, event->start_mark, "write the value out; quote a text that begins with & or *",
               "anchors and aliases (& and *) are not accepted");
    if (tag != NULL)
        refuse(loader, scan, event->start_mark, "remove the tag; quote a text that begins with !",
               "tags (!) are not accepted");
}

static void scan_event(struct loader *loader, struct scan *scan, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (++scan->n_documents == 2)
            refuse(loader, scan, event->start_mark,
                   "remove the line `---` and join them, or make two files of them",
                   "a second document begins here");
        return;
    case YAML_ALIAS_EVENT:
        scan_properties(loader, scan, event, event->data.alias.anchor, NULL);
        return;
    case YAML_SCALAR_EVENT:
        scan_properties(loader, scan, event, event->data.scalar.anchor, event->data.scalar.tag);
        return;
    case YAML_SEQUENCE_START_EVENT:
        scan_properties(loader, scan, event, event->data.sequence_start.anchor,
                        event->data.sequence_start.tag);
        scan->depth++;
        break;
    case YAML_MAPPING_START_EVENT:
        scan_properties(loader, scan, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
        scan->depth++;
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        scan->depth--;
        return;
    default:
        return;
    }
    if (scan->depth > DEEPEST)
        refuse(loader, scan, event->start_mark, NULL, "the document is nested too deeply");
}

static const char *syntax_hint(const char *problem)
{
    static const char *const hints[][2] = {
        {"found character that cannot start any token",
         "indent with blanks, not tabs; quote a text that begins with @, ` or %"},
        {"mapping values are not allowed",
         "begin all keys of a map in one column; quote a text that holds a colon and a blank"},
        {"did not find expected key", "begin all keys of a map, and all `-` of a list, in one column"},
        {"did not find expected '-' indicator",
         "begin all keys of a map, and all `-` of a list, in one column"},
        {"could not find expected ':'", "write `key: value`"},
        {"did not find expected ',' or ']'", "close the list with ]"},
        {"did not find expected ',' or '}'", "close the map with }"},
        {"found unexpected end of stream", "close the quote"},
    };
    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++)
        if (strstr(problem, hints[i][0]) != NULL)
            return hints[i][1];
    return NULL;
}

static void report_syntax(struct loader *loader, const yaml_parser_t *parser)
{
    const char *hint = syntax_hint(parser->problem);
    if (parser->error == YAML_MEMORY_ERROR)
        check_out_of_memory();
    struct place place = place_of(loader, parser->problem_mark);
    if (parser->error == YAML_READER_ERROR)
        place = (struct place){.file = loader->file};
    if (parser->context != NULL && parser->context_mark.line != parser->problem_mark.line)
        diagnose_error(loader->diagnostics, place, hint, "%s (%s that begins in line %zu)", parser->problem,
                       parser->context, parser->context_mark.line + 1);
    else
        diagnose_error(loader->diagnostics, place, hint, "%s", parser->problem);
}

static void parser_open(yaml_parser_t *parser, struct str content)
{
    if (!yaml_parser_initialize(parser))
        check_out_of_memory();
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(parser, (const unsigned char *)content.at, content.length);
}

static bool scan_document(struct loader *loader)
{
    struct scan scan = {.good = true};
    yaml_parser_t parser;
    parser_open(&parser, loader->content);
    for (bool end = false; !end && scan.depth <= DEEPEST && scan.n_documents < 2;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            report_syntax(loader, &parser);
            scan.good = false;
            break;
        }
        scan_event(loader, &scan, &event);
        end = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return scan.good;
}

/* ---- the document as nodes ---- */

static void convert(struct loader *loader, int index, struct node *node);

static void convert_list(struct loader *loader, const yaml_node_t *from, struct node *node)
{
    node->kind = NODE_LIST;
    node->n_items = (size_t)(from->data.sequence.items.top - from->data.sequence.items.start);
    node->items = ARENA_NEW(loader->arena, struct node, node->n_items);
    node->capacity = node->n_items;
    for (size_t i = 0; i < node->n_items; i++)
        convert(loader, from->data.sequence.items.start[i], &node->items[i]);
}

static const struct node *find_key(const struct node *map, struct str key)
{
    for (size_t i = 0; i < map->n_items; i++)
        if (str_equal(map->keys[i].text, key))
            return &map->keys[i];
    return NULL;
}

static void convert_pair(struct loader *loader, yaml_node_pair_t pair, struct node *node)
{
    struct node *key = &node->keys[node->n_items];
    convert(loader, pair.key, key);
    if (key->kind != NODE_SCALAR) {
        diagnose_error(loader->diagnostics, key->place, NULL, "a key must be a plain word");
        return;
    }
    const struct node *before = find_key(node, key->text);
    if (before != NULL) {
        diagnose_error(loader->diagnostics, key->place, "remove one of the two",
                       "the key `%.*s` is there twice, first in line %d", STR_ARGS(key->text),
                       before->place.line);
        return;
    }
    convert(loader, pair.value, &node->items[node->n_items++]);
}

static void convert_map(struct loader *loader, const yaml_node_t *from, struct node *node)
{
    size_t n = (size_t)(from->data.mapping.pairs.top - from->data.mapping.pairs.start);
    node->kind = NODE_MAP;
    node->capacity = n;
    if (n > MOST_KEYS) {
        diagnose_error(loader->diagnostics, node->place, NULL, "a map of more than %d keys", MOST_KEYS);
        return;
    }
    node->keys = ARENA_NEW(loader->arena, struct node, n);
    node->items = ARENA_NEW(loader->arena, struct node, n);
    for (size_t i = 0; i < n; i++)
        convert_pair(loader, from->data.mapping.pairs.start[i], node);
}

static void convert_scalar(struct loader *loader, const yaml_node_t *from, struct node *node)
{
    struct str text = {(const char *)from->data.scalar.value, from->data.scalar.length};
    while (text.length > 0 && text.at[text.length - 1] == '\n')
        text.length--;
    node->text = str_copy(loader->arena, text);
    if (!text_is_line(text))
        diagnose_error(loader->diagnostics, node->place, "write it in one line",
                       "the value holds a line break or another control character");
}

/* What is wrong is told and left out; yaml_parse's caller finds it in diagnostics. */
static void convert(struct loader *loader, int index, struct node *node)
{
    const yaml_node_t *from = yaml_document_get_node(&loader->document, index);
    *node = (struct node){.kind = NODE_SCALAR, .place = place_of(loader, from->start_mark)};
    if (from->type == YAML_SEQUENCE_NODE)
        convert_list(loader, from, node);
    else if (from->type == YAML_MAPPING_NODE)
        convert_map(loader, from, node);
    else
        convert_scalar(loader, from, node);
}

static struct node *convert_document(struct loader *loader)
{
    struct place start = {.file = loader->file, .line = 1};
    if (yaml_document_get_root_node(&loader->document) == NULL) {
        diagnose_error(loader->diagnostics, start, "begin with `study:`", "the file is empty");
        return NULL;
    }
    struct node *node = ARENA_NEW(loader->arena, struct node, 1);
    convert(loader, 1, node);
    return node;
}

struct node *yaml_parse(struct arena *arena, struct str file, struct str content,
                        struct diagnostics *diagnostics)
{
    struct loader loader = {.arena = arena, .file = file, .diagnostics = diagnostics};
    struct node *node = NULL;
    yaml_parser_t parser;
    if (content.length > LARGEST_BYTES) {
        diagnose_error(diagnostics, (struct place){.file = file}, NULL,
                       "the file is over 1 MiB: no study is that long");
        return NULL;
    }
    if (!text_check(file, &content, diagnostics))
        return NULL;
    loader.content = content;
    if (!scan_document(&loader))
        return NULL;
    parser_open(&parser, content);
    if (yaml_parser_load(&parser, &loader.document)) {
        node = convert_document(&loader);
        yaml_document_delete(&loader.document);
    } else {
        report_syntax(&loader, &parser);
    }
    yaml_parser_delete(&parser);
    return node;
}

/* ---- --set path=value ---- */

static struct node *child_by_key(struct arena *arena, struct node *map, struct str key, struct place place)
{
    for (size_t i = 0; i < map->n_items; i++)
        if (str_equal(map->keys[i].text, key))
            return &map->items[i];
    size_t n = map->n_items + 1;
    struct node *keys = ARENA_NEW(arena, struct node, n), *items = ARENA_NEW(arena, struct node, n);
    if (n > 1) {
        memcpy(keys, map->keys, (n - 1) * sizeof *keys);
        memcpy(items, map->items, (n - 1) * sizeof *items);
    }
    keys[n - 1] = (struct node){.kind = NODE_SCALAR, .text = key, .place = place};
    items[n - 1] = (struct node){.kind = NODE_MAP, .place = place};
    map->keys = keys;
    map->items = items;
    map->n_items = n;
    return &items[n - 1];
}

/* Takes `name`, `.name`, `[3]` or `["name"]` off the front of a path. */
static bool take_segment(struct str *path, struct str *key, int *index)
{
    size_t n = 0;
    *index = -1;
    if (str_starts(*path, STR("[\""))) {
        const char *end = memmem(path->at, path->length, "\"]", 2);
        if (end == NULL)
            return false;
        *key = (struct str){path->at + 2, (size_t)(end - path->at) - 2};
        *path = str_after(*path, key->length + 4);
        return true;
    }
    if (path->length > 0 && path->at[0] == '[') {
        int value = 0;
        for (n = 1; n < path->length && n < 7 && path->at[n] >= '0' && path->at[n] <= '9'; n++)
            value = value * 10 + (path->at[n] - '0');
        if (n == 1 || n >= path->length || path->at[n] != ']')
            return false;
        *index = value;
        *path = str_after(*path, n + 1);
        return true;
    }
    if (path->length > 0 && path->at[0] == '.')
        *path = str_after(*path, 1);
    while (n < path->length && path->at[n] != '.' && path->at[n] != '[')
        n++;
    *key = (struct str){path->at, n};
    *path = str_after(*path, n);
    return n > 0;
}

static struct node *walk(struct arena *arena, struct node *node, struct str path, struct place place,
                         struct diagnostics *diagnostics)
{
    while (path.length > 0) {
        struct str key;
        int index;
        if (!take_segment(&path, &key, &index)) {
            diagnose_error(diagnostics, place, "paths look like offers[\"aws.m3.large.on-demand\"].quota",
                           "the path cannot be read");
            return NULL;
        }
        if (index >= 0 && node->kind != NODE_LIST) {
            diagnose_error(diagnostics, place, NULL, "there is no item [%d]: the study has %s there", index,
                           node_kind_name(node->kind));
            return NULL;
        }
        if (index >= 0 && (size_t)index >= node->n_items) {
            diagnose_error(diagnostics, place, "items count from 0",
                           "there is no item [%d]: the study has %zu there", index, node->n_items);
            return NULL;
        }
        if (index < 0 && node->kind != NODE_MAP) {
            diagnose_error(
                diagnostics, place, node->kind == NODE_LIST ? "name an item by its number: [0]" : NULL,
                "`%.*s` cannot be set: the study has %s there", STR_ARGS(key), node_kind_name(node->kind));
            return NULL;
        }
        node = index >= 0 ? &node->items[index] : child_by_key(arena, node, key, place);
    }
    return node;
}

static void put_places(struct node *node, struct place place)
{
    node->place = place;
    for (size_t i = 0; i < node->n_items; i++) {
        put_places(&node->items[i], place);
        if (node->kind == NODE_MAP)
            put_places(&node->keys[i], place);
    }
}

/* At the first `=` that stands in no quotes: offer ids may hold one. */
static bool split_assignment(struct str assignment, struct str *path, struct str *value)
{
    bool quoted = false;
    for (size_t i = 0; i < assignment.length; i++) {
        quoted ^= assignment.at[i] == '"';
        if (assignment.at[i] != '=' || quoted)
            continue;
        *path = str_trim((struct str){assignment.at, i});
        *value = str_trim(str_after(assignment, i + 1));
        return path->length > 0;
    }
    return false;
}

bool node_set(struct arena *arena, struct node *root, struct str assignment, struct diagnostics *diagnostics)
{
    struct str path, value;
    struct place place = {.file = STR("--set"), .column = 1, .line_text = assignment};
    if (!split_assignment(assignment, &path, &value))
        return diagnose_error(diagnostics, place, "write path=value", "no `=` after a path");
    if (value.length == 0)
        return diagnose_error(diagnostics, place, "write path=value", "no value after the `=`");
    struct node *target = walk(arena, root, path, place, diagnostics);
    if (target == NULL)
        return false;
    struct node *parsed = yaml_parse(arena, STR("--set"), value, diagnostics);
    if (parsed == NULL)
        return false;
    put_places(parsed, place);
    *target = *parsed;
    return true;
}
