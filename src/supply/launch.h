#ifndef SUPPLY_LAUNCH_H
#define SUPPLY_LAUNCH_H

#include <stdbool.h>
#include <stdint.h>

#include "model/offer.h"
#include "supply/paid.h"

struct arena;

/* One step: `keep` servers run throughout, `at_once` come at at_once_seconds, `queued` one by one after
 * queue_from_seconds at the offer's rate, the i-th i / rate later. */
struct launched {
    int64_t keep, at_once, at_once_seconds, queued, queue_from_seconds;
    int64_t micro_per_second, credit_micro; /* the first in the queue is this far on its way to a launch */
    int64_t early;                          /* of at_once: launched ahead because the rate is limited */
    int64_t early_seconds;        /* server-seconds that these are in service before the step begins */
    int64_t billed_seconds;       /* server-seconds, every server's time rounded up to whole increments */
    int64_t early_billed_seconds; /* of that: for time before the step */
};

/* The launches that follow the need, step by step: a bucket of launches that refills at a rate, a
 * start-up time, notice where the buyer sees the need coming. */
struct launcher {
    struct arena *arena;
    const struct offer *offer;
    int64_t step_seconds;
    bool by_block;        /* increments are longer than a step: servers are kept to the end of what is paid */
    struct paid paid;     /* by_block only */
    int64_t tokens_micro; /* launches left in the bucket when the step before had begun, in millionths */
    int64_t in_service;   /* at the end of the step before */
    int64_t waiting;      /* asked for, not in service yet */
    int64_t credit_micro; /* how far the first of them is */
    struct launched before;
};

/* The increment divides the step or is a multiple of it; so does the minimum where it is longer than both. */
struct launcher launcher_new(struct arena *arena, const struct offer *offer, int64_t step_seconds);

/* Launches so that `wanted` servers run in the step that begins at `start_seconds`, as far as they can;
 * notice_seconds: how long before the step it may begin. More than `wanted` may stay in service where
 * they are paid. */
struct launched launch_step(struct launcher *launcher, int64_t start_seconds, int64_t wanted,
                            int64_t notice_seconds);

/* Servers that stay in service in a step that begins at start_seconds, needed or not: they are paid. */
int64_t launcher_keeps(const struct launcher *launcher, int64_t start_seconds);

/* Nothing is left from the step before: no queue, and the bucket is full when the next step begins. */
bool launcher_is_rested(const struct launcher *launcher);
/* Leaves a rested launcher as after steps whose rises the bucket and its refill allow at once; the last
 * of them rose by last_rise to in_service. */
void launcher_skip(struct launcher *launcher, int64_t in_service, int64_t last_rise);

/* Server-seconds in service in [0, seconds) of the step. */
int64_t launched_until(const struct launched *launched, int64_t seconds);
/* The same in whole reference servers: at every moment what the servers there stand for, rounded down. */
int64_t launched_capacity_until(const struct launched *launched, const struct offer *offer, int64_t seconds);
/* Servers in service at a time of the step; first second at which n are in service, or INT64_MAX. */
int64_t launched_at(const struct launched *launched, int64_t seconds);
int64_t launched_when(const struct launched *launched, int64_t n_servers);

#endif
