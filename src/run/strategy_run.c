#include "run/strategy_run.h"

#include "base/arena.h"
#include "base/check.h"
#include "rating/discount.h"
#include "run/scope.h"

enum { MICRO = 1000000 };

static void check_service(const struct service *s)
{
    check(s->need == s->served + s->shortfall);
    check(s->capacity == s->used + s->idle);
    check(s->served == s->used);
    check(s->shortfall >= 0 && s->idle >= 0 && s->unmet_micro >= 0);
    check(s->committed_used <= s->committed && s->committed <= s->capacity);
}

static void add_service(struct service *to, const struct service *part)
{
    to->need += part->need;
    to->served += part->served;
    to->shortfall += part->shortfall;
    to->capacity += part->capacity;
    to->used += part->used;
    to->idle += part->idle;
    to->committed += part->committed;
    to->committed_used += part->committed_used;
    to->unmet_micro += part->unmet_micro;
    to->steps_short += part->steps_short;
}

/* Unmet load priced month by month: round(cumulative after) - round(cumulative before). */
static bool price_unmet(const struct study *study, int128 before, int128 after, money *amount)
{
    money low, high;
    if (!study->workload.has_unmet_cost)
        return true;
    if (!money_product(before, (int128)MICRO * HOUR_SECONDS, study->workload.unmet_cost, &low) ||
        !money_product(after, (int128)MICRO * HOUR_SECONDS, study->workload.unmet_cost, &high))
        return false;
    *amount = high - low;
    return true;
}

static bool sum_service(const struct result *result, const struct served *served, struct strategy_result *s)
{
    bool fits = true;
    for (int i = 0; i < result->timeline.n_months; i++) {
        struct month_result *month = &s->months[i];
        int128 before = s->service.unmet_micro;
        month->service = served->months[i];
        month->peak_in_service = served->peak_in_service[i];
        check_service(&month->service);
        add_service(&s->service, &month->service);
        fits &= price_unmet(result->study, before, s->service.unmet_micro, &month->unmet_cost) &&
                money_add(&s->unmet_cost, month->unmet_cost);
        if (month->peak_in_service > s->peak_in_service)
            s->peak_in_service = month->peak_in_service;
    }
    check_service(&s->service);
    for (size_t i = 0; i < s->n_bursts; i++)
        fits &= price_unmet(result->study, 0, s->bursts[i].unmet_micro, &s->bursts[i].unmet_cost);
    return fits;
}

static bool sum_charges(struct strategy_result *s)
{
    bool fits = true;
    for (size_t i = 0; i < s->n_charges; i++) {
        const struct charge *charge = &s->charges[i];
        struct month_result *month = &s->months[charge->month];
        if (charge->category == CHARGE_HORIZON) {
            fits &= money_add(&s->horizon_value, -charge->billed);
            continue;
        }
        fits &= money_add(&month->billed, charge->billed) &&
                money_add(&month->effective, charge->effective) && money_add(&month->list, charge->list);
        fits &= money_add(&s->billed_by_component[charge->price->component], charge->billed) &&
                money_add(&s->effective_by_component[charge->price->component], charge->effective);
    }
    return fits;
}

static void check_accounts(const struct strategy_result *s)
{
    money billed = 0, effective = 0;
    for (size_t i = 0; i < s->n_accounts; i++) {
        const struct account *a = &s->accounts[i];
        check(a->billed == a->effective + a->prepaid - a->accrued);
        billed += a->billed;
        effective += a->effective;
    }
    check(billed == s->billed && effective == s->effective);
}

bool strategy_sum(struct arena *arena, const struct result *result, const struct served *served,
                  const struct bill *bill, struct strategy_result *s)
{
    const struct study *study = result->study;
    int n_months = result->timeline.n_months;
    double *factors = discount_factors(arena, study, n_months);
    s->charges = bill->charges;
    s->n_charges = bill->n_charges;
    s->accounts = bill->accounts;
    s->n_accounts = bill->n_accounts;
    s->burst = served->burst;
    s->bursts = served->bursts;
    s->n_bursts = served->n_bursts;
    s->months = ARENA_NEW(arena, struct month_result, n_months);
    s->billed_by_component = ARENA_NEW(arena, money, study->n_components + 1);
    s->effective_by_component = ARENA_NEW(arena, money, study->n_components + 1);
    s->scope = ARENA_NEW(arena, enum scope, study->n_components + 1);
    scope_note(study, s);
    if (bill->overflow || !sum_service(result, served, s) || !sum_charges(s))
        return false;
    bool fits = true;
    for (size_t i = 0; i < study->n_components; i++)
        if (study_is_capex(study, i))
            fits &= money_add(&s->capex, s->billed_by_component[i]);
    for (int i = 0; i < n_months; i++) {
        struct month_result *month = &s->months[i];
        fits &= money_add(&s->billed, month->billed) && money_add(&s->effective, month->effective) &&
                money_add(&s->list, month->list);
        month->cumulative = s->billed;
        month->discount_factor = factors[i];
        fits &= money_add(&s->compared, discounted(month->billed, factors[i])) &&
                money_add(&s->compared_unmet, discounted(month->unmet_cost, factors[i]));
    }
    fits = fits && money_add(&s->compared, s->compared_unmet) &&
           money_add(&s->compared, -discounted(s->horizon_value, factors[n_months]));
    if (fits)
        check_accounts(s);
    return fits;
}
