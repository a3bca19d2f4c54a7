#include "run/optimum_run.h"

#include "base/arena.h"
#include "rating/discount.h"

/* Metered of something that no plan changes: time, a column of the trace, or the load, as long as what may be
 * lost of it has no price, since only plans that lose as little are compared. */
static bool is_the_same_in_every_plan(const struct study *study, const struct charge *charge)
{
    const struct metering *metering =
        charge->price->charged == CHARGED_METERED
            ? study_metering(study, &study->offers[charge->price->offer], charge->price)
            : NULL;
    return metering != NULL && metering->included.digits == 0 &&
           (metering->of == METER_TIME || metering->of == METER_COLUMN ||
            (metering->of == METER_LOAD && !study->workload.has_unmet_cost));
}

/* Has a layer nothing but what exists already? */
static bool only_exists(const struct strategy_result *s, int layer)
{
    bool any = false;
    for (size_t i = 0; i < s->plan.n_orders; i++)
        if (s->plan.orders[i].layer == layer) {
            any = true;
            if (s->plan.orders[i].reason != REASON_EXISTING)
                return false;
        }
    return any;
}

/* Of the servers planned: not services, not what exists already, and not what every plan of the offers pays.
 */
static bool is_planned(const struct study *study, const struct strategy_result *s, const bool *exists,
                       const struct charge *charge)
{
    return charge->layer < (int)s->strategy->n_layers && !exists[charge->layer] &&
           (charge->order < 0 || s->plan.orders[charge->order].reason != REASON_EXISTING) &&
           !is_the_same_in_every_plan(study, charge);
}

static bool sum_planned(struct arena *scratch, const struct result *result, const struct strategy_result *s,
                        money *cost, int64_t *n_rounded)
{
    int n_months = result->timeline.n_months;
    money *months = ARENA_NEW(scratch, money, n_months + 1);
    const double *factors = discount_factors(scratch, result->study, n_months);
    bool *exists = ARENA_NEW(scratch, bool, s->strategy->n_layers + 1);
    bool fits = true;
    for (size_t i = 0; i < s->strategy->n_layers; i++)
        exists[i] = only_exists(s, (int)i);
    *n_rounded = 2 * (n_months + 1);
    for (size_t i = 0; i < s->n_charges; i++) {
        const struct charge *charge = &s->charges[i];
        if (!is_planned(result->study, s, exists, charge))
            continue;
        fits &=
            money_add(&months[charge->category == CHARGE_HORIZON ? n_months : charge->month], charge->billed);
        (*n_rounded)++;
    }
    *cost = 0;
    for (int i = 0; i <= n_months; i++)
        fits &= money_add(cost, discounted(months[i], factors[i]));
    for (int i = 0; i < n_months; i++)
        fits &= money_add(cost, discounted(s->months[i].unmet_cost, factors[i]));
    return fits;
}

/* Leases begun, and servers by the step. */
static int64_t n_leases(const struct optimum *optimum)
{
    int64_t n = 0;
    for (int32_t t = 0; t < optimum->n_steps; t++)
        n += optimum->on_demand_used[t] + optimum->missing[t];
    for (size_t i = 0; i < optimum->n_kinds; i++)
        for (int32_t t = 0; t < optimum->n_steps; t++)
            n += optimum->kinds[i].chosen[t];
    return n;
}

static int64_t steps_short(const struct optimum *optimum)
{
    int64_t n = 0;
    for (int32_t t = 0; t < optimum->n_steps; t++)
        n += optimum->missing[t] > 0;
    return n;
}

bool optimum_compare(const struct result *result, struct strategy_result *s)
{
    struct optimum *optimum = s->plan.optimum;
    struct arena scratch = {0};
    int64_t n_rounded;
    bool fits = sum_planned(&scratch, result, s, &optimum->simulated_cost, &n_rounded);
    arena_free(&scratch);
    /* half a millionth for each charge, half a part for each lease, one for the load lost in a step */
    int64_t rounding = n_rounded / 2 + 1 + n_leases(optimum) / optimum->parts / 2 + steps_short(optimum);
    money gap = optimum->simulated_cost - optimum->lower_bound;
    bool is_bound = gap >= -rounding && gap <= rounding;
    optimum->gap = is_bound ? 0 : gap;
    optimum->proved = is_bound && !optimum->leaves_out_renewals;
    return fits;
}

/* May an optimal strategy order of it? Its other layers hold what exists. */
static bool is_from(const struct strategy *optimal, int offer)
{
    for (size_t i = 0; i < optimal->n_layers; i++)
        if (optimal->layers[i].offer == offer)
            return optimal->layers[i].rule == SIZE_OPTIMAL || optimal->layers[i].rule == SIZE_FOLLOW;
    return false;
}

static bool is_made_of(const struct strategy *optimal, const struct strategy_result *s)
{
    for (size_t i = 0; i < s->strategy->n_layers; i++)
        if (!is_from(optimal, s->strategy->layers[i].offer) && !only_exists(s, (int)i))
            return false;
    return true;
}

/* Load lost needs a price, or has to be the same. */
static bool loses_alike(const struct result *result, size_t strategy, size_t optimum)
{
    return result->study->workload.has_unmet_cost || result->strategies[strategy].service.unmet_micro ==
                                                         result->strategies[optimum].service.unmet_micro;
}

/* Is what a strategy may do also open to another one? Within another limit on all that is in service
 * on-demand servers follow less of the need, and others run fuller. */
static bool is_open_to(const struct strategy *optimal, const struct strategy_result *s)
{
    return optimal->most_servers == s->strategy->most_servers && is_made_of(optimal, s);
}

static bool add_regret(struct arena *arena, struct result *result, size_t *capacity, struct regret regret)
{
    int64_t n_rounded;
    struct arena scratch = {0};
    const struct strategy_result *s = &result->strategies[regret.strategy];
    const struct optimum *optimum = result->strategies[regret.optimum].plan.optimum;
    bool fits = sum_planned(&scratch, result, s, &regret.cost, &n_rounded);
    arena_free(&scratch);
    regret.regret = regret.cost - optimum->lower_bound;
    regret.ratio = optimum->lower_bound > 0 ? (double)regret.cost / (double)optimum->lower_bound : 0;
    result->regrets =
        arena_grow(arena, result->regrets, result->n_regrets, capacity, sizeof *result->regrets);
    result->regrets[result->n_regrets++] = regret;
    return fits;
}

bool regrets_make(struct arena *arena, struct result *result)
{
    size_t capacity = 0;
    bool fits = true;
    for (size_t i = 0; i < result->n_strategies; i++)
        for (size_t k = 0; k < result->n_strategies; k++)
            if (result->strategies[k].plan.optimum != NULL && loses_alike(result, i, k) &&
                is_open_to(result->strategies[k].strategy, &result->strategies[i]))
                fits &= add_regret(arena, result, &capacity,
                                   (struct regret){.strategy = (int)i, .optimum = (int)k});
    return fits;
}
