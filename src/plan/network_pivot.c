#include "plan/network_parts.h"

#include "base/check.h"

/* One pivot of the network simplex method with a long step. Flow is sent around the cycle that the
 * entering arc closes with the tree: down from the join to `from`, through the arc to `to`, and up again. */

/* Goes on to the segment that the flow of an hour is in; returns by how much the price of going on rose. */
static int64_t change_segment(struct network *net, struct network_edge *edge, int32_t arc, bool along)
{
    check(edge->segment >= 0);
    int64_t old_price = net->segments[edge->segment].price;
    for (; edge->flow > edge->most; edge->most = net->segments[edge->segment].most) {
        edge->flow -= edge->most;
        edge->segment++;
    }
    while (edge->flow < 0) {
        edge->most = network_segment_most(net, arc, --edge->segment);
        edge->flow += edge->most;
    }
    int64_t gain = net->segments[edge->segment].price - old_price;
    return along ? gain : -gain;
}

static inline bool is_within(const struct network_edge *edge)
{
    return (uint64_t)edge->flow <= (uint64_t)edge->most;
}

static inline bool stops(const struct network_edge *edge, bool along)
{
    return edge->flow == (along ? edge->most : 0);
}

static void note_move(struct network *net, int32_t from, int32_t to, bool up)
{
    int32_t first = network_patch(from < to ? from : to), last = network_patch(from < to ? to : from);
    for (int32_t i = first; i <= last; i++)
        *(up ? &net->moves[i].up : &net->moves[i].down) = net->n_pivots + 1;
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
        note_move(net, from, at, shift > 0);
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
static void push_side(struct network *net, struct network_cycle *cycle, bool up)
{
    const struct network_side *side = up ? &net->to : &net->from;
    size_t n_passed = 0;
    int64_t all_gain = 0;
    bool found = false;
    struct network_node *nodes = net->tree.nodes;
    int64_t step = cycle->step;
    for (int32_t i = 0; i < side->n_nodes; i++) {
        int32_t at = side->nodes[i];
        struct network_edge *edge = &nodes[at].edge;
        bool along = edge->up == up;
        edge->flow += along ? step : -step;
        if (!is_within(edge)) {
            int64_t gain = change_segment(net, edge, net->tree.ring[at].arc, along);
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

static void leave(struct network *net, const struct network_edge *edge, int32_t arc, bool full)
{
    if (edge->segment >= 0) {
        struct network_hour *hour = &net->hours[arc];
        hour->segment = edge->segment + full;
        if (hour->outside < 0) {
            hour->outside = net->n_outside;
            net->outside[net->n_outside++] = arc;
        }
        return;
    }
    const struct network_lane *lane = net->rows[arc / net->n_hours];
    int32_t start = arc % net->n_hours;
    if (lane->state != NULL)
        lane->state[start] = full ? LEASE_FULL : LEASE_EMPTY;
    if (full)
        network_note_full(lane, start);
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
    if (nodes[top].size <= nodes[net->n_hours].size / 2) {
        shift_between(net, top, -1, shift);
        return;
    }
    shift_range(net, ring[ring[top].last].next, ring[top].before, -shift);
    int64_t root = net->potential[net->n_hours];
    if (root < NETWORK_LARGEST_COST && root > -NETWORK_LARGEST_COST)
        return;
    for (int32_t at = 0; at < net->n_nodes; at++)
        net->potential[at] -= nodes[at].size > 0 ? root : 0;
}

static void resize(struct network *net, const struct network_side *side, int32_t first, int32_t by)
{
    struct network_node *nodes = net->tree.nodes;
    const int32_t *items = side->nodes;
    int32_t n = side->n_nodes;
    for (int32_t i = first; i < n; i++)
        nodes[items[i]].size += by;
}

static void exchange(struct network *net, struct network_cycle *cycle)
{
    int32_t top = cycle->out_below_from ? cycle->from : cycle->to;
    int32_t onto = cycle->out_below_from ? cycle->to : cycle->from;
    const struct network_side *losing = cycle->out_below_from ? &net->from : &net->to;
    int32_t out = losing->nodes[cycle->out], size = net->tree.nodes[out].size;
    const struct network_edge *edge = &net->tree.nodes[out].edge;
    resize(net, cycle->out_below_from ? &net->to : &net->from, 0, size);
    resize(net, losing, cycle->out + 1, -size);
    enter(net, cycle->arc);
    leave(net, edge, net->tree.ring[out].arc, edge->flow == edge->most);
    cycle->in.up = top == cycle->tail;
    network_rehang(&net->tree, losing->nodes, cycle->out + 1, onto, cycle->arc, cycle->in);
    shift_subtree(net, top, cycle->out_below_from ? -cycle->slope : cycle->slope);
}

void network_pivot(struct network *net, struct network_entry entry)
{
    struct network_cycle cycle = network_cycle(net, entry);
    push_side(net, &cycle, false);
    cycle.in.flow += cycle.along ? cycle.step : -cycle.step;
    if (!is_within(&cycle.in))
        change_segment(net, &cycle.in, cycle.arc, cycle.along);
    if (stops(&cycle.in, cycle.along))
        cycle.out = -1;
    push_side(net, &cycle, true);
    if (cycle.out < 0)
        leave(net, &cycle.in, cycle.arc, cycle.along);
    else
        exchange(net, &cycle);
    net->n_pivots++;
}
