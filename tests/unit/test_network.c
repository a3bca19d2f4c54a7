#include "test.h"

#include <jansson.h>

#include "base/file.h"
#include "network_plain.h"

/* Solves, and holds the solution against the problem. */
static struct network_solution solved(struct arena *arena, const struct network_problem *problem)
{
    struct network_solution solution;
    struct str fault;
    assert_true(network_solve(arena, problem, &solution));
    assert_true(solution.feasible);
    if (!network_verify(arena, problem, &solution, &fault))
        fail_msg("%.*s", STR_ARGS(fault));
    return solution;
}

/* ---- Random problems. ---- */

static int64_t below(uint64_t *state, int64_t n)
{
    return (int64_t)((test_random(state) >> 33) % (uint64_t)n);
}

/* A number for all hours, one for each, or none; some of the numbers may be NETWORK_NONE. */
static struct network_hourly random_hourly(uint64_t *state, int64_t *each, int64_t most, int64_t none_in)
{
    struct network_hourly hourly = {below(state, none_in) == 0 ? NETWORK_NONE : below(state, most + 1), NULL};
    if (below(state, 3) > 0)
        return hourly;
    for (int t = 0; t < MOST_HOURS; t++)
        each[t] = below(state, none_in) == 0 ? NETWORK_NONE : below(state, most + 1);
    hourly.each = each;
    return hourly;
}

static void random_offer(struct small *small, uint64_t *state, int64_t most)
{
    int32_t n_hours = small->problem.n_hours, hours = (int32_t)below(state, n_hours + 4) + 1;
    if (below(state, 4) == 0)
        hours = 1;
    int64_t cost = below(state, 12 * hours) * (below(state, 3) > 0);
    size_t k = small->problem.n_offers;
    struct network_offer *offer = small_offer(small, hours, cost);
    if (below(state, 3) == 0)
        offer->first_start = (int32_t)below(state, n_hours + 2);
    if (below(state, 3) == 0)
        offer->every = (int32_t)below(state, 5) + 1;
    if (below(state, 2) == 0)
        offer->quota = random_hourly(state, small->quota[k], most + 2, 4);
    if (below(state, 2) == 0)
        for (int32_t s = 0; s < n_hours; s++)
            small->cost[k][s] = below(state, 8) == 0 ? NETWORK_NONE : cost + below(state, 5);
}

static void random_limits(struct small *small, uint64_t *state, int64_t most)
{
    size_t n = (size_t)below(state, MOST_LIMITS) + 1;
    for (size_t i = 0; i < n; i++)
        small->limits[i].most = random_hourly(state, small->most[i], most + 2, 4);
    small->problem.n_start_limits = n;
    for (size_t k = 0; k < small->problem.n_offers; k++)
        small->offers[k].start_limit = (int)below(state, (int64_t)n + 1);
}

static void random_small(struct small *small, uint64_t *state, int32_t most_hours, int64_t most,
                         int64_t n_offers)
{
    int64_t level = below(state, most + 1);
    small_start(small, (int32_t)below(state, most_hours) + 1);
    for (int32_t t = 0; t < small->problem.n_hours; t++) {
        level = below(state, 3) == 0 ? below(state, most + 1) : level;
        small->demand[t] = level;
    }
    for (int64_t n = below(state, n_offers + 1); n > 0; n--)
        random_offer(small, state, most);
    if (small->problem.n_offers > 0 && below(state, 8) == 0)
        small->offers[small->problem.n_offers++] = small->offers[0];
    for (int64_t n = below(state, MOST_TIERS + 1); n > 0; n--) {
        size_t i = small->problem.n_tiers++;
        small->tiers[i].capacity = random_hourly(state, small->capacity[i], most + 1, 3);
        small->tiers[i].price = random_hourly(state, small->price[i], 15, 9);
    }
    if (below(state, 3) > 0)
        small->problem.shortage = random_hourly(state, small->shortage, 60, 9);
    if (below(state, 3) == 0)
        small->problem.running_cap = random_hourly(state, small->cap, 2 * most, 5);
    if (below(state, 2) == 0)
        random_limits(small, state, most);
}

