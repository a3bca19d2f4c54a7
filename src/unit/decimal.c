#include "unit/decimal.h"

#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "unit/digits.h"
#include "unit/money.h"

enum { MOST_DIGITS = 18, MOST_SCALE = 15 };

int64_t power_of_ten(int n)
{
    static const int64_t powers[] = {1,
                                     10,
                                     100,
                                     1000,
                                     10000,
                                     100000,
                                     1000000,
                                     10000000,
                                     100000000,
                                     1000000000,
                                     10000000000,
                                     100000000000,
                                     1000000000000,
                                     10000000000000,
                                     100000000000000,
                                     1000000000000000,
                                     10000000000000000,
                                     100000000000000000,
                                     1000000000000000000};
    check(n >= 0 && n <= MOST_DIGITS);
    return powers[n];
}

bool decimal_parse(struct str text, struct decimal *result)
{
    size_t i = text.length > 0 && text.at[0] == '-';
    bool negative = i == 1, point = false;
    int n_digits = 0, n_significant = 0;
    struct decimal d = {0, 0};
    for (; i < text.length; i++) {
        char c = text.at[i];
        if (c == '.' && !point && n_digits > 0) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9')
            return false;
        n_digits++;
        n_significant += n_significant > 0 || c != '0';
        d.scale += point;
        if (n_significant > MOST_DIGITS || d.scale > MOST_SCALE)
            return false;
        d.digits = d.digits * 10 + (c - '0');
    }
    if (n_digits == 0 || text.at[text.length - 1] == '.')
        return false;
    if (negative)
        d.digits = -d.digits;
    *result = d;
    return true;
}

struct decimal decimal_of(int64_t whole)
{
    return (struct decimal){whole, 0};
}

struct decimal decimal_normal(struct decimal d)
{
    while (d.scale > 0 && d.digits % 10 == 0) {
        d.digits /= 10;
        d.scale--;
    }
    return d;
}

static bool fits_decimal(int128 digits)
{
    return digits <= INT64_MAX && digits >= -INT64_MAX;
}

bool decimal_product(struct decimal a, struct decimal b, struct decimal *product)
{
    int128 digits = (int128)a.digits * b.digits;
    int scale = a.scale + b.scale, surplus = 0;
    while (scale > 0 && digits % 10 == 0) {
        digits /= 10;
        scale--;
    }
    int128 rounded = digits;
    while (scale - surplus > MOST_SCALE || !fits_decimal(rounded)) {
        if (surplus == scale || surplus == MOST_DIGITS)
            return false;
        rounded = round_half_even(digits, power_of_ten(++surplus));
    }
    *product = decimal_normal((struct decimal){(int64_t)rounded, scale - surplus});
    return true;
}

int decimal_compare(struct decimal a, struct decimal b)
{
    int128 left = (int128)a.digits * power_of_ten(b.scale);
    int128 right = (int128)b.digits * power_of_ten(a.scale);
    return (left > right) - (left < right);
}

double decimal_as_double(struct decimal d)
{
    return (double)d.digits / (double)power_of_ten(d.scale);
}

struct str decimal_text(struct arena *arena, struct decimal value)
{
    char text[LONGEST_DIGITS];
    return str_copy(arena, digits_short(text + sizeof text, value.digits, value.scale));
}

struct str decimal_with_commas(struct arena *arena, struct str number)
{
    size_t start = number.length > 0 && number.at[0] == '-', n = 0;
    const char *point = number.length == 0 ? NULL : memchr(number.at, '.', number.length);
    size_t whole_end = point == NULL ? number.length : (size_t)(point - number.at);
    char *text = ARENA_NEW(arena, char, number.length * 2 + 1);
    for (size_t i = 0; i < number.length; i++) {
        if (i > start && i < whole_end && (whole_end - i) % 3 == 0)
            text[n++] = ',';
        text[n++] = number.at[i];
    }
    return (struct str){text, n};
}

bool decimal_scaled(struct decimal d, int64_t factor, int64_t *result)
{
    int128 product = (int128)d.digits * factor;
    int64_t unit = power_of_ten(d.scale);
    if (product % unit != 0 || product / unit > INT64_MAX || product / unit < INT64_MIN)
        return false;
    *result = (int64_t)(product / unit);
    return true;
}
