#include "sim/use.h"

#include "base/arena.h"
#include "supply/kernel.h"
#include "supply/paid.h"
#include "supply/stretch.h"

/* Reference servers that serve before the order in question, constant in [from, to). */
struct below {
    int64_t from_seconds, to_seconds, capacity;
};

struct belows {
    struct below *items;
    size_t n_items, capacity;
};

struct user {
    struct arena *arena;
    const struct study *study;
    const struct timeline *timeline;
    const struct demand *demand;
    const struct strategy *strategy;
    const struct plan *plan;
    struct belows below;
};

/* Time in which neither the order nor what serves before it changes. */
struct span {
    int64_t from_seconds, to_seconds;
    int64_t below, servers;
};

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int32_t to_level(int64_t servers)
{
    return servers > INT32_MAX ? INT32_MAX : (int32_t)servers;
}

/* Servers of the order in use for a need. */
static int64_t used_of(const struct offer *offer, const struct span *span, int64_t need)
{
    return need <= span->below ? 0 : least(span->servers, offer_servers_for(offer, need - span->below));
}

/* The sum of it over whole steps. */
static int64_t used_in_steps(const struct user *u, const struct offer *offer, const struct span *span,
                             int32_t first, int32_t n)
{
    const int32_t *d = u->demand->servers + first;
    int64_t sum = 0;
    if (offer->equals.digits == power_of_ten(offer->equals.scale))
        return kernel_draw(d, n, to_level(span->below + span->servers)).used -
               kernel_draw(d, n, to_level(span->below)).used;
    for (int32_t i = 0; i < n; i++)
        sum += used_of(offer, span, d[i]);
    return sum;
}

/* Server-seconds in use in [from, to) of a span. */
static int64_t used_between(const struct user *u, const struct offer *offer, const struct span *span,
                            int64_t from, int64_t to)
{
    const struct demand *d = u->demand;
    int64_t start = d->start_seconds, step = d->step_seconds;
    from = most(from, most(span->from_seconds, start));
    to = least(to, least(span->to_seconds, start + d->n_steps * step));
    if (from >= to || span->servers == 0)
        return 0;
    int32_t first = (int32_t)((from - start) / step), last = (int32_t)((to - 1 - start) / step);
    if (first == last)
        return used_of(offer, span, d->servers[first]) * (to - from);
    int64_t head = start + (first + 1) * step - from, tail = to - (start + last * step);
    return used_of(offer, span, d->servers[first]) * head +
           used_in_steps(u, offer, span, first + 1, last - first - 1) * step +
           used_of(offer, span, d->servers[last]) * tail;
}

static void add_span(const struct user *u, const struct offer *offer, const struct span *span, int64_t *used)
{
    int64_t from = most(span->from_seconds, u->timeline->periods[0].start_seconds);
    if (from >= span->to_seconds || span->servers == 0)
        return;
    for (int i = timeline_period_at(u->timeline, from); i < u->timeline->n_periods; i++) {
        const struct period *period = &u->timeline->periods[i];
        if (period->start_seconds >= span->to_seconds)
            return;
        used[i] += used_between(u, offer, span, period->start_seconds, period->end_seconds);
    }
}

/* ---- running time in increments ---- */

struct runner {
    struct paid paid;
    const struct offer *offer;
    int64_t *billed;
};

/* Servers of an order that began to run together. */
struct run {
    int64_t from_seconds, servers;
};

/* Runs that go on, the first begun at the bottom; what they are rounded up by is added as they end. */
struct runs {
    struct run *items;
    size_t n_items, capacity;
    int64_t servers;
};

static int64_t rounded_up(const struct offer *offer, int64_t seconds)
{
    int64_t length = most(seconds, offer->minimum_seconds), unit = offer->increment_seconds;
    return unit == 0 ? length : (length + unit - 1) / unit * unit;
}