static void compare_random(int n_problems, int32_t most_hours, int64_t most, int64_t n_offers,
                           int64_t (*best)(const struct network_problem *))
{
    uint64_t state = 20240229;
    int n_infeasible = 0;
    for (int i = 0; i < n_problems; i++) {
        struct arena arena = {0};
        struct small small;
        struct network_solution solution;
        struct str fault;
        random_small(&small, &state, most_hours, most, n_offers);
        int64_t expected = best(&small.problem);
        assert_true(network_solve(&arena, &small.problem, &solution));
        n_infeasible += expected == NETWORK_NONE;
        if (solution.feasible != (expected != NETWORK_NONE) ||
            (solution.feasible && solution.cost != expected))
            fail_msg("problem %d: found %lld, expected %lld", i,
                     solution.feasible ? (long long)solution.cost : -1, (long long)expected);
        if (solution.feasible && !network_verify(&arena, &small.problem, &solution, &fault))
            fail_msg("problem %d: %.*s", i, STR_ARGS(fault));
        assert_int_equal(solution.uncovered_hour >= 0, !solution.feasible);
        arena_free(&arena);
    }
    assert_true(n_infeasible > n_problems / 50 && n_infeasible < n_problems / 2);
}

static void is_as_cheap_as_the_best_of_all_plans(void **test)
{
    (void)test;
    compare_random(2000, 5, 3, 2, best_of_all_plans);
}

static void is_as_cheap_as_shortest_augmenting_paths(void **test)
{
    (void)test;
    compare_random(9000, 12, 6, 4, best_by_paths);
    compare_random(3000, 28, 1000, 5, best_by_paths);
}

/* ---- Optima found by others. ---- */

static bool shared_read(struct arena *arena, const char *name, struct str *content)
{
    const char *root = getenv("ROOT");
    struct failure failure = {0};
    struct str path = str_format(arena, "%s/../shared/vectors/optimum/%s", root != NULL ? root : ".", name);
    if (file_read(arena, path, content, &failure))
        return true;
    print_message("%.*s is not there: skipped\n", STR_ARGS(path));
    return false;
}

static int64_t whole(const json_t *object, const char *key, int64_t if_null)
{
    const json_t *value = json_object_get(object, key);
    return json_is_null(value) ? if_null : (int64_t)json_integer_value(value);
}

static int64_t end_cost(int64_t cost, int32_t hours, int32_t left, bool pro_rata)
{
    return pro_rata && left < hours ? (cost * left + hours - 1) / hours : cost;
}

static void json_small(struct small *small, const json_t *line)
{
    const json_t *demand = json_object_get(line, "demand"), *leases = json_object_get(line, "leases");
    int32_t n_hours = (int32_t)json_array_size(demand);
    small_start(small, n_hours);
    small->problem.shortage.all = whole(line, "shortage_cost", NETWORK_NONE);
    small->problem.running_cap.all = whole(line, "running_cap", NETWORK_NONE);
    for (size_t t = 0; t < json_array_size(demand); t++)
        small->demand[t] = json_integer_value(json_array_get(demand, t));
    for (size_t k = 0; k < json_array_size(leases); k++) {
        const json_t *lease = json_array_get(leases, k);
        struct network_offer *offer = small_offer(small, (int32_t)whole(lease, "hours", 0), 0);
        bool pro_rata = strcmp(json_string_value(json_object_get(lease, "end")), "pro-rata") == 0;
        offer->every = (int32_t)whole(lease, "start_every", 1);
        offer->first_start = (int32_t)whole(lease, "first_start", 0); /* then at multiples of `every` */
        offer->first_start = (offer->first_start + offer->every - 1) / offer->every * offer->every;
        offer->quota.all = whole(lease, "quota_per_start", NETWORK_NONE);
        for (int32_t s = 0; s < n_hours; s++)
            small->cost[k][s] = end_cost(whole(lease, "cost", 0), offer->hours, n_hours - s, pro_rata);
    }
}

static void small_optima_of_another_solver(void **test)
{
    (void)test;
    struct arena arena = {0};
    struct str rest, line;
    int n_lines = 0;
    if (!shared_read(&arena, "small.jsonl", &rest))
        skip();
    while (str_split(rest, '\n', &line, &rest) && line.length > 0) {
        struct small small;
        json_t *json = json_loadb(line.at, line.length, 0, NULL);
        assert_non_null(json);
        json_small(&small, json);
        assert_true(solved(&arena, &small.problem).cost ==
                    json_integer_value(json_object_get(json, "optimum")));
        json_decref(json);
        n_lines++;
    }
    assert_int_equal(n_lines, 300);
    arena_free(&arena);
}

