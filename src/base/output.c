#include "base/output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/file.h"
#include "base/interrupt.h"

void failure_set(struct failure *failure, struct arena *arena, struct str path, const char *what,
                 int error_number)
{
    if (failure->failed)
        return;
    failure->failed = true;
    failure->message = error_number == 0
                           ? str_format(arena, "%.*s: %s", STR_ARGS(path), what)
                           : str_format(arena, "%.*s: %s: %s", STR_ARGS(path), what, strerror(error_number));
}

/* The library's own buffer costs a call for each piece of text; a table has a million pieces. */
enum { BUFFER_BYTES = 1 << 15 };

struct output output_to(struct arena *arena, FILE *file, struct str path, struct failure *failure)
{
    struct output output = {.file = file, .arena = arena, .path = path, .failure = failure};
    if (file != NULL) {
        setvbuf(file, NULL, _IONBF, 0);
        output.buffer = ARENA_NEW(arena, char, BUFFER_BYTES);
    }
    return output;
}

struct output output_open(struct arena *arena, struct str folder, const char *name, struct failure *failure)
{
    struct str path = path_join(arena, folder, str_of(name));
    FILE *file = fopen(path.at, "wbx");
    if (file == NULL)
        failure_set(failure, arena, path, "cannot write", errno);
    return output_to(arena, file, path, failure);
}

static void fail(struct output *output)
{
    failure_set(output->failure, output->arena, output->path, "cannot write", errno);
}

static void write_now(struct output *output, struct str text)
{
    if (text.length > 0 && fwrite(text.at, 1, text.length, output->file) != text.length)
        fail(output);
}

static void flush(struct output *output)
{
    write_now(output, (struct str){output->buffer, output->n_buffered});
    output->n_buffered = 0;
}

void output_str(struct output *output, struct str text)
{
    if (output->file == NULL || text.length == 0)
        return;
    if (text.length > BUFFER_BYTES - output->n_buffered)
        flush(output);
    if (text.length > BUFFER_BYTES) {
        write_now(output, text);
        return;
    }
    memcpy(output->buffer + output->n_buffered, text.at, text.length);
    output->n_buffered += text.length;
}

void output_format(struct output *output, const char *format, ...)
{
    if (output->file == NULL)
        return;
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t room = BUFFER_BYTES - output->n_buffered;
    int length = vsnprintf(output->buffer + output->n_buffered, room, format, args);
    check(length >= 0);
    if ((size_t)length < room) {
        output->n_buffered += (size_t)length;
    } else {
        flush(output);
        if (vfprintf(output->file, format, again) < 0)
            fail(output);
    }
    va_end(again);
    va_end(args);
}

void output_overwrite(struct output *output, int64_t at, struct str text)
{
    if (output->file == NULL)
        return;
    flush(output);
    if (fseeko(output->file, (off_t)at, SEEK_SET) != 0)
        fail(output);
    write_now(output, text);
    if (fseeko(output->file, 0, SEEK_END) != 0)
        fail(output);
}

bool output_close(struct output *output)
{
    if (output->file == NULL)
        return false;
    flush(output);
    if (fflush(output->file) != 0 || ferror(output->file))
        fail(output);
    if (fclose(output->file) != 0)
        fail(output);
    output->file = NULL;
    return !output->failure->failed;
}

struct str path_join(struct arena *arena, struct str folder, struct str name)
{
    if (folder.length == 0 || (name.length > 0 && name.at[0] == '/'))
        return str_copy(arena, name);
    const char *slash = folder.at[folder.length - 1] == '/' ? "" : "/";
    return str_format(arena, "%.*s%s%.*s", STR_ARGS(folder), slash, STR_ARGS(name));
}

static size_t name_start(struct str path)
{
    size_t i = path.length;
    while (i > 0 && path.at[i - 1] != '/')
        i--;
    return i;
}

struct str path_folder(struct str path)
{
    size_t start = name_start(path);
    if (start == 0)
        return STR(".");
    return (struct str){path.at, start > 1 ? start - 1 : 1};
}

struct str path_stem(struct str path)
{
    struct str name = str_after(path, name_start(path));
    size_t i = name.length;
    while (i > 0 && name.at[i - 1] != '.')
        i--;
    return i > 1 ? (struct str){name.at, i - 1} : name;
}

bool path_exists(struct arena *arena, struct str path)
{
    struct stat status;
    return lstat(str_zero_terminated(arena, path), &status) == 0;
}

