#ifndef MODEL_TIMELINE_H
#define MODEL_TIMELINE_H

#include <stddef.h>
#include <stdint.h>

#include "model/study.h"

/* A calendar month of the study, clipped to [decide_from, end). */
struct month {
    int64_t start_seconds, end_seconds;
    int64_t calendar_start, calendar_end; /* the whole month */
};

/* A stretch within one month in which no price changes. */
struct period {
    int64_t start_seconds, end_seconds;
    int month; /* index into months */
};

/* Cash counts from the first month, demand from first_demand_month. */
struct timeline {
    struct month *months;
    int n_months, first_demand_month;
    struct period *periods;
    int n_periods;
};

struct timeline timeline_make(struct arena *arena, const struct study *study);
/* The period that holds a time within [decide_from, end). */
int timeline_period_at(const struct timeline *timeline, int64_t seconds);

#endif
