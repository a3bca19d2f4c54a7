#include "folder.h"

#include "report/html.h"

#define REPLACEMENT "\xEF\xBF\xBD"

/* What a piece of a page is written as. */
static struct output open_page(struct sandbox *sandbox)
{
    return output_open(&sandbox->arena, sandbox->path, "page.html", &sandbox->failure);
}

static struct str close_page(struct sandbox *sandbox, struct output *output)
{
    assert_true(output_close(output));
    FILE *file = fopen(output->path.at, "rb");
    char *bytes = ARENA_NEW(&sandbox->arena, char, 1 << 20);
    struct str content = {bytes, fread(bytes, 1, (1 << 20) - 1, file)};
    fclose(file);
    unlink(output->path.at);
    return content;
}

static size_t count(struct str text, const char *part)
{
    size_t n = 0;
    for (const char *at = strstr(text.at, part); at != NULL; at = strstr(at + 1, part))
        n++;
    return n;
}

static void text_of_the_user_never_becomes_markup(void **state)
{
    struct sandbox *sandbox = *state;
    static const struct {
        struct str text;
        const char *escaped;
    } rows[] = {
        {{"plain", 5}, "plain"},
        {{"", 0}, ""},
        {{NULL, 0}, ""},
        {{"<script>alert(1)</script>", 25}, "&lt;script&gt;alert(1)&lt;/script&gt;"},
        {{"\"><b onclick='x'>", 17}, "&quot;&gt;&lt;b onclick=&#39;x&#39;&gt;"},
        {{"a & b &amp; c", 13}, "a &amp; b &amp;amp; c"},
        {{"]]>-->", 6}, "]]&gt;--&gt;"},
        {{"two\r\nlines\tand", 14}, "two  lines and"},
        {{"a\0b", 3}, "a b"},
        {{"\x1B[31m", 5}, "[31m"},
        {{"zo\xC3\xAB", 4}, "zo\xC3\xAB"},
        {{"a\xFFz", 3}, "a" REPLACEMENT "z"},
        {{"cut \xC3", 5}, "cut " REPLACEMENT},
        {{"\xC0\xBCscript\xC0\xBE", 10},
         REPLACEMENT REPLACEMENT "script" REPLACEMENT REPLACEMENT}, /* overlong < */
        {{"\xED\xA0\x80", 3}, REPLACEMENT REPLACEMENT REPLACEMENT}, /* a surrogate */
        {{"\xEF\xBF\xBF", 3}, REPLACEMENT},                         /* U+FFFF: no character of HTML */
        {{"\xC2\x85next", 6}, "next"},                              /* a control character of C1 */
        {{"\xE2\x80\xAE"
          "evil\xE2\x81\xA6",
          10},
         "evil"},                                      /* turns the writing direction */
        {{"\xD7\xA9\xD7\x9C", 4}, "\xD7\xA9\xD7\x9C"}, /* Hebrew stays */
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_text(html_escape(&sandbox->arena, rows[i].text), rows[i].escaped);
}

static void random_bytes_hold_no_markup(void **state)
{
    struct sandbox *sandbox = *state;
    uint64_t random = 2014;
    for (int round = 0; round < 2000; round++) {
        char bytes[40];
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (char)(test_random(&random) >> 56);
        struct str escaped = html_escape(&sandbox->arena, (struct str){bytes, sizeof bytes});
        assert_true(str_is_utf8(escaped));
        for (size_t i = 0; i < escaped.length; i++)
            assert_true((unsigned char)escaped.at[i] >= ' ' && strchr("<>\"'\x7F", escaped.at[i]) == NULL);
    }
}

static void digits_are_grouped_without_any_character_between(void **state)
{
    struct sandbox *sandbox = *state;
    static const struct {
        const char *number, *markup;
    } rows[] = {
        {"0", "0"},
        {"12", "12"},
        {"999", "999"},
        {"1234", "1<span>234</span>"},
        {"-1234.5678", "-1<span>234</span>.5678"},
        {"123456", "123<span>456</span>"},
        {"9223372036854", "9<span>223</span><span>372</span><span>036</span><span>854</span>"},
        {"never", "<small>never</small>"},
        {"", ""},
        {"-", "<small>-</small>"},
        {"1234<b>", "<small>1234&lt;b&gt;</small>"},
        {"12345.", "12<span>345</span>."},
        {"2014-11-28", "<small>2014-11-28</small>"},
        {"1.2.3", "<small>1.2.3</small>"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct output output = open_page(sandbox);
        html_number(&output, str_of(rows[i].number));
        assert_text(close_page(sandbox, &output), rows[i].markup);
    }
}

/* RFC 4648, section 10. */
static void base64_is_that_of_the_standard(void **state)
{
    struct sandbox *sandbox = *state;
    static const char *const rows[][2] = {{"", ""},
                                          {"f", "Zg=="},
                                          {"fo", "Zm8="},
                                          {"foo", "Zm9v"},
                                          {"foob", "Zm9vYg=="},
                                          {"fooba", "Zm9vYmE="},
                                          {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct output output = open_page(sandbox);
        html_base64(&output, str_of(rows[i][0]));
        assert_text(close_page(sandbox, &output), rows[i][1]);
    }
    struct output output = open_page(sandbox);
    html_base64(&output, (struct str){"\xFF\xFB\x00", 3});
    assert_text(close_page(sandbox, &output), "//sA");
}

static struct str written_table(struct sandbox *sandbox, size_t n_rows)
{
    const struct html_column columns[] = {{{HTML_TEXT, STR("Name <x>"), 0}, STR(""), false},
                                          {{HTML_TEXT, STR("Cost"), 0}, STR("USD"), true}};
    struct html_cell *cells = ARENA_NEW(&sandbox->arena, struct html_cell, 2 * n_rows + 2);
    for (size_t i = 0; i < n_rows; i++) {
        cells[2 * i] = (struct html_cell){HTML_NAME, STR("a & b"), 3};
        cells[2 * i + 1] = (struct html_cell){HTML_NUMBER, STR("12345"), 0};
    }
    struct output output = open_page(sandbox);
    html_table(&output, &(struct html_table){.caption = STR("Rows"),
                                             .rows_are = "rows",
                                             .columns = columns,
                                             .n_columns = 2,
                                             .cells = cells,
                                             .n_rows = n_rows});
    return close_page(sandbox, &output);
}

static void a_table_names_its_rows_and_columns(void **state)
{
    struct str table = written_table(*state, 2);
    assert_int_equal(count(table, "<caption>Rows</caption>"), 1);
    assert_int_equal(count(table, "<th scope=\"col\">Name &lt;x&gt;</th>"), 1);
    assert_int_equal(count(table, "<th scope=\"col\" class=\"n\">Cost <small>(USD)</small></th>"), 1);
    assert_int_equal(count(table, "<th scope=\"row\"><bdi><i class=\"k k3\"></i>a &amp; b</bdi></th>"), 2);
    assert_int_equal(count(table, "<td class=\"n\">12<span>345</span></td>"), 2);
    assert_int_equal(count(table, "<details>"), 0);
}

static void a_long_table_is_folded_and_says_how_much_of_it(void **state)
{
    assert_int_equal(count(written_table(*state, 50), "<details>"), 0);
    struct str table = written_table(*state, 53);
    assert_int_equal(count(table, "<details><summary>3 more rows, of 53</summary>"), 1);
    assert_int_equal(count(table, "<caption>Rows, continued</caption>"), 1);
    assert_int_equal(count(table, "<th scope=\"row\">"), 53);
    assert_int_equal(count(table, "left out"), 0);
    struct str giant = written_table(*state, 2010);
    assert_int_equal(count(giant, "<th scope=\"row\">"), 2000);
    assert_int_equal(count(giant, "<p>10 rows are left out here.</p>"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        sandbox_test(text_of_the_user_never_becomes_markup),
        sandbox_test(random_bytes_hold_no_markup),
        sandbox_test(digits_are_grouped_without_any_character_between),
        sandbox_test(base64_is_that_of_the_standard),
        sandbox_test(a_table_names_its_rows_and_columns),
        sandbox_test(a_long_table_is_folded_and_says_how_much_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
