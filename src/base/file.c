#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/packed.h"

enum { LARGEST_BYTES = 2147483647 };

static bool fail(struct arena *arena, struct str path, struct failure *failure, const char *what,
                 int error_number)
{
    failure_set(failure, arena, path, what, error_number);
    return false;
}

static bool read_plain(struct arena *arena, int fd, size_t size, struct str path, struct str *content,
                       struct failure *failure)
{
    char *bytes = ARENA_NEW(arena, char, size + 1);
    size_t length = 0;
    while (length < size) {
        ssize_t n = read(fd, bytes + length, size - length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(arena, path, failure, "cannot read", errno);
        if (n == 0)
            break;
        length += (size_t)n;
    }
    *content = (struct str){bytes, length};
    return true;
}

static bool is_gzip(int fd)
{
    unsigned char magic[2];
    return pread(fd, magic, sizeof magic, 0) == (ssize_t)sizeof magic && magic[0] == 0x1F && magic[1] == 0x8B;
}

bool file_read(struct arena *arena, struct str path, struct str *content, struct failure *failure)
{
    struct stat status;
    int fd = open(str_zero_terminated(arena, path), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail(arena, path, failure, "cannot read", errno);
    bool known = fstat(fd, &status) == 0;
    if (known && S_ISDIR(status.st_mode)) {
        close(fd);
        return fail(arena, path, failure, "is a folder, not a file", 0);
    }
    if (known && S_ISREG(status.st_mode) && status.st_size > LARGEST_BYTES) {
        close(fd);
        return fail(arena, path, failure, "is too large: over 2 GiB", 0);
    }
    if (!known || !S_ISREG(status.st_mode) || is_gzip(fd))
        return packed_read(arena, fd, path, content, failure);
    bool done = read_plain(arena, fd, (size_t)status.st_size, path, content, failure);
    close(fd);
    return done;
}

bool file_can_write(struct arena *arena, struct str path, struct failure *failure)
{
    int fd = open(str_zero_terminated(arena, path), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        return fail(arena, path, failure, "cannot write", errno);
    close(fd);
    return true;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
    (void)status, (void)type, (void)ftw;
    return remove(path);
}

void file_remove_tree(const char *path)
{
    nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}
