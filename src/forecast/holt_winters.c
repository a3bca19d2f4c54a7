#include "forecast/holt_winters.h"

#include <float.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "forecast/minimise.h"

enum { N_PARAMETERS = 3, N_BEST = 2 };

#define ROUGH 1e-3 /* gain, as a share of the squared errors: enough to see which valley is the deepest */
#define FINE 1e-6

/* ---- start values ---- */

/* The centred moving average over a season of the first two, n values that begin at step `first`: where the
 * season is even, its two ends count half. */
struct moving_average {
    double *values;
    int64_t first, n;
};

static struct moving_average moving_average(struct arena *arena, const double *values, int64_t season)
{
    int64_t half = season / 2, odd = season % 2;
    double *sums = ARENA_NEW(arena, double, 2 * season + 1);
    for (int64_t i = 0; i < 2 * season; i++)
        sums[i + 1] = sums[i] + values[i];
    struct moving_average m = {ARENA_NEW(arena, double, season + odd), half, season + odd};
    for (int64_t i = 0; i < m.n; i++) {
        double early = sums[i + season] - sums[i];
        double late = odd ? early : sums[i + 1 + season] - sums[i + 1];
        m.values[i] = (early + late) / (2 * (double)season);
    }
    return m;
}

/* The straight line with the least squares through n values at 1, 2, ... n: its value at 0, and its rise. */
static void fit_line(const struct moving_average *m, double *level, double *trend)
{
    double middle = (double)(m->n + 1) / 2, mean = 0, products = 0, squares = 0;
    for (int64_t i = 0; i < m->n; i++)
        mean += m->values[i];
    mean /= (double)m->n;
    for (int64_t i = 0; i < m->n; i++) {
        double distance = (double)(i + 1) - middle;
        products += distance * (m->values[i] - mean);
        squares += distance * distance;
    }
    *trend = products / squares;
    *level = mean - *trend * middle;
}

static double apart(double value, double average, bool multiplicative)
{
    return multiplicative ? value / average : value - average;
}

static void fill_seasons(struct holt_winters *hw, const struct moving_average *m, const double *values)
{
    double mean = 0;
    for (int64_t i = 0; i < hw->season; i++) {
        int64_t first = i < m->first ? i + hw->season : i;
        int n = 0;
        for (int64_t at = first; at < m->first + m->n; at += hw->season, n++)
            hw->seasons[i] += apart(values[at], m->values[at - m->first], hw->multiplicative);
        hw->seasons[i] /= n;
        mean += hw->seasons[i];
    }
    mean /= (double)hw->season;
    for (int64_t i = 0; i < hw->season; i++)
        hw->seasons[i] = apart(hw->seasons[i], mean, hw->multiplicative);
}

struct holt_winters holt_winters_start(struct arena *arena, const double *values, int64_t season,
                                       bool multiplicative)
{
    check(season >= 2);
    struct holt_winters hw = {.multiplicative = multiplicative, .season = season};
    struct moving_average m = moving_average(arena, values, season);
    fit_line(&m, &hw.level, &hw.trend);
    hw.seasons = ARENA_NEW(arena, double, season);
    fill_seasons(&hw, &m, values);
    return hw;
}

/* ---- smoothing ---- */

static void take_additive(struct holt_winters *hw, const double *values, int64_t n, struct smoothing p)
{
    for (int64_t i = 0; i < n; i++) {
        double season = hw->seasons[i], before = hw->level, expected = before + hw->trend;
        double error = values[i] - (expected + season);
        hw->sse += error * error;
        hw->level = p.alpha * (values[i] - season) + (1 - p.alpha) * expected;
        hw->trend = p.beta * (hw->level - before) + (1 - p.beta) * hw->trend;
        hw->seasons[i] = p.gamma * (values[i] - hw->level) + (1 - p.gamma) * season;
    }
}

static void take_multiplicative(struct holt_winters *hw, const double *values, int64_t n, struct smoothing p)
{
    for (int64_t i = 0; i < n; i++) {
        double season = hw->seasons[i], before = hw->level, expected = before + hw->trend;
        double error = values[i] - expected * season;
        hw->sse += error * error;
        hw->level = p.alpha * (values[i] / season) + (1 - p.alpha) * expected;
        hw->trend = p.beta * (hw->level - before) + (1 - p.beta) * hw->trend;
        hw->seasons[i] = p.gamma * (values[i] / hw->level) + (1 - p.gamma) * season;
    }
}

struct holt_winters holt_winters_run(const struct holt_winters *start, const double *values, int64_t n,
                                     struct smoothing smoothing, double *seasons)
{
    struct holt_winters hw = *start;
    hw.seasons = seasons;
    memcpy(seasons, start->seasons, (size_t)hw.season * sizeof *seasons);
    for (int64_t at = hw.season; at < n; at += hw.season) {
        int64_t left = n - at < hw.season ? n - at : hw.season;
        if (hw.multiplicative)
            take_multiplicative(&hw, values + at, left, smoothing);
        else
            take_additive(&hw, values + at, left, smoothing);
    }
    return hw;
}

double holt_winters_expect(const struct holt_winters *state, int64_t n, int64_t ahead)
{
    double level = state->level + (double)ahead * state->trend;
    double season = state->seasons[(n + ahead - 1) % state->season];
    return state->multiplicative ? level * season : level + season;
}

/* ---- fitting ---- */

struct fitting {
    const struct holt_winters *start;
    const double *values;
    int64_t n;
    double *seasons;
};

static struct smoothing smoothing_of(const double *point)
{
    return (struct smoothing){point[0], point[1], point[2]};
}

static double squared_errors(const double *point, void *context)
{
    struct fitting *f = context;
    return holt_winters_run(f->start, f->values, f->n, smoothing_of(point), f->seasons).sse;
}

struct candidate {
    double point[N_PARAMETERS], sse;
};

/* Valleys differ in depth. A coarse look finds the promising ones; the last candidate is where R begins. */
static void look_around(struct fitting *f, struct candidate best[N_BEST + 1])
{
    static const double alphas[] = {0.05, 0.3, 0.7}, betas[] = {0, 0.02, 0.2}, gammas[] = {0.05, 0.3, 0.7};
    for (int i = 0; i < N_BEST; i++)
        best[i] = (struct candidate){{0.3, 0.1, 0.1}, DBL_MAX};
    for (int i = 0; i < 27; i++) {
        struct candidate c = {{alphas[i / 9], betas[i / 3 % 3], gammas[i % 3]}, 0};
        c.sse = squared_errors(c.point, f);
        int at = N_BEST;
        for (; at > 0 && c.sse < best[at - 1].sse; at--)
            best[at] = best[at - 1];
        best[at] = c;
    }
    best[N_BEST] = (struct candidate){{0.3, 0.1, 0.1}, DBL_MAX};
}

struct smoothing holt_winters_fit(struct arena *arena, const struct holt_winters *start, const double *values,
                                  int64_t n)
{
    struct fitting f = {start, values, n, ARENA_NEW(arena, double, start->season)};
    struct candidate candidates[N_BEST + 1];
    look_around(&f, candidates);
    int best = 0;
    for (int i = 0; i <= N_BEST; i++) {
        candidates[i].sse = minimise(squared_errors, &f, N_PARAMETERS, ROUGH, candidates[i].point);
        if (candidates[i].sse < candidates[best].sse)
            best = i;
    }
    minimise(squared_errors, &f, N_PARAMETERS, FINE, candidates[best].point);
    return smoothing_of(candidates[best].point);
}
