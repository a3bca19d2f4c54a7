#include "plan/network_parts.h"

#include "base/arena.h"

/* Where starts have quotas, a coarse grid is looked at first, on which a start stands for all until the
 * next and has the quotas of all of them. What was leased there is then a good guess for a finer grid. */

int64_t network_grid_quota(const struct network *net, size_t offer, int32_t start, int32_t grid)
{
    const struct network_offer *terms = &net->problem->offers[offer];
    int32_t step = network_step(terms->every, grid);
    int64_t sum = 0;
    if (!net->has_quotas || step == terms->every)
        return network_quota(net, offer, start);
    for (int32_t s = start; s < net->n_hours && s - start < step; s += terms->every) {
        int64_t quota = terms->cost[s] != NETWORK_NONE ? network_quota(net, offer, s) : 0;
        if (quota == NETWORK_NONE)
            return NETWORK_NONE;
        sum += quota;
    }
    return sum;
}

int64_t network_row_quota(const struct network *net, size_t row, int32_t start)
{
    size_t n_offers = net->problem->n_offers;
    return row <= n_offers ? network_grid_quota(net, row - 1, start, net->grid)
                           : network_limit(net, row - 1 - n_offers, start);
}

/* Leases of every start of a lane that has quotas; none are left full. */
static void take_leases(struct network *net, const struct network_lane *lane, int64_t *leases)
{
    int32_t first_arc = lane->row * net->n_hours;
    size_t offer = (size_t)lane->row - 1;
    for (int32_t s = lane->first; s < net->n_hours; s += network_step(lane->every, net->grid))
        leases[s] = lane->state[s] == LEASE_FULL ? network_grid_quota(net, offer, s, net->grid) : 0;
    for (int32_t node = 0; node < net->n_hours; node++) {
        int32_t arc = net->tree.ring[node].arc;
        if (arc >= first_arc && arc - first_arc < net->n_hours)
            leases[arc - first_arc] = net->tree.nodes[node].edge.flow >> net->scale_bits;
    }
    for (int32_t s = lane->first; s < net->n_hours; s++)
        if (lane->state[s] != LEASE_CLOSED)
            lane->state[s] = LEASE_EMPTY;
}

/* Fills the first starts of a finer grid with what a start of the present one had. */
static void spread(const struct network *net, const struct network_lane *lane, int32_t grid,
                   const int64_t *leases, int64_t *starting)
{
    int32_t coarse = lane->first, n_hours = net->n_hours;
    int64_t left = 0;
    for (int32_t s = lane->first; s < n_hours; s += network_step(lane->every, grid)) {
        for (; coarse <= s; coarse += network_step(lane->every, net->grid))
            left = leases[coarse];
        int64_t quota = network_grid_quota(net, (size_t)lane->row - 1, s, grid);
        if (lane->state[s] == LEASE_CLOSED || quota > left)
            continue;
        lane->state[s] = LEASE_FULL;
        left -= quota;
        starting[s] += quota;
        starting[network_end(net, lane, s)] -= quota;
    }
}

void network_refine(struct network *net, int32_t grid)
{
    int32_t n_hours = net->n_hours;
    if (net->has_quotas && net->n_pivots > 0) {
        struct arena scratch = {0};
        int64_t *leases = ARENA_NEW(&scratch, int64_t, n_hours);
        int64_t *starting = ARENA_NEW(&scratch, int64_t, n_hours + 1);
        for (size_t i = 0; i < net->n_lanes; i++) {
            if (net->lanes[i].state == NULL)
                continue;
            take_leases(net, &net->lanes[i], leases);
            spread(net, &net->lanes[i], grid, leases, starting);
        }
        network_build_path(net, starting);
        arena_free(&scratch);
    }
    net->grid = grid;
    network_forget_blocks(net);
}
