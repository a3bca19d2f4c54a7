#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "report/chart_gnuplot.h"
#include "report/chart_place.h"
#include "report/chart_text.h"

/* A folder of its own, with an executable called gnuplot that stands in for the real one. */
struct place_to_draw {
    struct arena arena;
    char folder[64];
    struct str warning;
};

static const char *const chart_names[] = {"a", "b"};

static bool draw_with(struct place_to_draw *place, const char *script, int limit_seconds)
{
    *place = (struct place_to_draw){.folder = "/tmp/test_chart_parts.XXXXXX"};
    assert_non_null(mkdtemp(place->folder));
    const char *path = str_format(&place->arena, "%s/gnuplot", place->folder).at;
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(script, file);
    fclose(file);
    assert_int_equal(chmod(path, 0755), 0);
    const char *old = str_copy(&place->arena, str_of(getenv("PATH"))).at;
    setenv("PATH", place->folder, 1);
    bool drawn = chart_draw(&place->arena, str_of(place->folder), chart_names, 2, (struct str){0},
                            limit_seconds, &place->warning);
    setenv("PATH", old, 1);
    return drawn;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
    (void)status, (void)type, (void)ftw;
    return remove(path);
}

static void leave(struct place_to_draw *place)
{
    nftw(place->folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(&place->arena);
}

static bool is_there(struct place_to_draw *place, const char *name)
{
    return access(str_format(&place->arena, "%s/%s", place->folder, name).at, F_OK) == 0;
}

#define FINISHED_IMAGES                                                                                      \
    "for name in a b; do printf '%040dIEND' 0 > $name.png; printf '%040d</svg>' 0 > $name.svg; "             \
    "printf '%040d%%%%EOF' 0 > $name.pdf; done\n"

static void finished_images_without_a_word_are_a_success(void **state)
{
    (void)state;
    struct place_to_draw place;
    assert_true(draw_with(&place, "#!/bin/sh\n" FINISHED_IMAGES, 10));
    assert_true(str_is(place.warning, ""));
    leave(&place);
}

static void whatever_gnuplot_says_is_a_warning(void **state)
{
    (void)state;
    struct place_to_draw place;
    assert_true(draw_with(&place, "#!/bin/sh\necho 'warning: empty range' >&2\n" FINISHED_IMAGES, 10));
    assert_true(str_is(place.warning, "gnuplot: warning: empty range"));
    leave(&place);
}

static void a_failing_gnuplot_is_quoted_in_one_line(void **state)
{
    (void)state;
    struct place_to_draw place;
    assert_false(draw_with(&place,
                           "#!/bin/sh\nprintf '\\n\\tplot x\\n      ^\\n\"b.gp\" line 7: no way\\n' >&2\n"
                           "printf torn > a.png\nexit 1\n",
                           10));
    assert_true(str_is(place.warning, "gnuplot: \"b.gp\" line 7: no way"));
    assert_false(is_there(&place, "a.png")); /* half an image would be worse than none */
    leave(&place);
}

static void a_silent_gnuplot_that_draws_nothing_is_noticed(void **state)
{
    (void)state;
    struct place_to_draw place;
    assert_false(draw_with(&place, "#!/bin/sh\nexit 0\n", 10));
    assert_true(str_is(place.warning, "charts not drawn: gnuplot left 6 images out and did not say why"));
    leave(&place);
}

static void a_late_gnuplot_is_given_up(void **state)
{
    (void)state;
    struct place_to_draw place;
    time_t before = time(NULL);
    assert_false(draw_with(&place, "#!/bin/sh\n/bin/sleep 30 &\n/bin/sleep 30\n", 1));
    assert_true(time(NULL) - before < 10);
    assert_true(str_is(place.warning, "charts not drawn: gnuplot took longer than 1 s"));
    leave(&place);
}

static void gnuplot_sees_nothing_of_the_users_settings(void **state)
{
    (void)state;
    struct place_to_draw place;
    setenv("GNUTERM", "x11", 1);
    setenv("LC_NUMERIC", "de_DE.UTF-8", 1);
    draw_with(&place, "#!/bin/sh\necho \"${GNUTERM-none} ${LC_NUMERIC-none} $LC_ALL\"\n", 10);
    unsetenv("GNUTERM");
    unsetenv("LC_NUMERIC");
    assert_true(str_is(place.warning, "gnuplot: none none C.UTF-8"));
    leave(&place);
}

static void assert_near(double found, double wanted)
{
    assert_true(found - wanted < 1e-9 && wanted - found < 1e-9);
}

static void labels_in_a_column_keep_their_distance_and_their_order(void **state)
{
    (void)state;
    struct arena arena = {0};
    double heights[] = {50, 50, 10, 52, 300};
    chart_spread(&arena, heights, 5, 15, 5, 300);
    assert_near(heights[2], 10); /* nothing near: stays */
    assert_near(heights[4], 300);
    assert_near(heights[0] - heights[1], 15);
    assert_near(heights[3] - heights[0], 15);
    assert_near(heights[0] + heights[1] + heights[3], 50 + 50 + 52); /* moved as little as can be */
    double crowd[12] = {0};
    chart_spread(&arena, crowd, 12, 15, 5, 300);
    assert_near(crowd[11], 5);
    assert_near(crowd[0], 5 + 11 * 15);
    double tight[3] = {7, 7, 7};
    chart_spread(&arena, tight, 3, 15, 0, 20);
    assert_near(tight[0], 20);
    assert_near(tight[2], 0);
    arena_free(&arena);
}

static void labels_beside_points_cover_neither_labels_nor_points(void **state)
{
    (void)state;
    struct chart_tag tags[12];
    struct chart_box area = {60, 60, 780, 400};
    for (size_t i = 0; i < 12; i++)
        tags[i] = (struct chart_tag){.x = 300 + 3 * (double)(i % 4),
                                     .y = 200 + 5 * (double)(i / 4),
                                     .radius = 5,
                                     .width = 200,
                                     .height = 14};
    struct arena arena = {0};
    chart_place(&arena, tags, 12, NULL, 0, area);
    for (size_t i = 0; i < 12; i++) {
        assert_true(tags[i].box.left >= area.left && tags[i].box.right <= area.right);
        assert_true(tags[i].box.bottom >= area.bottom && tags[i].box.top <= area.top);
        for (size_t j = 0; j < 12; j++) {
            struct chart_box a = tags[i].box, b = tags[j].box;
            bool apart = a.right <= b.left || b.right <= a.left || a.top <= b.bottom || b.top <= a.bottom;
            assert_true(i == j || apart);
            bool off = tags[j].x + 5 <= a.left || tags[j].x - 5 >= a.right || tags[j].y + 5 <= a.bottom ||
                       tags[j].y - 5 >= a.top;
            assert_true(off);
        }
    }
    arena_free(&arena);
}

static void labels_of_points_above_each_other_stand_in_their_order(void **state)
{
    (void)state;
    struct arena arena = {0};
    const double heights[] = {120, 104, 101, 100, 80};
    struct chart_tag tags[5];
    struct chart_box area = {60, 60, 780, 400}, line = {110, 99, 700, 101};
    for (size_t i = 0; i < 5; i++)
        tags[i] = (struct chart_tag){.x = 500, .y = heights[i], .radius = 5, .width = 100, .height = 14};
    chart_place(&arena, tags, 5, NULL, 0, area);
    for (size_t i = 0; i < 5; i++) {
        double x, y;
        assert_true(tags[i].box.left > 505);
        assert_true(i == 0 || tags[i].box.top <= tags[i - 1].box.bottom + 1e-9);
        chart_leader(&tags[i], &x, &y);
        assert_true(x < tags[i].box.left && fabs(2 * y - tags[i].box.bottom - tags[i].box.top) < 1e-9);
    }
    /* least squares for a row of labels 14 apart: 73, 87, 101, 115 and 129 */
    assert_near((tags[4].box.bottom + tags[4].box.top) / 2, 73);
    assert_true(tags[0].far && tags[1].far && !tags[2].far && tags[3].far && tags[4].far);
    line.left = 510; /* to the right there is a line: to the left of it there is room */
    chart_place(&arena, tags, 5, &line, 1, area);
    for (size_t i = 0; i < 5; i++)
        assert_true(tags[i].box.right < 495);
    arena_free(&arena);
}

static void user_text_is_escaped_for_gnuplot(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_true(str_is(chart_markup(&arena, STR("a_b^c{d}@e&f~g\\h'i"), false),
                       "a\\_b\\^c\\{d\\}\\@e\\&f\\~g\\\\h\\047i"));
    assert_true(str_is(chart_cell(&arena, STR("=1+1")), "'=1+1"));
    assert_true(str_is(chart_cell(&arena, STR("a\tb\nc")), "a b c"));
    assert_true(str_is(chart_clean(&arena, STR("a\x01"
                                               "b\xc0\x80")),
                       "a b\xef\xbf\xbd\xef\xbf\xbd"));
    assert_true(str_is(chart_name(&arena, STR("\t\n"), 28), "-"));
    arena_free(&arena);
}

static void text_wraps_at_blanks_and_ends_in_an_ellipsis(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct str lines[2];
    double width = chart_text_width(STR("one two"), CHART_PLAIN, 100);
    assert_int_equal(chart_wrap(&arena, STR("one two three"), CHART_PLAIN, 100, width, lines, 2), 2);
    assert_true(str_is(lines[0], "one two"));
    assert_true(str_is(lines[1], "three"));
    assert_int_equal(chart_wrap(&arena, STR("one two three four five"), CHART_PLAIN, 100, width, lines, 2),
                     2);
    assert_true(str_ends(lines[1], STR("…")));
    assert_true(chart_text_width(lines[1], CHART_PLAIN, 100) <= width);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finished_images_without_a_word_are_a_success),
        cmocka_unit_test(whatever_gnuplot_says_is_a_warning),
        cmocka_unit_test(a_failing_gnuplot_is_quoted_in_one_line),
        cmocka_unit_test(a_silent_gnuplot_that_draws_nothing_is_noticed),
        cmocka_unit_test(a_late_gnuplot_is_given_up),
        cmocka_unit_test(gnuplot_sees_nothing_of_the_users_settings),
        cmocka_unit_test(labels_in_a_column_keep_their_distance_and_their_order),
        cmocka_unit_test(labels_beside_points_cover_neither_labels_nor_points),
        cmocka_unit_test(labels_of_points_above_each_other_stand_in_their_order),
        cmocka_unit_test(user_text_is_escaped_for_gnuplot),
        cmocka_unit_test(text_wraps_at_blanks_and_ends_in_an_ellipsis),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
