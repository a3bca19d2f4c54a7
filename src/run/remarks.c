#include "run/remarks.h"

#include "base/arena.h"
#include "model/optimum.h"
#include "rating/lease.h"
#include "run/futures_run.h"

enum { PERCENTILE_STEP_SECONDS = 300 };

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

static void remark_most_servers(struct remarks *list, const struct result *result)
{
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct strategy_result *s = &result->strategies[i];
        if (s->plan.n_above_most > 0)
            remark(
                list,
                str_format(list->arena,
                           "%.*s: no more than %lld servers may be in service (most_servers). Orders wanted "
                           "%lld more, counting those that were wanted again at a later review.",
                           STR_ARGS(s->strategy->name), (long long)s->strategy->most_servers,
                           (long long)s->plan.n_above_most));
    }
}

static void remark_not_renewed(struct remarks *list, const struct result *result)
{
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct strategy_result *s = &result->strategies[i];
        if (s->plan.n_not_renewed > 0)
            remark(list, str_format(list->arena,
                                    "%.*s: a quota kept %lld reserved servers from being renewed, counting "
                                    "those of each term.",
                                    STR_ARGS(s->strategy->name), (long long)s->plan.n_not_renewed));
    }
}

/* The day up to which a price says nothing of being out of date. */
static int64_t fresh_until(const struct price_row *row)
{
    return row->effective_to != INT64_MAX ? row->effective_to
                                          : add_months(row->effective_from, PRICE_OLD_MONTHS);
}

/* The row itself, or one of its versions at other exchange rates. */
static bool is_row(const struct price_row *charged, const struct price_row *row)
{
    return charged->effective_from == row->effective_from && price_same_series(charged, row);
}

/* When a price was last charged; INT64_MIN where it never was. */
static int64_t last_charged(const struct result *result, const struct price_row *row)
{
    int64_t last_use = INT64_MIN;
    for (size_t i = 0; i < result->n_strategies; i++)
        for (size_t c = 0; c < result->strategies[i].n_charges; c++) {
            const struct charge *charge = &result->strategies[i].charges[c];
            if (is_row(charge->price, row) && charge->category != CHARGE_HORIZON && charge->billed != 0 &&
                charge->from_seconds > last_use)
                last_use = charge->from_seconds;
        }
    return last_use;
}

/* The prices of an offer that were charged when out of date; the oldest is the one charged longest after
 * its day. */
struct old_prices {
    size_t n;
    const struct price_row *oldest;
    int64_t oldest_used;
};

static struct old_prices old_prices_of(const struct result *result, const struct offer *offer)
{
    struct old_prices old = {0};
    for (size_t r = 0; r < offer->n_prices; r++) {
        const struct price_row *row = &offer->prices[r];
        int64_t used = last_charged(result, row);
        if (used <= fresh_until(row))
            continue;
        old.n++;
        if (old.oldest != NULL && used - row->effective_from <= old.oldest_used - old.oldest->effective_from)
            continue;
        old.oldest = row;
        old.oldest_used = used;
    }
    return old;
}

