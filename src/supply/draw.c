#include "supply/draw.h"

#include <math.h>

#include "base/arena.h"
#include "base/normal.h"
#include "base/random.h"
#include "unit/calendar.h"

/* Draws of pieces come after those of orders in a stream, each stage with room of its own. */
enum { PIECE_BITS = 40 };

#define LEAST_U 0x1p-54 /* draws have 53 bits: what stands for 0, whose logarithm has none */

struct durations durations_of(struct arena *arena, const struct process *process, enum duration_case which)
{
    struct durations durations = {.seconds = ARENA_NEW(arena, int64_t, process->n_items + 1)};
    for (size_t i = 0; i < process->n_items; i++) {
        const struct stage *stage = &process->items[i];
        durations.seconds[i] = which == DURATION_LOW    ? stage->low_seconds
                               : which == DURATION_MODE ? stage->mode_seconds
                                                        : stage->high_seconds;
    }
    return durations;
}

/* Inverse of the triangular distribution function. */
static double triangular(const struct stage *stage, double u)
{
    double low = (double)stage->low_seconds, mode = (double)stage->mode_seconds,
           high = (double)stage->high_seconds;
    double at_mode = (mode - low) / (high - low);
    return u < at_mode ? low + sqrt(u * (high - low) * (mode - low))
                       : high - sqrt((1 - u) * (high - low) * (high - mode));
}

static double lognormal(const struct stage *stage, double u)
{
    double z = normal_quantile(u < LEAST_U ? LEAST_U : u);
    double most = (double)MOST_DRAWN_DAYS * DAY_SECONDS;
    double seconds =
        (double)stage->mode_seconds * exponential(z * (z < 0 ? stage->spread.below : stage->spread.above));
    return seconds < most ? seconds : most;
}

int64_t draw_quantile(const struct stage *stage, double u)
{
    if (stage->high_seconds <= stage->low_seconds)
        return stage->low_seconds;
    return (int64_t)((stage->shape == SHAPE_LOGNORMAL ? lognormal(stage, u) : triangular(stage, u)) + 0.5);
}

struct durations durations_draw(struct arena *arena, const struct process *process, uint64_t seed,
                                uint64_t trial)
{
    struct durations durations = {.seconds = ARENA_NEW(arena, int64_t, process->n_items + 1),
                                  .draws_pieces = process_draws_pieces(process),
                                  .stream = random_stream(seed, trial, process->name)};
    for (size_t i = 0; i < process->n_items; i++)
        durations.seconds[i] = draw_quantile(&process->items[i], random_in_stream(durations.stream, i));
    return durations;
}

bool durations_by_piece(const struct durations *durations, const struct process *process, size_t stage)
{
    const struct stage *s = &process->items[stage];
    return durations->draws_pieces && s->draw == DRAW_PIECE && !stage_is_fixed(s);
}

int64_t draw_piece(const struct durations *durations, const struct process *process, size_t stage, int64_t k)
{
    uint64_t index = ((uint64_t)(stage + 1) << PIECE_BITS) + (uint64_t)k;
    int64_t seconds = draw_quantile(&process->items[stage], random_in_stream(durations->stream, index));
    return seconds > 0 ? seconds : 1;
}
