#ifndef PLAN_SIGHT_H
#define PLAN_SIGHT_H

#include <stdbool.h>
#include <stdint.h>

#include "model/result.h"

struct arena;

/* The need as the buyer of a strategy sees it. A planner has the demand nowhere else: what a buyer is not to
 * know when he decides does not get past here. */
struct sight;

/* The plan is the one being made: what it holds was decided by the same buyer. */
struct sight *sight_new(struct arena *arena, const struct study *study, const struct demand *demand,
                        const struct strategy *strategy, const struct plan *plan);

/* The need that the layers already planned leave to the next, step by step, from which a size for the time
 * [from, to) is taken that is decided at `decided`; returns how many steps. `values` has room for all of the
 * study.
 *
 * A buyer who knows all sees the steps themselves; with `touched`, also one that the time only touches. One
 * who forecasts sees what he expects of them, less what he holds and has ordered of the layers below, which
 * he expects to keep. One who knows nothing sees the same length of time just over, and its real need. */
int32_t sight_need(struct sight *sight, int64_t decided, int64_t from, int64_t to, bool touched,
                   int32_t *values);

/* The next layer is planned: its servers come off the need; a step counts the fewest in service within it. */
void sight_leave(struct sight *sight, int layer, const struct offer *offer);

/* Ends it; says what was forecast. */
struct forecasts_made sight_close(struct sight *sight);

#endif
