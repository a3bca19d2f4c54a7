#ifndef MODEL_FORECAST_METHOD_H
#define MODEL_FORECAST_METHOD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How expected demand is made from demand that was seen. */
enum forecast_kind {
    FORECAST_SEASONAL_NAIVE,              /* the value of one lag ago, the last lag over and over */
    FORECAST_HOLT_WINTERS_ADDITIVE,       /* level + trend + season, smoothed exponentially */
    FORECAST_HOLT_WINTERS_MULTIPLICATIVE, /* (level + trend) x season */
    FORECAST_PERCENTILE,                  /* a percentile of the history, times headroom, all the time */
    N_FORECAST_KINDS
};

extern const char *const forecast_kind_names[N_FORECAST_KINDS];

/* How fast level, trend and season follow what is seen: each from 0 (never) to 1 (at once). */
struct smoothing {
    double alpha, beta, gamma;
};

/* Something known beforehand: within [from, to) demand is `factor` (above 0) times what it would be
 * otherwise. Steps count from the first value of the history; the first one to be forecast has the number
 * of values in the history. Where events overlap, their factors multiply. */
struct forecast_event {
    int64_t from, to;
    double factor;
};

/* A kind and what it needs. Lists belong to who made them. */
struct forecast_method {
    enum forecast_kind kind;
    int64_t lag;                /* steps, at least 1: the lag, or the length of a season */
    bool has_smoothing;         /* Holt-Winters: `smoothing` is given; otherwise it is fitted */
    struct smoothing smoothing; /* each within 0 to 1 */
    double percentile;          /* 0 to 100 */
    double headroom;            /* times the percentile; 1: none */
    const struct forecast_event *events;
    size_t n_events;
};

#endif
