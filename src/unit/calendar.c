#include "unit/calendar.h"

#include <inttypes.h>

#include "base/str.h"

enum { MONTHS_PER_YEAR = 12, TERM_YEAR_SECONDS = 8760 * HOUR_SECONDS };

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

/* Days since 1970-01-01. The year is taken to start in March, so that a leap day is the last of
 * its year. */
static int64_t days_from_date(struct date date)
{
    int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    int64_t era = floor_div(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t month_from_march = (date.month + 9) % MONTHS_PER_YEAR;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

int64_t date_seconds(struct date date)
{
    return days_from_date(date) * DAY_SECONDS;
}

struct date date_of(int64_t seconds)
{
    int64_t days = floor_div(seconds, DAY_SECONDS) + 719468;
    int64_t era = floor_div(days, 146097);
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    struct date date;
    date.day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    date.month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    date.year = (int)(year_of_era + era * 400 + (date.month <= 2));
    return date;
}

int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

int64_t month_start(int64_t seconds)
{
    struct date date = date_of(seconds);
    date.day = 1;
    return date_seconds(date);
}

int64_t add_months(int64_t seconds, int n_months)
{
    struct date date = date_of(seconds);
    int64_t time_of_day = seconds - date_seconds(date);
    int64_t months = (int64_t)date.year * MONTHS_PER_YEAR + date.month - 1 + n_months;
    date.year = (int)floor_div(months, MONTHS_PER_YEAR);
    date.month = (int)(months - (int64_t)date.year * MONTHS_PER_YEAR) + 1;
    int last = days_in_month(date.year, date.month);
    date.day = date.day < last ? date.day : last;
    return date_seconds(date) + time_of_day;
}

int months_between(int64_t from, int64_t to)
{
    struct date a = date_of(from), b = date_of(to);
    return (b.year - a.year) * MONTHS_PER_YEAR + b.month - a.month;
}

/* Exactly n digits at the start of *rest, which then moves past them. */
static bool take_digits(struct str *rest, int n, int *value)
{
    if (rest->length < (size_t)n)
        return false;
    *value = 0;
    for (int i = 0; i < n; i++) {
        if (rest->at[i] < '0' || rest->at[i] > '9')
            return false;
        *value = *value * 10 + (rest->at[i] - '0');
    }
    *rest = str_after(*rest, (size_t)n);
    return true;
}

static bool take_char(struct str *rest, char a, char b)
{
    if (rest->length == 0 || (rest->at[0] != a && rest->at[0] != b))
        return false;
    *rest = str_after(*rest, 1);
    return true;
}

bool time_parse(struct str text, int64_t *seconds)
{
    struct date date;
    int hour = 0, minute = 0, second = 0;
    if (!take_digits(&text, 4, &date.year) || !take_char(&text, '-', '-') ||
        !take_digits(&text, 2, &date.month) || !take_char(&text, '-', '-') ||
        !take_digits(&text, 2, &date.day))
        return false;
    if (date.month < 1 || date.month > MONTHS_PER_YEAR || date.day < 1 ||
        date.day > days_in_month(date.year, date.month))
        return false;
    if (text.length > 0) {
        if (!take_char(&text, ' ', 'T') || !take_digits(&text, 2, &hour) || !take_char(&text, ':', ':') ||
            !take_digits(&text, 2, &minute))
            return false;
        if (take_char(&text, ':', ':') && !take_digits(&text, 2, &second))
            return false;
        take_char(&text, 'Z', 'Z');
    }
    if (text.length > 0 || hour > 23 || minute > 59 || second > 59)
        return false;
    *seconds = date_seconds(date) + hour * HOUR_SECONDS + minute * 60 + second;
    return true;
}

struct str date_text(struct arena *arena, int64_t seconds)
{
    struct date d = date_of(seconds);
    return str_format(arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

struct str time_text(struct arena *arena, int64_t seconds)
{
    struct date d = date_of(seconds);
    int rest = (int)(seconds - date_seconds(d));
    return str_format(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", d.year, d.month, d.day, rest / HOUR_SECONDS,
                      rest / 60 % 60, rest % 60);
}

struct str month_text(struct arena *arena, int64_t seconds)
{
    struct date d = date_of(seconds);
    return str_format(arena, "%04d-%02d", d.year, d.month);
}

bool term_is_none(struct term term)
{
    return term.months == 0 && term.seconds == 0;
}

int64_t term_end(int64_t start, struct term term)
{
    return term.months > 0 ? add_months(start, term.months) : start + term.seconds;
}

struct str term_text(struct arena *arena, struct term term)
{
    if (term_is_none(term))
        return STR("none");
    if (term.months > 0)
        return str_format(arena, "%d mo", term.months);
    if (term.seconds % TERM_YEAR_SECONDS == 0)
        return str_format(arena, "%" PRId64 " yr", term.seconds / TERM_YEAR_SECONDS);
    if (term.seconds % HOUR_SECONDS == 0)
        return str_format(arena, "%" PRId64 " h", term.seconds / HOUR_SECONDS);
    return str_format(arena, "%" PRId64 " s", term.seconds);
}

struct str duration_text(struct arena *arena, int64_t seconds)
{
    static const struct {
        int64_t up_to, unit;
        const char *name;
    } scales[] = {{120, 1, "s"},
                  {2 * HOUR_SECONDS, 60, "min"},
                  {2 * DAY_SECONDS, HOUR_SECONDS, "h"},
                  {INT64_MAX, DAY_SECONDS, "d"}};
    int i = 0;
    while (seconds >= scales[i].up_to && i < 3)
        i++;
    int64_t tenths = (seconds * 10 + scales[i].unit / 2) / scales[i].unit;
    if (tenths >= 10000)
        return str_format(arena, "%" PRId64 " %s", (seconds + scales[i].unit / 2) / scales[i].unit,
                          scales[i].name);
    if (tenths % 10 == 0)
        return str_format(arena, "%" PRId64 " %s", tenths / 10, scales[i].name);
    return str_format(arena, "%" PRId64 ".%" PRId64 " %s", tenths / 10, tenths % 10, scales[i].name);
}

struct str duration_exact_text(struct arena *arena, int64_t seconds)
{
    static const struct {
        int64_t unit;
        const char *name;
    } scales[] = {{DAY_SECONDS, "d"}, {HOUR_SECONDS, "h"}, {60, "min"}, {1, "s"}};
    int i = 0;
    while (seconds % scales[i].unit != 0)
        i++;
    return str_format(arena, "%" PRId64 " %s", seconds / scales[i].unit, scales[i].name);
}
