#include "base/arena.h"
#include "report/knowledge.h"
#include "report/numbers.h"
#include "report/page.h"

enum { N_COLUMNS = 7, HOUR_PLACES = 0 };

bool page_has_knowledge(const struct page *page)
{
    struct family *families;
    return families_of(page->arena, page->result, &families) > 0;
}

static void fill_member(const struct page *page, const struct family *family,
                        const struct strategy_result *member, struct html_cell *cells)
{
    money more;
    bool comparable = family_more(page->result, family, member, &more);
    cells[0] = page_strategy(page, (size_t)(member - page->result->strategies));
    cells[1] = page_money(page, member->billed);
    cells[2] = page_number(unmet_hours_text(page->arena, member->service.unmet_micro, HOUR_PLACES));
    cells[3] = page_money(page, member->unmet_cost);
    cells[4] = page_money(page, member->compared);
    cells[5] = comparable ? page_money(page, more) : page_number(STR("no price"));
    cells[6] = comparable ? page_percent(page, more, family->all->compared) : page_number(STR(""));
}

void page_write_knowledge(const struct page *page)
{
    const struct html_column columns[N_COLUMNS] = {
        page_column("Strategy"),
        page_amounts(page, "Billed"),
        page_figures("Unmet load", "server\xE2\x80\x91hours"),
        page_amounts(page, "Unmet cost"),
        page_amounts(page, "Compared"),
        page_amounts(page, "More than knowing all"),
        page_figures("More", "%"),
    };
    struct family *families;
    size_t n = families_of(page->arena, page->result, &families), n_rows = 0;
    struct html_cell *cells =
        ARENA_NEW(page->arena, struct html_cell, page->result->n_strategies * N_COLUMNS);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < families[i].n_members; j++)
            fill_member(page, &families[i], &families[i].members[j], &cells[N_COLUMNS * n_rows++]);
    html_markup(page->output, "<p>");
    html_text(page->output, families_finding(page->arena, page->result));
    html_markup(
        page->output,
        ". All follow the same rule for sizes: who knows all orders a lead time ahead of the real need, "
        "who forecasts by what was seen, who knows nothing when the need is there.</p>\n");
    html_table(page->output, &(struct html_table){.caption = STR("The price of not knowing"),
                                                  .rows_are = "buyers",
                                                  .columns = columns,
                                                  .n_columns = N_COLUMNS,
                                                  .cells = cells,
                                                  .n_rows = n_rows});
}
