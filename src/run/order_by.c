#include "run/order_by.h"

#include "base/arena.h"
#include "model/burst.h"
#include "supply/delivery.h"
#include "supply/lead_time.h"

/* Where hours are kept and durations drawn, or a quota is raised, the time is found to a minute. */
enum { NEAR_SECONDS = 60 };

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

/* Does the lead time depend on when it begins? */
static bool keeps_hours(const struct study *study, const struct offer *offer)
{
    int quota = offer->quota_increase;
    return delivery_keeps_hours(study, offer) ||
           (offer->kind == OFFER_ON_DEMAND && quota >= 0 && process_keeps_hours(&study->processes[quota]));
}

static int64_t seconds_of(double hours)
{
    double seconds = hours * HOUR_SECONDS;
    int64_t whole = (int64_t)seconds;
    return seconds - (double)whole > 1e-6 ? whole + 1 : whole;
}

static bool in_time(const struct rows *rows, const struct order_by *row, int64_t running, bool p90,
                    int64_t at)
{
    struct lead_time lead = lead_time_of(rows->study, offer_of(rows, row), row->servers, running, at);
    return at + seconds_of(p90 ? lead.p90 : lead.base) <= row->need_seconds;
}

/* With working hours the lead time depends on when it begins, and who orders later is never served earlier.
 */
static int64_t latest_of_hours(const struct rows *rows, const struct order_by *row, int64_t running, bool p90,
                               int64_t lead)
{
    int64_t high = row->need_seconds, low = high - lead;
    for (; !in_time(rows, row, running, p90, low); lead *= 2) {
        high = low;
        low -= lead;
    }
    while (high - low > NEAR_SECONDS) {
        int64_t middle = low + (high - low) / 2;
        if (in_time(rows, row, running, p90, middle))
            low = middle;
        else
            high = middle;
    }
    return low;
}

static int64_t latest(const struct rows *rows, const struct order_by *row, int64_t running, bool p90)
{
    const struct offer *offer = offer_of(rows, row);
    struct lead_time lead = lead_time_of(rows->study, offer, row->servers, running, row->need_seconds);
    int64_t seconds = seconds_of(p90 ? lead.p90 : lead.base);
    if (seconds <= 0 || !keeps_hours(rows->study, offer))
        return row->need_seconds - seconds;
    return latest_of_hours(rows, row, running, p90, seconds);
}

/* A row before with the same servers, which has the same lead time where no hours are kept. */
static const struct order_by *same_as(const struct rows *rows, const struct order_by *row, int64_t running)
{
    for (size_t i = rows->n_items; i-- > 0;) {
        const struct order_by *other = &rows->items[i];
        if (other->order != NULL && other->offer == row->offer && other->servers == row->servers &&
            other->order->running == running && other->has_need && other->possible)
            return keeps_hours(rows->study, offer_of(rows, row)) ? NULL : other;
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

static void find_times(const struct rows *rows, struct order_by *row, int64_t running)
{
    const struct study *study = rows->study;
    const struct order_by *same = same_as(rows, row, running);
    const struct offer *offer = offer_of(rows, row);
    row->possible = has_space(rows, row);
    if (!row->possible)
        return;
    if (same != NULL) {
        copy_times(row, same);
        return;
    }
    struct lead_time lead = lead_time_of(study, offer, row->servers, running, row->need_seconds);
    row->possible = lead.possible;
    if (!row->possible)
        return;
    row->by_seconds = offer->kind == OFFER_ON_DEMAND
                          ? latest(rows, row, running, false)
                          : delivery_order_by(study, offer, row->servers, running, row->need_seconds);
    row->by_p90_seconds = lead.all_low < lead.all_high ? latest(rows, row, running, true) : row->by_seconds;
}

/* ---- bursts ---- */

/* What runs already when a burst comes. */
static int64_t running_before(const struct result *result, const struct offer *offer, int64_t seconds)
{
    const struct demand *d = &result->demand;
    int64_t step = (seconds - d->start_seconds) / d->step_seconds - 1;
    return step < 0 || step >= d->n_steps ? 0 : offer_servers_for(offer, d->servers[step]);
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
                               .has_need = true,
                               .need_seconds = at,
                               .decided_seconds = study->decide_from_seconds};
        find_times(rows, &row, running_before(result, offer, at));
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
                           .has_need = order->reason != REASON_PLANNED,
                           .need_seconds = order->wanted_seconds,
                           .decided_seconds = order->ordered_seconds};
    if (row.has_need)
        find_times(rows, &row, order->running);
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
