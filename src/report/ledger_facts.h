#ifndef REPORT_LEDGER_FACTS_H
#define REPORT_LEDGER_FACTS_H

#include "model/result.h"

/* What a charge is in the words of FOCUS 1.2: ChargeCategory, and CommitmentDiscountStatus. */
struct str charge_category_text(const struct charge *charge, const struct offer *offer);
struct str charge_status_text(const struct charge *charge);

/* The offer a charge is for: that of its layer. */
const struct offer *charge_offer(const struct result *result, const struct strategy_result *strategy,
                                 const struct charge *charge);

/* Is it a share of a commitment? Such charges are of one order and no horizon value. */
bool charge_is_committed(const struct charge *charge, const struct offer *offer);

#endif
