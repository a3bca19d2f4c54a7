#include "model/price_family.h"

struct price_family price_family_of(const struct offer *offer, const struct price_row *first)
{
    struct price_family f = {.rows = first};
    size_t left = (size_t)(offer->prices + offer->n_prices - first);
    while (f.n_rows < left && price_same_family(first, &first[f.n_rows]))
        f.n_rows++;
    return f;
}

int64_t price_generation_at(const struct price_family *f, int64_t seconds)
{
    int64_t latest = INT64_MIN, first = INT64_MAX;
    for (size_t i = 0; i < f->n_rows; i++) {
        int64_t from = f->rows[i].effective_from;
        first = from < first ? from : first;
        if (from <= seconds && from > latest)
            latest = from;
    }
    return latest == INT64_MIN ? first : latest;
}

bool price_in_force(const struct price_family *f, const struct price_row *row, int64_t began)
{
    const struct price_row *next = row + 1;
    bool replaced =
        next < f->rows + f->n_rows && price_same_series(row, next) && next->effective_from <= began;
    return row->effective_from <= began && row->effective_to > began && !replaced;
}

const struct price_row *price_next_tier(const struct price_family *f, const struct price_row *row,
                                        int64_t began)
{
    const struct price_row *next = NULL;
    for (size_t i = 0; i < f->n_rows; i++)
        if (price_in_force(f, &f->rows[i], began) &&
            decimal_compare(f->rows[i].tier_from, row->tier_from) > 0 &&
            (next == NULL || decimal_compare(f->rows[i].tier_from, next->tier_from) < 0))
            next = &f->rows[i];
    return next;
}
