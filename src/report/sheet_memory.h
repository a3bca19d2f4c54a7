#ifndef REPORT_SHEET_MEMORY_H
#define REPORT_SHEET_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* What was written to a sheet so far and is asked for again: its numbers, how wide its columns and how high
 * its rows are. Begins as zeros but for the arena. */
struct sheet_memory {
    struct arena *arena;
    struct sheet_row_memory {
        double *items; /* the numbers written, by column */
        size_t n_items, capacity;
        double points; /* height needed for wrapped text; 0: that of one line */
    } * items;
    size_t n_items, capacity;
    struct {
        struct sheet_column_memory {
            double set, needed; /* characters; set 0: as the program opens it; needed by the numbers */
        } * items;
        size_t n_items, capacity;
    } columns;
};

void sheet_remember(struct sheet_memory *memory, int row, int column, double value);
/* 0 where no number was written. */
double sheet_remembered(const struct sheet_memory *memory, int row, int column);
void sheet_remember_width(struct sheet_memory *memory, int column, double characters);
/* False where the column is as wide already. */
bool sheet_remember_need(struct sheet_memory *memory, int column, double characters);
/* The width set, or that of the widest number where it is more. */
double sheet_column_width(const struct sheet_memory *memory, int column);
double sheet_columns_width(const struct sheet_memory *memory, int column, int last_column);
/* False where the row is as high already. */
bool sheet_remember_height(struct sheet_memory *memory, int row, double points);

/* How wide a column must be, in characters, for a number as `style` (report/sheet.h) shows it; 0 where the
 * style has a width that its columns know, as dates do, or where it is no more than `so_far` anyway. */
double sheet_number_width(int style, double value, double so_far);

#endif
