#include "test.h"

static void slices_compare_by_bytes(void **state)
{
    (void)state;
    assert_true(str_equal(STR("abc"), STR("abc")));
    assert_false(str_equal(STR("abc"), STR("abd")));
    assert_false(str_equal(STR("abc"), STR("ab")));
    assert_true(str_is(STR("abc"), "abc"));
    assert_true(str_compare(STR("abc"), STR("abd")) < 0);
    assert_true(str_compare(STR("ab"), STR("abc")) < 0);
    assert_true(str_compare(STR("b"), STR("abc")) > 0);
    assert_true(str_compare(STR("\xC3\xA9"), STR("z")) > 0); /* bytes are unsigned */
    assert_int_equal(str_compare(STR("abc"), STR("abc")), 0);
}

static void zeroed_slice_is_the_empty_text(void **state)
{
    (void)state;
    struct str nothing = {0};
    struct arena arena = {0};
    assert_true(str_is(nothing, ""));
    assert_true(str_equal(nothing, STR("")));
    assert_int_equal(str_compare(nothing, STR("")), 0);
    assert_true(str_starts(STR("abc"), nothing));
    assert_true(str_ends(nothing, STR("")));
    assert_true(str_is_utf8(nothing));
    assert_int_equal(str_trim(nothing).length, 0);
    assert_text(str_format(&arena, "[%.*s]", STR_ARGS(nothing)), "[]");
    assert_string_equal(str_zero_terminated(&arena, nothing), "");
    assert_int_equal(str_of(NULL).length, 0);
    arena_free(&arena);
}

static void copies_and_formats_end_in_a_zero_byte(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct str part = {"abcdef", 3};
    assert_string_equal(str_copy(&arena, part).at, "abc");
    assert_string_equal(str_zero_terminated(&arena, part), "abc");
    assert_string_equal(str_format(&arena, "%.*s-%d", STR_ARGS(part), 7).at, "abc-7");
    struct str large = str_format(&arena, "%*s", 1000000, "x");
    assert_int_equal(large.length, 1000000);
    assert_int_equal(large.at[999999], 'x');
    arena_free(&arena);
}

static void starts_and_ends_look_at_the_whole_affix(void **state)
{
    (void)state;
    assert_true(str_starts(STR("aws.m3"), STR("aws.")));
    assert_false(str_starts(STR("aws"), STR("aws.")));
    assert_true(str_ends(STR("a.csv.gz"), STR(".gz")));
    assert_false(str_ends(STR("gz"), STR(".gz")));
    assert_true(str_ends(STR("abc"), STR("")));
}

static void trim_takes_blanks_and_nothing_else(void **state)
{
    (void)state;
    assert_text(str_trim(STR(" \t a b \t\r")), "a b");
    assert_text(str_trim(STR(" \t\r ")), "");
    assert_text(str_trim(STR("abc")), "abc");
    /* A zero byte or a newline is not a blank: it stays, to be complained about. */
    assert_int_equal(str_trim(STR(" a\0 ")).length, 2);
    assert_int_equal(str_trim(STR("a\n")).length, 2);
}

static void split_is_at_the_first_occurrence(void **state)
{
    (void)state;
    struct str head, tail, text = STR("a=b=c");
    assert_true(str_split(text, '=', &head, &tail));
    assert_text(head, "a");
    assert_text(tail, "b=c");
    assert_true(str_split(STR("="), '=', &head, &tail));
    assert_int_equal(head.length + tail.length, 0);
    assert_false(str_split(STR("abc"), '=', &head, &tail));
    assert_false(str_split((struct str){0}, '=', &head, &tail));
    assert_true(str_split(text, '=', &text, &tail)); /* in place */
    assert_text(text, "a");
    assert_text(tail, "b=c");
}

static void after_takes_off_the_front(void **state)
{
    (void)state;
    assert_text(str_after(STR("abc"), 0), "abc");
    assert_text(str_after(STR("abc"), 2), "c");
    assert_text(str_after(STR("abc"), 3), "");
}

/* Well-formed and ill-formed sequences from table 3-7 of the Unicode standard. */
static void utf8_is_as_the_unicode_standard_has_it(void **state)
{
    (void)state;
    static const char *const good[] = {"abc", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                                       "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "Z\xC3\xBCrich"};
    static const char *const bad[] = {"\x80",         "\xBF",         "\xC0\x80",     "\xC1\xBF",
                                      "\xC3",         "a\xC3(",       "\xE0\x9F\xBF", "\xED\xA0\x80",
                                      "\xE2\x82",     "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
                                      "\xFE",         "\xFF",         "Z\xFCrich",    "\xF0\x9F\x98"};
    for (size_t i = 0; i < COUNT(good); i++)
        assert_row(str_is_utf8(str_of(good[i])), good[i]);
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_row(!str_is_utf8(str_of(bad[i])), bad[i]);
}

static void nearest_is_what_was_meant_or_nothing(void **state)
{
    (void)state;
    const struct str keys[] = {STR("price"), STR("provider"), STR("component"), STR("per"), STR("source")};
    assert_text(str_nearest(STR("prise"), keys, COUNT(keys)), "price");
    assert_text(str_nearest(STR("providr"), keys, COUNT(keys)), "provider");
    assert_text(str_nearest(STR("compnoent"), keys, COUNT(keys)), "component"); /* two letters swapped */
    assert_text(str_nearest(STR("soruce"), keys, COUNT(keys)), "source");
    assert_text(str_nearest(STR("depreciation"), keys, COUNT(keys)), "");
    assert_text(str_nearest(STR("xyz"), keys, COUNT(keys)), ""); /* no letter in common with `per` */
    const struct str letter = STR("h");
    assert_text(str_nearest(STR("m"), &letter, 1), "");
    assert_text(str_nearest(STR(""), &letter, 1), "");
    assert_text(str_nearest(STR(""), keys, COUNT(keys)), "");
    assert_text(str_nearest(STR("price"), keys, 0), "");
}

static void nearest_bears_very_long_words(void **state)
{
    (void)state;
    char word[5000];
    memset(word, 'a', sizeof word);
    const struct str key = STR("aaaa");
    assert_text(str_nearest((struct str){word, sizeof word}, &key, 1), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_compare_by_bytes),
        cmocka_unit_test(zeroed_slice_is_the_empty_text),
        cmocka_unit_test(copies_and_formats_end_in_a_zero_byte),
        cmocka_unit_test(starts_and_ends_look_at_the_whole_affix),
        cmocka_unit_test(trim_takes_blanks_and_nothing_else),
        cmocka_unit_test(split_is_at_the_first_occurrence),
        cmocka_unit_test(after_takes_off_the_front),
        cmocka_unit_test(utf8_is_as_the_unicode_standard_has_it),
        cmocka_unit_test(nearest_is_what_was_meant_or_nothing),
        cmocka_unit_test(nearest_bears_very_long_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
