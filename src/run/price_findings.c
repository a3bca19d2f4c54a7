#include "run/price_findings.h"

#include <stdlib.h>

#include "base/arena.h"
#include "run/price_facts.h"

enum { JUMP = 10 };

struct finder {
    struct arena *arena;
    const struct price_tables *tables;
    struct finding_list *findings;
    int64_t newest;       /* day on which the newest price of all begins */
    struct arena scratch; /* for one pair of offers */
};

static struct finding *add(struct finder *f, enum finding_kind kind, const struct offer *offer,
                           const struct price_row *row)
{
    struct finding *finding = ARENA_APPEND(f->arena, f->findings);
    *finding = (struct finding){.kind = kind, .offer = offer, .row = row};
    return finding;
}

/* ---- row after row ---- */

static bool jumps(const struct price_row *row, const struct price_row *next)
{
    struct fraction from = fraction_of_decimal(row->price), to = fraction_of_decimal(next->price);
    if (fraction_sign(from) == 0 || fraction_sign(to) == 0)
        return false;
    struct fraction times = fraction_divide(to, from), limit = fraction_of(JUMP, 1);
    return fraction_compare(times, limit) >= 0 || fraction_compare(times, fraction_of(1, JUMP)) <= 0;
}

static void find_pairs(struct finder *f, const struct offer *offer, enum finding_kind kind)
{
    for (size_t i = 0; i + 1 < offer->n_prices; i++) {
        const struct price_row *row = &offer->prices[i], *next = row + 1;
        if (!price_same_series(row, next))
            continue;
        if (kind == FINDING_GAP ? row->effective_to < next->effective_from : jumps(row, next))
            add(f, kind, offer, row)->other_row = next;
    }
}

static void find_old(struct finder *f, const struct offer *offer)
{
    for (size_t i = 0; i < offer->n_prices; i++) {
        const struct price_row *row = &offer->prices[i];
        bool last = i + 1 == offer->n_prices || !price_same_series(row, row + 1);
        if (last && add_months(row->effective_from, PRICE_OLD_MONTHS) < f->newest)
            add(f, FINDING_OLD, offer, row)->day = f->newest;
    }
}

/* ---- offer against offer ---- */

static bool in_force(const struct price_rates *rates)
{
    for (size_t i = 0; i < rates->n_parts; i++)
        if (rates->parts[i].has_ended)
            return false;
    return rates->state == RATES_GOOD && rates->n_parts > 0;
}

static bool comparable(const struct price_rates *a, const struct price_rates *b)
{
    return in_force(a) && in_force(b) && str_equal(a->currency, b->currency);
}

static void find_never(struct finder *f, const struct offer *offer)
{
    int64_t *days;
    if (offer->discounts < 0 || term_is_none(offer->term))
        return;
    const struct offer *pair[] = {offer, &f->tables->offers[offer->discounts]};
    size_t n = price_cuts(f->arena, pair, 2, &days);
    for (size_t i = 0; i < n; i++) {
        struct break_even b = price_break_even(f->arena, pair[0], pair[1], days[i]);
        if (!comparable(&b.commitment, &b.against) || b.payback != PAYS_NEVER)
            continue;
        struct break_even *kept = ARENA_NEW(f->arena, struct break_even, 1);
        *kept = b;
        struct finding *finding = add(f, FINDING_NEVER_PAYS_BACK, offer, b.commitment.parts[0].row);
        finding->day = days[i];
        finding->break_even = kept;
    }
}

/* By months of 730 h, so that 12 mo are 1 yr in every year. */
static int64_t nominal_seconds(struct term term)
{
    return term.months > 0 ? (int64_t)term.months * MONTH_HOURS * HOUR_SECONDS : term.seconds;
}

static bool is_dearer(struct arena *arena, const struct offer *longer, const struct offer *shorter,
                      int64_t day, struct price_rates *rates)
{
    rates[0] = price_rates_on(arena, longer, day, (struct term){0});
    rates[1] = price_rates_on(arena, shorter, day, (struct term){0});
    return comparable(&rates[0], &rates[1]) && fraction_compare(rates[0].hourly, rates[1].hourly) > 0;
}

