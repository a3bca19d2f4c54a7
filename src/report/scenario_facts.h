#ifndef REPORT_SCENARIO_FACTS_H
#define REPORT_SCENARIO_FACTS_H

#include "model/result.h"

struct arena;

/* What a change does to the compared cost of a strategy. */
struct tornado_bar {
    const struct scenario_change *change;
    const struct scenario *ends; /* [N_SCENARIO_ENDS] */
    money cost[N_SCENARIO_ENDS];
    double width; /* from the least to the most of low, high and the study itself */
};

/* The changes by their effect on one strategy: the cheapest, or the first where nothing is ranked. */
struct tornado {
    const struct strategy_result *subject;
    struct tornado_bar *bars; /* the widest first; of equals, in the order of the study */
    size_t n_bars;
};

bool has_sensitivity(const struct result *result);
bool has_what_if(const struct result *result);

struct tornado tornado_of(struct arena *arena, const struct result *result);
/* Another strategy than the tornado's that costs least at an end of a bar; NULL where it stays. */
const struct strategy_result *tornado_winner(const struct result *result, const struct tornado *tornado,
                                             const struct tornado_bar *bar, int end);

/* Number of pairs of values in which a strategy costs least. */
size_t what_if_wins(const struct result *result, int strategy);

/* What there is to say about them in one sentence, without a full stop. */
struct str tornado_finding(struct arena *arena, const struct result *result, const struct tornado *tornado);
struct str what_if_finding(struct arena *arena, const struct result *result);

#endif
