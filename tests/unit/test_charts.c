#include "charts.h"

static size_t count(struct str text, const char *part)
{
    size_t n = 0;
    const char *end = text.at + text.length;
    for (const char *p = text.at; (p = memmem(p, (size_t)(end - p), part, strlen(part))) != NULL; p++)
        n++;
    return n;
}

static const char *const chart_names[] = {"01_cumulative", "02_burst", "03_lead_time", "04_cost_lead_time",
                                          "06_monthly_cash"};
enum { N_CHARTS = sizeof chart_names / sizeof *chart_names, N_FORMATS = 3 };
static const char *const formats[N_FORMATS] = {"png", "svg", "pdf"};

static void assert_all_drawn(struct fake *fake)
{
    assert_true(str_is(fake->pictures.warning, "") && fake->pictures.drawn);
    for (size_t i = 0; i < N_CHARTS * N_FORMATS; i++)
        assert_true(is_there(
            fake, str_format(&fake->arena, "%s.%s", chart_names[i / N_FORMATS], formats[i % N_FORMATS]).at));
}

static void every_chart_comes_as_script_data_and_images(void **state)
{
    (void)state;
    struct fake *fake = fake_new(6);
    fake_draw(fake);
    assert_all_drawn(fake);
    for (size_t i = 0; i < 2 * N_CHARTS; i++) {
        const char *extension = i % 2 == 0 ? "gp" : "tsv";
        assert_true(is_there(fake, str_format(&fake->arena, "%s.%s", chart_names[i / 2], extension).at));
    }
    assert_true(is_there(fake, "style.gp") && is_there(fake, "all.gp"));
    assert_memory_equal(content_of(fake, "01_cumulative.png").at + 16, "\0\0\x06\x40\0\0\x03\xE8",
                        8); /* 1600 x 1000 */
    fake_free(fake);
}

static void gnuplot_all_gp_redraws_the_same_images(void **state)
{
    (void)state;
    struct fake *fake = fake_new(3);
    struct str names[2 * N_CHARTS], before[2 * N_CHARTS];
    fake_draw(fake);
    for (size_t i = 0; i < 2 * N_CHARTS; i++) {
        names[i] = str_format(&fake->arena, "%s.%s", chart_names[i / 2], formats[i % 2]);
        before[i] = content_of(fake, names[i].at);
        assert_int_equal(unlink(path_of(fake, names[i].at).at), 0);
    }
    assert_int_equal(system(str_format(&fake->arena, "cd %s/charts && gnuplot all.gp", fake->folder).at), 0);
    for (size_t i = 0; i < 2 * N_CHARTS; i++)
        assert_true(str_equal(before[i], content_of(fake, names[i].at)));
    fake_free(fake);
}

static void same_result_same_bytes(void **state)
{
    (void)state;
    static const char *const extensions[] = {"gp", "tsv", "png", "svg", "pdf"};
    struct fake *a = fake_new(5), *b = fake_new(5);
    fake_draw(a);
    sleep(1);
    fake_draw(b);
    for (size_t i = 0; i < 5 * N_CHARTS; i++) {
        const char *name = str_format(&a->arena, "%s.%s", chart_names[i / 5], extensions[i % 5]).at;
        assert_true(str_equal(content_of(a, name), content_of(b, name)));
    }
    assert_holds(content_of(a, "01_cumulative.pdf"), "/CreationDate (D:20000101000000Z)");
    fake_free(a);
    fake_free(b);
}

static void cumulative_data_start_at_zero_and_end_at_the_billed_cost(void **state)
{
    (void)state;
    struct fake *fake = fake_new(2);
    fake_draw(fake);
    struct str data = content_of(fake, "01_cumulative.tsv");
    assert_true(str_starts(data, STR("time\tPlan 1\tPlan 2\n2014-01-01T00:00:00Z\t0.00\t0.00\n"
                                     "2014-02-01T00:00:00Z\t100000.00\t125000.00\n")));
    assert_true(str_ends(data, STR("2015-01-01T00:00:00Z\t1200000.00\t1500000.00\n")));
    assert_int_equal(count(data, "\n"), 1 + 1 + MONTHS);
    fake_free(fake);
}

