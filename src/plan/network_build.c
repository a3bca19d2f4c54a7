#include "plan/network_parts.h"

#include <string.h>

#include "base/arena.h"
#include "base/check.h"

enum { MOST_SCALE_BITS = 32, MOST_NOISE = 1 << 14, NOISE_FACTOR = 40503 };

/* Costs are not negative, so no plan needs more leases from one start than the largest demand, and without a
 * cap no corner of what is feasible has more. One above it is a quota that is never worth anything. */
int64_t network_worth_of(const struct network *net, int64_t quota)
{
    if (quota < net->largest_demand)
        return quota;
    if (!net->is_capped || quota == NETWORK_NONE)
        return NETWORK_NONE;
    return quota > net->largest_demand ? net->largest_demand + 1 : quota;
}

int64_t network_quota(const struct network *net, size_t offer, int32_t start)
{
    const struct network_offer *terms = &net->problem->offers[offer];
    if (terms->start_limit > 0 && network_limit(net, (size_t)terms->start_limit - 1, start) == 0)
        return 0;
    return network_worth_of(net, network_at(&terms->quota, start));
}

int64_t network_row_quota(const struct network *net, size_t row, int32_t start)
{
    size_t n_offers = net->problem->n_offers;
    return row <= n_offers ? network_quota(net, row - 1, start)
                           : network_limit(net, row - 1 - n_offers, start);
}

/* Whether any number may start at any time. */
static bool is_unlimited(const struct network_offer *offer)
{
    return offer->start_limit == 0 && offer->quota.each == NULL && offer->quota.all == NETWORK_NONE;
}

/* Whether leases of an offer are arcs, not segments of the hours. */
static bool has_arcs(const struct network_offer *offer)
{
    return offer->hours > 1 || offer->start_limit > 0;
}

/* The larger of two costs, the first being one that is possible. */
static int64_t larger(int64_t largest, int64_t cost)
{
    check(cost >= 0);
    return cost > largest && cost != NETWORK_NONE ? cost : largest;
}

static int64_t largest_cost(const struct network_problem *problem)
{
    int64_t largest = 0;
    for (size_t k = 0; k < problem->n_offers; k++)
        for (int32_t s = 0; s < problem->n_hours; s++)
            largest = larger(largest, problem->offers[k].cost[s]);
    for (size_t i = 0; i < problem->n_tiers; i++) {
        const struct network_tier *tier = &problem->tiers[i];
        for (int32_t t = 0; t < problem->n_hours; t++) {
            check(network_at(&tier->capacity, t) >= 0);
            largest = larger(largest, network_at(&tier->price, t));
        }
    }
    for (int32_t t = 0; t < problem->n_hours; t++)
        largest = larger(largest, network_at(&problem->shortage, t));
    return largest;
}

/* What cannot run within the cap is missing in any plan. */
static void cap_demand(struct network *net)
{
    const struct network_problem *problem = net->problem;
    net->demand = ARENA_NEW(net->arena, int64_t, problem->n_hours);
    for (int32_t t = 0; t < problem->n_hours; t++) {
        int64_t cap = network_at(&problem->running_cap, t), demand = problem->demand[t];
        check(demand >= 0 && cap >= 0);
        net->is_capped = net->is_capped || cap != NETWORK_NONE;
        net->demand[t] = demand < cap ? demand : cap;
        if (net->demand[t] > net->largest_demand)
            net->largest_demand = net->demand[t];
    }
}

/* Leases under a quota that can run at a time: when all are used, so much may be idle. */
static int128 largest_under_quota(const struct network *net)
{
    int128 sum = 0;
    for (size_t k = 0; k < net->problem->n_offers; k++) {
        const struct network_offer *offer = &net->problem->offers[k];
        int32_t hours = offer->hours < net->n_hours ? offer->hours : net->n_hours;
        int64_t largest = 0;
        check(offer->hours > 0 && offer->every > 0 && offer->first_start >= 0);
        check(offer->start_limit >= 0 && (size_t)offer->start_limit <= net->problem->n_start_limits);
        bool has_none = is_unlimited(offer) || !has_arcs(offer);
        for (int32_t s = offer->first_start; !has_none && s < net->n_hours; s++) {
            int64_t quota = network_quota(net, k, s);
            check(quota >= 0);
            largest = quota != NETWORK_NONE && quota > largest ? quota : largest;
        }
        sum += (int128)largest * ((hours - 1) / offer->every + 1);
    }
    return sum;
}

static void scale_caps(struct network *net, int128 bound)
{
    if (!net->is_capped)
        return;
    net->idle_room = ARENA_NEW(net->arena, int64_t, net->n_hours);
    for (int32_t t = 0; t < net->n_hours; t++) {
        int64_t cap = network_at(&net->problem->running_cap, t);
        net->idle_room[t] = cap > bound ? NETWORK_FREE_IDLE : (cap - net->demand[t]) << net->scale_bits;
    }
}

