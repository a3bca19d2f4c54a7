/* Times the exact network solver on demand of four shapes, plain and with quotas and tiers, and holds it
 * against its limits; also leases in expectation and policies without foresight. README.md says what is
 * measured and how. `network SHAPE HOURS OFFERS LIMITS` prints one problem and its least cost as JSON. */

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/random.h"
#include "plan/expected.h"
#include "plan/network.h"
#include "plan/online.h"

enum { MOST_REPEATS = 101, FEWEST_REPEATS = 5, YEAR_HOURS = 8760, MOST_OFFERS = 12 };

#define SPEND_SECONDS 0.4 /* on one row of the table, as far as the number of repeats allows */
#define PI 3.14159265358979323846

/* ---- what is made ---- */

struct noise {
    uint64_t stream, index;
    double level;
};

static double uniform(struct noise *noise)
{
    return random_in_stream(noise->stream, noise->index++);
}

/* Noise that remembers nine tenths of the hour before. */
static double drift(struct noise *noise)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += uniform(noise);
    noise->level = 0.9 * noise->level + 0.02 * sum;
    return noise->level;
}

static double of_day(int32_t hour, double swing, double weekend)
{
    return (1 + swing * sin(2 * PI * (hour % 24 - 8) / 24.0)) * (hour / 24 % 7 >= 5 ? weekend : 1);
}

/* Days, weeks, seasons and growth, and once 5,000 servers more for three days. */
static void make_web(int64_t *demand, int32_t n_hours, struct noise *noise)
{
    int32_t burst = (int32_t)(0.6 * n_hours), burst_hours = 72;
    for (int32_t t = 0; t < n_hours; t++) {
        double year = (double)t / YEAR_HOURS, load = 1500 * pow(1.6, year) * of_day(t, 0.35, 0.8);
        load *= (1 + 0.15 * sin(2 * PI * (year - 0.2))) * (1 + drift(noise));
        if (t >= burst && t < burst + burst_hours)
            load += 5000 * fmin(1, fmin((t - burst + 1) / 12.0, (burst + burst_hours - t) / 12.0));
        demand[t] = (int64_t)fmax(0, round(load));
    }
}

/* The most of each day, all day long. */
static void make_day(int64_t *demand, int32_t n_hours, struct noise *noise)
{
    make_web(demand, n_hours, noise);
    for (int32_t t = 0; t < n_hours; t += 24) {
        int64_t most = 0;
        for (int32_t i = t; i < n_hours && i < t + 24; i++)
            most = demand[i] > most ? demand[i] : most;
        for (int32_t i = t; i < n_hours && i < t + 24; i++)
            demand[i] = most;
    }
}

/* A new level every 400 hours or so. */
static void make_step(int64_t *demand, int32_t n_hours, struct noise *noise)
{
    double level = 800;
    for (int32_t t = 0; t < n_hours; t++) {
        if (uniform(noise) < 1 / 400.0)
            level = 5000 * uniform(noise) * (0.3 + 0.7 * t / n_hours);
        demand[t] = (int64_t)level;
    }
}

/* Bumps as wide as a day to two years: every length of a lease has its use. */
static void make_waves(int64_t *demand, int32_t n_hours, struct noise *noise)
{
    for (int32_t t = 0; t < n_hours; t++)
        demand[t] = 300;
    for (int32_t i = 0; i < n_hours / 400; i++) {
        double width = 24 * pow(730, uniform(noise)), centre = n_hours * uniform(noise) * 1.1;
        int64_t height = (int64_t)(120 * uniform(noise) * pow(width / 24, 0.3));
        for (int32_t t = (int32_t)fmax(0, centre - width / 2); t < n_hours && t < centre + width / 2; t++)
            demand[t] += height;
    }
    for (int32_t t = 0; t < n_hours; t++)
        demand[t] = (int64_t)fmax(0, round((double)demand[t] * of_day(t, 0.25, 0.85) * (1 + drift(noise))));
}

typedef void make_demand(int64_t *demand, int32_t n_hours, struct noise *noise);

static const struct shape {
    const char *name;
    make_demand *make;
} shapes[] = {{"web", make_web}, {"day", make_day}, {"step", make_step}, {"waves", make_waves}};

enum { N_SHAPES = sizeof shapes / sizeof shapes[0] };

