#ifndef PLAN_NETWORK_PARTS_H
#define PLAN_NETWORK_PARTS_H

/* What the files of the network solver share; plan/network.h is for everybody else.
 *
 * Flows are servers x 2^scale_bits plus a little noise in every hour's demand, which keeps pivots from
 * being degenerate on plateaus. A tree flow is a sum of demands, capacities and noises, each taken 0, +1 or
 * -1 times, and all noise together is less than half a server: rounding at the end is exact. */

#include "plan/network.h"

#define NETWORK_LARGEST_FLOW ((int64_t)1 << 59) /* no flow gets larger */
#define NETWORK_LARGEST_COST ((int64_t)1 << 60) /* of a path through all nodes */
#define NETWORK_FREE_STEP ((int64_t)1 << 60)    /* a step that nothing has stopped yet */
#define NETWORK_FREE_IDLE ((int64_t)1 << 61)    /* room for idle capacity where there is no cap */
#define NETWORK_UNLIMITED ((int64_t)1 << 62)    /* capacity of an arc that has none */

/* An arc that is in the tree, as its lower end holds it. Arcs 0..n_hours-1 are the hours; offer k's lease
 * from s is (k + 1) x n_hours + s. All arcs point from the smaller to the larger node. */
struct network_edge {
    int64_t flow, most; /* 0 <= flow <= most; of an hour: within its segment */
    int32_t arc;
    int32_t parent; /* the node at the upper end; -1: there is none, this is the root */
};

/* The spanning tree is strongly feasible: from every node some flow could be sent to the root, so that
 * degenerate pivots cannot cycle. */
struct network_node {
    struct network_edge edge; /* to the parent */
    int32_t size;             /* nodes in its subtree */
    int32_t last;             /* of them in preorder */
};

/* Nodes in preorder, in a ring. */
struct network_ring {
    int32_t next, before;
};

struct network_tree {
    struct network_node *nodes; /* [n_hours + 1] */
    struct network_ring *ring;  /* [n_hours + 1] */
};

/* A stretch of an hour's cost that is straight. The segments of an hour lie side by side with rising
 * prices, a sentinel of a price below all before the first; the last has no end. */
struct network_segment {
    int64_t most; /* of the first: without the room for idle capacity */
    int64_t price;
};

/* In the tree: on `segment`. Outside: at the lower end of `segment`. */
struct network_hour {
    int32_t first_segment, segment;
    bool in_tree;
};

enum network_lease_state {
    LEASE_EMPTY,
    LEASE_FULL,
    LEASE_CLOSED, /* may not start then */
};

/* An offer of more than one hour; shorter ones are segments of the hours. */
struct network_lane {
    const int64_t *cost;
    uint8_t *state; /* [n_hours], of arcs outside the tree; NULL where no start has a quota */
    int32_t offer, hours, first, every;
};

/* A place where the slope of the way around a cycle rises. */
struct network_kink {
    int64_t step, gain;
};

struct network_kinks {
    struct network_kink *items;
    size_t n_items, capacity;
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
    int32_t n_hours;
    int64_t *demand;        /* that can be served within the running cap; not scaled */
    int64_t largest_demand; /* of these */
    bool is_capped;
    int64_t not_covered_price; /* where shortage is not allowed */
    bool is_sure;              /* that price is above what any cover costs */
    int scale_bits;
    int64_t noise;
    int64_t *idle_room; /* [n_hours], scaled; NULL: no cap anywhere */
    struct network_hour *hours;
    struct network_segment *segments;
    size_t n_segments, segments_capacity;
    struct network_lane *lanes; /* the longest first */
    size_t n_lanes;
    uint8_t **states; /* of the lane of each offer */
    struct network_tree tree;
    int64_t *potential;         /* [n_hours + 1] */
    struct network_pool *pools; /* of one hour */
    struct network_kinks kinks;
    struct network_passed *passed; /* [n_hours + 1] */
    int64_t n_pivots;
};

/* An arc outside the tree by which the plan gets cheaper. */
struct network_entry {
    int64_t gain; /* per unit of flow, > 0; 0: there is none */
    int32_t arc;
    bool along; /* more flow, not less */
};

/* Where the search for the next such arc goes on. */
struct network_scan {
    int32_t grid;  /* starts looked at: every so many hours */
    int32_t block; /* arcs looked at before the best of them is taken */
    size_t lane;   /* n_lanes: the hours */
    int32_t position;
};

/* False when the numbers are too large. */
bool network_scale(struct network *net);
void network_build(struct network *net); /* arcs and the first tree */
/* The ways to serve an hour for that hour only, the cheapest first, into net->pools; returns their number. */
size_t network_pools(const struct network *net, int32_t hour);
/* Leases of an offer that may start in an hour; NETWORK_NONE: any number. */
int64_t network_quota(const struct network *net, size_t offer, int32_t start);

bool network_scan(const struct network *net, struct network_scan *scan, struct network_entry *entry);
void network_pivot(struct network *net, struct network_entry entry);
void network_read(struct arena *arena, struct network *net, struct network_solution *solution);

/* Hangs the subtree of `out` below another node by the arc `in`, whose end in the subtree is `top`. */
void network_rehang(const struct network_tree *tree, int32_t out, int32_t top, struct network_edge in);

static inline int64_t network_segment_most(const struct network *net, int32_t hour, int32_t segment)
{
    int64_t most = net->segments[net->hours[hour].first_segment + segment].most;
    if (segment > 0)
        return most;
    return most + (net->idle_room != NULL ? net->idle_room[hour] : NETWORK_FREE_IDLE);
}

#endif
