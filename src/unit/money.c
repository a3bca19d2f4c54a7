#include "unit/money.h"

#include "base/check.h"
#include "unit/digits.h"

int128 round_half_even(int128 numerator, int128 denominator)
{
    check(denominator > 0);
    int128 whole = numerator / denominator;
    int128 rest = numerator % denominator;
    int128 size = rest < 0 ? -rest : rest;
    if (size > denominator - size || (size == denominator - size && whole % 2 != 0))
        whole += numerator < 0 ? -1 : 1;
    return whole;
}

bool money_product(int128 ticks, int128 ticks_per_unit, struct decimal price, money *result)
{
    int128 numerator, denominator;
    if (__builtin_mul_overflow(ticks, (int128)price.digits, &numerator) ||
        __builtin_mul_overflow(ticks_per_unit, (int128)power_of_ten(price.scale), &denominator))
        return false;
    /* millionths: put the factor where it shortens rather than lengthens */
    if (denominator % MONEY_PER_UNIT == 0)
        denominator /= MONEY_PER_UNIT;
    else if (__builtin_mul_overflow(numerator, (int128)MONEY_PER_UNIT, &numerator))
        return false;
    int128 rounded = round_half_even(numerator, denominator);
    if (rounded > INT64_MAX || rounded < INT64_MIN)
        return false;
    *result = (money)rounded;
    return true;
}

money money_share(money amount, int128 numerator, int128 denominator)
{
    check(denominator > 0 && numerator >= 0 && numerator <= denominator);
    int128 product;
    while (__builtin_mul_overflow((int128)amount, numerator, &product)) {
        numerator /= 2;
        denominator /= 2;
    }
    return (money)round_half_even(product, denominator);
}

bool money_add(money *a, money b)
{
    money sum;
    if (__builtin_add_overflow(*a, b, &sum))
        return false;
    *a = sum;
    return true;
}

double money_as_double(money amount)
{
    return (double)amount / MONEY_PER_UNIT;
}

struct str money_text(struct arena *arena, money amount, int places)
{
    check(places >= 0 && places <= 6);
    int128 rounded = round_half_even((int128)amount * power_of_ten(places), MONEY_PER_UNIT);
    char text[LONGEST_DIGITS], *end = text + sizeof text, *at = digits_put(end, rounded, places);
    return str_copy(arena, (struct str){at, (size_t)(end - at)});
}

struct str money_pretty(struct arena *arena, money amount, int places)
{
    return decimal_with_commas(arena, money_text(arena, amount, places));
}
