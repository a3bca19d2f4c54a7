#include "unit/quantity.h"

#include "base/check.h"

struct unit {
    const char *name;
    int64_t seconds;
};

static const struct unit time_units[] = {
    {"s", 1}, {"min", 60}, {"h", HOUR_SECONDS}, {"d", DAY_SECONDS}, {"w", WEEK_SECONDS}};

/* A month of a rate is a twelfth of a year of 8,760 h. */
static const struct unit rate_units[] = {{"s", 1},
                                         {"min", 60},
                                         {"h", HOUR_SECONDS},
                                         {"d", DAY_SECONDS},
                                         {"mo", 730 * HOUR_SECONDS},
                                         {"yr", 8760 * HOUR_SECONDS}};

static const struct {
    const char *name;
    int64_t bytes;
} data_units[] = {
    {"B", 1},           {"kB", 1000},       {"MB", 1000000},    {"GB", 1000000000}, {"TB", 1000000000000},
    {"KiB", 1LL << 10}, {"MiB", 1LL << 20}, {"GiB", 1LL << 30}, {"TiB", 1LL << 40},
};

enum { N_TIME_UNITS = sizeof time_units / sizeof time_units[0] };

static const struct {
    const char *expected, *example;
} dimensions[] = {
    [DIMENSION_NUMBER] = {"a plain number such as `1.6`, without separators", "1.6"},
    [DIMENSION_SHARE] = {"a share with a per cent sign such as `60%`", "60%"},
    [DIMENSION_DURATION] = {"a duration such as `97 s`, `5 min`, `2 h`, `4 d` or `1 w`", "2 h"},
    [DIMENSION_TERM] = {"a term such as `1 mo`, `36 mo` or `1 yr`", "36 mo"},
    [DIMENSION_NOTICE] = {"a notice such as `30 d`, `1 mo` or `3 mo`", "1 mo"},
    [DIMENSION_SERVERS] = {"a number of servers such as `5000 servers`", "5000 servers"},
    [DIMENSION_RATE] = {"a rate such as `200 /s`, `50 /min` or `3000 /h`", "200 /s"},
    [DIMENSION_YEARLY] = {"a yearly share such as `8% /yr`", "8% /yr"},
    [DIMENSION_EACH] = {"an amount such as `50 kB`, `1`, `20 GB`, `0.5 h /mo` or `4% /yr`", "50 kB"},
    [DIMENSION_HOURLY_MONEY] = {"an amount a server-hour such as `4.00 /server-hour`", "4.00 /server-hour"},
};

const char *dimension_example(enum dimension dimension)
{
    return dimensions[dimension].example;
}

static struct str take_number(struct str text, struct str *rest)
{
    size_t n = 0;
    while (n < text.length &&
           (text.at[n] == '-' || text.at[n] == '.' || (text.at[n] >= '0' && text.at[n] <= '9')))
        n++;
    *rest = str_trim(str_after(text, n));
    return (struct str){text.at, n};
}

static bool find_time_unit(struct str name, int64_t *seconds)
{
    for (int i = 0; i < N_TIME_UNITS; i++) {
        if (str_is(name, time_units[i].name)) {
            *seconds = time_units[i].seconds;
            return true;
        }
    }
    return false;
}

static struct str after_slash(struct str unit)
{
    return unit.length > 0 && unit.at[0] == '/' ? str_trim(str_after(unit, 1)) : (struct str){0};
}

static bool as_share(struct quantity *q)
{
    q->number.scale += 2;
    return q->number.scale <= 15;
}

static bool parse_duration(struct str unit, struct quantity *q)
{
    int64_t unit_seconds;
    if (!find_time_unit(unit, &unit_seconds) || q->number.digits < 0)
        return false;
    return decimal_scaled(q->number, unit_seconds, &q->seconds);
}

static bool parse_term(struct str unit, struct quantity *q)
{
    int64_t n;
    if (!decimal_scaled(q->number, 1, &n) || n <= 0 || n > 1200)
        return false;
    if (str_is(unit, "mo"))
        q->term.months = (int)n;
    else if (str_is(unit, "yr"))
        q->term.seconds = n * 8760 * HOUR_SECONDS;
    else
        return false;
    return true;
}

static bool parse_days(struct str unit, struct quantity *q)
{
    int64_t n;
    if (!str_is(unit, "d") || !decimal_scaled(q->number, 1, &n) || n <= 0 || n > 3660)
        return false;
    q->term.seconds = n * DAY_SECONDS;
    return true;
}

static bool parse_servers(struct str unit, struct quantity *q)
{
    int64_t n;
    if (unit.length > 0 && !str_is(unit, "servers") && !str_is(unit, "server"))
        return false;
    return decimal_scaled(q->number, 1, &n) && n >= 0;
}

/* bytes as a decimal; false where they do not fit. */
static bool as_bytes(struct str unit, struct quantity *q)
{
    for (size_t i = 0; i < sizeof data_units / sizeof data_units[0]; i++) {
        if (!str_is(unit, data_units[i].name))
            continue;
        q->is_bytes = true;
        return !__builtin_mul_overflow(q->number.digits, data_units[i].bytes, &q->number.digits);
    }
    return false;
}

static bool parse_each(struct str unit, struct quantity *q)
{
    struct str head = unit, time = {0};
    if (q->number.digits < 0)
        return false;
    if (str_split(unit, '/', &head, &time)) {
        size_t i = 0, n = sizeof rate_units / sizeof rate_units[0];
        while (i < n && !str_is(str_trim(time), rate_units[i].name))
            i++;
        if (i == n)
            return false;
        q->per_seconds = rate_units[i].seconds;
    }
    head = str_trim(head);
    if (str_is(head, "%"))
        return as_share(q);
    q->is_hours = str_is(head, "h");
    return head.length == 0 || q->is_hours || as_bytes(head, q);
}

static bool parse_unit(struct str unit, enum dimension dimension, struct quantity *q)
{
    switch (dimension) {
    case DIMENSION_NUMBER:
        return unit.length == 0;
    case DIMENSION_SHARE:
        return str_is(unit, "%") && as_share(q);
    case DIMENSION_DURATION:
        return parse_duration(unit, q);
    case DIMENSION_TERM:
        return parse_term(unit, q);
    case DIMENSION_NOTICE:
        return parse_term(unit, q) || parse_days(unit, q);
    case DIMENSION_SERVERS:
        return parse_servers(unit, q);
    case DIMENSION_RATE:
        return find_time_unit(after_slash(unit), &q->per_seconds);
    case DIMENSION_YEARLY:
        return unit.length > 1 && unit.at[0] == '%' &&
               str_is(after_slash(str_trim(str_after(unit, 1))), "yr") && as_share(q);
    case DIMENSION_EACH:
        return parse_each(unit, q);
    case DIMENSION_HOURLY_MONEY:
        return str_is(after_slash(unit), "server-hour");
    }
    check(!"a dimension without a reader");
    return false;
}

bool quantity_parse(struct str text, enum dimension dimension, struct quantity *result, const char **expected)
{
    struct str rest;
    struct quantity q = {0};
    struct str number = take_number(str_trim(text), &rest);
    *expected = dimensions[dimension].expected;
    if (!decimal_parse(number, &q.number) || !parse_unit(rest, dimension, &q))
        return false;
    *result = q;
    return true;
}
