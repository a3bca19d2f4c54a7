#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/str.h"

/* What a fuzz target calls the world: the only files that there are. file_read of this folder takes the
 * place of base/file.c, so that a study can name any path and nothing of the machine is read. */
struct fuzz_file {
    const char *name;
    struct str content;
};

void fuzz_world(const struct fuzz_file *files, size_t n_files);

/* libFuzzer's entry; declared so that -Wmissing-prototypes holds here too. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A copy of exactly `size` bytes, so that the sanitizer sees a reader that goes one too far. */
struct str fuzz_copy(const uint8_t *data, size_t size);
void fuzz_free(struct str copy);

/* Every message must be text that could be shown: aborts where one is not. */
void fuzz_check(const struct diagnostics *diagnostics, int good);

extern const char fuzz_prices[], fuzz_rates[], fuzz_lead_times[], fuzz_trace[];

#endif
