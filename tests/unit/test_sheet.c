#include "folder.h"

#include <math.h>

#include "base/zip.h"
#include "report/sheet.h"
#include "report/sheet_memory.h"

static struct book *open_book(struct sandbox *sandbox)
{
    struct str path = sandbox_path(sandbox, "book.xlsx");
    struct book *book = book_open(&sandbox->arena, path, STR("A book"), &sandbox->failure);
    assert_non_null(book);
    return book;
}

static void text_becomes_fit_for_a_cell(void **state)
{
    struct sandbox *sandbox = *state;
    static const struct {
        struct str text;
        const char *fitted;
    } rows[] = {
        {{"plain", 5}, "plain"},
        {{"", 0}, ""},
        {{"=1+1", 4}, "=1+1"},
        {{"zo\xC3\xAB", 4}, "zo\xC3\xAB"},
        {{"a\xFFz", 3}, "a\xEF\xBF\xBDz"},
        {{"cut \xC3", 5}, "cut \xEF\xBF\xBD"},
        {{"\xED\xA0\x80", 3}, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"}, /* a surrogate */
        {{"\xEF\xBF\xBE", 3}, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"}, /* U+FFFE: no character of XML */
        {{"a\0b", 3},
         "a\xEF\xBF\xBD"
         "b"},
        {{"\x1B[1m", 4}, "\xEF\xBF\xBD[1m"},
        {{"two\nlines\tand a tab", 19}, "two\nlines\tand a tab"},
        {{"twelve chars", 12}, "twelve chars"},
        {{"twenty characters...", 20}, "twenty characters..."},
        {{"more than twenty characters", 27}, "more than twenty cha\xE2\x80\xA6"},
        {{"\xF0\x9F\x98\x80\xF0\x9F\x98\x80", 8}, "\xF0\x9F\x98\x80\xF0\x9F\x98\x80"},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_text(str_of(cell_text(&sandbox->arena, rows[i].text, 20)), rows[i].fitted);
}

static void a_length_limit_counts_what_a_spreadsheet_counts(void **state)
{
    struct sandbox *sandbox = *state;
    /* U+1F600 is two UTF-16 units: three of them do not fit into five */
    struct str faces = STR("\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80");
    struct str fitted = str_of(cell_text(&sandbox->arena, faces, 4));
    assert_text(fitted, "\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xE2\x80\xA6");
}

static void wrapped_text_takes_as_many_lines_as_it_needs(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int n_lines;
    } rows[] = {
        {"", 1},
        {"ten in all", 1},
        {"eleven here", 2},
        {"one two three four", 2},
        {"one two three-four", 2},
        {"abcdefghijabcdefghijabc", 3},
        {"a abcdefghijabcdefghijabc", 4},
        {"a\nb\nc", 3},
        {"zo\xC3\xAB zo\xC3\xAB zo\xC3\xAB", 2},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_row(cell_lines(rows[i].text, 10) == rows[i].n_lines, rows[i].text);
}

static void cells_have_the_names_formulas_use(void **state)
{
    struct sandbox *sandbox = *state;
    struct book *book = open_book(sandbox);
    struct sheet *prices = book_sheet(book, "Prices"), *lead = book_sheet(book, "Lead time");
    static const struct {
        int row, column;
        const char *name;
    } rows[] = {
        {0, 0, "A1"},   {6, 3, "D7"},    {0, 25, "Z1"},    {9, 26, "AA10"},       {1, 51, "AZ2"},
        {1, 52, "BA2"}, {1, 701, "ZZ2"}, {1, 702, "AAA2"}, {99, 16383, "XFD100"}, {1048575, 0, "A1048576"}};
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(name_here(rows[i].row, rows[i].column).text, rows[i].name);
    assert_string_equal(name_column(6, 27).text, "AB$7");
    assert_string_equal(name_of(range_cell(prices, 6, 3)).text, "Prices!$D$7");
    assert_string_equal(name_of(range_down(lead, 3, 6, 8)).text, "'Lead time'!$D$7:$D$9");
    assert_true(book_close(book, &sandbox->failure));
}

static void a_sheet_remembers_its_numbers(void **state)
{
    struct sandbox *sandbox = *state;
    struct book *book = open_book(sandbox);
    struct sheet *sheet = book_sheet(book, "Prices");
    sheet_number(sheet, 3, 2, SHOW_MONEY, 5);
    sheet_formula(sheet, 4, 2, SHOW_MONEY, -7.5, "=%s*-1.5", name_here(3, 2).text);
    sheet_number(sheet, 5, 2, SHOW_MONEY, (double)NAN);
    sheet_label(sheet, 6, 2, SHOW_TEXT, "12");
    assert_true(sheet_value(sheet, 3, 2) == 5);
    assert_true(sheet_value(sheet, 4, 2) == -7.5);
    assert_true(sheet_value(sheet, 5, 2) == 0);
    assert_true(sheet_value(sheet, 6, 2) == 0);
    assert_true(sheet_value(sheet, 1000, 1000) == 0);
    assert_true(range_sum(range_down(sheet, 2, 0, 10)) == -2.5);
    assert_true(range_least(range_down(sheet, 2, 3, 5)) == -7.5);
    assert_true(range_most(range_down(sheet, 2, 3, 5)) == 5);
    assert_true(book_close(book, &sandbox->failure));
}

/* Of a size of 10 points every digit, comma and point takes at most 10/11 of the default font's. */
static void numbers_are_as_wide_as_they_are_shown(void **state)
{
    (void)state;
    static const struct {
        int show;
        double value;
        const char *shown;
    } rows[] = {
        {SHOW_COUNT, 15139300000000, "15,139,300,000,000"},
        {SHOW_COUNT, 999, "999"},
        {SHOW_COUNT, 1000, "1,000"},
        {SHOW_MONEY, -1234567.4, "-1,234,567"},
        {SHOW_CENTS, 9223372036854.5, "9,223,372,036,854.50"},
        {SHOW_CENTS, 0.5, "0.50"},
        {SHOW_UNIT_PRICE, 751.187490475, "751.187490475"},
        {SHOW_UNIT_PRICE, 0.1 * 0.93, "0.093"},
        {SHOW_UNIT_PRICE, 1.0 / 3, "0.333333333333333"},
        {SHOW_UNIT_PRICE, 2, "2.00"},
        {SHOW_RATE, 0.0000002516, "0.0000002516"},
        {SHOW_TINY, 88.165, "88.1650"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        double width = ceil((double)strlen(rows[i].shown) * 10 / 11 + 1);
        assert_row(sheet_number_width(rows[i].show | LOOK_CELL, rows[i].value, 0) == width, rows[i].shown);
        if (width > 0) /* a column one narrower is never taken for wide enough */
            assert_row(sheet_number_width(rows[i].show | LOOK_CELL, rows[i].value, width - 1) == width,
                       rows[i].shown);
    }
    assert_true(sheet_number_width(SHOW_DATE | LOOK_CELL, 45000, 0) == 0);
    assert_true(sheet_number_width(SHOW_COUNT | LOOK_TOTAL, 1e12, 0) >
                sheet_number_width(SHOW_COUNT, 1e12, 0));
}

static void a_column_is_never_narrower_than_its_numbers(void **state)
{
    struct sandbox *sandbox = *state;
    struct sheet_memory memory = {.arena = &sandbox->arena};
    assert_true(sheet_column_width(&memory, 3) == 8.43);
    assert_false(sheet_remember_need(&memory, 3, 8));
    assert_true(sheet_remember_need(&memory, 3, 20));
    sheet_remember_width(&memory, 3, 14); /* set later, as heads of tables do */
    assert_true(sheet_column_width(&memory, 3) == 20);
    sheet_remember_width(&memory, 3, 30);
    assert_true(sheet_column_width(&memory, 3) == 30);
    assert_true(sheet_columns_width(&memory, 2, 3) == 38.43);
}

static void a_cell_beyond_the_sheet_is_a_failure(void **state)
{
    struct sandbox *sandbox = *state;
    static const struct {
        int row, column;
    } beyond[] = {{1048576, 0}, {0, 16384}, {0, 65536}};
    for (size_t i = 0; i < COUNT(beyond); i++) {
        struct failure failure = {0};
        struct book *book = open_book(sandbox);
        sheet_label(book_sheet(book, "Prices"), beyond[i].row, beyond[i].column, SHOW_TEXT, "lost");
        assert_false(book_close(book, &failure));
        assert_true(failure.failed);
    }
}

/* The n-th sheet as it stands in the file. */
static struct str sheet_in_file(struct sandbox *sandbox, struct str path, int n)
{
    struct str text, member = str_format(&sandbox->arena, "xl/worksheets/sheet%d.xml", n);
    struct zip_edit *edit = zip_edit_begin(&sandbox->arena, path, member, &text, &sandbox->failure);
    assert_non_null(edit);
    zip_edit_write(edit, text);
    assert_true(zip_edit_end(edit));
    return text;
}

/* Its rows, without their spans, which are a help to readers only. */
static struct str rows_in_file(struct sandbox *sandbox, struct str path, int n)
{
    struct str text = sheet_in_file(sandbox, path, n);
    char *rows = ARENA_NEW(&sandbox->arena, char, text.length + 1), *end = rows;
    const char *at = strstr(text.at, "<sheetData>");
    assert_non_null(strstr(text.at, "<dimension ref=\"A1:AE40\"/>"));
    for (; strncmp(at, "</sheetData>", 12) != 0; at++)
        if (strncmp(at, " spans=", 7) == 0)
            at = strchr(at + 8, '"');
        else
            *end++ = *at;
    return (struct str){rows, (size_t)(end - rows)};
}

static void write_rows(struct sheet *sheet)
{
    uint64_t random = 21;
    sheet_label(sheet, 0, 0, SHOW_TEXT | LOOK_TITLE, "A title");
    for (int row = 3; row < 40; row += 1 + row % 3) {
        double number = (double)(test_random(&random) >> 11) / 1e9;
        sheet_blank(sheet, row, 28, 29, SHOW_TEXT | LOOK_BAND);
        sheet_label(sheet, row, 0, SHOW_TEXT | LOOK_CELL, row % 2 == 0 ? "<even> & \"more\"" : "odd");
        sheet_number(sheet, row, 1, SHOW_CENTS | LOOK_CELL, row % 5 == 0 ? row - 20 : -number);
        sheet_label(sheet, row, 2, SHOW_TEXT | LOOK_CELL, "");
        sheet_time(sheet, row, 4, SHOW_DATE | LOOK_SIMULATED, 1393632000 + row * 12345);
        sheet_formula(sheet, row, 5, SHOW_MONEY | LOOK_CELL, number * 1e-8, "=SUMIFS(B:B,A:A,\"<>odd\")&B%d",
                      row);
        sheet_text_formula(sheet, row, 26, SHOW_TEXT | LOOK_CELL, "a & b", "=IF(A%d<3,\"a & b\",0)", row);
        sheet_number(sheet, row, 30, SHOW_SHARE | LOOK_CELL, 0);
        sheet_label(sheet, row, 3, row % 4 == 0 ? SHOW_WRAP : SHOW_TEXT, "so long that it takes three lines");
    }
}

static void packed_rows_are_as_the_library_writes_them(void **state)
{
    struct sandbox *sandbox = *state;
    struct book *book = open_book(sandbox);
    struct sheet *plain = book_sheet(book, "Plain"), *packed = book_sheet(book, "Packed");
    struct sheet *empty = book_sheet(book, "Empty");
    sheet_pack(packed, 3);
    sheet_pack(empty, 3);
    write_rows(plain);
    write_rows(packed);
    assert_true(sheet_value(packed, 10, 1) == -10 && sheet_value(packed, 9, 1) == sheet_value(plain, 9, 1));
    assert_true(book_close(book, &sandbox->failure));
    struct str path = sandbox_path(sandbox, "book.xlsx");
    struct str expected = rows_in_file(sandbox, path, 1), found = rows_in_file(sandbox, path, 2);
    assert_true(expected.length > 5000);
    assert_text(found, str_zero_terminated(&sandbox->arena, expected));
}

/* Sixteen digits of the double nearest to 9.95 are 9.949999999999999, which is another double. */
static void packed_decimals_read_back_as_they_were(void **state)
{
    struct sandbox *sandbox = *state;
    struct book *book = open_book(sandbox);
    struct sheet *sheet = book_sheet(book, "Packed");
    static const struct {
        double number;
        const char *written;
    } rows[] = {{9.95, "<v>9.95</v>"},
                {-0.1, "<v>-0.1</v>"},
                {4096.123456, "<v>4096.123456</v>"},
                {1.0 / 3, "<v>0.3333333333333333</v>"},
                {1e15, "<v>1000000000000000</v>"},
                {5000, "<v>5000</v>"}};
    sheet_pack(sheet, 1);
    for (size_t i = 0; i < COUNT(rows); i++)
        sheet_number(sheet, (int)i + 1, 0, SHOW_NUMBER | LOOK_CELL, rows[i].number);
    assert_true(book_close(book, &sandbox->failure));
    struct str text = sheet_in_file(sandbox, sandbox_path(sandbox, "book.xlsx"), 1);
    for (size_t i = 0; i < COUNT(rows); i++)
        if (strstr(text.at, rows[i].written) == NULL)
            fail_msg("no %s in %.*s", rows[i].written, STR_ARGS(text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        sandbox_test(text_becomes_fit_for_a_cell),
        sandbox_test(a_length_limit_counts_what_a_spreadsheet_counts),
        cmocka_unit_test(wrapped_text_takes_as_many_lines_as_it_needs),
        sandbox_test(cells_have_the_names_formulas_use),
        sandbox_test(a_sheet_remembers_its_numbers),
        cmocka_unit_test(numbers_are_as_wide_as_they_are_shown),
        sandbox_test(a_column_is_never_narrower_than_its_numbers),
        sandbox_test(a_cell_beyond_the_sheet_is_a_failure),
        sandbox_test(packed_rows_are_as_the_library_writes_them),
        sandbox_test(packed_decimals_read_back_as_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
