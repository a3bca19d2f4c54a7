#include "forecast/forecast.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "forecast/holt_winters.h"
#include "forecast/quantile.h"

/* One row for each kind: fills the values, or gives the reason. */
typedef void forecast_function(struct arena *arena, const double *history, int64_t n,
                               const struct forecast_method *method, struct forecast *forecast);

static void seasonal_naive(struct arena *arena, const double *history, int64_t n,
                           const struct forecast_method *method, struct forecast *forecast)
{
    check(method->lag >= 1);
    if (n < method->lag) {
        forecast->reason =
            str_format(arena, "it needs %" PRId64 " steps of history, there are %" PRId64, method->lag, n);
        return;
    }
    for (int64_t i = 0; i < forecast->n_values; i++)
        forecast->values[i] = history[n - method->lag + i % method->lag];
}

static struct str reason_against_seasons(struct arena *arena, const double *history, int64_t n,
                                         const struct forecast_method *method)
{
    if (method->lag < 2)
        return STR("a season has at least two steps");
    if (n / 2 < method->lag)
        return str_format(arena, "it needs two seasons, %" PRId64 " steps of history, there are %" PRId64,
                          2 * method->lag, n);
    for (int64_t i = 0; method->kind == FORECAST_HOLT_WINTERS_MULTIPLICATIVE && i < n; i++)
        if (history[i] <= 0)
            return STR("a multiplicative season needs values above 0, and the history holds a zero");
    return (struct str){0};
}

static void holt_winters(struct arena *arena, const double *history, int64_t n,
                         const struct forecast_method *method, struct forecast *forecast)
{
    bool multiplicative = method->kind == FORECAST_HOLT_WINTERS_MULTIPLICATIVE;
    forecast->reason = reason_against_seasons(arena, history, n, method);
    if (forecast->reason.length > 0)
        return;
    struct holt_winters start = holt_winters_start(arena, history, method->lag, multiplicative);
    forecast->smoothing =
        method->has_smoothing ? method->smoothing : holt_winters_fit(arena, &start, history, n);
    struct holt_winters end =
        holt_winters_run(&start, history, n, forecast->smoothing, ARENA_NEW(arena, double, method->lag));
    forecast->sse = end.sse;
    for (int64_t i = 0; i < forecast->n_values; i++)
        forecast->values[i] = holt_winters_expect(&end, n, i + 1);
}

static void percentile(struct arena *arena, const double *history, int64_t n,
                       const struct forecast_method *method, struct forecast *forecast)
{
    if (n < 1) {
        forecast->reason = STR("it needs a history");
        return;
    }
    double level = quantile(arena, history, n, method->percentile / 100) * method->headroom;
    for (int64_t i = 0; i < forecast->n_values; i++)
        forecast->values[i] = level;
}

static forecast_function *const functions[N_FORECAST_KINDS] = {
    [FORECAST_SEASONAL_NAIVE] = seasonal_naive,
    [FORECAST_HOLT_WINTERS_ADDITIVE] = holt_winters,
    [FORECAST_HOLT_WINTERS_MULTIPLICATIVE] = holt_winters,
    [FORECAST_PERCENTILE] = percentile,
};

/* The history as it would have been without events; itself where there are none. */
static const double *without_events(struct arena *arena, const double *history, int64_t n,
                                    const struct forecast_method *method)
{
    if (method->n_events == 0)
        return history;
    double *plain = ARENA_NEW(arena, double, n);
    memcpy(plain, history, (size_t)n * sizeof *plain);
    for (size_t j = 0; j < method->n_events; j++) {
        const struct forecast_event *event = &method->events[j];
        check(event->factor > 0);
        for (int64_t i = event->from < 0 ? 0 : event->from; i < event->to && i < n; i++)
            plain[i] /= event->factor;
    }
    return plain;
}

static void add_events(const struct forecast_method *method, int64_t n, struct forecast *forecast)
{
    for (size_t j = 0; j < method->n_events; j++) {
        const struct forecast_event *event = &method->events[j];
        int64_t from = event->from - n, to = event->to - n;
        for (int64_t i = from < 0 ? 0 : from; i < to && i < forecast->n_values; i++)
            forecast->values[i] *= event->factor;
    }
}

/* Demand is not negative, though a falling line ends below 0. */
static bool finish(struct forecast *forecast)
{
    for (int64_t i = 0; i < forecast->n_values; i++) {
        if (!isfinite(forecast->values[i]))
            return false;
        if (forecast->values[i] < 0)
            forecast->values[i] = 0;
    }
    return true;
}

bool forecast_make(struct arena *arena, const double *history, int64_t n,
                   const struct forecast_method *method, int64_t horizon, struct forecast *forecast)
{
    check(n >= 0 && horizon >= 0 && method->kind < N_FORECAST_KINDS);
    *forecast = (struct forecast){.values = ARENA_NEW(arena, double, horizon), .n_values = horizon};
    functions[method->kind](arena, without_events(arena, history, n, method), n, method, forecast);
    if (forecast->reason.length > 0)
        return false;
    add_events(method, n, forecast);
    if (!finish(forecast))
        forecast->reason = STR("its level or a season came to 0");
    return forecast->reason.length == 0;
}
