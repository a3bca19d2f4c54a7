#include "test.h"

#include <math.h>

#include "base/normal.h"

/* Against the C library: both are within a unit or two of the last place. */
static void logarithm_and_exponential_are_those_of_the_library(void **state)
{
    (void)state;
    uint64_t random = 3;
    for (int i = 0; i < 200000; i++) {
        double x = ((double)(test_random(&random) >> 11) * 0x1p-53 - 0.5) * 1300;
        assert_true(fabs(exponential(x) / exp(x) - 1) < 4e-16);
        double y = exp(x / 2);
        assert_true(fabs(natural_log(y) - log(y)) <= 4e-16 * (1 + fabs(log(y))));
    }
    assert_true(exponential(0) == 1);
    assert_true(natural_log(1) == 0);
}

/* The distribution function comes from the complementary error function of the C library. */
static void quantiles_are_where_the_distribution_says(void **state)
{
    (void)state;
    uint64_t random = 5;
    for (int i = 0; i < 200000; i++) {
        double p = (double)((test_random(&random) >> 11) + 1) * 0x1p-54 * (i % 3 == 0 ? 1e-9 : 1);
        double back = 0.5 * erfc(-normal_quantile(p) / sqrt(2));
        assert_true(fabs(back / p - 1) < 1e-13); /* far out, the last place of x counts 60 times */
        assert_true(i % 3 == 0 || fabs(normal_quantile(1 - p) + normal_quantile(p)) < 1e-7);
    }
    assert_true(fabs(normal_quantile(0.9) - NORMAL_P90) < 1e-15);
    assert_true(normal_quantile(0.5) == 0);
}

/* Worked out by Python 3.11 (statistics.NormalDist, which uses the same algorithm, but the library's log). */
static void quantiles_of_published_figures(void **state)
{
    (void)state;
    assert_true(fabs(normal_quantile(0.975) - 1.959963984540054) < 1e-15);
    assert_true(fabs(normal_quantile(0.001) + 3.090232306167813) < 1e-15);
    assert_true(fabs(normal_quantile(1e-12) + 7.034483825301132) < 2e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logarithm_and_exponential_are_those_of_the_library),
        cmocka_unit_test(quantiles_are_where_the_distribution_says),
        cmocka_unit_test(quantiles_of_published_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
