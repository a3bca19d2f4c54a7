#include "supply/spot.h"

#include "base/arena.h"

static const struct price_row *running_series(const struct offer *offer)
{
    for (size_t i = 0; i < offer->n_prices; i++)
        if (offer->prices[i].charged == CHARGED_RUNNING)
            return &offer->prices[i];
    return NULL;
}

/* The first time after `at` at which the price of the series changes. */
static int64_t next_price(const struct offer *offer, const struct price_row *series, int64_t at)
{
    int64_t next = INT64_MAX;
    for (const struct price_row *row = series;
         row < offer->prices + offer->n_prices && price_same_series(row, series); row++)
        if (row->effective_from > at) {
            next = row->effective_from;
            break;
        }
    return next;
}

static bool is_affordable(const struct offer *offer, const struct price_row *series, int64_t at)
{
    const struct price_row *row = offer_price_at(offer, series, at);
    return !offer->has_max_price ||
           decimal_compare((row == NULL ? series : row)->book, offer->max_price) <= 0;
}

struct spot_windows spot_windows(struct arena *arena, const struct study *study, const struct offer *offer)
{
    struct spot_windows list = {0};
    const struct price_row *series = running_series(offer);
    bool open = false;
    for (int64_t at = study->decide_from_seconds; at < study->end_seconds;) {
        int64_t next = next_price(offer, series, at);
        next = next < study->end_seconds ? next : study->end_seconds;
        bool affordable = is_affordable(offer, series, at);
        if (affordable && open)
            list.items[list.n_items - 1].to_seconds = next;
        else if (affordable)
            *ARENA_APPEND(arena, &list) = (struct spot_window){at + offer->start_up_seconds, next};
        open = affordable;
        at = next;
    }
    return list;
}
