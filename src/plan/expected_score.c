#include "plan/expected.h"

#include <stdlib.h>

#include "base/arena.h"

/* Servers that run at each hour. */
static int64_t *running_servers(struct arena *arena, const struct network_problem *problem,
                                const int64_t *leases)
{
    int32_t n_hours = problem->n_hours;
    int64_t *running = ARENA_NEW(arena, int64_t, n_hours + 1);
    for (size_t k = 0; k < problem->n_offers; k++) {
        const int64_t *of_offer = leases + k * (size_t)n_hours;
        int32_t hours = problem->offers[k].hours;
        for (int32_t s = 0; s < n_hours; s++) {
            running[s] += of_offer[s];
            running[hours < n_hours - s ? s + hours : n_hours] -= of_offer[s];
        }
    }
    for (int32_t t = 1; t < n_hours; t++)
        running[t] += running[t - 1];
    return running;
}

static int128 lease_cost(const struct network_problem *problem, const int64_t *leases)
{
    int128 cost = 0;
    size_t n_hours = (size_t)problem->n_hours;
    for (size_t k = 0; k < problem->n_offers; k++)
        for (size_t s = 0; s < n_hours; s++)
            if (leases[k * n_hours + s] > 0)
                cost += (int128)leases[k * n_hours + s] * problem->offers[k].cost[s];
    return cost;
}

/* The cheapest tier that is dearer than `than`, or as dear and named after `after`; n_tiers: shortage. */
static size_t next_tier(const struct network_problem *problem, int32_t hour, int64_t than, size_t after)
{
    size_t best = problem->n_tiers;
    int64_t least = network_at(&problem->shortage, hour);
    for (size_t i = problem->n_tiers; i-- > 0;) {
        int64_t price = network_at(&problem->tiers[i].price, hour);
        bool is_left = price > than || (price == than && i > after);
        if (is_left && price != NETWORK_NONE && price <= least) {
            best = i;
            least = price;
        }
    }
    return best;
}

static bool serve_hour(const struct network_problem *problem, int32_t hour, int64_t leased, int64_t demand,
                       struct expected_outcome *outcome)
{
    int64_t room = network_at(&problem->running_cap, hour), price = -1;
    int64_t rest = demand > leased ? demand - leased : 0, shortage = network_at(&problem->shortage, hour);
    size_t tier = 0;
    if (leased > room)
        return false;
    room -= room == NETWORK_NONE ? 0 : leased;
    while (rest > 0 && room > 0 && (tier = next_tier(problem, hour, price, tier)) < problem->n_tiers) {
        int64_t used = network_at(&problem->tiers[tier].capacity, hour);
        used = used < rest ? used : rest;
        used = used < room ? used : room;
        price = network_at(&problem->tiers[tier].price, hour);
        outcome->tiers += (int128)used * price;
        rest -= used;
        room -= room == NETWORK_NONE ? 0 : used;
    }
    if (rest > 0 && shortage == NETWORK_NONE)
        return false;
    outcome->shortage += rest > 0 ? (int128)rest * shortage : 0;
    outcome->short_server_hours += rest;
    return true;
}

static struct expected_outcome serve(const struct network_problem *problem, const int64_t *running,
                                     int128 of_leases, const int64_t *demand)
{
    struct expected_outcome outcome = {.served = true, .unserved_hour = -1, .leases = of_leases};
    for (int32_t t = 0; t < problem->n_hours; t++) {
        if (serve_hour(problem, t, running[t], demand[t], &outcome))
            continue;
        outcome.served = false;
        outcome.unserved_hour = t;
        break;
    }
    return outcome;
}

struct expected_outcome expected_recourse(const struct network_problem *problem, const int64_t *leases,
                                          const int64_t *demand)
{
    struct arena scratch = {0};
    const int64_t *running = running_servers(&scratch, problem, leases);
    struct expected_outcome outcome = serve(problem, running, lease_cost(problem, leases), demand);
    arena_free(&scratch);
    return outcome;
}

static int128 besides(const struct expected_futures *futures, size_t future)
{
    return futures->besides == NULL ? 0 : futures->besides[future];
}

bool expected_optima(const struct network_problem *problem, const struct expected_futures *futures,
                     int128 *optima)
{
    struct network_problem known = *problem;
    for (size_t w = 0; w < futures->n_items; w++) {
        struct arena scratch = {0};
        struct network_solution solution;
        known.demand = futures->demand[w];
        bool fits = network_solve(&scratch, &known, &solution);
        optima[w] = solution.feasible ? solution.cost + besides(futures, w) : NETWORK_NONE;
        arena_free(&scratch);
        if (!fits)
            return false;
    }
    return true;
}

static int compare_costs(const void *a, const void *b)
{
    int128 left = *(const int128 *)a, right = *(const int128 *)b;
    return (left > right) - (left < right);
}

static void add_future(struct expected_score *score, size_t future, int128 cost, int128 optimum)
{
    int128 regret = cost - optimum;
    score->cost += cost;
    if (cost > score->worst) {
        score->worst = cost;
        score->worst_future = future;
    }
    if (regret <= score->worst_regret)
        return;
    score->worst_regret = regret;
    score->regret_future = future;
}

struct expected_score expected_score(const struct network_problem *problem,
                                     const struct expected_futures *futures, const int64_t *leases,
                                     const int128 *optima)
{
    struct arena scratch = {0};
    struct expected_score score = {0};
    size_t n = 0;
    int128 *costs = ARENA_NEW(&scratch, int128, futures->n_items), paid = lease_cost(problem, leases);
    const int64_t *running = running_servers(&scratch, problem, leases);
    for (size_t w = 0; w < futures->n_items; w++) {
        struct expected_outcome outcome = serve(problem, running, paid, futures->demand[w]);
        if (!outcome.served) {
            score.n_unserved++;
            continue;
        }
        costs[n] = outcome.leases + outcome.tiers + outcome.shortage + besides(futures, w);
        score.n_short += outcome.short_server_hours > 0;
        score.short_server_hours += outcome.short_server_hours;
        add_future(&score, w, costs[n++], optima[w]);
    }
    if (n > 0) {
        qsort(costs, n, sizeof *costs, compare_costs);
        score.p95 = costs[(19 * n + 19) / 20 - 1];
    }
    arena_free(&scratch);
    return score;
}
