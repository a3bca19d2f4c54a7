/* Orders and jobs that share crews, event by event. Pieces that begin together and take equally long are one
 * event, so that 5,000 servers through a crew of 100 are 50 of them. */

#include "base/arena.h"
#include "supply/booked.h"
#include "supply/job.h"

/* One crew, or the workers of one job. */
struct pool {
    struct str crew;
    const struct calendar *calendar;
    bool limited;
    int64_t workers, free;
    int64_t opens, unbooked;      /* when it is woken; there are events for both */
    const struct crew_time *time; /* what others have booked; NULL: nothing */
};

/* A job and what has come to it. */
struct station {
    struct job job;
    size_t pool, order;
    int64_t arrived, gathered;        /* servers: in all, and waiting for the rest of their batch */
    int64_t waiting, waiting_servers; /* pieces, and servers in them */
    int64_t begun;                    /* pieces */
};

/* Servers that come to a station, and workers who are free then. */
struct event {
    int64_t seconds; /* absolute */
    size_t pool;     /* whose workers become free */
    int64_t workers;
    size_t station; /* one after the last of its order: done */
    size_t order;
    int64_t servers;
};

struct flow {
    struct arena *arena;
    const struct flow_order *orders;
    struct arrivals *arrivals; /* [order] */
    size_t *n_stations;        /* [order] of this and all before */
    struct station *stations;
    struct pool *pools;
    size_t n_pools;
    const struct bookings *bookings; /* of orders before; NULL: none */
    struct booking_list *taken;      /* where bookings are told; NULL: nowhere */
    struct event *items;             /* a heap by time */
    size_t n_items, capacity;
};

