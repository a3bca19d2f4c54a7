#include "test.h"

#include <time.h>

#include "unit/calendar.h"

/* Unix times that are well known or that `date -u -d ... +%s` gives. */
static void known_dates_have_their_known_seconds(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t seconds;
    } rows[] = {
        {"1970-01-01", 0},
        {"1969-12-31T23:59:59Z", -1},
        {"1900-01-01", -2208988800}, /* the NTP epoch */
        {"2000-02-29", 951782400},
        {"2001-09-09T01:46:40Z", 1000000000},
        {"2009-02-13 23:31:30", 1234567890},
        {"2014-11-28 10:00", 1417168800},
        {"2014-11-28T10:00", 1417168800},
        {"2014-11-28T10:00Z", 1417168800},
        {"2038-01-19T03:14:08Z", INT64_C(1) << 31},
        {"2100-01-01", 4102444800},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t seconds = 42;
        assert_row(time_parse(str_of(rows[i].text), &seconds), rows[i].text);
        assert_row(seconds == rows[i].seconds, rows[i].text);
    }
}

static void other_ways_to_write_a_time_are_refused(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",           "2014",       "2014-11",    "2014-13-01", "2014-00-01", "2014-11-31",  "2014-02-29",
        "1900-02-29", "2014-11-00", "2014-1-1",   "14-11-28",   "28.11.2014", "11/28/2014",  "2014/11/28",
        "2014-11-28 ", " 2014-11-28", "2014-11-28Z", "2014-11-28 10", "2014-11-28 24:00", "2014-11-28 10:60",
        "2014-11-28 10:00:60", "2014-11-28 10:00:00.5", "2014-11-28T10:00+01:00", "2014-11-28T10:00:00z",
        "2014-11-28 10:00 UTC", "2014-11-28  10:00", "2014-11-28T", "20141128", "-2014-11-28", "2014-11-2a",
        "2014-11-28 1:00", "2014-11-28 10:00:", "2014-11-28 10:0",
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t seconds = 42;
        assert_row(!time_parse(str_of(rows[i]), &seconds), rows[i]);
        assert_row(seconds == 42, rows[i]);
    }
    int64_t seconds;
    assert_true(time_parse(STR("2012-02-29"), &seconds));
    assert_true(time_parse(STR("2000-02-29"), &seconds));
}

static void black_friday_2014_is_a_friday(void **state)
{
    (void)state;
    /* 1970-01-01 was a Thursday: with Sunday 0, (days + 4) mod 7. */
    int64_t days = date_seconds((struct date){2014, 11, 28}) / DAY_SECONDS;
    assert_int_equal(days, 16402);
    assert_int_equal((days + 4) % 7, 5);
}

static void months_have_their_days(void **state)
{
    (void)state;
    assert_int_equal(days_in_month(1900, 2), 28);
    assert_int_equal(days_in_month(2000, 2), 29);
    assert_int_equal(days_in_month(2012, 2), 29);
    assert_int_equal(days_in_month(2014, 2), 28);
    assert_int_equal(days_in_month(2100, 2), 28);
    int days = 0;
    for (int month = 1; month <= 12; month++)
        days += days_in_month(2014, month);
    assert_int_equal(days, 365);
    assert_int_equal(days_in_month(2014, 4), 30);
    assert_int_equal(days_in_month(2014, 12), 31);
}

/* The calendar counted out day by day. */
static void every_day_from_1970_to_2100_is_counted_once(void **state)
{
    (void)state;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t days = 0, first_of_month = 0;
    for (int year = 1970; year <= 2100; year++) {
        bool leap = year % 4 == 0 && year != 2100;
        for (int month = 1; month <= 12; month++) {
            first_of_month = days * DAY_SECONDS;
            for (int day = 1; day <= lengths[month - 1] + (leap && month == 2); day++, days++) {
                int64_t noon = days * DAY_SECONDS + 12 * HOUR_SECONDS, last = (days + 1) * DAY_SECONDS - 1;
                struct date date = date_of(last);
                assert_true(date.year == year && date.month == month && date.day == day);
                assert_int_equal(date_seconds((struct date){year, month, day}), days * DAY_SECONDS);
                assert_int_equal(month_start(noon), first_of_month);
                assert_int_equal(months_between(0, noon), (year - 1970) * 12 + month - 1);
            }
        }
    }
    assert_int_equal(days, 131 * 365 + 32); /* leap years 1972, 1976, ... 2096 */
}

static void dates_agree_with_the_c_library(void **state)
{
    (void)state;
    struct arena arena = {0};
    uint64_t random = 5;
    for (int i = 0; i < 50000; i++) {
        int64_t seconds = (int64_t)(test_random(&random) % 12622780800u) - 6311390400; /* 1770 to 2169 */
        time_t t = (time_t)seconds;
        struct tm tm;
        char text[64];
        gmtime_r(&t, &tm);
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
        assert_text(time_text(&arena, seconds), text);
        int64_t again;
        assert_true(time_parse(time_text(&arena, seconds), &again));
        assert_int_equal(again, seconds);
    }
    arena_free(&arena);
}

static int64_t at(const char *text)
{
    int64_t seconds;
    assert_true(time_parse(str_of(text), &seconds));
    return seconds;
}

