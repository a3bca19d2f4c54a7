#ifndef MODEL_CERTIFICATE_H
#define MODEL_CERTIFICATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "unit/money.h"

struct arena;
struct optimum;

#define CERTIFICATE_NONE INT64_MAX /* as a price: not to be had; as a limit: none */

/* Leases of one offer and length that start in any of some consecutive steps at the same cost. */
struct lease_run {
    struct str offer;
    int n_terms;
    int32_t first, last, steps; /* starts in first..last; each covers `steps` steps, to the horizon at most */
    int64_t cost;               /* of one reference server */
    int64_t limit;              /* of what may be chosen at each of these starts, or NONE */
    int64_t chosen;             /* reference servers at each of these starts */
};

/* What a plan serves and costs, and prices of the steps that prove that no plan costs less. Whoever has it
 * can check it by adding up; nothing of how it was found is needed. Amounts are parts of a millionth. */
struct certificate {
    struct str strategy;
    int64_t parts; /* of a millionth */
    int64_t start_seconds, step_seconds;
    int32_t n_steps;
    int64_t *need, *on_demand, *missing;      /* [n_steps] reference servers */
    int64_t *on_demand_price, *short_price;   /* [n_steps] of one for the step */
    int64_t *short_first;                     /* [n_steps] of the first one missing; NONE: like the others */
    int64_t *on_demand_limit, *running_limit; /* [n_steps] reference servers */
    int64_t *hour_price;                      /* [n_steps] the proof */
    struct lease_run *items;
    size_t n_items, capacity;
    int128 plan_cost, lower_bound; /* as stated */
};

/* What limits of leases take off the bound by the step of their start, 0 or less: [n_steps]. */
int128 *certificate_lease_limits(struct arena *arena, const struct certificate *certificate);

/* The certificate of an optimum; `offers` names them. */
struct certificate certificate_of(struct arena *arena, const struct optimum *optimum,
                                  const struct str *offers);

/* Adds up everything anew: every need is served within the limits; no possible lease is worth more than it
 * costs, nor a step more than a server missing in it; cost and bound are what is stated, and equal. False
 * and the first fault otherwise. */
bool certificate_check(struct arena *arena, const struct certificate *certificate, struct str *fault);

/* "1226.400000000": an amount of parts in the currency, exactly, with six digits for millionths and those of
 * the parts. */
struct str certificate_amount(struct arena *arena, int128 amount, int64_t parts);

#endif