/* A plan that is a corner of what is feasible has leases without a quota only where an hour on their way
 * is exactly at its demand or its cap, so at most twice the largest of these run at a time. Going without
 * cover must cost more than any way around it, which is a path through the nodes. */
bool network_scale(struct network *net)
{
    size_t n_limits = net->problem->n_start_limits, n_rows = net->problem->n_offers + n_limits + 1;
    if ((int128)net->n_hours * (int128)n_rows > NETWORK_MOST_ARCS)
        return false;
    net->n_nodes = network_gate(net, n_limits);
    int64_t largest = net->largest_cost = largest_cost(net->problem),
            most = NETWORK_LARGEST_COST / net->n_nodes;
    if (largest > most)
        return false;
    net->is_sure = largest * net->n_nodes < most;
    net->not_covered_price = net->is_sure ? largest * net->n_nodes + 1 : most;
    cap_demand(net);
    int128 bound =
        2 * (int128)net->largest_demand + largest_under_quota(net) + network_largest_under_limits(net) + 1;
    if (3 * bound > NETWORK_LARGEST_FLOW)
        return false;
    while (net->scale_bits < MOST_SCALE_BITS && (3 * bound << (net->scale_bits + 1)) <= NETWORK_LARGEST_FLOW)
        net->scale_bits++;
    net->noise = ((int64_t)1 << net->scale_bits) / 2 / (net->n_nodes + 1);
    net->noise = net->noise > MOST_NOISE ? MOST_NOISE : net->noise;
    scale_caps(net, bound);
    return n_limits == 0 || net->noise > 0;
}

static void add_pool(const struct network *net, size_t *n, struct network_pool pool)
{
    if (pool.price == NETWORK_NONE || pool.capacity == 0)
        return;
    size_t at = (*n)++;
    for (; at > 0 && net->pools[at - 1].price > pool.price; at--)
        net->pools[at] = net->pools[at - 1];
    net->pools[at] = pool;
}

size_t network_pools(const struct network *net, int32_t hour)
{
    const struct network_problem *problem = net->problem;
    size_t n = 0, n_offers = problem->n_offers;
    for (size_t k = 0; k < n_offers; k++) {
        const struct network_offer *offer = &problem->offers[k];
        int32_t after_first = hour - offer->first_start;
        if (!has_arcs(offer) && after_first >= 0 && after_first % offer->every == 0)
            add_pool(net, &n, (struct network_pool){offer->cost[hour], network_quota(net, k, hour), k});
    }
    for (size_t i = 0; i < problem->n_tiers; i++) {
        const struct network_tier *tier = &problem->tiers[i];
        add_pool(net, &n,
                 (struct network_pool){network_at(&tier->price, hour), network_at(&tier->capacity, hour),
                                       n_offers + i});
    }
    size_t shortage = n_offers + problem->n_tiers;
    add_pool(net, &n, (struct network_pool){network_at(&problem->shortage, hour), NETWORK_NONE, shortage});
    add_pool(net, &n, (struct network_pool){net->not_covered_price, NETWORK_NONE, shortage + 1});
    return n;
}

static struct network_segment *add_segment(struct network *net, int64_t most, int64_t price)
{
    if (net->n_segments == net->segments_capacity)
        net->segments = arena_grow(net->arena, net->segments, net->n_segments, &net->segments_capacity,
                                   sizeof *net->segments);
    net->segments[net->n_segments] = (struct network_segment){most, price};
    return &net->segments[net->n_segments++];
}

/* The segments of an hour, or those of the hour before where they are the same. */
static void build_segments(struct network *net, int32_t hour, size_t *before)
{
    size_t first = net->n_segments, n_pools = network_pools(net, hour);
    int64_t left = net->largest_demand + 1;
    add_segment(net, 0, -NETWORK_UNLIMITED);
    struct network_segment *segment = add_segment(net, 0, 0);
    for (size_t i = 0; left > 0; i++) {
        check(i < n_pools);
        int64_t capacity = net->pools[i].capacity < left ? net->pools[i].capacity : left;
        left -= capacity;
        if (net->pools[i].price > segment->price)
            segment = add_segment(net, 0, net->pools[i].price);
        segment->most += left > 0 ? capacity << net->scale_bits : NETWORK_UNLIMITED;
    }
    size_t n = net->n_segments - first;
    if (hour > 0 && first - *before == n &&
        memcmp(net->segments + first, net->segments + *before, n * sizeof *segment) == 0) {
        net->n_segments = first;
        first = *before;
    }
    *before = first;
    net->hours[hour].first_segment = (int32_t)first + 1;
}

static void build_hours(struct network *net)
{
    size_t before = 0;
    net->hours = ARENA_NEW(net->arena, struct network_hour, net->n_hours);
    net->pools =
        ARENA_NEW(net->arena, struct network_pool, net->problem->n_offers + net->problem->n_tiers + 2);
    for (int32_t t = 0; t < net->n_hours; t++)
        build_segments(net, t, &before);
}

