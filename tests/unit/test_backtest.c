#include "test.h"

#include <math.h>

#include "forecast/forecast.h"
#include "run/backtest.h"
#include "series.h"

static void assert_near(double found, double expected, double share)
{
    if (fabs(found - expected) <= share * fabs(expected) + 1e-12)
        return;
    print_error("found %.15g, expected %.15g\n", found, expected);
    fail();
}

static struct history hours(double *values, int64_t n)
{
    return (struct history){.step_seconds = 3600, .n_values = n, .values = values};
}

/* ---- measures ---- */

/* 10, 20, 40 came, 20, 20, 30 were expected: errors 10, 0, -10. */
static void measures_are_those_of_the_books(void **state)
{
    (void)state;
    const double forecast[] = {20, 20, 30}, real[] = {10, 20, 40};
    struct forecast_errors e = forecast_errors(forecast, real, 3);
    assert_near(e.mae, 20.0 / 3, 1e-12);
    assert_near(e.rmse, sqrt(200.0 / 3), 1e-12);
    assert_near(e.bias, 0, 1e-12);
    assert_true(e.has_wape && e.has_mape);
    assert_near(e.wape, 20.0 / 70, 1e-12);
    assert_near(e.mape, (1 + 0 + 0.25) / 3, 1e-12);
    assert_near(e.peak_ratio, 0.75, 1e-12);
}

static void where_zeros_are_real_there_is_no_mape(void **state)
{
    (void)state;
    const double forecast[] = {5, 20}, one_zero[] = {0, 20}, zeros[] = {0, 0};
    struct forecast_errors e = forecast_errors(forecast, one_zero, 2);
    assert_false(e.has_mape);
    assert_true(e.has_wape);
    assert_near(e.wape, 0.25, 1e-12);
    e = forecast_errors(forecast, zeros, 2);
    assert_false(e.has_mape || e.has_wape);
    assert_near(e.mae, 12.5, 1e-12);
}

/* R 4.2.2 (HoltWinters, snaive of forecast 8.20) on retail sales, the last 12 months held out; six digits. */
static void retail_sales_are_missed_as_by_r(void **state)
{
    (void)state;
    static const struct {
        struct forecast_method method;
        double mae, rmse, mape, bias, peak, share;
    } rows[] = {
        {{.kind = FORECAST_SEASONAL_NAIVE, .lag = 12}, 11994.3, 13468, 2.66767, -11994.3, 0.967157, 1e-5},
        {{.kind = FORECAST_HOLT_WINTERS_ADDITIVE,
          .lag = 12,
          .has_smoothing = true,
          .smoothing = {0.3, 0.05, 0.2}},
         4331.25,
         6782.45,
         0.94756,
         -1494.58,
         0.967718,
         1e-5},
        {{.kind = FORECAST_HOLT_WINTERS_MULTIPLICATIVE,
          .lag = 12,
          .has_smoothing = true,
          .smoothing = {0.3, 0.05, 0.2}},
         3847.11,
         4668.16,
         0.87678,
         -933.14,
         0.995389,
         1e-5},
        {{.kind = FORECAST_HOLT_WINTERS_ADDITIVE, .lag = 12},
         5185.41,
         6871.29,
         1.14243,
         -3371.21,
         0.972166,
         1e-3},
        {{.kind = FORECAST_HOLT_WINTERS_MULTIPLICATIVE, .lag = 12},
         4861.59,
         6009.2,
         1.08092,
         -2760.12,
         0.979973,
         1e-3},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct forecast forecast;
        assert_true(forecast_make(&arena, retail_sales, 281, &rows[i].method, 12, &forecast));
        struct forecast_errors e = forecast_errors(forecast.values, retail_sales + 281, 12);
        assert_near(e.mae, rows[i].mae, rows[i].share);
        assert_near(e.rmse, rows[i].rmse, rows[i].share);
        assert_near(e.mape, rows[i].mape / 100, rows[i].share);
        assert_near(e.bias, rows[i].bias, rows[i].share);
        assert_near(e.peak_ratio, rows[i].peak, rows[i].share);
    }
    arena_free(&arena);
}

/* ---- what is held out ---- */

static void a_tenth_is_held_out_up_to_28_days(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int64_t n, step, expected;
    } rows[] = {
        {"a year by the hour", 8760, 3600, 28 * 24},
        {"61 days by the hour: 6 whole days", 61 * 24, 3600, 6 * 24},
        {"9 days by the hour: less than a day", 9 * 24, 3600, 21},
        {"100 days by five minutes: 10 days", 28800, 300, 2880},
        {"100 days", 100, 86400, 10},
        {"2 days", 2, 86400, 1},
        {"104 weeks: 28 days are 4", 104, 604800, 4},
        {"20 quarters: one, though it is longer than 28 days", 20, 90 * 86400, 1},
        {"500 times 36 hours: 28 days are 18.67", 500, 129600, 18},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct history history = {.n_values = rows[i].n, .step_seconds = rows[i].step};
        assert_row(backtest_hold_out(&history) == rows[i].expected, rows[i].name);
    }
}

/* ---- rows ---- */

static const struct backtest_row *row_of(const struct backtest *b, const char *parameters)
{
    for (size_t i = 0; i < b->n_rows; i++)
        if (str_starts(b->rows[i].parameters, str_of(parameters)))
            return &b->rows[i];
    fail_msg("no row `%s`", parameters);
    return NULL;
}

