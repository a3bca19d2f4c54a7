#include "input/study_parts.h"

#include "base/arena.h"

/* In the order of the schema's choices, which is that of enum forecast_kind. */
static const int64_t season_seconds[] = {DAY_SECONDS, WEEK_SECONDS, 364 * (int64_t)DAY_SECONDS};

static bool is_holt_winters(int method)
{
    return method == FORECAST_HOLT_WINTERS_ADDITIVE || method == FORECAST_HOLT_WINTERS_MULTIPLICATIVE;
}

/* A key that the method needs and has not, or has and does not know. */
static bool check_key(struct study_reader *r, const struct node *map, const char *key, bool wanted,
                      const char *example, struct str path)
{
    if (section_has(map, key) == wanted)
        return true;
    if (wanted)
        return diagnose_error(r->reader.diagnostics, map->place,
                              str_format(r->reader.arena, "add `%s`", example).at,
                              "%.*s: this method needs `%s`", STR_ARGS(path), key);
    return diagnose_error(r->reader.diagnostics, place_in(map, key), "remove it, or choose another method",
                          "%.*s.%s: this method has none", STR_ARGS(path), key);
}

static bool check_smoothing(struct study_reader *r, const struct node *map, int method, struct str path)
{
    static const char *const names[] = {"alpha", "beta", "gamma"};
    bool good = true;
    int n = 0;
    for (int i = 0; i < 3; i++)
        n += section_has(map, names[i]);
    for (int i = 0; n > 0 && !is_holt_winters(method) && i < 3; i++)
        good &= !section_has(map, names[i]) || check_key(r, map, names[i], false, NULL, path);
    if (n > 0 && n < 3 && is_holt_winters(method))
        good =
            diagnose_error(r->reader.diagnostics, map->place, "give the others too, or none",
                           "%.*s: alpha, beta and gamma are given together, or all fitted", STR_ARGS(path));
    return good;
}

static bool read_event(struct study_reader *r, const struct node *node, struct str path,
                       struct known_event *event)
{
    struct event_keys keys = {0};
    if (!section_read(&r->reader, &event_section, node, path, &keys))
        return false;
    *event = (struct known_event){keys.name, keys.from, keys.to, keys.times};
    return keys.to > keys.from || diagnose_error(r->reader.diagnostics, place_in(node, "to"), NULL,
                                                 "%.*s: the event `%.*s` ends before it begins",
                                                 STR_ARGS(path), STR_ARGS(keys.name));
}

static bool read_events(struct study_reader *r, const struct node *list, struct str path,
                        struct forecasting *f)
{
    bool good = true;
    if (list == NULL)
        return true;
    path = place_path(r->reader.arena, path, "events");
    if (!node_is_list(&r->reader, list, path))
        return false;
    struct known_event *events = ARENA_NEW(r->reader.arena, struct known_event, list->n_items);
    for (size_t i = 0; i < list->n_items; i++)
        good &=
            read_event(r, &list->items[i],
                       item_path(r->reader.arena, str_zero_terminated(r->reader.arena, path), i), &events[i]);
    f->events = events;
    f->n_events = list->n_items;
    return good;
}

static bool read_method(struct study_reader *r, const struct node *node, struct str path,
                        struct forecasting *f)
{
    struct forecast_keys keys = {0};
    if (!section_read(&r->reader, &forecast_section, node, path, &keys))
        return false;
    bool is_percentile = keys.method == FORECAST_PERCENTILE;
    bool good = check_key(r, node, "season", !is_percentile, "season: 168 h", path) &
                check_key(r, node, "percentile", is_percentile, "percentile: 95", path) &
                check_smoothing(r, node, keys.method, path);
    *f = (struct forecasting){.kind = (enum forecast_kind)keys.method,
                              .season_seconds = is_percentile ? 0 : season_seconds[keys.season],
                              .percentile = keys.percentile,
                              .headroom = keys.headroom,
                              .has_smoothing = section_has(node, "alpha"),
                              .smoothing = {decimal_as_double(keys.alpha), decimal_as_double(keys.beta),
                                            decimal_as_double(keys.gamma)},
                              .place = node->place};
    return read_events(r, keys.events, path, f) && good;
}

bool read_forecasting(struct study_reader *r, const struct node *node, struct str path, bool wanted,
                      struct strategy *strategy)
{
    if (node == NULL && !wanted)
        return true;
    if (node == NULL)
        return diagnose_error(r->reader.diagnostics, strategy->place,
                              "add `forecast: {method: seasonal-naive, season: 168 h}`",
                              "%.*s: who knows a forecast needs `forecast`", STR_ARGS(path));
    bool good = read_method(r, node, place_path(r->reader.arena, path, "forecast"), &strategy->forecasting);
    return (wanted ||
            diagnose_error(r->reader.diagnostics, node->place, "add `knows: forecast`, or remove it",
                           "%.*s.forecast: this buyer does not forecast", STR_ARGS(path))) &&
           good;
}

void note_what_was_seen(struct study_reader *r)
{
    bool forecasts = false;
    const struct study *study = r->study;
    for (size_t i = 0; i < study->n_strategies; i++)
        forecasts |= study->strategies[i].knows == KNOWS_FORECAST;
    if (!forecasts)
        return;
    struct arena *arena = r->reader.arena;
    int64_t from = demand_past_from(study);
    struct str seen = str_format(arena, "%.*s to %.*s", STR_ARGS(time_text(arena, from)),
                                 STR_ARGS(time_text(arena, study->start_seconds)));
    if (from >= study->start_seconds)
        seen = STR("nothing");
    reader_note(&r->reader, STR("seen before the study"), &seen, 1,
                study->workload.repeat == REPEAT_NONE
                    ? "by who forecasts: the rows of the trace before the study begins"
                    : "by who forecasts: the trace, as if it had repeated before, one block of it from "
                      "decide_from back; without growth");
}