/* `T K`, then per offer `name hours cost lead earliest mode`, then the demand. */
static void text_problem(struct arena *arena, const char *text, struct network_problem *problem)
{
    char *at;
    int32_t n_hours = (int32_t)strtol(text, &at, 10);
    size_t n_offers = (size_t)strtol(at, &at, 10);
    struct network_offer *offers = ARENA_NEW(arena, struct network_offer, n_offers);
    int64_t *demand = ARENA_NEW(arena, int64_t, n_hours);
    for (size_t k = 0; k < n_offers; k++) {
        at += strspn(at, " \n");
        at += strcspn(at, " ");
        int32_t hours = (int32_t)strtol(at, &at, 10);
        int64_t price = strtoll(at, &at, 10);
        int32_t lead = (int32_t)strtol(at, &at, 10), earliest = (int32_t)strtol(at, &at, 10);
        bool pro_rata = strtol(at, &at, 10) == 1;
        int64_t *cost = ARENA_NEW(arena, int64_t, n_hours);
        for (int32_t s = 0; s < n_hours; s++)
            cost[s] = end_cost(price, hours, n_hours - s, pro_rata);
        offers[k] = (struct network_offer){
            hours, lead > earliest ? lead : earliest, 1, cost, {NETWORK_NONE, NULL}, 0};
    }
    for (int32_t t = 0; t < n_hours; t++)
        demand[t] = strtoll(at, &at, 10);
    *problem = (struct network_problem){.n_hours = n_hours,
                                        .demand = demand,
                                        .offers = offers,
                                        .n_offers = n_offers,
                                        .shortage.all = NETWORK_NONE,
                                        .running_cap.all = NETWORK_NONE};
}

static void large_optima_of_another_solver(void **test)
{
    static const struct {
        const char *name;
        int64_t optimum; /* 1e-4 USD */
    } rows[] = {
        {"web_8760_4.txt.gz", 23165097120},     {"web_26280_8.txt.gz", 91866828280},
        {"day_26280_8.txt.gz", 115194131720},   {"step_26280_8.txt.gz", 40471291160},
        {"waves_26280_12.txt.gz", 36860448600},
    };
    (void)test;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = {0};
        struct network_problem problem;
        struct str content;
        if (!shared_read(&arena, rows[i].name, &content))
            skip();
        text_problem(&arena, content.at, &problem);
        assert_row(solved(&arena, &problem).cost == rows[i].optimum, rows[i].name);
        arena_free(&arena);
    }
}

/* A year on random walks with a quota on a daily grid, tiers and, in three of six, a cap: too large for the
 * plain solvers, but prices prove a plan to whoever checks them. */
static void large_problems_with_limits_are_proved(void **test)
{
    enum { N_HOURS = 8760 };
    (void)test;
    uint64_t state = 99;
    for (int i = 0; i < 6; i++) {
        struct arena arena = {0};
        int64_t *demand = ARENA_NEW(&arena, int64_t, N_HOURS), *cost = ARENA_NEW(&arena, int64_t, N_HOURS);
        for (int t = 0; t < N_HOURS; t++) {
            demand[t] = t == 0 ? 200 : demand[t - 1] + below(&state, 15) - 7;
            demand[t] = demand[t] < 0 ? 0 : demand[t];
            cost[t] = 4000 - t / 4;
        }
        struct network_offer offers[] = {{720, 48, 24, cost, {30 + 20 * i, NULL}, i % 3 == 1},
                                         {168, 0, 1, cost, {5, NULL}, i % 3 > 0}};
        struct network_tier tiers[] = {{{20, NULL}, {9, NULL}}, {{20 * i, NULL}, {15, NULL}}};
        struct network_start_limit limit = {{3, NULL}};
        struct network_problem problem = {
            N_HOURS, demand, offers, 2, tiers, 2, {90, NULL}, {NETWORK_NONE, NULL}, &limit, 1};
        if (i % 2 == 0)
            problem.running_cap.all = 150 + 60 * i;
        assert_true(solved(&arena, &problem).cost > 0);
        arena_free(&arena);
    }
}

/* ---- Claims. ---- */

static void equal_offers_are_used_in_order(void **test)
{
    (void)test;
    struct arena arena = {0};
    struct small small;
    small_start(&small, 4);
    small_demand(&small, (int64_t[]){3, 3, 3, 3});
    small_offer(&small, 5, 10); /* to the end from hour 0, as the next */
    small_offer(&small, 4, 10)->quota.all = 1;
    small_offer(&small, 4, 10);
    small.offers[0].quota.all = 1;
    struct network_solution solution = solved(&arena, &small.problem);
    assert_true(solution.cost == 30);
    for (int k = 0; k < 3; k++)
        assert_int_equal(solution.leases[k * 4], 1);
    arena_free(&arena);
}

