#include "test.h"

#include <math.h>
#include <time.h>

#include "forecast/holt_winters.h"
#include "series.h"

/* R's figures: HoltWinters() and predict() of R 4.2.2, stats 4.2.2, on the series of series.h; of the sales
 * the first 281 months, the other 12 held out. Printed with ten to fifteen digits. */

enum { MONTHS = 12, N_SALES = 281, N_AIR = 144 };

static const struct smoothing given = {0.3, 0.05, 0.2};

static void assert_close(double found, double expected, double share, const char *what)
{
    if (fabs(found - expected) <= share * fabs(expected))
        return;
    print_error("%s: found %.15g, expected %.15g\n", what, found, expected);
    fail();
}

static struct holt_winters smooth(struct arena *arena, const double *values, int64_t n, int64_t season,
                                  bool multiplicative, const struct smoothing *smoothing)
{
    struct holt_winters start = holt_winters_start(arena, values, season, multiplicative);
    struct smoothing used = smoothing != NULL ? *smoothing : holt_winters_fit(arena, &start, values, n);
    return holt_winters_run(&start, values, n, used, ARENA_NEW(arena, double, season));
}

/* With given parameters nothing is searched: every figure has to be the same. */
static void given_parameters_give_the_figures_of_r(void **state)
{
    (void)state;
    static const double additive[MONTHS] = {445341.6399379,   447960.218940602, 456615.004046685,
                                            429320.86875284,  441703.675434214, 446684.512463335,
                                            501522.941278368, 413068.083973888, 413433.011368648,
                                            459477.668509217, 451994.861634623, 472788.56143105};
    static const double multiplicative[MONTHS] = {446302.286502687, 449161.684269907, 459612.71966373,
                                                  426983.72767356,  441158.087916495, 446760.853277752,
                                                  515863.163696887, 408935.73833586,  406257.059060652,
                                                  459601.333649104, 450641.1822798,   475370.481186513};
    static const double expected[2][3] = {{14273282871.8, 441228.4575, 1082.151827},
                                          {13121265385.2, 442145.5409, 1102.092916}};
    struct arena arena = {0};
    for (int kind = 0; kind < 2; kind++) {
        struct holt_winters hw = smooth(&arena, retail_sales, N_SALES, MONTHS, kind == 1, &given);
        assert_close(hw.sse, expected[kind][0], 1e-9, "squared errors");
        assert_close(hw.level, expected[kind][1], 1e-9, "level");
        assert_close(hw.trend, expected[kind][2], 1e-9, "trend");
        for (int i = 0; i < MONTHS; i++)
            assert_close(holt_winters_expect(&hw, N_SALES, i + 1),
                         kind == 1 ? multiplicative[i] : additive[i], 1e-12, "forecast");
    }
    arena_free(&arena);
}

static void a_fit_is_as_good_as_that_of_r(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const double *values;
        int64_t n;
        bool multiplicative;
        double sse;
    } rows[] = {{"sales, additive", retail_sales, N_SALES, false, 1.116779379e+10},
                {"sales, multiplicative", retail_sales, N_SALES, true, 1.050019811e+10},
                {"passengers, multiplicative", air_passengers, N_AIR, true, 16570.77787}};
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct holt_winters hw =
            smooth(&arena, rows[i].values, rows[i].n, MONTHS, rows[i].multiplicative, NULL);
        print_message("%s: squared errors %.10g, R %.10g\n", rows[i].name, hw.sse, rows[i].sse);
        assert_row(hw.sse <= rows[i].sse * 1.001, rows[i].name);
    }
    arena_free(&arena);
}

/* ---- daily visitors of a site, season 7: the series is long, and stays outside the sources ---- */

#define VECTORS "../shared/vectors/forecast/"

enum { N_VISITORS = 2167, N_TRAINED = 2111, WEEK = 7, N_COLUMNS = 9 };

/* Column `column` of a table of numbers; returns how many there are. */
static int64_t read_column(FILE *file, int column, double *values, int64_t most)
{
    char line[512];
    int64_t n = 0;
    assert_non_null(fgets(line, sizeof line, file));
    while (n < most && fgets(line, sizeof line, file) != NULL) {
        char *cell = line;
        for (int i = 0; i < column; i++)
            cell = strchr(cell, ',') + 1;
        values[n++] = strtod(cell, NULL);
    }
    fclose(file);
    return n;
}

static FILE *open_or_skip(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        print_message("skipped: %s is not there\n", path);
        skip();
    }
    return file;
}

