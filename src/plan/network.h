#ifndef PLAN_NETWORK_H
#define PLAN_NETWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "unit/money.h"

struct arena;

/* The cheapest set of leases that covers an hourly demand, exactly, with hourly prices that prove it.
 *
 * A lease of offer k started in hour s covers [s, min(s + hours, n_hours)). Both ends are nodes of a
 * network (node t lies before hour t), a lease is an arc from its start to its end, and what leases
 * leave uncovered in hour t flows from node t to node t + 1 at a convex cost: idle capacity costs
 * nothing, then come the tiers and the shortage, cheapest first. The least cost of that flow is the
 * least cost of a plan because the covering matrix, with consecutive ones in every column, is totally
 * unimodular: the linear optimum is whole servers. Leases that share a limit on starts leave their node
 * together, by an arc of that capacity, to a node of their own, from which they part.
 *
 * With hourly prices y, start prices z and quota prices w (what a lease's hours are worth beyond its cost
 * and z) no plan costs less than sum demand * y - sum capacity * max(0, y - price of the tier)
 * - sum quota * w - sum most * z. */

enum { NETWORK_MOST_ARCS = 1 << 30 }; /* (n_offers + n_start_limits + 1) x n_hours */

#define NETWORK_LARGEST_COST ((int64_t)1 << 60) /* of a path through all nodes */
#define NETWORK_NONE INT64_MAX /* as a cost or price: not possible; as a quota or capacity: no limit */

/* The same number in every hour, or one for each hour. */
struct network_hourly {
    int64_t all;
    const int64_t *each; /* [n_hours], or NULL: `all` */
};

struct network_offer {
    int32_t hours;               /* > 0 */
    int32_t first_start, every;  /* leases start in first_start, first_start + every, ...; every > 0 */
    const int64_t *cost;         /* [n_hours]: of one lease by start hour, >= 0, or NETWORK_NONE */
    struct network_hourly quota; /* leases that may start in an hour, >= 0 */
    int start_limit;             /* 0: none; otherwise 1 + an index into start_limits */
};

/* Leases of several offers that start in one hour, together at most so many. */
struct network_start_limit {
    struct network_hourly most;
};

/* Servers by the hour: on-demand, spot. Tiers are independent pools; the cheapest is used first. */
struct network_tier {
    struct network_hourly capacity; /* servers, >= 0 */
    struct network_hourly price;    /* of one server for the hour, >= 0, or NETWORK_NONE */
};

struct network_problem {
    int32_t n_hours;
    const int64_t *demand; /* [n_hours], >= 0: without what is running already */
    const struct network_offer *offers;
    size_t n_offers;
    const struct network_tier *tiers;
    size_t n_tiers;
    struct network_hourly shortage;    /* price of a server missing for an hour; NETWORK_NONE: none may be */
    struct network_hourly running_cap; /* most servers in service at a time: leases and tiers, not shortage */
    const struct network_start_limit *start_limits;
    size_t n_start_limits;
};

struct network_solution {
    bool feasible;          /* false: of the rest only uncovered_hour means something */
    int32_t uncovered_hour; /* the first hour that cannot be covered together with the others, or -1 */
    int128 cost;            /* of leases, tiers and shortage */
    int128 lower_bound;     /* from the prices below: no plan costs less; equals the cost */
    int64_t *leases;        /* [n_offers x n_hours]: leases[offer * n_hours + start] */
    int64_t *tiers;         /* [n_tiers x n_hours]: servers used */
    int64_t *shortage;      /* [n_hours]: servers missing */
    int64_t *hour_price; /* [n_hours]: what covering one server more costs; below 0 only at the running cap */
    int64_t *start_price; /* [n_start_limits x n_hours], >= 0: what one more start in the hour would save;
                             NULL without limits */
    int64_t n_pivots;     /* for measurements */
};

/* Deterministic: among leases with the same start, end and cost the offer named first is used first; at
 * equal prices offers of an hour without a start limit come before tiers and tiers before shortage. False
 * when the numbers are too large for exact work in 64 bits: (n_hours + 1) x the largest cost is over 2^60,
 * demand (with quotas and limits: the leases under them running at a time) is over about 2^56, or there are
 * more than NETWORK_MOST_ARCS. Every start limit counts as n_hours more hours; where there are any, such
 * demand x all hours must be below about 2^55. */
bool network_solve(struct arena *arena, const struct network_problem *problem,
                   struct network_solution *solution);

/* Holds a feasible solution against the problem from scratch: starts, quotas, coverage, the running cap,
 * that its cost is what it says, that its prices bound every plan, and that cost and bound are equal.
 * False and what is wrong when one of these does not hold. */
bool network_verify(struct arena *arena, const struct network_problem *problem,
                    const struct network_solution *solution, struct str *fault);

static inline int64_t network_at(const struct network_hourly *hourly, int32_t hour)
{
    return hourly->each != NULL ? hourly->each[hour] : hourly->all;
}

#endif
