#include "test.h"

#include "supply/delivery.h"
#include "supply/lead_time.h"
#include "unit/calendar.h"

enum { MOST_STAGES = 4 };

static struct stage stage(enum stage_each each, int64_t low, int64_t mode, int64_t high, int64_t workers)
{
    return (struct stage){.name = STR("s"),
                          .each = each,
                          .workers = workers,
                          .low_seconds = low,
                          .mode_seconds = mode,
                          .high_seconds = high};
}

static struct study study_of(struct process *process)
{
    return (struct study){.processes = process, .n_processes = 1, .seed = 1};
}

static const struct offer colocation = {.kind = OFFER_COLOCATION, .process = 0, .quota_increase = -1};

/* The book: 5,000 servers, 100 people, 3 to 4 days to buy and half a day to install. */
static void the_book_takes_175_to_225_and_28_to_29_days(void **state)
{
    (void)state;
    const int64_t day = DAY_SECONDS;
    struct stage one_by_one[] = {stage(EACH_SERVER, 3 * day, 7 * day / 2, 4 * day, 100),
                                 stage(EACH_SERVER, day / 2, day / 2, day / 2, 100)};
    one_by_one[0].crew = one_by_one[1].crew = STR("installers");
    struct stage bulk[] = {stage(EACH_ORDER, 3 * day, 7 * day / 2, 4 * day, 0),
                           stage(EACH_SERVER, day / 2, day / 2, day / 2, 100)};
    struct process process = {.name = STR("p"), .items = one_by_one, .n_items = 2};
    struct study study = study_of(&process);
    struct lead_time lead = lead_time_of(&study, &colocation, 5000, 0, 0);
    assert_true(lead.all_low == 175 * 24 && lead.base == 200 * 24 && lead.all_high == 225 * 24);
    assert_true(lead.all_low < lead.p10 && lead.p10 < lead.p50 && lead.p50 < lead.p90 &&
                lead.p90 < lead.all_high);
    process.items = bulk;
    lead = lead_time_of(&study, &colocation, 5000, 0, 0);
    assert_true(lead.all_low == 28 * 24 && lead.base == 28.5 * 24 && lead.all_high == 29 * 24);
}

/* A sum of two independent stages spreads less than the sum of their percentiles says. */
static void percentiles_are_no_sums_of_percentiles(void **state)
{
    (void)state;
    struct stage stages[] = {stage(EACH_ORDER, 1000000, 2000000, 3000000, 0),
                             stage(EACH_ORDER, 1000000, 2000000, 3000000, 0)};
    struct process both = {.name = STR("p"), .items = stages, .n_items = 2};
    struct study study = study_of(&both);
    struct lead_time sum = lead_time_of(&study, &colocation, 1, 0, 0);
    both.n_items = 1;
    struct lead_time one = lead_time_of(&study, &colocation, 1, 0, 0);
    assert_true(sum.p90 < 2 * one.p90 && sum.p10 > 2 * one.p10);
}

static void random_process(struct arena *arena, uint64_t *random, struct stage *stages,
                           struct process *process)
{
    static const char *const names[] = {"8x5", "16x7", "12x3"};
    *process = (struct process){.items = stages, .n_items = 1 + test_random(random) % MOST_STAGES};
    for (size_t i = 0; i < process->n_items; i++) {
        int64_t seconds = 60 * (int64_t)(test_random(random) % 900);
        stages[i] = stage((enum stage_each)(test_random(random) % 2), seconds, seconds, seconds,
                          (int64_t)(test_random(random) % 5));
        if (test_random(random) % 3)
            stages[i].calendar = calendar_by_name(arena, str_of(names[test_random(random) % 3]));
    }
}

static int64_t in_service(struct arena *arena, const struct study *study, const struct offer *offer,
                          int64_t n, int64_t ordered)
{
    struct arrivals list = delivery(arena, study, offer, n, 0, ordered);
    return ordered + arrivals_last(&list);
}

static void the_order_is_the_latest_in_time(void **state)
{
    (void)state;
    uint64_t random = 5;
    for (int trial = 0; trial < 300; trial++) {
        struct arena arena = {0};
        struct stage stages[MOST_STAGES];
        struct process process;
        struct offer offer = colocation;
        random_process(&arena, &random, stages, &process);
        struct study study = study_of(&process);
        offer.max_per_order = (int64_t)(test_random(&random) % 3) * 7;
        offer.orders_at_once = (int64_t)(test_random(&random) % 3);
        int64_t n = 1 + (int64_t)(test_random(&random) % 30),
                wanted = 1400000000 + (int64_t)(test_random(&random) % 10000000);
        int64_t ordered = delivery_order_by(&study, &offer, n, 0, wanted);
        assert_true(in_service(&arena, &study, &offer, n, ordered) <= wanted);
        assert_true(in_service(&arena, &study, &offer, n, ordered + 1) > wanted);
        arena_free(&arena);
    }
}

/* Three at a time, two orders at once, 8 hours of work each, ordered on Friday 7 March 2014 at 13:00: 6 by
 * Monday 13:00, 6 by Tuesday 13:00, the last one by Wednesday 13:00. */
