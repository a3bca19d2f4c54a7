#include "report/chart_text.h"

#include <string.h>

#include "base/arena.h"
#include "report/chart.h"

enum {
    REPLACEMENT = 0xFFFD,
    ELLIPSIS = 0x2026,
    LEFT_TO_RIGHT_MARK = 0x200E,
    NARROW_BOX = 0x25AF,
    NO_BREAK_SPACE = 0xA0,
    WORD_JOINER = 0x2060,
    LONGEST_UTF8 = 4
};

struct range {
    uint32_t first, last;
};

#define IN(ranges, character) in_ranges((ranges), sizeof(ranges) / sizeof *(ranges), (character))

static bool in_ranges(const struct range *ranges, size_t n, uint32_t character)
{
    for (size_t i = 0; i < n; i++)
        if (character >= ranges[i].first && character <= ranges[i].last)
            return true;
    return false;
}

static const struct range turning[] = {
    {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF}};
static const struct range control[] = {{0, 0x1F}, {0x7F, 0x9F}, {0x2028, 0x2029}};
static const struct range right_to_left[] = {
    {0x590, 0x8FF}, {0xFB1D, 0xFDFF}, {0xFE70, 0xFEFC}, {0x10800, 0x10FFF}};
static const struct range no_width[] = {
    {0x300, 0x36F}, {0x591, 0x5C7}, {0x64B, 0x65F}, {0x200B, 0x200F}, {0xFE00, 0xFE0F}};
static const struct range wide[] = {{0x1100, 0x115F},   {0x2026, 0x2026},  {0x2E80, 0xA4CF}, {0xAC00, 0xD7A3},
                                    {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},  {0xFF00, 0xFF60}, {0xFFFD, 0xFFFD},
                                    {0x1F000, 0x1FAFF}, {0x20000, 0x3FFFF}};
/* Whole stretches that DejaVu Sans 2.37 covers. */
static const struct range covered[] = {{0x20, 0x7E},     {0xA0, 0x2E9},    {0x300, 0x34F},   {0x370, 0x377},
                                       {0x38E, 0x3A1},   {0x3A3, 0x525},   {0x531, 0x556},   {0x561, 0x587},
                                       {0x5B0, 0x5C3},   {0x5D0, 0x5EA},   {0x621, 0x63A},   {0x640, 0x655},
                                       {0x660, 0x670},   {0x679, 0x6BF},   {0x6F0, 0x6F9},   {0x10D0, 0x10FC},
                                       {0x1E00, 0x1EFB}, {0x1F00, 0x1F15}, {0x2000, 0x2064}, {0x2074, 0x208E},
                                       {0x20A0, 0x20B5}, {0x2100, 0x2109}, {0x210B, 0x2149}, {0x2150, 0x2185},
                                       {0x2190, 0x2311}, {0x2500, 0x269C}, {0xFFFD, 0xFFFD}};

/* Advance widths of ' ' to '~' in hundredths of the font's height: DejaVu Sans and its bold. */
static const unsigned char advance[2][95] = {
    {32, 40, 46, 84, 64, 95, 78, 27, 39,  39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
     64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79,
     60, 79, 69, 63, 61, 73, 68, 99, 69,  61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63,
     63, 28, 28, 58, 28, 97, 63, 61, 63,  63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84},
    {35, 46, 52, 84, 70, 100, 87, 31,  46,  46, 52, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70,  70, 70,
     70, 70, 40, 40, 84, 84,  84, 58,  100, 77, 76, 73, 83, 68, 68, 82, 84, 37, 37, 77, 64, 100, 84, 85,
     73, 85, 77, 72, 68, 81,  77, 110, 77,  72, 73, 46, 37, 46, 84, 50, 50, 67, 72, 59, 72, 68,  44, 72,
     71, 34, 34, 67, 34, 104, 71, 69,  72,  72, 49, 60, 48, 71, 65, 92, 65, 65, 58, 71, 37, 71,  84}};

