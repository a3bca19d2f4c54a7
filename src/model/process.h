#ifndef MODEL_PROCESS_H
#define MODEL_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diagnostic.h"
#include "unit/working_time.h"

enum stage_each { EACH_ORDER, EACH_SERVER, EACH_BATCH };

/* How a duration spreads between low, mode and high, and whether one draw holds for a whole order. */
enum stage_shape { SHAPE_TRIANGULAR, SHAPE_LOGNORMAL };
enum stage_draw { DRAW_ORDER, DRAW_PIECE };

/* Two halves of a lognormal: the natural logarithm has its median at mode_seconds and one standard deviation
 * below it, another above it, so that p10, p50 and p90 are all met. Where p50 is the geometric mean of the
 * other two this is a lognormal. */
struct spread {
    double below, above;
};

/* One stage of a procurement process. Durations are of one piece of work, in working time. */
struct stage {
    struct str name, crew, source;
    enum stage_each each;
    int64_t batch; /* EACH_BATCH: servers in one piece of work */
    enum stage_shape shape;
    enum stage_draw draw;
    int64_t low_seconds, mode_seconds, high_seconds; /* SHAPE_LOGNORMAL: p10, p50, p90 */
    struct spread spread;                            /* SHAPE_LOGNORMAL */
    int64_t workers;                                 /* pieces at once; 0: no limit */
    const struct calendar *calendar;                 /* when it is worked at; NULL: 24x7 */
    struct place place;
};

struct process {
    struct str name;
    struct stage *items;
    size_t n_items, capacity;
};

/* Neighbouring stages that one worker does on one piece without a break. */
bool stages_are_one_job(const struct stage *a, const struct stage *b);
bool stage_is_fixed(const struct stage *stage);
/* Some stage keeps other hours than 24x7: how long an order takes depends on when it is placed. */
bool process_keeps_hours(const struct process *process);
/* Some stage draws each piece of work. */
bool process_draws_pieces(const struct process *process);

#endif
