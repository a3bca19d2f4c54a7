#include "ledger/bill.h"

#include "base/arena.h"
#include "base/check.h"
#include "rating/rate.h"
#include "supply/stretch.h"

/* Amounts of one price row and one order (or of a layer) while they are added up month by month. */
struct sheet {
    const struct price_row *row;
    int layer, order;
    struct cell {
        money due;    /* purchases: billed now, effective later */
        money spread; /* the effective share of purchases */
        money used;   /* usage: billed and effective at once */
        double due_quantity, spread_quantity, used_quantity;
        int64_t first_due;
    } * months;
    money left; /* prepaid at the end of the horizon */
    double left_quantity;
    money owed; /* obligations after the horizon, where the study charges them */
    double owed_quantity;
};

struct biller {
    struct arena *arena;
    const struct study *study;
    const struct timeline *timeline;
    const struct strategy *strategy;
    const struct plan *plan;
    const int64_t *running_seconds;
    struct charge *items;
    size_t n_items, capacity;
    struct account *accounts;
    bool overflow;
};

static struct sheet sheet_new(struct biller *b, const struct price_row *row, int layer, int order)
{
    return (struct sheet){.row = row,
                          .layer = layer,
                          .order = order,
                          .months = ARENA_NEW(b->arena, struct cell, b->timeline->n_months)};
}

static void add(struct biller *b, money *to, money amount)
{
    b->overflow |= !money_add(to, amount);
}

static money product(struct biller *b, int64_t n, const struct price_row *row)
{
    money amount = 0;
    b->overflow |= !money_product(n, 1, row->price, &amount);
    return amount;
}

/* ---- from sheets to charges ---- */

static void emit(struct biller *b, struct charge charge)
{
    *ARENA_APPEND(b->arena, b) = charge;
}

static void emit_month(struct biller *b, const struct sheet *sheet, int month)
{
    const struct cell *cell = &sheet->months[month];
    const struct month *span = &b->timeline->months[month];
    struct charge charge = {.layer = sheet->layer,
                            .order = sheet->order,
                            .price = sheet->row,
                            .month = month,
                            .from_seconds = span->start_seconds,
                            .to_seconds = span->end_seconds};
    if (cell->due != 0 || cell->due_quantity > 0) {
        charge.category = CHARGE_PURCHASE;
        charge.billed = charge.list = cell->due;
        charge.billed_quantity = cell->due_quantity;
        charge.from_seconds = cell->first_due;
        emit(b, charge);
        charge.from_seconds = span->start_seconds;
    }
    money effective = cell->spread;
    add(b, &effective, cell->used);
    if (cell->used_quantity > 0 || cell->spread_quantity > 0 || effective != 0) {
        charge.category = CHARGE_USAGE;
        charge.billed = charge.list = cell->used;
        charge.effective = effective;
        charge.billed_quantity = cell->used_quantity;
        charge.effective_quantity = cell->used_quantity + cell->spread_quantity;
        emit(b, charge);
    }
}

static void emit_horizon(struct biller *b, const struct sheet *sheet, money amount, double quantity)
{
    int last = b->timeline->n_months - 1;
    int64_t end = b->study->end_seconds;
    if (amount == 0)
        return;
    emit(b, (struct charge){.category = CHARGE_HORIZON,
                            .layer = sheet->layer,
                            .order = sheet->order,
                            .price = sheet->row,
                            .month = last,
                            .from_seconds = end,
                            .to_seconds = end,
                            .billed = amount,
                            .list = amount,
                            .billed_quantity = quantity});
}

static void close_sheet(struct biller *b, const struct sheet *sheet)
{
    struct account *account = &b->accounts[sheet->order < 0 ? (int)b->plan->n_orders : sheet->order];
    for (int i = 0; i < b->timeline->n_months; i++) {
        const struct cell *cell = &sheet->months[i];
        emit_month(b, sheet, i);
        add(b, &account->billed, cell->due);
        add(b, &account->billed, cell->used);
        add(b, &account->effective, cell->spread);
        add(b, &account->effective, cell->used);
    }
    add(b, &account->prepaid, sheet->left);
    if (b->study->at_end == AT_END_PRO_RATA)
        emit_horizon(b, sheet, -sheet->left, -sheet->left_quantity);
    else
        emit_horizon(b, sheet, sheet->owed, sheet->owed_quantity);
}

