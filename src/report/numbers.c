#include "report/numbers.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"

struct str hours_text(struct arena *arena, int128 server_seconds, int places)
{
    int128 micro = round_half_even(server_seconds * MONEY_PER_UNIT, HOUR_SECONDS);
    return money_text(arena, micro > INT64_MAX ? INT64_MAX : (money)micro, places);
}

struct str unmet_hours_text(struct arena *arena, int128 micro_server_seconds, int places)
{
    int128 micro = round_half_even(micro_server_seconds, HOUR_SECONDS);
    return money_text(arena, micro > INT64_MAX ? INT64_MAX : (money)micro, places);
}

struct str share_text(struct arena *arena, int64_t part, int64_t whole)
{
    if (whole == 0)
        return STR("");
    return money_text(arena, (money)round_half_even((int128)part * MONEY_PER_UNIT, whole), 6);
}

struct str number_text(struct arena *arena, double value, int places)
{
    struct str text = str_format(arena, "%.*f", places, value);
    while (memchr(text.at, '.', text.length) != NULL && strchr("0.", text.at[text.length - 1]) != NULL) {
        bool point = text.at[text.length - 1] == '.';
        text.length--;
        if (point)
            break;
    }
    return str_is(text, "-0") ? STR("0") : str_copy(arena, text);
}

struct str with_commas(struct arena *arena, struct str number)
{
    size_t start = number.length > 0 && number.at[0] == '-', n = 0;
    const char *point = memchr(number.at, '.', number.length);
    size_t whole_end = point == NULL ? number.length : (size_t)(point - number.at);
    char *text = ARENA_NEW(arena, char, number.length * 2 + 1);
    for (size_t i = 0; i < number.length; i++) {
        if (i > start && i < whole_end && (whole_end - i) % 3 == 0)
            text[n++] = ',';
        text[n++] = number.at[i];
    }
    return (struct str){text, n};
}
