#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A slice of text that does not own it. Slices made by str_copy and str_format are followed by a
 * zero byte, so that `.at` serves where C wants a string. A zeroed slice is the empty text. */
struct str {
    const char *at;
    size_t length;
};

#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})
#define STR_ARGS(s) (int)(s).length, (s).at == NULL ? "" : (s).at /* for "%.*s" */

struct str str_of(const char *zero_terminated);
struct str str_copy(struct arena *arena, struct str s);
struct str str_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str str_vformat(struct arena *arena, const char *format, va_list args);
const char *str_zero_terminated(struct arena *arena, struct str s);

bool str_equal(struct str a, struct str b);
bool str_is(struct str s, const char *zero_terminated);
int str_compare(struct str a, struct str b); /* byte order: <0, 0, >0 */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
struct str str_trim(struct str s);            /* without blanks, tabs and carriage returns at both ends */
struct str str_after(struct str s, size_t n); /* without the first n bytes */
bool str_split(struct str s, char at, struct str *head, struct str *tail); /* at the first `at` */
bool str_is_utf8(struct str s);

/* The candidate nearest to `s` by edit distance, the first of equals, or the empty text when none is
 * near enough to be what was meant: a third of its letters and one more may differ, but not all. */
struct str str_nearest(struct str s, const struct str *candidates, size_t n_candidates);

#endif
