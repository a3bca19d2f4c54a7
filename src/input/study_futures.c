/* workloads[].futures: demand that nobody knows yet. */
#include "base/arena.h"
#include "input/study_parts.h"

static const struct key futures_keys[] = {
    {.name = "count",
     .type = VALUE_INTEGER,
     .least = "2",
     .most = "1000",
     .standard = "50",
     .offset = AT(futures, count),
     .help = "futures that are drawn"},
    {.name = "daily",
     .type = VALUE_QUANTITY,
     .dimension = DIMENSION_SHARE,
     .least = "0%",
     .most = "100%",
     .standard = "0%",
     .offset = AT(futures, daily),
     .help = "how much a day differs from the level: standard deviation of the logarithm"},
    {.name = "trend",
     .type = VALUE_QUANTITY,
     .dimension = DIMENSION_YEARLY,
     .least = "0% /yr",
     .most = "100% /yr",
     .standard = "0% /yr",
     .offset = AT(futures, trend),
     .help = "how far the level has walked after a year: standard deviation of the logarithm"},
};

const struct section futures_section =
    SECTION(futures_keys, "workloads[].futures", "Demand that may come instead.");

bool read_futures(struct study_reader *r, const struct node *node, struct futures *futures)
{
    struct futures_keys keys = {0};
    if (node == NULL)
        return true;
    if (!section_read(&r->reader, &futures_section, node, STR("workloads[0].futures"), &keys))
        return false;
    *futures = (struct futures){keys.count, keys.daily, keys.trend, node->place};
    return keys.daily.digits != 0 || keys.trend.digits != 0 ||
           diagnose_error(r->reader.diagnostics, node->place, "add `daily: 10%` or `trend: 30% /yr`",
                          "workloads[0].futures: without `daily` and `trend` all are alike");
}

/* What a plan for futures weighs, and what it needs for that. */
static bool check_plan_for(struct study_reader *r, const struct strategy *strategy, const struct node *node,
                           struct str path)
{
    const struct workload *w = &r->study->workload;
    struct place place = place_in(node, "for");
    if (strategy->replan_seconds > 0)
        return diagnose_error(r->reader.diagnostics, place, "remove one of the two",
                              "%.*s.for: it does not go with `replan`", STR_ARGS(path));
    if (strategy->plan_for == PLAN_FOR_KNOWN || !r->workload_good)
        return true;
    if (w->futures.count == 0)
        return diagnose_error(r->reader.diagnostics, place,
                              "add `futures: {count: 50, trend: 30% /yr}` to it",
                              "%.*s.for: `%s` is that of futures, and the workload has none", STR_ARGS(path),
                              plan_for_names[strategy->plan_for]);
    return true;
}

bool take_plan_for(struct study_reader *r, const struct node *node, struct str path, int plan_for,
                   struct strategy *strategy)
{
    strategy->plan_for = (enum plan_for)plan_for;
    return !section_has(node, "for") || check_plan_for(r, strategy, node, path);
}

static bool any_is_optimal(const struct study *study)
{
    for (size_t i = 0; i < study->n_strategies; i++)
        if (study->strategies[i].is_optimal)
            return true;
    return false;
}

bool check_futures(struct study_reader *r)
{
    const struct workload *w = &r->study->workload;
    if (w->futures.count == 0)
        return true;
    if (!any_is_optimal(r->study))
        return diagnose_error(r->reader.diagnostics, w->futures.place,
                              "add a strategy `optimal: {from: [...], for: expectation}`, or remove it",
                              "workloads[0].futures: no strategy is planned as a whole, for any of them");
    return w->has_unmet_cost ||
           diagnose_error(r->reader.diagnostics, w->futures.place, "add `unmet_cost: 4.00 /server-hour`",
                          "workloads[0].futures: what is short in some of them needs a price, and the "
                          "workload has no `unmet_cost`");
}
