/* What is held or runs: due as it is used. */
#include "ledger/biller.h"
#include "supply/stretch.h"

static int64_t overlap(int64_t from, int64_t to, int64_t start, int64_t end)
{
    from = from > start ? from : start;
    to = to < end ? to : end;
    return to > from ? to - from : 0;
}

/* A commitment is paid from the begin of its term on, what exists already from the first day, and all else
 * while it is in service. */
static int64_t paid_from(const struct biller *b, const struct order *order, const struct lot *lot)
{
    bool commits = offer_is_reservation(&b->study->offers[order->offer]);
    return commits && order->reason != REASON_EXISTING ? lot->term_start_seconds : lot->in_service_seconds;
}

int64_t held_seconds(const struct biller *b, const struct order *order, int64_t from, int64_t to)
{
    int64_t sum = 0;
    const struct lot *lots = &b->plan->lots[order->first_lot];
    for (size_t i = 0; i < order->n_lots; i++)
        sum += lots[i].servers * overlap(from, to, paid_from(b, order, &lots[i]), lots[i].end_seconds);
    return sum;
}

static int64_t spare_seconds(const struct biller *b, const struct order *order, int64_t from, int64_t to)
{
    int64_t sum = 0;
    const struct lot *lots = &b->plan->lots[order->first_lot];
    for (size_t i = 0; i < order->n_lots; i++)
        sum += lots[i].spares * overlap(from, to, lots[i].in_service_seconds, lots[i].end_seconds);
    return sum;
}

/* Spares are housed and powered; they carry no traffic. */
static bool counts_spares(const struct price_row *row)
{
    return row->unit->counted != COUNTED_MBPS && row->unit->counted != COUNTED_ADMINS;
}

/* The price row of a series in force for an order in a period. */
static const struct price_row *row_for(const struct biller *b, const struct offer *offer,
                                       const struct price_row *series, const struct order *order,
                                       int64_t period_start)
{
    const struct price_row *row =
        offer_price_at(offer, series, series->follows_day ? period_start : order->price_seconds);
    return biller_version(b, row == NULL ? series : row, period_start);
}

/* n servers for one second in place of one server for n seconds: everything but whole pieces is linear. */
static struct ticks held_quantity(struct biller *b, const struct price_row *row, int64_t server_seconds,
                                  int64_t at)
{
    struct ticks quantity = {0, 1};
    if (server_seconds > 0)
        b->overflow |= !rate_held(b->study, row, server_seconds, at, at + 1, &quantity);
    return quantity;
}

/* What a commitment still has to pay by the hour after the horizon, at the price of its order; where the
 * price follows the day, at that of each day. */
static void owe_held(struct biller *b, const struct offer *offer, const struct price_row *series,
                     struct open_sheet *open, const struct order *order)
{
    int64_t end = b->study->end_seconds;
    for (size_t i = 0; i < order->n_lots; i++) {
        const struct lot *lot = &b->plan->lots[order->first_lot + i];
        if (paid_from(b, order, lot) >= end)
            continue;
        for (int64_t at = end; at < lot->end_seconds;) {
            struct ticks quantity;
            int64_t month_end = add_months(month_start(at), 1),
                    to = month_end < lot->end_seconds ? month_end : lot->end_seconds;
            sheet_turn(b, open, row_for(b, offer, series, order, at), order->layer,
                       (int)(order - b->plan->orders));
            b->overflow |= !rate_held(b->study, open->sheet.row, lot->servers, at, to, &quantity);
            sheet_owe(b, open, quantity);
            at = to;
        }
    }
}