/* Takes one character off the front; REPLACEMENT for a byte that does not belong to UTF-8. */
static uint32_t take_character(struct str *rest)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = (unsigned char)rest->at[0];
    size_t n = first < 0x80   ? 1
               : first < 0xC0 ? 0
               : first < 0xE0 ? 2
               : first < 0xF0 ? 3
               : first < 0xF8 ? 4
                              : 0;
    uint32_t c = n == 1 ? first : first & (0xFFU >> (n + 1));
    bool good = n > 0 && n <= rest->length;
    for (size_t i = 1; good && i < n; i++) {
        unsigned char next = (unsigned char)rest->at[i];
        good = (next & 0xC0) == 0x80;
        c = c << 6 | (next & 0x3F);
    }
    good = good && c >= least[n] && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
    *rest = str_after(*rest, good ? n : 1);
    return good ? c : REPLACEMENT;
}

/* Text being put together; room for it was taken beforehand. */
struct builder {
    char *at;
    size_t length;
};

static void add_byte(struct builder *b, unsigned byte)
{
    b->at[b->length++] = (char)(unsigned char)byte;
}

static void add_character(struct builder *b, uint32_t c)
{
    if (c < 0x80) {
        add_byte(b, c);
        return;
    }
    int n_more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned lead[] = {0, 0xC0, 0xE0, 0xF0};
    add_byte(b, lead[n_more] | c >> (6 * n_more));
    for (int i = n_more - 1; i >= 0; i--)
        add_byte(b, 0x80 | ((c >> (6 * i)) & 0x3F));
}

static void add_text(struct builder *b, const char *text)
{
    while (*text != '\0')
        add_byte(b, (unsigned char)*text++);
}

static struct builder builder_for(struct arena *arena, size_t n_characters)
{
    return (struct builder){ARENA_NEW(arena, char, (n_characters + 4) * LONGEST_UTF8), 0};
}

static struct str built(const struct builder *b)
{
    return (struct str){b->at, b->length};
}

struct str chart_clean(struct arena *arena, struct str text)
{
    struct builder b = builder_for(arena, text.length);
    while (text.length > 0) {
        uint32_t c = take_character(&text);
        if (IN(turning, c))
            continue;
        bool not_a_character = (c & 0xFFFE) == 0xFFFE;
        add_character(&b, IN(control, c) ? ' ' : not_a_character ? REPLACEMENT : c);
    }
    return str_trim(built(&b));
}

static bool has_right_to_left(struct str text)
{
    while (text.length > 0)
        if (IN(right_to_left, take_character(&text)))
            return true;
    return false;
}

/* The text, an ellipsis where it was cut, fenced where it runs from right to left. */
static struct str finished(struct arena *arena, struct str text, bool cut)
{
    bool fence = has_right_to_left(text);
    struct builder b = builder_for(arena, text.length);
    if (fence)
        add_character(&b, LEFT_TO_RIGHT_MARK);
    text = cut ? str_trim(text) : text;
    memcpy(b.at + b.length, text.at, text.length);
    b.length += text.length;
    if (cut)
        add_character(&b, ELLIPSIS);
    if (fence)
        add_character(&b, LEFT_TO_RIGHT_MARK);
    return built(&b);
}

struct str chart_name(struct arena *arena, struct str text, size_t max_characters)
{
    struct str clean = chart_clean(arena, text), rest = clean;
    size_t n = 0, shorter = 0;
    while (rest.length > 0) {
        if (++n == max_characters)
            shorter = (size_t)(rest.at - clean.at);
        take_character(&rest);
    }
    if (n <= max_characters)
        return finished(arena, clean.length > 0 ? clean : STR("-"), false);
    return finished(arena, (struct str){clean.at, shorter}, true);
}

