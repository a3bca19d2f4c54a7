#include "base/arena.h"
#include "report/prices_arithmetic.h"
#include "report/prices_text.h"
#include "report/text_table.h"

/* The commitment is called A, the other offer B. */
enum { DAY_HOURS = 24, PERCENT = 100, LONGEST_TEXT = 1000 };

struct writer {
    struct arena *arena;
    const struct price_tables *tables;
    const struct break_even *b;
};

/* Short, as costs are shown. */
static struct str cost(const struct writer *w, struct fraction amount)
{
    return fraction_short(w->arena, amount, RATE_PLACES);
}

/* Hours, days and shares. */
static struct str two_places(const struct writer *w, struct fraction number)
{
    return fraction_text(w->arena, number, 2);
}

static struct str percent(const struct writer *w, struct fraction part, struct fraction whole)
{
    return two_places(w, fraction_multiply(fraction_divide(part, whole), fraction_of(PERCENT, 1)));
}

static struct str day_text(const struct writer *w, int64_t day)
{
    return date_text(w->arena, day);
}

static struct str offer_line(const struct writer *w, const char *name, const struct offer *offer)
{
    bool term = !term_is_none(offer->term);
    return str_format(w->arena, "%s  %.*s (%s%s%.*s)\n", name,
                      STR_ARGS(text_shown(w->arena, offer->id, LONGEST_TEXT)), offer_kind_names[offer->kind],
                      term ? ", " : "", STR_ARGS(term ? term_text(w->arena, offer->term) : STR("")));
}

static struct str fixed_lines(const struct writer *w, const struct price_rates *rates)
{
    size_t n = 0;
    struct str text = {0};
    for (size_t i = 0; i < rates->n_parts; i++) {
        const struct price_part *part = &rates->parts[i];
        if (part->rule != PART_RUNNING)
            text = str_format(w->arena, "%.*s  %s%.*s\n", STR_ARGS(text), n++ == 0 ? "" : "+ ",
                              STR_ARGS(part_cost(w->arena, w->tables, rates, part)));
    }
    return str_format(w->arena, "%.*s  = %.*s for a term, used or not\n", STR_ARGS(text),
                      STR_ARGS(cost(w, rates->fixed)));
}

static struct str running_lines(const struct writer *w, const struct price_rates *rates)
{
    size_t n = 0;
    struct str text = {0};
    for (size_t i = 0; i < rates->n_parts; i++)
        if (rates->parts[i].rule == PART_RUNNING)
            text = str_format(w->arena, "%.*s  %s%.*s\n", STR_ARGS(text), n++ == 0 ? "" : "+ ",
                              STR_ARGS(part_price(w->arena, w->tables, rates->parts[i].row)));
    return str_format(w->arena, "%.*s  = %.*s for an hour of use\n", STR_ARGS(text),
                      STR_ARGS(cost(w, rates->running)));
}

/* The price that has been in force longest, where that is more than a year. */
static struct str old_line(const struct writer *w, const struct price_rates *rates)
{
    const struct price_row *oldest = NULL;
    for (size_t i = 0; i < rates->n_parts; i++)
        if (oldest == NULL || rates->parts[i].row->effective_from < oldest->effective_from)
            oldest = rates->parts[i].row;
    if (oldest == NULL || w->b->day <= add_months(oldest->effective_from, PRICE_OLD_MONTHS))
        return STR("");
    return str_format(w->arena, "  `%.*s` is a price of %.*s, %d months old\n",
                      STR_ARGS(component_text(w->arena, w->tables, oldest)),
                      STR_ARGS(day_text(w, oldest->effective_from)),
                      months_between(oldest->effective_from, w->b->day));
}

static struct str side(const struct writer *w, const char *name, const struct price_rates *rates)
{
    return str_format(w->arena, "%s costs\n%.*s%.*s%.*s%.*s\n", name, STR_ARGS(fixed_lines(w, rates)),
                      STR_ARGS(running_lines(w, rates)), STR_ARGS(ended_lines(w->arena, w->tables, rates)),
                      STR_ARGS(old_line(w, rates)));
}

/* ---- break-even ---- */

static struct str hours_lines(const struct writer *w)
{
    const struct break_even *b = w->b;
    struct str hours = two_places(w, b->hours), term = cost(w, b->commitment.hours);
    struct fraction days = fraction_divide(b->hours, fraction_of(DAY_HOURS, 1));
    if (!b->has_hours)
        return STR("");
    return str_format(w->arena,
                      "  %.*s / %.*s = %.*s h of use in a term: both cost the same\n"
                      "  %.*s h / %.*s h = %.*s %% of the term\n"
                      "  %.*s h / %d h = %.*s days of running all the time\n",
                      STR_ARGS(cost(w, b->fixed_gap)), STR_ARGS(cost(w, b->running_gap)), STR_ARGS(hours),
                      STR_ARGS(hours), STR_ARGS(term), STR_ARGS(percent(w, b->hours, b->commitment.hours)),
                      STR_ARGS(hours), DAY_HOURS, STR_ARGS(two_places(w, days)));
}

static struct str never_line(const struct writer *w)
{
    const struct break_even *b = w->b;
    struct str term = cost(w, b->commitment.hours);
    if (b->has_hours)
        return str_format(w->arena, "  A pays back after %.*s h of %.*s: never\n",
                          STR_ARGS(fraction_text(w->arena, b->hours, 0)), STR_ARGS(term));
    return str_format(w->arena,
                      "  A never pays back: an hour of use costs %.*s with A and %.*s with B, and A costs "
                      "%.*s more, used or not\n",
                      STR_ARGS(cost(w, b->commitment.running)), STR_ARGS(cost(w, b->against.running)),
                      STR_ARGS(cost(w, b->fixed_gap)));
}

