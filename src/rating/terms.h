#ifndef RATING_TERMS_H
#define RATING_TERMS_H

#include <stdbool.h>

#include "model/study.h"

struct arena;

/* Turns the prices of the book into the prices of the study, for every offer in use, before anything is
 * planned: list price = book price x exchange rate, price = list x (1 - negotiated discount), exact to
 * fifteen places. Rows in another currency get a version for every day the rate changes; rows of a site
 * one for every anniversary of its contract, price_k = price_(k-1) x (1 + escalator), rounded to six
 * places. Financed purchases become the equal monthly payment P m / (1 - (1 + m)^-n), m being the
 * monthly rate of the effective annual one, rounded to six places. False and a message where a currency
 * has no rate in time, or a price does not fit. */
bool terms_apply(struct arena *arena, struct study *study, struct diagnostics *diagnostics);

#endif
