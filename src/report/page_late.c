#include <math.h>

#include "base/arena.h"
#include "report/chart_facts.h"
#include "report/numbers.h"
#include "report/page.h"

/* ---- bursts ---- */

enum { N_BURST_COLUMNS = 9, HOUR_PLACES = 2 };

static struct html_cell hours_or_never(const struct page *page, int64_t seconds)
{
    return page_number(seconds < 0 ? STR("never") : hours_text(page->arena, seconds, HOUR_PLACES));
}

static void fill_burst(const struct page *page, size_t strategy, const struct burst_service *burst,
                       struct html_cell *cells)
{
    cells[0] = page_strategy_short(page, strategy);
    cells[1] = page_name(burst->burst->name);
    cells[2] = page_date(page, burst->from_seconds);
    cells[3] = hours_or_never(page, burst->first_seconds);
    cells[4] = hours_or_never(page, burst->full_seconds);
    cells[5] = hours_or_never(page, burst->short_seconds);
    cells[6] = page_integer(page, burst->most_short);
    cells[7] = page_number(unmet_hours_text(page->arena, burst->unmet_micro, HOUR_PLACES));
    cells[8] = page->study->workload.has_unmet_cost ? page_money(page, burst->unmet_cost)
                                                    : page_number(STR("no price"));
}

void page_write_bursts(const struct page *page)
{
    const struct result *result = page->result;
    const struct html_column columns[N_BURST_COLUMNS] = {
        page_column("Strategy"),
        page_column("Burst"),
        page_column("From"),
        page_figures("First server after", "h"),
        page_figures("Full service after", "h"),
        page_figures("Short for", "h"),
        page_figures("Most short", "servers"),
        page_figures("Unmet load", "server-hours"),
        page_amounts(page, "Unmet cost"),
    };
    size_t n_rows = 0, row = 0;
    for (size_t s = 0; s < result->n_strategies; s++)
        n_rows += result->strategies[s].n_bursts;
    if (n_rows == 0) {
        html_markup(page->output, "<p>The study has no bursts.</p>\n");
        return;
    }
    struct html_cell *cells = ARENA_NEW(page->arena, struct html_cell, n_rows * N_BURST_COLUMNS);
    for (size_t s = 0; s < result->n_strategies; s++)
        for (size_t i = 0; i < result->strategies[s].n_bursts; i++, row++)
            fill_burst(page, s, &result->strategies[s].bursts[i], &cells[row * N_BURST_COLUMNS]);
    html_markup(page->output,
                "<p>Hours after a burst begins. First server: one more than the rest of the need takes. Full "
                "service: nothing is short from then on until it ends.</p>\n");
    html_table(page->output, &(struct html_table){.caption = STR("How each strategy serves each burst"),
                                                  .rows_are = "bursts",
                                                  .columns = columns,
                                                  .n_columns = N_BURST_COLUMNS,
                                                  .cells = cells,
                                                  .n_rows = n_rows});
}

/* ---- order-by dates ---- */

enum { N_BY_COLUMNS = 9, SLACK_PLACES = 1, SMALL_SLACK_PLACES = 4, HARDLY_SECONDS = DAY_SECONDS / 20 };

/* Days; what would be rounded to none keeps its digits, as a minute too late is too late. */
static struct html_cell slack(const struct page *page, int64_t seconds)
{
    bool hardly = seconds > -HARDLY_SECONDS && seconds < HARDLY_SECONDS;
    return page_number(
        number_text(page->arena, (double)seconds / DAY_SECONDS, hardly ? SMALL_SLACK_PLACES : SLACK_PLACES));
}

/* Six cells: the need, two dates, when it was decided, two slacks. */
static void fill_times(const struct page *page, const struct order_by *row, struct html_cell *cells)
{
    struct html_cell unknown = page_number(row->has_need ? STR("never") : STR(""));
    bool known = row->has_need && row->possible;
    cells[0] = row->has_need ? page_date(page, row->need_seconds) : page_text(STR("not said"));
    cells[1] = known ? page_date(page, row->by_seconds) : unknown;
    cells[2] = known ? page_date(page, row->by_p90_seconds) : unknown;
    cells[3] = page_date(page, row->decided_seconds);
    cells[4] = known ? slack(page, row->by_seconds - row->decided_seconds) : unknown;
    cells[5] = known ? slack(page, row->by_p90_seconds - row->decided_seconds) : unknown;
}