static struct str verdict_line(const struct writer *w)
{
    const struct break_even *b = w->b;
    struct str hours = b->has_hours ? two_places(w, b->hours) : STR("");
    bool same = fraction_sign(b->fixed_gap) == 0 && fraction_sign(b->running_gap) == 0;
    if (b->payback == PAYS_NEVER)
        return never_line(w);
    if (b->payback == PAYS_ALWAYS)
        return same ? STR("  both cost the same, however much they are used\n")
                    : STR("  A costs no more than B, however much they are used in a term\n");
    return str_format(w->arena, "  A costs less %s %.*s h of use in a term\n",
                      b->payback == PAYS_FROM ? "above" : "below", STR_ARGS(hours));
}

static struct str break_even_lines(const struct writer *w)
{
    const struct break_even *b = w->b;
    return str_format(w->arena,
                      "Break-even\n"
                      "  A - B, used or not: %.*s - %.*s = %.*s\n"
                      "  B - A, an hour of use: %.*s - %.*s = %.*s\n"
                      "%.*s%.*s\n",
                      STR_ARGS(cost(w, b->commitment.fixed)), STR_ARGS(cost(w, b->against.fixed)),
                      STR_ARGS(cost(w, b->fixed_gap)), STR_ARGS(cost(w, b->against.running)),
                      STR_ARGS(cost(w, b->commitment.running)), STR_ARGS(cost(w, b->running_gap)),
                      STR_ARGS(hours_lines(w)), STR_ARGS(verdict_line(w)));
}

/* ---- running all the time ---- */

static struct str total_line(const struct writer *w, const char *name, const struct price_rates *rates,
                             struct fraction total)
{
    return str_format(w->arena, "  %s: %.*s + %.*s x %.*s h = %.*s\n", name, STR_ARGS(cost(w, rates->fixed)),
                      STR_ARGS(cost(w, rates->running)), STR_ARGS(cost(w, rates->hours)),
                      STR_ARGS(cost(w, total)));
}

static struct str saving_line(const struct writer *w)
{
    struct fraction a = w->b->commitment_total, b = w->b->against_total;
    int order = fraction_compare(a, b);
    struct fraction more = order > 0 ? a : b, less = order > 0 ? b : a;
    struct fraction saving = fraction_subtract(more, less);
    if (fraction_sign(b) == 0)
        return STR("");
    return str_format(w->arena, "  %.*s - %.*s = %.*s %s with A; %.*s / %.*s = %.*s %% of B\n",
                      STR_ARGS(cost(w, more)), STR_ARGS(cost(w, less)), STR_ARGS(cost(w, saving)),
                      order > 0 ? "more" : "less", STR_ARGS(cost(w, saving)), STR_ARGS(cost(w, b)),
                      STR_ARGS(percent(w, saving, b)));
}

static struct str totals_lines(const struct writer *w)
{
    return str_format(w->arena, "Running all the time, for a term\n%.*s%.*s%.*s\n",
                      STR_ARGS(total_line(w, "A", &w->b->commitment, w->b->commitment_total)),
                      STR_ARGS(total_line(w, "B", &w->b->against, w->b->against_total)),
                      STR_ARGS(saving_line(w)));
}

static struct str month_line(const struct writer *w, int month, int64_t hours, struct fraction amount,
                             const char *order)
{
    const struct break_even *b = w->b;
    struct str rate = cost(w, b->against.running);
    if (fraction_sign(b->against.fixed) != 0)
        rate = str_format(w->arena, "%.*s / %.*s h", STR_ARGS(cost(w, b->against_total)),
                          STR_ARGS(cost(w, b->commitment.hours)));
    return str_format(w->arena, "  B by the end of month %d: %.*s d x %d h x %.*s = %.*s, %s %.*s\n", month,
                      STR_ARGS(cost(w, fraction_of(hours, DAY_HOURS))), DAY_HOURS, STR_ARGS(rate),
                      STR_ARGS(cost(w, amount)), order, STR_ARGS(cost(w, b->commitment_total)));
}

static struct str month_lines(const struct writer *w)
{
    const struct break_even *b = w->b;
    struct str before = {0};
    if (b->month == 0)
        return str_format(w->arena,
                          "  A never pays back within its term: A costs %.*s for the whole term, B %.*s\n\n",
                          STR_ARGS(cost(w, b->commitment_total)), STR_ARGS(cost(w, b->against_total)));
    if (b->month > 1)
        before = month_line(w, b->month - 1, b->hours_before, b->before, "less than");
    return str_format(w->arena,
                      "%.*s%.*s  A has paid back in month %d: B has cost as much as the whole term of A\n\n",
                      STR_ARGS(before),
                      STR_ARGS(month_line(w, b->month, b->hours_after, b->after, "no less than")), b->month);
}

struct str prices_compare_text(struct arena *arena, const struct price_tables *tables,
                               const struct break_even *b)
{
    struct writer w = {arena, tables, b};
    return str_format(
        arena,
        "%.*s%.*sPrices of %.*s in %.*s for one server; the term of A: %.*s\n\n"
        "%.*s%.*s%.*s%.*s"
        "Month of paying back, both running all the time from 1 January, years of 365 days\n%.*s",
        STR_ARGS(offer_line(&w, "A", b->commitment.offer)), STR_ARGS(offer_line(&w, "B", b->against.offer)),
        STR_ARGS(day_text(&w, b->day)), STR_ARGS(b->commitment.currency),
        STR_ARGS(term_line(arena, &b->commitment)), STR_ARGS(side(&w, "A", &b->commitment)),
        STR_ARGS(side(&w, "B", &b->against)), STR_ARGS(break_even_lines(&w)), STR_ARGS(totals_lines(&w)),
        STR_ARGS(month_lines(&w)));
}
