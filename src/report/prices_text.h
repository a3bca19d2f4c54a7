#ifndef REPORT_PRICES_TEXT_H
#define REPORT_PRICES_TEXT_H

#include "model/price_facts.h"

struct arena;
struct diagnostics;

/* What `rackrate prices` says. */

/* One line for each offer. */
struct str prices_list_text(struct arena *arena, const struct price_tables *tables);
/* Every price of an offer, then its rate in each span of time. */
struct str prices_show_text(struct arena *arena, const struct price_tables *tables,
                            const struct price_rates *spans, size_t n_spans);
struct str prices_compare_text(struct arena *arena, const struct price_tables *tables,
                               const struct break_even *break_even);
/* Every finding as a warning with its place. */
void prices_tell_findings(struct arena *arena, const struct price_tables *tables,
                          const struct finding_list *findings, struct diagnostics *diagnostics);
/* How much was read and how many findings there are. */
struct str prices_lint_text(struct arena *arena, const struct price_tables *tables, size_t n_findings);

#endif
