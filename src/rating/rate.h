#ifndef RATING_RATE_H
#define RATING_RATE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/offer.h"
#include "model/timeline.h"
#include "unit/money.h"

/* An exact quantity: ticks / per_unit units of a price row. */
struct ticks {
    int128 ticks, per_unit;
};

/* What n servers of an offer are in the row's unit (racks, kilowatts, ...), held for [from, to), which
 * lies within one calendar month. A month has 377,580 x 86,400 ticks whatever its length (the least
 * common multiple of 28 to 31 days), or hours_per_month hours. False where it does not fit 128 bits. */
bool rate_held(const struct study *study, const struct price_row *row, int64_t n_servers, int64_t from,
               int64_t to, struct ticks *quantity);

/* What n servers of an offer are in a row's unit where it has no time in it: servers, work-hours, racks. */
bool rate_pieces(const struct study *study, const struct price_row *row, int64_t n_servers,
                 struct ticks *quantity);

/* digits / unit of something, through [from, to) of one calendar month, in units of the time base. False
 * where it does not fit. */
bool rate_through(const struct study *study, enum time_base base, int128 digits, int128 unit, int64_t from,
                  int64_t to, struct ticks *quantity);

/* seconds of running time, all servers added up. */
struct ticks rate_running(int64_t server_seconds);

/* Whole racks or administrators for n servers: racks by the tighter of units and kilowatts. */
int64_t whole_units(const struct offer *offer, enum counted counted, int64_t n_servers);

/* Adds up one price row of one order: a charge is round(cumulative after) - round(cumulative before),
 * so that the parts add up to the whole exactly. */
struct meter {
    int128 ticks, per_unit;
    money so_far;
};

/* The money for a further quantity; false on overflow. All quantities of a meter have one per_unit. */
bool meter_add(struct meter *meter, struct decimal price, struct ticks quantity, money *amount);

double ticks_as_double(struct ticks quantity);

#endif
