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

/* The cheapest plan of a strategy's offers, every step a possible start, and the orders that come nearest to
 * it. The buyer sees need and prices to the end. A lease starts at the earliest when one server ordered on
 * decide_from is in service; existing capacity is taken off the need; a quota limits on-demand servers, and
 * all servers where it is shared by all offers. Servers of another size count in parts. False where the
 * amounts or the need are too large for exact work. */
bool optimum_plan(struct arena *arena, const struct study *study, const struct demand *demand,
                  const struct strategy *strategy, struct optimum *optimum, struct lease_orders *orders);

#endif
