#ifndef SUPPLY_LEAD_TIME_H
#define SUPPLY_LEAD_TIME_H

#include "model/result.h"

/* Lead time of n servers of an offer ordered together at a time, in hours, with its percentiles from sampled
 * orders (R type 7): 1,000 of them, or as many as draw two million pieces but at least 100. Not possible
 * where the quota, of which `used` units run already, forbids it, or where one order would take more than
 * MOST_ROUNDS rounds or draw a million
 * pieces. */
struct lead_time lead_time_of(const struct study *study, const struct offer *offer, int64_t n_servers,
                              int128 used, int64_t ordered_seconds);

/* The latest time of an order of which n servers are in service at a time, where stages keep hours: with
 * every stage at its mode, or with the draw that is the 90th percentile of orders placed at `ranked_at`. The
 * lead time is possible, and a process is in it. */
int64_t lead_order_by_base(const struct study *study, const struct offer *offer, int64_t n_servers,
                           int128 used, int64_t in_service_seconds);
int64_t lead_order_by_p90(const struct study *study, const struct offer *offer, int64_t n_servers,
                          int128 used, int64_t in_service_seconds, int64_t ranked_at);

/* Lead time of the last of several offers, of each of which n servers are ordered at one time in this order.
 * Crews with one name are one crew. Their processes have no limits to an order. */
struct lead_time lead_time_together(const struct study *study, const struct offer *const *offers,
                                    size_t n_offers, int64_t n_servers, int64_t ordered_seconds);

/* The base case of n servers where a process takes the place of the offer's own: seconds. */
int64_t lead_base_seconds(const struct offer *offer, const struct process *process, int64_t n_servers,
                          int64_t ordered_seconds);

#endif
