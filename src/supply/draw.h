#ifndef SUPPLY_DRAW_H
#define SUPPLY_DRAW_H

#include <stdint.h>

#include "model/process.h"

struct arena;

/* The longest duration that is ever drawn: ten times the longest that can be written. */
enum { MOST_DRAWN_DAYS = 36600 };

/* The durations of one run of a process, in working time. */
struct durations {
    int64_t *seconds;  /* [stage]; not looked at where pieces are drawn */
    bool draws_pieces; /* stages with DRAW_PIECE draw every piece from the stream */
    uint64_t stream;
};

/* All low, all mode (the base case), all high. */
enum duration_case { DURATION_LOW, DURATION_MODE, DURATION_HIGH };
struct durations durations_of(struct arena *arena, const struct process *process, enum duration_case which);

/* One run drawn: one draw per stage and order, where the stage does not draw its pieces. */
struct durations durations_draw(struct arena *arena, const struct process *process, uint64_t seed,
                                uint64_t trial);

/* Whether a stage of this run draws every piece of work anew. */
bool durations_by_piece(const struct durations *durations, const struct process *process, size_t stage);
/* The duration of piece k of such a stage, pieces counted from 0 as they are begun; 1 second at least. */
int64_t draw_piece(const struct durations *durations, const struct process *process, size_t stage, int64_t k);

/* The duration below which a stage stays with probability u, 0 <= u < 1. */
int64_t draw_quantile(const struct stage *stage, double u);

#endif