/* From `at` on `wanted` servers run: the last begun end first. */
static void turn_runs(const struct user *u, struct runs *runs, const struct offer *offer, int64_t at,
                      int64_t wanted, int64_t *running)
{
    while (runs->servers > wanted) {
        struct run *last = &runs->items[runs->n_items - 1];
        int64_t ended = least(last->servers, runs->servers - wanted), ran = at - last->from_seconds;
        running[timeline_period_at(u->timeline, at - 1)] += ended * (rounded_up(offer, ran) - ran);
        last->servers -= ended;
        runs->servers -= ended;
        runs->n_items -= last->servers == 0;
    }
    if (wanted > runs->servers) {
        *ARENA_APPEND(u->arena, runs) = (struct run){at, wanted - runs->servers};
        runs->servers = wanted;
    }
}

/* The steps of a span, one by one. */
static void run_span(const struct user *u, struct runs *runs, const struct offer *offer,
                     const struct span *span, int64_t *running)
{
    const struct demand *d = u->demand;
    int64_t end = d->start_seconds + d->n_steps * d->step_seconds;
    int64_t from = most(span->from_seconds, d->start_seconds), to = least(span->to_seconds, end);
    for (int64_t at = from; at < to;) {
        int64_t step = (at - d->start_seconds) / d->step_seconds;
        turn_runs(u, runs, offer, at, used_of(offer, span, d->servers[step]), running);
        at = d->start_seconds + (step + 1) * d->step_seconds;
    }
}

/* One step in which up to `wanted` servers of the order run. */
static void run_step(const struct user *u, struct runner *r, int32_t step, int64_t wanted)
{
    int64_t now = u->demand->start_seconds + step * u->demand->step_seconds;
    int64_t length = most(r->offer->increment_seconds, r->offer->minimum_seconds);
    int64_t *billed = &r->billed[timeline_period_at(u->timeline, now)];
    *billed += paid_turn(&r->paid, now, wanted, r->offer->increment_seconds);
    if (wanted > r->paid.servers)
        *billed += paid_start(u->arena, &r->paid, now, wanted - r->paid.servers, length);
}

/* The most servers of the order in use in each step of a span. */
static void want_span(const struct user *u, const struct offer *offer, const struct span *span,
                      int64_t *wanted)
{
    const struct demand *d = u->demand;
    int64_t from = most(span->from_seconds - d->start_seconds, 0);
    int64_t to = least(span->to_seconds - d->start_seconds, d->n_steps * d->step_seconds);
    for (int64_t i = from / d->step_seconds; i * d->step_seconds < to; i++)
        wanted[i] = most(wanted[i], used_of(offer, span, d->servers[i]));
}

/* How running time becomes billed time: as it is, by runs rounded up, or in increments longer than a step,
 * to the end of which servers are kept. */
enum rounding { ROUND_NOTHING, ROUND_RUNS, ROUND_KEPT };

static enum rounding rounding_of(const struct user *u, const struct offer *offer)
{
    bool charged = false;
    int64_t paid = most(offer->increment_seconds, offer->minimum_seconds);
    for (size_t i = 0; i < offer->n_prices; i++)
        charged |= offer->prices[i].charged == CHARGED_RUNNING;
    if (!charged || paid == 0)
        return ROUND_NOTHING;
    return paid > u->demand->step_seconds ? ROUND_KEPT : ROUND_RUNS;
}

/* ---- spans of an order ---- */

