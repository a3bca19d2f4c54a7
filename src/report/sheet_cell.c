#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "report/sheet.h"
#include "report/sheet_style.h"
#include "unit/calendar.h"
#include "unit/digits.h"

enum { MOST_LINES = 20 };

/* Bytes of the valid, printable UTF-8 sequence at the start of `s`; 0 where there is none. */
static size_t sequence_length(struct str s)
{
    unsigned char first = (unsigned char)s.at[0];
    if (first < 0x80)
        return (first >= ' ' && first != 0x7F) || first == '\n' || first == '\t';
    size_t n = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (n > s.length || !str_is_utf8((struct str){s.at, n}))
        return 0;
    bool noncharacter = n == 3 && memcmp(s.at, "\xEF\xBF", 2) == 0 && (unsigned char)s.at[2] >= 0xBE;
    return noncharacter ? 0 : n;
}

/* Printable ASCII, as most text is. */
static bool is_plain(struct str s)
{
    bool plain = true;
    for (size_t i = 0; i < s.length; i++)
        plain &= s.at[i] >= ' ' && s.at[i] < 0x7F;
    return plain;
}

const char *cell_text(struct arena *arena, struct str s, size_t longest)
{
    if (s.length <= longest && is_plain(s))
        return str_zero_terminated(arena, s);
    static const char replacement[] = "\xEF\xBF\xBD", ellipsis[] = "\xE2\x80\xA6";
    size_t most = s.length < longest ? s.length : longest;
    char *text = ARENA_NEW(arena, char, most * 4 + sizeof ellipsis);
    size_t length = 0;
    for (size_t units = 0; s.length > 0; units++) {
        if (units >= longest) {
            memcpy(text + length, ellipsis, sizeof ellipsis - 1);
            break;
        }
        size_t n = sequence_length(s), n_bytes = n == 0 ? 3 : n;
        memcpy(text + length, n == 0 ? replacement : s.at, n_bytes);
        length += n_bytes;
        units += n == 4;
        s = str_after(s, n == 0 ? 1 : n);
    }
    return text;
}

const char *footer_text(struct arena *arena, struct str s, size_t longest)
{
    const char *text = cell_text(arena, s, longest);
    char *escaped = ARENA_NEW(arena, char, 2 * strlen(text) + 1);
    for (size_t n = 0; *text != '\0'; text++) {
        escaped[n++] = *text == '\n' ? ' ' : *text;
        if (*text == '&')
            escaped[n++] = '&';
    }
    return escaped;
}

int cell_lines(const char *text, double per_line)
{
    int n_lines = 1;
    double on_line = 0, word = 0;
    for (; *text != '\0'; text++) {
        bool letter = ((unsigned char)*text & 0xC0) != 0x80; /* not a later byte of one */
        word += letter;
        if (*text == '\n' || on_line + word > per_line) {
            bool breaks_word = on_line == 0;
            n_lines++;
            on_line = 0;
            word = *text == '\n' ? 0 : breaks_word ? 1 : word;
        }
        if (strchr(" -\n", *text) != NULL) {
            on_line += word;
            word = 0;
        }
    }
    return n_lines;
}

/* Programs disagree about the height of wrapped text and some never fit the row to it. So it is set,
 * for letters as wide as those of the wider fonts. */
double cell_points(const char *text, int style, double characters)
{
    const struct sheet_look *look = &sheet_looks[style >> LOOK_SHIFT];
    double letters = look->bold ? 1.05 : 1.25, per_line = characters * letters * 10 / look->size - 1;
    int n_lines = cell_lines(text, per_line);
    return (n_lines < MOST_LINES ? n_lines : MOST_LINES) * look->size * 1.35 + (look->centre ? 8 : 2);
}

void sheet_format(struct sheet *sheet, int row, int column, int style, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    sheet_text(sheet, row, column, style, str_vformat(sheet_arena(sheet), format, args));
    va_end(args);
}

void sheet_label(struct sheet *sheet, int row, int column, int style, const char *text)
{
    sheet_text(sheet, row, column, style, str_of(text));
}

