#include "plan/optimum_parts.h"

#include "base/arena.h"
#include "base/check.h"
#include "model/certificate.h"

static const int64_t parts_tried[] = {1000, 1};

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
                                     {NETWORK_NONE, with_on_demand ? optimum->on_demand_price : NULL}};
    tiers[1] =
        (struct network_tier){{NETWORK_NONE, ones(arena, optimum)}, {NETWORK_NONE, optimum->short_first}};
    return (struct network_problem){.n_hours = optimum->n_steps,
                                    .demand = optimum->need,
                                    .offers = network_offers(arena, kinds, n_kinds),
                                    .n_offers = n_kinds,
                                    .tiers = tiers,
                                    .n_tiers = 2,
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

struct other_leases *add_other_leases(struct optimiser *o, size_t n_kinds)
{
    struct optimum *optimum = o->optimum;
    optimum->others = arena_grow(o->arena, optimum->others, optimum->n_others, &o->others_capacity,
                                 sizeof *optimum->others);
    struct other_leases *other = &optimum->others[optimum->n_others++];
    *other =
        (struct other_leases){.kinds = ARENA_NEW(o->arena, struct lease_kind, n_kinds), .n_kinds = n_kinds};
    return other;
}

bool choose_leases(struct arena *arena, struct optimum *found)
{
    struct network_solution solution;
    struct network_problem problem = network_of(arena, found, found->kinds, found->n_kinds, true);
    if (!network_solve(arena, &problem, &solution) || !solution.feasible)
        return false;
    for (size_t i = 0; i < found->n_kinds; i++)
        found->kinds[i].chosen = solution.leases + i * (size_t)found->n_steps;
    return true;
}

void add_found_plan(struct optimiser *o, const struct optimum *found, size_t n)
{
    size_t n_kinds = 0, n_steps = (size_t)o->optimum->n_steps;
    for (size_t i = 0; i < n; i++)
        n_kinds += found[i].n_kinds;
    struct other_leases *other = add_other_leases(o, n_kinds);
    struct lease_kind *kind = other->kinds;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < found[i].n_kinds; k++, kind++) {
            *kind = found[i].kinds[k];
            kind->cost = kind->limit = NULL;
            kind->chosen = ARENA_NEW(o->arena, int64_t, n_steps);
            for (size_t t = 0; t < n_steps; t++)
                kind->chosen[t] = found[i].kinds[k].chosen[t];
        }
}

/* Contracts of hosting that exist and end within the study. */
static bool has_renewals(const struct optimiser *o)
{
    bool any = false;
    for (size_t i = 0; i < o->study->n_existing; i++)
        for (size_t k = 0; k < o->strategy->n_layers; k++)
            any |= o->study->existing[i].offer == o->strategy->layers[k].offer &&
                   o->study->offers[o->strategy->layers[k].offer].kind == OFFER_HOSTING &&
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

static bool find_cheapest(struct optimiser *o)
{
    struct optimum *optimum = o->optimum;
    bool solved = false;
    for (size_t i = 0; !solved && i < sizeof parts_tried / sizeof parts_tried[0]; i++)
        solved = begin_network(o, parts_tried[i]) && finish_network(o) && solve(o);
    if (!solved)
        return false;
    optimum->network_cost = in_millionths(optimum, optimum->cost, optimum->missing);
    optimum->lower_bound = in_millionths(optimum, optimum->bound, optimum->missing);
    return true;
}

static bool has_leases(const struct optimiser *o)
{
    bool any = false;
    for (size_t i = 0; i < o->strategy->n_layers; i++)
        any |= o->strategy->layers[i].rule == SIZE_OPTIMAL;
    return any;
}

/* Load lost without a price counts before any cost. */
static bool costs_less(const struct optimiser *a, const struct optimiser *b)
{
    int128 lost_by_a = load_lost(a, a->optimum->missing), lost_by_b = load_lost(b, b->optimum->missing);
    if (a->optimum->short_is_penalty && lost_by_a != lost_by_b)
        return lost_by_a < lost_by_b;
    return a->optimum->network_cost < b->optimum->network_cost;
}

bool optimum_plan(struct arena *arena, const struct study *study, const struct demand *demand,
                  const struct strategy *strategy, struct optimum *optimum)
{
    struct optimiser o = optimiser_make(arena, study, demand, strategy, optimum), other = o;
    struct optimiser *cheapest = &o, *dearer = NULL;
    if (!find_cheapest(&o))
        return false;
    bool differs = has_leases(&o) && wants_less_without_on_demand(&o);
    if (differs) {
        other = optimiser_make(arena, study, demand, strategy, ARENA_NEW(arena, struct optimum, 1));
        other.leaves_out_on_demand = true;
        if (!find_cheapest(&other))
            return false;
        optimum->other_cost = other.optimum->network_cost;
        other.optimum->other_cost = optimum->network_cost;
        bool is_cheaper = costs_less(&other, &o);
        cheapest = is_cheaper ? &other : &o;
        dearer = is_cheaper ? &o : &other;
    }
    cheapest->optimum->leaves_out_renewals = has_renewals(cheapest);
    plan_by_rate(cheapest);
    plan_in_time(cheapest);
    plan_before(cheapest);
    explain(cheapest, dearer);
    certify(cheapest);
    if (dearer != NULL)
        certify(dearer);
    *optimum = *cheapest->optimum;
    return true;
}
