#include "supply/availability.h"

#include "base/arena.h"
#include "base/random.h"

#define RARELY 0.001 /* longer waits than the longest */

bool may_lack_capacity(const struct offer *offer)
{
    return offer->retry_seconds > 0;
}

struct capacity_draw capacity_draw(struct arena *arena, const struct study *study, const struct offer *offer,
                                   uint64_t trial)
{
    struct str name = str_format(arena, "capacity of %.*s", STR_ARGS(offer->id));
    return (struct capacity_draw){offer, random_stream((uint64_t)study->seed, trial, name)};
}

static int64_t slot_of(const struct offer *offer, int64_t seconds)
{
    int64_t rest = seconds % offer->retry_seconds;
    return (seconds - rest) / offer->retry_seconds - (rest < 0);
}

static bool is_there_in(const struct capacity_draw *draw, int64_t slot)
{
    return random_in_stream(draw->stream, (uint64_t)slot) < decimal_as_double(draw->offer->available);
}

bool capacity_is_there(const struct capacity_draw *draw, int64_t seconds)
{
    return !may_lack_capacity(draw->offer) || is_there_in(draw, slot_of(draw->offer, seconds));
}

/* The first attempt is made at once, the next ones as slots begin. */
static int64_t wait_of_retries(const struct offer *offer, int64_t seconds, int64_t retries)
{
    return retries == 0 ? 0 : (slot_of(offer, seconds) + retries) * offer->retry_seconds - seconds;
}

int64_t capacity_wait(const struct capacity_draw *draw, int64_t seconds)
{
    int64_t retries = 0;
    if (!may_lack_capacity(draw->offer))
        return 0;
    while (!is_there_in(draw, slot_of(draw->offer, seconds) + retries))
        retries++;
    return wait_of_retries(draw->offer, seconds, retries);
}

int64_t capacity_longest_wait(const struct offer *offer, int64_t seconds)
{
    double none = 1 - decimal_as_double(offer->available);
    int64_t retries = 0;
    if (!may_lack_capacity(offer))
        return 0;
    for (double longer = none; longer > RARELY; longer *= none)
        retries++;
    return wait_of_retries(offer, seconds, retries);
}
