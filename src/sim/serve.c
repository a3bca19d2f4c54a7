#include "sim/serve.h"

#include "base/arena.h"
#include "base/check.h"
#include "sim/watch.h"
#include "supply/delivery.h"
#include "supply/kernel.h"
#include "supply/stretch.h"

enum { MICRO = 1000000, WALK_STEPS = 8 };

/* Reference servers committed, constant in [from, to). */
struct level {
    int64_t from_seconds, to_seconds;
    int32_t capacity;
    int128 *sharing_quota;    /* [follower] units that count against its quota */
    int32_t spot, below_spot; /* of the capacity: what may be interrupted, and what serves before it */
};

struct levels {
    struct level *items;
    size_t n_items, capacity;
};

struct server {
    struct arena *arena;
    const struct study *study;
    const struct timeline *timeline;
    const struct demand *demand;
    const struct strategy *strategy;
    struct followers followers;
    struct levels levels;
    int128 *most_sharing; /* [follower] of the step at hand: units that count against its quota */
    struct watch watch;
    int64_t interrupted_seconds; /* step that begins as spot servers are lost, which nobody foresees */
    struct served *out;
};

static int32_t to_capacity(int64_t servers)
{
    return servers > INT32_MAX ? INT32_MAX : (int32_t)servers;
}

/* All layers' lots as one row of levels over the horizon. */
static void make_levels(struct server *s, const struct plan *plan)
{
    int64_t start = s->study->start_seconds, end = s->study->end_seconds;
    size_t n = s->strategy->n_layers;
    struct stretches *lists = ARENA_NEW(s->arena, struct stretches, n);
    size_t *at = ARENA_NEW(s->arena, size_t, n);
    for (size_t i = 0; i < n; i++)
        lists[i] = supply_stretches(s->arena, plan, (int)i, start, end);
    for (int64_t from = start; from < end;) {
        struct level level = {.from_seconds = from,
                              .to_seconds = end,
                              .sharing_quota = ARENA_NEW(s->arena, int128, s->followers.n_items)};
        int64_t capacity = 0;
        for (size_t i = 0; i < n; i++) {
            const struct stretch *stretch = &lists[i].items[at[i]];
            const struct offer *offer = &s->study->offers[s->strategy->layers[i].offer];
            if (offer->kind == OFFER_SPOT) {
                level.below_spot = to_capacity(capacity);
                level.spot = to_capacity(offer_capacity(offer, stretch->servers));
            }
            capacity += offer_capacity(offer, stretch->servers);
            level.to_seconds =
                stretch->to_seconds < level.to_seconds ? stretch->to_seconds : level.to_seconds;
            for (size_t k = 0; s->strategy->layers[i].rule != SIZE_FOLLOW && k < s->followers.n_items; k++)
                level.sharing_quota[k] +=
                    quota_units_of(s->study, offer, stretch->servers, s->followers.items[k].offer);
        }
        for (size_t i = 0; i < n; i++)
            at[i] += lists[i].items[at[i]].to_seconds == level.to_seconds;
        level.capacity = to_capacity(capacity);
        *ARENA_APPEND(s->arena, &s->levels) = level;
        from = level.to_seconds;
    }
}

static int64_t step_start(const struct server *s, int32_t step)
{
    return s->demand->start_seconds + (int64_t)step * s->demand->step_seconds;
}

/* Load beyond what `capacity` servers carry, in millionths of a server at target. */
static int64_t carried_micro(const struct demand *d, int64_t capacity)
{
    int128 carried = (int128)capacity * MICRO * d->carry_numerator / d->carry_denominator;
    return carried > INT64_MAX ? INT64_MAX : (int64_t)carried;
}

static void add_service(struct service *to, struct service part)
{
    to->need += part.need;
    to->served += part.served;
    to->shortfall += part.shortfall;
    to->capacity += part.capacity;
    to->used += part.used;
    to->idle += part.idle;
    to->committed += part.committed;
    to->committed_used += part.committed_used;
    to->unmet_micro += part.unmet_micro;
    to->steps_short += part.steps_short;
}

static void record(struct server *s, int period, struct service part, int32_t peak)
{
    int month = s->timeline->periods[period].month;
    add_service(&s->out->periods[period], part);
    add_service(&s->out->months[month], part);
    if (peak > s->out->peak_in_service[month])
        s->out->peak_in_service[month] = peak;
}

/* Unmet load of some steps, each on its own. */
static void record_unmet(struct server *s, int32_t first, int32_t n, int64_t carried)
{
    const struct demand *d = s->demand;
    for (int32_t i = first; s->out->unmet_by_step != NULL && i < first + n; i++)
        if (d->load[i] > carried)
            s->out->unmet_by_step[i] = (d->load[i] - carried) * d->step_seconds;
}

