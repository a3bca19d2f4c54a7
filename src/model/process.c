#include "model/process.h"

bool stages_are_one_job(const struct stage *a, const struct stage *b)
{
    bool same_pieces = a->each == b->each && (a->each != EACH_BATCH || a->batch == b->batch);
    return a->crew.length > 0 && str_equal(a->crew, b->crew) && same_pieces;
}

bool stage_is_fixed(const struct stage *stage)
{
    return stage->low_seconds == stage->high_seconds;
}

bool process_keeps_hours(const struct process *process)
{
    for (size_t i = 0; i < process->n_items; i++)
        if (process->items[i].calendar != NULL)
            return true;
    return false;
}

bool process_draws_pieces(const struct process *process)
{
    for (size_t i = 0; i < process->n_items; i++)
        if (process->items[i].draw == DRAW_PIECE && !stage_is_fixed(&process->items[i]))
            return true;
    return false;
}
