#ifndef PLAN_NETWORK_PARTS_H
#define PLAN_NETWORK_PARTS_H

/* What the files of the network solver share; plan/network.h is for everybody else.
 *
 * Flows are servers x 2^scale_bits plus a little noise in every hour's demand, which keeps pivots from
 * being degenerate on plateaus. A tree flow is a sum of demands, capacities and noises, each taken 0, +1 or
 * -1 times, and all noise together is less than half a server: rounding at the end is exact. */

#include "plan/network.h"

#define NETWORK_LARGEST_FLOW ((int64_t)1 << 59) /* no flow gets larger */
#define NETWORK_FREE_STEP ((int64_t)1 << 60)    /* a step that nothing has stopped yet */
#define NETWORK_FREE_IDLE ((int64_t)1 << 61)    /* room for idle capacity where there is no cap */
#define NETWORK_UNLIMITED ((int64_t)1 << 62)    /* capacity of an arc that has none */

/* Arcs 0..n_hours-1 are the hours; those of a row, one for each start, follow from row x n_hours on. Row k +
 * 1 is offer k; then come the start limits. Nodes 0..n_hours are the points in time, n_hours being the root;
 * gate s of limit i is n_hours + 1 + i x n_hours + s and exists where leases under the limit may start. */

/* What a tree arc carries, as its lower end holds it. All that a walk along a cycle reads lies together. */
struct network_edge {
    int64_t flow, most; /* 0 <= flow <= most; of an hour: within its segment */
    int32_t segment;    /* of an hour; -1: of another arc, which has one only */
    bool up;            /* points to the parent */
};

/* The spanning tree is strongly feasible: from every node some flow could be sent to the root, so that
 * degenerate pivots cannot cycle. */
struct network_node {
    struct network_edge edge; /* to the parent */
    int32_t parent;           /* -1: there is none, this is the root */
    int32_t size;             /* nodes in its subtree */
};

/* Nodes in preorder, in a ring. */
struct network_ring {
    int32_t next, before;
    int32_t last; /* of the node's subtree */
    int32_t arc;  /* to the parent */
};

struct network_tree {
    struct network_node *nodes; /* [n_nodes] */
    struct network_ring *ring;  /* [n_nodes] */
};

/* One side of a cycle: the nodes from an end of the entering arc to below the join. */
struct network_side {
    int32_t *nodes; /* [n_nodes] */
    int32_t n_nodes;
};

/* A stretch of an hour's cost that is straight. The segments of an hour lie side by side with rising
 * prices, a sentinel of a price below all before the first; the last has no end. */
struct network_segment {
    int64_t most; /* of the first: without the room for idle capacity */
    int64_t price;
};

struct network_hour {
    int32_t first_segment;
    int32_t segment; /* outside the tree: at its lower end */
    int32_t outside; /* where it stands among the hours outside the tree; -1: it is in the tree */
};

enum network_lease_state {
    LEASE_FULL = -1,
    LEASE_CLOSED, /* may not start then */
    LEASE_EMPTY,
};

/* An arc outside the tree by which the plan gets cheaper. */
struct network_entry {
    int64_t gain; /* per unit of flow, > 0; 0: there is none */
    int32_t arc;
    bool along; /* more flow, not less */
};

/* Some starts of a lane next to each other, and the best of them when they were looked at last. */
struct network_block {
    int64_t seen; /* pivots made until then; -1: never */
    struct network_entry best;
    int64_t least_cost; /* of those that are not closed; NETWORK_NONE: all are */
    bool has_full;      /* some may be full */
};

/* Pivots made when the potential of a node in a patch last went up or down. */
struct network_moves {
    int64_t up, down;
};

/* An offer of more than one hour, shorter ones being segments of the hours, or under a start limit; or the
 * ways from hours to the gates of a limit. */
struct network_lane {
    const int64_t *cost;
    int8_t *state; /* [n_hours], of arcs outside the tree; NULL where no start has a quota */
    struct network_block *blocks;
    int32_t row;
    int32_t tail, hours; /* the arc from s goes from node s + tail to node s + hours, but at most ... */
    int32_t last_within; /* ... for starts beyond this one to node n_hours */
    int32_t first, every;
    int32_t step, n_starts, in_block; /* on the grid of now */
};

/* A place where the slope of the way around a cycle rises. */
struct network_kink {
    int64_t step, gain;
};

struct network_kinks {
    struct network_kink *items;
    size_t n_items, capacity;
};

/* What an entering arc closes with the tree. */
struct network_cycle {
    int32_t from, to;       /* the entering arc's ends, in the direction of the flow */
    int32_t arc, tail;      /* that arc, and its end in its own direction */
    struct network_edge in; /* the same */
    bool along;             /* the flow goes in its own direction */
    int64_t step;           /* how much flow is sent around */
    int64_t slope;          /* cost of a unit of flow around the cycle, before the end of the step, < 0 */
    size_t many_kinks;      /* at so many some are sorted out */
    int32_t out; /* place of the leaving arc's lower node on its side; -1: the entering arc itself */
    bool out_below_from;
};

/* A tree arc whose hour went on to other segments, which raised its price by `gain`. */
struct network_passed {
    int32_t node;
    int64_t gain;
};

