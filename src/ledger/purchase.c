/* What is bought: due at once or in payments, spread over what it buys. */
#include "ledger/biller.h"
#include "rating/resale.h"

/* One order's purchases of one series. */
struct buyer {
    const struct offer *offer;
    const struct price_row *series;
    const struct order *order;
    int order_index;
    struct open_sheet open;
};

/* n servers bought at `due` for [from, to). */
struct deal {
    int64_t n, due, from, to;
};

/* The price row in force for the order at the start, as it is charged on the day it falls due. */
static void turn_to_price(struct biller *b, struct buyer *buyer, const struct deal *deal)
{
    const struct order *order = buyer->order;
    const struct price_row *row = offer_price_at(
        buyer->offer, buyer->series, buyer->series->follows_day ? deal->from : order->price_seconds);
    row = price_version_at(row == NULL ? buyer->series : row, deal->due);
    sheet_turn(b, &buyer->open, row, order->layer, buyer->order_index);
}

/* A share of a quantity, in billionths; negative to give it back. */
static struct ticks share_of(struct ticks quantity, int64_t billionths)
{
    return (struct ticks){quantity.ticks * billionths, quantity.per_unit * RESALE_UNIT};
}

/* A server sold at the end of its life gives a share of its price back on that day; one in service at the
 * end of the study is worth what it could be sold for. */
static void buy_resold(struct biller *b, struct buyer *buyer, const struct deal *deal, struct ticks quantity)
{
    struct sheet *sheet = &buyer->open.sheet;
    int64_t end = b->study->end_seconds;
    int64_t at_last = resale_share(buyer->offer, deal->from, deal->to);
    struct amounts bought = sheet_product(b, sheet, quantity);
    struct amounts back = sheet_product(b, sheet, share_of(quantity, at_last));
    sheet_buy(b, sheet, quantity, deal->due);
    sheet_spread(b, sheet, bought.paid - back.paid,
                 ticks_as_double(quantity) * (1 - (double)at_last / RESALE_UNIT), deal->from, deal->to);
    if (deal->to < end) {
        sheet_buy(b, sheet, share_of(quantity, -at_last), deal->to);
        return;
    }
    int64_t at_end = resale_share(buyer->offer, deal->from, deal->from < end ? end : deal->from);
    struct ticks worth = share_of(quantity, at_end);
    biller_add(b, &sheet->left, back.paid); /* paid, and not yet given back */
    sheet->left_quantity += ticks_as_double(quantity) * (double)at_last / RESALE_UNIT;
    biller_add(b, &sheet->resale, sheet_product(b, sheet, worth).paid);
    sheet->resale_quantity += ticks_as_double(worth);
}

/* Equal monthly payments after delivery; together they are spread over the life of the servers. */
static void buy_financed(struct biller *b, struct buyer *buyer, const struct deal *deal,
                         struct ticks quantity)
{
    struct sheet *sheet = &buyer->open.sheet;
    int n = sheet->row->n_payments;
    money payment = sheet_product(b, sheet, quantity).paid, total = 0, unpaid = 0;
    double unpaid_quantity = 0;
    b->overflow |= __builtin_mul_overflow(payment, n, &total);
    sheet_spread(b, sheet, total, ticks_as_double(quantity) * n, deal->from, deal->to);
    for (int k = 1; k <= n; k++) {
        int64_t due = add_months(deal->from, k);
        if (due < b->study->end_seconds) {
            sheet_buy(b, sheet, quantity, due);
            continue;
        }
        biller_add(b, &unpaid, payment);
        unpaid_quantity += ticks_as_double(quantity);
    }
    biller_add(b, &sheet->left, -unpaid); /* less than nothing where more is used up than paid */
    sheet->left_quantity -= unpaid_quantity;
    biller_add(b, &sheet->owed, unpaid);
    sheet->owed_quantity += unpaid_quantity;
}

static void buy(struct biller *b, struct buyer *buyer, const struct deal *deal)
{
    struct ticks quantity;
    turn_to_price(b, buyer, deal);
    struct sheet *sheet = &buyer->open.sheet;
    if (sheet->row->unit->time_base == TIME_NONE)
        b->overflow |= !rate_pieces(b->study, sheet->row, deal->n, &quantity);
    else
        quantity = (struct ticks){deal->n, 1}; /* a contract month */
    if (deal->due >= b->study->end_seconds) {
        biller_add(b, &sheet->owed, sheet_product(b, sheet, quantity).paid);
        sheet->owed_quantity += ticks_as_double(quantity);
    } else if (deal->due < b->study->decide_from_seconds) {
        return; /* paid before the study */
    } else if (sheet->row->n_payments > 0) {
        buy_financed(b, buyer, deal, quantity);
    } else if (buyer->offer->n_resale > 0 && sheet->row->charged == CHARGED_TERM &&
               sheet->row->unit->counted == COUNTED_SERVERS) {
        buy_resold(b, buyer, deal, quantity);
    } else {
        sheet_buy(b, sheet, quantity, deal->due);
        sheet_spread(b, sheet, sheet_product(b, sheet, quantity).paid, ticks_as_double(quantity), deal->from,
                     deal->to);
    }
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
            servers += lots[next].servers + lots[next].spares;
        int64_t start = lots[i].term_start_seconds;
        struct deal deal = {servers, b->study->purchases_at_order ? buyer->order->ordered_seconds : start,
                            start, lots[i].end_seconds};
        if (deal.due < b->study->end_seconds)
            buy(b, buyer, &deal);
    }
}

/* Contract months, each due in full at its start; those after the horizon are obligations. */
static void buy_contract_months(struct biller *b, struct buyer *buyer)
{
    for (size_t i = 0; i < buyer->order->n_lots; i++) {
        const struct lot *lot = &b->plan->lots[buyer->order->first_lot + i];
        int64_t from = lot->term_start_seconds;
        for (int k = 1; from < lot->end_seconds; k++) {
            int64_t to = buyer->offer->by_calendar ? add_months(month_start(lot->term_start_seconds), k)
                                                   : add_months(lot->term_start_seconds, k);
            struct deal deal = {lot->servers + lot->spares, from, from, to};
            buy(b, buyer, &deal);
            from = to;
        }
    }
}

/* What an early end costs, a sum or by the month left out, spread over the time that was used. */
static void buy_early_ends(struct biller *b, struct buyer *buyer)
{
    for (size_t i = 0; i < buyer->order->n_lots; i++) {
        const struct lot *lot = &b->plan->lots[buyer->order->first_lot + i];
        int64_t each = buyer->series->unit->time_base == TIME_MONTH ? lot->months_left : 1;
        struct deal deal = {(lot->servers + lot->spares) * each, lot->end_seconds, lot->term_start_seconds,
                            lot->end_seconds};
        if (lot->months_left > 0)
            buy(b, buyer, &deal);
    }
}

void bill_purchases(struct biller *b, const struct offer *offer, const struct price_row *series, int order)
{
    struct buyer buyer = {
        .offer = offer, .series = series, .order = &b->plan->orders[order], .order_index = order};
    if (series->charged == CHARGED_HELD)
        buy_contract_months(b, &buyer);
    else if (series->charged == CHARGED_EARLY)
        buy_early_ends(b, &buyer);
    else if (series->charged == CHARGED_ONCE ? buyer.order->pays_once : buyer.order->pays_term)
        buy_starts(b, &buyer);
    sheet_close(b, &buyer.open);
}