static int64_t need_of_steps(const struct demand *d, int32_t first, int32_t last)
{
    return d->prefix[last] - d->prefix[first];
}

/* Spot servers serve like a commitment, but are none: nothing is paid for them unused. */
static void leave_out_spot(const struct demand *d, const struct level *level, int32_t first, int32_t n,
                           int64_t seconds, struct service *part)
{
    if (level->spot == 0)
        return;
    int32_t with_spot = to_capacity((int64_t)level->below_spot + level->spot);
    int64_t used = kernel_draw(d->servers + first, n, with_spot).used -
                   kernel_draw(d->servers + first, n, level->below_spot).used;
    part->committed -= (int64_t)level->spot * n * seconds;
    part->committed_used -= used * seconds;
}

/* Steps [first, last) with constant commitments and no layer that follows. */
static void serve_committed(struct server *s, int32_t first, int32_t last, const struct level *level,
                            int period)
{
    const struct demand *d = s->demand;
    int32_t capacity = level->capacity;
    int32_t n = last - first;
    int64_t step = d->step_seconds, need = need_of_steps(d, first, last),
            carried = carried_micro(d, capacity);
    struct drawn drawn = kernel_draw(d->servers + first, n, capacity);
    struct service part = {
        .need = need * step, .served = drawn.used * step, .shortfall = (need - drawn.used) * step};
    part.capacity = part.committed = (int64_t)capacity * n * step;
    part.used = part.committed_used = part.served;
    part.idle = part.capacity - part.used;
    leave_out_spot(d, level, first, n, step, &part);
    part.steps_short = drawn.n_above;
    if ((int64_t)drawn.largest * MICRO > carried) {
        part.unmet_micro = kernel_sum_beyond(d->load + first, n, carried) * step;
        record_unmet(s, first, n, carried);
    }
    record(s, period, part, capacity);
}

/* ---- steps with launches ---- */

/* Load lost in [from, to) of a step while `base` reference servers and the launches are in service. */
static int128 unmet_between(const struct server *s, int32_t step, int64_t base, int64_t from, int64_t to)
{
    const struct demand *d = s->demand;
    int64_t load = d->load[step];
    if (load <= carried_micro(d, base + followers_at(&s->followers, from)))
        return 0;
    /* the fewest servers that lose nothing, and when they are there */
    int128 enough = ((int128)load * d->carry_denominator + (int128)MICRO * d->carry_numerator - 1) /
                    ((int128)MICRO * d->carry_numerator);
    int64_t until = followers_when(&s->followers, (int64_t)enough - base);
    until = until < from ? from : until > to ? to : until;
    int64_t extra = followers_between(&s->followers, from, until);
    int128 carried =
        ((int128)base * (until - from) + extra) * MICRO * d->carry_numerator / d->carry_denominator;
    int128 lost = (int128)load * (until - from) - carried;
    return lost > 0 ? lost : 0;
}

/* What is committed in a step whose levels are levels[at..]. */
static struct committed committed_in(const struct server *s, int32_t step, size_t at)
{
    const struct level *level = &s->levels.items[at];
    int64_t start = step_start(s, step), length = s->demand->step_seconds;
    struct committed c = {level->capacity, level->capacity, level->capacity, s->most_sharing};
    for (size_t k = 0; k < s->followers.n_items; k++)
        s->most_sharing[k] = level->sharing_quota[k];
    for (size_t i = at + 1; i < s->levels.n_items && level[i - at].from_seconds < start + length; i++) {
        const struct level *next = &level[i - at];
        c.fewest = next->capacity < c.fewest ? next->capacity : c.fewest;
        c.most = next->capacity > c.most ? next->capacity : c.most;
        for (size_t k = 0; k < s->followers.n_items; k++)
            if (next->sharing_quota[k] > s->most_sharing[k])
                s->most_sharing[k] = next->sharing_quota[k];
    }
    if (at > 0 && level->from_seconds > start - length)
        c.before = level[-1].capacity;
    return c;
}

/* Server-seconds that the launches serve of a need of `wanted` in [from, to): all they have until enough
 * are there, then what is wanted. */
static int64_t used_of_launched(const struct server *s, int64_t wanted, int64_t from, int64_t to)
{
    int64_t enough = followers_when(&s->followers, wanted);
    enough = enough < from ? from : enough > to ? to : enough;
    int64_t used = followers_between(&s->followers, from, enough) + wanted * (to - enough);
    return used < wanted * (to - from) ? used : wanted * (to - from); /* the last one comes within a second */
}

/* Adds what happens in [from, to) of a step with `base` servers committed; returns how many are in
 * service at its end. */
