#include "forecast/minimise.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/check.h"

enum { MOST_STEPS = 120, MOST_RESTARTS = 8 };

#define FIRST_SIZE 0.15
#define LEAST_SIZE 1e-5   /* of a simplex: below it a parameter no longer matters */
#define LEAST_SPREAD 0.01 /* of the values of a simplex, as a share of the gain that counts */

struct vertex {
    double at[MINIMISE_MOST], value;
};

/* n + 1 points, the best one first. */
struct simplex {
    minimise_function *function;
    void *context;
    int n;
    double gain;
    struct vertex vertices[MINIMISE_MOST + 1];
};

static void evaluate(const struct simplex *s, struct vertex *v)
{
    for (int i = 0; i < s->n; i++)
        v->at[i] = v->at[i] < 0 ? 0 : v->at[i] > 1 ? 1 : v->at[i];
    double value = s->function(v->at, s->context);
    v->value = isfinite(value) ? value : DBL_MAX;
}

/* Puts a vertex in place of the worst one, behind those that are as good. */
static void take(struct simplex *s, struct vertex v)
{
    int i = s->n;
    for (; i > 0 && s->vertices[i - 1].value > v.value; i--)
        s->vertices[i] = s->vertices[i - 1];
    s->vertices[i] = v;
}

/* The best vertex, and one beside it along each axis. */
static void spread_out(struct simplex *s, double size)
{
    struct vertex best = s->vertices[0];
    for (int i = 0; i <= s->n; i++)
        s->vertices[i].value = DBL_MAX;
    take(s, best);
    for (int i = 0; i < s->n; i++) {
        struct vertex v = best;
        v.at[i] += v.at[i] + size <= 1 ? size : -size;
        evaluate(s, &v);
        take(s, v);
    }
}

/* centre + factor x (towards - centre), where the centre is that of all vertices but the worst. */
static struct vertex along(const struct simplex *s, const struct vertex *towards, double factor)
{
    struct vertex v = {0};
    for (int i = 0; i < s->n; i++) {
        double centre = 0;
        for (int j = 0; j < s->n; j++)
            centre += s->vertices[j].at[i];
        centre /= s->n;
        v.at[i] = centre + factor * (towards->at[i] - centre);
    }
    evaluate(s, &v);
    return v;
}

static void shrink(struct simplex *s)
{
    struct simplex old = *s;
    for (int j = 1; j <= s->n; j++)
        s->vertices[j].value = DBL_MAX;
    for (int j = 1; j <= s->n; j++) {
        struct vertex v = old.vertices[j];
        for (int i = 0; i < s->n; i++)
            v.at[i] = (v.at[i] + old.vertices[0].at[i]) / 2;
        evaluate(s, &v);
        take(s, v);
    }
}

static void move(struct simplex *s)
{
    const struct vertex *worst = &s->vertices[s->n];
    struct vertex reflected = along(s, worst, -1);
    if (reflected.value < s->vertices[0].value) {
        struct vertex expanded = along(s, worst, -2);
        take(s, expanded.value < reflected.value ? expanded : reflected);
        return;
    }
    if (reflected.value < s->vertices[s->n - 1].value) {
        take(s, reflected);
        return;
    }
    struct vertex better = reflected.value < worst->value ? reflected : *worst;
    struct vertex contracted = along(s, &better, 0.5);
    if (contracted.value < better.value)
        take(s, contracted);
    else
        shrink(s);
}

static double size_of(const struct simplex *s)
{
    double size = 0;
    for (int j = 1; j <= s->n; j++)
        for (int i = 0; i < s->n; i++)
            size = fmax(size, fabs(s->vertices[j].at[i] - s->vertices[0].at[i]));
    return size;
}

static bool settled(const struct simplex *s)
{
    double best = s->vertices[0].value, spread = s->vertices[s->n].value - best;
    return size_of(s) < LEAST_SIZE || spread <= LEAST_SPREAD * s->gain * fabs(best);
}

double minimise(minimise_function *function, void *context, int n, double gain, double *point)
{
    check(n >= 1 && n <= MINIMISE_MOST && gain > 0);
    struct simplex s = {.function = function, .context = context, .n = n, .gain = gain};
    memcpy(s.vertices[0].at, point, (size_t)n * sizeof *point);
    evaluate(&s, &s.vertices[0]);
    double size = FIRST_SIZE;
    for (int restart = 0; restart < MOST_RESTARTS; restart++) {
        double before = s.vertices[0].value;
        spread_out(&s, size);
        for (int i = 0; i < MOST_STEPS && !settled(&s); i++)
            move(&s);
        if (before - s.vertices[0].value <= gain * fabs(before))
            break;
        size /= 2;
    }
    memcpy(point, s.vertices[0].at, (size_t)n * sizeof *point);
    return s.vertices[0].value;
}
