#include "test.h"

#include "plan/expected.h"

enum { MOST_HOURS = 12, MOST_FUTURES = 6, MOST_OFFERS = 3, MOST_TIERS = 3, MOST_SERVERS = 24 };

/* A small problem and its futures, with room of its own for everything in it. */
struct small {
    struct network_problem problem;
    struct network_offer offers[MOST_OFFERS];
    struct network_tier tiers[MOST_TIERS];
    int64_t cost[MOST_OFFERS][MOST_HOURS];
    int64_t demand[MOST_FUTURES][MOST_HOURS];
    const int64_t *demands[MOST_FUTURES];
    struct expected_futures futures;
};

static void small_start(struct small *small, int32_t n_hours, size_t n_futures)
{
    memset(small, 0, sizeof *small);
    small->problem =
        (struct network_problem){.n_hours = n_hours, .offers = small->offers, .tiers = small->tiers};
    small->problem.shortage.all = NETWORK_NONE;
    small->problem.running_cap.all = NETWORK_NONE;
    small->futures = (struct expected_futures){small->demands, n_futures, NULL};
    for (size_t w = 0; w < MOST_FUTURES; w++)
        small->demands[w] = small->demand[w];
}

static struct network_offer *small_offer(struct small *small, int32_t hours, int64_t cost)
{
    size_t k = small->problem.n_offers++;
    for (int32_t s = 0; s < MOST_HOURS; s++)
        small->cost[k][s] = cost;
    small->offers[k] = (struct network_offer){hours, 0, 1, small->cost[k], {NETWORK_NONE, NULL}, 0};
    return &small->offers[k];
}

static void small_tier(struct small *small, int64_t capacity, int64_t price)
{
    small->tiers[small->problem.n_tiers++] = (struct network_tier){{capacity, NULL}, {price, NULL}};
}

/* ---- Plain reckoning: server by server, plan by plan. ---- */

/* Of an hour in which so many leased servers run; NETWORK_NONE: it cannot be served. */
static int64_t plain_hour(const struct network_problem *problem, int64_t leased, int64_t demand)
{
    bool used[MOST_TIERS][MOST_SERVERS] = {0};
    int64_t cost = 0, room = problem->running_cap.all - leased;
    if (room < 0)
        return NETWORK_NONE;
    for (int64_t n = leased; n < demand; n++) {
        int64_t price = NETWORK_NONE;
        bool *of_price = NULL;
        for (size_t i = 0; i < problem->n_tiers && room > 0; i++) {
            for (int64_t j = 0; j < MOST_SERVERS && j < problem->tiers[i].capacity.all; j++) {
                if (!used[i][j] && problem->tiers[i].price.all < price) {
                    price = problem->tiers[i].price.all;
                    of_price = &used[i][j];
                }
            }
        }
        if (problem->shortage.all < price)
            price = problem->shortage.all;
        else if (of_price != NULL)
            *of_price = true, room--;
        if (price == NETWORK_NONE)
            return NETWORK_NONE;
        cost += price;
    }
    return cost;
}

static int64_t plain_future(const struct network_problem *problem, const int64_t *leases,
                            const int64_t *demand)
{
    int64_t cost = 0;
    for (int32_t t = 0; t < problem->n_hours; t++) {
        int64_t leased = 0;
        for (size_t k = 0; k < problem->n_offers; k++)
            for (int32_t s = 0; s <= t; s++)
                if (t - s < problem->offers[k].hours)
                    leased += leases[k * (size_t)problem->n_hours + (size_t)s];
        int64_t of_hour = plain_hour(problem, leased, demand[t]);
        if (of_hour == NETWORK_NONE)
            return NETWORK_NONE;
        cost += of_hour;
    }
    for (size_t i = 0; i < problem->n_offers * (size_t)problem->n_hours; i++)
        if (leases[i] > 0)
            cost +=
                leases[i] * problem->offers[i / (size_t)problem->n_hours].cost[i % (size_t)problem->n_hours];
    return cost;
}

static int64_t plain_sum(const struct small *small, const int64_t *leases)
{
    int64_t sum = 0;
    for (size_t w = 0; w < small->futures.n_items; w++) {
        int64_t cost = plain_future(&small->problem, leases, small->demand[w]);
        if (cost == NETWORK_NONE)
            return NETWORK_NONE;
        sum += cost;
    }
    return sum;
}

