#include "plan/network_parts.h"

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

static void scan_hours(const struct network *net, struct stretch stretch, struct network_entry *best)
{
    for (int32_t hour = stretch.start; hour < stretch.start + stretch.n; hour++) {
        int64_t price = net->potential[hour + 1] - net->potential[hour];
        const struct network_hour *state = &net->hours[hour];
        const struct network_segment *above = net->segments + state->first_segment + state->segment;
        const struct network_segment *below = above - !state->in_tree;
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

static void scan_starts_with_quota(const struct network *net, const struct network_lane *lane,
                                   struct stretch stretch, int32_t hours, struct network_entry *best)
{
    const int64_t *potential = net->potential, *cost = lane->cost;
    for (int32_t i = 0, s = stretch.start; i < stretch.n; i++, s += stretch.step) {
        int64_t saved = potential[hours > 0 ? s + hours : net->n_hours] - potential[s];
        int32_t arc = (lane->offer + 1) * net->n_hours + s;
        if (lane->state[s] == LEASE_EMPTY && saved - cost[s] > best->gain)
            take(best, saved - cost[s], arc, true);
        else if (lane->state[s] == LEASE_FULL && cost[s] - saved > best->gain)
            take(best, cost[s] - saved, arc, false);
    }
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

/* Starts on the grid that an offer allows as well. */
static int32_t lane_step(const struct network_lane *lane, int32_t grid)
{
    return lane->every >= grid ? lane->every : (grid + lane->every - 1) / lane->every * lane->every;
}

static int32_t lane_length(const struct network *net, const struct network_scan *scan)
{
    if (scan->lane == net->n_lanes)
        return net->n_hours;
    const struct network_lane *lane = &net->lanes[scan->lane];
    return (net->n_hours - 1 - lane->first) / lane_step(lane, scan->grid) + 1;
}

static void scan_some(const struct network *net, const struct network_scan *scan, int32_t n,
                      struct network_entry *best)
{
    if (scan->lane == net->n_lanes) {
        scan_hours(net, (struct stretch){scan->position, 1, n}, best);
        return;
    }
    const struct network_lane *lane = &net->lanes[scan->lane];
    int32_t step = lane_step(lane, scan->grid);
    scan_lane(net, lane, (struct stretch){lane->first + scan->position * step, step, n}, best);
}

bool network_scan(const struct network *net, struct network_scan *scan, struct network_entry *entry)
{
    int32_t in_block = 0;
    size_t n_ends = 0; /* of lanes; when one more than all have been passed, everything has been seen */
    entry->gain = 0;
    while (n_ends <= net->n_lanes + 1) {
        int32_t n = lane_length(net, scan) - scan->position;
        if (n > scan->block - in_block)
            n = scan->block - in_block;
        else
            n_ends++;
        scan_some(net, scan, n, entry);
        in_block += n;
        scan->position += n;
        if (scan->position == lane_length(net, scan)) {
            scan->position = 0;
            scan->lane = scan->lane == net->n_lanes ? 0 : scan->lane + 1;
        }
        if (in_block < scan->block)
            continue;
        if (entry->gain > 0)
            return true;
        in_block = 0;
    }
    return entry->gain > 0;
}
