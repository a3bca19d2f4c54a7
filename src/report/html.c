#include "report/html.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "report/chart_text.h"

enum { LONG_TEXT = 40 };

/* ---- text ---- */

static const char *entity_of(char c)
{
    static const struct {
        char character;
        const char *entity;
    } entities[] = {{'<', "&lt;"}, {'>', "&gt;"}, {'&', "&amp;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (entities[i].character == c)
            return entities[i].entity;
    return NULL;
}

struct str html_escape(struct arena *arena, struct str text)
{
    enum { LONGEST_ENTITY = 6 };
    struct str clean = chart_clean(arena, text);
    char *escaped = ARENA_NEW(arena, char, clean.length *LONGEST_ENTITY + 1);
    size_t length = 0;
    for (size_t i = 0; i < clean.length; i++) {
        const char *entity = entity_of(clean.at[i]);
        size_t n = entity == NULL ? 1 : strlen(entity);
        memcpy(escaped + length, entity == NULL ? clean.at + i : entity, n);
        length += n;
    }
    return (struct str){escaped, length};
}

void html_markup(struct output *output, const char *markup)
{
    output_str(output, str_of(markup));
}

void html_text(struct output *output, struct str text)
{
    output_str(output, html_escape(output->arena, text));
}

/* The swatch is within: both break into lines together. */
static void write_name(struct output *output, struct str name, int swatch)
{
    if (name.length == 0 && swatch == 0)
        return;
    html_markup(output, "<bdi>");
    if (swatch > 0)
        output_format(output, "<i class=\"k k%d\"></i>", swatch);
    html_text(output, name);
    html_markup(output, "</bdi>");
}

void html_name(struct output *output, struct str name)
{
    write_name(output, name, 0);
}

/* ---- numbers ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits before the point; 0 where the text is no number. */
static size_t whole_digits(struct str text, size_t sign)
{
    size_t n = 0, i;
    while (sign + n < text.length && is_digit(text.at[sign + n]))
        n++;
    for (i = sign + n + 1; i < text.length && is_digit(text.at[i]);)
        i++;
    bool number = sign + n == text.length || (text.at[sign + n] == '.' && i == text.length);
    return number ? n : 0;
}

/* What stands in the place of a number. */
static void write_word(struct output *output, struct str word)
{
    if (word.length == 0)
        return;
    html_markup(output, "<small>");
    html_text(output, word);
    html_markup(output, "</small>");
}

void html_number(struct output *output, struct str number)
{
    size_t sign = number.length > 0 && number.at[0] == '-', n = whole_digits(number, sign);
    size_t first = n % 3 == 0 && n > 0 ? 3 : n % 3;
    if (n == 0) {
        write_word(output, number);
        return;
    }
    output_str(output, (struct str){number.at, sign + first});
    for (size_t i = first; i < n; i += 3)
        output_format(output, "<span>%.3s</span>", number.at + sign + i);
    output_str(output, str_after(number, sign + n));
}

/* ---- bytes ---- */

void html_base64(struct output *output, struct str bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.length; i += 3) {
        size_t n = bytes.length - i < 3 ? bytes.length - i : 3;
        uint32_t three = 0;
        char four[] = "====";
        for (size_t k = 0; k < 3; k++)
            three = three << 8 | (k < n ? (unsigned char)bytes.at[i + k] : 0U);
        for (size_t k = 0; k <= n; k++)
            four[k] = digits[three >> (18 - 6 * k) & 63];
        output_str(output, (struct str){four, 4});
    }
}

/* ---- tables ---- */

static void write_content(struct output *output, const struct html_cell *cell)
{
    if (cell->kind == HTML_NAME)
        write_name(output, cell->text, cell->swatch);
    else if (cell->kind == HTML_NUMBER)
        html_number(output, cell->text);
    else
        html_text(output, cell->text);
}

static const char *class_of(const struct html_cell *cell, bool right)
{
    if (cell->kind == HTML_CODE)
        return " class=\"c\"";
    if (right)
        return " class=\"n\"";
    if (cell->text.length > LONG_TEXT)
        return " class=\"w\"";
    return cell->kind == HTML_DATE ? " class=\"d\"" : "";
}

static void write_title(struct output *output, const struct html_column *column, const char *more)
{
    output_format(output, "<th scope=\"col\"%s%s>", more, column->right ? " class=\"n\"" : "");
    write_content(output, &column->title);
    if (column->unit.length > 0) {
        html_markup(output, " <small>(");
        html_text(output, column->unit);
        html_markup(output, ")</small>");
    }
    html_markup(output, "</th>");
}

static void write_groups(struct output *output, const struct html_table *table)
{
    html_markup(output, "<tr>");
    write_title(output, &table->columns[0], " rowspan=\"2\"");
    for (size_t i = 0; i < table->n_groups; i++) {
        output_format(output, "<th scope=\"colgroup\" colspan=\"%zu\" class=\"g\">", table->groups[i].span);
        write_content(output, &table->groups[i].title);
        html_markup(output, "</th>");
    }
    html_markup(output, "</tr>\n");
}

static void write_head(struct output *output, const struct html_table *table)
{
    if (table->n_groups > 0)
        html_markup(output, "<colgroup><col></colgroup>");
    for (size_t i = 0; i < table->n_groups; i++)
        output_format(output, "<colgroup span=\"%zu\"></colgroup>", table->groups[i].span);
    html_markup(output, "<thead>\n");
    if (table->n_groups > 0)
        write_groups(output, table);
    html_markup(output, "<tr>");
    for (size_t i = table->n_groups > 0; i < table->n_columns; i++)
        write_title(output, &table->columns[i], "");
    html_markup(output, "</tr>\n</thead>\n");
}

static void write_row(struct output *output, const struct html_table *table, size_t row)
{
    const struct html_cell *cells = &table->cells[row * table->n_columns];
    bool total = table->has_total && row + 1 == table->n_rows;
    html_markup(output, total ? "<tr class=\"total\">" : "<tr>");
    for (size_t i = 0; i < table->n_columns; i++) {
        const char *tag = i == 0 ? "th" : "td";
        output_format(output, "<%s%s%s>", tag, i == 0 ? " scope=\"row\"" : "",
                      class_of(&cells[i], table->columns[i].right));
        write_content(output, &cells[i]);
        output_format(output, "</%s>", tag);
    }
    html_markup(output, "</tr>\n");
}

/* Rows [from, to) as a table of their own. */
static void write_rows(struct output *output, const struct html_table *table, size_t from, size_t to)
{
    const char *continued = from > 0 ? ", continued" : "";
    html_markup(output, "<div class=\"box\" role=\"region\" tabindex=\"0\" aria-label=\"");
    html_text(output, table->caption);
    output_format(output, "%s\"><table>\n<caption>", continued);
    html_text(output, table->caption);
    output_format(output, "%s</caption>\n", continued);
    write_head(output, table);
    html_markup(output, "<tbody>\n");
    for (size_t row = from; row < to; row++)
        write_row(output, table, row);
    html_markup(output, "</tbody>\n</table></div>\n");
}

void html_table(struct output *output, const struct html_table *table)
{
    size_t n = table->n_rows, shown = n < HTML_ROWS_MOST ? n : HTML_ROWS_MOST;
    if (n <= HTML_ROWS_SHOWN) {
        write_rows(output, table, 0, n);
        return;
    }
    write_rows(output, table, 0, HTML_ROWS_SHOWN);
    output_format(output, "<details><summary>%zu more %s, of %zu</summary>\n", n - HTML_ROWS_SHOWN,
                  table->rows_are, n);
    write_rows(output, table, HTML_ROWS_SHOWN, shown);
    if (shown < n)
        output_format(output, "<p>%zu %s are left out here.</p>\n", n - shown, table->rows_are);
    html_markup(output, "</details>\n");
}
