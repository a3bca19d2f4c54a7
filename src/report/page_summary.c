#include "base/arena.h"
#include "report/numbers.h"
#include "report/page.h"
#include "report/scope.h"

/* ---- what is not counted ---- */

static void write_priced_nowhere(const struct page *page)
{
    struct str nowhere = scope_priced_nowhere(page->arena, page->study);
    if (nowhere.length == 0)
        return;
    html_markup(page->output, "<li>Priced nowhere in this study: ");
    html_text(page->output, nowhere);
    html_markup(page->output, ".</li>\n");
}

/* The strategies that leave a component out, where some do. */
static void write_component(const struct page *page, size_t component)
{
    const struct result *result = page->result;
    size_t n_without = 0;
    for (size_t s = 0; s < result->n_strategies; s++)
        n_without += result->strategies[s].scope[component] == SCOPE_NOT_COUNTED;
    if (n_without == 0)
        return;
    html_markup(page->output, "<li>");
    html_name(page->output, page->study->components[component]);
    html_markup(page->output, n_without == result->n_strategies ? " is counted by no strategy" : ": not in ");
    for (size_t s = 0, n = 0; s < result->n_strategies && n_without < result->n_strategies; s++) {
        if (result->strategies[s].scope[component] != SCOPE_NOT_COUNTED)
            continue;
        html_markup(page->output, n++ > 0 ? ", " : "");
        html_name(page->output, page_strategy_short(page, s).text);
    }
    html_markup(page->output, ".</li>\n");
}

void page_write_not_counted(const struct page *page)
{
    html_markup(page->output,
                "<p>A total holds only the components that are priced for its strategy. What a "
                "component does not name is not in it. What another price pays for, as the hour of "
                "a cloud pays for racks, is not listed here.</p>\n<ul>\n");
    write_priced_nowhere(page);
    for (size_t c = 0; c < page->study->n_components; c++)
        write_component(page, c);
    html_markup(page->output, "</ul>\n");
}

/* ---- summary ---- */

enum { N_COSTS = 8, N_SERVICE = 10, RATE_PLACES = 4 };

static void write_costs(const struct page *page)
{
    const struct result *result = page->result;
    const struct html_column columns[N_COSTS] = {
        page_column("Strategy"),
        page_figures("Rank", ""),
        page_amounts(page, "Billed"),
        page_amounts(page, "Effective"),
        page_amounts(page, "Horizon value"),
        page_amounts(page, "Unmet cost"),
        page_amounts(page, "Compared"),
        page_amounts(page, "Per used server\xE2\x80\x91hour"),
    };
    struct html_cell *cells = ARENA_NEW(page->arena, struct html_cell, result->n_strategies * N_COSTS);
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct strategy_result *s = &result->strategies[i];
        struct html_cell *row = &cells[i * N_COSTS];
        row[0] = page_strategy(page, i);
        row[1] = s->rank == 0 ? page_number(STR("-")) : page_integer(page, s->rank);
        row[2] = page_money(page, s->billed);
        row[3] = page_money(page, s->effective);
        row[4] = page_money(page, s->horizon_value);
        row[5] = page_money(page, s->unmet_cost);
        row[6] = page_money(page, s->compared);
        row[7] = page_number(per_hour_text(page->arena, s->effective, s->service.used, RATE_PLACES));
    }
    html_table(page->output, &(struct html_table){.caption = STR("Cost of each strategy"),
                                                  .rows_are = "strategies",
                                                  .columns = columns,
                                                  .n_columns = N_COSTS,
                                                  .cells = cells,
                                                  .n_rows = result->n_strategies});
}

/* "0.999886" as 99.9886 */
static struct html_cell percent_of(const struct page *page, struct str share)
{
    struct decimal d;
    if (!decimal_parse(share, &d))
        return page_number(STR(""));
    d.scale -= 2;
    return page_number(decimal_text(page->arena, d));
}

static void write_service(const struct page *page)
{
    const struct result *result = page->result;
    const struct html_column columns[N_SERVICE] = {
        page_column("Strategy"),
        page_figures("Peak in service", "servers"),
        page_figures("Unmet load", "server-hours"),
        page_figures("Coverage", "%"),
        page_figures("Utilisation", "%"),
        page_figures("Lead time, p50", "h"),
        page_figures("Lead time, p90", "h"),
        page_figures("Orders", ""),
        page_figures("Hours fully served", "%"),
        page_figures("Load served", "%"),
    };
    struct html_cell *cells = ARENA_NEW(page->arena, struct html_cell, result->n_strategies * N_SERVICE);
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct strategy_result *s = &result->strategies[i];
        struct html_cell *row = &cells[i * N_SERVICE];
        row[0] = page_strategy_short(page, i);
        row[1] = page_integer(page, s->peak_in_service);
        row[2] = page_number(unmet_hours_text(page->arena, s->service.unmet_micro, 0));
        row[3] = page_percent(page, s->service.committed_used, s->service.need);
        row[4] = page_percent(page, s->service.committed_used, s->service.committed);
        row[5] = page_hours(page, &s->lead_time, s->lead_time.p50);
        row[6] = page_hours(page, &s->lead_time, s->lead_time.p90);
        row[7] = page_integer(page, (int64_t)s->plan.n_orders);
        row[8] = percent_of(page, hours_served_text(page->arena, result, s));
        row[9] = percent_of(page, load_served_text(page->arena, result, s));
    }
    html_table(page->output, &(struct html_table){.caption = STR("Service and lead time of each strategy"),
                                                  .rows_are = "strategies",
                                                  .columns = columns,
                                                  .n_columns = N_SERVICE,
                                                  .cells = cells,
                                                  .n_rows = result->n_strategies});
}

static void write_costs_explained(const struct page *page)
{
    bool discounted = page->study->has_discount_rate;
    html_markup(
        page->output,
        "<p>Billed is cash on the day it falls due. Effective is the same money, spread over the time it "
        "bought; per used server-hour it is what an hour came to. Compared = billed - horizon value (what "
        "is left at the end, a credit above 0) + unmet cost");
    html_markup(page->output, discounted ? ", each month discounted to the first" : "");
    html_markup(page->output, ". Rank uses compared cost and nothing else.</p>\n");
}

static void write_service_explained(const struct page *page)
{
    struct str burst = page->result->burst_name;
    html_markup(
        page->output,
        "<p>Coverage: committed server-hours used, of those needed. Utilisation: committed server-hours "
        "used, of those paid for. Lead time: to serve ");
    html_number(page->output, decimal_text(page->arena, decimal_of(page->result->burst_servers)));
    html_markup(page->output, " servers (");
    html_name(page->output, burst.length > 0 ? burst : STR("the peak need"));
    html_markup(page->output,
                ") that nobody announced, by the fastest layer of the strategy. Hours fully served: steps "
                "in which nothing was short.</p>\n");
}

void page_write_summary(const struct page *page)
{
    write_costs(page);
    write_costs_explained(page);
    write_service(page);
    write_service_explained(page);
}
