#include "test.h"

#include "supply/flow.h"

enum { DAY = 86400, HALF_DAY = 43200, MOST_SERVERS = 400, MOST_STAGES = 5 };

static struct stage stage(enum stage_each each, int64_t seconds, int64_t workers, const char *crew,
                          int64_t batch)
{
    return (struct stage){.name = STR("s"),
                          .crew = str_of(crew),
                          .each = each,
                          .batch = batch,
                          .workers = workers,
                          .low_seconds = seconds,
                          .mode_seconds = seconds,
                          .high_seconds = seconds};
}

static int64_t last_of(const struct arrivals *list)
{
    return list->items[list->n_items - 1].seconds;
}

/* The book: 100 people, 3 or 4 days to buy and half a day to install, 5,000 servers: 50 rounds. */
static void the_book_one_by_one_takes_175_to_225_days(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct stage stages[] = {stage(EACH_SERVER, 3 * DAY, 100, "installers", 0),
                             stage(EACH_SERVER, HALF_DAY, 100, "installers", 0)};
    struct process process = {.items = stages, .n_items = 2};
    struct arrivals low = flow_run(&arena, &process, flow_durations(&arena, &process, DURATION_LOW), 5000);
    assert_int_equal(last_of(&low), 175 * DAY);
    assert_int_equal(low.n_items, 50);
    assert_int_equal(low.items[0].servers, 100);
    stages[0] = stage(EACH_SERVER, 4 * DAY, 100, "installers", 0);
    struct arrivals high = flow_run(&arena, &process, flow_durations(&arena, &process, DURATION_LOW), 5000);
    assert_int_equal(last_of(&high), 225 * DAY);
    arena_free(&arena);
}

static void the_book_in_bulk_takes_28_to_29_days(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct stage stages[] = {stage(EACH_ORDER, 3 * DAY, 0, "", 0),
                             stage(EACH_SERVER, HALF_DAY, 100, "installers", 0)};
    struct process process = {.items = stages, .n_items = 2};
    struct arrivals low = flow_run(&arena, &process, flow_durations(&arena, &process, DURATION_LOW), 5000);
    assert_int_equal(last_of(&low), 28 * DAY);
    stages[0] = stage(EACH_ORDER, 4 * DAY, 0, "", 0);
    struct arrivals high = flow_run(&arena, &process, flow_durations(&arena, &process, DURATION_LOW), 5000);
    assert_int_equal(last_of(&high), 29 * DAY);
    arena_free(&arena);
}

/* ---- the same, one server and one worker at a time ---- */

static int64_t earliest(int64_t *free_at, int64_t n)
{
    int64_t best = 0;
    for (int64_t w = 1; w < n; w++)
        if (free_at[w] < free_at[best])
            best = w;
    return best;
}

/* Each piece in order of readiness takes the worker who is free first. */
static void plain_work(int64_t *ready, int64_t n, int64_t workers, int64_t duration)
{
    int64_t free_at[MOST_SERVERS] = {0};
    for (int64_t i = 0; i < n; i++) {
        if (workers == 0) {
            ready[i] += duration;
            continue;
        }
        int64_t w = earliest(free_at, workers);
        int64_t start = ready[i] > free_at[w] ? ready[i] : free_at[w];
        ready[i] = free_at[w] = start + duration;
    }
}

static void plain_stage(const struct stage *s, int64_t duration, int64_t *ready, int64_t n)
{
    if (s->each == EACH_ORDER) {
        for (int64_t i = 0; i < n; i++)
            ready[i] = ready[n - 1] + duration;
        return;
    }
    if (s->each == EACH_SERVER) {
        plain_work(ready, n, s->workers, duration);
        return;
    }
    int64_t batches[MOST_SERVERS], n_batches = 0;
    for (int64_t i = 0; i < n; i += s->batch)
        batches[n_batches++] = ready[i + s->batch - 1 < n ? i + s->batch - 1 : n - 1];
    plain_work(batches, n_batches, s->workers, duration);
    for (int64_t i = 0; i < n; i++)
        ready[i] = batches[i / s->batch];
}

static bool kept_together(const struct stage *a, const struct stage *b)
{
    return a->each == EACH_SERVER && b->each == EACH_SERVER && a->crew.length > 0 &&
           str_equal(a->crew, b->crew);
}

