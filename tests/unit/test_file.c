#include "folder.h"

#include <errno.h>

#include "base/file.h"

/* What `gzip -n` makes of "timestamp,requests\n2014-11-28,5000\n", checked with `gzip -t`. */
static const unsigned char packed[] = {
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x2B, 0xC9, 0xCC, 0x4D, 0x2D, 0x2E,
    0x49, 0xCC, 0x2D, 0xD0, 0x29, 0x4A, 0x2D, 0x2C, 0x05, 0x32, 0x8B, 0xB9, 0x8C, 0x0C, 0x0C, 0x4D,
    0x74, 0x0D, 0x0D, 0x75, 0x8D, 0x2C, 0x74, 0x4C, 0x0D, 0x0C, 0x0C, 0xB8, 0x00, 0x15, 0x42, 0x5F,
    0x55, 0x23, 0x00, 0x00, 0x00,
};

static const char unpacked[] = "timestamp,requests\n2014-11-28,5000\n";

static bool read_named(struct sandbox *sandbox, const char *name, struct str *content)
{
    return file_read(&sandbox->arena, sandbox_path(sandbox, name), content, &sandbox->failure);
}

static void assert_fails_with(struct sandbox *sandbox, const char *name, const char *part)
{
    struct str content;
    sandbox->failure = (struct failure){0};
    assert_false(read_named(sandbox, name, &content));
    assert_true(sandbox->failure.failed);
    assert_non_null(strstr(sandbox->failure.message.at, name));
    if (strstr(sandbox->failure.message.at, part) == NULL) {
        print_error("message: %s\n", sandbox->failure.message.at);
        fail();
    }
}

static void a_file_is_read_whole_and_zero_terminated(void **state)
{
    struct sandbox *sandbox = *state;
    struct str content;
    sandbox_write(sandbox, "a.csv", "a,b\n\0c\n", 7);
    assert_true(read_named(sandbox, "a.csv", &content));
    assert_int_equal(content.length, 7);
    assert_memory_equal(content.at, "a,b\n\0c\n", 8);
    sandbox_write(sandbox, "empty.csv", "", 0);
    assert_true(read_named(sandbox, "empty.csv", &content));
    assert_int_equal(content.length, 0);
    assert_int_equal(content.at[0], 0);
}

static void a_gzip_file_is_known_by_its_first_bytes(void **state)
{
    struct sandbox *sandbox = *state;
    struct str content;
    sandbox_write(sandbox, "a.csv", packed, sizeof packed); /* whatever its name */
    assert_true(read_named(sandbox, "a.csv", &content));
    assert_text(content, unpacked);
    assert_int_equal(content.at[content.length], 0);
    sandbox_write(sandbox, "b.csv.gz", unpacked, sizeof unpacked - 1);
    assert_true(read_named(sandbox, "b.csv.gz", &content));
    assert_text(content, unpacked);
    sandbox_write(sandbox, "c", "\x1F", 1);
    assert_true(read_named(sandbox, "c", &content));
    assert_int_equal(content.length, 1);
}

static void gzip_members_follow_each_other(void **state)
{
    struct sandbox *sandbox = *state;
    unsigned char twice[2 * sizeof packed];
    struct str content;
    memcpy(twice, packed, sizeof packed);
    memcpy(twice + sizeof packed, packed, sizeof packed);
    sandbox_write(sandbox, "a.gz", twice, sizeof twice);
    assert_true(read_named(sandbox, "a.gz", &content));
    assert_int_equal(content.length, 2 * (sizeof unpacked - 1));
}

static void a_gzip_file_cut_off_anywhere_is_refused(void **state)
{
    struct sandbox *sandbox = *state;
    for (size_t n = 2; n < sizeof packed; n++) {
        sandbox_write(sandbox, "cut.gz", packed, n);
        assert_fails_with(sandbox, "cut.gz", "not a whole gzip file");
    }
}

static void a_damaged_gzip_file_is_refused(void **state)
{
    struct sandbox *sandbox = *state;
    unsigned char damaged[sizeof packed];
    for (size_t i = 10; i < sizeof packed; i++) { /* behind the header every bit counts */
        memcpy(damaged, packed, sizeof packed);
        damaged[i] ^= 0x55;
        sandbox_write(sandbox, "bad.gz", damaged, sizeof damaged);
        assert_fails_with(sandbox, "bad.gz", "not a whole gzip file");
    }
}

static void files_larger_than_a_buffer_come_whole(void **state)
{
    struct sandbox *sandbox = *state;
    enum { BYTES = 5 << 20 };
    char *bytes = calloc(BYTES, 1);
    struct str content;
    uint64_t random = 7;
    for (int i = 0; i < BYTES; i++)
        bytes[i] = (char)('a' + test_random(&random) % 26);
    sandbox_write(sandbox, "large", bytes, BYTES);
    assert_true(read_named(sandbox, "large", &content));
    assert_int_equal(content.length, BYTES);
    assert_memory_equal(content.at, bytes, BYTES);
    struct str command = str_format(&sandbox->arena, "gzip -1 %s/large", sandbox->path.at);
    assert_int_equal(system(command.at), 0);
    assert_true(read_named(sandbox, "large.gz", &content));
    assert_int_equal(content.length, BYTES);
    assert_memory_equal(content.at, bytes, BYTES);
    assert_int_equal(content.at[BYTES], 0);
    free(bytes);
}

static void a_pipe_can_be_read(void **state)
{
    struct sandbox *sandbox = *state;
    int ends[2];
    struct str content;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], packed, sizeof packed), sizeof packed);
    close(ends[1]);
    struct str path = str_format(&sandbox->arena, "/dev/fd/%d", ends[0]);
    assert_true(file_read(&sandbox->arena, path, &content, &sandbox->failure));
    assert_text(content, unpacked);
    close(ends[0]);
}

static void what_cannot_be_read_is_named_with_the_reason(void **state)
{
    struct sandbox *sandbox = *state;
    assert_fails_with(sandbox, "missing.csv", strerror(ENOENT));
    assert_int_equal(mkdir(sandbox_path(sandbox, "folder").at, 0755), 0);
    assert_fails_with(sandbox, "folder", "is a folder, not a file");
    sandbox_write(sandbox, "secret.csv", "x", 1);
    assert_int_equal(chmod(sandbox_path(sandbox, "secret.csv").at, 0), 0);
    if (geteuid() != 0) /* root may read everything */
        assert_fails_with(sandbox, "secret.csv", strerror(EACCES));
    assert_fails_with(sandbox, "secret.csv/below", strerror(ENOTDIR));
}

static void a_file_over_two_gibibytes_is_refused(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_write(sandbox, "huge.csv", "x", 1);
    if (truncate(sandbox_path(sandbox, "huge.csv").at, INT64_C(1) << 31) != 0) /* a hole: takes no room */
        skip();
    assert_fails_with(sandbox, "huge.csv", "too large");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        sandbox_test(a_file_is_read_whole_and_zero_terminated),
        sandbox_test(a_gzip_file_is_known_by_its_first_bytes),
        sandbox_test(gzip_members_follow_each_other),
        sandbox_test(a_gzip_file_cut_off_anywhere_is_refused),
        sandbox_test(a_damaged_gzip_file_is_refused),
        sandbox_test(files_larger_than_a_buffer_come_whole),
        sandbox_test(a_pipe_can_be_read),
        sandbox_test(what_cannot_be_read_is_named_with_the_reason),
        sandbox_test(a_file_over_two_gibibytes_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