/* ---- the price in force ---- */

/* The price row of a series in force for an order in a period. */
static const struct price_row *row_for(const struct offer *offer, const struct price_row *series,
                                       const struct order *order, int64_t period_start)
{
    const struct price_row *row =
        offer_price_at(offer, series, series->follows_day ? period_start : order->price_seconds);
    return row == NULL ? series : row;
}

/* The sheet and meter of the price row in force: both begin anew where the row changes. */
struct open_sheet {
    struct sheet sheet;
    struct meter meter;
};

static void turn_to(struct biller *b, struct open_sheet *open, const struct price_row *row, int layer,
                    int order)
{
    if (row == open->sheet.row)
        return;
    if (open->sheet.row != NULL)
        close_sheet(b, &open->sheet);
    *open = (struct open_sheet){.sheet = sheet_new(b, row, layer, order)};
}

/* ---- purchases: due at once, spread over what they buy ---- */

static int month_at(const struct biller *b, int64_t seconds)
{
    return b->timeline->periods[timeline_period_at(b->timeline, seconds)].month;
}

/* Effective cost of [from, to) bought for `amount`: a share for each month, the rest is prepaid. */
static void spread(struct biller *b, struct sheet *sheet, money amount, int64_t n, int64_t from, int64_t to)
{
    int64_t end = b->study->end_seconds, length = to - from;
    money before = 0;
    for (int i = month_at(b, from); i < b->timeline->n_months; i++) {
        int64_t month_end = b->timeline->months[i].end_seconds, until = month_end < to ? month_end : to;
        int64_t start =
            b->timeline->months[i].start_seconds > from ? b->timeline->months[i].start_seconds : from;
        money by_then = money_share(amount, until - from, length);
        add(b, &sheet->months[i].spread, by_then - before);
        sheet->months[i].spread_quantity += (double)n * (double)(until - start) / (double)length;
        before = by_then;
        if (until == to)
            return;
    }
    int64_t unexpired = to - end;
    add(b, &sheet->left, amount - money_share(amount, length - unexpired, length));
    sheet->left_quantity += (double)n * (double)unexpired / (double)length;
}

static void purchase(struct biller *b, struct sheet *sheet, int64_t n, int64_t from, int64_t to)
{
    if (from < b->study->decide_from_seconds || from >= b->study->end_seconds)
        return;
    struct cell *cell = &sheet->months[month_at(b, from)];
    money amount = product(b, n, sheet->row);
    if (cell->due_quantity <= 0 || from < cell->first_due)
        cell->first_due = from;
    add(b, &cell->due, amount);
    cell->due_quantity += (double)n;
    spread(b, sheet, amount, n, from, to);
}

/* One order's purchases of one series. */
struct buyer {
    const struct offer *offer;
    const struct price_row *series;
    const struct order *order;
    int order_index;
    struct open_sheet open;
};

static void buy(struct biller *b, struct buyer *buyer, int64_t n, int64_t from, int64_t to)
{
    const struct price_row *row = row_for(buyer->offer, buyer->series, buyer->order, from);
    turn_to(b, &buyer->open, row, buyer->order->layer, buyer->order_index);
    if (from < b->study->end_seconds) {
        purchase(b, &buyer->open.sheet, n, from, to);
        return;
    }
    add(b, &buyer->open.sheet.owed, product(b, n, row));
    buyer->open.sheet.owed_quantity += (double)n;
}

/* Lots that share a term are one purchase: the servers of a reservation, however they were launched. */
static void buy_starts(struct biller *b, struct buyer *buyer)
{
    const struct lot *lots = &b->plan->lots[buyer->order->first_lot];
    for (size_t i = 0, next; i < buyer->order->n_lots; i = next) {
        int64_t servers = 0;
        for (next = i;
             next < buyer->order->n_lots && lots[next].term_start_seconds == lots[i].term_start_seconds &&
             lots[next].end_seconds == lots[i].end_seconds;
             next++)
            servers += lots[next].servers;
        if (lots[i].term_start_seconds < b->study->end_seconds)
            buy(b, buyer, servers, lots[i].term_start_seconds, lots[i].end_seconds);
    }
}