static bool make_folder_and_parents(struct arena *arena, struct str path, struct failure *failure)
{
    struct stat status;
    const char *text = str_zero_terminated(arena, path);
    if (stat(text, &status) == 0) {
        if (!S_ISDIR(status.st_mode))
            failure_set(failure, arena, path, "is not a folder", 0);
        return S_ISDIR(status.st_mode);
    }
    struct str parent = path_folder(path);
    if (parent.length < path.length && !make_folder_and_parents(arena, parent, failure))
        return false;
    if (mkdir(text, 0777) != 0 && errno != EEXIST) {
        failure_set(failure, arena, path, "cannot make folder", errno);
        return false;
    }
    return true;
}

static struct str without_trailing_slashes(struct str path)
{
    while (path.length > 1 && path.at[path.length - 1] == '/')
        path.length--;
    return path;
}

bool folder_begin(struct folder *folder, struct arena *arena, struct str target, bool replace,
                  struct failure *failure)
{
    *folder = (struct folder){.arena = arena, .replace = replace, .failure = failure};
    folder->target = str_copy(arena, without_trailing_slashes(target));
    if (!make_folder_and_parents(arena, path_folder(folder->target), failure))
        return false;
    struct stat status;
    bool exists = lstat(folder->target.at, &status) == 0;
    if (exists && !S_ISDIR(status.st_mode)) {
        failure_set(failure, arena, folder->target, "exists and is not a folder", 0);
        return false;
    }
    if (exists && !replace) {
        failure_set(failure, arena, folder->target, "exists already: add -f to replace it, or -o DIR", 0);
        return false;
    }
    struct str template = str_format(arena, "%.*s.tmp-XXXXXX", STR_ARGS(folder->target));
    mode_t mask = umask(0);
    umask(mask);
    char *made = mkdtemp((char *)(uintptr_t) template.at);
    if (made == NULL) {
        failure_set(failure, arena, folder->target, "cannot make a temporary folder beside it", errno);
        return false;
    }
    chmod(made, 0777 & ~mask); /* mkdtemp gives 0700 */
    folder->interrupt = interrupt_begin(arena, made);
    if (folder->interrupt == NULL) {
        failure_set(failure, arena, folder->target, "cannot watch for signals", errno);
        rmdir(made);
        return false;
    }
    folder->temporary = str_of(made);
    return true;
}

static bool is_among(const char *name, const char *const *names, size_t n_names)
{
    for (size_t i = 0; i < n_names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

struct str folder_stranger(struct arena *arena, struct str path, const char *const *names, size_t n_names)
{
    struct str stranger = {0};
    DIR *folder = opendir(str_zero_terminated(arena, path));
    if (folder == NULL)
        return stranger;
    for (struct dirent *entry = readdir(folder); entry != NULL && stranger.length == 0;
         entry = readdir(folder))
        if (!is_among(entry->d_name, names, n_names))
            stranger = str_copy(arena, str_of(entry->d_name));
    closedir(folder);
    return stranger;
}

bool folder_make_sub(struct folder *folder, const char *name)
{
    struct str path = path_join(folder->arena, folder->temporary, str_of(name));
    if (mkdir(path.at, 0777) == 0)
        return true;
    failure_set(folder->failure, folder->arena, path, "cannot make folder", errno);
    return false;
}

/* For file systems that cannot exchange two names, NFS for one: the old report steps aside first. */
static bool replace_in_two_steps(struct folder *folder)
{
    const char *from = folder->temporary.at, *to = folder->target.at;
    struct str aside = str_format(folder->arena, "%s.old", from);
    if (rename(to, aside.at) != 0)
        return false;
    if (rename(from, to) != 0) {
        int reason = errno;
        rename(aside.at, to);
        errno = reason;
        return false;
    }
    file_remove_tree(aside.at);
    return true;
}

static bool put_in_place(struct folder *folder)
{
    const char *from = folder->temporary.at, *to = folder->target.at;
    if (rename(from, to) == 0)
        return true;
    if (!folder->replace || (errno != ENOTEMPTY && errno != EEXIST))
        return false;
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_EXCHANGE) != 0)
        return errno == EINVAL && replace_in_two_steps(folder);
    file_remove_tree(from);
    return true;
}

bool folder_commit(struct folder *folder)
{
    interrupt_hold(folder->interrupt);
    if (put_in_place(folder)) {
        interrupt_end(folder->interrupt);
        folder->temporary = (struct str){0};
        return true;
    }
    interrupt_resume(folder->interrupt);
    failure_set(folder->failure, folder->arena, folder->target, "cannot put the new report in place", errno);
    folder_abandon(folder);
    return false;
}

void folder_abandon(struct folder *folder)
{
    if (folder->temporary.length == 0)
        return;
    interrupt_hold(folder->interrupt);
    file_remove_tree(folder->temporary.at);
    interrupt_end(folder->interrupt);
    folder->temporary = (struct str){0};
}
