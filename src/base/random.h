#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stdint.h>

#include "base/str.h"

/* A draw is a function of (seed, trial, stream name, index): nothing depends on the order of draws.
 * Uniform in [0, 1), 53 bits. */
double random_uniform(uint64_t seed, uint64_t trial, struct str stream, uint64_t index);

/* The same in two steps, where many draws come from one stream: the first is random_stream, then
 * random_in_stream for each index. */
uint64_t random_stream(uint64_t seed, uint64_t trial, struct str stream);
double random_in_stream(uint64_t stream, uint64_t index);

#endif
