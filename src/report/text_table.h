#ifndef REPORT_TEXT_TABLE_H
#define REPORT_TEXT_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

/* A table for a terminal: columns as wide as they must be, two blanks between, no blanks at the end of a
 * line. Cells are added row by row. */
struct text_table {
    struct arena *arena;
    size_t n_columns;
    uint32_t right; /* bit c: column c is aligned to the right */
    struct str *items;
    size_t n_items, capacity;
};

void text_table_add(struct text_table *table, struct str cell);
struct str text_table_text(const struct text_table *table);

/* A user's text as a terminal may have it: control characters become blanks, what is longer than `most`
 * characters ends in an ellipsis. */
struct str text_shown(struct arena *arena, struct str text, size_t most);

#endif
