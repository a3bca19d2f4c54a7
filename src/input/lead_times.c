#include "input/lead_times.h"

#include "base/arena.h"
#include "base/normal.h"
#include "unit/quantity.h"

enum { LONGEST_DAYS = 3660, MOST_SPREAD = 100 };

enum lead_time_column {
    COLUMN_PROCESS,
    COLUMN_STAGE,
    COLUMN_EACH,
    COLUMN_LOW,
    COLUMN_MODE,
    COLUMN_HIGH,
    COLUMN_P10,
    COLUMN_P50,
    COLUMN_P90,
    COLUMN_CREW,
    COLUMN_WORKERS,
    COLUMN_DRAW,
    COLUMN_HOURS,
    COLUMN_SOURCE,
    N_COLUMNS
};

const struct csv_column lead_time_columns[] = {
    [COLUMN_PROCESS] = {"process", true, "name; rows with the same name are its stages, in order"},
    [COLUMN_STAGE] = {"stage", true, "name"},
    [COLUMN_EACH] = {"each", true, "order, server, or N servers"},
    [COLUMN_LOW] = {"low", false, "shortest duration of one piece of work: 3 d, 0.5 d, 90 s"},
    [COLUMN_MODE] = {"mode", false, "likeliest; with low alone the duration is fixed"},
    [COLUMN_HIGH] = {"high", false, "longest"},
    [COLUMN_P10] = {"p10", false, "lognormal instead: one duration in ten is shorter"},
    [COLUMN_P50] = {"p50", false, "median; the base case"},
    [COLUMN_P90] = {"p90", false, "one duration in ten is longer"},
    [COLUMN_CREW] = {"crew", false, "who works; neighbouring stages with one crew are done without a break"},
    [COLUMN_WORKERS] = {"workers", false, "pieces at once; empty: no limit"},
    [COLUMN_DRAW] = {"draw", false, "order: one draw per order; piece: one for every piece of work"},
    [COLUMN_HOURS] = {"hours", false,
                      "when is worked: 24x7, 8x5, or a calendar of the study; 1 d is then a working day"},
    [COLUMN_SOURCE] = {"source", true, "where the figure is from"},
};

const int n_lead_time_columns = N_COLUMNS;

struct row_reader {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct csv_reader *csv;
    const struct csv_row *row;
    const struct calendar_list *calendars;
    int positions[N_COLUMNS];
};

static struct str field(const struct row_reader *r, enum lead_time_column column)
{
    return csv_field(r->row, r->positions[column]);
}

static bool wrong(const struct row_reader *r, enum lead_time_column column, const char *hint,
                  const char *what)
{
    struct str text = field(r, column);
    if (text.length == 0)
        return diagnose_error(r->diagnostics, csv_place(r->csv, r->positions[column]), hint,
                              "the column `%s` is empty", lead_time_columns[column].name);
    return diagnose_error(r->diagnostics, csv_place(r->csv, r->positions[column]), hint, "%s: `%.*s` %s",
                          lead_time_columns[column].name, STR_ARGS(text), what);
}

/* Days and weeks of a calendar are working days and working weeks. */
static int64_t working_seconds(const struct calendar *calendar, struct str text, int64_t seconds)
{
    int64_t unit = DAY_SECONDS, worked = calendar_day_seconds(calendar);
    if (calendar == NULL || text.length == 0)
        return seconds;
    if (text.at[text.length - 1] == 'w') {
        unit = WEEK_SECONDS;
        worked = calendar->week_seconds;
    } else if (text.at[text.length - 1] != 'd') {
        return seconds;
    }
    return (seconds * worked + unit / 2) / unit;
}

static bool read_duration(const struct row_reader *r, enum lead_time_column column,
                          const struct calendar *calendar, int64_t *seconds)
{
    struct quantity q;
    const char *expected;
    if (!quantity_parse(field(r, column), DIMENSION_DURATION, &q, &expected))
        return wrong(r, column, str_format(r->arena, "write %s", expected).at, "is no duration");
    *seconds = working_seconds(calendar, field(r, column), q.seconds);
    if (q.seconds > LONGEST_DAYS * (int64_t)DAY_SECONDS)
        return wrong(r, column, "write a duration of 3660 d at most", "is more than ten years");
    return true;
}

