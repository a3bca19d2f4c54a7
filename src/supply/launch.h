#ifndef SUPPLY_LAUNCH_H
#define SUPPLY_LAUNCH_H

#include <stdbool.h>
#include <stdint.h>

#include "model/offer.h"

/* The launches that follow the need, step by step: a bucket of launches that refills at a rate, a
 * start-up time, notice where the buyer sees the need coming. */
struct launcher {
    const struct offer *offer;
    int64_t step_seconds;
    int64_t tokens_micro; /* launches in the bucket, in millionths */
    int64_t in_service;   /* at the end of the step before */
    int64_t waiting;      /* asked for, not in service yet */
};

/* One step: `keep` servers run throughout, `at_once` come at at_once_seconds, `queued` one by one after
 * queue_from_seconds at the offer's rate, the i-th i / rate later. */
struct launched {
    int64_t keep, at_once, at_once_seconds, queued, queue_from_seconds;
    int64_t micro_per_second;
    int64_t early_seconds; /* server-seconds in service before the step began */
    int64_t early_billed_seconds;
};

struct launcher launcher_new(const struct offer *offer, int64_t step_seconds);

/* Launches so that `wanted` servers run in this step, as far as they can; notice_seconds: how long
 * before the step it may begin. */
struct launched launch_step(struct launcher *launcher, int64_t wanted, int64_t notice_seconds);

/* Server-seconds in service in [0, seconds) of the step. */
int64_t launched_until(const struct launched *launched, int64_t seconds);
/* Servers in service at a time of the step; first second at which n are in service, or INT64_MAX. */
int64_t launched_at(const struct launched *launched, int64_t seconds);
int64_t launched_when(const struct launched *launched, int64_t n_servers);
/* Server-seconds billed in the step: every server's time rounded up to whole increments. */
int64_t launched_billed(const struct launched *launched, int64_t step_seconds, int64_t increment_seconds);

#endif