/* The least sum over the futures of all plans with at most `most` leases from one start. */
static int64_t plain_best(const struct small *small, int64_t *leases, size_t at, int64_t most)
{
    size_t n_hours = (size_t)small->problem.n_hours;
    if (at == small->problem.n_offers * n_hours)
        return plain_sum(small, leases);
    const struct network_offer *offer = &small->offers[at / n_hours];
    int64_t best = NETWORK_NONE, quota = offer->quota.all < most ? offer->quota.all : most;
    if ((int32_t)(at % n_hours) < offer->first_start || offer->cost[at % n_hours] == NETWORK_NONE)
        quota = 0;
    for (leases[at] = 0; leases[at] <= quota; leases[at]++) {
        int64_t cost = plain_best(small, leases, at + 1, most);
        best = cost < best ? cost : best;
    }
    leases[at] = 0;
    return best;
}

/* ---- Random problems. ---- */

static int64_t below(uint64_t *state, int64_t n)
{
    return (int64_t)((test_random(state) >> 33) % (uint64_t)n);
}

static void random_small(struct small *small, uint64_t *state, int32_t most_hours, int64_t most,
                         int64_t n_offers)
{
    small_start(small, (int32_t)below(state, most_hours) + 1, (size_t)below(state, MOST_FUTURES) + 1);
    for (size_t w = 0; w < small->futures.n_items; w++)
        for (int32_t t = 0; t < small->problem.n_hours; t++)
            small->demand[w][t] = below(state, most + 1);
    for (int64_t n = below(state, n_offers) + 1; n > 0; n--) {
        int32_t hours = (int32_t)below(state, small->problem.n_hours + 1) + 1;
        struct network_offer *offer = small_offer(small, hours, below(state, 8 * hours));
        if (below(state, 2) == 0)
            offer->quota.all = below(state, most + 2);
        if (below(state, 4) == 0)
            offer->first_start = (int32_t)below(state, 3);
        if (below(state, 4) == 0)
            small->cost[small->problem.n_offers - 1][0] = NETWORK_NONE;
    }
    for (int64_t n = below(state, MOST_TIERS + 1); n > 0; n--)
        small_tier(small, below(state, 2) == 0 ? NETWORK_NONE : below(state, most + 1), below(state, 12));
    if (below(state, 3) > 0)
        small->problem.shortage.all = below(state, 40);
    if (below(state, 3) == 0)
        small->problem.running_cap.all = below(state, most + 2);
}

static void is_as_cheap_as_the_best_of_all_commitments(void **test)
{
    (void)test;
    uint64_t state = 20141128;
    int n_infeasible = 0;
    for (int i = 0; i < 1500; i++) {
        struct arena arena = {0};
        struct small small;
        struct expected_plan plan;
        int64_t leases[MOST_OFFERS * MOST_HOURS] = {0};
        random_small(&small, &state, 3, 3, 2);
        int64_t best = plain_best(&small, leases, 0, 3);
        assert_true(expected_solve(&arena, &small.problem, &small.futures, &plan));
        n_infeasible += best == NETWORK_NONE;
        if (plan.feasible != (best != NETWORK_NONE) || (plan.feasible && plan.cost != best))
            fail_msg("problem %d: found %lld, expected %lld", i, plan.feasible ? (long long)plan.cost : -1,
                     (long long)best);
        assert_int_equal(plan.uncovered_hour >= 0, !plan.feasible);
        if (plan.feasible)
            assert_true(plain_sum(&small, plan.leases) == best);
        arena_free(&arena);
    }
    assert_true(n_infeasible > 30 && n_infeasible < 750);
}

/* In larger problems: no cheaper plan is found by planning for one demand, whichever it is. */
static void no_other_plan_is_cheaper_in_expectation(void **test)
{
    (void)test;
    uint64_t state = 77;
    int n_dearer = 0;
    for (int i = 0; i < 1000; i++) {
        struct arena arena = {0};
        struct small small;
        struct expected_plan plan;
        int64_t demand[MOST_HOURS];
        int128 optima[MOST_FUTURES], sum = 0;
        random_small(&small, &state, MOST_HOURS, 20, MOST_OFFERS);
        assert_true(expected_solve(&arena, &small.problem, &small.futures, &plan));
        assert_true(expected_optima(&small.problem, &small.futures, optima));
        for (size_t w = 0; plan.feasible && w < small.futures.n_items + 2; w++) {
            struct network_problem single = small.problem;
            struct network_solution solution;
            single.demand = w < small.futures.n_items ? small.demand[w] : demand;
            if (w == small.futures.n_items)
                expected_mean(&small.futures, single.n_hours, demand);
            if (w == small.futures.n_items + 1)
                expected_median(&small.futures, single.n_hours, demand);
            assert_true(network_solve(&arena, &single, &solution) && solution.feasible);
            struct expected_score score =
                expected_score(&small.problem, &small.futures, solution.leases, optima);
            assert_true(score.n_unserved > 0 || score.cost >= plan.cost);
            n_dearer += score.n_unserved == 0 && score.cost > plan.cost;
            assert_true((score.n_unserved == 0) == (plain_sum(&small, solution.leases) != NETWORK_NONE));
            assert_true(score.n_unserved > 0 || score.cost == plain_sum(&small, solution.leases));
        }
        if (plan.feasible) {
            struct expected_score score = expected_score(&small.problem, &small.futures, plan.leases, optima);
            for (size_t w = 0; w < small.futures.n_items; w++)
                sum += optima[w];
            assert_true(score.n_unserved == 0 && score.cost == plan.cost && sum <= plan.cost);
        }
        arena_free(&arena);
    }
    assert_true(n_dearer > 500);
}

