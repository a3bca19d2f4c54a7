#ifndef REPORT_SHEET_ROWS_H
#define REPORT_SHEET_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/output.h"

struct zip_edit;

/* Rows of a sheet as the file has them (ECMA-376 part 1, 18.3.1.73 and 18.3.1.4), for long tables: they go
 * past libxlsxwriter, which takes three times as long, and are put into the finished workbook. Rows are added
 * in their order, the cells of one in any. Looks and texts are the library's numbers for them. Only sheet.c
 * and those who splice see this. */
struct sheet_rows {
    struct arena *arena;
    struct row_text {
        char *items;
        size_t n_items, capacity;
    } text, cells; /* of the rows before the last one; of the last one's cells as they were added */
    struct {
        struct row_cell {
            int column;
            size_t at; /* where in the text of the cells it begins */
        } * items;
        size_t n_items, capacity;
    } places;
    double points;        /* height of the last row; 0: as programs open it */
    int row, last_column; /* the last row, -1: none; and the last column of any */
};

/* Makes a row so high. */
void rows_set_height(struct sheet_rows *rows, int row, double points);
void rows_add_text(struct sheet_rows *rows, int row, int column, int look, int text);
void rows_add_number(struct sheet_rows *rows, int row, int column, int look, double number);
/* Without the `=` in front; `word`: its value where it is a text, else NULL. */
void rows_add_formula(struct sheet_rows *rows, int row, int column, int look, const char *formula,
                      const char *word, double number);
void rows_add_blank(struct sheet_rows *rows, int row, int column, int look);

/* Begins to exchange the last row of a sheet, the n-th of a finished workbook from 1; what is above it is
 * written. *row: its text; *below: what follows it, to be written at the end. NULL and a failure where it
 * cannot. */
struct zip_edit *rows_splice(struct arena *arena, struct str workbook, int sheet, struct str *row,
                             struct str *below, struct failure *failure);
/* Puts the rows, where there are any, in the place of the last row. */
bool rows_put(struct sheet_rows *rows, struct str workbook, int sheet, struct failure *failure);

/* Text as XML has it. */
struct str xml_text(struct arena *arena, struct str text);

#endif
