#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include <stddef.h>
#include <stdint.h>

#include "report/html.h"
#include "report/report.h"

/* What every section of report.html is written from. */
struct page {
    const struct report *report;
    const struct pictures *pictures;
    const struct result *result;
    const struct study *study;
    struct arena *arena;
    struct output *output;
    struct str *short_names; /* [strategy] */
    int *swatches;           /* [strategy]: its colour, as in the charts; 0: it has none */
    int money_places;        /* of totals: 2 where they are small */
};

/* The sections, each in a file of its own or with its like. */
void page_write_not_counted(const struct page *page);
void page_write_summary(const struct page *page);
void page_write_charts(const struct page *page);
void page_write_breakdown(const struct page *page);
void page_write_monthly(const struct page *page);
void page_write_lead_times(const struct page *page);
void page_write_knowledge(const struct page *page);
bool page_has_knowledge(const struct page *page);
void page_write_sensitivity(const struct page *page);
bool page_has_sensitivity(const struct page *page);
void page_write_what_if(const struct page *page);
bool page_has_what_if(const struct page *page);
void page_write_optimum(const struct page *page);
bool page_has_optimum(const struct page *page);
void page_write_futures(const struct page *page);
bool page_has_futures(const struct page *page);
void page_write_lead_curves(const struct page *page);
void page_write_bursts(const struct page *page);
void page_write_order_by(const struct page *page);
void page_write_orders(const struct page *page);
void page_write_prices(const struct page *page);
void page_write_assumptions(const struct page *page);
void page_write_words(const struct page *page);
void page_write_remarks(const struct page *page);
void page_write_inputs(const struct page *page);
void page_write_run(const struct page *page);

/* The style sheet: for screens wide and narrow, light and dark, and for paper. */
extern const char page_style[];

/* ---- cells ---- */

struct html_cell page_text(struct str text);
struct html_cell page_name(struct str name);
struct html_cell page_number(struct str number);
struct html_cell page_integer(const struct page *page, int64_t value);
struct html_cell page_money(const struct page *page, money amount);
/* part / whole in per cent; empty where there is no whole. */
struct html_cell page_percent(const struct page *page, int64_t part, int64_t whole);
struct html_cell page_hours(const struct page *page, const struct lead_time *lead, double hours);
struct html_cell page_date(const struct page *page, int64_t seconds);
/* With its colour; the whole name, and as much of it as fits where it is repeated. */
struct html_cell page_strategy(const struct page *page, size_t strategy);
struct html_cell page_strategy_short(const struct page *page, size_t strategy);

/* A column that holds text, figures, or amounts of the study's currency. */
struct html_column page_column(const char *title);
struct html_column page_figures(const char *title, const char *unit);
struct html_column page_amounts(const struct page *page, const char *title);

#endif
