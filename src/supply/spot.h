#ifndef SUPPLY_SPOT_H
#define SUPPLY_SPOT_H

#include "model/study.h"

struct arena;

/* Time in which spot servers are in service: from start_up after the price came down to what the buyer
 * pays at most, to the hour in which it rises above. */
struct spot_window {
    int64_t from_seconds, to_seconds;
};

struct spot_windows {
    struct spot_window *items;
    size_t n_items, capacity;
};

/* The windows of an offer from decide_from on, ascending. */
struct spot_windows spot_windows(struct arena *arena, const struct study *study, const struct offer *offer);

#endif
