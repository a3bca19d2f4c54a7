#include "model/result.h"

const char *const scope_names[] = {[SCOPE_NOT_COUNTED] = "not counted",
                                   [SCOPE_COUNTED] = "counted",
                                   [SCOPE_IN_ANOTHER] = "in another price"};

size_t result_n_charges(const struct result *result)
{
    size_t n = 0;
    for (size_t i = 0; i < result->n_strategies; i++)
        n += result->strategies[i].n_charges;
    return n;
}

bool result_scope_differs(const struct result *result)
{
    for (size_t c = 0; c < result->study->n_components; c++) {
        bool counted = false, missing = false;
        for (size_t i = 0; i < result->n_strategies; i++) {
            counted |= result->strategies[i].scope[c] == SCOPE_COUNTED;
            missing |= result->strategies[i].scope[c] == SCOPE_NOT_COUNTED;
        }
        if (counted && missing)
            return true;
    }
    return false;
}
