#include "report/csv_out.h"

#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "report/numbers.h"
#include "unit/digits.h"

enum { MONEY_PLACES = 6, HOUR_PLACES = 4 };

static bool wants_quotes(struct str text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];
        if (c <= ',' && (c == '"' || c == ',' || c == '\r' || c == '\n'))
            return true;
    }
    return false;
}

static void put_quoted(struct csv_out *out, struct str text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '"')
            output_str(&out->output, STR("\""));
        output_str(&out->output, (struct str){text.at + i, 1});
    }
}

static void begin_field(struct csv_out *out)
{
    if (out->row_begun)
        output_str(&out->output, STR(","));
    out->row_begun = true;
}

void csv_bare(struct csv_out *out, struct str text)
{
    begin_field(out);
    output_str(&out->output, text);
}

void csv_joined(struct csv_out *out, const struct str *parts, size_t n_parts)
{
    bool quote = false;
    begin_field(out);
    for (size_t i = 0; i < n_parts && !quote; i++)
        quote = wants_quotes(parts[i]);
    if (quote)
        output_str(&out->output, STR("\""));
    for (size_t i = 0; i < n_parts; i++) {
        if (quote)
            put_quoted(out, parts[i]);
        else
            output_str(&out->output, parts[i]);
    }
    if (quote)
        output_str(&out->output, STR("\""));
}

void csv_plain(struct csv_out *out, struct str text)
{
    csv_joined(out, &text, 1);
}

/* Would a spreadsheet take the text for a formula? */
/* Or has such an apostrophe of its own: who reads the file takes one away. */
static bool is_formula(struct str text)
{
    while (text.length > 0 && text.at[0] == '\'')
        text = str_after(text, 1);
    return text.length > 0 && strchr("=+-@\t\r", text.at[0]) != NULL;
}

void csv_text(struct csv_out *out, struct str text)
{
    csv_texts(out, &text, 1);
}

void csv_texts(struct csv_out *out, const struct str *parts, size_t n_parts)
{
    enum { MOST_PARTS = 8 };
    struct str marked[MOST_PARTS + 1] = {{"'", 1}};
    check(n_parts <= MOST_PARTS);
    memcpy(marked + 1, parts, n_parts * sizeof *parts);
    bool formula = is_formula(parts[0]);
    csv_joined(out, marked + !formula, n_parts + formula);
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

/* value x 10^-places without zeros at the end. */
static void csv_short(struct csv_out *out, int128 value, int places)
{
    char text[LONGEST_DIGITS];
    csv_bare(out, digits_short(text + sizeof text, value, places));
}

void csv_hours(struct csv_out *out, int64_t server_seconds)
{
    csv_bare(out, hours_text(out->output.arena, server_seconds, HOUR_PLACES));
}

void csv_number(struct csv_out *out, double value, int places)
{
    enum { MOST_PLACES = 9 };
    int128 digits;
    if (places <= MOST_PLACES && digits_of_double(value, places, &digits))
        csv_short(out, digits, places);
    else
        csv_plain(out, number_text(out->output.arena, value, places));
}

void csv_integer(struct csv_out *out, int64_t value)
{
    csv_digits(out, value, 0);
}

void csv_decimal(struct csv_out *out, struct decimal value)
{
    csv_short(out, value.digits, value.scale);
}

void csv_digits(struct csv_out *out, int128 value, int places)
{
    char text[LONGEST_DIGITS], *end = text + sizeof text, *at = digits_put(end, value, places);
    csv_bare(out, (struct str){at, (size_t)(end - at)});
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
    csv_bare(out, (struct str){text, sizeof text - 1});
}
