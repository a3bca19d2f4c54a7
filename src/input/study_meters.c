/* What a study says of an offer beyond its size: meters, site, financing, resale. */
#include "input/study_parts.h"

#include "base/arena.h"
#include "base/output.h"
#include "input/trace.h"

/* A column of a trace that some meter reads: read once. */
static bool add_series(struct study_reader *r, const struct meter_keys *keys, const struct node *node,
                       int *index)
{
    struct study *study = r->study;
    struct str path = keys->trace.length > 0 ? keys->trace : study->workload.trace_path, content;
    for (size_t i = 0; i < r->n_series; i++) {
        const struct series *known = &r->series[i];
        if (str_equal(known->trace_path, path) && str_equal(known->column, keys->column) &&
            known->measures == (enum measures)keys->measures) {
            *index = (int)i;
            return true;
        }
    }
    int64_t n_rows = 0;
    struct workload as_workload = study->workload;
    as_workload.column = keys->column;
    as_workload.measures = keys->measures == 0 ? MEASURES_COUNT : MEASURES_RATE;
    r->series = arena_grow(r->reader.arena, r->series, r->n_series, &r->series_capacity, sizeof *r->series);
    struct series *series = &r->series[r->n_series];
    *series = (struct series){
        .trace_path = path, .column = keys->column, .measures = as_workload.measures, .place = node->place};
    if (!study_file(r, path, node->place, &content) ||
        !trace_read(r->reader.arena, &as_workload, path_join(r->reader.arena, r->folder, path), content,
                    &series->trace, &n_rows, r->reader.diagnostics))
        return false;
    r->items[r->n_items - 1].n_rows = n_rows;
    *index = (int)r->n_series++;
    return true;
}

/* Keys that would be passed over in silence. */
static bool check_meter(struct study_reader *r, const struct meter_keys *keys, const struct node *map,
                        struct str path)
{
    const struct {
        const char *key, *problem, *hint;
        bool wrong;
    } rows[] = {
        {"trace", "it goes with `of: column`", "write of: column, and column: NAME, or remove it",
         keys->of != METER_COLUMN},
        {"measures", "it goes with `of: column`", "write of: column, and column: NAME, or remove it",
         keys->of != METER_COLUMN},
        {"each", "what is spent is counted as it is", "remove it: the price is the share",
         keys->of == METER_SPEND},
        {"each", "nothing would be counted", "write an amount above 0", keys->each.number.digits == 0},
        {"included", "it is an amount for each server-month, without hours or a time",
         "write a plain number or bytes: 5, 20 GB",
         keys->included.is_hours || keys->included.per_seconds > 0},
    };
    bool good = true;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (section_has(map, rows[i].key) && rows[i].wrong)
            good = diagnose_error(r->reader.diagnostics, place_in(map, rows[i].key), rows[i].hint,
                                  "%.*s.%s: %s", STR_ARGS(path), rows[i].key, rows[i].problem);
    return good;
}

static bool read_meter(struct study_reader *r, const struct node *key, const struct node *map,
                       struct str path, struct metering *metering)
{
    struct meter_keys keys = {0};
    path = str_format(r->reader.arena, "%.*s.meters[\"%.*s\"]", STR_ARGS(path), STR_ARGS(key->text));
    if (!section_read(&r->reader, &meter_section, map, path, &keys))
        return false;
    *metering = (struct metering){.component = key->text,
                                  .of = (enum meter_of)keys.of,
                                  .each = decimal_normal(keys.each.number),
                                  .each_is_bytes = keys.each.is_bytes,
                                  .each_is_hours = keys.each.is_hours,
                                  .per_seconds = keys.each.per_seconds,
                                  .included = decimal_normal(keys.included.number),
                                  .included_is_bytes = keys.included.is_bytes,
                                  .at_least = decimal_normal(keys.at_least),
                                  .series = -1,
                                  .place = key->place};
    bool has_column = keys.column.length > 0;
    if (!check_meter(r, &keys, map, path))
        return false;
    if (has_column != (metering->of == METER_COLUMN))
        return diagnose_error(r->reader.diagnostics, map->place, "write of: column, and column: NAME",
                              has_column ? "%.*s: `column` goes with `of: column`"
                                         : "%.*s: `of: column` needs the name of a column",
                              STR_ARGS(path));
    return !has_column || !r->workload_good || add_series(r, &keys, map, &metering->series);
}

