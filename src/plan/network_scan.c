#include "plan/network_parts.h"

#include "base/arena.h"

enum { HOURS_BLOCKS = 4, BLOCK_STARTS = 64, BLOCK_HOURS = 192 };

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
        const struct network_segment *above = net->segments + net->hours[hour].segment;
        const struct network_segment *below = above - 1;
        if (price - above->price > best->gain)
            take(best, price - above->price, hour, true);
        else if (below->price - price > best->gain)
            take(best, below->price - price, hour, false);
    }
}

/* Whether some start might gain if all had this cost: most blocks are done with this, which reads no costs,
 * has no branches, and takes several starts at a time. `hours` as below. */
static bool may_gain(const struct network *net, const struct network_lane *lane, struct stretch stretch,
                     int32_t hours, int64_t least_cost)
{
    const int64_t *tail = net->potential + lane->tail + stretch.start;
    const int64_t *head = net->potential + hours + stretch.start;
    uint64_t last = (uint64_t)net->potential[net->n_hours], differences = 0;
    if (least_cost == NETWORK_NONE)
        return false;
    if (hours > 0)
        for (int32_t i = 0; i < stretch.n; i++)
            differences |= (uint64_t)least_cost + (uint64_t)tail[(size_t)i * (size_t)stretch.step] -
                           (uint64_t)head[(size_t)i * (size_t)stretch.step];
    else
        for (int32_t i = 0; i < stretch.n; i++)
            differences |= (uint64_t)least_cost + (uint64_t)tail[(size_t)i * (size_t)stretch.step] - last;
    return differences >> 63 != 0;
}

/* Starts from `start` on whose leases all end within the horizon (`hours` later) or all with it (0). A
 * cost may be NETWORK_NONE, hence the order of the comparison. */
static void scan_starts(const struct network *net, const struct network_lane *lane, struct stretch stretch,
                        int32_t hours, struct network_entry *best)
{
    const int64_t *tail = net->potential + lane->tail, *head = net->potential + hours, *cost = lane->cost;
    int64_t last = net->potential[net->n_hours], gain = best->gain;
    int32_t found = -1;
    for (int32_t i = 0, s = stretch.start; i < stretch.n; i++, s += stretch.step) {
        int64_t saved = (hours > 0 ? head[s] : last) - tail[s];
        if (saved - gain > cost[s]) {
            gain = saved - cost[s];
            found = s;
        }
    }
    if (found >= 0)
        take(best, gain, lane->row * net->n_hours + found, true);
}

/* Leases that are full gain by what is saved without them. */
static void scan_starts_with_quota(const struct network *net, const struct network_lane *lane,
                                   struct stretch stretch, int32_t hours, struct network_entry *best)
{
    const int64_t *tail = net->potential + lane->tail, *head = net->potential + hours, *cost = lane->cost;
    int64_t last = net->potential[net->n_hours], gain = best->gain;
    int32_t found = -1;
    for (int32_t i = 0, s = stretch.start; i < stretch.n; i++, s += stretch.step) {
        int64_t saved = (hours > 0 ? head[s] : last) - tail[s];
        int64_t of_start = lane->state[s] != LEASE_CLOSED ? (saved - cost[s]) * lane->state[s] : 0;
        if (of_start > gain) {
            gain = of_start;
            found = s;
        }
    }
    if (found >= 0)
        take(best, gain, lane->row * net->n_hours + found, lane->state[found] == LEASE_EMPTY);
}

static void scan_all(const struct network *net, const struct network_lane *lane, struct stretch stretch,
                     int32_t hours, struct network_block *block)
{
    if (!block->has_full && !may_gain(net, lane, stretch, hours, block->least_cost))
        return;
    if (lane->state != NULL)
        scan_starts_with_quota(net, lane, stretch, hours, &block->best);
    else
        scan_starts(net, lane, stretch, hours, &block->best);
}

static void scan_lane(const struct network *net, const struct network_lane *lane, struct stretch stretch,
                      struct network_block *block)
{
    int32_t n_within = 0;
    if (stretch.start <= lane->last_within)
        n_within = (lane->last_within - stretch.start) / stretch.step + 1;
    if (n_within > stretch.n)
        n_within = stretch.n;
    struct stretch within = {stretch.start, stretch.step, n_within};
    struct stretch beyond = {stretch.start + n_within * stretch.step, stretch.step, stretch.n - n_within};
    scan_all(net, lane, within, lane->hours, block);
    scan_all(net, lane, beyond, 0, block);
}

/* Starts of a lane that are looked at together. */
static int32_t block_starts(int32_t step)
{
    return step == 1 ? BLOCK_STARTS : step < BLOCK_HOURS ? BLOCK_HOURS / step : 1;
}

/* Pivots made when a potential last moved from one node to another. */
static struct network_moves last_moves(const struct network *net, int32_t first, int32_t last)
{
    struct network_moves moves = {0};
    for (int32_t i = network_patch(first); i <= network_patch(last); i++) {
        moves.up = net->moves[i].up > moves.up ? net->moves[i].up : moves.up;
        moves.down = net->moves[i].down > moves.down ? net->moves[i].down : moves.down;
    }
    return moves;
}

