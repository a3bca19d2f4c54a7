#include "test.h"

#include "base/diagnostic.h"
#include "model/study.h"

static struct decimal decimal(const char *text)
{
    struct decimal d;
    assert_true(decimal_parse(str_of(text), &d));
    return d;
}

static int64_t day(int year, int month, int number)
{
    return date_seconds((struct date){year, month, number});
}

/* A study of some days with an hourly step over a trace that starts on its first day. */
static struct study study_of(int64_t *values, int64_t n, int64_t step, int64_t start, int n_days)
{
    struct study study = {
        .start_seconds = start, .end_seconds = start + n_days * 86400, .step_seconds = 3600};
    study.workload = (struct workload){
        .measures = MEASURES_SERVERS,
        .align = ALIGN_DATE,
        .target_utilisation = decimal("1"),
        .max_utilisation = decimal("1"),
        .per_server = decimal("1"),
        .per_server_seconds = 1,
        .trace = {.first_seconds = start, .step_seconds = step, .n_values = n, .values_micro = values}};
    return study;
}

/* 21 / (1 x 35 %) is 60, not 61 as with doubles. */
static void need_is_exact(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct diagnostics diagnostics = {.arena = &arena};
    int64_t values[24];
    for (int i = 0; i < 24; i++)
        values[i] = 21 * 1000000;
    struct study study = study_of(values, 24, 3600, day(2014, 1, 1), 1);
    struct demand demand;
    study.workload.measures = MEASURES_RATE;
    study.workload.target_utilisation = decimal("0.35");
    assert_true(demand_make(&arena, &study, &demand, &diagnostics));
    assert_int_equal(demand.servers[0], 60);
    assert_int_equal(demand.load[0], 60000000);
    values[5]++; /* a millionth more needs one more server */
    assert_true(demand_make(&arena, &study, &demand, &diagnostics));
    assert_int_equal(demand.servers[5], 61);
    arena_free(&arena);
}

/* 180,000,000 requests in 5 minutes at 200/s and 60 % are 5,000 servers; of finer rows the largest
 * counts, or their mean. */
static void counts_become_servers(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct diagnostics diagnostics = {.arena = &arena};
    int64_t values[24 * 12] = {0};
    struct demand demand;
    values[7] = 180000000LL * 1000000;
    struct study study = study_of(values, 24 * 12, 300, day(2014, 1, 1), 1);
    study.workload.measures = MEASURES_COUNT;
    study.workload.per_server = decimal("200");
    study.workload.target_utilisation = decimal("0.6");
    assert_true(demand_make(&arena, &study, &demand, &diagnostics));
    assert_int_equal(demand.servers[0], 5000);
    assert_int_equal(demand.servers[1], 0);
    study.workload.within_step_mean = true;
    assert_true(demand_make(&arena, &study, &demand, &diagnostics));
    assert_int_equal(demand.servers[0], 417); /* 5,000 / 12 = 416.67 */
    arena_free(&arena);
}

/* 12 % a year, compounded monthly: after 12 months the factor is 1.12, after 6 its root. */
static void growth_compounds_monthly(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct diagnostics diagnostics = {.arena = &arena};
    int64_t values[500];
    struct demand demand;
    for (int i = 0; i < 500; i++)
        values[i] = 1000000LL * 1000000;
    struct study study = study_of(values, 500, 86400, day(2014, 1, 1), 400);
    study.workload.growth_yearly = decimal("0.12");
    assert_true(demand_make(&arena, &study, &demand, &diagnostics));
    assert_int_equal(demand.servers[0], 1000000);
    assert_int_equal(demand.servers[365 * 24 - 1], 1109473); /* 1.12^(11/12) = 1.10947244... */
    assert_int_equal(demand.servers[365 * 24], 1120000);
    assert_int_equal(demand.servers[181 * 24], 1058301); /* 1.12^(1/2) = 1.05830052... */
    arena_free(&arena);
}

/* Ramp of 2 h to 100 servers, 3 h at the top, 4 h down; a step has the most of its hour. */
static void bursts_rise_hold_and_fall(void **state)
{
    (void)state;
    static const int expected[] = {0, 0, 50, 100, 100, 100, 100, 100, 75, 50, 25, 0};
    struct arena arena = {0};
    struct diagnostics diagnostics = {.arena = &arena};
    int64_t values[48] = {0};
    struct demand demand;
    struct study study = study_of(values, 48, 3600, day(2014, 1, 1), 2);
    struct burst burst = {.at_seconds = day(2014, 1, 1) + 2 * 3600,
                          .ramp_seconds = 7200,
                          .hold_seconds = 10800,
                          .decay_seconds = 14400,
                          .servers = 100};
    study.workload.bursts = &burst;
    study.workload.n_bursts = 1;
    assert_true(demand_make(&arena, &study, &demand, &diagnostics));
    for (size_t i = 0; i < COUNT(expected); i++)
        assert_int_equal(demand.servers[i], expected[i]);
    assert_int_equal(demand.peak, 100);
    assert_int_equal(demand.peak_step, 3);
    arena_free(&arena);
}

