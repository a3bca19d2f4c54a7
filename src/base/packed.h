#ifndef BASE_PACKED_H
#define BASE_PACKED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/output.h"

/* All that zlib does: gzip files that are read, and the streams inside zip archives. */

/* The unpacked content of an open gzip file, which is closed; of another file what it holds. At most 1 GiB. */
bool packed_read(struct arena *arena, int fd, struct str path, struct str *content, struct failure *failure);

/* The text of a member of a zip archive, which has n_bytes; false where it is no such stream. */
bool packed_expand(struct arena *arena, struct str packed, size_t n_bytes, struct str *text);

/* Packs text into an output as it comes. */
struct packer;
struct packed_size {
    uint32_t crc;
    int64_t packed, unpacked; /* bytes */
};
struct packer *packer_open(struct arena *arena, struct output *output);
void packer_write(struct packer *packer, struct str text);
struct packed_size packer_close(struct packer *packer);

#endif
