#include <stdlib.h>

#include "fuzz.h"
#include "input/exchange_rates.h"

/* A table of exchange rates. What is accepted must be in order, by currency and day, each day once, and a
 * rate that is looked up must be the last of its currency that begins in time. */
static void check_rates(const struct rate_list *list)
{
    const struct study study = {.exchange_rates = list->items, .n_exchange_rates = list->n_items};
    for (size_t i = 0; i < list->n_items; i++) {
        const struct exchange_rate *rate = &list->items[i];
        const struct exchange_rate *next = i + 1 < list->n_items ? rate + 1 : NULL;
        bool same = next != NULL && str_equal(rate->currency, next->currency);
        if (rate->rate.digits <= 0 || rate->currency.length != 3 || str_is(rate->currency, "USD"))
            abort();
        if (next != NULL && !same && str_compare(rate->currency, next->currency) >= 0)
            abort();
        if (same && next->from_seconds <= rate->from_seconds)
            abort();
        if (study_rate_at(&study, rate->currency, rate->from_seconds) != rate ||
            study_rate_after(&study, rate->currency, rate->from_seconds) != (same ? next : NULL))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct diagnostics diagnostics = {.arena = &arena};
    struct rate_list list = {0};
    int64_t n_rows = 0;
    struct str content = fuzz_copy(data, size);
    bool good = exchange_rates_add(&list, &arena, STR("rates.csv"), content, &diagnostics, &n_rows);
    good = good && exchange_rates_finish(&list, STR("USD"), &diagnostics);
    fuzz_check(&diagnostics, good);
    if (good)
        check_rates(&list);
    arena_free(&arena);
    fuzz_free(content);
    return 0;
}
