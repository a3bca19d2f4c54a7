#ifndef RATING_LEASE_METERED_H
#define RATING_LEASE_METERED_H

#include "model/price_family.h"
#include "model/study.h"
#include "model/timeline.h"
#include "rating/rate.h"

/* What is metered at each server of an offer for its time in service (`of: servers`). Tiers are of a month
 * and of all servers, so one server's share is bounded from below: every unit at the least price above
 * nothing that is in force, and what the tiers give for nothing taken off once a month. */
struct lease_metered {
    const struct metering *metering;
    struct price_family tiers;
};

/* False where a price row is not the first tier of such a component. */
bool lease_metered_of(const struct study *study, const struct offer *offer, const struct price_row *row,
                      struct lease_metered *metered);

/* The row with the least price in a period; NULL: there is none above nothing. */
const struct price_row *lease_metered_least(const struct lease_metered *m, const struct period *period);

/* What a server measures in a period, in units of the price. False where it does not fit. */
bool lease_metered_quantity(const struct study *study, const struct lease_metered *m,
                            const struct period *period, struct ticks *quantity);

/* What the tiers of a period give for nothing, in units of the price. */
struct ticks lease_metered_free(const struct lease_metered *m, const struct period *period);

#endif
