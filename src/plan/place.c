/* Orders and their deliveries as the plan has them, no more than the strategy lets be in service. */
#include <stdlib.h>

#include "base/arena.h"
#include "model/study_check.h"
#include "plan/planner.h"
#include "supply/delivery.h"

struct order *planner_append_order(const struct planner *p, struct order order)
{
    struct plan *plan = p->plan;
    plan->orders =
        arena_grow(p->arena, plan->orders, plan->n_orders, &plan->orders_capacity, sizeof *plan->orders);
    order.layer = p->layer_index;
    order.offer = p->layer->offer;
    order.decided_seconds = p->now;
    order.first_lot = plan->n_lots;
    plan->orders[plan->n_orders] = order;
    return &plan->orders[plan->n_orders++];
}

void planner_append_lot(const struct planner *p, struct lot lot)
{
    struct plan *plan = p->plan;
    plan->lots = arena_grow(p->arena, plan->lots, plan->n_lots, &plan->lots_capacity, sizeof *plan->lots);
    lot.order = (int)plan->n_orders - 1;
    plan->orders[lot.order].n_lots++;
    plan->lots[plan->n_lots++] = lot;
}

/* ---- the most servers of a strategy ---- */

/* Servers of a layer that come into service or leave it. */
struct change {
    int64_t at_seconds;
    int layer;
    int64_t servers;
};

static int compare_changes(const void *a, const void *b)
{
    const struct change *left = a, *right = b;
    return (left->at_seconds > right->at_seconds) - (left->at_seconds < right->at_seconds);
}

/* Those of [from, to), in the order of time; what is there before is a change at `from`. */
struct changes {
    int64_t from, to;
    struct change *items;
    size_t n_items;
};

/* Servers of a layer that are in service from `begins` on. */
static void add_changes(struct changes *changes, int layer, int64_t servers, int64_t begins, int64_t ends)
{
    if (ends <= changes->from || begins >= changes->to)
        return;
    begins = begins > changes->from ? begins : changes->from;
    changes->items[changes->n_items++] = (struct change){begins, layer, servers};
    changes->items[changes->n_items++] = (struct change){ends, layer, -servers};
}

/* What exists of layers that are planned after this one. Plans that are made anew have taken it already. */
static void add_existing_above(const struct planner *p, struct changes *changes)
{
    bool all_taken = p->strategy->replan_seconds > 0 && !p->strategy->has_plan;
    for (size_t k = (size_t)p->layer_index + 1; !all_taken && k < p->strategy->n_layers; k++)
        for (size_t i = 0; i < p->study->n_existing; i++) {
            const struct planned_order *existing = &p->study->existing[i];
            if (existing->offer == p->strategy->layers[k].offer)
                add_changes(changes, (int)k, existing->servers, p->study->decide_from_seconds,
                            existing->until_seconds);
        }
}

static struct changes changes_between(const struct planner *p, struct arena *scratch, int64_t from,
                                      int64_t to)
{
    size_t n_most = 2 * (p->plan->n_lots + p->study->n_existing);
    struct changes changes = {from, to, ARENA_NEW(scratch, struct change, n_most), 0};
    for (size_t i = 0; i < p->plan->n_lots; i++) {
        const struct lot *lot = &p->plan->lots[i];
        add_changes(&changes, p->plan->orders[lot->order].layer, lot->servers, lot->in_service_seconds,
                    lot->end_seconds);
    }
    add_existing_above(p, &changes);
    qsort(changes.items, changes.n_items, sizeof *changes.items, compare_changes);
    return changes;
}

/* Servers of the layer that may still come while `servers` of each layer are in service. */
static int64_t room_beside(const struct planner *p, const int64_t *servers)
{
    int64_t left = p->strategy->most_servers;
    for (size_t i = 0; i < p->strategy->n_layers; i++)
        if ((int)i != p->layer_index)
            left -= offer_capacity(&p->study->offers[p->strategy->layers[i].offer], servers[i]);
    return left < 0 ? 0 : offer_most_servers(p->offer, left) - servers[p->layer_index];
}

