#include "rating/lease_meter.h"

#include "base/arena.h"
#include "base/check.h"
#include "rating/discount.h"
#include "rating/lease.h"
#include "rating/lease_metered.h"
#include "rating/rate.h"
#include "rating/resale.h"

/* Amounts are summed in 2^-20 of a part, factors are 2^40 for 1: exact where nothing is discounted and
 * divided. */
enum { FINE_BITS = 20, FACTOR_BITS = 40 };

/* What one server of a price row costs from the beginning to the start of each period, discounted. Within
 * a period it grows evenly. */
struct curve {
    const struct price_row *row; /* NULL: the row of each day */
    int128 *until;               /* [n_periods + 1] */
};

struct row_meter {
    const struct price_row *first;
    struct lease_metered metered; /* of CHARGED_METERED */
    struct curve *curves;         /* of what is held or runs: one a row, or one for the row of each day */
    size_t n_curves;
};

struct lease_meter {
    const struct study *study;
    const struct timeline *timeline;
    const struct offer *offer;
    int64_t parts;
    int64_t *factors; /* [n_months + 1] */
    struct row_meter *items;
    size_t n_items;
};

/* a x b / c, a and b not negative, c > 0: exact where the product fits, otherwise to some 60 bits. */
static int128 product_share(int128 a, int128 b, int128 c)
{
    int128 product;
    while (__builtin_mul_overflow(a, b, &product)) {
        if (a > b)
            a >>= 1;
        else
            b >>= 1;
        c >>= 1;
    }
    return product / (c > 0 ? c : 1);
}

static int128 weighed(int128 amount, int64_t factor)
{
    return product_share(amount, factor, (int128)1 << FACTOR_BITS);
}

/* A share part/whole of an amount. */
static int128 share(int128 amount, int64_t part, int64_t whole)
{
    return product_share(amount, part, whole);
}

static int128 amount_of(const struct lease_meter *m, const struct price_row *row, struct ticks quantity)
{
    int128 ticks = quantity.ticks, unit = quantity.per_unit;
    int128 scale = (int128)power_of_ten(row->price.scale);
    if (m->offer->spares.digits > 0 && row->unit->counted != COUNTED_MBPS &&
        row->unit->counted != COUNTED_ADMINS) {
        ticks *= power_of_ten(m->offer->spares.scale) + m->offer->spares.digits;
        unit *= power_of_ten(m->offer->spares.scale);
    }
    return product_share(product_share(row->price.digits, ticks, 1),
                         (int128)m->parts * MONEY_PER_UNIT << FINE_BITS, scale * unit);
}

/* ---- what is held or runs ---- */

/* Usage falls due in its month or in the next. */
static int64_t factor_of_use(const struct lease_meter *m, int month)
{
    return m->factors[month + (m->study->usage_in_arrears ? 1 : 0)];
}

static const struct price_row *row_on(const struct lease_meter *m, const struct row_meter *s, int64_t day)
{
    const struct price_row *row = offer_price_at(m->offer, s->first, day);
    return row == NULL ? s->first : row;
}

static const struct price_row *version_due(const struct lease_meter *m, const struct price_row *row,
                                           int64_t seconds)
{
    bool later = m->study->usage_in_arrears && m->offer->contract.escalator.digits == 0;
    return price_version_at(row, later ? add_months(month_start(seconds), 1) : seconds);
}

static int128 cost_of_period(const struct lease_meter *m, const struct price_row *row,
                             const struct period *period)
{
    struct ticks quantity;
    row = version_due(m, row, period->start_seconds);
    if (!rate_held(m->study, row, 1, period->start_seconds, period->end_seconds, &quantity))
        return 0;
    quantity.per_unit *= lease_servers_in_a_piece(m->offer, row->unit->counted);
    return weighed(amount_of(m, row, quantity), factor_of_use(m, period->month));
}

static int128 metered_in_period(const struct lease_meter *m, const struct row_meter *s,
                                const struct period *period)
{
    struct ticks quantity;
    const struct price_row *least = lease_metered_least(&s->metered, period);
    if (least == NULL || !lease_metered_quantity(m->study, &s->metered, period, &quantity))
        return 0;
    return weighed(amount_of(m, version_due(m, least, period->start_seconds), quantity),
                   factor_of_use(m, period->month));
}

static struct curve curve_of(struct arena *arena, const struct lease_meter *m, const struct row_meter *s,
                             const struct price_row *row)
{
    const struct timeline *timeline = m->timeline;
    struct curve curve = {row, ARENA_NEW(arena, int128, timeline->n_periods + 1)};
    for (int i = 0; i < timeline->n_periods; i++) {
        const struct period *period = &timeline->periods[i];
        const struct price_row *charged = row == NULL ? row_on(m, s, period->start_seconds) : row;
        bool in_force = row != NULL || period->start_seconds >= charged->effective_from;
        curve.until[i + 1] = curve.until[i] + (in_force ? cost_of_period(m, charged, period) : 0);
    }
    return curve;
}