static void cumulative_title_says_what_costs_least_and_by_how_much(void **state)
{
    (void)state;
    struct fake *fake = fake_new(2);
    fake_draw(fake);
    struct str script = content_of(fake, "01_cumulative.gp");
    assert_holds(script, "Plan 1 costs least over 12 months:");
    assert_holds(script, "1.20" NB "million" NB "USD,");
    assert_holds(script, "300,000" NB "USD (20" NB "%) less"); /* of 1.5 million */
    assert_lacks(script, "of what is counted");
    fake_free(fake);
}

static void titles_limit_the_claim_where_strategies_count_different_components(void **state)
{
    (void)state;
    struct fake *fake = fake_new(2);
    fake->result.strategies[1].scope[1] = SCOPE_COUNTED;
    fake_draw(fake);
    assert_holds(content_of(fake, "01_cumulative.gp"),
                 "Plan 1 costs least of what is counted over 12 months");
    assert_holds(content_of(fake, "04_cost_lead_time.gp"), "of what is counted");
    fake_free(fake);
}

static void nothing_is_called_cheap_where_nothing_is_ranked(void **state)
{
    (void)state;
    struct fake *fake = fake_new(3);
    fake->result.ranked = false;
    fake->result.unranked_because = STR("strategies serve different amounts");
    for (size_t i = 0; i < 3; i++)
        fake->result.strategies[i].rank = 0;
    fake_draw(fake);
    assert_all_drawn(fake);
    for (size_t i = 0; i < 4; i += 3) {
        struct str script = content_of(fake, str_format(&fake->arena, "%s.gp", chart_names[i]).at);
        assert_lacks(script, "least");
        assert_lacks(script, "cheap");
        assert_holds(script, "Not ranked: strategies serve different amounts.");
    }
    assert_int_equal(count(content_of(fake, "04_frontier.tsv"), "\n"), 1);
    fake_free(fake);
}

static void burst_data_hold_changes_only_and_labels_the_shortfall(void **state)
{
    (void)state;
    struct fake *fake = fake_new(2);
    fake_draw(fake);
    assert_string_equal(content_of(fake, "02_burst.tsv").at, "hours\tneed\tPlan 1\tPlan 2\n"
                                                             "-10\t100\t1200\t600\n"
                                                             "0\t100\t1200\t600\n"
                                                             "0\t1100\t1200\t600\n"
                                                             "20\t1100\t1200\t600\n"
                                                             "20\t100\t1200\t600\n"
                                                             "38\t100\t1200\t600\n");
    struct str script = content_of(fake, "02_burst.gp");
    assert_holds(script, "need met");
    assert_holds(script, "{/:Bold 10,000}  server-hours short'"); /* 500 servers x 20 h */
    assert_holds(script, "1 of 2 strategies meets sale without shortfall");
    assert_int_equal(count(script, "fs pattern 4"), 1);
    fake_free(fake);
}

static void a_long_window_keeps_its_worst_steps(void **state)
{
    (void)state;
    enum { LONG = 30000 };
    struct fake *fake = fake_new(2);
    struct demand *demand = &fake->result.demand;
    demand->n_steps = LONG;
    demand->servers = ARENA_NEW(&fake->arena, int32_t, LONG);
    fake->result.burst_to_seconds = demand->start_seconds + (int64_t)LONG * HOUR_SECONDS;
    for (size_t i = 0; i < 2; i++) {
        struct burst_view *view = &fake->result.strategies[i].burst;
        view->n_steps = LONG;
        view->in_service = ARENA_NEW(&fake->arena, double, LONG);
    }
    for (int t = 0; t < LONG; t++) {
        demand->servers[t] = 50 + t % 7;
        fake->result.strategies[0].burst.in_service[t] = fake->result.strategies[1].burst.in_service[t] = 60;
    }
    demand->servers[12345] = 777;
    fake_draw(fake);
    struct str data = content_of(fake, "02_burst.tsv");
    assert_true(count(data, "\n") < 3000);
    assert_int_equal(count(data, "\t777\t60\t60\n"), 2);
    assert_holds(content_of(fake, "02_burst.gp"), "{/:Bold 717}");
    fake_free(fake);
}

