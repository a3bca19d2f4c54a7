#ifndef REPORT_SHEET_H
#define REPORT_SHEET_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/output.h"
#include "base/str.h"

struct arena;

/* A thin layer over libxlsxwriter. Rows and columns count from 0. The book remembers the first
 * error, and book_close tells it. Text of any bytes is made fit for a cell: invalid UTF-8 and control
 * characters become U+FFFD, overlong text is cut; it is never taken for a formula. */
struct book;
struct sheet;

/* Look of a cell: one SHOW_ (what it holds) | one LOOK_ (what it is to the reader). */
enum show {
    SHOW_TEXT,
    SHOW_WRAP,   /* text over several lines */
    SHOW_NUMBER, /* as it comes */
    SHOW_MONEY,  /* whole units, negative red, zero a dash */
    SHOW_CENTS,
    SHOW_UNIT_PRICE, /* all digits */
    SHOW_COUNT,
    SHOW_QUANTITY,
    SHOW_PERCENT,
    SHOW_SHARE, /* of a whole; zero a dash */
    SHOW_DATE,
    SHOW_TIME,
    SHOW_MONTH,
    SHOW_FACTOR,
    SHOW_RATE,   /* money per hour */
    SHOW_TINY,   /* differences and tolerances */
    SHOW_STATUS, /* a short word, centred */
    N_SHOWS
};
enum {
    LOOK_CELL = 0 << 5,      /* of a table */
    LOOK_BARE = 1 << 5,      /* outside tables */
    LOOK_INPUT = 2 << 5,     /* blue on cream: may be changed */
    LOOK_SIMULATED = 3 << 5, /* comes from the run */
    LOOK_AT_RUN = 4 << 5,    /* grey: an input as it was at the run */
    LOOK_TOTAL = 5 << 5,
    LOOK_BAND = 6 << 5, /* starts a block */
    LOOK_HEADER = 7 << 5,
    LOOK_HEADER_SIMULATED = 8 << 5,
    LOOK_TITLE = 9 << 5,
    LOOK_HEADING = 10 << 5,
    LOOK_NOTE = 11 << 5,
    LOOK_HEADLINE = 12 << 5,
    LOOK_LINK = 13 << 5,
    N_LOOKS = 14,
    N_STYLES = N_LOOKS << 5
};

/* Zero-terminated text that XML and spreadsheets take, at most `longest` UTF-16 units and an ellipsis. */
const char *cell_text(struct arena *arena, struct str text, size_t longest);
/* The same on one line, and fit for a footer, where `&` begins a command. */
const char *footer_text(struct arena *arena, struct str text, size_t longest);
/* Lines that text takes where `per_line` letters stand on each; broken after blanks and hyphens, in the
 * middle of a word only where it is longer than a line. */
int cell_lines(const char *text, double per_line);
/* Height of a row that holds such text in a cell so many characters wide. */
double cell_points(const char *text, int style, double characters);

struct book *book_open(struct arena *arena, struct str path, struct str title, struct failure *failure);
/* False (and the failure set) when anything could not be written. */
bool book_close(struct book *book, struct failure *failure);
struct sheet *book_sheet(struct book *book, const char *name);

/* Landscape A4, one page wide. `repeat_row` is printed on every page (-1: none); the rows above
 * `freeze_row` and the columns left of `freeze_column` stay in view. */
struct page {
    struct str footer;
    int repeat_row, freeze_row, freeze_column;
    int last_row, last_column; /* of what is printed; 0: all */
    bool one_page;
};
void sheet_page(struct sheet *sheet, struct page page);
/* Set widths before writing wrapped text: the height of its row comes from them. */
void sheet_width(struct sheet *sheet, int column, int last_column, double characters);

/* From a row on, cells are written by ourselves, for long tables (report/sheet_rows.h): text, numbers, blanks
 * and formulas only, none merged, row by row and none twice. */
void sheet_pack(struct sheet *sheet, int first_row);

