#include "test.h"

#include "plain_flow.h"
#include "supply/flow.h"

enum { TRIALS = 120, START = 1400000000 - 1400000000 % 86400, MOST_SHIFTS = 200 };

static int64_t below(uint64_t *random, int64_t n)
{
    return (int64_t)(test_random(random) % (uint64_t)n);
}

/* Work in snatches: many short shifts every day, so that a few thousand seconds hold many of them. */
static void random_calendar(struct arena *arena, uint64_t *random, struct calendar *calendar)
{
    *calendar = (struct calendar){.name = STR("snatches")};
    for (int day = 0; day < DAYS_PER_WEEK; day++) {
        int64_t at = below(random, 100);
        for (int i = 0; i < MOST_SHIFTS && at < 86000; i++) {
            int64_t length = 1 + below(random, 90);
            *ARENA_APPEND(arena, &calendar->days[day]) = (struct shift){at, at + length};
            at += length + 1 + below(random, 60) + (i == MOST_SHIFTS / 2) * 20000;
        }
    }
    if (below(random, 30) == 0)
        *ARENA_APPEND(arena, &calendar->holidays) = START + 86400;
    assert_true(calendar_finish(arena, calendar));
}

/* Crews A and B have workers and hours of their own wherever they work. */
struct crew {
    const char *name;
    int64_t workers;
    const struct calendar *calendar;
};

static struct stage random_stage(uint64_t *random, const struct crew *crews, const struct calendar *calendar)
{
    struct stage s = {.name = STR("s"), .each = (enum stage_each)below(random, 3)};
    const struct crew *crew = &crews[below(random, 3)];
    s.batch = s.each == EACH_BATCH ? 1 + below(random, 20) : 0;
    s.crew = str_of(crew->name);
    s.workers = crew->name[0] == 0 ? below(random, 6) : crew->workers;
    s.calendar = crew->name[0] == 0 && below(random, 2) ? calendar : crew->calendar;
    s.low_seconds = s.mode_seconds = s.high_seconds = below(random, 8) == 0 ? 0 : 1 + below(random, 40);
    if (below(random, 3) == 0) {
        s.draw = DRAW_PIECE;
        s.mode_seconds += below(random, 20);
        s.high_seconds = s.mode_seconds + below(random, 50);
    }
    return s;
}

/* As tables are checked: neighbours of one crew have the same pieces, or one of them is for the order. */
static void mend_neighbours(struct stage *s, const struct stage *before)
{
    if (s->crew.length == 0 || !str_equal(s->crew, before->crew) || s->each == EACH_ORDER ||
        before->each == EACH_ORDER)
        return;
    s->each = before->each;
    s->batch = before->batch;
}

struct world {
    struct arena arena;
    struct calendar calendar;
    struct stage stages[PLAIN_ORDERS][PLAIN_STAGES];
    struct process processes[PLAIN_ORDERS];
    struct flow_order orders[PLAIN_ORDERS];
    int n_orders;
};

static void random_world(struct world *w, uint64_t *random, int n_orders)
{
    bool with_hours = below(random, 2) == 0;
    *w = (struct world){.n_orders = n_orders};
    random_calendar(&w->arena, random, &w->calendar);
    const struct calendar *calendar = with_hours ? &w->calendar : NULL;
    const struct crew crews[] = {{"", 0, NULL},
                                 {"A", 1 + below(random, 6), below(random, 2) ? calendar : NULL},
                                 {"B", 1 + below(random, 12), below(random, 2) ? calendar : NULL}};
    int64_t at = START + below(random, 86400);
    for (int i = 0; i < n_orders; i++) {
        size_t n = 1 + (size_t)below(random, PLAIN_STAGES);
        for (size_t j = 0; j < n; j++) {
            w->stages[i][j] = random_stage(random, crews, calendar);
            if (j > 0)
                mend_neighbours(&w->stages[i][j], &w->stages[i][j - 1]);
        }
        w->processes[i] = (struct process){.name = STR("p"), .items = w->stages[i], .n_items = n};
        w->orders[i] =
            (struct flow_order){.process = &w->processes[i],
                                .durations = durations_draw(&w->arena, &w->processes[i], 7, (uint64_t)at),
                                .n_servers = 1 + below(random, PLAIN_SERVERS / n_orders),
                                .ordered_seconds = at,
                                .first_piece = below(random, 1000)};
        at += below(random, 3) * below(random, 200);
    }
}

