#ifndef UNIT_DECIMAL_H
#define UNIT_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

/* An exact decimal as read: digits x 10^-scale, 0 <= scale <= 15. */
struct decimal {
    int64_t digits;
    int scale;
};

/* `[-]digits[.digits]`, nothing else: no exponent, separators, blanks or leading `+`. Returns false
 * where the text is no such number or does not fit. */
bool decimal_parse(struct str text, struct decimal *result);

/* 10^n for 0 <= n <= 18. */
int64_t power_of_ten(int n);

struct decimal decimal_of(int64_t whole);
/* Same value, no trailing zeros after the point. */
struct decimal decimal_normal(struct decimal d);
/* a x b, exact where it has at most fifteen places and fits, otherwise rounded half to even to as many as
 * fit; false where not even its whole part does. */
bool decimal_product(struct decimal a, struct decimal b, struct decimal *product);
int decimal_compare(struct decimal a, struct decimal b);
double decimal_as_double(struct decimal d);
struct str decimal_text(struct arena *arena, struct decimal d); /* all digits, as short as exact */

/* The text of a number with its thousands separated by commas, for people. */
struct str decimal_with_commas(struct arena *arena, struct str number);

/* value x factor (an integer power of ten or less) as a whole number; false where it is not whole
 * or does not fit. E.g. millionths of a decimal: decimal_scaled(d, 1000000, &n). */
bool decimal_scaled(struct decimal d, int64_t factor, int64_t *result);

#endif
