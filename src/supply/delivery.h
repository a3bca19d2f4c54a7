#ifndef SUPPLY_DELIVERY_H
#define SUPPLY_DELIVERY_H

#include "model/study.h"
#include "supply/booked.h"
#include "supply/rounds.h"

/* When the servers of an order are in service, in seconds after the order: the process of the offer,
 * cut into orders of max_per_order with orders_at_once under way; for a reservation the launches of the
 * offer it discounts, while `used` units of its quota run already. Base case: every duration its mode. When
 * it was ordered matters where delivery_keeps_hours. */
struct arrivals delivery(struct arena *arena, const struct study *study, const struct offer *offer,
                         int64_t n_servers, int128 used, int64_t ordered_seconds);

/* The same as it is simulated: where the study draws it, launches wait for capacity, which nobody foresees.
 */
struct arrivals delivery_simulated(struct arena *arena, const struct study *study, const struct offer *offer,
                                   int64_t n_servers, int128 used, int64_t ordered_seconds);

/* The same for an order of a plan, whose crews have the time that orders before it have not booked; tells
 * what it takes of it. Orders cut up by max_per_order have crews of their own and book nothing. */
struct arrivals delivery_booked(struct arena *arena, const struct study *study, const struct offer *offer,
                                int64_t n_servers, int128 used, int64_t ordered_seconds,
                                const struct bookings *bookings, struct booking_list *taken);

/* The offer's servers come through a stage that keeps other hours than 24x7. */
bool delivery_keeps_hours(const struct study *study, const struct offer *offer);

/* The latest time of an order whose last server is in service at a given time. */
int64_t delivery_order_by(const struct study *study, const struct offer *offer, int64_t n_servers,
                          int128 used, int64_t in_service_seconds);

/* The same with what is booked: the latest, or near it, as who orders later may then be served earlier; not
 * looked for further back than `earliest`, before which none is in time. */
int64_t delivery_booked_order_by(const struct study *study, const struct offer *offer, int64_t n_servers,
                                 int128 used, int64_t in_service_seconds, int64_t earliest,
                                 const struct bookings *bookings);

/* Lead time of the quota increase asked for at a time, base case; 0 where the offer has none. */
int64_t quota_lead_seconds(struct arena *arena, const struct study *study, const struct offer *offer,
                           int64_t asked_seconds);

/* Rounds that n servers of an offer need: compare with MOST_ROUNDS. */
int64_t delivery_rounds(const struct study *study, const struct offer *offer, int64_t n_servers);

/* What launches wait for: the quota to be lifted, and capacity to be there for those within the quota and,
 * once it is lifted, for those beyond. */
struct launch_waits {
    int64_t quota, within, beyond; /* seconds */
};
/* Seconds until n launches are in service when asked for at once while `used` units of their quota run:
 * their waits, start-up, the bucket, then the rate. False where the quota is in the way and stays. */
bool launch_seconds(const struct offer *offer, int64_t n_servers, int128 used,
                    const struct launch_waits *waits, int64_t *seconds);

#endif
