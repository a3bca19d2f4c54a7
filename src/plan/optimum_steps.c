/* What every step wants, what serving it costs, and how much of it there is. */
#include "base/arena.h"
#include "plan/optimum_parts.h"
#include "supply/delivery.h"

enum { MICRO = 1000000 };

static const int64_t PARTS_MOST = INT64_MAX / 4;

static const struct offer *offer_of(const struct optimiser *o, size_t layer)
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

/* On-demand servers serve the whole need where no quota keeps them back, whatever a little of it costs. */
static bool on_demand_follows(const struct optimiser *o, int32_t t)
{
    const struct optimum *optimum = o->optimum;
    for (size_t i = 0; i < optimum->n_kinds; i++)
        if (optimum->kinds[i].follows && optimum->kinds[i].cost[t] != OPTIMUM_NONE &&
            optimum->kinds[i].limit[t] == OPTIMUM_NONE)
            return true;
    int64_t limit = optimum->on_demand_limit[t];
    return optimum->on_demand_price[t] != OPTIMUM_NONE &&
           (limit == OPTIMUM_NONE || (o->fills_its_quota && limit >= o->demand->servers[t]));
}

/* Servers without which load is lost. */
static int64_t loaded_servers(const struct demand *d, int32_t t)
{
    int128 carries = (int128)MICRO * d->carry_numerator;
    return (int64_t)(((int128)d->load[t] * d->carry_denominator + carries - 1) / carries);
}

/* Servers that a step wants: the need where on-demand follows it, otherwise those without which load is lost.
 */