static struct curve metered_curve(struct arena *arena, const struct lease_meter *m, const struct row_meter *s)
{
    const struct timeline *timeline = m->timeline;
    struct curve curve = {NULL, ARENA_NEW(arena, int128, timeline->n_periods + 1)};
    for (int i = 0; i < timeline->n_periods; i++)
        curve.until[i + 1] = curve.until[i] + metered_in_period(m, s, &timeline->periods[i]);
    return curve;
}

static bool keeps_the_day(const struct price_row *first)
{
    return first->follows_day || first->unit->whole;
}

static void make_curves(struct arena *arena, const struct lease_meter *m, struct row_meter *s)
{
    const struct offer *offer = m->offer;
    size_t n = keeps_the_day(s->first) ? 1 : offer->n_prices;
    s->curves = ARENA_NEW(arena, struct curve, n);
    if (s->first->charged == CHARGED_METERED) {
        s->curves[s->n_curves++] = metered_curve(arena, m, s);
        return;
    }
    if (keeps_the_day(s->first)) {
        s->curves[s->n_curves++] = curve_of(arena, m, s, NULL);
        return;
    }
    for (size_t i = 0; i < offer->n_prices; i++)
        if (price_same_series(s->first, &offer->prices[i]))
            s->curves[s->n_curves++] = curve_of(arena, m, s, &offer->prices[i]);
}

static int128 until(const struct lease_meter *m, const struct curve *curve, int64_t seconds)
{
    const struct timeline *timeline = m->timeline;
    if (seconds <= timeline->periods[0].start_seconds)
        return 0;
    if (seconds >= timeline->periods[timeline->n_periods - 1].end_seconds)
        return curve->until[timeline->n_periods];
    int at = timeline_period_at(timeline, seconds);
    const struct period *period = &timeline->periods[at];
    return curve->until[at] + share(curve->until[at + 1] - curve->until[at], seconds - period->start_seconds,
                                    period->end_seconds - period->start_seconds);
}

static int128 between(const struct lease_meter *m, const struct curve *curve, int64_t from, int64_t to)
{
    return until(m, curve, to) - until(m, curve, from);
}

/* Commitments still have to pay by the hour after the horizon. */
static int128 owed_after(const struct lease_meter *m, const struct row_meter *s, const struct lease *lease)
{
    int128 sum = 0;
    bool owes = m->offer->kind == OFFER_HOSTING || offer_is_reservation(m->offer);
    if (m->study->at_end != AT_END_FULL || !owes || keeps_the_day(s->first) != s->first->follows_day)
        return 0;
    for (int64_t at = m->study->end_seconds; at < lease->to_seconds;) {
        struct ticks quantity;
        int64_t month_end = add_months(month_start(at), 1);
        int64_t to = month_end < lease->to_seconds ? month_end : lease->to_seconds;
        const struct price_row *row = row_on(m, s, s->first->follows_day ? at : lease->ordered_seconds);
        if (rate_held(m->study, price_version_at(row, at), 1, at, to, &quantity))
            sum += amount_of(m, price_version_at(row, at), quantity);
        at = to;
    }
    return weighed(sum, m->factors[m->timeline->n_months]);
}

static int128 held_cost(const struct lease_meter *m, const struct row_meter *s, const struct lease *lease)
{
    const struct curve *curve = &s->curves[0];
    const struct price_row *row = row_on(m, s, lease->ordered_seconds);
    for (size_t i = 0; i < s->n_curves; i++)
        if (s->curves[i].row == row)
            curve = &s->curves[i];
    return between(m, curve, lease->from_seconds, lease->to_seconds) + owed_after(m, s, lease);
}

/* ---- what is bought ---- */

static int month_of(const struct lease_meter *m, int64_t seconds)
{
    int64_t first = m->timeline->months[0].calendar_start;
    int month = months_between(first, seconds);
    return month < m->timeline->n_months ? month : m->timeline->n_months;
}

/* What counts at the end of what was bought for [from, to). */
static int128 left_at_end(const struct lease_meter *m, int128 amount, int64_t from, int64_t to)
{
    int64_t end = m->study->end_seconds;
    return to > end ? share(amount, to - end, to - from) : 0;
}

static int128 at_end(const struct lease_meter *m, int128 amount)
{
    int64_t factor = m->factors[m->timeline->n_months];
    return amount < 0 ? -weighed(-amount, factor) : weighed(amount, factor);
}

