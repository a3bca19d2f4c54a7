#include "input/schema.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "unit/money.h"

enum { MOST_KEYS = 64, MOST_PLACES = 6 };

struct str place_path(struct arena *arena, struct str path, const char *key)
{
    return path.length == 0 ? str_of(key) : str_format(arena, "%.*s.%s", STR_ARGS(path), key);
}

struct str item_path(struct arena *arena, const char *list, size_t i)
{
    return str_format(arena, "%s[%zu]", list, i);
}

bool section_has(const struct node *map, const char *key)
{
    return map != NULL && node_find(map, key) != NULL;
}

/* "from 1 to 10", "at least 1 s", "at most 1 h" */
static struct str range_text(struct arena *arena, const struct key *key)
{
    if (key->least == NULL || key->most == NULL)
        return str_format(arena, "%s %s", key->least == NULL ? "at most" : "at least",
                          key->least == NULL ? key->most : key->least);
    return str_format(arena, "from %s to %s", key->least, key->most);
}

static struct str allowed_text(struct arena *arena, const struct key *key)
{
    struct str all = STR("");
    if (key->least != NULL || key->most != NULL)
        return range_text(arena, key);
    for (size_t i = 0; key->choices != NULL && key->choices[i] != NULL; i++)
        all = str_format(arena, "%.*s%s%s", STR_ARGS(all), i == 0 ? "" : ", ", key->choices[i]);
    return all;
}

static void remember(struct reader *reader, const struct key *key, struct str path, struct str text,
                     bool defaulted)
{
    struct assumption *item = ARENA_APPEND(reader->arena, reader);
    item->name = place_path(reader->arena, path, key->name);
    item->value = text;
    item->unit = str_of(key->unit);
    item->note = str_of(key->help);
    item->allowed = allowed_text(reader->arena, key);
    item->standard = str_of(key->standard);
    item->defaulted = defaulted;
}

void reader_note(struct reader *reader, struct str name, const struct str *texts, size_t n_texts,
                 const char *note)
{
    struct str all = {0};
    for (size_t i = 0; i < n_texts; i++)
        all = str_format(reader->arena, "%.*s%s%.*s", STR_ARGS(all), i == 0 ? "" : ", ", STR_ARGS(texts[i]));
    *ARENA_APPEND(reader->arena, reader) =
        (struct assumption){.name = name, .value = all, .note = str_of(note)};
}

static int compare_rates(const struct quantity *a, const struct quantity *b)
{
    int128 left = (int128)a->number.digits * power_of_ten(b->number.scale) * b->per_seconds;
    int128 right = (int128)b->number.digits * power_of_ten(a->number.scale) * a->per_seconds;
    return (left > right) - (left < right);
}

static bool out_of_range(const struct key *key, const struct quantity *q, const char *limit, int direction)
{
    struct quantity bound;
    const char *expected;
    if (limit == NULL)
        return false;
    check(quantity_parse(str_of(limit), key->dimension, &bound, &expected));
    if (key->dimension == DIMENSION_DURATION)
        return (q->seconds > bound.seconds) - (q->seconds < bound.seconds) == direction;
    if (key->dimension == DIMENSION_RATE)
        return compare_rates(q, &bound) == direction;
    return decimal_compare(q->number, bound.number) == direction;
}

static void store_quantity(const struct key *key, const struct quantity *q, void *field)
{
    switch (key->dimension) {
    case DIMENSION_DURATION:
        *(int64_t *)field = q->seconds;
        return;
    case DIMENSION_SERVERS:
        check(decimal_scaled(q->number, 1, field));
        return;
    case DIMENSION_TERM:
    case DIMENSION_NOTICE:
        *(struct term *)field = q->term;
        return;
    case DIMENSION_RATE:
    case DIMENSION_EACH:
        *(struct quantity *)field = *q;
        return;
    case DIMENSION_NUMBER:
    case DIMENSION_SHARE:
    case DIMENSION_YEARLY:
    case DIMENSION_HOURLY_MONEY:
        *(struct decimal *)field = q->number;
        return;
    }
}

/* Products of a study's numbers must stay exact in 128 bits; a share is held with two places more. */
static bool has_too_many_places(const struct key *key, const struct quantity *q)
{
    bool is_share = key->dimension == DIMENSION_SHARE || key->dimension == DIMENSION_YEARLY ||
                    key->dimension == DIMENSION_EACH;
    return decimal_normal(q->number).scale > MOST_PLACES + 2 * is_share;
}

static const char *number_hint(struct str text)
{
    bool has_separator = text.length > 0 && text.at[0] >= '0' && text.at[0] <= '9' &&
                         memchr(text.at, ',', text.length) != NULL;
    return has_separator ? "write numbers without thousands separators" : NULL;
}

