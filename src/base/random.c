#include "base/random.h"

/* The finalizer of SplitMix64 (Steele, Lea and Flood 2014): a bijection that mixes all bits. */
static uint64_t mix(uint64_t x)
{
    x += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

uint64_t random_stream(uint64_t seed, uint64_t trial, struct str stream)
{
    uint64_t state = mix(seed);
    for (size_t i = 0; i < stream.length; i++)
        state = mix(state ^ (unsigned char)stream.at[i]);
    return mix(state ^ trial);
}

double random_in_stream(uint64_t stream, uint64_t index)
{
    return (double)(mix(stream + index) >> 11) * 0x1p-53;
}

double random_uniform(uint64_t seed, uint64_t trial, struct str stream, uint64_t index)
{
    return random_in_stream(random_stream(seed, trial, stream), index);
}
