#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "model/result.h"

struct arena;

/* Turns demand and offers into the orders and lots of a strategy, layer by layer from the bottom.
 * False where an order would take more than MOST_ROUNDS rounds of work: *problem says which. */
bool plan_make(struct arena *arena, const struct study *study, const struct demand *demand,
               const struct strategy *strategy, struct plan *plan, struct str *problem);

#endif
