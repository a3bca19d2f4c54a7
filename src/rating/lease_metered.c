#include "rating/lease_metered.h"

bool lease_metered_of(const struct study *study, const struct offer *offer, const struct price_row *row,
                      struct lease_metered *metered)
{
    bool is_first = row == offer->prices || !price_same_family(row - 1, row);
    if (!is_first || row->charged != CHARGED_METERED || row->unit->counted == COUNTED_PERCENTILE ||
        row->unit->counted == COUNTED_SPEND)
        return false;
    metered->metering = study_metering(study, offer, row);
    metered->tiers = price_family_of(offer, row);
    return metered->metering != NULL && metered->metering->of == METER_SERVERS &&
           metered->metering->included.digits == 0;
}

const struct price_row *lease_metered_least(const struct lease_metered *m, const struct period *period)
{
    int64_t at = period->start_seconds, began = price_generation_at(&m->tiers, at);
    const struct price_row *least = NULL;
    for (size_t i = 0; i < m->tiers.n_rows; i++) {
        const struct price_row *row = &m->tiers.rows[i];
        if (row->price.digits > 0 && price_in_force(&m->tiers, row, began) &&
            (least == NULL ||
             decimal_compare(price_version_at(row, at)->price, price_version_at(least, at)->price) < 0))
            least = row;
    }
    return least;
}

bool lease_metered_quantity(const struct study *study, const struct lease_metered *m,
                            const struct period *period, struct ticks *quantity)
{
    const struct price_unit *unit = m->tiers.rows[0].unit;
    const struct metering *metering = m->metering;
    bool kept = unit->counted == COUNTED_BYTES_KEPT || unit->counted == COUNTED_PIECES_KEPT;
    int64_t seconds = period->end_seconds - period->start_seconds;
    struct ticks second = {1, 1};
    if (kept && !rate_through(study, unit->time_base, 1, 1, period->start_seconds, period->start_seconds + 1,
                              &second))
        return false;
    int128 size = study->binary_data ? unit->binary_size : unit->size;
    if (metering->per_seconds > 0)
        size *= metering->per_seconds;
    return !__builtin_mul_overflow(second.ticks * seconds, metering->each.digits, &quantity->ticks) &&
           !__builtin_mul_overflow(second.per_unit * power_of_ten(metering->each.scale), size,
                                   &quantity->per_unit);
}

struct ticks lease_metered_free(const struct lease_metered *m, const struct period *period)
{
    int64_t began = price_generation_at(&m->tiers, period->start_seconds);
    struct ticks free = {0, MONEY_PER_UNIT};
    for (size_t i = 0; i < m->tiers.n_rows; i++) {
        const struct price_row *row = &m->tiers.rows[i], *next = price_next_tier(&m->tiers, row, began);
        if (row->price.digits > 0 || next == NULL || !price_in_force(&m->tiers, row, began))
            continue;
        free.ticks += round_half_even((int128)next->tier_from.digits * MONEY_PER_UNIT,
                                      power_of_ten(next->tier_from.scale)) -
                      round_half_even((int128)row->tier_from.digits * MONEY_PER_UNIT,
                                      power_of_ten(row->tier_from.scale));
    }
    return free;
}
