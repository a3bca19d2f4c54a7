#include "plan/optimum_parts.h"

#include "base/arena.h"
#include "base/check.h"
#include "model/certificate.h"
#include "supply/delivery.h"

enum { MICRO = 1000000 };

static const int64_t PARTS_MOST = INT64_MAX / 4;
static const int64_t parts_tried[] = {1000, 1};

static const struct offer *offer_of(const struct optimiser *o, size_t layer)
{
    return &o->study->offers[o->strategy->layers[layer].offer];
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

/* On-demand servers that no quota keeps back serve the whole need, whatever a little of it costs. */
static bool on_demand_follows(const struct optimum *optimum, int32_t t)
{
    for (size_t i = 0; i < optimum->n_kinds; i++)
        if (optimum->kinds[i].follows && optimum->kinds[i].cost[t] != OPTIMUM_NONE &&
            optimum->kinds[i].limit[t] == OPTIMUM_NONE)
            return true;
    return optimum->on_demand_price[t] != OPTIMUM_NONE && optimum->on_demand_limit[t] == OPTIMUM_NONE;
}

/* Servers that a step wants: the need where on-demand follows it, otherwise those without which load is lost.
 */
static int64_t wanted_servers(const struct optimiser *o, int32_t t)
{
    const struct demand *d = o->demand;
    int128 carries = (int128)MICRO * d->carry_numerator;
    if (on_demand_follows(o->optimum, t))
        return d->servers[t];
    return (int64_t)(((int128)d->load[t] * d->carry_denominator + carries - 1) / carries);
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
        int64_t there = existing_capacity(o, t);
        int64_t need = wanted_servers(o, t);
        optimum->need[t] = need > there ? need - there : 0;
    }
}

/* What an hour's running of a layer's offer costs in a step, of one reference server. */
static bool running_parts(const struct optimiser *o, size_t layer, int32_t step, int64_t *parts)
{
    bool fits =
        lease_meter_running(o->meters[layer], step_seconds_at(o, step), step_seconds_at(o, step + 1), parts);
    *parts = of_one_reference(offer_of(o, layer), *parts);
    return fits;
}

/* The layer that follows the need; -1: none. */
static int follow_layer(const struct optimiser *o)
{
    int last = (int)o->strategy->n_layers - 1;
    return o->strategy->layers[last].rule == SIZE_FOLLOW ? last : -1;
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
    int64_t lifted = quota_lifted(o, offer);
    for (int32_t t = 0; t < o->optimum->n_steps; t++) {
        price[t] = OPTIMUM_NONE;
        limit[t] = step_seconds_at(o, t) < lifted ? most_within_quota(offer) : most_of_strategy(o, t);
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
        if (o->strategy->layers[i].rule != SIZE_FOLLOW)
            continue;
        struct lease_kind *kind = add_follow_kind(o, o->strategy->layers[i].offer);
        fits = set_follow(o, i, kind->cost, kind->limit);
    }
    if (last >= 0)
        o->optimum->on_demand = o->strategy->layers[last].offer;
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
        int group = offer_is_reservation(offer)      ? offer->discounts
                    : offer->kind == OFFER_ON_DEMAND ? o->strategy->layers[i].offer
                                                     : -1;
        if (group < 0 || (i > 0 && !count_alike(&o->study->offers[group], &o->study->offers[shared])))
            return;
        shared = group;
        int64_t capacity = offer_capacity(offer, within_quota(&o->study->offers[shared], INT32_MAX, 0));
        most = capacity > most ? capacity : most; /* the largest servers get the most out of it */
    }
    int64_t lifted = quota_lifted(o, &o->study->offers[shared]);
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
            if (o->strategy->layers[i].rule != SIZE_OPTIMAL)
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
    if (!on_demand_follows(optimum, t) && optimum->need[t] > 0 && first < optimum->short_price[t])
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

/* ---- the network ---- */

struct network_offer *network_offers(struct arena *arena, const struct lease_kind *kinds, size_t n_kinds)
{
    struct network_offer *offers = ARENA_NEW(arena, struct network_offer, n_kinds);
    for (size_t i = 0; i < n_kinds; i++)
        offers[i] = (struct network_offer){.hours = kinds[i].steps,
                                           .every = 1,
                                           .cost = kinds[i].cost,
                                           .quota = {NETWORK_NONE, kinds[i].limit}};
    return offers;
}

