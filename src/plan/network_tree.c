#include "plan/network_parts.h"

static void link_nodes(struct network_node *nodes, int32_t a, int32_t b)
{
    nodes[a].next = b;
    nodes[b].before = a;
}

/* Turns the subtree of `out` over so that `top` becomes its root: the nodes on the way up from `top` are
 * taken out of the ring with what hangs on them, one after the other, and put in a row. Returns the last
 * node of the row. */
static int32_t take_out(struct network_node *nodes, int32_t out, int32_t top, int32_t onto, struct network_edge edge)
{
    int32_t total = nodes[out].size, taken = 0, taken_last = -1, taken_before = -1, row_end = -1;
    for (int32_t at = top, above = onto;;) {
        struct network_node *node = &nodes[at], old = *node;
        int32_t end = old.last == taken_last ? taken_before : old.last;
        link_nodes(nodes, old.before, nodes[end].next);
        if (row_end >= 0)
            link_nodes(nodes, row_end, at);
        row_end = end;
        node->edge = edge;
        node->parent = above;
        node->size = total - taken;
        if (at == out)
            return row_end;
        edge = old.edge;
        taken = old.size;
        taken_last = old.last;
        taken_before = old.before;
        above = at;
        at = old.parent;
    }
}

static void replace_last(struct network_node *nodes, int32_t from, int32_t old_last, int32_t last)
{
    for (int32_t at = from; at >= 0 && nodes[at].last == old_last; at = nodes[at].parent)
        nodes[at].last = last;
}

void network_rehang(struct network_node *nodes, int32_t out, int32_t top, int32_t onto, struct network_edge in)
{
    struct network_node old = nodes[out];
    int32_t row_end = take_out(nodes, out, top, onto, in);
    for (int32_t at = out; at != onto; at = nodes[at].parent)
        nodes[at].last = row_end;
    replace_last(nodes, old.parent, old.last, old.before);
    link_nodes(nodes, row_end, nodes[onto].next);
    link_nodes(nodes, onto, top);
    replace_last(nodes, onto, onto, row_end);
}
