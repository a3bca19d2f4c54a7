#include "test.h"

#include "supply/launch.h"

enum { STEP = 3600 };

static struct offer offer_of(int64_t start_up, int64_t rate_per_second, int64_t bucket)
{
    return (struct offer){.start_up_seconds = start_up,
                          .launch_rate = {rate_per_second * 1000000},
                          .launch_bucket = bucket,
                          .increment_seconds = STEP};
}

/* 5,000 launches at 2/s after a bucket of 1,000 and 97 s: 33.3 minutes and 97 s, 1,246 server-hours.
 * By hand: 5,000 x 97 s + (1 + ... + 4,000) / 2 s = 485,000 + 4,001,000 server-seconds. */
static void five_thousand_at_once(void **state)
{
    (void)state;
    struct offer offer = offer_of(97, 2, 1000);
    struct arena arena = {0};
    struct launcher launcher = launcher_new(&arena, &offer, STEP);
    struct launched step = launch_step(&launcher, 0, 5000, 0);
    assert_int_equal(5000LL * STEP - launched_until(&step, STEP), 485000 + 4001000);
    assert_int_equal((485000 + 4001000) / 3600, 1246);
    assert_int_equal(launched_when(&step, 5000), 2000 + 97);
    assert_int_equal(launched_when(&step, 1000), 97);
    assert_int_equal(launched_at(&step, 96), 0);
    assert_int_equal(launched_at(&step, 97), 1000);
    assert_int_equal(launched_at(&step, 98), 1002);
    assert_int_equal(launched_at(&step, 2097), 5000);
    assert_int_equal(launcher.in_service, 5000);
    /* all came within the first paid hour */
    assert_int_equal(step.billed_seconds, 5000LL * STEP);
}

/* With an hour's notice all are there when the hour begins; those beyond the bucket come 1/2, 2/2, ...
 * 4,000/2 seconds early and are billed an hour more. */
static void notice_makes_them_punctual(void **state)
{
    (void)state;
    struct offer offer = offer_of(97, 2, 1000);
    struct arena arena = {0};
    struct launcher launcher = launcher_new(&arena, &offer, STEP);
    struct launched step = launch_step(&launcher, 0, 5000, STEP);
    assert_int_equal(launched_until(&step, STEP), 5000LL * STEP);
    assert_int_equal(step.early_seconds, 4001000);
    assert_int_equal(step.billed_seconds, 5000LL * STEP + 4000LL * 3600);
}

static void a_queue_goes_on_in_the_next_step(void **state)
{
    (void)state;
    struct offer offer = offer_of(100, 1, 0);
    struct arena arena = {0};
    struct launcher launcher = launcher_new(&arena, &offer, STEP);
    struct launched first = launch_step(&launcher, 0, 10000, 0);
    assert_int_equal(launched_at(&first, STEP), 3500); /* one a second after 100 s */
    struct launched second = launch_step(&launcher, 0, 10000, 0);
    assert_int_equal(second.keep, 3500);
    assert_int_equal(launched_at(&second, STEP), 7100); /* one a second from its beginning */
    struct launched third = launch_step(&launcher, 0, 10000, 0);
    assert_int_equal(launched_when(&third, 10000), 2900);
}

static void servers_no_longer_wanted_stop_at_once(void **state)
{
    (void)state;
    struct offer offer = offer_of(0, 0, 0);
    struct arena arena = {0};
    struct launcher launcher = launcher_new(&arena, &offer, STEP);
    launch_step(&launcher, 0, 50, 0);
    struct launched step = launch_step(&launcher, 0, 20, 0);
    assert_int_equal(launched_until(&step, STEP), 20LL * STEP);
    assert_int_equal(launcher.in_service, 20);
}

/* Server by server. */
static int64_t plain_server_seconds(const struct offer *offer, int64_t wanted, int64_t until)
{
    int64_t sum = 0, rate = offer->launch_rate.micro_per_second / 1000000;
    for (int64_t i = 1; i <= wanted; i++) { /* the i-th in service for until - its arrival, in half-seconds */
        int64_t queue = i > offer->launch_bucket ? i - offer->launch_bucket : 0;
        int64_t twice = 2 * (until - offer->start_up_seconds) - 2 * queue / rate;
        sum += twice > 0 ? twice : 0;
    }
    return sum / 2;
}

