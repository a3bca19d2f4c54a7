#include "plan/expect.h"

#include <math.h>

#include "base/arena.h"
#include "base/check.h"
#include "forecast/forecast.h"
#include "unit/calendar.h"

enum { LARGEST_NEED = 2000000000 };
#define NO_SERVER 1e-6 /* less than this is what is left of reckoning, and no server is bought for it */

static int64_t floor_divide(int64_t value, int64_t unit)
{
    int64_t rest = value % unit;
    return (value - rest) / unit - (rest < 0);
}

/* Steps that an event touches count, from `first_seconds` on. */
static const struct forecast_event *events_of(struct arena *arena, const struct forecasting *f,
                                              int64_t first_seconds, int64_t step_seconds)
{
    struct forecast_event *events = ARENA_NEW(arena, struct forecast_event, f->n_events);
    for (size_t i = 0; i < f->n_events; i++)
        events[i] = (struct forecast_event){
            floor_divide(f->events[i].from_seconds - first_seconds, step_seconds),
            floor_divide(f->events[i].to_seconds - first_seconds + step_seconds - 1, step_seconds),
            decimal_as_double(f->events[i].times)};
    return events;
}

static bool is_holt_winters(enum forecast_kind kind)
{
    return kind == FORECAST_HOLT_WINTERS_ADDITIVE || kind == FORECAST_HOLT_WINTERS_MULTIPLICATIVE;
}

/* Smoothing forgets: what is long ago costs time and changes little. */
static int64_t steps_to_fit(const struct known *known, int64_t season)
{
    int64_t most = EXPECT_RECENT_DAYS * (int64_t)DAY_SECONDS / known->step_seconds;
    most = most < EXPECT_RECENT_SEASONS * season ? EXPECT_RECENT_SEASONS * season : most;
    return known->n_known < most ? known->n_known : most;
}

static bool try_method(struct arena *arena, const struct known *known, const struct forecasting *f,
                       struct forecast_method method, int64_t n_steps, struct forecast *forecast)
{
    int64_t n = is_holt_winters(method.kind) ? steps_to_fit(known, method.lag) : known->n_known;
    int64_t left_out = known->n_known - n;
    method.headroom = 1;
    method.events =
        events_of(arena, f, known->first_seconds + left_out * known->step_seconds, known->step_seconds);
    method.n_events = f->n_events;
    return forecast_make(arena, known->demand + left_out, n, &method, n_steps, forecast);
}

static bool make_otherwise(struct arena *arena, const struct known *known, const struct forecasting *f,
                           int64_t n_steps, struct forecast *forecast)
{
    const int64_t lags[] = {f->season_seconds, WEEK_SECONDS, DAY_SECONDS};
    for (size_t i = 0; i < sizeof lags / sizeof *lags; i++) {
        struct forecast_method naive = {.kind = FORECAST_SEASONAL_NAIVE,
                                        .lag = lags[i] / known->step_seconds};
        if (lags[i] > 0 && lags[i] <= f->season_seconds &&
            try_method(arena, known, f, naive, n_steps, forecast))
            return true;
    }
    struct forecast_method largest = {.kind = FORECAST_PERCENTILE, .percentile = 100};
    return try_method(arena, known, f, largest, n_steps, forecast);
}

static int32_t whole_servers(double servers)
{
    double whole = ceil(servers - NO_SERVER);
    return whole >= LARGEST_NEED ? LARGEST_NEED : (int32_t)whole;
}

void expect(struct arena *arena, const struct known *known, const struct forecasting *f, int64_t n_steps,
            struct expectation *expectation)
{
    struct forecast forecast;
    struct forecast_method method = {.kind = f->kind,
                                     .lag = f->season_seconds / known->step_seconds,
                                     .has_smoothing = f->has_smoothing,
                                     .smoothing = f->smoothing,
                                     .percentile = decimal_as_double(f->percentile)};
    check(f->season_seconds % known->step_seconds == 0);
    *expectation = (struct expectation){.need = ARENA_NEW(arena, int32_t, n_steps)};
    if (!try_method(arena, known, f, method, n_steps, &forecast)) {
        expectation->reason = forecast.reason;
        if (!make_otherwise(arena, known, f, n_steps, &forecast))
            return;
    }
    double with_headroom = 1 + decimal_as_double(f->headroom);
    for (int64_t i = 0; i < n_steps; i++)
        expectation->need[i] = whole_servers(forecast.values[i] * with_headroom);
}