struct str chart_name_ends(struct arena *arena, struct str text, size_t max_characters, size_t tail)
{
    struct str clean = chart_clean(arena, text), rest = clean, head = clean, end = clean;
    size_t n = 0;
    for (; rest.length > 0; n++)
        take_character(&rest);
    if (n <= max_characters)
        return chart_name(arena, clean, max_characters);
    rest = clean;
    for (size_t i = 0; i < n - tail; i++) {
        head.length = i == max_characters - tail - 1 ? clean.length - rest.length : head.length;
        take_character(&rest);
        end = rest;
    }
    struct str cut =
        str_format(arena, "%.*s\xE2\x80\xA6%.*s", STR_ARGS(str_trim(head)), STR_ARGS(str_trim(end)));
    return chart_name(arena, cut, max_characters);
}

static double character_width(uint32_t c, enum chart_weight weight)
{
    if (c >= ' ' && c <= '~')
        return advance[weight][c - ' '] / 100.0;
    if (c == NO_BREAK_SPACE)
        return advance[weight][0] / 100.0;
    if (IN(no_width, c))
        return 0;
    if (IN(wide, c))
        return 1;
    return weight == CHART_BOLD ? 0.8 : 0.7;
}

double chart_text_width(struct str text, enum chart_weight weight, int size)
{
    double ems = 0;
    while (text.length > 0)
        ems += character_width(take_character(&text), weight);
    return ems * size / 100 * CHART_EM;
}

struct str chart_fit(struct arena *arena, struct str text, enum chart_weight weight, int size, double width)
{
    if (chart_text_width(text, weight, size) <= width)
        return text;
    struct str rest = text;
    double ems = 1; /* the ellipsis */
    size_t kept = 0;
    while (rest.length > 0) {
        ems += character_width(take_character(&rest), weight);
        if (ems * size / 100 * CHART_EM > width)
            break;
        kept = (size_t)(rest.at - text.at);
    }
    return finished(arena, (struct str){text.at, kept}, true);
}

/* How many bytes of the text fit into the width without breaking a word; all of a word that is too
 * long by itself. */
static size_t line_length(struct str text, enum chart_weight weight, int size, double width)
{
    size_t fits = 0;
    for (size_t i = 1; i <= text.length; i++) {
        if (i < text.length && text.at[i] != ' ')
            continue;
        if (fits > 0 && chart_text_width((struct str){text.at, i}, weight, size) > width)
            break;
        fits = i;
    }
    return fits;
}

size_t chart_wrap(struct arena *arena, struct str text, enum chart_weight weight, int size, double width,
                  struct str *lines, size_t max_lines)
{
    size_t n = 0;
    text = str_trim(text);
    while (text.length > 0 && n < max_lines) {
        bool last = n + 1 == max_lines;
        size_t length = last ? text.length : line_length(text, weight, size, width);
        lines[n++] = chart_fit(arena, (struct str){text.at, length}, weight, size, width);
        text = str_trim(str_after(text, length));
    }
    return n;
}

/* gnuplot's SVG takes \U+... for the number of a character, and leaves ]]> as it is. */
static bool breaks_svg(uint32_t c, char next)
{
    return (c == '\\' && next == 'U') || (c == ']' && next == ']');
}

struct str chart_markup(struct arena *arena, struct str text, bool boxed)
{
    struct builder b = builder_for(arena, text.length);
    while (text.length > 0) {
        uint32_t c = take_character(&text);
        if (c < 0x80 && c != 0 && strchr("\\{}_^@&~", (int)c) != NULL)
            add_byte(&b, '\\');
        if (c == '\'')
            add_text(&b, "\\047");
        else
            add_character(&b, boxed && !IN(covered, c) ? NARROW_BOX : c);
        if (text.length > 0 && breaks_svg(c, text.at[0]))
            add_character(&b, WORD_JOINER);
    }
    return built(&b);
}

struct str chart_cell(struct arena *arena, struct str text)
{
    struct str clean = chart_clean(arena, text);
    bool formula = clean.length > 0 && strchr("=+-@", clean.at[0]) != NULL;
    return formula ? str_format(arena, "'%.*s", STR_ARGS(clean)) : clean;
}

bool chart_next_lacking(struct str *rest, uint32_t *character)
{
    while (rest->length > 0) {
        *character = take_character(rest);
        if (!IN(covered, *character))
            return true;
    }
    return false;
}
