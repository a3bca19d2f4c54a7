#include "base/arena.h"
#include "report/page.h"

/* More strategies than fit side by side on paper go into further tables. */
enum { BREAKDOWN_STRATEGIES = 6, MONTHLY_STRATEGIES = 12 };

/* ---- by component ---- */

static void fill_share(const struct page *page, size_t strategy, size_t component, struct html_cell *cells)
{
    const struct strategy_result *s = &page->result->strategies[strategy];
    money billed = s->billed_by_component[component];
    if (s->scope[component] != SCOPE_COUNTED) {
        cells[0] = page_number(str_of(scope_names[s->scope[component]]));
        cells[1] = page_number(STR(""));
        return;
    }
    cells[0] = page_money(page, billed);
    cells[1] = page_percent(page, billed, s->billed);
}

static void fill_total(const struct page *page, size_t strategy, struct html_cell *cells)
{
    const struct strategy_result *s = &page->result->strategies[strategy];
    cells[0] = page_money(page, s->billed);
    cells[1] = page_percent(page, s->billed, s->billed);
}

/* The strategies [first, first + n), two columns each. */
static void write_breakdown(const struct page *page, size_t first, size_t n)
{
    size_t n_components = page->study->n_components, n_columns = 1 + 2 * n;
    struct html_group groups[BREAKDOWN_STRATEGIES];
    struct html_column columns[1 + 2 * BREAKDOWN_STRATEGIES] = {page_column("Component")};
    struct html_cell *cells = ARENA_NEW(page->arena, struct html_cell, (n_components + 1) * n_columns);
    for (size_t c = 0; c < n_components; c++)
        cells[c * n_columns] = page_name(page->study->components[c]);
    cells[n_components * n_columns] = page_text(STR("Billed"));
    for (size_t i = 0; i < n; i++) {
        groups[i] = (struct html_group){page_strategy_short(page, first + i), 2};
        columns[1 + 2 * i] = (struct html_column){page_text(page->study->currency), STR(""), true};
        columns[2 + 2 * i] = page_figures("%", "");
        for (size_t c = 0; c < n_components; c++)
            fill_share(page, first + i, c, &cells[c * n_columns + 1 + 2 * i]);
        fill_total(page, first + i, &cells[n_components * n_columns + 1 + 2 * i]);
    }
    html_table(page->output, &(struct html_table){.caption = STR("Billed cost and its shares"),
                                                  .rows_are = "components",
                                                  .groups = groups,
                                                  .n_groups = n,
                                                  .columns = columns,
                                                  .n_columns = n_columns,
                                                  .cells = cells,
                                                  .n_rows = n_components + 1,
                                                  .has_total = true});
}

void page_write_breakdown(const struct page *page)
{
    size_t n = page->result->n_strategies;
    for (size_t first = 0; first < n; first += BREAKDOWN_STRATEGIES)
        write_breakdown(page, first, n - first < BREAKDOWN_STRATEGIES ? n - first : BREAKDOWN_STRATEGIES);
}

/* ---- by month ---- */

static void fill_months(const struct page *page, size_t strategy, size_t column, struct html_cell *cells,
                        size_t n_columns)
{
    const struct strategy_result *s = &page->result->strategies[strategy];
    size_t n_months = (size_t)page->result->timeline.n_months;
    for (size_t m = 0; m < n_months; m++)
        cells[m * n_columns + column] = page_money(page, s->months[m].billed);
    cells[n_months * n_columns + column] = page_money(page, s->billed);
}

static void write_monthly(const struct page *page, size_t first, size_t n)
{
    const struct timeline *timeline = &page->result->timeline;
    size_t n_months = (size_t)timeline->n_months, n_columns = n + 1;
    struct html_column columns[1 + MONTHLY_STRATEGIES] = {page_column("Month")};
    struct html_cell *cells = ARENA_NEW(page->arena, struct html_cell, (n_months + 1) * n_columns);
    for (size_t m = 0; m < n_months; m++)
        cells[m * n_columns] =
            (struct html_cell){HTML_DATE, month_text(page->arena, timeline->months[m].start_seconds), 0};
    cells[n_months * n_columns] = page_text(STR("Billed"));
    for (size_t i = 0; i < n; i++) {
        columns[1 + i] =
            (struct html_column){page_strategy_short(page, first + i), page->study->currency, true};
        fill_months(page, first + i, 1 + i, cells, n_columns);
    }
    html_table(page->output, &(struct html_table){.caption = STR("Cash of each month"),
                                                  .rows_are = "rows",
                                                  .columns = columns,
                                                  .n_columns = n_columns,
                                                  .cells = cells,
                                                  .n_rows = n_months + 1,
                                                  .has_total = true});
}

void page_write_monthly(const struct page *page)
{
    size_t n = page->result->n_strategies;
    for (size_t first = 0; first < n; first += MONTHLY_STRATEGIES)
        write_monthly(page, first, n - first < MONTHLY_STRATEGIES ? n - first : MONTHLY_STRATEGIES);
}
