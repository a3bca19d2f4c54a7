#include "report/page.h"

#include <math.h>

#include "base/arena.h"
#include "report/chart_text.h"
#include "report/numbers.h"

enum { PERCENT_PLACES = 1 };

struct html_cell page_text(struct str text)
{
    return (struct html_cell){HTML_TEXT, text, 0};
}

struct html_cell page_name(struct str name)
{
    return (struct html_cell){HTML_NAME, name, 0};
}

struct html_cell page_number(struct str number)
{
    return (struct html_cell){HTML_NUMBER, number, 0};
}

struct html_cell page_integer(const struct page *page, int64_t value)
{
    return page_number(decimal_text(page->arena, decimal_of(value)));
}

struct html_cell page_money(const struct page *page, money amount)
{
    return page_number(money_text(page->arena, amount, page->money_places));
}

struct html_cell page_percent(const struct page *page, int64_t part, int64_t whole)
{
    if (whole <= 0)
        return page_number(STR(""));
    int128 percent = round_half_even((int128)part * 100 * MONEY_PER_UNIT, whole);
    money bounded = percent > INT64_MAX ? INT64_MAX : percent < -INT64_MAX ? -INT64_MAX : (money)percent;
    return page_number(money_text(page->arena, bounded, PERCENT_PLACES));
}

struct html_cell page_hours(const struct page *page, const struct lead_time *lead, double hours)
{
    if (!lead->possible || !isfinite(hours))
        return page_number(STR("never"));
    return page_number(str_format(page->arena, "%.2f", hours));
}

struct html_cell page_date(const struct page *page, int64_t seconds)
{
    return (struct html_cell){HTML_DATE, date_text(page->arena, seconds), 0};
}

struct html_cell page_strategy(const struct page *page, size_t strategy)
{
    return (struct html_cell){HTML_NAME, page->result->strategies[strategy].strategy->name,
                              page->swatches[strategy]};
}

struct html_cell page_strategy_short(const struct page *page, size_t strategy)
{
    struct html_cell cell = page_strategy(page, strategy);
    cell.text = page->short_names[strategy];
    return cell;
}

struct html_column page_column(const char *title)
{
    return (struct html_column){page_text(str_of(title)), STR(""), false};
}

struct html_column page_figures(const char *title, const char *unit)
{
    return (struct html_column){page_text(str_of(title)), str_of(unit), true};
}

struct html_column page_amounts(const struct page *page, const char *title)
{
    return (struct html_column){page_text(str_of(title)), page->study->currency, true};
}