static int128 financed(const struct lease_meter *m, const struct price_row *row, int128 payment,
                       const struct lease *lease)
{
    int128 sum = 0, unpaid = 0;
    for (int k = 1; k <= row->n_payments; k++) {
        int64_t due = add_months(lease->from_seconds, k);
        if (due < m->study->end_seconds)
            sum += weighed(payment, m->factors[month_of(m, due)]);
        else
            unpaid += payment;
    }
    if (m->study->at_end == AT_END_FULL)
        return sum + at_end(m, unpaid);
    int128 left = left_at_end(m, payment * row->n_payments, lease->from_seconds, lease->to_seconds);
    return sum - at_end(m, left - unpaid);
}

/* A server that is sold for a share of its price, at the end of its life or of the horizon. */
static int128 resold(const struct lease_meter *m, int128 amount, const struct lease *lease)
{
    int64_t end = m->study->end_seconds, from = lease->from_seconds, to = lease->to_seconds;
    int128 back = share(amount, resale_share(m->offer, from, to), RESALE_UNIT);
    if (to < end)
        return -weighed(back, m->factors[month_of(m, to)]);
    if (m->study->at_end == AT_END_FULL)
        return 0;
    if (m->study->at_end == AT_END_RESALE)
        return -at_end(m, share(amount, resale_share(m->offer, from, end), RESALE_UNIT));
    return -at_end(m, left_at_end(m, amount - back, from, to) + back);
}

static int128 purchase_cost(const struct lease_meter *m, const struct row_meter *s, const struct lease *lease)
{
    struct ticks quantity;
    int64_t due = m->study->purchases_at_order ? lease->ordered_seconds : lease->from_seconds;
    if ((s->first->charged == CHARGED_ONCE && lease->renewal) || due < m->study->decide_from_seconds)
        return 0;
    const struct price_row *row =
        row_on(m, s, s->first->follows_day ? lease->from_seconds : lease->ordered_seconds);
    row = price_version_at(row, due);
    if (!rate_pieces(m->study, row, 1, &quantity))
        return 0;
    int128 amount = amount_of(m, row, quantity);
    if (row->n_payments > 0)
        return financed(m, row, amount, lease);
    int128 cost = weighed(amount, m->factors[month_of(m, due)]);
    if (m->offer->n_resale > 0 && row->charged == CHARGED_TERM && row->unit->counted == COUNTED_SERVERS)
        return cost + resold(m, amount, lease);
    if (m->study->at_end == AT_END_FULL)
        return cost;
    return cost - at_end(m, left_at_end(m, amount, lease->from_seconds, lease->to_seconds));
}

/* Contract months, each due in full at its start: the k-th falls due k calendar months after the first. */
static int128 contract_months_cost(const struct lease_meter *m, const struct row_meter *s,
                                   const struct lease *lease)
{
    int128 cost = 0;
    int64_t end = m->study->end_seconds, due = lease->from_seconds;
    int64_t base = m->offer->by_calendar ? month_start(due) : due;
    for (int k = 0; due < lease->to_seconds; k++) {
        int64_t next = add_months(base, k + 1);
        const struct price_row *row = row_on(m, s, s->first->follows_day ? due : lease->ordered_seconds);
        int128 amount = amount_of(m, price_version_at(row, due), (struct ticks){1, 1});
        if (due < end)
            cost += weighed(amount, m->factors[month_of(m, due)]);
        else if (m->study->at_end == AT_END_FULL)
            cost += at_end(m, amount);
        else
            break;
        if (m->study->at_end != AT_END_FULL)
            cost -= at_end(m, left_at_end(m, amount, due, next));
        due = next;
    }
    return cost;
}

/* An early end falls due with it: a sum, or by the month left out. Behind the horizon it is an obligation. */
static int128 early_end_cost(const struct lease_meter *m, const struct row_meter *s,
                             const struct lease *lease)
{
    const struct price_row *row =
        row_on(m, s, s->first->follows_day ? lease->from_seconds : lease->ordered_seconds);
    int64_t months = row->unit->time_base == TIME_MONTH ? lease->months_left : 1;
    if (lease->months_left == 0)
        return 0;
    int128 amount = amount_of(m, price_version_at(row, lease->to_seconds), (struct ticks){months, 1});
    if (lease->to_seconds >= m->study->end_seconds)
        return m->study->at_end == AT_END_FULL ? at_end(m, amount) : 0;
    return weighed(amount, m->factors[month_of(m, lease->to_seconds)]);
}

/* ---- the meter ---- */

static bool counts(const struct lease_meter *m, const struct price_row *row, struct lease_metered *metered)
{
    if (row->charged == CHARGED_METERED)
        return lease_metered_of(m->study, m->offer, row, metered);
    return price_starts_series(m->offer, row) && row->unit->counted != COUNTED_FLAT;
}

static bool is_by_time(const struct offer *offer, const struct price_row *row)
{
    return (row->charged == CHARGED_HELD && !price_is_by_contract_month(offer, row)) ||
           row->charged == CHARGED_RUNNING || row->charged == CHARGED_METERED;
}

