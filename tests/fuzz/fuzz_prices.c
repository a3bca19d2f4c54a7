#include <stdlib.h>

#include "fuzz.h"
#include "input/price_book.h"

/* A price table. What is accepted must be in order: rows by component and date, without a term or a
 * price that does not fit. */
static void check_book(const struct price_book *book)
{
    for (size_t i = 0; i < book->n_items; i++) {
        const struct offer *offer = &book->items[i];
        if (offer->kind == OFFER_RESERVED && book->items[offer->discounts].kind != OFFER_ON_DEMAND)
            abort();
        for (size_t j = 0; j < offer->n_prices; j++)
            if (offer->prices[j].price.digits < 0 ||
                offer->prices[j].effective_to <= offer->prices[j].effective_from ||
                offer->prices[j].offer != (int)i)
                abort();
        for (size_t j = 0; j < offer->n_prices; j++) /* something begins at 0 */
            if (offer->prices[j].charged == CHARGED_METERED &&
                (j == 0 || !price_same_family(&offer->prices[j - 1], &offer->prices[j])) &&
                offer->prices[j].tier_from.digits != 0)
                abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct diagnostics diagnostics = {.arena = &arena};
    struct price_book book = {0};
    int64_t n_rows = 0;
    struct str content = fuzz_copy(data, size);
    bool good = price_book_add(&book, &arena, STR("prices.csv"), content, &diagnostics, &n_rows);
    good = good && price_book_finish(&book, &arena, &diagnostics);
    fuzz_check(&diagnostics, good);
    if (good)
        check_book(&book);
    arena_free(&arena);
    fuzz_free(content);
    return 0;
}
