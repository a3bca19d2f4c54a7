#ifndef RUN_STRATEGY_RUN_H
#define RUN_STRATEGY_RUN_H

#include "ledger/bill.h"
#include "model/result.h"
#include "sim/serve.h"

struct arena;

/* The sums of a strategy from what was served and billed; checks the balances. False where a sum does
 * not fit into money. */
bool strategy_sum(struct arena *arena, const struct result *result, const struct served *served,
                  const struct bill *bill, struct strategy_result *strategy);

#endif
