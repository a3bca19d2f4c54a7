#include "unit/fraction.h"

#include "base/check.h"

enum { MOST_PLACES = 15, LEAST_DIGITS = 1000 /* four digits */ };

static const struct fraction does_not_fit = {0, 0};

static int128 greatest_common_divisor(int128 a, int128 b)
{
    while (b != 0) {
        int128 rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

struct fraction fraction_of(int128 numerator, int128 denominator)
{
    check(denominator > 0);
    int128 common = greatest_common_divisor(numerator, denominator);
    return (struct fraction){numerator / common, denominator / common};
}

struct fraction fraction_of_decimal(struct decimal d)
{
    return fraction_of(d.digits, power_of_ten(d.scale));
}

bool fraction_fits(struct fraction f)
{
    return f.denominator > 0;
}

struct fraction fraction_add(struct fraction a, struct fraction b)
{
    int128 left, right, sum, denominator;
    if (!fraction_fits(a) || !fraction_fits(b))
        return does_not_fit;
    int128 common = greatest_common_divisor(a.denominator, b.denominator);
    if (__builtin_mul_overflow(a.numerator, b.denominator / common, &left) ||
        __builtin_mul_overflow(b.numerator, a.denominator / common, &right) ||
        __builtin_add_overflow(left, right, &sum) ||
        __builtin_mul_overflow(a.denominator, b.denominator / common, &denominator))
        return does_not_fit;
    return fraction_of(sum, denominator);
}

struct fraction fraction_subtract(struct fraction a, struct fraction b)
{
    return fraction_add(a, (struct fraction){-b.numerator, b.denominator});
}

struct fraction fraction_multiply(struct fraction a, struct fraction b)
{
    int128 numerator, denominator;
    if (!fraction_fits(a) || !fraction_fits(b))
        return does_not_fit;
    struct fraction left = fraction_of(a.numerator, b.denominator);
    struct fraction right = fraction_of(b.numerator, a.denominator);
    if (__builtin_mul_overflow(left.numerator, right.numerator, &numerator) ||
        __builtin_mul_overflow(left.denominator, right.denominator, &denominator))
        return does_not_fit;
    return (struct fraction){numerator, denominator};
}

struct fraction fraction_divide(struct fraction a, struct fraction b)
{
    if (!fraction_fits(b))
        return does_not_fit;
    check(b.numerator != 0);
    struct fraction inverse = {b.denominator, b.numerator};
    if (b.numerator < 0)
        inverse = (struct fraction){-b.denominator, -b.numerator};
    return fraction_multiply(a, inverse);
}

static int128 floor_of(struct fraction f)
{
    return f.numerator / f.denominator - (f.numerator % f.denominator < 0);
}

/* By whole parts, then by the inverses of what is left, the other way round: nothing can overflow. */
int fraction_compare(struct fraction a, struct fraction b)
{
    check(fraction_fits(a) && fraction_fits(b));
    for (int sign = 1;; sign = -sign) {
        int128 left = floor_of(a), right = floor_of(b);
        if (left != right)
            return left < right ? -sign : sign;
        int128 left_rest = a.numerator - left * a.denominator;
        int128 right_rest = b.numerator - right * b.denominator;
        if (left_rest == 0 || right_rest == 0)
            return sign * ((left_rest != 0) - (right_rest != 0));
        a = (struct fraction){a.denominator, left_rest};
        b = (struct fraction){b.denominator, right_rest};
    }
}

int fraction_sign(struct fraction f)
{
    return (f.numerator > 0) - (f.numerator < 0);
}

/* f x 10^places, rounded; false where it does not fit into 64 bits. */
static bool scaled(struct fraction f, int places, int64_t *result)
{
    struct fraction product = fraction_multiply(f, fraction_of(power_of_ten(places), 1));
    if (!fraction_fits(product))
        return false;
    int128 rounded = round_half_even(product.numerator, product.denominator);
    *result = (int64_t)rounded;
    return rounded == *result;
}

static struct str digits_text(struct arena *arena, int64_t digits, int places)
{
    uint64_t size = digits < 0 ? -(uint64_t)digits : (uint64_t)digits;
    uint64_t unit = (uint64_t)power_of_ten(places);
    struct str text = str_format(arena, "%s%llu", digits < 0 ? "-" : "", (unsigned long long)(size / unit));
    if (places > 0)
        text = str_format(arena, "%.*s.%0*llu", STR_ARGS(text), places, (unsigned long long)(size % unit));
    return decimal_with_commas(arena, text);
}

struct str fraction_text(struct arena *arena, struct fraction f, int places)
{
    int64_t digits;
    check(places >= 0 && places <= MOST_PLACES);
    if (!scaled(f, places, &digits))
        return STR("(too large)");
    return digits_text(arena, digits, places);
}

struct str fraction_short(struct arena *arena, struct fraction f, int places)
{
    int64_t digits = 0;
    for (int exact = 0; exact <= places; exact++)
        if (fraction_fits(f) && power_of_ten(exact) % f.denominator == 0)
            return fraction_text(arena, f, exact);
    while (places < MOST_PLACES && scaled(f, places, &digits) && digits < LEAST_DIGITS &&
           digits > -LEAST_DIGITS)
        places++;
    return fraction_text(arena, f, places);
}