/* Servers of the need that are missing whatever is leased. */
static int64_t above_limit(const struct optimum *optimum, int32_t t)
{
    int64_t above = optimum->running_limit == NULL ? 0 : optimum->need[t] - optimum->running_limit[t];
    return above > 0 ? above : 0;
}

/* Where one may be missing at the price of the first: where none is already. */
static int64_t *ones(struct arena *arena, const struct optimum *optimum)
{
    int64_t *ones = ARENA_NEW(arena, int64_t, optimum->n_steps);
    for (int32_t t = 0; t < optimum->n_steps; t++)
        ones[t] = optimum->need[t] > 0 && above_limit(optimum, t) == 0;
    return ones;
}

/* The network has one price for all that is missing for a limit; the first of them costs less. */
static int128 saved_on_first(const struct optimum *optimum, int32_t t)
{
    if (above_limit(optimum, t) == 0 || optimum->short_first[t] == OPTIMUM_NONE)
        return 0;
    return optimum->short_price[t] - optimum->short_first[t];
}

int128 network_cost_of(const struct optimum *optimum, const struct network_solution *solution,
                       int64_t *missing)
{
    int128 cost = solution->cost;
    for (int32_t t = 0; t < optimum->n_steps; t++) {
        missing[t] = solution->shortage[t] + solution->tiers[(size_t)optimum->n_steps + (size_t)t];
        cost -= saved_on_first(optimum, t);
    }
    return cost;
}

static void take_solution(struct optimiser *o, const struct network_solution *solution)
{
    struct optimum *optimum = o->optimum;
    size_t n_steps = (size_t)optimum->n_steps;
    for (size_t i = 0; i < optimum->n_kinds; i++)
        optimum->kinds[i].chosen = solution->leases + i * n_steps;
    optimum->on_demand_used = solution->tiers;
    optimum->missing = ARENA_NEW(o->arena, int64_t, n_steps);
    optimum->hour_price = solution->hour_price;
    optimum->cost = network_cost_of(optimum, solution, optimum->missing);
    optimum->bound = solution->lower_bound;
    for (int32_t t = 0; t < optimum->n_steps; t++) {
        optimum->missing_steps += optimum->missing[t];
        optimum->bound -= saved_on_first(optimum, t);
    }
}

struct network_problem network_of(struct arena *arena, const struct optimum *optimum,
                                  const struct lease_kind *kinds, size_t n_kinds, bool with_on_demand)
{
    struct network_tier *tiers = ARENA_NEW(arena, struct network_tier, 2);
    tiers[0] = (struct network_tier){{NETWORK_NONE, optimum->on_demand_limit},
                                     {NETWORK_NONE, optimum->on_demand_price}};
    tiers[1] =
        (struct network_tier){{NETWORK_NONE, ones(arena, optimum)}, {NETWORK_NONE, optimum->short_first}};
    return (struct network_problem){.n_hours = optimum->n_steps,
                                    .demand = optimum->need,
                                    .offers = network_offers(arena, kinds, n_kinds),
                                    .n_offers = n_kinds,
                                    .tiers = with_on_demand ? tiers : tiers + 1,
                                    .n_tiers = with_on_demand ? 2 : 1,
                                    .shortage = {NETWORK_NONE, optimum->short_price},
                                    .running_cap = {NETWORK_NONE, optimum->running_limit}};
}

/* Of plans without and with what crews can install at the most, the one whose bound is higher. */
static bool solve(struct optimiser *o)
{
    struct optimum *optimum = o->optimum;
    struct network_solution solution, limited;
    struct network_problem problem = network_of(o->arena, optimum, optimum->kinds, optimum->n_kinds, true);
    if (!network_solve(o->arena, &problem, &solution))
        return false;
    plan_installed(o);
    optimum->ideal = optimum->kinds;
    optimum->n_ideal = optimum->n_kinds;
    for (size_t i = 0; i < optimum->n_kinds; i++)
        optimum->kinds[i].chosen = solution.leases + i * (size_t)optimum->n_steps;
    struct crew_leases crews = crew_leases(o);
    if (crews.n_kinds > 0) {
        problem = network_of(o->arena, optimum, crews.kinds, crews.n_kinds, true);
        if (network_solve(o->arena, &problem, &limited) && limited.cost > solution.cost) {
            solution = limited;
            optimum->kinds = crews.kinds;
            optimum->n_kinds = crews.n_kinds;
        }
    }
    take_solution(o, &solution);
    return true;
}

