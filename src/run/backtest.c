#include "run/backtest.h"

#include <inttypes.h>
#include <math.h>

#include "base/arena.h"
#include "base/check.h"
#include "forecast/forecast.h"
#include "unit/calendar.h"

enum { MOST_HELD_OUT_DAYS = 28 };

/* A method in units of time. Without a lag: a percentile. */
struct contender {
    enum forecast_kind kind;
    int64_t lag_seconds;
    bool is_given;
    double percentile, headroom;
};

#define DAILY DAY_SECONDS
#define WEEKLY WEEK_SECONDS
#define YEARLY (364 * (int64_t)DAY_SECONDS) /* whole weeks: a Monday stands for a Monday */

/* Slow: a trend that follows every hour runs away within a month. */
static const struct smoothing given_smoothing = {0.1, 0.001, 0.1};

/* Of equals the earlier one is the better: seasonal naive first, as there is nothing in it to choose. */
static const struct contender contenders[] = {
    {.kind = FORECAST_SEASONAL_NAIVE, .lag_seconds = DAILY},
    {.kind = FORECAST_SEASONAL_NAIVE, .lag_seconds = WEEKLY},
    {.kind = FORECAST_SEASONAL_NAIVE, .lag_seconds = YEARLY},
    {.kind = FORECAST_HOLT_WINTERS_ADDITIVE, .lag_seconds = DAILY},
    {.kind = FORECAST_HOLT_WINTERS_ADDITIVE, .lag_seconds = WEEKLY},
    {.kind = FORECAST_HOLT_WINTERS_ADDITIVE, .lag_seconds = WEEKLY, .is_given = true},
    {.kind = FORECAST_HOLT_WINTERS_MULTIPLICATIVE, .lag_seconds = DAILY},
    {.kind = FORECAST_HOLT_WINTERS_MULTIPLICATIVE, .lag_seconds = WEEKLY},
    {.kind = FORECAST_HOLT_WINTERS_MULTIPLICATIVE, .lag_seconds = WEEKLY, .is_given = true},
    {.kind = FORECAST_PERCENTILE, .percentile = 50, .headroom = 1},
    {.kind = FORECAST_PERCENTILE, .percentile = 95, .headroom = 1.2},
};

int64_t backtest_hold_out(const struct history *history)
{
    int64_t step = history->step_seconds, steps = history->n_values / 10;
    int64_t most = MOST_HELD_OUT_DAYS * (int64_t)DAY_SECONDS / step;
    int64_t day = DAY_SECONDS % step == 0 ? DAY_SECONDS / step : 1;
    steps = steps < most ? steps : most;
    steps -= steps >= day ? steps % day : 0;
    return steps < 1 ? 1 : steps;
}

/* ---- measures ---- */

struct forecast_errors forecast_errors(const double *forecast, const double *real, int64_t n)
{
    check(n >= 1);
    struct forecast_errors e = {.has_mape = true};
    double sum = 0, most_expected = 0, most_real = 0;
    for (int64_t i = 0; i < n; i++) {
        double error = forecast[i] - real[i], distance = fabs(error);
        e.mae += distance;
        e.rmse += error * error;
        e.bias += error;
        e.has_mape = e.has_mape && real[i] > 0;
        e.mape += e.has_mape ? distance / real[i] : 0;
        sum += real[i];
        most_expected = fmax(most_expected, forecast[i]);
        most_real = fmax(most_real, real[i]);
    }
    e.has_wape = sum > 0;
    e.wape = e.has_wape ? e.mae / sum : 0;
    e.peak_ratio = e.has_wape ? most_expected / most_real : 0;
    e.mape = e.has_mape ? e.mape / (double)n : 0;
    e.mae /= (double)n;
    e.bias /= (double)n;
    e.rmse = sqrt(e.rmse / (double)n);
    return e;
}

/* ---- rows ---- */

static struct str lag_text(struct arena *arena, int64_t seconds)
{
    if (seconds > WEEK_SECONDS)
        return str_format(arena, "%" PRId64 " d", seconds / DAY_SECONDS);
    return str_format(arena, "%" PRId64 " h", seconds / HOUR_SECONDS);
}

static struct str parameters_text(struct arena *arena, const struct backtest_row *row)
{
    const struct forecast_method *m = &row->method;
    struct str lag = lag_text(arena, row->lag_seconds);
    if (m->kind == FORECAST_PERCENTILE)
        return str_format(arena, "p%g x %g", m->percentile, m->headroom);
    if (m->kind == FORECAST_SEASONAL_NAIVE)
        return str_format(arena, "lag %.*s", STR_ARGS(lag));
    if (!m->has_smoothing && row->reason.length > 0)
        return str_format(arena, "season %.*s, fitted", STR_ARGS(lag));
    return str_format(arena, "season %.*s, %s %.3f/%.3f/%.3f", STR_ARGS(lag),
                      m->has_smoothing ? "given" : "fitted", m->smoothing.alpha, m->smoothing.beta,
                      m->smoothing.gamma);
}

