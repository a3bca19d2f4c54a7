#include "plan/network_parts.h"

#include "base/arena.h"
#include "base/check.h"

/* One pivot of the network simplex method with a long step. Flow is sent around the cycle that the
 * entering arc closes with the tree: down from the join to `from`, through the arc to `to`, and up again.
 * An hour that comes to the end of a segment does not stop it, but raises the cost of going on. */
struct cycle {
    int32_t from, to;
    struct network_edge in;
    bool along;    /* the entering arc's own direction */
    int64_t step;  /* that no arc forbids */
    int64_t slope; /* cost of a unit of flow around the cycle, < 0 */
    int32_t out;   /* place of the leaving arc's lower node on its side, or -1: the entering arc itself */
    bool out_below_from;
};

static void add_kink(struct network *net, int64_t step, int64_t gain)
{
    struct network_kinks *kinks = &net->kinks;
    if (kinks->n_items == kinks->capacity)
        kinks->items =
            arena_grow(net->arena, kinks->items, kinks->n_items, &kinks->capacity, sizeof *kinks->items);
    kinks->items[kinks->n_items++] = (struct network_kink){step, gain};
}

static void collect_hour(struct network *net, struct cycle *cycle, int32_t hour, int64_t room, bool along)
{
    int32_t at = net->hours[hour].segment;
    const struct network_segment *segments = net->segments + net->hours[hour].first_segment;
    while (room <= cycle->step) {
        if (along) {
            add_kink(net, room, segments[at + 1].price - segments[at].price);
            room += segments[++at].most;
        } else if (at > 0) {
            add_kink(net, room, segments[at].price - segments[at - 1].price);
            room += network_segment_most(net, hour, --at);
        } else {
            cycle->step = room;
            return;
        }
    }
}

/* Notes how far the flow of an arc may go and where its price changes on the way. */
static inline void collect(struct network *net, struct cycle *cycle, const struct network_edge *edge,
                           bool along)
{
    int64_t room = along ? edge->most - edge->flow : edge->flow;
    if (room > cycle->step)
        return;
    if (edge->arc < net->n_hours)
        collect_hour(net, cycle, edge->arc, room, along);
    else
        cycle->step = room;
}

static struct cycle cycle_of(struct network *net, struct network_entry entry)
{
    int32_t n_hours = net->n_hours, tail = entry.arc % n_hours, head = tail + 1;
    struct cycle cycle = {.along = entry.along, .slope = -entry.gain, .step = NETWORK_FREE_STEP, .out = -1};
    if (entry.arc < n_hours) {
        struct network_hour *hour = &net->hours[tail];
        hour->segment -= !entry.along;
        cycle.in.most = network_segment_most(net, tail, hour->segment);
    } else {
        size_t offer = (size_t)(entry.arc / n_hours) - 1;
        int64_t quota = network_grid_quota(net, offer, tail, net->grid),
                hours = net->problem->offers[offer].hours;
        head = hours < n_hours - tail ? tail + (int32_t)hours : n_hours;
        cycle.in.most = quota == NETWORK_NONE ? NETWORK_UNLIMITED : quota << net->scale_bits;
    }
    cycle.in.arc = entry.arc;
    cycle.in.flow = entry.along ? 0 : cycle.in.most;
    cycle.from = entry.along ? tail : head;
    cycle.to = entry.along ? head : tail;
    return cycle;
}

static void walk_to_join(struct network *net, const struct cycle *cycle)
{
    const struct network_node *nodes = net->tree.nodes;
    int32_t a = cycle->from, b = cycle->to, *from = net->from.nodes, *to = net->to.nodes;
    while (a != b) {
        if (nodes[a].size < nodes[b].size) {
            *from++ = a;
            a = nodes[a].parent;
        } else {
            *to++ = b;
            b = nodes[b].parent;
        }
    }
    net->from.n_nodes = (int32_t)(from - net->from.nodes);
    net->to.n_nodes = (int32_t)(to - net->to.nodes);
}

/* An arc points to its node's parent when the parent is the larger node. */
static inline bool is_along(const struct network *net, int32_t node, bool up)
{
    return (net->tree.nodes[node].parent > node) == up;
}

