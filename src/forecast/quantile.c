#include "forecast/quantile.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"

static int compare_doubles(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

double quantile(struct arena *arena, const double *values, int64_t n, double share)
{
    check(n >= 1 && share >= 0 && share <= 1);
    double *sorted = ARENA_NEW(arena, double, n);
    memcpy(sorted, values, (size_t)n * sizeof *values);
    qsort(sorted, (size_t)n, sizeof *sorted, compare_doubles);
    double at = (double)(n - 1) * share;
    int64_t below = (int64_t)at;
    if (below >= n - 1)
        return sorted[n - 1];
    double rest = at - (double)below;
    return (1 - rest) * sorted[below] + rest * sorted[below + 1];
}
