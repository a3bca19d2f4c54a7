#include "supply/flow.h"

#include <math.h>

#include "base/arena.h"
#include "base/random.h"

int64_t *flow_durations(struct arena *arena, const struct process *process, enum duration_case which)
{
    int64_t *durations = ARENA_NEW(arena, int64_t, process->n_items + 1);
    for (size_t i = 0; i < process->n_items; i++) {
        const struct stage *stage = &process->items[i];
        durations[i] = which == DURATION_LOW    ? stage->low_seconds
                       : which == DURATION_MODE ? stage->mode_seconds
                                                : stage->high_seconds;
    }
    return durations;
}

/* Inverse of the triangular distribution function. */
static int64_t triangular(const struct stage *stage, double u)
{
    double low = (double)stage->low_seconds, mode = (double)stage->mode_seconds,
           high = (double)stage->high_seconds;
    if (high <= low)
        return stage->low_seconds;
    double at_mode = (mode - low) / (high - low);
    double seconds = u < at_mode ? low + sqrt(u * (high - low) * (mode - low))
                                 : high - sqrt((1 - u) * (high - low) * (high - mode));
    return (int64_t)(seconds + 0.5);
}

void flow_draw(const struct process *process, uint64_t seed, uint64_t trial, int64_t *durations)
{
    for (size_t i = 0; i < process->n_items; i++)
        durations[i] = triangular(&process->items[i], random_uniform(seed, trial, process->name, i));
}

static void add_arrival(struct arena *arena, struct arrivals *list, int64_t seconds, int64_t servers)
{
    if (list->n_items > 0 && list->items[list->n_items - 1].seconds == seconds) {
        list->items[list->n_items - 1].servers += servers;
        return;
    }
    *ARENA_APPEND(arena, list) = (struct arrival){seconds, servers};
}

/* Pieces of work through a crew: each takes the worker who is free first. Both queues are in time order
 * because every piece takes equally long. workers 0: nobody waits. */
static struct arrivals work(struct arena *arena, const struct arrivals *ready, int64_t workers,
                            int64_t duration)
{
    struct arrivals done = {0}, free_at = {0};
    size_t next = 0;
    if (duration == 0) /* nobody is ever busy */
        workers = 0;
    if (workers > 0)
        add_arrival(arena, &free_at, 0, workers);
    for (size_t i = 0; i < ready->n_items; i++) {
        int64_t left = ready->items[i].servers, at = ready->items[i].seconds;
        if (workers == 0)
            add_arrival(arena, &done, at + duration, left);
        while (workers > 0 && left > 0) {
            struct arrival *crew = &free_at.items[next];
            int64_t n = left < crew->servers ? left : crew->servers;
            int64_t end = (crew->seconds > at ? crew->seconds : at) + duration;
            crew->servers -= n;
            next += crew->servers == 0;
            left -= n;
            add_arrival(arena, &free_at, end, n);
            add_arrival(arena, &done, end, n);
        }
    }
    return done;
}

/* Batches of `size` servers, each ready with its last server; counted in batches. */
static struct arrivals gather(struct arena *arena, const struct arrivals *ready, int64_t size)
{
    struct arrivals batches = {0};
    int64_t waiting = 0;
    for (size_t i = 0; i < ready->n_items; i++) {
        waiting += ready->items[i].servers;
        bool last = i + 1 == ready->n_items;
        int64_t n = last ? (waiting + size - 1) / size : waiting / size;
        if (n > 0)
            add_arrival(arena, &batches, ready->items[i].seconds, n);
        waiting -= n * size;
    }
    return batches;
}

/* Back from batches to servers; the last batch may be smaller. */
static struct arrivals scatter(struct arena *arena, const struct arrivals *batches, int64_t size,
                               int64_t n_servers)
{
    struct arrivals servers = {0};
    for (size_t i = 0; i < batches->n_items; i++) {
        int64_t n = batches->items[i].servers * size;
        n = n < n_servers ? n : n_servers;
        add_arrival(arena, &servers, batches->items[i].seconds, n);
        n_servers -= n;
    }
    return servers;
}

static bool same_crew(const struct stage *a, const struct stage *b)
{
    bool same_pieces = a->each == b->each && (a->each == EACH_SERVER || a->batch == b->batch);
    return a->crew.length > 0 && str_equal(a->crew, b->crew) && same_pieces && a->each != EACH_ORDER;
}

struct arrivals flow_run(struct arena *arena, const struct process *process, const int64_t *durations,
                         int64_t n_servers)
{
    struct arrivals ready = {0};
    add_arrival(arena, &ready, 0, n_servers);
    for (size_t i = 0; i < process->n_items; i++) {
        const struct stage *stage = &process->items[i];
        int64_t duration = durations[i];
        while (i + 1 < process->n_items && same_crew(stage, &process->items[i + 1]))
            duration += durations[++i];
        if (stage->each == EACH_ORDER) {
            int64_t last = ready.items[ready.n_items - 1].seconds;
            ready = (struct arrivals){0};
            add_arrival(arena, &ready, last + duration, n_servers);
        } else if (stage->each == EACH_BATCH) {
            struct arrivals batches = gather(arena, &ready, stage->batch);
            batches = work(arena, &batches, stage->workers, duration);
            ready = scatter(arena, &batches, stage->batch, n_servers);
        } else {
            ready = work(arena, &ready, stage->workers, duration);
        }
    }
    return ready;
}

int64_t flow_rounds(const struct process *process, int64_t n_servers)
{
    int64_t most = 1;
    for (size_t i = 0; i < process->n_items; i++) {
        const struct stage *stage = &process->items[i];
        int64_t pieces = stage->each == EACH_BATCH ? n_servers / stage->batch + 1 : n_servers;
        int64_t rounds = stage->each == EACH_ORDER || stage->workers == 0 ? 1 : pieces / stage->workers + 1;
        most = rounds > most ? rounds : most;
    }
    return most;
}
