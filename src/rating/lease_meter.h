#ifndef RATING_LEASE_METER_H
#define RATING_LEASE_METER_H

#include <stdbool.h>

#include "model/timeline.h"
#include "unit/money.h"

struct arena;

/* What one server costs by when it is ordered, starts and ends, as strategies are compared: what falls due
 * until the end of the horizon, less what is credited or plus what is owed then, each discounted by its
 * month. The sums are those of the ledger before they are rounded, with three exceptions, all downwards:
 * of racks and administrators a server counts its share; of what is metered at servers each unit counts at
 * the least price above nothing that is in force; what else is metered is left out. */
struct lease_meter;

struct lease {
    int64_t ordered_seconds;          /* the day whose prices it keeps; of a reservation: from_seconds */
    int64_t from_seconds, to_seconds; /* a term; the end may lie behind the horizon */
    bool renewal;                     /* pays no `once` */
    int months_left;                  /* contract months that an early end at to_seconds leaves out; or 0 */
};

/* Cumulative meters of the prices of an offer. A millionth of the currency has `parts` parts. */
struct lease_meter *lease_meter_make(struct arena *arena, const struct study *study,
                                     const struct timeline *timeline, const struct offer *offer,
                                     int64_t parts);

/* The whole term of a lease, used or not, in parts. It starts within the horizon. False on overflow. */
bool lease_meter_cost(const struct lease_meter *meter, const struct lease *lease, int64_t *parts);

/* One server in use through [from, to) within the horizon, at the running prices of each day; of a
 * commitment, at the lowest its orders could keep; on demand with what is metered at it. Nothing where none
 * is in force yet. */
bool lease_meter_running(const struct lease_meter *meter, int64_t from, int64_t to, int64_t *parts);

/* What the prices of an offer give for nothing of that which is metered at its servers, in all months, at the
 * price that the above counts: however many servers there are, they cost no less than the sum of the above
 * less this. */
bool lease_meter_free(const struct lease_meter *meter, int64_t *parts);

/* A server's load unmet through [from, to) of one month, at the study's unmet_cost. */
bool lease_meter_unmet(const struct lease_meter *meter, int64_t from, int64_t to, int64_t *parts);

#endif