/* Servers that can be had for one hour. */
struct network_pool {
    int64_t price, capacity;
    size_t kind; /* an offer, n_offers + a tier, n_offers + n_tiers: shortage, one more: not covered */
};

struct network {
    struct arena *arena; /* gone when the solver returns */
    const struct network_problem *problem;
    int32_t n_hours, n_nodes;
    int64_t *demand;        /* that can be served within the running cap; not scaled */
    int64_t largest_demand; /* of these */
    bool is_capped;
    int64_t largest_cost;      /* of all costs and prices */
    int64_t not_covered_price; /* where shortage is not allowed */
    bool is_sure;              /* that price is above what any cover costs */
    int scale_bits;
    int64_t noise;
    int64_t *idle_room; /* [n_hours], scaled; NULL: no cap anywhere */
    struct network_hour *hours;
    struct network_segment *segments;
    size_t n_segments, segments_capacity;
    struct network_lane *lanes; /* the longest first, then the limits */
    size_t n_lanes, n_leases;   /* n_leases: without the limits */
    struct network_lane **rows; /* the lane of each row, or NULL */
    int32_t *outside;           /* hours outside the tree: as many as leases are in it */
    int32_t n_outside;
    bool has_quotas; /* some lane has, and there is neither a cap nor a start limit */
    struct network_tree tree;
    int64_t *potential;           /* [n_nodes] */
    struct network_moves *moves;  /* of each patch */
    struct network_pool *pools;   /* of one hour */
    struct network_side from, to; /* of the cycle that is looked at */
    struct network_kinks kinks;
    struct network_passed *passed; /* [n_nodes] */
    int64_t n_pivots;
    int32_t grid; /* leases that start every so many hours are looked at */
};

/* Where the search for the next such arc goes on. */
struct network_scan {
    int32_t block; /* arcs looked at before the best of them is taken */
    size_t lane;   /* n_lanes: the hours outside the tree */
    int32_t position;
    struct network_block *found;
};

/* False when the numbers are too large. */
bool network_scale(struct network *net);
void network_build(struct network *net); /* arcs and the first tree */
/* A tree without leases, the hours being a path. Leases that are full run none the less: `starting` of them
 * more (or fewer, where they end) from an hour on; NULL: there are none. */
void network_build_path(struct network *net, const int64_t *starting);
/* The ways to serve an hour for that hour only, the cheapest first, into net->pools; returns their number. */
size_t network_pools(const struct network *net, int32_t hour);
/* Leases of an offer that may start in an hour; NETWORK_NONE: any number. */
int64_t network_quota(const struct network *net, size_t offer, int32_t start);
/* A quota or limit as it is worth looking at; NETWORK_NONE: it need not be. */
int64_t network_worth_of(const struct network *net, int64_t quota);
/* Leases that may start in an hour under a limit; NETWORK_NONE: any number. */
int64_t network_limit(const struct network *net, size_t limit, int32_t start);
/* Their largest number running at a time. */
int128 network_largest_under_limits(const struct network *net);
/* The lanes from hours to gates, and the gates as leaves of the first tree. */
void network_build_gates(struct network *net);
void network_hang_gates(struct network *net);
/* Noise that flows to the gates of an hour. */
int64_t network_gate_noise(const struct network *net, int32_t start);
/* Either, of any row but the hours. */
int64_t network_row_quota(const struct network *net, size_t row, int32_t start);
/* Lets leases run from the beginning that a coarser problem would have. */
void network_start(struct network *net);

void network_build_blocks(struct network *net);
void network_forget_blocks(struct network *net); /* the grid or all potentials are new */
void network_note_full(const struct network_lane *lane, int32_t start); /* a lease outside the tree */
bool network_scan(const struct network *net, struct network_scan *scan, struct network_entry *entry);
/* Finds the cycle, its nodes (net->from, net->to), and how much flow is sent around. */
struct network_cycle network_cycle(struct network *net, struct network_entry entry);
void network_pivot(struct network *net, struct network_entry entry);
void network_read(struct arena *arena, struct network *net, struct network_solution *solution);

/* Hangs a subtree below the node `onto` by `arc`, which carries `in`. `way` leads from the arc's end in the
 * subtree to its present root. */
void network_rehang(const struct network_tree *tree, const int32_t *way, int32_t n, int32_t onto, int32_t arc,
                    struct network_edge in);

/* Nodes whose potentials are watched together. */
static inline int32_t network_patch(int32_t node)
{
    return (int32_t)((uint32_t)node / 64);
}

/* Gate 0 of a limit. */
static inline int32_t network_gate(const struct network *net, size_t limit)
{
    return net->n_hours + 1 + (int32_t)limit * net->n_hours;
}

static inline int32_t network_end(const struct network *net, const struct network_lane *lane, int32_t start)
{
    return start <= lane->last_within ? start + lane->hours : net->n_hours;
}

/* Starts that an offer allows and a grid looks at are so many hours apart. */
static inline int32_t network_step(int32_t every, int32_t grid)
{
    return every >= grid ? every : (grid + every - 1) / every * every;
}

static inline int64_t network_segment_most(const struct network *net, int32_t hour, int32_t segment)
{
    int64_t most = net->segments[segment].most;
    if (segment > net->hours[hour].first_segment)
        return most;
    return most + (net->idle_room != NULL ? net->idle_room[hour] : NETWORK_FREE_IDLE);
}

#endif
