#ifndef REPORT_USED_PRICES_H
#define REPORT_USED_PRICES_H

#include <stddef.h>

#include "model/result.h"

struct arena;

/* A price row that some charge uses. */
struct used_price {
    const struct price_row *row;
    size_t index; /* its place in the list */
};

/* Every price row that some charge of the result uses, once: by offer, component, way of charging,
 * tier and first day, then as first met in the ledgers. */
struct used_price *used_prices(struct arena *arena, const struct result *result, size_t *n_used);
/* And those of result->server_months. */
struct used_price *used_prices_and_months(struct arena *arena, const struct result *result, size_t *n_used);

/* For qsort and bsearch: by the address of the row. */
int used_price_compare_rows(const void *a, const void *b);

#endif
