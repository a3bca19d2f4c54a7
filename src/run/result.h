#ifndef RUN_RESULT_H
#define RUN_RESULT_H

#include "model/result.h"

struct arena;
struct diagnostics;

/* Demand, then every strategy planned, served and billed, then compared. False with a message where the
 * study cannot be computed (the trace does not cover it, an amount does not fit). A balance that does
 * not hold is an internal error and ends the program. */
bool result_costs(struct arena *arena, const struct study *study, struct result *result,
                  struct diagnostics *diagnostics);

/* The same with all else that reports show: lead times, regrets, order-by dates, remarks; no scenarios. */
bool result_make(struct arena *arena, const struct study *study, struct result *result,
                 struct diagnostics *diagnostics);

#endif
