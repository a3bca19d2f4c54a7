#include "report/numbers.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "unit/digits.h"

/* Millionths; more of them than money has, too. */
static struct str micro_text(struct arena *arena, int128 micro, int places)
{
    if (micro <= INT64_MAX)
        return money_text(arena, (money)micro, places);
    int128 whole = micro / MONEY_PER_UNIT, rest = micro % MONEY_PER_UNIT;
    struct str tail = money_text(arena, (money)rest, places); /* 0.1234, or 1.0000 where it rounds up */
    whole += tail.at[0] == '1';
    return str_format(arena, "%llu%.*s", (unsigned long long)whole, STR_ARGS(str_after(tail, 1)));
}

struct str hours_text(struct arena *arena, int128 server_seconds, int places)
{
    int128 micro = round_half_even(server_seconds * MONEY_PER_UNIT, HOUR_SECONDS);
    return micro_text(arena, micro, places);
}

/* Of less than a thousandth, with as many digits as it has, ten at most. */
static struct str small_text(struct arena *arena, int64_t ten_billionths, int places)
{
    struct str text = str_format(arena, "0.%010lld", (long long)ten_billionths);
    while (text.length > (size_t)places + strlen("0.") && text.at[text.length - 1] == '0')
        text.length--;
    return text;
}

struct str per_hour_text(struct arena *arena, money amount, int64_t server_seconds, int places)
{
    if (server_seconds <= 0)
        return STR("");
    int128 micro = round_half_even((int128)amount * HOUR_SECONDS, server_seconds);
    if (amount > 0 && micro < MONEY_PER_UNIT / 1000)
        return small_text(
            arena, (int64_t)round_half_even((int128)amount * HOUR_SECONDS * 10000, server_seconds), places);
    return micro_text(arena, micro, places);
}

struct str unmet_hours_text(struct arena *arena, int128 micro_server_seconds, int places)
{
    int128 micro = round_half_even(micro_server_seconds, HOUR_SECONDS);
    return micro_text(arena, micro, places);
}

struct str share_text(struct arena *arena, int64_t part, int64_t whole)
{
    if (whole == 0)
        return STR("");
    return money_text(arena, (money)round_half_even((int128)part * MONEY_PER_UNIT, whole), 6);
}

struct str hours_served_text(struct arena *arena, const struct result *result,
                             const struct strategy_result *strategy)
{
    int64_t n_steps = result->demand.n_steps;
    return share_text(arena, n_steps - strategy->service.steps_short, n_steps);
}

struct str load_served_text(struct arena *arena, const struct result *result,
                            const struct strategy_result *strategy)
{
    int128 load = result->load_micro, unmet = strategy->service.unmet_micro;
    if (load <= 0)
        return STR("");
    money share = (money)round_half_even((load - unmet) * MONEY_PER_UNIT, load);
    if (share == MONEY_PER_UNIT && unmet > 0)
        share--; /* all is all, not nearly all */
    return money_text(arena, share, 6);
}

struct str number_text(struct arena *arena, double value, int places)
{
    enum { MOST_PLACES = 9 };
    int128 digits;
    char bytes[LONGEST_DIGITS];
    if (places <= MOST_PLACES && digits_of_double(value, places, &digits))
        return str_copy(arena, digits_short(bytes + sizeof bytes, digits, places));
    struct str text = str_format(arena, "%.*f", places, value);
    while (memchr(text.at, '.', text.length) != NULL && strchr("0.", text.at[text.length - 1]) != NULL) {
        bool point = text.at[text.length - 1] == '.';
        text.length--;
        if (point)
            break;
    }
    return str_is(text, "-0") ? STR("0") : str_copy(arena, text);
}
