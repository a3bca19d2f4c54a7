#include "run/result.h"

#include "base/arena.h"
#include "base/diagnostic.h"
#include "plan/optimum.h"
#include "plan/plan.h"
#include "run/compare.h"
#include "run/futures_run.h"
#include "run/lead.h"
#include "run/optimum_run.h"
#include "run/order_by.h"
#include "run/remarks.h"
#include "run/server_month.h"
#include "run/strategy_run.h"
#include "sim/use.h"

/* The largest burst, the first of several; without bursts the whole need. */
static const struct burst *find_burst(const struct study *study)
{
    const struct burst *largest = NULL;
    for (size_t i = 0; i < study->workload.n_bursts; i++) {
        const struct burst *b = &study->workload.bursts[i];
        bool inside = b->at_seconds >= study->start_seconds && b->at_seconds < study->end_seconds;
        if (inside && (largest == NULL || b->servers > largest->servers))
            largest = b;
    }
    return largest;
}

/* Without a burst, the chart shows the time until the last strategy's first orders are in service. */
static int64_t first_orders_done(const struct result *result)
{
    int64_t done = result->study->start_seconds + 3 * DAY_SECONDS;
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct plan *plan = &result->strategies[i].plan;
        for (size_t j = 0; j < plan->n_orders; j++)
            if (plan->orders[j].wanted_seconds <= result->study->start_seconds &&
                plan->orders[j].last_in_service_seconds > done)
                done = plan->orders[j].last_in_service_seconds;
    }
    return done + DAY_SECONDS;
}

static void set_burst(struct result *result)
{
    const struct study *study = result->study;
    const struct burst *burst = find_burst(study);
    result->burst_servers = burst == NULL ? result->demand.peak : burst->servers;
    result->burst_name = burst == NULL ? STR("the whole need") : burst->name;
    result->burst_from_seconds = study->start_seconds;
    result->burst_to_seconds = first_orders_done(result);
    if (burst != NULL) {
        result->burst_from_seconds = burst->at_seconds - DAY_SECONDS;
        result->burst_to_seconds = burst->at_seconds + burst->ramp_seconds + burst->hold_seconds +
                                   burst->decay_seconds + DAY_SECONDS;
    }
    if (result->burst_from_seconds < study->start_seconds)
        result->burst_from_seconds = study->start_seconds;
    if (result->burst_to_seconds > study->end_seconds)
        result->burst_to_seconds = study->end_seconds;
}

/* The order that stands for a layer that follows says how many servers it ran at most. */
static void set_follow_orders(const struct study *study, const struct served *served, struct plan *plan)
{
    for (size_t i = 0; i < plan->n_orders; i++)
        for (size_t k = 0; k < served->followers.n_items; k++) {
            const struct follower *follower = &served->followers.items[k];
            struct order *order = &plan->orders[i];
            if (order->reason != REASON_FOLLOWS || order->layer != follower->layer)
                continue;
            order->servers = follower->most_running;
            order->last_in_service_seconds = study->start_seconds;
        }
}

static const struct follow_usage *follow_usage(struct arena *arena, const struct strategy *strategy,
                                               const struct followers *followers)
{
    struct follow_usage *usage = ARENA_NEW(arena, struct follow_usage, strategy->n_layers);
    for (size_t i = 0; i < followers->n_items; i++) {
        const struct follower *follower = &followers->items[i];
        usage[follower->layer] = (struct follow_usage){follower->running_seconds, follower->follow_seconds};
    }
    return usage;
}

/* Serves and bills the plan of a strategy. */
static bool bill_strategy(struct arena *arena, const struct result *result, struct strategy_result *s)
{
    const struct study *study = result->study;
    struct served served =
        serve(arena, study, &result->timeline, &result->demand, s->strategy, &s->plan,
              result->burst_from_seconds, result->burst_to_seconds, bill_needs_steps(study, s->strategy));
    set_follow_orders(study, &served, &s->plan);
    struct usage usage = {
        .demand = &result->demand,
        .periods = served.periods,
        .follows = follow_usage(arena, s->strategy, &served.followers),
        .unmet_by_step = served.unmet_by_step,
        .uses = use_of_orders(arena, study, &result->timeline, &result->demand, s->strategy, &s->plan),
        .load = result->load,
        .series = result->series};
    struct bill bill = bill_plan(arena, study, &result->timeline, s->strategy, &s->plan, &usage);
    return strategy_sum(arena, result, &served, &bill, s);
}

/* The bill of an optimal plan whose leases become orders by another rule; false where there is none. */
static bool bill_by_rule(struct arena *arena, const struct result *result, struct optimum *optimum, int rule,
                         struct strategy_result *s)
{
    struct plan_problem problem;
    return plan_again(arena, result->study, &result->demand, s->strategy, optimum, rule, &s->plan,
                      &problem) &&
           bill_strategy(arena, result, s);
}

