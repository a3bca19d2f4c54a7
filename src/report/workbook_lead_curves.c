#include "base/arena.h"
#include "report/workbook.h"

enum curve_column {
    CURVE_PROCESS,
    CURVE_LIMITS,
    CURVE_SERVERS,
    CURVE_BASE,
    CURVE_P10,
    CURVE_P50,
    CURVE_P90,
    CURVE_BINDING,
    CURVE_TEN_MORE_AT,
    CURVE_WITH_TEN,
    CURVE_SAVED,
    CURVE_SAVED_DAYS,
    CURVE_SAVED_SHARE,
    N_CURVE_COLUMNS
};

static const struct column curve_columns[N_CURVE_COLUMNS] = {
    [CURVE_PROCESS] = {"Process or offer", 36, true, false},
    [CURVE_LIMITS] = {"Limits", 40, true, false},
    [CURVE_SERVERS] = {"Servers at once", 10, true, false},
    [CURVE_BASE] = {"Base case (h)", 12, true, false},
    [CURVE_P10] = {"p10 (h)", 12, true, false},
    [CURVE_P50] = {"p50 (h)", 12, true, false},
    [CURVE_P90] = {"p90 (h)", 12, true, false},
    [CURVE_BINDING] = {"Binding stage", 16, true, false},
    [CURVE_TEN_MORE_AT] = {"Ten more people at", 16, true, false},
    [CURVE_WITH_TEN] = {"Base case with ten more (h)", 13, true, false},
    [CURVE_SAVED] = {"They save (h)", 12, false, false},
    [CURVE_SAVED_DAYS] = {"They save (days)", 12, false, false},
    [CURVE_SAVED_SHARE] = {"They save (share)", 10, false, false},
};

static void write_savings(struct sheet *sheet, int row, const struct lead_curve_row *line)
{
    double base = line->hours.base, with_ten = base - line->hours_saved, saved = base - with_ten;
    struct cell_name base_name = name_here(row, CURVE_BASE), saved_name = name_here(row, CURVE_SAVED);
    sheet_number(sheet, row, CURVE_WITH_TEN, SHOW_QUANTITY | LOOK_SIMULATED, with_ten);
    sheet_formula(sheet, row, CURVE_SAVED, SHOW_QUANTITY | LOOK_CELL, saved, "=%s-%s", base_name.text,
                  name_here(row, CURVE_WITH_TEN).text);
    sheet_formula(sheet, row, CURVE_SAVED_DAYS, SHOW_QUANTITY | LOOK_CELL, saved / 24, "=%s/24",
                  saved_name.text);
    sheet_formula(sheet, row, CURVE_SAVED_SHARE, SHOW_PERCENT | LOOK_CELL, base > 0 ? saved / base : 0,
                  "=IF(%s>0,%s/%s,0)", base_name.text, saved_name.text, base_name.text);
}

static void write_row(const struct workbook *w, int row, const struct lead_curve_row *line)
{
    struct sheet *sheet = w->sheet;
    const double hours[] = {line->hours.base, line->hours.p10, line->hours.p50, line->hours.p90};
    bool known = lead_time_is_known(&line->hours);
    sheet_text(sheet, row, CURVE_PROCESS, SHOW_TEXT | LOOK_CELL, line->process);
    sheet_text(sheet, row, CURVE_LIMITS, SHOW_TEXT | LOOK_CELL, line->limits);
    sheet_number(sheet, row, CURVE_SERVERS, SHOW_COUNT | LOOK_SIMULATED, (double)line->servers);
    for (int i = 0; i < 4; i++)
        if (known)
            sheet_number(sheet, row, CURVE_BASE + i, SHOW_QUANTITY | LOOK_SIMULATED, hours[i]);
        else
            sheet_label(sheet, row, CURVE_BASE + i, SHOW_STATUS | LOOK_SIMULATED, "not possible");
    sheet_text(sheet, row, CURVE_BINDING, SHOW_TEXT | LOOK_SIMULATED, line->binding_stage);
    sheet_text(sheet, row, CURVE_TEN_MORE_AT, SHOW_TEXT | LOOK_SIMULATED,
               line->ten_more_at.length > 0 ? line->ten_more_at : STR("-"));
    if (known)
        write_savings(sheet, row, line);
    else
        sheet_blank(sheet, row, CURVE_WITH_TEN, CURVE_SAVED_SHARE, SHOW_TEXT | LOOK_CELL);
}

void workbook_write_lead_curves(struct workbook *w)
{
    int row = FIRST_ROW;
    workbook_start_sheet(
        w, w->sheet, "Lead curves",
        "Hours until so many servers, ordered at once on the first day of orders, are all in service. "
        "Binding stage: the one without whose work they would be there first. Ten more people work where "
        "they save most.",
        (struct page){.repeat_row = TABLE_ROW, .freeze_row = FIRST_ROW});
    sheet_header(w->sheet, TABLE_ROW, curve_columns, N_CURVE_COLUMNS, w->study->currency);
    for (size_t i = 0; i < w->result->n_lead_curves; i++)
        write_row(w, row++, &w->result->lead_curves[i]);
    if (row > FIRST_ROW)
        sheet_filter((struct range){w->sheet, TABLE_ROW, CURVE_PROCESS, row - 1, N_CURVE_COLUMNS - 1});
}