static void collect_side(struct network *net, struct cycle *cycle, const struct network_side *side, bool up)
{
    for (int32_t i = 0; i < side->n_nodes; i++)
        collect(net, cycle, &net->tree.edges[side->nodes[i]], is_along(net, side->nodes[i], up));
}

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

/* The first kink at which going on would no longer pay, or what the arcs allow. */
static void choose_step(struct network *net, struct cycle *cycle)
{
    struct network_kink *kinks = net->kinks.items;
    size_t n = net->kinks.n_items;
    while (n > 0) {
        int64_t step = middle_of(kinks[0].step, kinks[n / 2].step, kinks[n - 1].step);
        struct parts parts = part_kinks(kinks, n, step);
        if (step > cycle->step || cycle->slope + parts.gain_before >= 0) {
            n = parts.n_before;
            continue;
        }
        cycle->slope += parts.gain_before;
        if (step == cycle->step)
            return;
        if (cycle->slope + parts.gain_at >= 0) {
            cycle->step = step;
            return;
        }
        cycle->slope += parts.gain_at;
        kinks += parts.n_until;
        n -= parts.n_until;
    }
    check(cycle->step < NETWORK_FREE_STEP); /* no cost is negative: no cycle is for ever worth more */
}

/* Moves the flow of an arc by the step; returns by how much its price went up. */
static inline int64_t push(struct network *net, struct network_edge *edge, bool along, int64_t step)
{
    edge->flow += along ? step : -step;
    if ((uint64_t)edge->flow <= (uint64_t)edge->most)
        return 0;
    check(edge->arc < net->n_hours);
    struct network_hour *hour = &net->hours[edge->arc];
    const struct network_segment *segments = net->segments + hour->first_segment;
    int32_t old = hour->segment;
    for (; edge->flow > edge->most; edge->most = segments[hour->segment].most) {
        edge->flow -= edge->most;
        hour->segment++;
    }
    while (edge->flow < 0) {
        edge->most = network_segment_most(net, edge->arc, --hour->segment);
        edge->flow += edge->most;
    }
    return along ? segments[hour->segment].price - segments[old].price
                 : segments[old].price - segments[hour->segment].price;
}

static inline bool stops(const struct network_edge *edge, bool along)
{
    return edge->flow == (along ? edge->most : 0);
}

static void note_moved(struct network *net, int32_t from, int32_t to)
{
    int32_t first = network_patch(from < to ? from : to), last = network_patch(from < to ? to : from);
    for (int32_t i = first; i <= last; i++)
        net->moved[i] = net->n_pivots + 1;
}

/* Adds `shift` to the potentials of the nodes from one to another in the ring. Nodes often follow each other
 * in the order of hours: the loads of a run need not wait for each other. */
static void shift_range(struct network *net, int32_t at, int32_t end, int64_t shift)
{
    const struct network_ring *ring = net->tree.ring;
    int64_t *potential = net->potential;
    for (;;) {
        int32_t next = ring[at].next, by = next < at ? -1 : 1, from = at;
        while (at != end && ring[at].next == at + by) {
            potential[at] += shift;
            at += by;
        }
        potential[at] += shift;
        note_moved(net, from, at);
        if (at == end)
            return;
        at = ring[at].next;
    }
}

/* The subtree of `outer` without that of `inner`, which may be -1. */
static void shift_between(struct network *net, int32_t outer, int32_t inner, int64_t shift)
{
    const struct network_ring *ring = net->tree.ring;
    if (inner < 0) {
        shift_range(net, outer, ring[outer].last, shift);
        return;
    }
    shift_range(net, outer, ring[inner].before, shift);
    if (ring[inner].last != ring[outer].last)
        shift_range(net, ring[ring[inner].last].next, ring[outer].last, shift);
}

/* Potentials below arcs whose price rose; `sign` is -1 where the cycle goes up. */
static void shift_passed(struct network *net, size_t n_passed, int64_t gain, int sign)
{
    int32_t inner = -1;
    for (size_t i = 0; i < n_passed; i++) {
        shift_between(net, net->passed[i].node, inner, sign * gain);
        inner = net->passed[i].node;
        gain -= net->passed[i].gain;
    }
}

/* Sends the step along one side of the cycle. The leaving arc is the last on the cycle, seen from the
 * join, that can take no more: this keeps the tree strongly feasible. */
