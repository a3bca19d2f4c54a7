/* The cheapest plan where the demand is one of several futures, and what any plan costs in them. */
#include "base/arena.h"
#include "base/check.h"
#include "plan/expected.h"
#include "plan/optimum_parts.h"

/* The network of a strategy's offers, and the need of every future. */
struct outlook {
    struct optimiser o;
    size_t n; /* futures */
    int64_t **need;
    int128 *usage;            /* need x what every server in use costs at least */
    struct lease_kind *kinds; /* leases; on-demand offers are tiers */
    struct network_tier *tiers;
    struct network_problem problem;
    struct expected_futures futures;
};

/* The finer the parts, the larger the numbers; the network takes steps x cost up to this. */
static const int64_t parts_of_futures[] = {1000, 100, 10, 1};
static const int128 MOST_COSTS = (int128)1 << 60;

/* What the first server missing loses depends on the future: here it is a whole one. */
static bool make_network(struct outlook *l, int64_t parts)
{
    if (!begin_network(&l->o, parts))
        return false;
    struct optimum *optimum = l->o.optimum;
    for (int32_t t = 0; t < optimum->n_steps; t++)
        optimum->short_first[t] = OPTIMUM_NONE;
    if (!finish_network(&l->o))
        return false;
    size_t n_kinds = 0, n_tiers = 0;
    l->kinds = ARENA_NEW(l->o.arena, struct lease_kind, optimum->n_kinds);
    l->tiers = ARENA_NEW(l->o.arena, struct network_tier, optimum->n_kinds + 1);
    for (size_t i = 0; i < optimum->n_kinds; i++) {
        const struct lease_kind *kind = &optimum->kinds[i];
        if (kind->follows)
            l->tiers[n_tiers++] =
                (struct network_tier){{NETWORK_NONE, kind->limit}, {NETWORK_NONE, kind->cost}};
        else
            l->kinds[n_kinds++] = *kind;
    }
    l->tiers[n_tiers++] = (struct network_tier){{NETWORK_NONE, optimum->on_demand_limit},
                                                {NETWORK_NONE, optimum->on_demand_price}};
    l->problem = (struct network_problem){.n_hours = optimum->n_steps,
                                          .offers = network_offers(l->o.arena, l->kinds, n_kinds),
                                          .n_offers = n_kinds,
                                          .tiers = l->tiers,
                                          .n_tiers = n_tiers,
                                          .shortage = {NETWORK_NONE, optimum->short_price},
                                          .running_cap = {NETWORK_NONE, optimum->running_limit}};
    return true;
}

/* Is the sum of the largest cost over all futures and steps small enough? The same for whatever is planned
 * for, so that plans of the same offers are compared in the same numbers. */
static bool parts_fit(const struct outlook *l)
{
    const struct network_problem *problem = &l->problem;
    int64_t most = 0;
    for (int32_t t = 0; t < problem->n_hours; t++) {
        int64_t shortage = network_at(&problem->shortage, t);
        most = shortage != NETWORK_NONE && shortage > most ? shortage : most;
        for (size_t i = 0; i < problem->n_tiers; i++) {
            int64_t price = network_at(&problem->tiers[i].price, t);
            most = price != NETWORK_NONE && price > most ? price : most;
        }
        for (size_t k = 0; k < problem->n_offers; k++)
            if (problem->offers[k].cost[t] != NETWORK_NONE && problem->offers[k].cost[t] > most)
                most = problem->offers[k].cost[t];
    }
    return (int128)most * (int128)l->n * (problem->n_hours + 1) <= MOST_COSTS;
}

static bool draw_needs(struct outlook *l)
{
    struct optimiser future = l->o;
    struct optimum *optimum = l->o.optimum;
    int64_t *own = optimum->need;
    bool fits = true;
    for (size_t w = 0; fits && w < l->n; w++) {
        struct arena scratch = {0};
        struct demand demand;
        fits = demand_in_future(&scratch, l->o.study, (int64_t)w + 1, &demand);
        future.demand = &demand;
        l->need[w] = optimum->need = ARENA_NEW(l->o.arena, int64_t, optimum->n_steps);
        if (fits)
            set_need(&future);
        arena_free(&scratch);
    }
    optimum->need = own;
    return fits;
}

static void set_futures(struct outlook *l)
{
    for (size_t w = 0; w < l->n; w++) {
        l->usage[w] = 0;
        for (int32_t t = 0; t < l->problem.n_hours; t++)
            l->usage[w] += (int128)l->need[w][t] * l->o.optimum->usage_price[t];
    }
    l->futures = (struct expected_futures){(const int64_t *const *)l->need, l->n, l->usage};
}

/* The leases that are cheapest where demand is the mean, or the median, of the futures. */
static bool solve_for_one(struct outlook *l, enum plan_for plan_for, int64_t **leases)
{
    struct network_problem problem = l->problem;
    struct network_solution solution;
    int64_t *demand = ARENA_NEW(l->o.arena, int64_t, problem.n_hours);
    if (plan_for == PLAN_FOR_MEAN)
        expected_mean(&l->futures, problem.n_hours, demand);
    else
        expected_median(&l->futures, problem.n_hours, demand);
    problem.demand = demand;
    bool fits = network_solve(l->o.arena, &problem, &solution) && solution.feasible;
    *leases = fits ? solution.leases : NULL;
    return fits;
}

