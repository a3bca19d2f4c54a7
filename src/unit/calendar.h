#ifndef UNIT_CALENDAR_H
#define UNIT_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

/* Time is UTC seconds since 1970-01-01, proleptic Gregorian, no leap seconds. Intervals are
 * half-open. */
enum { HOUR_SECONDS = 3600, DAY_SECONDS = 86400, WEEK_SECONDS = 604800 };

struct date {
    int year, month, day; /* month and day from 1 */
};

int64_t date_seconds(struct date date); /* midnight that starts the day */
struct date date_of(int64_t seconds);   /* the day that holds the second */
int days_in_month(int year, int month);
int64_t month_start(int64_t seconds); /* first second of the calendar month */

/* The anniversary n calendar months on: 31 January + 1 month is the last day of February; the time
 * of day stays. Always reckon from the first start: months do not add up one at a time. */
int64_t add_months(int64_t seconds, int n_months);
/* Whole calendar months between the months that hold two times (January to March: 2). */
int months_between(int64_t from, int64_t to);

/* `2014-11-28`, `2014-11-28 10:00`, `2014-11-28T10:00:00Z` and the like: blank or T between, Z or
 * nothing behind. Fractions of a second and other zones are refused. */
bool time_parse(struct str text, int64_t *seconds);

struct str date_text(struct arena *arena, int64_t seconds);  /* 2014-11-28 */
struct str time_text(struct arena *arena, int64_t seconds);  /* 2014-11-28T10:00:00Z */
struct str month_text(struct arena *arena, int64_t seconds); /* 2014-11 */

/* A commitment or a useful life: calendar months from the anniversary, or seconds. Months win where
 * both would do. Both 0: none. `1 yr` is 8,760 h; `12 mo` is twelve calendar months. */
struct term {
    int months;
    int64_t seconds;
};

bool term_is_none(struct term term);
int64_t term_end(int64_t start, struct term term);
struct str term_text(struct arena *arena, struct term term); /* "36 mo", "1 yr", "none" */

/* "97 s", "33.3 min", "12 h", "28.5 d": three digits or so, for people. */
struct str duration_text(struct arena *arena, int64_t seconds);
/* "5 min", "36 h", "28 d": all of it, in the longest unit that leaves no rest. */
struct str duration_exact_text(struct arena *arena, int64_t seconds);

#endif
