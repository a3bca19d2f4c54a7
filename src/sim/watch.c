#include "sim/watch.h"

#include "base/arena.h"
#include "model/burst.h"

enum { NEVER = -1 };

static int64_t step_start(const struct watch *w, int32_t step)
{
    return w->demand->start_seconds + (int64_t)step * w->demand->step_seconds;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* The need of a burst counts in every step that it touches. Until watch_end, full_seconds is when the last
 * shortfall so far ended. */
struct watch watch_new(struct arena *arena, const struct study *study, const struct demand *demand)
{
    struct watch watch = {.demand = demand};
    int64_t start = demand->start_seconds, step = demand->step_seconds;
    for (size_t i = 0; i < study->workload.n_bursts; i++) {
        const struct burst *burst = &study->workload.bursts[i];
        for (int n = 0; burst_start(burst, n, study->end_seconds) != INT64_MAX; n++) {
            int64_t at = burst_start(burst, n, study->end_seconds), end = at + burst_length(burst);
            if (end <= start)
                continue;
            *ARENA_APPEND(arena, &watch) = (struct burst_service){
                .burst = burst,
                .at_seconds = at,
                .from_seconds = at < start ? start : start + (at - start) / step * step,
                .to_seconds = least(start + (end - start + step - 1) / step * step, study->end_seconds),
                .first_seconds = NEVER};
        }
    }
    return watch;
}

static bool touches(const struct watch *w, const struct burst_service *burst, int32_t step)
{
    int64_t start = step_start(w, step);
    return start >= burst->from_seconds && start < burst->to_seconds;
}

/* When n reference servers are first in service in a part of a step, or its end. What launches bring grows
 * within a step. */
static int64_t when_there(const struct watched *part, int64_t n)
{
    if (part->base >= n)
        return part->from_seconds;
    if (part->followers->n_items == 0)
        return part->to_seconds;
    int64_t when = followers_when(part->followers, n - part->base);
    return most(part->from_seconds, least(when, part->to_seconds));
}

static int64_t there_at_first(const struct watched *part)
{
    return part->base + followers_at(part->followers, part->from_seconds);
}

static void watch_burst(const struct watch *w, struct burst_service *burst, int32_t step,
                        const struct watched *part)
{
    int64_t start = step_start(w, step), since = start - burst->at_seconds;
    int64_t need = w->demand->servers[step];
    int64_t added = burst_adds(burst->burst, since, since + w->demand->step_seconds);
    int64_t first = when_there(part, need - added + 1), enough = when_there(part, need);
    if (burst->first_seconds == NEVER && added > 0 && first < part->to_seconds)
        burst->first_seconds = start - burst->from_seconds + first;
    if (enough == part->from_seconds)
        return;
    burst->short_seconds += enough - part->from_seconds;
    burst->most_short = most(burst->most_short, need - there_at_first(part));
    burst->full_seconds = start - burst->from_seconds + enough;
}

void watch_part(struct watch *watch, int32_t step, const struct watched *part)
{
    for (size_t i = 0; i < watch->n_items; i++)
        if (touches(watch, &watch->items[i], step))
            watch_burst(watch, &watch->items[i], step, part);
}

void watch_unmet(struct watch *watch, int32_t step, int128 unmet_micro)
{
    for (size_t i = 0; i < watch->n_items; i++)
        if (touches(watch, &watch->items[i], step))
            watch->items[i].unmet_micro += unmet_micro;
}

void watch_end(struct watch *watch)
{
    for (size_t i = 0; i < watch->n_items; i++) {
        struct burst_service *burst = &watch->items[i];
        if (burst->full_seconds == burst->to_seconds - burst->from_seconds)
            burst->full_seconds = NEVER;
    }
}

bool watch_sees(const struct watch *watch, int32_t step)
{
    for (size_t i = 0; i < watch->n_items; i++)
        if (touches(watch, &watch->items[i], step))
            return true;
    return false;
}

int32_t watch_same_until(const struct watch *watch, int32_t step, int32_t last)
{
    int64_t start = watch->demand->start_seconds, length = watch->demand->step_seconds;
    for (size_t i = 0; i < watch->n_items; i++) {
        int64_t opens = (watch->items[i].from_seconds - start) / length,
                closes = (watch->items[i].to_seconds - start) / length;
        if (opens > step && opens < last)
            last = (int32_t)opens;
        if (closes > step && closes < last)
            last = (int32_t)closes;
    }
    return last;
}
