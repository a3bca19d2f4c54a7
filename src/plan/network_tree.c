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

/* Turns a subtree over: `way` leads from its new root up to its old one. The nodes on it are taken out of the
 * ring with what hangs on them, one after the other, and put in a row. Returns the last node of the row. The
 * way is known beforehand so that no node waits for the one before it. */
static int32_t take_out(const struct network_tree *tree, const int32_t *way, int32_t n, int32_t onto,
                        int32_t arc, struct network_edge edge)
{
    int32_t total = tree->nodes[way[n - 1]].size, taken = 0, taken_last = -1, taken_before = -1, row_end = -1;
    for (int32_t i = 0; i < n; i++) {
        struct network_node *node = &tree->nodes[way[i]];
        struct network_ring *ring = &tree->ring[way[i]];
        int32_t before = ring->before, last = ring->last, end = last == taken_last ? taken_before : last;
        int32_t size = node->size, old_arc = ring->arc;
        link_nodes(tree, before, tree->ring[end].next);
        if (row_end >= 0)
            link_nodes(tree, row_end, way[i]);
        row_end = end;
        swap_edge(&node->edge, &edge);
        node->parent = i > 0 ? way[i - 1] : onto;
        node->size = total - taken;
        ring->arc = arc;
        taken = size;
        taken_last = last;
        taken_before = before;
        edge.up = !edge.up;
        arc = old_arc;
    }
    return row_end;
}

static void replace_last(const struct network_tree *tree, int32_t from, int32_t old_last, int32_t last)
{
    for (int32_t at = from; at >= 0 && tree->ring[at].last == old_last; at = tree->nodes[at].parent)
        tree->ring[at].last = last;
}

void network_rehang(const struct network_tree *tree, const int32_t *way, int32_t n, int32_t onto, int32_t arc,
                    struct network_edge in)
{
    int32_t out = way[n - 1], old_parent = tree->nodes[out].parent, old_last = tree->ring[out].last;
    int32_t before = tree->ring[out].before, row_end = take_out(tree, way, n, onto, arc, in);
    for (int32_t i = 0; i < n; i++)
        tree->ring[way[i]].last = row_end;
    replace_last(tree, old_parent, old_last, before);
    link_nodes(tree, row_end, tree->ring[onto].next);
    link_nodes(tree, onto, way[0]);
    replace_last(tree, onto, onto, row_end);
}
