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
    int64_t micro_per_second;
    int64_t early;          /* of at_once: launched ahead because the rate is limited */
    int64_t early_seconds;  /* server-seconds that these are in service before the step begins */
    int64_t billed_seconds; /* server-seconds, every server's time rounded up to whole increments */
};

/* The launches that follow the need, step by step: a bucket of launches that refills at a rate, a
 * start-up time, notice where the buyer sees the need coming. */
struct launcher {
    struct arena *arena;
    const struct offer *offer;
    int64_t step_seconds;
    bool by_block;        /* increments are longer than a step: servers are kept to the end of what is paid */
    struct paid paid;     /* by_block only */
    int64_t tokens_micro; /* launches in the bucket, in millionths */
    int64_t in_service;   /* at the end of the step before */
    int64_t waiting;      /* asked for, not in service yet */
    struct launched before;
};

/* The increment divides the step or is a multiple of it; so does the minimum where it is longer than both. */
struct launcher launcher_new(struct arena *arena, const struct offer *offer, int64_t step_seconds);

/* Launches so that `wanted` servers run in the step that begins at `start_seconds`, as far as they can;
 * notice_seconds: how long before the step it may begin. More than `wanted` may stay in service where
 * they are paid. */
struct launched launch_step(struct launcher *launcher, int64_t start_seconds, int64_t wanted,
                            int64_t notice_seconds);

/* Server-seconds in service in [0, seconds) of the step. */
int64_t launched_until(const struct launched *launched, int64_t seconds);
/* Servers in service at a time of the step; first second at which n are in service, or INT64_MAX. */
int64_t launched_at(const struct launched *launched, int64_t seconds);
int64_t launched_when(const struct launched *launched, int64_t n_servers);

#endif
