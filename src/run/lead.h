#ifndef RUN_LEAD_H
#define RUN_LEAD_H

#include "model/result.h"

struct arena;

/* The rows of lead_times.csv: every offer in use, for 1, 10, 100, 1,000 and 5,000 servers ordered when orders
 * may first be placed; where layers of a strategy share a crew, also what is then left of it. And those of
 * lead_curves.csv, for 1 to 10,000. */
void lead_time_rows(struct arena *arena, struct result *result);

/* Lead time of a strategy for the largest burst when nobody announced it: that of its fastest layer. */
struct lead_time lead_time_of_strategy(const struct result *result, const struct strategy *strategy);

#endif
