#include "plan/size.h"

#include "base/check.h"

static void swap(int32_t *a, int32_t *b)
{
    int32_t held = *a;
    *a = *b;
    *b = held;
}

/* The value that would stand at index k of the sorted values (Hoare's quickselect, middle pivot).
 * Afterwards everything left of k is <= it, everything right of k >= it. */
static int32_t select_value(int32_t *values, int32_t n, int32_t k)
{
    int32_t low = 0, high = n - 1;
    while (low < high) {
        int32_t pivot = values[low + (high - low) / 2], i = low, j = high;
        while (i <= j) {
            while (values[i] < pivot)
                i++;
            while (values[j] > pivot)
                j--;
            if (i <= j)
                swap(&values[i++], &values[j--]);
        }
        if (k <= j)
            high = j;
        else if (k >= i)
            low = i;
        else
            return values[k];
    }
    return values[k];
}

int32_t size_peak(const int32_t *values, int32_t n)
{
    int32_t peak = 0;
    for (int32_t i = 0; i < n; i++)
        peak = values[i] > peak ? values[i] : peak;
    return peak;
}

int32_t size_percentile(int32_t *values, int32_t n, struct decimal percent)
{
    check(n > 0);
    /* h = (n - 1) p: whole part and remainder, exactly */
    int128 unit = (int128)100 * power_of_ten(percent.scale);
    int128 h = (int128)(n - 1) * percent.digits;
    int32_t below = (int32_t)(h / unit);
    int128 rest = h % unit;
    int32_t low = select_value(values, n, below);
    if (rest == 0)
        return low;
    int32_t high = INT32_MAX;
    for (int32_t i = below + 1; i < n; i++)
        high = values[i] < high ? values[i] : high;
    return low + (int32_t)(((int128)(high - low) * rest + unit - 1) / unit);
}

int32_t size_used_level(int32_t *values, int32_t n, int128 numerator, int128 denominator)
{
    check(denominator > 0 && numerator >= 0);
    int128 whole = numerator / denominator; /* used in more than `whole` steps, so in whole + 1 or more */
    if (whole >= n)
        return 0;
    return select_value(values, n, n - 1 - (int32_t)whole);
}
