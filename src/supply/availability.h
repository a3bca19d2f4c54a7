#ifndef SUPPLY_AVAILABILITY_H
#define SUPPLY_AVAILABILITY_H

#include "model/study.h"

/* Capacity of a cloud that may not be there. Time is cut into slots of an on-demand offer's `retry`, from
 * 1970 on. In every slot launches find capacity with the probability `available`, whatever they found in
 * others; who finds none tries again when the next slot begins. So retries are geometric: k of them with
 * probability (1 - available)^k x available. Launches that have found capacity all have it. */
bool may_lack_capacity(const struct offer *offer);

/* A draw is a function of (seed, trial, offer, slot). */
struct capacity_draw {
    const struct offer *offer;
    uint64_t stream;
};
struct capacity_draw capacity_draw(struct arena *arena, const struct study *study, const struct offer *offer,
                                   uint64_t trial);
bool capacity_is_there(const struct capacity_draw *draw, int64_t seconds);
/* Seconds until launches asked for at a time find capacity. */
int64_t capacity_wait(const struct capacity_draw *draw, int64_t seconds);

/* As many retries as 999 of 1,000 need at most, as a wait from a time on. */
int64_t capacity_longest_wait(const struct offer *offer, int64_t seconds);

#endif
