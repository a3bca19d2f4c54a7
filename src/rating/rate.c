#include "rating/rate.h"

#include "base/check.h"

/* 28, 29, 30 and 31 days all divide it. */
enum { MONTH_DAYS_MULTIPLE = 377580 };

int64_t whole_units(const struct offer *offer, enum counted counted, int64_t n_servers)
{
    int64_t each = offer->servers_per_admin;
    if (counted == COUNTED_RACKS) {
        /* servers that one rack powers: kw x 1000 / watts, rounded down */
        int128 kw = (int128)offer->rack_kw.digits * 1000 * power_of_ten(offer->watts.scale);
        int128 by_power = kw / ((int128)offer->watts.digits * power_of_ten(offer->rack_kw.scale));
        int64_t by_height = offer->rack_units / offer->rack_units_each;
        each = by_power < by_height ? (int64_t)by_power : by_height;
    }
    check(each > 0);
    return (n_servers + each - 1) / each;
}

/* Ticks of a stretch of time, and ticks in one unit of it. */
static struct ticks time_ticks(const struct study *study, enum time_base base, int64_t from, int64_t to)
{
    if (base == TIME_HOUR)
        return (struct ticks){to - from, HOUR_SECONDS};
    check(base == TIME_MONTH);
    if (study->hours_per_month > 0)
        return (struct ticks){to - from, (int128)study->hours_per_month * HOUR_SECONDS};
    struct date date = date_of(from);
    int64_t per_day = MONTH_DAYS_MULTIPLE / days_in_month(date.year, date.month);
    return (struct ticks){(int128)(to - from) * per_day, (int128)MONTH_DAYS_MULTIPLE * DAY_SECONDS};
}

/* servers x factor, as digits over a power of ten. */
struct factor {
    int128 digits, unit;
};

static struct factor units_of(const struct offer *offer, enum counted counted, int64_t n)
{
    switch (counted) {
    case COUNTED_SERVERS:
        return (struct factor){n, 1};
    case COUNTED_RACKS:
    case COUNTED_ADMINS:
        return (struct factor){whole_units(offer, counted, n), 1};
    case COUNTED_KW:
        return (struct factor){(int128)n * offer->watts.digits,
                               (int128)1000 * power_of_ten(offer->watts.scale)};
    case COUNTED_KW_AT_METER:
        return (struct factor){(int128)n * offer->watts.digits * offer->pue.digits,
                               (int128)1000 * power_of_ten(offer->watts.scale) *
                                   power_of_ten(offer->pue.scale)};
    case COUNTED_MBPS:
        return (struct factor){(int128)n * offer->mbps.digits, power_of_ten(offer->mbps.scale)};
    case COUNTED_WORK_HOURS:
        return (struct factor){(int128)n * offer->work_hours.digits, power_of_ten(offer->work_hours.scale)};
    case COUNTED_CONNECTIONS:
        return (struct factor){(int128)n * offer->contract.cross_connects, 1};
    case COUNTED_FLAT:
        return (struct factor){n > 0, 1};
    case COUNTED_BYTES:
    case COUNTED_PIECES:
    case COUNTED_WORK:
    case COUNTED_BYTES_KEPT:
    case COUNTED_PIECES_KEPT:
    case COUNTED_PERCENTILE:
    case COUNTED_SPEND:
        break;
    }
    check(!"something to count without a rule");
    return (struct factor){0, 1};
}

bool rate_through(const struct study *study, enum time_base base, int128 digits, int128 unit, int64_t from,
                  int64_t to, struct ticks *quantity)
{
    struct ticks time = time_ticks(study, base, from, to);
    return !__builtin_mul_overflow(time.ticks, digits, &quantity->ticks) &&
           !__builtin_mul_overflow(time.per_unit, unit, &quantity->per_unit);
}

bool rate_held(const struct study *study, const struct price_row *row, int64_t n_servers, int64_t from,
               int64_t to, struct ticks *quantity)
{
    struct factor units = units_of(&study->offers[row->offer], row->unit->counted, n_servers);
    return rate_through(study, row->unit->time_base, units.digits, units.unit, from, to, quantity);
}

bool rate_pieces(const struct study *study, const struct price_row *row, int64_t n_servers,
                 struct ticks *quantity)
{
    struct factor units = units_of(&study->offers[row->offer], row->unit->counted, n_servers);
    *quantity = (struct ticks){units.digits, units.unit};
    return units.digits / (n_servers == 0 ? 1 : n_servers) <= INT64_MAX;
}

struct ticks rate_running(int64_t server_seconds)
{
    return (struct ticks){server_seconds, HOUR_SECONDS};
}

bool meter_add(struct meter *meter, struct decimal price, struct ticks quantity, money *amount)
{
    money total;
    check(meter->per_unit == 0 || meter->per_unit == quantity.per_unit);
    if (__builtin_add_overflow(meter->ticks, quantity.ticks, &meter->ticks))
        return false;
    meter->per_unit = quantity.per_unit;
    if (!money_product(meter->ticks, meter->per_unit, price, &total))
        return false;
    *amount = total - meter->so_far;
    meter->so_far = total;
    return true;
}

double ticks_as_double(struct ticks quantity)
{
    return (double)quantity.ticks / (double)quantity.per_unit;
}
