#include "test.h"

#include "unit/quantity.h"

static struct quantity read(const char *text, enum dimension dimension)
{
    struct quantity q;
    const char *expected;
    if (!quantity_parse(str_of(text), dimension, &q, &expected)) {
        print_error("`%s` was refused: expected %s\n", text, expected);
        fail();
    }
    return q;
}

static void assert_number(const char *text, enum dimension dimension, const char *value)
{
    struct arena arena = {0};
    assert_text(decimal_text(&arena, read(text, dimension).number), value);
    arena_free(&arena);
}

static void assert_refused(const char *const *texts, size_t n, enum dimension dimension)
{
    for (size_t i = 0; i < n; i++) {
        struct quantity q = {.seconds = 42};
        const char *expected = NULL;
        assert_row(!quantity_parse(str_of(texts[i]), dimension, &q, &expected), texts[i]);
        assert_row(q.seconds == 42, texts[i]);
        assert_row(expected != NULL && expected[0] != '\0', texts[i]);
    }
}

#define ASSERT_REFUSED(dimension, ...)                                                             \
    assert_refused((const char *const[]){__VA_ARGS__}, COUNT(((const char *const[]){__VA_ARGS__})), (dimension))

static void a_number_is_a_number(void **state)
{
    (void)state;
    assert_number("1.6", DIMENSION_NUMBER, "1.6");
    assert_number("-3", DIMENSION_NUMBER, "-3");
    assert_number(" 42 ", DIMENSION_NUMBER, "42");
    ASSERT_REFUSED(DIMENSION_NUMBER, "", "1,6", "1.6 x", "1.6%", "0x1A", "nan", "+1", "1e3", ".5", "5.", "1 2", "3-4",
                   "1.2.3", "five");
}

static void a_share_wants_the_per_cent_sign(void **state)
{
    (void)state;
    assert_number("60%", DIMENSION_SHARE, "0.6");
    assert_number("60 %", DIMENSION_SHARE, "0.6");
    assert_number("0.5%", DIMENSION_SHARE, "0.005");
    assert_number("100%", DIMENSION_SHARE, "1");
    ASSERT_REFUSED(DIMENSION_SHARE, "60", "0.6", "60 percent", "%", "60%%", "60% /yr", "6 0%", "60,5%");
    /* Fifteen places is the most a decimal has; a share needs two of them. */
    assert_number("0.0000000000001%", DIMENSION_SHARE, "0.000000000000001");
    ASSERT_REFUSED(DIMENSION_SHARE, "0.00000000000001%");
}

static void a_duration_is_whole_seconds(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t seconds;
    } rows[] = {
        {"97 s", 97},      {"97s", 97},          {"5 min", 300},       {"2 h", 7200},
        {"4 d", 345600},   {"1 w", 604800},      {"0.5 d", 43200},     {"1.5 min", 90},
        {"0 s", 0},        {"0.25 h", 900},      {"3.50 d", 302400},   {"  2   h ", 7200},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_row(read(rows[i].text, DIMENSION_DURATION).seconds == rows[i].seconds, rows[i].text);
    /* `m` could be minutes or months, and is neither. */
    ASSERT_REFUSED(DIMENSION_DURATION, "5 m", "5", "s", "-1 s", "0.5 s", "1 mo", "1 yr", "5 minutes", "5 H",
                   "2 h 30 min", "2h30", "1,5 h", "1:30", "999999999999999999 w");
}

static void a_term_is_months_or_years_of_8760_hours(void **state)
{
    (void)state;
    assert_int_equal(read("36 mo", DIMENSION_TERM).term.months, 36);
    assert_int_equal(read("36 mo", DIMENSION_TERM).term.seconds, 0);
    assert_int_equal(read("1mo", DIMENSION_TERM).term.months, 1);
    assert_int_equal(read("1 yr", DIMENSION_TERM).term.months, 0);
    assert_int_equal(read("1 yr", DIMENSION_TERM).term.seconds, 8760 * 3600);
    assert_int_equal(read("3 yr", DIMENSION_TERM).term.seconds, 3 * 8760 * 3600);
    assert_int_equal(read("100 yr", DIMENSION_TERM).term.seconds, INT64_C(100) * 8760 * 3600);
    ASSERT_REFUSED(DIMENSION_TERM, "0 mo", "-1 mo", "1.5 mo", "36", "36 m", "12 months", "1 y", "1 year", "365 d",
                   "99999 yr", "mo");
}

