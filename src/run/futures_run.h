#ifndef RUN_FUTURES_RUN_H
#define RUN_FUTURES_RUN_H

#include "base/diagnostic.h"
#include "model/result.h"

/* in_futures of every optimal strategy, where the study has futures. False and a message where a number is
 * too large. */
bool futures_make(struct arena *arena, struct result *result, struct diagnostics *diagnostics);

/* What plan i, for the expectation, saves against plan j of the same offers for the mean or the median, in a
 * sentence; empty where they are not such plans. */
struct str futures_finding(struct arena *arena, const struct result *result, size_t i, size_t j);

#endif
