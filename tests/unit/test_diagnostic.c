#include "test.h"

#include "base/diagnostic.h"

static void everything_found_is_kept_in_order(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct diagnostics list = {.arena = &arena};
    struct place place = {.file = STR("study.yml"), .line = 12, .column = 5, .line_text = STR("    step: 5 m")};
    assert_false(diagnose_error(&list, place, "write `5 min`", "`%s` is no duration", "5 m"));
    diagnose_warning(&list, (struct place){0}, NULL, "the price is %d months old", 14);
    for (int i = 0; i < 1000; i++)
        diagnose_error(&list, place, NULL, "number %d", i);
    assert_int_equal(list.n_items, 1002);
    assert_int_equal(list.n_errors, 1001);
    assert_false(list.unreadable);

    assert_int_equal(list.items[0].severity, SEVERITY_ERROR);
    assert_text(list.items[0].message, "`5 m` is no duration");
    assert_text(list.items[0].hint, "write `5 min`");
    assert_text(list.items[0].place.file, "study.yml");
    assert_int_equal(list.items[0].place.line, 12);
    assert_int_equal(list.items[0].place.column, 5);
    assert_text(list.items[0].place.line_text, "    step: 5 m");
    assert_int_equal(list.items[1].severity, SEVERITY_WARNING);
    assert_text(list.items[1].message, "the price is 14 months old");
    assert_int_equal(list.items[1].hint.length, 0);
    assert_text(list.items[1001].message, "number 999");
    arena_free(&arena);
}

static void a_message_outlives_what_it_was_made_of(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct diagnostics list = {.arena = &arena};
    char word[] = "colun", hint[] = "column";
    diagnose_error(&list, (struct place){0}, hint, "unknown key `%s`", word);
    memset(word, 'x', sizeof word - 1);
    memset(hint, 'x', sizeof hint - 1);
    assert_text(list.items[0].message, "unknown key `colun`");
    assert_text(list.items[0].hint, "column");
    arena_free(&arena);
}

static void warnings_alone_are_no_errors(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct diagnostics list = {.arena = &arena};
    diagnose_warning(&list, (struct place){0}, NULL, "careful");
    assert_int_equal(list.n_errors, 0);
    assert_int_equal(list.n_items, 1);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_found_is_kept_in_order),
        cmocka_unit_test(a_message_outlives_what_it_was_made_of),
        cmocka_unit_test(warnings_alone_are_no_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