static void remark_prices(struct remarks *list, const struct result *result)
{
    for (size_t i = 0; i < result->study->n_offers; i++) {
        const struct offer *offer = &result->study->offers[i];
        struct old_prices old = {0};
        if (offer->used)
            old = old_prices_of(result, offer);
        if (old.n == 0)
            continue;
        int64_t from = old.oldest->effective_from;
        struct str component = result->study->components[old.oldest->component];
        struct str until = str_format(
            list->arena, "%.*s, charged until %.*s, %d months on", STR_ARGS(date_text(list->arena, from)),
            STR_ARGS(date_text(list->arena, old.oldest_used)), months_between(from, old.oldest_used));
        if (old.n == 1)
            remark(list, str_format(list->arena, "Old price: %.*s of %.*s is a price of %.*s.",
                                    STR_ARGS(component), STR_ARGS(offer->id), STR_ARGS(until)));
        else
            remark(list, str_format(list->arena, "Old prices: %zu of %.*s; the oldest, %.*s, is of %.*s.",
                                    old.n, STR_ARGS(offer->id), STR_ARGS(component), STR_ARGS(until)));
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

/* The worst of an offer's bursts, and how many are like it. */
static void remark_too_late(struct remarks *list, const struct result *result, size_t offer)
{
    const struct order_by *worst = NULL, *never = NULL;
    size_t n = 0;
    for (size_t i = 0; i < result->n_order_by; i++) {
        const struct order_by *row = &result->order_by[i];
        if (row->burst == NULL || (size_t)row->offer != offer)
            continue;
        if (!row->possible)
            never = row;
        if (!row->possible || row->by_seconds >= row->decided_seconds)
            continue;
        n++;
        worst = worst == NULL || row->by_seconds < worst->by_seconds ? row : worst;
    }
    struct str id = result->study->offers[offer].id;
    struct str more =
        n > 1 ? str_format(list->arena, "; it is too late for %zu other bursts too", n - 1) : STR("");
    if (n == 2)
        more = STR("; it is too late for another burst too");
    if (worst != NULL)
        remark(list,
               str_format(list->arena,
                          "Too late by %.*s: %lld servers of %.*s had to be ordered by %.*s to be in service "
                          "when %.*s begins, and orders are placed from %.*s on%.*s.",
                          STR_ARGS(duration_text(list->arena, worst->decided_seconds - worst->by_seconds)),
                          (long long)worst->servers, STR_ARGS(id),
                          STR_ARGS(date_text(list->arena, worst->by_seconds)), STR_ARGS(worst->burst->name),
                          STR_ARGS(date_text(list->arena, worst->decided_seconds)), STR_ARGS(more)));
    if (never != NULL)
        remark(list, str_format(list->arena,
                                "Never in time: %lld servers of %.*s cannot be there when %.*s begins, "
                                "whenever they are ordered.",
                                (long long)never->servers, STR_ARGS(id), STR_ARGS(never->burst->name)));
}

static void remark_forecasts(struct remarks *list, const struct result *result)
{
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct strategy_result *s = &result->strategies[i];
        const struct forecasts_made *made = &s->plan.forecasts;
        if (made->n_otherwise == 0)
            continue;
        remark(list,
               str_format(
                   list->arena,
                   "Forecast: %.*s could not use %s at %zu of its %zu forecasts, last on %.*s: %.*s. It "
                   "took the last season seen to go on, a week or a day, or else the most seen so far.",
                   STR_ARGS(s->strategy->name), forecast_kind_names[s->strategy->forecasting.kind],
                   made->n_otherwise, made->n, STR_ARGS(date_text(list->arena, made->last_otherwise_seconds)),
                   STR_ARGS(made->reason)));
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
                s->charges[c].price->charged == CHARGED_TERM && s->charges[c].price->n_payments == 0)
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

/* Capacity that may not be there: what the simulation took of it. */
static void remark_capacity(struct remarks *list, const struct study *study)
{
    for (size_t i = 0; i < study->n_offers; i++) {
        const struct offer *offer = &study->offers[i];
        bool used = offer->used;
        if (offer_is_reservation(offer))
            offer = &study->offers[offer->discounts];
        if (!used || offer->retry_seconds == 0)
            continue;
        const char *taken =
            study->draws_capacity
                ? "Drawn: where launches of %.*s find capacity is one future of many, that of the seed; "
                  "lead times have their distribution."
                : "Assumed: launches of %.*s always find capacity in the simulation; lead times draw it.";
        remark(list, str_format(list->arena, taken, STR_ARGS(offer->id)));
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

/* ---- commitments ---- */

/* A reservation that costs more than its hours on demand even where all of them are used. */
static void remark_never_pays(struct remarks *list, const struct study *study, const struct order *order)
{
    const struct offer *offer = &study->offers[order->offer];
    int64_t day = order->price_seconds, term = term_end(day, offer->term) - day;
    const struct offer *on_demand = &study->offers[offer->discounts];
    money lease, saved = running_price(on_demand, day) - running_price(offer, day);
    if (day >= study->end_seconds || !lease_cost(study, offer, day, day + term, &lease) ||
        (saved > 0 && (int128)lease * HOUR_SECONDS <= (int128)saved * term))
        return;
    struct str hours =
        decimal_with_commas(list->arena, decimal_text(list->arena, decimal_of(term / HOUR_SECONDS)));
    struct str needed = STR("never");
    if (saved > 0) {
        money whole = (lease + saved - 1) / saved;
        needed = str_format(
            list->arena, "after %.*s h",
            STR_ARGS(decimal_with_commas(list->arena, decimal_text(list->arena, decimal_of(whole)))));
    }
    remark(list,
           str_format(list->arena,
                      "Never pays back: %.*s at the prices of %.*s costs as much as %.*s %.*s; its term "
                      "has %.*s h.",
                      STR_ARGS(offer->id), STR_ARGS(date_text(list->arena, day)), STR_ARGS(on_demand->id),
                      STR_ARGS(needed), STR_ARGS(hours)));
}

static void remark_commitments(struct remarks *list, const struct result *result)
{
    const struct study *study = result->study;
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct plan *plan = &result->strategies[i].plan;
        for (size_t j = 0; j < plan->n_orders; j++)
            if (offer_is_reservation(&study->offers[plan->orders[j].offer]) &&
                plan->orders[j].reason != REASON_EXISTING)
                remark_never_pays(list, study, &plan->orders[j]);
    }
}

/* A commitment of money is met in whole servers. */
static void remark_savings_plans(struct remarks *list, const struct result *result)
{
    const struct study *study = result->study;
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct strategy_result *s = &result->strategies[i];
        for (size_t j = 0; j < s->plan.n_orders; j++) {
            const struct order *order = &s->plan.orders[j];
            const struct offer *offer = &study->offers[order->offer];
            money hourly;
            if (offer->kind != OFFER_SAVINGS_PLAN ||
                __builtin_mul_overflow(committed_price(offer, order->price_seconds), order->servers, &hourly))
                continue;
            remark(list,
                   str_format(list->arena, "Committed: %.*s orders %.*s for %.*s %.*s an hour from %.*s on.",
                              STR_ARGS(s->strategy->name), STR_ARGS(offer->id), STR_ARGS(study->currency),
                              STR_ARGS(money_text(list->arena, hourly, 4)),
                              STR_ARGS(date_text(list->arena, order->last_in_service_seconds))));
        }
    }
}

/* 95th percentiles are billed by samples of five minutes. */
static void remark_percentiles(struct remarks *list, const struct study *study)
{
    if (study->step_seconds <= PERCENTILE_STEP_SECONDS)
        return;
    for (size_t i = 0; i < study->n_offers; i++) {
        const struct offer *offer = &study->offers[i];
        for (size_t j = 0; offer->used && j < offer->n_prices; j++)
            if (offer->prices[j].unit->counted == COUNTED_PERCENTILE)
                remark(list, str_format(list->arena,
                                        "Estimate: the 95th percentile of %.*s is taken of steps of %.*s; "
                                        "providers take samples of 5 minutes.",
                                        STR_ARGS(offer->id),
                                        STR_ARGS(duration_text(list->arena, study->step_seconds))));
    }
}

/* An optimum may launch nothing on demand, though it may. */
static void remark_left_out(struct remarks *list, const struct result *result)
{
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct strategy_result *s = &result->strategies[i];
        if (s->plan.optimum == NULL || !s->plan.optimum->leaves_out_on_demand)
            continue;
        remark(list,
               str_format(list->arena,
                          "%.*s launches nothing on demand: such servers would follow the need at its target "
                          "utilisation, and planned costs be %.*s %.*s; without, the others run up to "
                          "max_utilisation, and what is beyond is lost. Set max_utilisation to the target to "
                          "forbid that.",
                          STR_ARGS(s->strategy->name), STR_ARGS(result->study->currency),
                          STR_ARGS(money_text(list->arena, s->plan.optimum->other_cost, 2))));
    }
}

/* What an optimum knows that no buyer does, and what its bound leaves out. */
static void remark_optima(struct remarks *list, const struct result *result)
{
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct strategy_result *s = &result->strategies[i];
        if (s->plan.optimum == NULL)
            continue;
        money outside = s->compared - s->plan.optimum->simulated_cost;
        remark(
            list,
            str_format(
                list->arena,
                "In hindsight: %.*s knows the need and the prices of the whole study. Its bound "
                "is about servers and load that is lost; %.*s %.*s of its compared cost is for what "
                "lies outside: services, taxes, what every plan has metered alike, and what exists already.",
                STR_ARGS(s->strategy->name), STR_ARGS(result->study->currency),
                STR_ARGS(money_pretty(list->arena, outside, 0))));
    }
}

