#ifndef SUPPLY_STRETCH_H
#define SUPPLY_STRETCH_H

#include <stddef.h>
#include <stdint.h>

#include "model/order.h"

struct arena;

/* Time in which the number of servers in service does not change. */
struct stretch {
    int64_t from_seconds, to_seconds;
    int64_t servers, spares;
};

struct stretches {
    struct stretch *items;
    size_t n_items, capacity;
};

/* The servers of the lots with a layer's orders (or of all layers: -1) through [from, to), without
 * holes: the first stretch begins at `from`, the last ends at `to`. */
struct stretches supply_stretches(struct arena *arena, const struct plan *plan, int layer, int64_t from,
                                  int64_t to);
/* The same of one order. */
struct stretches order_stretches(struct arena *arena, const struct plan *plan, int order, int64_t from,
                                 int64_t to);

#endif
