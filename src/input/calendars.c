#include "input/calendars.h"

#include "base/arena.h"
#include "unit/calendar.h"

enum calendar_column {
    COLUMN_CALENDAR,
    COLUMN_WEEKDAYS,
    COLUMN_FROM,
    COLUMN_TO,
    COLUMN_HOLIDAYS,
    COLUMN_SOURCE,
    N_COLUMNS
};

enum { LONGEST_HOLIDAYS = 3660 };

const struct csv_column calendar_columns[] = {
    [COLUMN_CALENDAR] = {"calendar", true, "name; rows with the same name add up"},
    [COLUMN_WEEKDAYS] = {"weekdays", false, "on which is worked: Mon-Fri, or Mon-Thu Sat"},
    [COLUMN_FROM] = {"from", false, "when work begins, UTC: 09:00"},
    [COLUMN_TO] = {"to", false, "when it ends the same day, up to 24:00"},
    [COLUMN_HOLIDAYS] = {"holidays", false,
                         "dates without work, with blanks between: 2014-12-25 2014-12-29..2014-12-31"},
    [COLUMN_SOURCE] = {"source", true, "where the hours are from, or that they are an assumption"},
};

const int n_calendar_columns = N_COLUMNS;

struct row_reader {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct csv_reader *csv;
    const struct csv_row *row;
    int positions[N_COLUMNS];
};

static struct str field(const struct row_reader *r, enum calendar_column column)
{
    return csv_field(r->row, r->positions[column]);
}

static bool wrong(const struct row_reader *r, enum calendar_column column, const char *hint, const char *what)
{
    struct str text = field(r, column);
    struct place place = csv_place(r->csv, r->positions[column]);
    if (text.length == 0)
        return diagnose_error(r->diagnostics, place, hint, "the column `%s` is empty",
                              calendar_columns[column].name);
    return diagnose_error(r->diagnostics, place, hint, "%s: `%.*s` %s", calendar_columns[column].name,
                          STR_ARGS(text), what);
}

/* ---- weekdays ---- */

static int find_weekday(struct str name)
{
    static const char *const names[DAYS_PER_WEEK] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    for (int day = 0; day < DAYS_PER_WEEK; day++)
        if (str_is(name, names[day]))
            return day;
    return -1;
}

/* `Mon-Fri` or `Sat`. */
static bool take_weekdays(struct str text, bool *weekdays)
{
    struct str from = text, to = text;
    str_split(text, '-', &from, &to);
    int first = find_weekday(from), last = find_weekday(to);
    if (first < 0 || last < first)
        return false;
    for (int day = first; day <= last; day++)
        weekdays[day] = true;
    return true;
}

/* The next of several words; false where there is none. */
static bool next_word(struct str *text, struct str *word)
{
    struct str rest = str_trim(*text);
    if (rest.length == 0)
        return false;
    if (!str_split(rest, ' ', word, text)) {
        *word = rest;
        *text = (struct str){0};
    }
    return true;
}

static bool read_weekdays(const struct row_reader *r, bool *weekdays)
{
    struct str text = field(r, COLUMN_WEEKDAYS), word;
    bool good = text.length > 0;
    while (good && next_word(&text, &word))
        good = take_weekdays(word, weekdays);
    return good || wrong(r, COLUMN_WEEKDAYS, "write days such as Mon-Fri, or Mon-Thu Sat", "are no weekdays");
}

/* ---- hours ---- */

/* `09:00` up to `24:00`. */
static bool take_time_of_day(struct str text, int64_t *seconds)
{
    if (text.length != 5 || text.at[2] != ':')
        return false;
    for (int i = 0; i < 5; i++)
        if (i != 2 && (text.at[i] < '0' || text.at[i] > '9'))
            return false;
    int64_t hours = (text.at[0] - '0') * 10 + (text.at[1] - '0');
    int64_t minutes = (text.at[3] - '0') * 10 + (text.at[4] - '0');
    *seconds = hours * HOUR_SECONDS + minutes * 60;
    return minutes < 60 && *seconds <= DAY_SECONDS;
}

static bool read_time_of_day(const struct row_reader *r, enum calendar_column column, int64_t *seconds)
{
    return take_time_of_day(field(r, column), seconds) ||
           wrong(r, column, "write a time from 00:00 to 24:00", "is no time of day");
}

static bool read_hours(const struct row_reader *r, struct calendar *calendar)
{
    struct shift shift = {0};
    bool weekdays[DAYS_PER_WEEK] = {false};
    bool good = read_weekdays(r, weekdays);
    good &= read_time_of_day(r, COLUMN_FROM, &shift.from);
    good &= read_time_of_day(r, COLUMN_TO, &shift.to);
    if (good && shift.to <= shift.from)
        good = wrong(r, COLUMN_TO, "work that goes over midnight is two rows", "is not after `from`");
    for (int day = 0; good && day < DAYS_PER_WEEK; day++)
        if (weekdays[day])
            *ARENA_APPEND(r->arena, &calendar->days[day]) = shift;
    return good;
}

/* ---- holidays ---- */

