#ifndef LEDGER_MEASURE_H
#define LEDGER_MEASURE_H

#include "ledger/biller.h"

/* How much there is of a metered component, in millionths of its unit. */
struct measured {
    int128 *micro;    /* [period] */
    int128 *included; /* [month] free of charge */
    int128 at_least;  /* a month */
};

/* base x each, rounded cumulatively from the first period on, so that the parts add up to the whole:
 * bytes, requests or hours that the load makes; what servers take or keep in their time in service. Load
 * that is lost makes nothing. 95th percentiles: the k-th smallest of the month's steps, k = ceil(0.95 n),
 * at the end of the month. */
struct measured measure(struct biller *b, const struct offer *offer, const struct price_row *series,
                        int layer);

int128 measure_micro(struct decimal d);

#endif
