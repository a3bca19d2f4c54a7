#include "test.h"

#include <math.h>

#include "model/futures.h"
#include "model/study.h"

enum { N_FUTURES = 4000, MICRO = 1000000 };

static struct study study_of(const char *daily, const char *trend, int n_days)
{
    struct study study = {.start_seconds = 0, .end_seconds = n_days * DAY_SECONDS, .seed = 7};
    struct futures *futures = &study.workload.futures;
    futures->count = N_FUTURES;
    assert_true(decimal_parse(str_of(daily), &futures->daily));
    assert_true(decimal_parse(str_of(trend), &futures->trend));
    return study;
}

/* The logarithms of a day's multiplier over all futures. */
static void logs_of_day(const struct study *study, int day, double *logs)
{
    for (int i = 0; i < N_FUTURES; i++) {
        struct arena arena = {0};
        logs[i] = log((double)future_multipliers(&arena, study, i + 1)[day] / MICRO);
        arena_free(&arena);
    }
}

static double mean(const double *values)
{
    double sum = 0;
    for (int i = 0; i < N_FUTURES; i++)
        sum += values[i];
    return sum / N_FUTURES;
}

static double covariance(const double *a, const double *b)
{
    double sum = 0, mean_a = mean(a), mean_b = mean(b);
    for (int i = 0; i < N_FUTURES; i++)
        sum += (a[i] - mean_a) * (b[i] - mean_b);
    return sum / (N_FUTURES - 1);
}

/* Within five standard errors: of the mean sd / sqrt(n), of the variance var x sqrt(2 / n). */
static void assert_normal(const double *logs, double variance)
{
    assert_true(fabs(mean(logs)) < 5 * sqrt(variance / N_FUTURES));
    assert_true(fabs(covariance(logs, logs) / variance - 1) < 5 * sqrt(2.0 / N_FUTURES));
}

/* On the first day there is the noise of the day alone; after 365 days the walk has come as far as `trend`.
 */
static void logarithms_have_the_deviation_asked_for(void **state)
{
    (void)state;
    static double first[N_FUTURES], year[N_FUTURES], next[N_FUTURES];
    struct study study = study_of("0.1", "0.3", 400);
    logs_of_day(&study, 0, first);
    logs_of_day(&study, 365, year);
    logs_of_day(&study, 366, next);
    assert_normal(first, 0.1 * 0.1);
    assert_normal(year, 0.3 * 0.3 + 0.1 * 0.1);
    /* Two days share the walk up to the first of them, and no noise. */
    double bound = 5 * 0.3162 * 0.3162 / sqrt(N_FUTURES);
    assert_true(fabs(covariance(year, next) - 0.3 * 0.3) < bound * 1.5);
    assert_true(fabs(covariance(first, year)) < 5 * 0.1 * 0.3162 / sqrt(N_FUTURES));
}

/* A future is what it is whatever others there are, and however long the study. */
static void a_future_depends_on_seed_and_number_alone(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct study study = study_of("0.1", "0.3", 400), shorter = study_of("0.1", "0.3", 30);
    shorter.workload.futures.count = 2;
    const int64_t *one = future_multipliers(&arena, &study, 2),
                  *same = future_multipliers(&arena, &shorter, 2);
    assert_memory_equal(one, same, 30 * sizeof *one);
    shorter.seed = 8;
    const int64_t *other_seed = future_multipliers(&arena, &shorter, 2);
    const int64_t *other_number = future_multipliers(&arena, &study, 3);
    assert_memory_not_equal(one, other_seed, 30 * sizeof *one);
    assert_memory_not_equal(one, other_number, 30 * sizeof *one);
    arena_free(&arena);
}

/* Nobody can wander off to where numbers end. */
static void multipliers_stay_between_a_thousandth_and_a_thousand(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct study study = study_of("1", "1", 50 * 365);
    int64_t least = INT64_MAX, most = 0;
    for (int i = 1; i <= 20; i++) {
        const int64_t *multipliers = future_multipliers(&arena, &study, i);
        for (int day = 0; day < 50 * 365; day++) {
            least = multipliers[day] < least ? multipliers[day] : least;
            most = multipliers[day] > most ? multipliers[day] : most;
        }
    }
    assert_int_equal(least, MICRO / 1000);
    assert_in_range(most, 999 * (int64_t)MICRO, 1000 * (int64_t)MICRO);
    arena_free(&arena);
}

/* Of demand whose trace is 10 servers all day: 10 m rounded up, and the burst on top as it is. */
static void bursts_are_the_same_in_every_future(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct study study = study_of("0.5", "0", 2);
    int64_t values[48];
    for (int i = 0; i < 48; i++)
        values[i] = 10 * MICRO;
    struct burst burst = {.at_seconds = DAY_SECONDS, .hold_seconds = DAY_SECONDS, .servers = 100};
    struct decimal one = {1, 0};
    struct workload *w = &study.workload;
    study.step_seconds = 3600;
    w->measures = MEASURES_SERVERS;
    w->align = ALIGN_DATE;
    w->target_utilisation = w->max_utilisation = w->per_server = one;
    w->per_server_seconds = 1;
    w->trace = (struct trace){.step_seconds = 3600, .n_values = 48, .values_micro = values};
    w->bursts = &burst;
    w->n_bursts = 1;
    for (int64_t future = 1; future <= 50; future++) {
        struct demand demand;
        const int64_t *m = future_multipliers(&arena, &study, future);
        assert_true(demand_in_future(&arena, &study, future, &demand));
        assert_int_equal(demand.servers[3], (10 * m[0] + MICRO - 1) / MICRO);
        assert_int_equal(demand.servers[30], (10 * m[1] + MICRO - 1) / MICRO + 100);
        assert_int_equal(demand.load[30], 10 * m[1] + 100 * (int64_t)MICRO);
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logarithms_have_the_deviation_asked_for),
        cmocka_unit_test(a_future_depends_on_seed_and_number_alone),
        cmocka_unit_test(multipliers_stay_between_a_thousandth_and_a_thousand),
        cmocka_unit_test(bursts_are_the_same_in_every_future),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
