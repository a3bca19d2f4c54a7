#include "test.h"

#include "supply/flow.h"
#include "unit/calendar.h"

enum { DAY = DAY_SECONDS, HALF_DAY = 43200, MOST_SERVERS = 400, MOST_STAGES = 5 };

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

static struct arrivals run(struct arena *arena, const struct process *process, int64_t n_servers)
{
    struct flow_order order = {process, durations_of(arena, process, DURATION_MODE), n_servers, 0, 0};
    return flow_run(arena, &order);
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
    struct arrivals low = run(&arena, &process, 5000);
    assert_int_equal(last_of(&low), 175 * DAY);
    assert_int_equal(low.n_items, 50);
    assert_int_equal(low.items[0].servers, 100);
    stages[0] = stage(EACH_SERVER, 4 * DAY, 100, "installers", 0);
    struct arrivals high = run(&arena, &process, 5000);
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
    struct arrivals low = run(&arena, &process, 5000);
    assert_int_equal(last_of(&low), 28 * DAY);
    stages[0] = stage(EACH_ORDER, 4 * DAY, 0, "", 0);
    struct arrivals high = run(&arena, &process, 5000);
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
    static const char *const names[MOST_STAGES] = {"a", "b", "c", "d", "e"};
    size_t n = 1 + test_random(random) % MOST_STAGES;
    for (size_t i = 0; i < n; i++) {
        int64_t workers = (int64_t)(test_random(random) % 8);
        int64_t seconds = 1 + (int64_t)(test_random(random) % 50);
        enum stage_each each = (enum stage_each)(test_random(random) % 3);
        stages[i] = stage(each, seconds, workers, "", 1 + (int64_t)(test_random(random) % 20));
        bool together =
            i > 0 && each == EACH_SERVER && stages[i - 1].each == EACH_SERVER && test_random(random) % 2;
        if (together) {
            struct str crew = str_of(names[i]); /* a crew of its own for each run of stages */
            stages[i].crew = stages[i - 1].crew = stages[i - 1].crew.length > 0 ? stages[i - 1].crew : crew;
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
        struct arrivals list = run(&arena, &process, n);
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
            struct arrivals list = run(&arena, &process, n);
            assert_true(last_of(&list) <= before);
            before = last_of(&list);
        }
        arena_free(&arena);
    }
}

static void random_stages(uint64_t *random, struct stage *stages, struct process *process)
{
    *process = (struct process){.items = stages, .n_items = random_process(random, stages)};
}

static void more_workers_at_any_stage_are_never_slower(void **state)
{
    (void)state;
    uint64_t random = 23;
    for (int trial = 0; trial < 2000; trial++) {
        struct arena arena = {0};
        struct stage stages[MOST_STAGES];
        struct process process;
        int64_t n = 1 + (int64_t)(test_random(&random) % MOST_SERVERS);
        random_stages(&random, stages, &process);
        struct arrivals before = run(&arena, &process, n);
        size_t i = test_random(&random) % process.n_items;
        if (stages[i].workers > 0 && stages[i].crew.length == 0)
            stages[i].workers += 1 + (int64_t)(test_random(&random) % 5);
        struct arrivals after = run(&arena, &process, n);
        assert_true(last_of(&after) <= last_of(&before));
        arena_free(&arena);
    }
}

static void more_servers_are_never_faster(void **state)
{
    (void)state;
    uint64_t random = 31;
    for (int trial = 0; trial < 300; trial++) {
        struct arena arena = {0};
        struct stage stages[MOST_STAGES];
        struct process process;
        int64_t before = 0;
        random_stages(&random, stages, &process);
        for (int64_t n = 1; n < MOST_SERVERS; n += 1 + (int64_t)(test_random(&random) % 40)) {
            struct arrivals list = run(&arena, &process, n);
            assert_true(last_of(&list) >= before);
            before = last_of(&list);
        }
        arena_free(&arena);
    }
}

/* Work on single servers in equally long pieces: which of two stages comes first does not matter for the last
 * server where each has one duration (flow shops with two such stages are reversible); where one waits for
 * the whole order it does not matter either. */
static void the_order_of_stages_does_not_matter_for_the_last(void **state)
{
    (void)state;
    uint64_t random = 17;
    for (int trial = 0; trial < 1000; trial++) {
        struct arena arena = {0};
        struct stage there[] = {stage(EACH_SERVER, 1 + (int64_t)(test_random(&random) % 90),
                                      1 + (int64_t)(test_random(&random) % 9), "", 0),
                                stage(trial % 2 ? EACH_SERVER : EACH_ORDER,
                                      1 + (int64_t)(test_random(&random) % 90),
                                      1 + (int64_t)(test_random(&random) % 9), "", 0)};
        struct stage back[] = {there[1], there[0]};
        struct process a = {.items = there, .n_items = 2}, b = {.items = back, .n_items = 2};
        int64_t n = 1 + (int64_t)(test_random(&random) % 300);
        struct arrivals first = run(&arena, &a, n), second = run(&arena, &b, n);
        assert_int_equal(last_of(&first), last_of(&second));
        arena_free(&arena);
    }
}