bool take_meters(struct study_reader *r, const struct node *map, struct str path, struct offer *offer)
{
    bool good = true;
    if (map == NULL)
        return true;
    if (map->kind != NODE_MAP)
        return diagnose_error(r->reader.diagnostics, map->place, "write the names of components as keys",
                              "%.*s.meters: a map is wanted, not %s", STR_ARGS(path),
                              node_kind_name(map->kind));
    struct metering *meterings = ARENA_NEW(r->reader.arena, struct metering, map->n_items + 1);
    for (size_t i = 0; i < map->n_items; i++)
        good &= read_meter(r, &map->keys[i], &map->items[i], path, &meterings[i]);
    offer->meterings = meterings;
    offer->n_meterings = map->n_items;
    return good;
}

bool take_financing(struct study_reader *r, const struct node *node, struct str path, struct offer *offer)
{
    struct financing_keys keys = {0};
    if (node == NULL)
        return true;
    if (!section_read(&r->reader, &financing_section, node, place_path(r->reader.arena, path, "financing"),
                      &keys))
        return false;
    offer->finance_rate = keys.rate;
    offer->finance_months = (int)keys.months;
    if (r->study->has_discount_rate)
        return diagnose_error(r->reader.diagnostics, node->place, "remove one of the two",
                              "%.*s.financing: with study.discount_rate the interest would count twice",
                              STR_ARGS(path));
    return true;
}

static bool check_ages(struct study_reader *r, const struct node *list, struct str path,
                       const struct resale_point *points)
{
    bool good = true;
    if (list->n_items == 0)
        return diagnose_error(r->reader.diagnostics, list->place, "write - {age: 12 mo, share: 40%}",
                              "%.*s: the list is empty", STR_ARGS(path));
    for (size_t i = 0; i < list->n_items; i++)
        if (points[i].age_months == 0)
            good = diagnose_error(r->reader.diagnostics, place_in(&list->items[i], "age"),
                                  "write 12 mo for 1 yr", "%.*s[%zu].age: ages are whole months",
                                  STR_ARGS(path), i);
        else if (i > 0 && points[i].age_months <= points[i - 1].age_months)
            good = diagnose_error(r->reader.diagnostics, place_in(&list->items[i], "age"),
                                  "write the youngest first, each age once",
                                  "%.*s[%zu].age: ages ascend, and this is not above the one before",
                                  STR_ARGS(path), i);
    return good;
}

bool take_resale(struct study_reader *r, const struct node *list, struct str path, struct offer *offer)
{
    bool good = true;
    if (list == NULL)
        return true;
    path = place_path(r->reader.arena, path, "resale");
    if (!node_is_list(&r->reader, list, path))
        return false;
    struct resale_point *points = ARENA_NEW(r->reader.arena, struct resale_point, list->n_items + 1);
    for (size_t i = 0; i < list->n_items; i++) {
        struct resale_keys keys = {0};
        good &= section_read(&r->reader, &resale_section, &list->items[i],
                             item_path(r->reader.arena, path.at, i), &keys);
        points[i] = (struct resale_point){keys.age.months, decimal_normal(keys.share)};
    }
    offer->resale = points;
    offer->n_resale = list->n_items;
    return good && check_ages(r, list, path, points);
}

/* The space of a site is paid from a day on that lies in the study, or before it. */
static bool check_delivery(struct study_reader *r, const struct node *map, struct str path, int64_t from)
{
    if (!section_has(map, "from"))
        return true;
    if (from % DAY_SECONDS != 0)
        return diagnose_error(r->reader.diagnostics, place_in(map, "from"), "write a date without a time",
                              "%.*s.from: space is delivered at midnight UTC", STR_ARGS(path));
    return !r->settings_good || from < r->study->end_seconds ||
           diagnose_error(r->reader.diagnostics, place_in(map, "from"), "write an earlier day",
                          "%.*s.from: it is after the end of the study", STR_ARGS(path));
}

bool take_site(struct study_reader *r, const struct node *map, struct str id, struct str path,
               struct offer *offer)
{
    if (offer->kind == OFFER_SITE)
        return check_delivery(r, map, path, offer->contract.from_seconds);
    if (id.length == 0)
        return true;
    offer->site = find_offer(r, id, place_in(map, "site"), place_path(r->reader.arena, path, "site"));
    if (offer->site < 0 || r->study->offers[offer->site].kind == OFFER_SITE)
        return offer->site >= 0;
    return diagnose_error(r->reader.diagnostics, place_in(map, "site"), "name an offer of the kind site",
                          "%.*s.site: `%.*s` is of the kind %s, not site", STR_ARGS(path), STR_ARGS(id),
                          offer_kind_names[r->study->offers[offer->site].kind]);
}
