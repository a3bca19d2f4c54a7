#include "plan/network_parts.h"

static void link_nodes(const struct network_tree *tree, int32_t a, int32_t b)
{
    tree->ring[a].next = b;
    tree->ring[b].before = a;
}

/* Field by field: a copy of the whole would wait for the one field that was written last. */
static void swap_edge(struct network_edge *a, struct network_edge *b)
{
    struct network_edge old = {.flow = a->flow, .most = a->most, .segment = a->segment, .up = a->up};
    a->flow = b->flow;
    a->most = b->most;
    a->segment = b->segment;
    a->up = b->up;
    b->flow = old.flow;
    b->most = old.most;
    b->segment = old.segment;
    b->up = old.up;
}

/* Turns the subtree of `out` over so that `top` becomes its root: the nodes on the way up from `top` are
 * taken out of the ring with what hangs on them, one after the other, and put in a row. Returns the last
 * node of the row. */
static int32_t take_out(const struct network_tree *tree, int32_t out, int32_t top, int32_t parent,
                        int32_t arc, struct network_edge edge)
{
    int32_t total = tree->nodes[out].size, taken = 0, taken_last = -1, taken_before = -1, row_end = -1;
    for (int32_t at = top;;) {
        struct network_node *node = &tree->nodes[at];
        struct network_ring *ring = &tree->ring[at];
        int32_t before = ring->before, last = ring->last, end = last == taken_last ? taken_before : last;
        int32_t size = node->size, old_parent = node->parent;
        link_nodes(tree, before, tree->ring[end].next);
        if (row_end >= 0)
            link_nodes(tree, row_end, at);
        row_end = end;
        swap_edge(&node->edge, &edge);
        node->parent = parent;
        node->size = total - taken;
        int32_t old_arc = ring->arc;
        ring->arc = arc;
        if (at == out)
            return row_end;
        taken = size;
        taken_last = last;
        taken_before = before;
        edge.up = !edge.up;
        arc = old_arc;
        parent = at;
        at = old_parent;
    }
}

static void replace_last(const struct network_tree *tree, int32_t from, int32_t old_last, int32_t last)
{
    for (int32_t at = from; at >= 0 && tree->ring[at].last == old_last; at = tree->nodes[at].parent)
        tree->ring[at].last = last;
}

void network_rehang(const struct network_tree *tree, int32_t out, int32_t top, int32_t onto, int32_t arc,
                    struct network_edge in)
{
    int32_t old_parent = tree->nodes[out].parent, old_last = tree->ring[out].last;
    int32_t before = tree->ring[out].before, row_end = take_out(tree, out, top, onto, arc, in);
    for (int32_t at = out; at != onto; at = tree->nodes[at].parent)
        tree->ring[at].last = row_end;
    replace_last(tree, old_parent, old_last, before);
    link_nodes(tree, row_end, tree->ring[onto].next);
    link_nodes(tree, onto, top);
    replace_last(tree, onto, onto, row_end);
}
