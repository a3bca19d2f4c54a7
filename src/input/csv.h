#ifndef INPUT_CSV_H
#define INPUT_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diagnostic.h"

struct arena;

enum { CSV_MOST_FIELDS = 256 };

/* One row of a CSV file. Texts are valid until the next csv_next. */
struct csv_row {
    int line; /* where the row begins, from 1 */
    const struct str *fields;
    int n_fields;
};

struct csv_reader;

/* Reads rows of RFC 4180 text that passes text_check; blank lines are passed over. The reader lives in
 * the arena until csv_close. `file` is the name for messages. */
struct csv_reader *csv_open(struct arena *arena, struct str file, struct str content,
                            struct diagnostics *diagnostics);
/* False at the end of the file or at a syntax error (told to diagnostics). */
bool csv_next(struct csv_reader *reader, struct csv_row *row);
bool csv_failed(const struct csv_reader *reader);
void csv_close(struct csv_reader *reader);

/* Where field i of the row just read stands, with the text of its line. */
struct place csv_place(const struct csv_reader *reader, int i);

/* Columns bound by name, in any order. */
struct csv_column {
    const char *name;
    bool required; /* the column must be there; its fields may still be empty */
    const char *help;
};

/* Reads the header row and finds each of n columns; positions[i] is -1 where an optional one is absent.
 * Unknown and repeated columns are errors with a suggestion. */
bool csv_bind(struct csv_reader *reader, const struct csv_column *columns, int n, int *positions);
/* The trimmed field of a bound column, empty where the column is absent. */
struct str csv_field(const struct csv_row *row, int position);
/* Refuses rows whose number of fields differs from the header's. */
bool csv_check_width(struct csv_reader *reader, const struct csv_row *row);

#endif
