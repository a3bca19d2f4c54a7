#ifndef BASE_PATTERN_H
#define BASE_PATTERN_H

#include <stdbool.h>

#include "base/str.h"

struct arena;
struct pattern;

/* A compiled PCRE2 pattern. On a bad pattern returns NULL and sets *message and *offset (bytes). The
 * pattern lives until pattern_free. Matching is limited, so that no pattern can hang the program. */
struct pattern *pattern_compile(struct arena *arena, struct str text, struct str *message, int *offset);
enum match { MATCH_NO, MATCH_YES, MATCH_LIMIT };
enum match pattern_match(const struct pattern *pattern, struct str subject);
void pattern_free(struct pattern *pattern);

#endif
