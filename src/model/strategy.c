#include "model/strategy.h"

const char *const knows_names[N_KNOWS] = {
    [KNOWS_ALL] = "all",
    [KNOWS_FORECAST] = "forecast",
    [KNOWS_NOTHING] = "nothing",
};
