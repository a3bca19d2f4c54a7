/* What every step wants, what serving it costs, and how much of it there is. */
#include "base/arena.h"
#include "plan/optimum_parts.h"

enum { MICRO = 1000000 };

static const int64_t PARTS_MOST = INT64_MAX / 4;

const struct offer *offer_of_layer(const struct optimiser *o, size_t layer)
{
    return &o->study->offers[o->strategy->layers[layer].offer];
}

static bool is_leased(const struct optimiser *o, size_t layer)
{
    return o->strategy->layers[layer].rule == SIZE_OPTIMAL && (o->skips == NULL || !o->skips[layer]);
}

/* ---- what every step wants and what serving it costs ---- */

/* Servers of an offer that exist throughout a step. */
static int64_t existing_servers(const struct optimiser *o, int offer, int64_t until)
{
    int64_t servers = 0;
    for (size_t i = 0; i < o->study->n_existing; i++)
        if (o->study->existing[i].offer == offer && o->study->existing[i].until_seconds >= until)
            servers += o->study->existing[i].servers;
    return servers;
}

/* Servers without which load is lost. */
static int64_t loaded_servers(const struct demand *d, int32_t t)
{
    int128 carries = (int128)MICRO * d->carry_numerator;
    return (int64_t)(((int128)d->load[t] * d->carry_denominator + carries - 1) / carries);
}

/* Servers that a step wants: the need as far as on-demand servers follow it, whatever a little of it costs,
 * and at least those without which load is lost. */
static int64_t wanted_servers(const struct optimiser *o, int32_t t)
{
    int64_t need = o->demand->servers[t], loaded = loaded_servers(o->demand, t);
    int64_t follows = o->follows_to[t] < need ? o->follows_to[t] : need;
    return follows > loaded ? follows : loaded;
}

bool wants_less_without_on_demand(const struct optimiser *o)
{
    bool less = false;
    for (int32_t t = 0; !less && t < o->optimum->n_steps; t++)
        less = loaded_servers(o->demand, t) < wanted_servers(o, t);
    return less;
}

int128 load_lost(const struct optimiser *o, const int64_t *missing)
{
    const struct demand *d = o->demand;
    int128 lost = 0;
    for (int32_t t = 0; t < o->optimum->n_steps; t++) {
        int128 carried = (int128)(wanted_servers(o, t) - missing[t]) * MICRO * d->carry_numerator;
        carried /= d->carry_denominator;
        lost += missing[t] > 0 && d->load[t] > carried ? d->load[t] - carried : 0;
    }
    return lost;
}

int64_t existing_until(const struct optimiser *o, int64_t until)
{
    int64_t there = 0;
    for (size_t i = 0; o->study->n_existing > 0 && i < o->strategy->n_layers; i++)
        there +=
            offer_capacity(offer_of_layer(o, i), existing_servers(o, o->strategy->layers[i].offer, until));
    return there;
}

int64_t existing_capacity(const struct optimiser *o, int32_t t)
{
    return existing_until(o, step_seconds_at(o, t + 1));
}

void set_need(struct optimiser *o)
{
    struct optimum *optimum = o->optimum;
    for (int32_t t = 0; t < optimum->n_steps; t++) {
        int64_t there = existing_capacity(o, t) + (o->served == NULL ? 0 : o->served[t]);
        int64_t need = wanted_servers(o, t);
        optimum->need[t] = need > there ? need - there : 0;
    }
}

bool running_parts(const struct optimiser *o, size_t layer, int32_t step, int64_t *parts)
{
    bool fits =
        lease_meter_running(o->meters[layer], step_seconds_at(o, step), step_seconds_at(o, step + 1), parts);
    *parts = of_one_reference(offer_of_layer(o, layer), *parts);
    return fits;
}

/* The least that any server in use costs. */
static bool set_usage(struct optimiser *o)
{
    struct optimum *optimum = o->optimum;
    bool fits = true;
    for (int32_t t = 0; fits && t < optimum->n_steps; t++) {
        int64_t least = optimum->short_price[t], rate = 0;
        if (optimum->short_first[t] < least)
            least = optimum->short_first[t];
        if (optimum->on_demand_price[t] < least)
            least = optimum->on_demand_price[t];
        for (size_t i = 0; fits && i < o->strategy->n_layers; i++) {
            if (!is_leased(o, i))
                continue;
            fits = running_parts(o, i, t, &rate);
            least = rate < least ? rate : least;
        }
        for (size_t i = 0; i < optimum->n_kinds; i++)
            if (optimum->kinds[i].follows && optimum->kinds[i].cost[t] < least)
                least = optimum->kinds[i].cost[t];
        optimum->usage_price[t] = optimum->n_kinds == 0 ? 0 : least;
        optimum->usage += (int128)optimum->need[t] * optimum->usage_price[t];
    }
    return fits;
}

/* What metered prices give for nothing costs nothing, whatever the plan. */
static bool take_free_off(struct optimiser *o)
{
    bool fits = true;
    for (size_t i = 0; fits && i < o->strategy->n_layers; i++) {
        int64_t free = 0;
        fits = is_left_out(o, i) || lease_meter_free(o->meters[i], &free);
        o->optimum->usage -= free;
    }
    return fits;
}

