#include "plan/network.h"

#include "base/arena.h"

/* By definition and nothing else: this file shares no code with the solver. */

struct audit {
    struct arena *arena;
    const struct network_problem *problem;
    const struct network_solution *solution;
    size_t n_hours;
    int128 cost, bound;
    int128 *running; /* [n_hours + 1] */
    int128 *worth;   /* [n_hours + 1]: of one server up to an hour, by the prices of the solution */
    struct str *fault;
};

static int32_t lease_end(const struct audit *audit, const struct network_offer *offer, int32_t start)
{
    int64_t end = (int64_t)start + offer->hours;
    return end < audit->problem->n_hours ? (int32_t)end : audit->problem->n_hours;
}

/* An arc with prices dearer than its cost bounds plans only if its use is limited. */
static bool charge_limit(struct audit *audit, int128 excess, int64_t limit)
{
    if (excess <= 0)
        return true;
    if (limit == NETWORK_NONE)
        return false;
    audit->bound -= excess * limit;
    return true;
}

/* What one more start under the offer's limit would save. */
static int64_t start_price(const struct audit *audit, const struct network_offer *offer, int32_t start)
{
    if (offer->start_limit == 0)
        return 0;
    return audit->solution->start_price[(size_t)(offer->start_limit - 1) * audit->n_hours + (size_t)start];
}

static bool verify_start(struct audit *audit, size_t k, int32_t start)
{
    const struct network_offer *offer = &audit->problem->offers[k];
    int64_t leases = audit->solution->leases[k * audit->n_hours + (size_t)start];
    int64_t quota = network_at(&offer->quota, start), cost = offer->cost[start];
    int32_t end = lease_end(audit, offer, start);
    bool on_grid = start >= offer->first_start && (start - offer->first_start) % offer->every == 0;
    if (!on_grid || cost == NETWORK_NONE)
        quota = 0;
    if (leases < 0 || leases > quota) {
        *audit->fault = str_format(audit->arena, "offer %zu, hour %d: %lld leases start, %lld may", k,
                                   (int)start, (long long)leases, (long long)quota);
        return false;
    }
    audit->cost += leases > 0 ? (int128)leases * cost : 0;
    audit->running[start] += leases;
    audit->running[end] -= leases;
    if (quota == 0 ||
        charge_limit(audit, audit->worth[end] - audit->worth[start] - cost - start_price(audit, offer, start),
                     quota))
        return true;
    *audit->fault = str_format(
        audit->arena, "offer %zu, hour %d: the hours of a lease are worth more than it costs", k, (int)start);
    return false;
}

static bool verify_limit(struct audit *audit, size_t i, int32_t start)
{
    int64_t most = network_at(&audit->problem->start_limits[i].most, start), leases = 0;
    int64_t price = audit->solution->start_price[i * audit->n_hours + (size_t)start];
    for (size_t k = 0; k < audit->problem->n_offers; k++)
        if (audit->problem->offers[k].start_limit == (int)i + 1)
            leases += audit->solution->leases[k * audit->n_hours + (size_t)start];
    if (leases > most) {
        *audit->fault = str_format(audit->arena, "limit %zu, hour %d: %lld leases start, %lld may", i,
                                   (int)start, (long long)leases, (long long)most);
        return false;
    }
    if (price >= 0 && charge_limit(audit, price, most))
        return true;
    *audit->fault = str_format(audit->arena, "limit %zu, hour %d: a price of %lld for a start", i, (int)start,
                               (long long)price);
    return false;
}

static bool verify_tier(struct audit *audit, size_t i, int32_t hour, int128 *served)
{
    const struct network_tier *tier = &audit->problem->tiers[i];
    int64_t used = audit->solution->tiers[i * audit->n_hours + (size_t)hour];
    int64_t price = network_at(&tier->price, hour), capacity = network_at(&tier->capacity, hour);
    if (price == NETWORK_NONE)
        capacity = 0;
    if (used < 0 || used > capacity) {
        *audit->fault = str_format(audit->arena, "tier %zu, hour %d: %lld servers used of %lld", i, (int)hour,
                                   (long long)used, (long long)capacity);
        return false;
    }
    audit->cost += used > 0 ? (int128)used * price : 0;
    *served += used;
    if (capacity == 0 || charge_limit(audit, (int128)audit->solution->hour_price[hour] - price, capacity))
        return true;
    *audit->fault = str_format(audit->arena, "tier %zu, hour %d: the hour is worth more than the tier costs",
                               i, (int)hour);
    return false;
}

