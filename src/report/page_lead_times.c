#include <math.h>

#include "base/arena.h"
#include "report/chart_facts.h"
#include "report/page.h"

enum { N_STRATEGY_COLUMNS = 7, N_PROCESS_COLUMNS = 9 };

/* Six cells: the percentiles, then the median in words. */
static void fill_hours(const struct page *page, const struct lead_time *lead, struct html_cell *cells)
{
    const double hours[] = {lead->all_low, lead->p10, lead->p50, lead->p90, lead->all_high};
    for (size_t i = 0; i < sizeof hours / sizeof *hours; i++)
        cells[i] = page_hours(page, lead, hours[i]);
    cells[5] =
        page_text(lead->possible && isfinite(lead->p50) ? chart_hours(page->arena, lead->p50) : STR("never"));
}

static void write_strategies(const struct page *page)
{
    const struct result *result = page->result;
    const struct html_column columns[N_STRATEGY_COLUMNS] = {
        page_column("Strategy"),    page_figures("All low", "h"), page_figures("p10", "h"),
        page_figures("p50", "h"),   page_figures("p90", "h"),     page_figures("All high", "h"),
        page_column("p50 in words")};
    struct html_cell *cells =
        ARENA_NEW(page->arena, struct html_cell, result->n_strategies * N_STRATEGY_COLUMNS);
    for (size_t i = 0; i < result->n_strategies; i++) {
        cells[i * N_STRATEGY_COLUMNS] = page_strategy_short(page, i);
        fill_hours(page, &result->strategies[i].lead_time, &cells[i * N_STRATEGY_COLUMNS + 1]);
    }
    html_table(page->output, &(struct html_table){.caption = STR("To serve the largest burst, unannounced"),
                                                  .rows_are = "strategies",
                                                  .columns = columns,
                                                  .n_columns = N_STRATEGY_COLUMNS,
                                                  .cells = cells,
                                                  .n_rows = result->n_strategies});
}

static void write_processes(const struct page *page)
{
    const struct result *result = page->result;
    const struct html_column columns[N_PROCESS_COLUMNS] = {
        page_column("Process or offer"), page_figures("Servers", ""), page_figures("All low", "h"),
        page_figures("p10", "h"),        page_figures("p50", "h"),    page_figures("p90", "h"),
        page_figures("All high", "h"),   page_column("p50 in words"), page_column("Limits")};
    struct html_cell *cells =
        ARENA_NEW(page->arena, struct html_cell, result->n_lead_times * N_PROCESS_COLUMNS);
    for (size_t i = 0; i < result->n_lead_times; i++) {
        const struct lead_time_row *line = &result->lead_times[i];
        struct html_cell *row = &cells[i * N_PROCESS_COLUMNS];
        row[0] = page_name(line->process);
        row[1] = page_integer(page, line->servers);
        fill_hours(page, &line->hours, &row[2]);
        row[8] = page_text(line->limits);
    }
    html_table(page->output,
               &(struct html_table){.caption = STR("By process or offer, and number of servers"),
                                    .rows_are = "rows",
                                    .columns = columns,
                                    .n_columns = N_PROCESS_COLUMNS,
                                    .cells = cells,
                                    .n_rows = result->n_lead_times});
}

void page_write_lead_times(const struct page *page)
{
    html_markup(
        page->output,
        "<p>From the decision to the last server in service. All low and all high: every stage at its "
        "shortest or longest. p10, p50 and p90: percentiles of 1,000 draws.</p>\n");
    write_strategies(page);
    write_processes(page);
}
