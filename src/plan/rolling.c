#include "base/arena.h"
#include "plan/planner.h"
#include "model/study_check.h"
#include "supply/delivery.h"

/* A buyer who forecasts decides from `decide_from` on, at every review and whenever a term ends, and orders
 * at once what he expects to be needed from the arrival of the order on. */

enum { MOST_TRIES = 40 }; /* to find the size of an order whose lead time depends on it */

/* Until the last of an order's servers is in service; 0 where none ever is. */
static int64_t lead_seconds(const struct planner *p, int64_t servers, int64_t at)
{
    struct arrivals arrivals = delivery_booked(p->arena, p->study, p->offer, servers,
                                               planner_quota_taken(p, at), at, p->bookings, NULL);
    planner_wait_for_site(p, at, &arrivals);
    return arrivals.n_items > 0 ? arrivals_last(&arrivals) : 0;
}

static void order_at(const struct planner *p, int64_t servers, int64_t ordered, int64_t wanted,
                     enum order_reason reason)
{
    struct booking_list crews = {0};
    struct arrivals arrivals = delivery_booked(p->arena, p->study, p->offer, servers,
                                               planner_quota_taken(p, p->now), ordered, p->bookings, &crews);
    planner_wait_for_site(p, ordered, &arrivals);
    if (arrivals.n_items == 0 || ordered + arrivals.items[0].seconds >= p->study->end_seconds)
        return;
    planner_place(p, servers, ordered, &arrivals, wanted, reason);
    bookings_add(p->arena, p->bookings, &crews);
}

/* The latest time, but not before now, at which servers can be ordered that are wanted at a time. */
static int64_t order_by(const struct planner *p, int64_t servers, int64_t wanted)
{
    int64_t at = delivery_booked_order_by(p->study, p->offer, servers, planner_quota_taken(p, p->now), wanted,
                                          p->now, p->bookings);
    return at < p->now ? p->now : at;
}

/* The time that an order decided now is for, of which the next is decided at `next`. */
struct span {
    int64_t from, until;
};

static struct span span_of(const struct planner *p, int64_t lead, int64_t next)
{
    int64_t start = p->study->start_seconds, period_end;
    struct span span = {p->now + lead, next + lead};
    if (span.from < start) {
        span.from = start;
        period_end = add_months(start, p->strategy->review_months);
        span.until = span.until < period_end ? period_end : span.until;
    }
    if (planner_sizes_by_term(p))
        span.until = term_end(span.from, p->offer->term);
    return span;
}

/* Hardware that is old by then is bought anew by an order of its own; contracts can be continued. */
static int64_t missing_servers(const struct planner *p, struct span span)
{
    int64_t held = planner_standing(p, p->offer->kind == OFFER_COLOCATION ? span.from : p->now).held;
    return planner_target(p, p->now, span.from, span.until) - held;
}

/* Orders what is missing from the arrival of the order on. Before the study begins it is left to the next
 * decision where that comes in time, and no order is placed earlier than need be. */
static void order_for_arrival(const struct planner *p, int64_t next)
{
    int64_t servers = 1, missing = 0, lead = 0, start = p->study->start_seconds;
    struct span span = {0};
    for (int i = 0; i < MOST_TRIES; i++) {
        if (!planner_places_in_time(p, servers))
            return;
        lead = lead_seconds(p, servers, p->now);
        span = span_of(p, lead, next);
        missing = missing_servers(p, span);
        if (missing <= servers)
            break;
        servers = missing;
    }
    if (missing <= 0 || next + lead <= start || !planner_places_in_time(p, missing))
        return;
    int64_t ordered = p->now + lead < start ? order_by(p, missing, start) : p->now;
    order_at(p, missing, ordered, span.from, REASON_NEW);
}

/* Contracts that end now are continued as far as they are expected to be needed. */
static void continue_contracts(const struct planner *p, int64_t next)
{
    int64_t ending = planner_standing(p, p->now).ending;
    if (ending == 0 || p->offer->kind == OFFER_COLOCATION)
        return;
    int64_t missing = missing_servers(p, span_of(p, 0, next));
    if (missing > 0)
        planner_renew(p, missing < ending ? missing : ending, p->now);
}

static void decide(struct planner *p, int64_t at, int64_t next)
{
    p->now = at;
    if (at < offer_available_from(p->offer)) /* nobody can size or order what has no price yet */
        return;
    continue_contracts(p, next);
    order_for_arrival(p, next);
}

/* Replaces hardware whose life ends at a time, a lead time before. */
static void refresh(struct planner *p, int64_t ending)
{
    struct span span = {ending, add_months(ending, p->strategy->review_months)};
    if (planner_sizes_by_term(p))
        span.until = term_end(ending, p->offer->term);
    int64_t missing = missing_servers(p, span);
    if (missing > 0 && p->now >= offer_available_from(p->offer) && planner_places_in_time(p, missing))
        order_at(p, missing, order_by(p, missing, ending), ending, REASON_REFRESH);
}

/* Decides on the hardware whose replacement has to be ordered before `next`; returns the last end looked at.
 */
static int64_t refresh_until(struct planner *p, int64_t looked_at, int64_t next)
{
    for (;;) {
        int64_t ending = planner_next_ending(p, looked_at, p->study->end_seconds);
        if (ending >= p->study->end_seconds)
            return looked_at;
        int64_t at = order_by(p, planner_standing(p, ending).ending, ending);
        if (at >= next)
            return looked_at;
        p->now = at;
        refresh(p, ending);
        looked_at = ending;
    }
}

static void decide_until(struct planner *p, int64_t at, int64_t next)
{
    int64_t priced_from = offer_available_from(p->offer);
    decide(p, at, next);
    if (priced_from > at && priced_from < next)
        decide(p, priced_from, next);
    if (p->offer->kind == OFFER_COLOCATION)
        return;
    for (int64_t ending = planner_next_ending(p, at, next); ending < next;
         ending = planner_next_ending(p, ending, next))
        decide(p, ending, add_months(ending, p->strategy->review_months));
}

/* What is decided ahead of an end is so only by buyers who know all or nothing. */
static bool decides_ahead(const struct planner *p)
{
    bool ahead = !term_is_none(p->offer->notice) || p->offer->overlap_seconds > 0;
    for (size_t i = 0; i < p->study->n_existing; i++)
        ahead |= p->study->existing[i].overlap_seconds > 0;
    if (ahead && p->problem->text.length == 0) {
        p->problem->text =
            str_format(p->arena, "strategy `%.*s`: notice and overlap of one who forecasts are not built yet",
                       STR_ARGS(p->strategy->name));
        p->problem->hint = "write `knows: all` or `knows: nothing`, or remove `notice` and `overlap`";
        p->problem->place = p->strategy->place;
    }
    return ahead;
}

void plan_by_forecast(struct planner *p)
{
    if (decides_ahead(p))
        return;
    int months = p->strategy->review_months, i = 1;
    int64_t start = p->study->start_seconds, end = p->study->end_seconds;
    int64_t at = p->study->decide_from_seconds, looked_at = at - 1;
    while (add_months(start, (i - 1) * months) > at)
        i--;
    for (; at < end; i++) {
        int64_t next = add_months(start, i * months);
        next = next < end ? next : end;
        decide_until(p, at, next);
        if (p->offer->kind == OFFER_COLOCATION)
            looked_at = refresh_until(p, looked_at, next);
        at = next;
    }
}