static bool read_triangular(const struct row_reader *r, struct stage *stage)
{
    bool has_mode = field(r, COLUMN_MODE).length > 0, has_high = field(r, COLUMN_HIGH).length > 0;
    if (!read_duration(r, COLUMN_LOW, stage->calendar, &stage->low_seconds))
        return false;
    stage->mode_seconds = stage->high_seconds = stage->low_seconds;
    if (has_mode != has_high)
        return wrong(r, has_mode ? COLUMN_HIGH : COLUMN_MODE, "give low alone, or low, mode and high",
                     "is missing");
    if (has_mode && (!read_duration(r, COLUMN_MODE, stage->calendar, &stage->mode_seconds) ||
                     !read_duration(r, COLUMN_HIGH, stage->calendar, &stage->high_seconds)))
        return false;
    if (stage->low_seconds > stage->mode_seconds || stage->mode_seconds > stage->high_seconds)
        return wrong(r, COLUMN_MODE, "low <= mode <= high", "is not between low and high");
    return true;
}

static double spread(int64_t shorter, int64_t longer)
{
    return natural_log((double)longer / (double)shorter) / NORMAL_P90;
}

/* Two halves with a deviation of their own each, so that all three figures are met. */
static bool read_lognormal(const struct row_reader *r, struct stage *stage)
{
    stage->shape = SHAPE_LOGNORMAL;
    if (!(read_duration(r, COLUMN_P10, stage->calendar, &stage->low_seconds) &
          read_duration(r, COLUMN_P50, stage->calendar, &stage->mode_seconds) &
          read_duration(r, COLUMN_P90, stage->calendar, &stage->high_seconds)))
        return false;
    if (stage->low_seconds == 0)
        return wrong(r, COLUMN_P10, "write a duration above 0, or low, mode and high", "is no time at all");
    if (stage->low_seconds > stage->mode_seconds || stage->mode_seconds > stage->high_seconds)
        return wrong(r, COLUMN_P50, "p10 <= p50 <= p90", "is not between p10 and p90");
    if (stage->mode_seconds / MOST_SPREAD >= stage->low_seconds ||
        stage->high_seconds / MOST_SPREAD >= stage->mode_seconds)
        return wrong(r, COLUMN_P50, "p50 is less than 100 times p10, and p90 less than 100 times p50",
                     "is too far from p10 or p90");
    stage->spread = (struct spread){spread(stage->low_seconds, stage->mode_seconds),
                                    spread(stage->mode_seconds, stage->high_seconds)};
    return true;
}

static bool read_durations(const struct row_reader *r, struct stage *stage)
{
    bool any_mode =
        field(r, COLUMN_LOW).length + field(r, COLUMN_MODE).length + field(r, COLUMN_HIGH).length > 0;
    bool any_p = field(r, COLUMN_P10).length + field(r, COLUMN_P50).length + field(r, COLUMN_P90).length > 0;
    if (any_mode && any_p)
        return diagnose_error(
            r->diagnostics, csv_place(r->csv, 0), "keep low, mode and high, or p10, p50 and p90",
            "the stage `%.*s` has durations of two kinds", STR_ARGS(field(r, COLUMN_STAGE)));
    return any_p ? read_lognormal(r, stage) : read_triangular(r, stage);
}

static bool read_count(const struct row_reader *r, enum lead_time_column column, struct str text,
                       int64_t *count)
{
    struct decimal d;
    if (decimal_parse(text, &d) && decimal_scaled(d, 1, count) && *count > 0)
        return true;
    return wrong(r, column, "write a whole number above 0", "is no count");
}

static bool read_each(const struct row_reader *r, struct stage *stage)
{
    struct str text = field(r, COLUMN_EACH), number, unit;
    if (str_is(text, "order") || str_is(text, "server")) {
        stage->each = str_is(text, "order") ? EACH_ORDER : EACH_SERVER;
        return true;
    }
    stage->each = EACH_BATCH;
    if (!str_split(text, ' ', &number, &unit) || !str_is(str_trim(unit), "servers"))
        return wrong(r, COLUMN_EACH, "write order, server, or a batch such as 20 servers", "is not known");
    return read_count(r, COLUMN_EACH, number, &stage->batch);
}

static bool read_hours(const struct row_reader *r, struct stage *stage)
{
    const char *hint = NULL;
    struct str name = field(r, COLUMN_HOURS);
    return name.length == 0 || calendars_find(r->calendars, r->arena, name, &stage->calendar, &hint) ||
           wrong(r, COLUMN_HOURS, hint, "is no calendar");
}

static bool read_draw(const struct row_reader *r, struct stage *stage)
{
    struct str draw = field(r, COLUMN_DRAW);
    stage->draw = str_is(draw, "piece") ? DRAW_PIECE : DRAW_ORDER;
    return draw.length == 0 || str_is(draw, "order") || stage->draw == DRAW_PIECE ||
           wrong(r, COLUMN_DRAW, "write order or piece", "is not known");
}

