#include "supply/paid.h"

#include "base/arena.h"

static void drop_empty(struct paid *paid)
{
    size_t n_kept = 0;
    paid->servers = 0;
    for (size_t i = 0; i < paid->n_items; i++) {
        paid->servers += paid->items[i].servers;
        if (paid->items[i].servers > 0)
            paid->items[n_kept++] = paid->items[i];
    }
    paid->n_items = n_kept;
}

int64_t paid_turn(struct paid *paid, int64_t now, int64_t wanted, int64_t increment)
{
    int64_t billed = 0, before = 0;
    for (size_t i = 0; i < paid->n_items; i++) { /* those that are stopped last come first */
        struct paid_block *block = &paid->items[paid->oldest_first ? paid->n_items - 1 - i : i];
        int64_t needed = wanted - before < 0 ? 0 : wanted - before;
        before += block->servers;
        if (block->paid_until_seconds > now)
            continue;
        block->servers = block->servers < needed ? block->servers : needed;
        block->paid_until_seconds += increment;
        billed += block->servers * increment;
    }
    drop_empty(paid);
    return billed;
}

int64_t paid_start(struct arena *arena, struct paid *paid, int64_t from, int64_t servers, int64_t length)
{
    if (servers == 0)
        return 0;
    *ARENA_APPEND(arena, paid) = (struct paid_block){servers, from + length};
    paid->servers += servers;
    return servers * length;
}
