#ifndef INPUT_EXCHANGE_RATES_H
#define INPUT_EXCHANGE_RATES_H

#include "input/csv.h"
#include "model/study.h"

struct arena;

struct rate_list {
    struct exchange_rate *items;
    size_t n_items, capacity;
};

extern const struct csv_column exchange_rate_columns[];
extern const int n_exchange_rate_columns;

/* Adds a table's rows; counts them in *n_rows. Everything wrong is told. */
bool exchange_rates_add(struct rate_list *list, struct arena *arena, struct str file, struct str content,
                        struct diagnostics *diagnostics, int64_t *n_rows);
/* After the last table: sorts by currency and day, refuses a day that is there twice and the
 * currency of the study. */
bool exchange_rates_finish(struct rate_list *list, struct str currency, struct diagnostics *diagnostics);

#endif
