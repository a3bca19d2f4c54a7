#ifndef MODEL_STUDY_CHECK_H
#define MODEL_STUDY_CHECK_H

#include <stdbool.h>
#include <stdint.h>

struct diagnostics;
struct offer;
struct study;

/* Checks and defaults that span offers, workload and strategies: equals, terms, the step against
 * billing increments, sizes that prices need (watts, racks, ...), prices in force when they are needed. */
bool study_check(struct study *study, struct diagnostics *diagnostics);

/* The first day on which every component of an offer has a price; orders are not placed before it. */
int64_t offer_available_from(const struct offer *offer);

#endif
