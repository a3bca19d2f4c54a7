#include "folder.h"

#include <errno.h>
#include <sys/syscall.h>

#include "base/file.h"

/* Stands in for the C library's: plays a file system that cannot exchange two names. */
static bool cannot_exchange;

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    if (cannot_exchange && flags != 0) {
        errno = EINVAL;
        return -1;
    }
    return (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
}

static bool message_has(const struct failure *failure, const char *part)
{
    return failure->failed && strstr(failure->message.at, part) != NULL;
}

/* Writes one small file into a folder under construction and closes it. */
static void write_file(struct folder *folder, const char *name, const char *text)
{
    struct output output = output_open(folder->arena, folder->temporary, name, folder->failure);
    output_str(&output, str_of(text));
    assert_true(output_close(&output));
}

static bool begin(struct sandbox *sandbox, struct folder *folder, const char *name, bool replace)
{
    return folder_begin(folder, &sandbox->arena, sandbox_path(sandbox, name), replace, &sandbox->failure);
}

static void a_file_holds_what_was_written(void **state)
{
    struct sandbox *sandbox = *state;
    struct output output = output_open(&sandbox->arena, sandbox->path, "a.csv", &sandbox->failure);
    output_str(&output, STR("one,"));
    output_str(&output, (struct str){0});
    output_format(&output, "%d\n", 2);
    assert_true(output_close(&output));
    assert_false(sandbox->failure.failed);
    assert_text(sandbox_read(sandbox, "a.csv"), "one,2\n");
}

static void a_file_that_exists_is_not_written_over(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_write(sandbox, "a.csv", "old", 3);
    struct output output = output_open(&sandbox->arena, sandbox->path, "a.csv", &sandbox->failure);
    output_str(&output, STR("new"));
    assert_false(output_close(&output));
    assert_true(message_has(&sandbox->failure, "a.csv"));
    assert_true(message_has(&sandbox->failure, strerror(EEXIST)));
    assert_text(sandbox_read(sandbox, "a.csv"), "old");
}

static void a_missing_folder_is_named(void **state)
{
    struct sandbox *sandbox = *state;
    struct str folder = sandbox_path(sandbox, "missing");
    struct output output = output_open(&sandbox->arena, folder, "a.csv", &sandbox->failure);
    output_str(&output, STR("lost"));
    output_format(&output, "%d", 1);
    assert_false(output_close(&output));
    assert_true(message_has(&sandbox->failure, "missing/a.csv"));
    assert_true(message_has(&sandbox->failure, strerror(ENOENT)));
}

/* Every write to /dev/full fails, but a buffer hides it until the end. */
static void a_full_disk_comes_out_of_close(void **state)
{
    struct sandbox *sandbox = *state;
    FILE *file = fopen("/dev/full", "wb");
    if (file == NULL)
        skip();
    struct output output = output_to(&sandbox->arena, file, STR("report.csv"), &sandbox->failure);
    output_str(&output, STR("a few bytes"));
    assert_false(sandbox->failure.failed);
    assert_false(output_close(&output));
    assert_true(message_has(&sandbox->failure, "report.csv"));
    assert_true(message_has(&sandbox->failure, strerror(ENOSPC)));
    assert_false(output_close(&output)); /* closed already, and still failed */
}

static void a_full_disk_in_the_middle_is_remembered(void **state)
{
    struct sandbox *sandbox = *state;
    FILE *file = fopen("/dev/full", "wb");
    if (file == NULL)
        skip();
    struct output output = output_to(&sandbox->arena, file, STR("report.csv"), &sandbox->failure);
    for (int i = 0; i < 100000; i++)
        output_format(&output, "%d\n", i);
    assert_true(message_has(&sandbox->failure, strerror(ENOSPC)));
    assert_false(output_close(&output));
}

static struct str content_of(struct sandbox *sandbox, const char *name)
{
    struct str content = {0};
    assert_true(file_read(&sandbox->arena, sandbox_path(sandbox, name), &content, &sandbox->failure));
    return content;
}

/* Whatever fits into the buffer, does not, or is longer than it. */
static void text_comes_out_in_its_order(void **state)
{
    struct sandbox *sandbox = *state;
    struct output output = output_open(&sandbox->arena, sandbox->path, "a.csv", &sandbox->failure);
    char *expected = ARENA_NEW(&sandbox->arena, char, 4000000), *end = expected, *piece = expected;
    uint64_t random = 7;
    for (int i = 0; i < 300; i++, piece = end) {
        size_t length = (size_t)(test_random(&random) % (i % 10 == 0 ? 70000 : 900));
        for (size_t j = 0; j < length; j++)
            *end++ = (char)('a' + (i + (int)j) % 26);
        if (i % 3 == 0)
            output_format(&output, "%.*s", (int)length, piece);
        else
            output_str(&output, (struct str){piece, length});
    }
    assert_true(output_close(&output));
    assert_true(str_equal(content_of(sandbox, "a.csv"), (struct str){expected, (size_t)(end - expected)}));
}

