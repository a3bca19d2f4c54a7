#include "model/forecast_method.h"

const char *const forecast_kind_names[N_FORECAST_KINDS] = {
    [FORECAST_SEASONAL_NAIVE] = "seasonal naive",
    [FORECAST_HOLT_WINTERS_ADDITIVE] = "Holt-Winters additive",
    [FORECAST_HOLT_WINTERS_MULTIPLICATIVE] = "Holt-Winters multiplicative",
    [FORECAST_PERCENTILE] = "percentile",
};