/* Published prices of 2014 in 1e-4 dollars, rounded. */
static const struct {
    int32_t hours;
    int64_t cost;
} offers[MOST_OFFERS] = {
    {1, 1920},         {8760, 10590000},  {730, 993000}, {26280, 20100000}, {168, 268000}, {4380, 5690000},
    {35040, 24000000}, {43800, 27600000}, {24, 42000},   {2190, 2920000},   {336, 500000}, {17520, 16500000},
};

enum limits { UNLIMITED, QUOTAS, QUOTAS_AND_TIERS, START_LIMIT, N_LIMITS };

static const char *const limit_names[N_LIMITS] = {"none", "quotas", "quotas and tiers",
                                                  "together 100 starts a day"};

/* Of leases from one start: the shorter a lease, the fewer start in an hour. */
static int64_t quota_of(int32_t hours)
{
    return hours <= 24 ? 10 : hours < YEAR_HOURS ? 5 : 20;
}

static struct network_problem make_problem(struct arena *arena, const struct shape *shape, int32_t n_hours,
                                           size_t n_offers, enum limits limits)
{
    int64_t *demand = ARENA_NEW(arena, int64_t, n_hours);
    struct noise noise = {.stream = random_stream(2014, 0, str_of(shape->name))};
    struct network_offer *list = ARENA_NEW(arena, struct network_offer, n_offers);
    struct network_tier *tiers = ARENA_NEW(arena, struct network_tier, 3);
    struct network_start_limit *limit = ARENA_NEW(arena, struct network_start_limit, 1);
    shape->make(demand, n_hours, &noise);
    for (size_t k = 0; k < n_offers; k++) {
        int64_t *cost = ARENA_NEW(arena, int64_t, n_hours);
        for (int32_t s = 0; s < n_hours; s++)
            cost[s] = offers[k].cost;
        bool is_limited = limits != UNLIMITED && offers[k].hours > 1, is_shared = limits == START_LIMIT;
        list[k] = (struct network_offer){.hours = offers[k].hours, .every = 1, .cost = cost};
        list[k].quota.all = is_limited && !is_shared ? quota_of(offers[k].hours) : NETWORK_NONE;
        list[k].start_limit = is_limited && is_shared;
        list[k].every = is_limited && is_shared ? 24 : 1;
    }
    limit->most.all = 100;
    for (int i = 0; i < 3; i++)
        tiers[i] = (struct network_tier){{200, NULL}, {1000 + 300 * i, NULL}};
    size_t n_tiers = limits == QUOTAS_AND_TIERS ? 3 : 0, n_start_limits = limits == START_LIMIT;
    return (struct network_problem){
        n_hours, demand,        list, n_offers, tiers, n_tiers, {NETWORK_NONE, NULL}, {NETWORK_NONE, NULL},
        limit,   n_start_limits};
}

