#ifndef RUN_BACKTEST_H
#define RUN_BACKTEST_H

#include "model/backtest.h"
#include "model/demand.h"

struct arena;

/* How many steps are held out where nobody says: a tenth of the history, 28 days at most, in whole days where
 * that is a day or more; at least one step. */
int64_t backtest_hold_out(const struct history *history);

/* Forecasts the last n_held_out steps of a history, 1 to all but one, by every method from the values before
 * them, and measures. Methods that cannot be run stay in the list with the reason. Memory comes from the
 * arena. */
void backtest_make(struct arena *arena, const struct history *history, int64_t n_held_out,
                   struct backtest *backtest);

/* The errors of n forecast values, n at least 1. Which measures there are where values are 0: Hyndman and
 * Koehler (2006), with WAPE the ratio of the mean absolute error to the mean. */
struct forecast_errors forecast_errors(const double *forecast, const double *real, int64_t n);

#endif
