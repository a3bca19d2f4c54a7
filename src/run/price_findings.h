#ifndef RUN_PRICE_FINDINGS_H
#define RUN_PRICE_FINDINGS_H

#include "model/price_facts.h"

struct arena;

/* What looks wrong in price tables, offer by offer, and for each in the order of enum finding_kind. */
void price_findings(struct arena *arena, const struct price_tables *tables, struct finding_list *findings);

#endif
