#include "base/arena.h"
#include "report/workbook.h"
#include "unit/calendar.h"

static const struct column lead_columns[N_LEAD_COLUMNS] = {
    [LEAD_WHAT] = {"Process or offer", 36, false, false},
    [LEAD_LIMITS] = {"Limits", 44, false, false},
    [LEAD_SERVERS] = {"Servers", 11, true, false},
    [LEAD_ALL_LOW] = {"All low (h)", 12, true, false},
    [LEAD_P10] = {"p10 (h)", 12, true, false},
    [LEAD_P50] = {"p50 (h)", 12, true, false},
    [LEAD_P90] = {"p90 (h)", 12, true, false},
    [LEAD_ALL_HIGH] = {"All high (h)", 12, true, false},
    [LEAD_BASE] = {"Base case (h)", 12, true, false},
    [LEAD_DAYS] = {"p50 (days)", 12, false, false},
};

enum stage_column {
    STAGE_NAME,
    STAGE_SOURCE,
    STAGE_EACH,
    STAGE_LOW,
    STAGE_MODE,
    STAGE_HIGH,
    STAGE_SHAPE,
    STAGE_CREW,
    STAGE_WORKERS,
    STAGE_DRAW,
    STAGE_HOURS,
    N_STAGE_COLUMNS
};

static const struct column stage_columns[N_STAGE_COLUMNS] = {
    [STAGE_NAME] = {"Stage", 0, false, false},
    [STAGE_SOURCE] = {"Source", 0, false, false},
    [STAGE_EACH] = {"Each", 0, false, false},
    [STAGE_LOW] = {"Low, or p10 (h)", 0, false, false},
    [STAGE_MODE] = {"Mode, or p50 (h)", 0, false, false},
    [STAGE_HIGH] = {"High, or p90 (h)", 0, false, false},
    [STAGE_SHAPE] = {"These are", 0, false, false},
    [STAGE_CREW] = {"Crew", 0, false, false},
    [STAGE_WORKERS] = {"Workers at once", 0, false, false},
    [STAGE_DRAW] = {"Drawn for each", 0, false, false},
    [STAGE_HOURS] = {"Hours", 16, false, false},
};

static void write_hours(struct sheet *sheet, int row, int64_t servers, const struct lead_time *hours)
{
    const double values[] = {hours->all_low, hours->p10,      hours->p50,
                             hours->p90,     hours->all_high, hours->base};
    bool known = lead_time_is_known(hours);
    sheet_number(sheet, row, LEAD_SERVERS, SHOW_COUNT | LOOK_SIMULATED, (double)servers);
    for (int i = 0; i < (int)(sizeof values / sizeof *values); i++)
        if (known)
            sheet_number(sheet, row, LEAD_ALL_LOW + i, SHOW_QUANTITY | LOOK_SIMULATED, values[i]);
        else
            sheet_label(sheet, row, LEAD_ALL_LOW + i, SHOW_STATUS | LOOK_SIMULATED, "not possible");
    if (known)
        sheet_formula(sheet, row, LEAD_DAYS, SHOW_QUANTITY | LOOK_CELL, hours->p50 / 24, "=%s/24",
                      name_here(row, LEAD_P50).text);
    else
        sheet_blank(sheet, row, LEAD_DAYS, LEAD_DAYS, SHOW_TEXT | LOOK_CELL);
}

/* For each strategy; returns the row after. */
static int write_strategies(struct workbook *w, int row)
{
    const struct result *result = w->result;
    struct str what = result->burst_name.length == 0 ? STR("the peak need") : result->burst_name;
    sheet_format(w->lead_time, row++, 0, SHOW_TEXT | LOOK_HEADING,
                 "By strategy: to serve the largest burst unannounced (%.*s)", STR_ARGS(what));
    sheet_header(w->lead_time, row, lead_columns, N_LEAD_COLUMNS, w->study->currency);
    sheet_label(w->lead_time, row++, LEAD_WHAT, SHOW_WRAP | LOOK_HEADER, "Strategy");
    for (size_t s = 0; s < result->n_strategies; s++, row++) {
        const struct strategy_result *strategy = &result->strategies[s];
        w->places[s].lead_time = row;
        sheet_text(w->lead_time, row, LEAD_WHAT, SHOW_WRAP | LOOK_CELL, strategy->strategy->name);
        sheet_blank(w->lead_time, row, LEAD_LIMITS, LEAD_LIMITS, SHOW_WRAP | LOOK_CELL);
        write_hours(w->lead_time, row, result->burst_servers, &strategy->lead_time);
    }
    return row;
}

