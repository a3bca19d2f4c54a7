#include "rating/lease.h"

#include "rating/rate.h"

int64_t lease_servers_in_a_piece(const struct offer *offer, enum counted counted)
{
    int64_t n = 1;
    if (counted == COUNTED_ADMINS)
        return offer->servers_per_admin;
    if (counted == COUNTED_RACKS)
        while (whole_units(offer, COUNTED_RACKS, n + 1) == 1)
            n++;
    return n;
}

/* One server with its share of spares. */
static bool with_spares(const struct offer *offer, const struct price_row *row, struct ticks *quantity)
{
    int64_t unit = power_of_ten(offer->spares.scale);
    if (row->unit->counted == COUNTED_ADMINS || row->unit->counted == COUNTED_MBPS ||
        offer->spares.digits == 0)
        return true;
    return !__builtin_mul_overflow(quantity->ticks, (int128)(unit + offer->spares.digits),
                                   &quantity->ticks) &&
           !__builtin_mul_overflow(quantity->per_unit, (int128)unit, &quantity->per_unit);
}

static bool held_cost(const struct study *study, const struct offer *offer, const struct price_row *row,
                      int64_t from, int64_t until, money *cost)
{
    int64_t shared_by = lease_servers_in_a_piece(offer, row->unit->counted);
    struct meter meter = {0};
    for (int64_t at = from; at < until;) {
        struct ticks quantity;
        money part;
        int64_t month_end = add_months(month_start(at), 1);
        int64_t to = month_end < until ? month_end : until;
        if (!rate_held(study, row, 1, at, to, &quantity))
            return false;
        quantity.per_unit *= shared_by;
        if (!with_spares(offer, row, &quantity))
            return false;
        if (!meter_add(&meter, row->price, quantity, &part))
            return false;
        at = to;
    }
    return money_add(cost, meter.so_far);
}

static bool start_cost(const struct study *study, const struct offer *offer, const struct price_row *row,
                       int64_t from, int64_t until, money *cost)
{
    money amount;
    struct ticks quantity;
    int64_t end = term_end(from, offer->term);
    if (!rate_pieces(study, row, 1, &quantity) || !with_spares(offer, row, &quantity) ||
        !money_product(quantity.ticks * (row->n_payments > 0 ? row->n_payments : 1), quantity.per_unit,
                       row->price, &amount))
        return false;
    if (study->at_end != AT_END_FULL && until < end && row->charged == CHARGED_TERM)
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
        bool credited = study->at_end != AT_END_FULL && until < end;
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
        if (first->charged == CHARGED_RUNNING || first->charged == CHARGED_METERED ||
            first->charged == CHARGED_EARLY)
            continue;
        const struct price_row *row = offer_price_at(offer, first, ordered);
        row = price_version_at(row == NULL ? first : row, ordered);
        if (!row_cost(study, offer, row, ordered, until, cost))
            return false;
    }
    return true;
}

/* The sum of an offer's prices of a server-hour that are charged in one way. */
static money hourly_price(const struct offer *offer, enum charged charged, int64_t day)
{
    money sum = 0;
    for (size_t i = 0; i < offer->n_prices; i++) {
        money price;
        const struct price_row *first = &offer->prices[i];
        if (first->charged != charged || first->unit->counted != COUNTED_SERVERS ||
            first->unit->time_base != TIME_HOUR || !price_starts_series(offer, first))
            continue;
        const struct price_row *row = offer_price_at(offer, first, day);
        row = price_version_at(row == NULL ? first : row, day);
        if (money_product(1, 1, row->price, &price) && !money_add(&sum, price))
            return INT64_MAX;
    }
    return sum;
}

money running_price(const struct offer *offer, int64_t day)
{
    return hourly_price(offer, CHARGED_RUNNING, day);
}

money committed_price(const struct offer *offer, int64_t day)
{
    return hourly_price(offer, CHARGED_HELD, day);
}

int64_t price_of_reference(const struct offer *offer, money hour, int64_t seconds, int bits)
{
    int128 amount = ((int128)hour << bits) * seconds / HOUR_SECONDS;
    return (int64_t)(amount * power_of_ten(offer->equals.scale) / offer->equals.digits);
}
