#ifndef MODEL_OPTIMUM_H
#define MODEL_OPTIMUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "unit/money.h"

#define OPTIMUM_NONE INT64_MAX /* as a cost, price or limit: not possible, or no limit */

/* One way to lease an offer: from a step on, for a number of steps. Offers whose terms are calendar months
 * have one for every length that they take. */
struct lease_kind {
    int offer;       /* index into study.offers */
    int n_terms;     /* the first, then renewals */
    int32_t steps;   /* length; may reach behind the horizon */
    int64_t *cost;   /* [n_steps] of one reference server, by the step of its start; or OPTIMUM_NONE */
    int64_t *chosen; /* [n_steps] reference servers of the cheapest plan */
};

/* The cheapest set of leases that covers the need of every step, and what proves it. Amounts are parts of a
 * millionth of the currency, discounted where strategies are. For any plan of these leases
 *   cost >= sum of need x hour_price - sum of on_demand_limit x max(0, hour_price - on_demand_price),
 * as long as hour_price <= short_price and no lease costs less than the sum of the hour prices of its steps;
 * the plan of `chosen` costs just that. */
struct optimum {
    int64_t parts; /* of a millionth */
    int32_t n_steps;
    int64_t *need; /* [n_steps] reference servers, without those that exist already */
    struct lease_kind *kinds;
    size_t n_kinds;
    int on_demand;            /* index of the offer that serves the rest; -1: none */
    int64_t *on_demand_price; /* [n_steps] of a reference server for the step, beyond usage_price; or NONE */
    int64_t *on_demand_limit; /* [n_steps] reference servers, or NONE */
    int64_t *short_price;     /* [n_steps] of a reference server missing for the step, beyond usage_price */
    bool short_is_penalty;    /* no unmet_cost: only where nothing else is possible */
    int64_t *running_limit; /* [n_steps] reference servers of all offers together, or NONE; NULL: no limit */
    int64_t *usage_price;   /* [n_steps] what every server in use costs at least, of whatever offer */
    int64_t *on_demand_used, *missing; /* [n_steps] by the cheapest plan */
    int64_t *hour_price;               /* [n_steps] what one server more costs in a step */
    int128 cost, bound;                /* without usage and penalties; equal */
    int128 usage;                      /* need x usage_price */
    int128 missing_steps;              /* server-steps short */

    struct certificate *certificate; /* the same for everybody to check */

    /* Of the plan that is ordered. Where servers come in days and crews, or usage rates differ, it is another
     * one than that of `chosen`. Millionths, with usage, without penalties. */
    money network_cost, lower_bound;
    /* What the ledger makes of it: layers and unmet load, without services paid besides. */
    money simulated_cost, gap;
    bool proved; /* no gap but for the rounding of charges */
};

#endif
