/* Metered quantities by the calendar month: measured, less what is included, cut into tiers. */
#include "base/arena.h"
#include "base/check.h"
#include "ledger/biller.h"
#include "ledger/measure.h"
#include "model/price_family.h"

/* The tiers of one metered component of a layer. */
struct family {
    struct price_family tiers;
    struct open_sheet *sheets; /* [row] */
};

static struct family family_of(struct biller *b, const struct offer *offer, const struct price_row *first)
{
    struct family f = {.tiers = price_family_of(offer, first)};
    f.sheets = ARENA_NEW(b->arena, struct open_sheet, f.tiers.n_rows);
    return f;
}

/* Where the tier of a row ends: where the next one in force begins, in millionths of the unit. */
static int128 tier_end(const struct price_family *tiers, const struct price_row *row, int64_t began)
{
    const struct price_row *next = price_next_tier(tiers, row, began);
    return next == NULL ? (int128)INT64_MAX * MONEY_PER_UNIT : measure_micro(next->tier_from);
}

static int128 within(int128 value, int128 low, int128 high)
{
    return value < low ? 0 : value < high ? value - low : high - low;
}

/* The quantity between two marks of a month, tier by tier. */
static void use_tiers(struct biller *b, struct family *f, int layer, int128 before, int128 after,
                      const struct period *period)
{
    int64_t began = price_generation_at(&f->tiers, period->start_seconds);
    for (size_t i = 0; i < f->tiers.n_rows; i++) {
        const struct price_row *row = &f->tiers.rows[i];
        if (!price_in_force(&f->tiers, row, began))
            continue;
        int128 low = measure_micro(row->tier_from), high = tier_end(&f->tiers, row, began);
        int128 part = within(after, low, high) - within(before, low, high);
        sheet_turn(b, &f->sheets[i], biller_version(b, row, period->start_seconds), layer, -1);
        sheet_use(b, &f->sheets[i], (struct ticks){part, MONEY_PER_UNIT}, period->month);
    }
}

/* What of a month's measured quantity is charged by the time `mark` of it is reached. */
static int128 charged_of(const struct measured *m, int128 mark, int month, bool at_end)
{
    int128 charged = mark > m->included[month] ? mark - m->included[month] : 0;
    return at_end && charged < m->at_least ? m->at_least : charged;
}

static void close_family(struct biller *b, struct family *f)
{
    for (size_t i = 0; i < f->tiers.n_rows; i++)
        sheet_close(b, &f->sheets[i]);
}

void bill_metered(struct biller *b, const struct offer *offer, const struct price_row *series, int layer)
{
    struct family family = family_of(b, offer, series);
    struct measured m = measure(b, offer, series, layer);
    int128 mark = 0, before = 0;
    for (int i = 0; i < b->timeline->n_periods; i++) {
        const struct period *period = &b->timeline->periods[i];
        bool first = i == 0 || b->timeline->periods[i - 1].month != period->month;
        bool last = i + 1 == b->timeline->n_periods || b->timeline->periods[i + 1].month != period->month;
        bool in_demand = period->end_seconds > b->study->start_seconds;
        if (first)
            mark = before = 0;
        mark += m.micro[i];
        int128 after = charged_of(&m, mark, period->month, last && in_demand);
        use_tiers(b, &family, layer, before, after, period);
        before = after;
    }
    close_family(b, &family);
}

/* ---- shares of what is spent ---- */

static bool is_spend(const struct price_row *row)
{
    return row->charged == CHARGED_METERED && row->unit->counted == COUNTED_SPEND;
}

/* Does a charge count towards a service that takes a share: support that of its provider, a tax all. */
static bool counts_as_spend(const struct biller *b, const struct charge *charge, const struct offer *service)
{
    const struct offer *offer = biller_offer(b, charge->layer);
    if (service->taxes)
        return !offer->taxes;
    return !is_spend(charge->price) && str_equal(offer->provider, service->provider);
}

