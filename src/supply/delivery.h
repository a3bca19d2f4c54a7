#ifndef SUPPLY_DELIVERY_H
#define SUPPLY_DELIVERY_H

#include "model/result.h"
#include "supply/flow.h"

/* When the servers of an order are in service, in seconds after the order: the process of the offer,
 * cut into orders of max_per_order with orders_at_once under way; for a reservation the launches of the
 * offer it discounts, `running` of which run already. Base case: every duration its mode. */
struct arrivals delivery(struct arena *arena, const struct study *study, const struct offer *offer,
                         int64_t n_servers, int64_t running);
int64_t arrivals_last(const struct arrivals *arrivals); /* seconds; 0 for none */

/* Lead time of the quota increase, base case; 0 where the offer has none. */
int64_t quota_lead_seconds(struct arena *arena, const struct study *study, const struct offer *offer);

/* Rounds that n servers of an offer need: compare with MOST_ROUNDS. */
int64_t delivery_rounds(const struct study *study, const struct offer *offer, int64_t n_servers);

/* Lead time of n servers of an offer ordered at once, in hours, with its percentiles from sampled
 * orders (R type 7). */
struct lead_time lead_time_of(const struct study *study, const struct offer *offer, int64_t n_servers,
                              int64_t running);
/* The same of a process alone. */
struct lead_time lead_time_of_process(const struct study *study, const struct process *process,
                                      int64_t n_servers);

#endif
