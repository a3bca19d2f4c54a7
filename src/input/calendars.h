#ifndef INPUT_CALENDARS_H
#define INPUT_CALENDARS_H

#include "input/csv.h"
#include "unit/working_time.h"

struct arena;

/* Working calendars by name, each where it was read first. */
struct calendar_list {
    struct calendar *items;
    struct place *places; /* [calendar] */
    size_t n_items, capacity, places_capacity;
};

extern const struct csv_column calendar_columns[];
extern const int n_calendar_columns;

/* Adds the rows of a table of calendars; counts them. Everything wrong is told. */
bool calendars_add(struct calendar_list *list, struct arena *arena, struct str file, struct str content,
                   struct diagnostics *diagnostics, int64_t *n_rows);

/* After the last table: makes the calendars ready for use. False and a message where one has less than an
 * hour of work in a week, or twice the same hours. */
bool calendars_finish(struct calendar_list *list, struct arena *arena, struct diagnostics *diagnostics);

/* What a column `hours` names: a calendar of the tables, or one of the kind 8x5. *calendar is NULL for 24x7.
 * False and a hint where there is no such calendar. */
bool calendars_find(const struct calendar_list *list, struct arena *arena, struct str name,
                    const struct calendar **calendar, const char **hint);

#endif