/* Contract months from the anniversary, each due at its start; those after the horizon are obligations. */
static void buy_contract_months(struct biller *b, struct buyer *buyer)
{
    for (size_t i = 0; i < buyer->order->n_lots; i++) {
        const struct lot *lot = &b->plan->lots[buyer->order->first_lot + i];
        int64_t from = lot->term_start_seconds;
        for (int k = 1; from < lot->end_seconds; k++) {
            int64_t to = add_months(lot->term_start_seconds, k);
            buy(b, buyer, lot->servers, from, to);
            from = to;
        }
    }
}

/* ---- usage: due as it is held or runs ---- */

static int64_t overlap(int64_t from, int64_t to, int64_t start, int64_t end)
{
    from = from > start ? from : start;
    to = to < end ? to : end;
    return to > from ? to - from : 0;
}

/* Server-seconds of one order in a stretch of time. */
static int64_t held_seconds(const struct biller *b, const struct order *order, int64_t from, int64_t to)
{
    int64_t sum = 0;
    const struct lot *lots = &b->plan->lots[order->first_lot];
    for (size_t i = 0; i < order->n_lots; i++)
        sum += lots[i].servers * overlap(from, to, lots[i].in_service_seconds, lots[i].end_seconds);
    return sum;
}

static void use(struct biller *b, struct sheet *sheet, struct meter *meter, struct ticks quantity, int month)
{
    money amount = 0;
    if (quantity.ticks == 0)
        return;
    b->overflow |= !meter_add(meter, sheet->row, quantity, &amount);
    add(b, &sheet->months[month].used, amount);
    sheet->months[month].used_quantity += ticks_as_double(quantity);
}

/* n servers for one second in place of one server for n seconds: everything but whole pieces is linear. */
static void use_held(struct biller *b, struct sheet *sheet, struct meter *meter, int64_t server_seconds,
                     const struct period *period)
{
    struct ticks one;
    if (server_seconds == 0)
        return;
    b->overflow |= !rate_held(b->study, sheet->row, server_seconds, period->start_seconds,
                              period->start_seconds + 1, &one);
    use(b, sheet, meter, one, period->month);
}

/* What a commitment still has to pay by the hour after the horizon. */
static void owe_held(struct biller *b, struct sheet *sheet, const struct order *order)
{
    int64_t end = b->study->end_seconds;
    struct meter meter = {0};
    for (size_t i = 0; i < order->n_lots; i++) {
        const struct lot *lot = &b->plan->lots[order->first_lot + i];
        if (lot->in_service_seconds >= end)
            continue;
        for (int64_t at = end; at < lot->end_seconds;) {
            struct ticks quantity;
            money amount = 0;
            int64_t month_end = add_months(month_start(at), 1),
                    to = month_end < lot->end_seconds ? month_end : lot->end_seconds;
            b->overflow |= !rate_held(b->study, sheet->row, lot->servers, at, to, &quantity) ||
                           !meter_add(&meter, sheet->row, quantity, &amount);
            add(b, &sheet->owed, amount);
            sheet->owed_quantity += ticks_as_double(quantity);
            at = to;
        }
    }
}

static bool is_commitment(const struct offer *offer)
{
    return offer->kind == OFFER_RESERVED || offer->kind == OFFER_HOSTING;
}

/* One order's charges of one series whose price is that of the order date, or of each day. */
static void bill_usage(struct biller *b, const struct offer *offer, const struct price_row *series, int order)
{
    const struct order *o = &b->plan->orders[order];
    struct open_sheet open = {0};
    for (int i = 0; i < b->timeline->n_periods; i++) {
        const struct period *period = &b->timeline->periods[i];
        turn_to(b, &open, row_for(offer, series, o, period->start_seconds), o->layer, order);
        if (series->charged == CHARGED_RUNNING)
            use(b, &open.sheet, &open.meter, rate_running(b->running_seconds[i]), period->month);
        else
            use_held(b, &open.sheet, &open.meter,
                     held_seconds(b, o, period->start_seconds, period->end_seconds), period);
    }
    if (is_commitment(offer))
        owe_held(b, &open.sheet, o);
    close_sheet(b, &open.sheet);
}

