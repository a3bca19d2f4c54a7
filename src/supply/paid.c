#include "supply/paid.h"

#include "base/arena.h"

int64_t paid_turn(struct paid *paid, int64_t now, int64_t wanted, int64_t increment)
{
    int64_t billed = 0, below = 0;
    size_t n_kept = 0;
    for (size_t i = 0; i < paid->n_items; i++) {
        struct paid_block block = paid->items[i];
        int64_t needed = wanted - below < 0 ? 0 : wanted - below;
        below += block.servers;
        if (block.paid_until_seconds <= now) { /* what is needed goes on, what is not stops */
            block.servers = block.servers < needed ? block.servers : needed;
            block.paid_until_seconds += increment;
            billed += block.servers * increment;
        }
        if (block.servers > 0)
            paid->items[n_kept++] = block;
    }
    paid->n_items = n_kept;
    paid->servers = 0;
    for (size_t i = 0; i < n_kept; i++)
        paid->servers += paid->items[i].servers;
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
