#include "supply/paid.h"

#include "base/arena.h"

enum { MOST_PHASES = 1000 };

struct paid paid_new(struct arena *arena, int64_t step, int64_t increment, int64_t first, bool oldest_first)
{
    struct paid paid = {.oldest_first = oldest_first, .step_seconds = step};
    if (oldest_first || increment < step || first != increment || increment / step > MOST_PHASES)
        return paid;
    paid.n_phases = (int)(increment / step);
    paid.by_phase = ARENA_NEW(arena, int64_t, paid.n_phases);
    return paid;
}

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

/* Only those at the top that are beyond `wanted` can stop; of all others whose time is up the sum is enough.
 */
static int64_t turn_phase(struct paid *paid, int64_t now, int64_t wanted, int64_t increment)
{
    int phase = (int)(now / paid->step_seconds % paid->n_phases);
    size_t first = paid->n_items, n_kept;
    for (int64_t top = paid->servers; first > 0 && top > wanted; first--) {
        struct paid_block *block = &paid->items[first - 1];
        int64_t below = top - block->servers, needed = wanted > below ? wanted - below : 0;
        top = below;
        if (block->phase != phase)
            continue;
        paid->by_phase[phase] -= block->servers - needed;
        paid->servers -= block->servers - needed;
        block->servers = needed;
    }
    for (n_kept = first; first < paid->n_items; first++)
        if (paid->items[first].servers > 0)
            paid->items[n_kept++] = paid->items[first];
    paid->n_items = n_kept;
    return paid->by_phase[phase] * increment;
}

int64_t paid_turn(struct paid *paid, int64_t now, int64_t wanted, int64_t increment)
{
    if (paid->by_phase != NULL)
        return turn_phase(paid, now, wanted, increment);
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

int64_t paid_beyond(const struct paid *paid, int64_t now)
{
    int64_t servers = 0;
    if (paid->by_phase != NULL)
        return paid->servers - paid->by_phase[now / paid->step_seconds % paid->n_phases];
    for (size_t i = 0; i < paid->n_items; i++)
        servers += paid->items[i].paid_until_seconds > now ? paid->items[i].servers : 0;
    return servers;
}

int64_t paid_start(struct arena *arena, struct paid *paid, int64_t from, int64_t servers, int64_t length)
{
    if (servers == 0)
        return 0;
    int phase = paid->by_phase == NULL ? 0 : (int)((from + length) / paid->step_seconds % paid->n_phases);
    *ARENA_APPEND(arena, paid) = (struct paid_block){servers, from + length, phase};
    paid->servers += servers;
    if (paid->by_phase != NULL)
        paid->by_phase[phase] += servers;
    return servers * length;
}
