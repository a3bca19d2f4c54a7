#ifndef REPORT_OPTIMUM_FACTS_H
#define REPORT_OPTIMUM_FACTS_H

#include "model/optimum.h"
#include "model/result.h"

struct arena;

/* What reports say of optimal strategies, in the same words. */

bool optimum_is_there(const struct result *result);

/* "its servers cost USD 744,933, within 0.13 % of the best possible (743,935)". About servers and unmet load
 * only: services, taxes and what is metered stand outside. */
struct str optimum_statement(struct arena *arena, const struct study *study, const struct optimum *optimum);

/* "0.13 %": the gap as a share of the lower bound, which is above 0. */
struct str optimum_gap_percent(struct arena *arena, const struct optimum *optimum);

/* What nobody who buys could have known. */
extern const char optimum_hindsight[];

/* What a step adds to the lower bound beyond need x hour_price, in parts: 0 or less where limits or a server
 * missing are cheaper than that price, the worth of what is missing whatever is leased otherwise. */
int128 optimum_limit_term(const struct certificate *certificate, int32_t step);

/* Of the servers missing in a step, in parts, what the first costs less than the others. */
int64_t optimum_first_saves(const struct certificate *certificate, int32_t step);

#endif
