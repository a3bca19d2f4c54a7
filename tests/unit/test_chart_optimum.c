#include "test.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "model/certificate.h"
#include "model/optimum.h"
#include "report/chart.h"
#include "report/chart_style.h"

/* A blank at which no line breaks stands between a currency and its figure. */
#define NB "\xc2\xa0"

enum { STEPS = 3600, MOST_OFFERS = 16, ON_DEMAND = 0 };

/* A cheapest plan written by hand, and the script and data that the chart makes of it. */
struct fake {
    struct arena arena;
    struct study study;
    struct offer offers[MOST_OFFERS];
    struct optimum_offer plan_of[MOST_OFFERS];
    struct lease_kind kinds[MOST_OFFERS];
    struct optimum optimum;
    struct certificate certificate;
    struct strategy strategy;
    struct strategy_result result_of;
    struct result result;
    struct failure failure;
    struct chart_series series;
    struct chart_heading said;
    struct chart chart;
    char folder[64];
};

static int64_t *steps_of(struct fake *fake, int64_t value)
{
    int64_t *values = ARENA_NEW(&fake->arena, int64_t, STEPS);
    for (int t = 0; t < STEPS; t++)
        values[t] = value;
    return values;
}

/* Three servers are needed in every hour and run on demand. */
static void fake_new(struct fake *fake, int32_t n_steps)
{
    *fake = (struct fake){.study = {.name = STR("by-hand"), .currency = STR("USD")},
                          .folder = "/tmp/test_chart_optimum.XXXXXX"};
    assert_non_null(mkdtemp(fake->folder));
    fake->offers[ON_DEMAND] = (struct offer){.id = STR("cloud.small.od"), .kind = OFFER_ON_DEMAND};
    fake->study.offers = fake->offers;
    fake->study.n_offers = 1;
    fake->certificate = (struct certificate){.step_seconds = 3600, .n_steps = n_steps};
    fake->optimum = (struct optimum){.n_steps = n_steps,
                                     .need = steps_of(fake, 3),
                                     .kinds = fake->kinds,
                                     .on_demand = ON_DEMAND,
                                     .on_demand_used = steps_of(fake, 3),
                                     .missing = steps_of(fake, 0),
                                     .offers = fake->plan_of,
                                     .certificate = &fake->certificate,
                                     .lower_bound = 78 * MONEY_PER_UNIT,
                                     .simulated_cost = 78 * MONEY_PER_UNIT,
                                     .proved = true};
    fake->strategy.name = STR("Cheapest");
    fake->result_of.strategy = &fake->strategy;
    fake->result_of.plan.optimum = &fake->optimum;
    fake->result = (struct result){
        .study = &fake->study, .ranked = true, .strategies = &fake->result_of, .n_strategies = 1};
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

/* So many servers leased from a step on, in place of as many on demand. */
static void add_lease(struct fake *fake, const char *id, int32_t first, int32_t steps, int64_t servers)
{
    int offer = (int)fake->study.n_offers++;
    struct lease_kind *kind = &fake->kinds[fake->optimum.n_kinds++];
    fake->offers[offer] = (struct offer){.id = str_of(id), .kind = OFFER_RESERVED};
    fake->plan_of[fake->optimum.n_offers++] = (struct optimum_offer){.offer = offer, .most = servers};
    *kind = (struct lease_kind){.offer = offer, .steps = steps, .chosen = steps_of(fake, 0)};
    kind->chosen[first] = servers;
    for (int32_t t = first; t < first + steps && t < fake->optimum.n_steps; t++)
        fake->optimum.on_demand_used[t] -= servers;
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

static void layers_stack_up_to_what_is_needed(void **state)
{
    (void)state;
    struct fake fake;
    fake_new(&fake, 3);
    add_lease(&fake, "cloud.small.year", 1, 2, 1); /* to the end */
    add_lease(&fake, "cloud.small.day", 1, 1, 2);
    fake.optimum.on_demand_used[2] = 1; /* and one is missing */
    fake.optimum.missing[2] = 1;
    assert_true(chart_optimum(&fake.chart));
    assert_text(content_of(&fake, "07_optimum.tsv"),
                "time\tneed\tmissing\tcloud.small.year\tcloud.small.day\tcloud.small.od\n"
                "1970-01-01T00:00:00Z\t3\t0\t0\t0\t3\n1970-01-01T01:00:00Z\t3\t0\t0\t0\t3\n"
                "1970-01-01T01:00:00Z\t3\t0\t1\t2\t0\n1970-01-01T02:00:00Z\t3\t0\t1\t2\t0\n"
                "1970-01-01T02:00:00Z\t3\t1\t1\t0\t1\n1970-01-01T03:00:00Z\t3\t1\t1\t0\t1\n");
    assert_text(fake.said.title,
                "Proved cheapest: 3 servers committed at most, on-demand above: USD" NB "78");
    assert_true(holds(fake.said.subtitle, "hatched: missing"));
    assert_false(holds(fake.said.subtitle, "mean"));
    assert_true(holds(content_of(&fake, "07_optimum.gp"), "{/:Bold day}  at most 2"));
    assert_true(holds(fake.said.note, "All ids begin with cloud.small."));
    fake_free(&fake);
}

/* 3,600 hours are 150 days, to the end of May 30. One lease runs for 36 hours: all of the first day, half of
 * the second. */
static void long_plans_show_means_of_days(void **state)
{
    (void)state;
    struct fake fake;
    fake_new(&fake, STEPS);
    add_lease(&fake, "year", 0, 36, 1);
    assert_true(chart_optimum(&fake.chart));
    struct str data = content_of(&fake, "07_optimum.tsv");
    assert_true(
        holds(data, "\n1970-01-02T00:00:00Z\t3\t0\t0.5\t2.5\n1970-01-03T00:00:00Z\t3\t0\t0.5\t2.5\n"));
    assert_true(holds(data, "\n1970-05-31T00:00:00Z\t3\t0\t0\t3\n"));
    assert_true(holds(fake.said.subtitle, "mean of each day"));
    fake_free(&fake);
}

/* 0.1 of 77.9 is 0.128 %. */
static void a_gap_is_in_the_title(void **state)
{
    (void)state;
    struct fake fake;
    fake_new(&fake, 3);
    fake.optimum.proved = false;
    fake.optimum.gap = MONEY_PER_UNIT / 10;
    fake.optimum.lower_bound = 78 * MONEY_PER_UNIT - fake.optimum.gap;
    assert_true(chart_optimum(&fake.chart));
    assert_text(fake.said.title, "Everything on demand: USD" NB "78, within 0.13 % of the best possible");
    fake_free(&fake);
}

static void each_of_several_plans_has_a_chart_of_its_own(void **state)
{
    (void)state;
    struct fake fake;
    fake_new(&fake, 3);
    struct strategy strategies[] = {{.name = STR("By hand")}, {.name = STR("Dear")}, {.name = STR("Cheap")}};
    struct strategy_result results[] = {fake.result_of, fake.result_of, fake.result_of};
    struct optimum dear = fake.optimum;
    dear.proved = false;
    dear.gap = MONEY_PER_UNIT; /* 1 of 77 is 1.30 % */
    dear.lower_bound -= dear.gap;
    for (int i = 0; i < 3; i++)
        results[i].strategy = &strategies[i];
    results[0].plan.optimum = NULL;
    results[1].plan.optimum = &dear;
    fake.result.strategies = results;
    fake.result.n_strategies = 3;
    assert_int_equal(chart_optimum_count(&fake.result), 2);
    assert_true(chart_optimum(&fake.chart));
    assert_text(fake.said.title, "Dear: everything on demand: USD" NB "78, within 1.30 % of the best possible");
    fake.chart.item = 1;
    assert_true(chart_optimum(&fake.chart));
    assert_text(fake.said.title, "Cheap, proved cheapest: everything on demand: USD" NB "78");
    assert_true(holds(fake.said.note, "Plan of Cheap,"));
    assert_text(content_of(&fake, "07_optimum.tsv"), content_of(&fake, "07_optimum_2.tsv").at);
    assert_true(holds(content_of(&fake, "07_optimum_2.gp"), "'07_optimum_2.tsv'"));
    fake_free(&fake);
}

static void a_study_without_an_optimum_has_no_such_chart(void **state)
{
    (void)state;
    struct fake fake;
    fake_new(&fake, 3);
    assert_int_equal(chart_optimum_count(&fake.result), 1);
    fake.result_of.plan.optimum = NULL;
    assert_int_equal(chart_optimum_count(&fake.result), 0);
    fake_free(&fake);
}

static void draw(struct fake *fake)
{
    assert_true(chart_optimum(&fake->chart) && chart_write_style(&fake->chart));
    assert_int_equal(
        system(str_format(&fake->arena, "cd %s && gnuplot 07_optimum.gp 2>said", fake->folder).at), 0);
    assert_text(content_of(fake, "said"), "");
    assert_true(content_of(fake, "07_optimum.png").length > 1000);
}

static void nothing_and_many_offers_are_drawn_without_complaint(void **state)
{
    (void)state;
    struct fake fake;
    fake_new(&fake, 1);
    fake.optimum.need = fake.optimum.on_demand_used = steps_of(&fake, 0);
    draw(&fake);
    assert_text(fake.said.title, "Proved cheapest: nothing leased: USD" NB "78");
    fake_free(&fake);
    fake_new(&fake, 3);
    fake.optimum.on_demand_used = steps_of(&fake, 15);
    for (int i = 0; i < 15; i++)
        add_lease(&fake, str_format(&fake.arena, "offer %d", i).at, 0, 3, 1);
    draw(&fake);
    assert_text(fake.said.title,
                "Proved cheapest: 15 servers committed at most, nothing on demand: USD" NB "78");
    assert_true(holds(content_of(&fake, "07_optimum.gp"), "{/:Bold 5 other offers}  at most 5"));
    fake_free(&fake);
}

static void hostile_names_run_nothing(void **state)
{
    (void)state;
    struct fake fake;
    fake_new(&fake, 3);
    fake.strategy.name = STR("a_b^c{d}\n'.system(\"touch pwned1\").'");
    add_lease(&fake, "'; system('touch pwned2') #\\", 0, 2, 1);
    add_lease(&fake, "it's `touch pwned3`", 0, 2, 1);
    draw(&fake);
    for (int i = 1; i <= 3; i++)
        assert_int_equal(access(str_format(&fake.arena, "%s/pwned%d", fake.folder, i).at, F_OK), -1);
    fake_free(&fake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layers_stack_up_to_what_is_needed),
        cmocka_unit_test(long_plans_show_means_of_days),
        cmocka_unit_test(a_gap_is_in_the_title),
        cmocka_unit_test(each_of_several_plans_has_a_chart_of_its_own),
        cmocka_unit_test(a_study_without_an_optimum_has_no_such_chart),
        cmocka_unit_test(nothing_and_many_offers_are_drawn_without_complaint),
        cmocka_unit_test(hostile_names_run_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
