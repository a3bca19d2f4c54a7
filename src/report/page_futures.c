#include "base/arena.h"
#include "report/futures_facts.h"
#include "report/numbers.h"
#include "report/page.h"

enum { N_COLUMNS = 10, HOUR_PLACES = 2 };

bool page_has_futures(const struct page *page)
{
    return has_futures(page->result);
}

/* "1234.50 in future 7" would not add up in a spreadsheet: the number of the future has a column of its own.
 */
static void fill_plan(const struct page *page, const struct strategy_result *plan, struct html_cell *cells)
{
    const struct in_futures *in = plan->in_futures;
    int128 micro = (int128)in->expected_short_millionths * page->result->demand.step_seconds;
    cells[0] = page_strategy(page, (size_t)(plan - page->result->strategies));
    cells[1] = page_text(str_of(plan_for_names[plan->strategy->plan_for]));
    cells[2] = page_money(page, in->expected);
    cells[3] = page_money(page, in->p95);
    cells[4] = page_money(page, in->worst);
    cells[5] = page_money(page, in->expected_known);
    cells[6] = page_money(page, knowing_is_worth(in));
    cells[7] = page_money(page, in->worst_regret);
    cells[8] = page_integer(page, in->n_short);
    cells[9] = page_number(unmet_hours_text(page->arena, micro, HOUR_PLACES));
}

void page_write_futures(const struct page *page)
{
    const struct html_column columns[N_COLUMNS] = {
        page_column("Plan"),
        page_column("Made for"),
        page_amounts(page, "Expected"),
        page_amounts(page, "95th percentile"),
        page_amounts(page, "Worst"),
        page_amounts(page, "Expected if known"),
        page_amounts(page, "Knowing is worth"),
        page_amounts(page, "Worst regret"),
        page_figures("Short", "futures"),
        page_figures("Short, expected", "server\xE2\x80\x91hours"),
    };
    const struct strategy_result **plans;
    size_t n = futures_plans(page->arena, page->result, &plans);
    struct html_cell *cells = ARENA_NEW(page->arena, struct html_cell, n * N_COLUMNS);
    for (size_t i = 0; i < n; i++)
        fill_plan(page, plans[i], &cells[N_COLUMNS * i]);
    html_markup(page->output, "<p>");
    html_text(page->output, futures_in_words(page->arena, page->result));
    html_markup(page->output, ". ");
    html_text(page->output, str_of(futures_are_of));
    html_markup(page->output,
                " Regret is what a future costs more than with a plan that had known it.</p>\n");
    html_table(page->output, &(struct html_table){.caption = STR("What the plans cost in many futures"),
                                                  .rows_are = "plans",
                                                  .columns = columns,
                                                  .n_columns = N_COLUMNS,
                                                  .cells = cells,
                                                  .n_rows = n});
}
