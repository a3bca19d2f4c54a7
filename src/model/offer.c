#include "model/offer.h"

#include "unit/money.h"

const struct price_unit price_units[] = {
    {"server", COUNTED_SERVERS, TIME_NONE, false},        {"server-hour", COUNTED_SERVERS, TIME_HOUR, false},
    {"server-month", COUNTED_SERVERS, TIME_MONTH, false}, {"rack-month", COUNTED_RACKS, TIME_MONTH, true},
    {"kW-month", COUNTED_KW, TIME_MONTH, false},          {"kWh", COUNTED_KW_AT_METER, TIME_HOUR, false},
    {"Mbps-month", COUNTED_MBPS, TIME_MONTH, false},      {"admin-month", COUNTED_ADMINS, TIME_MONTH, true},
};

const size_t n_price_units = sizeof price_units / sizeof price_units[0];

const char *const offer_kind_names[N_OFFER_KINDS] = {"colocation", "hosting", "reserved", "on-demand"};
const char *const charged_names[N_CHARGED] = {"once", "term", "held", "running"};

bool price_same_series(const struct price_row *a, const struct price_row *b)
{
    return a->offer == b->offer && a->component == b->component && a->unit == b->unit &&
           a->charged == b->charged;
}

bool price_starts_series(const struct offer *offer, const struct price_row *row)
{
    return row == offer->prices || !price_same_series(row - 1, row);
}

const struct price_row *offer_price_at(const struct offer *offer, const struct price_row *any_of_series,
                                       int64_t seconds)
{
    const struct price_row *found = NULL;
    for (size_t i = 0; i < offer->n_prices; i++) {
        const struct price_row *row = &offer->prices[i];
        if (price_same_series(row, any_of_series) && row->effective_from <= seconds)
            found = row;
    }
    return found;
}

bool price_is_by_contract_month(const struct offer *offer, const struct price_row *row)
{
    return offer->kind == OFFER_HOSTING && row->charged == CHARGED_HELD &&
           row->unit->counted == COUNTED_SERVERS && row->unit->time_base == TIME_MONTH;
}

int64_t offer_capacity(const struct offer *offer, int64_t n_servers)
{
    return (int64_t)((int128)n_servers * offer->equals.digits / power_of_ten(offer->equals.scale));
}

int64_t offer_servers_for(const struct offer *offer, int64_t n_reference)
{
    int128 scaled = (int128)n_reference * power_of_ten(offer->equals.scale);
    return (int64_t)((scaled + offer->equals.digits - 1) / offer->equals.digits);
}
