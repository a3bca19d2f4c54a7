#include "test.h"

#include "unit/root.h"

static double twelfth_power(double x)
{
    double cube = x * x * x, sixth = cube * cube;
    return sixth * sixth;
}

static void twelve_months_make_the_year(void **state)
{
    (void)state;
    uint64_t random = 11;
    for (int i = 0; i < 100000; i++) {
        /* 1e-6 to 1e6, as many below 1 as above. */
        double x = 1.0 + (double)(test_random(&random) % 1000000) * (double)(test_random(&random) % 1000) / 1000;
        x = x > 1e6 ? 1e6 : x;
        x = test_random(&random) % 2 ? 1 / x : x;
        double error = twelfth_power(twelfth_root(x)) / x - 1;
        assert_true(error < 1e-14 && error > -1e-14);
    }
}

static void whole_roots_are_exact(void **state)
{
    (void)state;
    assert_true(twelfth_root(1.0) == 1.0);
    assert_true(twelfth_root(4096.0) == 2.0);
    assert_true(twelfth_root(531441.0) == 3.0);
    assert_true(twelfth_root(1.0 / 4096) == 0.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twelve_months_make_the_year),
        cmocka_unit_test(whole_roots_are_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