static void servers_are_whole(void **state)
{
    (void)state;
    assert_number("5000 servers", DIMENSION_SERVERS, "5000");
    assert_number("1 server", DIMENSION_SERVERS, "1");
    assert_number("5000", DIMENSION_SERVERS, "5000");
    assert_number("0", DIMENSION_SERVERS, "0");
    assert_number("5.0 servers", DIMENSION_SERVERS, "5");
    ASSERT_REFUSED(DIMENSION_SERVERS, "1,200 servers", "1 200 servers", "1_200 servers", "1.5 servers", "-1 servers",
                   "5000 Servers", "5k servers", "5000 hosts", "servers", "5e3 servers");
}

static void a_rate_is_a_number_per_time(void **state)
{
    (void)state;
    static const struct {
        const char *text, *number;
        int64_t per_seconds;
    } rows[] = {
        {"200 /s", "200", 1}, {"200/s", "200", 1}, {"50 /min", "50", 60}, {"3000 / h", "3000", 3600},
        {"0.5 /s", "0.5", 1},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_number(rows[i].text, DIMENSION_RATE, rows[i].number);
        assert_row(read(rows[i].text, DIMENSION_RATE).per_seconds == rows[i].per_seconds, rows[i].text);
    }
    ASSERT_REFUSED(DIMENSION_RATE, "200", "200 s", "200 /m", "200 /", "200 //s", "200 per s", "200 requests/s", "/s",
                   "200 /mo", "1,000 /s", "200 /s/s");
}

static void a_yearly_share_wants_both_signs(void **state)
{
    (void)state;
    assert_number("8% /yr", DIMENSION_YEARLY, "0.08");
    assert_number("8%/yr", DIMENSION_YEARLY, "0.08");
    assert_number("8 % / yr", DIMENSION_YEARLY, "0.08");
    assert_number("-5% /yr", DIMENSION_YEARLY, "-0.05");
    ASSERT_REFUSED(DIMENSION_YEARLY, "8%", "8 /yr", "8", "0.08 /yr", "8% /mo", "8% yr", "8% /y", "%/yr", "8%%/yr");
}

static void an_hourly_amount_is_per_server_hour(void **state)
{
    (void)state;
    assert_number("4.00 /server-hour", DIMENSION_HOURLY_MONEY, "4");
    assert_number("0/server-hour", DIMENSION_HOURLY_MONEY, "0");
    ASSERT_REFUSED(DIMENSION_HOURLY_MONEY, "4.00", "4.00 /h", "$4.00 /server-hour", "4.00 server-hour",
                   "4.00 USD /server-hour", "4,00 /server-hour", "4.00 /server-hours", "4.00 /server hour");
}

/* What help and messages show must itself be accepted. */
static void every_example_is_accepted(void **state)
{
    (void)state;
    for (enum dimension dimension = DIMENSION_NUMBER; dimension <= DIMENSION_HOURLY_MONEY; dimension++)
        read(dimension_example(dimension), dimension);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_a_number),
        cmocka_unit_test(a_share_wants_the_per_cent_sign),
        cmocka_unit_test(a_duration_is_whole_seconds),
        cmocka_unit_test(a_term_is_months_or_years_of_8760_hours),
        cmocka_unit_test(servers_are_whole),
        cmocka_unit_test(a_rate_is_a_number_per_time),
        cmocka_unit_test(a_yearly_share_wants_both_signs),
        cmocka_unit_test(an_hourly_amount_is_per_server_hour),
        cmocka_unit_test(every_example_is_accepted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
