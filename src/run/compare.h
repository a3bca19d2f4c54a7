#ifndef RUN_COMPARE_H
#define RUN_COMPARE_H

#include "model/result.h"

struct arena;

/* Ranks by compared cost, the verdict in one line, and remarks on what a reader must know. */
void compare(struct arena *arena, struct result *result);

#endif
