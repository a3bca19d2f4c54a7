#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/arena.h"

enum { LARGEST_BYTES = 2147483647, CHUNK_BYTES = 1 << 20 };

static bool fail(struct arena *arena, struct str path, struct failure *failure, const char *what,
                 int error_number)
{
    failure_set(failure, arena, path, what, error_number);
    return false;
}

/* Reads all of an open gzip file into a buffer that doubles; `content` keeps the place so far. */
static bool read_gzip(struct arena *arena, gzFile file, struct str path, struct str *content,
                      struct failure *failure)
{
    size_t capacity = CHUNK_BYTES, length = 0;
    char *bytes = ARENA_NEW(arena, char, capacity);
    for (;;) {
        int n = gzread(file, bytes + length, (unsigned)(capacity - length - 1));
        if (n < 0)
            return fail(arena, path, failure, "is not a whole gzip file", 0);
        if (n == 0)
            break;
        length += (size_t)n;
        if (length > LARGEST_BYTES / 2)
            return fail(arena, path, failure, "is too large: over 1 GiB unpacked", 0);
        if (length + 1 == capacity) {
            char *larger = ARENA_NEW(arena, char, capacity * 2);
            memcpy(larger, bytes, length);
            bytes = larger;
            capacity *= 2;
        }
    }
    *content = (struct str){bytes, length};
    return true;
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

static bool read_unpacked(struct arena *arena, int fd, struct str path, struct str *content,
                          struct failure *failure)
{
    gzFile file = gzdopen(fd, "rb");
    if (file == NULL) {
        close(fd);
        return fail(arena, path, failure, "cannot read", ENOMEM);
    }
    gzbuffer(file, CHUNK_BYTES);
    bool done = read_gzip(arena, file, path, content, failure);
    int status = gzclose(file); /* Z_BUF_ERROR: the file ends in the middle */
    if (done && status != Z_OK)
        return fail(arena, path, failure, "is not a whole gzip file: it is cut off or damaged", 0);
    return done;
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
        return read_unpacked(arena, fd, path, content, failure);
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
