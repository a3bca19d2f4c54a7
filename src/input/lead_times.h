#ifndef INPUT_LEAD_TIMES_H
#define INPUT_LEAD_TIMES_H

#include "input/calendars.h"
#include "input/csv.h"
#include "model/process.h"

struct arena;

struct process_list {
    struct process *items;
    size_t n_items, capacity;
    struct calendar_list calendars; /* those that `hours` may name; finished before the first table is read */
};

extern const struct csv_column lead_time_columns[];
extern const int n_lead_time_columns;

/* Adds the processes of a lead-time table; counts its rows. Everything wrong is told. */
bool lead_times_add(struct process_list *list, struct arena *arena, struct str file, struct str content,
                    struct diagnostics *diagnostics, int64_t *n_rows);

#endif
