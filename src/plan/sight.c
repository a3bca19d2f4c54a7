#include "plan/sight.h"

#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "plan/ahead.h"
#include "plan/expect.h"
#include "supply/stretch.h"

enum { MICRO = 1000000 };

/* What was expected at a time: of the steps of the study from `first` on. */
struct outlook {
    int64_t decided_seconds;
    int32_t first;
    struct expectation expectation;
};

struct outlooks {
    struct outlook *items;
    size_t n_items, capacity;
};

struct sight {
    struct arena *arena, scratch;
    const struct study *study;
    const struct demand *demand;
    const struct strategy *strategy;
    const struct plan *plan;
    int32_t *left;   /* [n_steps] need less the layers planned, as they came */
    int32_t *fewest; /* [n_steps] of one layer */
    struct {
        int layer;
        const struct offer *offer;
    } * below;
    size_t n_below;
    struct past past; /* of a buyer who forecasts */
    struct outlooks outlooks;
};

struct sight *sight_new(struct arena *arena, const struct study *study, const struct demand *demand,
                        const struct strategy *strategy, const struct plan *plan)
{
    struct sight *s = ARENA_NEW(arena, struct sight, 1);
    struct diagnostics none = {.arena = arena};
    s->arena = arena;
    s->study = study;
    s->demand = demand;
    s->strategy = strategy;
    s->plan = plan;
    s->left = ARENA_NEW(arena, int32_t, demand->n_steps);
    s->fewest = ARENA_NEW(arena, int32_t, demand->n_steps);
    s->below = arena_alloc(arena, strategy->n_layers + 1, sizeof *s->below);
    s->past.first_seconds = study->start_seconds;
    memcpy(s->left, demand->servers, (size_t)demand->n_steps * sizeof *s->left);
    if (strategy->knows == KNOWS_FORECAST && !demand_past(arena, study, &s->past, &none))
        s->past = (struct past){.first_seconds = study->start_seconds};
    return s;
}

static int32_t step_at(const struct sight *s, int64_t seconds)
{
    int64_t step = (seconds - s->demand->start_seconds) / s->demand->step_seconds;
    return (int32_t)(step < 0 ? 0 : step > s->demand->n_steps ? s->demand->n_steps : step);
}

/* ---- what the layers below have in service ---- */

/* Servers of a layer, in reference servers, the fewest within each step; of the whole plan, or of what was
 * decided up to a time. */
static void fewest_in_service(struct sight *s, struct arena *arena, const struct plan *plan, int layer,
                              const struct offer *offer)
{
    int64_t start = s->demand->start_seconds, step = s->demand->step_seconds;
    struct stretches list = supply_stretches(arena, plan, layer, start, s->study->end_seconds);
    for (int32_t i = 0; i < s->demand->n_steps; i++)
        s->fewest[i] = INT32_MAX;
    for (size_t i = 0; i < list.n_items; i++) {
        int64_t capacity = offer_capacity(offer, list.items[i].servers);
        int32_t c = capacity > INT32_MAX ? INT32_MAX : (int32_t)capacity;
        int32_t first = (int32_t)((list.items[i].from_seconds - start) / step);
        int32_t last = (int32_t)((list.items[i].to_seconds - start + step - 1) / step);
        for (int32_t t = first; t < last; t++)
            s->fewest[t] = s->fewest[t] < c ? s->fewest[t] : c;
    }
}

void sight_leave(struct sight *s, int layer, const struct offer *offer)
{
    /* layers above take the place of existing capacity while it still runs */
    const struct plan seen = ahead_handed_over(s->arena, s->plan);
    fewest_in_service(s, s->arena, &seen, layer, offer);
    for (int32_t i = 0; i < s->demand->n_steps; i++)
        s->left[i] = s->left[i] > s->fewest[i] ? s->left[i] - s->fewest[i] : 0;
    s->below[s->n_below].layer = layer;
    s->below[s->n_below++].offer = offer;
}

static struct plan decided_until(struct arena *arena, const struct plan *plan, int64_t seconds)
{
    struct plan part = {.orders = plan->orders,
                        .n_orders = plan->n_orders,
                        .lots = ARENA_NEW(arena, struct lot, plan->n_lots)};
    for (size_t i = 0; i < plan->n_lots; i++)
        if (plan->orders[plan->lots[i].order].decided_seconds <= seconds)
            part.lots[part.n_lots++] = plan->lots[i];
    return part;
}

/* ---- buyers ---- */

static int32_t need_ahead(const struct sight *s, int64_t from, int64_t to, bool touched, int32_t *values)
{
    int32_t first = step_at(s, from), last = step_at(s, touched ? to + s->demand->step_seconds - 1 : to);
    if (last <= first)
        return 0;
    memcpy(values, s->left + first, (size_t)(last - first) * sizeof *values);
    return last - first;
}