/* ---- measuring ---- */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int compare_doubles(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

struct timing {
    double least, median, most; /* seconds */
    int n;
    int64_t n_pivots;
};

static struct timing measure(const struct network_problem *problem)
{
    double seconds[MOST_REPEATS], spent = 0;
    int n = 0;
    int64_t n_pivots = 0;
    for (; n < FEWEST_REPEATS || (n < MOST_REPEATS && spent < SPEND_SECONDS); n++) {
        struct arena arena = {0};
        struct network_solution solution;
        double start = now();
        check(network_solve(&arena, problem, &solution) && solution.feasible);
        seconds[n] = now() - start;
        spent += seconds[n];
        n_pivots = solution.n_pivots;
        arena_free(&arena);
    }
    qsort(seconds, (size_t)n, sizeof seconds[0], compare_doubles);
    return (struct timing){seconds[0], (seconds[(n - 1) / 2] + seconds[n / 2]) / 2, seconds[n - 1], n,
                           n_pivots};
}

/* Megabytes at most in use by a process that solves the problem, which counts as well. */
static double megabytes(const struct network_problem *problem)
{
    struct rusage usage;
    int status;
    pid_t child = fork();
    check(child >= 0);
    if (child == 0) {
        struct arena arena = {0};
        struct network_solution solution;
        _exit(network_solve(&arena, problem, &solution) ? 0 : 1);
    }
    check(wait4(child, &status, 0, &usage) == child && status == 0);
    return (double)usage.ru_maxrss * 1024 / 1e6;
}

static const struct size {
    int32_t n_hours;
    size_t n_offers;
    enum limits limits;
    double limit; /* seconds */
} sizes[] = {
    {8760, 8, UNLIMITED, 0.02},        {26304, 8, UNLIMITED, 0.06},  {26304, 8, QUOTAS, 0.1},
    {26304, 8, QUOTAS_AND_TIERS, 0.1}, {26304, 8, START_LIMIT, 0.1}, {87600, 12, UNLIMITED, 0.5},
};

static void bench_solver(const struct size *size)
{
    printf("\n%d hours, %zu offers, limits: %s\n  %-10s %12s %12s %12s %5s %10s %6s\n", (int)size->n_hours,
           size->n_offers, limit_names[size->limits], "", "median ms", "least ms", "most ms", "n", "pivots",
           "MB");
    for (int i = 0; i < N_SHAPES; i++) {
        struct arena arena = {0};
        struct network_problem problem =
            make_problem(&arena, &shapes[i], size->n_hours, size->n_offers, size->limits);
        struct timing t = measure(&problem);
        printf("  %-10s %12.1f %12.1f %12.1f %5d %10" PRId64 " %6.1f  limit %.0f ms: %s\n", shapes[i].name,
               t.median * 1e3, t.least * 1e3, t.most * 1e3, t.n, t.n_pivots, megabytes(&problem),
               size->limit * 1e3, t.median <= size->limit ? "kept" : "MISSED");
        arena_free(&arena);
    }
}

/* ---- demand that is not known ---- */

enum { N_FUTURES = 20, EXPECTED_HOURS = 26304, EXPECTED_OFFERS = 4 };

static struct expected_futures make_futures(struct arena *arena, const struct shape *shape)
{
    const int64_t **demand = ARENA_NEW(arena, const int64_t *, N_FUTURES);
    for (uint64_t w = 0; w < N_FUTURES; w++) {
        struct noise noise = {.stream = random_stream(2014, w, str_of(shape->name))};
        int64_t *servers = ARENA_NEW(arena, int64_t, EXPECTED_HOURS);
        shape->make(servers, EXPECTED_HOURS, &noise);
        demand[w] = servers;
    }
    return (struct expected_futures){.demand = demand, .n_items = N_FUTURES};
}

/* By how much a plan made for one demand is dearer in expectation. */
static double dearer_by(const struct network_problem *problem, const struct expected_futures *futures,
                        const int64_t *demand, const int128 *optima, int128 cost)
{
    struct arena arena = {0};
    struct network_problem known = *problem;
    struct network_solution solution;
    known.demand = demand;
    check(network_solve(&arena, &known, &solution) && solution.feasible);
    struct expected_score score = expected_score(problem, futures, solution.leases, optima);
    check(score.n_unserved == 0 && score.cost >= cost);
    arena_free(&arena);
    return (double)(score.cost - cost) / (double)cost * 100;
}

static void bench_expected(const struct shape *shape)
{
    struct arena arena = {0};
    struct expected_futures futures = make_futures(&arena, shape);
    struct network_problem problem =
        make_problem(&arena, shape, EXPECTED_HOURS, EXPECTED_OFFERS + 1, UNLIMITED);
    struct network_tier on_demand = {{NETWORK_NONE, NULL}, {offers[0].cost, NULL}};
    int64_t *mean = ARENA_NEW(&arena, int64_t, EXPECTED_HOURS),
            *median = ARENA_NEW(&arena, int64_t, EXPECTED_HOURS);
    int128 optima[N_FUTURES];
    struct expected_plan plan;
    problem.offers++; /* what can be had when demand is known is a tier */
    problem.n_offers--;
    problem.tiers = &on_demand;
    problem.n_tiers = 1;
    double start = now();
    check(expected_solve(&arena, &problem, &futures, &plan) && plan.feasible);
    double solved = now();
    check(expected_optima(&problem, &futures, optima));
    double known = now();
    struct expected_score score = expected_score(&problem, &futures, plan.leases, optima);
    double scored = now();
    check(score.cost == plan.cost);
    expected_mean(&futures, EXPECTED_HOURS, mean);
    expected_median(&futures, EXPECTED_HOURS, median);
    printf("  %-10s %12.1f %12.1f %12.1f %10" PRId64 "   %+.3f %%, %+.3f %%\n", shape->name,
           (solved - start) * 1e3, (known - solved) * 1e3, (scored - known) * 1e3, plan.n_pivots,
           dearer_by(&problem, &futures, mean, optima, plan.cost),
           dearer_by(&problem, &futures, median, optima, plan.cost));
    arena_free(&arena);
}

/* ---- without foresight ---- */

static void bench_online(const struct shape *shape)
{
    struct arena arena = {0};
    struct noise noise = {.stream = random_stream(2014, 0, str_of(shape->name))};
    struct online_terms terms = {
        .fee = 5000000, .term_hours = YEAR_HOURS, .usage_rate = 600, .price = offers[0].cost};
    struct online_break_even break_even = {.term_hours = terms.term_hours,
                                           .patience = online_break_even_patience(&terms)};
    struct online_percentile percentile = {
        .term_hours = terms.term_hours, .window_hours = 30 * 24, .review_hours = 24, .percent = 95};
    int64_t *demand = ARENA_NEW(&arena, int64_t, EXPECTED_HOURS);
    shape->make(demand, EXPECTED_HOURS, &noise);
    double start = now();
    for (int32_t t = 0; t < EXPECTED_HOURS; t++)
        online_break_even_step(&arena, &break_even, demand[t]);
    double between = now();
    for (int32_t t = 0; t < EXPECTED_HOURS; t++)
        online_percentile_step(&arena, &percentile, demand[t]);
    double end = now();
    printf("  %-10s %12.2f %12.2f %16" PRId64 " %12" PRId64 "\n", shape->name, (between - start) * 1e3,
           (end - between) * 1e3, break_even.n_made, percentile.n_made);
    arena_free(&arena);
}

/* ---- for other solvers ---- */

static void print_list(const char *name, const int64_t *items, int32_t n)
{
    printf("\"%s\": [", name);
    for (int32_t i = 0; i < n; i++)
        printf("%s%" PRId64, i > 0 ? ", " : "", items[i]);
    printf("],\n");
}

/* One problem with its least cost and how long that took, as JSON. NETWORK_NONE is printed as null. */
static void print_problem(const struct shape *shape, int32_t n_hours, size_t n_offers, enum limits limits)
{
    struct arena arena = {0};
    struct network_problem problem = make_problem(&arena, shape, n_hours, n_offers, limits);
    struct network_solution solution;
    struct timing t = measure(&problem);
    check(network_solve(&arena, &problem, &solution) && solution.cost < INT64_MAX);
    printf("{\"cost\": %" PRId64 ", \"seconds\": %.6f,\n", (int64_t)solution.cost, t.median);
    print_list("demand", problem.demand, n_hours);
    printf("\"offers\": [");
    for (size_t k = 0; k < n_offers; k++) {
        int64_t quota = problem.offers[k].quota.all;
        printf("%s[%d, %" PRId64 ", ", k > 0 ? ", " : "", (int)problem.offers[k].hours,
               problem.offers[k].cost[0]);
        printf(quota == NETWORK_NONE ? "null]" : "%" PRId64 "]", quota);
    }
    printf("],\n\"tiers\": [");
    for (size_t i = 0; i < problem.n_tiers; i++)
        printf("%s[%" PRId64 ", %" PRId64 "]", i > 0 ? ", " : "", problem.tiers[i].capacity.all,
               problem.tiers[i].price.all);
    printf("]}\n");
    arena_free(&arena);
}

static int print_named(char **words)
{
    int hours = atoi(words[1]), n_offers = atoi(words[2]);
    for (int i = 0; i < N_SHAPES; i++) {
        for (int limits = 0; limits < START_LIMIT; limits++) {
            if (strcmp(words[0], shapes[i].name) != 0 || strcmp(words[3], limit_names[limits]) != 0)
                continue;
            if (hours < 1 || n_offers < 1 || n_offers > MOST_OFFERS)
                return 2;
            print_problem(&shapes[i], hours, (size_t)n_offers, (enum limits)limits);
            return 0;
        }
    }
    return 2;
}

int main(int argc, char **argv)
{
    if (argc == 5)
        return print_named(argv + 1);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        bench_solver(&sizes[i]);
    printf("\n%d hours, %d offers, %d futures, once each\n  %-10s %12s %12s %12s %10s   %s\n", EXPECTED_HOURS,
           EXPECTED_OFFERS, N_FUTURES, "", "solve ms", "optima ms", "score ms", "pivots",
           "dearer: plan for the mean, for the median");
    for (int i = 0; i < N_SHAPES; i++)
        bench_expected(&shapes[i]);
    printf("\nwithout foresight, %d hours, once each\n  %-10s %12s %12s %16s %12s\n", EXPECTED_HOURS, "",
           "break-even ms", "percentile ms", "servers reserved", "and");
    for (int i = 0; i < N_SHAPES; i++)
        bench_online(&shapes[i]);
    return 0;
}