static void rounds_begin_when_the_one_before_is_done(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct stage stages[] = {stage(EACH_ORDER, 8 * 3600, 8 * 3600, 8 * 3600, 0)};
    stages[0].calendar = calendar_by_name(&arena, STR("8x5"));
    struct process process = {.items = stages, .n_items = 1};
    struct study study = study_of(&process);
    struct offer offer = colocation;
    offer.max_per_order = 3;
    offer.orders_at_once = 2;
    int64_t ordered, done[3];
    assert_true(
        time_parse(STR("2014-03-07 13:00"), &ordered) && time_parse(STR("2014-03-10 13:00"), &done[0]) &&
        time_parse(STR("2014-03-11 13:00"), &done[1]) && time_parse(STR("2014-03-12 13:00"), &done[2]));
    struct arrivals list = delivery(&arena, &study, &offer, 13, 0, ordered);
    int64_t servers[3] = {0};
    for (size_t i = 0; i < list.n_items; i++)
        for (int k = 0; k < 3; k++)
            servers[k] += ordered + list.items[i].seconds == done[k] ? list.items[i].servers : 0;
    assert_true(servers[0] == 6 && servers[1] == 6 && servers[2] == 1);
    arena_free(&arena);
}

/* Where nothing keeps hours it does not matter when one orders, and rounds are reckoned without being listed.
 */
static void without_hours_the_day_does_not_matter(void **state)
{
    (void)state;
    uint64_t random = 9;
    for (int trial = 0; trial < 300; trial++) {
        struct arena arena = {0};
        struct stage stages[MOST_STAGES];
        struct process process;
        struct offer offer = colocation;
        random_process(&arena, &random, stages, &process);
        for (size_t i = 0; i < process.n_items; i++)
            stages[i].calendar = NULL;
        struct study study = study_of(&process);
        offer.max_per_order = 1 + (int64_t)(test_random(&random) % 9);
        offer.orders_at_once = (int64_t)(test_random(&random) % 4);
        int64_t n = 1 + (int64_t)(test_random(&random) % 60);
        struct arrivals early = delivery(&arena, &study, &offer, n, 0, 0),
                        late = delivery(&arena, &study, &offer, n, 0, 99999);
        assert_int_equal(arrivals_last(&early), arrivals_last(&late));
        assert_int_equal(arrivals_last(&early), lead_base_seconds(&offer, &process, n, 12345));
        assert_int_equal(delivery_order_by(&study, &offer, n, 0, 1000), 1000 - arrivals_last(&early));
        arena_free(&arena);
    }
}

/* A crew of two needs an hour a server. It is booked from 10:00 to 12:00, so that four servers in service at
 * 13:00 are begun at 8:00, two at a time, the last two done by 10:00; and three in service at 14:00 at 12:00.
 */
static void who_finds_the_crew_booked_orders_earlier(void **state)
{
    (void)state;
    struct arena arena = {0};
    const int64_t hour = HOUR_SECONDS;
    struct stage stages[] = {stage(EACH_SERVER, hour, hour, hour, 2)};
    stages[0].crew = STR("rackers");
    struct process process = {.items = stages, .n_items = 1};
    struct study study = study_of(&process);
    struct booking both = {STR("rackers"), 10 * hour, 12 * hour, 2};
    struct booking_list taken = {&both, 1, 1};
    struct bookings none = {0}, booked = {0};
    bookings_add(&arena, &booked, &taken);
    assert_int_equal(delivery_booked_order_by(&study, &colocation, 4, 0, 13 * hour, 0, &none), 11 * hour);
    assert_int_equal(delivery_booked_order_by(&study, &colocation, 4, 0, 13 * hour, 0, &booked), 9 * hour);
    assert_int_equal(delivery_booked_order_by(&study, &colocation, 3, 0, 14 * hour, 0, &booked), 12 * hour);
    assert_int_equal(delivery_booked_order_by(&study, &colocation, 2, 0, 13 * hour, 0, &booked), 12 * hour);
    arena_free(&arena);
}

/* What is found is in time, whatever is booked, unless nothing after the earliest time is. */
static void an_order_with_bookings_is_in_time(void **state)
{
    (void)state;
    uint64_t random = 31;
    for (int trial = 0; trial < 200; trial++) {
        struct arena arena = {0};
        struct stage stages[MOST_STAGES];
        struct process process;
        struct bookings booked = {0};
        random_process(&arena, &random, stages, &process);
        stages[0].crew = STR("rackers");
        stages[0].workers = 3;
        struct study study = study_of(&process);
        int64_t wanted = 1400000000 + (int64_t)(test_random(&random) % 10000000), n = 1 + trial % 9;
        for (int i = 0; i < 30; i++) {
            int64_t from = wanted - (int64_t)(test_random(&random) % 4000000);
            struct booking one = {STR("rackers"), from, from + 1 + (int64_t)(test_random(&random) % 90000),
                                  1 + (int64_t)(test_random(&random) % 3)};
            bookings_add(&arena, &booked, &(struct booking_list){&one, 1, 1});
        }
        int64_t earliest = wanted - 40000000,
                ordered = delivery_booked_order_by(&study, &colocation, n, 0, wanted, earliest, &booked);
        struct arrivals list = delivery_booked(&arena, &study, &colocation, n, 0, ordered, &booked, NULL);
        assert_true(ordered > earliest && ordered + arrivals_last(&list) <= wanted);
        assert_true(ordered <= delivery_order_by(&study, &colocation, n, 0, wanted));
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_book_takes_175_to_225_and_28_to_29_days),
        cmocka_unit_test(percentiles_are_no_sums_of_percentiles),
        cmocka_unit_test(the_order_is_the_latest_in_time),
        cmocka_unit_test(rounds_begin_when_the_one_before_is_done),
        cmocka_unit_test(without_hours_the_day_does_not_matter),
        cmocka_unit_test(who_finds_the_crew_booked_orders_earlier),
        cmocka_unit_test(an_order_with_bookings_is_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
