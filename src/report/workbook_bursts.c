#include "base/arena.h"
#include "report/workbook.h"
#include "unit/calendar.h"

enum burst_column {
    BURST_STRATEGY,
    BURST_NAME,
    BURST_SERVERS,
    BURST_FROM,
    BURST_TO,
    BURST_FIRST,
    BURST_FULL,
    BURST_SHORT,
    BURST_MOST_SHORT,
    BURST_UNMET,
    BURST_COST,
    N_BURST_COLUMNS
};

static const struct column burst_columns[N_BURST_COLUMNS] = {
    [BURST_STRATEGY] = {"Strategy", 32, true, false},
    [BURST_NAME] = {"Burst", 26, true, false},
    [BURST_SERVERS] = {"Servers added", 14, true, false},
    [BURST_FROM] = {"From", 12, true, false},
    [BURST_TO] = {"To", 12, true, false},
    [BURST_FIRST] = {"First server after (h)", 13, true, false},
    [BURST_FULL] = {"Full service after (h)", 13, true, false},
    [BURST_SHORT] = {"Short for (h)", 12, true, false},
    [BURST_MOST_SHORT] = {"Most servers short", 12, true, false},
    [BURST_UNMET] = {"Unmet load (server-hours)", 14, true, false},
    [BURST_COST] = {"Unmet cost", 15, false, true},
};

static void write_hours(struct sheet *sheet, int row, int column, int64_t seconds)
{
    if (seconds < 0)
        sheet_label(sheet, row, column, SHOW_STATUS | LOOK_SIMULATED, "never");
    else
        sheet_number(sheet, row, column, SHOW_QUANTITY | LOOK_SIMULATED, (double)seconds / HOUR_SECONDS);
}

static void write_burst(const struct workbook *w, int row, const struct strategy_result *strategy,
                        const struct burst_service *burst)
{
    struct sheet *sheet = w->sheet;
    double unmet_cost = sheet_value(w->assumptions, UNMET_COST_ROW, ASSUMPTION_VALUE),
           unmet = server_hours_of_micro(burst->unmet_micro);
    sheet_text(sheet, row, BURST_STRATEGY, SHOW_TEXT | LOOK_CELL, strategy->strategy->name);
    sheet_text(sheet, row, BURST_NAME, SHOW_TEXT | LOOK_CELL, burst->burst->name);
    sheet_number(sheet, row, BURST_SERVERS, SHOW_COUNT | LOOK_SIMULATED, (double)burst->burst->servers);
    sheet_time(sheet, row, BURST_FROM, SHOW_DATE | LOOK_SIMULATED, burst->from_seconds);
    sheet_time(sheet, row, BURST_TO, SHOW_DATE | LOOK_SIMULATED, burst->to_seconds);
    write_hours(sheet, row, BURST_FIRST, burst->first_seconds);
    write_hours(sheet, row, BURST_FULL, burst->full_seconds);
    write_hours(sheet, row, BURST_SHORT, burst->short_seconds);
    sheet_number(sheet, row, BURST_MOST_SHORT, SHOW_COUNT | LOOK_SIMULATED, (double)burst->most_short);
    sheet_number(sheet, row, BURST_UNMET, SHOW_QUANTITY | LOOK_SIMULATED, unmet);
    sheet_formula(sheet, row, BURST_COST, SHOW_MONEY | LOOK_CELL, unmet * unmet_cost, "=%s*unmet_cost",
                  name_here(row, BURST_UNMET).text);
}

void workbook_write_bursts(struct workbook *w)
{
    int row = FIRST_ROW;
    workbook_start_sheet(
        w, w->sheet, "Bursts",
        "What each strategy does for every burst of the study, in hours after it begins. First server: one "
        "more than the rest of the need takes. Full service: nothing is short from then on to its end.",
        (struct page){.repeat_row = TABLE_ROW, .freeze_row = FIRST_ROW});
    sheet_header(w->sheet, TABLE_ROW, burst_columns, N_BURST_COLUMNS, w->study->currency);
    for (size_t s = 0; s < w->result->n_strategies; s++) {
        const struct strategy_result *strategy = &w->result->strategies[s];
        for (size_t i = 0; i < strategy->n_bursts; i++)
            write_burst(w, row++, strategy, &strategy->bursts[i]);
    }
    if (row == FIRST_ROW)
        sheet_label(w->sheet, row, 0, SHOW_TEXT | LOOK_NOTE, "The study has no bursts.");
    sheet_colour_words((struct range){w->sheet, FIRST_ROW, BURST_FIRST, row, BURST_FULL});
    if (row > FIRST_ROW)
        sheet_filter((struct range){w->sheet, TABLE_ROW, BURST_STRATEGY, row - 1, N_BURST_COLUMNS - 1});
}
