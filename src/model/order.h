#ifndef MODEL_ORDER_H
#define MODEL_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "unit/money.h"

struct strategy;
struct study;

/* Servers of one order that entered service together. */
struct lot {
    int64_t in_service_seconds, end_seconds; /* half-open; not cut at the horizon */
    int months_left;            /* contract months that an early end leaves out; 0: it ends with its term */
    int64_t term_start_seconds; /* what is paid by the term begins here */
    int64_t servers;
    int64_t spares;           /* bought, racked and powered besides; they do not serve */
    int order;                /* index into plan.orders */
    int64_t handover_seconds; /* existing capacity: what takes its place is there by then; 0: at its end */
    bool end_decided;         /* ahead of the end: */
    int64_t continued;        /* servers of a contract that was not cancelled, and so will be renewed */
};

enum order_reason {
    REASON_NEW,
    REASON_RENEWAL,
    REASON_REFRESH,
    REASON_EXISTING,
    REASON_PLANNED,
    REASON_FOLLOWS,
    REASON_LEFT_OUT, /* a follow layer that launches nothing */
    N_REASONS
};

extern const char *const order_reason_names[N_REASONS];

/* A quantity of an offer placed at a time. Follow layers have one order that stands for all their
 * launches; its servers are the most that run at once. */
struct order {
    int layer, offer;
    int64_t servers;
    int64_t ordered_seconds;
    int64_t first_in_service_seconds, last_in_service_seconds, end_seconds;
    int64_t wanted_seconds; /* when the plan wanted the last server in service */
    enum order_reason reason;
    bool pays_once;           /* `once` charges: not for a renewal of the same servers */
    bool pays_term;           /* `term` charges: not for what existed before the study */
    size_t first_lot, n_lots; /* its lots stand together in plan.lots */
    int128 quota_taken;       /* units of its quota that were taken already: see model/quota.h */
    int64_t price_seconds;    /* whose day's prices the order keeps */
    int64_t decided_seconds;  /* by a buyer who forecasts, with what was known then; 0: from the beginning */
};

/* The forecasts that a plan was made by. */
struct forecasts_made {
    size_t n, n_otherwise; /* all; those for which the method had seen too little, or could not be used */
    int64_t last_otherwise_seconds; /* the last of these */
    struct str reason;              /* why, at that time */
};

/* What a strategy orders, and what comes of it. */
struct plan {
    struct order *orders;
    size_t n_orders, orders_capacity;
    struct lot *lots; /* by order */
    size_t n_lots, lots_capacity;
    struct optimum *optimum; /* of an optimal strategy for who knows the demand; otherwise NULL */
    struct optimum *leases;  /* the same, or what was chosen for futures; of any optimal strategy */
    struct forecasts_made forecasts;
    int64_t n_above_most;  /* servers that were not ordered because of the strategy's `most_servers` */
    int64_t n_not_renewed; /* and those whose reservation could not go on because of a quota */
};

/* Is a layer paid? Not where an optimal plan has servers neither of its offer nor of one that discounts it:
 * it chooses among its offers, and takes none of some. */
bool plan_pays_layer(const struct plan *plan, const struct study *study, const struct strategy *strategy,
                     size_t layer);

#endif
