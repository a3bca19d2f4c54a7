#include "input/yaml.h"

#include <string.h>
#include <yaml.h>

#include "base/arena.h"
#include "base/check.h"

enum { DEEPEST = 16, LARGEST_BYTES = 1 << 20 };

struct loader {
    struct arena *arena;
    struct str file, content;
    struct diagnostics *diagnostics;
    yaml_document_t document;
    bool *seen; /* [node]: aliases make a node appear twice */
};

static struct str line_text(struct str content, size_t line)
{
    const char *at = content.at, *end = content.at + content.length;
    while (line > 0 && at < end) {
        const char *next = memchr(at, '\n', (size_t)(end - at));
        if (next == NULL)
            return (struct str){0};
        at = next + 1;
        line--;
    }
    const char *stop = at == end ? NULL : memchr(at, '\n', (size_t)(end - at));
    return (struct str){at, (size_t)((stop == NULL ? end : stop) - at)};
}

static struct place place_of(const struct loader *loader, yaml_mark_t mark)
{
    return (struct place){loader->file, (int)mark.line + 1, (int)mark.column + 1,
                          line_text(loader->content, mark.line)};
}

const char *node_kind_name(enum node_kind kind)
{
    static const char *const names[] = {"a single value", "a list", "a map of keys"};
    return names[kind];
}

struct node *node_find(const struct node *map, const char *key)
{
    for (size_t i = 0; map->kind == NODE_MAP && i < map->n_items; i++)
        if (str_is(map->keys[i].text, key))
            return &map->items[i];
    return NULL;
}

static bool convert(struct loader *loader, int index, int depth, struct node *node);

static bool has_plain_tag(const yaml_node_t *from)
{
    static const char *const plain[] = {YAML_STR_TAG, YAML_SEQ_TAG, YAML_MAP_TAG};
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        if (strcmp((const char *)from->tag, plain[i]) == 0)
            return true;
    return false;
}

static bool convert_list(struct loader *loader, const yaml_node_t *from, int depth, struct node *node)
{
    bool good = true;
    node->kind = NODE_LIST;
    node->n_items = (size_t)(from->data.sequence.items.top - from->data.sequence.items.start);
    node->items = ARENA_NEW(loader->arena, struct node, node->n_items);
    node->capacity = node->n_items;
    for (size_t i = 0; i < node->n_items; i++)
        good &= convert(loader, from->data.sequence.items.start[i], depth + 1, &node->items[i]);
    return good;
}

static bool convert_pair(struct loader *loader, yaml_node_pair_t pair, int depth, struct node *node)
{
    struct node *key = &node->keys[node->n_items], *value = &node->items[node->n_items];
    if (!convert(loader, pair.key, depth + 1, key))
        return false;
    if (key->kind != NODE_SCALAR)
        return diagnose_error(loader->diagnostics, key->place, NULL, "a key must be a plain word");
    const struct node *before = NULL;
    for (size_t i = 0; i < node->n_items; i++)
        if (str_equal(node->keys[i].text, key->text))
            before = &node->keys[i];
    if (before != NULL)
        return diagnose_error(loader->diagnostics, key->place, "remove one of the two",
                              "the key `%.*s` is there twice, first in line %d", STR_ARGS(key->text),
                              before->place.line);
    node->n_items++;
    return convert(loader, pair.value, depth + 1, value);
}

static bool convert_map(struct loader *loader, const yaml_node_t *from, int depth, struct node *node)
{
    bool good = true;
    node->kind = NODE_MAP;
    size_t n = (size_t)(from->data.mapping.pairs.top - from->data.mapping.pairs.start);
    node->capacity = n;
    node->keys = ARENA_NEW(loader->arena, struct node, n);
    node->items = ARENA_NEW(loader->arena, struct node, n);
    for (size_t i = 0; i < n; i++)
        good &= convert_pair(loader, from->data.mapping.pairs.start[i], depth, node);
    return good;
}

