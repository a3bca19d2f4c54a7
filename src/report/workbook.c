#include "report/workbook.h"

#include <math.h>

#include "base/arena.h"
#include "unit/calendar.h"

static struct sheet *add(struct workbook *w, const char *name)
{
    return book_sheet(w->book, name);
}

/* Sheets stand in the order in which they are added here. */
static void add_sheets(struct workbook *w)
{
    w->about = add(w, "About");
    w->summary = add(w, "Summary");
    w->assumptions = add(w, "Assumptions");
    w->prices = add(w, "Prices");
    w->quantities = add(w, "Quantities");
    w->monthly = add(w, "Monthly");
    w->lead_time = add(w, "Lead time");
    w->lead_curves = add(w, "Lead curves");
    w->bursts = add(w, "Bursts");
    w->order_by = add(w, "Order by");
    w->orders = add(w, "Orders");
    w->checks = add(w, "Checks");
}

static void write_sheets(struct workbook *w)
{
    workbook_write_assumptions(w);
    workbook_write_prices(w);
    workbook_write_quantities(w);
    workbook_write_monthly(w);
    workbook_write_lead_time(w);
    workbook_write_lead_curves(w);
    workbook_write_bursts(w);
    workbook_write_order_by(w);
    workbook_write_orders(w);
    workbook_write_service(w);
    workbook_write_summary(w);
    workbook_write_checks(w);
    workbook_write_about(w);
    workbook_write_state(w, w->summary, STATE_ROW, 1);
}

bool report_workbook(const struct report *report)
{
    const struct result *result = report->result;
    struct arena *arena = report->arena;
    struct workbook w = {.report = report, .result = result, .study = result->study, .arena = arena};
    struct str path = path_join(arena, report->folder, STR("report.xlsx"));
    w.book = book_open(arena, path, w.study->title, report->failure);
    if (w.book == NULL)
        return false;
    w.components = workbook_component_labels(&w);
    w.places = ARENA_NEW(arena, struct places, result->n_strategies);
    workbook_use_prices(&w);
    add_sheets(&w);
    write_sheets(&w);
    return book_close(w.book, report->failure);
}

void workbook_start_sheet(const struct workbook *w, struct sheet *sheet, const char *title, const char *note,
                          struct page page)
{
    page.footer = str_format(w->arena, "%.*s, rackrate %s", STR_ARGS(w->study->title), w->report->version);
    sheet_page(sheet, page);
    sheet_label(sheet, TITLE_ROW, 0, SHOW_TEXT | LOOK_TITLE, title);
    sheet_label(sheet, NOTE_ROW, 0, SHOW_TEXT | LOOK_NOTE, note);
}

void workbook_write_state(const struct workbook *w, struct sheet *sheet, int row, int column)
{
    sheet_text_formula(sheet, row, column, SHOW_TEXT | LOOK_BARE, w->state, "=master_check");
    sheet_colour_words((struct range){sheet, row, column, row, column});
}

int monthly_column(const struct workbook *w, enum monthly_column column)
{
    return MONTHLY_COMPONENTS + (int)w->study->n_components + (int)column;
}

bool lead_time_is_known(const struct lead_time *hours)
{
    return hours->possible && isfinite(hours->all_low) && isfinite(hours->p10) && isfinite(hours->p50) &&
           isfinite(hours->p90) && isfinite(hours->all_high) && isfinite(hours->base);
}

double server_hours(int128 server_seconds)
{
    return (double)server_seconds / HOUR_SECONDS;
}

double server_hours_of_micro(int128 micro_server_seconds)
{
    return (double)micro_server_seconds / (1e6 * HOUR_SECONDS);
}
