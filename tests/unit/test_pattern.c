#include "test.h"

#include <time.h>

#include "base/pattern.h"

static struct pattern *compile(struct arena *arena, const char *text)
{
    struct str message = {0};
    int offset = -1;
    struct pattern *pattern = pattern_compile(arena, str_of(text), &message, &offset);
    if (pattern == NULL) {
        print_error("`%s` was refused at %d: %.*s\n", text, offset, STR_ARGS(message));
        fail();
    }
    return pattern;
}

static void a_pattern_matches_anywhere_unless_anchored(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct pattern *pattern = compile(&arena, "^aws\\.m3\\.large");
    assert_int_equal(pattern_match(pattern, STR("aws.m3.large.on-demand")), MATCH_YES);
    assert_int_equal(pattern_match(pattern, STR("aws.m3xlarge")), MATCH_NO);
    assert_int_equal(pattern_match(pattern, STR("an aws.m3.large")), MATCH_NO);
    pattern_free(pattern);
    pattern = compile(&arena, "m3");
    assert_int_equal(pattern_match(pattern, STR("aws.m3.large")), MATCH_YES);
    assert_int_equal(pattern_match(pattern, STR("")), MATCH_NO);
    pattern_free(pattern);
    arena_free(&arena);
}

static void a_slice_ends_where_it_ends(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct pattern *pattern = compile(&arena, "large$");
    struct str part = {"aws.m3.large.reserved", 12};
    assert_int_equal(pattern_match(pattern, part), MATCH_YES);
    assert_int_equal(pattern_match(pattern, (struct str){part.at, 11}), MATCH_NO);
    pattern_free(pattern);
    arena_free(&arena);
}

static void empty_pattern_and_empty_text_are_fine(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct pattern *pattern = compile(&arena, "");
    assert_int_equal(pattern_match(pattern, STR("anything")), MATCH_YES);
    assert_int_equal(pattern_match(pattern, (struct str){0}), MATCH_YES);
    pattern_free(pattern);
    arena_free(&arena);
}

static void bytes_match_as_bytes(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct pattern *pattern = compile(&arena, "^Z.*rich$");
    assert_int_equal(pattern_match(pattern, STR("Z\xC3\xBCrich")), MATCH_YES);
    assert_int_equal(pattern_match(pattern, STR("Z\xFCrich")), MATCH_YES); /* not UTF-8: still just bytes */
    pattern_free(pattern);
    arena_free(&arena);
}

static void a_bad_pattern_says_what_and_where(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int offset;
    } rows[] = {{"aws(", 4}, {"[a-", 3}, {"a**+b*?+", 7}, {"x{2,1}", 6}, {"(?<n>a)(?<n>b)", 12}, {"\\C", 2}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = {0};
        struct str message = {0};
        int offset = -1;
        assert_row(pattern_compile(&arena, str_of(rows[i].text), &message, &offset) == NULL, rows[i].text);
        assert_row(message.length > 0 && str_is_utf8(message), rows[i].text);
        assert_row(offset >= 0 && offset <= (int)strlen(rows[i].text), rows[i].text);
        if (i < 2)
            assert_int_equal(offset, rows[i].offset);
        arena_free(&arena);
    }
}

/* Patterns whose work doubles with every letter: they must give up, soon, and say so. */
static void no_pattern_can_hang_the_program(void **state)
{
    (void)state;
    static const char *const rows[] = {"(a+)+$", "^(a|aa)+$", "(?:a*)*b", "((a?){30}){30}b", "(.*)(.*)(.*)(.*)(.*)=x"};
    char text[20001];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 2] = '!';
    text[sizeof text - 1] = '\0';
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = {0};
        struct pattern *pattern = compile(&arena, rows[i]);
        clock_t start = clock();
        assert_row(pattern_match(pattern, STR("b!")) != MATCH_LIMIT, rows[i]);
        assert_row(pattern_match(pattern, str_of(text)) != MATCH_YES, rows[i]);
        assert_row(clock() - start < 5 * CLOCKS_PER_SEC, rows[i]);
        pattern_free(pattern);
        arena_free(&arena);
    }
    struct arena arena = {0};
    struct pattern *pattern = compile(&arena, "^(a|aa)+$");
    assert_int_equal(pattern_match(pattern, str_of(text)), MATCH_LIMIT);
    /* The library's own limit is a hundred times ours: it would go through this one to the end. */
    assert_int_equal(pattern_match(pattern, STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")), MATCH_LIMIT);
    assert_int_equal(pattern_match(pattern, STR("aaaaa!")), MATCH_NO);
    assert_int_equal(pattern_match(pattern, STR("aaaa")), MATCH_YES);
    pattern_free(pattern);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pattern_matches_anywhere_unless_anchored),
        cmocka_unit_test(a_slice_ends_where_it_ends),
        cmocka_unit_test(empty_pattern_and_empty_text_are_fine),
        cmocka_unit_test(bytes_match_as_bytes),
        cmocka_unit_test(a_bad_pattern_says_what_and_where),
        cmocka_unit_test(no_pattern_can_hang_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
