#ifndef PLAN_OPTIMUM_H
#define PLAN_OPTIMUM_H

#include "model/optimum.h"
#include "model/study.h"

struct arena;
struct timeline;

/* Orders that stand for the leases of a plan. */
struct lease_orders {
    struct planned_order *items;
    size_t n_items, capacity;
};

/* How the leases of a plan become orders. Every rule serves the need; which costs least on the bill, with
 * whole racks, spares and servers, is found by billing them. */
struct order_rule {
    int64_t gathered_seconds; /* leases that begin within so long are ordered together, for the first */
    bool rounded_up;          /* to whole servers; otherwise to the nearest */
    bool first_in_time; /* of servers that come one after the other, the first; otherwise the last: contracts
                           that end one after the other then do so after the last hour they are for */
};
extern const struct order_rule order_rules[];
enum { N_ORDER_RULES = 10 };

/* How many ways there are to order an optimum's leases: the rules, and these once more for each other plan.
 */
int n_order_rules(const struct optimum *optimum);

/* The cheapest plan of a strategy's offers, every step a possible start. The buyer sees need and prices to
 * the end. A lease starts at the earliest when one server ordered on decide_from is in service; existing
 * capacity is taken off the need; a quota limits on-demand servers, and all servers where it is shared by all
 * offers. Servers of another size count in parts. False where the amounts or the need are too large for exact
 * work. */
bool optimum_plan(struct arena *arena, const struct study *study, const struct demand *demand,
                  const struct strategy *strategy, struct optimum *optimum);

/* The leases of an optimal strategy that is planned for the study's futures, chosen from these alone. Of
 * `plan` only kinds, steps and parts are set. A missing server counts as a whole one. False where the need of
 * a future, or an amount, is too large. */
bool optimum_for_futures(struct arena *arena, const struct study *study, const struct demand *demand,
                         const struct strategy *strategy, struct optimum *plan);

/* How n plans of one strategy's offers, made for whomever, fare in the study's futures. False as above. */
bool optimum_in_futures(const struct study *study, const struct demand *demand,
                        const struct strategy *strategy, const struct optimum *const *plans, size_t n,
                        struct in_futures *const *costs);

/* Does a plan that leaves_out_on_demand launch nothing of this layer? The only on-demand layer always; of
 * several those that no quota holds back for good. */
bool optimum_leaves_out(const struct study *study, const struct strategy *strategy, size_t layer);

/* The orders of its leases by one of the rules; from N_ORDER_RULES on, of the leases of the other plans. */
struct lease_orders optimum_orders(struct arena *arena, const struct study *study,
                                   const struct demand *demand, const struct strategy *strategy,
                                   const struct optimum *optimum, int rule);

#endif
