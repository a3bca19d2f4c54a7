#ifndef MODEL_FUTURES_H
#define MODEL_FUTURES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diagnostic.h"
#include "unit/decimal.h"
#include "unit/money.h"

struct arena;
struct diagnostics;
struct study;

/* Demand that may come instead of the study's: the load of its trace times a multiplier for each calendar
 * day, exp(level + noise), where the noise of every day is normal with the standard deviation `daily`, and
 * the level begins at 0 and is a random walk whose standard deviation after 365 days is `trend`. A multiplier
 * has the median 1. Bursts and growth are those of the study. */
struct futures {
    int64_t count; /* 0: none are asked for */
    struct decimal daily, trend;
    struct place place;
};

/* For whom the cheapest plan of some offers is made: who knows the demand; who knows the futures only, and
 * wants the least cost in expectation, or plans for the mean or the median of every step. */
enum plan_for { PLAN_FOR_KNOWN, PLAN_FOR_EXPECTATION, PLAN_FOR_MEAN, PLAN_FOR_MEDIAN, N_PLAN_FOR };

extern const char *const plan_for_names[]; /* as in a study; ends with NULL */

/* What the leases of a plan and the rest of every step, served the cheapest first, cost in the futures:
 * leases, on-demand and load lost, discounted where strategies are. */
struct in_futures {
    int64_t n;
    money expected, p95, worst; /* p95: of the costs, sorted, the ceil(0.95 n)-th */
    int64_t worst_future;       /* counted from 1, as regret_future */
    money worst_regret;         /* the most by which a future costs more than by a plan that had known it */
    int64_t regret_future;
    money expected_known;              /* in expectation, if each future were known beforehand */
    int64_t n_short;                   /* futures in which servers are missing */
    int64_t expected_short_millionths; /* server-steps missing, in expectation */
};

/* All futures together may have so many steps: planning takes about 60 bytes and 4 microseconds of each. */
enum { FUTURES_MOST_STEPS = 30000000 };

/* Are these not too many? With a message where they are. The step of the study is set. */
bool futures_check(const struct study *study, struct diagnostics *diagnostics);

/* The multipliers of a future (1, 2, ...) for the days of the study, in millionths: functions of the study's
 * seed, the number of the future and the day. From a thousandth to a thousand. */
int64_t *future_multipliers(struct arena *arena, const struct study *study, int64_t future);

#endif
