#ifndef PLAN_AHEAD_H
#define PLAN_AHEAD_H

#include "model/order.h"
#include "model/study.h"

struct arena;

/* What is decided before servers end: a contract with a notice renews until it is cancelled in time, and
 * hardware with an overlap is replaced while it still runs. */

/* When the end of a lot is decided, not before it begins: INT64_MAX where nothing is decided ahead of it. */
int64_t ahead_when(const struct offer *offer, const struct plan *plan, const struct lot *lot);

/* The first time in (after, before) at which an end of the layer is to be decided ahead; `before`: none. */
int64_t ahead_next(const struct plan *plan, int layer, const struct offer *offer, int64_t after,
                   int64_t before);

/* The earliest end of those of the layer that are due to be decided by now; INT64_MAX: none. */
int64_t ahead_due(const struct plan *plan, int layer, const struct offer *offer, int64_t now);

/* Servers of the layer that end then and are due, and when the first of them was. */
struct due {
    int64_t servers, since;
};
struct due ahead_due_at(const struct plan *plan, int layer, const struct offer *offer, int64_t now,
                        int64_t end);
/* Decides that `continued` of them go on and the others end. */
void ahead_decide(const struct plan *plan, int layer, const struct offer *offer, int64_t now, int64_t end,
                  int64_t continued);

/* Servers of the layer that end at a time and were not cancelled. */
int64_t ahead_continued(const struct plan *plan, int layer, int64_t end);
/* Those that end after `now` and not after `at`, were not cancelled, and are not renewed in the plan yet,
 * but will still be there after `at`. */
int64_t ahead_to_renew(const struct plan *plan, int layer, const struct offer *offer, int64_t now,
                       int64_t at);

/* When something takes the place of existing capacity before it ends; 0: nothing does. Where a layer of its
 * own continues its contract, nothing has to. */
int64_t ahead_handover(const struct layer *layer, const struct offer *offer,
                       const struct planned_order *existing);
/* The first time in (after, before) at which something takes the place of existing capacity of another offer
 * than the one of an index. */
int64_t ahead_next_handover(const struct study *study, int offer, int64_t after, int64_t before);

/* The plan as layers above see it: existing capacity ends when something else has taken its place. */
struct plan ahead_handed_over(struct arena *arena, const struct plan *plan);

#endif
