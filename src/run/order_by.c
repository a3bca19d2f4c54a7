#include "run/order_by.h"

#include "base/arena.h"
#include "model/burst.h"
#include "supply/delivery.h"
#include "supply/lead_time.h"

struct rows {
    struct arena *arena;
    const struct study *study;
    struct order_by *items;
    size_t n_items, capacity;
};

static const struct offer *offer_of(const struct rows *rows, const struct order_by *row)
{
    return &rows->study->offers[row->offer];
}

/* Does the lead time of a row depend on when it begins? That of launches does not while the quota is enough.
 */
static bool keeps_hours(const struct study *study, const struct order_by *row)
{
    const struct offer *offer = &study->offers[row->offer];
    if (offer_is_reservation(offer))
        offer = &study->offers[offer->discounts];
    if (offer->kind != OFFER_ON_DEMAND)
        return delivery_keeps_hours(study, offer);
    return within_quota(offer, row->servers, row->quota_taken) < row->servers && quota_process(offer) >= 0 &&
           process_keeps_hours(&study->processes[quota_process(offer)]);
}

static int64_t seconds_of(double hours)
{
    double seconds = hours * HOUR_SECONDS;
    int64_t whole = (int64_t)seconds;
    return seconds - (double)whole > 1e-6 ? whole + 1 : whole;
}

/* A row before with the same servers, which has the same lead time where no hours are kept. */
static const struct order_by *same_as(const struct rows *rows, const struct order_by *row)
{
    for (size_t i = rows->n_items; i-- > 0;) {
        const struct order_by *other = &rows->items[i];
        if (other->offer == row->offer && other->servers == row->servers &&
            other->quota_taken == row->quota_taken && other->has_need && other->possible)
            return keeps_hours(rows->study, row) ? NULL : other;
    }
    return NULL;
}

/* No order helps before there is space. */
static bool has_space(const struct rows *rows, const struct order_by *row)
{
    int site = offer_of(rows, row)->site;
    return site < 0 || rows->study->offers[site].contract.from_seconds <= row->need_seconds;
}

static void copy_times(struct order_by *row, const struct order_by *same)
{
    row->by_seconds = row->need_seconds - (same->need_seconds - same->by_seconds);
    row->by_p90_seconds = row->need_seconds - (same->need_seconds - same->by_p90_seconds);
}

/* As the plan orders; launches on demand are no orders of it. */
static int64_t base_time(const struct study *study, const struct offer *offer, const struct order_by *row,
                         const struct lead_time *lead)
{
    if (offer->kind != OFFER_ON_DEMAND)
        return delivery_order_by(study, offer, row->servers, row->quota_taken, row->need_seconds);
    if (keeps_hours(study, row))
        return lead_order_by_base(study, offer, row->servers, row->quota_taken, row->need_seconds);
    return row->need_seconds - seconds_of(lead->base);
}

/* With working hours the lead time depends on when it begins. */
static int64_t p90_time(const struct study *study, const struct offer *offer, const struct order_by *row,
                        const struct lead_time *lead)
{
    if (lead->all_low >= lead->all_high)
        return row->by_seconds;
    if (keeps_hours(study, row))
        return lead_order_by_p90(study, offer, row->servers, row->quota_taken, row->need_seconds,
                                 row->by_seconds);
    return row->need_seconds - seconds_of(lead->p90);
}

static void find_times(const struct rows *rows, struct order_by *row)
{
    const struct study *study = rows->study;
    const struct order_by *same = same_as(rows, row);
    const struct offer *offer = offer_of(rows, row);
    row->possible = has_space(rows, row);
    if (!row->possible)
        return;
    if (same != NULL) {
        copy_times(row, same);
        return;
    }
    struct lead_time lead = lead_time_of(study, offer, row->servers, row->quota_taken, row->need_seconds);
    row->possible = lead.possible;
    if (!row->possible)
        return;
    row->by_seconds = base_time(study, offer, row, &lead);
    row->by_p90_seconds = p90_time(study, offer, row, &lead);
}

/* ---- bursts ---- */

/* What runs already when a burst comes, of offers that are launched. */
static int128 taken_before(const struct result *result, const struct offer *offer, int64_t seconds)
{
    const struct demand *d = &result->demand;
    if (offer->kind == OFFER_COLOCATION || offer->kind == OFFER_HOSTING)
        return 0;
    int64_t step = (seconds - d->start_seconds) / d->step_seconds - 1;
    if (step < 0 || step >= d->n_steps)
        return 0;
    const struct offer *launched =
        offer_is_reservation(offer) ? &result->study->offers[offer->discounts] : offer;
    return quota_units(launched, offer_servers_for(offer, d->servers[step]));
}

static void add_burst(struct rows *rows, const struct result *result, const struct burst *burst, int64_t at)
{
    const struct study *study = rows->study;
    for (size_t i = 0; i < study->n_offers; i++) {
        const struct offer *offer = &study->offers[i];
        if (!offer->used || !offer_has_servers(offer) || offer->kind == OFFER_SPOT)
            continue;
        struct order_by row = {.burst = burst,
                               .offer = (int)i,
                               .servers = offer_servers_for(offer, burst->servers),
                               .quota_taken = taken_before(result, offer, at),
                               .has_need = true,
                               .need_seconds = at,
                               .decided_seconds = study->decide_from_seconds};
        find_times(rows, &row);
        *ARENA_APPEND(rows->arena, rows) = row;
    }
}

static void add_bursts(struct rows *rows, const struct result *result)
{
    const struct study *study = rows->study;
    for (size_t i = 0; i < study->workload.n_bursts; i++) {
        const struct burst *burst = &study->workload.bursts[i];
        for (int n = 0; burst_start(burst, n, study->end_seconds) != INT64_MAX; n++) {
            int64_t at = burst_start(burst, n, study->end_seconds);
            if (at + burst_length(burst) > study->start_seconds)
                add_burst(rows, result, burst, at);
        }
    }
}

/* ---- orders ---- */

static bool is_listed(const struct study *study, const struct order *order)
{
    return order->reason != REASON_RENEWAL && order->reason != REASON_EXISTING &&
           order->reason != REASON_FOLLOWS && order->servers > 0 &&
           study->offers[order->offer].kind != OFFER_SPOT;
}

static void add_order(struct rows *rows, const struct strategy *strategy, const struct order *order)
{
    struct order_by row = {.strategy = strategy,
                           .order = order,
                           .offer = order->offer,
                           .servers = order->servers,
                           .quota_taken = order->quota_taken,
                           .has_need = order->reason != REASON_PLANNED,
                           .need_seconds = order->wanted_seconds,
                           .decided_seconds = order->ordered_seconds};
    if (row.has_need)
        find_times(rows, &row);
    *ARENA_APPEND(rows->arena, rows) = row;
}

void order_by_make(struct arena *arena, struct result *result)
{
    struct rows rows = {.arena = arena, .study = result->study};
    add_bursts(&rows, result);
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct plan *plan = &result->strategies[i].plan;
        for (size_t j = 0; j < plan->n_orders; j++)
            if (is_listed(rows.study, &plan->orders[j]))
                add_order(&rows, result->strategies[i].strategy, &plan->orders[j]);
    }
    result->order_by = rows.items;
    result->n_order_by = rows.n_items;
}
