#ifndef FORECAST_FORECAST_H
#define FORECAST_FORECAST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "model/forecast_method.h"

struct arena;

/* What is expected after a history. */
struct forecast {
    double *values; /* one for each step of the horizon, in the unit of the history; never below 0 */
    int64_t n_values;
    struct smoothing smoothing; /* Holt-Winters: as given, or as fitted */
    double sse;                 /* Holt-Winters: squared one-step errors, from the second season on */
    struct str reason;          /* why there is none; empty where there is one */
};

/* Forecasts `horizon` steps that follow a history of n values, none below 0, at equal steps. Reads nothing
 * else: whoever knows the first n values of a demand gives these, and what comes after cannot matter.
 *
 * Seasonal naive repeats the last `lag` values. Holt-Winters wants two seasons, and multiplicative ones
 * values above 0 (holt_winters.h). The percentile is of all values, as in quantile.h. Events of the past
 * are divided out before, those of the horizon multiplied in afterwards.
 *
 * False, with a reason, where the history is too short for the method or does not suit it. Everything of
 * the result comes from the arena. */
bool forecast_make(struct arena *arena, const double *history, int64_t n,
                   const struct forecast_method *method, int64_t horizon, struct forecast *forecast);

#endif
