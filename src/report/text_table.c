#include "report/text_table.h"

#include <string.h>

#include "base/arena.h"
#include "base/check.h"

enum { LONGEST_NAME = 40, BETWEEN = 2 };

struct text_table text_table_make(struct arena *arena, size_t n_rows, size_t n_columns, unsigned left)
{
    check(n_columns <= TEXT_TABLE_MOST_COLUMNS);
    return (struct text_table){arena, ARENA_NEW(arena, struct str, n_rows * n_columns), n_rows, n_columns,
                               left};
}

/* Characters, not bytes: continuation bytes do not count. */
static size_t width_of(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.length; i++)
        n += ((unsigned char)s.at[i] & 0xC0) != 0x80;
    return n;
}

struct str text_shown(struct arena *arena, struct str name)
{
    char *bytes = ARENA_NEW(arena, char, name.length + 4);
    size_t n = 0, width = 0;
    for (size_t i = 0; i < name.length; i++) {
        unsigned char c = (unsigned char)name.at[i];
        if ((c & 0xC0) != 0x80 && ++width > LONGEST_NAME) {
            memcpy(bytes + n, "\xE2\x80\xA6", 3);
            return (struct str){bytes, n + 3};
        }
        bytes[n++] = c < 32 || c == 127 ? ' ' : (char)c;
    }
    return (struct str){bytes, n};
}

static size_t put_blanks(char *bytes, size_t at, size_t n)
{
    memset(bytes + at, ' ', n);
    return at + n;
}

static size_t put_cell(char *bytes, size_t at, struct str cell, size_t width, bool left)
{
    size_t pad = width - width_of(cell);
    at = put_blanks(bytes, at, left ? 0 : pad);
    memcpy(bytes + at, cell.at, cell.length);
    return put_blanks(bytes, at + cell.length, left ? pad : 0);
}

struct str text_table_render(const struct text_table *table)
{
    size_t widths[TEXT_TABLE_MOST_COLUMNS] = {0}, total = 1, n = 0, n_columns = table->n_columns;
    for (size_t i = 0; i < table->n_rows * n_columns; i++) {
        size_t width = width_of(table->cells[i]);
        widths[i % n_columns] = width > widths[i % n_columns] ? width : widths[i % n_columns];
        total += table->cells[i].length;
    }
    for (size_t c = 0; c < n_columns; c++)
        total += table->n_rows * (widths[c] + BETWEEN);
    char *bytes = ARENA_NEW(table->arena, char, total);
    for (size_t i = 0; i < table->n_rows * n_columns; i++) {
        size_t column = i % n_columns;
        n = put_cell(bytes, n, table->cells[i], widths[column], table->left >> column & 1);
        if (column + 1 < n_columns)
            n = put_blanks(bytes, n, BETWEEN);
        else
            bytes[n++] = '\n';
    }
    return (struct str){bytes, n};
}