/* What was found in a block the last time holds while the potentials at both ends of its leases do. Where
 * nothing was, and no lease is full, they may do what makes leases gain less. */
static bool is_unchanged(const struct network *net, const struct network_lane *lane, struct stretch stretch,
                         const struct network_block *block)
{
    int32_t first = stretch.start, last = first + (stretch.n - 1) * stretch.step;
    struct network_moves tail = last_moves(net, first + lane->tail, last + lane->tail);
    struct network_moves head = last_moves(net, network_end(net, lane, first), network_end(net, lane, last));
    bool all_count = block->best.gain > 0 || block->has_full;
    return block->seen >= tail.down && block->seen >= head.up &&
           (!all_count || (block->seen >= tail.up && block->seen >= head.down));
}

static struct network_block *look_at_block(const struct network *net, const struct network_scan *scan,
                                           struct stretch stretch)
{
    const struct network_lane *lane = &net->lanes[scan->lane];
    struct network_block *block = &lane->blocks[scan->position];
    if (is_unchanged(net, lane, stretch, block))
        return block;
    block->best.gain = 0;
    scan_lane(net, lane, stretch, block);
    block->seen = net->n_pivots;
    return block;
}

static void forget_block(const struct network_lane *lane, int32_t position)
{
    struct network_block *block = &lane->blocks[position];
    *block = (struct network_block){.seen = -1, .least_cost = NETWORK_NONE};
    int32_t first = position * lane->in_block;
    for (int32_t i = first; i < first + lane->in_block && i < lane->n_starts; i++) {
        int32_t s = lane->first + i * lane->step;
        bool is_closed = lane->state != NULL && lane->state[s] == LEASE_CLOSED;
        if (!is_closed && lane->cost[s] < block->least_cost)
            block->least_cost = lane->cost[s];
        block->has_full = block->has_full || (lane->state != NULL && lane->state[s] == LEASE_FULL);
    }
}

void network_forget_blocks(struct network *net)
{
    for (size_t i = 0; i < net->n_lanes; i++) {
        struct network_lane *lane = &net->lanes[i];
        lane->step = network_step(lane->every, net->grid);
        lane->n_starts = (net->n_hours - 1 - lane->first) / lane->step + 1;
        lane->in_block = block_starts(lane->step);
        for (int32_t position = 0; position * lane->in_block < lane->n_starts; position++)
            forget_block(lane, position);
    }
}

void network_note_full(const struct network_lane *lane, int32_t start)
{
    lane->blocks[(start - lane->first) / lane->step / lane->in_block].has_full = true;
}

void network_build_blocks(struct network *net)
{
    net->moves = ARENA_NEW(net->arena, struct network_moves, network_patch(net->n_nodes) + 1);
    for (size_t i = 0; i < net->n_lanes; i++)
        net->lanes[i].blocks = ARENA_NEW(net->arena, struct network_block, net->n_hours / BLOCK_STARTS + 1);
}

/* Looks at the next block of a lane; false: it was the last. */
static bool scan_block(const struct network *net, struct network_scan *scan, int32_t *n_seen,
                       struct network_entry *best)
{
    const struct network_lane *lane = &net->lanes[scan->lane];
    int32_t first = scan->position * lane->in_block, left = lane->n_starts - first;
    int32_t n = left < lane->in_block ? left : lane->in_block;
    struct stretch stretch = {lane->first + first * lane->step, lane->step, n};
    struct network_block *block = look_at_block(net, scan, stretch);
    if (block->best.gain > best->gain) {
        *best = block->best;
        scan->found = block;
    }
    *n_seen += n;
    scan->position++;
    return left > n;
}

/* The hours have blocks of their own, so that their turn comes several times, few as they are. */
static bool scan_some_hours(const struct network *net, struct network_scan *scan, struct network_entry *best)
{
    int32_t n = net->n_outside / HOURS_BLOCKS + 1, left = net->n_outside - scan->position;
    if (left > 0) /* hours may have gone into the tree meanwhile */
        scan_hours(net, (struct stretch){scan->position, 1, left < n ? left : n}, best);
    scan->position += n;
    return left > n;
}

/* Each lane goes on where the one before it ended. */
bool network_scan(const struct network *net, struct network_scan *scan, struct network_entry *entry)
{
    int32_t n_seen = 0;
    size_t n_ends = 0; /* of lanes; when one more than all have been passed, everything has been seen */
    entry->gain = 0;
    scan->found = NULL;
    while (n_ends <= net->n_lanes + 1) {
        bool is_hours = scan->lane == net->n_lanes;
        bool goes_on = is_hours ? scan_some_hours(net, scan, entry) : scan_block(net, scan, &n_seen, entry);
        if (!goes_on) {
            n_ends++;
            scan->position = 0;
            scan->lane = is_hours ? 0 : scan->lane + 1;
        }
        if (!is_hours && n_seen < scan->block && scan->lane < net->n_lanes)
            continue;
        if (entry->gain > 0)
            break;
        n_seen = 0;
    }
    if (scan->found != NULL && entry->arc >= net->n_hours)
        scan->found->seen = -1;
    return entry->gain > 0;
}
