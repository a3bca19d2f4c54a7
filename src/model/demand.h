#ifndef MODEL_DEMAND_H
#define MODEL_DEMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diagnostic.h"
#include "model/futures.h"
#include "unit/decimal.h"

/* Need and load of every step of the horizon. Dense, because real demand changes in nearly every
 * step. */
struct demand {
    int64_t start_seconds, step_seconds;
    int32_t n_steps;
    int32_t *servers; /* need: reference servers wanted at target utilisation */
    int64_t *prefix;  /* prefix[t]: sum of the need of the steps before t; n_steps + 1 values */
    int64_t *load;    /* the same before rounding up, in millionths of a server at target */
    int32_t peak;     /* the largest need, first reached in peak_step */
    int32_t peak_step;
    /* servers in service x carry_numerator / carry_denominator is what they carry at max_utilisation,
     * in servers at target (max_utilisation / target_utilisation) */
    int64_t carry_numerator, carry_denominator;
};

enum measures { MEASURES_COUNT, MEASURES_RATE, MEASURES_SERVERS, N_MEASURES };
enum gaps { GAPS_ERROR, GAPS_HOLD, GAPS_ZERO, GAPS_LINEAR, N_GAPS };
enum align { ALIGN_WEEKDAY, ALIGN_DATE, ALIGN_ELAPSED, N_ALIGN };
enum repeat { REPEAT_NONE, REPEAT_YEARLY, REPEAT_WEEKLY, N_REPEAT };

struct burst {
    struct str name;
    int64_t at_seconds, ramp_seconds, hold_seconds, decay_seconds;
    int64_t servers;
    bool every_year;
    struct place place;
};

/* What was read of a trace: values at equal steps, gaps already filled as the study says. */
struct trace {
    int64_t first_seconds, step_seconds;
    int64_t n_values;
    int64_t *values_micro; /* millionths of the measured unit */
    int64_t n_filled;      /* values that were missing */
};

struct workload {
    struct str name, trace_path, column, time_column;
    enum measures measures;
    enum gaps gaps;
    enum align align;
    enum repeat repeat;
    bool within_step_mean;
    struct decimal per_server; /* load one server carries, per per_server_seconds */
    int64_t per_server_seconds;
    struct decimal server_vcpu; /* 0: not said */
    struct decimal target_utilisation, max_utilisation, growth_yearly;
    struct burst *bursts;
    size_t n_bursts;
    bool has_unmet_cost;
    struct decimal unmet_cost; /* per server-hour of unmet load */
    struct futures futures;
    struct place place;
    struct trace trace;
};

/* The load of a trace as it was recorded, in steps of the study or, where they are longer, its own: before
 * it is aligned, repeated, grown and added to. */
struct history {
    int64_t first_seconds, step_seconds;
    int64_t n_values;
    double *values; /* reference servers at target utilisation, not rounded up */
};

struct study;
struct arena;

/* The load before the study, as the buyer has seen it, in steps of the study up to its start. */
struct past {
    int64_t first_seconds; /* of the first step: the start of the study where there is none */
    int32_t n_steps;
    int64_t *load; /* [n_steps] as in struct demand */
};

/* The demand of a study: its trace aligned, repeated, grown, put into steps; bursts added on top.
 * need = ceil(load / (per_server x target)) in exact integers. Returns false and says why where the
 * trace does not cover the study or a number does not fit. */
bool demand_make(struct arena *arena, const struct study *study, struct demand *demand,
                 struct diagnostics *diagnostics);

/* The demand of one of the study's futures (1, 2, ...); need = ceil(load) in exact integers as well. False
 * where the trace does not cover the study or a number does not fit. */
bool demand_in_future(struct arena *arena, const struct study *study, int64_t future, struct demand *demand);

/* What a trace tells of the time before the study: its rows before `start` where it does not repeat; where
 * it does, the trace is taken to have repeated before as well, from one block of it before `decide_from` on.
 * Without growth, which begins with the study; with bursts that lie there. Returns false and says why where
 * the trace does not cover the study or a number does not fit. */
bool demand_past(struct arena *arena, const struct study *study, struct past *past,
                 struct diagnostics *diagnostics);
/* When that begins; the study's start where the trace tells nothing. Needs no step. */
int64_t demand_past_from(const struct study *study);

/* The amounts of every series of the study in each step, in millionths: aligned, repeated and grown like
 * the workload; a rate is taken times the step. */
bool series_make(struct arena *arena, const struct study *study, int64_t ***amounts,
                 struct diagnostics *diagnostics);

/* The load itself in each step, in millionths of what it counts (requests, server-hours at target): all
 * rows of a step, whatever `within_step` is, and what bursts add. */
bool load_amounts_make(struct arena *arena, const struct study *study, const struct demand *demand,
                       int64_t **amounts, struct diagnostics *diagnostics);

/* The history in the workload's trace; finer rows become a step as `within_step` says, and a step that is
 * not covered whole is left out. Returns false and says why where a number does not fit. */
bool demand_history(struct arena *arena, const struct study *study, struct history *history,
                    struct diagnostics *diagnostics);

#endif
