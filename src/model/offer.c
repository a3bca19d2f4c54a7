#include "model/offer.h"

#include "unit/money.h"

#define KIB 1024LL
#define GIB (KIB * KIB * KIB)
#define GB 1000000000LL

const struct price_unit price_units[] = {
    {"server", COUNTED_SERVERS, TIME_NONE, false, 0, 0},
    {"server-hour", COUNTED_SERVERS, TIME_HOUR, false, 0, 0},
    {"server-month", COUNTED_SERVERS, TIME_MONTH, false, 0, 0},
    {"rack", COUNTED_RACKS, TIME_NONE, true, 0, 0},
    {"rack-month", COUNTED_RACKS, TIME_MONTH, true, 0, 0},
    {"kW-month", COUNTED_KW, TIME_MONTH, false, 0, 0},
    {"kWh", COUNTED_KW_AT_METER, TIME_HOUR, false, 0, 0},
    {"Mbps-month", COUNTED_MBPS, TIME_MONTH, false, 0, 0},
    {"admin-month", COUNTED_ADMINS, TIME_MONTH, true, 0, 0},
    {"work-hour", COUNTED_WORK_HOURS, TIME_NONE, false, 0, 0},
    {"cross-connect-month", COUNTED_CONNECTIONS, TIME_MONTH, false, 0, 0},
    {"month", COUNTED_FLAT, TIME_MONTH, false, 0, 0},
    {"GB", COUNTED_BYTES, TIME_NONE, false, GB, GIB},
    {"TB", COUNTED_BYTES, TIME_NONE, false, 1000 * GB, KIB *GIB},
    {"GiB", COUNTED_BYTES, TIME_NONE, false, GIB, GIB},
    {"TiB", COUNTED_BYTES, TIME_NONE, false, KIB *GIB, KIB *GIB},
    {"request", COUNTED_PIECES, TIME_NONE, false, 1, 1},
    {"thousand requests", COUNTED_PIECES, TIME_NONE, false, 1000, 1000},
    {"million requests", COUNTED_PIECES, TIME_NONE, false, 1000000, 1000000},
    {"server", COUNTED_PIECES, TIME_NONE, false, 1, 1},
    {"work-hour", COUNTED_WORK, TIME_NONE, false, 1, 1},
    {"GB-month", COUNTED_BYTES_KEPT, TIME_MONTH, false, GB, GIB},
    {"GiB-month", COUNTED_BYTES_KEPT, TIME_MONTH, false, GIB, GIB},
    {"unit-hour", COUNTED_PIECES_KEPT, TIME_HOUR, false, 1, 1},
    {"unit-month", COUNTED_PIECES_KEPT, TIME_MONTH, false, 1, 1},
    {"Mbps-month", COUNTED_PERCENTILE, TIME_MONTH, false, 1000000, 1000000},
    {"spend", COUNTED_SPEND, TIME_NONE, false, 1, 1},
};

const size_t n_price_units = sizeof price_units / sizeof price_units[0];

const char *const offer_kind_names[N_OFFER_KINDS] = {"colocation",   "hosting", "reserved", "on-demand",
                                                     "savings-plan", "spot",    "service",  "site"};
const char *const charged_names[N_CHARGED] = {"once", "term", "early-end", "held", "running", "metered"};

bool price_same_family(const struct price_row *a, const struct price_row *b)
{
    return a->offer == b->offer && a->component == b->component && a->unit == b->unit &&
           a->charged == b->charged;
}

bool price_same_series(const struct price_row *a, const struct price_row *b)
{
    return price_same_family(a, b) && decimal_compare(a->tier_from, b->tier_from) == 0;
}

bool price_unit_is_metered(const struct price_unit *unit)
{
    return unit->counted >= COUNTED_BYTES;
}

bool offer_is_reservation(const struct offer *offer)
{
    return offer->kind == OFFER_RESERVED || offer->kind == OFFER_SAVINGS_PLAN;
}

bool offer_has_servers(const struct offer *offer)
{
    return offer->kind != OFFER_SERVICE && offer->kind != OFFER_SITE;
}

