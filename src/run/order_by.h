#ifndef RUN_ORDER_BY_H
#define RUN_ORDER_BY_H

#include "model/result.h"

struct arena;

/* Fills result.order_by: every burst x offer in use, for all servers of the burst by the time it begins; then
 * every order of the plans but renewals, spot, launches that follow the need, and what existed. */
void order_by_make(struct arena *arena, struct result *result);

#endif
