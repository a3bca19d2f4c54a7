#ifndef TESTS_UNIT_PLAIN_FLOW_H
#define TESTS_UNIT_PLAIN_FLOW_H

/* Orders through their processes, second by second, every piece of work and every crew counted one at a time:
 * what src/supply/flow.c and crews.c have to agree with. Nothing here is clever. */

#include <stdbool.h>
#include <string.h>

#include "supply/booked.h"

enum { PLAIN_ORDERS = 4, PLAIN_STAGES = 6, PLAIN_SERVERS = 60, PLAIN_PIECES = PLAIN_ORDERS * PLAIN_SERVERS };

/* A piece under work; n_servers 0: none. */
struct plain_piece {
    int order;
    size_t stage, last_stage; /* what is done now, and where the worker lets go of it */
    int64_t n_servers, k, seconds_left;
    int64_t ends; /* when the worker lets go of it */
};

struct plain {
    const struct flow_order *orders;
    int n_orders;
    int64_t gathered[PLAIN_ORDERS][PLAIN_STAGES], arrived[PLAIN_ORDERS][PLAIN_STAGES];
    int64_t begun[PLAIN_ORDERS][PLAIN_STAGES];
    int64_t queues[PLAIN_ORDERS][PLAIN_STAGES][PLAIN_SERVERS], n_queued[PLAIN_ORDERS][PLAIN_STAGES];
    struct plain_piece pieces[PLAIN_PIECES];
    int n_pieces; /* no piece is under work from there on */
    int64_t done_at[PLAIN_ORDERS][PLAIN_SERVERS], n_done[PLAIN_ORDERS];
    const struct booking *booked; /* time that crews do not have */
    int n_booked;
    struct booking made[PLAIN_ORDERS * PLAIN_STAGES * PLAIN_SERVERS]; /* by the pieces of crews with a name */
    int n_made;
    int64_t inside; /* servers ordered and not done, summed over all seconds */
};

static inline bool plain_open(const struct calendar *calendar, int64_t t)
{
    if (calendar == NULL)
        return true;
    int64_t day = t / 86400, second = t % 86400;
    const struct shifts *shifts = &calendar->days[(day + 3) % 7]; /* 1970-01-01 was a Thursday */
    for (size_t i = 0; i < calendar->holidays.n_items; i++)
        if (calendar->holidays.items[i] == day * 86400)
            return false;
    for (size_t i = 0; i < shifts->n_items; i++)
        if (second >= shifts->items[i].from && second < shifts->items[i].to)
            return true;
    return false;
}

static inline const struct stage *plain_stage(const struct plain *p, int order, size_t stage)
{
    return &p->orders[order].process->items[stage];
}

static inline bool plain_kept(const struct stage *a, const struct stage *b)
{
    return a->crew.length > 0 && str_equal(a->crew, b->crew) && a->each == b->each && a->batch == b->batch;
}

static inline size_t plain_last_of_job(const struct plain *p, int order, size_t stage)
{
    size_t n = p->orders[order].process->n_items;
    while (stage + 1 < n && plain_kept(plain_stage(p, order, stage), plain_stage(p, order, stage + 1)))
        stage++;
    return stage;
}

static inline int64_t plain_seconds(const struct plain *p, int order, size_t stage, int64_t k)
{
    const struct flow_order *o = &p->orders[order];
    if (durations_by_piece(&o->durations, o->process, stage))
        return draw_piece(&o->durations, o->process, stage, o->first_piece + k);
    return o->durations.seconds[stage];
}

static inline void plain_arrive(struct plain *p, int order, size_t stage, int64_t n, int64_t t)
{
    if (stage == p->orders[order].process->n_items) {
        for (; n > 0; n--)
            p->done_at[order][p->n_done[order]++] = t;
        return;
    }
    const struct stage *s = plain_stage(p, order, stage);
    int64_t all = p->orders[order].n_servers;
    int64_t size = s->each == EACH_ORDER ? all : s->each == EACH_SERVER ? 1 : s->batch;
    for (; n > 0; n--) {
        p->gathered[order][stage]++;
        p->arrived[order][stage]++;
        if (p->gathered[order][stage] == size || p->arrived[order][stage] == all) {
            p->queues[order][stage][p->n_queued[order][stage]++] = p->gathered[order][stage];
            p->gathered[order][stage] = 0;
        }
    }
}

static inline int64_t plain_take(struct plain *p, int order, size_t stage)
{
    int64_t *queue = p->queues[order][stage], first = queue[0];
    p->n_queued[order][stage]--;
    memmove(queue, queue + 1, (size_t)p->n_queued[order][stage] * sizeof *queue);
    return first;
}

/* Work that takes no time in any of its stages is done by nobody. */
static inline bool plain_is_work(const struct plain *p, int order, size_t stage)
{
    int64_t seconds = 0;
    for (size_t i = stage; i <= plain_last_of_job(p, order, stage); i++)
        seconds += plain_seconds(p, order, i, 0);
    return seconds > 0;
}

static inline bool plain_same_people(const struct plain *p, int order, size_t stage,
                                     const struct plain_piece *piece)
{
    const struct stage *a = plain_stage(p, order, stage),
                       *b = plain_stage(p, piece->order, piece->last_stage);
    if (a->crew.length > 0)
        return str_equal(a->crew, b->crew);
    return order == piece->order && plain_last_of_job(p, order, stage) == piece->last_stage;
}

