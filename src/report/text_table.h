#ifndef REPORT_TEXT_TABLE_H
#define REPORT_TEXT_TABLE_H

#include <stddef.h>

#include "base/str.h"

struct arena;

enum { TEXT_TABLE_MOST_COLUMNS = 16 };

/* What the terminal shows: plain columns, as wide as they must be, two blanks apart. */
struct text_table {
    struct arena *arena;
    struct str *cells; /* [n_rows x n_columns], row by row; to be filled in */
    size_t n_rows, n_columns;
    unsigned left; /* bit i: column i begins at the left; others end at the right. Not the last one */
};

struct text_table text_table_make(struct arena *arena, size_t n_rows, size_t n_columns, unsigned left);
struct str text_table_render(const struct text_table *table);

/* A name for the terminal: control characters become blanks, a long name ends in an ellipsis. */
struct str text_shown(struct arena *arena, struct str name);

#endif