/* An hour's demand is worth its price; what can never be served within the cap is worth the shortage. */
static int128 demand_worth(const struct audit *audit, int32_t hour)
{
    int64_t demand = audit->problem->demand[hour], cap = network_at(&audit->problem->running_cap, hour);
    int128 price = audit->solution->hour_price[hour];
    if (demand > cap)
        return cap * price + (int128)(demand - cap) * network_at(&audit->problem->shortage, hour);
    return (price < 0 ? cap : demand) * price;
}

static bool verify_coverage(struct audit *audit, int32_t hour, int128 served, int64_t missing)
{
    int64_t demand = audit->problem->demand[hour], cap = network_at(&audit->problem->running_cap, hour);
    if (served + missing < demand) {
        *audit->fault = str_format(audit->arena, "hour %d: %lld servers of %lld", (int)hour,
                                   (long long)(served + missing), (long long)demand);
        return false;
    }
    if (served > cap) {
        *audit->fault = str_format(audit->arena, "hour %d: over %lld servers run", (int)hour, (long long)cap);
        return false;
    }
    return true;
}

static bool verify_price(struct audit *audit, int32_t hour)
{
    int64_t price = audit->solution->hour_price[hour], cap = network_at(&audit->problem->running_cap, hour);
    bool too_high = price > network_at(&audit->problem->shortage, hour);
    if (!too_high && (price >= 0 || cap != NETWORK_NONE))
        return true;
    *audit->fault = str_format(audit->arena, "hour %d: a price of %lld", (int)hour, (long long)price);
    return false;
}

static bool verify_hour(struct audit *audit, int32_t hour)
{
    int64_t missing = audit->solution->shortage[hour], price = network_at(&audit->problem->shortage, hour);
    int128 served = audit->running[hour];
    if (!verify_price(audit, hour))
        return false;
    for (size_t i = 0; i < audit->problem->n_tiers; i++)
        if (!verify_tier(audit, i, hour, &served))
            return false;
    if (missing < 0 || (missing > 0 && price == NETWORK_NONE)) {
        *audit->fault =
            str_format(audit->arena, "hour %d: %lld servers missing", (int)hour, (long long)missing);
        return false;
    }
    audit->cost += missing > 0 ? (int128)missing * price : 0;
    if (!verify_coverage(audit, hour, served, missing))
        return false;
    audit->bound += demand_worth(audit, hour);
    return true;
}

static bool verify_sums(const struct audit *audit)
{
    if (audit->cost != audit->solution->cost)
        *audit->fault = str_of("the cost is not what the plan costs");
    else if (audit->bound != audit->solution->lower_bound)
        *audit->fault = str_of("the lower bound is not what the prices say");
    else if (audit->cost != audit->bound)
        *audit->fault = str_of("the plan costs more than the lower bound");
    else
        return true;
    return false;
}

bool network_verify(struct arena *arena, const struct network_problem *problem,
                    const struct network_solution *solution, struct str *fault)
{
    struct arena scratch = {0};
    struct audit audit = {.arena = arena, .problem = problem, .solution = solution, .fault = fault};
    bool holds = solution->feasible;
    audit.n_hours = (size_t)problem->n_hours;
    audit.running = ARENA_NEW(&scratch, int128, audit.n_hours + 1);
    audit.worth = ARENA_NEW(&scratch, int128, audit.n_hours + 1);
    *fault = holds ? (struct str){0} : str_of("the solution says that there is none");
    for (size_t t = 0; holds && t < audit.n_hours; t++)
        audit.worth[t + 1] = audit.worth[t] + solution->hour_price[t];
    for (size_t k = 0; k < problem->n_offers; k++)
        for (int32_t s = 0; holds && s < problem->n_hours; s++)
            holds = verify_start(&audit, k, s);
    for (size_t i = 0; i < problem->n_start_limits; i++)
        for (int32_t s = 0; holds && s < problem->n_hours; s++)
            holds = verify_limit(&audit, i, s);
    for (int32_t t = 0; holds && t < problem->n_hours; t++) {
        holds = verify_hour(&audit, t);
        audit.running[t + 1] += audit.running[t];
    }
    holds = holds && verify_sums(&audit);
    arena_free(&scratch);
    return holds;
}
