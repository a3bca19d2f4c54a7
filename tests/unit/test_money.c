#include "test.h"

#include "unit/money.h"

static void halves_go_to_the_even_neighbour(void **state)
{
    (void)state;
    static const struct {
        int numerator, denominator, rounded;
    } rows[] = {
        {0, 1, 0},  {1, 2, 0},   {3, 2, 2},   {5, 2, 2},   {7, 2, 4},  {-1, 2, 0}, {-3, 2, -2},
        {-5, 2, -2}, {-7, 2, -4}, {1, 3, 0},   {2, 3, 1},   {-1, 3, 0}, {-2, 3, -1}, {10, 4, 2},
        {14, 4, 4}, {-10, 4, -2}, {6, 3, 2},  {-6, 3, -2}, {49, 100, 0}, {51, 100, 1}, {-51, 100, -1},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal((int)round_half_even(rows[i].numerator, rows[i].denominator), rows[i].rounded);
}

static int128 random_128(uint64_t *random, int bits)
{
    int128 value = ((int128)(test_random(random) >> 1) << 63) | (int128)(test_random(random) >> 1);
    value >>= 126 - bits;
    return test_random(random) % 2 ? -value : value;
}

/* What "nearest, half to even" means, said without rounding anything. */
static void rounding_is_nearest_for_any_size(void **state)
{
    (void)state;
    uint64_t random = 3;
    for (int i = 0; i < 200000; i++) {
        int128 numerator = random_128(&random, 1 + (int)(test_random(&random) % 124));
        int128 denominator = random_128(&random, 1 + (int)(test_random(&random) % 60));
        denominator = denominator < 0 ? -denominator : denominator + (denominator == 0);
        int128 rounded = round_half_even(numerator, denominator);
        int128 twice = (numerator - rounded * denominator) * 2;
        int128 distance = twice < 0 ? -twice : twice;
        assert_true(distance <= denominator);
        assert_true(distance != denominator || rounded % 2 == 0);
    }
}

static struct decimal price(const char *text)
{
    struct decimal d;
    assert_true(decimal_parse(str_of(text), &d));
    return d;
}

static void quantity_times_price_is_exact(void **state)
{
    (void)state;
    money m = -1;
    /* 5,000 servers for 730 hours at 0.14 an hour: 511,000. */
    assert_true(money_product((int128)5000 * 730 * 3600, 3600, price("0.14"), &m));
    assert_int_equal(m, INT64_C(511000000000));
    /* A second at 0.10 an hour: 27.777... millionths. */
    assert_true(money_product(1, 3600, price("0.10"), &m));
    assert_int_equal(m, 28);
    /* 0.5, 1.5 and 2.5 millionths, and what is owed back. */
    assert_true(money_product(1, 2, price("0.000001"), &m));
    assert_int_equal(m, 0);
    assert_true(money_product(3, 2, price("0.000001"), &m));
    assert_int_equal(m, 2);
    assert_true(money_product(5, 2, price("0.000001"), &m));
    assert_int_equal(m, 2);
    assert_true(money_product(-3, 2, price("0.000001"), &m));
    assert_int_equal(m, -2);
    assert_true(money_product(7, 2, price("-0.000001"), &m));
    assert_int_equal(m, -4);
    /* More digits than money has: 10^15 x 10^-15 is one unit. */
    assert_true(money_product(1000000000000000, 1, price("0.000000000000001"), &m));
    assert_int_equal(m, 1000000);
    assert_true(money_product(0, 1, price("123456789012345678"), &m));
    assert_int_equal(m, 0);
    /* 0.07 has no exact double: a million of them are exactly 70,000. */
    assert_true(money_product(1000000, 1, price("0.07"), &m));
    assert_int_equal(m, INT64_C(70000000000));
}

static void a_product_that_does_not_fit_is_refused(void **state)
{
    (void)state;
    money m = 42;
    assert_true(money_product(1, 1, price("9223372036854"), &m));
    assert_int_equal(m, INT64_C(9223372036854000000));
    const struct decimal most = {INT64_MAX, 6};
    assert_true(money_product(1, 1, most, &m));
    assert_int_equal(m, INT64_MAX);
    m = 42;
    assert_false(money_product(2, 1, most, &m));
    assert_false(money_product(-2, 1, most, &m));
    assert_false(money_product(1, 1, price("9223372036855"), &m));
    assert_false(money_product((int128)1 << 126, 1, price("4"), &m));
    assert_false(money_product((int128)1 << 126, 1, price("0.0000004"), &m));
    assert_int_equal(m, 42);
}

/* Charges are differences of a rounded running total, so parts add up to the whole. */
static void parts_of_a_running_total_add_up(void **state)
{
    (void)state;
    money sum = 0, before = 0, whole;
    for (int hour = 1; hour <= 8760; hour++) {
        money after;
        assert_true(money_product(hour, 3, price("0.0000007"), &after));
        sum += after - before;
        before = after;
    }
    assert_true(money_product(8760, 3, price("0.0000007"), &whole));
    assert_int_equal(sum, whole);
    assert_int_equal(whole, 2044); /* 8,760 / 3 x 0.7 */
}

static void shares_are_exact_and_complement_each_other(void **state)
{
    (void)state;
    assert_int_equal(money_share(100, 1, 2), 50);
    assert_int_equal(money_share(5, 1, 2), 2);
    assert_int_equal(money_share(7, 1, 2), 4);
    assert_int_equal(money_share(-5, 1, 2), -2);
    assert_int_equal(money_share(100, 0, 7), 0);
    assert_int_equal(money_share(INT64_MAX, 7, 7), INT64_MAX);
    assert_int_equal(money_share(INT64_MIN, 7, 7), INT64_MIN);
    assert_int_equal(money_share(1000000, 1, 3), 333333);
    assert_int_equal(money_share(1000000, 2, 3), 666667);
    /* Denominators beyond 64 bits: server-seconds in millionths. A third, and all of it. */
    const int128 third = (int128)1 << 70;
    assert_int_equal(money_share(3000000, third, third * 3), 1000000);
    assert_int_equal(money_share(1000000, third, third * 3), 333333);
    const int128 huge = ((int128)1 << 126) - 1;
    assert_int_equal(money_share(INT64_MAX, huge, huge), INT64_MAX);
    assert_int_equal(money_share(1000000, huge / 4, huge), 250000);
}

static void sums_that_overflow_are_refused(void **state)
{
    (void)state;
    money a = INT64_MAX - 1;
    assert_true(money_add(&a, 1));
    assert_int_equal(a, INT64_MAX);
    assert_false(money_add(&a, 1));
    assert_int_equal(a, INT64_MAX);
    a = INT64_MIN;
    assert_false(money_add(&a, -1));
    assert_true(money_add(&a, INT64_MAX));
    assert_int_equal(a, -1);
}

static void text_rounds_half_to_even(void **state)
{
    (void)state;
    static const struct {
        money amount;
        int places;
        const char *text;
    } rows[] = {
        {0, 2, "0.00"},
        {1234560000, 2, "1234.56"},
        {-1234560000, 2, "-1234.56"},
        {5000, 2, "0.00"},   /* 0.005: the even neighbour */
        {15000, 2, "0.02"},  /* 0.015 */
        {25000, 2, "0.02"},  /* 0.025 */
        {-25000, 2, "-0.02"},
        {-5000, 2, "0.00"},  /* never -0.00 */
        {-4, 0, "0"},
        {500000, 0, "0"},
        {1500000, 0, "2"},
        {-1500000, 0, "-2"},
        {999999, 0, "1"},
        {1, 6, "0.000001"},
        {-1, 6, "-0.000001"},
        {INT64_MAX, 6, "9223372036854.775807"},
        {INT64_MIN, 6, "-9223372036854.775808"},
        {INT64_MAX, 0, "9223372036855"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_text(money_text(&arena, rows[i].amount, rows[i].places), rows[i].text);
    arena_free(&arena);
}

static void pretty_separates_thousands(void **state)
{
    (void)state;
    static const struct {
        money amount;
        int places;
        const char *text;
    } rows[] = {
        {0, 0, "0"},
        {999000000, 0, "999"},
        {1000000000, 0, "1,000"},
        {-1000000000, 0, "-1,000"},
        {-999000000, 2, "-999.00"},
        {1234567890000, 2, "1,234,567.89"},
        {INT64_MIN, 6, "-9,223,372,036,854.775808"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_text(money_pretty(&arena, rows[i].amount, rows[i].places), rows[i].text);
    arena_free(&arena);
}

static void doubles_are_in_currency_units(void **state)
{
    (void)state;
    assert_true(money_as_double(1500000) == 1.5);
    assert_true(money_as_double(-1) == -0.000001);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(halves_go_to_the_even_neighbour),
        cmocka_unit_test(rounding_is_nearest_for_any_size),
        cmocka_unit_test(quantity_times_price_is_exact),
        cmocka_unit_test(a_product_that_does_not_fit_is_refused),
        cmocka_unit_test(parts_of_a_running_total_add_up),
        cmocka_unit_test(shares_are_exact_and_complement_each_other),
        cmocka_unit_test(sums_that_overflow_are_refused),
        cmocka_unit_test(text_rounds_half_to_even),
        cmocka_unit_test(pretty_separates_thousands),
        cmocka_unit_test(doubles_are_in_currency_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
