/* What the cheapest plan does, in words a buyer can check. */
#include "base/arena.h"
#include "plan/optimum_parts.h"

static void add_leases(const struct optimum *optimum, const struct lease_kind *kind,
                       struct optimum_offer *offer, int64_t *running, int128 *parts)
{
    for (int32_t s = 0; s < optimum->n_steps; s++) {
        if (kind->chosen[s] == 0)
            continue;
        int32_t left = optimum->n_steps - s, steps = kind->steps < left ? kind->steps : left;
        if (offer->first_step < 0 || s < offer->first_step)
            offer->first_step = s;
        offer->leases += kind->chosen[s];
        offer->server_steps += (int128)kind->chosen[s] * steps;
        *parts += (int128)kind->chosen[s] * kind->cost[s];
        running[s] += kind->chosen[s];
        running[s + steps] -= kind->chosen[s];
    }
}

static void count_leases(const struct optimiser *o, struct optimum_offer *offer)
{
    struct arena scratch = {0};
    const struct optimum *optimum = o->optimum;
    int128 parts = 0;
    int64_t *running = ARENA_NEW(&scratch, int64_t, optimum->n_steps + 1), now = 0;
    for (size_t i = 0; i < optimum->n_kinds; i++)
        if (optimum->kinds[i].offer == offer->offer)
            add_leases(optimum, &optimum->kinds[i], offer, running, &parts);
    for (int32_t t = 0; t < optimum->n_steps; t++) {
        now += running[t];
        offer->most = now > offer->most ? now : offer->most;
    }
    offer->cost = (money)round_half_even(parts, optimum->parts);
    arena_free(&scratch);
}

static void count_on_demand(const struct optimum *optimum, struct optimum_offer *offer)
{
    int128 parts = 0;
    for (int32_t t = 0; t < optimum->n_steps; t++) {
        int64_t used = optimum->on_demand_used[t];
        if (used == 0)
            continue;
        if (offer->first_step < 0)
            offer->first_step = t;
        offer->most = used > offer->most ? used : offer->most;
        offer->server_steps += used;
        parts += (int128)used * optimum->on_demand_price[t];
    }
    offer->cost = (money)round_half_even(parts, optimum->parts);
}

/* What a lease from its first possible start on costs, as a share of its steps on demand. */
static void set_break_even(const struct optimum *optimum, struct optimum_offer *offer)
{
    for (size_t i = 0; i < optimum->n_kinds; i++) {
        const struct lease_kind *kind = &optimum->kinds[i];
        int32_t s = 0;
        int128 on_demand = 0;
        if (kind->offer != offer->offer || kind->n_terms > 1 || kind->kept_months > 0)
            continue;
        while (s < optimum->n_steps && kind->cost[s] == OPTIMUM_NONE)
            s++;
        int32_t end = kind->steps < optimum->n_steps - s ? s + kind->steps : optimum->n_steps;
        bool has = s < end;
        for (int32_t t = s; has && t < end; t++) {
            has = optimum->on_demand_price[t] != OPTIMUM_NONE;
            on_demand += has ? optimum->on_demand_price[t] : 0;
        }
        if (!has || on_demand == 0)
            continue;
        offer->has_break_even = true;
        offer->break_even = (double)kind->cost[s] / (double)on_demand;
        return;
    }
}

/* What a plan with all offers but one costs. */
struct without {
    bool found;
    int128 lost;
    money cost;
};

/* The cheapest plan again, with all offers but one. */
static void solve_without(const struct optimiser *o, int offer, struct without *least)
{
    const struct optimum *optimum = o->optimum;
    struct arena scratch = {0};
    struct lease_kind *kinds = ARENA_NEW(&scratch, struct lease_kind, optimum->n_kinds);
    int64_t *missing = ARENA_NEW(&scratch, int64_t, optimum->n_steps);
    struct network_solution solution;
    size_t n_kinds = 0;
    for (size_t i = 0; i < optimum->n_kinds; i++)
        if (optimum->kinds[i].offer != offer)
            kinds[n_kinds++] = optimum->kinds[i];
    struct network_problem problem =
        network_of(&scratch, optimum, kinds, n_kinds, offer != optimum->on_demand);
    if (network_solve(&scratch, &problem, &solution)) {
        int128 parts = network_cost_of(optimum, &solution, missing);
        struct without found = {true, load_lost(o, missing), in_millionths(optimum, parts, missing)};
        bool less = optimum->short_is_penalty && found.lost != least->lost ? found.lost < least->lost
                                                                           : found.cost < least->cost;
        if (!least->found || less)
            *least = found;
    }
    arena_free(&scratch);
}

/* Is this the only offer because of which more is wanted than without? */
static bool follows_alone(const struct optimiser *o, int offer)
{
    bool follows = false, others = false;
    for (size_t i = 0; i < o->strategy->n_layers; i++) {
        bool may = optimum_leaves_out(o->study, o->strategy, i);
        follows |= may && o->strategy->layers[i].offer == offer;
        others |= may && o->strategy->layers[i].offer != offer;
    }
    return follows && !others;
}

/* By whichever costs less: with on-demand servers that follow the need, or without. */
static void set_cost_without(const struct optimiser *o, const struct optimiser *other,
                             struct optimum_offer *offer)
{
    struct without least = {0};
    bool alone = follows_alone(o, offer->offer);
    for (int i = 0; i < (other == NULL ? 1 : 2); i++) {
        const struct optimiser *way = i == 0 ? o : other;
        if (other == NULL || way->leaves_out_on_demand || !alone)
            solve_without(way, offer->offer, &least);
    }
    offer->is_dispensable =
        least.found && (!o->optimum->short_is_penalty || least.lost == load_lost(o, o->optimum->missing));
    offer->network_cost_without = least.cost;
}

static void count_steps(struct optimum *optimum)
{
    for (int32_t t = 0; t < optimum->n_steps; t++) {
        int64_t price = optimum->hour_price[t], on_demand = optimum->on_demand_price[t];
        if (price <= 0)
            optimum->steps.nothing++;
        else if (on_demand == OPTIMUM_NONE || price > on_demand)
            optimum->steps.more++;
        else if (price == on_demand)
            optimum->steps.on_demand++;
        else
            optimum->steps.less_than_on_demand++;
    }
}

void explain(struct optimiser *o, const struct optimiser *other)
{
    struct optimum *optimum = o->optimum;
    optimum->offers = ARENA_NEW(o->arena, struct optimum_offer, o->strategy->n_layers);
    for (size_t i = 0; i < o->strategy->n_layers; i++) {
        const struct layer *layer = &o->strategy->layers[i];
        if (layer->rule != SIZE_OPTIMAL && layer->rule != SIZE_FOLLOW)
            continue;
        struct optimum_offer *offer = &optimum->offers[optimum->n_offers++];
        *offer = (struct optimum_offer){.offer = layer->offer, .first_step = -1};
        if (layer->offer == optimum->on_demand)
            count_on_demand(optimum, offer);
        else
            count_leases(o, offer);
        if (layer->rule == SIZE_FOLLOW)
            offer->leases = 0;
        if (layer->rule == SIZE_OPTIMAL)
            set_break_even(optimum, offer);
        offer->is_dispensable = true;
        offer->network_cost_without = optimum->network_cost;
        if (offer->first_step >= 0)
            set_cost_without(o, other, offer);
    }
    count_steps(optimum);
}