static bool has_lag(const struct contender *c)
{
    return c->kind != FORECAST_PERCENTILE;
}

static struct backtest_row row_of(const struct contender *c, int64_t step_seconds)
{
    return (struct backtest_row){.name = str_of(forecast_kind_names[c->kind]),
                                 .lag_seconds = c->lag_seconds,
                                 .method = {.kind = c->kind,
                                            .lag = c->lag_seconds / step_seconds,
                                            .has_smoothing = c->is_given,
                                            .smoothing = given_smoothing,
                                            .percentile = c->percentile,
                                            .headroom = c->headroom}};
}

static struct backtest_row try_contender(struct arena *arena, const struct contender *c,
                                         const struct history *history, int64_t n_held_out)
{
    struct backtest_row row = row_of(c, history->step_seconds);
    struct forecast forecast = {0};
    int64_t n = history->n_values - n_held_out;
    if (has_lag(c) && c->lag_seconds % history->step_seconds != 0)
        forecast.reason =
            str_format(arena, "%.*s are no whole number of steps", STR_ARGS(lag_text(arena, c->lag_seconds)));
    else if (forecast_make(arena, history->values, n, &row.method, n_held_out, &forecast))
        row.errors = forecast_errors(forecast.values, history->values + n, n_held_out);
    row.reason = forecast.reason;
    if (!row.method.has_smoothing)
        row.method.smoothing = forecast.smoothing;
    row.parameters = parameters_text(arena, &row);
    return row;
}

/* ---- ranks and verdict ---- */

static bool is_ranked(const struct backtest_row *row)
{
    return row->reason.length == 0 && row->errors.has_wape;
}

static void rank_rows(struct backtest *b)
{
    for (size_t i = 0; i < b->n_rows; i++) {
        for (size_t j = 0; is_ranked(&b->rows[i]) && j < b->n_rows; j++) {
            double difference = b->rows[j].errors.wape - b->rows[i].errors.wape;
            b->rows[i].rank += is_ranked(&b->rows[j]) && (difference < 0 || (difference == 0 && j <= i));
        }
    }
}

/* The one with the lowest rank, of all or of seasonal naive; NULL where none is ranked. */
static const struct backtest_row *best_row(const struct backtest *b, bool only_naive)
{
    const struct backtest_row *best = NULL;
    for (size_t i = 0; i < b->n_rows; i++) {
        const struct backtest_row *row = &b->rows[i];
        bool counts = row->rank > 0 && (!only_naive || row->method.kind == FORECAST_SEASONAL_NAIVE);
        if (counts && (best == NULL || row->rank < best->rank))
            best = row;
    }
    return best;
}

static struct str verdict_text(struct arena *arena, const struct backtest *b)
{
    const struct backtest_row *best = best_row(b, false), *naive = best_row(b, true);
    if (best == NULL)
        return STR("Nothing is ranked: what was held out is 0 throughout.");
    struct str start = str_format(arena, "Best by WAPE: %.*s, %.*s: %.2f %%", STR_ARGS(best->name),
                                  STR_ARGS(best->parameters), 100 * best->errors.wape);
    if (naive == NULL)
        return str_format(arena, "%.*s. Seasonal naive could not be run.", STR_ARGS(start));
    if (best == naive)
        return str_format(arena, "%.*s. No method does better than seasonal naive.", STR_ARGS(start));
    return str_format(arena, "%.*s, %.1f %% less than the best seasonal naive (%.*s: %.2f %%).",
                      STR_ARGS(start), 100 * (1 - best->errors.wape / naive->errors.wape),
                      STR_ARGS(naive->parameters), 100 * naive->errors.wape);
}

static void measure_real(const struct history *history, struct backtest *b)
{
    for (int64_t i = b->n_values - b->n_held_out; i < b->n_values; i++) {
        b->n_zeros += history->values[i] == 0;
        b->real_mean += history->values[i] / (double)b->n_held_out;
        b->real_peak = fmax(b->real_peak, history->values[i]);
    }
}

void backtest_make(struct arena *arena, const struct history *history, int64_t n_held_out,
                   struct backtest *backtest)
{
    check(n_held_out >= 1 && n_held_out < history->n_values);
    *backtest = (struct backtest){.first_seconds = history->first_seconds,
                                  .step_seconds = history->step_seconds,
                                  .n_values = history->n_values,
                                  .n_held_out = n_held_out,
                                  .n_rows = sizeof contenders / sizeof contenders[0]};
    measure_real(history, backtest);
    backtest->rows = ARENA_NEW(arena, struct backtest_row, backtest->n_rows);
    for (size_t i = 0; i < backtest->n_rows; i++)
        backtest->rows[i] = try_contender(arena, &contenders[i], history, n_held_out);
    rank_rows(backtest);
    backtest->verdict = verdict_text(arena, backtest);
}
