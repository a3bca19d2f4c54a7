#ifndef SUPPLY_DELIVERY_H
#define SUPPLY_DELIVERY_H

#include "model/study.h"
#include "supply/rounds.h"

/* When the servers of an order are in service, in seconds after the order: the process of the offer,
 * cut into orders of max_per_order with orders_at_once under way; for a reservation the launches of the
 * offer it discounts, while `used` units of its quota run already. Base case: every duration its mode. When
 * it was ordered matters where delivery_keeps_hours. */
struct arrivals delivery(struct arena *arena, const struct study *study, const struct offer *offer,
                         int64_t n_servers, int128 used, int64_t ordered_seconds);

/* The offer's servers come through a stage that keeps other hours than 24x7. */
bool delivery_keeps_hours(const struct study *study, const struct offer *offer);

/* The latest time of an order whose last server is in service at a given time. */
int64_t delivery_order_by(const struct study *study, const struct offer *offer, int64_t n_servers,
                          int128 used, int64_t in_service_seconds);

/* Lead time of the quota increase asked for at a time, base case; 0 where the offer has none. */
int64_t quota_lead_seconds(struct arena *arena, const struct study *study, const struct offer *offer,
                           int64_t asked_seconds);

/* Rounds that n servers of an offer need: compare with MOST_ROUNDS. */
int64_t delivery_rounds(const struct study *study, const struct offer *offer, int64_t n_servers);

/* Seconds until n launches are in service when asked for at once while `used` units of their quota run:
 * start-up, the bucket, then the rate; beyond the quota after it is lifted. False where it never is. */
bool launch_seconds(const struct offer *offer, int64_t n_servers, int128 used, int64_t quota_lead,
                    int64_t *seconds);

#endif
