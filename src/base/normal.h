#ifndef BASE_NORMAL_H
#define BASE_NORMAL_H

/* What lognormal draws need, from +, -, *, / and sqrt alone. IEEE 754 rounds these correctly everywhere;
 * exp and log of a C library may differ in the last digit from one machine to the next, and with them a
 * rounded duration, and so a report. */

double natural_log(double x);     /* x > 0, not subnormal; within 2 units of the last place */
double exponential(double x);     /* -700 <= x <= 700; likewise, relative */
double normal_quantile(double p); /* 0 < p < 1: what a standard normal variable is below with probability p */

#define NORMAL_P90 1.2815515655446004 /* normal_quantile(0.9) */

#endif
