#ifndef MODEL_PRICE_FAMILY_H
#define MODEL_PRICE_FAMILY_H

#include "model/offer.h"

/* All tiers of one metered component through time. Those that are in force together are a generation. */
struct price_family {
    const struct price_row *rows; /* by tier_from, then effective_from */
    size_t n_rows;
};

/* The rows that belong to the first of them. */
struct price_family price_family_of(const struct offer *offer, const struct price_row *first);

/* The day on which the set of tiers in force at a time began: prices that have ended hold until others
 * begin. Before the first, the first. */
int64_t price_generation_at(const struct price_family *f, int64_t seconds);

/* Is a tier in force in the generation that began at `began`: neither ended then nor replaced? */
bool price_in_force(const struct price_family *f, const struct price_row *row, int64_t began);

/* The tier in force behind one; NULL: it is the last. */
const struct price_row *price_next_tier(const struct price_family *f, const struct price_row *row,
                                        int64_t began);

#endif
