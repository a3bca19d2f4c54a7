#ifndef PLAN_ONLINE_H
#define PLAN_ONLINE_H

#include <stdint.h>

#include "unit/money.h"

struct arena;

/* Reserving without foresight: what is decided in an hour depends on demand up to that hour and nothing
 * else. Demand is handed over hour by hour; the policies have no way to see what comes after.
 *
 * There is one reservation to be had: a fee, then for so many hours from the hour it is made on a lower rate
 * for every hour in which it is used. The rest is served on demand. */
struct online_terms {
    int64_t fee;        /* >= 0 */
    int32_t term_hours; /* > 0 */
    int64_t usage_rate; /* of a reserved server for an hour of use, >= 0 */
    int64_t price;      /* of a server on demand for an hour, >= 0 */
};

#define ONLINE_NEVER INT64_MAX /* a patience that never ends: nothing is reserved */

enum { ONLINE_MOST_SERVERS = 1 << 24 }; /* demand of an hour: memory grows with the largest so far */

/* ---- Reserve when not having reserved has cost too much ----
 *
 * W. Wang, B. Li, B. Liang: To Reserve or Not to Reserve: Optimal Online Multi-Instance Acquisition in IaaS
 * Clouds, ICAC 2013, algorithms 1 and 2. In hour t, while more than `patience` of the last term_hours hours
 * had more demand than servers counted as reserved, one is reserved, and counted as reserved from
 * term_hours - 1 hours ago to the end of its term. */

/* A_beta: break-even. With alpha = usage_rate / price the cost is at most 2 - alpha times the least cost of
 * those who know all demand, and no deterministic policy can promise less. */
int64_t online_break_even_patience(const struct online_terms *terms);

/* A_z with z drawn from the density (1 - alpha) e^((1 - alpha) z) / (e - 1 + alpha) on [0, beta), and the
 * rest of the mass on never: the expected cost is at most e / (e - 1 + alpha) times the least. */
int64_t online_random_patience(const struct online_terms *terms, uint64_t seed, uint64_t trial);

struct online_break_even {
    int32_t term_hours;
    int64_t patience;
    int32_t n_hours;      /* seen so far */
    int64_t *keys, *made; /* [n_hours]: of hours; reservations made until then */
    size_t keys_capacity, made_capacity;
    int32_t *with_key; /* [ring]: hours of the term whose key is so much, for keys above `n_made` */
    int64_t ring;      /* a power of two, above the largest demand so far */
    int64_t n_short;   /* hours of the term with more demand than reserved */
    int64_t n_made;
};

/* The reservations made in the next hour, whose demand this is. Start with term_hours and patience set and
 * the rest zero. */
int64_t online_break_even_step(struct arena *arena, struct online_break_even *policy, int64_t demand);

/* ---- Reserve up to a percentile of the last days ----
 *
 * In every review_hours-th hour, as soon as the window is full: as many as are missing to the percentile
 * (nearest rank: the least demand that `percent` of the window's hours do not exceed). */
struct online_percentile {
    int32_t term_hours, window_hours, review_hours; /* > 0 */
    int32_t percent;                                /* 1 to 100 */
    int32_t n_hours;                                /* seen so far */
    int64_t *demand, *made, *sorted;                /* [n_hours], [n_hours], [window_hours] */
    size_t demand_capacity, made_capacity;
    int64_t n_made;
};

/* As online_break_even_step: start with the first four fields set and the rest zero. */
int64_t online_percentile_step(struct arena *arena, struct online_percentile *policy, int64_t demand);

/* ---- What it comes to ---- */

struct online_bill {
    int64_t n_reserved;
    int128 fees, usage, on_demand;
};

struct online_bill online_bill(const struct online_terms *terms, const int64_t *demand,
                               const int64_t *reserved, int32_t n_hours);

#endif
