#include "base/arena.h"
#include "model/optimum.h"
#include "report/chart_text.h"
#include "report/numbers.h"
#include "report/optimum_facts.h"
#include "report/page.h"

enum { N_SUM_COLUMNS = 6, N_OFFER_COLUMNS = 8, N_STEP_COLUMNS = 5, N_REGRET_COLUMNS = 6, RATIO_PLACES = 3 };

bool page_has_optimum(const struct page *page)
{
    return optimum_is_there(page->result);
}

static const struct optimum *optimum_of(const struct page *page, size_t strategy)
{
    return page->result->strategies[strategy].plan.optimum;
}

static size_t count_optima(const struct page *page)
{
    size_t n = 0;
    for (size_t i = 0; i < page->result->n_strategies; i++)
        n += optimum_of(page, i) != NULL;
    return n;
}

/* ---- the sums ---- */

static void write_statement(const struct page *page, size_t strategy)
{
    html_markup(page->output, "<p>");
    html_name(page->output, page->result->strategies[strategy].strategy->name);
    html_markup(page->output, ": ");
    html_text(page->output, optimum_statement(page->arena, page->study, optimum_of(page, strategy)));
    html_markup(page->output, ".</p>\n");
}

static struct str proof_text(const struct page *page, const struct optimum *optimum)
{
    if (optimum->proved)
        return STR("yes");
    if (optimum->gap < 0 || optimum->lower_bound <= 0 || optimum->leaves_out_renewals)
        return STR("no");
    return str_format(page->arena, "within %.*s", STR_ARGS(optimum_gap_percent(page->arena, optimum)));
}

static void fill_sums(const struct page *page, size_t strategy, struct html_cell *cells)
{
    const struct optimum *optimum = optimum_of(page, strategy);
    cells[0] = page_strategy_short(page, strategy);
    cells[1] = page_money(page, optimum->network_cost);
    cells[2] = page_money(page, optimum->lower_bound);
    cells[3] = page_money(page, optimum->simulated_cost);
    cells[4] = page_money(page, optimum->gap);
    cells[5] = page_text(proof_text(page, optimum));
}

static void write_sums(const struct page *page)
{
    const struct html_column columns[N_SUM_COLUMNS] = {
        page_column("Strategy"),           page_amounts(page, "Plan by the network"),
        page_amounts(page, "Lower bound"), page_amounts(page, "Simulated and billed"),
        page_amounts(page, "Gap"),         page_column("Proved")};
    size_t n = 0;
    struct html_cell *cells = ARENA_NEW(page->arena, struct html_cell, count_optima(page) * N_SUM_COLUMNS);
    for (size_t i = 0; i < page->result->n_strategies; i++)
        if (optimum_of(page, i) != NULL)
            fill_sums(page, i, &cells[N_SUM_COLUMNS * n++]);
    html_table(page->output, &(struct html_table){.caption = STR("Cost, and what no plan undercuts"),
                                                  .rows_are = "plans",
                                                  .columns = columns,
                                                  .n_columns = N_SUM_COLUMNS,
                                                  .cells = cells,
                                                  .n_rows = n});
}

/* ---- the offers ---- */

static void fill_offer(const struct page *page, size_t strategy, const struct optimum_offer *offer,
                       struct html_cell *cells)
{
    const struct optimum *optimum = optimum_of(page, strategy);
    int64_t seconds = page->study->start_seconds + offer->first_step * page->result->demand.step_seconds;
    cells[0] = page_strategy_short(page, strategy);
    cells[1] = page_name(page->study->offers[offer->offer].id);
    cells[2] = offer->offer == optimum->on_demand ? page_number(STR("")) : page_integer(page, offer->leases);
    cells[3] = page_integer(page, offer->most);
    cells[4] = offer->first_step < 0 ? page_text(STR("never")) : page_date(page, seconds);
    cells[5] = page_money(page, offer->cost);
    cells[6] = page_number(offer->has_break_even ? str_format(page->arena, "%.1f", 100 * offer->break_even)
                                                 : STR(""));
    cells[7] = offer->is_dispensable ? page_money(page, offer->network_cost_without)
                                     : page_number(STR("indispensable"));
}