static int write_processes(const struct workbook *w, int row)
{
    sheet_label(w->lead_time, row++, 0, SHOW_TEXT | LOOK_HEADING, "By process or offer");
    sheet_header(w->lead_time, row++, lead_columns, N_LEAD_COLUMNS, w->study->currency);
    for (size_t i = 0; i < w->result->n_lead_times; i++, row++) {
        const struct lead_time_row *line = &w->result->lead_times[i];
        sheet_text(w->lead_time, row, LEAD_WHAT, SHOW_WRAP | LOOK_CELL, line->process);
        sheet_text(w->lead_time, row, LEAD_LIMITS, SHOW_WRAP | LOOK_CELL, line->limits);
        write_hours(w->lead_time, row, line->servers, &line->hours);
    }
    return row;
}

static bool process_is_used(const struct workbook *w, size_t process)
{
    for (size_t i = 0; i < w->study->n_offers; i++) {
        const struct offer *offer = &w->study->offers[i];
        bool lifts_quota = has_quota(offer) && quota_process(offer) == (int)process;
        if (offer->used && (offer->process == (int)process || lifts_quota))
            return true;
    }
    for (size_t i = 0; i < w->result->n_lead_times; i++)
        if (str_equal(w->result->lead_times[i].process, w->study->processes[process].name))
            return true;
    return false;
}

static struct str each_text(struct arena *arena, const struct stage *stage)
{
    if (stage->each == EACH_BATCH)
        return str_format(arena, "%lld servers", (long long)stage->batch);
    return stage->each == EACH_ORDER ? STR("order") : STR("server");
}

static const char *shape_text(const struct stage *stage)
{
    if (stage_is_fixed(stage))
        return "fixed";
    return stage->shape == SHAPE_LOGNORMAL ? "p10, p50, p90" : "low, mode, high";
}

static void write_stage(const struct workbook *w, int row, const struct stage *stage)
{
    struct sheet *sheet = w->lead_time;
    const int64_t seconds[] = {stage->low_seconds, stage->mode_seconds, stage->high_seconds};
    sheet_text(sheet, row, STAGE_NAME, SHOW_WRAP | LOOK_CELL, stage->name);
    sheet_text(sheet, row, STAGE_EACH, SHOW_WRAP | LOOK_CELL, each_text(w->arena, stage));
    for (int i = 0; i < 3; i++)
        sheet_number(sheet, row, STAGE_LOW + i, SHOW_QUANTITY | LOOK_CELL, (double)seconds[i] / HOUR_SECONDS);
    sheet_label(sheet, row, STAGE_SHAPE, SHOW_WRAP | LOOK_CELL, shape_text(stage));
    sheet_text(sheet, row, STAGE_CREW, SHOW_WRAP | LOOK_CELL, stage->crew);
    if (stage->workers > 0)
        sheet_number(sheet, row, STAGE_WORKERS, SHOW_COUNT | LOOK_CELL, (double)stage->workers);
    else
        sheet_label(sheet, row, STAGE_WORKERS, SHOW_STATUS | LOOK_CELL, "no limit");
    sheet_label(sheet, row, STAGE_DRAW, SHOW_STATUS | LOOK_CELL,
                stage_is_fixed(stage)       ? "not drawn"
                : stage->draw == DRAW_PIECE ? "piece"
                                            : "order");
    sheet_text(sheet, row, STAGE_HOURS, SHOW_WRAP | LOOK_CELL,
               stage->calendar == NULL ? STR("24x7") : stage->calendar->name);
    sheet_text(sheet, row, STAGE_SOURCE, SHOW_WRAP | LOOK_CELL, stage->source);
}

static void write_stages(const struct workbook *w, int row)
{
    sheet_label(w->lead_time, row++, 0, SHOW_TEXT | LOOK_HEADING,
                "Stages of the processes: duration of one piece of work, in working time");
    sheet_header(w->lead_time, row++, stage_columns, N_STAGE_COLUMNS, w->study->currency);
    for (size_t i = 0; i < w->study->n_processes; i++) {
        const struct process *process = &w->study->processes[i];
        if (!process_is_used(w, i))
            continue;
        sheet_text(w->lead_time, row, STAGE_NAME, SHOW_TEXT | LOOK_BAND, process->name);
        sheet_blank(w->lead_time, row++, STAGE_NAME + 1, N_STAGE_COLUMNS - 1, SHOW_TEXT | LOOK_BAND);
        for (size_t k = 0; k < process->n_items; k++)
            write_stage(w, row++, &process->items[k]);
    }
}

void workbook_write_lead_time(struct workbook *w)
{
    workbook_start_sheet(
        w, w->lead_time, "Lead time",
        "Hours from the decision to the last server in service. All low and all high: every stage at its "
        "shortest or longest (where a table has p10 and p90: those); base case: every stage at its mode or "
        "p50.",
        (struct page){.repeat_row = -1});
    int row = write_strategies(w, TABLE_ROW);
    row = write_processes(w, row + 1);
    write_stages(w, row + 1);
}