static void a_week_that_comes_again_is_met(void **state)
{
    (void)state;
    struct arena arena = {0};
    double values[2000];
    uint64_t seed = 5;
    for (int i = 0; i < 2000; i++)
        values[i] = i < 168 ? (double)(100 + test_random(&seed) % 1000) : values[i - 168];
    struct history history = hours(values, 2000);
    struct backtest b;
    backtest_make(&arena, &history, 300, &b);
    const struct backtest_row *weekly = row_of(&b, "lag 168 h");
    assert_int_equal(weekly->rank, 1);
    assert_true(weekly->errors.mae == 0 && weekly->errors.peak_ratio == 1);
    assert_text(
        b.verdict,
        "Best by WAPE: seasonal naive, lag 168 h: 0.00 %. No method does better than seasonal naive.");
    assert_text(row_of(&b, "lag 364 d")->reason, "it needs 8736 steps of history, there are 1700");
    assert_int_equal(row_of(&b, "lag 364 d")->rank, 0);
    arena_free(&arena);
}

/* On a rising line the last day is too low, by 24 on the first day, 48 on the second, ...: 24 x (24 + 48 + 72
 * + 96) + 4 x 120 = 6,240 of 100 x 2,949.5 + 4 x 200 = 295,750. Holt-Winters goes on. */
static void a_line_is_continued_better_than_repeated(void **state)
{
    (void)state;
    struct arena arena = {0};
    double values[2000];
    for (int i = 0; i < 2000; i++)
        values[i] = 1000 + i + 200 * (i % 24 == 12);
    struct history history = hours(values, 2000);
    struct backtest b;
    backtest_make(&arena, &history, 100, &b);
    assert_true(str_starts(b.verdict, STR("Best by WAPE: Holt-Winters ")));
    assert_true(str_ends(b.verdict, STR(" % less than the best seasonal naive (lag 24 h: 2.11 %).")));
    for (size_t i = 0; i < b.n_rows; i++) /* ranks are those of WAPE */
        for (size_t j = 0; j < b.n_rows; j++)
            if (b.rows[i].rank > 0 && b.rows[j].rank > b.rows[i].rank)
                assert_true(b.rows[j].errors.wape >= b.rows[i].errors.wape);
    arena_free(&arena);
}

static void what_was_held_out_does_not_reach_the_forecast(void **state)
{
    (void)state;
    struct arena arena = {0};
    double values[1000];
    for (int i = 0; i < 1000; i++)
        values[i] = 500 + 100 * (i % 24) + 30 * (i / 24 % 7);
    struct history history = hours(values, 1000);
    struct backtest before, after;
    backtest_make(&arena, &history, 200, &before);
    for (int i = 800; i < 1000; i++)
        values[i] *= 2;
    backtest_make(&arena, &history, 200, &after);
    for (size_t i = 0; i < before.n_rows; i++) {
        struct smoothing a = before.rows[i].method.smoothing, b = after.rows[i].method.smoothing;
        assert_true(a.alpha == b.alpha && a.beta == b.beta && a.gamma == b.gamma);
        assert_near(2 * after.rows[i].errors.peak_ratio, before.rows[i].errors.peak_ratio, 1e-12);
    }
    arena_free(&arena);
}

static void nothing_is_ranked_against_nothing(void **state)
{
    (void)state;
    struct arena arena = {0};
    double values[100];
    for (int i = 0; i < 100; i++)
        values[i] = i < 90 ? 5 : 0;
    struct history history = hours(values, 100);
    struct backtest b;
    backtest_make(&arena, &history, 10, &b);
    assert_text(b.verdict, "Nothing is ranked: what was held out is 0 throughout.");
    assert_int_equal(b.n_zeros, 10);
    for (size_t i = 0; i < b.n_rows; i++)
        assert_int_equal(b.rows[i].rank, 0);
    arena_free(&arena);
}

/* A step of 36 hours: only the weeks of 364 days are whole steps, but for these the history is too short. */
static void every_method_stays_in_the_list(void **state)
{
    (void)state;
    struct arena arena = {0};
    double values[20];
    for (int i = 0; i < 20; i++)
        values[i] = i + 1;
    struct history history = {.step_seconds = 129600, .n_values = 20, .values = values};
    struct backtest b;
    backtest_make(&arena, &history, 2, &b);
    assert_int_equal(b.n_rows, 11);
    assert_text(row_of(&b, "lag 24 h")->reason, "24 h are no whole number of steps");
    assert_text(row_of(&b, "season 168 h, given")->reason, "168 h are no whole number of steps");
    assert_true(str_ends(b.verdict, STR(" %. Seasonal naive could not be run.")));
    assert_text(row_of(&b, "p50")->reason, "");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_are_those_of_the_books),
        cmocka_unit_test(where_zeros_are_real_there_is_no_mape),
        cmocka_unit_test(retail_sales_are_missed_as_by_r),
        cmocka_unit_test(a_tenth_is_held_out_up_to_28_days),
        cmocka_unit_test(a_week_that_comes_again_is_met),
        cmocka_unit_test(a_line_is_continued_better_than_repeated),
        cmocka_unit_test(what_was_held_out_does_not_reach_the_forecast),
        cmocka_unit_test(nothing_is_ranked_against_nothing),
        cmocka_unit_test(every_method_stays_in_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
