#ifndef UNIT_MONEY_H
#define UNIT_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "unit/decimal.h"

struct arena;

/* Money is whole millionths of the study's currency. Products are formed in 128 bits. */
typedef int64_t money;
__extension__ typedef __int128 int128;

enum { MONEY_PER_UNIT = 1000000 };

/* numerator / denominator to the nearest whole number, half to even. denominator > 0. */
int128 round_half_even(int128 numerator, int128 denominator);

/* quantity x price, where the quantity is ticks / ticks_per_unit, rounded once, half to even.
 * Returns false where the result does not fit into money. */
bool money_product(int128 ticks, int128 ticks_per_unit, struct decimal price, money *result);

/* The part numerator/denominator of an amount, rounded half to even; 0 <= numerator <= denominator.
 * Exact while amount x numerator fits into 128 bits, otherwise to some 62 bits. */
money money_share(money amount, int128 numerator, int128 denominator);

/* a + b; returns false on overflow and leaves *a as it was. */
bool money_add(money *a, money b);

double money_as_double(money amount); /* in currency units, for charts and spreadsheets */

/* "-1234.56": `places` digits after the point (0 to 6), rounded half to even. No separators. */
struct str money_text(struct arena *arena, money amount, int places);
/* The same with thousands separated by commas, for people. */
struct str money_pretty(struct arena *arena, money amount, int places);

#endif