static int64_t serve_interval(const struct server *s, int32_t step, int64_t base, int64_t from, int64_t to,
                              struct service *part)
{
    int64_t need = s->demand->servers[step], length = to - from, extra = 0, extra_used = 0, extra_at_end = 0;
    int64_t base_used = (base < need ? base : need) * length, wanted = need * length - base_used;
    if (s->followers.n_items > 0) {
        extra = followers_between(&s->followers, from, to);
        extra_at_end = followers_at(&s->followers, to);
        extra_used = used_of_launched(s, need > base ? need - base : 0, from, to);
    }
    part->committed += base * length;
    part->committed_used += base_used;
    part->capacity += base * length + extra;
    part->used += base_used + extra_used;
    part->idle += base * length - base_used + extra - extra_used;
    if (wanted > extra_used && s->followers.n_items > 0)
        part->unmet_micro += unmet_between(s, step, base, from, to);
    else if (wanted > extra_used)
        part->unmet_micro +=
            kernel_sum_beyond(s->demand->load + step, 1, carried_micro(s->demand, base)) * length;
    return base + extra_at_end;
}

static void record_burst(struct server *s, int64_t start, const struct service *part)
{
    struct burst_view *burst = &s->out->burst;
    int64_t i = (start - burst->from_seconds) / burst->step_seconds;
    if (start < burst->from_seconds || i >= burst->n_steps)
        return;
    burst->in_service[i] = (double)part->capacity / (double)burst->step_seconds;
    burst->shortfall[i] = part->shortfall;
}

/* One step whose commitments are levels[at..]. */
static void serve_step(struct server *s, int32_t step, size_t at, int period)
{
    int64_t length = s->demand->step_seconds, start = step_start(s, step), end = start + length, peak = 0;
    struct service part = {.need = s->demand->servers[step] * length};
    if (s->followers.n_items > 0) {
        struct committed committed = committed_in(s, step, at);
        followers_launch(&s->followers, step, period, &committed, start != s->interrupted_seconds);
        part.capacity = part.idle = followers_early(&s->followers);
    }
    for (size_t i = at; i < s->levels.n_items && s->levels.items[i].from_seconds < end; i++) {
        const struct level *level = &s->levels.items[i];
        int64_t from = level->from_seconds > start ? level->from_seconds - start : 0;
        int64_t to = (level->to_seconds < end ? level->to_seconds : end) - start;
        int64_t now = serve_interval(s, step, level->capacity, from, to, &part);
        watch_part(&s->watch, step, &(struct watched){&s->followers, level->capacity, from, to});
        leave_out_spot(s->demand, level, step, 1, to - from, &part);
        peak = now > peak ? now : peak;
    }
    part.served = part.used;
    part.shortfall = part.need - part.served;
    part.steps_short = part.shortfall > 0;
    record(s, period, part, to_capacity(peak));
    watch_unmet(&s->watch, step, part.unmet_micro);
    if (s->out->unmet_by_step != NULL)
        s->out->unmet_by_step[step] = part.unmet_micro > INT64_MAX ? INT64_MAX : (int64_t)part.unmet_micro;
    record_burst(s, start, &part);
}

/* Sums steps in which every launch is there in time; false where one is not. */
static bool sum_followed(struct server *s, int32_t first, int32_t last, size_t at, int period)
{
    const struct demand *d = s->demand;
    const struct level *level = &s->levels.items[at];
    int32_t n = last - first;
    int64_t step = d->step_seconds;
    struct committed committed = committed_in(s, first, at);
    struct residual r;
    bool interrupted =
        s->interrupted_seconds >= step_start(s, first) && s->interrupted_seconds < step_start(s, last);
    if (interrupted || !followers_sum(&s->followers, first, last, period, level->capacity, &committed, &r))
        return false;
    int64_t need = need_of_steps(d, first, last);
    struct service part = {.need = need * step,
                           .committed = (int64_t)level->capacity * n * step,
                           .committed_used = (need - r.sum) * step};
    part.served = part.used = part.need;
    part.capacity = part.committed + r.sum * step;
    part.idle = part.capacity - part.used;
    leave_out_spot(d, level, first, n, step, &part);
    record(s, period, part, to_capacity((int64_t)level->capacity + r.largest));
    return true;
}

/* What cannot be summed is halved until only the steps that need it are walked. */
static void serve_followed(struct server *s, int32_t first, int32_t last, size_t at, int period)
{
    if (last - first > WALK_STEPS) {
        if (sum_followed(s, first, last, at, period))
            return;
        int32_t middle = first + (last - first) / 2;
        serve_followed(s, first, middle, at, period);
        serve_followed(s, middle, last, at, period);
        return;
    }
    for (int32_t step = first; step < last; step++)
        serve_step(s, step, at, period);
}

/* ---- the walk ---- */

