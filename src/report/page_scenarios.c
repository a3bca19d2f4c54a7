#include "base/arena.h"
#include "report/page.h"
#include "report/scenario_facts.h"

enum { N_SENSITIVITY_COLUMNS = 9, N_WHAT_IF_COLUMNS = 5 };

static void write_finding(const struct page *page, struct str finding, const char *rest)
{
    html_markup(page->output, "<p>");
    html_text(page->output, finding);
    html_markup(page->output, rest);
}

/* ---- one at a time ---- */

bool page_has_sensitivity(const struct page *page)
{
    return has_sensitivity(page->result);
}

static struct html_cell rank_cell(const struct page *page, int rank)
{
    return rank > 0 ? page_integer(page, rank) : page_number(STR("none"));
}

static void fill_change(const struct page *page, const struct tornado_bar *bar, size_t strategy,
                        struct html_cell *cells)
{
    const struct strategy_result *s = &page->result->strategies[strategy];
    const struct scenario_cost *low = &bar->ends[SCENARIO_LOW].costs[strategy],
                               *high = &bar->ends[SCENARIO_HIGH].costs[strategy];
    cells[0] = page_name(bar->change->name);
    cells[1] = page_name(bar->change->values[SCENARIO_LOW].text);
    cells[2] = page_name(bar->change->values[SCENARIO_HIGH].text);
    cells[3] = page_strategy(page, strategy);
    cells[4] = page_money(page, s->compared);
    cells[5] = page_money(page, low->compared);
    cells[6] = page_money(page, high->compared);
    cells[7] = rank_cell(page, low->rank);
    cells[8] = rank_cell(page, high->rank);
}

void page_write_sensitivity(const struct page *page)
{
    const struct html_column columns[N_SENSITIVITY_COLUMNS] = {
        page_column("Change"),
        page_column("Low"),
        page_column("High"),
        page_column("Strategy"),
        page_amounts(page, "Compared"),
        page_amounts(page, "with low"),
        page_amounts(page, "with high"),
        page_figures("Rank with low", ""),
        page_figures("Rank with high", ""),
    };
    struct tornado tornado = tornado_of(page->arena, page->result);
    size_t n = tornado.n_bars * page->result->n_strategies, row = 0;
    struct html_cell *cells = ARENA_NEW(page->arena, struct html_cell, n * N_SENSITIVITY_COLUMNS);
    for (size_t i = 0; i < tornado.n_bars; i++)
        for (size_t s = 0; s < page->result->n_strategies; s++)
            fill_change(page, &tornado.bars[i], s, &cells[N_SENSITIVITY_COLUMNS * row++]);
    write_finding(page, tornado_finding(page->arena, page->result, &tornado),
                  ". Each row is a run of its own, with one value set.</p>\n");
    html_table(page->output, &(struct html_table){.caption = STR("Sensitivity"),
                                                  .rows_are = "rows",
                                                  .columns = columns,
                                                  .n_columns = N_SENSITIVITY_COLUMNS,
                                                  .cells = cells,
                                                  .n_rows = n});
}

/* ---- two at a time ---- */

bool page_has_what_if(const struct page *page)
{
    return has_what_if(page->result);
}

static void fill_cell(const struct page *page, size_t x, size_t y, struct html_cell *cells)
{
    const struct scenario_wishes *wishes = &page->study->wishes;
    const struct scenario *cell = &page->result->scenarios.cells[y * wishes->x.n_values + x];
    int cheapest = scenario_cheapest(cell, page->result->n_strategies),
        next = scenario_next(cell, page->result->n_strategies);
    cells[0] = page_name(wishes->x.values[x].text);
    cells[1] = page_name(wishes->y.values[y].text);
    cells[2] = cheapest < 0 ? page_text(STR("not ranked")) : page_strategy(page, (size_t)cheapest);
    cells[3] = cheapest < 0 ? page_number(STR("")) : page_money(page, cell->costs[cheapest].compared);
    cells[4] = next < 0 ? page_number(STR(""))
                        : page_money(page, cell->costs[next].compared - cell->costs[cheapest].compared);
}

void page_write_what_if(const struct page *page)
{
    const struct scenario_wishes *wishes = &page->study->wishes;
    struct html_column columns[N_WHAT_IF_COLUMNS] = {
        {.title = page_name(wishes->x.name)},
        {.title = page_name(wishes->y.name)},
        page_column("Cheapest"),
        page_amounts(page, "Compared"),
        page_amounts(page, "Margin to the next"),
    };
    size_t n = wishes->x.n_values * wishes->y.n_values;
    struct html_cell *cells = ARENA_NEW(page->arena, struct html_cell, n * N_WHAT_IF_COLUMNS);
    for (size_t i = 0; i < n; i++)
        fill_cell(page, i % wishes->x.n_values, i / wishes->x.n_values, &cells[N_WHAT_IF_COLUMNS * i]);
    write_finding(page, what_if_finding(page->arena, page->result),
                  ". Each row is a run of its own, with two values set.</p>\n");
    html_table(page->output, &(struct html_table){.caption = STR("What-if"),
                                                  .rows_are = "cases",
                                                  .columns = columns,
                                                  .n_columns = N_WHAT_IF_COLUMNS,
                                                  .cells = cells,
                                                  .n_rows = n});
}