void sheet_time(struct sheet *sheet, int row, int column, int style, int64_t seconds)
{
    int64_t day_0 = date_seconds((struct date){1899, 12, 30});
    int64_t first = date_seconds((struct date){1900, 3, 1}), end = date_seconds((struct date){10000, 1, 1});
    if (seconds >= first && seconds < end)
        sheet_number(sheet, row, column, style, (double)(seconds - day_0) / DAY_SECONDS);
    else
        sheet_label(sheet, row, column, style, seconds < first ? "before 1900" : "open");
}

void sheet_formula(struct sheet *sheet, int row, int column, int style, double value, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    sheet_vformula(sheet, row, column, style, value, NULL, format, args);
    va_end(args);
}

void sheet_text_formula(struct sheet *sheet, int row, int column, int style, const char *value,
                        const char *format, ...)
{
    va_list args;
    va_start(args, format);
    sheet_vformula(sheet, row, column, style, 0, value, format, args);
    va_end(args);
}

void sheet_across_formula(struct sheet *sheet, int row, int column, int last_column, int style,
                          const char *value, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    sheet_across(sheet, row, column, last_column, style, str_of(value)); /* whose first cell it then takes */
    sheet_vformula(sheet, row, column, style, 0, value, format, args);
    va_end(args);
}

struct str column_title(struct arena *arena, const struct column *column, struct str currency)
{
    return column->money ? str_format(arena, "%s (%.*s)", column->title, STR_ARGS(currency))
                         : str_of(column->title);
}

void sheet_header(struct sheet *sheet, int row, const struct column *columns, int n_columns,
                  struct str currency)
{
    for (int i = 0; i < n_columns; i++) {
        if (columns[i].width > 0)
            sheet_width(sheet, i, i, columns[i].width);
        int style = SHOW_WRAP | (columns[i].simulated ? LOOK_HEADER_SIMULATED : LOOK_HEADER);
        sheet_text(sheet, row, i, style, column_title(sheet_arena(sheet), &columns[i], currency));
    }
}

struct range range_cell(const struct sheet *sheet, int row, int column)
{
    return (struct range){sheet, row, column, row, column};
}

struct range range_down(const struct sheet *sheet, int column, int row, int last_row)
{
    return (struct range){sheet, row, column, last_row, column};
}

double range_sum(struct range range)
{
    double sum = 0;
    for (int row = range.row; row <= range.last_row; row++)
        for (int column = range.column; column <= range.last_column; column++)
            sum += sheet_value(range.sheet, row, column);
    return sum;
}

static double extreme(struct range range, double sign)
{
    double found = sheet_value(range.sheet, range.row, range.column);
    for (int row = range.row; row <= range.last_row; row++)
        for (int column = range.column; column <= range.last_column; column++)
            if (sign * sheet_value(range.sheet, row, column) > sign * found)
                found = sheet_value(range.sheet, row, column);
    return found;
}

double range_least(struct range range)
{
    return extreme(range, -1);
}

double range_most(struct range range)
{
    return extreme(range, 1);
}

/* Appends a cell's name, each part after its mark ("" or "$"); returns the end. */
static char *put_cell(char *at, const char *column_mark, int column, const char *row_mark, int row)
{
    char letters[8], digits[LONGEST_DIGITS], *end = digits + sizeof digits;
    size_t n = sizeof letters;
    for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        letters[--n] = (char)('A' + (rest - 1) % 26);
    at = mempcpy(stpcpy(at, column_mark), letters + n, sizeof letters - n);
    const char *number = digits_put(end, row + 1, 0);
    at = mempcpy(stpcpy(at, row_mark), number, (size_t)(end - number));
    *at = '\0';
    return at;
}

struct cell_name name_here(int row, int column)
{
    struct cell_name name;
    put_cell(name.text, "", column, "", row);
    return name;
}

struct cell_name name_column(int row, int column)
{
    struct cell_name name;
    put_cell(name.text, "", column, "$", row);
    return name;
}

struct cell_name name_of(struct range range)
{
    struct cell_name name;
    char *at = stpcpy(stpcpy(name.text, sheet_quoted_name(range.sheet)), "!");
    at = put_cell(at, "$", range.column, "$", range.row);
    if (range.row != range.last_row || range.column != range.last_column)
        put_cell(stpcpy(at, ":"), "$", range.last_column, "$", range.last_row);
    return name;
}