static void the_anniversary_is_the_last_day_where_the_month_is_short(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        int months;
        const char *to;
    } rows[] = {
        {"2014-01-31", 1, "2014-02-28"},
        {"2012-01-31", 1, "2012-02-29"},
        {"2014-01-31", 2, "2014-03-31"}, /* from the first start, not from 28 February */
        {"2014-01-31", 3, "2014-04-30"},
        {"2012-02-29", 12, "2013-02-28"},
        {"2012-02-29", 48, "2016-02-29"},
        {"2013-11-30", 3, "2014-02-28"},
        {"2014-12-15", 1, "2015-01-15"},
        {"2014-11-28 10:30", 36, "2017-11-28 10:30"},
        {"2014-01-31 23:59:59", 1, "2014-02-28 23:59:59"},
        {"2014-03-31", -1, "2014-02-28"},
        {"2014-01-15", -13, "2012-12-15"},
        {"1970-01-31", -11, "1969-02-28"},
        {"2014-05-05", 0, "2014-05-05"},
        {"2000-01-31", 1201, "2100-02-28"},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_row(add_months(at(rows[i].from), rows[i].months) == at(rows[i].to), rows[i].from);
}

static void an_anniversary_keeps_month_count_and_time_of_day(void **state)
{
    (void)state;
    for (int64_t t = at("2011-01-01") + 4242; t < at("2016-12-31"); t += DAY_SECONDS) {
        struct date from = date_of(t);
        for (int n = -60; n <= 60; n++) {
            int64_t end = add_months(t, n);
            struct date to = date_of(end);
            int last = days_in_month(to.year, to.month);
            assert_int_equal(months_between(t, end), n);
            assert_int_equal(to.day, from.day < last ? from.day : last);
            assert_int_equal(end - date_seconds(to), 4242);
        }
    }
}

static void months_between_counts_calendar_months(void **state)
{
    (void)state;
    assert_int_equal(months_between(at("2014-01-31"), at("2014-03-01")), 2);
    assert_int_equal(months_between(at("2014-03-01"), at("2014-01-31")), -2);
    assert_int_equal(months_between(at("2013-12-31 23:59:59"), at("2014-01-01")), 1);
}

static void a_year_is_hours_and_twelve_months_are_calendar_months(void **state)
{
    (void)state;
    const struct term year = {0, 8760 * HOUR_SECONDS}, months = {12, 0}, none = {0, 0};
    /* 2012 has 366 days: a year bought on 1 January ends a day short of the next. */
    assert_int_equal(term_end(at("2012-01-01"), year), at("2012-12-31"));
    assert_int_equal(term_end(at("2012-01-01"), months), at("2013-01-01"));
    assert_int_equal(term_end(at("2014-01-01"), year), at("2015-01-01"));
    assert_int_equal(term_end(at("2014-01-31"), (struct term){1, 0}), at("2014-02-28"));
    assert_true(term_is_none(none));
    assert_false(term_is_none(year) || term_is_none(months));
    struct arena arena = {0};
    assert_text(term_text(&arena, none), "none");
    assert_text(term_text(&arena, months), "12 mo");
    assert_text(term_text(&arena, (struct term){0, 3 * 8760 * HOUR_SECONDS}), "3 yr");
    assert_text(term_text(&arena, (struct term){0, 5 * HOUR_SECONDS}), "5 h");
    assert_text(term_text(&arena, (struct term){0, 90}), "90 s");
    arena_free(&arena);
}

static void texts_are_iso_dates(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_text(date_text(&arena, 1417168800), "2014-11-28");
    assert_text(time_text(&arena, 1417168800), "2014-11-28T10:00:00Z");
    assert_text(month_text(&arena, 1417168800), "2014-11");
    assert_text(time_text(&arena, -1), "1969-12-31T23:59:59Z");
    arena_free(&arena);
}

static void durations_have_about_three_digits(void **state)
{
    (void)state;
    static const struct {
        int64_t seconds;
        const char *text;
    } rows[] = {
        {0, "0 s"},
        {97, "97 s"},
        {119, "119 s"},
        {120, "2 min"},
        {1998, "33.3 min"},
        {7199, "120 min"},
        {7200, "2 h"},
        {43200, "12 h"},
        {2 * DAY_SECONDS, "2 d"},
        {28 * DAY_SECONDS + DAY_SECONDS / 2, "28.5 d"},
        {225 * DAY_SECONDS, "225 d"},
        {INT64_C(1000) * DAY_SECONDS + 38880, "1000 d"}, /* 1000.45 */
        {INT64_C(3650) * DAY_SECONDS, "3650 d"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_text(duration_text(&arena, rows[i].seconds), rows[i].text);
    arena_free(&arena);
}

static void exact_durations_leave_no_rest(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_text(duration_exact_text(&arena, 300), "5 min");
    assert_text(duration_exact_text(&arena, 3600), "1 h");
    assert_text(duration_exact_text(&arena, 86400), "1 d");
    assert_text(duration_exact_text(&arena, 28 * 86400), "28 d");
    assert_text(duration_exact_text(&arena, 36 * 3600), "36 h");
    assert_text(duration_exact_text(&arena, 3601), "3601 s");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_dates_have_their_known_seconds),
        cmocka_unit_test(other_ways_to_write_a_time_are_refused),
        cmocka_unit_test(black_friday_2014_is_a_friday),
        cmocka_unit_test(months_have_their_days),
        cmocka_unit_test(every_day_from_1970_to_2100_is_counted_once),
        cmocka_unit_test(dates_agree_with_the_c_library),
        cmocka_unit_test(the_anniversary_is_the_last_day_where_the_month_is_short),
        cmocka_unit_test(an_anniversary_keeps_month_count_and_time_of_day),
        cmocka_unit_test(months_between_counts_calendar_months),
        cmocka_unit_test(a_year_is_hours_and_twelve_months_are_calendar_months),
        cmocka_unit_test(texts_are_iso_dates),
        cmocka_unit_test(durations_have_about_three_digits),
        cmocka_unit_test(exact_durations_leave_no_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
