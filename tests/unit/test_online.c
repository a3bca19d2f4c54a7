#include "test.h"

#include <math.h>

#include "plan/network.h"
#include "plan/online.h"

enum { MOST_HOURS = 400, MOST_TERM = 60 };

static int64_t below(uint64_t *state, int64_t n)
{
    return (int64_t)((test_random(state) >> 33) % (uint64_t)n);
}

/* Levels that last a while, sometimes much higher. */
static int32_t random_demand(uint64_t *state, int64_t *demand, int64_t most)
{
    int32_t n_hours = (int32_t)below(state, MOST_HOURS) + 1;
    int64_t level = below(state, most + 1);
    for (int32_t t = 0; t < n_hours; t++) {
        if (below(state, 5) == 0)
            level = below(state, below(state, 10) == 0 ? 40 * most + 1 : most + 1);
        demand[t] = level;
    }
    return n_hours;
}

static struct online_terms random_terms(uint64_t *state)
{
    int64_t price = below(state, 30) + 1;
    return (struct online_terms){.fee = below(state, 12 * price),
                                 .term_hours = (int32_t)below(state, MOST_TERM) + 1,
                                 .usage_rate = below(state, price),
                                 .price = price};
}

static void break_even(struct arena *arena, const struct online_terms *terms, int64_t patience,
                       const int64_t *demand, int32_t n_hours, int64_t *reserved)
{
    struct online_break_even policy = {.term_hours = terms->term_hours, .patience = patience};
    for (int32_t t = 0; t < n_hours; t++)
        reserved[t] = online_break_even_step(arena, &policy, demand[t]);
}

static void percentile(struct arena *arena, struct online_percentile policy, const int64_t *demand,
                       int32_t n_hours, int64_t *reserved)
{
    for (int32_t t = 0; t < n_hours; t++)
        reserved[t] = online_percentile_step(arena, &policy, demand[t]);
}

static int128 bill_sum(const struct online_terms *terms, const int64_t *demand, const int64_t *reserved,
                       int32_t n_hours)
{
    struct online_bill bill = online_bill(terms, demand, reserved, n_hours);
    return bill.fees + bill.usage + bill.on_demand;
}

/* ---- Word by word. ---- */

static bool is_enough(const struct online_terms *terms, int64_t n_short)
{
    return n_short * (terms->price - terms->usage_rate) > terms->fee; /* p n > F / (1 - alpha) */
}

static void plain_break_even(const struct online_terms *terms, const int64_t *demand, int32_t n_hours,
                             int64_t *reserved)
{
    int64_t counted[MOST_HOURS] = {0};
    int32_t term = terms->term_hours;
    for (int32_t t = 0; t < n_hours; t++) {
        for (reserved[t] = 0;; reserved[t]++) {
            int64_t n_short = 0;
            for (int32_t i = t - term + 1; i <= t; i++)
                n_short += i >= 0 && demand[i] > counted[i];
            if (!is_enough(terms, n_short))
                break;
            for (int32_t i = t - term + 1; i < t + term; i++)
                if (i >= 0 && i < n_hours)
                    counted[i]++;
        }
    }
}

static void break_even_is_as_written_down(void **test)
{
    (void)test;
    uint64_t state = 2013;
    int64_t n_reserved = 0;
    for (int i = 0; i < 400; i++) {
        struct arena arena = {0};
        int64_t demand[MOST_HOURS], reserved[MOST_HOURS], expected[MOST_HOURS];
        int32_t n_hours = random_demand(&state, demand, below(&state, 12) + 1);
        struct online_terms terms = random_terms(&state);
        break_even(&arena, &terms, online_break_even_patience(&terms), demand, n_hours, reserved);
        plain_break_even(&terms, demand, n_hours, expected);
        assert_memory_equal(reserved, expected, (size_t)n_hours * sizeof *reserved);
        for (int32_t t = 0; t < n_hours; t++)
            n_reserved += reserved[t];
        arena_free(&arena);
    }
    assert_true(n_reserved > 5000);
}