static void bytes_written_before_are_exchanged(void **state)
{
    struct sandbox *sandbox = *state;
    struct output output = output_open(&sandbox->arena, sandbox->path, "a.csv", &sandbox->failure);
    output_str(&output, STR("one two three"));
    output_overwrite(&output, 4, STR("TWO"));
    output_str(&output, STR(" four"));
    assert_true(output_close(&output));
    assert_text(content_of(sandbox, "a.csv"), "one TWO three four");
}

static void only_the_first_failure_is_remembered(void **state)
{
    struct sandbox *sandbox = *state;
    failure_set(&sandbox->failure, &sandbox->arena, STR("a"), "cannot write", ENOSPC);
    failure_set(&sandbox->failure, &sandbox->arena, STR("b"), "cannot read", EACCES);
    assert_true(message_has(&sandbox->failure, "a: cannot write: "));
    struct failure other = {0};
    failure_set(&other, &sandbox->arena, STR("b"), "is a folder, not a file", 0);
    assert_text(other.message, "b: is a folder, not a file");
}

static void a_report_appears_only_when_committed(void **state)
{
    struct sandbox *sandbox = *state;
    struct folder folder;
    assert_true(begin(sandbox, &folder, "reports/shop/2014/", false));
    write_file(&folder, "summary.csv", "s");
    assert_true(folder_make_sub(&folder, "charts"));
    assert_false(path_exists(&sandbox->arena, sandbox_path(sandbox, "reports/shop/2014")));
    assert_true(folder_commit(&folder));
    assert_text(sandbox_read(sandbox, "reports/shop/2014/summary.csv"), "s");
    assert_true(path_exists(&sandbox->arena, sandbox_path(sandbox, "reports/shop/2014/charts")));
    folder_abandon(&folder); /* too late: nothing happens */
    assert_text(sandbox_read(sandbox, "reports/shop/2014/summary.csv"), "s");
    assert_int_equal(sandbox_count(sandbox), 1);
}

static void an_abandoned_report_leaves_nothing(void **state)
{
    struct sandbox *sandbox = *state;
    struct folder folder;
    assert_true(begin(sandbox, &folder, "report", false));
    assert_true(folder_make_sub(&folder, "charts"));
    write_file(&folder, "summary.csv", "s");
    write_file(&folder, "charts/a.tsv", "t");
    assert_int_equal(sandbox_count(sandbox), 1);
    folder_abandon(&folder);
    folder_abandon(&folder);
    assert_int_equal(sandbox_count(sandbox), 0);
}

static void an_old_report_is_replaced_only_when_told(void **state)
{
    struct sandbox *sandbox = *state;
    struct folder folder;
    assert_true(begin(sandbox, &folder, "report", false));
    write_file(&folder, "old.csv", "old");
    assert_true(folder_commit(&folder));

    assert_false(begin(sandbox, &folder, "report", false));
    assert_true(message_has(&sandbox->failure, "report: exists already"));
    assert_true(message_has(&sandbox->failure, "-f"));
    folder_abandon(&folder);
    assert_text(sandbox_read(sandbox, "report/old.csv"), "old");

    sandbox->failure = (struct failure){0};
    assert_true(begin(sandbox, &folder, "report", true));
    write_file(&folder, "new.csv", "new");
    assert_text(sandbox_read(sandbox, "report/old.csv"), "old"); /* still whole */
    assert_true(folder_commit(&folder));
    assert_text(sandbox_read(sandbox, "report/new.csv"), "new");
    assert_text(sandbox_read(sandbox, "report/old.csv"), "(none)");
    assert_int_equal(sandbox_count(sandbox), 1);
}

static void a_report_is_replaced_without_an_exchange_too(void **state)
{
    cannot_exchange = true;
    an_old_report_is_replaced_only_when_told(state);
    cannot_exchange = false;
}

static void an_abandoned_replacement_keeps_the_old_report(void **state)
{
    struct sandbox *sandbox = *state;
    struct folder folder;
    assert_true(begin(sandbox, &folder, "report", false));
    write_file(&folder, "old.csv", "old");
    assert_true(folder_commit(&folder));
    assert_true(begin(sandbox, &folder, "report", true));
    write_file(&folder, "new.csv", "new");
    folder_abandon(&folder);
    assert_text(sandbox_read(sandbox, "report/old.csv"), "old");
    assert_int_equal(sandbox_count(sandbox), 1);
}

