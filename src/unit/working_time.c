#include "unit/working_time.h"

#include <stdlib.h>

#include "base/arena.h"
#include "unit/calendar.h"

enum { NINE = 9 * HOUR_SECONDS, THURSDAY = 3 }; /* 1970-01-01 was a Thursday */

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

int weekday_of(int64_t seconds)
{
    int64_t day = floor_div(seconds, DAY_SECONDS) + THURSDAY;
    return (int)(day - floor_div(day, DAYS_PER_WEEK) * DAYS_PER_WEEK);
}

/* ---- making one ---- */

static int compare_shifts(const void *a, const void *b)
{
    const struct shift *left = a, *right = b;
    return (left->from > right->from) - (left->from < right->from);
}

static int compare_days(const void *a, const void *b)
{
    const int64_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static bool join_shifts(struct shifts *day)
{
    size_t n = 0;
    if (day->n_items > 0)
        qsort(day->items, day->n_items, sizeof *day->items, compare_shifts);
    for (size_t i = 0; i < day->n_items; i++) {
        struct shift *last = n == 0 ? NULL : &day->items[n - 1];
        if (last != NULL && day->items[i].from < last->to)
            return false;
        if (last != NULL && day->items[i].from == last->to)
            last->to = day->items[i].to;
        else
            day->items[n++] = day->items[i];
    }
    day->n_items = n;
    return true;
}

static void sort_holidays(struct holidays *holidays)
{
    size_t n = 0;
    if (holidays->n_items > 0)
        qsort(holidays->items, holidays->n_items, sizeof *holidays->items, compare_days);
    for (size_t i = 0; i < holidays->n_items; i++)
        if (n == 0 || holidays->items[n - 1] != holidays->items[i])
            holidays->items[n++] = holidays->items[i];
    holidays->n_items = n;
}

/* Worked on a weekday without a holiday, up to a second of the day. */
static int64_t worked_of_day(const struct shifts *day, int64_t until)
{
    int64_t worked = 0;
    for (size_t i = 0; i < day->n_items && day->items[i].from < until; i++)
        worked += (day->items[i].to < until ? day->items[i].to : until) - day->items[i].from;
    return worked;
}

/* Working time since the Monday before 1970 as if there were no holidays. */
static int64_t worked_without_holidays(const struct calendar *calendar, int64_t seconds)
{
    int64_t since = seconds + THURSDAY * DAY_SECONDS, weeks = floor_div(since, WEEK_SECONDS);
    int64_t rest = since - weeks * WEEK_SECONDS;
    int day = (int)(rest / DAY_SECONDS);
    return weeks * calendar->week_seconds + calendar->before_day[day] +
           worked_of_day(&calendar->days[day], rest % DAY_SECONDS);
}

bool calendar_finish(struct arena *arena, struct calendar *calendar)
{
    bool good = true;
    for (int day = 0; day < DAYS_PER_WEEK; day++) {
        good &= join_shifts(&calendar->days[day]);
        calendar->before_day[day + 1] =
            calendar->before_day[day] + worked_of_day(&calendar->days[day], DAY_SECONDS);
    }
    calendar->week_seconds = calendar->before_day[DAYS_PER_WEEK];
    sort_holidays(&calendar->holidays);
    size_t n = calendar->holidays.n_items;
    calendar->lost = ARENA_NEW(arena, int64_t, n + 1);
    calendar->worked = ARENA_NEW(arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        int64_t day = calendar->holidays.items[i];
        int weekday = weekday_of(day);
        calendar->worked[i] = worked_without_holidays(calendar, day) - calendar->lost[i];
        calendar->lost[i + 1] =
            calendar->lost[i] + calendar->before_day[weekday + 1] - calendar->before_day[weekday];
    }
    return good;
}

static int64_t take_number(struct str text)
{
    int64_t n = 0;
    if (text.length == 0 || text.length > 2)
        return 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return 0;
        n = n * 10 + (text.at[i] - '0');
    }
    return n;
}

const struct calendar *calendar_by_name(struct arena *arena, struct str name)
{
    struct str hours, days;
    if (!str_split(name, 'x', &hours, &days))
        return NULL;
    int64_t n_hours = take_number(hours), n_days = take_number(days);
    if (n_hours < 1 || n_hours > 24 || n_days < 1 || n_days > DAYS_PER_WEEK)
        return NULL;
    struct calendar *calendar = ARENA_NEW(arena, struct calendar, 1);
    int64_t length = n_hours * HOUR_SECONDS;
    int64_t from = NINE + length > DAY_SECONDS ? DAY_SECONDS - length : NINE;
    calendar->name = str_copy(arena, name);
    for (int day = 0; day < n_days; day++)
        *ARENA_APPEND(arena, &calendar->days[day]) = (struct shift){from, from + length};
    calendar_finish(arena, calendar);
    return calendar;
}

/* ---- asking it ---- */

int64_t calendar_day_seconds(const struct calendar *calendar)
{
    int64_t n = 0;
    if (calendar == NULL)
        return DAY_SECONDS;
    for (int day = 0; day < DAYS_PER_WEEK; day++)
        n += calendar->days[day].n_items > 0;
    return n == 0 ? 0 : (calendar->week_seconds + n / 2) / n;
}

/* How many of n ascending values are below a limit. */
static size_t count_below(const int64_t *values, size_t n, int64_t limit)
{
    size_t from = 0;
    while (from < n) {
        size_t middle = from + (n - from) / 2;
        if (values[middle] < limit)
            from = middle + 1;
        else
            n = middle;
    }
    return from;
}

int64_t calendar_worked(const struct calendar *calendar, int64_t seconds)
{
    if (calendar == NULL)
        return seconds;
    const struct holidays *holidays = &calendar->holidays;
    size_t begun = count_below(holidays->items, holidays->n_items, seconds + 1);
    if (begun > 0 && seconds < holidays->items[begun - 1] + DAY_SECONDS)
        return calendar->worked[begun - 1];
    return worked_without_holidays(calendar, seconds) - calendar->lost[begun];
}

/* The first second of a weekday at which so much of it, more than nothing, has been worked. */
static int64_t reached_in_day(const struct shifts *day, int64_t worked)
{
    size_t i = 0;
    for (; day->items[i].to - day->items[i].from < worked; i++)
        worked -= day->items[i].to - day->items[i].from;
    return day->items[i].from + worked;
}

/* Between two holidays a calendar is one without any that lags behind by what was lost. */
int64_t calendar_reached(const struct calendar *calendar, int64_t worked)
{
    if (calendar == NULL)
        return worked;
    int64_t target =
        worked + calendar->lost[count_below(calendar->worked, calendar->holidays.n_items, worked)];
    int64_t weeks = floor_div(target - 1, calendar->week_seconds);
    int64_t rest = target - weeks * calendar->week_seconds; /* 1 to week_seconds */
    int day = 0;
    while (calendar->before_day[day + 1] < rest)
        day++;
    return weeks * WEEK_SECONDS - THURSDAY * DAY_SECONDS + day * (int64_t)DAY_SECONDS +
           reached_in_day(&calendar->days[day], rest - calendar->before_day[day]);
}

int64_t calendar_next_open(const struct calendar *calendar, int64_t seconds)
{
    return calendar_reached(calendar, calendar_worked(calendar, seconds) + 1) - 1;
}
