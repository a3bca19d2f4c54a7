#ifndef MODEL_CHARGE_H
#define MODEL_CHARGE_H

#include <stddef.h>
#include <stdint.h>

#include "model/offer.h"
#include "unit/money.h"

enum charge_category {
    CHARGE_PURCHASE, /* money falls due for something that lasts: effective is 0 */
    CHARGE_USAGE,    /* what was used or held; the share of a purchase that it uses up is effective only */
    CHARGE_HORIZON   /* what is left at the end: credit (negative) or obligation; not cash */
};

/* Of a commitment, what was used and what was not. */
enum charge_status { STATUS_NONE, STATUS_USED, STATUS_UNUSED };

/* One row of the ledger: quantity x price row. */
struct charge {
    enum charge_category category;
    enum charge_status status;
    int layer;
    int order; /* index into the plan's orders; -1: over all servers of the layer (racks, staff) */
    const struct price_row *price;
    int month;                                  /* in which it falls due: index into timeline.months */
    int64_t from_seconds, to_seconds;           /* what it is for */
    double billed_quantity, effective_quantity; /* in units of the price row; for people, money is exact */
    money billed, effective, list;
};

#endif