const struct price_row *price_version_at(const struct price_row *row, int64_t seconds)
{
    const struct price_row *found = row;
    for (size_t i = 0; i < row->n_versions && row->versions[i].from <= seconds; i++)
        found = &row->versions[i].row;
    return found;
}

bool price_starts_series(const struct offer *offer, const struct price_row *row)
{
    return row == offer->prices || !price_same_series(row - 1, row);
}

static size_t series_start(const struct offer *offer, const struct price_row *any_of_series)
{
    size_t i = 0;
    while (i < offer->n_prices && !price_same_series(&offer->prices[i], any_of_series))
        i++;
    return i;
}

const struct price_row *offer_price_at(const struct offer *offer, const struct price_row *any_of_series,
                                       int64_t seconds)
{
    const struct price_row *found = NULL;
    size_t low = series_start(offer, any_of_series), high = offer->n_prices;
    while (low < high) { /* the rows of a series stand together, by effective_from */
        size_t middle = low + (high - low) / 2;
        const struct price_row *row = &offer->prices[middle];
        if (price_same_series(row, any_of_series) && row->effective_from <= seconds) {
            found = row;
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return found;
}

int64_t offer_month_end(const struct offer *offer, int64_t start, int k)
{
    return add_months(offer->by_calendar ? month_start(start) : start, k);
}

int offer_months(const struct offer *offer, int64_t start, int64_t end)
{
    int n = start < end ? months_between(start, end) : 0; /* off by one at most */
    while (n > 0 && offer_month_end(offer, start, n - 1) >= end)
        n--;
    return start < end && (n == 0 || offer_month_end(offer, start, n) < end) ? n + 1 : n;
}

bool offer_may_end_early(const struct offer *offer)
{
    for (size_t i = 0; i < offer->n_prices; i++)
        if (offer->prices[i].charged == CHARGED_EARLY)
            return true;
    return false;
}

bool price_is_by_contract_month(const struct offer *offer, const struct price_row *row)
{
    return offer->kind == OFFER_HOSTING && row->charged == CHARGED_HELD &&
           row->unit->counted == COUNTED_SERVERS && row->unit->time_base == TIME_MONTH;
}

/* Most servers stand for one: a division in 128 bits is slow. */
static bool stands_for_one(const struct offer *offer)
{
    return offer->equals.digits == 1 && offer->equals.scale == 0;
}

int64_t offer_capacity(const struct offer *offer, int64_t n_servers)
{
    if (stands_for_one(offer))
        return n_servers;
    return (int64_t)((int128)n_servers * offer->equals.digits / power_of_ten(offer->equals.scale));
}

int64_t offer_servers_for(const struct offer *offer, int64_t n_reference)
{
    if (stands_for_one(offer))
        return n_reference;
    int128 scaled = (int128)n_reference * power_of_ten(offer->equals.scale);
    return (int64_t)((scaled + offer->equals.digits - 1) / offer->equals.digits);
}

int64_t offer_most_servers(const struct offer *offer, int64_t n_reference)
{
    int128 below = ((int128)n_reference + 1) * power_of_ten(offer->equals.scale);
    return (int64_t)((below - 1) / offer->equals.digits);
}

int64_t offer_with_spares(const struct offer *offer, int64_t n_servers)
{
    int64_t unit = power_of_ten(offer->spares.scale);
    return n_servers + (int64_t)(((int128)n_servers * offer->spares.digits + unit - 1) / unit);
}

int64_t servers_per_rack(const struct offer *site, const struct offer *server)
{
    int128 kw = (int128)site->rack_kw.digits * site->contract.breaker.digits * 1000 *
                power_of_ten(server->watts.scale);
    int128 each = (int128)server->watts.digits * power_of_ten(site->rack_kw.scale) *
                  power_of_ten(site->contract.breaker.scale);
    int64_t by_power = (int64_t)(kw / each), by_height = site->rack_units / server->rack_units_each;
    return by_power < by_height ? by_power : by_height;
}

int64_t offer_term_end(const struct offer *offer, int64_t start, struct term term)
{
    return term_end(offer->by_calendar && term.months > 0 ? month_start(start) : start, term);
}
