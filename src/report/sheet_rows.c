#include "report/sheet_rows.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/zip.h"
#include "report/sheet.h"
#include "unit/digits.h"

enum { PLACES = 6 }; /* of most amounts */

/* ---- cells ---- */

static void append(struct arena *arena, struct row_text *to, struct str text)
{
    if (to->capacity - to->n_items < text.length) {
        size_t capacity = 2 * to->capacity + text.length + 1000;
        char *items = ARENA_NEW(arena, char, capacity);
        if (to->n_items > 0)
            memcpy(items, to->items, to->n_items);
        to->items = items;
        to->capacity = capacity;
    }
    memcpy(to->items + to->n_items, text.at, text.length);
    to->n_items += text.length;
}

static void put(struct sheet_rows *rows, struct str text)
{
    append(rows->arena, &rows->cells, text);
}

/* Returns the end. */
static char *write_whole(char *at, int number)
{
    char digits[LONGEST_DIGITS], *end = digits + sizeof digits, *first = digits_put(end, number, 0);
    return mempcpy(at, first, (size_t)(end - first));
}

/* The cell that follows a column; there is one. */
static size_t next_cell(const struct sheet_rows *rows, int column)
{
    const struct row_cell *cells = rows->places.items;
    size_t n = rows->places.n_items, next = n;
    for (size_t i = 0; i < n; i++)
        if (cells[i].column > column && (next == n || cells[i].column < cells[next].column))
            next = i;
    check(next < n); /* no column twice */
    return next;
}

static bool is_in_order(const struct sheet_rows *rows)
{
    bool in_order = true;
    for (size_t i = 1; i < rows->places.n_items; i++)
        in_order &= rows->places.items[i - 1].column < rows->places.items[i].column;
    return in_order;
}

/* From left to right, which is the order of a file. */
static void append_cells(struct sheet_rows *rows)
{
    int column = -1;
    if (is_in_order(rows)) {
        append(rows->arena, &rows->text, (struct str){rows->cells.items, rows->cells.n_items});
        return;
    }
    for (size_t i = 0, n = rows->places.n_items; i < n; i++) {
        size_t k = next_cell(rows, column), at = rows->places.items[k].at;
        size_t end = k + 1 < n ? rows->places.items[k + 1].at : rows->cells.n_items;
        append(rows->arena, &rows->text, (struct str){rows->cells.items + at, end - at});
        column = rows->places.items[k].column;
    }
}

static void end_row(struct sheet_rows *rows)
{
    char head[100], *at = stpcpy(write_whole(stpcpy(head, "<row r=\""), rows->row + 1), "\"");
    if (rows->points > 0)
        at += sprintf(at, " ht=\"%.16G\" customHeight=\"1\"", rows->points);
    at = stpcpy(at, ">");
    append(rows->arena, &rows->text, (struct str){head, (size_t)(at - head)});
    append_cells(rows);
    append(rows->arena, &rows->text, STR("</row>"));
    rows->cells.n_items = rows->places.n_items = 0;
    rows->points = 0;
}

static void begin_row(struct sheet_rows *rows, int row)
{
    check(row >= rows->row);
    if (row > rows->row && rows->row >= 0)
        end_row(rows);
    rows->row = row;
}

void rows_set_height(struct sheet_rows *rows, int row, double points)
{
    begin_row(rows, row);
    rows->points = points;
}

/* The beginning of a cell up to its look: <c r="D7" s="12" */
static void begin_cell(struct sheet_rows *rows, int row, int column, int look)
{
    begin_row(rows, row);
    *ARENA_APPEND(rows->arena, &rows->places) = (struct row_cell){column, rows->cells.n_items};
    if (column > rows->last_column)
        rows->last_column = column;
    char head[100];
    const char *end =
        write_whole(stpcpy(stpcpy(stpcpy(head, "<c r=\""), name_here(row, column).text), "\" s=\""), look);
    put(rows, (struct str){head, (size_t)(end - head)});
}

void rows_add_text(struct sheet_rows *rows, int row, int column, int look, int text)
{
    char value[100];
    const char *end = stpcpy(write_whole(stpcpy(value, "\" t=\"s\"><v>"), text), "</v></c>");
    begin_cell(rows, row, column, look);
    put(rows, (struct str){value, (size_t)(end - value)});
}

