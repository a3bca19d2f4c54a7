#include "rating/resale.h"

#include "unit/money.h"

static int64_t billionths(struct decimal share)
{
    return (int64_t)round_half_even((int128)share.digits * RESALE_UNIT, power_of_ten(share.scale));
}

/* Months of age, as a fraction: whole ones, and seconds of those that the next one has. */
struct age {
    int128 months, unit;
};

static struct age age_of(int64_t from, int64_t at)
{
    int whole = months_between(from, at);
    while (whole > 0 && add_months(from, whole) > at)
        whole--;
    int64_t last = add_months(from, whole), next = add_months(from, whole + 1);
    return (struct age){(int128)whole * (next - last) + (at - last), next - last};
}

int64_t resale_share(const struct offer *offer, int64_t from, int64_t at)
{
    struct age age = age_of(from, at);
    int64_t before = RESALE_UNIT, months_before = 0;
    if (offer->n_resale == 0)
        return 0;
    for (size_t i = 0; i < offer->n_resale; i++) {
        int64_t months = offer->resale[i].age_months, share = billionths(offer->resale[i].share);
        if (age.months <= months * age.unit)
            return before +
                   (int64_t)round_half_even((share - before) * (age.months - months_before * age.unit),
                                            (months - months_before) * age.unit);
        before = share;
        months_before = months;
    }
    return before;
}
