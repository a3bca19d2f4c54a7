#include "test.h"

#include "unit/calendar.h"
#include "unit/working_time.h"

static int64_t at(const char *text)
{
    int64_t seconds;
    assert_true(time_parse(str_of(text), &seconds));
    return seconds;
}

/* 2014-12-25 and 26 were a Thursday and a Friday. */
static struct calendar office(struct arena *arena)
{
    struct calendar c = {.name = STR("office")};
    for (int day = 0; day < 5; day++)
        *ARENA_APPEND(arena, &c.days[day]) = (struct shift){9 * 3600, day == 4 ? 13 * 3600 : 17 * 3600};
    *ARENA_APPEND(arena, &c.holidays) = at("2014-12-26");
    *ARENA_APPEND(arena, &c.holidays) = at("2014-12-25");
    assert_true(calendar_finish(arena, &c));
    return c;
}

static int64_t after(const struct calendar *c, const char *from, int64_t hours)
{
    return calendar_reached(c, calendar_worked(c, at(from)) + hours * 3600);
}

static void weekdays_are_those_of_the_almanac(void **state)
{
    (void)state;
    assert_int_equal(weekday_of(at("1970-01-01")), 3);
    assert_int_equal(weekday_of(at("2014-11-28 23:59")), 4); /* Black Friday */
    assert_int_equal(weekday_of(at("1969-12-28")), 6);
}

static void eight_hours_from_friday_evening_end_on_monday_evening(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct calendar *c = calendar_by_name(&arena, STR("8x5"));
    assert_int_equal(after(c, "2014-03-07 17:00", 8), at("2014-03-10 17:00"));
    assert_int_equal(after(c, "2014-03-07 16:59", 8), at("2014-03-10 16:59"));
    assert_int_equal(after(c, "2014-03-09 03:00", 8), at("2014-03-10 17:00"));
    assert_int_equal(after(c, "2014-03-03 09:00", 40), at("2014-03-07 17:00"));
    assert_int_equal(after(c, "2014-03-03 09:00", 41), at("2014-03-10 10:00"));
    assert_int_equal(calendar_day_seconds(c), 8 * 3600);
    assert_int_equal(calendar_next_open(c, at("2014-03-07 17:00")), at("2014-03-10 09:00"));
    assert_int_equal(calendar_next_open(c, at("2014-03-07 16:59")), at("2014-03-07 16:59"));
    arena_free(&arena);
}

static void nobody_works_on_holidays(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct calendar c = office(&arena);
    assert_int_equal(after(&c, "2014-12-24 12:00", 5), at("2014-12-24 17:00"));
    assert_int_equal(after(&c, "2014-12-24 12:00", 6), at("2014-12-29 10:00"));
    assert_int_equal(after(&c, "2014-12-25 12:00", 1), at("2014-12-29 10:00"));
    assert_int_equal(calendar_worked(&c, at("2014-12-30")) - calendar_worked(&c, at("2014-12-22")),
                     32 * 3600);
    assert_int_equal(c.week_seconds, 36 * 3600);
    assert_int_equal(calendar_day_seconds(&c), 36 * 3600 / 5);
    arena_free(&arena);
}

static void names_of_the_kind_8x5(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct calendar *long_day = calendar_by_name(&arena, STR("20x6"));
    assert_int_equal(long_day->days[5].items[0].from, 4 * 3600);
    assert_int_equal(long_day->days[5].items[0].to, 24 * 3600);
    assert_int_equal(long_day->days[6].n_items, 0);
    assert_null(calendar_by_name(&arena, STR("25x5")));
    assert_null(calendar_by_name(&arena, STR("8x8")));
    assert_null(calendar_by_name(&arena, STR("8*5")));
    assert_null(calendar_by_name(&arena, STR("0x5")));
    assert_null(calendar_by_name(&arena, STR("x")));
    arena_free(&arena);
}

static void hours_that_overlap_are_refused_and_those_that_touch_joined(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct calendar c = {0}, d = {0};
    *ARENA_APPEND(&arena, &c.days[0]) = (struct shift){3600, 7200};
    *ARENA_APPEND(&arena, &c.days[0]) = (struct shift){0, 3600};
    assert_true(calendar_finish(&arena, &c));
    assert_int_equal(c.days[0].n_items, 1);
    *ARENA_APPEND(&arena, &d.days[0]) = (struct shift){3600, 7200};
    *ARENA_APPEND(&arena, &d.days[0]) = (struct shift){0, 3601};
    assert_false(calendar_finish(&arena, &d));
    arena_free(&arena);
}

/* Second by second over four weeks around Christmas, and before 1970. */
static void counting_seconds_gives_the_same(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct calendar c = office(&arena);
    const int64_t begins[] = {at("2014-12-15 08:59"), at("1969-12-20")};
    for (size_t k = 0; k < COUNT(begins); k++) {
        int64_t worked = calendar_worked(&c, begins[k]);
        for (int64_t t = begins[k]; t < begins[k] + 28 * DAY_SECONDS; t++) {
            int weekday = weekday_of(t);
            int64_t hour = (t - at("1969-01-01")) % DAY_SECONDS / 3600,
                    day = t - (t - at("1969-01-01")) % DAY_SECONDS;
            bool open = weekday < 5 && hour >= 9 && hour < (weekday == 4 ? 13 : 17) &&
                        day != at("2014-12-25") && day != at("2014-12-26");
            assert_int_equal(calendar_worked(&c, t), worked);
            assert_true((calendar_next_open(&c, t) == t) == open);
            worked += open;
            if (open)
                assert_int_equal(calendar_reached(&c, worked), t + 1);
        }
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weekdays_are_those_of_the_almanac),
        cmocka_unit_test(eight_hours_from_friday_evening_end_on_monday_evening),
        cmocka_unit_test(nobody_works_on_holidays),
        cmocka_unit_test(names_of_the_kind_8x5),
        cmocka_unit_test(hours_that_overlap_are_refused_and_those_that_touch_joined),
        cmocka_unit_test(counting_seconds_gives_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