static void daily_visitors_give_the_figures_of_r(void **state)
{
    (void)state;
    static const double fitted[2] = {294849472, 243420109.7}, fixed[2] = {356746336.663, 306426770.926},
                        level[2] = {4165.974261, 3921.684487}, trend[2] = {-19.02936094, -17.3473885};
    struct arena arena = {0};
    double *values = ARENA_NEW(&arena, double, N_VISITORS), expected[N_VISITORS - N_TRAINED];
    FILE *file = open_or_skip(VECTORS "in_visitors_daily.csv");
    assert_int_equal(read_column(file, 1, values, N_VISITORS), N_VISITORS);
    for (int kind = 0; kind < 2; kind++) {
        file = open_or_skip(VECTORS "out_R_visitors_daily.csv");
        assert_int_equal(read_column(file, 6 + kind, expected, COUNT(expected)), COUNT(expected));
        struct holt_winters hw = smooth(&arena, values, N_TRAINED, WEEK, kind == 1, &given);
        assert_close(hw.sse, fixed[kind], 1e-9, "squared errors");
        assert_close(hw.level, level[kind], 1e-9, "level");
        assert_close(hw.trend, trend[kind], 1e-8, "trend"); /* printed with ten digits */
        for (size_t i = 0; i < COUNT(expected); i++)
            assert_close(holt_winters_expect(&hw, N_TRAINED, (int64_t)i + 1), expected[i], 1e-9, "forecast");
        hw = smooth(&arena, values, N_TRAINED, WEEK, kind == 1, NULL);
        print_message("visitors: squared errors %.10g, R %.10g\n", hw.sse, fitted[kind]);
        assert_true(hw.sse <= fitted[kind] * 1.001);
    }
    arena_free(&arena);
}

/* ---- properties ---- */

/* A straight line and a season that never change are met exactly from the start on, for even and odd seasons.
 */
static void line_and_season_are_continued(void **state)
{
    (void)state;
    for (int season = 2; season <= 9; season++) {
        struct arena arena = {0};
        double values[90];
        for (int i = 0; i < 90; i++)
            values[i] = 1000 + 3 * i + 50 * ((i % season) - (season - 1) / 2.0);
        struct smoothing follow = {0.5, 0.5, 0.5};
        struct holt_winters hw = smooth(&arena, values, 70, season, false, &follow);
        for (int i = 70; i < 90; i++)
            assert_close(holt_winters_expect(&hw, 70, i - 69), values[i], 0.01, "line and season");
        arena_free(&arena);
    }
}

/* The level R starts with is that of half a season later; smoothing takes the difference out. */
static void the_start_is_forgotten(void **state)
{
    (void)state;
    struct arena arena = {0};
    enum { N = 20000, SEASON = 24 };
    double values[N + SEASON];
    for (int kind = 0; kind < 2; kind++) {
        for (int i = 0; i < N + SEASON; i++) {
            double wave = (i % SEASON) / 24.0, line = 1000 + 0.5 * i;
            values[i] = kind == 1 ? line * (0.5 + wave) : line + 100 * wave;
        }
        struct smoothing follow = {0.3, 0.1, 0.3};
        struct holt_winters hw = smooth(&arena, values, N, SEASON, kind == 1, &follow);
        for (int i = 0; i < SEASON; i++)
            assert_close(holt_winters_expect(&hw, N, i + 1), values[N + i], 1e-9, "line and season");
    }
    arena_free(&arena);
}

/* 26,304 hours with a season of a week: what a three-year study has. The limit is far above what it takes,
 * and for a sanitizer's sake. */
static void three_years_by_the_hour_are_fitted_quickly(void **state)
{
    (void)state;
    struct arena arena = {0};
    enum { N = 26304, SEASON = 168 };
    double *values = ARENA_NEW(&arena, double, N);
    uint64_t seed = 7;
    for (int i = 0; i < N; i++)
        values[i] = 1000 + 300 * ((i % 24) / 24.0) + 100 * (i / 24 % 7) + (double)(test_random(&seed) % 100);
    for (int kind = 0; kind < 2; kind++) {
        clock_t begin = clock();
        smooth(&arena, values, N, SEASON, kind == 1, NULL);
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        print_message("%s: %.3f s\n", kind == 1 ? "multiplicative" : "additive", seconds);
        assert_true(seconds < 10);
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(given_parameters_give_the_figures_of_r),
        cmocka_unit_test(a_fit_is_as_good_as_that_of_r),
        cmocka_unit_test(daily_visitors_give_the_figures_of_r),
        cmocka_unit_test(line_and_season_are_continued),
        cmocka_unit_test(the_start_is_forgotten),
        cmocka_unit_test(three_years_by_the_hour_are_fitted_quickly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
