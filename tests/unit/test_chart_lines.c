#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/arena.h"
#include "report/chart.h"
#include "report/chart_lines.h"

enum { MOST = 20 };

/* Offers a, b, c, ... with the given fixed and running costs. */
struct fake {
    struct arena arena;
    struct offer offers[MOST];
    struct server_month months[MOST];
    struct study study;
    struct result result;
    struct chart_lines lines;
};

static struct fake *fake_of(size_t n, const double costs[][2], const char *prefix)
{
    struct fake *fake = test_calloc(1, sizeof *fake);
    for (size_t i = 0; i < n; i++) {
        fake->offers[i].id = str_format(&fake->arena, "%s%c", prefix, (char)('a' + i));
        fake->months[i] =
            (struct server_month){.offer = (int)i, .fixed = costs[i][0], .running = costs[i][1]};
    }
    fake->study = (struct study){.offers = fake->offers, .n_offers = n};
    fake->result =
        (struct result){.study = &fake->study, .server_months = fake->months, .n_server_months = n};
    fake->lines = chart_lines_of(&fake->arena, &fake->result);
    return fake;
}

static void fake_free(struct fake *fake)
{
    arena_free(&fake->arena);
    test_free(fake);
}

#define assert_near(a, b) assert_true(fabs((a) - (b)) < 1e-12)

static void the_cheapest_give_way_where_they_cross(void **state)
{
    (void)state;
    /* a: 100u; b: 20 + 50u; c: 50; d: 60 + 10u. a = b at 0.4, b = c at 0.6, a = c at 0.5, a = d at 2/3 */
    struct fake *fake = fake_of(4, (const double[][2]){{0, 100}, {20, 50}, {50, 0}, {60, 10}}, "");
    const struct chart_lines *lines = &fake->lines;
    assert_int_equal(lines->n_cheapest, 3);
    assert_true(str_is(lines->cheapest[0]->name, "a") && str_is(lines->cheapest[1]->name, "b") &&
                str_is(lines->cheapest[2]->name, "c"));
    assert_near(lines->turns[0], 0.4);
    assert_near(lines->turns[1], 0.6);
    assert_int_equal(lines->n_crossings, 4); /* b = d only at 1, which is no crossing within */
    assert_true(lines->crossings[0].cheapest && lines->crossings[1].cheapest);
    assert_near(lines->crossings[0].share, 0.4);
    assert_near(lines->crossings[0].cost, 40);
    assert_near(lines->crossings[2].share, 0.5);
    assert_near(lines->crossings[3].share, 2.0 / 3);
    assert_true(str_is(lines->crossings[3].below->name, "a") && str_is(lines->crossings[3].above->name, "d"));
    fake_free(fake);
}

static void three_lines_through_one_point_turn_once(void **state)
{
    (void)state;
    struct fake *fake = fake_of(3, (const double[][2]){{0, 100}, {25, 50}, {50, 0}}, "");
    assert_int_equal(fake->lines.n_cheapest, 2);
    assert_true(str_is(fake->lines.cheapest[1]->name, "c"));
    assert_near(fake->lines.turns[0], 0.5);
    fake_free(fake);
}

static void the_same_line_is_one(void **state)
{
    (void)state;
    struct fake *fake = fake_of(3, (const double[][2]){{0, 100}, {50, 0}, {0, 100}}, "");
    assert_int_equal(fake->lines.n_items, 2);
    assert_int_equal(fake->lines.items[0].n_more, 1);
    assert_true(fake->lines.has_shared);
    fake_free(fake);
}

static void what_all_ids_begin_with_is_left_off(void **state)
{
    (void)state;
    struct fake *two = fake_of(2, (const double[][2]){{0, 100}, {50, 0}}, "x.y.");
    assert_true(str_is(two->lines.prefix, "x.y") && str_is(two->lines.items[1].name, "b"));
    struct fake *one = fake_of(1, (const double[][2]){{0, 100}}, "x.y.");
    assert_true(str_is(one->lines.prefix, "") && str_is(one->lines.items[0].name, "x.y.a"));
    fake_free(one);
    fake_free(two);
}

static void twelve_lines_at_most_and_never_without_the_cheapest(void **state)
{
    (void)state;
    double costs[MOST][2];
    for (int i = 0; i < MOST; i++) { /* the last is cheapest when idle, the one before it in use */
        costs[i][0] = 100 + i;
        costs[i][1] = 10;
    }
    costs[MOST - 1][0] = 0;
    costs[MOST - 1][1] = 500;
    costs[MOST - 2][0] = 20;
    struct fake *fake = fake_of(MOST, (const double(*)[2])costs, "");
    assert_int_equal(fake->lines.n_items, CHART_SERIES);
    assert_int_equal(fake->lines.n_left_out, MOST - CHART_SERIES);
    assert_true(str_is(fake->lines.cheapest[0]->name, "t") && str_is(fake->lines.cheapest[1]->name, "s"));
    fake_free(fake);
}

static void zero_and_a_billion_are_lines_too(void **state)
{
    (void)state;
    struct fake *fake = fake_of(3, (const double[][2]){{0, 0}, {1e9, 0}, {0, 1e9}}, "");
    assert_int_equal(fake->lines.n_items, 3);
    assert_int_equal(fake->lines.n_cheapest, 1);
    assert_int_equal(fake->lines.n_crossings, 0);
    fake_free(fake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cheapest_give_way_where_they_cross),
        cmocka_unit_test(three_lines_through_one_point_turn_once),
        cmocka_unit_test(the_same_line_is_one),
        cmocka_unit_test(what_all_ids_begin_with_is_left_off),
        cmocka_unit_test(twelve_lines_at_most_and_never_without_the_cheapest),
        cmocka_unit_test(zero_and_a_billion_are_lines_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
