#ifndef PLAN_EXPECTED_H
#define PLAN_EXPECTED_H

#include "plan/network.h"

/* Leases chosen before demand is known. Demand turns out to be one of several futures, each as likely as
 * the others; then the leases are what they are, and tiers and shortage serve the rest of every hour.
 *
 * The cost of an hour's rest is convex in the leases that run in it, and so is its sum over all futures: the
 * cheapest leases in expectation are those of one network with more tiers in an hour (shared by all
 * futures), solved exactly. All sums are over the futures, so that whole numbers stay whole: divide by
 * their number for an expectation.
 *
 * Of a network_problem everything but `demand` is used. Its offers are commitments, those of one hour as
 * well; what can be had when demand is known is a tier. The running cap holds in every future. */

struct expected_futures {
    const int64_t *const *demand; /* [n_items][n_hours], >= 0 */
    size_t n_items;               /* > 0 */
    const int128 *besides; /* [n_items] what a future costs whatever is leased, for scores; NULL: nothing */
};

struct expected_plan {
    bool feasible;          /* there are leases that can serve every future */
    int32_t uncovered_hour; /* as in network_solution */
    int128 cost;            /* of leases, tiers and shortage, over all futures; no leases cost less: proved */
    int64_t *leases;        /* [n_offers x n_hours], or NULL */
    int64_t n_pivots;       /* for measurements */
};

/* False when the numbers are too large (see network_solve; costs count as often as there are futures). */
bool expected_solve(struct arena *arena, const struct network_problem *problem,
                    const struct expected_futures *futures, struct expected_plan *plan);

/* The demand to plan for by those who do not plan for the expectation: of every hour the mean or the median
 * (of an even number: between the middle two), rounded up to a whole server. Into demand[n_hours]. */
void expected_mean(const struct expected_futures *futures, int32_t n_hours, int64_t *demand);
void expected_median(const struct expected_futures *futures, int32_t n_hours, int64_t *demand);

/* What leases and the rest of every hour, served the cheapest first, cost in one future. */
struct expected_outcome {
    bool served;           /* false: of the rest only unserved_hour means something */
    int32_t unserved_hour; /* the first, or -1: too few servers, or more leased than may run */
    int128 leases, tiers, shortage;
    int64_t short_server_hours;
};

struct expected_outcome expected_recourse(const struct network_problem *problem, const int64_t *leases,
                                          const int64_t *demand);

/* A set of leases in all futures. */
struct expected_score {
    size_t n_unserved; /* futures that the leases cannot serve; the rest then is of the others */
    int128 cost;       /* over all futures */
    int128 p95;        /* of the futures' costs, sorted, the ceil(0.95 n)-th */
    int128 worst;
    size_t worst_future; /* the first of equals, as regret_future */
    int128 worst_regret; /* the most by which a future costs more than with leases made for it alone */
    size_t regret_future;
    size_t n_short; /* futures in which servers are missing */
    int128 short_server_hours;
};

/* The least cost of every future, had it been known, into optima[n_items]; NETWORK_NONE: it cannot be
 * served. False when the numbers are too large. */
bool expected_optima(const struct network_problem *problem, const struct expected_futures *futures,
                     int128 *optima);

struct expected_score expected_score(const struct network_problem *problem,
                                     const struct expected_futures *futures, const int64_t *leases,
                                     const int128 *optima);

#endif
