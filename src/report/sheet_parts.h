#ifndef REPORT_SHEET_PARTS_H
#define REPORT_SHEET_PARTS_H

/* What the two files that know the library share: cells (sheet.c) and charts (sheet_chart.c). */

#include "report/sheet.h"
#include "report/sheet_memory.h"
#include "report/sheet_rows.h"
#include "report/sheet_style.h"

struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;

struct sheet {
    struct book *book;
    struct lxw_worksheet *worksheet;
    const char *name, *quoted_name;
    struct sheet_memory memory;
    struct sheet_rows rows; /* those that go past the library, from first_row on; first_row 0: none do */
    int first_row;
    struct {
        struct sheet_said {
            const char *text;
            int index; /* of the workbook's texts */
        } * items;
        size_t n_items, capacity;
    } said;     /* by column: what those rows said last, as tables repeat themselves downwards */
    int number; /* in the workbook, from 1 */
    struct sheet *next_packed;
};

struct book {
    struct lxw_workbook *workbook;
    struct arena *arena;
    struct str path;
    int error;                            /* the first, lxw_error */
    struct lxw_format *formats[N_STYLES]; /* made when first used */
    int looks[N_STYLES];                  /* their numbers in the file and 1, once rows ask for them */
    struct sheet *packed;                 /* the last that has rows of its own */
};

/* Text that the library may write to, as it wants it, and does not. */
char *sheet_writable(struct arena *arena, const char *text);
/* Keeps the first error of the library. */
void book_note_error(struct book *book, int error);
/* Does a row go past the library? Charts then know of its numbers only. */
bool sheet_is_packed(const struct sheet *sheet, int row);
/* A column as the library takes it: too wide a one comes out as its error, not as another column. */
uint16_t sheet_column_of(int column);

#endif