/* Two runs at once without -f: the second must not throw away what the first has just written. */
static void a_report_that_came_meanwhile_is_not_replaced(void **state)
{
    struct sandbox *sandbox = *state;
    struct folder first, second;
    assert_true(begin(sandbox, &first, "report", false));
    assert_true(begin(sandbox, &second, "report", false));
    write_file(&first, "a.csv", "first");
    write_file(&second, "a.csv", "second");
    assert_true(folder_commit(&first));
    assert_false(folder_commit(&second));
    assert_true(sandbox->failure.failed);
    assert_text(sandbox_read(sandbox, "report/a.csv"), "first");
    assert_int_equal(sandbox_count(sandbox), 1);
}

static void a_file_in_the_way_is_never_replaced(void **state)
{
    struct sandbox *sandbox = *state;
    struct folder folder;
    sandbox_write(sandbox, "report", "precious", 8);
    assert_false(begin(sandbox, &folder, "report", true));
    assert_true(message_has(&sandbox->failure, "is not a folder"));
    sandbox->failure = (struct failure){0};
    assert_false(begin(sandbox, &folder, "report/below", true));
    assert_true(message_has(&sandbox->failure, "is not a folder"));
    assert_text(sandbox_read(sandbox, "report"), "precious");
    assert_int_equal(sandbox_count(sandbox), 1);
}

static void a_report_is_as_private_as_the_umask_says(void **state)
{
    struct sandbox *sandbox = *state;
    static const mode_t masks[] = {022, 077, 027};
    for (size_t i = 0; i < COUNT(masks); i++) {
        struct folder folder;
        struct stat status;
        mode_t before = umask(masks[i]);
        assert_true(begin(sandbox, &folder, "report", true));
        assert_true(folder_make_sub(&folder, "charts"));
        assert_true(folder_commit(&folder));
        umask(before);
        assert_int_equal(stat(sandbox_path(sandbox, "report").at, &status), 0);
        assert_int_equal(status.st_mode & 0777, 0777 & ~masks[i]);
        assert_int_equal(stat(sandbox_path(sandbox, "report/charts").at, &status), 0);
        assert_int_equal(status.st_mode & 0777, 0777 & ~masks[i]);
    }
}

static void paths_join_and_come_apart(void **state)
{
    struct sandbox *sandbox = *state;
    struct arena *arena = &sandbox->arena;
    assert_text(path_join(arena, STR("a"), STR("b.csv")), "a/b.csv");
    assert_text(path_join(arena, STR("a/"), STR("b.csv")), "a/b.csv");
    assert_text(path_join(arena, STR("."), STR("../b.csv")), "./../b.csv");
    assert_text(path_join(arena, STR(""), STR("b.csv")), "b.csv");
    assert_text(path_join(arena, STR("a"), STR("/b.csv")), "/b.csv");
    assert_text(path_folder(STR("a/b/c.csv")), "a/b");
    assert_text(path_folder(STR("c.csv")), ".");
    assert_text(path_folder(STR("/c.csv")), "/");
    assert_text(path_stem(STR("studies/black-friday-2014.yml")), "black-friday-2014");
    assert_text(path_stem(STR("a.b/study")), "study");
    assert_text(path_stem(STR("trace.csv.gz")), "trace.csv");
    assert_text(path_stem(STR(".hidden")), ".hidden");
}

static void a_dangling_link_counts_as_existing(void **state)
{
    struct sandbox *sandbox = *state;
    assert_false(path_exists(&sandbox->arena, sandbox_path(sandbox, "x")));
    assert_int_equal(symlink("nowhere", sandbox_path(sandbox, "x").at), 0);
    assert_true(path_exists(&sandbox->arena, sandbox_path(sandbox, "x")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        sandbox_test(a_file_holds_what_was_written),
        sandbox_test(a_file_that_exists_is_not_written_over),
        sandbox_test(a_missing_folder_is_named),
        sandbox_test(a_full_disk_comes_out_of_close),
        sandbox_test(a_full_disk_in_the_middle_is_remembered),
        sandbox_test(text_comes_out_in_its_order),
        sandbox_test(bytes_written_before_are_exchanged),
        sandbox_test(only_the_first_failure_is_remembered),
        sandbox_test(a_report_appears_only_when_committed),
        sandbox_test(an_abandoned_report_leaves_nothing),
        sandbox_test(an_old_report_is_replaced_only_when_told),
        sandbox_test(a_report_is_replaced_without_an_exchange_too),
        sandbox_test(an_abandoned_replacement_keeps_the_old_report),
        sandbox_test(a_report_that_came_meanwhile_is_not_replaced),
        sandbox_test(a_file_in_the_way_is_never_replaced),
        sandbox_test(a_report_is_as_private_as_the_umask_says),
        sandbox_test(paths_join_and_come_apart),
        sandbox_test(a_dangling_link_counts_as_existing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
