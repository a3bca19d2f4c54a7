#ifndef TESTS_UNIT_FOLDER_H
#define TESTS_UNIT_FOLDER_H

/* A temporary folder for one test. */

#include <dirent.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/output.h"
#include "test.h"

struct sandbox {
    struct arena arena;
    struct failure failure;
    struct str path;
};

static inline int sandbox_make(void **state)
{
    static const char *const fallback = "/tmp";
    const char *folder = getenv("TMPDIR");
    struct sandbox *sandbox = calloc(1, sizeof *sandbox);
    char name[1000];
    snprintf(name, sizeof name, "%s/rackrate-test-XXXXXX", folder == NULL ? fallback : folder);
    sandbox->path = str_copy(&sandbox->arena, str_of(mkdtemp(name)));
    *state = sandbox;
    return sandbox->path.length == 0;
}

static inline int sandbox_remove_entry(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
    (void)status, (void)type, (void)ftw;
    return remove(path);
}

static inline int sandbox_remove(void **state)
{
    struct sandbox *sandbox = *state;
    nftw(sandbox->path.at, sandbox_remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(&sandbox->arena);
    free(sandbox);
    return 0;
}

static inline struct str sandbox_path(struct sandbox *sandbox, const char *name)
{
    return str_format(&sandbox->arena, "%s/%s", sandbox->path.at, name);
}

static inline void sandbox_write(struct sandbox *sandbox, const char *name, const void *bytes, size_t n_bytes)
{
    FILE *file = fopen(sandbox_path(sandbox, name).at, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n_bytes, file), n_bytes);
    assert_int_equal(fclose(file), 0);
}

/* What a file holds, up to 1000 bytes; "(none)" where there is no such file. */
static inline struct str sandbox_read(struct sandbox *sandbox, const char *name)
{
    char bytes[1000];
    FILE *file = fopen(sandbox_path(sandbox, name).at, "rb");
    if (file == NULL)
        return STR("(none)");
    struct str content = {bytes, fread(bytes, 1, sizeof bytes, file)};
    fclose(file);
    return str_copy(&sandbox->arena, content);
}

/* How many names the folder holds: nothing must be left lying about. */
static inline int sandbox_count(struct sandbox *sandbox)
{
    int n = 0;
    DIR *folder = opendir(sandbox->path.at);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
        n += entry->d_name[0] != '.';
    closedir(folder);
    return n;
}

#define sandbox_test(function) cmocka_unit_test_setup_teardown(function, sandbox_make, sandbox_remove)

#endif
