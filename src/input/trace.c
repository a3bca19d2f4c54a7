#include "input/trace.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "input/csv.h"
#include "unit/calendar.h"
#include "unit/decimal.h"

enum { MOST_MESSAGES = 20, MOST_GAPS_SHOWN = 3, MICRO_DIGITS = 6 };

/* The rows as read: times, values and the line of each, for messages. */
struct samples {
    int64_t *seconds, *micro;
    int32_t *lines;
    int64_t n, capacity;
};

struct trace_reader {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct csv_reader *csv;
    struct str file;
    int time_column, value_column;
    int n_messages;
    struct samples samples;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits after the sixth decide how the sixth is rounded: half to even. */
static bool round_rest(const char *at, const char *end, int64_t *micro)
{
    int order = at < end ? (*at > '5') - (*at < '5') : -1;
    for (const char *c = at; c < end; c++) {
        if (!is_digit(*c))
            return false;
        if (c > at && order == 0 && *c != '0')
            order = 1;
    }
    *micro += order > 0 || (order == 0 && *micro % 2 != 0);
    return true;
}

bool trace_value(struct str text, int64_t *micro)
{
    if (text.length == 0)
        return false;
    const char *at = text.at, *end = text.at + text.length;
    uint64_t value = 0;
    int n_digits = 0, n_places = 0;
    for (; at < end && is_digit(*at) && n_digits < 13; at++, n_digits++)
        value = value * 10 + (uint64_t)(*at - '0');
    if (n_digits == 0 || (at < end && *at != '.'))
        return false;
    at += at < end;
    if (at == end && end[-1] == '.')
        return false;
    for (; at < end && is_digit(*at) && n_places < MICRO_DIGITS; at++, n_places++)
        value = value * 10 + (uint64_t)(*at - '0');
    if (at < end && n_places < MICRO_DIGITS)
        return false;
    for (; n_places < MICRO_DIGITS; n_places++)
        value *= 10;
    if (value > INT64_MAX - 1)
        return false;
    *micro = (int64_t)value;
    return round_rest(at, end, micro);
}

/* `2022-01-01T00:05:00Z` and its like with all fields, the usual case, without a loop. */
static bool quick_time(struct str text, int64_t *seconds, int64_t *day_seconds, char day_text[10])
{
    const char *t = text.at;
    if (text.length < 19 || (t[10] != 'T' && t[10] != ' ') || t[13] != ':' || t[16] != ':' ||
        memcmp(t, day_text, 10) != 0)
        return false;
    static const unsigned char tens[] = {11, 14, 17};
    int parts[3];
    for (int i = 0; i < 3; i++) {
        unsigned a = (unsigned)(t[tens[i]] - '0'), b = (unsigned)(t[tens[i] + 1] - '0');
        if (a > 9 || b > 9)
            return false;
        parts[i] = (int)(a * 10 + b);
    }
    if (parts[0] > 23 || parts[1] > 59 || parts[2] > 59 ||
        !(text.length == 19 || (text.length == 20 && t[19] == 'Z')))
        return false;
    *seconds = *day_seconds + parts[0] * HOUR_SECONDS + parts[1] * 60 + parts[2];
    return true;
}

static bool wrong(struct trace_reader *r, int column, const char *hint, const char *what, struct str text)
{
    r->n_messages++;
    return diagnose_error(r->diagnostics, csv_place(r->csv, column), hint, what, STR_ARGS(text));
}

static bool find_column(struct trace_reader *r, const struct csv_row *header, struct str name, int standard,
                        int *column)
{
    struct str names[CSV_MOST_FIELDS];
    *column = standard;
    for (int i = 0; i < header->n_fields; i++) {
        names[i] = str_trim(header->fields[i]);
        if (name.length > 0 && str_equal(names[i], name)) {
            *column = i;
            return true;
        }
    }
    if (name.length == 0 && standard < header->n_fields)
        return true;
    struct str nearest = str_nearest(name, names, (size_t)header->n_fields);
    const char *hint =
        nearest.length > 0 ? str_format(r->arena, "did you mean `%.*s`?", STR_ARGS(nearest)).at : NULL;
    return diagnose_error(r->diagnostics, csv_place(r->csv, 0), hint, "there is no column `%.*s`",
                          STR_ARGS(name));
}

/* The first row is taken for names: data there would be lost without a word. */
static bool check_names(struct trace_reader *r, const struct csv_row *header)
{
    int64_t seconds;
    if (time_parse(csv_field(header, r->time_column), &seconds))
        return diagnose_error(r->diagnostics, csv_place(r->csv, r->time_column),
                              "add a first row such as time,requests",
                              "the first row names the columns, and this one holds a time");
    if (r->time_column == r->value_column)
        return diagnose_error(r->diagnostics, csv_place(r->csv, r->time_column),
                              "name another with `column:` in the study",
                              "the column of the times cannot hold the values too");
    return true;
}

static bool read_header(struct trace_reader *r, const struct workload *workload)
{
    struct csv_row header;
    if (!csv_next(r->csv, &header)) {
        if (!csv_failed(r->csv))
            diagnose_error(r->diagnostics, (struct place){.file = r->file, .line = 1},
                           "a trace has a header row, then a time and a value in each row",
                           "the file is empty");
        return false;
    }
    csv_check_width(r->csv, &header); /* the width that all rows have to have */
    if (header.n_fields < 2)
        return diagnose_error(r->diagnostics, csv_place(r->csv, 0), "separate columns by commas",
                              "a trace needs a time and a value column");
    if (!find_column(r, &header, workload->time_column, 0, &r->time_column))
        return false;
    if (workload->column.length == 0 && header.n_fields > 2)
        return diagnose_error(r->diagnostics, csv_place(r->csv, 0), "name one with `column:` in the study",
                              "the trace has several columns");
    return find_column(r, &header, workload->column, r->time_column == 0, &r->value_column) &&
           check_names(r, &header);
}

static void make_room(struct trace_reader *r)
{
    struct samples *s = &r->samples;
    size_t n = (size_t)s->n, capacity;
    capacity = (size_t)s->capacity;
    s->seconds = arena_grow(r->arena, s->seconds, n, &capacity, sizeof *s->seconds);
    capacity = (size_t)s->capacity;
    s->micro = arena_grow(r->arena, s->micro, n, &capacity, sizeof *s->micro);
    capacity = (size_t)s->capacity;
    s->lines = arena_grow(r->arena, s->lines, n, &capacity, sizeof *s->lines);
    s->capacity = (int64_t)capacity;
}

static bool check_order(struct trace_reader *r, int64_t seconds)
{
    const struct samples *s = &r->samples;
    if (s->n == 0 || seconds > s->seconds[s->n - 1])
        return true;
    struct str before = time_text(r->arena, s->seconds[s->n - 1]);
    return wrong(r, r->time_column, "sort the trace by time and keep one row for each time",
                 seconds == s->seconds[s->n - 1] ? "the time %.*s is there twice"
                                                 : "the time goes backwards: the row before is %.*s",
                 before);
}

static bool wrong_value(struct trace_reader *r, struct str value)
{
    struct decimal d;
    const char *hint = "write a plain number of at least 0, without separators or units";
    if (value.length == 0)
        return wrong(r, r->value_column, "write 0, or remove the row and say `gaps:` in the study",
                     "the value%.*s is missing", value);
    if (!decimal_parse(value, &d))
        return wrong(r, r->value_column, hint, "`%.*s` is no number", value);
    return wrong(r, r->value_column, hint, d.digits < 0 ? "`%.*s` is below 0" : "`%.*s` is too large", value);
}

static bool read_row(struct trace_reader *r, const struct csv_row *row, int64_t *day_seconds,
                     char day_text[10])
{
    int64_t seconds, micro;
    if (!csv_check_width(r->csv, row)) {
        r->n_messages++;
        return false;
    }
    struct str time = csv_field(row, r->time_column), value = csv_field(row, r->value_column);
    if (!quick_time(time, &seconds, day_seconds, day_text)) {
        if (!time_parse(time, &seconds))
            return wrong(r, r->time_column, "write UTC times such as 2014-11-28T10:00:00Z",
                         "`%.*s` is no time", time);
        *day_seconds = seconds - (seconds % DAY_SECONDS + DAY_SECONDS) % DAY_SECONDS;
        memcpy(day_text, time.at, 10);
    }
    if (!trace_value(value, &micro))
        return wrong_value(r, value);
    if (!check_order(r, seconds))
        return false;
    if (r->samples.n == r->samples.capacity)
        make_room(r);
    int64_t n = r->samples.n++;
    r->samples.seconds[n] = seconds;
    r->samples.micro[n] = micro;
    r->samples.lines[n] = row->line;
    return true;
}

static int64_t smallest_distance(const struct samples *s)
{
    int64_t least = INT64_MAX;
    for (int64_t i = 1; i < s->n; i++) {
        int64_t distance = s->seconds[i] - s->seconds[i - 1];
        least = distance < least ? distance : least;
    }
    return least;
}

/* The distance that more than half of all rows have, if there is one (Boyer and Moore's vote); otherwise
 * any that occurs. */
static int64_t usual_distance(const struct samples *s)
{
    int64_t usual = 0, votes = 0;
    for (int64_t i = 1; i < s->n; i++) {
        int64_t distance = s->seconds[i] - s->seconds[i - 1];
        usual = votes == 0 ? distance : usual;
        votes += distance == usual ? 1 : -1;
    }
    return usual;
}

/* Every row stands a multiple of the smallest distance behind the first. Where one does not, the row
 * that breaks the usual distance is the one to look at. */
static bool check_grid(struct trace_reader *r, int64_t step)
{
    const struct samples *s = &r->samples;
    int64_t usual, i = 1;
    while (i < s->n && (s->seconds[i] - s->seconds[0]) % step == 0)
        i++;
    if (i == s->n)
        return true;
    usual = usual_distance(s);
    for (i = 1; i + 1 < s->n && (s->seconds[i] - s->seconds[i - 1]) % usual == 0;)
        i++;
    int64_t distance = s->seconds[i] - s->seconds[i - 1];
    return diagnose_error(r->diagnostics, (struct place){.file = r->file, .line = s->lines[i]},
                          "resample the trace to equal steps",
                          "%.*s comes %" PRId64 " s after the row before, which is no multiple of %" PRId64
                          " s, the usual distance",
                          STR_ARGS(time_text(r->arena, s->seconds[i])), distance, usual);
}

static bool refuse_gaps(struct trace_reader *r, int64_t step, int64_t n_missing)
{
    const struct samples *s = &r->samples;
    int n_gaps = 0;
    for (int64_t i = 1; i < s->n; i++) {
        int64_t missing = (s->seconds[i] - s->seconds[i - 1]) / step - 1;
        if (missing == 0 || ++n_gaps > MOST_GAPS_SHOWN)
            continue;
        struct str from = time_text(r->arena, s->seconds[i - 1]);
        diagnose_error(r->diagnostics, (struct place){.file = r->file, .line = s->lines[i]},
                       "say in the study how to fill it: `gaps: hold`, `zero` or `linear`",
                       "gap: %" PRId64 " row%s of %" PRId64 " s %s missing after %.*s", missing,
                       missing == 1 ? "" : "s", step, missing == 1 ? "is" : "are", STR_ARGS(from));
    }
    if (n_gaps > MOST_GAPS_SHOWN)
        diagnose_error(r->diagnostics, (struct place){.file = r->file}, NULL,
                       "%d more gaps, %" PRId64 " rows missing in all", n_gaps - MOST_GAPS_SHOWN, n_missing);
    return false;
}

static int64_t fill_value(enum gaps gaps, int64_t before, int64_t after, int64_t i, int64_t n)
{
    if (gaps == GAPS_ZERO)
        return 0;
    if (gaps == GAPS_HOLD)
        return before;
    __extension__ __int128 rise = (__int128)(after - before) * i;
    return before + (int64_t)(rise / n);
}

static void spread(const struct samples *s, int64_t step, enum gaps gaps, struct trace *trace)
{
    int64_t at = 0;
    for (int64_t i = 0; i < s->n; i++) {
        int64_t n = i + 1 < s->n ? (s->seconds[i + 1] - s->seconds[i]) / step : 1;
        trace->values_micro[at] = s->micro[i];
        for (int64_t j = 1; j < n; j++)
            trace->values_micro[at + j] = fill_value(gaps, s->micro[i], s->micro[i + 1], j, n);
        trace->n_filled += n - 1;
        at += n;
    }
}

static bool make_grid(struct trace_reader *r, const struct workload *workload, struct trace *trace)
{
    const struct samples *s = &r->samples;
    if (s->n < 2)
        return diagnose_error(r->diagnostics, (struct place){.file = r->file, .line = 1}, NULL,
                              "a trace needs at least two rows: their distance is its step");
    int64_t step = smallest_distance(s);
    int64_t n_values = (s->seconds[s->n - 1] - s->seconds[0]) / step + 1;
    if (!check_grid(r, step))
        return false;
    if (n_values > s->n && workload->gaps == GAPS_ERROR)
        return refuse_gaps(r, step, n_values - s->n);
    if (n_values / 1000 > s->n)
        return diagnose_error(r->diagnostics, (struct place){.file = r->file, .line = 1}, NULL,
                              "more than 999 of 1,000 rows are missing: the smallest distance, %" PRId64
                              " s, is hardly the step of the trace",
                              step);
    *trace = (struct trace){.first_seconds = s->seconds[0], .step_seconds = step, .n_values = n_values};
    if (n_values == s->n) {
        trace->values_micro = s->micro;
        return true;
    }
    trace->values_micro = ARENA_NEW(r->arena, int64_t, n_values);
    spread(s, step, workload->gaps, trace);
    return true;
}

bool trace_read(struct arena *arena, const struct workload *workload, struct str file, struct str content,
                struct trace *trace, int64_t *n_rows, struct diagnostics *diagnostics)
{
    struct csv_row row;
    char day_text[10] = {0};
    int64_t day_seconds = 0;
    struct trace_reader r = {.arena = arena, .diagnostics = diagnostics, .file = file};
    r.csv = csv_open(arena, file, content, diagnostics);
    bool good = read_header(&r, workload);
    while (good && r.n_messages < MOST_MESSAGES && csv_next(r.csv, &row)) {
        ++*n_rows;
        read_row(&r, &row, &day_seconds, day_text);
    }
    if (r.n_messages == MOST_MESSAGES)
        diagnose_error(diagnostics, (struct place){.file = file}, NULL,
                       "too many mistakes: reading stopped here");
    good = good && r.n_messages == 0 && !csv_failed(r.csv);
    csv_close(r.csv);
    return good && make_grid(&r, workload, trace);
}
