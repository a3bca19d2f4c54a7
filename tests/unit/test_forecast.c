#include "test.h"

#include <math.h>

#include "forecast/forecast.h"
#include "forecast/quantile.h"
#include "series.h"

static void assert_near(double found, double expected)
{
    if (fabs(found - expected) <= 1e-9 * fabs(expected))
        return;
    print_error("found %.15g, expected %.15g\n", found, expected);
    fail();
}

static const struct smoothing given = {0.3, 0.05, 0.2};

static const struct forecast_method methods[] = {
    {.kind = FORECAST_SEASONAL_NAIVE, .lag = 12},
    {.kind = FORECAST_HOLT_WINTERS_ADDITIVE, .lag = 12},
    {.kind = FORECAST_HOLT_WINTERS_MULTIPLICATIVE, .lag = 12},
    {.kind = FORECAST_HOLT_WINTERS_ADDITIVE, .lag = 12, .has_smoothing = true, .smoothing = {0.3, 0.05, 0.2}},
    {.kind = FORECAST_PERCENTILE, .percentile = 95, .headroom = 1.2},
};

/* ---- quantiles ---- */

/* R 4.2.2, quantile(x, p, type = 7), daily visitors of a site. The series stays outside the sources. */
static void quantiles_are_those_of_r(void **state)
{
    (void)state;
    enum { N = 2167 };
    static const double shares[] = {0.5, 0.9, 0.95, 0.99, 0.999},
                        expected[] = {4106, 5906.8, 6376.5, 7157.7, 7704.87};
    FILE *file = fopen("../shared/vectors/forecast/in_visitors_daily.csv", "r");
    if (file == NULL) {
        print_message("skipped: ../shared/vectors/forecast/in_visitors_daily.csv is not there\n");
        skip();
    }
    struct arena arena = {0};
    double *values = ARENA_NEW(&arena, double, N);
    char line[64];
    assert_non_null(fgets(line, sizeof line, file));
    for (int i = 0; i < N && fgets(line, sizeof line, file) != NULL; i++)
        values[i] = strtod(strchr(line, ',') + 1, NULL);
    fclose(file);
    for (size_t i = 0; i < COUNT(shares); i++)
        assert_near(quantile(&arena, values, N, shares[i]), expected[i]);
    arena_free(&arena);
}

/* At number (n - 1) p from the least: 3 x 0.25 = 0.75 of the way from 10 to 20. */
static void quantiles_lie_between_neighbours(void **state)
{
    (void)state;
    struct arena arena = {0};
    const double values[] = {40, 10, 30, 20};
    assert_near(quantile(&arena, values, 4, 0), 10);
    assert_near(quantile(&arena, values, 4, 0.25), 17.5);
    assert_near(quantile(&arena, values, 4, 0.5), 25);
    assert_near(quantile(&arena, values, 4, 1), 40);
    assert_near(quantile(&arena, values, 1, 0.3), 40);
    assert_near(values[0], 40); /* as they were */
    arena_free(&arena);
}

/* ---- methods ---- */

static void seasonal_naive_of_a_periodic_series_is_exact(void **state)
{
    (void)state;
    struct arena arena = {0};
    uint64_t seed = 3;
    double values[400];
    for (int lag = 1; lag <= 50; lag++) {
        for (int i = 0; i < 400; i++)
            values[i] = i < lag ? (double)(test_random(&seed) % 1000) : values[i - lag];
        struct forecast_method method = {.kind = FORECAST_SEASONAL_NAIVE, .lag = lag};
        struct forecast forecast;
        int n = lag + (int)(test_random(&seed) % 200);
        assert_true(forecast_make(&arena, values, n, &method, 400 - n, &forecast));
        assert_int_equal(forecast.n_values, 400 - n);
        for (int i = n; i < 400; i++)
            assert_true(forecast.values[i - n] == values[i]);
    }
    arena_free(&arena);
}

/* The first of the months that R forecasts, with given parameters; more in test_holt_winters. */
static void holt_winters_takes_its_parameters(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct forecast_method method = {
        .kind = FORECAST_HOLT_WINTERS_MULTIPLICATIVE, .lag = 12, .has_smoothing = true, .smoothing = given};
    struct forecast forecast;
    assert_true(forecast_make(&arena, retail_sales, 281, &method, 12, &forecast));
    assert_near(forecast.values[0], 446302.286502687);
    assert_near(forecast.values[11], 475370.481186513);
    assert_near(forecast.sse, 13121265385.2);
    assert_true(forecast.smoothing.alpha == 0.3 && forecast.smoothing.gamma == 0.2);
    arena_free(&arena);
}

/* R type 7 of 1 to 101 at 95 % is 96; a quarter more is 120. */
static void a_percentile_has_headroom(void **state)
{
    (void)state;
    struct arena arena = {0};
    double values[101];
    for (int i = 0; i < 101; i++)
        values[i] = 101 - i;
    struct forecast_method method = {.kind = FORECAST_PERCENTILE, .percentile = 95, .headroom = 1.25};
    struct forecast forecast;
    assert_true(forecast_make(&arena, values, 101, &method, 3, &forecast));
    for (int i = 0; i < 3; i++)
        assert_near(forecast.values[i], 120);
    arena_free(&arena);
}