static void remark_futures(struct remarks *list, const struct result *result)
{
    for (size_t i = 0; i < result->n_strategies; i++)
        for (size_t j = 0; j < result->n_strategies; j++) {
            struct str text = futures_finding(list->arena, result, i, j);
            if (text.length > 0)
                remark(list, text);
        }
}

static void remark_ledger_sheet(struct remarks *list, const struct result *result)
{
    if (result->study->ledger_sheet && result_n_charges(result) > MOST_LEDGER_ROWS)
        remark(list,
               str_format(list->arena,
                          "the sheet Ledger is left out: %zu charges, and a spreadsheet has room for %d; "
                          "ledger.csv has all",
                          result_n_charges(result), MOST_LEDGER_ROWS));
}

void remarks_make(struct arena *arena, struct result *result)
{
    struct remarks list = {.arena = arena};
    remark_late(&list, result);
    remark_forecasts(&list, result);
    remark_most_servers(&list, result);
    remark_not_renewed(&list, result);
    remark_futures(&list, result);
    for (size_t i = 0; i < result->study->n_offers; i++)
        remark_too_late(&list, result, i);
    remark_last_purchases(&list, result);
    remark_commitments(&list, result);
    remark_savings_plans(&list, result);
    remark_prices(&list, result);
    remark_percentiles(&list, result->study);
    remark_capacity(&list, result->study);
    remark_assumed(&list, result);
    remark_optima(&list, result);
    remark_left_out(&list, result);
    remark_ledger_sheet(&list, result);
    result->remarks = list.items;
    result->n_remarks = list.n_items;
}
