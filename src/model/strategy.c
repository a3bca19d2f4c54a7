#include "model/strategy.h"

const char *const knows_names[N_KNOWS] = {
    [KNOWS_ALL] = "all",
    [KNOWS_FORECAST] = "forecast",
    [KNOWS_NOTHING] = "nothing",
};

bool size_is_online(enum size_rule rule)
{
    return rule == SIZE_ONLINE || rule == SIZE_ONLINE_RANDOM || rule == SIZE_PAST_PERCENTILE;
}
