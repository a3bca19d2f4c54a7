#include "run/compare.h"

#include "base/arena.h"

static bool unmet_differs(const struct result *result)
{
    for (size_t i = 1; i < result->n_strategies; i++)
        if (result->strategies[i].service.unmet_micro != result->strategies[0].service.unmet_micro)
            return true;
    return false;
}

static void rank(struct result *result)
{
    for (size_t i = 0; i < result->n_strategies; i++) {
        result->strategies[i].rank = 1;
        for (size_t j = 0; j < result->n_strategies; j++)
            result->strategies[i].rank += result->strategies[j].compared < result->strategies[i].compared;
    }
}

/* The strategy of the lowest rank other than `except`; the first in the study where they tie. */
static const struct strategy_result *best(const struct result *result, const struct strategy_result *except)
{
    const struct strategy_result *found = NULL;
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct strategy_result *s = &result->strategies[i];
        if (s != except && (found == NULL || s->compared < found->compared))
            found = s;
    }
    return found;
}

static size_t n_cheapest(const struct result *result)
{
    size_t n = 0;
    for (size_t i = 0; i < result->n_strategies; i++)
        n += result->strategies[i].rank == 1;
    return n;
}

static struct str margin_text(struct arena *arena, const struct result *result,
                              const struct strategy_result *first, const struct strategy_result *next)
{
    const struct study *study = result->study;
    if (next == NULL)
        return STR("; it is the only strategy");
    money margin = next->compared - first->compared;
    if (margin == 0 && n_cheapest(result) > 2)
        return str_format(arena, "; %zu others cost the same", n_cheapest(result) - 1);
    if (margin == 0)
        return str_format(arena, "; `%.*s` costs the same", STR_ARGS(next->strategy->name));
    struct str amount = money_pretty(arena, margin, 0);
    if (next->compared <= 0)
        return str_format(arena, ", %.*s %.*s less than `%.*s`", STR_ARGS(study->currency), STR_ARGS(amount),
                          STR_ARGS(next->strategy->name));
    struct str percent =
        money_text(arena, (money)round_half_even((int128)margin * 100 * MONEY_PER_UNIT, next->compared), 1);
    return str_format(arena, ", %.*s %.*s or %.*s %% less than `%.*s`", STR_ARGS(study->currency),
                      STR_ARGS(amount), STR_ARGS(percent), STR_ARGS(next->strategy->name));
}

static void say_verdict(struct arena *arena, struct result *result)
{
    const struct study *study = result->study;
    if (!result->ranked) {
        result->verdict = str_format(arena, "Not ranked: %.*s.", STR_ARGS(result->unranked_because));
        return;
    }
    const struct strategy_result *first = best(result, NULL), *next = best(result, first);
    struct str cost = money_pretty(arena, first->compared, 0),
               margin = margin_text(arena, result, first, next);
    const char *scope = result_scope_differs(result)
                            ? ". The strategies do not count the same components: see Scope in the report"
                            : "";
    result->verdict = str_format(
        arena, "%s: `%.*s`, %.*s %.*s%s%.*s%s.", scope[0] == 0 ? "Cheapest" : "Least cost of what is counted",
        STR_ARGS(first->strategy->name), STR_ARGS(study->currency), STR_ARGS(cost),
        study->has_discount_rate ? " at present value" : "", STR_ARGS(margin), scope);
}

void compare(struct arena *arena, struct result *result)
{
    result->ranked = result->study->workload.has_unmet_cost || !unmet_differs(result);
    if (result->ranked)
        rank(result);
    else
        result->unranked_because = STR(
            "the strategies lose different amounts of load and the study gives no unmet_cost to price it");
    say_verdict(arena, result);
}