static void plain_flow(const struct process *process, int64_t *ready, int64_t n)
{
    memset(ready, 0, (size_t)n * sizeof *ready);
    for (size_t i = 0; i < process->n_items; i++) {
        int64_t duration = process->items[i].mode_seconds;
        size_t first = i;
        while (i + 1 < process->n_items && kept_together(&process->items[i], &process->items[i + 1]))
            duration += process->items[++i].mode_seconds;
        plain_stage(&process->items[first], duration, ready, n);
    }
}

static size_t random_process(uint64_t *random, struct stage *stages)
{
    size_t n = 1 + test_random(random) % MOST_STAGES;
    for (size_t i = 0; i < n; i++) {
        int64_t workers = (int64_t)(test_random(random) % 8);
        int64_t seconds = 1 + (int64_t)(test_random(random) % 50);
        enum stage_each each = (enum stage_each)(test_random(random) % 3);
        stages[i] = stage(each, seconds, workers, "", 1 + (int64_t)(test_random(random) % 20));
        bool together =
            i > 0 && each == EACH_SERVER && stages[i - 1].each == EACH_SERVER && test_random(random) % 2;
        if (together) {
            stages[i].crew = stages[i - 1].crew = STR("crew");
            stages[i].workers = stages[i - 1].workers;
        }
    }
    return n;
}

static void groups_give_the_same_times_as_single_servers(void **state)
{
    (void)state;
    uint64_t random = 11;
    for (int trial = 0; trial < 3000; trial++) {
        struct arena arena = {0};
        struct stage stages[MOST_STAGES];
        int64_t ready[MOST_SERVERS], n = 1 + (int64_t)(test_random(&random) % (MOST_SERVERS - 1)), at = 0;
        struct process process = {.items = stages, .n_items = random_process(&random, stages)};
        plain_flow(&process, ready, n);
        struct arrivals list = flow_run(&arena, &process, flow_durations(&arena, &process, DURATION_MODE), n);
        for (size_t i = 0; i < list.n_items; i++)
            for (int64_t j = 0; j < list.items[i].servers; j++)
                assert_int_equal(list.items[i].seconds, ready[at++]);
        assert_int_equal(at, n);
        arena_free(&arena);
    }
}

static void more_workers_are_never_slower(void **state)
{
    (void)state;
    uint64_t random = 5;
    for (int trial = 0; trial < 500; trial++) {
        struct arena arena = {0};
        struct stage stages[] = {stage(EACH_SERVER, 1 + (int64_t)(test_random(&random) % 90), 0, "", 0)};
        struct process process = {.items = stages, .n_items = 1};
        int64_t n = 1 + (int64_t)(test_random(&random) % 1000), before = INT64_MAX;
        for (stages[0].workers = 1; stages[0].workers < 40; stages[0].workers += 3) {
            struct arrivals list =
                flow_run(&arena, &process, flow_durations(&arena, &process, DURATION_MODE), n);
            assert_true(last_of(&list) <= before);
            before = last_of(&list);
        }
        arena_free(&arena);
    }
}

/* Mean of a triangular distribution: (low + mode + high) / 3; all draws within low and high. */
static void draws_are_triangular(void **state)
{
    (void)state;
    struct stage stages[] = {stage(EACH_ORDER, 0, 0, "", 0)};
    stages[0].low_seconds = 1000;
    stages[0].mode_seconds = 2000;
    stages[0].high_seconds = 6000;
    struct process process = {.name = STR("p"), .items = stages, .n_items = 1};
    int64_t sum = 0, below_mode = 0;
    enum { DRAWS = 100000 };
    for (uint64_t trial = 0; trial < DRAWS; trial++) {
        int64_t duration;
        flow_draw(&process, 2014, trial, &duration);
        assert_in_range(duration, 1000, 6000);
        sum += duration;
        below_mode += duration < 2000;
    }
    assert_in_range(sum / DRAWS, 2985, 3015);
    assert_in_range(below_mode, DRAWS / 5 - 600, DRAWS / 5 + 600); /* (mode - low) / (high - low) */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_book_one_by_one_takes_175_to_225_days),
        cmocka_unit_test(the_book_in_bulk_takes_28_to_29_days),
        cmocka_unit_test(groups_give_the_same_times_as_single_servers),
        cmocka_unit_test(more_workers_are_never_slower),
        cmocka_unit_test(draws_are_triangular),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
