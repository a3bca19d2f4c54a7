/* The cheapest plan of what is expected, made anew every so often; of each plan only the orders that are due
 * before the next are placed. */
#include "base/arena.h"
#include "model/study_check.h"
#include "plan/network.h"
#include "plan/planner.h"
#include "rating/lease.h"
#include "supply/delivery.h"

/* Amounts are millionths x 2^8, so that short steps keep their digits. */
enum { FINE_BITS = 8 };

/* One plan: the steps of the study from `first` on. */
struct outlook {
    struct planner *p;
    struct arena *scratch;
    int64_t start_seconds, step_seconds, next_seconds;
    int32_t n_steps;
    int64_t *need;                /* less what is in service or ordered */
    int64_t *room;                /* beside it; NULL: no limit */
    struct network_offer *offers; /* [n_layers]; hours 0: not to be had */
};

static void turn_to(struct planner *p, size_t layer)
{
    p->layer = &p->strategy->layers[layer];
    p->offer = &p->study->offers[p->layer->offer];
    p->layer_index = (int)layer;
}

static int32_t step_of(const struct outlook *w, int64_t seconds)
{
    int64_t step = (seconds - w->start_seconds) / w->step_seconds;
    return (int32_t)(step < 0 ? 0 : step > w->n_steps ? w->n_steps : step);
}

/* What is expected, less the servers that are there or on their way. */
static void set_need(struct outlook *w, int64_t to)
{
    struct planner *p = w->p;
    const struct plan *plan = p->plan;
    w->n_steps = sight_need(p->sight, p->now, w->start_seconds, to, false, p->scratch);
    int64_t *there = ARENA_NEW(w->scratch, int64_t, w->n_steps + 1), now = 0;
    for (size_t i = 0; i < plan->n_lots; i++) {
        const struct lot *lot = &plan->lots[i];
        const struct offer *offer = &p->study->offers[plan->orders[lot->order].offer];
        there[step_of(w, lot->in_service_seconds + w->step_seconds - 1)] +=
            offer_capacity(offer, lot->servers);
        there[step_of(w, lot->end_seconds)] -= offer_capacity(offer, lot->servers);
    }
    int64_t most = p->strategy->most_servers;
    w->need = ARENA_NEW(w->scratch, int64_t, w->n_steps);
    w->room = most > 0 ? ARENA_NEW(w->scratch, int64_t, w->n_steps) : NULL;
    for (int32_t t = 0; t < w->n_steps; t++) {
        now += there[t];
        if (most > 0)
            w->room[t] = now < most ? most - now : 0;
        w->need[t] = p->scratch[t] > now ? p->scratch[t] - now : 0;
    }
}

/* An amount of one server as that of one reference server. */
static int64_t of_reference(const struct offer *offer, int128 amount)
{
    return (int64_t)(amount * power_of_ten(offer->equals.scale) / offer->equals.digits);
}

static int64_t step_price(const struct outlook *w, const struct offer *offer, money hour)
{
    return price_of_reference(offer, hour, w->step_seconds, FINE_BITS);
}

/* A lease costs what it does at today's prices; one that ends behind the outlook its share. */
static void set_offer(const struct outlook *w, size_t layer)
{
    struct planner *p = w->p;
    struct network_offer *o = &w->offers[layer];
    turn_to(p, layer);
    money whole;
    *o = (struct network_offer){.hours = 1, .every = 1, .quota = {0, NULL}};
    int64_t *cost = ARENA_NEW(w->scratch, int64_t, w->n_steps);
    o->cost = cost;
    int64_t end = offer_term_end(p->offer, p->now, p->offer->term);
    if (p->layer->rule != SIZE_OPTIMAL || p->now < offer_available_from(p->offer) ||
        !lease_cost(p->study, p->offer, p->now, end, &whole))
        return;
    struct arrivals one = delivery(w->scratch, p->study, p->offer, 1, planner_quota_taken(p, p->now), p->now);
    if (one.n_items == 0)
        return;
    int64_t full = (end - p->now) / w->step_seconds;
    *o =
        (struct network_offer){.hours = (int32_t)(full < 1           ? 1
                                                  : full > INT32_MAX ? INT32_MAX
                                                                     : full),
                               .first_start = step_of(w, p->now + one.items[0].seconds + w->step_seconds - 1),
                               .every = 1,
                               .cost = cost,
                               .quota = {NETWORK_NONE, NULL}};
    int64_t usage = step_price(w, p->offer, running_price(p->offer, p->now)) * (int64_t)o->hours;
    int128 all = of_reference(p->offer, (int128)whole << FINE_BITS) + (int128)usage;
    for (int32_t s = 0; s < w->n_steps; s++) {
        int64_t left = w->n_steps - s;
        cost[s] = (int64_t)(left < o->hours ? all * left / o->hours : all);
    }
}

/* The price of a missing server for a step: of load lost, or more than anything else costs. */
static int64_t price_of_missing(const struct outlook *w)
{
    const struct study *study = w->p->study;
    int64_t most = 0;
    money hour;
    if (study->workload.has_unmet_cost && money_product(1, 1, study->workload.unmet_cost, &hour))
        return (int64_t)(((int128)hour << FINE_BITS) * w->step_seconds / HOUR_SECONDS);
    for (size_t i = 0; i < w->p->strategy->n_layers; i++)
        if (w->n_steps > 0 && w->offers[i].cost[0] > most)
            most = w->offers[i].cost[0];
    return most + 1;
}

