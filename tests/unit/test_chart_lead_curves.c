#include "test.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "report/chart.h"
#include "report/chart_style.h"

/* A blank at which no line breaks stands between a figure and its unit. */
#define NB "\xc2\xa0"

enum { MOST_ROWS = 60, COLOCATION = 0, ON_DEMAND = 1 };

/* Lead curves written by hand, and the script and data that the chart makes of them. */
struct fake {
    struct arena arena;
    struct study study;
    struct offer offers[2];
    struct lead_curve_row rows[MOST_ROWS];
    struct result result;
    struct failure failure;
    struct strategy_result strategy;
    struct chart_series series;
    struct chart_heading said;
    struct chart chart;
    char folder[64];
};

static void fake_new(struct fake *fake, int64_t burst_servers)
{
    *fake = (struct fake){.study = {.name = STR("by-hand")}, .folder = "/tmp/test_lead_curves.XXXXXX"};
    assert_non_null(mkdtemp(fake->folder));
    fake->offers[COLOCATION] = (struct offer){.id = STR("colo"), .kind = OFFER_COLOCATION, .process = 0};
    fake->offers[ON_DEMAND] = (struct offer){.id = STR("od"), .kind = OFFER_ON_DEMAND, .process = -1};
    fake->study.offers = fake->offers;
    fake->study.n_offers = 2;
    fake->result = (struct result){
        .study = &fake->study, .ranked = true, .lead_curves = fake->rows, .burst_servers = burst_servers};
    fake->chart = (struct chart){.arena = &fake->arena,
                                 .result = &fake->result,
                                 .version = "0.1.0",
                                 .folder = str_of(fake->folder),
                                 .failure = &fake->failure,
                                 .series = &fake->series,
                                 .n_series = 1,
                                 .said = &fake->said};
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
    (void)status, (void)type, (void)ftw;
    return remove(path);
}

