/* Plans where servers in use cost different amounts. The bound counts the least of these for every server,
 * and the plan that it is of may bill more than others. */
#include "base/arena.h"
#include "plan/optimum_parts.h"

/* Layers whose servers cost the same in use, at all times, are of one rate. */
struct rates {
    struct arena *scratch;
    int *rate_of; /* [layer]; -1: it is not leased */
    int n;
    int64_t **parts; /* [rate][step] */
    int *order;      /* rates, the least over all steps first */
};

static bool same_parts(const int64_t *a, const int64_t *b, int32_t n_steps)
{
    bool same = true;
    for (int32_t t = 0; same && t < n_steps; t++)
        same = a[t] == b[t];
    return same;
}

static int128 sum_of(const int64_t *parts, int32_t n_steps)
{
    int128 sum = 0;
    for (int32_t t = 0; t < n_steps; t++)
        sum += parts[t];
    return sum;
}

static void sort_rates(struct rates *r, int32_t n_steps)
{
    for (int i = 0; i < r->n; i++) {
        int at = i;
        for (; at > 0 && sum_of(r->parts[r->order[at - 1]], n_steps) > sum_of(r->parts[i], n_steps); at--)
            r->order[at] = r->order[at - 1];
        r->order[at] = i;
    }
}

static bool find_rates(const struct optimiser *o, struct rates *r)
{
    size_t n_layers = o->strategy->n_layers;
    int32_t n_steps = o->optimum->n_steps;
    r->rate_of = ARENA_NEW(r->scratch, int, n_layers);
    r->order = ARENA_NEW(r->scratch, int, n_layers);
    r->parts = ARENA_NEW(r->scratch, int64_t *, n_layers);
    for (size_t i = 0; i < n_layers; i++) {
        r->rate_of[i] = -1;
        if (o->strategy->layers[i].rule != SIZE_OPTIMAL)
            continue;
        int64_t *parts = ARENA_NEW(r->scratch, int64_t, n_steps);
        for (int32_t t = 0; t < n_steps; t++)
            if (!running_parts(o, i, t, &parts[t]))
                return false;
        for (int k = 0; k < r->n; k++)
            if (same_parts(r->parts[k], parts, n_steps))
                r->rate_of[i] = k;
        if (r->rate_of[i] >= 0)
            continue;
        r->rate_of[i] = r->n;
        r->parts[r->n++] = parts;
    }
    sort_rates(r, n_steps);
    return true;
}

/* The cheapest leases of one rate for what is not served yet. */
static bool solve_rate(const struct optimiser *o, const struct rates *r, int rate, const int64_t *served,
                       struct optimum *found)
{
    struct optimiser part = optimiser_make(r->scratch, o->study, o->demand, o->strategy, found);
    bool *skips = ARENA_NEW(r->scratch, bool, o->strategy->n_layers);
    for (size_t i = 0; i < o->strategy->n_layers; i++)
        skips[i] = r->rate_of[i] != rate;
    part.skips = skips;
    part.served = served;
    part.leaves_out_on_demand = o->leaves_out_on_demand;
    if (!begin_network(&part, o->optimum->parts) || !finish_network(&part))
        return false;
    return choose_leases(r->scratch, found);
}

static void count_served(const struct optimum *found, int64_t *served)
{
    for (size_t i = 0; i < found->n_kinds; i++) {
        const struct lease_kind *kind = &found->kinds[i];
        int64_t now = 0;
        for (int32_t t = 0; !kind->follows && t < found->n_steps; t++) {
            now += kind->chosen[t] - (t >= kind->steps ? kind->chosen[t - kind->steps] : 0);
            served[t] += now;
        }
    }
}

void plan_by_rate(struct optimiser *o)
{
    struct arena scratch = {0};
    struct rates r = {.scratch = &scratch};
    if (!find_rates(o, &r) || r.n < 2) {
        arena_free(&scratch);
        return;
    }
    struct optimum *found = ARENA_NEW(&scratch, struct optimum, r.n), alone;
    int64_t *served = ARENA_NEW(&scratch, int64_t, o->optimum->n_steps);
    bool all = true;
    for (int i = 0; i < r.n; i++) {
        if (solve_rate(o, &r, i, NULL, &alone))
            add_found_plan(o, &alone, 1);
        all = all && solve_rate(o, &r, r.order[i], served, &found[i]);
        if (all)
            count_served(&found[i], served);
    }
    if (all)
        add_found_plan(o, found, (size_t)r.n);
    arena_free(&scratch);
}