static void write_offers(const struct page *page)
{
    const struct html_column columns[N_OFFER_COLUMNS] = {page_column("Strategy"),
                                                         page_column("Offer"),
                                                         page_figures("Leases", ""),
                                                         page_figures("Most at once", "servers"),
                                                         page_column("First from"),
                                                         page_amounts(page, "Cost"),
                                                         page_figures("Break-even use", "%"),
                                                         page_amounts(page, "Plan without it")};
    size_t n_rows = 0, row = 0;
    for (size_t i = 0; i < page->result->n_strategies; i++)
        n_rows += optimum_of(page, i) == NULL ? 0 : optimum_of(page, i)->n_offers;
    struct html_cell *cells = ARENA_NEW(page->arena, struct html_cell, n_rows * N_OFFER_COLUMNS);
    for (size_t i = 0; i < page->result->n_strategies; i++)
        for (size_t k = 0; optimum_of(page, i) != NULL && k < optimum_of(page, i)->n_offers; k++)
            fill_offer(page, i, &optimum_of(page, i)->offers[k], &cells[N_OFFER_COLUMNS * row++]);
    html_table(page->output, &(struct html_table){.caption = STR("What the plan does with each offer"),
                                                  .rows_are = "offers",
                                                  .columns = columns,
                                                  .n_columns = N_OFFER_COLUMNS,
                                                  .cells = cells,
                                                  .n_rows = n_rows});
}

/* ---- the steps ---- */

static void write_steps(const struct page *page)
{
    const struct html_column columns[N_STEP_COLUMNS] = {
        page_column("Strategy"), page_figures("Nothing", "steps"),
        page_figures("Less than on demand", "steps"), page_figures("As on demand", "steps"),
        page_figures("More", "steps")};
    size_t n = 0;
    struct html_cell *cells = ARENA_NEW(page->arena, struct html_cell, count_optima(page) * N_STEP_COLUMNS);
    for (size_t i = 0; i < page->result->n_strategies; i++) {
        if (optimum_of(page, i) == NULL)
            continue;
        const struct optimum_steps *steps = &optimum_of(page, i)->steps;
        struct html_cell *row = &cells[N_STEP_COLUMNS * n++];
        row[0] = page_strategy_short(page, i);
        row[1] = page_integer(page, steps->nothing);
        row[2] = page_integer(page, steps->less_than_on_demand);
        row[3] = page_integer(page, steps->on_demand);
        row[4] = page_integer(page, steps->more);
    }
    html_table(page->output,
               &(struct html_table){.caption = STR("In how many steps one server more would cost what"),
                                    .rows_are = "plans",
                                    .columns = columns,
                                    .n_columns = N_STEP_COLUMNS,
                                    .cells = cells,
                                    .n_rows = n});
}

/* ---- the others ---- */

static void fill_regret(const struct page *page, const struct regret *regret, struct html_cell *cells)
{
    const struct optimum *optimum = optimum_of(page, (size_t)regret->optimum);
    cells[0] = page_strategy_short(page, (size_t)regret->strategy);
    cells[1] = page_strategy_short(page, (size_t)regret->optimum);
    cells[2] = page_money(page, regret->cost);
    cells[3] = page_money(page, optimum->lower_bound);
    cells[4] = page_money(page, regret->regret);
    cells[5] = page_number(regret->ratio > 0 ? str_format(page->arena, "%.*f", RATIO_PLACES, regret->ratio)
                                             : STR(""));
}

/* Those of the optima themselves, their gaps, stand above. */
static void write_regrets(const struct page *page)
{
    const struct result *result = page->result;
    const struct html_column columns[N_REGRET_COLUMNS] = {
        page_column("Strategy"),           page_column("Against"),     page_amounts(page, "Cost"),
        page_amounts(page, "Lower bound"), page_amounts(page, "More"), page_figures("Ratio", "")};
    size_t n = 0;
    struct html_cell *cells = ARENA_NEW(page->arena, struct html_cell, result->n_regrets * N_REGRET_COLUMNS);
    for (size_t i = 0; i < result->n_regrets; i++)
        if (result->regrets[i].strategy != result->regrets[i].optimum)
            fill_regret(page, &result->regrets[i], &cells[N_REGRET_COLUMNS * n++]);
    if (n == 0)
        return;
    html_table(page->output, &(struct html_table){.caption = STR("What others cost more"),
                                                  .rows_are = "strategies",
                                                  .columns = columns,
                                                  .n_columns = N_REGRET_COLUMNS,
                                                  .cells = cells,
                                                  .n_rows = n});
}

void page_write_optimum(const struct page *page)
{
    for (size_t i = 0; i < page->result->n_strategies; i++)
        if (optimum_of(page, i) != NULL)
            write_statement(page, i);
    html_markup(page->output, "<p>");
    html_text(page->output, str_of(optimum_hindsight));
    html_markup(page->output, "</p>\n");
    write_sums(page);
    write_offers(page);
    write_steps(page);
    write_regrets(page);
}