static void take_usage_off(struct optimum *optimum)
{
    for (size_t i = 0; i < optimum->n_kinds; i++)
        for (int32_t t = 0; optimum->kinds[i].follows && t < optimum->n_steps; t++)
            if (optimum->kinds[i].cost[t] != OPTIMUM_NONE)
                optimum->kinds[i].cost[t] -= optimum->usage_price[t];
    for (int32_t t = 0; t < optimum->n_steps; t++) {
        if (optimum->on_demand_price[t] != OPTIMUM_NONE)
            optimum->on_demand_price[t] -= optimum->usage_price[t];
        if (!optimum->short_is_penalty)
            optimum->short_price[t] -= optimum->usage_price[t];
        if (optimum->short_first[t] != OPTIMUM_NONE)
            optimum->short_first[t] -= optimum->usage_price[t];
    }
}

/* A limit on all that runs may have to be served by other leases throughout the study for a server more. */
static bool may_limit_running(const struct optimiser *o)
{
    bool limited = o->strategy->most_servers > 0;
    for (size_t i = 0; i < o->strategy->n_layers; i++)
        limited |= offer_of_layer(o, i)->kind == OFFER_ON_DEMAND && has_quota(offer_of_layer(o, i));
    return limited;
}

/* More than any lease costs, and with limits on all that runs as much more as exact work allows: only what
 * nothing can serve is missing. */
static int64_t penalty(const struct optimiser *o)
{
    const struct optimum *optimum = o->optimum;
    int64_t most = 0, largest = NETWORK_LARGEST_COST / (optimum->n_steps + 2);
    for (size_t i = 0; i < optimum->n_kinds; i++)
        for (int32_t s = 0; s < optimum->n_steps; s++)
            if (optimum->kinds[i].cost[s] != OPTIMUM_NONE && optimum->kinds[i].cost[s] > most)
                most = optimum->kinds[i].cost[s];
    for (int32_t t = 0; t < optimum->n_steps; t++)
        if (optimum->on_demand_price[t] != OPTIMUM_NONE && optimum->on_demand_price[t] > most)
            most = optimum->on_demand_price[t];
    int128 chained = ((int128)most + 1) * optimum->n_steps;
    if (may_limit_running(o) && most < largest)
        return chained < largest ? (int64_t)chained : largest;
    return most < OPTIMUM_NONE - 1 ? most + 1 : most;
}

/* What a server missing loses: as much as it carries, the first one only what its load is. */
static void set_missing(const struct optimiser *o, int32_t t, int64_t unmet)
{
    const struct demand *d = o->demand;
    struct optimum *optimum = o->optimum;
    int128 each = (int128)unmet * d->carry_numerator / d->carry_denominator;
    int128 others = (int128)(wanted_servers(o, t) - 1) * MICRO * d->carry_numerator;
    int128 carried =
        (others + d->carry_denominator - 1) / d->carry_denominator; /* loses no more than is lost */
    optimum->short_price[t] = each > PARTS_MOST ? PARTS_MOST : (int64_t)each;
    int128 first = (int128)unmet * (d->load[t] - carried) / MICRO;
    if (o->follows_to[t] < wanted_servers(o, t) && optimum->need[t] > 0 && first < optimum->short_price[t])
        optimum->short_first[t] = (int64_t)first;
}

static bool set_shortage(struct optimiser *o)
{
    struct optimum *optimum = o->optimum;
    optimum->short_is_penalty = !o->study->workload.has_unmet_cost;
    int64_t most = optimum->short_is_penalty ? penalty(o) : 0;
    for (int32_t t = 0; t < optimum->n_steps; t++) {
        int64_t unmet;
        optimum->short_price[t] = most;
        if (optimum->short_is_penalty)
            continue;
        if (!lease_meter_unmet(o->meters[0], step_seconds_at(o, t), step_seconds_at(o, t + 1), &unmet))
            return false;
        set_missing(o, t, unmet);
    }
    return true;
}

/* ---- all of it ---- */

static void make_empty(struct optimiser *o, int64_t parts)
{
    int32_t n = o->demand->n_steps;
    *o->optimum = (struct optimum){
        .parts = parts, .n_steps = n, .on_demand = -1, .leaves_out_on_demand = o->leaves_out_on_demand};
    int64_t **arrays[] = {
        &o->optimum->need,          &o->optimum->on_demand_price, &o->optimum->on_demand_limit,
        &o->optimum->short_price,   &o->optimum->short_first,     &o->optimum->usage_price,
        &o->optimum->on_demand_used};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++)
        *arrays[i] = ARENA_NEW(o->arena, int64_t, n);
    for (int32_t t = 0; t < n; t++)
        o->optimum->on_demand_price[t] = o->optimum->on_demand_limit[t] = o->optimum->short_first[t] =
            OPTIMUM_NONE;
}

bool begin_network(struct optimiser *o, int64_t parts)
{
    make_empty(o, parts);
    o->kinds_capacity = o->others_capacity = 0;
    for (size_t i = 0; i < o->strategy->n_layers; i++)
        o->meters[i] = lease_meter_make(o->arena, o->study, &o->timeline, offer_of_layer(o, i), parts);
    for (size_t i = 0; i < o->strategy->n_layers; i++)
        if (is_leased(o, i) && !add_lease_kinds(o, i))
            return false;
    if (!set_on_demand(o))
        return false;
    set_need(o);
    return set_shortage(o);
}

bool finish_network(struct optimiser *o)
{
    if (!set_usage(o) || !take_free_off(o))
        return false;
    take_usage_off(o->optimum);
    limit_all_running(o);
    return true;
}