static bool read_stage(const struct row_reader *r, struct stage *stage)
{
    bool good = read_hours(r, stage) & read_each(r, stage);
    good &= read_durations(r, stage);
    struct str workers = field(r, COLUMN_WORKERS);
    if (workers.length > 0)
        good &= read_count(r, COLUMN_WORKERS, workers, &stage->workers);
    good &= read_draw(r, stage);
    if (field(r, COLUMN_SOURCE).length == 0)
        good =
            wrong(r, COLUMN_SOURCE, "say where the figure is from, or that it is an assumption", "is empty");
    stage->name = str_copy(r->arena, field(r, COLUMN_STAGE));
    stage->crew = str_copy(r->arena, field(r, COLUMN_CREW));
    stage->source = str_copy(r->arena, field(r, COLUMN_SOURCE));
    stage->place = csv_place(r->csv, 0);
    return good;
}

static struct process *find_or_add(struct process_list *list, struct arena *arena, struct str name)
{
    for (size_t i = 0; i < list->n_items; i++)
        if (str_equal(list->items[i].name, name))
            return &list->items[i];
    struct process *process = ARENA_APPEND(arena, list);
    process->name = str_copy(arena, name);
    return process;
}

/* Consecutive stages of one crew are done by one worker: they must agree on what a piece is. */
static bool check_neighbours(const struct row_reader *r, const struct process *process,
                             const struct stage *stage)
{
    const struct stage *before = process->n_items == 0 ? NULL : &process->items[process->n_items - 1];
    if (before == NULL || stage->crew.length == 0 || !str_equal(before->crew, stage->crew))
        return true;
    if (before->each != stage->each && (before->each == EACH_ORDER || stage->each == EACH_ORDER))
        return true;
    if (before->workers != stage->workers || before->each != stage->each || before->batch != stage->batch)
        return wrong(r, COLUMN_CREW, "give both stages the same workers and each",
                     "does the stage before too, with other workers or each");
    return true;
}

/* A stage for the whole order needs one worker: it may leave their number to other stages. */
static bool leaves_workers_open(const struct stage *stage)
{
    return stage->each == EACH_ORDER && stage->workers == 0;
}

static bool same_crew(const struct stage *a, const struct stage *b)
{
    bool same_workers = a->workers == b->workers || leaves_workers_open(a) || leaves_workers_open(b);
    bool same_hours = a->calendar == NULL || b->calendar == NULL
                          ? a->calendar == b->calendar
                          : str_equal(a->calendar->name, b->calendar->name);
    return same_workers && same_hours;
}

/* A crew is the same people wherever it works. */
static bool check_crew(const struct row_reader *r, const struct process_list *list, const struct stage *stage)
{
    for (size_t i = 0; stage->crew.length > 0 && i < list->n_items; i++) {
        for (size_t j = 0; j < list->items[i].n_items; j++) {
            const struct stage *other = &list->items[i].items[j];
            if (str_equal(other->crew, stage->crew) && !same_crew(other, stage))
                return diagnose_error(r->diagnostics, csv_place(r->csv, r->positions[COLUMN_CREW]),
                                      "give it the same workers and hours wherever it works, or another name",
                                      "crew: `%.*s` has other workers or hours at %.*s:%d",
                                      STR_ARGS(stage->crew), STR_ARGS(other->place.file), other->place.line);
        }
    }
    return true;
}

static void add_row(struct process_list *list, const struct row_reader *r)
{
    struct stage stage = {0};
    if (!read_stage(r, &stage))
        return;
    if (field(r, COLUMN_PROCESS).length == 0) {
        wrong(r, COLUMN_PROCESS, "every row names its process", "is empty");
        return;
    }
    struct process *process = find_or_add(list, r->arena, field(r, COLUMN_PROCESS));
    if (check_neighbours(r, process, &stage) && check_crew(r, list, &stage))
        *ARENA_APPEND(r->arena, process) = stage;
}

bool lead_times_add(struct process_list *list, struct arena *arena, struct str file, struct str content,
                    struct diagnostics *diagnostics, int64_t *n_rows)
{
    struct csv_row row;
    size_t n_before = diagnostics->n_errors;
    struct row_reader r = {
        .arena = arena, .diagnostics = diagnostics, .row = &row, .calendars = &list->calendars};
    r.csv = csv_open(arena, file, content, diagnostics);
    bool good = csv_bind(r.csv, lead_time_columns, N_COLUMNS, r.positions);
    while (good && csv_next(r.csv, &row)) {
        ++*n_rows;
        if (csv_check_width(r.csv, &row))
            add_row(list, &r);
    }
    if (good && *n_rows == 0 && !csv_failed(r.csv))
        diagnose_error(diagnostics, csv_place(r.csv, 0), NULL, "the lead-time table holds no rows");
    csv_close(r.csv);
    return diagnostics->n_errors == n_before;
}
