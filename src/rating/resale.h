#ifndef RATING_RESALE_H
#define RATING_RESALE_H

#include "model/offer.h"

enum { RESALE_UNIT = 1000000000 };

/* The share of its price for which a server is sold at an age within a life of `length` seconds, in
 * billionths: a straight line between the points of the offer, from 100 % when new, level after the last.
 * 0 where the offer has no points. */
int64_t resale_share(const struct offer *offer, int64_t age_seconds, int64_t length_seconds);

#endif
