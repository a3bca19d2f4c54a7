#ifndef UNIT_ROOT_H
#define UNIT_ROOT_H

/* The twelfth root of x, 1e-6 <= x <= 1e6, by Newton's method with the four operations only, so that
 * every machine gives the same bits. */
double twelfth_root(double x);

#endif
