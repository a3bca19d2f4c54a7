#include "run/futures_run.h"

#include "base/arena.h"
#include "plan/optimum.h"

static bool same_offers(const struct strategy *a, const struct strategy *b)
{
    bool same = a->n_layers == b->n_layers && a->most_servers == b->most_servers;
    for (size_t i = 0; same && i < a->n_layers; i++)
        same = a->layers[i].offer == b->layers[i].offer && a->layers[i].rule == b->layers[i].rule;
    return same;
}

/* All plans of the offers of a strategy are held against the futures at once. */
static bool score_alike(struct arena *arena, struct result *result, size_t first)
{
    struct arena scratch = {0};
    const struct strategy *strategy = result->strategies[first].strategy;
    const struct optimum **plans = ARENA_NEW(&scratch, const struct optimum *, result->n_strategies);
    struct in_futures **costs = ARENA_NEW(&scratch, struct in_futures *, result->n_strategies);
    size_t n = 0;
    for (size_t i = first; i < result->n_strategies; i++) {
        struct strategy_result *s = &result->strategies[i];
        if (s->plan.leases == NULL || !same_offers(s->strategy, strategy))
            continue;
        s->in_futures = ARENA_NEW(arena, struct in_futures, 1);
        plans[n] = s->plan.leases;
        costs[n++] = s->in_futures;
    }
    bool fits = optimum_in_futures(result->study, &result->demand, strategy, plans, n, costs);
    arena_free(&scratch);
    return fits;
}

bool futures_make(struct arena *arena, struct result *result, struct diagnostics *diagnostics)
{
    for (size_t i = 0; result->study->workload.futures.count > 0 && i < result->n_strategies; i++) {
        const struct strategy_result *s = &result->strategies[i];
        if (s->plan.leases != NULL && s->in_futures == NULL && !score_alike(arena, result, i))
            return diagnose_error(diagnostics, s->strategy->place,
                                  "use fewer futures, a longer step or a shorter horizon",
                                  "strategy `%.*s`: the need in a future, or a cost, is too large",
                                  STR_ARGS(s->strategy->name));
    }
    return true;
}

struct str futures_finding(struct arena *arena, const struct result *result, size_t i, size_t j)
{
    const struct strategy_result *s = &result->strategies[i], *other = &result->strategies[j];
    enum plan_for plan_for = other->strategy->plan_for;
    if (s->in_futures == NULL || other->in_futures == NULL || s->strategy->plan_for != PLAN_FOR_EXPECTATION ||
        (plan_for != PLAN_FOR_MEAN && plan_for != PLAN_FOR_MEDIAN) ||
        !same_offers(s->strategy, other->strategy))
        return STR("");
    money cost = other->in_futures->expected, saved = cost - s->in_futures->expected;
    int128 hundred = (int128)saved * 100 * MONEY_PER_UNIT;
    struct str percent = money_text(arena, (money)round_half_even(hundred, cost > 0 ? cost : 1), 2);
    return str_format(
        arena,
        "Futures: %.*s, planned for the expectation, costs %.*s %.*s or %.*s %% less in expectation "
        "over %lld futures than %.*s, planned for the %s.",
        STR_ARGS(s->strategy->name), STR_ARGS(result->study->currency),
        STR_ARGS(money_pretty(arena, saved, 0)), STR_ARGS(percent), (long long)s->in_futures->n,
        STR_ARGS(other->strategy->name), plan_for_names[plan_for]);
}