static int32_t least_step(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* Steps that nobody looks at one by one. */
static void serve_unseen(struct server *s, int32_t first, int32_t last, size_t at, int period)
{
    if (s->followers.n_items == 0)
        serve_committed(s, first, last, &s->levels.items[at], period);
    else
        serve_followed(s, first, last, at, period);
}

/* Is a step in the window of the burst chart or in a burst; the first step after it, before `last`, for which
 * that may be otherwise. */
static bool is_seen(const struct server *s, int32_t step, int32_t *last)
{
    const struct burst_view *burst = &s->out->burst;
    int64_t opens = (burst->from_seconds - s->demand->start_seconds) / s->demand->step_seconds;
    int32_t from = (int32_t)opens, to = (int32_t)opens + burst->n_steps;
    *last = watch_same_until(&s->watch, step, *last);
    *last = from > step ? least_step(*last, from) : to > step ? least_step(*last, to) : *last;
    return (step >= from && step < to) || watch_sees(&s->watch, step);
}

/* Steps within one level. */
static void serve_steps(struct server *s, int32_t first, int32_t last, size_t at, int period)
{
    for (int32_t until = last; first < last; first = until, until = last)
        if (!is_seen(s, first, &until))
            serve_unseen(s, first, until, at, period);
        else
            for (int32_t step = first; step < until; step++)
                serve_step(s, step, at, period);
}

/* Whole steps within one level go together; a step in which a level changes goes alone. */
static void serve_period(struct server *s, const struct period *period, int index, size_t *at)
{
    const struct demand *d = s->demand;
    int64_t from = period->start_seconds > d->start_seconds ? period->start_seconds : d->start_seconds;
    int32_t step = (int32_t)((from - d->start_seconds) / d->step_seconds);
    int32_t last = (int32_t)((period->end_seconds - d->start_seconds) / d->step_seconds);
    while (step < last) {
        while (s->levels.items[*at].to_seconds <= step_start(s, step)) {
            ++*at;
            if (s->levels.items[*at].spot < s->levels.items[*at - 1].spot)
                s->interrupted_seconds = s->levels.items[*at].from_seconds;
        }
        int64_t until = s->levels.items[*at].to_seconds;
        int32_t whole = least_step(last, (int32_t)((until - d->start_seconds) / d->step_seconds));
        serve_steps(s, step, whole, *at, index);
        step = whole;
        if (step < last && until > step_start(s, step)) {
            serve_step(s, step, *at, index);
            step++;
        }
    }
}

static void open_window(struct server *s, int64_t from, int64_t to)
{
    const struct demand *d = s->demand;
    int64_t first = (from - d->start_seconds) / d->step_seconds;
    int64_t last = (to - d->start_seconds + d->step_seconds - 1) / d->step_seconds;
    first = first < 0 ? 0 : first;
    last = last > d->n_steps ? d->n_steps : last;
    s->out->burst.from_seconds = step_start(s, (int32_t)first);
    s->out->burst.step_seconds = d->step_seconds;
    s->out->burst.n_steps = last > first ? (int32_t)(last - first) : 0;
    s->out->burst.in_service = ARENA_NEW(s->arena, double, s->out->burst.n_steps + 1);
    s->out->burst.shortfall = ARENA_NEW(s->arena, int64_t, s->out->burst.n_steps + 1);
}

struct served serve(struct arena *arena, const struct study *study, const struct timeline *timeline,
                    const struct demand *demand, const struct strategy *strategy, const struct plan *plan,
                    int64_t window_from, int64_t window_to, bool by_step)
{
    struct served out = {0};
    struct server s = {.arena = arena,
                       .study = study,
                       .timeline = timeline,
                       .demand = demand,
                       .strategy = strategy,
                       .out = &out,
                       .interrupted_seconds = INT64_MIN};
    out.months = ARENA_NEW(arena, struct service, timeline->n_months);
    out.periods = ARENA_NEW(arena, struct service, timeline->n_periods);
    if (by_step)
        out.unmet_by_step = ARENA_NEW(arena, int64_t, demand->n_steps);
    out.peak_in_service = ARENA_NEW(arena, int32_t, timeline->n_months);
    s.most_sharing = ARENA_NEW(arena, int128, strategy->n_layers);
    s.followers = followers_new(arena, study, timeline, demand, strategy, plan);
    make_levels(&s, plan);
    open_window(&s, window_from, window_to);
    s.watch = watch_new(arena, study, demand);
    size_t at = 0;
    for (int i = 0; i < timeline->n_periods; i++)
        if (timeline->periods[i].end_seconds > demand->start_seconds)
            serve_period(&s, &timeline->periods[i], i, &at);
    watch_end(&s.watch);
    out.followers = s.followers;
    out.bursts = s.watch.items;
    out.n_bursts = s.watch.n_items;
    return out;
}
