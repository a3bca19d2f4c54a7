#ifndef SIM_FOLLOW_H
#define SIM_FOLLOW_H

#include "model/order.h"
#include "model/study.h"
#include "model/timeline.h"
#include "supply/availability.h"
#include "supply/launch.h"

struct arena;
struct residual;

/* A layer that follows the need with launches. */
struct follower {
    const struct offer *offer;
    int layer;
    struct launcher launcher;
    int64_t quota_lifted_seconds;
    bool left_out; /* launches nothing */
    bool draws_capacity;
    struct capacity_draw draw;
    struct launched launched; /* of the step at hand */
    int64_t asked;            /* servers that it is to have in the step */
    int64_t *running_seconds; /* [period] server-seconds billed */
    int64_t *follow_seconds;  /* [period] those in service */
    int64_t most_running;
};

/* The layers that follow the need, the last ones of a strategy. The first one serves what is needed beyond
 * what is committed, up to its quota, the next one what is left. */
struct followers {
    struct arena *arena;
    const struct study *study;
    const struct strategy *strategy;
    const struct timeline *timeline;
    const struct demand *demand;
    struct follower *items;
    size_t n_items;
};

/* Reference servers committed in a step, and what they count against quotas. */
struct committed {
    int64_t fewest, most; /* at a time in it */
    int64_t before;       /* just before it, where that ended less than a step ago; otherwise as the first */
    const int128 *sharing_quota; /* [follower] units of its quota */
};

struct followers followers_new(struct arena *arena, const struct study *study,
                               const struct timeline *timeline, const struct demand *demand,
                               const struct strategy *strategy, const struct plan *plan);

/* Launches for a step of a period. `foreseen`: the buyer knew of the need, as far as he knows anything. */
void followers_launch(struct followers *f, int32_t step, int period, const struct committed *committed,
                      bool foreseen);

/* Of the step at hand: reference servers in service at a second; server-seconds of [from, to); the first
 * second at which so many are there, or INT64_MAX; server-seconds before the step of what was launched ahead.
 */
int64_t followers_at(const struct followers *f, int64_t seconds);
int64_t followers_between(const struct followers *f, int64_t from, int64_t to);
int64_t followers_when(const struct followers *f, int64_t n_reference);
int64_t followers_early(const struct followers *f);

/* Steps [first, last) that need not be walked: launches are all there in time, all of the first layer.
 * `level` reference servers are committed throughout; *residual is what is launched. False where they have to
 * be walked; otherwise everything is left as if they had been. */
bool followers_sum(struct followers *f, int32_t first, int32_t last, int period, int64_t level,
                   const struct committed *committed, struct residual *residual);

#endif
