#include "run/compare.h"

#include "base/arena.h"

enum { FLAG_AFTER_MONTHS = 12 };

static bool unmet_differs(const struct result *result)
{
    for (size_t i = 1; i < result->n_strategies; i++)
        if (result->strategies[i].service.unmet_micro != result->strategies[0].service.unmet_micro)
            return true;
    return false;
}

static bool scope_differs(const struct result *result)
{
    for (size_t i = 1; i < result->n_strategies; i++)
        for (size_t c = 0; c < result->study->n_components; c++)
            if (result->strategies[i].counts[c] != result->strategies[0].counts[c])
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

static struct str margin_text(struct arena *arena, const struct study *study,
                              const struct strategy_result *first, const struct strategy_result *next)
{
    if (next == NULL)
        return STR("; it is the only strategy");
    money margin = next->compared - first->compared;
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
               margin = margin_text(arena, study, first, next);
    const char *scope =
        scope_differs(result)
            ? ". The strategies do not count the same components: see the scope matrix in Summary"
            : "";
    result->verdict = str_format(
        arena, "%s: `%.*s`, %.*s %.*s%s%.*s%s.", scope[0] == 0 ? "Cheapest" : "Least cost of what is counted",
        STR_ARGS(first->strategy->name), STR_ARGS(study->currency), STR_ARGS(cost),
        study->has_discount_rate ? " at present value" : "", STR_ARGS(margin), scope);
}

/* ---- remarks ---- */

struct remarks {
    struct arena *arena;
    struct remark *items;
    size_t n_items, capacity;
};

static void remark(struct remarks *list, struct str text)
{
    for (size_t i = 0; i < list->n_items; i++)
        if (str_equal(list->items[i].text, text))
            return;
    *ARENA_APPEND(list->arena, list) = (struct remark){text};
}

/* The day up to which a price says nothing of being out of date. */
static int64_t fresh_until(const struct price_row *row)
{
    return row->effective_to != INT64_MAX ? row->effective_to
                                          : add_months(row->effective_from, FLAG_AFTER_MONTHS);
}

static void remark_prices(struct remarks *list, const struct result *result)
{
    const struct study *study = result->study;
    for (size_t o = 0; o < study->n_offers; o++) {
        const struct offer *offer = &study->offers[o];
        for (size_t r = 0; offer->used && r < offer->n_prices; r++) {
            const struct price_row *row = &offer->prices[r];
            int64_t last_use = INT64_MIN;
            for (size_t i = 0; i < result->n_strategies; i++)
                for (size_t c = 0; c < result->strategies[i].n_charges; c++) {
                    const struct charge *charge = &result->strategies[i].charges[c];
                    if (charge->price == row && charge->category != CHARGE_HORIZON && charge->billed != 0 &&
                        charge->from_seconds > last_use)
                        last_use = charge->from_seconds;
                }
            if (last_use <= fresh_until(row))
                continue;
            struct str from = date_text(list->arena, row->effective_from),
                       to = date_text(list->arena, last_use);
            remark(list,
                   str_format(list->arena, "Old price: %.*s of %.*s is a price of %.*s, charged until %.*s.",
                              STR_ARGS(study->components[row->component]), STR_ARGS(offer->id),
                              STR_ARGS(from), STR_ARGS(to)));
        }
    }
}

static void remark_late(struct remarks *list, const struct result *result)
{
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct strategy_result *s = &result->strategies[i];
        const struct order *latest = NULL;
        for (size_t j = 0; j < s->plan.n_orders; j++) {
            const struct order *order = &s->plan.orders[j];
            int64_t late = order->last_in_service_seconds - order->wanted_seconds;
            if (order->reason != REASON_FOLLOWS && late > 0 &&
                (latest == NULL || late > latest->last_in_service_seconds - latest->wanted_seconds))
                latest = order;
        }
        if (latest == NULL)
            continue;
        int64_t late = latest->last_in_service_seconds - latest->wanted_seconds;
        remark(
            list,
            str_format(list->arena,
                       "Late: %.*s has its last server of %.*s %.*s after it is wanted (%.*s), the order of "
                       "%.*s being the earliest possible.",
                       STR_ARGS(s->strategy->name), STR_ARGS(result->study->offers[latest->offer].id),
                       STR_ARGS(duration_text(list->arena, late)),
                       STR_ARGS(date_text(list->arena, latest->wanted_seconds)),
                       STR_ARGS(date_text(list->arena, latest->ordered_seconds))));
    }
}

/* What is bought in the last review interval is mostly credited again: cash alone would mislead. */
static void remark_last_purchases(struct remarks *list, const struct result *result)
{
    int last = result->timeline.n_months - 1;
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct strategy_result *s = &result->strategies[i];
        money bought = 0;
        for (size_t c = 0; c < s->n_charges; c++)
            if (s->charges[c].category == CHARGE_PURCHASE && s->charges[c].month == last &&
                s->charges[c].price->charged == CHARGED_TERM)
                bought += s->charges[c].billed;
        if (bought == 0 || bought < s->billed / 100)
            continue;
        remark(
            list,
            str_format(list->arena,
                       "Bought at the end: %.*s pays %.*s %.*s in the last month for terms that run on after "
                       "it; what is left of them is in the horizon value.",
                       STR_ARGS(s->strategy->name), STR_ARGS(result->study->currency),
                       STR_ARGS(money_pretty(list->arena, bought, 0))));
    }
}

static void remark_assumed(struct remarks *list, const struct result *result)
{
    const struct study *study = result->study;
    for (size_t i = 0; i < study->n_offers; i++)
        if (study->offers[i].used && study->offers[i].equals_assumed)
            remark(
                list,
                str_format(
                    list->arena,
                    "Assumed: a server of %.*s counts as one reference server; %s, and `equals` is not set.",
                    STR_ARGS(study->offers[i].id),
                    study->workload.server_vcpu.digits == 0 ? "the workload has no server_vcpu"
                                                            : "its price table has no vcpu"));
    if (study->workload.trace.n_filled > 0)
        remark(list,
               str_format(list->arena, "Gaps: %lld of %lld rows of the trace were missing and are filled in.",
                          (long long)study->workload.trace.n_filled,
                          (long long)study->workload.trace.n_values));
    bool lost = false;
    for (size_t i = 0; i < result->n_strategies; i++)
        lost |= result->strategies[i].service.unmet_micro > 0;
    if (lost && !study->workload.has_unmet_cost)
        remark(list, STR("Unmet load has no price: it is shown, not counted."));
}

void compare(struct arena *arena, struct result *result)
{
    struct remarks list = {.arena = arena};
    result->ranked = result->study->workload.has_unmet_cost || !unmet_differs(result);
    if (result->ranked)
        rank(result);
    else
        result->unranked_because = STR(
            "the strategies lose different amounts of load and the study gives no unmet_cost to price it");
    say_verdict(arena, result);
    remark_late(&list, result);
    remark_last_purchases(&list, result);
    remark_prices(&list, result);
    remark_assumed(&list, result);
    result->remarks = list.items;
    result->n_remarks = list.n_items;
}
