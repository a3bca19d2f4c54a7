#ifndef RATING_DISCOUNT_H
#define RATING_DISCOUNT_H

#include "model/study.h"
#include "unit/money.h"

struct arena;

/* Present value of an amount: factors below 1 where the study has a discount rate. Rounded to millionths. */
money discounted(money amount, double factor);

/* Discount factors of months 0..n_months from the month of decide_from on (the last is the end of the
 * horizon): (1 + rate)^(-month / 12); 1 without a rate. */
double *discount_factors(struct arena *arena, const struct study *study, int n_months);

#endif