static void without_demand_nothing_is_bought(void **test)
{
    (void)test;
    struct arena arena = {0};
    struct small small;
    small_start(&small, 3);
    small_offer(&small, 2, 0);
    assert_true(solved(&arena, &small.problem).cost == 0);
    small_start(&small, 0);
    assert_true(solved(&arena, &small.problem).cost == 0);
    small_start(&small, 1); /* neither hours nor offers to speak of */
    assert_true(solved(&arena, &small.problem).cost == 0);
    arena_free(&arena);
}

static void a_lease_longer_than_the_horizon_covers_it(void **test)
{
    (void)test;
    struct arena arena = {0};
    struct small small;
    small_start(&small, 3);
    small_demand(&small, (int64_t[]){1, 0, 2});
    small_offer(&small, INT32_MAX, 7)->every = INT32_MAX;
    assert_int_equal(solved(&arena, &small.problem).leases[0], 2);
    arena_free(&arena);
}

static void what_cannot_be_covered_is_said(void **test)
{
    (void)test;
    struct arena arena = {0};
    struct small small;
    struct network_solution solution;
    struct str fault;
    small_start(&small, 4);
    small_demand(&small, (int64_t[]){0, 0, 1, 1});
    small_offer(&small, 2, 5)->first_start = 3; /* arrives an hour late */
    assert_true(network_solve(&arena, &small.problem, &solution));
    assert_false(solution.feasible);
    assert_int_equal(solution.uncovered_hour, 2);
    assert_false(network_verify(&arena, &small.problem, &solution, &fault));
    small.offers[0].first_start = 9; /* never arrives: an hour of each of the tiers, the rest is missing */
    small_tier(&small, 1, 3);
    small.problem.shortage.all = 8;
    small.demand[3] = 2;
    solution = solved(&arena, &small.problem);
    assert_true(solution.cost == 3 + 3 + 8);
    assert_int_equal(solution.shortage[3], 1);
    arena_free(&arena);
}

static void uncovered_is_proved_where_costs_are_huge(void **test)
{
    (void)test;
    struct arena arena = {0};
    struct small small;
    struct network_solution solution;
    small_start(&small, 20);
    for (int t = 0; t < 20; t++)
        small.demand[t] = 2;
    small_offer(&small, 7, (int64_t)1 << 55)->quota.all = 1;
    assert_true(network_solve(&arena, &small.problem, &solution));
    assert_false(solution.feasible);
    assert_int_equal(solution.uncovered_hour, 0);
    small.demand[0] = 1;
    solution = solved(&arena, &small.problem);
    assert_true(solution.cost > (int128)5 << 55);
    small.cost[0][3] = INT64_MAX - 1;
    assert_false(network_solve(&arena, &small.problem, &solution));
    small.cost[0][3] = 1;
    small.demand[3] = INT64_MAX;
    assert_false(network_solve(&arena, &small.problem, &solution));
    arena_free(&arena);
}

static void quotas_and_tiers_are_filled_cheapest_first(void **test)
{
    (void)test;
    struct arena arena = {0};
    struct small small;
    small_start(&small, 2);
    small_demand(&small, (int64_t[]){10, 10});
    small_tier(&small, NETWORK_NONE, 9);
    small_tier(&small, 2, 4);
    small_offer(&small, 2, 6)->quota.all = 3;
    small_offer(&small, 1, 5)->quota.all = 1;
    struct network_solution solution = solved(&arena, &small.problem);
    /* 3 + 3 leases of two hours from hours 0 and 1 (6 < 9 for the last hour), 2 at 4, 1 at 5, the rest at 9
     */
    assert_true(solution.cost == 6 * 6 + 2 * (2 * 4 + 5) + 4 * 9 + 1 * 9);
    assert_int_equal(solution.tiers[0], 4);
    assert_int_equal(solution.tiers[1], 1);
    assert_int_equal(solution.tiers[2], 2);
    assert_int_equal(solution.hour_price[0], 9);
    arena_free(&arena);
}

