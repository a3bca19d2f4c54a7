#include "model/study.h"

bool study_is_capex(const struct study *study, size_t component)
{
    for (size_t i = 0; i < study->n_capex; i++)
        if (str_equal(study->capex[i], study->components[component]))
            return true;
    return false;
}
