#include "plan/network_parts.h"

#include "base/arena.h"
#include "base/check.h"

static int64_t whole_servers(const struct network *net, int64_t flow)
{
    return (flow + ((int64_t)1 << net->scale_bits) / 2) >> net->scale_bits;
}

static void read_leases(const struct network *net, struct network_solution *solution)
{
    size_t n_hours = (size_t)net->n_hours;
    for (size_t i = 0; i < net->n_leases; i++) {
        const struct network_lane *lane = &net->lanes[i];
        size_t offer = (size_t)lane->row - 1;
        for (int32_t s = lane->first; lane->state != NULL && s < net->n_hours; s++)
            if (lane->state[s] == LEASE_FULL)
                solution->leases[offer * n_hours + (size_t)s] = network_quota(net, offer, s);
    }
    /* The root has no arc; a full arc in the tree overrides its state. */
    size_t end = (net->problem->n_offers + 1) * n_hours;
    for (int32_t v = 0; v < net->n_nodes; v++) {
        size_t arc = (size_t)net->tree.ring[v].arc;
        if (v != net->n_hours && net->tree.nodes[v].size > 0 && arc >= n_hours && arc < end)
            solution->leases[arc - n_hours] = whole_servers(net, net->tree.nodes[v].edge.flow);
    }
}

/* Servers in each hour of leases that are not segments of the hours. */
static int64_t *leased_servers(struct arena *arena, const struct network *net, const int64_t *leases)
{
    int64_t *leased = ARENA_NEW(arena, int64_t, net->n_hours + 1);
    for (size_t i = 0; i < net->n_leases; i++) {
        const struct network_lane *lane = &net->lanes[i];
        const int64_t *of_lane = leases + (size_t)(lane->row - 1) * (size_t)net->n_hours;
        for (int32_t s = lane->first; s < net->n_hours; s++) {
            leased[s] += of_lane[s];
            leased[network_end(net, lane, s)] -= of_lane[s];
        }
    }
    for (int32_t t = 1; t < net->n_hours; t++)
        leased[t] += leased[t - 1];
    return leased;
}

/* Serves what leases leave of an hour. False when it cannot be served. */
static bool serve_rest(const struct network *net, int32_t hour, int64_t rest,
                       struct network_solution *solution)
{
    size_t n_offers = net->problem->n_offers, n_tiers = net->problem->n_tiers;
    size_t n_hours = (size_t)net->n_hours, t = (size_t)hour;
    solution->shortage[t] = net->problem->demand[t] - net->demand[t];
    if (solution->shortage[t] > 0 && network_at(&net->problem->shortage, hour) == NETWORK_NONE)
        return false;
    if (rest > 0)
        network_pools(net, hour);
    for (const struct network_pool *pool = net->pools; rest > 0; pool++) {
        int64_t used = pool->capacity < rest ? pool->capacity : rest;
        rest -= used;
        if (pool->kind < n_offers)
            solution->leases[pool->kind * n_hours + t] += used;
        else if (pool->kind < n_offers + n_tiers)
            solution->tiers[(pool->kind - n_offers) * n_hours + t] += used;
        else if (pool->kind == n_offers + n_tiers)
            solution->shortage[t] += used;
        else
            return false;
    }
    return true;
}

static bool serve_rests(struct arena *scratch, const struct network *net, struct network_solution *solution)
{
    const int64_t *leased = leased_servers(scratch, net, solution->leases);
    for (int32_t t = 0; t < net->n_hours; t++) {
        if (serve_rest(net, t, net->demand[t] - leased[t], solution))
            continue;
        solution->uncovered_hour = t;
        return false;
    }
    return true;
}

static bool may_start(const struct network_offer *offer, int32_t start)
{
    return start >= offer->first_start && (start - offer->first_start) % offer->every == 0 &&
           offer->cost[start] != NETWORK_NONE;
}

static bool are_alike(const struct network_offer *a, const struct network_offer *b, int32_t start,
                      int32_t n_hours)
{
    int32_t left = n_hours - start;
    bool end_alike = a->hours == b->hours || (a->hours >= left && b->hours >= left);
    return end_alike && a->cost[start] == b->cost[start] && may_start(a, start);
}

/* Leases that may still start of one offer, without some of another offer. */
static int64_t room_for(const struct network_problem *problem, size_t offer, size_t instead_of, int32_t start,
                        const int64_t *leases)
{
    size_t n_hours = (size_t)problem->n_hours, s = (size_t)start;
    int limit = problem->offers[offer].start_limit;
    int64_t room = network_at(&problem->offers[offer].quota, start) - leases[offer * n_hours + s];
    if (limit == 0 || limit == problem->offers[instead_of].start_limit)
        return room;
    int64_t under_limit = network_at(&problem->start_limits[limit - 1].most, start);
    for (size_t k = 0; k < problem->n_offers; k++)
        if (problem->offers[k].start_limit == limit)
            under_limit -= leases[k * n_hours + s];
    return under_limit < room ? under_limit : room;
}

/* Leases of an offer go to those before it that are the same from that start on. */
static void prefer_earlier(const struct network_problem *problem, size_t offer, int32_t start,
                           int64_t *leases)
{
    size_t n_hours = (size_t)problem->n_hours, s = (size_t)start;
    int64_t *from = &leases[offer * n_hours + s];
    for (size_t k = 0; k<offer && * from> 0; k++) {
        if (!are_alike(&problem->offers[k], &problem->offers[offer], start, problem->n_hours))
            continue;
        int64_t room = room_for(problem, k, offer, start, leases);
        int64_t moved = room < *from ? room : *from;
        *from -= moved;
        leases[k * n_hours + s] += moved;
    }
}

