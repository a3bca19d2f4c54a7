#ifndef MODEL_BURST_H
#define MODEL_BURST_H

#include "model/demand.h"

/* Start of the n-th occurrence of a burst, counted from 0; INT64_MAX where there is none before `end`. */
int64_t burst_start(const struct burst *burst, int n, int64_t end);
/* Ramp, hold and decay. */
int64_t burst_length(const struct burst *burst);
/* The most servers that a burst adds within [from, to), in seconds after its start. */
int64_t burst_adds(const struct burst *burst, int64_t from, int64_t to);

#endif