static inline int64_t plain_ends(const struct plain *p, int order, size_t stage, int64_t t)
{
    int64_t left = 0;
    for (size_t i = stage; i <= plain_last_of_job(p, order, stage); i++)
        left += plain_seconds(p, order, i, p->begun[order][stage]);
    for (; left > 0; t++)
        left -= plain_open(plain_stage(p, order, stage)->calendar, t);
    return t;
}

/* Is somebody of the crew free, and not booked, in every second of a piece begun now? */
static inline bool plain_unbooked(const struct plain *p, int order, size_t stage, int64_t t)
{
    const struct stage *s = plain_stage(p, order, stage);
    int64_t ends = p->n_booked == 0 || s->crew.length == 0 ? t : plain_ends(p, order, stage, t);
    for (; t < ends; t++) {
        int64_t busy = 0, booked = 0;
        for (int i = 0; i < p->n_pieces; i++)
            busy += p->pieces[i].n_servers > 0 && p->pieces[i].ends > t &&
                    plain_same_people(p, order, stage, &p->pieces[i]);
        for (int i = 0; i < p->n_booked; i++)
            if (str_equal(p->booked[i].crew, s->crew) && p->booked[i].from_seconds <= t &&
                p->booked[i].to_seconds > t)
                booked += p->booked[i].workers;
        if (booked > 0 && busy + booked >= s->workers)
            return false;
    }
    return true;
}

/* How many more pieces can be begun at a stage, its workers being those of its crew. */
static inline bool plain_has_worker(const struct plain *p, int order, size_t stage, int64_t t)
{
    const struct stage *s = plain_stage(p, order, stage);
    int64_t busy = 0;
    if (s->workers == 0)
        return true;
    for (int i = 0; i < p->n_pieces; i++)
        busy += p->pieces[i].n_servers > 0 && plain_same_people(p, order, stage, &p->pieces[i]);
    return busy < s->workers && plain_open(s->calendar, t) && plain_unbooked(p, order, stage, t);
}

static inline void plain_begin(struct plain *p, int order, size_t stage, int64_t t)
{
    struct plain_piece *piece = p->pieces;
    const struct stage *s = plain_stage(p, order, stage);
    int64_t ends = plain_ends(p, order, stage, t);
    if (s->crew.length > 0 && s->workers > 0)
        p->made[p->n_made++] = (struct booking){s->crew, t, ends, 1};
    while (piece->n_servers > 0)
        piece++;
    if (piece == p->pieces + p->n_pieces)
        p->n_pieces++;
    *piece = (struct plain_piece){.order = order,
                                  .stage = stage,
                                  .last_stage = plain_last_of_job(p, order, stage),
                                  .ends = ends,
                                  .k = p->begun[order][stage]++,
                                  .n_servers = plain_take(p, order, stage)};
    piece->seconds_left = plain_seconds(p, order, stage, piece->k);
}

/* One stage of a piece is done; the worker goes on with the next one, or lets go of the piece. */
static inline bool plain_end(struct plain *p, struct plain_piece *piece, int64_t t)
{
    if (piece->stage < piece->last_stage) {
        piece->stage++;
        piece->seconds_left = plain_seconds(p, piece->order, piece->stage, piece->k);
        return piece->seconds_left == 0;
    }
    int64_t n = piece->n_servers;
    piece->n_servers = 0;
    plain_arrive(p, piece->order, piece->last_stage + 1, n, t);
    return false;
}

static inline void plain_second(struct plain *p, int64_t t)
{
    for (int i = 0; i < p->n_pieces; i++)
        while (p->pieces[i].n_servers > 0 && p->pieces[i].seconds_left == 0 && plain_end(p, &p->pieces[i], t))
            ;
    for (int order = 0; order < p->n_orders; order++) /* what takes no time, in the order of the stages */
        for (size_t stage = 0; stage < p->orders[order].process->n_items; stage++)
            while (p->n_queued[order][stage] > 0 && !plain_is_work(p, order, stage))
                plain_arrive(p, order, plain_last_of_job(p, order, stage) + 1, plain_take(p, order, stage),
                             t);
    for (int order = 0; order < p->n_orders; order++)
        for (size_t stage = p->orders[order].process->n_items; stage-- > 0;)
            while (p->n_queued[order][stage] > 0 && plain_has_worker(p, order, stage, t))
                plain_begin(p, order, stage, t);
    for (int i = 0; i < p->n_pieces; i++)
        while (p->pieces[i].n_servers > 0 && p->pieces[i].seconds_left == 0 && plain_end(p, &p->pieces[i], t))
            ; /* a first stage that takes no time */
    for (int i = 0; i < p->n_pieces; i++)
        if (p->pieces[i].n_servers > 0 &&
            plain_open(plain_stage(p, p->pieces[i].order, p->pieces[i].stage)->calendar, t))
            p->pieces[i].seconds_left--;
}

static inline void plain_flow(struct plain *p, const struct flow_order *orders, int n_orders)
{
    int64_t left = 0, t = orders[0].ordered_seconds;
    *p = (struct plain){.orders = orders, .n_orders = n_orders, .booked = p->booked, .n_booked = p->n_booked};
    for (int i = 0; i < n_orders; i++)
        left += orders[i].n_servers;
    for (; left > 0; t++) {
        left = 0;
        for (int i = 0; i < n_orders; i++)
            if (orders[i].ordered_seconds == t)
                plain_arrive(p, i, 0, orders[i].n_servers, t);
        plain_second(p, t);
        for (int i = 0; i < n_orders; i++) {
            left += orders[i].n_servers - p->n_done[i];
            p->inside += orders[i].ordered_seconds <= t ? orders[i].n_servers - p->n_done[i] : 0;
        }
    }
}

#endif
