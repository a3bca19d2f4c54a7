#include "input/study_parts.h"

#include "base/arena.h"

static const char sensitivity[] = "sensitivity", what_if[] = "what_if";

/* Would --set take the path? What it leads to is found out when the study is read again. */
static bool check_path(struct study_reader *r, struct str path, struct place place, struct str where)
{
    bool quoted = false;
    for (size_t i = 0; i < path.length; i++) {
        quoted ^= path.at[i] == '"';
        if (path.at[i] == '=' && !quoted)
            return diagnose_error(r->reader.diagnostics, place, "write the values as their own keys",
                                  "%.*s.change: a path holds no `=` outside quotes", STR_ARGS(where));
    }
    if (str_starts(path, str_of(sensitivity)) || str_starts(path, str_of(what_if)))
        return diagnose_error(r->reader.diagnostics, place, NULL,
                              "%.*s.change: a scenario does not change the scenarios", STR_ARGS(where));
    return true;
}

static bool check_size(struct study_reader *r, const struct node *node, struct str path, size_t n,
                       size_t most, const char *what)
{
    if (n == 0)
        return diagnose_error(r->reader.diagnostics, node->place, NULL, "%.*s: there are no %s",
                              STR_ARGS(path), what);
    if (n > most)
        return diagnose_error(r->reader.diagnostics, node->place, NULL, "%.*s: %zu %s, at most %zu are taken",
                              STR_ARGS(path), n, what, most);
    return true;
}

static bool tell_twice(struct study_reader *r, struct str text, struct place place, struct place before,
                       struct str path)
{
    return diagnose_error(r->reader.diagnostics, place, "remove one of the two",
                          "%.*s: `%.*s` is there twice, first in line %d", STR_ARGS(path), STR_ARGS(text),
                          before.line);
}

/* ---- one at a time ---- */

static bool read_change(struct study_reader *r, const struct node *node, struct str path,
                        struct scenario_change *change)
{
    struct sensitivity_keys keys = {0};
    if (!section_read(&r->reader, &sensitivity_section, node, path, &keys))
        return false;
    *change = (struct scenario_change){.path = keys.change,
                                       .name = keys.name.length > 0 ? keys.name : keys.change,
                                       .place = place_in(node, "change"),
                                       .n_values = N_SCENARIO_ENDS};
    change->values = ARENA_NEW(r->reader.arena, struct scenario_value, N_SCENARIO_ENDS);
    change->values[SCENARIO_LOW] = (struct scenario_value){keys.low, place_in(node, "low")};
    change->values[SCENARIO_HIGH] = (struct scenario_value){keys.high, place_in(node, "high")};
    bool good = check_path(r, keys.change, change->place, path);
    if (str_equal(keys.low, keys.high))
        good = diagnose_error(r->reader.diagnostics, place_in(node, "high"), NULL,
                              "%.*s: low and high are the same", STR_ARGS(path));
    return good;
}

static bool read_sensitivity(struct study_reader *r, const struct node *list, struct scenario_wishes *wishes)
{
    struct str path = str_of(sensitivity);
    if (!node_is_list(&r->reader, list, path) ||
        !check_size(r, list, path, list->n_items, MOST_CHANGES, "changes"))
        return false;
    bool good = true;
    struct scenario_change *changes = ARENA_NEW(r->reader.arena, struct scenario_change, list->n_items);
    for (size_t i = 0; i < list->n_items; i++) {
        good &= read_change(r, &list->items[i], item_path(r->reader.arena, sensitivity, i), &changes[i]);
        for (size_t j = 0; j < i; j++)
            if (changes[i].path.length > 0 && str_equal(changes[i].path, changes[j].path))
                good = tell_twice(r, changes[i].path, changes[i].place, changes[j].place, path);
    }
    if (good) {
        wishes->changes = changes;
        wishes->n_changes = list->n_items;
    }
    return good;
}

/* ---- two at a time ---- */

static bool read_values(struct study_reader *r, const struct node *list, struct str path,
                        struct scenario_change *axis)
{
    if (!node_is_list(&r->reader, list, path) ||
        !check_size(r, list, path, list->n_items, MOST_CELLS, "values"))
        return false;
    bool good = true;
    axis->values = ARENA_NEW(r->reader.arena, struct scenario_value, list->n_items);
    for (size_t i = 0; i < list->n_items; i++) {
        struct scenario_value *value = &axis->values[i];
        value->place = list->items[i].place;
        good &= node_scalar(&r->reader, &list->items[i], path, &value->text);
        for (size_t j = 0; j < i; j++)
            if (str_equal(axis->values[j].text, value->text))
                good = tell_twice(r, value->text, value->place, axis->values[j].place, path);
    }
    axis->n_values = list->n_items;
    return good;
}

static bool read_axis(struct study_reader *r, const struct node *node, struct str path,
                      struct scenario_change *axis)
{
    struct what_if_axis_keys keys = {0};
    if (!section_read(&r->reader, &what_if_axis_section, node, path, &keys))
        return false;
    *axis = (struct scenario_change){.path = keys.change,
                                     .name = keys.name.length > 0 ? keys.name : keys.change,
                                     .place = place_in(node, "change")};
    bool good = check_path(r, keys.change, axis->place, path);
    return read_values(r, keys.values, place_path(r->reader.arena, path, "values"), axis) && good;
}

static bool read_what_if(struct study_reader *r, const struct node *map, struct scenario_wishes *wishes)
{
    struct what_if_keys keys = {0};
    struct scenario_change x = {0}, y = {0};
    struct str path = str_of(what_if);
    if (!section_read(&r->reader, &what_if_section, map, path, &keys))
        return false;
    bool good = read_axis(r, keys.x, place_path(r->reader.arena, path, "x"), &x);
    good &= read_axis(r, keys.y, place_path(r->reader.arena, path, "y"), &y);
    if (!good)
        return false;
    if (str_equal(x.path, y.path))
        return tell_twice(r, y.path, y.place, x.place, path);
    if (!check_size(r, map, path, x.n_values * y.n_values, MOST_CELLS, "pairs of values"))
        return false;
    wishes->x = x;
    wishes->y = y;
    return true;
}

bool read_scenarios(struct study_reader *r)
{
    size_t n_assumptions = r->reader.n_items;
    bool good = r->root.sensitivity == NULL || read_sensitivity(r, r->root.sensitivity, &r->study->wishes);
    good &= r->root.what_if == NULL || read_what_if(r, r->root.what_if, &r->study->wishes);
    r->reader.n_items = n_assumptions; /* what is tried is not assumed */
    return good;
}
