#ifndef SUPPLY_FLOW_H
#define SUPPLY_FLOW_H

#include <stddef.h>
#include <stdint.h>

#include "model/study.h"
#include "supply/draw.h"

struct arena;

/* Servers that are ready together, in seconds after the order. */
struct arrival {
    int64_t seconds, servers;
};

/* Ascending in time. Zeroed: none. */
struct arrivals {
    struct arrival *items;
    size_t n_items, capacity;
};

enum { MOST_ROUNDS = 100000 };

/* An order as its process sees it. When it was placed matters where a stage keeps other hours than 24x7. */
struct flow_order {
    const struct process *process;
    struct durations durations;
    int64_t n_servers;       /* above 0 */
    int64_t ordered_seconds; /* absolute time */
    int64_t first_piece;     /* number of its first server among several orders drawn in one run */
};

/* When each server of an order leaves the process. Every server enters a stage when it left the one before
 * and a worker is free, first come first served; an order stage waits for all servers, a batch stage
 * for its batch; consecutive stages of one crew keep worker and server together. A crew that comes back does
 * the later stage first. Work that is begun goes on as soon as its calendar lets it, with the same worker. */
struct arrivals flow_run(struct arena *arena, const struct flow_order *order);

/* The same for several orders, in the order in which they were placed: crews of the same name are one crew,
 * which does what is waiting of an earlier order first, and of one order the later stage. */
void flow_run_together(struct arena *arena, const struct flow_order *orders, size_t n_orders,
                       struct arrivals *arrivals);

/* Rounds of work that n servers need, to refuse what would not end: compare with MOST_ROUNDS. */
int64_t flow_rounds(const struct process *process, int64_t n_servers);

#endif
