#include "report/sheet_rows.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/zip.h"
#include "report/sheet.h"
#include "unit/digits.h"

/* ---- cells ---- */

static void put(struct sheet_rows *rows, struct str text)
{
    if (rows->capacity - rows->n_items < text.length) {
        size_t capacity = 2 * rows->capacity + text.length + 1000;
        char *items = ARENA_NEW(rows->arena, char, capacity);
        if (rows->n_items > 0)
            memcpy(items, rows->items, rows->n_items);
        rows->items = items;
        rows->capacity = capacity;
    }
    memcpy(rows->items + rows->n_items, text.at, text.length);
    rows->n_items += text.length;
}

static void put_whole(struct sheet_rows *rows, int number)
{
    char digits[LONGEST_DIGITS];
    put(rows, digits_short(digits + sizeof digits, number, 0));
}

static void end_row(struct sheet_rows *rows)
{
    if (rows->row >= 0)
        put(rows, STR("</row>"));
}

/* The beginning of a cell up to its look: <c r="D7" s="12" */
static void begin_cell(struct sheet_rows *rows, int row, int column, int look)
{
    check(row > rows->row || (row == rows->row && column > rows->column));
    if (row > rows->row) {
        end_row(rows);
        put(rows, STR("<row r=\""));
        put_whole(rows, row + 1);
        put(rows, STR("\">"));
        rows->row = row;
    }
    rows->column = column;
    if (column > rows->last_column)
        rows->last_column = column;
    put(rows, STR("<c r=\""));
    put(rows, str_of(name_here(row, column).text));
    put(rows, STR("\" s=\""));
    put_whole(rows, look);
}

void rows_add_text(struct sheet_rows *rows, int row, int column, int look, int text)
{
    begin_cell(rows, row, column, look);
    put(rows, STR("\" t=\"s\"><v>"));
    put_whole(rows, text);
    put(rows, STR("</v></c>"));
}

/* Sixteen digits, as the library writes them. */
static void put_number(struct sheet_rows *rows, double number)
{
    char text[40];
    if (number == (double)(int)number && number != 0)
        put_whole(rows, (int)number);
    else
        put(rows, (struct str){text, (size_t)snprintf(text, sizeof text, "%.16G", number)});
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

struct str xml_text(struct arena *arena, struct str text)
{
    static const char special[] = "&<>";
    static const struct str names[] = {{"&amp;", 5}, {"&lt;", 4}, {"&gt;", 4}};
    size_t n_special = 0;
    for (size_t i = 0; i < text.length; i++)
        n_special += text.at[i] != '\0' && strchr(special, text.at[i]) != NULL;
    if (n_special == 0)
        return text;
    char *escaped = ARENA_NEW(arena, char, text.length + 4 * n_special), *at = escaped;
    for (size_t i = 0; i < text.length; i++) {
        const char *found = strchr(special, text.at[i]);
        struct str piece = found == NULL ? (struct str){text.at + i, 1} : names[found - special];
        at = mempcpy(at, piece.at, piece.length);
    }
    return (struct str){escaped, (size_t)(at - escaped)};
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
    zip_edit_write(edit, (struct str){rows->items, rows->n_items});
    zip_edit_write(edit, below);
    return zip_edit_end(edit);
}
