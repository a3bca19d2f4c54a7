#ifndef REPORT_SHEET_MEMORY_H
#define REPORT_SHEET_MEMORY_H

#include <stddef.h>

struct arena;

/* What a sheet remembers of its cells: numbers that others refer to, heights of rows, widths of columns. */
struct sheet_memory {
    struct arena *arena;
    struct memory_row *items;
    size_t n_items, capacity;
    struct memory_widths {
        double *items; /* by column; 0: as the program opens it */
        size_t n_items, capacity;
    } widths;
};

void memory_keep(struct sheet_memory *memory, int row, int column, double value);
double memory_value(const struct sheet_memory *memory, int row, int column); /* 0: none was kept */
/* Where the height that a row needs for wrapped text is kept; 0: that of one line. */
double *memory_points(struct sheet_memory *memory, int row);
void memory_set_widths(struct sheet_memory *memory, int column, int last_column, double characters);
/* Of several columns together; `usual`: of one whose width was not set. */
double memory_width(const struct sheet_memory *memory, int column, int last_column, double usual);

#endif
