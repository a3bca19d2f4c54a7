#include "supply/flow.h"

#include "base/arena.h"
#include "supply/job.h"

static int64_t pieces_size(const struct stage *stage, int64_t n_servers)
{
    return stage->each == EACH_ORDER ? n_servers : stage->each == EACH_BATCH ? stage->batch : 1;
}

static void add_stage(struct job *job, size_t i)
{
    const struct flow_order *order = job->order;
    if (durations_by_piece(&order->durations, order->process, i))
        job->draws_pieces = true;
    else
        job->seconds += order->durations.seconds[i];
    job->n_stages++;
}

size_t jobs_of(struct arena *arena, const struct flow_order *order, struct job **jobs)
{
    const struct process *process = order->process;
    size_t n = 0;
    *jobs = ARENA_NEW(arena, struct job, process->n_items + 1);
    for (size_t i = 0; i < process->n_items; i++) {
        const struct stage *stage = &process->items[i];
        if (i == 0 || !stages_are_one_job(stage - 1, stage))
            (*jobs)[n++] = (struct job){.order = order,
                                        .first_stage = i,
                                        .size = pieces_size(stage, order->n_servers),
                                        .workers = stage->workers,
                                        .crew = stage->crew,
                                        .calendar = stage->calendar};
        add_stage(&(*jobs)[n - 1], i);
    }
    return n;
}

int64_t job_piece_seconds(const struct job *job, int64_t k)
{
    const struct flow_order *order = job->order;
    int64_t seconds = job->seconds;
    for (size_t i = job->first_stage; i < job->first_stage + job->n_stages; i++)
        if (durations_by_piece(&order->durations, order->process, i))
            seconds += draw_piece(&order->durations, order->process, i, order->first_piece + k);
    return seconds;
}

bool job_takes_time(const struct job *job)
{
    return job->draws_pieces || job->seconds > 0;
}

void arrivals_add(struct arena *arena, struct arrivals *list, int64_t seconds, int64_t servers)
{
    if (list->n_items > 0 && list->items[list->n_items - 1].seconds == seconds) {
        list->items[list->n_items - 1].servers += servers;
        return;
    }
    *ARENA_APPEND(arena, list) = (struct arrival){seconds, servers};
}

/* Pieces of work through a crew: each takes the worker who is free first. Both queues are in time order
 * because every piece takes equally long. */
