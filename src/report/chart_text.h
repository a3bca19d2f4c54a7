#ifndef REPORT_CHART_TEXT_H
#define REPORT_CHART_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

/* Text of the user's on charts: made fit to be shown, measured, shortened, and quoted so that gnuplot
 * cannot take it for markup or commands. */

enum chart_weight { CHART_PLAIN, CHART_BOLD };

/* Valid UTF-8 on one line: what is not UTF-8 becomes U+FFFD, control characters become blanks, marks
 * that turn the writing direction go. */
struct str chart_clean(struct arena *arena, struct str text);
/* Cleaned and at most max_characters long, with an ellipsis where something is missing. Right-to-left
 * names are fenced, so that figures beside them stay where they belong. */
struct str chart_name(struct arena *arena, struct str text, size_t max_characters);
/* The same, but what is missing is in the middle: the last `tail` characters stay. */
struct str chart_name_ends(struct arena *arena, struct str text, size_t max_characters, size_t tail);

/* Width in canvas units of cleaned text `size` hundredths as high as the base font. An estimate from the
 * advance widths of DejaVu Sans, the widest of the fonts that a viewer is likely to have. */
double chart_text_width(struct str text, enum chart_weight weight, int size);
/* The text, or as much of it as is no wider than `width`, with an ellipsis. */
struct str chart_fit(struct arena *arena, struct str text, enum chart_weight weight, int size, double width);
/* Breaks at blanks into at most max_lines; what is left over is cut from the last. Returns how many. */
size_t chart_wrap(struct arena *arena, struct str text, enum chart_weight weight, int size, double width,
                  struct str *lines, size_t max_lines);

/* Escaped for gnuplot's enhanced text within single quotes (the quotes are not added). It holds no quote:
 * gnuplot 5.4 loses count of doubled ones, and what follows would be taken for commands. With `boxed`,
 * characters that DejaVu Sans lacks become small boxes. */
struct str chart_markup(struct arena *arena, struct str text, bool boxed);
/* For the last cell or the header of a tab-separated file; no spreadsheet takes it for a formula. */
struct str chart_cell(struct arena *arena, struct str text);
/* The next character from `from` on that DejaVu Sans lacks; false where there is none. */
bool chart_next_lacking(struct str *rest, uint32_t *character);

#endif