static void what_cannot_be_reached_is_never(void **state)
{
    (void)state;
    struct fake *fake = fake_new(3);
    fake->result.strategies[2].lead_time = (struct lead_time){0};
    fake->result.strategies[0].lead_time = (struct lead_time){.possible = true};
    fake_draw(fake);
    assert_all_drawn(fake);
    assert_holds(content_of(fake, "03_lead_time.tsv"), "3\tnever\tnever\tnever\tnever\tnever\tPlan 3\n");
    struct str script = content_of(fake, "03_lead_time.gp");
    assert_holds(script, "never: not reachable");
    assert_holds(script, "at once");
    assert_holds(script, "never gets there");
    assert_holds(content_of(fake, "04_cost_lead_time.gp"), "\"never\"");
    assert_holds(content_of(fake, "04_cost_lead_time.gp"), "set xtics (\"at once\" ");
    fake_free(fake);
}

static void lead_times_are_written_in_fitting_units(void **state)
{
    (void)state;
    struct fake *fake = fake_new(5);
    static const double hours[] = {97.0 / 3600, 34.0 / 60, 12, 28.5 * 24, 3 * 8760};
    for (size_t i = 0; i < 5; i++)
        fake->result.strategies[i].lead_time =
            (struct lead_time){true, hours[i], hours[i], hours[i], hours[i], hours[i], hours[i]};
    fake_draw(fake);
    assert_all_drawn(fake);
    struct str script = content_of(fake, "03_lead_time.gp");
    static const char *const texts[] = {"97" NB "s'", "34" NB "min'", "12" NB "h'", "28.5" NB "days'",
                                        "3" NB "years'"};
    for (size_t i = 0; i < 5; i++)
        assert_holds(script, texts[i]);
    fake_free(fake);
}

static void the_frontier_runs_from_the_fastest_to_the_cheapest(void **state)
{
    (void)state;
    struct fake *fake = fake_new(4);
    static const int64_t cost[] = {400, 300, 350, 200};
    for (size_t i = 0; i < 4; i++)
        fake->result.strategies[i].compared = units(cost[i]);
    fake->result.strategies[3].rank = 1, fake->result.strategies[0].rank = 4;
    fake_draw(fake);
    /* lead times 1, 4, 9, 16 h: the third is beaten by the second */
    assert_string_equal(content_of(fake, "04_frontier.tsv").at,
                        "drawn_at_hours\tcompared_cost\n1\t400.00\n4\t300.00\n16\t200.00\n");
    assert_holds(content_of(fake, "04_cost_lead_time.gp"), "Waiting 16" NB "h (Plan 4) rather than 60" NB
                                                           "min (Plan 1) saves 200" NB "USD (50" NB "%)");
    fake_free(fake);
}

static void hostile_names_run_nothing_and_show_as_they_are(void **state)
{
    (void)state;
    struct fake *fake = fake_new(12);
    static const char *const names[] = {"it's `touch pwned1`", "''.system(\"touch pwned2\").''",
                                        "=cmd|' /C calc'!A0",  "a_b^c{d}e\\U+00",
                                        "line\nbreak\ttab",    "\xff\xfe invalid \xc3",
                                        "@C_INK & ~tilde",     "'\"quoted\" # hash''",
                                        "</text>]]><script>",  "שלום עולם",
                                        "\xe2\x80\xaeturned",  "Сервер в аренду"};
    for (size_t i = 0; i < 12; i++)
        fake->result.strategies[i].strategy = fake_strategy(fake, names[i], (int)i % OFFER_SERVICE);
    fake->burst.name = fake->result.burst_name = STR("'`touch pwned3`");
    fake->study.name = STR("x'; system('touch pwned4') #\\");
    fake->study.currency = STR("U'`S{D");
    fake_draw(fake);
    assert_all_drawn(fake);
    for (int i = 1; i <= 4; i++)
        assert_int_equal(access(str_format(&fake->arena, "%s/charts/pwned%d", fake->folder, i).at, F_OK), -1);
    struct str svg = content_of(fake, "03_lead_time.svg");
    assert_holds(svg, "it's `touch pwned1`");
    assert_holds(svg, "a_b^c{d}e\\\xe2\x81\xa0U+00<");
    assert_holds(svg, "line break tab");
    assert_holds(svg, "\xef\xbf\xbd\xef\xbf\xbd invalid \xef\xbf\xbd");
    assert_holds(svg, "@C_INK &amp; ~tilde");
    assert_lacks(svg, "<script>");
    assert_lacks(svg, "\xe2\x80\xae");
    struct str header = content_of(fake, "01_cumulative.tsv");
    assert_holds(header, "\t'=cmd|");
    fake_free(fake);
}

