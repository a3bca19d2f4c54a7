#ifndef INPUT_TRACE_H
#define INPUT_TRACE_H

#include "base/diagnostic.h"
#include "model/demand.h"

struct arena;

/* Reads a trace (CSV with a time and a value column) onto an even grid. `workload` says which columns,
 * how gaps are treated; an empty time column is the first one, an empty value column the only other.
 * Times are UTC, ascending, on the grid of the smallest distance between two of them. Values are kept
 * in millionths, further digits rounded half to even. */
bool trace_read(struct arena *arena, const struct workload *workload, struct str file, struct str content,
                struct trace *trace, int64_t *n_rows, struct diagnostics *diagnostics);

/* A trace value in millionths: digits with an optional point. False for anything else. */
bool trace_value(struct str text, int64_t *micro);

#endif
