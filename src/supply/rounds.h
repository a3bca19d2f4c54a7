#ifndef SUPPLY_ROUNDS_H
#define SUPPLY_ROUNDS_H

#include "supply/flow.h"

/* An order for any number of servers, cut into orders of the offer's max_per_order with orders_at_once under
 * way: the next round begins when the last order of a round is done, or as long after its begin as a whole
 * order takes, where that is longer. Every order has crews of its own. `offer` NULL: no limits. */
struct arrivals rounds_run(struct arena *arena, const struct flow_order *all, const struct offer *offer);
/* When the last server is there, in seconds after the order. */
int64_t rounds_last(struct arena *arena, const struct flow_order *all, const struct offer *offer);

int64_t arrivals_last(const struct arrivals *arrivals); /* seconds; 0 for none */
void arrivals_sort(struct arrivals *list);

#endif