static void assert_same(const struct arrivals *list, const struct plain *plain, int order, int64_t ordered)
{
    int64_t at = 0;
    for (size_t i = 0; i < list->n_items; i++)
        for (int64_t j = 0; j < list->items[i].servers; j++)
            assert_int_equal(ordered + list->items[i].seconds, plain->done_at[order][at++]);
    assert_int_equal(at, plain->n_done[order]);
}

static void one_order_goes_as_second_by_second(void **state)
{
    (void)state;
    uint64_t random = 2014;
    for (int trial = 0; trial < TRIALS; trial++) {
        struct world w;
        random_world(&w, &random, 1);
        struct plain *plain = ARENA_NEW(&w.arena, struct plain, 1);
        plain_flow(plain, w.orders, 1);
        struct arrivals list = flow_run(&w.arena, w.orders);
        assert_same(&list, plain, 0, w.orders[0].ordered_seconds);
        arena_free(&w.arena);
    }
}

/* Both engines, where one order is enough for either: stage by stage and event by event. */
static void events_give_the_same_as_stages(void **state)
{
    (void)state;
    uint64_t random = 77;
    for (int trial = 0; trial < 20 * TRIALS; trial++) {
        struct world w;
        random_world(&w, &random, 1);
        struct arrivals stages = flow_run(&w.arena, w.orders), events = {0};
        flow_run_together(&w.arena, w.orders, 1, &events);
        assert_int_equal(stages.n_items, events.n_items);
        for (size_t i = 0; i < stages.n_items; i++) {
            assert_int_equal(stages.items[i].seconds, events.items[i].seconds);
            assert_int_equal(stages.items[i].servers, events.items[i].servers);
        }
        arena_free(&w.arena);
    }
}

/* Little's law holds for what both count: the servers inside, summed over all seconds, are the seconds that
 * servers spend inside, summed over all servers. */
static void several_orders_share_their_crews(void **state)
{
    (void)state;
    uint64_t random = 4711;
    for (int trial = 0; trial < TRIALS; trial++) {
        struct world w;
        int64_t spent = 0;
        struct arrivals lists[PLAIN_ORDERS] = {0};
        random_world(&w, &random, 2 + (int)below(&random, PLAIN_ORDERS - 1));
        struct plain *plain = ARENA_NEW(&w.arena, struct plain, 1);
        plain_flow(plain, w.orders, w.n_orders);
        flow_run_together(&w.arena, w.orders, (size_t)w.n_orders, lists);
        for (int i = 0; i < w.n_orders; i++) {
            assert_same(&lists[i], plain, i, w.orders[i].ordered_seconds);
            for (size_t j = 0; j < lists[i].n_items; j++)
                spent += lists[i].items[j].seconds * lists[i].items[j].servers;
        }
        assert_int_equal(spent, plain->inside);
        arena_free(&w.arena);
    }
}

static struct stage by_crew(const char *crew, int64_t workers, int64_t seconds)
{
    return (struct stage){.name = STR("s"),
                          .crew = str_of(crew),
                          .each = EACH_SERVER,
                          .workers = workers,
                          .low_seconds = seconds,
                          .mode_seconds = seconds,
                          .high_seconds = seconds};
}

/* One person unpacks (1 h), a machine tests (1 h, any number at once), the same person labels (1 h). The
 * first server is unpacked 0-1, the second 1-2. At 2 the first is tested and labelled 2-3 before the third is
 * unpacked; so is the second, tested by 3, 3-4. The third is unpacked 4-5, tested 5-6, labelled 6-7. */
static void the_later_stage_comes_first(void **state)
{
    (void)state;
    enum { HOUR = 3600 };
    struct arena arena = {0};
    struct stage stages[] = {by_crew("one", 1, HOUR), by_crew("", 0, HOUR), by_crew("one", 1, HOUR)};
    struct process process = {.items = stages, .n_items = 3};
    struct flow_order order = {&process, durations_of(&arena, &process, DURATION_MODE), 3, 0, 0};
    struct arrivals list = flow_run(&arena, &order);
    assert_int_equal(list.n_items, 3);
    assert_int_equal(list.items[0].seconds, 3 * HOUR);
    assert_int_equal(list.items[1].seconds, 4 * HOUR);
    assert_int_equal(list.items[2].seconds, 7 * HOUR); /* unpack 4-5, test 5-6, label 6-7 */
    arena_free(&arena);
}

/* Ten people, a day a server, two orders of 20 at once: the first takes 2 days as if it were alone, the
 * second waits for it and takes 4; with a crew of its own it would take 2. */
