#ifndef UNIT_FRACTION_H
#define UNIT_FRACTION_H

#include "unit/decimal.h"
#include "unit/money.h"

struct arena;

/* An exact number, in lowest terms. denominator > 0; a denominator of 0 says that the number did not fit
 * into 128 bits, and neither does anything that is computed from it. A zeroed fraction does not fit: begin
 * a sum with fraction_of(0, 1). */
struct fraction {
    int128 numerator, denominator;
};

struct fraction fraction_of(int128 numerator, int128 denominator); /* denominator > 0 */
struct fraction fraction_of_decimal(struct decimal d);
bool fraction_fits(struct fraction f);

struct fraction fraction_add(struct fraction a, struct fraction b);
struct fraction fraction_subtract(struct fraction a, struct fraction b);
struct fraction fraction_multiply(struct fraction a, struct fraction b);
struct fraction fraction_divide(struct fraction a, struct fraction b); /* b must not be 0 */

/* <0, 0, >0, exactly; both must fit. */
int fraction_compare(struct fraction a, struct fraction b);
int fraction_sign(struct fraction f);

/* "8,760.50": `places` digits after the point (0 to 15), rounded half to even, thousands separated. */
struct str fraction_text(struct arena *arena, struct fraction f, int places);
/* For arithmetic to be followed: exact and as short as possible where six digits after the point do, or
 * as many as the places given; otherwise that many, rounded half to even. Where that would leave fewer
 * than four digits other than leading zeros, more. */
struct str fraction_short(struct arena *arena, struct fraction f, int places);

#endif
