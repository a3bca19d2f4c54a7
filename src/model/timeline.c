#include "model/timeline.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"

static void make_months(struct arena *arena, const struct study *study, struct timeline *timeline)
{
    int64_t first = month_start(study->decide_from_seconds);
    timeline->n_months = months_between(first, study->end_seconds - 1) + 1;
    timeline->first_demand_month = months_between(first, study->start_seconds);
    timeline->months = ARENA_NEW(arena, struct month, timeline->n_months);
    for (int i = 0; i < timeline->n_months; i++) {
        struct month *month = &timeline->months[i];
        month->calendar_start = add_months(first, i);
        month->calendar_end = add_months(first, i + 1);
        month->start_seconds = i == 0 ? study->decide_from_seconds : month->calendar_start;
        month->end_seconds = i + 1 == timeline->n_months ? study->end_seconds : month->calendar_end;
    }
}

static int compare_times(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

struct cuts {
    struct arena *arena;
    const struct study *study;
    int64_t *items;
    size_t n_items, capacity;
};

static void cut(struct cuts *cuts, int64_t at)
{
    if (at > cuts->study->decide_from_seconds && at < cuts->study->end_seconds)
        *ARENA_APPEND(cuts->arena, cuts) = at;
}

static void cut_at_prices(struct cuts *cuts, const struct offer *offer)
{
    for (size_t i = 0; i < offer->n_prices; i++) {
        cut(cuts, offer->prices[i].effective_from);
        for (size_t j = 0; j < offer->prices[i].n_versions; j++)
            cut(cuts, offer->prices[i].versions[j].from);
    }
}

/* All times within the study at which a price of an offer in use changes or a month begins, sorted. */
static size_t collect_cuts(struct arena *arena, const struct study *study, const struct timeline *timeline,
                           int64_t **cuts)
{
    struct cuts list = {.arena = arena, .study = study};
    *ARENA_APPEND(arena, &list) = study->decide_from_seconds;
    *ARENA_APPEND(arena, &list) = study->end_seconds;
    for (int i = 0; i < timeline->n_months; i++)
        cut(&list, timeline->months[i].start_seconds);
    for (size_t i = 0; i < study->n_offers; i++)
        if (study->offers[i].used)
            cut_at_prices(&list, &study->offers[i]);
    qsort(list.items, list.n_items, sizeof *list.items, compare_times);
    *cuts = list.items;
    return list.n_items;
}

struct timeline timeline_make(struct arena *arena, const struct study *study)
{
    struct timeline timeline = {0};
    int64_t *cuts;
    make_months(arena, study, &timeline);
    size_t n_cuts = collect_cuts(arena, study, &timeline, &cuts);
    timeline.periods = ARENA_NEW(arena, struct period, n_cuts);
    int month = 0;
    for (size_t i = 0; i + 1 < n_cuts; i++) {
        if (cuts[i] == cuts[i + 1])
            continue;
        while (cuts[i] >= timeline.months[month].end_seconds)
            month++;
        timeline.periods[timeline.n_periods++] = (struct period){cuts[i], cuts[i + 1], month};
    }
    return timeline;
}

int timeline_period_at(const struct timeline *timeline, int64_t seconds)
{
    int low = 0, high = timeline->n_periods - 1;
    check(timeline->n_periods > 0 && seconds >= timeline->periods[0].start_seconds &&
          seconds < timeline->periods[high].end_seconds);
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (timeline->periods[middle].start_seconds <= seconds)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}
