#include "supply/lead_time.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"
#include "supply/availability.h"
#include "supply/delivery.h"

enum { N_DRAWS = 1000, FEWEST_DRAWS = 100, MOST_DRAWN_PIECES = 2000000, MOST_PIECES = 1000000 };

static int compare_seconds(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

/* R type 7 of sorted values, in hours. */
static double percentile_hours(const int64_t *sorted, int n, double p)
{
    double at = p * (n - 1);
    int below = (int)at;
    double fraction = at - below;
    double low = (double)sorted[below], high = (double)sorted[below + (below + 1 < n)];
    return (low + fraction * (high - low)) / HOUR_SECONDS;
}

/* A lead time as a function of the durations of its processes. */
struct lead_case {
    const struct study *study;
    const struct offer *const *offers; /* the last one is asked about */
    const struct process **processes;  /* [offer] */
    size_t n_offers;
    bool launches; /* the process, if there is one, lifts the offer's quota */
    int64_t n_servers, ordered_seconds;
    int128 used; /* units of the quota */
};

/* Durations of a process in one of the three cases, or drawn. */
struct run {
    bool drawn;
    enum duration_case which;
    uint64_t trial;
};

static struct flow_order order_of(struct arena *arena, const struct lead_case *c, size_t i,
                                  const struct run *run)
{
    const struct process *process = c->processes[i];
    return (struct flow_order){
        .process = process,
        .durations = run->drawn ? durations_draw(arena, process, (uint64_t)c->study->seed, run->trial)
                                : durations_of(arena, process, run->which),
        .n_servers = c->launches ? 1 : c->n_servers,
        .ordered_seconds = c->ordered_seconds};
}

static int64_t wait_for_capacity(struct arena *arena, const struct lead_case *c, const struct run *run,
                                 int64_t seconds)
{
    const struct offer *offer = c->offers[0];
    if (!run->drawn)
        return run->which == DURATION_HIGH ? capacity_longest_wait(offer, seconds) : 0;
    struct capacity_draw draw = capacity_draw(arena, c->study, offer, run->trial);
    return capacity_wait(&draw, seconds);
}

static int64_t launches_seconds(struct arena *arena, const struct lead_case *c, const struct run *run)
{
    int64_t seconds = 0, at = c->ordered_seconds;
    struct launch_waits waits = {.within = wait_for_capacity(arena, c, run, at)};
    if (c->processes[0] != NULL) {
        struct flow_order order = order_of(arena, c, 0, run);
        struct arrivals list = flow_run(arena, &order);
        waits.quota = arrivals_last(&list);
        waits.beyond = wait_for_capacity(arena, c, run, at + waits.quota);
    }
    check(launch_seconds(c->offers[0], c->n_servers, c->used, &waits, &seconds));
    return seconds;
}

static int64_t lead_seconds(struct arena *arena, const struct lead_case *c, const struct run *run)
{
    if (c->launches)
        return launches_seconds(arena, c, run);
    struct flow_order *orders = ARENA_NEW(arena, struct flow_order, c->n_offers);
    struct arrivals *lists = ARENA_NEW(arena, struct arrivals, c->n_offers);
    const struct offer *offer = c->offers[c->n_offers - 1];
    for (size_t i = 0; i < c->n_offers; i++)
        orders[i] = order_of(arena, c, i, run);
    if (c->n_offers == 1)
        return rounds_last(arena, orders, offer);
    flow_run_together(arena, orders, c->n_offers, lists);
    return arrivals_last(&lists[c->n_offers - 1]);
}

static double lead_hours(struct arena *arena, const struct lead_case *c, enum duration_case which)
{
    return (double)lead_seconds(arena, c, &(struct run){.which = which}) / HOUR_SECONDS;
}

static bool all_fixed(const struct process *process)
{
    for (size_t i = 0; i < process->n_items; i++)
        if (!stage_is_fixed(&process->items[i]))
            return false;
    return true;
}

/* Pieces of work drawn in one run. */
static int64_t pieces_drawn(const struct lead_case *c, const struct process *process)
{
    int64_t pieces = 0, n = c->launches ? 1 : c->n_servers;
    for (size_t i = 0; i < process->n_items; i++) {
        const struct stage *stage = &process->items[i];
        if (stage->draw == DRAW_PIECE && !stage_is_fixed(stage))
            pieces += stage->each == EACH_ORDER ? 1 : stage->each == EACH_SERVER ? n : n / stage->batch + 1;
    }
    return pieces;
}

static int draws_for(int64_t pieces)
{
    int64_t n = pieces == 0 ? N_DRAWS : MOST_DRAWN_PIECES / pieces;
    return (int)(n < FEWEST_DRAWS ? FEWEST_DRAWS : n > N_DRAWS ? N_DRAWS : n);
}

static struct lead_time sample(const struct lead_case *c)
{
    struct arena scratch = {0};
    int64_t seconds[N_DRAWS], pieces = 0;
    struct lead_time lead = {.possible = true};
    bool fixed = !c->launches || !may_lack_capacity(c->offers[0]);
    for (size_t i = 0; i < c->n_offers && c->processes[i] != NULL; i++) {
        pieces += pieces_drawn(c, c->processes[i]);
        fixed &= all_fixed(c->processes[i]);
    }
    if (pieces > MOST_PIECES)
        return (struct lead_time){0};
    int n = fixed ? 1 : draws_for(pieces);
    lead.all_low = lead_hours(&scratch, c, DURATION_LOW);
    lead.base = lead_hours(&scratch, c, DURATION_MODE);
    lead.all_high = lead_hours(&scratch, c, DURATION_HIGH);
    for (int i = 0; i < n; i++) {
        arena_reset(&scratch);
        seconds[i] = lead_seconds(&scratch, c, &(struct run){.drawn = true, .trial = (uint64_t)i});
    }
    arena_free(&scratch);
    qsort(seconds, (size_t)n, sizeof seconds[0], compare_seconds);
    lead.p10 = percentile_hours(seconds, n, 0.1);
    lead.p50 = percentile_hours(seconds, n, 0.5);
    lead.p90 = percentile_hours(seconds, n, 0.9);
    return lead;
}

static struct lead_time fixed_lead(int64_t seconds)
{
    double hours = (double)seconds / HOUR_SECONDS;
    return (struct lead_time){true, hours, hours, hours, hours, hours, hours};
}

static struct lead_time lead_of_launches(struct lead_case *c, const struct offer *offer)
{
    bool beyond = within_quota(offer, c->n_servers, c->used) < c->n_servers;
    if (beyond && quota_process(offer) < 0)
        return (struct lead_time){0};
    c->launches = true;
    c->processes[0] = beyond ? &c->study->processes[quota_process(offer)] : NULL;
    return sample(c);
}

struct lead_time lead_time_of(const struct study *study, const struct offer *offer, int64_t n_servers,
                              int128 used, int64_t ordered_seconds)
{
    if (n_servers == 0)
        return fixed_lead(0);
    if (offer_is_reservation(offer))
        offer = &study->offers[offer->discounts];
    const struct process *process = NULL;
    struct lead_case c = {study, &offer, &process, 1, false, n_servers, ordered_seconds, 0};
    c.used = used;
    if (offer->kind == OFFER_ON_DEMAND || offer->kind == OFFER_SPOT)
        return lead_of_launches(&c, offer);
    if (offer->process < 0)
        return fixed_lead(0);
    if (delivery_rounds(study, offer, n_servers) > MOST_ROUNDS)
        return (struct lead_time){0};
    process = &study->processes[offer->process];
    return sample(&c);
}

/* ---- order by ---- */

/* Who orders later is never served earlier, so that the latest order in time can be searched by halves. */
static int64_t latest_order(struct lead_case *c, const struct run *run, int64_t in_service_seconds)
{
    struct arena scratch = {0};
    int64_t high = in_service_seconds, back = 1;
    c->ordered_seconds = high;
    if (lead_seconds(&scratch, c, run) > 0)
        back = lead_seconds(&scratch, c, run);
    int64_t low = high;
    for (bool in_time = false; !in_time; back *= 2) {
        high = low;
        c->ordered_seconds = low -= back;
        arena_reset(&scratch);
        in_time = low + lead_seconds(&scratch, c, run) <= in_service_seconds;
    }
    while (high - low > 1) {
        c->ordered_seconds = low + (high - low) / 2;
        arena_reset(&scratch);
        if (c->ordered_seconds + lead_seconds(&scratch, c, run) <= in_service_seconds)
            low = c->ordered_seconds;
        else
            high = c->ordered_seconds;
    }
    arena_free(&scratch);
    return low;
}

/* A draw and the lead time it makes. */
struct ranked {
    int64_t seconds; /* first, for compare_seconds */
    uint64_t trial;
};

static uint64_t p90_trial(const struct lead_case *c)
{
    struct arena scratch = {0};
    struct ranked ranks[N_DRAWS];
    int n = draws_for(pieces_drawn(c, c->processes[0]));
    for (int i = 0; i < n; i++) {
        arena_reset(&scratch);
        ranks[i].trial = (uint64_t)i;
        ranks[i].seconds = lead_seconds(&scratch, c, &(struct run){.drawn = true, .trial = (uint64_t)i});
    }
    arena_free(&scratch);
    qsort(ranks, (size_t)n, sizeof ranks[0], compare_seconds);
    return ranks[(9 * (n - 1) + 9) / 10].trial;
}

/* The process that an order of an offer waits for: for launches that which lifts the quota. */
static const struct process *process_of(const struct study *study, const struct offer *offer)
{
    return &study->processes[offer->kind == OFFER_ON_DEMAND ? quota_process(offer) : offer->process];
}

static const struct offer *delivered_as(const struct study *study, const struct offer *offer)
{
    return offer_is_reservation(offer) ? &study->offers[offer->discounts] : offer;
}

int64_t lead_order_by_base(const struct study *study, const struct offer *offer, int64_t n_servers,
                           int128 used, int64_t in_service_seconds)
{
    offer = delivered_as(study, offer);
    const struct process *process = process_of(study, offer);
    struct lead_case c = {
        study, &offer, &process, 1, offer->kind == OFFER_ON_DEMAND, n_servers, in_service_seconds, used};
    return latest_order(&c, &(struct run){.which = DURATION_MODE}, in_service_seconds);
}

int64_t lead_order_by_p90(const struct study *study, const struct offer *offer, int64_t n_servers,
                          int128 used, int64_t in_service_seconds, int64_t ranked_at)
{
    offer = delivered_as(study, offer);
    const struct process *process = process_of(study, offer);
    struct lead_case c = {study,     &offer,    &process, 1, offer->kind == OFFER_ON_DEMAND,
                          n_servers, ranked_at, used};
    struct run run = {.drawn = true, .trial = p90_trial(&c)};
    return latest_order(&c, &run, in_service_seconds);
}

struct lead_time lead_time_together(const struct study *study, const struct offer *const *offers,
                                    size_t n_offers, int64_t n_servers, int64_t ordered_seconds)
{
    struct arena arena = {0};
    const struct process **processes = ARENA_NEW(&arena, const struct process *, n_offers);
    struct lead_case c = {study, offers, processes, n_offers, false, n_servers, ordered_seconds, 0};
    int64_t rounds = 0;
    for (size_t i = 0; i < n_offers; i++) {
        processes[i] = &study->processes[offers[i]->process];
        rounds += delivery_rounds(study, offers[i], n_servers);
    }
    struct lead_time lead = rounds > MOST_ROUNDS ? (struct lead_time){0} : sample(&c);
    arena_free(&arena);
    return lead;
}

int64_t lead_base_seconds(const struct offer *offer, const struct process *process, int64_t n_servers,
                          int64_t ordered_seconds)
{
    struct arena scratch = {0};
    struct flow_order all = {process, durations_of(&scratch, process, DURATION_MODE), n_servers,
                             ordered_seconds, 0};
    int64_t seconds = rounds_last(&scratch, &all, offer);
    arena_free(&scratch);
    return seconds;
}