static int64_t wanted_servers(const struct optimiser *o, int32_t t)
{
    return on_demand_follows(o, t) ? o->demand->servers[t] : loaded_servers(o->demand, t);
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

/* Reference servers that exist throughout a step. */
static int64_t existing_capacity(const struct optimiser *o, int32_t t)
{
    int64_t there = 0;
    for (size_t i = 0; o->study->n_existing > 0 && i < o->strategy->n_layers; i++)
        there += offer_capacity(offer_of(o, i),
                                existing_servers(o, o->strategy->layers[i].offer, step_seconds_at(o, t + 1)));
    return there;
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
    *parts = of_one_reference(offer_of(o, layer), *parts);
    return fits;
}

static int n_following(const struct strategy *strategy)
{
    int n = 0;
    for (size_t i = 0; i < strategy->n_layers; i++)
        n += strategy->layers[i].rule == SIZE_FOLLOW;
    return n;
}

bool optimum_may_leave_out(const struct study *study, const struct strategy *strategy, size_t layer)
{
    return strategy->layers[layer].rule == SIZE_FOLLOW &&
           (n_following(strategy) == 1 || may_follow_all(&study->offers[strategy->layers[layer].offer]));
}

static bool is_left_out(const struct optimiser *o, size_t layer)
{
    return o->leaves_out_on_demand && optimum_may_leave_out(o->study, o->strategy, layer);
}

static bool follows(const struct optimiser *o, size_t layer)
{
    return o->strategy->layers[layer].rule == SIZE_FOLLOW && !is_left_out(o, layer);
}

/* The last layer that follows the need; -1: none. */
static int follow_layer(const struct optimiser *o)
{
    int last = (int)o->strategy->n_layers - 1;
    while (last >= 0 && !follows(o, (size_t)last))
        last--;
    return last;
}

/* When the offer's quota is lifted by a buyer who asks for more on the first day; the end of time: never. */
static int64_t quota_lifted(const struct optimiser *o, const struct offer *offer)
{
    struct arena scratch = {0};
    if (!has_quota(offer))
        return INT64_MIN;
    if (quota_process(offer) < 0)
        return INT64_MAX;
    int64_t asked = o->study->decide_from_seconds;
    int64_t lifted = asked + quota_lead_seconds(&scratch, o->study, offer, asked);
    arena_free(&scratch);
    return lifted;
}

/* Reference servers that its quota lets run of one offer. */
static int64_t most_within_quota(const struct offer *offer)
{
    return offer_capacity(offer, within_quota(offer, INT32_MAX, 0));
}

/* A reference server of either counts as much against one quota. */
static bool count_alike(const struct offer *a, const struct offer *b)
{
    int128 of_a = quota_units(a, 1) * b->equals.digits * power_of_ten(a->equals.scale);
    return a == b || (a->shares != NULL && a->shares == b->shares &&
                      of_a == quota_units(b, 1) * a->equals.digits * power_of_ten(b->equals.scale));
}

static bool serves_whole(const struct offer *offer)
{
    const int64_t many = 1000000000;
    return offer_capacity(offer, many) == many * offer_capacity(offer, 1);
}

/* Whatever is leased, can the rest of a quota's servers be launched? Where all that counts against it is of
 * one size: otherwise leases may take more of the quota than of the need. */
static bool fills_its_quota(const struct optimiser *o, size_t layer)
{
    const struct offer *offer = offer_of(o, layer);
    int128 each = quota_units(offer, 1);
    bool fills = serves_whole(offer);
    for (size_t i = 0; i < o->strategy->n_layers; i++) {
        const struct offer *other = offer_of(o, i);
        int128 units = quota_units_of(o->study, other, 1, offer);
        fills &= units == 0 || (units == each && serves_whole(other) &&
                                offer_capacity(other, 1) == offer_capacity(offer, 1));
    }
    return fills;
}

/* Where not all of the need may be served. */
static int64_t most_of_strategy(const struct optimiser *o, int32_t t)
{
    int64_t most = o->strategy->most_servers;
    return most > 0 && o->demand->servers[t] > most ? most : OPTIMUM_NONE;
}

/* What an on-demand layer costs and how much of it there is, step by step. */
static bool set_follow(struct optimiser *o, size_t layer, int64_t *price, int64_t *limit)
{
    const struct offer *offer = offer_of(o, layer);
    int32_t first = first_step_of(o, offer);
    int64_t lifted = quota_lifted(o, offer), within = most_within_quota(offer);
    for (int32_t t = 0; t < o->optimum->n_steps; t++) {
        price[t] = OPTIMUM_NONE;
        limit[t] = most_of_strategy(o, t);
        if (step_seconds_at(o, t) < lifted && within < limit[t])
            limit[t] = within;
        if (t >= first && !running_parts(o, layer, t, &price[t]))
            return false;
    }
    return true;
}

/* The last on-demand layer serves the rest; those before it are leases of one step each. */
static bool set_on_demand(struct optimiser *o)
{
    int last = follow_layer(o);
    bool fits = true;
    for (size_t i = 0; fits && (int)i < last; i++) {
        if (!follows(o, i))
            continue;
        struct lease_kind *kind = add_follow_kind(o, o->strategy->layers[i].offer);
        fits = set_follow(o, i, kind->cost, kind->limit);
    }
    if (last >= 0)
        o->optimum->on_demand = o->strategy->layers[last].offer;
    o->fills_its_quota = last >= 0 && n_following(o->strategy) == 1 && fills_its_quota(o, (size_t)last);
    return fits && (last < 0 ||
                    set_follow(o, (size_t)last, o->optimum->on_demand_price, o->optimum->on_demand_limit));
}

static void limit_running(struct optimiser *o, int32_t t, int64_t most)
{
    int64_t **limit = &o->optimum->running_limit;
    if (*limit == NULL) {
        *limit = ARENA_NEW(o->arena, int64_t, o->optimum->n_steps);
        for (int32_t i = 0; i < o->optimum->n_steps; i++)
            (*limit)[i] = OPTIMUM_NONE;
    }
    (*limit)[t] = most < (*limit)[t] ? most : (*limit)[t];
}

/* What the strategy's most servers leave beside those that exist. */
static void limit_by_strategy(struct optimiser *o)
{
    int64_t most = o->strategy->most_servers;
    for (int32_t t = 0; most > 0 && t < o->optimum->n_steps; t++) {
        int64_t there = existing_capacity(o, t);
        limit_running(o, t, most > there ? most - there : 0);
    }
}

/* A quota shared by all offers is a limit on all that runs. */
static void limit_by_quota(struct optimiser *o)
{
    int shared = -1;
    int64_t most = 0;
    for (size_t i = 0; i < o->strategy->n_layers; i++) {
        const struct offer *offer = offer_of(o, i);
        if (is_left_out(o, i))
            continue;
        int group = offer_is_reservation(offer)      ? offer->discounts
                    : offer->kind == OFFER_ON_DEMAND ? o->strategy->layers[i].offer
                                                     : -1;
        if (group < 0 || (shared >= 0 && !count_alike(&o->study->offers[group], &o->study->offers[shared])))
            return;
        shared = group;
        int64_t capacity = offer_capacity(offer, within_quota(&o->study->offers[shared], INT32_MAX, 0));
        most = capacity > most ? capacity : most; /* the largest servers get the most out of it */
    }
    int64_t lifted = shared < 0 ? INT64_MIN : quota_lifted(o, &o->study->offers[shared]);
    for (int32_t t = 0; t < o->optimum->n_steps && step_seconds_at(o, t) < lifted; t++)
        limit_running(o, t, most);
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
        limited |= offer_of(o, i)->kind == OFFER_ON_DEMAND && has_quota(offer_of(o, i));
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
    if (!on_demand_follows(o, t) && optimum->need[t] > 0 && first < optimum->short_price[t])
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
        o->meters[i] = lease_meter_make(o->arena, o->study, &o->timeline, offer_of(o, i), parts);
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
    limit_by_quota(o);
    limit_by_strategy(o);
    return true;
}
