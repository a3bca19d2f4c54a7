/* The contract of a site: racks and power over all servers that stand on it, paid from delivery of the
 * space to the end of the term, or of the last server on it. */
#include <stdlib.h>

#include "base/arena.h"
#include "ledger/biller.h"
#include "supply/stretch.h"

enum { MICRO_WATTS_PER_KW = 1000000000 };

/* What the site houses, constant in [from, to). */
struct housed {
    int64_t from_seconds, to_seconds;
    int64_t racks, micro_watts; /* needed, drawn */
};

struct housing {
    struct housed *items;
    size_t n_items, capacity;
    int64_t from_seconds, to_seconds; /* what is paid, not cut at the end of the horizon */
};

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t micro_watts(const struct offer *server)
{
    return (int64_t)((int128)server->watts.digits * MONEY_PER_UNIT / power_of_ten(server->watts.scale));
}

static bool stands_on(const struct biller *b, int layer, const struct offer *site)
{
    int index = biller_offer(b, layer)->site;
    return index >= 0 && &b->study->offers[index] == site;
}

/* ---- what is housed ---- */

static int compare_times(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

struct times {
    int64_t *items;
    size_t n_items, capacity;
};

static struct times times_of_change(struct biller *b, const struct offer *site, int64_t from, int64_t to)
{
    struct times times = {0};
    *ARENA_APPEND(b->arena, &times) = from;
    *ARENA_APPEND(b->arena, &times) = to;
    for (size_t i = 0; i < b->plan->n_lots; i++) {
        const struct lot *lot = &b->plan->lots[i];
        if (!stands_on(b, b->plan->orders[lot->order].layer, site))
            continue;
        if (lot->in_service_seconds > from && lot->in_service_seconds < to)
            *ARENA_APPEND(b->arena, &times) = lot->in_service_seconds;
        if (lot->end_seconds > from && lot->end_seconds < to)
            *ARENA_APPEND(b->arena, &times) = lot->end_seconds;
    }
    qsort(times.items, times.n_items, sizeof *times.items, compare_times);
    return times;
}

static int64_t servers_of_layer(const struct biller *b, int layer, int64_t at)
{
    int64_t sum = 0;
    for (size_t i = 0; i < b->plan->n_lots; i++) {
        const struct lot *lot = &b->plan->lots[i];
        if (b->plan->orders[lot->order].layer == layer && lot->in_service_seconds <= at &&
            lot->end_seconds > at)
            sum += lot->servers + lot->spares;
    }
    return sum;
}

/* n servers of one kind, p a rack, and m of another, q a rack, need n/p + m/q racks, rounded up. */
static void house(const struct biller *b, const struct offer *site, struct housed *housed)
{
    int128 shares = 0, unit = 1;
    for (int i = 0; i < (int)b->strategy->n_layers; i++) {
        const struct offer *server = biller_offer(b, i);
        if (!stands_on(b, i, site))
            continue;
        int64_t n = servers_of_layer(b, i, housed->from_seconds);
        int64_t in_a_rack = site->rack_units == 0 ? 1 : servers_per_rack(site, server);
        shares = shares * in_a_rack + n * unit;
        unit *= in_a_rack;
        housed->micro_watts += n * micro_watts(server);
    }
    housed->racks = (int64_t)((shares + unit - 1) / unit);
}

/* The last day on which a server stands on the site; INT64_MIN where none ever does. */
static int64_t last_server(const struct biller *b, const struct offer *site)
{
    int64_t last = INT64_MIN;
    for (size_t i = 0; i < b->plan->n_lots; i++)
        if (stands_on(b, b->plan->orders[b->plan->lots[i].order].layer, site))
            last = later(last, b->plan->lots[i].end_seconds);
    return last;
}

static struct housing housing_of(struct biller *b, const struct offer *site)
{
    struct housing h = {.from_seconds = later(site->contract.from_seconds, b->study->decide_from_seconds)};
    h.to_seconds = later(term_end(site->contract.from_seconds, site->term), last_server(b, site));
    int64_t to = h.to_seconds < b->study->end_seconds ? h.to_seconds : b->study->end_seconds;
    if (h.from_seconds >= to)
        return h;
    struct times times = times_of_change(b, site, h.from_seconds, to);
    for (size_t i = 0; i + 1 < times.n_items; i++) {
        struct housed housed = {times.items[i], times.items[i + 1], 0, 0};
        if (housed.from_seconds == housed.to_seconds)
            continue;
        house(b, site, &housed);
        *ARENA_APPEND(b->arena, &h) = housed;
    }
    return h;
}

/* ---- what of it a row counts ---- */

static int64_t committed_micro_watts(const struct site_contract *contract)
{
    int128 kw = (int128)contract->committed_kw.digits * contract->take_or_pay.digits * MICRO_WATTS_PER_KW;
    return (int64_t)(kw / power_of_ten(contract->committed_kw.scale) /
                     power_of_ten(contract->take_or_pay.scale));
}

struct count {
    int128 digits, unit;
};

static struct count count_of(const struct offer *site, const struct price_unit *unit,
                             const struct housed *housed)
{
    const struct site_contract *contract = &site->contract;
    switch (unit->counted) {
    case COUNTED_RACKS:
        return (struct count){later(contract->racks, housed->racks), 1};
    case COUNTED_KW:
        return (struct count){later(committed_micro_watts(contract), housed->micro_watts),
                              MICRO_WATTS_PER_KW};
    case COUNTED_KW_AT_METER:
        return (struct count){(int128)housed->micro_watts * site->pue.digits,
                              (int128)MICRO_WATTS_PER_KW * power_of_ten(site->pue.scale)};
    case COUNTED_CONNECTIONS:
        return (struct count){contract->cross_connects, 1};
    default:
        return (struct count){1, 1};
    }
}

/* ---- charges ---- */

static const struct price_row *row_at(const struct offer *site, const struct price_row *series, int64_t at)
{
    const struct price_row *row = offer_price_at(site, series, at);
    return price_version_at(row == NULL ? series : row, at);
}

static void use_housed(struct biller *b, const struct offer *site, struct open_sheet *open,
                       const struct housed *housed, const struct period *period)
{
    struct ticks quantity;
    int64_t from = later(housed->from_seconds, period->start_seconds);
    int64_t to = housed->to_seconds < period->end_seconds ? housed->to_seconds : period->end_seconds;
    struct count count = count_of(site, open->sheet.row->unit, housed);
    if (from >= to)
        return;
    b->overflow |= !rate_through(b->study, open->sheet.row->unit->time_base, count.digits, count.unit, from,
                                 to, &quantity);
    sheet_use(b, open, quantity, period->month);
}

/* What the contract goes on charging after the horizon, with nothing on the site. */
static void owe(struct biller *b, const struct offer *site, const struct price_row *series,
                const struct housing *h, struct open_sheet *open, int layer)
{
    struct housed nothing = {0};
    int64_t to = term_end(site->contract.from_seconds, site->term);
    for (int64_t at = later(b->study->end_seconds, h->from_seconds); at < to;) {
        struct ticks quantity;
        int64_t month_end = add_months(month_start(at), 1), until = month_end < to ? month_end : to;
        struct count count = count_of(site, series->unit, &nothing);
        sheet_turn(b, open, row_at(site, series, at), layer, -1);
        b->overflow |=
            !rate_through(b->study, series->unit->time_base, count.digits, count.unit, at, until, &quantity);
        if (quantity.ticks > 0)
            sheet_owe(b, open, quantity);
        at = until;
    }
}

static void bill_housing(struct biller *b, const struct offer *site, const struct price_row *series,
                         const struct housing *h, int layer)
{
    struct open_sheet open = {0};
    size_t at = 0;
    for (int i = 0; i < b->timeline->n_periods; i++) {
        const struct period *period = &b->timeline->periods[i];
        sheet_turn(b, &open, row_at(site, series, period->start_seconds), layer, -1);
        while (at < h->n_items && h->items[at].from_seconds < period->end_seconds) {
            use_housed(b, site, &open, &h->items[at], period);
            if (h->items[at].to_seconds > period->end_seconds)
                break;
            at++;
        }
    }
    owe(b, site, series, h, &open, layer);
    sheet_close(b, &open);
}

/* Racks are set up when there are more of them than ever before, for as long as the site is paid. */
static void bill_new_racks(struct biller *b, const struct offer *site, const struct price_row *series,
                           const struct housing *h, int layer)
{
    struct open_sheet open = {0};
    int64_t so_far = 0;
    for (size_t i = 0; i < h->n_items; i++) {
        int64_t racks = later(site->contract.racks, h->items[i].racks), at = h->items[i].from_seconds;
        if (racks <= so_far)
            continue;
        struct ticks new_racks = {racks - so_far, 1};
        sheet_turn(b, &open, row_at(site, series, at), layer, -1);
        sheet_buy(b, &open.sheet, new_racks, at);
        sheet_spread(b, &open.sheet, sheet_product(b, &open.sheet, new_racks).paid,
                     ticks_as_double(new_racks), at, h->to_seconds);
        so_far = racks;
    }
    sheet_close(b, &open);
}

void bill_site(struct biller *b, int layer)
{
    const struct offer *site = biller_offer(b, layer);
    struct housing h = housing_of(b, site);
    for (size_t i = 0; i < site->n_prices; i++) {
        const struct price_row *series = &site->prices[i];
        if (!price_starts_series(site, series) || series->charged == CHARGED_METERED)
            continue;
        if (series->charged == CHARGED_HELD)
            bill_housing(b, site, series, &h, layer);
        else
            bill_new_racks(b, site, series, &h, layer);
    }
}