static void fake_free(struct fake *fake)
{
    nftw(fake->folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(&fake->arena);
}

/* Hours below 0: not possible. */
static void add_row(struct fake *fake, int offer, const char *process, int64_t servers, double hours,
                    double saved, const char *stage)
{
    fake->rows[fake->result.n_lead_curves++] =
        (struct lead_curve_row){.process = str_of(process),
                                .offer = offer,
                                .servers = servers,
                                .hours = {hours >= 0, hours, hours, hours, hours, hours, hours},
                                .binding_stage = str_of(stage),
                                .hours_saved = saved};
}

static void add_colocation(struct fake *fake, double saved_of_thousand)
{
    add_row(fake, COLOCATION, "purchase", 1, 48, 0, "buy");
    add_row(fake, COLOCATION, "purchase", 100, 72, 0, "buy");
    add_row(fake, COLOCATION, "purchase", 1000, 240, saved_of_thousand, "install");
}

static void add_launches(struct fake *fake, const char *process)
{
    add_row(fake, ON_DEMAND, process, 1, 0.05, 0, "start-up");
    add_row(fake, ON_DEMAND, process, 100, 0.05, 0, "start-up");
    add_row(fake, ON_DEMAND, process, 1000, 0.5, 0, "launch rate");
}

static struct str content_of(struct fake *fake, const char *name)
{
    struct str content = {0};
    struct str path = str_format(&fake->arena, "%s/%s", fake->folder, name);
    assert_true(file_read(&fake->arena, path, &content, &fake->failure));
    return content;
}

static bool holds(struct str text, const char *part)
{
    return memmem(text.at, text.length, part, strlen(part)) != NULL;
}

static void the_title_says_what_ten_more_people_save(void **state)
{
    (void)state;
    struct fake fake;
    fake_new(&fake, 900); /* 1,000 is the nearest that was reckoned */
    add_colocation(&fake, 60);
    add_launches(&fake, "launch of od");
    assert_true(chart_lead_curves(&fake.chart));
    assert_text(fake.said.title, "Ten more people bring 1,000 servers 2.5" NB "days sooner: 7.5" NB
                                 "days instead of 10" NB "days (purchase)");
    assert_true(holds(fake.said.subtitle, "thin: with ten more people"));
    fake_free(&fake);
}

static void where_nobody_saves_anything_it_says_how_long_it_takes(void **state)
{
    (void)state;
    struct fake fake;
    fake_new(&fake, 1000);
    add_colocation(&fake, 0);
    add_launches(&fake, "launch of od");
    assert_true(chart_lead_curves(&fake.chart));
    assert_text(fake.said.title,
                "1,000 servers: 30" NB "min (od) to 10" NB "days (purchase); more people save nothing");
    assert_false(holds(fake.said.subtitle, "ten more"));
    fake_free(&fake);
}

static void data_mark_where_the_binding_stage_changes(void **state)
{
    (void)state;
    struct fake fake;
    fake_new(&fake, 1000);
    add_colocation(&fake, 60);
    assert_true(chart_lead_curves(&fake.chart));
    assert_text(content_of(&fake, "08_lead_curves.tsv"),
                "curve\tservers\tbase_hours\tp10_hours\tp90_hours\twith_ten_more_hours\tnew_stage\t"
                "binding_stage\tprocess\n"
                "1\t1\t48\t48\t48\t48\t0\tbuy\tpurchase\n"
                "1\t100\t72\t72\t72\t72\t0\tbuy\tpurchase\n"
                "1\t1000\t240\t240\t240\t180\t1\tinstall\tpurchase\n");
    fake_free(&fake);
}

static void ways_of_the_same_times_are_one_line(void **state)
{
    (void)state;
    struct fake fake;
    fake_new(&fake, 1000);
    add_launches(&fake, "launch of a");
    add_launches(&fake, "launch of b");
    add_launches(&fake, "launch of c");
    assert_true(chart_lead_curves(&fake.chart));
    struct str script = content_of(&fake, "08_lead_curves.gp");
    assert_true(holds(script, "{/:Bold od} +2"));
    assert_false(holds(script, "$1 == 2"));
    assert_true(holds(fake.said.note, "+1, +2, ...: so many more are alike"));
    fake_free(&fake);
}

static void what_never_comes_has_no_line(void **state)
{
    (void)state;
    struct fake fake;
    fake_new(&fake, 1000);
    add_row(&fake, ON_DEMAND, "launch of a", 1, 0.05, 0, "start-up");
    add_row(&fake, ON_DEMAND, "launch of a", 100, -1, 0, "quota");
    add_row(&fake, COLOCATION, "nobody", 1, -1, 0, "");
    assert_true(chart_lead_curves(&fake.chart));
    assert_true(holds(content_of(&fake, "08_lead_curves.gp"), "100 or more: never"));
    assert_true(holds(fake.said.note, "1 way of buying not shown."));
    assert_text(fake.said.title, "No way of buying ever brings 100 servers");
    fake_free(&fake);
}

static void of_many_ways_twelve_are_shown(void **state)
{
    (void)state;
    struct fake fake;
    fake_new(&fake, 1);
    for (int i = 0; i < 15; i++)
        add_row(&fake, COLOCATION, str_format(&fake.arena, "way %d", i).at, 1, 10 + i, 0, "buy");
    assert_true(chart_lead_curves(&fake.chart));
    assert_true(holds(fake.said.note, "3 ways of buying not shown."));
    fake_free(&fake);
}

static void draw(struct fake *fake)
{
    assert_true(chart_lead_curves(&fake->chart) && chart_write_style(&fake->chart));
    assert_int_equal(
        system(str_format(&fake->arena, "cd %s && gnuplot 08_lead_curves.gp 2>said", fake->folder).at), 0);
    assert_text(content_of(fake, "said"), "");
    assert_true(content_of(fake, "08_lead_curves.png").length > 1000);
}

static void nothing_and_extremes_are_drawn_without_complaint(void **state)
{
    (void)state;
    struct fake fake;
    fake_new(&fake, 0);
    draw(&fake);
    assert_text(fake.said.title, "No way of buying ever brings a server");
    fake_free(&fake);
    fake_new(&fake, 0);
    add_row(&fake, COLOCATION, "at once", 1, 0, 0, "");
    add_row(&fake, COLOCATION, "at once", 10000, 1e6, 1e6, "build");
    draw(&fake);
    fake_free(&fake);
}

static void what_is_all_there_at_once_is_not_drawn(void **state)
{
    (void)state;
    struct fake fake;
    fake_new(&fake, 100);
    add_row(&fake, ON_DEMAND, "at once", 1, 0, 0, "");
    add_row(&fake, ON_DEMAND, "at once", 100, 0, 0, "");
    assert_false(chart_lead_curves_is_wanted(&fake.result));
    add_row(&fake, COLOCATION, "never", 1, -1, 0, "");
    assert_true(chart_lead_curves_is_wanted(&fake.result));
    fake.result.n_lead_curves = 2;
    add_launches(&fake, "launch");
    assert_true(chart_lead_curves_is_wanted(&fake.result));
    fake_free(&fake);
}

static void hostile_names_run_nothing(void **state)
{
    (void)state;
    struct fake fake;
    fake_new(&fake, 100);
    add_row(&fake, COLOCATION, "'; system('touch pwned1') #\\", 1, 10, 0, "it's `touch pwned2`");
    add_row(&fake, COLOCATION, "'; system('touch pwned1') #\\", 100, 20, 1,
            "a_b^c{d}\n'.system(\"touch pwned3\").'");
    draw(&fake);
    for (int i = 1; i <= 3; i++)
        assert_int_equal(access(str_format(&fake.arena, "%s/pwned%d", fake.folder, i).at, F_OK), -1);
    fake_free(&fake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_title_says_what_ten_more_people_save),
        cmocka_unit_test(where_nobody_saves_anything_it_says_how_long_it_takes),
        cmocka_unit_test(data_mark_where_the_binding_stage_changes),
        cmocka_unit_test(ways_of_the_same_times_are_one_line),
        cmocka_unit_test(what_never_comes_has_no_line),
        cmocka_unit_test(of_many_ways_twelve_are_shown),
        cmocka_unit_test(nothing_and_extremes_are_drawn_without_complaint),
        cmocka_unit_test(what_is_all_there_at_once_is_not_drawn),
        cmocka_unit_test(hostile_names_run_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