/* Load that is lost without a price counts before any cost. */
static bool is_better(const struct study *study, const struct strategy_result *a, int128 unmet,
                      money compared)
{
    if (!study->workload.has_unmet_cost && a->service.unmet_micro != unmet)
        return a->service.unmet_micro < unmet;
    return a->compared < compared;
}

/* The rule that costs least; the first of several. */
static int cheapest_rule(const struct result *result, const struct strategy_result *s)
{
    struct arena scratch = {0};
    money least = s->compared;
    int128 unmet = s->service.unmet_micro;
    int best = 0;
    for (int rule = 1; rule < n_order_rules(s->plan.optimum); rule++) {
        struct strategy_result trial = {.strategy = s->strategy};
        if (bill_by_rule(&scratch, result, s->plan.optimum, rule, &trial) &&
            is_better(result->study, &trial, unmet, least)) {
            least = trial.compared;
            unmet = trial.service.unmet_micro;
            best = rule;
        }
        arena_reset(&scratch);
    }
    arena_free(&scratch);
    return best;
}

static bool run_strategy(struct arena *arena, const struct result *result, struct strategy_result *s)
{
    if (!bill_strategy(arena, result, s))
        return false;
    if (s->plan.optimum == NULL)
        return true;
    struct optimum *optimum = s->plan.optimum;
    if (!optimum_compare(result, s) || optimum->gap == 0)
        return true;
    optimum->order_rule = cheapest_rule(result, s);
    if (optimum->order_rule > 0) {
        struct strategy_result again = {.strategy = s->strategy};
        if (!bill_by_rule(arena, result, optimum, optimum->order_rule, &again))
            return false;
        *s = again;
    }
    return optimum_compare(result, s);
}

static bool plan_strategies(struct arena *arena, struct result *result, struct diagnostics *diagnostics)
{
    bool good = true;
    for (size_t i = 0; i < result->n_strategies; i++) {
        struct plan_problem problem;
        struct strategy_result *s = &result->strategies[i];
        s->strategy = &result->study->strategies[i];
        if (!plan_make(arena, result->study, &result->demand, s->strategy, &s->plan, &problem))
            good = diagnose_error(diagnostics, problem.place, problem.hint, "%.*s", STR_ARGS(problem.text));
    }
    return good;
}

static bool meters_load(const struct study *study)
{
    for (size_t i = 0; i < study->n_offers; i++)
        for (size_t j = 0; study->offers[i].used && j < study->offers[i].n_meterings; j++)
            if (study->offers[i].meterings[j].of == METER_LOAD)
                return true;
    return false;
}

bool result_costs(struct arena *arena, const struct study *study, struct result *result,
                  struct diagnostics *diagnostics)
{
    *result = (struct result){.study = study, .n_strategies = study->n_strategies};
    result->strategies = ARENA_NEW(arena, struct strategy_result, study->n_strategies);
    result->timeline = timeline_make(arena, study);
    if (!demand_make(arena, study, &result->demand, diagnostics) ||
        !series_make(arena, study, &result->series, diagnostics) ||
        (meters_load(study) &&
         !load_amounts_make(arena, study, &result->demand, &result->load, diagnostics)) ||
        !plan_strategies(arena, result, diagnostics))
        return false;
    set_burst(result);
    for (int32_t i = 0; i < result->demand.n_steps; i++)
        result->load_micro += (int128)result->demand.load[i] * result->demand.step_seconds;
    for (size_t i = 0; i < result->n_strategies; i++) {
        struct strategy_result *s = &result->strategies[i];
        if (!run_strategy(arena, result, s))
            return diagnose_error(diagnostics, s->strategy->place,
                                  "check prices, unmet_cost and the number of servers",
                                  "strategy `%.*s`: an amount is more than 9,223,372,036,854 %.*s",
                                  STR_ARGS(s->strategy->name), STR_ARGS(study->currency));
    }
    compare(arena, result);
    return true;
}

bool result_make(struct arena *arena, const struct study *study, struct result *result,
                 struct diagnostics *diagnostics)
{
    if (!result_costs(arena, study, result, diagnostics))
        return false;
    for (size_t i = 0; i < result->n_strategies; i++)
        result->strategies[i].lead_time = lead_time_of_strategy(result, result->strategies[i].strategy);
    if (!regrets_make(arena, result))
        return diagnose_error(diagnostics, study->strategies[0].place, "check prices and unmet_cost",
                              "a sum of all strategies does not fit");
    if (!futures_make(arena, result, diagnostics))
        return false;
    lead_time_rows(arena, result);
    server_months(arena, result);
    order_by_make(arena, result);
    remarks_make(arena, result);
    return true;
}
