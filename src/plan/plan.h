#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "model/result.h"

struct arena;

/* Why a strategy cannot be planned, and where it was read. Empty text: it can. */
struct plan_problem {
    struct str text;
    const char *hint;
    struct place place;
};

/* Turns demand and offers into the orders and lots of a strategy, layer by layer from the bottom.
 * False and *problem where an order takes more than MOST_ROUNDS rounds of work, or where a hand-written
 * renewal continues servers that are not there. */
bool plan_make(struct arena *arena, const struct study *study, const struct demand *demand,
               const struct strategy *strategy, struct plan *plan, struct plan_problem *problem);

/* The plan of an optimal strategy with its orders made by another rule; the optimum is taken as it is. */
bool plan_again(struct arena *arena, const struct study *study, const struct demand *demand,
                const struct strategy *strategy, struct optimum *optimum, int order_rule, struct plan *plan,
                struct plan_problem *problem);

#endif