/* Where the order's stretches meet what serves before it. */
static void make_spans(const struct user *u, const struct offer *offer, const struct stretches *list,
                       struct order_use *use)
{
    size_t at = 0;
    struct runs runs = {0};
    int64_t *wanted = NULL, n_periods = u->timeline->n_periods;
    enum rounding rounding = rounding_of(u, offer);
    if (rounding != ROUND_NOTHING)
        use->running = ARENA_NEW(u->arena, int64_t, n_periods);
    if (rounding == ROUND_KEPT)
        wanted = ARENA_NEW(u->arena, int64_t, u->demand->n_steps);
    for (size_t i = 0; i < list->n_items; i++) {
        const struct stretch *stretch = &list->items[i];
        while (u->below.items[at].to_seconds <= stretch->from_seconds)
            at++;
        for (size_t j = at; j < u->below.n_items && u->below.items[j].from_seconds < stretch->to_seconds;
             j++) {
            const struct below *below = &u->below.items[j];
            struct span span = {most(stretch->from_seconds, below->from_seconds),
                                least(stretch->to_seconds, below->to_seconds), below->capacity,
                                stretch->servers};
            add_span(u, offer, &span, use->used);
            if (rounding == ROUND_KEPT)
                want_span(u, offer, &span, wanted);
            if (rounding == ROUND_RUNS)
                run_span(u, &runs, offer, &span, use->running);
        }
    }
    if (rounding == ROUND_RUNS) {
        turn_runs(u, &runs, offer, u->study->end_seconds, 0, use->running);
        for (int64_t i = 0; i < n_periods; i++)
            use->running[i] += use->used[i];
    }
    if (rounding != ROUND_KEPT)
        return;
    struct runner runner = {.offer = offer, .billed = use->running};
    for (int32_t step = 0; step < u->demand->n_steps; step++)
        run_step(u, &runner, step, wanted[step]);
}

/* ---- what serves before ---- */

static void append_below(struct user *u, struct belows *list, struct below below)
{
    struct below *last = list->n_items == 0 ? NULL : &list->items[list->n_items - 1];
    if (last != NULL && last->capacity == below.capacity)
        last->to_seconds = below.to_seconds;
    else
        *ARENA_APPEND(u->arena, list) = below;
}

/* The servers of some stretches serve before all that follow. */
static void serve_before(struct user *u, const struct offer *offer, const struct stretches *list)
{
    struct belows sum = {0};
    size_t i = 0, j = 0;
    while (i < list->n_items && j < u->below.n_items) {
        const struct stretch *stretch = &list->items[i];
        const struct below *below = &u->below.items[j];
        int64_t to = least(stretch->to_seconds, below->to_seconds);
        append_below(u, &sum,
                     (struct below){most(stretch->from_seconds, below->from_seconds), to,
                                    below->capacity + offer_capacity(offer, stretch->servers)});
        i += stretch->to_seconds == to;
        j += below->to_seconds == to;
    }
    u->below = sum;
}

static bool is_measured(const struct offer *offer)
{
    return offer_is_reservation(offer) || offer->kind == OFFER_SPOT;
}

static void use_layer(struct user *u, int layer, struct order_use *uses)
{
    const struct offer *offer = &u->study->offers[u->strategy->layers[layer].offer];
    int64_t from = u->study->decide_from_seconds, to = u->study->end_seconds;
    if (!is_measured(offer)) {
        struct stretches list = supply_stretches(u->arena, u->plan, layer, from, to);
        serve_before(u, offer, &list);
        return;
    }
    for (size_t i = 0; i < u->plan->n_orders; i++) {
        if (u->plan->orders[i].layer != layer)
            continue;
        struct stretches list = order_stretches(u->arena, u->plan, (int)i, from, to);
        uses[i].used = uses[i].running = ARENA_NEW(u->arena, int64_t, u->timeline->n_periods);
        make_spans(u, offer, &list, &uses[i]);
        serve_before(u, offer, &list);
    }
}

struct order_use *use_of_orders(struct arena *arena, const struct study *study,
                                const struct timeline *timeline, const struct demand *demand,
                                const struct strategy *strategy, const struct plan *plan)
{
    struct order_use *uses = ARENA_NEW(arena, struct order_use, plan->n_orders + 1);
    struct user u = {.arena = arena,
                     .study = study,
                     .timeline = timeline,
                     .demand = demand,
                     .strategy = strategy,
                     .plan = plan};
    struct below nothing = {study->decide_from_seconds, study->end_seconds, 0};
    *ARENA_APPEND(arena, &u.below) = nothing;
    for (size_t i = 0; i < strategy->n_layers; i++)
        use_layer(&u, (int)i, uses);
    return uses;
}
