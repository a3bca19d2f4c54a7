#include "base/packed.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define ZLIB_CONST
#include <zlib.h>

#include "base/arena.h"
#include "base/check.h"

/* Level 3 packs tables best for its time: 1 and 2 are no quicker, 6 takes twice as long for a fifth less. */
enum { LARGEST_BYTES = (1 << 30) - 1, CHUNK_BYTES = 1 << 20, LEVEL = 3, RAW = -MAX_WBITS, MEMORY_LEVEL = 9 };

/* ---- gzip files ---- */

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
        if (length > LARGEST_BYTES)
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

bool packed_read(struct arena *arena, int fd, struct str path, struct str *content, struct failure *failure)
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

/* ---- streams of zip archives ---- */

bool packed_expand(struct arena *arena, struct str packed, size_t n_bytes, struct str *text)
{
    z_stream stream = {0};
    char *bytes = ARENA_NEW(arena, char, n_bytes + 1);
    if (packed.length > LARGEST_BYTES || n_bytes > LARGEST_BYTES || inflateInit2(&stream, RAW) != Z_OK)
        return false;
    stream.next_in = (const Bytef *)packed.at;
    stream.avail_in = (uInt)packed.length;
    stream.next_out = (Bytef *)bytes;
    stream.avail_out = (uInt)n_bytes;
    bool whole = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_out == 0;
    inflateEnd(&stream);
    *text = (struct str){bytes, n_bytes};
    return whole;
}

struct packer {
    z_stream stream;
    struct output *output;
    struct packed_size size;
    unsigned char bytes[1 << 16];
};

struct packer *packer_open(struct arena *arena, struct output *output)
{
    struct packer *packer = ARENA_NEW(arena, struct packer, 1);
    packer->output = output;
    if (deflateInit2(&packer->stream, LEVEL, Z_DEFLATED, RAW, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        check_out_of_memory();
    return packer;
}

/* Packs what the stream was given, and all that it kept where it is to finish. */
static void pack(struct packer *packer, int flush)
{
    do {
        packer->stream.next_out = packer->bytes;
        packer->stream.avail_out = sizeof packer->bytes;
        check(deflate(&packer->stream, flush) != Z_STREAM_ERROR);
        size_t n_bytes = sizeof packer->bytes - packer->stream.avail_out;
        output_str(packer->output, (struct str){(const char *)packer->bytes, n_bytes});
        packer->size.packed += (int64_t)n_bytes;
    } while (packer->stream.avail_out == 0);
}

void packer_write(struct packer *packer, struct str text)
{
    while (text.length > 0) {
        size_t n_bytes = text.length < LARGEST_BYTES ? text.length : LARGEST_BYTES;
        packer->stream.next_in = (const Bytef *)text.at;
        packer->stream.avail_in = (uInt)n_bytes;
        packer->size.crc = (uint32_t)crc32(packer->size.crc, packer->stream.next_in, (uInt)n_bytes);
        packer->size.unpacked += (int64_t)n_bytes;
        pack(packer, Z_NO_FLUSH);
        text = str_after(text, n_bytes);
    }
}

struct packed_size packer_close(struct packer *packer)
{
    pack(packer, Z_FINISH);
    deflateEnd(&packer->stream);
    return packer->size;
}