money in_millionths(const struct optimum *optimum, int128 parts, const int64_t *missing)
{
    for (int32_t t = 0; optimum->short_is_penalty && t < optimum->n_steps; t++)
        parts -= (int128)missing[t] * (optimum->short_price[t] + optimum->usage_price[t]);
    parts += optimum->usage;
    return (money)round_half_even(parts, optimum->parts);
}

static void make_empty(struct optimiser *o, int64_t parts)
{
    int32_t n = o->demand->n_steps;
    *o->optimum = (struct optimum){.parts = parts, .n_steps = n, .on_demand = -1};
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
    o->kinds_capacity = 0;
    for (size_t i = 0; i < o->strategy->n_layers; i++)
        o->meters[i] = lease_meter_make(o->arena, o->study, &o->timeline, offer_of(o, i), parts);
    for (size_t i = 0; i < o->strategy->n_layers; i++)
        if (o->strategy->layers[i].rule == SIZE_OPTIMAL && !add_lease_kinds(o, i))
            return false;
    if (!set_on_demand(o))
        return false;
    set_need(o);
    return set_shortage(o);
}

bool finish_network(struct optimiser *o)
{
    if (!set_usage(o))
        return false;
    take_usage_off(o->optimum);
    limit_by_quota(o);
    limit_by_strategy(o);
    return true;
}

/* Contracts of hosting that exist and end within the study. */
static bool has_renewals(const struct optimiser *o)
{
    bool any = false;
    for (size_t i = 0; i < o->study->n_existing; i++)
        for (size_t k = 0; k < o->strategy->n_layers; k++)
            any |= o->study->existing[i].offer == o->strategy->layers[k].offer &&
                   offer_of(o, k)->kind == OFFER_HOSTING &&
                   o->study->existing[i].until_seconds < o->study->end_seconds;
    return any;
}

/* Checked from scratch, without what found it. */
static void certify(const struct optimiser *o)
{
    struct arena scratch = {0};
    struct str fault;
    struct str *names = ARENA_NEW(&scratch, struct str, o->study->n_offers);
    for (size_t i = 0; i < o->study->n_offers; i++)
        names[i] = o->study->offers[i].id;
    struct certificate *certificate = ARENA_NEW(o->arena, struct certificate, 1);
    *certificate = certificate_of(o->arena, o->optimum, names);
    certificate->strategy = o->strategy->name;
    certificate->start_seconds = o->demand->start_seconds;
    certificate->step_seconds = o->demand->step_seconds;
    o->optimum->certificate = certificate;
    check(certificate_check(&scratch, certificate, &fault));
    arena_free(&scratch);
}

struct optimiser optimiser_make(struct arena *arena, const struct study *study, const struct demand *demand,
                                const struct strategy *strategy, struct optimum *optimum)
{
    return (struct optimiser){.arena = arena,
                              .study = study,
                              .demand = demand,
                              .strategy = strategy,
                              .timeline = timeline_make(arena, study),
                              .meters = ARENA_NEW(arena, struct lease_meter *, strategy->n_layers),
                              .optimum = optimum};
}

bool optimum_plan(struct arena *arena, const struct study *study, const struct demand *demand,
                  const struct strategy *strategy, struct optimum *optimum)
{
    struct optimiser o = optimiser_make(arena, study, demand, strategy, optimum);
    bool solved = false;
    for (size_t i = 0; !solved && i < sizeof parts_tried / sizeof parts_tried[0]; i++)
        solved = begin_network(&o, parts_tried[i]) && finish_network(&o) && solve(&o);
    if (!solved)
        return false;
    optimum->network_cost = in_millionths(optimum, optimum->cost, optimum->missing);
    optimum->lower_bound = in_millionths(optimum, optimum->bound, optimum->missing);
    optimum->leaves_out_renewals = has_renewals(&o);
    explain(&o);
    certify(&o);
    return true;
}
