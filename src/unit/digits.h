#ifndef UNIT_DIGITS_H
#define UNIT_DIGITS_H

#include <stdbool.h>

#include "unit/money.h"

/* Digits of numbers without printf, which takes half the time of a large table. Text is written backwards from
 * `end`, LONGEST_DIGITS bytes at most, not terminated; what is returned is where it begins. */
enum { LONGEST_DIGITS = 64 };

/* value x 10^-places with all its places, 0 to 18. */
char *digits_put(char *end, int128 value, int places);

/* The same without trailing zeros behind the point. */
struct str digits_short(char *end, int128 value, int places);

/* number x 10^places (0 to 18) to the nearest whole number, half to even, of the exact value of the double, as
 * printf rounds. False where it is not finite or has more than 63 bits before its point. */
bool digits_of_double(double number, int places, int128 *value);

/* Sixteen digits, as printf's %.16G writes them. */
struct str digits_sixteen(char *end, double number);

/* The decimal of so many places (0 to 9) that reads back as the number, as value x 10^-places. False where
 * none with at most 15 digits does. */
bool decimal_of_double(double number, int places, int64_t *value);

#endif