/* As many steps as asked for, just over at `decided`. */
static int32_t need_behind(const struct sight *s, int64_t decided, int64_t length, int32_t *values)
{
    int32_t first = step_at(s, decided - length), last = step_at(s, decided);
    memcpy(values, s->left + first, (size_t)(last - first) * sizeof *values);
    return last - first;
}

/* A copy of the demand of the steps that are over at a time, with those before the study. */
static struct known known_at(struct sight *s, int64_t seconds)
{
    struct known known = {.first_seconds = s->past.first_seconds, .step_seconds = s->demand->step_seconds};
    int64_t n_all = (int64_t)s->past.n_steps + s->demand->n_steps;
    int64_t n = seconds < known.first_seconds ? 0 : (seconds - known.first_seconds) / known.step_seconds;
    known.n_known = n < n_all ? n : n_all;
    double *copy = ARENA_NEW(&s->scratch, double, known.n_known);
    for (int64_t i = 0; i < known.n_known; i++) {
        int64_t load = i < s->past.n_steps ? s->past.load[i] : s->demand->load[i - s->past.n_steps];
        copy[i] = (double)load / MICRO;
    }
    known.demand = copy;
    return known;
}

static struct outlook *look_out(struct sight *s, int64_t decided)
{
    struct known known = known_at(s, decided);
    int64_t before = s->past.n_steps - known.n_known; /* steps between what is known and the study */
    int64_t n_steps = before + s->demand->n_steps;
    struct outlook *o = ARENA_APPEND(s->arena, &s->outlooks);
    struct expectation e;
    expect(&s->scratch, &known, &s->strategy->forecasting, n_steps, &e);
    int64_t skip = before > 0 ? before : 0;
    o->decided_seconds = decided;
    o->first = (int32_t)(before < 0 ? -before : 0);
    o->expectation.reason = str_copy(s->arena, e.reason);
    o->expectation.need = ARENA_NEW(s->arena, int32_t, n_steps - skip);
    memcpy(o->expectation.need, e.need + skip, (size_t)(n_steps - skip) * sizeof *e.need);
    arena_reset(&s->scratch);
    return o;
}

static const struct outlook *outlook_at(struct sight *s, int64_t decided)
{
    for (size_t i = s->outlooks.n_items; i > 0; i--)
        if (s->outlooks.items[i - 1].decided_seconds == decided)
            return &s->outlooks.items[i - 1];
    return look_out(s, decided);
}

/* What a layer has from a time on, as far as it was decided then; it is not expected to shrink. */
static void take_off(struct sight *s, size_t below, int64_t decided, int32_t first, int32_t n,
                     int32_t *values)
{
    struct plan part = decided_until(&s->scratch, s->plan, decided);
    int32_t most = 0;
    fewest_in_service(s, &s->scratch, &part, s->below[below].layer, s->below[below].offer);
    for (int32_t i = step_at(s, decided); i < first + n; i++) {
        most = s->fewest[i] > most ? s->fewest[i] : most;
        if (i >= first)
            values[i - first] = values[i - first] > most ? values[i - first] - most : 0;
    }
    arena_reset(&s->scratch);
}

static int32_t need_expected(struct sight *s, int64_t decided, int64_t from, int64_t to, bool touched,
                             int32_t *values)
{
    const struct outlook *o = outlook_at(s, decided);
    int32_t first = step_at(s, from), last = step_at(s, touched ? to + s->demand->step_seconds - 1 : to);
    check(first >= o->first);
    if (last <= first)
        return 0;
    memcpy(values, o->expectation.need + (first - o->first), (size_t)(last - first) * sizeof *values);
    for (size_t i = 0; i < s->n_below; i++)
        take_off(s, i, decided, first, last - first, values);
    return last - first;
}

int32_t sight_need(struct sight *s, int64_t decided, int64_t from, int64_t to, bool touched, int32_t *values)
{
    if (s->strategy->knows == KNOWS_ALL)
        return need_ahead(s, from, to, touched, values);
    if (s->strategy->knows == KNOWS_FORECAST)
        return need_expected(s, decided, from, to, touched, values);
    return need_behind(s, decided, to - from, values);
}

struct forecasts_made sight_close(struct sight *s)
{
    arena_free(&s->scratch);
    struct forecasts_made made = {.n = s->outlooks.n_items};
    for (size_t i = 0; i < s->outlooks.n_items; i++) {
        const struct outlook *o = &s->outlooks.items[i];
        if (o->expectation.reason.length == 0)
            continue;
        made.n_otherwise++;
        if (o->decided_seconds >= made.last_otherwise_seconds || made.n_otherwise == 1) {
            made.last_otherwise_seconds = o->decided_seconds;
            made.reason = o->expectation.reason;
        }
    }
    return made;
}