static bool solve_for_all(struct outlook *l, int64_t **leases)
{
    struct expected_plan plan;
    bool fits = expected_solve(l->o.arena, &l->problem, &l->futures, &plan) && plan.feasible;
    *leases = fits ? plan.leases : NULL;
    return fits;
}

static bool as_money(int128 parts, int128 divisor, money *amount)
{
    parts = round_half_even(parts, divisor);
    *amount = (money)parts;
    return parts <= INT64_MAX && parts >= INT64_MIN;
}

/* The leases of all kinds but what follows the need, one kind after the other. */
static int64_t *chosen_leases(struct arena *arena, const struct outlook *l, const struct optimum *optimum)
{
    size_t n_steps = (size_t)optimum->n_steps, n = 0;
    int64_t *leases = ARENA_NEW(arena, int64_t, optimum->n_ideal * n_steps);
    for (size_t i = 0; i < optimum->n_ideal; i++) {
        if (optimum->ideal[i].follows)
            continue;
        for (size_t t = 0; t < n_steps; t++)
            leases[n * n_steps + t] = optimum->ideal[i].chosen[t];
        n++;
    }
    check(n == l->problem.n_offers);
    return leases;
}

static bool score(const struct outlook *l, const struct optimum *plan, const int128 *optima,
                  struct in_futures *costs)
{
    struct arena scratch = {0};
    int128 known = 0, parts = l->o.optimum->parts, n = (int128)l->n;
    struct expected_score score =
        expected_score(&l->problem, &l->futures, chosen_leases(&scratch, l, plan), optima);
    check(score.n_unserved == 0); /* load may be lost, and no plan leases more than may run */
    for (size_t w = 0; w < l->n; w++)
        known += optima[w];
    *costs = (struct in_futures){.n = (int64_t)l->n,
                                 .worst_future = (int64_t)score.worst_future + 1,
                                 .regret_future = (int64_t)score.regret_future + 1,
                                 .n_short = (int64_t)score.n_short,
                                 .expected_short_millionths =
                                     (int64_t)round_half_even(score.short_server_hours * MONEY_PER_UNIT, n)};
    arena_free(&scratch);
    return as_money(score.cost, parts * n, &costs->expected) && as_money(score.p95, parts, &costs->p95) &&
           as_money(score.worst, parts, &costs->worst) &&
           as_money(known, parts * n, &costs->expected_known) &&
           as_money(score.worst_regret, parts, &costs->worst_regret);
}

/* The leases as those of a plan. */
static void take_leases(struct arena *arena, const struct outlook *l, const int64_t *leases,
                        struct optimum *plan)
{
    const struct optimum *from = l->o.optimum;
    size_t n_steps = (size_t)from->n_steps, n = l->problem.n_offers;
    *plan = (struct optimum){.parts = from->parts, .n_steps = from->n_steps, .n_kinds = n, .n_ideal = n};
    plan->kinds = plan->ideal = ARENA_NEW(arena, struct lease_kind, n);
    for (size_t i = 0; i < n; i++) {
        struct lease_kind *kind = &plan->kinds[i];
        *kind = l->kinds[i];
        kind->cost = NULL;
        kind->chosen = ARENA_NEW(arena, int64_t, n_steps);
        for (size_t t = 0; t < n_steps; t++)
            kind->chosen[t] = leases[i * n_steps + t];
    }
}

/* The network and the futures' needs; false where they are too large. */
static bool look_out(struct arena *scratch, const struct study *study, const struct demand *demand,
                     const struct strategy *strategy, struct outlook *l)
{
    bool fits = false;
    *l = (struct outlook){.n = (size_t)study->workload.futures.count};
    l->o = optimiser_make(scratch, study, demand, strategy, ARENA_NEW(scratch, struct optimum, 1));
    l->need = ARENA_NEW(scratch, int64_t *, l->n);
    l->usage = ARENA_NEW(scratch, int128, l->n);
    for (size_t i = 0; !fits && i < sizeof parts_of_futures / sizeof parts_of_futures[0]; i++)
        fits = make_network(l, parts_of_futures[i]) && parts_fit(l);
    if (!fits || !draw_needs(l))
        return false;
    set_futures(l);
    return true;
}

bool optimum_for_futures(struct arena *arena, const struct study *study, const struct demand *demand,
                         const struct strategy *strategy, struct optimum *plan)
{
    struct arena scratch = {0};
    struct outlook l;
    int64_t *leases;
    bool solved =
        look_out(&scratch, study, demand, strategy, &l) &&
        (strategy->plan_for == PLAN_FOR_EXPECTATION ? solve_for_all(&l, &leases)
                                                    : solve_for_one(&l, strategy->plan_for, &leases));
    if (solved)
        take_leases(arena, &l, leases, plan);
    arena_free(&scratch);
    return solved;
}

bool optimum_in_futures(const struct study *study, const struct demand *demand,
                        const struct strategy *strategy, const struct optimum *const *plans, size_t n,
                        struct in_futures *const *costs)
{
    struct arena scratch = {0};
    struct outlook l;
    bool fits = look_out(&scratch, study, demand, strategy, &l);
    int128 *optima = ARENA_NEW(&scratch, int128, l.n);
    fits = fits && expected_optima(&l.problem, &l.futures, optima);
    for (size_t i = 0; fits && i < n; i++)
        fits = score(&l, plans[i], optima, costs[i]);
    arena_free(&scratch);
    return fits;
}
