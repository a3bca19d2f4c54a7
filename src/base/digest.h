#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/str.h"

struct arena;

/* SHA-256 in lower-case hexadecimal. */
struct str digest_sha256(struct arena *arena, struct str bytes);

#endif
