#include "run/price_facts.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"

enum { YEAR_MONTHS = 12, YEAR_DAYS = 365, DAY_HOURS = 24 };

int64_t price_first_day(const struct offer *offer)
{
    int64_t first = INT64_MIN;
    for (size_t i = 0; i < offer->n_prices; i++)
        if (price_starts_series(offer, &offer->prices[i]) && offer->prices[i].effective_from > first)
            first = offer->prices[i].effective_from;
    return first;
}

static int compare_days(const void *a, const void *b)
{
    const int64_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

size_t price_cuts(struct arena *arena, const struct offer *const *offers, size_t n_offers, int64_t **days)
{
    size_t n_rows = 0, n = 0, n_different = 0;
    for (size_t i = 0; i < n_offers; i++)
        n_rows += offers[i]->n_prices;
    int64_t *all = *days = ARENA_NEW(arena, int64_t, 2 * n_rows + 1);
    for (size_t i = 0; i < n_offers; i++) {
        for (size_t j = 0; j < offers[i]->n_prices; j++) {
            all[n++] = offers[i]->prices[j].effective_from;
            all[n++] = offers[i]->prices[j].effective_to;
        }
    }
    qsort(all, n, sizeof *all, compare_days);
    for (size_t i = 0; i < n; i++)
        if (all[i] != INT64_MAX && (n_different == 0 || all[i] != all[n_different - 1]))
            all[n_different++] = all[i];
    return n_different;
}

/* ---- rates ---- */

static struct fraction term_hours(int64_t day, struct term term)
{
    return fraction_of(term_is_none(term) ? 0 : term_end(day, term) - day, HOUR_SECONDS);
}

static enum rates_state find_rule(const struct price_rates *rates, const struct price_row *row,
                                  enum part_rule *rule)
{
    bool starts = row->charged == CHARGED_ONCE || row->charged == CHARGED_TERM;
    enum time_base base = row->unit->time_base;
    if (row->unit->counted != COUNTED_SERVERS)
        return RATES_NEED_STUDY;
    if (starts && base == TIME_NONE) {
        bool same = fraction_compare(rates->hours, rates->own_hours) == 0;
        *rule = same ? PART_START : PART_START_SHARED;
        return fraction_sign(rates->own_hours) > 0 ? RATES_GOOD : RATES_NO_TERM;
    }
    if (row->charged == CHARGED_RUNNING && base == TIME_HOUR)
        *rule = PART_RUNNING;
    else if (row->charged == CHARGED_HELD && base == TIME_HOUR)
        *rule = PART_HOURS;
    else if (row->charged == CHARGED_HELD && base == TIME_MONTH)
        *rule = rates->over.months > 0 ? PART_MONTHS : PART_MONTH_HOURS;
    else
        return RATES_NEED_STUDY;
    return RATES_GOOD;
}

static void rate_part(const struct price_rates *rates, struct price_part *part)
{
    struct fraction price = fraction_of_decimal(part->row->price);
    bool starts = part->rule == PART_START || part->rule == PART_START_SHARED;
    bool monthly = part->rule == PART_MONTHS || part->rule == PART_MONTH_HOURS;
    part->hourly = price;
    if (starts)
        part->hourly = fraction_divide(price, rates->own_hours);
    if (monthly)
        part->hourly = fraction_divide(price, fraction_of(MONTH_HOURS, 1));
    part->cost = fraction_multiply(part->hourly, rates->hours);
    if (part->rule == PART_MONTHS)
        part->cost = fraction_multiply(price, fraction_of(rates->over.months, 1));
    if (part->rule == PART_RUNNING)
        part->cost = fraction_of(0, 1);
}

static void blame(struct price_rates *rates, enum rates_state state, const struct price_row *row)
{
    if (rates->state != RATES_GOOD)
        return;
    rates->state = state;
    rates->culprit = row;
}

static void add_part(struct price_rates *rates, const struct price_row *first_of_series, int64_t day)
{
    struct price_part part = {.row = offer_price_at(rates->offer, first_of_series, day)};
    if (part.row == NULL) {
        blame(rates, RATES_NO_PRICE, first_of_series);
        return;
    }
    enum rates_state state = find_rule(rates, part.row, &part.rule);
    if (state != RATES_GOOD) {
        blame(rates, state, part.row);
        return;
    }
    if (rates->currency.length == 0)
        rates->currency = part.row->currency;
    if (!str_equal(part.row->currency, rates->currency))
        blame(rates, RATES_TWO_CURRENCIES, part.row);
    part.has_ended = part.row->effective_to <= day;
    rate_part(rates, &part);
    rates->parts[rates->n_parts++] = part;
}

/* By rule, which is the order start, held, running; ties as in the table. */
static int compare_parts(const void *a, const void *b)
{
    const struct price_part *left = a, *right = b;
    if (left->rule != right->rule)
        return left->rule < right->rule ? -1 : 1;
    return left->row < right->row ? -1 : left->row > right->row;
}

static void add_up(struct price_rates *rates)
{
    rates->fixed = rates->running = rates->hourly = fraction_of(0, 1);
    for (size_t i = 0; i < rates->n_parts; i++) {
        const struct price_part *part = &rates->parts[i];
        rates->fixed = fraction_add(rates->fixed, part->cost);
        rates->hourly = fraction_add(rates->hourly, part->hourly);
        if (part->rule == PART_RUNNING)
            rates->running = fraction_add(rates->running, part->hourly);
    }
    if (!fraction_fits(rates->fixed) || !fraction_fits(rates->hourly))
        blame(rates, RATES_TOO_LARGE, rates->offer->prices);
}

struct price_rates price_rates_on(struct arena *arena, const struct offer *offer, int64_t day,
                                  struct term over)
{
    struct price_rates rates = {.offer = offer, .from = day, .until = INT64_MAX};
    rates.over = term_is_none(over) ? offer->term : over;
    rates.hours = term_hours(day, rates.over);
    rates.own_hours = term_hours(day, offer->term);
    rates.parts = ARENA_NEW(arena, struct price_part, offer->n_prices + 1);
    for (size_t i = 0; i < offer->n_prices; i++)
        if (price_starts_series(offer, &offer->prices[i]))
            add_part(&rates, &offer->prices[i], day);
    qsort(rates.parts, rates.n_parts, sizeof *rates.parts, compare_parts);
    add_up(&rates);
    return rates;
}

size_t price_spans(struct arena *arena, const struct offer *offer, struct price_rates **spans)
{
    int64_t *days;
    size_t n = price_cuts(arena, &offer, 1, &days);
    *spans = ARENA_NEW(arena, struct price_rates, n + 1);
    for (size_t i = 0; i < n; i++) {
        (*spans)[i] = price_rates_on(arena, offer, days[i], (struct term){0});
        (*spans)[i].until = i + 1 < n ? days[i + 1] : INT64_MAX;
    }
    return n;
}

/* ---- break-even ---- */

static void find_payback(struct break_even *b)
{
    int fixed = fraction_sign(b->fixed_gap), running = fraction_sign(b->running_gap);
    b->has_hours = fixed != 0 && fixed == running;
    b->payback = fixed <= 0 && running >= 0 ? PAYS_ALWAYS : PAYS_NEVER;
    if (!b->has_hours)
        return;
    b->hours = fraction_divide(b->fixed_gap, b->running_gap);
    bool within = fraction_fits(b->hours) && fraction_compare(b->hours, b->commitment.hours) <= 0;
    if (fixed > 0)
        b->payback = within ? PAYS_FROM : PAYS_NEVER;
    else
        b->payback = within ? PAYS_UP_TO : PAYS_ALWAYS;
}

/* Hours from 1 January to the end of the n-th month, in years of 365 days as 1970 is one. */
static int64_t hours_to_month_end(int n)
{
    int64_t in_year = add_months(0, n % YEAR_MONTHS) / HOUR_SECONDS;
    return (int64_t)(n / YEAR_MONTHS) * YEAR_DAYS * DAY_HOURS + in_year;
}

static void find_month(struct break_even *b)
{
    if (fraction_compare(b->commitment_total, b->against_total) > 0)
        return;
    struct fraction hourly = fraction_divide(b->against_total, b->commitment.hours);
    struct fraction wanted = fraction_of(0, 1); /* where both are free */
    if (fraction_sign(hourly) != 0)
        wanted = fraction_divide(b->commitment_total, hourly);
    if (!fraction_fits(wanted))
        return;
    for (b->month = 1; fraction_compare(fraction_of(hours_to_month_end(b->month), 1), wanted) < 0;)
        b->month++;
    b->hours_before = hours_to_month_end(b->month - 1);
    b->hours_after = hours_to_month_end(b->month);
    b->before = fraction_multiply(hourly, fraction_of(b->hours_before, 1));
    b->after = fraction_multiply(hourly, fraction_of(b->hours_after, 1));
}

static struct fraction total(const struct price_rates *rates)
{
    return fraction_add(rates->fixed, fraction_multiply(rates->running, rates->hours));
}

static void refuse_what_is_too_large(struct break_even *b)
{
    if (!fraction_fits(b->fixed_gap) || !fraction_fits(b->running_gap) ||
        !fraction_fits(b->commitment_total) || !fraction_fits(b->against_total))
        blame(&b->commitment, RATES_TOO_LARGE, b->commitment.offer->prices);
}

struct break_even price_break_even(struct arena *arena, const struct offer *commitment,
                                   const struct offer *against, int64_t day)
{
    struct break_even b = {.day = day, .payback = PAYS_NEVER};
    check(!term_is_none(commitment->term));
    b.commitment = price_rates_on(arena, commitment, day, (struct term){0});
    b.against = price_rates_on(arena, against, day, commitment->term);
    if (b.commitment.state != RATES_GOOD || b.against.state != RATES_GOOD)
        return b;
    b.fixed_gap = fraction_subtract(b.commitment.fixed, b.against.fixed);
    b.running_gap = fraction_subtract(b.against.running, b.commitment.running);
    b.commitment_total = total(&b.commitment);
    b.against_total = total(&b.against);
    refuse_what_is_too_large(&b);
    if (b.commitment.state != RATES_GOOD)
        return b;
    find_payback(&b);
    find_month(&b);
    return b;
}