int64_t planner_room(const struct planner *p, int64_t from, int64_t to)
{
    struct arena scratch = {0};
    if (p->strategy->most_servers == 0)
        return INT64_MAX;
    struct changes all = changes_between(p, &scratch, from, to);
    const struct change *changes = all.items;
    int64_t *servers = ARENA_NEW(&scratch, int64_t, p->strategy->n_layers);
    int64_t least = room_beside(p, servers);
    for (size_t i = 0; i < all.n_items && changes[i].at_seconds < to; i++) {
        servers[changes[i].layer] += changes[i].servers;
        bool more = i + 1 < all.n_items && changes[i + 1].at_seconds == changes[i].at_seconds;
        int64_t room = more ? least : room_beside(p, servers);
        least = room < least ? room : least;
    }
    arena_free(&scratch);
    return least < 0 ? 0 : least;
}

/* ---- quotas ---- */

static int128 quota_units_beside(const struct planner *p, const int64_t *servers)
{
    const struct offer *launched = &p->study->offers[p->offer->discounts];
    int128 units = 0;
    for (size_t i = 0; i < p->strategy->n_layers; i++)
        units +=
            quota_units_of(p->study, &p->study->offers[p->strategy->layers[i].offer], servers[i], launched);
    return units;
}

/* Until when what is taken matters to servers that are launched at `at`: the end of their term, or what lifts
 * the quota. */
static int64_t quota_matters_until(const struct planner *p, struct arena *scratch, int64_t at)
{
    const struct offer *launched = &p->study->offers[p->offer->discounts];
    int64_t end = offer_term_end(p->offer, at, p->offer->term), lifted = INT64_MAX;
    if (quota_process(launched) >= 0)
        lifted = at + quota_lead_seconds(scratch, p->study, launched, at);
    end = lifted < end ? lifted : end;
    return end > at ? end : at + 1;
}

int128 planner_quota_taken(const struct planner *p, int64_t at)
{
    if (!offer_is_reservation(p->offer) || !has_quota(&p->study->offers[p->offer->discounts]))
        return 0;
    struct arena scratch = {0};
    int64_t until = quota_matters_until(p, &scratch, at);
    struct changes all = changes_between(p, &scratch, at, until);
    const struct change *changes = all.items;
    int64_t *servers = ARENA_NEW(&scratch, int64_t, p->strategy->n_layers);
    int128 most = 0;
    for (size_t i = 0; i < all.n_items && changes[i].at_seconds < until; i++) {
        servers[changes[i].layer] += changes[i].servers;
        bool more = i + 1 < all.n_items && changes[i + 1].at_seconds == changes[i].at_seconds;
        int128 units = more ? 0 : quota_units_beside(p, servers);
        most = units > most ? units : most;
    }
    arena_free(&scratch);
    return most;
}

/* ---- orders ---- */

/* When the term of servers begins that come at `at`, after one that began at `begun`: servers of a
 * reservation that come within one step of the study share a term, from the first of them on. */
static int64_t term_start(const struct planner *p, int64_t begun, int64_t at)
{
    int64_t step = p->study->step_seconds, into_step = (at - p->study->start_seconds) % step;
    int64_t step_start = at - into_step - (into_step < 0 ? step : 0);
    return offer_is_reservation(p->offer) && begun >= step_start ? begun : at;
}

/* Leaves of the arrivals what may be in service, the first ones first. */
static void cut_to_room(const struct planner *p, int64_t ordered, struct term term, struct arrivals *arrivals)
{
    int64_t so_far = 0, begins = INT64_MIN;
    size_t n = 0;
    for (size_t i = 0; i < arrivals->n_items; i++) {
        struct arrival arrival = arrivals->items[i];
        int64_t from = ordered + arrival.seconds;
        int64_t start = term_start(p, begins, from);
        int64_t to = offer_term_end(p->offer, start, term);
        int64_t room = planner_room(p, from, to);
        int64_t left = room > so_far ? room - so_far : 0;
        p->plan->n_above_most += arrival.servers > left ? arrival.servers - left : 0;
        arrival.servers = arrival.servers < left ? arrival.servers : left;
        so_far += arrival.servers;
        if (arrival.servers == 0)
            continue;
        arrivals->items[n++] = arrival;
        begins = start;
    }
    arrivals->n_items = n;
}

/* When a contract ends, and how many of its months an early end leaves out. */
struct contract_end {
    int64_t seconds;
    int months_left;
};