static void make_factors(struct arena *arena, struct lease_meter *m)
{
    struct arena scratch = {0};
    int n_months = m->timeline->n_months;
    const double *factors = discount_factors(&scratch, m->study, n_months);
    m->factors = ARENA_NEW(arena, int64_t, n_months + 1);
    for (int i = 0; i <= n_months; i++)
        m->factors[i] = (int64_t)(factors[i] * (double)((int64_t)1 << FACTOR_BITS) + 0.5);
    arena_free(&scratch);
}

struct lease_meter *lease_meter_make(struct arena *arena, const struct study *study,
                                     const struct timeline *timeline, const struct offer *offer,
                                     int64_t parts)
{
    struct lease_meter *m = ARENA_NEW(arena, struct lease_meter, 1);
    *m = (struct lease_meter){.study = study, .timeline = timeline, .offer = offer, .parts = parts};
    make_factors(arena, m);
    m->items = ARENA_NEW(arena, struct row_meter, offer->n_prices);
    for (size_t i = 0; i < offer->n_prices; i++) {
        struct lease_metered metered = {0};
        if (!counts(m, &offer->prices[i], &metered))
            continue;
        struct row_meter *s = &m->items[m->n_items++];
        s->first = &offer->prices[i];
        s->metered = metered;
        if (is_by_time(offer, s->first))
            make_curves(arena, m, s);
    }
    return m;
}

static bool in_parts(int128 fine, int64_t *parts)
{
    int128 whole = (fine + ((int128)1 << (FINE_BITS - 1))) >> FINE_BITS;
    *parts = whole > INT64_MAX || whole < INT64_MIN ? INT64_MAX : (int64_t)whole;
    return *parts == whole;
}

bool lease_meter_cost(const struct lease_meter *m, const struct lease *lease, int64_t *parts)
{
    int128 sum = 0;
    for (size_t i = 0; i < m->n_items; i++) {
        const struct row_meter *s = &m->items[i];
        if (s->first->charged == CHARGED_RUNNING)
            continue;
        if (s->first->charged == CHARGED_METERED)
            sum += between(m, &s->curves[0], lease->from_seconds, lease->to_seconds);
        else if (s->n_curves > 0)
            sum += held_cost(m, s, lease);
        else if (s->first->charged == CHARGED_HELD)
            sum += contract_months_cost(m, s, lease);
        else if (s->first->charged == CHARGED_EARLY)
            sum += early_end_cost(m, s, lease);
        else
            sum += purchase_cost(m, s, lease);
    }
    return in_parts(sum, parts);
}

bool lease_meter_running(const struct lease_meter *m, int64_t from, int64_t to, int64_t *parts)
{
    int128 sum = 0;
    for (size_t i = 0; i < m->n_items; i++) {
        const struct row_meter *s = &m->items[i];
        bool at_server = s->first->charged == CHARGED_METERED && m->offer->kind == OFFER_ON_DEMAND;
        if (s->first->charged != CHARGED_RUNNING && !at_server)
            continue;
        int128 least = between(m, &s->curves[0], from, to);
        for (size_t k = 1; k < s->n_curves; k++) {
            int128 other = between(m, &s->curves[k], from, to);
            least = other < least ? other : least;
        }
        sum += least;
    }
    return in_parts(sum, parts);
}

bool lease_meter_unmet(const struct lease_meter *m, int64_t from, int64_t to, int64_t *parts)
{
    struct decimal price = m->study->workload.unmet_cost;
    int128 amount =
        product_share((int128)price.digits * (to - from), (int128)m->parts * MONEY_PER_UNIT << FINE_BITS,
                      (int128)power_of_ten(price.scale) * HOUR_SECONDS);
    return in_parts(weighed(amount, m->factors[month_of(m, from)]), parts);
}

bool lease_meter_free(const struct lease_meter *m, int64_t *parts)
{
    int128 sum = 0;
    for (size_t i = 0; i < m->n_items; i++) {
        int128 most = 0; /* of the periods of a month */
        for (int k = 0; m->items[i].first->charged == CHARGED_METERED && k < m->timeline->n_periods; k++) {
            const struct period *period = &m->timeline->periods[k];
            const struct price_row *least = lease_metered_least(&m->items[i].metered, period);
            bool new_month = k == 0 || m->timeline->periods[k - 1].month != period->month;
            sum += new_month ? most : 0;
            most = new_month ? 0 : most;
            int128 free = least == NULL ? 0
                                        : weighed(amount_of(m, version_due(m, least, period->start_seconds),
                                                            lease_metered_free(&m->items[i].metered, period)),
                                                  factor_of_use(m, period->month));
            most = free > most ? free : most;
        }
        sum += most;
    }
    return in_parts(sum, parts);
}
