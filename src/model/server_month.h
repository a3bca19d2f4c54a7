#ifndef MODEL_SERVER_MONTH_H
#define MODEL_SERVER_MONTH_H

#include "model/offer.h"

/* What a month of 730 hours of one reference server takes of a price, for comparing offers by how much
 * they are used. */
struct server_month_part {
    const struct price_row *row; /* in force on the day */
    double quantity;             /* of row->unit, once however long it runs, or when it runs all the time */
    bool running;
};

/* An offer as a straight line: fixed + share of the hours in use x running. In money of the study, at the
 * prices of a day. What is metered, flat fees, and what has no term to be spread over are left out. */
struct server_month {
    int offer; /* index into study.offers */
    int64_t day_seconds;
    struct server_month_part *parts;
    size_t n_parts;
    size_t n_left_out; /* price rows in force without a part */
    double fixed, running;
};

#endif
