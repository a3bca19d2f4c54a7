#ifndef SIM_WATCH_H
#define SIM_WATCH_H

#include "model/result.h"
#include "sim/follow.h"

struct arena;

/* Watches over the bursts while the demand is served. */
struct watch {
    const struct demand *demand;
    struct burst_service *items; /* by burst, then time */
    size_t n_items, capacity;
};

/* Part of a step: `base` reference servers and launches; seconds of the step. */
struct watched {
    const struct followers *followers;
    int64_t base, from_seconds, to_seconds;
};

struct watch watch_new(struct arena *arena, const struct study *study, const struct demand *demand);
/* The parts of a step in order of time, then what the step lost. */
void watch_part(struct watch *watch, int32_t step, const struct watched *part);
void watch_unmet(struct watch *watch, int32_t step, int128 unmet_micro);
/* When the last step has been served. */
void watch_end(struct watch *watch);

/* Is a burst on in a step, so that its parts are wanted? */
bool watch_sees(const struct watch *watch, int32_t step);
/* The first step after `step` for which that differs, `last` at most. */
int32_t watch_same_until(const struct watch *watch, int32_t step, int32_t last);

#endif
