#ifndef PLAN_SIZE_H
#define PLAN_SIZE_H

#include "model/result.h"

struct arena;

/* The p-th percentile (0 to 100) of n values, R type 7, rounded up to a whole server. Reorders values. */
int32_t size_percentile(int32_t *values, int32_t n, struct decimal percent);

/* The highest level that is used in more than `least_steps` of n values (least_steps as a fraction
 * numerator / denominator of steps). 0 where there is none. Reorders values. */
int32_t size_used_level(int32_t *values, int32_t n, int128 numerator, int128 denominator);

int32_t size_peak(const int32_t *values, int32_t n);

#endif
