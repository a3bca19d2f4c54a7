#include "base/str.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"

struct str str_of(const char *zero_terminated)
{
    return (struct str){zero_terminated, zero_terminated == NULL ? 0 : strlen(zero_terminated)};
}

struct str str_copy(struct arena *arena, struct str s)
{
    char *bytes = ARENA_NEW(arena, char, s.length + 1);
    if (s.length > 0)
        memcpy(bytes, s.at, s.length);
    return (struct str){bytes, s.length};
}

const char *str_zero_terminated(struct arena *arena, struct str s)
{
    return str_copy(arena, s).at;
}

struct str str_vformat(struct arena *arena, const char *format, va_list args)
{
    char first[256]; /* mostly enough, so that it is done once */
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(first, sizeof first, format, args);
    check(length >= 0);
    char *bytes = ARENA_NEW(arena, char, (size_t)length + 1);
    if ((size_t)length < sizeof first)
        memcpy(bytes, first, (size_t)length + 1);
    else
        vsnprintf(bytes, (size_t)length + 1, format, again);
    va_end(again);
    return (struct str){bytes, (size_t)length};
}

struct str str_format(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct str result = str_vformat(arena, format, args);
    va_end(args);
    return result;
}

int str_compare(struct str a, struct str b)
{
    size_t common = a.length < b.length ? a.length : b.length;
    int order = common == 0 ? 0 : memcmp(a.at, b.at, common);
    if (order != 0)
        return order;
    return (a.length > b.length) - (a.length < b.length);
}

bool str_equal(struct str a, struct str b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

bool str_is(struct str s, const char *zero_terminated)
{
    return str_equal(s, str_of(zero_terminated));
}

bool str_starts(struct str s, struct str prefix)
{
    return s.length >= prefix.length && str_equal((struct str){s.at, prefix.length}, prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.length >= suffix.length && str_equal(str_after(s, s.length - suffix.length), suffix);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

struct str str_trim(struct str s)
{
    while (s.length > 0 && is_blank(s.at[s.length - 1]))
        s.length--;
    while (s.length > 0 && is_blank(s.at[0]))
        s = str_after(s, 1);
    return s;
}

struct str str_after(struct str s, size_t n)
{
    check(n <= s.length);
    return n == 0 ? s : (struct str){s.at + n, s.length - n};
}

bool str_split(struct str s, char at, struct str *head, struct str *tail)
{
    const char *found = s.length == 0 ? NULL : memchr(s.at, at, s.length);
    if (found == NULL)
        return false;
    size_t n = (size_t)(found - s.at);
    *head = (struct str){s.at, n};
    *tail = str_after(s, n + 1);
    return true;
}

/* Bytes in the sequence that starts with `first`; 0 when nothing can start so. */
static size_t utf8_length(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first < 0xE0)
        return 2;
    if (first >= 0xE0 && first < 0xF0)
        return 3;
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

static bool utf8_sequence(const unsigned char *at, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if ((at[i] & 0xC0) != 0x80)
            return false;
    if (n == 3)
        return !(at[0] == 0xE0 && at[1] < 0xA0) && !(at[0] == 0xED && at[1] >= 0xA0);
    if (n == 4)
        return !(at[0] == 0xF0 && at[1] < 0x90) && !(at[0] == 0xF4 && at[1] >= 0x90);
    return true;
}

bool str_is_utf8(struct str s)
{
    const unsigned char *at = (const unsigned char *)s.at;
    for (size_t i = 0; i < s.length;) {
        size_t n = utf8_length(at[i]);
        if (n == 0 || n > s.length - i || !utf8_sequence(at + i, n))
            return false;
        i += n;
    }
    return true;
}

enum { LONGEST_COMPARED = 63 };

static size_t edit_distance(struct str a, struct str b)
{
    size_t row[LONGEST_COMPARED + 1];
    if (a.length > LONGEST_COMPARED || b.length > LONGEST_COMPARED)
        return SIZE_MAX;
    for (size_t j = 0; j <= b.length; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            size_t above = row[j];
            size_t best = diagonal + (a.at[i - 1] != b.at[j - 1]);
            best = best < above + 1 ? best : above + 1;
            row[j] = best < row[j - 1] + 1 ? best : row[j - 1] + 1;
            diagonal = above;
        }
    }
    return row[b.length];
}

struct str str_nearest(struct str s, const struct str *candidates, size_t n_candidates)
{
    struct str nearest = {0};
    size_t least = s.length / 3 + 2;
    for (size_t i = 0; i < n_candidates; i++) {
        size_t distance = edit_distance(s, candidates[i]);
        size_t longer = s.length > candidates[i].length ? s.length : candidates[i].length;
        if (distance < least && distance < longer) {
            least = distance;
            nearest = candidates[i];
        }
    }
    return nearest;
}