/* The first day on which it is so; INT64_MAX: none. */
static int64_t dearer_day(struct arena *scratch, const struct offer *longer, const struct offer *shorter)
{
    int64_t *days;
    struct price_rates rates[2];
    const struct offer *pair[] = {longer, shorter};
    size_t n = price_cuts(scratch, pair, 2, &days);
    for (size_t i = 0; i < n; i++)
        if (is_dearer(scratch, longer, shorter, days[i], rates))
            return days[i];
    return INT64_MAX;
}

static void find_dearer(struct finder *f, const struct offer *longer, const struct offer *shorter)
{
    int64_t day = dearer_day(&f->scratch, longer, shorter);
    arena_reset(&f->scratch);
    if (day == INT64_MAX)
        return;
    struct price_rates *rates = ARENA_NEW(f->arena, struct price_rates, 2);
    is_dearer(f->arena, longer, shorter, day, rates);
    struct finding *finding = add(f, FINDING_LONGER_DEARER, longer, rates[0].parts[0].row);
    finding->day = day;
    finding->rates = rates;
}

/* The same thing on other terms: kind, provider, region and item. */
static int compare_things(const struct offer *a, const struct offer *b)
{
    int order = (a->kind > b->kind) - (a->kind < b->kind);
    order = order == 0 ? str_compare(a->provider, b->provider) : order;
    order = order == 0 ? str_compare(a->region, b->region) : order;
    return order == 0 ? str_compare(a->item, b->item) : order;
}

static int compare_offers(const void *a, const void *b)
{
    const struct offer *const *left = a, *const *right = b;
    int order = compare_things(*left, *right);
    return order == 0 ? (*left > *right) - (*left < *right) : order;
}

/* Every offer, those of the same thing beside each other. */
static const struct offer **sort_offers(struct finder *f)
{
    const struct offer **sorted = ARENA_NEW(f->arena, const struct offer *, f->tables->n_offers + 1);
    for (size_t i = 0; i < f->tables->n_offers; i++)
        sorted[i] = &f->tables->offers[i];
    qsort(sorted, f->tables->n_offers, sizeof *sorted, compare_offers);
    return sorted;
}

static void find_dearer_than_others(struct finder *f, const struct offer *offer, const struct offer **sorted)
{
    size_t low = 0, high = f->tables->n_offers;
    if (offer->item.length == 0 || term_is_none(offer->term))
        return;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_things(sorted[middle], offer) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < f->tables->n_offers && compare_things(sorted[i], offer) == 0; i++)
        if (sorted[i]->n_prices > 0 && !term_is_none(sorted[i]->term) &&
            nominal_seconds(sorted[i]->term) < nominal_seconds(offer->term))
            find_dearer(f, offer, sorted[i]);
}

static int64_t newest_day(const struct price_tables *tables)
{
    int64_t newest = INT64_MIN;
    for (size_t i = 0; i < tables->n_offers; i++)
        for (size_t j = 0; j < tables->offers[i].n_prices; j++)
            if (tables->offers[i].prices[j].effective_from > newest)
                newest = tables->offers[i].prices[j].effective_from;
    return newest;
}

void price_findings(struct arena *arena, const struct price_tables *tables, struct finding_list *findings)
{
    struct finder f = {.arena = arena, .tables = tables, .findings = findings, .newest = newest_day(tables)};
    const struct offer **sorted = sort_offers(&f);
    for (size_t i = 0; i < tables->n_offers; i++) {
        const struct offer *offer = &tables->offers[i];
        if (offer->n_prices == 0)
            continue;
        find_pairs(&f, offer, FINDING_GAP);
        find_old(&f, offer);
        find_pairs(&f, offer, FINDING_JUMP);
        find_never(&f, offer);
        find_dearer_than_others(&f, offer, sorted);
        if (offer->discounts_name.length > 0 && offer->discounts < 0)
            add(&f, FINDING_UNKNOWN_OFFER, offer, NULL);
    }
    arena_free(&f.scratch);
}
