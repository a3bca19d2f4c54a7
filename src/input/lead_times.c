#include "input/lead_times.h"

#include "base/arena.h"
#include "unit/quantity.h"

enum { LONGEST_DAYS = 3660 };

enum lead_time_column {
    COLUMN_PROCESS,
    COLUMN_STAGE,
    COLUMN_EACH,
    COLUMN_LOW,
    COLUMN_MODE,
    COLUMN_HIGH,
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
    [COLUMN_LOW] = {"low", true, "shortest duration of one piece of work: 3 d, 0.5 d, 90 s"},
    [COLUMN_MODE] = {"mode", false, "likeliest; with low alone the duration is fixed"},
    [COLUMN_HIGH] = {"high", false, "longest"},
    [COLUMN_CREW] = {"crew", false, "who works; neighbouring stages with one crew are done without a break"},
    [COLUMN_WORKERS] = {"workers", false, "pieces at once; empty: no limit"},
    [COLUMN_DRAW] = {"draw", false, "order: one draw per order (drawing each piece is not built yet)"},
    [COLUMN_HOURS] = {"hours", false, "24x7 (other working calendars are not built yet)"},
    [COLUMN_SOURCE] = {"source", true, "where the figure is from"},
};

const int n_lead_time_columns = N_COLUMNS;

struct row_reader {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct csv_reader *csv;
    const struct csv_row *row;
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

static bool read_duration(const struct row_reader *r, enum lead_time_column column, int64_t *seconds)
{
    struct quantity q;
    const char *expected;
    if (!quantity_parse(field(r, column), DIMENSION_DURATION, &q, &expected))
        return wrong(r, column, str_format(r->arena, "write %s", expected).at, "is no duration");
    *seconds = q.seconds;
    if (q.seconds > LONGEST_DAYS * (int64_t)DAY_SECONDS)
        return wrong(r, column, "write a duration of 3660 d at most", "is more than ten years");
    return true;
}

static bool read_durations(const struct row_reader *r, struct stage *stage)
{
    bool has_mode = field(r, COLUMN_MODE).length > 0, has_high = field(r, COLUMN_HIGH).length > 0;
    if (!read_duration(r, COLUMN_LOW, &stage->low_seconds))
        return false;
    stage->mode_seconds = stage->high_seconds = stage->low_seconds;
    if (has_mode != has_high)
        return wrong(r, has_mode ? COLUMN_HIGH : COLUMN_MODE, "give low alone, or low, mode and high",
                     "is missing");
    if (has_mode && (!read_duration(r, COLUMN_MODE, &stage->mode_seconds) ||
                     !read_duration(r, COLUMN_HIGH, &stage->high_seconds)))
        return false;
    if (stage->low_seconds > stage->mode_seconds || stage->mode_seconds > stage->high_seconds)
        return wrong(r, COLUMN_MODE, "low <= mode <= high", "is not between low and high");
    return true;
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

static bool read_stage(const struct row_reader *r, struct stage *stage)
{
    bool good = read_each(r, stage) & read_durations(r, stage);
    struct str workers = field(r, COLUMN_WORKERS), draw = field(r, COLUMN_DRAW),
               hours = field(r, COLUMN_HOURS);
    if (workers.length > 0)
        good &= read_count(r, COLUMN_WORKERS, workers, &stage->workers);
    if (draw.length > 0 && !str_is(draw, "order"))
        good = wrong(r, COLUMN_DRAW, "write order", "is not built yet");
    if (hours.length > 0 && !str_is(hours, "24x7"))
        good = wrong(r, COLUMN_HOURS, "write 24x7", "is not built yet");
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

/* Consecutive stages of one crew are done by one worker: they must agree on how many there are. */
static bool check_crew(const struct row_reader *r, const struct process *process, const struct stage *stage)
{
    for (size_t i = 0; stage->crew.length > 0 && i + 1 < process->n_items; i++)
        if (str_equal(process->items[i].crew, stage->crew) &&
            !str_equal(process->items[process->n_items - 1].crew, stage->crew))
            return wrong(r, COLUMN_CREW, "name the crews apart",
                         "comes back after another crew; that is not built yet");
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

bool lead_times_add(struct process_list *list, struct arena *arena, struct str file, struct str content,
                    struct diagnostics *diagnostics, int64_t *n_rows)
{
    struct csv_row row;
    size_t n_before = diagnostics->n_errors;
    struct row_reader r = {.arena = arena, .diagnostics = diagnostics, .row = &row};
    r.csv = csv_open(arena, file, content, diagnostics);
    bool good = csv_bind(r.csv, lead_time_columns, N_COLUMNS, r.positions);
    while (good && csv_next(r.csv, &row)) {
        struct stage stage = {0};
        ++*n_rows;
        if (!csv_check_width(r.csv, &row) || !read_stage(&r, &stage))
            continue;
        if (field(&r, COLUMN_PROCESS).length == 0) {
            wrong(&r, COLUMN_PROCESS, "every row names its process", "is empty");
            continue;
        }
        struct process *process = find_or_add(list, arena, field(&r, COLUMN_PROCESS));
        if (check_crew(&r, process, &stage))
            *ARENA_APPEND(arena, process) = stage;
    }
    if (good && *n_rows == 0 && !csv_failed(r.csv))
        diagnose_error(diagnostics, csv_place(r.csv, 0), NULL, "the lead-time table holds no rows");
    csv_close(r.csv);
    return diagnostics->n_errors == n_before;
}