static int128 plan_cost(const struct network_problem *problem, const struct network_solution *solution)
{
    int128 cost = 0;
    size_t n_hours = (size_t)problem->n_hours;
    for (size_t k = 0; k < problem->n_offers; k++)
        for (size_t s = 0; s < n_hours; s++)
            if (solution->leases[k * n_hours + s] > 0)
                cost += (int128)solution->leases[k * n_hours + s] * problem->offers[k].cost[s];
    for (int32_t t = 0; t < problem->n_hours; t++) {
        size_t at = (size_t)t;
        for (size_t i = 0; i < problem->n_tiers; i++)
            if (solution->tiers[i * n_hours + at] > 0)
                cost += (int128)solution->tiers[i * n_hours + at] * network_at(&problem->tiers[i].price, t);
        if (solution->shortage[at] > 0)
            cost += (int128)solution->shortage[at] * network_at(&problem->shortage, t);
    }
    return cost;
}

/* What tiers and the cap take off the worth of an hour's demand. */
static int128 hour_bound(const struct network *net, int32_t hour, int64_t price)
{
    const struct network_problem *problem = net->problem;
    int64_t missing = problem->demand[hour] - net->demand[hour];
    int128 bound = (int128)net->demand[hour] * price;
    if (price < 0)
        bound = (int128)network_at(&problem->running_cap, hour) * price;
    if (missing > 0)
        bound += (int128)missing * network_at(&problem->shortage, hour);
    for (size_t i = 0; i < problem->n_tiers; i++) {
        int64_t tier_price = network_at(&problem->tiers[i].price, hour);
        int64_t capacity = network_at(&problem->tiers[i].capacity, hour);
        if (tier_price < price && capacity > 0)
            bound -= (int128)capacity * (price - tier_price);
    }
    return bound;
}

/* What the hours of a lease are worth beyond its cost, if that is anything. */
static int64_t excess_worth(const struct network *net, const struct network_offer *offer, int32_t start)
{
    int32_t end = offer->hours < net->n_hours - start ? start + offer->hours : net->n_hours;
    int64_t worth = net->potential[end] - net->potential[start];
    return worth > offer->cost[start] && may_start(offer, start) ? worth - offer->cost[start] : 0;
}

/* A quota takes off what its leases would be worth beyond their cost and the price of a start. */
static int128 quota_bound(const struct network *net, size_t k, const int64_t *start_price)
{
    const struct network_offer *offer = &net->problem->offers[k];
    int128 bound = 0;
    for (int32_t s = offer->first_start; s < net->n_hours; s++) {
        int64_t excess = excess_worth(net, offer, s);
        if (offer->start_limit > 0)
            excess -= start_price[(offer->start_limit - 1) * net->n_hours + s];
        if (excess > 0)
            bound -= (int128)network_at(&offer->quota, s) * excess;
    }
    return bound;
}

/* The price of a full gate is by how much the potential is higher behind it. Where nothing may start there is
 * no gate, and the price is what the best lease would save. Returns what limits take off the bound. */
static int128 price_starts(const struct network *net, int64_t *price)
{
    const struct network_problem *problem = net->problem;
    size_t n_hours = (size_t)net->n_hours;
    int128 bound = 0;
    for (size_t k = 0; k < problem->n_offers; k++) {
        size_t limit = (size_t)problem->offers[k].start_limit;
        for (int32_t s = 0; limit > 0 && s < net->n_hours; s++) {
            int64_t *of_start = &price[(limit - 1) * n_hours + (size_t)s];
            int64_t excess = excess_worth(net, &problem->offers[k], s);
            if (network_limit(net, limit - 1, s) == 0 && excess > *of_start)
                *of_start = excess;
        }
    }
    for (size_t i = 0; i < problem->n_start_limits; i++) {
        for (int32_t s = 0; s < net->n_hours; s++) {
            int32_t gate = network_gate(net, i) + s;
            int64_t *of_start = &price[i * n_hours + (size_t)s];
            if (net->tree.nodes[gate].size > 0 && net->potential[gate] > net->potential[s])
                *of_start = net->potential[gate] - net->potential[s];
            if (*of_start > 0)
                bound -= (int128)network_at(&problem->start_limits[i].most, s) * *of_start;
        }
    }
    return bound;
}

void network_read(struct arena *arena, struct network *net, struct network_solution *solution)
{
    const struct network_problem *problem = net->problem;
    size_t n_hours = (size_t)net->n_hours;
    solution->leases = ARENA_NEW(arena, int64_t, problem->n_offers * n_hours);
    solution->tiers = ARENA_NEW(arena, int64_t, problem->n_tiers * n_hours);
    solution->shortage = ARENA_NEW(arena, int64_t, n_hours);
    solution->hour_price = ARENA_NEW(arena, int64_t, n_hours);
    if (problem->n_start_limits > 0)
        solution->start_price = ARENA_NEW(arena, int64_t, problem->n_start_limits * n_hours);
    solution->n_pivots = net->n_pivots;
    read_leases(net, solution);
    solution->feasible = serve_rests(net->arena, net, solution);
    if (!solution->feasible)
        return;
    for (size_t k = 1; k < problem->n_offers; k++)
        for (int32_t s = 0; s < net->n_hours; s++)
            prefer_earlier(problem, k, s, solution->leases);
    solution->cost = plan_cost(problem, solution);
    for (int32_t t = 0; t < net->n_hours; t++) {
        solution->hour_price[t] = net->potential[t + 1] - net->potential[t];
        solution->lower_bound += hour_bound(net, t, solution->hour_price[t]);
    }
    solution->lower_bound += price_starts(net, solution->start_price);
    for (size_t k = 0; k < problem->n_offers; k++)
        solution->lower_bound += quota_bound(net, k, solution->start_price);
    check(solution->cost == solution->lower_bound);
}