static bool convert(struct loader *loader, int index, int depth, struct node *node)
{
    const yaml_node_t *from = yaml_document_get_node(&loader->document, index);
    node->place = place_of(loader, from->start_mark);
    if (depth > DEEPEST)
        return diagnose_error(loader->diagnostics, node->place, NULL, "the document is nested too deeply");
    if (loader->seen[index])
        return diagnose_error(loader->diagnostics, node->place, "write the value out",
                              "anchors and aliases (& and *) are not accepted");
    loader->seen[index] = true;
    if (!has_plain_tag(from))
        return diagnose_error(loader->diagnostics, node->place, "remove the tag", "tags (!) are not accepted");
    if (from->type == YAML_SEQUENCE_NODE)
        return convert_list(loader, from, depth, node);
    if (from->type == YAML_MAPPING_NODE)
        return convert_map(loader, from, depth, node);
    node->kind = NODE_SCALAR;
    node->text = str_copy(loader->arena, (struct str){(const char *)from->data.scalar.value, from->data.scalar.length});
    if (!str_is_utf8(node->text) || memchr(node->text.at, 0, node->text.length) != NULL)
        return diagnose_error(loader->diagnostics, node->place, NULL, "the value is not plain UTF-8 text");
    return true;
}

static void report_syntax(struct loader *loader, const yaml_parser_t *parser)
{
    if (parser->error == YAML_MEMORY_ERROR)
        check_out_of_memory();
    struct place place = place_of(loader, parser->problem_mark);
    if (parser->context != NULL && parser->context_mark.line != parser->problem_mark.line)
        diagnose_error(loader->diagnostics, place, NULL, "%s (%s that begins in line %zu)", parser->problem,
                       parser->context, parser->context_mark.line + 1);
    else
        diagnose_error(loader->diagnostics, place, NULL, "%s", parser->problem);
}

static struct node *convert_document(struct loader *loader)
{
    const yaml_node_t *root = yaml_document_get_root_node(&loader->document);
    struct place start = {.file = loader->file, .line = 1};
    if (root == NULL) {
        diagnose_error(loader->diagnostics, start, "begin with `study:`", "the file is empty");
        return NULL;
    }
    size_t n_nodes = (size_t)(loader->document.nodes.top - loader->document.nodes.start);
    loader->seen = ARENA_NEW(loader->arena, bool, n_nodes + 1);
    struct node *node = ARENA_NEW(loader->arena, struct node, 1);
    return convert(loader, 1, 0, node) ? node : NULL;
}

struct node *yaml_parse(struct arena *arena, struct str file, struct str content, struct diagnostics *diagnostics)
{
    struct loader loader = {.arena = arena, .file = file, .content = content, .diagnostics = diagnostics};
    struct node *node = NULL;
    yaml_parser_t parser;
    if (content.length > LARGEST_BYTES) {
        diagnose_error(diagnostics, (struct place){.file = file}, NULL, "the file is over 1 MiB: no study is that long");
        return NULL;
    }
    if (!yaml_parser_initialize(&parser))
        check_out_of_memory();
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)content.at, content.length);
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

static struct node *child_by_key(struct arena *arena, struct node *map, struct str key)
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
    keys[n - 1] = (struct node){.kind = NODE_SCALAR, .text = key, .place = map->place};
    items[n - 1] = (struct node){.kind = NODE_MAP, .place = map->place};
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
        if (index >= 0 && (node->kind != NODE_LIST || (size_t)index >= node->n_items)) {
            diagnose_error(diagnostics, place, NULL, "there is no item [%d]: the study has %zu there", index,
                           node->kind == NODE_LIST ? node->n_items : 0);
            return NULL;
        }
        if (index < 0 && node->kind != NODE_MAP) {
            diagnose_error(diagnostics, place, node->kind == NODE_LIST ? "name an item by its number: [0]" : NULL,
                           "`%.*s` cannot be set: the study has %s there", STR_ARGS(key), node_kind_name(node->kind));
            return NULL;
        }
        node = index >= 0 ? &node->items[index] : child_by_key(arena, node, key);
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

bool node_set(struct arena *arena, struct node *root, struct str assignment, struct diagnostics *diagnostics)
{
    struct str path, value;
    struct place place = {.file = STR("--set"), .line = 1, .column = 1, .line_text = assignment};
    if (!str_split(assignment, '=', &path, &value) || str_trim(path).length == 0)
        return diagnose_error(diagnostics, place, "write path=value", "no `=` after a path");
    struct node *target = walk(arena, root, str_trim(path), place, diagnostics);
    if (target == NULL)
        return false;
    struct node *parsed = yaml_parse(arena, STR("--set"), value, diagnostics);
    if (parsed == NULL)
        return false;
    put_places(parsed, place);
    *target = *parsed;
    return true;
}
