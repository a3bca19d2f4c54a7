#ifndef REPORT_CHART_FACTS_H
#define REPORT_CHART_FACTS_H

#include "model/result.h"

struct arena;

/* What titles say, computed from the result and put into words. */

/* The best ranked strategy and the next; NULL where nothing, or only one, is ranked. */
struct chart_verdict {
    const struct strategy_result *best, *second;
    size_t n_best; /* that share the best rank */
};

struct chart_verdict chart_verdict(const struct result *result);
/* " of what is counted" where strategies count different components, otherwise "": what has to follow
 * every "costs least". */
const char *chart_scope(const struct result *result);
/* What the compared cost is: "billed cost less horizon value plus unmet cost". */
struct str chart_compared_cost(struct arena *arena, const struct study *study);

struct str chart_number(struct arena *arena, double value, int places); /* "5,000" */
struct str chart_amount(struct arena *arena, double value, struct str currency);
struct str chart_money(struct arena *arena, money amount, struct str currency); /* "1.19 million USD" */
/* What `less` saves against `more`: "0.45 million USD (27 %)". */
struct str chart_saving(struct arena *arena, money less, money more, struct str currency);
struct str chart_hours(struct arena *arena, double hours);                /* "34 min", "28 days" */
struct str chart_horizon(struct arena *arena, const struct study *study); /* "36 months" */
/* "rackrate 0.1.0, study black-friday.", with why nothing is ranked where that is so. */
struct str chart_origin(struct arena *arena, const struct result *result, const char *version);

#endif