static void a_crew_busy_with_an_earlier_order_is_not_free(void **state)
{
    (void)state;
    enum { DAY = 86400 };
    struct arena arena = {0};
    struct stage a = by_crew("rackers", 10, DAY), b = a;
    struct process first = {.name = STR("a"), .items = &a, .n_items = 1};
    struct process second = {.name = STR("b"), .items = &b, .n_items = 1};
    struct flow_order orders[] = {{&first, durations_of(&arena, &first, DURATION_MODE), 20, 0, 0},
                                  {&second, durations_of(&arena, &second, DURATION_MODE), 20, 0, 0}};
    struct arrivals lists[2] = {0}, own[2] = {0};
    flow_run_together(&arena, orders, 2, lists);
    assert_int_equal(lists[0].items[lists[0].n_items - 1].seconds, 2 * DAY);
    assert_int_equal(lists[1].items[lists[1].n_items - 1].seconds, 4 * DAY);
    b.crew = STR("others");
    flow_run_together(&arena, orders, 2, own);
    assert_int_equal(own[1].items[own[1].n_items - 1].seconds, 2 * DAY);
    arena_free(&arena);
}

static int64_t arrivals_end(const struct arrivals *list)
{
    return list->n_items == 0 ? 0 : list->items[list->n_items - 1].seconds;
}

/* The sums of what was booked are those of the pieces, at every begin and end. */
static void assert_booked(const struct bookings *bookings, const struct booking *booked, int n)
{
    for (int i = 0; i < 2 * n; i++) {
        int64_t at = i % 2 == 0 ? booked[i / 2].from_seconds : booked[i / 2].to_seconds, busy = 0, until;
        for (int j = 0; j < n; j++)
            busy += str_equal(booked[j].crew, booked[i / 2].crew) && booked[j].from_seconds <= at &&
                            booked[j].to_seconds > at
                        ? booked[j].workers
                        : 0;
        assert_int_equal(booked_at(bookings_of(bookings, booked[i / 2].crew), at, &until), busy);
        assert_true(until > at);
    }
}

/* Orders in a line that is not that of their times: each has the time of crews that those before it leave,
 * and none is moved by a later one. */
static void a_later_order_has_the_time_that_is_not_booked(void **state)
{
    (void)state;
    uint64_t random = 99;
    int n_late = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        struct world w;
        struct bookings bookings = {0};
        struct booking booked[PLAIN_ORDERS * PLAIN_STAGES * PLAIN_SERVERS];
        int n_booked = 0;
        random_world(&w, &random, 2 + (int)below(&random, PLAIN_ORDERS - 1));
        struct plain *plain = ARENA_NEW(&w.arena, struct plain, 1);
        for (int i = 0; i < w.n_orders; i++) {
            const struct flow_order *order = &w.orders[(i + trial) % w.n_orders];
            struct booking_list taken = {0};
            plain->booked = booked;
            plain->n_booked = n_booked;
            plain_flow(plain, order, 1);
            struct arrivals list = flow_run_booked(&w.arena, order, &bookings, &taken),
                            alone = flow_run(&w.arena, order);
            assert_same(&list, plain, 0, order->ordered_seconds);
            n_late += arrivals_end(&list) > arrivals_end(&alone);
            bookings_add(&w.arena, &bookings, &taken);
            memcpy(booked + n_booked, plain->made, (size_t)plain->n_made * sizeof *booked);
            n_booked += plain->n_made;
        }
        assert_booked(&bookings, booked, n_booked);
        arena_free(&w.arena);
    }
    assert_true(n_late > TRIALS / 4); /* or it would prove nothing */
}

/* Where nothing is booked it is as flow_run has it. */
static void without_bookings_nothing_changes(void **state)
{
    (void)state;
    uint64_t random = 12;
    for (int trial = 0; trial < 5 * TRIALS; trial++) {
        struct world w;
        struct bookings none = {0};
        random_world(&w, &random, 1);
        struct arrivals stages = flow_run(&w.arena, w.orders),
                        booked = flow_run_booked(&w.arena, w.orders, &none, NULL);
        assert_int_equal(stages.n_items, booked.n_items);
        assert_memory_equal(stages.items, booked.items, stages.n_items * sizeof *stages.items);
        arena_free(&w.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_order_goes_as_second_by_second),
        cmocka_unit_test(events_give_the_same_as_stages),
        cmocka_unit_test(several_orders_share_their_crews),
        cmocka_unit_test(the_later_stage_comes_first),
        cmocka_unit_test(a_crew_busy_with_an_earlier_order_is_not_free),
        cmocka_unit_test(a_later_order_has_the_time_that_is_not_booked),
        cmocka_unit_test(without_bookings_nothing_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
