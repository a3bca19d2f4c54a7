#include "input/csv.h"

#include <csv.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "input/text.h"

enum { MOST_LINES_IN_A_FIELD = 1000 };

struct csv_reader {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct str file, rest;
    struct csv_parser parser;
    int line;     /* the line about to be read */
    int row_line; /* where the row began */
    const char *row_at;
    char *bytes; /* texts of the row's fields, one after the other */
    size_t n_bytes, bytes_capacity;
    size_t ends[CSV_MOST_FIELDS];
    struct str fields[CSV_MOST_FIELDS];
    int n_fields;
    int header_width;
    bool row_done, too_wide, failed;
};

static void keep_field(void *text, size_t length, void *context)
{
    struct csv_reader *reader = context;
    if (reader->n_fields == CSV_MOST_FIELDS) {
        reader->too_wide = true;
        return;
    }
    if (reader->n_bytes + length > reader->bytes_capacity) {
        size_t larger = 2 * (reader->n_bytes + length);
        char *moved = ARENA_NEW(reader->arena, char, larger);
        memcpy(moved, reader->bytes, reader->n_bytes);
        reader->bytes = moved;
        reader->bytes_capacity = larger;
    }
    if (length > 0)
        memcpy(reader->bytes + reader->n_bytes, text, length);
    reader->n_bytes += length;
    reader->ends[reader->n_fields++] = reader->n_bytes;
}

static void keep_row(int terminator, void *context)
{
    struct csv_reader *reader = context;
    (void)terminator;
    reader->row_done = true;
}

static struct place file_place(const struct csv_reader *reader, int line)
{
    return (struct place){.file = reader->file, .line = line};
}

