#ifndef PLAN_OPTIMUM_PARTS_H
#define PLAN_OPTIMUM_PARTS_H

#include "plan/network.h"
#include "plan/optimum.h"
#include "rating/lease_meter.h"

/* What the files of the optimum share; nobody else includes it. */
struct optimiser {
    struct arena *arena;
    const struct study *study;
    const struct demand *demand;
    const struct strategy *strategy;
    struct timeline timeline;
    struct lease_meter **meters; /* [n_layers] */
    struct optimum *optimum;
    size_t kinds_capacity;
};

/* Parts of one server as those of one reference server, rounded down. */
int64_t of_one_reference(const struct offer *offer, int64_t parts);

int64_t step_seconds_at(const struct optimiser *o, int32_t step);

/* The first step in which a lease of an offer may start; n_steps where none is in time. */
int32_t first_step_of(const struct optimiser *o, const struct offer *offer);

/* All kinds of lease of a layer's offer, with their cost. False on overflow. */
bool add_lease_kinds(struct optimiser *o, size_t layer);

/* Orders for the leases chosen. */
void order_leases(const struct optimiser *o, struct lease_orders *orders);

#endif