/* What one stretch of servers takes of a period. */
static void use_whole(struct biller *b, struct open_sheet *open, const struct stretch *stretch,
                      const struct period *period)
{
    struct ticks quantity;
    int64_t from =
        stretch->from_seconds > period->start_seconds ? stretch->from_seconds : period->start_seconds;
    int64_t to = stretch->to_seconds < period->end_seconds ? stretch->to_seconds : period->end_seconds;
    b->overflow |= !rate_held(b->study, open->sheet.row, stretch->servers, from, to, &quantity);
    use(b, &open->sheet, &open->meter, quantity, period->month);
}

/* Racks and administrators, whole, over all servers of the layer; the price is that of the day. */
static void bill_whole(struct biller *b, const struct offer *offer, const struct price_row *series, int layer)
{
    struct stretches list =
        supply_stretches(b->arena, b->plan, layer, b->study->decide_from_seconds, b->study->end_seconds);
    struct open_sheet open = {0};
    size_t at = 0;
    for (int i = 0; i < b->timeline->n_periods; i++) {
        const struct period *period = &b->timeline->periods[i];
        const struct price_row *row = offer_price_at(offer, series, period->start_seconds);
        turn_to(b, &open, row == NULL ? series : row, layer, -1);
        while (at < list.n_items && list.items[at].from_seconds < period->end_seconds) {
            use_whole(b, &open, &list.items[at], period);
            if (list.items[at].to_seconds > period->end_seconds)
                break;
            at++;
        }
    }
    close_sheet(b, &open.sheet);
}

/* ---- one order, one layer, all ---- */

static void bill_series(struct biller *b, const struct offer *offer, const struct price_row *series,
                        int order)
{
    const struct order *o = &b->plan->orders[order];
    bool starts = series->charged == CHARGED_ONCE || series->charged == CHARGED_TERM;
    if (!starts && !price_is_by_contract_month(offer, series)) {
        bill_usage(b, offer, series, order);
        return;
    }
    if ((series->charged == CHARGED_ONCE && !o->pays_once) ||
        (series->charged == CHARGED_TERM && !o->pays_term))
        return;
    struct buyer buyer = {.offer = offer, .series = series, .order = o, .order_index = order};
    if (starts)
        buy_starts(b, &buyer);
    else
        buy_contract_months(b, &buyer);
    if (buyer.open.sheet.row != NULL)
        close_sheet(b, &buyer.open.sheet);
}

static void bill_layer(struct biller *b, int layer)
{
    const struct offer *offer = &b->study->offers[b->strategy->layers[layer].offer];
    for (size_t i = 0; i < offer->n_prices; i++) {
        const struct price_row *series = &offer->prices[i];
        if (!price_starts_series(offer, series))
            continue;
        if (series->unit->whole) {
            bill_whole(b, offer, series, layer);
            continue;
        }
        for (size_t j = 0; j < b->plan->n_orders; j++)
            if (b->plan->orders[j].layer == layer)
                bill_series(b, offer, series, (int)j);
    }
}

struct bill bill_plan(struct arena *arena, const struct study *study, const struct timeline *timeline,
                      const struct strategy *strategy, const struct plan *plan,
                      const int64_t *running_seconds)
{
    struct biller b = {.arena = arena,
                       .study = study,
                       .timeline = timeline,
                       .strategy = strategy,
                       .plan = plan,
                       .running_seconds = running_seconds};
    b.accounts = ARENA_NEW(arena, struct account, plan->n_orders + 1);
    for (size_t i = 0; i < plan->n_orders; i++)
        b.accounts[i].order = (int)i;
    b.accounts[plan->n_orders].order = -1;
    for (size_t i = 0; i < strategy->n_layers; i++)
        bill_layer(&b, (int)i);
    return (struct bill){b.items, b.n_items, b.accounts, plan->n_orders + 1, b.overflow};
}
