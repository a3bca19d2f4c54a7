#ifndef FORECAST_HOLT_WINTERS_H
#define FORECAST_HOLT_WINTERS_H

#include <stdbool.h>
#include <stdint.h>

#include "model/forecast_method.h"

struct arena;

/* Exponential smoothing of level, trend and season (Holt 1957, Winters 1960), reckoned as the function
 * HoltWinters() of R's package stats does, so that its figures can be reproduced.
 *
 * Value x at step t, of a series with f steps a season, against what was expected of it, from the level l and
 * the trend b of the step before and the season s of the season before:
 *
 *     additive:        expected = l + b + s     l' = alpha (x - s) + (1 - alpha) (l + b)
 *                                               s' = gamma (x - l') + (1 - gamma) s
 *     multiplicative:  expected = (l + b) s     l' = alpha (x / s) + (1 - alpha) (l + b)
 *                                               s' = gamma (x / l') + (1 - gamma) s
 *     both:                                     b' = beta (l' - l) + (1 - beta) b
 *
 * All share one state: what is known after the last value that was seen. */
struct holt_winters {
    bool multiplicative;
    int64_t season; /* steps, at least 2 */
    double level, trend;
    double *seasons; /* [season]: of the steps i, i + season, ... of the series; owned by an arena */
    double sse;      /* squared differences from what was expected, added up from the second season on */
};

/* The state after the first season, from the first two, as R does: the moving average over a season is the
 * trend of the middle; its straight line gives level (where that line begins) and trend; the mean difference,
 * or ratio, of the values from it gives the seasons, made to be 0, or 1, in the mean. Needs
 * 2 x season values. */
struct holt_winters holt_winters_start(struct arena *arena, const double *values, int64_t season,
                                       bool multiplicative);

/* The state after all n values: those from the second season on are taken in, one after the other.
 * `seasons` is room for the seasons of the result, [season]. Numbers become infinite or NaN where a
 * multiplicative level or season reaches 0. */
struct holt_winters holt_winters_run(const struct holt_winters *start, const double *values, int64_t n,
                                     struct smoothing smoothing, double *seasons);

/* The smoothing with the least sum of squared one-step errors that a search from several points finds. */
struct smoothing holt_winters_fit(struct arena *arena, const struct holt_winters *start, const double *values,
                                  int64_t n);

/* What is expected `ahead` steps (at least 1) after the last of n values. */
double holt_winters_expect(const struct holt_winters *state, int64_t n, int64_t ahead);

#endif
