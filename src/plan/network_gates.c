#include "plan/network_parts.h"

#include "base/arena.h"

/* Start limits that several offers share. Leases under a limit leave their hour through a gate: a node that
 * can be reached from that hour only, by an arc with the limit as its capacity. Every gate takes a little
 * noise, so that this arc is never empty: gates hang on their hours in the first tree, and from a gate flow
 * can only be sent back to the hour. */

enum { NOISE_FACTOR = 30011 };

static const struct network_lane *gates_of(const struct network *net, size_t limit)
{
    return net->rows[1 + net->problem->n_offers + limit];
}

int64_t network_limit(const struct network *net, size_t limit, int32_t start)
{
    return network_worth_of(net, network_at(&net->problem->start_limits[limit].most, start));
}

int128 network_largest_under_limits(const struct network *net)
{
    int128 sum = 0;
    for (size_t i = 0; i < net->problem->n_start_limits; i++) {
        int64_t largest = 0;
        for (int32_t s = 0; s < net->n_hours; s++) {
            int64_t most = network_limit(net, i, s);
            largest = most != NETWORK_NONE && most > largest ? most : largest;
        }
        sum += (int128)largest * net->n_hours;
    }
    return sum;
}

static int8_t *gate_states(const struct network *net, size_t limit)
{
    int8_t *states = ARENA_NEW(net->arena, int8_t, net->n_hours);
    for (size_t k = 0; k < net->problem->n_offers; k++) {
        const struct network_offer *offer = &net->problem->offers[k];
        if (offer->start_limit != (int)limit + 1)
            continue;
        for (int64_t s = offer->first_start; s < net->n_hours; s += offer->every)
            if (offer->cost[s] != NETWORK_NONE && network_quota(net, k, (int32_t)s) > 0)
                states[s] = LEASE_EMPTY;
    }
    return states;
}

void network_build_gates(struct network *net)
{
    size_t n_limits = net->problem->n_start_limits;
    const int64_t *nothing = n_limits > 0 ? ARENA_NEW(net->arena, int64_t, net->n_hours) : NULL;
    for (size_t i = 0; i < n_limits; i++) {
        struct network_lane *lane = &net->lanes[net->n_lanes++];
        size_t row = 1 + net->problem->n_offers + i;
        net->rows[row] = lane;
        *lane = (struct network_lane){
            .cost = nothing,
            .state = gate_states(net, i),
            .row = (int32_t)row,
            .hours = network_gate(net, i),
            .last_within = net->n_hours - 1,
            .every = 1,
        };
    }
}

static int64_t gate_noise(const struct network *net, size_t limit, int32_t start)
{
    if (gates_of(net, limit)->state[start] == LEASE_CLOSED)
        return 0;
    return 1 + ((int64_t)start + (int64_t)limit) * NOISE_FACTOR % net->noise;
}

int64_t network_gate_noise(const struct network *net, int32_t start)
{
    int64_t sum = 0;
    for (size_t i = 0; i < net->problem->n_start_limits; i++)
        sum += gate_noise(net, i, start);
    return sum;
}

static void hang_gate(const struct network *net, size_t limit, int32_t start)
{
    struct network_tree tree = net->tree;
    int64_t most = network_limit(net, limit, start);
    int32_t gate = network_gate(net, limit) + start, next = tree.ring[start].next;
    tree.nodes[gate] = (struct network_node){.parent = start, .size = 1};
    tree.nodes[gate].edge = (struct network_edge){
        .flow = gate_noise(net, limit, start),
        .most = most == NETWORK_NONE ? NETWORK_UNLIMITED : most << net->scale_bits,
        .segment = -1,
    };
    tree.ring[gate] = (struct network_ring){
        .next = next,
        .before = start,
        .last = gate,
        .arc = gates_of(net, limit)->row * net->n_hours + start,
    };
    tree.ring[start].next = gate;
    tree.ring[next].before = gate;
    net->potential[gate] = net->potential[start];
}

void network_hang_gates(struct network *net)
{
    int32_t size = 0;
    for (size_t i = 0; i < net->problem->n_start_limits; i++)
        for (int32_t s = 0; s < net->n_hours; s++)
            if (gates_of(net, i)->state[s] != LEASE_CLOSED)
                hang_gate(net, i, s);
    int32_t last = net->tree.ring[net->n_hours].before;
    for (int32_t t = 0; t <= net->n_hours; t++) {
        size++;
        for (size_t i = 0; t < net->n_hours && i < net->problem->n_start_limits; i++)
            size += gates_of(net, i)->state[t] != LEASE_CLOSED;
        net->tree.nodes[t].size = size;
        net->tree.ring[t].last = last;
    }
}