/* `2014-12-25` or `2014-12-29..2014-12-31`. */
static bool take_holidays(const struct row_reader *r, struct str text, struct holidays *holidays)
{
    struct str from = text, to = text;
    int64_t first, last;
    for (size_t i = 0; i + 1 < text.length; i++) {
        if (text.at[i] == '.' && text.at[i + 1] == '.') {
            from = (struct str){text.at, i};
            to = str_after(text, i + 2);
            break;
        }
    }
    if (!time_parse(from, &first) || !time_parse(to, &last) || first % DAY_SECONDS != 0 ||
        last % DAY_SECONDS != 0 || last < first || last - first > LONGEST_HOLIDAYS * (int64_t)DAY_SECONDS)
        return false;
    for (int64_t day = first; day <= last; day += DAY_SECONDS)
        *ARENA_APPEND(r->arena, holidays) = day;
    return true;
}

static bool read_holidays(const struct row_reader *r, struct calendar *calendar)
{
    struct str text = field(r, COLUMN_HOLIDAYS), word;
    bool good = true;
    while (good && next_word(&text, &word))
        good = take_holidays(r, word, &calendar->holidays);
    return good || wrong(r, COLUMN_HOLIDAYS, "write dates such as 2014-12-25, or 2014-12-29..2014-12-31",
                         "are no dates");
}

/* ---- the table ---- */

static struct calendar *find_or_add(struct calendar_list *list, const struct row_reader *r)
{
    struct str name = field(r, COLUMN_CALENDAR);
    for (size_t i = 0; i < list->n_items; i++)
        if (str_equal(list->items[i].name, name))
            return &list->items[i];
    list->places =
        arena_grow(r->arena, list->places, list->n_items, &list->places_capacity, sizeof *list->places);
    list->places[list->n_items] = csv_place(r->csv, r->positions[COLUMN_CALENDAR]);
    struct calendar *calendar = ARENA_APPEND(r->arena, list);
    calendar->name = str_copy(r->arena, name);
    return calendar;
}

static bool read_name(const struct row_reader *r)
{
    if (field(r, COLUMN_CALENDAR).length == 0)
        return wrong(r, COLUMN_CALENDAR, "every row names its calendar", "");
    if (str_is(field(r, COLUMN_CALENDAR), "24x7"))
        return wrong(r, COLUMN_CALENDAR, "give it a name of its own", "is every hour of the week, always");
    return true;
}

static void read_row(struct calendar_list *list, const struct row_reader *r)
{
    if (!read_name(r))
        return;
    struct calendar *calendar = find_or_add(list, r);
    bool has_hours = field(r, COLUMN_WEEKDAYS).length > 0 || field(r, COLUMN_FROM).length > 0 ||
                     field(r, COLUMN_TO).length > 0;
    if (has_hours)
        read_hours(r, calendar);
    else if (field(r, COLUMN_HOLIDAYS).length == 0)
        wrong(r, COLUMN_WEEKDAYS, "give weekdays, from and to, or holidays", "");
    read_holidays(r, calendar);
    if (field(r, COLUMN_SOURCE).length == 0)
        wrong(r, COLUMN_SOURCE, "say where the hours are from, or that they are an assumption", "");
}

bool calendars_add(struct calendar_list *list, struct arena *arena, struct str file, struct str content,
                   struct diagnostics *diagnostics, int64_t *n_rows)
{
    struct csv_row row;
    size_t n_before = diagnostics->n_errors;
    struct row_reader r = {.arena = arena, .diagnostics = diagnostics, .row = &row};
    r.csv = csv_open(arena, file, content, diagnostics);
    bool good = csv_bind(r.csv, calendar_columns, N_COLUMNS, r.positions);
    while (good && csv_next(r.csv, &row)) {
        ++*n_rows;
        if (csv_check_width(r.csv, &row))
            read_row(list, &r);
    }
    if (good && *n_rows == 0 && !csv_failed(r.csv))
        diagnose_error(diagnostics, csv_place(r.csv, 0), NULL, "the table of calendars holds no rows");
    csv_close(r.csv);
    return diagnostics->n_errors == n_before;
}

bool calendars_finish(struct calendar_list *list, struct arena *arena, struct diagnostics *diagnostics)
{
    bool good = true;
    for (size_t i = 0; i < list->n_items; i++) {
        struct calendar *calendar = &list->items[i];
        if (!calendar_finish(arena, calendar))
            good = diagnose_error(diagnostics, list->places[i], "hours of a day may touch, not overlap",
                                  "the calendar `%.*s` has some hours twice", STR_ARGS(calendar->name));
        else if (calendar->week_seconds < HOUR_SECONDS)
            good = diagnose_error(diagnostics, list->places[i],
                                  "add a row with weekdays, from and to: at least an hour a week",
                                  "the calendar `%.*s` has %s working hours", STR_ARGS(calendar->name),
                                  calendar->week_seconds == 0 ? "no" : "hardly any");
    }
    return good;
}

bool calendars_find(const struct calendar_list *list, struct arena *arena, struct str name,
                    const struct calendar **calendar, const char **hint)
{
    *calendar = NULL;
    if (str_is(name, "24x7"))
        return true;
    struct str *names = ARENA_NEW(arena, struct str, list->n_items + 2);
    for (size_t i = 0; i < list->n_items; i++) {
        names[i] = list->items[i].name;
        if (str_equal(names[i], name)) {
            *calendar = &list->items[i];
            return true;
        }
    }
    names[list->n_items] = STR("8x5");
    names[list->n_items + 1] = STR("24x7");
    struct str nearest = str_nearest(name, names, list->n_items + 2);
    *calendar = calendar_by_name(arena, name);
    *hint = nearest.length > 0 ? str_format(arena, "did you mean `%.*s`?", STR_ARGS(nearest)).at
                               : "write 24x7, 8x5, or a calendar of the tables under `calendars:`";
    return *calendar != NULL;
}
