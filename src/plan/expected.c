#include "plan/expected.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"

/* Below this many leases in an hour one more server is missing somewhere, at a price higher by `rise`. */
struct rise {
    int64_t level, rise;
};

/* One hour of all futures together, from many leases to few. */
struct slope {
    int64_t most;  /* leases above which nothing is missing: the largest demand that may be served */
    int64_t least; /* leases without which some future cannot be served */
    struct rise *rises;
    size_t n_rises;
};

struct reckoning {
    const struct network_problem *problem;
    const struct expected_futures *futures;
    struct network_tier *pools; /* [n_tiers + 1]: of one hour, the cheapest first */
    struct rise *rises;         /* [n_items x (n_tiers + 1)] */
};

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* What there is for one hour only, the cheapest first, shortage last of equals. Returns how many. */
static size_t hour_pools(const struct network_problem *problem, int32_t hour, struct network_tier *pools)
{
    size_t n = 0;
    for (size_t i = 0; i <= problem->n_tiers; i++) {
        const struct network_tier *tier = &problem->tiers[i];
        struct network_tier pool = {.price.all = network_at(&problem->shortage, hour),
                                    .capacity.all = NETWORK_NONE};
        if (i < problem->n_tiers)
            pool = (struct network_tier){.price.all = network_at(&tier->price, hour),
                                         .capacity.all = network_at(&tier->capacity, hour)};
        if (pool.price.all == NETWORK_NONE || pool.capacity.all == 0)
            continue;
        size_t at = n++;
        for (; at > 0 && pools[at - 1].price.all > pool.price.all; at--)
            pools[at] = pools[at - 1];
        pools[at] = pool;
    }
    return n;
}

static int compare_rises(const void *a, const void *b)
{
    const struct rise *left = a, *right = b;
    return (left->level < right->level) - (left->level > right->level);
}

/* Every future adds the prices of its pools, one after the other, as leases get fewer. */
static struct slope hour_slope(const struct reckoning *reckoning, int32_t hour)
{
    const struct expected_futures *futures = reckoning->futures;
    struct slope slope = {.rises = reckoning->rises};
    size_t n_pools = hour_pools(reckoning->problem, hour, reckoning->pools);
    int64_t cap = network_at(&reckoning->problem->running_cap, hour);
    for (size_t w = 0; w < futures->n_items; w++) {
        int64_t level = smaller(futures->demand[w][hour], cap), price = 0;
        slope.most = level > slope.most ? level : slope.most;
        for (size_t i = 0; i < n_pools && level > 0; i++) {
            const struct network_tier *pool = &reckoning->pools[i];
            slope.rises[slope.n_rises++] = (struct rise){level, pool->price.all - price};
            price = pool->price.all;
            level -= smaller(pool->capacity.all, level);
        }
        slope.least = level > slope.least ? level : slope.least;
    }
    qsort(slope.rises, slope.n_rises, sizeof *slope.rises, compare_rises);
    return slope;
}

/* Tiers that are different in every hour, [n_tiers][n_hours]. */
struct many_tiers {
    struct network_tier *items;
    int64_t **capacity, **price;
};

static struct many_tiers many_tiers(struct arena *arena, size_t n, int32_t n_hours)
{
    struct many_tiers tiers = {ARENA_NEW(arena, struct network_tier, n), ARENA_NEW(arena, int64_t *, n),
                               ARENA_NEW(arena, int64_t *, n)};
    for (size_t i = 0; i < n; i++) {
        tiers.capacity[i] = ARENA_NEW(arena, int64_t, n_hours);
        tiers.price[i] = ARENA_NEW(arena, int64_t, n_hours);
        tiers.items[i] =
            (struct network_tier){.capacity.each = tiers.capacity[i], .price.each = tiers.price[i]};
    }
    return tiers;
}

/* Writes the tiers of an hour, at most one for each level; returns how many. With NULL it only counts. */
static size_t write_tiers(const struct slope *slope, int32_t hour, const struct many_tiers *tiers)
{
    size_t n = 0;
    int64_t price = 0;
    for (size_t i = 0; i < slope->n_rises;) {
        int64_t level = slope->rises[i].level;
        for (; i < slope->n_rises && slope->rises[i].level == level; i++)
            price += slope->rises[i].rise;
        int64_t next = i < slope->n_rises ? slope->rises[i].level : 0;
        next = next > slope->least ? next : slope->least;
        if (level <= next)
            break;
        if (tiers != NULL) {
            tiers->capacity[n][hour] = level - next;
            tiers->price[n][hour] = price;
        }
        n++;
    }
    return n;
}

static size_t count_tiers(const struct reckoning *reckoning)
{
    size_t most = 0;
    for (int32_t t = 0; t < reckoning->problem->n_hours; t++) {
        struct slope slope = hour_slope(reckoning, t);
        size_t n = write_tiers(&slope, t, NULL);
        most = n > most ? n : most;
    }
    return most;
}

/* What cannot run within the cap is missing whatever is leased. False where it may not be. */
static bool forced_shortage(const struct network_problem *problem, const struct expected_futures *futures,
                            struct expected_plan *plan)
{
    for (int32_t t = 0; t < problem->n_hours; t++) {
        int64_t cap = network_at(&problem->running_cap, t), price = network_at(&problem->shortage, t);
        for (size_t w = 0; w < futures->n_items; w++) {
            int64_t demand = futures->demand[w][t];
            check(demand >= 0);
            if (demand <= cap)
                continue;
            plan->uncovered_hour = t;
            if (price == NETWORK_NONE)
                return false;
            plan->cost += (int128)(demand - cap) * price;
        }
    }
    plan->uncovered_hour = -1;
    return true;
}