/* What falls due in a month, and is effective in it. */
struct spent {
    money billed, list, effective;
};

static struct spent spent(struct biller *b, const struct offer *service, int month, size_t n_charges)
{
    struct spent sum = {0};
    for (size_t i = 0; i < n_charges; i++) {
        const struct charge *charge = &b->items[i];
        if (charge->month != month || charge->category == CHARGE_HORIZON ||
            !counts_as_spend(b, charge, service))
            continue;
        biller_add(b, &sum.billed, charge->billed);
        biller_add(b, &sum.list, charge->list);
        biller_add(b, &sum.effective, charge->effective);
    }
    return sum;
}

static struct ticks as_quantity(money amount)
{
    return (struct ticks){amount, MONEY_PER_UNIT};
}

/* Credits and obligations at the end of the horizon. */
static money left_at_end(struct biller *b, size_t n_charges)
{
    money sum = 0;
    for (size_t i = 0; i < n_charges; i++)
        if (b->items[i].category == CHARGE_HORIZON)
            biller_add(b, &sum, b->items[i].billed);
    return sum;
}

/* A tax falls due with what it is on, and is effective with it: what is prepaid has its tax prepaid. */
static void bill_tax(struct biller *b, const struct offer *offer, int layer)
{
    size_t n_before = b->n_items;
    struct open_sheet open = {0};
    struct meter effective = {0};
    sheet_turn(b, &open, offer->prices, layer, -1);
    struct sheet *sheet = &open.sheet;
    money ahead = 0;
    for (int i = 0; i < b->timeline->n_months; i++) {
        struct cell *cell = &sheet->months[i];
        struct spent base = spent(b, offer, i, n_before);
        struct decimal rate = sheet->row->price;
        b->overflow |= !meter_add(&open.meter, rate, as_quantity(base.billed), &cell->billed) ||
                       !meter_add(&open.list_meter, rate, as_quantity(base.list), &cell->billed_list) ||
                       !meter_add(&effective, rate, as_quantity(base.effective), &cell->used);
        cell->billed_quantity = money_as_double(base.billed);
        cell->used_quantity = money_as_double(base.effective);
        biller_add(b, &ahead, cell->billed - cell->used);
    }
    sheet->left = ahead;
    sheet->is_share = true;
    money at_end = left_at_end(b, n_before);
    sheet->at_end = sheet_product(b, sheet, as_quantity(at_end)).paid;
    sheet->at_end_quantity = money_as_double(at_end);
    sheet_close(b, &open);
}

/* Spend that support is charged on at least: `at_least` of a meter of spend. */
static int128 least_spend(const struct biller *b, const struct offer *offer, const struct price_row *series)
{
    const struct metering *m = study_metering(b->study, offer, series);
    return m == NULL ? 0 : measure_micro(m->at_least);
}

static void bill_support(struct biller *b, const struct offer *offer, const struct price_row *series,
                         int layer)
{
    size_t n_before = b->n_items;
    struct family family = family_of(b, offer, series);
    int128 at_least = least_spend(b, offer, series);
    for (int i = 0; i < b->timeline->n_periods; i++) {
        const struct period *period = &b->timeline->periods[i];
        if (i + 1 < b->timeline->n_periods && b->timeline->periods[i + 1].month == period->month)
            continue;
        int128 spend = spent(b, offer, period->month, n_before).billed;
        if (spend < at_least && period->end_seconds > b->study->start_seconds)
            spend = at_least;
        use_tiers(b, &family, layer, 0, spend, period);
    }
    close_family(b, &family);
}

void bill_spend(struct biller *b, int layer)
{
    const struct offer *offer = biller_offer(b, layer);
    if (offer->taxes) {
        bill_tax(b, offer, layer);
        return;
    }
    for (size_t i = 0; i < offer->n_prices; i++)
        if (is_spend(&offer->prices[i]) &&
            (i == 0 || !price_same_family(&offer->prices[i - 1], &offer->prices[i])))
            bill_support(b, offer, &offer->prices[i], layer);
}
