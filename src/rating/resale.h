#ifndef RATING_RESALE_H
#define RATING_RESALE_H

#include "model/offer.h"

enum { RESALE_UNIT = 1000000000 };

/* The share of its price for which a server in service since `from` is sold at a time, in billionths: by
 * its age in months and the part of the next one, a straight line between the points of the offer, from
 * 100 % when new, level after the last. 0 where the offer has no points. */
int64_t resale_share(const struct offer *offer, int64_t from, int64_t at);

#endif