static void the_cap_holds_for_everything_that_runs(void **test)
{
    (void)test;
    struct arena arena = {0};
    struct small small;
    small_start(&small, 3);
    small_demand(&small, (int64_t[]){4, 1, 4});
    small_offer(&small, 2, 1);
    small_tier(&small, NETWORK_NONE, 5);
    assert_true(solved(&arena, &small.problem).cost == 8);
    small.problem.running_cap.all = 4; /* in hour 1 no more than four of the eight may run */
    assert_true(solved(&arena, &small.problem).cost == 8);
    small.problem.running_cap.each = (int64_t[]){4, 1, 4};
    assert_true(solved(&arena, &small.problem).cost == 1 + 3 * 5 + 4 * 1);
    small.problem.running_cap.each = (int64_t[]){3, 3, 3};
    small.problem.shortage.all = 100;
    struct network_solution solution = solved(&arena, &small.problem);
    assert_true(solution.cost == 3 + 3 + 200);
    assert_int_equal(solution.shortage[0], 1);
    arena_free(&arena);
}

/* Rising tiers stand for demand not known yet: with 1 server or 3 wanted, each as likely, a server beyond
 * the first is wanted half the time. */
static void rising_tiers_buy_for_the_expected_demand(void **test)
{
    (void)test;
    struct arena arena = {0};
    struct small small;
    small_start(&small, 4);
    small_demand(&small, (int64_t[]){3, 3, 3, 3});
    small_tier(&small, 2, 5); /* price 10 an hour, half the time */
    small_tier(&small, NETWORK_NONE, 10);
    small_offer(&small, 4, 21);
    struct network_solution solution = solved(&arena, &small.problem);
    assert_int_equal(solution.leases[0], 1); /* 21 < 40, but 21 > 20 */
    assert_true(solution.cost == 21 + 4 * 2 * 5);
    arena_free(&arena);
}

static void refused(struct arena *arena, const struct network_problem *problem,
                    const struct network_solution *solution, const char *expected)
{
    struct str fault;
    assert_false(network_verify(arena, problem, solution, &fault));
    assert_text(fault, expected);
}

