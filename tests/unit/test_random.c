#include "test.h"

#include "base/random.h"

static void draws_are_in_zero_to_one(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < 100000; i++) {
        double u = random_uniform(2014, i % 7, STR("ship"), i);
        assert_true(u >= 0 && u < 1);
    }
}

static void a_draw_depends_on_what_it_is_for_and_nothing_else(void **state)
{
    (void)state;
    double first = random_uniform(2014, 1, STR("ship"), 3);
    assert_true(random_uniform(2014, 1, STR("ship"), 4) != first);
    assert_true(random_uniform(2014, 2, STR("ship"), 3) != first);
    assert_true(random_uniform(2015, 1, STR("ship"), 3) != first);
    assert_true(random_uniform(2014, 1, STR("shop"), 3) != first);
    assert_true(random_uniform(2014, 1, STR("ships"), 3) != first);
    assert_true(random_uniform(2014, 3, STR("ship"), 1) != first); /* trial and index do not change places */
    const struct str longer = {"shipping", 4};
    assert_true(random_uniform(2014, 1, longer, 3) == first);
}

/* SplitMix64 worked out with Python's integers: every machine has to draw these. */
static void draws_are_the_same_on_every_machine(void **state)
{
    (void)state;
    assert_true(random_uniform(0, 0, STR(""), 0) == 0x1.1c13ade1c7e5cp-3);
    assert_true(random_uniform(2014, 1, STR("ship"), 0) == 0x1.b135256479e48p-3);
    assert_true(random_uniform(2014, 1, STR("ship"), 1) == 0x1.71feecfe9e016p-1);
    assert_true(random_uniform(UINT64_MAX, UINT64_MAX, STR("Z\xC3\xBCrich"), UINT64_MAX) == 0x1.d6228b36a788ep-2);
}

/* Counts in 16 equal parts against their expectation. With 15 degrees of freedom chi squared is
 * above 37.7 once in a thousand times; the draws are fixed, so this cannot fail by chance. */
static double chi_squared(const int *counts, int n_draws)
{
    double expected = n_draws / 16.0, sum = 0;
    for (int i = 0; i < 16; i++)
        sum += (counts[i] - expected) * (counts[i] - expected) / expected;
    return sum;
}

static void draws_are_even_along_every_argument(void **state)
{
    (void)state;
    enum { DRAWN = 160000 };
    int by_index[16] = {0}, by_trial[16] = {0}, by_seed[16] = {0}, by_pair[16] = {0};
    for (uint64_t i = 0; i < DRAWN; i++) {
        by_index[(int)(16 * random_uniform(1, 1, STR("a"), i))]++;
        by_trial[(int)(16 * random_uniform(1, i, STR("a"), 1))]++;
        by_seed[(int)(16 * random_uniform(i, 1, STR("a"), 1))]++;
        int one = random_uniform(1, i, STR("a"), 0) < 0.5, other = random_uniform(1, i, STR("b"), 0) < 0.5;
        by_pair[4 * (one + 2 * other)]++;
    }
    assert_true(chi_squared(by_index, DRAWN) < 37.7);
    assert_true(chi_squared(by_trial, DRAWN) < 37.7);
    assert_true(chi_squared(by_seed, DRAWN) < 37.7);
    /* Two streams of one trial: both below a half in a quarter of the trials, within four deviations. */
    for (int i = 0; i < 16; i += 4)
        assert_in_range(by_pair[i], DRAWN / 4 - 4 * 173, DRAWN / 4 + 4 * 173);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_are_in_zero_to_one),
        cmocka_unit_test(a_draw_depends_on_what_it_is_for_and_nothing_else),
        cmocka_unit_test(draws_are_the_same_on_every_machine),
        cmocka_unit_test(draws_are_even_along_every_argument),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