void bill_held(struct biller *b, const struct offer *offer, const struct price_row *series, int order)
{
    const struct order *o = &b->plan->orders[order];
    struct open_sheet open = {0};
    bool commits = offer_is_reservation(offer);
    for (int i = 0; i < b->timeline->n_periods; i++) {
        const struct period *period = &b->timeline->periods[i];
        sheet_turn(b, &open, row_for(b, offer, series, o, period->start_seconds), o->layer, order);
        int64_t seconds = held_seconds(b, o, period->start_seconds, period->end_seconds);
        if (counts_spares(series))
            seconds += spare_seconds(b, o, period->start_seconds, period->end_seconds);
        struct ticks quantity = held_quantity(b, open.sheet.row, seconds, period->start_seconds);
        if (commits)
            sheet_commit(b, &open, quantity, period->month, seconds, b->usage->uses[order].used[i]);
        else
            sheet_use(b, &open, quantity, period->month);
    }
    if (commits || offer->kind == OFFER_HOSTING)
        owe_held(b, offer, series, &open, o);
    sheet_close(b, &open);
}

void bill_running(struct biller *b, const struct offer *offer, const struct price_row *series, int order)
{
    const struct order *o = &b->plan->orders[order];
    const int64_t *running = b->usage->uses[order].running;
    struct open_sheet open = {0};
    if (running == NULL)
        running = b->usage->follows[o->layer].running;
    for (int i = 0; i < b->timeline->n_periods; i++) {
        const struct period *period = &b->timeline->periods[i];
        sheet_turn(b, &open, row_for(b, offer, series, o, period->start_seconds), o->layer, order);
        sheet_use(b, &open, rate_running(running[i]), period->month);
    }
    sheet_close(b, &open);
}

/* What one stretch of servers takes of a period. */
static void use_whole(struct biller *b, struct open_sheet *open, const struct stretch *stretch,
                      const struct period *period)
{
    struct ticks quantity;
    int64_t from =
        stretch->from_seconds > period->start_seconds ? stretch->from_seconds : period->start_seconds;
    int64_t to = stretch->to_seconds < period->end_seconds ? stretch->to_seconds : period->end_seconds;
    int64_t servers = stretch->servers + (counts_spares(open->sheet.row) ? stretch->spares : 0);
    b->overflow |= !rate_held(b->study, open->sheet.row, servers, from, to, &quantity);
    sheet_use(b, open, quantity, period->month);
}

/* Racks and administrators, whole, over all servers of the layer; the price is that of the day. */
void bill_whole(struct biller *b, const struct offer *offer, const struct price_row *series, int layer)
{
    struct stretches list =
        supply_stretches(b->arena, b->plan, layer, b->study->decide_from_seconds, b->study->end_seconds);
    struct open_sheet open = {0};
    size_t at = 0;
    for (int i = 0; i < b->timeline->n_periods; i++) {
        const struct period *period = &b->timeline->periods[i];
        const struct price_row *row = offer_price_at(offer, series, period->start_seconds);
        row = biller_version(b, row == NULL ? series : row, period->start_seconds);
        sheet_turn(b, &open, row, layer, -1);
        while (at < list.n_items && list.items[at].from_seconds < period->end_seconds) {
            use_whole(b, &open, &list.items[at], period);
            if (list.items[at].to_seconds > period->end_seconds)
                break;
            at++;
        }
    }
    sheet_close(b, &open);
}

void bill_flat(struct biller *b, const struct offer *offer, const struct price_row *series, int layer)
{
    struct open_sheet open = {0};
    for (int i = 0; i < b->timeline->n_periods; i++) {
        struct ticks quantity;
        const struct period *period = &b->timeline->periods[i];
        const struct price_row *row = offer_price_at(offer, series, period->start_seconds);
        row = biller_version(b, row == NULL ? series : row, period->start_seconds);
        sheet_turn(b, &open, row, layer, -1);
        int64_t from = b->study->start_seconds; /* services are used from the first day of demand on */
        from = from > period->start_seconds ? from : period->start_seconds;
        if (from >= period->end_seconds)
            continue;
        b->overflow |= !rate_held(b->study, open.sheet.row, 1, from, period->end_seconds, &quantity);
        sheet_use(b, &open, quantity, period->month);
    }
    sheet_close(b, &open);
}
