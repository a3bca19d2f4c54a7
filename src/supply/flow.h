#ifndef SUPPLY_FLOW_H
#define SUPPLY_FLOW_H

#include <stddef.h>
#include <stdint.h>

#include "model/study.h"

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

/* One duration in seconds for each stage of a process: all low, all mode, all high, or drawn. */
enum duration_case { DURATION_LOW, DURATION_MODE, DURATION_HIGH };
int64_t *flow_durations(struct arena *arena, const struct process *process, enum duration_case which);
/* One draw per stage and order from the triangular distribution of low, mode and high. */
void flow_draw(const struct process *process, uint64_t seed, uint64_t trial, int64_t *durations);

/* When each of n servers leaves the process. Every server enters a stage when it left the one before
 * and a worker is free, first come first served; an order stage waits for all servers, a batch stage
 * for its batch; consecutive stages of one crew keep worker and server together. */
struct arrivals flow_run(struct arena *arena, const struct process *process, const int64_t *durations,
                         int64_t n_servers);

/* Rounds of work that n servers need, to refuse what would not end: compare with MOST_ROUNDS. */
int64_t flow_rounds(const struct process *process, int64_t n_servers);

#endif