/* By weekday: Wednesday 1 January 2014 shows a Wednesday of the trace, which began on Tuesday 1 January
 * 2013; repeated in blocks of 364 days it does so in the second year too. */
static void weekdays_meet_weekdays(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct diagnostics diagnostics = {.arena = &arena};
    int64_t values[365];
    struct demand demand;
    for (int i = 0; i < 365; i++)
        values[i] = (int64_t)i * 1000000;
    struct study study = study_of(values, 365, 86400, day(2014, 1, 1), 730);
    study.workload.trace.first_seconds = day(2013, 1, 1);
    study.workload.align = ALIGN_WEEKDAY;
    study.workload.repeat = REPEAT_YEARLY;
    assert_true(demand_make(&arena, &study, &demand, &diagnostics));
    assert_int_equal(demand.servers[0], 1);
    assert_int_equal(demand.servers[362 * 24], 363);
    assert_int_equal(demand.servers[363 * 24], 0);
    assert_int_equal(demand.servers[364 * 24], 1);
    study.workload.repeat = REPEAT_NONE;
    assert_false(demand_make(&arena, &study, &demand, &diagnostics));
    arena_free(&arena);
}

/* What forecasts are tried on: the trace alone, in servers, neither grown nor repeated nor rounded up. */
static void history_is_the_trace_as_it_is(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct diagnostics diagnostics = {.arena = &arena};
    int64_t values[48];
    for (int i = 0; i < 48; i++)
        values[i] = (i + 1) * 1000000;
    /* half hours from 23:30 on, an hour's step: the first row and the last are half a step */
    struct study study = study_of(values, 48, 1800, day(2014, 1, 1) - 1800, 3000);
    study.workload.trace.first_seconds = day(2014, 1, 1) - 1800;
    study.workload.align = ALIGN_WEEKDAY;
    study.workload.growth_yearly = decimal("5");
    struct history history;
    assert_true(demand_history(&arena, &study, &history, &diagnostics));
    assert_int_equal(history.first_seconds, day(2014, 1, 1));
    assert_int_equal(history.step_seconds, 3600);
    assert_int_equal(history.n_values, 23);
    assert_true(history.values[0] == 3 && history.values[22] == 47); /* the larger of 2 and 3, of 46 and 47 */
    study.workload.within_step_mean = true;
    study.workload.align = ALIGN_ELAPSED; /* the study begins with the first row */
    assert_true(demand_history(&arena, &study, &history, &diagnostics));
    assert_int_equal(history.first_seconds, day(2014, 1, 1) - 1800);
    assert_int_equal(history.n_values, 24);
    assert_true(history.values[0] == 1.5 && history.values[23] == 47.5);
    arena_free(&arena);
}

/* 9,000 in 30 minutes are 5 a second, and a server at target carries 10 x 25 %. A longer step of the trace stays. */
static void history_is_in_servers_at_target(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct diagnostics diagnostics = {.arena = &arena};
    int64_t values[2] = {9000 * 1000000LL, 1};
    struct study study = study_of(values, 2, 1800, day(2014, 1, 1), 1);
    study.step_seconds = 300;
    study.workload.measures = MEASURES_COUNT;
    study.workload.per_server = decimal("10");
    study.workload.target_utilisation = decimal("0.25");
    struct history history;
    assert_true(demand_history(&arena, &study, &history, &diagnostics));
    assert_int_equal(history.step_seconds, 1800);
    assert_int_equal(history.n_values, 2);
    assert_true(history.values[0] == 2);
    assert_true(history.values[1] > 2.2e-10 && history.values[1] < 2.3e-10); /* 1e-6 / 1,800 / 2.5 */
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(need_is_exact),
        cmocka_unit_test(counts_become_servers),
        cmocka_unit_test(growth_compounds_monthly),
        cmocka_unit_test(bursts_rise_hold_and_fall),
        cmocka_unit_test(weekdays_meet_weekdays),
        cmocka_unit_test(history_is_the_trace_as_it_is),
        cmocka_unit_test(history_is_in_servers_at_target),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