/* ---- Claims. ---- */

/* One hour; 1 to 10 servers wanted, each as likely; 65 when committed to, 100 on demand. The n-th server is
 * wanted in 11 - n of 10 futures: committed to while that is 7 or more. */
static void a_server_is_committed_to_if_it_is_wanted_often_enough(void **test)
{
    (void)test;
    struct arena arena = {0};
    struct small small;
    int64_t demand[10], mean;
    const int64_t *demands[10];
    int128 optima[10];
    struct expected_futures futures = {demands, 10, NULL};
    struct expected_plan plan;
    small_start(&small, 1, 0);
    small_offer(&small, 1, 65);
    small_tier(&small, NETWORK_NONE, 100);
    for (int w = 0; w < 10; w++) {
        demand[w] = w + 1;
        demands[w] = &demand[w];
    }
    assert_true(expected_solve(&arena, &small.problem, &futures, &plan) && plan.feasible);
    assert_int_equal(plan.leases[0], 4);
    assert_true(plan.cost == 10 * 4 * 65 + 100 * (1 + 2 + 3 + 4 + 5 + 6));
    assert_true(expected_optima(&small.problem, &futures, optima));
    assert_true(optima[9] == 650);
    struct expected_score score = expected_score(&small.problem, &futures, plan.leases, optima);
    assert_true(score.cost == plan.cost);
    assert_true(score.p95 == 4 * 65 + 6 * 100 && score.worst == 860);
    assert_true(score.worst_regret == 860 - 650);
    assert_int_equal(score.regret_future, 9);
    expected_mean(&futures, 1, &mean);
    assert_int_equal(mean, 6); /* 5.5 */
    score = expected_score(&small.problem, &futures, &mean, optima);
    assert_true(score.cost == 10 * 6 * 65 + 100 * (1 + 2 + 3 + 4));
    expected_median(&futures, 1, &mean);
    assert_int_equal(mean, 6);
    arena_free(&arena);
}

static void what_a_future_costs_is_said_in_parts(void **test)
{
    (void)test;
    struct small small;
    small_start(&small, 2, 1);
    small_offer(&small, 2, 5);
    small_tier(&small, 3, 9);
    small_tier(&small, 2, 4);
    small.problem.shortage.all = 50;
    int64_t leases[2] = {2, 0}, demand[2] = {9, 3};
    struct expected_outcome outcome = expected_recourse(&small.problem, leases, demand);
    assert_true(outcome.served && outcome.leases == 10 && outcome.tiers == 2 * 4 + 3 * 9 + 4);
    assert_true(outcome.shortage == 2 * 50 && outcome.short_server_hours == 2);
    small.problem.running_cap.all = 5; /* 2 and 3 run: the dear tier only once */
    outcome = expected_recourse(&small.problem, leases, demand);
    assert_true(outcome.tiers == 2 * 4 + 9 + 4 && outcome.short_server_hours == 4);
    small.problem.shortage.all = NETWORK_NONE;
    outcome = expected_recourse(&small.problem, leases, demand);
    assert_false(outcome.served);
    assert_int_equal(outcome.unserved_hour, 0);
}

static void numbers_that_are_too_large_are_refused(void **test)
{
    (void)test;
    struct arena arena = {0};
    struct small small;
    struct expected_plan plan;
    small_start(&small, 2, 4);
    small_offer(&small, 2, INT64_MAX / 4);
    small_tier(&small, NETWORK_NONE, 3);
    assert_false(expected_solve(&arena, &small.problem, &small.futures, &plan));
    small.cost[0][0] = small.cost[0][1] = 1;
    assert_true(expected_solve(&arena, &small.problem, &small.futures, &plan));
    small.tiers[0].price.all = INT64_MAX / 3;
    assert_false(expected_solve(&arena, &small.problem, &small.futures, &plan));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_server_is_committed_to_if_it_is_wanted_often_enough),
        cmocka_unit_test(what_a_future_costs_is_said_in_parts),
        cmocka_unit_test(is_as_cheap_as_the_best_of_all_commitments),
        cmocka_unit_test(no_other_plan_is_cheaper_in_expectation),
        cmocka_unit_test(numbers_that_are_too_large_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