static void schedule(struct flow *flow, struct event event)
{
    *ARENA_APPEND(flow->arena, flow) = event;
    size_t i = flow->n_items - 1;
    while (i > 0 && flow->items[(i - 1) / 2].seconds > event.seconds) {
        flow->items[i] = flow->items[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    flow->items[i] = event;
}

static struct event next_event(struct flow *flow)
{
    struct event top = flow->items[0], last = flow->items[--flow->n_items];
    size_t i = 0, child;
    while ((child = 2 * i + 1) < flow->n_items) {
        child += child + 1 < flow->n_items && flow->items[child + 1].seconds < flow->items[child].seconds;
        if (flow->items[child].seconds >= last.seconds)
            break;
        flow->items[i] = flow->items[child];
        i = child;
    }
    if (flow->n_items > 0)
        flow->items[i] = last;
    return top;
}

/* An order stage may leave the number of workers to the other stages of its crew. */
static size_t find_pool(struct flow *flow, const struct job *job)
{
    size_t i = 0;
    while (i < flow->n_pools && (job->crew.length == 0 || !str_equal(flow->pools[i].crew, job->crew)))
        i++;
    struct pool *pool = &flow->pools[i];
    if (i == flow->n_pools) {
        flow->n_pools++;
        *pool = (struct pool){.crew = job->crew, .calendar = job->calendar};
    }
    if (job->workers > 0 && !pool->limited) {
        pool->limited = true;
        pool->workers = pool->free = job->workers;
        pool->time =
            flow->bookings == NULL || job->crew.length == 0 ? NULL : bookings_of(flow->bookings, job->crew);
    }
    return i;
}

static size_t first_station(const struct flow *flow, size_t order)
{
    return order == 0 ? 0 : flow->n_stations[order - 1];
}

static void prepare(struct flow *flow, size_t n_orders)
{
    size_t n = 0, most = 0;
    for (size_t i = 0; i < n_orders; i++)
        most += flow->orders[i].process->n_items;
    flow->n_stations = ARENA_NEW(flow->arena, size_t, n_orders);
    flow->stations = ARENA_NEW(flow->arena, struct station, most + 1);
    flow->pools = ARENA_NEW(flow->arena, struct pool, most + 1);
    for (size_t i = 0; i < n_orders; i++) {
        struct job *jobs;
        size_t n_jobs = jobs_of(flow->arena, &flow->orders[i], &jobs);
        for (size_t j = 0; j < n_jobs; j++)
            flow->stations[n++] =
                (struct station){.job = jobs[j], .pool = find_pool(flow, &jobs[j]), .order = i};
        flow->n_stations[i] = n;
        schedule(flow, (struct event){.seconds = flow->orders[i].ordered_seconds,
                                      .station = first_station(flow, i),
                                      .order = i,
                                      .servers = flow->orders[i].n_servers});
    }
}

/* Servers that come to a station wait for their batch, then for a worker. Returns those that nothing is done
 * to, who come to the next station at once. */
static int64_t gather(struct station *s, int64_t servers)
{
    s->arrived += servers;
    s->gathered += servers;
    bool all = s->arrived == s->job.order->n_servers;
    int64_t pieces = all ? (s->gathered + s->job.size - 1) / s->job.size : s->gathered / s->job.size;
    int64_t ready = pieces * s->job.size < s->gathered ? pieces * s->job.size : s->gathered;
    s->gathered -= ready;
    if (!job_takes_time(&s->job))
        return ready;
    s->waiting += pieces;
    s->waiting_servers += ready;
    return 0;
}

static void arrive(struct flow *flow, const struct event *event)
{
    int64_t servers = event->servers;
    for (size_t i = event->station; servers > 0; i++) {
        if (i == flow->n_stations[event->order]) {
            arrivals_add(flow->arena, &flow->arrivals[event->order],
                         event->seconds - flow->orders[event->order].ordered_seconds, servers);
            return;
        }
        servers = gather(&flow->stations[i], servers);
    }
}

static int64_t end_of_work(const struct job *job, int64_t now, int64_t duration)
{
    return calendar_reached(job->calendar, calendar_worked(job->calendar, now) + duration);
}

static void begin_pieces(struct flow *flow, size_t station, int64_t now, int64_t pieces, int64_t duration)
{
    struct station *s = &flow->stations[station];
    int64_t end = end_of_work(&s->job, now, duration);
    int64_t servers = pieces * s->job.size < s->waiting_servers ? pieces * s->job.size : s->waiting_servers;
    s->waiting -= pieces;
    s->waiting_servers -= servers;
    s->begun += pieces;
    flow->pools[s->pool].free -= flow->pools[s->pool].limited ? pieces : 0;
    schedule(flow, (struct event){.seconds = end,
                                  .pool = s->pool,
                                  .workers = flow->pools[s->pool].limited ? pieces : 0,
                                  .station = station + 1,
                                  .order = s->order,
                                  .servers = servers});
    if (flow->taken != NULL && flow->pools[s->pool].limited && s->job.crew.length > 0)
        *ARENA_APPEND(flow->arena, flow->taken) = (struct booking){s->job.crew, now, end, pieces};
}

/* Workers of a pool who have begun something that goes on after a time. */
static int64_t at_work_after(const struct flow *flow, size_t pool, int64_t seconds)
{
    int64_t workers = 0;
    for (size_t i = 0; i < flow->n_items; i++)
        if (flow->items[i].pool == pool && flow->items[i].seconds > seconds)
            workers += flow->items[i].workers;
    return workers;
}

/* How many pieces of some length can be begun now and finished by people who are not booked meanwhile. Who is
 * kept by a booking is woken when one ends. */
static int64_t within_bookings(struct flow *flow, size_t station, int64_t now, int64_t pieces,
                               int64_t duration)
{
    struct pool *pool = &flow->pools[flow->stations[station].pool];
    int64_t room = pieces, changes, until;
    if (pool->time == NULL)
        return pieces;
    int64_t end = end_of_work(&flow->stations[station].job, now, duration);
    for (int64_t at = now; at < end; at = until) {
        int64_t booked = booked_at(pool->time, at, &until);
        int64_t left = pool->workers - booked;
        if (booked > 0)
            left -= at_work_after(flow, flow->stations[station].pool, at);
        room = booked > 0 && left < room ? left : room;
    }
    booked_at(pool->time, now, &changes);
    if (room < pieces && changes != INT64_MAX && pool->unbooked != changes) {
        schedule(flow, (struct event){.seconds = changes, .pool = flow->stations[station].pool});
        pool->unbooked = changes;
    }
    return room < 0 ? 0 : room;
}

/* Who is off work chooses when he comes back. */
static bool is_off(struct flow *flow, size_t pool, int64_t now)
{
    struct pool *p = &flow->pools[pool];
    int64_t opens = p->calendar == NULL || !p->limited ? now : calendar_next_open(p->calendar, now);
    if (opens == now)
        return false;
    if (p->opens != opens)
        schedule(flow, (struct event){.seconds = opens, .pool = pool});
    p->opens = opens;
    return true;
}

static void begin_work(struct flow *flow, size_t station, int64_t now)
{
    struct station *s = &flow->stations[station];
    const struct pool *pool = &flow->pools[s->pool];
    if (s->waiting == 0 || (pool->limited && pool->free == 0) || is_off(flow, s->pool, now))
        return;
    int64_t pieces = pool->limited && pool->free < s->waiting ? pool->free : s->waiting;
    if (!s->job.draws_pieces) {
        pieces = within_bookings(flow, station, now, pieces, s->job.seconds);
        if (pieces > 0)
            begin_pieces(flow, station, now, pieces, s->job.seconds);
        return;
    }
    for (; pieces > 0; pieces--) {
        int64_t seconds = job_piece_seconds(&s->job, s->begun);
        if (within_bookings(flow, station, now, 1, seconds) == 0)
            return;
        begin_pieces(flow, station, now, 1, seconds);
    }
}

static void run(struct flow *flow, size_t n_orders)
{
    prepare(flow, n_orders);
    while (flow->n_items > 0) {
        int64_t now = flow->items[0].seconds;
        while (flow->n_items > 0 && flow->items[0].seconds == now) {
            struct event event = next_event(flow);
            flow->pools[event.pool].free += event.workers;
            arrive(flow, &event);
        }
        for (size_t i = 0; i < n_orders; i++)
            for (size_t j = flow->n_stations[i]; j > first_station(flow, i); j--)
                begin_work(flow, j - 1, now);
    }
}

void flow_run_together(struct arena *arena, const struct flow_order *orders, size_t n_orders,
                       struct arrivals *arrivals)
{
    struct flow flow = {.arena = arena, .orders = orders, .arrivals = arrivals};
    run(&flow, n_orders);
}

struct arrivals flow_run_booked(struct arena *arena, const struct flow_order *order,
                                const struct bookings *bookings, struct booking_list *taken)
{
    struct arrivals list = {0};
    struct flow flow = {
        .arena = arena, .orders = order, .arrivals = &list, .bookings = bookings, .taken = taken};
    run(&flow, 1);
    return list;
}