static void sums_agree_with_one_by_one(void **state)
{
    (void)state;
    uint64_t random = 9;
    for (int trial = 0; trial < 2000; trial++) {
        struct offer offer =
            offer_of((int64_t)(test_random(&random) % 300), 1 + (int64_t)(test_random(&random) % 2),
                     (int64_t)(test_random(&random) % 500));
        int64_t wanted = 1 + (int64_t)(test_random(&random) % 2000);
        int64_t until = (int64_t)(test_random(&random) % STEP);
        struct arena arena = {0};
        struct launcher launcher = launcher_new(&arena, &offer, STEP);
        struct launched step = launch_step(&launcher, 0, wanted, 0);
        assert_true(llabs((long long)(launched_until(&step, until) -
                                      plain_server_seconds(&offer, wanted, until))) <= 1);
    }
}

/* ---- increments longer than a step: the same, server by server ---- */

enum { SHORT_STEP = 300, MOST_RUNNING = 64 };

/* Servers in the order they were started, each with the time up to which it is paid. */
static int64_t plain_bill(const int64_t *wanted, int n_steps, int64_t increment, int64_t first)
{
    int64_t paid_until[MOST_RUNNING], billed = 0;
    int n = 0;
    for (int t = 0; t < n_steps; t++) {
        int64_t now = (int64_t)t * SHORT_STEP;
        int kept = 0;
        for (int i = 0; i < n; i++) {
            for (; i < wanted[t] && paid_until[i] < now + SHORT_STEP; paid_until[i] += increment)
                billed += increment;
            if (paid_until[i] > now)
                paid_until[kept++] = paid_until[i];
        }
        for (n = kept; n < wanted[t]; n++, billed += first)
            paid_until[n] = now + first;
    }
    return billed;
}

static void increments_are_billed_as_server_by_server(void **state)
{
    (void)state;
    static const int64_t pairs[][2] = {{3600, 3600}, {600, 600}, {60, 600}, {900, 3600}, {3600, 7200}};
    uint64_t random = 41;
    for (int trial = 0; trial < 2000; trial++) {
        struct arena arena = {0};
        const int64_t *pair = pairs[test_random(&random) % COUNT(pairs)];
        struct offer offer = {.increment_seconds = pair[0], .minimum_seconds = pair[1]};
        struct launcher launcher = launcher_new(&arena, &offer, SHORT_STEP);
        int64_t wanted[200], billed = 0, level = 0;
        for (int t = 0; t < 200; t++) {
            level = test_random(&random) % 3 == 0 ? (int64_t)(test_random(&random) % MOST_RUNNING) : level;
            wanted[t] = level;
            struct launched step = launch_step(&launcher, (int64_t)t * SHORT_STEP, level, 0);
            billed += step.billed_seconds;
            assert_true(step.keep + step.at_once >= level);
        }
        assert_int_equal(billed, plain_bill(wanted, 200, pair[0], pair[1]));
        arena_free(&arena);
    }
}

/* One second at a time, sixty at least: a server that comes 20 s before the end of a step and is no
 * longer wanted in the next is billed 60 s; one that goes on is billed what it ran. */
static void a_minimum_is_charged_only_to_those_who_stop_before_it(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct offer offer = {.increment_seconds = 1, .minimum_seconds = 60, .start_up_seconds = 280};
    struct launcher launcher = launcher_new(&arena, &offer, SHORT_STEP);
    struct launched first = launch_step(&launcher, 0, 10, 0);
    assert_int_equal(first.billed_seconds, 10 * 20);
    struct launched second = launch_step(&launcher, SHORT_STEP, 4, 0);
    assert_int_equal(second.billed_seconds, 4 * SHORT_STEP + 6 * 40);
    struct launched third = launch_step(&launcher, 2 * SHORT_STEP, 0, 0);
    assert_int_equal(third.billed_seconds, 0);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_thousand_at_once),
        cmocka_unit_test(notice_makes_them_punctual),
        cmocka_unit_test(a_queue_goes_on_in_the_next_step),
        cmocka_unit_test(servers_no_longer_wanted_stop_at_once),
        cmocka_unit_test(sums_agree_with_one_by_one),
        cmocka_unit_test(increments_are_billed_as_server_by_server),
        cmocka_unit_test(a_minimum_is_charged_only_to_those_who_stop_before_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
