#include "charts.h"

static void names_that_begin_alike_keep_their_ends(void **state)
{
    (void)state;
    struct fake *fake = fake_new(3);
    static const char *const names[] = {"Three years of the standard kind, all in advance",
                                        "Three years of the standard kind, nothing in advance",
                                        "One year of the standard kind, nothing in advance"};
    for (size_t i = 0; i < 3; i++)
        fake->result.strategies[i].strategy = fake_strategy(fake, names[i], 0);
    fake_draw(fake);
    struct str script = content_of(fake, "03_lead_time.gp"), title = content_of(fake, "01_cumulative.gp");
    assert_holds(script, "'Three years o…all in advance'"); /* 13, the ellipsis and 14 */
    assert_holds(script, "'Three years o…ing in advance'");
    assert_holds(script, "'One year of the standard ki…'");
    assert_holds(title, "Three years o…all in advance");
    assert_holds(title, "less than Three years o…ing in advance");
    fake_free(fake);
}

static void more_than_two_that_tie_are_counted(void **state)
{
    (void)state;
    struct fake *fake = fake_new(4);
    for (size_t i = 0; i < 3; i++) {
        fake->result.strategies[i].rank = 1;
        fake->result.strategies[i].compared = fake->result.strategies[0].compared;
    }
    fake_draw(fake);
    assert_holds(content_of(fake, "01_cumulative.gp"), "Plan 1 and 2 others cost least over 12 months:");
    fake_free(fake);
}

/* Two days are drawn: nothing is said of the other 363. */
static void a_window_without_bursts_speaks_of_its_days(void **state)
{
    (void)state;
    struct fake *fake = fake_new(2);
    fake->study.workload.n_bursts = 0;
    fake->result.burst_name = STR("the whole need");
    fake_draw(fake);
    struct str script = content_of(fake, "02_burst.gp");
    assert_holds(script, "1 of 2 strategies meets the need of the first 2 days without shortfall");
    assert_holds(script, "Peak need of the study: 1,000 servers.");
    fake_free(fake);
}

static void a_burst_that_comes_back_is_told_by_its_year(void **state)
{
    (void)state;
    struct fake *fake = fake_new(2);
    fake->burst.every_year = true;
    fake->study.end_seconds = add_months(fake->study.start_seconds, 24);
    fake_draw(fake);
    assert_holds(content_of(fake, "02_burst.gp"), "1 of 2 strategies meets sale of 2014 without shortfall");
    fake_free(fake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_that_begin_alike_keep_their_ends),
        cmocka_unit_test(more_than_two_that_tie_are_counted),
        cmocka_unit_test(a_window_without_bursts_speaks_of_its_days),
        cmocka_unit_test(a_burst_that_comes_back_is_told_by_its_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
