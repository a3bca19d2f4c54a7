#include "report/csv_out.h"

#include "report/numbers.h"

enum { MONEY_PLACES = 6, HOUR_PLACES = 4 };

#include <string.h>

#include "base/arena.h"

void csv_plain(struct csv_out *out, struct str text)
{
    bool quote = false;
    for (size_t i = 0; i < text.length && !quote; i++)
        quote = text.at[i] == '"' || text.at[i] == ',' || text.at[i] == '\r' || text.at[i] == '\n';
    if (out->row_begun)
        output_str(&out->output, STR(","));
    out->row_begun = true;
    if (!quote) {
        output_str(&out->output, text);
        return;
    }
    output_str(&out->output, STR("\""));
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '"')
            output_str(&out->output, STR("\""));
        output_str(&out->output, (struct str){text.at + i, 1});
    }
    output_str(&out->output, STR("\""));
}

void csv_text(struct csv_out *out, struct str text)
{
    bool formula = text.length > 0 && strchr("=+-@\t\r", text.at[0]) != NULL;
    csv_plain(out, formula ? str_format(out->output.arena, "'%.*s", STR_ARGS(text)) : text);
}

void csv_end_row(struct csv_out *out)
{
    output_str(&out->output, STR("\n"));
    out->row_begun = false;
}

struct csv_out csv_out_open(struct arena *arena, struct str folder, const char *name,
                            const char *const *columns, struct failure *failure)
{
    struct csv_out out = {output_open(arena, folder, name, failure), false};
    for (; *columns != NULL; columns++)
        csv_plain(&out, str_of(*columns));
    csv_end_row(&out);
    return out;
}

bool csv_out_close(struct csv_out *out)
{
    return output_close(&out->output);
}

void csv_money(struct csv_out *out, money amount)
{
    csv_digits(out, amount, MONEY_PLACES);
}

void csv_hours(struct csv_out *out, int64_t server_seconds)
{
    csv_plain(out, hours_text(out->output.arena, server_seconds, HOUR_PLACES));
}

void csv_number(struct csv_out *out, double value, int places)
{
    csv_plain(out, number_text(out->output.arena, value, places));
}

void csv_integer(struct csv_out *out, int64_t value)
{
    csv_digits(out, value, 0);
}

/* At least n digits of a number, before `at`; the rest of it behind. */
static char *digits_before(char *at, int128 *number, int n)
{
    for (; *number > INT64_MAX; n--) { /* slow, and rare */
        *--at = (char)('0' + (int)(*number % 10));
        *number /= 10;
    }
    uint64_t rest = (uint64_t)*number;
    for (; n > 0; n--, rest /= 10)
        *--at = (char)('0' + rest % 10);
    *number = (int128)rest;
    return at;
}

void csv_digits(struct csv_out *out, int128 value, int places)
{
    char text[64], *at = text + sizeof text;
    int128 rest = value < 0 ? -value : value, unit = (int128)power_of_ten(places), whole = rest / unit;
    rest %= unit;
    if (places > 0) {
        at = digits_before(at, &rest, places);
        *--at = '.';
    }
    do
        at = digits_before(at, &whole, 1);
    while (whole > 0);
    if (value < 0)
        *--at = '-';
    if (out->row_begun)
        *--at = ',';
    out->row_begun = true;
    output_str(&out->output, (struct str){at, (size_t)(text + sizeof text - at)});
}

void csv_time(struct csv_out *out, int64_t seconds)
{
    struct date d = date_of(seconds);
    int rest = (int)(seconds - date_seconds(d));
    const int parts[] = {d.year, d.month, d.day, rest / HOUR_SECONDS, rest / 60 % 60, rest % 60};
    char text[] = "0000-00-00T00:00:00Z", *at = text + 4;
    if (d.year < 0 || d.year > 9999) {
        csv_plain(out, time_text(out->output.arena, seconds));
        return;
    }
    for (int i = 0; i < 6; at += 3, i++)
        for (int digit = 1, number = parts[i]; number > 0; digit++, number /= 10)
            at[-digit] = (char)('0' + number % 10);
    csv_plain(out, (struct str){text, sizeof text - 1});
}