static struct contract_end end_of(const struct planner *p, int64_t start, struct term term, int kept_months)
{
    int64_t end = offer_term_end(p->offer, start, term);
    int months = kept_months > 0 ? offer_months(p->offer, start, end) : 0;
    if (kept_months == 0 || kept_months >= months)
        return (struct contract_end){end, 0};
    return (struct contract_end){offer_month_end(p->offer, start, kept_months), months - kept_months};
}

void planner_wait_for_site(const struct planner *p, int64_t ordered, struct arrivals *arrivals)
{
    if (p->offer->site < 0)
        return;
    int64_t opens = p->study->offers[p->offer->site].contract.from_seconds - ordered;
    for (size_t i = 0; i < arrivals->n_items; i++)
        if (arrivals->items[i].seconds < opens)
            arrivals->items[i].seconds = opens;
}

bool planner_place_until(const struct planner *p, int64_t servers, int64_t ordered, struct arrivals *arrivals,
                         int64_t wanted, enum order_reason reason, int kept_months)
{
    planner_wait_for_site(p, ordered, arrivals);
    struct term term =
        reason == REASON_RENEWAL && !term_is_none(p->offer->then) ? p->offer->then : p->offer->term;
    if (p->strategy->most_servers > 0)
        cut_to_room(p, ordered, term, arrivals);
    if (arrivals->n_items == 0)
        return false;
    int64_t first = ordered + arrivals->items[0].seconds, last = ordered + arrivals_last(arrivals);
    int64_t begins = INT64_MIN;
    servers = 0; /* a quota may let fewer come than were wanted */
    for (size_t i = 0; i < arrivals->n_items; i++) {
        servers += arrivals->items[i].servers;
        begins = term_start(p, begins, ordered + arrivals->items[i].seconds);
    }
    planner_append_order(p,
                         (struct order){.servers = servers,
                                        .ordered_seconds = ordered,
                                        .first_in_service_seconds = first,
                                        .last_in_service_seconds = last,
                                        .wanted_seconds = wanted,
                                        .reason = reason,
                                        .end_seconds = end_of(p, begins, term, kept_months).seconds,
                                        .pays_once = reason != REASON_RENEWAL,
                                        .pays_term = true,
                                        .price_seconds = offer_is_reservation(p->offer) ? first : ordered});
    int64_t so_far = 0;
    begins = INT64_MIN;
    for (size_t i = 0; i < arrivals->n_items; i++) {
        int64_t in_service = ordered + arrivals->items[i].seconds, n = arrivals->items[i].servers;
        begins = term_start(p, begins, in_service);
        struct contract_end end = end_of(p, begins, term, kept_months);
        planner_append_lot(p, (struct lot){.in_service_seconds = in_service,
                                           .term_start_seconds = begins,
                                           .end_seconds = end.seconds,
                                           .months_left = end.months_left,
                                           .end_decided = end.months_left > 0,
                                           .servers = n,
                                           .spares = offer_with_spares(p->offer, so_far + n) -
                                                     offer_with_spares(p->offer, so_far) - n});
        so_far += n;
    }
    return true;
}

bool planner_place(const struct planner *p, int64_t servers, int64_t ordered, struct arrivals *arrivals,
                   int64_t wanted, enum order_reason reason)
{
    return planner_place_until(p, servers, ordered, arrivals, wanted, reason, 0);
}

/* Servers that may go on: others may have taken a quota that stays. */
static int64_t renewable(const struct planner *p, int64_t servers, int64_t at)
{
    if (!offer_is_reservation(p->offer))
        return servers;
    const struct offer *launched = &p->study->offers[p->offer->discounts];
    return quota_process(launched) >= 0 ? servers
                                        : within_quota(launched, servers, planner_quota_taken(p, at));
}

bool planner_renew_until(const struct planner *p, int64_t servers, int64_t at, int kept_months)
{
    struct arrival one = {0, renewable(p, servers, at)};
    p->plan->n_not_renewed += servers - one.servers;
    struct arrivals at_once = {&one, one.servers > 0, 1};
    return planner_place_until(p, servers, at, &at_once, at, REASON_RENEWAL, kept_months);
}

bool planner_renew(const struct planner *p, int64_t servers, int64_t at)
{
    return planner_renew_until(p, servers, at, 0);
}
