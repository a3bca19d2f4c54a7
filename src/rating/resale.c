#include "rating/resale.h"

#include "unit/money.h"

/* Months of a life; `1 yr` has twelve of 730 h. */
static int64_t life_months(const struct offer *offer)
{
    return offer->term.months > 0 ? offer->term.months : offer->term.seconds / (730 * HOUR_SECONDS);
}

static int64_t billionths(struct decimal share)
{
    return (int64_t)round_half_even((int128)share.digits * RESALE_UNIT, power_of_ten(share.scale));
}

int64_t resale_share(const struct offer *offer, int64_t age_seconds, int64_t length_seconds)
{
    /* age in months is age_seconds x life / length: kept as a fraction */
    int128 age = (int128)age_seconds * life_months(offer), before_age = 0;
    int64_t before = RESALE_UNIT;
    if (offer->n_resale == 0)
        return 0;
    for (size_t i = 0; i < offer->n_resale; i++) {
        int128 point_age = (int128)offer->resale[i].age_months * length_seconds;
        int64_t share = billionths(offer->resale[i].share);
        if (age <= point_age)
            return before +
                   (int64_t)round_half_even((share - before) * (age - before_age), point_age - before_age);
        before = share;
        before_age = point_age;
    }
    return before;
}
