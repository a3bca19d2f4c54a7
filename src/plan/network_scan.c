#include "plan/network_parts.h"

enum { HOURS_BLOCKS = 4 };

/* Some arcs of an offer, from the start `start` on. */
struct stretch {
    int32_t start, step, n;
};

static void take(struct network_entry *best, int64_t gain, int32_t arc, bool along)
{
    best->gain = gain;
    best->arc = arc;
    best->along = along;
}

/* Hours in the tree have the price of their segment, which is no gain. */
static void scan_hours(const struct network *net, struct stretch stretch, struct network_entry *best)
{
    for (int32_t i = stretch.start; i < stretch.start + stretch.n; i++) {
        int32_t hour = net->outside[i];
        int64_t price = net->potential[hour + 1] - net->potential[hour];
        const struct network_hour *state = &net->hours[hour];
        const struct network_segment *above = net->segments + state->first_segment + state->segment;
        const struct network_segment *below = above - 1;
        if (price - above->price > best->gain)
            take(best, price - above->price, hour, true);
        else if (below->price - price > best->gain)
            take(best, below->price - price, hour, false);
    }
}

/* Starts from `start` on whose leases all end within the horizon (`hours` later) or all with it (0). A
 * cost may be NETWORK_NONE, hence the order of the comparison. */
static void scan_starts(const struct network *net, const struct network_lane *lane, struct stretch stretch,
                        int32_t hours, struct network_entry *best)
{
    const int64_t *potential = net->potential, *cost = lane->cost;
    int64_t last = potential[net->n_hours], gain = best->gain;
    int32_t found = -1;
    for (int32_t i = 0, s = stretch.start; i < stretch.n; i++, s += stretch.step) {
        int64_t saved = (hours > 0 ? potential[s + hours] : last) - potential[s];
        if (saved - gain > cost[s]) {
            gain = saved - cost[s];
            found = s;
        }
    }
    if (found >= 0)
        take(best, gain, (lane->offer + 1) * net->n_hours + found, true);
}

/* Leases that are full gain by what is saved without them. */
static void scan_starts_with_quota(const struct network *net, const struct network_lane *lane,
                                   struct stretch stretch, int32_t hours, struct network_entry *best)
{
    const int64_t *potential = net->potential, *cost = lane->cost;
    int64_t last = potential[net->n_hours], gain = best->gain;
    int32_t found = -1;
    for (int32_t i = 0, s = stretch.start; i < stretch.n; i++, s += stretch.step) {
        int64_t saved = (hours > 0 ? potential[s + hours] : last) - potential[s];
        int64_t of_start = lane->state[s] != LEASE_CLOSED ? (saved - cost[s]) * lane->state[s] : 0;
        if (of_start > gain) {
            gain = of_start;
            found = s;
        }
    }
    if (found >= 0)
        take(best, gain, (lane->offer + 1) * net->n_hours + found, lane->state[found] == LEASE_EMPTY);
}

static void scan_lane(const struct network *net, const struct network_lane *lane, struct stretch stretch,
                      struct network_entry *best)
{
    int32_t n_within = 0, last_within = net->n_hours - lane->hours;
    if (stretch.start <= last_within)
        n_within = (last_within - stretch.start) / stretch.step + 1;
    if (n_within > stretch.n)
        n_within = stretch.n;
    struct stretch within = {stretch.start, stretch.step, n_within};
    struct stretch beyond = {stretch.start + n_within * stretch.step, stretch.step, stretch.n - n_within};
    void (*scan)(const struct network *, const struct network_lane *, struct stretch, int32_t,
                 struct network_entry *) = lane->state != NULL ? scan_starts_with_quota : scan_starts;
    scan(net, lane, within, lane->hours, best);
    scan(net, lane, beyond, 0, best);
}

static int32_t lane_length(const struct network *net, const struct network_scan *scan)
{
    if (scan->lane == net->n_lanes)
        return net->n_outside;
    const struct network_lane *lane = &net->lanes[scan->lane];
    return (net->n_hours - 1 - lane->first) / network_step(lane->every, net->grid) + 1;
}

static void scan_some(const struct network *net, const struct network_scan *scan, int32_t n,
                      struct network_entry *best)
{
    if (scan->lane == net->n_lanes) {
        scan_hours(net, (struct stretch){scan->position, 1, n}, best);
        return;
    }
    const struct network_lane *lane = &net->lanes[scan->lane];
    int32_t step = network_step(lane->every, net->grid);
    scan_lane(net, lane, (struct stretch){lane->first + scan->position * step, step, n}, best);
}

/* Each lane goes on where the one before it ended; the hours have blocks of their own, so that their turn
 * comes several times, few as they are. */
static int32_t block_size(const struct network *net, const struct network_scan *scan)
{
    return scan->lane == net->n_lanes ? net->n_outside / HOURS_BLOCKS + 1 : scan->block;
}

bool network_scan(const struct network *net, struct network_scan *scan, struct network_entry *entry)
{
    int32_t in_block = 0;
    size_t n_ends = 0; /* of lanes; when one more than all have been passed, everything has been seen */
    entry->gain = 0;
    while (n_ends <= net->n_lanes + 1) {
        int32_t left = lane_length(net, scan) - scan->position, room = block_size(net, scan) - in_block;
        bool is_end = left <= room;
        int32_t n = is_end ? left : room;
        if (n > 0) /* hours may have gone into the tree meanwhile */
            scan_some(net, scan, n, entry);
        in_block += n;
        scan->position += n;
        bool is_full = in_block >= scan->block || scan->lane == net->n_lanes;
        if (is_end) {
            n_ends++;
            scan->position = 0;
            scan->lane = scan->lane == net->n_lanes ? 0 : scan->lane + 1;
        }
        if (!is_full && scan->lane < net->n_lanes)
            continue;
        if (entry->gain > 0)
            return true;
        in_block = 0;
    }
    return entry->gain > 0;
}