static void push_side(struct network *net, struct cycle *cycle, bool up)
{
    const struct network_side *side = up ? &net->to : &net->from;
    size_t n_passed = 0;
    int64_t all_gain = 0;
    bool found = false;
    for (int32_t i = 0; i < side->n_nodes; i++) {
        int32_t at = side->nodes[i];
        struct network_edge *edge = &net->tree.edges[at];
        bool along = is_along(net, at, up);
        int64_t gain = push(net, edge, along, cycle->step);
        if (gain > 0) {
            net->passed[n_passed++] = (struct network_passed){at, gain};
            all_gain += gain;
        }
        if (stops(edge, along) && (up || !found)) {
            found = true;
            cycle->out = i;
            cycle->out_below_from = !up;
        }
    }
    shift_passed(net, n_passed, all_gain, up ? -1 : 1);
}

static void leave(struct network *net, const struct network_edge *edge, bool full)
{
    if (edge->arc < net->n_hours) {
        struct network_hour *hour = &net->hours[edge->arc];
        hour->segment += full;
        if (hour->outside < 0) {
            hour->outside = net->n_outside;
            net->outside[net->n_outside++] = edge->arc;
        }
        return;
    }
    int8_t *state = net->states[edge->arc / net->n_hours - 1];
    if (state != NULL)
        state[edge->arc % net->n_hours] = full ? LEASE_FULL : LEASE_EMPTY;
}

static void enter(struct network *net, int32_t arc)
{
    if (arc >= net->n_hours)
        return;
    int32_t moved = net->outside[--net->n_outside], *place = &net->hours[arc].outside;
    net->outside[*place] = moved;
    net->hours[moved].outside = *place;
    *place = -1;
}

/* Only differences of potentials matter: whichever part of the tree is smaller moves. */
static void shift_subtree(struct network *net, int32_t top, int64_t shift)
{
    const struct network_node *nodes = net->tree.nodes;
    const struct network_ring *ring = net->tree.ring;
    if (nodes[top].size <= net->n_hours / 2) {
        shift_between(net, top, -1, shift);
        return;
    }
    shift_range(net, ring[ring[top].last].next, ring[top].before, -shift);
    int64_t root = net->potential[net->n_hours];
    if (root < NETWORK_LARGEST_COST && root > -NETWORK_LARGEST_COST)
        return;
    for (int32_t at = 0; at <= net->n_hours; at++)
        net->potential[at] -= root;
}

static void resize(struct network *net, const struct network_side *side, int32_t first, int32_t by)
{
    for (int32_t i = first; i < side->n_nodes; i++)
        net->tree.nodes[side->nodes[i]].size += by;
}

static void exchange(struct network *net, const struct cycle *cycle)
{
    int32_t top = cycle->out_below_from ? cycle->from : cycle->to;
    int32_t onto = cycle->out_below_from ? cycle->to : cycle->from;
    const struct network_side *losing = cycle->out_below_from ? &net->from : &net->to;
    int32_t out = losing->nodes[cycle->out], size = net->tree.nodes[out].size;
    const struct network_edge *edge = &net->tree.edges[out];
    resize(net, cycle->out_below_from ? &net->to : &net->from, 0, size);
    resize(net, losing, cycle->out + 1, -size);
    enter(net, cycle->in.arc);
    leave(net, edge, edge->flow == edge->most);
    network_rehang(&net->tree, out, top, onto, cycle->in);
    shift_subtree(net, top, cycle->out_below_from ? -cycle->slope : cycle->slope);
}

void network_pivot(struct network *net, struct network_entry entry)
{
    struct cycle cycle = cycle_of(net, entry);
    walk_to_join(net, &cycle);
    net->kinks.n_items = 0;
    collect(net, &cycle, &cycle.in, cycle.along);
    collect_side(net, &cycle, &net->from, false);
    collect_side(net, &cycle, &net->to, true);
    choose_step(net, &cycle);
    push_side(net, &cycle, false);
    push(net, &cycle.in, cycle.along, cycle.step);
    if (stops(&cycle.in, cycle.along))
        cycle.out = -1;
    push_side(net, &cycle, true);
    if (cycle.out < 0)
        leave(net, &cycle.in, cycle.along);
    else
        exchange(net, &cycle);
    net->n_pivots++;
}
