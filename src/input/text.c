#include "input/text.h"

#include <string.h>

/* Nothing but printable ASCII, tabs and line feeds: most files, told quickly. */
static bool is_plain(struct str s)
{
    unsigned char wrong = 0;
    for (size_t i = 0; i < s.length; i++) {
        unsigned char c = (unsigned char)s.at[i];
        wrong |= (unsigned char)((c < 32) & (c != '\t') & (c != '\n')) | (unsigned char)(c >= 127);
    }
    return wrong == 0;
}

static bool is_utf16(struct str s)
{
    if (str_starts(s, STR("\xFF\xFE")) || str_starts(s, STR("\xFE\xFF")))
        return true;
    return s.length > 1 && (s.at[0] == 0) != (s.at[1] == 0);
}

/* Bytes of the character at i; 0 where no UTF-8 begins there. */
static size_t character_bytes(struct str s, size_t i)
{
    for (size_t n = 1; n <= 4 && n <= s.length - i; n++)
        if (str_is_utf8((struct str){s.at + i, n}))
            return n;
    return 0;
}

/* C0, DEL and C1 (two bytes in UTF-8). */
static bool is_control(struct str s, size_t i)
{
    unsigned char c = (unsigned char)s.at[i], next = i + 1 < s.length ? (unsigned char)s.at[i + 1] : 0;
    return c < 32 || c == 127 || (c == 0xC2 && next < 0xA0);
}

static const char *problem_at(struct str s, size_t i, const char **hint)
{
    if (character_bytes(s, i) == 0) {
        *hint = "save the file as UTF-8";
        return "not UTF-8";
    }
    if (s.at[i] == '\t' || s.at[i] == '\n' || !is_control(s, i))
        return NULL;
    if (s.at[i] == '\r') {
        *hint = "save the file with lines that end in LF or CRLF";
        return i + 1 < s.length && s.at[i + 1] == '\n' ? NULL : "a carriage return without a line feed";
    }
    *hint = "remove it";
    return s.at[i] == 0 ? "a zero byte: this is no text file" : "a control character";
}

static struct str line_at(struct str s, size_t start)
{
    struct str line, rest = str_after(s, start);
    return str_split(rest, '\n', &line, &rest) ? line : rest;
}

bool text_check(struct str file, struct str *content, struct diagnostics *diagnostics)
{
    struct place place = {.file = file, .line = 1};
    if (is_utf16(*content))
        return diagnose_error(diagnostics, place, "save the file as UTF-8", "the file is UTF-16, not UTF-8");
    if (str_starts(*content, STR("\xEF\xBB\xBF")))
        *content = str_after(*content, 3);
    struct str s = *content;
    size_t start = 0;
    if (is_plain(s))
        return true;
    for (size_t i = 0; i < s.length; i += character_bytes(s, i)) {
        const char *hint, *problem = problem_at(s, i, &hint);
        if (problem != NULL) {
            place.line_text = line_at(s, start);
            place.column = text_column(place.line_text, i - start);
            return diagnose_error(diagnostics, place, hint, "%s", problem);
        }
        if (s.at[i] == '\n') {
            start = i + 1;
            place.line++;
        }
    }
    return true;
}

bool text_is_line(struct str value)
{
    for (size_t i = 0; i < value.length; i++)
        if (is_control(value, i))
            return false;
    return str_is_utf8(value);
}

int text_column(struct str line, size_t n_bytes)
{
    int column = 1;
    for (size_t i = 0; i < n_bytes && i < line.length; i++)
        column += ((unsigned char)line.at[i] & 0xC0) != 0x80;
    return column;
}

bool text_is_currency(struct str code)
{
    bool good = code.length == 3;
    for (size_t i = 0; good && i < code.length; i++)
        good = code.at[i] >= 'A' && code.at[i] <= 'Z';
    return good;
}
