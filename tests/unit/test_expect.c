#include "test.h"

#include "model/demand.h"
#include "model/study.h"
#include "plan/expect.h"
#include "unit/calendar.h"

/* What is expected of twelve-hour steps: a day has two, a week fourteen. */
enum { STEP = 12 * HOUR_SECONDS, MOST = 64 };

struct seen {
    double demand[MOST];
    int64_t n;
};

static struct expectation after(struct arena *arena, const struct seen *seen, struct forecasting f, int64_t n)
{
    struct expectation e;
    struct known known = {.step_seconds = STEP, .demand = seen->demand, .n_known = seen->n};
    expect(arena, &known, &f, n, &e);
    return e;
}

static void assert_need(const struct expectation *e, const int32_t *expected, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        assert_int_equal(e->need[i], expected[i]);
}

static struct decimal number(int64_t digits, int scale)
{
    return (struct decimal){digits, scale};
}

/* 1.5 servers are two; 10 x 1.1 are eleven, though doubles make 11.000000000000002 of it. */
static void whole_servers_are_bought(void **state)
{
    struct arena arena = {0};
    struct seen seen = {{1.5, 10}, 2};
    struct forecasting f = {.kind = FORECAST_SEASONAL_NAIVE, .season_seconds = DAY_SECONDS};
    (void)state;
    struct expectation e = after(&arena, &seen, f, 4);
    assert_need(&e, (int32_t[]){2, 10, 2, 10}, 4);
    f.headroom = number(10, 2);
    e = after(&arena, &seen, f, 4);
    assert_need(&e, (int32_t[]){2, 11, 2, 11}, 4);
    arena_free(&arena);
}

/* Of 1, 2, ... 5 the median is 3; a quarter more is 3.75. */
static void percentile_is_level(void **state)
{
    struct arena arena = {0};
    struct seen seen = {{5, 1, 4, 2, 3}, 5};
    struct forecasting f = {
        .kind = FORECAST_PERCENTILE, .percentile = number(50, 0), .headroom = number(25, 2)};
    (void)state;
    struct expectation e = after(&arena, &seen, f, 3);
    assert_need(&e, (int32_t[]){4, 4, 4}, 3);
    arena_free(&arena);
}

/* A sale in the first day seen tripled it: 2 and 4 are left of 6 and 12. It comes again in the second day
 * expected, in half of which it lasts an hour only: a step that is touched counts. */
static void known_events_multiply(void **state)
{
    struct arena arena = {0};
    struct seen seen = {{6, 12}, 2};
    const struct known_event events[] = {{STR("was"), 0, 2 * STEP, number(3, 0)},
                                         {STR("is"), 3 * STEP, 4 * STEP + HOUR_SECONDS, number(25, 1)}};
    struct forecasting f = {
        .kind = FORECAST_SEASONAL_NAIVE, .season_seconds = DAY_SECONDS, .events = events, .n_events = 2};
    (void)state;
    struct expectation e = after(&arena, &seen, f, 4);
    assert_need(&e, (int32_t[]){2, 10, 5, 4}, 4);
    assert_int_equal(e.reason.length, 0);
    arena_free(&arena);
}

/* The last of season, week and day that was seen once goes on; then the most so far; then nothing. */
static void what_was_seen_goes_on_where_it_is_too_little(void **state)
{
    struct arena arena = {0};
    struct seen seen = {{0}, 30};
    struct forecasting f = {.kind = FORECAST_SEASONAL_NAIVE, .season_seconds = 364 * (int64_t)DAY_SECONDS};
    (void)state;
    for (int i = 0; i < 30; i++)
        seen.demand[i] = i;
    struct expectation e = after(&arena, &seen, f, 15); /* a week: 16 ... 29 */
    assert_true(e.reason.length > 0);
    for (int i = 0; i < 15; i++)
        assert_int_equal(e.need[i], 16 + i % 14);
    seen.n = 3; /* a day: 1, 2 */
    e = after(&arena, &seen, f, 3);
    assert_need(&e, (int32_t[]){1, 2, 1}, 3);
    seen = (struct seen){{7}, 1};
    e = after(&arena, &seen, f, 2);
    assert_need(&e, (int32_t[]){7, 7}, 2);
    seen.n = 0;
    e = after(&arena, &seen, f, 2);
    assert_need(&e, (int32_t[]){0, 0}, 2);
    assert_true(e.reason.length > 0);
    arena_free(&arena);
}

