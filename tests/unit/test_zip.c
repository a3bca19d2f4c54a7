#include "folder.h"

#include "base/file.h"
#include "base/zip.h"
#include "report/sheet.h"

static const struct str first = {"xl/worksheets/sheet1.xml", 24}, second = {"xl/worksheets/sheet2.xml", 24},
                        last = {"docProps/app.xml", 16};

/* A workbook of two sheets is an archive with a dozen members. */
static struct str make_archive(struct sandbox *sandbox, const char *name)
{
    struct str path = sandbox_path(sandbox, name);
    struct book *book = book_open(&sandbox->arena, path, STR("An archive"), &sandbox->failure);
    assert_non_null(book);
    sheet_number(book_sheet(book, "One"), 0, 0, SHOW_NUMBER, 1);
    sheet_number(book_sheet(book, "Two"), 0, 0, SHOW_NUMBER, 2);
    assert_true(book_close(book, &sandbox->failure));
    return path;
}

/* The text of a member, which is put back as it was. */
static struct str text_of(struct sandbox *sandbox, struct str path, struct str member)
{
    struct str text;
    struct zip_edit *edit = zip_edit_begin(&sandbox->arena, path, member, &text, &sandbox->failure);
    assert_non_null(edit);
    zip_edit_write(edit, text);
    assert_true(zip_edit_end(edit));
    return text;
}

static void exchange(struct sandbox *sandbox, struct str path, struct str piece, int n_pieces)
{
    struct str text;
    struct zip_edit *edit = zip_edit_begin(&sandbox->arena, path, first, &text, &sandbox->failure);
    assert_non_null(edit);
    assert_true(str_starts(text, STR("<?xml")));
    for (int i = 0; i < n_pieces; i++)
        zip_edit_write(edit, piece);
    assert_true(zip_edit_end(edit));
}

static void one_member_is_exchanged_and_the_others_stay(void **state)
{
    static const int sizes[] = {0, 1, 50, 2000000};
    struct sandbox *sandbox = *state;
    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct str path = make_archive(sandbox, "book.xlsx"), piece = STR("row 12 ");
        struct str two = text_of(sandbox, path, second), properties = text_of(sandbox, path, last);
        exchange(sandbox, path, piece, sizes[i]);
        struct str one = text_of(sandbox, path, first);
        assert_int_equal(one.length, piece.length * (size_t)sizes[i]);
        for (size_t j = 0; j < one.length; j += piece.length)
            assert_memory_equal(one.at + j, piece.at, piece.length);
        assert_true(str_equal(text_of(sandbox, path, second), two));
        assert_true(str_equal(text_of(sandbox, path, last), properties));
    }
}

static void text_that_does_not_pack_comes_out_too(void **state)
{
    struct sandbox *sandbox = *state;
    struct str path = make_archive(sandbox, "book.xlsx");
    uint64_t random = 5;
    size_t n = 100000;
    uint64_t *noise = ARENA_NEW(&sandbox->arena, uint64_t, n);
    for (size_t i = 0; i < n; i++)
        noise[i] = test_random(&random);
    struct str piece = {(const char *)noise, n * sizeof *noise};
    exchange(sandbox, path, piece, 1);
    assert_true(str_equal(text_of(sandbox, path, first), piece));
}

static void the_same_bytes_come_of_the_same_text(void **state)
{
    struct sandbox *sandbox = *state;
    struct str a = make_archive(sandbox, "a.xlsx"), b = make_archive(sandbox, "b.xlsx"), in_a, in_b;
    exchange(sandbox, a, STR("<row/>"), 70000);
    exchange(sandbox, b, STR("<row/><row/>"), 35000); /* however it is handed over */
    assert_true(file_read(&sandbox->arena, a, &in_a, &sandbox->failure));
    assert_true(file_read(&sandbox->arena, b, &in_b, &sandbox->failure));
    assert_true(str_equal(in_a, in_b));
}

static void what_cannot_be_written_is_told_and_the_old_archive_stays(void **state)
{
    struct sandbox *sandbox = *state;
    struct str path = make_archive(sandbox, "book.xlsx"), before, after, text;
    struct str beside = sandbox_path(sandbox, "book.xlsx.new");
    assert_true(file_read(&sandbox->arena, path, &before, &sandbox->failure));
    assert_int_equal(symlink("/dev/full", beside.at), 0);
    assert_null(zip_edit_begin(&sandbox->arena, path, first, &text, &sandbox->failure)); /* it is in the way */
    assert_true(sandbox->failure.failed);
    assert_true(file_read(&sandbox->arena, path, &after, &sandbox->failure));
    assert_true(str_equal(before, after));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_member_is_exchanged_and_the_others_stay, sandbox_make, sandbox_remove),
        cmocka_unit_test_setup_teardown(text_that_does_not_pack_comes_out_too, sandbox_make, sandbox_remove),
        cmocka_unit_test_setup_teardown(the_same_bytes_come_of_the_same_text, sandbox_make, sandbox_remove),
        cmocka_unit_test_setup_teardown(what_cannot_be_written_is_told_and_the_old_archive_stays, sandbox_make,
                                        sandbox_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