static void a_changed_solution_is_refused(void **test)
{
    (void)test;
    struct arena arena = {0};
    struct small small;
    small_start(&small, 4);
    small_demand(&small, (int64_t[]){2, 2, 1, 5});
    small_offer(&small, 3, 6)->quota.all = 2;
    small.offers[0].every = 2;
    small_tier(&small, 2, 4);
    small.problem.shortage.all = 50;
    small.problem.running_cap.all = 4;
    struct network_solution good = solved(&arena, &small.problem), bad = good;
    assert_true(good.cost == 2 * 6 + 2 * 6 + 2 * 4 + 1 * 50);
    struct {
        int64_t *number, change;
        const char *fault;
    } rows[] = {
        {&good.leases[0], 1, "offer 0, hour 0: 3 leases start, 2 may"},
        {&good.leases[0], -1, "hour 0: 1 servers of 2"},
        {&good.leases[1], 1, "offer 0, hour 1: 1 leases start, 0 may"},
        {&good.leases[2], -3, "offer 0, hour 2: -1 leases start, 2 may"},
        {&good.tiers[0], 3, "tier 0, hour 0: 3 servers used of 2"},
        {&good.tiers[2], 1, "hour 2: over 4 servers run"},
        {&good.tiers[0], 1, "the cost is not what the plan costs"},
        {&good.shortage[3], -1, "hour 3: 4 servers of 5"},
        {&good.shortage[0], -1, "hour 0: -1 servers missing"},
        {&good.hour_price[3], 1, "hour 3: a price of 51"},
        {&good.hour_price[2], 1, "the lower bound is not what the prices say"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        *rows[i].number += rows[i].change;
        refused(&arena, &small.problem, &good, rows[i].fault);
        *rows[i].number -= rows[i].change;
    }
    bad.cost--;
    refused(&arena, &small.problem, &bad, "the cost is not what the plan costs");
    bad = good;
    bad.lower_bound--;
    refused(&arena, &small.problem, &bad, "the lower bound is not what the prices say");
    small.offers[0].quota.all = NETWORK_NONE;
    refused(&arena, &small.problem, &good,
            "offer 0, hour 0: the hours of a lease are worth more than it costs");
    arena_free(&arena);
}

/* Demand of 2 for three hours, one start an hour: a lease of three hours from hour 0 (6 for 12), one of two
 * from hour 1 (5 for 8), and a server of the tier in hour 0. Two leases of three hours would cost 12. */
static void offers_share_a_limit_on_starts(void **test)
{
    (void)test;
    struct arena arena = {0};
    struct small small;
    small_start(&small, 3);
    small_demand(&small, (int64_t[]){2, 2, 2});
    small_offer(&small, 2, 5)->start_limit = 1;
    small_offer(&small, 3, 6)->start_limit = 1;
    small_tier(&small, NETWORK_NONE, 4);
    small.problem.n_start_limits = 1;
    small.limits[0].most.all = NETWORK_NONE;
    assert_true(solved(&arena, &small.problem).cost == 12);
    small.limits[0].most.all = 1;
    struct network_solution solution = solved(&arena, &small.problem);
    assert_true(solution.cost == 6 + 5 + 4);
    assert_int_equal(solution.leases[3 + 0], 1);
    assert_int_equal(solution.leases[0 + 1], 1);
    assert_int_equal(solution.start_price[0] - solution.start_price[1], 15 - 12);
    solution.leases[3 + 0]++;
    refused(&arena, &small.problem, &solution, "limit 0, hour 0: 2 leases start, 1 may");
    solution.leases[3 + 0]--;
    solution.start_price[0]++;
    refused(&arena, &small.problem, &solution, "the lower bound is not what the prices say");
    solution.start_price[0] -= 4;
    refused(&arena, &small.problem, &solution,
            "offer 1, hour 0: the hours of a lease are worth more than it costs");
    solution.start_price[2] = -1;
    solution.start_price[0] += 3;
    refused(&arena, &small.problem, &solution, "limit 0, hour 2: a price of -1 for a start");
    small.limits[0].most.each = (int64_t[]){0, 1, 0}; /* the price of no start at all: 12 - 6, 4 - 5 */
    solution = solved(&arena, &small.problem);
    assert_true(solution.cost == 5 + 4 * 4);
    assert_int_equal(solution.start_price[2], 0);
    arena_free(&arena);
}

/* Servers for an hour, too; of equal offers the first named takes what its limit lets it. */
static void limits_hold_for_hours_and_for_equal_offers(void **test)
{
    (void)test;
    struct arena arena = {0};
    struct small small;
    small_start(&small, 2);
    small_demand(&small, (int64_t[]){5, 0});
    small_offer(&small, 1, 2)->start_limit = 1;
    small_offer(&small, 1, 2)->start_limit = 2;
    small_tier(&small, NETWORK_NONE, 9);
    small.problem.n_start_limits = 2;
    small.limits[0].most.all = 3;
    small.limits[1].most.all = 1;
    struct network_solution solution = solved(&arena, &small.problem);
    assert_true(solution.cost == 3 * 2 + 1 * 2 + 1 * 9);
    assert_int_equal(solution.start_price[0], 7);
    assert_int_equal(solution.start_price[2], 7);
    small.limits[1].most.all = 9;
    solution = solved(&arena, &small.problem);
    assert_int_equal(solution.leases[0], 3);
    assert_int_equal(solution.leases[2], 2);
    arena_free(&arena);
}

static void the_same_problem_has_the_same_solution(void **test)
{
    (void)test;
    uint64_t state = 7;
    for (int i = 0; i < 100; i++) {
        struct arena arena = {0};
        struct small small;
        random_small(&small, &state, 28, 9, 5);
        struct network_solution a, b;
        size_t n_hours = (size_t)small.problem.n_hours;
        network_solve(&arena, &small.problem, &a);
        network_solve(&arena, &small.problem, &b);
        if (a.feasible) {
            assert_memory_equal(a.leases, b.leases, small.problem.n_offers * n_hours * sizeof *a.leases);
            assert_memory_equal(a.hour_price, b.hour_price, n_hours * sizeof *a.hour_price);
        }
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_demand_nothing_is_bought),
        cmocka_unit_test(a_lease_longer_than_the_horizon_covers_it),
        cmocka_unit_test(equal_offers_are_used_in_order),
        cmocka_unit_test(what_cannot_be_covered_is_said),
        cmocka_unit_test(uncovered_is_proved_where_costs_are_huge),
        cmocka_unit_test(quotas_and_tiers_are_filled_cheapest_first),
        cmocka_unit_test(the_cap_holds_for_everything_that_runs),
        cmocka_unit_test(rising_tiers_buy_for_the_expected_demand),
        cmocka_unit_test(a_changed_solution_is_refused),
        cmocka_unit_test(offers_share_a_limit_on_starts),
        cmocka_unit_test(limits_hold_for_hours_and_for_equal_offers),
        cmocka_unit_test(the_same_problem_has_the_same_solution),
        cmocka_unit_test(is_as_cheap_as_the_best_of_all_plans),
        cmocka_unit_test(is_as_cheap_as_shortest_augmenting_paths),
        cmocka_unit_test(small_optima_of_another_solver),
        cmocka_unit_test(large_optima_of_another_solver),
        cmocka_unit_test(large_problems_with_limits_are_proved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
