#ifndef SIM_USE_H
#define SIM_USE_H

#include "model/result.h"

struct arena;

/* How much of each commitment and spot order is in use, by period. Layers serve in their order, within a
 * layer the orders of the plan: of an order's servers ceil((need - capacity below) / equals) are in use, as
 * far as it has them. `running`: the same as it is billed where running time is charged, each server's run
 * rounded up to the increment, the last started stopped first. Orders of other offers have no use (zeroed
 * rows). */
struct order_use *use_of_orders(struct arena *arena, const struct study *study,
                                const struct timeline *timeline, const struct demand *demand,
                                const struct strategy *strategy, const struct plan *plan);

#endif
