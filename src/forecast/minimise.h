#ifndef FORECAST_MINIMISE_H
#define FORECAST_MINIMISE_H

enum { MINIMISE_MOST = 4 };

/* A function of n numbers, each from 0 to 1. What is not a finite number counts as the worst. */
typedef double minimise_function(const double *point, void *context);

/* Looks for the least value of a function of n numbers (1 to MINIMISE_MOST) in the unit cube, beginning at
 * `point`, and leaves there where it was found; ends where a round gains less than the share `gain`. Returns
 * that value, never above the one at the start. A local search: begin at several points where there may be
 * several valleys. Without draws, so that the same function gives the same answer.
 *
 * The simplex method of Nelder and Mead (1965), with points outside the cube moved to its nearest face and
 * a new simplex around the best point until that no longer helps: at a face the old one may be flat. */
double minimise(minimise_function *function, void *context, int n, double gain, double *point);

#endif
