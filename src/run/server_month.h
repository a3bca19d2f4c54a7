#ifndef RUN_SERVER_MONTH_H
#define RUN_SERVER_MONTH_H

#include "model/result.h"

struct arena;

/* Every offer with servers that the study uses, as a month of one reference server, into
 * result->server_months. All prices are those of one day: the first of demand or, where not every component of
 * every offer has one then, the first on which all have.
 *
 * Prices at the start of a term are spread evenly over it; set-up of hosting, which renewals do not pay
 * again, over the horizon where that is longer. Racks and administrators count by a server's share of one,
 * servers bought with their share of spares; what a site charges for space and power by what the server
 * takes of it. */
void server_months(struct arena *arena, struct result *result);

#endif
