#include "base/arena.h"
#include "report/page.h"

enum { N_COLUMNS = 9 };

static void fill_order(const struct page *page, size_t strategy, const struct order *order,
                       struct html_cell *cells)
{
    const struct offer *offer = &page->study->offers[order->offer];
    cells[0] = page_strategy_short(page, strategy);
    cells[1] = page_name(offer->id);
    cells[2] = page_name(offer->item);
    cells[3] = page_integer(page, order->servers);
    cells[4] = page_date(page, order->ordered_seconds);
    cells[5] = page_date(page, order->first_in_service_seconds);
    cells[6] = page_date(page, order->last_in_service_seconds);
    cells[7] = page_date(page, order->end_seconds);
    cells[8] = page_text(str_of(order_reason_names[order->reason]));
}

void page_write_orders(const struct page *page)
{
    const struct result *result = page->result;
    const struct html_column columns[N_COLUMNS] = {
        page_column("Strategy"),        page_column("Offer"),   page_column("Item"),
        page_figures("Servers", ""),    page_column("Ordered"), page_column("First in service"),
        page_column("Last in service"), page_column("Ends"),    page_column("Reason")};
    size_t n_orders = 0, row = 0;
    for (size_t s = 0; s < result->n_strategies; s++)
        n_orders += result->strategies[s].plan.n_orders;
    struct html_cell *cells = ARENA_NEW(page->arena, struct html_cell, n_orders * N_COLUMNS);
    for (size_t s = 0; s < result->n_strategies; s++)
        for (size_t i = 0; i < result->strategies[s].plan.n_orders; i++, row++)
            fill_order(page, s, &result->strategies[s].plan.orders[i], &cells[row * N_COLUMNS]);
    html_markup(
        page->output,
        "<p>The shopping list. Dates are UTC. \"follows need\" stands for all launches of an offer: its "
        "servers are the most that run at once.</p>\n");
    html_table(page->output, &(struct html_table){.caption = STR("Orders of each strategy"),
                                                  .rows_are = "orders",
                                                  .columns = columns,
                                                  .n_columns = N_COLUMNS,
                                                  .cells = cells,
                                                  .n_rows = n_orders});
}
