#include "model/futures.h"

#include <math.h>

#include "base/arena.h"
#include "base/normal.h"
#include "base/random.h"
#include "model/study.h"
#include "unit/calendar.h"

enum { MICRO = 1000000, DAYS_OF_YEAR = 365 };

#define LEAST_U 0x1p-54 /* draws have 53 bits: what stands for 0, whose quantile is infinite */
#define MOST_LOG 6.9077 /* the logarithm of a thousand, nearly */

const char *const plan_for_names[] = {"known", "expectation", "mean", "median", NULL};

bool futures_check(const struct study *study, struct diagnostics *diagnostics)
{
    const struct futures *futures = &study->workload.futures;
    int64_t n_steps = (study->end_seconds - study->start_seconds) / study->step_seconds;
    return futures->count * n_steps <= FUTURES_MOST_STEPS ||
           diagnose_error(diagnostics, futures->place, "ask for fewer futures, or for longer steps",
                          "workloads[0].futures: %lld of %lld steps each are more than %d steps",
                          (long long)futures->count, (long long)n_steps, FUTURES_MOST_STEPS);
}

static double draw_normal(uint64_t stream, int64_t day)
{
    double u = random_in_stream(stream, (uint64_t)day);
    return normal_quantile(u < LEAST_U ? LEAST_U : u);
}

static int64_t multiplier(double log)
{
    log = log > MOST_LOG ? MOST_LOG : log < -MOST_LOG ? -MOST_LOG : log;
    return (int64_t)(exponential(log) * MICRO + 0.5);
}

int64_t *future_multipliers(struct arena *arena, const struct study *study, int64_t future)
{
    const struct futures *futures = &study->workload.futures;
    int64_t n_days = (study->end_seconds - study->start_seconds + DAY_SECONDS - 1) / DAY_SECONDS;
    int64_t *multipliers = ARENA_NEW(arena, int64_t, n_days);
    uint64_t seed = (uint64_t)study->seed, trial = (uint64_t)future;
    uint64_t levels = random_stream(seed, trial, STR("futures: level"));
    uint64_t noises = random_stream(seed, trial, STR("futures: day"));
    double daily = decimal_as_double(futures->daily), level = 0;
    double by_day = decimal_as_double(futures->trend) / sqrt(DAYS_OF_YEAR);
    for (int64_t day = 0; day < n_days; day++) {
        if (day > 0)
            level += by_day * draw_normal(levels, day);
        multipliers[day] = multiplier(level + daily * draw_normal(noises, day));
    }
    return multipliers;
}