static bool read_quantity(struct reader *reader, const struct key *key, struct str text, struct place place,
                          struct str path, void *field)
{
    struct quantity q;
    const char *expected;
    if (!quantity_parse(text, key->dimension, &q, &expected))
        return diagnose_error(reader->diagnostics, place, number_hint(text), "%.*s.%s: `%.*s` is not %s",
                              STR_ARGS(path), key->name, STR_ARGS(text), expected);
    if (has_too_many_places(key, &q))
        return diagnose_error(reader->diagnostics, place, NULL,
                              "%.*s.%s: `%.*s` has more than %d digits after the point", STR_ARGS(path),
                              key->name, STR_ARGS(text), MOST_PLACES);
    if (out_of_range(key, &q, key->least, -1) || out_of_range(key, &q, key->most, 1))
        return diagnose_error(reader->diagnostics, place, NULL, "%.*s.%s: `%.*s` is not %.*s", STR_ARGS(path),
                              key->name, STR_ARGS(text), STR_ARGS(range_text(reader->arena, key)));
    store_quantity(key, &q, field);
    return true;
}

static bool read_choice(struct reader *reader, const struct key *key, struct str text, struct place place,
                        struct str path, void *field)
{
    struct str names[MOST_KEYS], all = {0};
    size_t n = 0;
    for (; key->choices[n] != NULL; n++) {
        names[n] = str_of(key->choices[n]);
        all = str_format(reader->arena, "%.*s%s`%s`", STR_ARGS(all), n == 0 ? "" : ", ", key->choices[n]);
        if (str_equal(text, names[n])) {
            *(int *)field = (int)n;
            return true;
        }
    }
    return diagnose_error(reader->diagnostics, place,
                          str_format(reader->arena, "write one of %.*s", STR_ARGS(all)).at,
                          "%.*s.%s: `%.*s` is not known here", STR_ARGS(path), key->name, STR_ARGS(text));
}

static bool read_choices(struct reader *reader, const struct key *key, const struct node *node,
                         struct str path, unsigned *field)
{
    struct str all = {0}, text;
    *field = 0;
    if (node->n_items == 0)
        return diagnose_error(reader->diagnostics, node->place, NULL, "%.*s.%s: the list is empty",
                              STR_ARGS(path), key->name);
    for (size_t i = 0; i < node->n_items; i++) {
        int choice;
        const struct node *item = &node->items[i];
        if (!node_scalar(reader, item, place_path(reader->arena, path, key->name), &text) ||
            !read_choice(reader, key, text, item->place, path, &choice))
            return false;
        if (*field & 1U << choice)
            return diagnose_error(reader->diagnostics, item->place, NULL, "%.*s.%s: `%.*s` is there twice",
                                  STR_ARGS(path), key->name, STR_ARGS(text));
        *field |= 1U << choice;
        all = str_format(reader->arena, "%.*s%s%.*s", STR_ARGS(all), i == 0 ? "" : ", ", STR_ARGS(text));
    }
    remember(reader, key, path, all, false);
    return true;
}

