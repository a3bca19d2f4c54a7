#ifndef REPORT_SHEET_STYLE_H
#define REPORT_SHEET_STYLE_H

#include <stdbool.h>
#include <stdint.h>

#include "report/sheet.h"

/* How a cell's style (report/sheet.h) looks, in words that no library knows. Colours are 0xRRGGBB. */

enum { INK = 0x222222, MUTED = 0x6B7280, HAIRLINE = 0xE3E6EA, NAVY = 0x004488, WHITE = 0xFFFFFF };
enum sheet_align { SHEET_LEFT, SHEET_CENTER, SHEET_RIGHT };
enum sheet_border { SHEET_NO_BORDER, SHEET_THIN, SHEET_MEDIUM };

/* A style is one of SHOW_ | one of LOOK_. */
enum { SHOW_BITS = 31, LOOK_SHIFT = 5 };

struct sheet_show {
    const char *number_format;
    enum sheet_align align;
    bool wrap, fits_column;        /* fits_column: the column is made as wide as the number */
    int least_places, most_places; /* of such numbers */
};

struct sheet_look {
    uint32_t colour, background; /* background WHITE: none */
    double size;
    enum sheet_border bottom, top;
    bool bold, italic, centre, link;
};

extern const struct sheet_show sheet_shows[N_SHOWS]; /* by SHOW_ */
extern const struct sheet_look sheet_looks[N_LOOKS]; /* by LOOK_ >> 5 */

/* Words of checks, and in which colours text that begins with them is shown. Ends with NULL. */
struct sheet_word {
    const char *word;
    uint32_t colour, background;
};

extern const struct sheet_word sheet_words[];

#endif
