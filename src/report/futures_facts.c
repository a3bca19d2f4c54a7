#include "report/futures_facts.h"

#include "base/arena.h"
#include "report/chart_facts.h"
#include "report/chart_text.h"

enum { LONGEST_NAME = 36 };

const char futures_are_of[] =
    "Costs are of the servers that a plan leases, of on-demand and of load that is "
    "lost, in futures drawn from "
    "the seed of the study; services, taxes, and what is metered otherwise than at servers are not in them.";

bool has_futures(const struct result *result)
{
    for (size_t i = 0; i < result->n_strategies; i++)
        if (result->strategies[i].in_futures != NULL)
            return true;
    return false;
}

size_t futures_plans(struct arena *arena, const struct result *result, const struct strategy_result ***plans)
{
    size_t n = 0;
    const struct strategy_result **items =
        ARENA_NEW(arena, const struct strategy_result *, result->n_strategies);
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct strategy_result *s = &result->strategies[i];
        if (s->in_futures == NULL)
            continue;
        size_t at = n++;
        for (; at > 0 && items[at - 1]->in_futures->expected > s->in_futures->expected; at--)
            items[at] = items[at - 1];
        items[at] = s;
    }
    *plans = items;
    return n;
}

money knowing_is_worth(const struct in_futures *in)
{
    money worth = in->expected;
    return money_add(&worth, -in->expected_known) ? worth : INT64_MAX;
}

static struct str knowing_text(struct arena *arena, const struct result *result, const struct in_futures *in)
{
    if (knowing_is_worth(in) <= 0)
        return STR("knowing which one comes would save nothing");
    return str_format(
        arena, "knowing which one comes would save %.*s",
        STR_ARGS(chart_saving(arena, in->expected_known, in->expected, result->study->currency)));
}

/* " costs least", as long as nothing costs the same. */
static struct str best_text(struct arena *arena, const struct strategy_result **plans, size_t n)
{
    size_t n_equal = 1;
    while (n_equal < n && plans[n_equal]->in_futures->expected == plans[0]->in_futures->expected)
        n_equal++;
    if (n == 1)
        return STR(" costs");
    if (n_equal == n)
        return STR(" costs as much as any other");
    if (n_equal > 1)
        return str_format(arena, " and %zu other%s cost least", n_equal - 1, n_equal > 2 ? "s" : "");
    return STR(" costs least");
}

struct str futures_in_words(struct arena *arena, const struct result *result)
{
    const struct strategy_result **plans;
    size_t n = futures_plans(arena, result, &plans);
    const struct in_futures *in = plans[0]->in_futures;
    struct str name = chart_name(arena, plans[0]->strategy->name, LONGEST_NAME),
               best = best_text(arena, plans, n),
               cost = chart_money(arena, in->expected, result->study->currency),
               knowing = knowing_text(arena, result, in);
    return str_format(arena, "%.*s%.*s in expectation over %lld future%s: %.*s; %.*s", STR_ARGS(name),
                      STR_ARGS(best), (long long)in->n, in->n == 1 ? "" : "s", STR_ARGS(cost),
                      STR_ARGS(knowing));
}