static void long_names_are_cut_to_28_characters(void **state)
{
    (void)state;
    struct fake *fake = fake_new(12);
    char longest[301];
    memset(longest, 'W', 300);
    longest[300] = '\0';
    for (size_t i = 0; i < 12; i++)
        fake->result.strategies[i].strategy = fake_strategy(fake, longest, 0);
    fake_draw(fake);
    assert_all_drawn(fake);
    struct str script = content_of(fake, "03_lead_time.gp");
    assert_holds(script, "label 'WWWWWWWWWWWWWWWWWWWWWWWWWWW…'"); /* 27 and the ellipsis */
    assert_lacks(script, "WWWWWWWWWWWWWWWWWWWWWWWWWWWW");
    fake_free(fake);
}

static void extremes_are_drawn_without_complaint(void **state)
{
    (void)state;
    struct fake *fake = fake_new(2);
    for (size_t i = 0; i < 2; i++) {
        struct strategy_result *s = &fake->result.strategies[i];
        for (int m = 0; m < MONTHS; m++)
            s->months[m].cumulative = i == 0 ? 0 : INT64_MAX;
        s->compared = s->billed = i == 0 ? 0 : INT64_MAX;
        s->lead_time = (struct lead_time){true, 0, 0, 0, 0, 1e6, 0};
        for (int t = 0; t < STEPS; t++)
            s->burst.in_service[t] = i == 0 ? 0 : 1e9;
    }
    for (int t = 0; t < STEPS; t++)
        fake->result.demand.servers[t] = 1000000000;
    fake_draw(fake);
    assert_all_drawn(fake);
    assert_holds(content_of(fake, "02_burst.gp"), "48,000,000,000}  server-hours short");
    fake_free(fake);
}

static void nothing_at_all_is_drawn_without_complaint(void **state)
{
    (void)state;
    struct fake *fake = fake_new(1);
    struct strategy_result *s = &fake->result.strategies[0];
    for (int m = 0; m < MONTHS; m++)
        s->months[m].cumulative = 0;
    s->compared = s->billed = 0;
    s->lead_time = (struct lead_time){0};
    s->burst.n_steps = 0;
    fake->study.workload.n_bursts = 0;
    fake->result.burst_name = (struct str){0};
    fake->result.burst_servers = 0;
    fake->result.burst_to_seconds = fake->result.burst_from_seconds;
    fake->result.demand.n_steps = 0;
    fake_draw(fake);
    assert_all_drawn(fake);
    fake_free(fake);
}

static void of_many_strategies_the_twelve_best_are_shown(void **state)
{
    (void)state;
    struct fake *fake = fake_new(15);
    for (size_t i = 0; i < 15; i++)
        fake->result.strategies[i].rank = 15 - (int)i;
    fake_draw(fake);
    struct str data = content_of(fake, "03_lead_time.tsv");
    assert_lacks(data, "Plan 3\n");
    assert_true(holds(data, "Plan 4\n") && holds(data, "Plan 15\n"));
    assert_holds(content_of(fake, "01_cumulative.gp"), "12 of 15 strategies are shown.");
    fake_free(fake);
}

static void characters_without_a_font_are_boxes_but_in_svg(void **state)
{
    (void)state;
    struct fake *fake = fake_new(2);
    fake->result.strategies[0].strategy =
        fake_strategy(fake, "\xf3\xb0\x80\x80 own", 0); /* private use: no font */
    fake_draw(fake);
    assert_true(fake->pictures.drawn);
    assert_holds(fake->pictures.warning, "no font");
    assert_holds(content_of(fake, "03_lead_time.gp"),
                 "set label (BOXES ? '\xe2\x96\xaf own' : '\xf3\xb0\x80\x80 own')");
    fake_free(fake);
}

