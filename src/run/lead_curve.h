#ifndef RUN_LEAD_CURVE_H
#define RUN_LEAD_CURVE_H

#include "model/result.h"

struct arena;

struct lead_curves {
    struct lead_curve_row *items;
    size_t n_items, capacity;
};

enum { TEN_MORE = 10 };

/* Adds the rows of an offer: 1 to 10,000 servers ordered at once, when orders may first be placed. */
void lead_curve_add(struct arena *arena, struct lead_curves *curves, const struct study *study,
                    const struct offer *offer, struct str process, struct str limits);

#endif
