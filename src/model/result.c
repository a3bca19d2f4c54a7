#include "model/result.h"

size_t result_n_charges(const struct result *result)
{
    size_t n = 0;
    for (size_t i = 0; i < result->n_strategies; i++)
        n += result->strategies[i].n_charges;
    return n;
}
