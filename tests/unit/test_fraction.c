#include "test.h"

#include "unit/fraction.h"

static struct arena arena;

static struct fraction number(const char *text)
{
    struct decimal d;
    assert_true(decimal_parse(str_of(text), &d));
    return fraction_of_decimal(d);
}

static void sums_and_products_are_exact(void **state)
{
    (void)state;
    struct fraction third = fraction_of(1, 3), sum = fraction_of(0, 1);
    for (int i = 0; i < 3; i++)
        sum = fraction_add(sum, third);
    assert_int_equal(fraction_compare(sum, fraction_of(1, 1)), 0);
    /* 0.1 x 3 - 0.3 is 0, which doubles deny */
    struct fraction tenths = fraction_multiply(number("0.1"), fraction_of(3, 1));
    assert_int_equal(fraction_sign(fraction_subtract(tenths, number("0.3"))), 0);
    assert_int_equal(fraction_compare(fraction_divide(number("61"), number("-0.5")), fraction_of(-122, 1)), 0);
}

static void fractions_have_an_order(void **state)
{
    (void)state;
    const struct {
        int a, b, c, d, order;
    } rows[] = {{1, 3, 1, 2, -1}, {-1, 3, -1, 2, 1}, {7, 3, 7, 3, 0},   {-7, 3, 2, 1, -1},
                {5, 2, 2, 1, 1},  {2, 1, 5, 2, -1},  {-5, 2, -2, 1, -1}, {22, 7, 355, 113, 1}};
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(
            fraction_compare(fraction_of(rows[i].a, rows[i].b), fraction_of(rows[i].c, rows[i].d)),
            rows[i].order);
    /* products across would need 200 bits */
    int128 large = (int128)1 << 100;
    assert_int_equal(fraction_compare(fraction_of(large, large - 1), fraction_of(large + 1, large)), 1);
}

static void random_fractions_agree_with_products_across(void **state)
{
    (void)state;
    uint64_t random = 7;
    for (int i = 0; i < 20000; i++) {
        int64_t a = (int64_t)(test_random(&random) % 41) - 20, b = (int64_t)(test_random(&random) % 20) + 1;
        int64_t c = (int64_t)(test_random(&random) % 41) - 20, d = (int64_t)(test_random(&random) % 20) + 1;
        int expected = (a * d > c * b) - (a * d < c * b);
        assert_int_equal(fraction_compare(fraction_of(a, b), fraction_of(c, d)), expected);
        struct fraction sum = fraction_add(fraction_of(a, b), fraction_of(c, d));
        assert_true(sum.numerator * b * d == sum.denominator * (a * d + c * b));
    }
}

/* Each text is the number rounded by hand. 633 / 8,760 = 0.07226027...; 61 / 0.026 = 2,346.1538... */
static void texts_can_be_checked_by_hand(void **state)
{
    (void)state;
    struct fraction rate = fraction_divide(number("633"), number("8760"));
    assert_text(fraction_short(&arena, rate, 6), "0.072260");
    assert_text(fraction_text(&arena, fraction_divide(number("61"), number("0.026")), 2), "2,346.15");
    assert_text(fraction_short(&arena, number("0.140"), 6), "0.14");
    assert_text(fraction_short(&arena, number("1097.28"), 2), "1,097.28");
    assert_text(fraction_text(&arena, fraction_of(5, 2), 0), "2");
    assert_text(fraction_text(&arena, fraction_of(-7, 2), 0), "-4");
    assert_text(fraction_text(&arena, fraction_of(-1, 8), 2), "-0.12");
}

/* What is paid is never shown as nothing: 0.01 / 26,280 = 0.00000038051... */
static void small_numbers_keep_four_digits(void **state)
{
    (void)state;
    struct fraction small = fraction_divide(number("0.01"), number("26280"));
    assert_text(fraction_short(&arena, small, 6), "0.0000003805");
    assert_text(fraction_short(&arena, fraction_of(0, 1), 6), "0");
}

static void what_does_not_fit_stays_so(void **state)
{
    (void)state;
    struct fraction large = fraction_of((int128)1 << 120, 1);
    struct fraction product = fraction_multiply(large, large);
    assert_false(fraction_fits(product));
    assert_false(fraction_fits(fraction_add(product, fraction_of(1, 1))));
    assert_false(fraction_fits(fraction_divide(fraction_of(1, 1), product)));
    assert_text(fraction_short(&arena, product, 6), "(too large)");
    assert_text(fraction_text(&arena, large, 2), "(too large)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_and_products_are_exact),
        cmocka_unit_test(fractions_have_an_order),
        cmocka_unit_test(random_fractions_agree_with_products_across),
        cmocka_unit_test(texts_can_be_checked_by_hand),
        cmocka_unit_test(small_numbers_keep_four_digits),
        cmocka_unit_test(what_does_not_fit_stays_so),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
