#include "report/optimum_facts.h"

#include "base/arena.h"
#include "model/certificate.h"

const char optimum_hindsight[] =
    "The optimum is one in hindsight: it knows the need and the prices of the whole study. Cost and bound "
    "are of servers, with what is metered at them, and of load that is lost; services, taxes, and what every "
    "plan has metered alike are not in them. The leases chosen belong to the prices of the run: rerun "
    "rackrate to choose anew.";

bool optimum_is_there(const struct result *result)
{
    for (size_t i = 0; i < result->n_strategies; i++)
        if (result->strategies[i].plan.optimum != NULL)
            return true;
    return false;
}

struct str optimum_gap_percent(struct arena *arena, const struct optimum *optimum)
{
    double share = 100.0 * (double)optimum->gap / (double)optimum->lower_bound;
    return share < 0.005 ? STR("0.01 %") : str_format(arena, "%.2f %%", share);
}

struct str optimum_statement(struct arena *arena, const struct study *study, const struct optimum *optimum)
{
    struct str currency = study->currency, cost = money_pretty(arena, optimum->simulated_cost, 0),
               bound = money_pretty(arena, optimum->lower_bound, 0);
    const char *which = optimum->short_is_penalty ? " that loses as little load" : "";
    if (optimum->proved)
        return str_format(arena, "its servers cost %.*s %.*s; proved: no plan of these offers%s costs less",
                          STR_ARGS(currency), STR_ARGS(cost), which);
    if (optimum->leaves_out_renewals)
        return str_format(
            arena,
            "its servers cost %.*s %.*s, with leases for at least %.*s; renewing contracts that "
            "exist may cost less, and nothing is proved",
            STR_ARGS(currency), STR_ARGS(cost), STR_ARGS(bound));
    if (optimum->gap < 0)
        return str_format(
            arena,
            "its servers cost %.*s %.*s, less than the bound (%.*s): the bill has what no lease "
            "of the bound has, and nothing is proved",
            STR_ARGS(currency), STR_ARGS(cost), STR_ARGS(bound));
    if (optimum->lower_bound <= 0)
        return str_format(arena, "its servers cost %.*s %.*s, the best possible at least %.*s",
                          STR_ARGS(currency), STR_ARGS(cost), STR_ARGS(bound));
    return str_format(arena, "its servers cost %.*s %.*s, within %.*s of the best possible (%.*s)",
                      STR_ARGS(currency), STR_ARGS(cost), STR_ARGS(optimum_gap_percent(arena, optimum)),
                      STR_ARGS(bound));
}

static int64_t first_price(const struct certificate *c, int32_t t)
{
    return c->short_first[t] < c->short_price[t] ? c->short_first[t] : c->short_price[t];
}

int128 optimum_limit_term(const struct certificate *c, int32_t t)
{
    int64_t price = c->hour_price[t], need = c->need[t], counted = need;
    int64_t limit = c->running_limit == NULL ? CERTIFICATE_NONE : c->running_limit[t];
    int128 term = 0;
    if (c->on_demand_price[t] != CERTIFICATE_NONE && price > c->on_demand_price[t])
        term -= (int128)c->on_demand_limit[t] * (price - c->on_demand_price[t]);
    if (need > limit) {
        term += (int128)(need - limit - 1) * c->short_price[t] + first_price(c, t);
        counted = limit;
    } else if (price > first_price(c, t)) {
        term -= price - first_price(c, t);
    }
    counted = price < 0 ? limit : counted;
    return term + (int128)(counted - need) * price;
}

int64_t optimum_first_saves(const struct certificate *c, int32_t t)
{
    return c->missing[t] > 0 ? c->short_price[t] - first_price(c, t) : 0;
}
