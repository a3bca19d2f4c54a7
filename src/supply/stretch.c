#include "supply/stretch.h"

#include <stdlib.h>

#include "base/arena.h"

struct change {
    int64_t seconds, servers;
};

static int compare_changes(const void *a, const void *b)
{
    const struct change *left = a, *right = b;
    return (left->seconds > right->seconds) - (left->seconds < right->seconds);
}

static int64_t clamp(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

struct stretches supply_stretches(struct arena *arena, const struct plan *plan, int layer, int64_t from,
                                  int64_t to)
{
    struct stretches list = {0};
    struct change *changes = ARENA_NEW(arena, struct change, 2 * plan->n_lots + 1);
    size_t n = 0;
    for (size_t i = 0; i < plan->n_lots; i++) {
        const struct lot *lot = &plan->lots[i];
        if (layer >= 0 && plan->orders[lot->order].layer != layer)
            continue;
        changes[n++] = (struct change){clamp(lot->in_service_seconds, from, to), lot->servers};
        changes[n++] = (struct change){clamp(lot->end_seconds, from, to), -lot->servers};
    }
    qsort(changes, n, sizeof *changes, compare_changes);
    int64_t at = from, servers = 0;
    for (size_t i = 0; i < n; i++) {
        if (changes[i].seconds > at) {
            *ARENA_APPEND(arena, &list) = (struct stretch){at, changes[i].seconds, servers};
            at = changes[i].seconds;
        }
        servers += changes[i].servers;
    }
    if (at < to)
        *ARENA_APPEND(arena, &list) = (struct stretch){at, to, servers};
    return list;
}
