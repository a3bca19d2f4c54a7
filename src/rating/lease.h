#ifndef RATING_LEASE_H
#define RATING_LEASE_H

#include "model/timeline.h"
#include "unit/money.h"

struct arena;

/* What one server of an offer costs from its order to `until`, at the prices in force on the day it is
 * ordered: once and term charges (their unexpired share credited where the study does so), and what is
 * charged while held. Whole racks and administrators count by their share of one. In millionths; false
 * on overflow. For sizing: the bill itself is the ledger's. */
bool lease_cost(const struct study *study, const struct offer *offer, int64_t ordered, int64_t until,
                money *cost);

/* Servers that share one rack or administrator of an offer. */
int64_t lease_servers_in_a_piece(const struct offer *offer, enum counted counted);

/* An hour's price of one server as that of one reference server for some seconds, in 2^-bits of a millionth
 * so that short steps keep their digits. */
int64_t price_of_reference(const struct offer *offer, money hour, int64_t seconds, int bits);

/* What an hour of running costs on a day, in millionths: the sum of the offer's running prices. */
money running_price(const struct offer *offer, int64_t day);

/* What an hour of a commitment costs on a day, used or not: the sum of its hourly held prices. */
money committed_price(const struct offer *offer, int64_t day);

#endif