void sheet_text(struct sheet *sheet, int row, int column, int style, struct str text);
void sheet_label(struct sheet *sheet, int row, int column, int style, const char *text);
void sheet_format(struct sheet *sheet, int row, int column, int style, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Text across the columns up to last_column, wrapped. */
void sheet_across(struct sheet *sheet, int row, int column, int last_column, int style, struct str text);
void sheet_number(struct sheet *sheet, int row, int column, int style, double number); /* not finite: "n/a" */
/* A UTC time as a date; text where spreadsheets have no such date. */
void sheet_time(struct sheet *sheet, int row, int column, int style, int64_t seconds);
/* A formula with the number, or the word, that it is now; the next three are made of it. */
void sheet_vformula(struct sheet *sheet, int row, int column, int style, double number, const char *word,
                    const char *format, va_list args);
/* A formula and the value it has now: previewers show it and never compute. */
void sheet_formula(struct sheet *sheet, int row, int column, int style, double value, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
void sheet_text_formula(struct sheet *sheet, int row, int column, int style, const char *value,
                        const char *format, ...) __attribute__((format(printf, 6, 7)));
/* Text across the columns up to last_column, as sheet_across; not above LONGEST_LABEL (200) characters. */
void sheet_across_formula(struct sheet *sheet, int row, int column, int last_column, int style,
                          const char *value, const char *format, ...) __attribute__((format(printf, 7, 8)));
void sheet_link(struct sheet *sheet, int row, int column, const struct sheet *target);
void sheet_blank(struct sheet *sheet, int row, int column, int last_column, int style);

/* The head of a table, one row per column; sets widths where they are not 0. */
struct column {
    const char *title;
    double width;
    bool simulated, money; /* money: the currency is added to the title */
};
struct str column_title(struct arena *arena, const struct column *column, struct str currency);
void sheet_header(struct sheet *sheet, int row, const struct column *columns, int n_columns,
                  struct str currency);

/* A rectangle of cells of a sheet. */
struct range {
    const struct sheet *sheet;
    int row, column, last_row, last_column;
};
struct range range_cell(const struct sheet *sheet, int row, int column);
struct range range_down(const struct sheet *sheet, int column, int row, int last_row);
struct arena *sheet_arena(const struct sheet *sheet);
const char *sheet_quoted_name(const struct sheet *sheet); /* as formulas want it: 'Lead time' */
/* What was written as number or formula value; 0 for anything else. */
double sheet_value(const struct sheet *sheet, int row, int column);
double range_sum(struct range range);
/* The cell that holds the least number of a range with at least one. */
double range_least(struct range range);
double range_most(struct range range);

/* How formulas name cells. Use as `name_of(range).text` within one expression. */
struct cell_name {
    char text[96];
};
struct cell_name name_here(int row, int column);   /* D7 */
struct cell_name name_column(int row, int column); /* D$7 */
struct cell_name name_of(struct range range);      /* Prices!$D$7:$D$9 */

void book_name(struct book *book, const char *name, struct range cell);
/* Warns, without stopping, about input outside [least, most]. */
void sheet_limits(struct range cells, double least, double most, const char *message);
/* Colours text that begins with a word of checks: OK, changed, ERROR and the like. */
void sheet_colour_words(struct range cells);
void sheet_filter(struct range table);
/* Makes a table with a name and a filter of a range whose first row holds the titles, one of each column and
 * no two the same. Before the cells of its head are written. */
void sheet_table(struct range table, const char *name, const struct str *titles);

struct sheet_line {
    struct range name, values;
    uint32_t colour;         /* 0xRRGGBB */
    int dash;                /* 0: solid; each strategy has its own */
    struct range x;          /* of points: where they stand */
    const struct str *words; /* [values] beside each bar; NULL: none */
};
/* Areas cover those before them; stacked ones stand on them. Points are connected, both axes are logarithmic.
 * Bars lie side by side, or those of a category in one line, each from 0. */
enum sheet_chart_kind {
    SHEET_LINES,
    SHEET_AREAS,
    SHEET_STACKED,
    SHEET_POINTS,
    SHEET_BARS,
    SHEET_BARS_IN_LINE
};
struct sheet_chart {
    enum sheet_chart_kind kind;
    const char *title, *value_title, *value_format, *category_format;
    const char *category_title; /* NULL: none */
    struct str alt_text;
    struct range categories;
    const struct sheet_line *lines;
    size_t n_lines;
    struct range bars; /* sheet_bar_chart: one value per category, coloured as lines[i] */
    int row, column, width_pixels, height_pixels;
    int label_every;       /* lines and areas: every n-th category has a label */
    double x_from, y_from; /* points: where the axes begin */
};
void sheet_bar_chart(struct sheet *sheet, const struct sheet_chart *chart);
void sheet_line_chart(struct sheet *sheet, const struct sheet_chart *chart); /* and areas, and points */
void sheet_bars_chart(struct sheet *sheet, const struct sheet_chart *chart);

#endif
