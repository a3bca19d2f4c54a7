#include "unit/digits.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"

char *digits_put(char *end, int128 value, int places)
{
    char *at = end;
    int n = 0;
    int128 size = value < 0 ? -value : value;
    for (; size > INT64_MAX; size /= 10) { /* slow, and rare */
        *--at = (char)('0' + (int)(size % 10));
        if (++n == places)
            *--at = '.';
    }
    uint64_t rest = (uint64_t)size;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
        if (++n == places)
            *--at = '.';
    } while (rest > 0 || n <= places);
    if (value < 0)
        *--at = '-';
    return at;
}

struct str digits_short(char *end, int128 value, int places)
{
    for (; places > 0 && (value > INT64_MAX || value < INT64_MIN) && value % 10 == 0; places--)
        value /= 10; /* slow, and rare */
    int64_t rest = (int64_t)value;
    if (value == rest) {
        for (; places > 0 && rest % 10 == 0; places--)
            rest /= 10;
        value = rest;
    }
    char *at = digits_put(end, value, places);
    return (struct str){at, (size_t)(end - at)};
}

bool digits_of_double(double number, int places, int128 *value)
{
    enum { MANTISSA_BITS = 53, MOST_BITS = 63 };
    int exponent;
    check(places >= 0 && places <= 18);
    if (!isfinite(number))
        return false;
    int128 mantissa = (int128)ldexp(frexp(fabs(number), &exponent), MANTISSA_BITS);
    if (exponent > MOST_BITS)
        return false;
    int128 scaled = mantissa * power_of_ten(places); /* below 2^113 */
    int shift = MANTISSA_BITS - exponent;
    if (shift > 114)
        *value = 0;
    else if (shift <= 0)
        *value = scaled << -shift;
    else
        *value = round_half_even(scaled, (int128)1 << shift);
    if (number < 0)
        *value = -*value;
    return true;
}

/* Digits of a number before its point; less than 1: 0, and 1 less for each zero behind the point. */
static int n_before_point(double size)
{
    int n = 0;
    for (double power = 1; size >= power; power *= 10)
        n++;
    for (double power = 0.1; size < power; power /= 10)
        n--;
    return n;
}

struct str digits_sixteen(char *end, double number)
{
    enum { DIGITS = 16 };
    int128 value;
    double size = fabs(number);
    if (size >= 0.01 && size < 1e15 && digits_of_double(number, DIGITS - n_before_point(size), &value))
        return digits_short(end, value, DIGITS - n_before_point(size));
    char text[LONGEST_DIGITS];
    size_t length = (size_t)snprintf(text, sizeof text, "%.*G", DIGITS, number);
    memcpy(end - length, text, length);
    return (struct str){end - length, length};
}

/* Below 2^53, value and power are doubles, and their quotient is rounded once. */
bool decimal_of_double(double number, int places, int64_t *value)
{
    static const int64_t end = 1000000000000000;
    int128 nearest;
    if (!digits_of_double(number, places, &nearest) || nearest <= -end || nearest >= end)
        return false;
    *value = (int64_t)nearest;
    return (double)*value / (double)power_of_ten(places) == number;
}
