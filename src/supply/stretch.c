#include "supply/stretch.h"

#include <stdlib.h>

#include "base/arena.h"

struct change {
    int64_t seconds, servers, spares;
};

struct changes {
    struct change *items;
    size_t n_items;
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

static void add_lot(struct changes *changes, const struct lot *lot, int64_t from, int64_t to)
{
    changes->items[changes->n_items++] =
        (struct change){clamp(lot->in_service_seconds, from, to), lot->servers, lot->spares};
    changes->items[changes->n_items++] =
        (struct change){clamp(lot->end_seconds, from, to), -lot->servers, -lot->spares};
}

static struct stretches add_up(struct arena *arena, struct changes *changes, int64_t from, int64_t to)
{
    struct stretches list = {0};
    int64_t at = from, servers = 0, spares = 0;
    qsort(changes->items, changes->n_items, sizeof *changes->items, compare_changes);
    for (size_t i = 0; i < changes->n_items; i++) {
        const struct change *change = &changes->items[i];
        if (change->seconds > at) {
            *ARENA_APPEND(arena, &list) = (struct stretch){at, change->seconds, servers, spares};
            at = change->seconds;
        }
        servers += change->servers;
        spares += change->spares;
    }
    if (at < to)
        *ARENA_APPEND(arena, &list) = (struct stretch){at, to, servers, spares};
    return list;
}

struct stretches supply_stretches(struct arena *arena, const struct plan *plan, int layer, int64_t from,
                                  int64_t to)
{
    struct changes changes = {ARENA_NEW(arena, struct change, 2 * plan->n_lots + 1), 0};
    for (size_t i = 0; i < plan->n_lots; i++)
        if (layer < 0 || plan->orders[plan->lots[i].order].layer == layer)
            add_lot(&changes, &plan->lots[i], from, to);
    return add_up(arena, &changes, from, to);
}

struct stretches order_stretches(struct arena *arena, const struct plan *plan, int order, int64_t from,
                                 int64_t to)
{
    const struct order *o = &plan->orders[order];
    struct changes changes = {ARENA_NEW(arena, struct change, 2 * o->n_lots + 1), 0};
    for (size_t i = 0; i < o->n_lots; i++)
        add_lot(&changes, &plan->lots[o->first_lot + i], from, to);
    return add_up(arena, &changes, from, to);
}
