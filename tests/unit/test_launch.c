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
    struct launcher launcher = launcher_new(&offer, STEP);
    struct launched step = launch_step(&launcher, 5000, 0);
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
    assert_int_equal(launched_billed(&step, STEP, 3600), 5000LL * STEP);
}

/* With an hour's notice all are there when the hour begins; those beyond the bucket come 1/2, 2/2, ...
 * 4,000/2 seconds early and are billed an hour more. */
static void notice_makes_them_punctual(void **state)
{
    (void)state;
    struct offer offer = offer_of(97, 2, 1000);
    struct launcher launcher = launcher_new(&offer, STEP);
    struct launched step = launch_step(&launcher, 5000, STEP);
    assert_int_equal(launched_until(&step, STEP), 5000LL * STEP);
    assert_int_equal(step.early_seconds, 4001000);
    assert_int_equal(launched_billed(&step, STEP, 3600), 5000LL * STEP + 4000LL * 3600);
}

static void a_queue_goes_on_in_the_next_step(void **state)
{
    (void)state;
    struct offer offer = offer_of(100, 1, 0);
    struct launcher launcher = launcher_new(&offer, STEP);
    struct launched first = launch_step(&launcher, 10000, 0);
    assert_int_equal(launched_at(&first, STEP), 3500); /* one a second after 100 s */
    struct launched second = launch_step(&launcher, 10000, 0);
    assert_int_equal(second.keep, 3500);
    assert_int_equal(launched_at(&second, STEP), 7100); /* one a second from its beginning */
    struct launched third = launch_step(&launcher, 10000, 0);
    assert_int_equal(launched_when(&third, 10000), 2900);
}

static void servers_no_longer_wanted_stop_at_once(void **state)
{
    (void)state;
    struct offer offer = offer_of(0, 0, 0);
    struct launcher launcher = launcher_new(&offer, STEP);
    launch_step(&launcher, 50, 0);
    struct launched step = launch_step(&launcher, 20, 0);
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
        struct launcher launcher = launcher_new(&offer, STEP);
        struct launched step = launch_step(&launcher, wanted, 0);
        assert_true(llabs((long long)(launched_until(&step, until) -
                                      plain_server_seconds(&offer, wanted, until))) <= 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_thousand_at_once),
        cmocka_unit_test(notice_makes_them_punctual),
        cmocka_unit_test(a_queue_goes_on_in_the_next_step),
        cmocka_unit_test(servers_no_longer_wanted_stop_at_once),
        cmocka_unit_test(sums_agree_with_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
