#include "report/numbers.h"

#include "folder.h"

/* 36 server-hours; expected figures by long division. */
static void small_rates_keep_their_digits(void **state)
{
    struct sandbox *sandbox = *state;
    struct arena *arena = &sandbox->arena;
    static const struct {
        money micro;
        const char *shown;
    } rows[] = {
        {3600000000, "100.0000"}, {180000000, "5.0000"}, {36000, "0.0010"},   {35280, "0.00098"},
        {3600, "0.0001"},         {36, "0.000001"},      {1, "0.0000000278"}, {0, "0.0000"},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_text(per_hour_text(arena, rows[i].micro, 36 * HOUR_SECONDS, 4), rows[i].shown);
    assert_text(per_hour_text(arena, 1, 0, 4), "");
}

static void hours_have_no_highest_value(void **state)
{
    struct sandbox *sandbox = *state;
    struct arena *arena = &sandbox->arena;
    assert_text(hours_text(arena, 15139300000000 * (int128)HOUR_SECONDS, 4), "15139300000000.0000");
    assert_text(hours_text(arena, 15139300000000 * (int128)HOUR_SECONDS + 900, 4), "15139300000000.2500");
    assert_text(hours_text(arena, 9223372036854 * (int128)HOUR_SECONDS, 0), "9223372036854");
    assert_text(unmet_hours_text(arena, (15139300000000 * (int128)1000000 + 999999) * HOUR_SECONDS, 4),
                "15139300000001.0000");
    assert_text(hours_text(arena, -1800, 4), "-0.5000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {sandbox_test(small_rates_keep_their_digits),
                                       sandbox_test(hours_have_no_highest_value)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
