#ifndef FORECAST_QUANTILE_H
#define FORECAST_QUANTILE_H

#include <stdint.h>

struct arena;

/* The value below which a share (0 to 1) of n values lies; n is at least 1. Between two neighbours in
 * order it is on the straight line from one to the other: with n values from the least, number 0, to the
 * most, number n - 1, it is at number (n - 1) x share. The seventh of the nine definitions in Hyndman and Fan
 * (1996), which is the default of R's quantile(). The values stay as they are. */
double quantile(struct arena *arena, const double *values, int64_t n, double share);

#endif
