#include "base/arena.h"
#include "input/price_book.h"

/* Has one of the tiers that are in force on a row's first day no lower bound? `first` is the first row of the
 * tiers of a component. */
static bool has_first_tier(const struct price_row *first, const struct price_row *row)
{
    for (; first->tier_from.digits == 0 && price_same_family(first, row); first++)
        if (first->effective_from <= row->effective_from && row->effective_from < first->effective_to)
            return true;
    return false;
}

void price_tiers_check(const struct price_book *book, const struct price_list *list, struct arena *arena,
                       struct diagnostics *diagnostics)
{
    const struct price_row *first = list->items, *told = NULL;
    for (size_t i = 0; i < list->n_items; i++) {
        const struct price_row *row = &list->items[i];
        if (!price_same_family(first, row))
            first = row;
        if (row->tier_from.digits == 0 || first == told || has_first_tier(first, row))
            continue;
        told = first;
        diagnose_error(diagnostics, row->place,
                       "add a row whose tier_from is 0; its price is the word free where nothing is charged",
                       "no tier of `%.*s` begins at 0 on %.*s: nothing says what the first %.*s cost",
                       STR_ARGS(book->components[row->component]),
                       STR_ARGS(date_text(arena, row->effective_from)),
                       STR_ARGS(decimal_text(arena, row->tier_from)));
    }
}
