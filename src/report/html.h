#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/output.h"

struct arena;

/* Writes HTML 5. Every text passes html_escape, so that nothing of the user's becomes markup. */

/* Fit to stand between tags and within double quotes: valid UTF-8, U+FFFD for what is none, one line, no
 * marks that turn the writing direction, and none of < > & " ' as they are. */
struct str html_escape(struct arena *arena, struct str text);

void html_markup(struct output *output, const char *markup); /* as it is */
void html_text(struct output *output, struct str text);
/* A name of the user's: its writing direction does not reach what stands beside it. */
void html_name(struct output *output, struct str name);
/* "1166517.25" with a thin gap every three digits. The gaps are margins: what is copied is the number. */
void html_number(struct output *output, struct str number);
void html_base64(struct output *output, struct str bytes);

enum html_kind { HTML_TEXT, HTML_NAME, HTML_NUMBER, HTML_DATE, HTML_CODE };

/* HTML_NUMBER: a number without separators, or a word that stands in its place ("never"). */
struct html_cell {
    enum html_kind kind;
    struct str text;
    int swatch; /* k: class k<k> marks the name with a colour; 0: none */
};

struct html_column {
    struct html_cell title;
    struct str unit; /* shown in brackets; may be empty */
    bool right;      /* figures: the column ends at the right */
};

/* A title above `span` columns. */
struct html_group {
    struct html_cell title;
    size_t span;
};

/* The first column names the row. With groups there are two rows of titles; the groups cover all columns
 * but the first. */
struct html_table {
    struct str caption;
    const char *rows_are; /* "orders", for "20 more orders, of 70" */
    const struct html_group *groups;
    size_t n_groups;
    const struct html_column *columns;
    size_t n_columns;
    const struct html_cell *cells; /* [n_rows x n_columns], row by row */
    size_t n_rows;
    bool has_total; /* the last row sums up the others */
};

enum { HTML_ROWS_SHOWN = 50, HTML_ROWS_MOST = 2000 };

/* The table in a box of its own, which scrolls where the table is too wide. What follows the first
 * HTML_ROWS_SHOWN rows is folded; beyond HTML_ROWS_MOST rows are left out, and that is said. */
void html_table(struct output *output, const struct html_table *table);

#endif
