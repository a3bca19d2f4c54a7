#include "rating/lease.h"

#include "rating/rate.h"

/* A price for one server where whole pieces are shared: price / servers in a piece, with six more
 * digits. */
static int64_t servers_in_a_piece(const struct offer *offer, const struct price_row *row)
{
    int64_t n = 1;
    if (row->unit->counted == COUNTED_ADMINS)
        return offer->servers_per_admin;
    if (row->unit->counted == COUNTED_RACKS)
        while (whole_units(offer, COUNTED_RACKS, n + 1) == 1)
            n++;
    return n;
}

static bool held_cost(const struct study *study, const struct offer *offer, const struct price_row *row,
                      int64_t from, int64_t until, money *cost)
{
    int64_t shared_by = servers_in_a_piece(offer, row);
    struct meter meter = {0};
    for (int64_t at = from; at < until;) {
        struct ticks quantity;
        money part;
        int64_t month_end = add_months(month_start(at), 1);
        int64_t to = month_end < until ? month_end : until;
        if (!rate_held(study, row, 1, at, to, &quantity))
            return false;
        quantity.per_unit *= shared_by;
        if (!meter_add(&meter, row, quantity, &part))
            return false;
        at = to;
    }
    return money_add(cost, meter.so_far);
}

static bool start_cost(const struct study *study, const struct offer *offer, const struct price_row *row,
                       int64_t from, int64_t until, money *cost)
{
    money amount;
    int64_t end = term_end(from, offer->term);
    if (!money_product(1, 1, row->price, &amount))
        return false;
    if (study->at_end == AT_END_PRO_RATA && until < end && row->charged == CHARGED_TERM)
        amount = money_share(amount, until - from, end - from);
    return money_add(cost, amount);
}

/* Contract months of hosting are due in full at their start; what is left of the last is credited where
 * the study does so. */
static bool contract_months_cost(const struct study *study, const struct price_row *row, int64_t from,
                                 int64_t until, money *cost)
{
    money price;
    if (!money_product(1, 1, row->price, &price))
        return false;
    for (int k = 0;; k++) {
        int64_t begin = add_months(from, k), end = add_months(from, k + 1);
        if (begin >= until)
            return true;
        bool credited = study->at_end == AT_END_PRO_RATA && until < end;
        if (!money_add(cost, credited ? money_share(price, until - begin, end - begin) : price))
            return false;
    }
}

static bool row_cost(const struct study *study, const struct offer *offer, const struct price_row *row,
                     int64_t from, int64_t until, money *cost)
{
    if (row->charged != CHARGED_HELD)
        return start_cost(study, offer, row, from, until, cost);
    if (price_is_by_contract_month(offer, row))
        return contract_months_cost(study, row, from, until, cost);
    return held_cost(study, offer, row, from, until, cost);
}

bool lease_cost(const struct study *study, const struct offer *offer, int64_t ordered, int64_t until,
                money *cost)
{
    *cost = 0;
    for (size_t i = 0; i < offer->n_prices; i++) {
        const struct price_row *first = &offer->prices[i];
        if (!price_starts_series(offer, first))
            continue;
        const struct price_row *row = offer_price_at(offer, first, ordered);
        if (!row_cost(study, offer, row == NULL ? first : row, ordered, until, cost))
            return false;
    }
    return true;
}

money running_price(const struct offer *offer, int64_t day)
{
    money sum = 0;
    for (size_t i = 0; i < offer->n_prices; i++) {
        money price;
        const struct price_row *first = &offer->prices[i];
        if (first->charged != CHARGED_RUNNING || !price_starts_series(offer, first))
            continue;
        const struct price_row *row = offer_price_at(offer, first, day);
        if (money_product(1, 1, (row == NULL ? first : row)->price, &price) && !money_add(&sum, price))
            return INT64_MAX;
    }
    return sum;
}
