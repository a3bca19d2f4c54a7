#include "base/random.h"

/* The finalizer of SplitMix64 (Steele, Lea and Flood 2014): a bijection that mixes all bits. */
static uint64_t mix(uint64_t x)
{
    x += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

double random_uniform(uint64_t seed, uint64_t trial, struct str stream, uint64_t index)
{
    uint64_t state = mix(seed);
    for (size_t i = 0; i < stream.length; i++)
        state = mix(state ^ (unsigned char)stream.at[i]);
    state = mix(mix(state ^ trial) + index);
    return (double)(state >> 11) * 0x1p-53;
}
