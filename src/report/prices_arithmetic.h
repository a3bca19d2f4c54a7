#ifndef REPORT_PRICES_ARITHMETIC_H
#define REPORT_PRICES_ARITHMETIC_H

#include "model/price_facts.h"

struct arena;

/* Lines of arithmetic to be checked with a pocket calculator. */

enum { RATE_PLACES = 6, MONTHLY_PLACES = 2 };

/* "633 upfront / 8,760 h = 0.072260; + 0.053 hourly = 0.125260 an hour; x 730 = 91.44 a month", or why
 * there is no such rate. */
struct str rates_line(struct arena *arena, const struct price_tables *tables,
                      const struct price_rates *rates);
/* What a price that is not PART_RUNNING costs over the hours: "0.053 hourly x 8,760 h = 464.28". */
struct str part_cost(struct arena *arena, const struct price_tables *tables, const struct price_rates *rates,
                     const struct price_part *part);
/* "0.053 hourly" */
struct str part_price(struct arena *arena, const struct price_tables *tables, const struct price_row *row);
/* "1 yr = 8,760 h", "12 mo from 2025-06-05 = 365 d = 8,760 h"; empty where there is no term. */
struct str term_line(struct arena *arena, const struct price_rates *rates);
/* A line for each price that has ended and holds. */
struct str ended_lines(struct arena *arena, const struct price_tables *tables,
                       const struct price_rates *rates);
/* Why the state of rates is not good. */
struct str rates_problem(struct arena *arena, const struct price_tables *tables,
                         const struct price_rates *rates);
struct str price_text(struct arena *arena, struct decimal price);
struct str component_text(struct arena *arena, const struct price_tables *tables,
                          const struct price_row *row);

#endif
