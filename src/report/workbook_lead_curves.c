#include "base/arena.h"
#include "report/colours.h"
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

enum { CHART_ROW = TABLE_ROW, N_CHART_ROWS = 24, ROW_PIXELS = 20, MOST_LINES = 12 };

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

/* A line of the chart: rows of one process, ordered by servers, whose hours a logarithmic axis can show. */
static bool is_shown(const struct lead_curve_row *line)
{
    return lead_time_is_known(&line->hours) && line->hours.base > 0;
}

static bool is_same_line(const struct lead_curve_row *a, const struct lead_curve_row *b)
{
    return str_equal(a->process, b->process) && str_equal(a->limits, b->limits) && is_shown(a) && is_shown(b);
}

/* The lines, MOST_LINES at most; returns how many. `least` becomes the shortest time. */
static size_t find_lines(const struct workbook *w, int first, struct sheet_line *lines, double *least)
{
    int used[N_COLOUR_FAMILIES] = {0}, n_rows = (int)w->result->n_lead_curves;
    const struct lead_curve_row *rows = w->result->lead_curves;
    size_t n = 0;
    for (int i = 0, end; i < n_rows && n < MOST_LINES; i = end) {
        for (end = i + 1; end < n_rows && is_same_line(&rows[end], &rows[i]); end++)
            ;
        if (!is_shown(&rows[i]))
            continue;
        int family = (int)w->study->offers[rows[i].offer].kind;
        for (int k = i; k < end; k++)
            *least = rows[k].hours.base < *least ? rows[k].hours.base : *least;
        lines[n] = (struct sheet_line){.name = range_cell(w->sheet, first + i, CURVE_PROCESS),
                                       .values = range_down(w->sheet, CURVE_BASE, first + i, first + end - 1),
                                       .x = range_down(w->sheet, CURVE_SERVERS, first + i, first + end - 1),
                                       .colour = colour_shade(family, used[family]++).line,
                                       .dash = (int)n};
        n++;
    }
    return n;
}

static void write_chart(const struct workbook *w, int first)
{
    struct sheet_line lines[MOST_LINES] = {0};
    double least = 1, from = 1;
    size_t n = find_lines(w, first, lines, &least);
    while (from > least)
        from /= 10;
    if (n == 0)
        return;
    sheet_line_chart(w->sheet,
                     &(struct sheet_chart){
                         .kind = SHEET_POINTS,
                         .title = "Base case: hours until all are in service, by servers ordered at once",
                         .value_title = "hours (24 = a day, 730 = a month)",
                         .value_format = "#,##0.####",
                         .category_title = "servers ordered at once",
                         .category_format = "#,##0",
                         .alt_text = str_format(w->arena,
                                                "Lines of the lead time of %zu processes and offers over "
                                                "the number of servers, both axes logarithmic.",
                                                n),
                         .lines = lines,
                         .n_lines = n,
                         .row = CHART_ROW,
                         .width_pixels = 1060,
                         .height_pixels = (N_CHART_ROWS - 1) * ROW_PIXELS,
                         .x_from = 1,
                         .y_from = from,
                     });
}

void workbook_write_lead_curves(struct workbook *w)
{
    int header = CHART_ROW + (w->result->n_lead_curves > 0 ? N_CHART_ROWS : 0), row = header + 1;
    workbook_start_sheet(
        w, w->sheet, "Lead curves",
        "Hours until so many servers, ordered at once on the first day of orders, are all in service. "
        "Binding stage: the one without whose work they would be there first. Ten more people work where "
        "they save most.",
        (struct page){.repeat_row = header});
    sheet_header(w->sheet, header, curve_columns, N_CURVE_COLUMNS, w->study->currency);
    for (size_t i = 0; i < w->result->n_lead_curves; i++)
        write_row(w, row++, &w->result->lead_curves[i]);
    if (row == header + 1)
        return;
    write_chart(w, header + 1);
    sheet_filter((struct range){w->sheet, header, CURVE_PROCESS, row - 1, N_CURVE_COLUMNS - 1});
}
