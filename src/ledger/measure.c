#include "ledger/measure.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"
#include "supply/stretch.h"

enum { MICRO = 1000000, BITS_PER_BYTE = 8 };

int128 measure_micro(struct decimal d)
{
    return round_half_even((int128)d.digits * MICRO, power_of_ten(d.scale));
}

/* ---- exact factors ---- */

struct ratio {
    int128 numerator, denominator;
};

static int128 greatest_divisor(int128 a, int128 b)
{
    while (b != 0) {
        int128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static void multiply(struct biller *b, struct ratio *r, int128 numerator, int128 denominator)
{
    if (numerator == 0) {
        *r = (struct ratio){0, 1};
        return;
    }
    int128 across = greatest_divisor(r->numerator, denominator),
           along = greatest_divisor(numerator, r->denominator);
    b->overflow |= __builtin_mul_overflow(r->numerator / across, numerator / along, &r->numerator) ||
                   __builtin_mul_overflow(r->denominator / along, denominator / across, &r->denominator);
}

/* Millionths of the row's unit for a quantity of `each`. */
static void in_units(struct biller *b, struct ratio *r, struct decimal each, const struct price_unit *unit)
{
    multiply(b, r, each.digits, power_of_ten(each.scale));
    multiply(b, r, MICRO, b->study->binary_data ? unit->binary_size : unit->size);
}

static int128 times(struct biller *b, int128 base, struct ratio r)
{
    int128 product;
    if (__builtin_mul_overflow(base, r.numerator, &product)) {
        b->overflow = true;
        return 0;
    }
    return round_half_even(product, r.denominator);
}

/* ---- what a period has ---- */

static int32_t step_at(const struct biller *b, int64_t seconds)
{
    int64_t step = (seconds - b->usage->demand->start_seconds) / b->usage->demand->step_seconds;
    return step < 0 ? 0 : step > b->usage->demand->n_steps ? b->usage->demand->n_steps : (int32_t)step;
}

static int128 amount_of(const struct biller *b, const int64_t *amounts, int period)
{
    const struct period *p = &b->timeline->periods[period];
    int128 sum = 0;
    for (int32_t i = step_at(b, p->start_seconds); i < step_at(b, p->end_seconds); i++)
        sum += amounts[i];
    return sum;
}

/* Load served in a step, in millionths of what the workload counts: less the share of it that is lost. */
static int64_t served_in_step(const struct biller *b, int32_t step)
{
    int64_t amount = b->usage->load[step], unmet = b->usage->unmet_by_step[step];
    if (unmet == 0)
        return amount;
    int128 load = (int128)b->usage->demand->load[step] * b->usage->demand->step_seconds;
    return unmet >= load ? 0 : amount - money_share(amount, unmet, load);
}

static int128 served_load(const struct biller *b, int period)
{
    const struct period *p = &b->timeline->periods[period];
    int128 sum = 0;
    for (int32_t i = step_at(b, p->start_seconds); i < step_at(b, p->end_seconds); i++)
        sum += served_in_step(b, i);
    return sum;
}

/* Are the servers of a layer among those that a meter of another counts: a service counts all, a site
 * those that stand on it, any other offer its own? */
static bool counts_layer(const struct biller *b, int meter, int layer)
{
    const struct offer *offer = biller_offer(b, meter);
    if (offer->kind == OFFER_SERVICE)
        return true;
    int site = biller_offer(b, layer)->site;
    return offer->kind == OFFER_SITE ? site >= 0 && &b->study->offers[site] == offer : meter == layer;
}

/* Server-seconds in service within a period that the meter of a layer counts, spares included. */
static int128 in_service(const struct biller *b, int layer, int period)
{
    const struct period *p = &b->timeline->periods[period];
    int128 sum = 0;
    for (size_t i = 0; i < b->plan->n_lots; i++) {
        const struct lot *lot = &b->plan->lots[i];
        if (!counts_layer(b, layer, b->plan->orders[lot->order].layer))
            continue;
        int64_t from =
            lot->in_service_seconds > p->start_seconds ? lot->in_service_seconds : p->start_seconds;
        int64_t to = lot->end_seconds < p->end_seconds ? lot->end_seconds : p->end_seconds;
        if (to > from)
            sum += (int128)(lot->servers + lot->spares) * (to - from);
    }
    for (int i = 0; i < (int)b->strategy->n_layers; i++)
        if (b->strategy->layers[i].rule == SIZE_FOLLOW && counts_layer(b, layer, i))
            sum += b->usage->follows[i].in_service[period];
    return sum;
}

static int128 time_of_demand(const struct biller *b, int period)
{
    const struct period *p = &b->timeline->periods[period];
    int64_t from = p->start_seconds > b->study->start_seconds ? p->start_seconds : b->study->start_seconds;
    return p->end_seconds > from ? p->end_seconds - from : 0;
}

static int128 base_of(struct biller *b, const struct metering *m, int layer, int period)
{
    switch (m->of) {
    case METER_LOAD:
        return served_load(b, period);
    case METER_COLUMN:
        return amount_of(b, b->usage->series[m->series], period);
    case METER_SERVERS:
        return in_service(b, layer, period);
    case METER_USED:
        return b->usage->periods[period].used;
    case METER_TIME:
        return time_of_demand(b, period);
    case METER_SPEND: /* see bill_spend */
    case N_METER_OF:
        break;
    }
    check(!"something to meter without a rule");
    return 0;
}

/* ---- quantities ---- */

/* Seconds of a period as ticks of the unit's time, where what is kept is counted by the month or hour. */
static struct ratio per_time(struct biller *b, const struct price_unit *unit, int period)
{
    struct ticks second;
    int64_t at = b->timeline->periods[period].start_seconds;
    b->overflow |= !rate_through(b->study, unit->time_base, 1, 1, at, at + 1, &second);
    return (struct ratio){second.ticks, second.per_unit};
}

static struct ratio factor_of(struct biller *b, const struct metering *m, const struct price_unit *unit)
{
    struct ratio r = {1, 1};
    in_units(b, &r, m->each, unit);
    if (m->of == METER_LOAD || m->of == METER_COLUMN)
        multiply(b, &r, 1, MICRO);
    if (m->per_seconds > 0)
        multiply(b, &r, 1, m->per_seconds);
    return r;
}

/* Amounts and what is kept: the sum so far, rounded, less what it was before. */
static void measure_sums(struct biller *b, const struct metering *m, const struct price_unit *unit, int layer,
                         int128 *micro)
{
    bool kept = unit->counted == COUNTED_BYTES_KEPT || unit->counted == COUNTED_PIECES_KEPT;
    struct ratio factor = factor_of(b, m, unit);
    int128 sum = 0, before = 0;
    for (int i = 0; i < b->timeline->n_periods; i++) {
        int128 base = base_of(b, m, layer, i);
        struct ratio each = kept ? per_time(b, unit, i) : (struct ratio){1, 1};
        if (i == 0)
            multiply(b, &factor, 1, each.denominator); /* the same in every period */
        b->overflow |= __builtin_mul_overflow(base, each.numerator, &base);
        sum += base;
        int128 now = times(b, sum, factor);
        micro[i] = now - before;
        before = now;
    }
}

/* ---- 95th percentiles ---- */

static int compare_values(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

/* What a step carries, in millionths of what is counted: load that is lost is not carried. */
static int64_t carried(const struct biller *b, const struct metering *m, int32_t step)
{
    return m->of == METER_COLUMN ? b->usage->series[m->series][step] : served_in_step(b, step);
}

static int64_t percentile_of_month(struct biller *b, const struct metering *m, const struct month *month)
{
    int32_t first = step_at(b, month->start_seconds), last = step_at(b, month->end_seconds), n = last - first;
    if (n <= 0)
        return 0;
    int64_t *values = ARENA_NEW(b->arena, int64_t, n);
    for (int32_t i = 0; i < n; i++)
        values[i] = carried(b, m, first + i);
    qsort(values, (size_t)n, sizeof *values, compare_values);
    int64_t k = ((int64_t)n * 95 + 99) / 100;
    return values[k - 1];
}

/* Mbit/s for a month at the month's end; a month of which the study has a part counts as that part. */
static void measure_percentiles(struct biller *b, const struct metering *m, const struct price_unit *unit,
                                int128 *micro)
{
    for (int i = 0; i < b->timeline->n_periods; i++) {
        const struct period *period = &b->timeline->periods[i];
        const struct month *month = &b->timeline->months[period->month];
        if (i + 1 < b->timeline->n_periods && b->timeline->periods[i + 1].month == period->month)
            continue;
        struct ratio factor = {BITS_PER_BYTE, 1};
        in_units(b, &factor, m->each, unit);
        multiply(b, &factor, 1, (int128)MICRO * b->usage->demand->step_seconds);
        int64_t from =
            month->start_seconds > b->study->start_seconds ? month->start_seconds : b->study->start_seconds;
        multiply(b, &factor, month->end_seconds > from ? month->end_seconds - from : 0,
                 month->calendar_end - month->calendar_start);
        micro[i] = times(b, percentile_of_month(b, m, month), factor);
    }
}

/* The allowance of the servers of the offer in a month. */
static void measure_included(struct biller *b, const struct metering *m, const struct price_unit *unit,
                             int layer, int128 *included)
{
    struct ratio factor = {1, 1};
    in_units(b, &factor, m->included, unit);
    for (int i = 0; i < b->timeline->n_periods && m->included.digits > 0; i++) {
        struct ticks month;
        const struct period *period = &b->timeline->periods[i];
        b->overflow |= !rate_through(b->study, TIME_MONTH, in_service(b, layer, i), 1, period->start_seconds,
                                     period->start_seconds + 1, &month);
        struct ratio r = factor;
        multiply(b, &r, 1, month.per_unit);
        included[period->month] += times(b, month.ticks, r);
    }
}

struct measured measure(struct biller *b, const struct offer *offer, const struct price_row *series,
                        int layer)
{
    const struct metering *m = study_metering(b->study, offer, series);
    check(m != NULL); /* study_check refuses a metered price without a meter */
    struct measured measured = {.micro = ARENA_NEW(b->arena, int128, b->timeline->n_periods),
                                .included = ARENA_NEW(b->arena, int128, b->timeline->n_months),
                                .at_least = measure_micro(m->at_least)};
    if (series->unit->counted == COUNTED_PERCENTILE)
        measure_percentiles(b, m, series->unit, measured.micro);
    else
        measure_sums(b, m, series->unit, layer, measured.micro);
    measure_included(b, m, series->unit, layer, measured.included);
    return measured;
}
