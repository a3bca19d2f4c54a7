#ifndef SUPPLY_PAID_H
#define SUPPLY_PAID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Servers started together and paid up to a time. */
struct paid_block {
    int64_t servers, paid_until_seconds;
};

/* Servers that are billed in increments longer than a step, the first started at the bottom. The last
 * started is the first to be no longer needed (or, `oldest_first`, the first started), and is kept to the
 * end of what is paid. */
struct paid {
    struct paid_block *items;
    size_t n_items, capacity;
    int64_t servers; /* in all blocks */
    bool oldest_first;
};

/* Goes on to a step that begins at `now` and needs `wanted` servers: those among the `wanted` to go last
 * whose time is up are paid for another increment, others whose time is up are stopped. Returns the
 * server-seconds billed. */
int64_t paid_turn(struct paid *paid, int64_t now, int64_t wanted, int64_t increment_seconds);

/* Adds servers on top, paid for `length` seconds from a time on; returns the server-seconds billed. */
int64_t paid_start(struct arena *arena, struct paid *paid, int64_t from, int64_t servers, int64_t length);

#endif
