#include "test.h"

#include <math.h>

#include "base/normal.h"
#include "supply/flow.h"
#include "unit/calendar.h"

enum { DRAWS = 100000 };

static struct stage triangle(int64_t low, int64_t mode, int64_t high)
{
    return (struct stage){.name = STR("s"), .low_seconds = low, .mode_seconds = mode, .high_seconds = high};
}

static struct stage lognormal(int64_t p10, int64_t p50, int64_t p90)
{
    struct stage s = triangle(p10, p50, p90);
    s.shape = SHAPE_LOGNORMAL;
    s.spread.below = log((double)p50 / (double)p10) / NORMAL_P90;
    s.spread.above = log((double)p90 / (double)p50) / NORMAL_P90;
    return s;
}

/* Draws of one stage: once an order, in as many trials; or once a piece, in one. */
static void draw_all(struct stage *stage, enum stage_draw draw, int64_t *seconds)
{
    struct arena arena = {0};
    struct process process = {.name = STR("p"), .items = stage, .n_items = 1};
    stage->draw = draw;
    struct durations run = durations_draw(&arena, &process, 2014, 0);
    for (int64_t i = 0; i < DRAWS; i++) {
        struct durations d = draw == DRAW_PIECE ? run : durations_draw(&arena, &process, 2014, (uint64_t)i);
        seconds[i] = draw == DRAW_PIECE ? draw_piece(&run, &process, 0, i) : d.seconds[0];
        if (draw == DRAW_ORDER)
            arena_reset(&arena);
    }
    arena_free(&arena);
}

/* The share of draws at or below a value is right within four standard errors, sqrt(p (1 - p) / n): that goes
 * wrong by chance once in 16,000 times, and the draws are fixed. */
static void assert_share(const int64_t *seconds, int64_t most, double p)
{
    int64_t n = 0;
    for (int64_t i = 0; i < DRAWS; i++)
        n += seconds[i] <= most;
    assert_true(fabs((double)n / DRAWS - p) <= 4 * sqrt(p * (1 - p) / DRAWS));
}

static void assert_moments(const int64_t *seconds, double mean, double variance)
{
    double sum = 0;
    for (int64_t i = 0; i < DRAWS; i++)
        sum += (double)seconds[i];
    assert_true(fabs(sum / DRAWS - mean) < 4 * sqrt(variance / DRAWS) + 0.5);
}

/* Mean (a + b + c) / 3, variance (a^2 + b^2 + c^2 - ab - ac - bc) / 18; below the mode (b - a) / (c - a). */
static void triangular_draws(void **state)
{
    (void)state;
    int64_t *seconds = malloc(DRAWS * sizeof *seconds);
    for (int draw = DRAW_ORDER; draw <= DRAW_PIECE; draw++) {
        struct stage s = triangle(10000, 20000, 60000);
        draw_all(&s, (enum stage_draw)draw, seconds);
        assert_moments(seconds, 30000, (1e8 + 4e8 + 36e8 - 2e8 - 6e8 - 12e8) / 18);
        assert_share(seconds, 10000 - 1, 0);
        assert_share(seconds, 20000, 0.2);
        assert_share(seconds, 60000, 1);
    }
    free(seconds);
}

/* p50 in the geometric middle: a lognormal, with the mean p50 exp(sigma^2 / 2) and the variance
 * mean^2 (exp(sigma^2) - 1). */
static void lognormal_draws(void **state)
{
    (void)state;
    int64_t *seconds = malloc(DRAWS * sizeof *seconds);
    for (int draw = DRAW_ORDER; draw <= DRAW_PIECE; draw++) {
        struct stage s = lognormal(100000, 200000, 400000);
        double sigma = log(2) / 1.2815515655446004, mean = 200000 * exp(sigma * sigma / 2);
        draw_all(&s, (enum stage_draw)draw, seconds);
        assert_moments(seconds, mean, mean * mean * (exp(sigma * sigma) - 1));
        assert_share(seconds, 100000, 0.1);
        assert_share(seconds, 200000, 0.5);
        assert_share(seconds, 400000, 0.9);
        assert_share(seconds, (int64_t)(200000 * exp(2 * sigma)), 0.977249868);
    }
    free(seconds);
}

