#ifndef REPORT_FUTURES_FACTS_H
#define REPORT_FUTURES_FACTS_H

#include "model/result.h"

struct arena;

/* What reports say of plans in many futures, in the same words. */

bool has_futures(const struct result *result);

/* The strategies with such a plan, by expected cost, the least first; of equals, as in the study. Returns how
 * many. */
size_t futures_plans(struct arena *arena, const struct result *result, const struct strategy_result ***plans);

/* What it would be worth to know beforehand which future comes, in expectation. */
money knowing_is_worth(const struct in_futures *in);

/* "A plan costs least in expectation over 50 futures: ..."; without a full stop. There is a plan. */
struct str futures_in_words(struct arena *arena, const struct result *result);

/* What the costs are of. */
extern const char futures_are_of[];

#endif
