#ifndef PLAN_EXPECT_H
#define PLAN_EXPECT_H

#include <stdint.h>

#include "model/strategy.h"

struct arena;

/* What a buyer knows of the demand at a moment: the steps that are over, and nothing else. The values are a
 * copy that ends there, so that whoever is given this cannot look ahead. */
struct known {
    int64_t first_seconds, step_seconds;
    const double *demand; /* [n_known] reference servers at target utilisation, not rounded up */
    int64_t n_known;
};

struct expectation {
    int32_t
        *need; /* reference servers, for each of the steps asked for; 0 throughout where nothing was seen */
    struct str reason; /* why it does not come from the method of the buyer; empty where it does */
};

enum {
    EXPECT_RECENT_DAYS = 91,  /* what Holt-Winters is fitted to: so much, */
    EXPECT_RECENT_SEASONS = 3 /* or so many seasons where that is longer */
};

/* The need of the n_steps after what is known: the forecast of the method, more by the headroom, rounded up
 * to whole servers but for less than a millionth of one.
 *
 * Where the method has seen too little, or does not suit what was seen, the last of these that was seen once
 * goes on: its season, a week, a day; otherwise the largest demand so far. */
void expect(struct arena *arena, const struct known *known, const struct forecasting *forecasting,
            int64_t n_steps, struct expectation *expectation);

#endif