static bool read_integer(struct reader *reader, const struct key *key, struct str text, struct place place,
                         struct str path, int64_t *field)
{
    struct decimal d, bound;
    bool good = decimal_parse(text, &d) && decimal_scaled(d, 1, field);
    if (good && key->least != NULL)
        good = decimal_parse(str_of(key->least), &bound) && decimal_compare(d, bound) >= 0;
    if (good && key->most != NULL)
        good = decimal_parse(str_of(key->most), &bound) && decimal_compare(d, bound) <= 0;
    if (good)
        return true;
    return diagnose_error(reader->diagnostics, place, number_hint(text),
                          "%.*s.%s: `%.*s` is not a whole number %.*s", STR_ARGS(path), key->name,
                          STR_ARGS(text), STR_ARGS(range_text(reader->arena, key)));
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool read_number_or_name(struct reader *reader, const struct key *key, struct str text,
                                struct place place, struct str path, struct number_or_name *field)
{
    *field = (struct number_or_name){0};
    if (!is_letter(text.at[0]))
        return read_integer(reader, key, text, place, path, &field->number);
    field->name = text;
    reader->items[reader->n_items - 1].unit = STR(""); /* that of a number */
    return true;
}

static bool read_text(struct reader *reader, const struct key *key, struct str text, struct place place,
                      struct str path, void *target)
{
    void *field = (char *)target + key->offset;
    switch (key->type) {
    case VALUE_TEXT:
        *(struct str *)field = text;
        return true;
    case VALUE_TIME:
        return time_parse(text, field) ||
               diagnose_error(reader->diagnostics, place,
                              "write a UTC date such as 2014-11-28 or 2014-11-28 10:00",
                              "%.*s.%s: `%.*s` is not a date", STR_ARGS(path), key->name, STR_ARGS(text));
    case VALUE_INTEGER:
        return read_integer(reader, key, text, place, path, field);
    case VALUE_NUMBER_OR_NAME:
        return read_number_or_name(reader, key, text, place, path, field);
    case VALUE_QUANTITY:
        return read_quantity(reader, key, text, place, path, field);
    case VALUE_CHOICE:
        return read_choice(reader, key, text, place, path, field);
    case VALUE_CHOICES: {
        int choice = 0;
        bool good = read_choice(reader, key, text, place, path, &choice);
        *(unsigned *)field = 1U << choice;
        return good;
    }
    case VALUE_NODE:
        break;
    }
    check(!"a key read as text");
    return false;
}

bool node_scalar(struct reader *reader, const struct node *node, struct str path, struct str *text)
{
    if (node->kind != NODE_SCALAR)
        return diagnose_error(reader->diagnostics, node->place, NULL,
                              "%.*s: a single value is wanted, not %s", STR_ARGS(path),
                              node_kind_name(node->kind));
    *text = str_trim(node->text);
    return true;
}

static bool read_key(struct reader *reader, const struct key *key, const struct node *map, struct str path,
                     void *target)
{
    const struct node *node = map == NULL ? NULL : node_find(map, key->name);
    struct str text;
    if (key->type == VALUE_NODE)
        *(const struct node **)(void *)((char *)target + key->offset) = node;
    if (node == NULL && key->required)
        return diagnose_error(reader->diagnostics, map == NULL ? (struct place){0} : map->place,
                              str_format(reader->arena, "add `%s:` (%s)", key->name, key->help).at,
                              "%.*s: the key `%s` is missing", STR_ARGS(path), key->name);
    if (key->type == VALUE_NODE || (node == NULL && key->standard == NULL))
        return true;
    if (node == NULL) {
        remember(reader, key, path, str_of(key->standard), true);
        return read_text(reader, key, str_of(key->standard), (struct place){0}, path, target);
    }
    if (key->type == VALUE_CHOICES && node->kind == NODE_LIST)
        return read_choices(reader, key, node, path, (unsigned *)(void *)((char *)target + key->offset));
    if (!node_scalar(reader, node, place_path(reader->arena, path, key->name), &text))
        return false;
    if (text.length == 0 && (key->required || key->type != VALUE_TEXT))
        return diagnose_error(reader->diagnostics, node->place,
                              key->required ? "write a value behind the colon"
                                            : "write a value, or remove the key",
                              "%.*s.%s: there is no value", STR_ARGS(path), key->name);
    remember(reader, key, path, text, false);
    return read_text(reader, key, text, node->place, path, target);
}

static bool refuse_unknown(struct reader *reader, const struct section *section, const struct node *key,
                           struct str path)
{
    struct str names[MOST_KEYS];
    check(section->n_keys <= MOST_KEYS);
    for (size_t i = 0; i < section->n_keys; i++) {
        names[i] = str_of(section->keys[i].name);
        if (str_equal(names[i], key->text))
            return true;
    }
    struct str nearest = str_nearest(key->text, names, section->n_keys);
    const char *hint =
        str_format(reader->arena, "`rackrate help study` lists the keys of %s", section->name).at;
    if (nearest.length > 0)
        hint = str_format(reader->arena, "did you mean `%.*s`?", STR_ARGS(nearest)).at;
    else if (key->text.length > 0 && key->text.at[0] >= '0' && key->text.at[0] <= '9')
        hint = "write numbers without thousands separators; quote a text that holds a comma";
    else if (memchr(key->text.at, ' ', key->text.length) != NULL)
        hint = "put texts that hold a colon or a comma into quotes";
    return diagnose_error(reader->diagnostics, key->place, hint, "%.*s: unknown key `%.*s`", STR_ARGS(path),
                          STR_ARGS(key->text));
}

bool section_read(struct reader *reader, const struct section *section, const struct node *map,
                  struct str path, void *target)
{
    bool good = true;
    if (map != NULL && map->kind != NODE_MAP)
        return diagnose_error(reader->diagnostics, map->place, NULL, "%.*s: a map of keys is wanted, not %s",
                              STR_ARGS(path), node_kind_name(map->kind));
    for (size_t i = 0; map != NULL && i < map->n_items; i++)
        good &= refuse_unknown(reader, section, &map->keys[i], path);
    for (size_t i = 0; i < section->n_keys; i++)
        good &= read_key(reader, &section->keys[i], map, path, target);
    return good;
}

bool node_is_list(struct reader *reader, const struct node *node, struct str path)
{
    if (node->kind == NODE_LIST)
        return true;
    return diagnose_error(reader->diagnostics, node->place,
                          "write a list: [a, b] or lines that begin with `- `",
                          "%.*s: a list is wanted, not %s", STR_ARGS(path), node_kind_name(node->kind));
}