struct csv_reader *csv_open(struct arena *arena, struct str file, struct str content,
                            struct diagnostics *diagnostics)
{
    struct csv_reader *reader = ARENA_NEW(arena, struct csv_reader, 1);
    *reader = (struct csv_reader){
        .arena = arena, .diagnostics = diagnostics, .file = file, .rest = content, .line = 1};
    if (csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
        check_out_of_memory();
    reader->bytes_capacity = 1024;
    reader->bytes = ARENA_NEW(arena, char, reader->bytes_capacity);
    reader->failed = !text_check(file, &reader->rest, diagnostics);
    return reader;
}

void csv_close(struct csv_reader *reader)
{
    csv_free(&reader->parser);
}

bool csv_failed(const struct csv_reader *reader)
{
    return reader->failed;
}

static bool fail(struct csv_reader *reader, int line, const char *hint, const char *what)
{
    reader->failed = true;
    return diagnose_error(reader->diagnostics, file_place(reader, line), hint, "%s", what);
}

static struct str take_line(struct csv_reader *reader)
{
    const char *end = memchr(reader->rest.at, '\n', reader->rest.length);
    size_t length = end == NULL ? reader->rest.length : (size_t)(end - reader->rest.at) + 1;
    struct str line = {reader->rest.at, length};
    reader->rest = str_after(reader->rest, length);
    reader->line++;
    return line;
}

static struct str line_end_off(struct str line)
{
    while (line.length > 0 && (line.at[line.length - 1] == '\n' || line.at[line.length - 1] == '\r'))
        line.length--;
    return line;
}

static bool parse_line(struct csv_reader *reader, struct str line)
{
    size_t n = csv_parse(&reader->parser, line.at, line.length, keep_field, keep_row, reader);
    if (csv_error(&reader->parser) == CSV_ENOMEM)
        check_out_of_memory();
    if (n == line.length)
        return true;
    struct str text = str_copy(reader->arena, line_end_off(line));
    struct place place = {reader->file, reader->line - 1, text_column(line, n), text};
    reader->failed = true;
    return diagnose_error(reader->diagnostics, place, "double a quote inside a quoted field: \"\"",
                          "a quote in the wrong place");
}

/* A line without quotes and stray carriage returns needs no parser: its fields stand between commas.
 * libcsv gives the same fields at a third of the speed, which a trace of many megabytes notices. */
static bool is_plain(const struct csv_reader *reader, struct str line)
{
    const char *carriage = memchr(line.at, '\r', line.length);
    bool ends_in_crlf = carriage != NULL && line.length >= 2 && carriage == line.at + line.length - 2;
    return reader->n_fields == 0 && reader->parser.pstate == 0 && (carriage == NULL || ends_in_crlf) &&
           line.at[line.length - 1] == '\n' && memchr(line.at, '"', line.length) == NULL;
}

static void split_line(struct csv_reader *reader, struct str line)
{
    struct str field, rest = str_trim((struct str){line.at, line.length - 1});
    if (rest.length == 0)
        return; /* a blank line is no row */
    while (str_split(rest, ',', &field, &rest)) {
        field = str_trim(field);
        keep_field((void *)(uintptr_t)field.at, field.length, reader);
    }
    rest = str_trim(rest);
    keep_field((void *)(uintptr_t)rest.at, rest.length, reader);
    reader->row_done = true;
}

/* What the file ends with when there is no newline, or an open quote. */
static bool parse_end(struct csv_reader *reader)
{
    if (csv_fini(&reader->parser, keep_field, keep_row, reader) != 0)
        return fail(reader, reader->row_line, "close the quote",
                    "the quoted field that begins in this row never ends");
    return true;
}

static bool finish_row(struct csv_reader *reader, struct csv_row *row)
{
    if (reader->too_wide)
        return fail(reader, reader->row_line, NULL, "the row has more than 256 fields");
    size_t start = 0;
    for (int i = 0; i < reader->n_fields; i++) {
        reader->fields[i] = (struct str){reader->bytes + start, reader->ends[i] - start};
        start = reader->ends[i];
    }
    *row = (struct csv_row){reader->row_line, reader->fields, reader->n_fields};
    return true;
}

bool csv_next(struct csv_reader *reader, struct csv_row *row)
{
    reader->row_done = false;
    reader->n_fields = 0;
    reader->n_bytes = 0;
    reader->row_line = reader->line;
    reader->row_at = reader->rest.at;
    while (!reader->failed && !reader->row_done && reader->rest.length > 0) {
        if (reader->n_fields == 0 && reader->parser.pstate == 0) { /* a blank line before the row */
            reader->row_line = reader->line;
            reader->row_at = reader->rest.at;
        }
        if (reader->line - reader->row_line >= MOST_LINES_IN_A_FIELD)
            return fail(reader, reader->row_line, "close the quote",
                        "a quoted field runs over more than 1,000 lines");
        struct str line = take_line(reader);
        if (is_plain(reader, line))
            split_line(reader, line);
        else if (!parse_line(reader, line))
            return false;
    }
    if (!reader->failed && !reader->row_done && !parse_end(reader))
        return false;
    if (reader->failed || !reader->row_done)
        return false;
    return finish_row(reader, row);
}

/* The column at which field i starts, reckoned from the text: quotes and commas. */
static int field_column(struct str line, int i)
{
    bool quoted = false;
    for (size_t at = 0; at < line.length && i > 0; at++) {
        quoted ^= line.at[at] == '"';
        if (line.at[at] == ',' && !quoted && --i == 0)
            return text_column(line, at + 1);
    }
    return 1;
}

struct place csv_place(const struct csv_reader *reader, int i)
{
    size_t length = 0;
    while (reader->row_at + length < reader->rest.at && reader->row_at[length] != '\n')
        length++;
    struct str line = str_copy(reader->arena, line_end_off((struct str){reader->row_at, length}));
    return (struct place){reader->file, reader->row_line, field_column(line, i < 0 ? 0 : i), line};
}

static bool bind_one(struct csv_reader *reader, const struct csv_row *row, int i,
                     const struct csv_column *columns, int n, int *positions)
{
    struct str names[CSV_MOST_FIELDS], name = str_trim(row->fields[i]);
    for (int j = 0; j < n; j++) {
        names[j] = str_of(columns[j].name);
        if (!str_equal(name, names[j]))
            continue;
        if (positions[j] >= 0)
            return diagnose_error(reader->diagnostics, csv_place(reader, i), NULL,
                                  "the column `%s` is there twice", columns[j].name);
        positions[j] = i;
        return true;
    }
    struct str nearest = str_nearest(name, names, (size_t)n);
    struct str hint = nearest.length == 0
                          ? STR("remove the column, or give it the name of one that is missing")
                          : str_format(reader->arena, "did you mean `%.*s`?", STR_ARGS(nearest));
    return diagnose_error(reader->diagnostics, csv_place(reader, i), hint.at, "unknown column `%.*s`",
                          STR_ARGS(name));
}

/* A header in one piece whose columns are kept apart by something else than commas. */
static bool check_separator(struct csv_reader *reader, const struct csv_row *row)
{
    const char *at = row->n_fields != 1 ? NULL : memchr(row->fields[0].at, ';', row->fields[0].length);
    if (at == NULL && row->n_fields == 1)
        at = memchr(row->fields[0].at, '\t', row->fields[0].length);
    return at == NULL ||
           diagnose_error(reader->diagnostics, csv_place(reader, 0), "save the file with commas",
                          "columns are separated by commas here, not by %s",
                          *at == ';' ? "semicolons" : "tabs");
}

bool csv_bind(struct csv_reader *reader, const struct csv_column *columns, int n, int *positions)
{
    struct csv_row row;
    bool good = true;
    check(n <= CSV_MOST_FIELDS);
    for (int j = 0; j < n; j++)
        positions[j] = -1;
    if (!csv_next(reader, &row)) {
        if (!reader->failed)
            fail(reader, 1, "the first row names the columns", "the file is empty");
        return false;
    }
    reader->header_width = row.n_fields;
    if (!check_separator(reader, &row))
        return false;
    for (int i = 0; i < row.n_fields; i++)
        good &= bind_one(reader, &row, i, columns, n, positions);
    for (int j = 0; j < n; j++)
        if (columns[j].required && positions[j] < 0)
            good = diagnose_error(reader->diagnostics, csv_place(reader, 0), NULL,
                                  "the column `%s` is missing", columns[j].name);
    return good;
}

struct str csv_field(const struct csv_row *row, int position)
{
    return position < 0 || position >= row->n_fields ? (struct str){0} : str_trim(row->fields[position]);
}

bool csv_check_width(struct csv_reader *reader, const struct csv_row *row)
{
    if (reader->header_width == 0)
        reader->header_width = row->n_fields;
    if (row->n_fields == reader->header_width)
        return true;
    return diagnose_error(reader->diagnostics, csv_place(reader, 0),
                          row->n_fields > reader->header_width
                              ? "quote fields that hold a comma"
                              : "write a comma for each column, also where it is empty",
                          "the row has %d field%s, the header has %d", row->n_fields,
                          row->n_fields == 1 ? "" : "s", reader->header_width);
}
