#include "plan/network_parts.h"

#include "base/arena.h"
#include "base/check.h"

/* The cycle that an entering arc closes with the tree: who is on it, and how far flow is sent around it. An
 * hour that comes to the end of a segment does not stop it, but raises the cost of going on. */

enum { FEW_KINKS = 256 };

static int64_t middle_of(int64_t a, int64_t b, int64_t c)
{
    if (a > b) {
        int64_t swapped = a;
        a = b;
        b = swapped;
    }
    return c < a ? a : c > b ? b : c;
}

/* Kinks in three parts: before, at and beyond a step. */
struct parts {
    size_t n_before, n_until;
    int64_t gain_before, gain_at;
};

static struct parts part_kinks(struct network_kink *kinks, size_t n, int64_t step)
{
    struct parts parts = {0};
    for (size_t end = n; parts.n_until < end;) {
        struct network_kink *at = &kinks[parts.n_until], kink = *at;
        if (kink.step > step) {
            *at = kinks[--end];
            kinks[end] = kink;
        } else if (kink.step < step) {
            *at = kinks[parts.n_before];
            kinks[parts.n_before++] = kink;
            parts.gain_before += kink.gain;
            parts.n_until++;
        } else {
            parts.gain_at += kink.gain;
            parts.n_until++;
        }
    }
    return parts;
}

/* Where to stop on the way: at a kink beyond which going on would no longer pay, or at what the arcs allow.
 * Kinks that are not passed and do not stop it are dropped. */
static struct network_kink find_stop(struct network_kinks *kinks, int64_t slope, int64_t most)
{
    size_t first = 0, end = kinks->n_items;
    while (first < end) {
        struct network_kink *items = kinks->items + first;
        size_t n = end - first;
        int64_t step = middle_of(items[0].step, items[n / 2].step, items[n - 1].step);
        struct parts parts = part_kinks(items, n, step);
        if (step > most || slope + parts.gain_before >= 0) {
            end = first + parts.n_before;
            continue;
        }
        slope += parts.gain_before;
        first += parts.n_until;
        if (slope + parts.gain_at >= 0 || step == most) {
            most = step;
            break;
        }
        slope += parts.gain_at;
    }
    kinks->n_items = first;
    return (struct network_kink){most, slope};
}

/* When there are many, those that will not be passed are sorted out. */
static void add_kink(struct network *net, struct network_cycle *cycle, int64_t step, int64_t gain)
{
    struct network_kinks *kinks = &net->kinks;
    if (kinks->n_items == kinks->capacity)
        kinks->items =
            arena_grow(net->arena, kinks->items, kinks->n_items, &kinks->capacity, sizeof *kinks->items);
    kinks->items[kinks->n_items++] = (struct network_kink){step, gain};
    if (kinks->n_items < cycle->many_kinks)
        return;
    cycle->step = find_stop(kinks, cycle->slope, cycle->step).step;
    cycle->many_kinks = 2 * kinks->n_items > FEW_KINKS ? 2 * kinks->n_items : FEW_KINKS;
}

static void collect_hour(struct network *net, struct network_cycle *cycle, const struct network_edge *edge,
                         int32_t arc, int64_t room, bool along)
{
    const struct network_segment *at = net->segments + edge->segment;
    while (room <= cycle->step) {
        if (along) {
            add_kink(net, cycle, room, at[1].price - at[0].price);
            room += (++at)->most;
        } else if (at[-1].price >= 0) {
            add_kink(net, cycle, room, at[0].price - at[-1].price);
            at--;
            room += network_segment_most(net, arc, (int32_t)(at - net->segments));
        } else {
            cycle->step = room;
            return;
        }
    }
}

/* Notes how far the flow of an arc may go and where its price changes on the way. */
static inline void collect(struct network *net, struct network_cycle *cycle, int32_t node, bool up)
{
    const struct network_edge *edge = &net->tree.nodes[node].edge;
    bool along = edge->up == up;
    int64_t room = along ? edge->most - edge->flow : edge->flow;
    if (room > cycle->step)
        return;
    if (edge->segment >= 0)
        collect_hour(net, cycle, edge, net->tree.ring[node].arc, room, along);
    else
        cycle->step = room;
}

static struct network_cycle closed_by(struct network *net, struct network_entry entry)
{
    int32_t n_hours = net->n_hours, tail = entry.arc % n_hours, head = tail + 1;
    struct network_cycle cycle = {.slope = -entry.gain, .step = NETWORK_FREE_STEP, .out = -1};
    struct network_edge in = {.segment = -1};
    if (entry.arc < n_hours) {
        in.segment = net->hours[tail].segment - !entry.along;
        in.most = network_segment_most(net, tail, in.segment);
    } else {
        const struct network_lane *lane = net->rows[entry.arc / n_hours];
        int64_t quota = network_row_quota(net, (size_t)lane->row, tail);
        head = network_end(net, lane, tail);
        tail += lane->tail;
        in.most = quota == NETWORK_NONE ? NETWORK_UNLIMITED : quota << net->scale_bits;
    }
    in.flow = entry.along ? 0 : in.most;
    cycle.in = in;
    cycle.arc = entry.arc;
    cycle.along = entry.along;
    cycle.tail = tail;
    cycle.from = entry.along ? tail : head;
    cycle.to = entry.along ? head : tail;
    cycle.many_kinks = FEW_KINKS;
    return cycle;
}

static void walk_to_join(struct network *net, struct network_cycle *cycle)
{
    const struct network_node *nodes = net->tree.nodes;
    int32_t a = cycle->from, b = cycle->to, *from = net->from.nodes, *to = net->to.nodes;
    while (a != b) {
        for (int32_t size = nodes[b].size; nodes[a].size < size; a = nodes[a].parent) {
            collect(net, cycle, a, false);
            *from++ = a;
        }
        for (int32_t size = nodes[a].size; a != b && nodes[b].size <= size; b = nodes[b].parent) {
            collect(net, cycle, b, true);
            *to++ = b;
        }
    }
    net->from.n_nodes = (int32_t)(from - net->from.nodes);
    net->to.n_nodes = (int32_t)(to - net->to.nodes);
}

struct network_cycle network_cycle(struct network *net, struct network_entry entry)
{
    struct network_cycle cycle = closed_by(net, entry);
    int64_t room = cycle.along ? cycle.in.most - cycle.in.flow : cycle.in.flow;
    net->kinks.n_items = 0;
    if (cycle.in.segment >= 0)
        collect_hour(net, &cycle, &cycle.in, cycle.arc, room, cycle.along);
    else if (room < cycle.step)
        cycle.step = room;
    walk_to_join(net, &cycle);
    struct network_kink stop = find_stop(&net->kinks, cycle.slope, cycle.step);
    cycle.step = stop.step;
    cycle.slope = stop.gain;
    check(cycle.step < NETWORK_FREE_STEP); /* no cost is negative: no cycle is for ever worth more */
    return cycle;
}
