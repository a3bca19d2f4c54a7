#include "rating/discount.h"

#include "base/arena.h"
#include "unit/root.h"

double *discount_factors(struct arena *arena, const struct study *study, int n_months)
{
    double *factors = ARENA_NEW(arena, double, n_months + 1);
    double monthly = 1;
    if (study->has_discount_rate && study->discount_rate.digits > 0)
        monthly = 1 / twelfth_root(1 + decimal_as_double(study->discount_rate));
    factors[0] = 1;
    for (int i = 1; i <= n_months; i++)
        factors[i] = factors[i - 1] * monthly;
    return factors;
}

money discounted(money amount, double factor)
{
    double value = (double)amount * factor;
    return factor == 1 ? amount : (money)(value < 0 ? value - 0.5 : value + 0.5);
}
