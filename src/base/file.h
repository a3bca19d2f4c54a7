#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>

#include "base/output.h"
#include "base/str.h"

struct arena;

/* The whole content of a file, gunzipped where it is gzip, followed by a zero byte, in memory of the
 * arena. False and a failure when it cannot be read, is a folder, is cut off, or is over 2 GiB
 * (1 GiB unpacked). */
bool file_read(struct arena *arena, struct str path, struct str *content, struct failure *failure);

/* Can the file be opened for writing? Makes it where it is not there. A failure where it cannot. */
bool file_can_write(struct arena *arena, struct str path, struct failure *failure);

/* Removes a folder with everything in it; links are not followed. */
void file_remove_tree(const char *path);

#endif