/* A decimal of few places where one reads back as the same number, which sixteen digits, as the library
 * writes them, need not. */
static void put_number(struct sheet_rows *rows, double number)
{
    int64_t value;
    char digits[LONGEST_DIGITS];
    bool is_decimal = decimal_of_double(number, PLACES, &value);
    put(rows, is_decimal ? digits_short(digits + sizeof digits, value, PLACES)
                         : digits_sixteen(digits + sizeof digits, number));
    put(rows, STR("</v></c>"));
}

void rows_add_number(struct sheet_rows *rows, int row, int column, int look, double number)
{
    begin_cell(rows, row, column, look);
    put(rows, STR("\"><v>"));
    put_number(rows, number);
}

void rows_add_formula(struct sheet_rows *rows, int row, int column, int look, const char *formula,
                      const char *word, double number)
{
    begin_cell(rows, row, column, look);
    put(rows, word == NULL ? STR("\"><f>") : STR("\" t=\"str\"><f>"));
    put(rows, xml_text(rows->arena, str_of(formula)));
    put(rows, STR("</f><v>"));
    if (word == NULL) {
        put_number(rows, number);
        return;
    }
    put(rows, xml_text(rows->arena, str_of(word)));
    put(rows, STR("</v></c>"));
}

void rows_add_blank(struct sheet_rows *rows, int row, int column, int look)
{
    begin_cell(rows, row, column, look);
    put(rows, STR("\"/>"));
}

static struct str escaped(char c)
{
    return c == '&' ? STR("&amp;") : c == '<' ? STR("&lt;") : STR("&gt;");
}

static bool is_special(char c)
{
    return c == '&' || c == '<' || c == '>';
}

struct str xml_text(struct arena *arena, struct str text)
{
    size_t n_special = 0;
    for (size_t i = 0; i < text.length; i++)
        n_special += is_special(text.at[i]);
    if (n_special == 0)
        return text;
    char *all = ARENA_NEW(arena, char, text.length + 4 * n_special), *to = all;
    for (size_t i = 0, first = 0; i <= text.length; i++) {
        if (i < text.length && !is_special(text.at[i]))
            continue;
        to = mempcpy(to, text.at + first, i - first);
        first = i + 1;
        if (i < text.length)
            to = mempcpy(to, escaped(text.at[i]).at, escaped(text.at[i]).length);
    }
    return (struct str){all, (size_t)(to - all)};
}

/* ---- into the workbook ---- */

static const char *last_row(const char *xml)
{
    const char *last = NULL;
    for (const char *next = strstr(xml, "<row "); next != NULL; next = strstr(next + 1, "<row "))
        last = next;
    check(last != NULL);
    return last;
}

struct zip_edit *rows_splice(struct arena *arena, struct str workbook, int sheet, struct str *row,
                             struct str *below, struct failure *failure)
{
    static const char row_end[] = "</row>";
    struct str text, member = str_format(arena, "xl/worksheets/sheet%d.xml", sheet);
    struct zip_edit *edit = zip_edit_begin(arena, workbook, member, &text, failure);
    if (edit == NULL)
        return NULL;
    const char *last = last_row(text.at), *end = strstr(last, row_end);
    check(end != NULL);
    end += sizeof row_end - 1;
    *row = (struct str){last, (size_t)(end - last)};
    *below = str_after(text, (size_t)(end - text.at));
    zip_edit_write(edit, (struct str){text.at, (size_t)(last - text.at)});
    return edit;
}

bool rows_put(struct sheet_rows *rows, struct str workbook, int sheet, struct failure *failure)
{
    struct str row, below;
    if (rows->row < 0)
        return true;
    struct zip_edit *edit = rows_splice(rows->arena, workbook, sheet, &row, &below, failure);
    if (edit == NULL)
        return false;
    end_row(rows);
    zip_edit_write(edit, (struct str){rows->text.items, rows->text.n_items});
    zip_edit_write(edit, below);
    return zip_edit_end(edit);
}
