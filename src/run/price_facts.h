#ifndef RUN_PRICE_FACTS_H
#define RUN_PRICE_FACTS_H

#include "model/price_facts.h"

struct arena;

/* The first day on which every component of an offer has a price. */
int64_t price_first_day(const struct offer *offer);

/* The days on which a price of one of n offers begins or ends, in order, each once. */
size_t price_cuts(struct arena *arena, const struct offer *const *offers, size_t n_offers, int64_t **days);

/* What an offer costs at the prices of a day, over a term that may be another's (none: its own). */
struct price_rates price_rates_on(struct arena *arena, const struct offer *offer, int64_t day,
                                  struct term over);
/* The rates of every stretch of time in which no price of the offer changes; returns their number. */
size_t price_spans(struct arena *arena, const struct offer *offer, struct price_rates **spans);

/* The commitment needs a term. Where a state of the two rates is not good nothing else is reckoned. */
struct break_even price_break_even(struct arena *arena, const struct offer *commitment,
                                   const struct offer *against, int64_t day);

#endif