/* Each of several on-demand offers goes up to its quota, as if that stayed; the last one serves the rest. */
static struct network_tier on_demand_tier(const struct outlook *w, size_t layer)
{
    const struct strategy *strategy = w->p->strategy;
    const struct offer *offer = &w->p->study->offers[strategy->layers[layer].offer];
    struct network_tier tier = {{NETWORK_NONE, NULL}, {NETWORK_NONE, NULL}};
    tier.price.all = step_price(w, offer, running_price(offer, w->p->now));
    if (has_quota(offer) && layer + 1 < strategy->n_layers)
        tier.capacity.all = offer_capacity(offer, within_quota(offer, INT32_MAX, 0));
    return tier;
}

static bool solve(const struct outlook *w, struct network_solution *solution)
{
    const struct strategy *strategy = w->p->strategy;
    struct network_tier *tiers = ARENA_NEW(w->scratch, struct network_tier, strategy->n_layers);
    size_t n_tiers = 0;
    for (size_t i = 0; i < strategy->n_layers; i++)
        if (strategy->layers[i].rule == SIZE_FOLLOW)
            tiers[n_tiers++] = on_demand_tier(w, i);
    struct network_problem problem = {.n_hours = w->n_steps,
                                      .demand = w->need,
                                      .offers = w->offers,
                                      .n_offers = strategy->n_layers,
                                      .tiers = tiers,
                                      .n_tiers = n_tiers,
                                      .shortage = {price_of_missing(w), NULL},
                                      .running_cap = {NETWORK_NONE, w->room}};
    return network_solve(w->scratch, &problem, solution) && solution->feasible;
}

/* Places the order of leases where it is due before the next plan; false: it can wait. */
static bool order_due(const struct outlook *w, int64_t leases, int32_t start)
{
    struct planner *p = w->p;
    int64_t each = p->offer->equals.digits;
    int64_t servers = (int64_t)(((int128)leases * power_of_ten(p->offer->equals.scale) + each / 2) / each);
    int64_t wanted = w->start_seconds + start * w->step_seconds;
    if (servers == 0 || !planner_places_in_time(p, servers))
        return true;
    int64_t ordered = delivery_booked_order_by(p->study, p->offer, servers, planner_quota_taken(p, p->now),
                                               wanted, p->now, p->bookings);
    if (ordered >= w->next_seconds)
        return false;
    ordered = ordered < p->now ? p->now : ordered;
    struct booking_list crews = {0};
    struct arrivals arrivals = delivery_booked(p->arena, p->study, p->offer, servers,
                                               planner_quota_taken(p, ordered), ordered, p->bookings, &crews);
    if (arrivals.n_items == 0 || ordered + arrivals.items[0].seconds >= p->study->end_seconds)
        return true;
    planner_place(p, servers, ordered, &arrivals, wanted, REASON_NEW);
    bookings_add(p->arena, p->bookings, &crews);
    return true;
}

static void order_layer(const struct outlook *w, size_t layer, const struct network_solution *solution)
{
    const int64_t *leases = solution->leases + layer * (size_t)w->n_steps;
    turn_to(w->p, layer);
    for (int32_t s = 0; s < w->n_steps; s++)
        if (leases[s] > 0 && !order_due(w, leases[s], s))
            return; /* later starts are due later */
}

static bool plan_once(struct planner *p, struct arena *scratch, int64_t next)
{
    const struct study *study = p->study;
    struct outlook w = {
        .p = p, .scratch = scratch, .next_seconds = next, .step_seconds = study->step_seconds};
    struct network_solution solution;
    w.start_seconds = p->now > study->start_seconds ? p->now : study->start_seconds;
    int64_t to = p->now + p->strategy->ahead_seconds;
    to =
        to < w.start_seconds + p->strategy->ahead_seconds ? w.start_seconds + p->strategy->ahead_seconds : to;
    turn_to(p, 0);
    set_need(&w, to < study->end_seconds ? to : study->end_seconds);
    if (w.n_steps == 0)
        return true;
    w.offers = ARENA_NEW(scratch, struct network_offer, p->strategy->n_layers);
    for (size_t i = 0; i < p->strategy->n_layers; i++)
        set_offer(&w, i);
    if (!solve(&w, &solution))
        return false;
    for (size_t i = 0; i < p->strategy->n_layers; i++)
        order_layer(&w, i, &solution);
    return true;
}

void plan_rolling(struct planner *p)
{
    struct arena scratch = {0};
    const struct study *study = p->study;
    int64_t every = p->strategy->replan_seconds;
    for (int64_t now = study->decide_from_seconds; now < study->end_seconds; now += every) {
        p->now = now;
        if (!plan_once(p, &scratch, now + every) && p->problem->text.length == 0) {
            p->problem->text = str_format(p->arena, "strategy `%.*s`: the need, or a cost, is too large",
                                          STR_ARGS(p->strategy->name));
            p->problem->hint = "use a longer step, or plan less far ahead";
            p->problem->place = p->strategy->place;
        }
        arena_reset(&scratch);
    }
    arena_free(&scratch);
}
