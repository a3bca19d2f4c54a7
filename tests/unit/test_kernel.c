#include "test.h"

#include "supply/kernel.h"

enum { MOST = 300 };

static int32_t plain_above(int32_t d, int32_t capacity)
{
    return d > capacity ? d - capacity : 0;
}

static void the_loops_agree_with_plain_sums(void **state)
{
    (void)state;
    uint64_t random = 31;
    for (int trial = 0; trial < 5000; trial++) {
        int32_t d[MOST], n = 1 + (int32_t)(test_random(&random) % MOST);
        int32_t capacity = (int32_t)(test_random(&random) % 1000),
                before = (int32_t)(test_random(&random) % 500);
        int64_t used = 0, above = 0, rises = 0;
        int32_t largest = 0, largest_rise = 0, last = before, most = 0, n_above = 0;
        for (int32_t i = 0; i < n; i++) {
            d[i] = (int32_t)(test_random(&random) % 1000);
            int32_t r = plain_above(d[i], capacity);
            n_above += d[i] > capacity;
            used += d[i] - r;
            above += r;
            rises += r > last ? r - last : 0;
            largest_rise = r - last > largest_rise ? r - last : largest_rise;
            largest = r > largest ? r : largest;
            most = d[i] > most ? d[i] : most;
            last = r;
        }
        struct residual found = kernel_residual(d, n, capacity, before);
        struct drawn drawn = kernel_draw(d, n, capacity);
        assert_int_equal(drawn.used, used);
        assert_int_equal(drawn.n_above, n_above);
        assert_int_equal(drawn.largest, most);
        assert_int_equal(found.sum, above);
        assert_int_equal(found.rises, rises);
        assert_int_equal(found.largest, largest);
        assert_int_equal(found.largest_rise, largest_rise);
        assert_int_equal(found.last, last);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_loops_agree_with_plain_sums)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