static void without_gnuplot_scripts_and_data_stay(void **state)
{
    (void)state;
    struct fake *fake = fake_new(2);
    const char *old = str_copy(&fake->arena, str_of(getenv("PATH"))).at;
    setenv("PATH", fake->folder, 1);
    fake_draw(fake);
    setenv("PATH", old, 1);
    assert_false(fake->pictures.drawn);
    assert_holds(fake->pictures.warning, "gnuplot is not installed");
    assert_true(is_there(fake, "all.gp") && is_there(fake, "01_cumulative.tsv"));
    assert_false(is_there(fake, "01_cumulative.png"));
    fake_free(fake);
}

static void a_folder_that_cannot_be_written_is_a_failure(void **state)
{
    (void)state;
    struct fake *fake = fake_new(1);
    fake->report =
        (struct report){&fake->result, &fake->arena, STR("/nonexistent"), &fake->failure, "0.1.0", STR("")};
    assert_false(report_charts(&fake->report, &fake->pictures));
    assert_holds(fake->failure.message, "/nonexistent/charts: cannot make folder");
    fake_free(fake);
}

static void strategies_of_a_kind_differ_and_mixes_have_colours_of_their_own(void **state)
{
    (void)state;
    struct fake *fake = fake_new(9);
    struct layer both[2] = {{.offer = OFFER_RESERVED}, {.offer = OFFER_ON_DEMAND}};
    struct strategy *mix = fake_strategy(fake, "mix", 0);
    mix->layers = both;
    mix->n_layers = 2;
    fake->result.strategies[8].strategy = mix;
    size_t n;
    struct chart_series *series = chart_series_of(&fake->arena, &fake->result, &n);
    assert_int_equal(n, 9);
    assert_int_equal(series[OFFER_COLOCATION].colour.line, 0x004488);
    assert_int_equal(series[OFFER_HOSTING].colour.line, 0xDDAA33);
    assert_int_equal(series[OFFER_ON_DEMAND].colour.line, 0xBB5566);
    assert_int_equal(series[OFFER_RESERVED].colour.line, 0x56B4E9);
    assert_int_equal(series[8].colour.line, 0x999933);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            assert_int_not_equal(series[i].colour.line, series[j].colour.line);
    fake_free(fake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_chart_comes_as_script_data_and_images),
        cmocka_unit_test(gnuplot_all_gp_redraws_the_same_images),
        cmocka_unit_test(same_result_same_bytes),
        cmocka_unit_test(cumulative_data_start_at_zero_and_end_at_the_billed_cost),
        cmocka_unit_test(cumulative_title_says_what_costs_least_and_by_how_much),
        cmocka_unit_test(titles_limit_the_claim_where_strategies_count_different_components),
        cmocka_unit_test(nothing_is_called_cheap_where_nothing_is_ranked),
        cmocka_unit_test(burst_data_hold_changes_only_and_labels_the_shortfall),
        cmocka_unit_test(a_long_window_keeps_its_worst_steps),
        cmocka_unit_test(what_cannot_be_reached_is_never),
        cmocka_unit_test(lead_times_are_written_in_fitting_units),
        cmocka_unit_test(the_frontier_runs_from_the_fastest_to_the_cheapest),
        cmocka_unit_test(hostile_names_run_nothing_and_show_as_they_are),
        cmocka_unit_test(long_names_are_cut_to_28_characters),
        cmocka_unit_test(extremes_are_drawn_without_complaint),
        cmocka_unit_test(nothing_at_all_is_drawn_without_complaint),
        cmocka_unit_test(of_many_strategies_the_twelve_best_are_shown),
        cmocka_unit_test(characters_without_a_font_are_boxes_but_in_svg),
        cmocka_unit_test(without_gnuplot_scripts_and_data_stay),
        cmocka_unit_test(a_folder_that_cannot_be_written_is_a_failure),
        cmocka_unit_test(strategies_of_a_kind_differ_and_mixes_have_colours_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