/* A lease costs the same in every future. False when that is too much. */
static bool multiply_costs(struct arena *arena, const struct network_problem *problem, size_t n,
                           struct network_offer *offers)
{
    for (size_t k = 0; k < problem->n_offers; k++) {
        const int64_t *one = problem->offers[k].cost;
        int64_t *cost = ARENA_NEW(arena, int64_t, problem->n_hours);
        for (int32_t s = 0; s < problem->n_hours; s++) {
            if (one[s] != NETWORK_NONE && one[s] > (INT64_MAX - 1) / (int64_t)n)
                return false;
            cost[s] = one[s] == NETWORK_NONE ? NETWORK_NONE : one[s] * (int64_t)n;
        }
        offers[k] = problem->offers[k];
        offers[k].cost = cost;
    }
    return true;
}

/* No sum over the futures is more than 64 bits hold. */
static bool prices_fit(const struct network_problem *problem, size_t n)
{
    for (int32_t t = 0; t < problem->n_hours; t++) {
        for (size_t i = 0; i <= problem->n_tiers; i++) {
            int64_t price =
                network_at(i < problem->n_tiers ? &problem->tiers[i].price : &problem->shortage, t);
            if (price != NETWORK_NONE && price > (INT64_MAX - 1) / (int64_t)n)
                return false;
        }
    }
    return true;
}

static bool solve_together(struct arena *arena, struct arena *scratch, const struct reckoning *reckoning,
                           struct expected_plan *plan)
{
    const struct network_problem *problem = reckoning->problem;
    size_t n = reckoning->futures->n_items, n_tiers = count_tiers(reckoning);
    size_t n_leases = problem->n_offers * (size_t)problem->n_hours;
    struct many_tiers tiers = many_tiers(scratch, n_tiers, problem->n_hours);
    int64_t *demand = ARENA_NEW(scratch, int64_t, problem->n_hours);
    struct network_offer *offers = ARENA_NEW(scratch, struct network_offer, problem->n_offers);
    struct network_problem together = *problem;
    together.demand = demand;
    together.offers = offers;
    together.tiers = tiers.items;
    together.n_tiers = n_tiers;
    together.shortage = (struct network_hourly){NETWORK_NONE, NULL};
    struct network_solution solution;
    for (int32_t t = 0; t < problem->n_hours; t++) {
        struct slope slope = hour_slope(reckoning, t);
        demand[t] = slope.most;
        write_tiers(&slope, t, &tiers);
    }
    if (!multiply_costs(scratch, problem, n, offers) || !network_solve(scratch, &together, &solution))
        return false;
    plan->feasible = solution.feasible;
    plan->uncovered_hour = solution.uncovered_hour;
    plan->n_pivots = solution.n_pivots;
    if (!solution.feasible)
        return true;
    plan->cost += solution.cost;
    plan->leases = ARENA_NEW(arena, int64_t, n_leases);
    for (size_t i = 0; i < n_leases; i++)
        plan->leases[i] = solution.leases[i];
    return true;
}

static struct reckoning reckon(struct arena *arena, const struct network_problem *problem,
                               const struct expected_futures *futures)
{
    size_t n_pools = problem->n_tiers + 1;
    return (struct reckoning){problem, futures, ARENA_NEW(arena, struct network_tier, n_pools),
                              ARENA_NEW(arena, struct rise, futures->n_items * n_pools)};
}

bool expected_solve(struct arena *arena, const struct network_problem *problem,
                    const struct expected_futures *futures, struct expected_plan *plan)
{
    check(futures->n_items > 0);
    *plan = (struct expected_plan){.uncovered_hour = -1};
    if (!prices_fit(problem, futures->n_items))
        return false;
    if (!forced_shortage(problem, futures, plan))
        return true;
    struct arena scratch = {0};
    struct reckoning reckoning = reckon(&scratch, problem, futures);
    bool fits = solve_together(arena, &scratch, &reckoning, plan);
    arena_free(&scratch);
    return fits;
}

void expected_mean(const struct expected_futures *futures, int32_t n_hours, int64_t *demand)
{
    for (int32_t t = 0; t < n_hours; t++) {
        int128 sum = 0;
        for (size_t w = 0; w < futures->n_items; w++)
            sum += futures->demand[w][t];
        demand[t] = (int64_t)((sum + (int128)futures->n_items - 1) / (int128)futures->n_items);
    }
}

static int compare_servers(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

void expected_median(const struct expected_futures *futures, int32_t n_hours, int64_t *demand)
{
    struct arena scratch = {0};
    size_t n = futures->n_items;
    int64_t *servers = ARENA_NEW(&scratch, int64_t, n);
    for (int32_t t = 0; t < n_hours; t++) {
        for (size_t w = 0; w < n; w++)
            servers[w] = futures->demand[w][t];
        qsort(servers, n, sizeof *servers, compare_servers);
        int64_t low = servers[(n - 1) / 2], high = servers[n / 2];
        demand[t] = low + (high - low + 1) / 2;
    }
    arena_free(&scratch);
}