/* One stage: ceil(n / workers) rounds. Two with w workers each and the second one slower: the first round of
 * the first, then rounds of the second; the first one slower: its rounds, then one of the second. */
static void closed_forms(void **state)
{
    (void)state;
    for (int64_t n = 1; n < 500; n += 7) {
        for (int64_t workers = 1; workers < 40; workers += 3) {
            struct arena arena = {0};
            struct stage stages[] = {stage(EACH_SERVER, 50, workers, "", 0),
                                     stage(EACH_SERVER, 70, workers, "", 0)};
            struct process one = {.items = stages, .n_items = 1}, two = {.items = stages, .n_items = 2};
            int64_t rounds = (n + workers - 1) / workers;
            struct arrivals list = run(&arena, &one, n);
            assert_int_equal(last_of(&list), 50 * rounds);
            list = run(&arena, &two, n);
            assert_int_equal(last_of(&list), 50 + 70 * rounds);
            stages[1] = stage(EACH_SERVER, 30, workers, "", 0);
            list = run(&arena, &two, n);
            assert_int_equal(last_of(&list), 50 * rounds + 30);
            arena_free(&arena);
        }
    }
}

/* ---- calendars: 2014-03-07 was a Friday ---- */

static struct stage on_8x5(struct arena *arena, enum stage_each each, int64_t hours, int64_t workers)
{
    struct stage s = stage(each, hours * 3600, workers, "", 0);
    s.calendar = calendar_by_name(arena, STR("8x5"));
    return s;
}

static void assert_ordered_is_done(struct arena *arena, const struct process *process, int64_t n,
                                   const char *ordered, const char *done)
{
    int64_t from, to;
    assert_true(time_parse(str_of(ordered), &from) && time_parse(str_of(done), &to));
    struct flow_order order = {process, durations_of(arena, process, DURATION_MODE), n, from, 0};
    struct arrivals list = flow_run(arena, &order);
    assert_int_equal(from + last_of(&list), to);
}

static void an_order_before_the_week_end_waits_for_monday(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct stage stages[] = {on_8x5(&arena, EACH_ORDER, 8, 0), on_8x5(&arena, EACH_SERVER, 4, 10)};
    struct process order = {.items = stages, .n_items = 1}, both = {.items = stages, .n_items = 2};
    assert_ordered_is_done(&arena, &order, 1, "2014-03-07 17:00", "2014-03-10 17:00");
    assert_ordered_is_done(&arena, &order, 1, "2014-03-07 16:00", "2014-03-10 16:00");
    assert_ordered_is_done(&arena, &order, 1, "2014-03-08 12:00", "2014-03-10 17:00");
    assert_ordered_is_done(&arena, &order, 1, "2014-03-10 09:00", "2014-03-10 17:00");
    assert_ordered_is_done(&arena, &order, 1, "2014-03-10 03:00", "2014-03-10 17:00");
    /* 25 servers by 10 people in 4 hours each: 3 rounds, 12 hours after those 8 */
    assert_ordered_is_done(&arena, &both, 25, "2014-03-07 09:00", "2014-03-11 13:00");
    /* a machine does the second stage round the clock */
    stages[1].calendar = NULL;
    assert_ordered_is_done(&arena, &both, 25, "2014-03-07 09:00", "2014-03-08 05:00");
    arena_free(&arena);
}

/* Who keeps to 8x5 never needs less time than he who works round the clock, by the working time alone. */
static void hours_only_make_it_later(void **state)
{
    (void)state;
    uint64_t random = 91;
    for (int trial = 0; trial < 500; trial++) {
        struct arena arena = {0};
        struct stage stages[MOST_STAGES];
        struct process process;
        int64_t n = 1 + (int64_t)(test_random(&random) % 100),
                ordered = (int64_t)(test_random(&random) % 2000000000);
        random_stages(&random, stages, &process);
        for (size_t i = 0; i < process.n_items; i++)
            stages[i].mode_seconds *= 600;
        struct arrivals without = run(&arena, &process, n);
        for (size_t i = 0; i < process.n_items; i++)
            stages[i].calendar = test_random(&random) % 2 ? calendar_by_name(&arena, STR("8x5")) : NULL;
        for (size_t i = 1; i < process.n_items; i++)
            if (stages[i].crew.length > 0)
                stages[i].calendar = stages[i - 1].calendar;
        struct flow_order order = {&process, durations_of(&arena, &process, DURATION_MODE), n, ordered, 0};
        struct arrivals with = flow_run(&arena, &order);
        assert_true(last_of(&with) >= last_of(&without));
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_book_one_by_one_takes_175_to_225_days),
        cmocka_unit_test(the_book_in_bulk_takes_28_to_29_days),
        cmocka_unit_test(groups_give_the_same_times_as_single_servers),
        cmocka_unit_test(more_workers_are_never_slower),
        cmocka_unit_test(more_workers_at_any_stage_are_never_slower),
        cmocka_unit_test(more_servers_are_never_faster),
        cmocka_unit_test(the_order_of_stages_does_not_matter_for_the_last),
        cmocka_unit_test(closed_forms),
        cmocka_unit_test(an_order_before_the_week_end_waits_for_monday),
        cmocka_unit_test(hours_only_make_it_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
