#ifndef RUN_OPTIMUM_RUN_H
#define RUN_OPTIMUM_RUN_H

#include "model/optimum.h"
#include "model/result.h"

/* Holds the bill of an optimal strategy, with all its sums, against what its plan was to cost: sets
 * simulated_cost, gap and proved of its optimum. What is within the rounding of charges to millionths is no
 * gap. False where a sum does not fit into money. */
bool optimum_compare(const struct result *result, struct strategy_result *strategy);

/* result->regrets: every strategy against every optimal one that has all its offers, where the load lost
 * has a price or is the same. False where a sum does not
 * fit into money. */
bool regrets_make(struct arena *arena, struct result *result);

#endif
