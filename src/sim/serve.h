#ifndef SIM_SERVE_H
#define SIM_SERVE_H

#include "model/result.h"
#include "sim/follow.h"

struct arena;

/* What a plan's servers do for the demand. */
struct served {
    struct service *months;     /* [month] */
    struct service *periods;    /* [period] */
    int64_t *unmet_by_step;     /* [step] millionths of a server-second at target; NULL: not asked for */
    int32_t *peak_in_service;   /* [month] reference servers */
    struct followers followers; /* and what they ran, in their own servers */
    struct burst_view burst;
    struct burst_service *bursts; /* without their cost */
    size_t n_bursts;
};

/* Serves the demand with the lots of a plan and, where layers follow the need, their launches.
 * `by_step`: unmet load is wanted step by step too. need = served + shortfall and capacity = used + idle in
 * every month. The window is recorded step by step for the burst chart. */
struct served serve(struct arena *arena, const struct study *study, const struct timeline *timeline,
                    const struct demand *demand, const struct strategy *strategy, const struct plan *plan,
                    int64_t window_from, int64_t window_to, bool by_step);

#endif
