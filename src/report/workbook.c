#include "report/knowledge.h"
#include "report/workbook.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "unit/calendar.h"

/* The sheets in reading order, and what the sheet About says of each. They are written in this order,
 * but for those that repeat cells of others: these have a later turn. A sheet that others refer to is
 * kept in struct workbook; one that not every study has says whether this one does. */
static const struct sheet_row {
    const char *name, *about;
    void (*write)(struct workbook *w); /* w->sheet is the sheet */
    int turn;
    size_t kept_at;                              /* offset of its pointer in struct workbook; 0: not kept */
    bool (*is_wanted)(const struct workbook *w); /* NULL: always */
} rows[] = {
    {"About", NULL, workbook_write_about, 3, offsetof(struct workbook, about), NULL},
    {"Summary", "cost, service and lead time of each strategy, side by side; what each counts; two charts",
     workbook_write_summary, 1, offsetof(struct workbook, summary), NULL},
    {"Assumptions", "inputs of the formulas, and everything the simulation was told or took as default",
     workbook_write_assumptions, 0, offsetof(struct workbook, assumptions), NULL},
    {"Prices", "every price used, its source, and room for a negotiated discount", workbook_write_prices, 0,
     offsetof(struct workbook, prices), NULL},
    {"Demand", "the need by month: mean, peak, percentile; a chart", workbook_write_demand, 0, 0, NULL},
    {"Quantities", "what was simulated: quantities by strategy, price and month, and what they cost",
     workbook_write_quantities, 0, offsetof(struct workbook, quantities), NULL},
    {"Monthly", "cash, effective cost, unmet demand and present value by month", workbook_write_monthly, 0,
     offsetof(struct workbook, monthly), NULL},
    {"Breakdown", "what each strategy pays for: every component and its share", workbook_write_breakdown, 0,
     0, NULL},
    {"Lead time", "how long it takes to get servers, and why", workbook_write_lead_time, 0,
     offsetof(struct workbook, lead_time), NULL},
    {"Lead curves", "1 to 10,000 servers: how long, what holds them up, what ten more people save",
     workbook_write_lead_curves, 0, 0, NULL},
    {"Bursts", "how each burst is served: first server, full service, what is short and lost",
     workbook_write_bursts, 0, 0, NULL},
    {"Order by", "until when to order what is needed, and the days left", workbook_write_order_by, 0, 0,
     NULL},
    {"Orders", "the shopping list of each strategy", workbook_write_orders, 0,
     offsetof(struct workbook, orders), NULL},
    {"Break-even", "what a server costs against how much it is used, and where offers cost the same",
     workbook_write_break_even, 0, 0, workbook_has_break_even},
    {"Not knowing",
     "what it costs not to know the need: the same strategy by buyers who know different things",
     workbook_write_knowledge, 2, 0, workbook_has_knowledge},
    {"Optimum", "the cheapest plans, and the proof that none costs less", workbook_write_optimum, 0,
     offsetof(struct workbook, optimum), workbook_has_optimum},
    {"Futures",
     "what the cheapest plans cost where demand comes otherwise, and what knowing it would be worth",
     workbook_write_futures, 0, 0, workbook_has_futures},
    {"Sensitivity", "which value of the study changes the outcome most: runs with it set lower and higher",
     workbook_write_sensitivity, 0, 0, workbook_has_sensitivity},
    {"What-if", "cheapest strategy and its margin over two values of the study", workbook_write_what_if, 0, 0,
     workbook_has_what_if},
    {"Scope", "which components each strategy counts, and what is priced nowhere", workbook_write_scope, 0, 0,
     NULL},
    {"Ledger", "every charge: what it is for, of how much, at which price", workbook_write_ledger, 0,
     offsetof(struct workbook, ledger), workbook_has_ledger},
    {"Checks", "formulas against rackrate, and the balances of the simulation", workbook_write_checks, 2,
     offsetof(struct workbook, checks), NULL},
};
enum { N_ROWS = sizeof rows / sizeof *rows, N_TURNS = 4 };

static bool is_wanted(const struct workbook *w, const struct sheet_row *row)
{
    return row->is_wanted == NULL || row->is_wanted(w);
}

static void add_sheets(struct workbook *w)
{
    w->links = ARENA_NEW(w->arena, struct sheet_link, N_ROWS);
    for (int i = 0; i < N_ROWS; i++) {
        if (!is_wanted(w, &rows[i]))
            continue;
        struct sheet *sheet = book_sheet(w->book, rows[i].name);
        if (rows[i].kept_at > 0)
            memcpy((char *)w + rows[i].kept_at, &sheet, sizeof sheet);
        w->links[w->n_links++] = (struct sheet_link){sheet, rows[i].about, &rows[i]};
    }
}

static void write_sheets(struct workbook *w)
{
    workbook_write_service(w);
    for (int turn = 0; turn < N_TURNS; turn++)
        for (size_t i = 0; i < w->n_links; i++) {
            if (w->links[i].row->turn != turn)
                continue;
            w->sheet = w->links[i].sheet;
            w->links[i].row->write(w);
        }
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
    return book_close(w.book, report->failure) && workbook_fill_ledger(&w, path);
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
