#include "report/text_table.h"

#include <string.h>

#include "base/arena.h"
#include "base/check.h"

void text_table_add(struct text_table *table, struct str cell)
{
    *ARENA_APPEND(table->arena, table) = cell;
}

/* Characters, not bytes: continuation bytes do not count. */
static size_t width_of(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.length; i++)
        n += ((unsigned char)s.at[i] & 0xC0) != 0x80;
    return n;
}

static size_t *column_widths(const struct text_table *table)
{
    size_t *widths = ARENA_NEW(table->arena, size_t, table->n_columns);
    for (size_t i = 0; i < table->n_items; i++) {
        size_t width = width_of(table->items[i]), *most = &widths[i % table->n_columns];
        *most = width > *most ? width : *most;
    }
    return widths;
}

static char *put_blanks(char *to, size_t n)
{
    memset(to, ' ', n);
    return to + n;
}

static char *put_text(char *to, struct str s)
{
    if (s.length > 0)
        memcpy(to, s.at, s.length);
    return to + s.length;
}

struct str text_table_text(const struct text_table *table)
{
    size_t room = 1;
    const size_t *widths = column_widths(table);
    check(table->n_items % table->n_columns == 0);
    for (size_t i = 0; i < table->n_items; i++)
        room += table->items[i].length + widths[i % table->n_columns] + 2;
    char *bytes = ARENA_NEW(table->arena, char, room), *to = bytes;
    for (size_t i = 0; i < table->n_items; i++) {
        size_t column = i % table->n_columns, pad = widths[column] - width_of(table->items[i]);
        bool right = table->right >> column & 1, last = column + 1 == table->n_columns;
        to = put_blanks(to, right ? pad : 0);
        to = put_text(to, table->items[i]);
        to = put_blanks(to, last ? 0 : (right ? 0 : pad) + 2);
        while (last && to > bytes && to[-1] == ' ')
            to--;
        if (last)
            *to++ = '\n';
    }
    return (struct str){bytes, (size_t)(to - bytes)};
}

/* Length of the control character at the start: C0 and DEL have one byte, C1 has two in UTF-8. */
static size_t control_length(struct str s)
{
    unsigned char c = (unsigned char)s.at[0];
    if (c < 32 || c == 127)
        return 1;
    return c == 0xC2 && s.length > 1 && (unsigned char)s.at[1] < 0xA0 ? 2 : 0;
}

struct str text_shown(struct arena *arena, struct str text, size_t most)
{
    char *bytes = ARENA_NEW(arena, char, text.length + 4);
    size_t n = 0, width = 0;
    for (size_t i = 0; i < text.length;) {
        size_t control = control_length(str_after(text, i));
        if (((unsigned char)text.at[i] & 0xC0) != 0x80 && ++width > most) {
            memcpy(bytes + n, "\xE2\x80\xA6", 3);
            return (struct str){bytes, n + 3};
        }
        bytes[n++] = control > 0 ? ' ' : text.at[i];
        i += control > 0 ? control : 1;
    }
    return (struct str){bytes, n};
}
