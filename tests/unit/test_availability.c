#include "test.h"

#include "supply/availability.h"

enum { RETRY = 900, TRIALS = 40000 };

static const struct study study = {.seed = 7};

static struct offer offer_of(int64_t percent)
{
    return (struct offer){
        .id = STR("cloud"), .kind = OFFER_ON_DEMAND, .available = {percent, 2}, .retry_seconds = RETRY};
}

/* Attempts are geometric: k retries with probability (1 - p)^k p. Of n trials the number differs from n times
 * that by less than five standard deviations. */
static void retries_are_geometric(void **state)
{
    (void)state;
    static const int64_t percents[] = {95, 60, 20, 100};
    for (size_t i = 0; i < COUNT(percents); i++) {
        struct arena arena = {0};
        struct offer offer = offer_of(percents[i]);
        int64_t counts[8] = {0};
        for (uint64_t trial = 0; trial < TRIALS; trial++) {
            struct capacity_draw draw = capacity_draw(&arena, &study, &offer, trial);
            int64_t wait = capacity_wait(&draw, 1000 * RETRY);
            assert_int_equal(wait % RETRY, 0);
            if (wait / RETRY < (int64_t)COUNT(counts))
                counts[wait / RETRY]++;
        }
        double p = (double)percents[i] / 100, chance = p;
        for (size_t k = 0; k < COUNT(counts); k++, chance *= 1 - p) {
            double off = (double)counts[k] - TRIALS * chance;
            assert_true(off * off <= 25 * TRIALS * chance * (1 - chance));
        }
        arena_free(&arena);
    }
}

/* What is found holds for a slot; who waits finds it as the next slot that has it begins. */
static void a_wait_ends_with_the_first_slot_that_has_capacity(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct offer offer = offer_of(30);
    struct capacity_draw draw = capacity_draw(&arena, &study, &offer, 3);
    for (int64_t at = -50 * RETRY; at < 50 * RETRY; at += 61) {
        int64_t slot = at >= 0 ? at / RETRY : -((-at + RETRY - 1) / RETRY), from = slot * RETRY;
        bool there = capacity_is_there(&draw, at);
        assert_true(there == capacity_is_there(&draw, from) &&
                    there == capacity_is_there(&draw, from + RETRY - 1));
        int64_t expected = at;
        while (!capacity_is_there(&draw, expected))
            expected = (expected == at ? from : expected) + RETRY;
        assert_int_equal(at + capacity_wait(&draw, at), expected);
    }
    struct capacity_draw again = capacity_draw(&arena, &study, &offer, 3);
    assert_int_equal(capacity_wait(&draw, 12345), capacity_wait(&again, 12345));
    arena_free(&arena);
}

/* 0.4^8 = 0.00066 is at most 0.001, 0.4^7 = 0.0016 is not: seven retries. 0.05^3 = 0.000125: two. */
static void all_but_one_of_a_thousand_waits(void **state)
{
    (void)state;
    struct offer sixty = offer_of(60), most = offer_of(95), always = offer_of(100), unsaid = {0};
    assert_int_equal(capacity_longest_wait(&sixty, 1000 * RETRY), 7 * RETRY);
    assert_int_equal(capacity_longest_wait(&sixty, 1000 * RETRY + 100), 7 * RETRY - 100);
    assert_int_equal(capacity_longest_wait(&most, 0), 2 * RETRY);
    assert_int_equal(capacity_longest_wait(&always, 77), 0);
    assert_int_equal(capacity_longest_wait(&unsaid, 77), 0);
    struct capacity_draw draw = {&unsaid, 1};
    assert_true(capacity_is_there(&draw, 77) && capacity_wait(&draw, 77) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(retries_are_geometric),
        cmocka_unit_test(a_wait_ends_with_the_first_slot_that_has_capacity),
        cmocka_unit_test(all_but_one_of_a_thousand_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
