#include "base/arena.h"
#include "plan/planner.h"
#include "supply/delivery.h"

/* Servers of the layer that renewals of the plan at a time continue. */
static int64_t renewed_at(const struct planner *p, int64_t at)
{
    int64_t servers = 0;
    for (size_t i = 0; i < p->plan->n_orders; i++) {
        const struct order *order = &p->plan->orders[i];
        if (order->layer == p->layer_index && order->reason == REASON_RENEWAL && order->ordered_seconds == at)
            servers += order->servers;
    }
    return servers;
}

/* Servers of the layer whose term ends at a time, less those that renew then by themselves and by the plan's
 * rows up to `row`. */
static int64_t left_to_renew(const struct planner *p, size_t row)
{
    int64_t at = p->rows[row].ordered_seconds, left = planner_standing(p, at).ending - renewed_at(p, at);
    for (size_t i = row + 1; i < p->n_rows; i++) {
        const struct planned_order *planned = &p->rows[i];
        if (planned->offer == p->layer->offer && planned->renewal && planned->ordered_seconds == at)
            left += planned->servers;
    }
    return left;
}

/* Fewer may be left to renew than a row says, where others could not be had or not go on. */
static bool lacks_servers(const struct planner *p)
{
    return !p->strategy->has_plan || p->plan->n_not_renewed > 0;
}

/* A renewal has neither lead time nor set-up: one that continues nothing would be servers out of thin air. */
static void check_renewals(const struct planner *p)
{
    if (p->plan->n_not_renewed > 0)
        return;
    for (size_t i = 0; i < p->n_rows; i++) {
        const struct planned_order *planned = &p->rows[i];
        if (planned->offer != p->layer->offer || !planned->renewal || p->problem->text.length > 0 ||
            left_to_renew(p, i) >= 0)
            continue;
        p->problem->text =
            str_format(p->arena, "renewal of %lld servers of `%.*s`: not as many end their term at %.*s",
                       (long long)planned->servers, STR_ARGS(p->offer->id),
                       STR_ARGS(time_text(p->arena, planned->ordered_seconds)));
        p->problem->hint =
            "a renewal begins at the second at which the servers it continues end; write `new` otherwise";
        p->problem->place = planned->place;
    }
}

/* Contract months after which an order is ended early, whose last server is in service at `last`: as the row
 * says, or so that it ends when the row ends. 0: with its term. */
static int kept_months(const struct planner *p, const struct planned_order *planned, int64_t last)
{
    bool is_renewal = planned->renewal && !term_is_none(p->offer->then);
    int64_t until = planned->until_seconds;
    int64_t end = offer_term_end(p->offer, last, is_renewal ? p->offer->then : p->offer->term);
    if (until == 0 || until >= end)
        return planned->n_renewals > 0 ? 0 : planned->kept_months;
    int months = offer_months(p->offer, last, until);
    if ((months == 0 || offer_month_end(p->offer, last, months) != until) && p->problem->text.length == 0) {
        p->problem->text = str_format(p->arena, "order of `%.*s` that ends %.*s: no contract month ends then",
                                      STR_ARGS(p->offer->id), STR_ARGS(time_text(p->arena, until)));
        p->problem->hint =
            str_format(p->arena, "its first month ends %.*s; leave `ends` empty for the whole term",
                       STR_ARGS(time_text(p->arena, offer_month_end(p->offer, last, 1))))
                .at;
        p->problem->place = planned->place;
    }
    return months;
}

/* The servers of the last order, continued lot by lot as their terms end: so many times, or to the end of the
 * first term that ends with or after the notice. */
static void continue_last(const struct planner *p, const struct planned_order *planned)
{
    bool is_cancelled = planned->cancelled_seconds > 0;
    int n_times = is_cancelled ? INT32_MAX : planned->n_renewals;
    int64_t leaves = is_cancelled ? term_end(planned->cancelled_seconds, p->offer->notice) : INT64_MAX;
    const struct order last = p->plan->orders[p->plan->n_orders - 1];
    for (size_t i = 0; n_times > 0 && i < last.n_lots; i++) {
        struct lot lot = p->plan->lots[last.first_lot + i];
        for (int k = 0; k < n_times && lot.end_seconds < leaves && lot.end_seconds < p->study->end_seconds;
             k++) {
            int kept = k + 1 == n_times ? planned->kept_months : 0;
            if (!planner_renew_until(p, lot.servers, lot.end_seconds, kept))
                break;
            lot = p->plan->lots[p->plan->n_lots - 1];
        }
    }
}

void plan_by_hand(const struct planner *p)
{
    for (size_t i = 0; i < p->n_rows; i++) {
        const struct planned_order *planned = &p->rows[i];
        if (planned->offer != p->layer->offer)
            continue;
        if (p->offer->kind == OFFER_SPOT) {
            int64_t from = planned->ordered_seconds, to = planned->until_seconds;
            struct spot_windows one = {&(struct spot_window){from, to}, 1, 1};
            planner_spot_between(p, &one, planned->servers, from, to);
            continue;
        }
        if (planned->renewal) {
            int64_t left = planner_standing(p, planned->ordered_seconds).ending -
                           renewed_at(p, planned->ordered_seconds); /* a quota may have let fewer come */
            bool fewer = lacks_servers(p) && left < planned->servers;
            bool renewed = (!fewer || left > 0) &&
                           planner_renew_until(p, fewer ? left : planned->servers, planned->ordered_seconds,
                                               kept_months(p, planned, planned->ordered_seconds));
            if (renewed && planned->cancelled_seconds > 0)
                continue_last(p, planned);
            continue;
        }
        if (!planner_places_in_time(p, planned->servers))
            return;
        struct booking_list crews = {0};
        struct arrivals arrivals = delivery_booked(p->arena, p->study, p->offer, planned->servers,
                                                   planner_quota_taken(p, planned->ordered_seconds),
                                                   planned->ordered_seconds, p->bookings, &crews);
        if (arrivals.n_items == 0)
            continue;
        bookings_add(p->arena, p->bookings, &crews);
        int64_t last = planned->ordered_seconds + arrivals_last(&arrivals);
        if (planner_place_until(p, planned->servers, planned->ordered_seconds, &arrivals, last,
                                REASON_PLANNED, kept_months(p, planned, last)))
            continue_last(p, planned);
    }
    if (p->strategy->has_plan)
        check_renewals(p);
}