static int compare_servers(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static void plain_percentile(const struct online_percentile *policy, const int64_t *demand, int32_t n_hours,
                             int64_t *reserved)
{
    int32_t window = policy->window_hours;
    memset(reserved, 0, (size_t)n_hours * sizeof *reserved);
    for (int32_t t = window - 1; t < n_hours; t++) {
        int64_t sorted[MOST_HOURS], running = 0;
        int32_t rank = (int32_t)ceil(policy->percent * window / 100.0);
        memcpy(sorted, demand + t - window + 1, (size_t)window * sizeof *sorted);
        qsort(sorted, (size_t)window, sizeof *sorted, compare_servers);
        for (int32_t i = 0; i < t; i++)
            running += i > t - policy->term_hours ? reserved[i] : 0;
        if (t % policy->review_hours == 0 && sorted[rank - 1] > running)
            reserved[t] = sorted[rank - 1] - running;
    }
}

static void percentile_is_that_of_the_last_hours(void **test)
{
    (void)test;
    uint64_t state = 95;
    for (int i = 0; i < 400; i++) {
        struct arena arena = {0};
        int64_t demand[MOST_HOURS], reserved[MOST_HOURS], expected[MOST_HOURS];
        int32_t n_hours = random_demand(&state, demand, 30);
        struct online_percentile policy = {.term_hours = (int32_t)below(&state, MOST_TERM) + 1,
                                           .window_hours = (int32_t)below(&state, 40) + 1,
                                           .review_hours = (int32_t)below(&state, 6) + 1,
                                           .percent = (int32_t)below(&state, 100) + 1};
        percentile(&arena, policy, demand, n_hours, reserved);
        plain_percentile(&policy, demand, n_hours, expected);
        assert_memory_equal(reserved, expected, (size_t)n_hours * sizeof *reserved);
        arena_free(&arena);
    }
}

/* ---- Claims. ---- */

static void what_is_not_known_yet_changes_nothing(void **test)
{
    (void)test;
    uint64_t state = 1;
    for (int i = 0; i < 200; i++) {
        struct arena arena = {0};
        int64_t demand[MOST_HOURS], first[MOST_HOURS], second[MOST_HOURS];
        int32_t n_hours = random_demand(&state, demand, 10), known = (int32_t)below(&state, n_hours) + 1;
        struct online_terms terms = random_terms(&state);
        struct online_percentile policy = {terms.term_hours, 12, 3, 80, 0, NULL, NULL, NULL, 0, 0, 0};
        int64_t patience = online_break_even_patience(&terms);
        for (int round = 0; round < 2; round++) {
            if (round == 0)
                break_even(&arena, &terms, patience, demand, n_hours, first);
            else
                percentile(&arena, policy, demand, n_hours, first);
            for (int32_t t = known; t < n_hours; t++)
                demand[t] = below(&state, 500);
            if (round == 0)
                break_even(&arena, &terms, patience, demand, n_hours, second);
            else
                percentile(&arena, policy, demand, n_hours, second);
            assert_memory_equal(first, second, (size_t)known * sizeof *first);
        }
        arena_free(&arena);
    }
}

/* With foresight: every hour of use costs the usage rate either way, so what is left to decide is a network
 * of leases for the fee and an on-demand price less by that rate. */
static int128 least_cost(struct arena *arena, const struct online_terms *terms, const int64_t *demand,
                         int32_t n_hours)
{
    int64_t fee[MOST_HOURS];
    struct network_offer offer = {terms->term_hours, 0, 1, fee, {NETWORK_NONE, NULL}, 0};
    struct network_tier tier = {{NETWORK_NONE, NULL}, {terms->price - terms->usage_rate, NULL}};
    struct network_problem problem = {
        n_hours, demand, &offer, 1, &tier, 1, {NETWORK_NONE, NULL}, {NETWORK_NONE, NULL}, NULL, 0};
    struct network_solution solution;
    int128 of_use = 0;
    for (int32_t t = 0; t < n_hours; t++) {
        fee[t] = terms->fee;
        of_use += (int128)demand[t] * terms->usage_rate;
    }
    assert_true(network_solve(arena, &problem, &solution) && solution.feasible);
    return solution.cost + of_use;
}

/* alpha = r / p: 2 - alpha times the least is (2 p - r) / p of it. */
static void break_even_never_costs_twice_the_least(void **test)
{
    (void)test;
    uint64_t state = 1999;
    double worst = 0;
    for (int i = 0; i < 600; i++) {
        struct arena arena = {0};
        int64_t demand[MOST_HOURS], reserved[MOST_HOURS];
        int32_t n_hours = random_demand(&state, demand, 6);
        struct online_terms terms = random_terms(&state);
        break_even(&arena, &terms, online_break_even_patience(&terms), demand, n_hours, reserved);
        int128 cost = bill_sum(&terms, demand, reserved, n_hours);
        int128 least = least_cost(&arena, &terms, demand, n_hours);
        assert_true(cost >= least);
        assert_true(cost * terms.price <= least * (2 * terms.price - terms.usage_rate));
        if (least > 0 && (double)cost / (double)least > worst)
            worst = (double)cost / (double)least;
        arena_free(&arena);
    }
    assert_true(worst > 1.3);
}

/* Demand that ends as soon as something is reserved: 2 - alpha is reached but for one hour's price. */
static void demand_that_ends_at_once_is_the_worst_case(void **test)
{
    (void)test;
    struct arena arena = {0};
    struct online_terms terms = {.fee = 300000, .term_hours = 380, .usage_rate = 250, .price = 1250};
    int64_t demand[MOST_HOURS] = {0}, reserved[MOST_HOURS];
    for (int t = 0; t <= 300; t++)
        demand[t] = 1;
    break_even(&arena, &terms, online_break_even_patience(&terms), demand, MOST_HOURS, reserved);
    for (int t = 0; t < MOST_HOURS; t++)
        assert_int_equal(reserved[t], t == 300); /* 301 hours at 1,000 are more than the fee, 300 are not */
    int128 cost = bill_sum(&terms, demand, reserved, MOST_HOURS);
    int128 least = least_cost(&arena, &terms, demand, MOST_HOURS);
    assert_true(cost == 300 * 1250 + 300000 + 250);
    assert_true(least == 300000 + 301 * 250);
    assert_true((double)cost / (double)least > 1.795 && (double)cost / (double)least < 1.8);
    arena_free(&arena);
}

static void without_a_lower_rate_nothing_is_reserved(void **test)
{
    (void)test;
    struct online_terms terms = {.fee = 0, .term_hours = 10, .usage_rate = 7, .price = 7};
    assert_true(online_break_even_patience(&terms) == ONLINE_NEVER);
    assert_true(online_random_patience(&terms, 1, 1) == ONLINE_NEVER);
}

/* Shares of the drawn z, and the expected ratio where demand of one server lasts for a while: all of it on
 * demand, or z F on demand, the fee, and the rest at the usage rate. */
static void drawn_patience_has_the_published_distribution(void **test)
{
    enum { N_DRAWS = 20000 };
    (void)test;
    const double e = exp(1), alpha = 0.25, fee = 1e9;
    struct online_terms terms = {.fee = (int64_t)fee, .term_hours = 1, .usage_rate = 25, .price = 100};
    for (int step = 1; step <= 8; step++) {
        double beta = 1 / (1 - alpha), until = beta * step / 8, mass = 0, cost = 0;
        int n_until = 0;
        for (int i = 0; i < 1000; i++) /* the density, added up */
            mass +=
                until / 1000 * (1 - alpha) * exp((1 - alpha) * until * (i + 0.5) / 1000) / (e - 1 + alpha);
        for (uint64_t trial = 0; trial < N_DRAWS; trial++) {
            int64_t patience = online_random_patience(&terms, 7, trial);
            double z = patience == ONLINE_NEVER ? 1e9 : (double)patience * 100 / fee;
            n_until += z < until;
            cost += z < until ? z + 1 + alpha * (until - z) : until;
        }
        assert_true(fabs(n_until / (double)N_DRAWS - mass) < 0.015);
        assert_true(fabs(cost / N_DRAWS / until - e / (e - 1 + alpha)) <
                    0.02); /* until <= beta: best on demand */
    }
}

static void the_bill_says_what_was_used(void **test)
{
    (void)test;
    struct online_terms terms = {.fee = 40, .term_hours = 2, .usage_rate = 3, .price = 10};
    int64_t demand[4] = {2, 5, 1, 4}, reserved[4] = {0, 3, 0, 0};
    struct online_bill bill = online_bill(&terms, demand, reserved, 4);
    assert_int_equal(bill.n_reserved, 3);
    assert_true(bill.fees == 120 && bill.usage == (3 + 1) * 3 && bill.on_demand == (2 + 2 + 4) * 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bill_says_what_was_used),
        cmocka_unit_test(break_even_is_as_written_down),
        cmocka_unit_test(percentile_is_that_of_the_last_hours),
        cmocka_unit_test(what_is_not_known_yet_changes_nothing),
        cmocka_unit_test(break_even_never_costs_twice_the_least),
        cmocka_unit_test(demand_that_ends_at_once_is_the_worst_case),
        cmocka_unit_test(without_a_lower_rate_nothing_is_reserved),
        cmocka_unit_test(drawn_patience_has_the_published_distribution),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