static struct arrivals work(struct arena *arena, const struct arrivals *ready, int64_t workers,
                            int64_t duration)
{
    struct arrivals done = {0}, free_at = {0};
    size_t next = 0;
    if (workers > 0)
        arrivals_add(arena, &free_at, 0, workers);
    for (size_t i = 0; i < ready->n_items; i++) {
        int64_t left = ready->items[i].servers, at = ready->items[i].seconds;
        if (workers == 0)
            arrivals_add(arena, &done, at + duration, left);
        while (workers > 0 && left > 0) {
            struct arrival *crew = &free_at.items[next];
            int64_t n = left < crew->servers ? left : crew->servers;
            int64_t end = (crew->seconds > at ? crew->seconds : at) + duration;
            crew->servers -= n;
            next += crew->servers == 0;
            left -= n;
            arrivals_add(arena, &free_at, end, n);
            arrivals_add(arena, &done, end, n);
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
            arrivals_add(arena, &batches, ready->items[i].seconds, n);
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
        arrivals_add(arena, &servers, batches->items[i].seconds, n);
        n_servers -= n;
    }
    return servers;
}

/* ---- pieces that take differently long ---- */

/* Pieces under work, the first to end on top. */
struct heap {
    struct arrival *items;
    int64_t n;
};

static void sift_down(struct heap *heap, struct arrival piece)
{
    int64_t i = 0, child;
    while ((child = 2 * i + 1) < heap->n) {
        child += child + 1 < heap->n && heap->items[child + 1].seconds < heap->items[child].seconds;
        if (heap->items[child].seconds >= piece.seconds)
            break;
        heap->items[i] = heap->items[child];
        i = child;
    }
    heap->items[i] = piece;
}

static void push(struct heap *heap, struct arrival piece)
{
    int64_t i = heap->n++;
    while (i > 0 && heap->items[(i - 1) / 2].seconds > piece.seconds) {
        heap->items[i] = heap->items[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    heap->items[i] = piece;
}

static struct arrival pop(struct heap *heap)
{
    struct arrival top = heap->items[0];
    heap->n--;
    if (heap->n > 0)
        sift_down(heap, heap->items[heap->n]);
    return top;
}

/* Every piece takes the worker who is free first. Whoever is free first is he who ended first, so that taking
 * workers from the heap gives the ends in their order. `ready` counts pieces, what comes back servers. */
static struct arrivals work_pieces(struct arena *arena, const struct job *job, const struct arrivals *ready)
{
    int64_t n_servers = job->order->n_servers, n_pieces = (n_servers + job->size - 1) / job->size, k = 0;
    int64_t most = job->workers > 0 && job->workers < n_pieces ? job->workers : n_pieces;
    struct heap busy = {.items = ARENA_NEW(arena, struct arrival, most)};
    struct arrivals done = {.items = ARENA_NEW(arena, struct arrival, n_pieces),
                            .capacity = (size_t)n_pieces};
    for (size_t i = 0; i < ready->n_items; i++) {
        for (int64_t left = ready->items[i].servers; left > 0; left--, k++) {
            int64_t start = ready->items[i].seconds;
            int64_t servers = k + 1 < n_pieces ? job->size : n_servers - k * job->size;
            struct arrival piece = {start + job_piece_seconds(job, k), servers};
            if (busy.n < most) {
                push(&busy, piece);
                continue;
            }
            struct arrival first = busy.items[0];
            arrivals_add(arena, &done, first.seconds, first.servers);
            piece.seconds += first.seconds > start ? first.seconds - start : 0;
            sift_down(&busy, piece);
        }
    }
    while (busy.n > 0) {
        struct arrival first = pop(&busy);
        arrivals_add(arena, &done, first.seconds, first.servers);
    }
    return done;
}

/* ---- the whole ---- */

/* From seconds after the order to working time since, and back. */
static void to_working(const struct job *job, struct arrivals *list)
{
    int64_t ordered = job->order->ordered_seconds, before = calendar_worked(job->calendar, ordered);
    for (size_t i = 0; job->calendar != NULL && i < list->n_items; i++)
        list->items[i].seconds = calendar_worked(job->calendar, ordered + list->items[i].seconds) - before;
}

static void from_working(const struct job *job, struct arrivals *list)
{
    int64_t ordered = job->order->ordered_seconds, before = calendar_worked(job->calendar, ordered);
    for (size_t i = 0; job->calendar != NULL && i < list->n_items; i++)
        list->items[i].seconds = calendar_reached(job->calendar, before + list->items[i].seconds) - ordered;
}

static struct arrivals do_job(struct arena *arena, const struct job *job, struct arrivals ready)
{
    int64_t n_servers = job->order->n_servers;
    if (job->size > 1)
        ready = gather(arena, &ready, job->size);
    if (!job_takes_time(job))
        return job->size > 1 ? scatter(arena, &ready, job->size, n_servers) : ready;
    to_working(job, &ready);
    if (job->draws_pieces) {
        ready = work_pieces(arena, job, &ready);
    } else {
        ready = work(arena, &ready, job->workers, job->seconds);
        if (job->size > 1)
            ready = scatter(arena, &ready, job->size, n_servers);
    }
    from_working(job, &ready);
    return ready;
}

/* Whether a crew works at two jobs. At a job for the whole order it does nothing else anyhow. */
static bool crew_comes_back(const struct job *jobs, size_t n_jobs)
{
    for (size_t i = 0; i < n_jobs; i++)
        for (size_t j = 0; j < i; j++)
            if (jobs[i].crew.length > 0 && jobs[i].workers > 0 && str_equal(jobs[i].crew, jobs[j].crew) &&
                jobs[i].size < jobs[i].order->n_servers && jobs[j].size < jobs[j].order->n_servers)
                return true;
    return false;
}

struct arrivals flow_run(struct arena *arena, const struct flow_order *order)
{
    struct arrivals ready = {0};
    struct job *jobs;
    size_t n_jobs = jobs_of(arena, order, &jobs);
    if (crew_comes_back(jobs, n_jobs)) {
        flow_run_together(arena, order, 1, &ready);
        return ready;
    }
    arrivals_add(arena, &ready, 0, order->n_servers);
    for (size_t i = 0; i < n_jobs; i++)
        ready = do_job(arena, &jobs[i], ready);
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
