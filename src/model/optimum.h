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
    int offer;              /* index into study.offers */
    int n_terms;            /* the first, then renewals */
    int kept_months;        /* the last term is ended early after so many contract months; 0: not */
    bool follows;           /* an on-demand server for one step, of an offer before the last on demand */
    int32_t steps;          /* length; may reach behind the horizon */
    int64_t before_seconds; /* when one that counts for step 0 begins, where it costs less before the study;
                               or 0 */
    int64_t *cost;          /* [n_steps] of one reference server, by the step of its start; or OPTIMUM_NONE */
    int64_t *limit;  /* [n_steps] reference servers that may be leased in a step, or NONE; NULL: no limit */
    int64_t *chosen; /* [n_steps] reference servers of the cheapest plan */
};

/* Leases of a plan beside the cheapest. */
struct other_leases {
    struct lease_kind *kinds;
    size_t n_kinds;
    bool begins_before; /* leases of step 0 begin at before_seconds, where that is set */
};

/* What the cheapest plan does with one offer. */
struct optimum_offer {
    int offer;
    int64_t leases;      /* begun; of on-demand 0 */
    int64_t most;        /* reference servers at a time */
    int32_t first_step;  /* in which the first lease begins, or the first on-demand server runs; -1: never */
    int128 server_steps; /* reference servers x steps leased or run */
    money cost;          /* of these, without usage_price */
    bool has_break_even; /* its first possible lease lies within the horizon, and on-demand is there */
    double break_even;   /* share of its steps from which on a lease costs less than on-demand */
    bool is_dispensable; /* the need can be served without it */
    money network_cost_without; /* of the cheapest plan without it */
};

/* In how many steps one server more costs what. */
struct optimum_steps {
    int32_t nothing, less_than_on_demand, on_demand, more;
};

/* The cheapest set of leases that covers the need of every step, and what proves it. Amounts are parts of a
 * millionth of the currency, discounted where strategies are. For any plan of these leases
 *   cost >= sum of need x hour_price - sum of on_demand_limit x max(0, hour_price - on_demand_price)
 *           - sum of limit x max(0, sum of the hour prices of its steps - cost) over leases with a limit,
 * as long as hour_price <= short_price and no lease without a limit costs less than the sum of the hour
 * prices of its steps; the plan of `chosen` costs just that. */
struct optimum {
    int64_t parts; /* of a millionth */
    int32_t n_steps;
    int64_t *need; /* [n_steps] reference servers, without those that exist already */
    struct lease_kind *kinds;
    size_t n_kinds;
    int on_demand;            /* index of the offer that serves the rest, the last of several; -1: none */
    int64_t *on_demand_price; /* [n_steps] of a reference server for the step, beyond usage_price; or NONE */
    int64_t *on_demand_limit; /* [n_steps] reference servers, or NONE */
    int64_t *short_price;     /* [n_steps] of a reference server missing for the step, beyond usage_price */
    int64_t *short_first; /* [n_steps] of the first one missing, which may carry less than a whole load; NONE:
                             like the others */
    bool short_is_penalty;  /* no unmet_cost: only where nothing else is possible */
    int64_t *running_limit; /* [n_steps] reference servers of all offers together, or NONE; NULL: no limit */
    int64_t *usage_price;   /* [n_steps] what every server in use costs at least, of whatever offer */
    int64_t *on_demand_used, *missing; /* [n_steps] by the cheapest plan */
    int64_t *hour_price;               /* [n_steps] what one server more costs in a step */
    int128 cost, bound;                /* without usage and penalties; equal */
    int128 usage;                      /* need x usage_price */
    int128 missing_steps;              /* server-steps short */

    struct optimum_offer *offers; /* as the layers */
    size_t n_offers;
    struct optimum_steps steps;

    struct certificate *certificate; /* the same for everybody to check */

    /* Of the plan that is ordered. Where servers come in days and crews, or usage rates differ, it is another
     * one than that of `chosen`. Millionths, with usage, without penalties. */
    money network_cost, lower_bound;
    int order_rule;           /* by which the leases became orders */
    struct lease_kind *ideal; /* [n_ideal] leases chosen as if no crew kept them; mostly just `kinds` */
    size_t n_ideal;
    struct other_leases *others; /* plans that prove nothing, and may bill less */
    size_t n_others;
    bool has_installed;   /* the first of them is within what crews install a day */
    money installed_cost; /* of that, like network_cost */
    /* What the ledger makes of it: layers and unmet load, without services paid besides. */
    money simulated_cost, gap;
    bool proved; /* no gap but for the rounding of charges */
    /* Hosting exists whose contracts could be renewed: the network leases anew, which may cost more. */
    bool leaves_out_renewals;
    /* On-demand servers without a lasting quota are left out: following the need at its target utilisation
     * costs more than to run the others up to the most that they carry. */
    bool leaves_out_on_demand;
    money other_cost; /* network_cost with them instead, or without; 0 where that is the same */
};

#endif
