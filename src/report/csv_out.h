#ifndef REPORT_CSV_OUT_H
#define REPORT_CSV_OUT_H

#include "base/output.h"
#include "unit/money.h"

/* Writes rows of RFC 4180 text: fields quoted only where they must be, LF line ends. */
struct csv_out {
    struct output output;
    bool row_begun;
};

struct csv_out csv_out_open(struct arena *arena, struct str folder, const char *name,
                            const char *const *columns, struct failure *failure);
/* Text from the user: a field that a spreadsheet would take for a formula gets an apostrophe in front. */
void csv_text(struct csv_out *out, struct str text);
void csv_plain(struct csv_out *out, struct str text); /* numbers and dates made by the program */
void csv_bare(struct csv_out *out, struct str text);  /* what holds no comma, quote or line end for sure */
/* A field of several texts, one after the other; at most eight of the user's. */
void csv_joined(struct csv_out *out, const struct str *parts, size_t n_parts);
void csv_texts(struct csv_out *out, const struct str *parts, size_t n_parts);
void csv_end_row(struct csv_out *out);
bool csv_out_close(struct csv_out *out);

/* Cells of amounts (six places), hours of server-seconds, numbers, times. */
void csv_money(struct csv_out *out, money amount);
void csv_hours(struct csv_out *out, int64_t server_seconds);
void csv_number(struct csv_out *out, double value, int places);
void csv_digits(struct csv_out *out, int128 value, int places); /* value x 10^-places, |value| < 10^38 */
void csv_integer(struct csv_out *out, int64_t value);
void csv_decimal(struct csv_out *out, struct decimal value); /* all digits, as short as exact */
void csv_time(struct csv_out *out, int64_t seconds);

#endif
