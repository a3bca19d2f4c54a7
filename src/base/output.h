#ifndef BASE_OUTPUT_H
#define BASE_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/str.h"

struct arena;

/* The first thing that went wrong with the machine (full disk, no permission). Zeroed: nothing. */
struct failure {
    bool failed;
    struct str message;
};

/* Remembers the first failure only: "path: what (strerror of error_number)". error_number 0: none. */
void failure_set(struct failure *failure, struct arena *arena, struct str path, const char *what,
                 int error_number);

/* A text file being written. Write errors are remembered and come out of output_close. */
struct output {
    FILE *file;
    struct arena *arena;
    struct str path;
    struct failure *failure;
    char *buffer; /* what is not yet in the file */
    size_t n_buffered;
};

struct output output_open(struct arena *arena, struct str folder, const char *name, struct failure *failure);
/* Onto an open file, which becomes the output's. */
struct output output_to(struct arena *arena, FILE *file, struct str path, struct failure *failure);
void output_str(struct output *output, struct str text);
void output_format(struct output *output, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Exchanges bytes that were written before, `at` bytes from the beginning. */
void output_overwrite(struct output *output, int64_t at, struct str text);
/* Flushes and closes; false (and the failure set) when any byte was not written. */
bool output_close(struct output *output);

/* A report under construction: everything goes into a temporary sibling of `target`, which then takes
 * its place in one step. Until then an existing target is untouched. Where the program is asked to end the
 * temporary folder is removed first. */
struct folder {
    struct arena *arena;
    struct str target, temporary;
    bool replace;
    struct failure *failure;
    struct interrupt *interrupt; /* while there is a temporary folder */
};

/* Makes the temporary folder (and the parents of target). False and a failure when it cannot, or when
 * the target exists and `replace` is false. Removes nothing. */
bool folder_begin(struct folder *folder, struct arena *arena, struct str target, bool replace,
                  struct failure *failure);
bool folder_make_sub(struct folder *folder, const char *name);
/* Puts the temporary folder in the target's place atomically and removes the old one. Where the target
 * came into being meanwhile it is replaced only as `replace` said. Abandons the folder on failure. */
bool folder_commit(struct folder *folder);
/* Removes the temporary folder; the target stays as it was. */
void folder_abandon(struct folder *folder);

/* The first entry of a folder that is not one of n names; empty where there is none or no such folder. */
struct str folder_stranger(struct arena *arena, struct str path, const char *const *names, size_t n_names);

struct str path_join(struct arena *arena, struct str folder, struct str name);
struct str path_folder(struct str path); /* up to the last slash, without it; "." where there is none */
struct str path_stem(struct str path);   /* file name without folder and extension */
bool path_exists(struct arena *arena, struct str path);

#endif
