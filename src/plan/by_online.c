/* Reservations made as the need comes: what is decided in a step depends on its need and those before. */
#include "base/arena.h"
#include "model/study_check.h"
#include "plan/online.h"
#include "plan/planner.h"
#include "rating/lease.h"
#include "supply/delivery.h"

/* A reservation against the on-demand layer behind it, for one server of the reservation and one step. Fees
 * are in millionths, rates in 2^-20 of them, so that short steps keep their digits. */
enum { RATE_BITS = 20 };

struct online_buyer {
    struct planner *p;
    int64_t step_seconds;
    int64_t priced_day; /* of which the patience is */
    struct online_break_even break_even;
    struct online_percentile percentile;
};

/* An hour's price by the step, of a server of the reservation's size. */
static int64_t rate_of(const struct online_buyer *b, money price, const struct offer *of)
{
    struct decimal equals = b->p->offer->equals;
    int128 each = price_of_reference(of, price, b->step_seconds, RATE_BITS);
    return (int64_t)(each * equals.digits / power_of_ten(equals.scale));
}

/* What a reservation of the day costs, and what its hours cost on demand. */
static bool terms_at(const struct online_buyer *b, int64_t at, struct online_terms *terms)
{
    const struct planner *p = b->p;
    const struct offer *on_demand = &p->study->offers[(p->layer + 1)->offer];
    int64_t end = offer_term_end(p->offer, at, p->offer->term);
    money fee;
    if (!lease_cost(p->study, p->offer, at, end, &fee) || fee > INT64_MAX >> RATE_BITS)
        return false;
    *terms = (struct online_terms){.fee = fee << RATE_BITS,
                                   .term_hours = (int32_t)((end - at) / b->step_seconds),
                                   .usage_rate = rate_of(b, running_price(p->offer, at), p->offer),
                                   .price = rate_of(b, running_price(on_demand, at), on_demand)};
    return true;
}

/* Of the prices of the day. */
static void set_patience(struct online_buyer *b, int64_t at)
{
    const struct planner *p = b->p;
    struct online_terms terms;
    if (b->priced_day == at / DAY_SECONDS)
        return;
    b->priced_day = at / DAY_SECONDS;
    if (!terms_at(b, at, &terms))
        b->break_even.patience = ONLINE_NEVER;
    else if (p->layer->rule == SIZE_ONLINE)
        b->break_even.patience = online_break_even_patience(&terms);
    else
        b->break_even.patience = online_random_patience(&terms, (uint64_t)p->study->seed, 0);
}

/* Servers reserved in a step, whose need is known when it begins. */
static int64_t reserved_in(struct online_buyer *b, int64_t at, int64_t need)
{
    const struct planner *p = b->p;
    int64_t servers = offer_servers_for(p->offer, need);
    if (p->layer->rule == SIZE_PAST_PERCENTILE)
        return online_percentile_step(p->arena, &b->percentile, servers);
    set_patience(b, at);
    return online_break_even_step(p->arena, &b->break_even, servers);
}

static void reserve(const struct planner *p, int64_t servers, int64_t at)
{
    struct arrivals arrivals =
        delivery_simulated(p->arena, p->study, p->offer, servers, planner_quota_taken(p, at), at);
    if (arrivals.n_items > 0 && at + arrivals.items[0].seconds < p->study->end_seconds)
        planner_place(p, servers, at, &arrivals, at, REASON_NEW);
}

static bool is_too_large(struct planner *p, int32_t need)
{
    if (offer_servers_for(p->offer, need) <= ONLINE_MOST_SERVERS)
        return false;
    p->problem->text =
        str_format(p->arena, "strategy `%.*s`: who decides step by step does so for %d servers at most",
                   STR_ARGS(p->strategy->name), ONLINE_MOST_SERVERS);
    p->problem->hint = "use another size";
    p->problem->place = p->layer->place;
    return true;
}

void plan_online(struct planner *p)
{
    int64_t start = p->study->start_seconds, end = p->study->end_seconds;
    struct online_buyer b = {.p = p, .step_seconds = p->study->step_seconds, .priced_day = -1};
    int64_t term_end_seconds = offer_term_end(p->offer, start, p->offer->term);
    int32_t term = (int32_t)((term_end_seconds - start) / b.step_seconds);
    b.break_even.term_hours = b.percentile.term_hours = term > 0 ? term : 1;
    b.percentile.window_hours = (int32_t)(p->layer->window_seconds / b.step_seconds);
    b.percentile.review_hours = (int32_t)(DAY_SECONDS / b.step_seconds);
    b.percentile.percent = (int32_t)p->layer->number;
    for (int64_t at = start; at < end; at += b.step_seconds) {
        int64_t over = at + b.step_seconds; /* seen as just over, by who knows nothing of what comes */
        if (sight_need(p->sight, over, over, over + b.step_seconds, false, p->scratch) == 0)
            continue;
        int32_t need = p->scratch[0];
        if (is_too_large(p, need))
            return;
        int64_t servers = at < offer_available_from(p->offer) ? 0 : reserved_in(&b, at, need);
        if (servers > 0)
            reserve(p, servers, at);
    }
}