/* NULL where every start that is possible may be used without limit. */
static int8_t *lease_states(const struct network *net, size_t k)
{
    const struct network_offer *offer = &net->problem->offers[k];
    bool limited = false;
    for (int32_t s = offer->first_start; !is_unlimited(offer) && s < net->n_hours; s++)
        limited = limited || network_quota(net, k, s) != NETWORK_NONE;
    if (!limited)
        return NULL;
    int8_t *states = ARENA_NEW(net->arena, int8_t, net->n_hours);
    for (int32_t s = offer->first_start; s < net->n_hours; s++)
        if (offer->cost[s] != NETWORK_NONE && network_quota(net, k, s) > 0)
            states[s] = LEASE_EMPTY;
    return states;
}

static void build_lanes(struct network *net)
{
    size_t n_offers = net->problem->n_offers, n_limits = net->problem->n_start_limits;
    net->lanes = ARENA_NEW(net->arena, struct network_lane, n_offers + n_limits);
    net->rows = ARENA_NEW(net->arena, struct network_lane *, 1 + n_offers + n_limits);
    for (size_t k = 0; k < n_offers; k++) {
        const struct network_offer *offer = &net->problem->offers[k];
        if (!has_arcs(offer) || offer->first_start >= net->n_hours)
            continue;
        size_t at = net->n_lanes++;
        for (; at > 0 && net->lanes[at - 1].hours < offer->hours; at--)
            net->lanes[at] = net->lanes[at - 1];
        net->lanes[at] = (struct network_lane){
            .cost = offer->cost,
            .state = lease_states(net, k),
            .row = (int32_t)k + 1,
            .tail = offer->start_limit > 0 ? network_gate(net, (size_t)offer->start_limit - 1) : 0,
            .hours = offer->hours,
            .last_within = net->n_hours - offer->hours,
            .first = offer->first_start,
            .every = offer->every < net->n_hours ? offer->every : net->n_hours,
        };
        net->has_quotas =
            net->has_quotas || (net->lanes[at].state != NULL && !net->is_capped && n_limits == 0);
    }
    net->n_leases = net->n_lanes;
    for (size_t i = 0; i < net->n_leases; i++)
        net->rows[net->lanes[i].row] = &net->lanes[i];
    network_build_gates(net);
}

void network_build_path(struct network *net, const int64_t *starting)
{
    int32_t n_hours = net->n_hours;
    int64_t running = 0, gate_noise = 0;
    net->tree.nodes[n_hours] = (struct network_node){.parent = -1, .size = n_hours + 1};
    net->tree.ring[n_hours] = (struct network_ring){.next = n_hours - 1};
    net->n_outside = 0;
    net->potential[0] = 0;
    for (int32_t t = 0; t < n_hours; t++)
        gate_noise += network_gate_noise(net, t);
    for (int32_t t = 0; t < n_hours; t++) {
        struct network_hour *hour = &net->hours[t];
        running += starting != NULL ? starting[t] : 0;
        gate_noise -= network_gate_noise(net, t);
        int64_t noise = gate_noise + (net->noise > 0 ? (int64_t)t * NOISE_FACTOR % net->noise : 0);
        int64_t room = net->idle_room != NULL ? net->idle_room[t] : NETWORK_FREE_IDLE;
        int64_t rest = (net->demand[t] - running) * ((int64_t)1 << net->scale_bits);
        struct network_edge edge = {.flow = rest + noise + room, .segment = hour->first_segment, .up = true};
        while (edge.flow >= (edge.most = network_segment_most(net, t, edge.segment))) {
            edge.flow -= edge.most;
            edge.segment++;
        }
        hour->outside = -1;
        net->tree.nodes[t] = (struct network_node){.edge = edge, .parent = t + 1, .size = t + 1};
        net->tree.ring[t] = (struct network_ring){.next = t > 0 ? t - 1 : n_hours, .before = t + 1, .arc = t};
        net->potential[t + 1] = net->potential[t] + net->segments[edge.segment].price;
    }
    network_hang_gates(net);
}

static void build_room(struct network *net)
{
    int32_t n_nodes = net->n_nodes;
    net->tree.nodes = ARENA_NEW(net->arena, struct network_node, n_nodes);
    net->tree.ring = ARENA_NEW(net->arena, struct network_ring, n_nodes);
    net->potential = ARENA_NEW(net->arena, int64_t, n_nodes);
    net->outside = ARENA_NEW(net->arena, int32_t, net->n_hours + 1);
    net->from.nodes = ARENA_NEW(net->arena, int32_t, n_nodes);
    net->to.nodes = ARENA_NEW(net->arena, int32_t, n_nodes);
    net->passed = ARENA_NEW(net->arena, struct network_passed, n_nodes);
}

void network_build(struct network *net)
{
    build_hours(net);
    build_lanes(net);
    build_room(net);
    network_build_blocks(net);
    network_build_path(net, NULL);
}