/* A policy knows the first n values and no more: what comes later may be anything. */
static void an_unseen_future_changes_nothing(void **state)
{
    (void)state;
    struct arena arena = {0};
    double values[144];
    enum { KNOWN = 100 };
    for (size_t m = 0; m < COUNT(methods); m++) {
        struct forecast before, after;
        memcpy(values, air_passengers, sizeof values);
        assert_true(forecast_make(&arena, values, KNOWN, &methods[m], 44, &before));
        for (int i = KNOWN; i < 144; i++)
            values[i] = i % 3 == 0 ? NAN : 1e9;
        assert_true(forecast_make(&arena, values, KNOWN, &methods[m], 44, &after));
        assert_memory_equal(before.values, after.values, 44 * sizeof(double));
        assert_memory_equal(&before.smoothing, &after.smoothing, sizeof before.smoothing);
    }
    arena_free(&arena);
}

/* An event of the past is as if it had not been, and one to come is its factor times what would be. */
static void known_events_are_taken_out_and_put_in(void **state)
{
    (void)state;
    struct arena arena = {0};
    /* twice as much in steps 30 to 34, then 4 and 8 times as much in the horizon, overlapping for one step */
    static const struct forecast_event events[] = {
        {30, 35, 2}, {110, 115, 4}, {114, 120, 8}, {-5, 0, 3}, {900, 901, 3}};
    for (size_t m = 0; m < COUNT(methods); m++) {
        double values[100];
        memcpy(values, air_passengers, sizeof values);
        struct forecast plain, with;
        assert_true(forecast_make(&arena, values, 100, &methods[m], 44, &plain));
        for (int i = 30; i < 35; i++)
            values[i] *= 2;
        struct forecast_method method = methods[m];
        method.events = events;
        method.n_events = COUNT(events);
        assert_true(forecast_make(&arena, values, 100, &method, 44, &with));
        for (int i = 0; i < 44; i++) {
            double factor = i < 10 || i >= 20 ? 1 : i < 14 ? 4 : i == 14 ? 32 : 8;
            assert_near(with.values[i], plain.values[i] * factor);
        }
        assert_true(values[30] == 2 * air_passengers[30]); /* the history stays as it was */
    }
    arena_free(&arena);
}

static void demand_does_not_fall_below_zero(void **state)
{
    (void)state;
    struct arena arena = {0};
    double values[40];
    for (int i = 0; i < 40; i++)
        values[i] = 100 - 2.5 * i + (i % 2);
    struct forecast_method method = {
        .kind = FORECAST_HOLT_WINTERS_ADDITIVE, .lag = 2, .has_smoothing = true, .smoothing = given};
    struct forecast forecast;
    assert_true(forecast_make(&arena, values, 40, &method, 20, &forecast));
    for (int i = 5; i < 20; i++)
        assert_true(forecast.values[i] == 0);
    arena_free(&arena);
}

static void what_does_not_suit_a_method_is_said(void **state)
{
    (void)state;
    static const struct {
        struct forecast_method method;
        int n;
        const char *reason;
    } rows[] = {
        {{.kind = FORECAST_SEASONAL_NAIVE, .lag = 12}, 11, "it needs 12 steps of history, there are 11"},
        {{.kind = FORECAST_HOLT_WINTERS_ADDITIVE, .lag = 12},
         23,
         "it needs two seasons, 24 steps of history, there are 23"},
        {{.kind = FORECAST_HOLT_WINTERS_ADDITIVE, .lag = 1}, 23, "a season has at least two steps"},
        {{.kind = FORECAST_HOLT_WINTERS_MULTIPLICATIVE, .lag = 5},
         30,
         "a multiplicative season needs values above 0, and the history holds a zero"},
        {{.kind = FORECAST_PERCENTILE, .percentile = 50, .headroom = 1}, 0, "it needs a history"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(rows); i++) {
        double values[30] = {1, 2, 3, 4, 5, 6, 7, 8};
        struct forecast forecast;
        assert_false(forecast_make(&arena, values, rows[i].n, &rows[i].method, 4, &forecast));
        assert_text(forecast.reason, rows[i].reason);
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_are_those_of_r),
        cmocka_unit_test(quantiles_lie_between_neighbours),
        cmocka_unit_test(seasonal_naive_of_a_periodic_series_is_exact),
        cmocka_unit_test(holt_winters_takes_its_parameters),
        cmocka_unit_test(a_percentile_has_headroom),
        cmocka_unit_test(an_unseen_future_changes_nothing),
        cmocka_unit_test(known_events_are_taken_out_and_put_in),
        cmocka_unit_test(demand_does_not_fall_below_zero),
        cmocka_unit_test(what_does_not_suit_a_method_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
