#include "test.h"

#include "unit/decimal.h"

static void what_is_written_is_what_is_held(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t digits;
        int scale;
    } rows[] = {
        {"0", 0, 0},
        {"7", 7, 0},
        {"007", 7, 0},
        {"-12", -12, 0},
        {"0.140", 140, 3},
        {"-0.5", -5, 1},
        {"1234567.89", 123456789, 2},
        {"999999999999999999", 999999999999999999, 0},
        {"-999999999999999999", -999999999999999999, 0},
        {"123.456789012345678", 123456789012345678, 15},
        {"0.000000000000001", 1, 15},
        {"-0", 0, 0},
        {"00000000000000000000000000001", 1, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct decimal d = {-1, -1};
        assert_row(decimal_parse(str_of(rows[i].text), &d), rows[i].text);
        assert_row(d.digits == rows[i].digits && d.scale == rows[i].scale, rows[i].text);
    }
}

static void everything_else_is_refused(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",     "-",    ".",     "-.",   "+1",   "1,5",   "1,200", "0x1A", "nan",  "inf", "1e3", "1E3",
        " 1",   "1 ",   ".5",    "-.5",  "5.",   "-5.",   "1.2.3", "--1",  "1-",   "$5",  "5%",  "1_000",
        "1'000", "\xD9\xA1", "\xE2\x88\x92" "1",
        "1234567890123456789",  /* 19 digits */
        "1.234567890123456789", /* 19 digits, 18 of them behind the point */
        "0.0000000000000001",   /* 16 places */
        "9223372036854775808",
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct decimal d = {42, 7};
        assert_row(!decimal_parse(str_of(rows[i]), &d), rows[i]);
        assert_row(d.digits == 42 && d.scale == 7, rows[i]);
    }
    struct decimal d;
    assert_false(decimal_parse(STR("1\0"), &d));
    assert_false(decimal_parse((struct str){0}, &d));
}

static void text_is_as_short_as_exact(void **state)
{
    (void)state;
    static const struct {
        struct decimal d;
        const char *text;
    } rows[] = {
        {{140, 3}, "0.14"},   {{100, 2}, "1"},       {{-5, 1}, "-0.5"},   {{0, 5}, "0"},
        {{1005, 2}, "10.05"}, {{-1005, 3}, "-1.005"}, {{1000, 0}, "1000"}, {{1, 15}, "0.000000000000001"},
        {{999999999999999999, 15}, "999.999999999999999"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_text(decimal_text(&arena, rows[i].d), rows[i].text);
    arena_free(&arena);
}

static void text_reads_back_as_the_same_value(void **state)
{
    (void)state;
    struct arena arena = {0};
    uint64_t random = 1;
    for (int i = 0; i < 20000; i++) {
        struct decimal d = {(int64_t)(test_random(&random) % 999999999999999999u), (int)(test_random(&random) % 16)};
        if (test_random(&random) % 2)
            d.digits = -d.digits;
        struct decimal again;
        assert_true(decimal_parse(decimal_text(&arena, d), &again));
        assert_int_equal(decimal_compare(d, again), 0);
        struct decimal normal = decimal_normal(d);
        assert_int_equal(again.digits, normal.digits);
        assert_int_equal(again.scale, normal.scale);
    }
    arena_free(&arena);
}

static void values_compare_across_scales(void **state)
{
    (void)state;
    assert_int_equal(decimal_compare((struct decimal){10, 1}, decimal_of(1)), 0);
    assert_true(decimal_compare((struct decimal){99, 2}, decimal_of(1)) < 0);
    assert_true(decimal_compare((struct decimal){-99, 2}, decimal_of(-1)) > 0);
    /* The cross product needs more than 64 bits. */
    assert_true(decimal_compare((struct decimal){999999999999999999, 0}, (struct decimal){999999999999999999, 15}) > 0);
    assert_true(decimal_compare((struct decimal){-999999999999999999, 0}, (struct decimal){1, 15}) < 0);
}

static void scaling_is_exact_or_refused(void **state)
{
    (void)state;
    int64_t n = -1;
    assert_true(decimal_scaled((struct decimal){14, 2}, 1000000, &n));
    assert_int_equal(n, 140000);
    assert_true(decimal_scaled((struct decimal){-5, 1}, 2, &n));
    assert_int_equal(n, -1);
    assert_true(decimal_scaled((struct decimal){50, 1}, 1, &n)); /* 5.0 is whole */
    assert_int_equal(n, 5);
    assert_false(decimal_scaled((struct decimal){1, 7}, 1000000, &n)); /* a tenth of a millionth */
    assert_false(decimal_scaled((struct decimal){999999999999999999, 0}, 10, &n));
    assert_false(decimal_scaled((struct decimal){-999999999999999999, 0}, 1000000, &n));
    assert_int_equal(n, 5);
}

static void powers_of_ten_multiply_up(void **state)
{
    (void)state;
    int64_t power = 1;
    for (int n = 0; n <= 18; n++) {
        assert_int_equal(power_of_ten(n), power);
        if (n < 18)
            power *= 10;
    }
}

static void doubles_are_the_nearest(void **state)
{
    (void)state;
    assert_true(decimal_as_double((struct decimal){1, 1}) == 0.1);
    assert_true(decimal_as_double((struct decimal){-12345, 3}) == -12.345);
    assert_true(decimal_as_double(decimal_of(0)) == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_what_is_held),
        cmocka_unit_test(everything_else_is_refused),
        cmocka_unit_test(text_is_as_short_as_exact),
        cmocka_unit_test(text_reads_back_as_the_same_value),
        cmocka_unit_test(values_compare_across_scales),
        cmocka_unit_test(scaling_is_exact_or_refused),
        cmocka_unit_test(powers_of_ten_multiply_up),
        cmocka_unit_test(doubles_are_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
