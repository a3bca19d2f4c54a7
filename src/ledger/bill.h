#ifndef LEDGER_BILL_H
#define LEDGER_BILL_H

#include "model/result.h"

struct arena;

/* The ledger of one strategy: every charge, by order, price row and month, with what is prepaid at the
 * end computed from the contracts. */
struct bill {
    struct charge *charges;
    size_t n_charges;
    struct account *accounts; /* one per order, then one (order -1) for what is not of one order */
    size_t n_accounts;
    bool overflow; /* an amount did not fit into money: nothing else is valid */
};

struct bill bill_plan(struct arena *arena, const struct study *study, const struct timeline *timeline,
                      const struct strategy *strategy, const struct plan *plan, const struct usage *usage);

/* Does a price of the strategy need unmet load step by step? */
bool bill_needs_steps(const struct study *study, const struct strategy *strategy);

#endif