/* Of a season shorter than a week, a week is not tried: Holt-Winters wants two days and has one. */
static void no_longer_season_is_taken_instead(void **state)
{
    struct arena arena = {0};
    struct seen seen = {{3, 5, 8}, 3};
    struct forecasting f = {.kind = FORECAST_HOLT_WINTERS_ADDITIVE, .season_seconds = DAY_SECONDS};
    (void)state;
    struct expectation e = after(&arena, &seen, f, 3);
    assert_true(e.reason.length > 0);
    assert_need(&e, (int32_t[]){5, 8, 5}, 3);
    arena_free(&arena);
}

/* A line that rises by 2 a step, with 10 more in every second: two steps on it is 4 more. Without an error
 * there is nothing to smooth. */
static void holt_winters_goes_on(void **state)
{
    struct arena arena = {0};
    struct seen seen = {{10, 22, 14, 26, 18, 30}, 6};
    struct forecasting f = {.kind = FORECAST_HOLT_WINTERS_ADDITIVE, .season_seconds = DAY_SECONDS};
    (void)state;
    struct expectation e = after(&arena, &seen, f, 4);
    assert_int_equal(e.reason.length, 0);
    assert_need(&e, (int32_t[]){22, 34, 26, 38}, 4);
    arena_free(&arena);
}

/* ---- what was seen before the study ---- */

static struct study two_days(enum repeat repeat, enum align align)
{
    static int64_t values[21 * 2];
    for (int i = 0; i < 42; i++)
        values[i] = (1 + i) * INT64_C(1000000);
    int64_t monday = date_seconds((struct date){2014, 1, 6});
    return (struct study){.start_seconds = monday + 14 * DAY_SECONDS,
                          .end_seconds = monday + 16 * DAY_SECONDS,
                          .decide_from_seconds = monday + 12 * DAY_SECONDS,
                          .step_seconds = STEP,
                          .workload = {.measures = MEASURES_SERVERS,
                                       .repeat = repeat,
                                       .align = align,
                                       .growth_yearly = {50, 2},
                                       .target_utilisation = {1, 0},
                                       .max_utilisation = {1, 0},
                                       .trace = {.first_seconds = monday,
                                                 .step_seconds = STEP,
                                                 .n_values = 42,
                                                 .values_micro = values}}};
}

static void rows_before_the_study_were_seen(void **state)
{
    struct arena arena = {0};
    struct diagnostics none = {.arena = &arena};
    struct study study = two_days(REPEAT_NONE, ALIGN_DATE);
    struct past past;
    (void)state;
    assert_true(demand_past(&arena, &study, &past, &none));
    assert_int_equal(past.n_steps, 28);
    assert_true(past.first_seconds == study.workload.trace.first_seconds);
    assert_true(demand_past_from(&study) == past.first_seconds);
    for (int i = 0; i < 28; i++)
        assert_true(past.load[i] == (1 + i) * INT64_C(1000000));
    arena_free(&arena);
}

/* Three weeks over and over: the block that begins three weeks before decide_from, a Saturday. The study
 * begins with the third week of the trace, so the Saturday before it is that of the second week. */
static void a_trace_that_repeats_was_seen_once(void **state)
{
    struct arena arena = {0};
    struct diagnostics none = {.arena = &arena};
    struct study study = two_days(REPEAT_WEEKLY, ALIGN_DATE);
    struct past past;
    (void)state;
    assert_true(demand_past(&arena, &study, &past, &none));
    assert_true(past.first_seconds == study.decide_from_seconds - 21 * DAY_SECONDS);
    assert_int_equal(past.n_steps, (21 + 2) * 2);
    for (int i = 0; i < past.n_steps; i++)
        assert_true(past.load[i] == (1 + (24 + i) % 42) * INT64_C(1000000));
    arena_free(&arena);
}

static void nothing_was_seen_where_the_trace_begins_with_the_study(void **state)
{
    struct arena arena = {0};
    struct diagnostics none = {.arena = &arena};
    struct study study = two_days(REPEAT_NONE, ALIGN_ELAPSED);
    struct past past;
    (void)state;
    assert_true(demand_past(&arena, &study, &past, &none));
    assert_int_equal(past.n_steps, 0);
    assert_true(demand_past_from(&study) == study.start_seconds);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_servers_are_bought),
        cmocka_unit_test(percentile_is_level),
        cmocka_unit_test(known_events_multiply),
        cmocka_unit_test(what_was_seen_goes_on_where_it_is_too_little),
        cmocka_unit_test(no_longer_season_is_taken_instead),
        cmocka_unit_test(holt_winters_goes_on),
        cmocka_unit_test(rows_before_the_study_were_seen),
        cmocka_unit_test(a_trace_that_repeats_was_seen_once),
        cmocka_unit_test(nothing_was_seen_where_the_trace_begins_with_the_study),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