/* Rows of bursts, or of orders. */
static void write_order_bys(const struct page *page, bool of_bursts)
{
    const struct result *result = page->result;
    const struct html_column columns[N_BY_COLUMNS] = {
        page_column(of_bursts ? "Burst" : "Strategy"),
        page_column("Offer"),
        page_figures("Servers", ""),
        page_column("Needed"),
        page_column("Order by"),
        page_column("Order by, p90"),
        page_column(of_bursts ? "First possible" : "Ordered"),
        page_figures("Slack", "days"),
        page_figures("Slack, p90", "days"),
    };
    struct html_cell *cells = ARENA_NEW(page->arena, struct html_cell, result->n_order_by * N_BY_COLUMNS);
    size_t n = 0;
    for (size_t i = 0; i < result->n_order_by; i++) {
        const struct order_by *row = &result->order_by[i];
        struct html_cell *to = &cells[n * N_BY_COLUMNS];
        if ((row->burst != NULL) != of_bursts)
            continue;
        to[0] = of_bursts ? page_name(row->burst->name)
                          : page_strategy_short(page, (size_t)(row->strategy - page->study->strategies));
        to[1] = page_name(page->study->offers[row->offer].id);
        to[2] = page_integer(page, row->servers);
        fill_times(page, row, &to[3]);
        n++;
    }
    if (n > 0)
        html_table(page->output,
                   &(struct html_table){.caption = of_bursts ? STR("Every burst by every offer alone")
                                                             : STR("Orders of each strategy but renewals"),
                                        .rows_are = of_bursts ? "ways" : "orders",
                                        .columns = columns,
                                        .n_columns = N_BY_COLUMNS,
                                        .cells = cells,
                                        .n_rows = n});
}

void page_write_order_by(const struct page *page)
{
    html_markup(
        page->output,
        "<p>The latest date of an order whose last server comes in time: with every stage at its "
        "mode, and with the 90th percentile of the lead time. Slack counts from the date of the order, "
        "of bursts from the first day of orders; below 0 it is too late.</p>\n");
    write_order_bys(page, true);
    write_order_bys(page, false);
}

/* ---- lead curves ---- */

enum { N_CURVE_COLUMNS = 8 };

static void fill_curve(const struct page *page, const struct lead_curve_row *row, struct html_cell *cells)
{
    bool known = row->hours.possible && isfinite(row->hours.base);
    cells[0] = page_name(row->process);
    cells[1] = page_integer(page, row->servers);
    cells[2] = page_hours(page, &row->hours, row->hours.base);
    cells[3] = page_text(known ? chart_hours(page->arena, row->hours.base) : STR("never"));
    cells[4] = page_text(row->binding_stage);
    cells[5] = page_text(row->ten_more_at);
    cells[6] = known && row->hours_saved > 0 ? page_number(str_format(page->arena, "%.2f", row->hours_saved))
                                             : page_number(STR(""));
    cells[7] = page_text(row->limits);
}

void page_write_lead_curves(const struct page *page)
{
    const struct result *result = page->result;
    const struct html_column columns[N_CURVE_COLUMNS] = {
        page_column("Process or offer"), page_figures("Servers", ""),  page_figures("Base case", "h"),
        page_column("In words"),         page_column("Binding stage"), page_column("Ten more people at"),
        page_figures("They save", "h"),  page_column("Limits")};
    struct html_cell *cells =
        ARENA_NEW(page->arena, struct html_cell, result->n_lead_curves * N_CURVE_COLUMNS);
    for (size_t i = 0; i < result->n_lead_curves; i++)
        fill_curve(page, &result->lead_curves[i], &cells[i * N_CURVE_COLUMNS]);
    html_markup(
        page->output,
        "<p>1 to 10,000 servers ordered at once. Binding stage: the one without whose work they would "
        "be there first. Ten more people work where they save most.</p>\n");
    html_table(page->output, &(struct html_table){.caption = STR("Time to so many servers"),
                                                  .rows_are = "rows",
                                                  .columns = columns,
                                                  .n_columns = N_CURVE_COLUMNS,
                                                  .cells = cells,
                                                  .n_rows = result->n_lead_curves});
}
