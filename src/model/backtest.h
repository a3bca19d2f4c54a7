#ifndef MODEL_BACKTEST_H
#define MODEL_BACKTEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "model/forecast_method.h"

/* How far a forecast was from what came: error = forecast - real, over the steps held out. */
struct forecast_errors {
    double mae;        /* mean of |error|, reference servers */
    double rmse;       /* root of the mean of error squared */
    double bias;       /* mean of the error: above 0, too much was expected */
    double wape;       /* sum of |error| / sum of real; only where has_wape: where something was real */
    double mape;       /* mean of |error| / real; only where has_mape: where no real value is 0 */
    double peak_ratio; /* largest forecast / largest real value; only where has_wape */
    bool has_wape, has_mape;
};

/* A method, and how it did. */
struct backtest_row {
    struct str name;               /* of its kind, as in forecast_kind_names */
    struct str parameters;         /* for people: "lag 168 h" */
    struct forecast_method method; /* smoothing as used, also where it was fitted */
    int64_t lag_seconds;           /* of seasonal naive and Holt-Winters; 0: none */
    struct str reason;             /* why it could not be run; empty where it was */
    struct forecast_errors errors;
    int rank; /* by WAPE, 1 is best; the earlier row of equals; 0: not ranked */
};

/* The end of a history, forecast by every method from what was before it. */
struct backtest {
    int64_t first_seconds, step_seconds; /* of the history */
    int64_t n_values, n_held_out;        /* held out: the last of the values */
    int64_t n_zeros;                     /* among the values held out */
    double real_mean, real_peak;         /* of the values held out, reference servers */
    struct backtest_row *rows;           /* seasonal naive first */
    size_t n_rows;
    struct str verdict; /* the best method, and whether it does better than seasonal naive */
};

#endif
