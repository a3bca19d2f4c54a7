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

/* Present value of an amount: factors below 1 where the study has a discount rate. Rounded to millionths. */
money discounted(money amount, double factor);

/* Discount factors of months 0..n_months (the last is the end of the horizon); 1 without a rate. */
double *discount_factors(struct arena *arena, const struct study *study, int n_months);

#endif
