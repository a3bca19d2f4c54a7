#ifndef SUPPLY_KERNEL_H
#define SUPPLY_KERNEL_H

#include <stdint.h>

#include "unit/money.h"

/* The inner loops of the simulation: n steps of dense demand against a constant capacity. */

/* What n steps draw from a constant capacity. */
struct drawn {
    int64_t used;    /* sum of min(d, capacity) */
    int32_t n_above; /* steps in which d > capacity */
    int32_t largest; /* largest d */
};

struct drawn kernel_draw(const int32_t *d, int32_t n, int32_t capacity);

/* What stands above the capacity, r = max(0, d - capacity), and how it rises from step to step. */
struct residual {
    int64_t sum, rises; /* sum of r; sum of rises, the first against `before` */
    int32_t largest_rise, largest, last;
};

struct residual kernel_residual(const int32_t *d, int32_t n, int32_t capacity, int32_t before);

/* Sum of max(0, load - carried) over n steps, in millionths of a server. */
int128 kernel_sum_beyond(const int64_t *load, int32_t n, int64_t carried);

#endif
