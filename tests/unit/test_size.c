#include "test.h"

#include "plan/size.h"

static int compare(const void *a, const void *b)
{
    return *(const int32_t *)a - *(const int32_t *)b;
}

/* R: quantile(c(1, 2, 3, 4), .5, type = 7) is 2.5, so three servers; quantile(1:11, .9) is 10. */
static void percentiles_are_type_7_rounded_up(void **state)
{
    (void)state;
    int32_t four[] = {4, 2, 1, 3}, eleven[] = {11, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1}, one[] = {7};
    assert_int_equal(size_percentile(four, 4, decimal_of(50)), 3);
    assert_int_equal(size_percentile(eleven, 11, decimal_of(90)), 10);
    assert_int_equal(size_percentile(eleven, 11, decimal_of(0)), 1);
    assert_int_equal(size_percentile(eleven, 11, decimal_of(100)), 11);
    assert_int_equal(size_percentile(one, 1, decimal_of(37)), 7);
}

/* h = (n - 1) p / 100 in a sorted copy, with integers. */
static int32_t plain_percentile(const int32_t *values, int32_t n, int32_t percent)
{
    int32_t sorted[200];
    memcpy(sorted, values, (size_t)n * sizeof *sorted);
    qsort(sorted, (size_t)n, sizeof *sorted, compare);
    int32_t h = (n - 1) * percent, below = h / 100, rest = h % 100;
    if (rest == 0)
        return sorted[below];
    int32_t scaled = (sorted[below + 1] - sorted[below]) * rest;
    return sorted[below] + (scaled + 99) / 100;
}

static void selection_agrees_with_sorting(void **state)
{
    (void)state;
    uint64_t random = 77;
    for (int trial = 0; trial < 20000; trial++) {
        int32_t values[200], n = 1 + (int32_t)(test_random(&random) % 200);
        int32_t spread = 1 + (int32_t)(test_random(&random) % 50),
                percent = (int32_t)(test_random(&random) % 101);
        for (int32_t i = 0; i < n; i++)
            values[i] = (int32_t)(test_random(&random) % (uint64_t)spread);
        int32_t expected = plain_percentile(values, n, percent);
        assert_int_equal(size_percentile(values, n, decimal_of(percent)), expected);
    }
}

/* The highest level that more than `least` of the values reach, by counting. */
static int32_t plain_level(const int32_t *values, int32_t n, int128 numerator, int128 denominator)
{
    int32_t best = 0;
    for (int32_t level = 1; level < 60; level++) {
        int32_t used = 0;
        for (int32_t i = 0; i < n; i++)
            used += values[i] >= level;
        if (used * denominator > numerator)
            best = level;
    }
    return best;
}

static void the_used_level_agrees_with_counting(void **state)
{
    (void)state;
    uint64_t random = 123;
    for (int trial = 0; trial < 20000; trial++) {
        int32_t values[200], n = 1 + (int32_t)(test_random(&random) % 200);
        for (int32_t i = 0; i < n; i++)
            values[i] = (int32_t)(test_random(&random) % 50);
        int128 denominator = 1 + (int128)(test_random(&random) % 9);
        int128 numerator = (int128)(test_random(&random) % 1000);
        int32_t expected = plain_level(values, n, numerator, denominator);
        assert_int_equal(size_used_level(values, n, numerator, denominator), expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(percentiles_are_type_7_rounded_up),
        cmocka_unit_test(selection_agrees_with_sorting),
        cmocka_unit_test(the_used_level_agrees_with_counting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
