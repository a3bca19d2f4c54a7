#include "test.h"

#include <inttypes.h>
#include <math.h>

#include "unit/decimal.h"
#include "unit/digits.h"

static struct str put(char *text, int128 value, int places)
{
    char *end = text + LONGEST_DIGITS, *at = digits_put(end, value, places);
    assert_true(at >= text);
    return (struct str){at, (size_t)(end - at)};
}

static void the_point_stands_before_the_places(void **state)
{
    (void)state;
    char text[LONGEST_DIGITS];
    assert_text(put(text, 0, 0), "0");
    assert_text(put(text, 0, 2), "0.00");
    assert_text(put(text, 5, 2), "0.05");
    assert_text(put(text, -5, 1), "-0.5");
    assert_text(put(text, 1234567, 6), "1.234567");
    assert_text(put(text, -1200, 0), "-1200");
    /* 2^126, by hand */
    assert_text(put(text, (int128)1 << 126, 0), "85070591730234615865843651857942052864");
    assert_text(put(text, -((int128)1 << 126), 18), "-85070591730234615865.843651857942052864");
    assert_text(put(text, (int128)INT64_MAX * 10 + 5, 1), "9223372036854775807.5");
}

static void zeros_at_the_end_are_left_out(void **state)
{
    (void)state;
    char text[LONGEST_DIGITS], *end = text + sizeof text;
    assert_text(digits_short(end, 1200, 2), "12");
    assert_text(digits_short(end, 1250, 2), "12.5");
    assert_text(digits_short(end, 1200, 0), "1200");
    assert_text(digits_short(end, 0, 9), "0");
    assert_text(digits_short(end, -10, 6), "-0.00001");
}

static double random_double(uint64_t *random)
{
    double number = ldexp((double)(test_random(random) >> 11), (int)(test_random(random) % 120) - 110);
    if (test_random(random) % 2 == 0)
        number = floor(number * 1024) / 1024; /* many halves among them */
    return test_random(random) % 2 == 0 ? -number : number;
}

/* printf rounds the exact value of a double, half to even. */
static void doubles_have_the_digits_that_printf_gives(void **state)
{
    (void)state;
    uint64_t random = 11;
    char text[LONGEST_DIGITS], expected[400];
    for (int i = 0; i < 300000; i++) {
        int128 value;
        int places = (int)(test_random(&random) % 19);
        double number = random_double(&random);
        assert_true(digits_of_double(number, places, &value));
        const char *sign = value == 0 && signbit(number) ? "-" : "";
        struct str digits = put(text, value, places);
        snprintf(expected, sizeof expected, "%.*f", places, number);
        if (strlen(expected) != strlen(sign) + digits.length ||
            memcmp(expected + strlen(sign), digits.at, digits.length) != 0)
            fail_msg("%a to %d places: found %.*s, expected %s", number, places, STR_ARGS(digits), expected);
    }
}

static void sixteen_digits_are_those_of_printf(void **state)
{
    (void)state;
    uint64_t random = 13;
    static const double some[] = {0,
                                  -0.0,
                                  0.1,
                                  0.01,
                                  0.01 - 1e-18,
                                  1,
                                  -1,
                                  10,
                                  9.95,
                                  1e14,
                                  1e15,
                                  1e15 - 0.125,
                                  1e16,
                                  1e22,
                                  1e-4,
                                  1e-5,
                                  1e300,
                                  4.9e-324,
                                  99.99999999999999,
                                  9.9999999999999999e14};
    for (int i = 0; i < 300000; i++) {
        double number = i < (int)COUNT(some) ? some[i] : random_double(&random);
        if (i % 3 == 0 && i >= (int)COUNT(some))
            number *= pow(10, (double)(test_random(&random) % 20));
        char text[LONGEST_DIGITS], expected[400];
        struct str digits = digits_sixteen(text + sizeof text, number);
        snprintf(expected, sizeof expected, "%.16G", number);
        assert_text(digits, expected);
    }
}

static void what_is_no_number_or_too_large_is_refused(void **state)
{
    (void)state;
    int128 value;
    assert_false(digits_of_double(NAN, 2, &value));
    assert_false(digits_of_double(INFINITY, 2, &value));
    assert_false(digits_of_double(-0x1p63, 9, &value));
    assert_true(digits_of_double(0x1.fffffffffffffp62, 9, &value));
    assert_true(digits_of_double(0, 9, &value) && value == 0);
    assert_true(digits_of_double(4.9e-324, 9, &value) && value == 0);
}

/* Every decimal of at most 15 digits is found again, and nothing else is taken for one. */
static void decimals_are_found_in_their_doubles(void **state)
{
    (void)state;
    uint64_t random = 12;
    for (int i = 0; i < 300000; i++) {
        int places = (int)(test_random(&random) % 10);
        int64_t value, wanted = (int64_t)(test_random(&random) %
                                          (uint64_t)power_of_ten((int)(test_random(&random) % 16)));
        char text[40];
        wanted = i % 2 == 0 ? wanted : -wanted;
        snprintf(text, sizeof text, "%" PRId64 "e-%d", wanted, places);
        double number = strtod(text, NULL);
        if (!decimal_of_double(number, places, &value) || value != wanted)
            fail_msg("%s is not found in %a", text, number);
        assert_false(value != 0 && decimal_of_double(nextafter(number, 1e300), places, &value));
    }
    int64_t value;
    assert_false(decimal_of_double(1e15, 0, &value));
    assert_true(decimal_of_double(999999999999999, 0, &value) && value == 999999999999999);
    assert_false(decimal_of_double(NAN, 2, &value));
    assert_false(decimal_of_double(0.125, 2, &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_point_stands_before_the_places),
        cmocka_unit_test(zeros_at_the_end_are_left_out),
        cmocka_unit_test(doubles_have_the_digits_that_printf_gives),
        cmocka_unit_test(what_is_no_number_or_too_large_is_refused),
        cmocka_unit_test(decimals_are_found_in_their_doubles),
        cmocka_unit_test(sixteen_digits_are_those_of_printf),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
