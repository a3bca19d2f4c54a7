#ifndef SUPPLY_PAID_H
#define SUPPLY_PAID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Servers started together and paid up to a time. */
struct paid_block {
    int64_t servers, paid_until_seconds;
    int phase; /* when in the round of increments their time is up, where that is kept */
};

/* Servers that are billed in increments longer than a step, the first started at the bottom. The last
 * started is the first to be no longer needed (or, `oldest_first`, the first started), and is kept to the
 * end of what is paid. */
struct paid {
    struct paid_block *items;
    size_t n_items, capacity;
    int64_t servers; /* in all blocks */
    bool oldest_first;
    /* Where every server pays whole increments of some steps, their time is up in one step of each round:
     * sums by phase make a turn touch only the servers at the top. NULL: blocks are looked at one by one. */
    int64_t *by_phase;
    int n_phases;
    int64_t step_seconds;
};

/* Servers that pay `increment` seconds at a time, whole steps, and at least `first` to begin with. */
struct paid paid_new(struct arena *arena, int64_t step_seconds, int64_t increment_seconds,
                     int64_t first_seconds, bool oldest_first);

/* Goes on to a step that begins at `now` and needs `wanted` servers: those among the `wanted` to go last
 * whose time is up are paid for another increment, others whose time is up are stopped. Returns the
 * server-seconds billed. */
int64_t paid_turn(struct paid *paid, int64_t now, int64_t wanted, int64_t increment_seconds);

/* Servers that are paid beyond the begin of a step, and stay whether needed or not. */
int64_t paid_beyond(const struct paid *paid, int64_t now);

/* Adds servers on top, paid for `length` seconds from a time on; returns the server-seconds billed. */
int64_t paid_start(struct arena *arena, struct paid *paid, int64_t from, int64_t servers, int64_t length);

#endif
