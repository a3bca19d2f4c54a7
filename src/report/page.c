#include "report/page.h"

#include "base/arena.h"
#include "report/chart.h"
#include "report/chart_style.h"

enum { LONGEST_SHORT = 60 };

/* Sections in reading order. One that not every study has says whether this one does. */
static const struct {
    const char *id, *heading;
    void (*write)(const struct page *page);
    bool (*is_wanted)(const struct page *page); /* NULL: always */
} sections[] = {
    {"scope", "Scope: what is not counted", page_write_not_counted, NULL},
    {"summary", "Summary", page_write_summary, NULL},
    {"charts", "Charts", page_write_charts, NULL},
    {"not-knowing", "The price of not knowing", page_write_knowledge, page_has_knowledge},
    {"cheapest-plan", "The cheapest plan", page_write_optimum, page_has_optimum},
    {"futures", "Many futures", page_write_futures, page_has_futures},
    {"sensitivity", "Sensitivity", page_write_sensitivity, page_has_sensitivity},
    {"what-if", "What-if", page_write_what_if, page_has_what_if},
    {"breakdown", "Cost by component", page_write_breakdown, NULL},
    {"monthly", "Cash by month", page_write_monthly, NULL},
    {"bursts", "Bursts", page_write_bursts, NULL},
    {"order-by", "Order by", page_write_order_by, NULL},
    {"lead-times", "Lead times", page_write_lead_times, NULL},
    {"lead-curves", "Lead curves", page_write_lead_curves, NULL},
    {"orders", "Orders", page_write_orders, NULL},
    {"prices", "Prices in use", page_write_prices, NULL},
    {"assumptions", "Assumptions", page_write_assumptions, NULL},
    {"words", "What the words mean", page_write_words, NULL},
    {"remarks", "Remarks", page_write_remarks, NULL},
    {"inputs", "Inputs", page_write_inputs, NULL},
    {"run", "This run", page_write_run, NULL},
};
enum { N_SECTIONS = sizeof sections / sizeof *sections };

static bool is_there(const struct page *page, size_t section)
{
    return sections[section].is_wanted == NULL || sections[section].is_wanted(page);
}

/* Totals below this are shown with cents. */
static const money small_total = (money)10000 * MONEY_PER_UNIT;

static int money_places(const struct result *result)
{
    for (size_t i = 0; i < result->n_strategies; i++)
        if (result->strategies[i].billed >= small_total || result->strategies[i].compared >= small_total)
            return 0;
    return 2;
}

/* The colours of the charts, as classes; what the charts do not show has none. */
static void write_swatches(const struct page *page)
{
    size_t n;
    const struct chart_series *series = chart_series_of(page->arena, page->result, &n);
    for (size_t i = 0; i < n; i++) {
        page->swatches[series[i].result - page->result->strategies] = (int)i + 1;
        output_format(page->output, ".k%zu{background:#%06X}\n", i + 1, series[i].colour.line);
    }
}

static void name_strategies(const struct page *page)
{
    for (size_t i = 0; i < page->result->n_strategies; i++)
        page->short_names[i] = chart_strategy_name(page->arena, page->result,
                                                   page->result->strategies[i].strategy, LONGEST_SHORT);
}

/* Nothing is loaded from anywhere and nothing runs; the empty icon keeps browsers from asking for one. */
static void write_head(const struct page *page)
{
    html_markup(page->output,
                "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    html_text(page->output, page->study->title);
    html_markup(page->output,
                "</title>\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
                "style-src 'unsafe-inline'\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"color-scheme\" content=\"light dark\">\n"
                "<link rel=\"icon\" href=\"data:,\">\n<style>\n");
    html_markup(page->output, page_style);
    write_swatches(page);
    html_markup(page->output, "</style>\n</head>\n<body>\n");
}

static void write_contents(const struct page *page)
{
    html_markup(page->output, "<nav aria-label=\"Contents\"><ul>\n");
    for (size_t i = 0; i < N_SECTIONS; i++) {
        if (!is_there(page, i))
            continue;
        output_format(page->output, "<li><a href=\"#%s\">%s</a></li>\n", sections[i].id, sections[i].heading);
    }
    html_markup(page->output, "</ul></nav>\n");
}

static void write_title(const struct page *page)
{
    const struct study *study = page->study;
    html_markup(page->output, "<header>\n<h1><bdi>");
    html_text(page->output, study->title);
    output_format(page->output, "</bdi></h1>\n<p>Demand from %.*s to %.*s, cash from %.*s. Amounts in ",
                  STR_ARGS(date_text(page->arena, study->start_seconds)),
                  STR_ARGS(date_text(page->arena, study->end_seconds)),
                  STR_ARGS(date_text(page->arena, study->decide_from_seconds)));
    html_text(page->output, study->currency);
    html_markup(page->output, study->has_discount_rate ? ", compared at present value.</p>\n" : ".</p>\n");
    html_markup(page->output, "<p class=\"verdict\">");
    html_text(page->output, page->result->verdict);
    html_markup(page->output, "</p>\n");
    write_contents(page);
    html_markup(page->output, "</header>\n");
}

static void write_sections(const struct page *page)
{
    html_markup(page->output, "<main>\n");
    for (size_t i = 0; i < N_SECTIONS; i++) {
        if (!is_there(page, i))
            continue;
        output_format(page->output, "<section id=\"%s\">\n<h2>%s</h2>\n", sections[i].id,
                      sections[i].heading);
        sections[i].write(page);
        html_markup(page->output, "</section>\n");
    }
    html_markup(page->output, "</main>\n");
}

bool report_html(const struct report *report, const struct pictures *pictures)
{
    const struct result *result = report->result;
    struct output output = output_open(report->arena, report->folder, "report.html", report->failure);
    struct page page = {.report = report,
                        .pictures = pictures,
                        .result = result,
                        .study = result->study,
                        .arena = report->arena,
                        .output = &output,
                        .swatches = ARENA_NEW(report->arena, int, result->n_strategies),
                        .short_names = ARENA_NEW(report->arena, struct str, result->n_strategies),
                        .money_places = money_places(result)};
    name_strategies(&page);
    write_head(&page);
    write_title(&page);
    write_sections(&page);
    html_markup(&output, "</body>\n</html>\n");
    return output_close(&output);
}