/* Two halves: all three figures are met where no lognormal meets them. The mean of each half: with Phi the
 * normal distribution, the half above has p50 exp(s^2 / 2) Phi(s), the half below p50 exp(s^2 / 2) Phi(-s).
 */
static void two_halves_meet_three_figures(void **state)
{
    (void)state;
    int64_t *seconds = malloc(DRAWS * sizeof *seconds);
    struct stage s = lognormal(150000, 200000, 800000);
    double a = log(4. / 3) / 1.2815515655446004, b = log(4) / 1.2815515655446004, mean = 0, square = 0;
    for (int i = 0; i < 2; i++) {
        double t = i == 0 ? -a : b;
        mean += 200000 * exp(t * t / 2) * 0.5 * erfc(-t / sqrt(2));
        square += 4e10 * exp(2 * t * t) * 0.5 * erfc(-2 * t / sqrt(2));
    }
    draw_all(&s, DRAW_PIECE, seconds);
    assert_moments(seconds, mean, square - mean * mean);
    assert_share(seconds, 150000, 0.1);
    assert_share(seconds, 200000, 0.5);
    assert_share(seconds, 800000, 0.9);
    free(seconds);
}

static void extreme_draws_have_bounds(void **state)
{
    (void)state;
    struct stage s = lognormal(DAY_SECONDS, 90LL * DAY_SECONDS, 3660LL * DAY_SECONDS);
    assert_true(draw_quantile(&s, 0) >= 0);
    assert_int_equal(draw_quantile(&s, 0x1.fffffffffffffp-1), 36600LL * DAY_SECONDS);
    assert_int_equal(draw_quantile(&s, 0.5), 90LL * DAY_SECONDS);
}

/* One draw an order: as long as that draw. One draw a piece, one worker: the sum of many draws, whose
 * standard error is small; the mean of 400 pieces of 30,000 s is 30,000 s within four times 10,801 / sqrt(400
 * x 200). */
static void pieces_even_out(void **state)
{
    (void)state;
    struct stage s = triangle(10000, 20000, 60000);
    struct process process = {.name = STR("p"), .items = &s, .n_items = 1};
    s.each = EACH_SERVER;
    s.workers = 1;
    double sum[2] = {0}, squares[2] = {0};
    for (uint64_t trial = 0; trial < 200; trial++) {
        for (int draw = DRAW_ORDER; draw <= DRAW_PIECE; draw++) {
            struct arena arena = {0};
            s.draw = (enum stage_draw)draw;
            struct flow_order order = {&process, durations_draw(&arena, &process, 1, trial), 400, 0, 0};
            struct arrivals list = flow_run(&arena, &order);
            double mean = (double)list.items[list.n_items - 1].seconds / 400;
            sum[draw] += mean;
            squares[draw] += mean * mean;
            arena_free(&arena);
        }
    }
    double mean = sum[DRAW_PIECE] / 200;
    assert_true(fabs(mean - 30000) < 4 * 10801 / sqrt(400. * 200));
    assert_true(fabs(sum[DRAW_ORDER] / 200 - 30000) < 4 * 10801 / sqrt(200.));
    double by_piece = squares[DRAW_PIECE] / 200 - mean * mean;
    assert_true(by_piece > 10801. * 10801 / 400 / 2 && by_piece < 10801. * 10801 / 400 * 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(triangular_draws),
        cmocka_unit_test(lognormal_draws),
        cmocka_unit_test(two_halves_meet_three_figures),
        cmocka_unit_test(extreme_draws_have_bounds),
        cmocka_unit_test(pieces_even_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
