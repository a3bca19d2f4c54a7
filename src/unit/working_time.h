#ifndef UNIT_WORKING_TIME_H
#define UNIT_WORKING_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

enum { DAYS_PER_WEEK = 7 }; /* 0 is Monday */

/* Hours of a weekday in which work is done, in seconds from midnight UTC: [from, to). */
struct shift {
    int64_t from, to;
};

struct shifts {
    struct shift *items; /* ascending, apart from one another once the calendar is finished */
    size_t n_items, capacity;
};

struct holidays {
    int64_t *items; /* midnight that starts the day; ascending once the calendar is finished */
    size_t n_items, capacity;
};

/* When work is done: the same hours every week, but not on holidays. */
struct calendar {
    struct str name;
    struct shifts days[DAYS_PER_WEEK];
    struct holidays holidays;
    /* set by calendar_finish */
    int64_t week_seconds;                  /* worked in a week without holidays */
    int64_t before_day[DAYS_PER_WEEK + 1]; /* worked from Monday on, before each weekday */
    int64_t *lost;                         /* [holiday, and one more] working time lost to those before */
    int64_t *worked;                       /* [holiday] calendar_worked at its start */
};

int weekday_of(int64_t seconds); /* 0: Monday */

/* Sorts shifts and holidays, joins shifts that touch, and fills in what the others need. False where shifts
 * of a day overlap; what a week holds is the caller's to check. */
bool calendar_finish(struct arena *arena, struct calendar *calendar);

/* `24x7` is no calendar. `8x5` and the like: so many hours on the first so many days of the week, from 09:00
 * on, or up to midnight where that is too late a start. NULL for any other name. */
const struct calendar *calendar_by_name(struct arena *arena, struct str name);

/* One working day is the mean of those weekdays on which work is done. */
int64_t calendar_day_seconds(const struct calendar *calendar);

/* Working time up to a moment, from some moment long ago: only differences mean something. NULL stands for
 * 24x7. */
int64_t calendar_worked(const struct calendar *calendar, int64_t seconds);
/* The first moment at which so much has been worked: the inverse of calendar_worked. */
int64_t calendar_reached(const struct calendar *calendar, int64_t worked);
/* The moment itself where work is going on, otherwise when it next begins. */
int64_t calendar_next_open(const struct calendar *calendar, int64_t seconds);

#endif
