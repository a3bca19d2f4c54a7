#ifndef RUN_REMARKS_H
#define RUN_REMARKS_H

#include "model/result.h"

struct arena;

/* Fills result.remarks: what the reader must know of prices, late orders, commitments and assumptions. */
void remarks_make(struct arena *arena, struct result *result);

#endif
