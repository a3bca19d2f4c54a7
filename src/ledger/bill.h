#ifndef LEDGER_BILL_H
#define LEDGER_BILL_H

#include "model/result.h"

struct arena;

/* The ledger of one strategy: every charge, by order, price row and month, with what is prepaid at the
 * end computed from the contracts. */
struct bill {
    struct charge *charges;
    size_t n_charges;
    struct account *accounts; /* one per order, then one (order -1) for racks and administrators */
    size_t n_accounts;
    bool overflow; /* an amount did not fit into money: nothing else is valid */
};

/* running_seconds: [period] server-seconds billed of the follow layer. */
struct bill bill_plan(struct arena *arena, const struct study *study, const struct timeline *timeline,
                      const struct strategy *strategy, const struct plan *plan,
                      const int64_t *running_seconds);

#endif
