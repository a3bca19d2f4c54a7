#include "supply/kernel.h"

struct drawn kernel_draw(const int32_t *d, int32_t n, int32_t capacity)
{
    int64_t used = 0;
    int32_t n_above = 0, largest = 0;
    for (int32_t i = 0; i < n; i++) {
        used += d[i] < capacity ? d[i] : capacity;
        n_above += d[i] > capacity;
        largest = d[i] > largest ? d[i] : largest;
    }
    return (struct drawn){used, n_above, largest};
}

static int32_t above(int32_t d, int32_t capacity)
{
    return d > capacity ? d - capacity : 0;
}

struct residual kernel_residual(const int32_t *d, int32_t n, int32_t capacity, int32_t before)
{
    int32_t first = above(d[0], capacity);
    int32_t largest = first, largest_rise = first > before ? first - before : 0;
    int64_t sum = first, rises = largest_rise;
    for (int32_t i = 1; i < n; i++) {
        int32_t r = above(d[i], capacity);
        int32_t rise = r - above(d[i - 1], capacity);
        rise = rise > 0 ? rise : 0;
        sum += r;
        rises += rise;
        largest_rise = rise > largest_rise ? rise : largest_rise;
        largest = r > largest ? r : largest;
    }
    return (struct residual){sum, rises, largest_rise, largest, above(d[n - 1], capacity)};
}

enum { BLOCK_STEPS = 1024 }; /* a block's sum fits 64 bits: loads are below 2^51 */

int128 kernel_sum_beyond(const int64_t *load, int32_t n, int64_t carried)
{
    int128 total = 0;
    for (int32_t from = 0; from < n; from += BLOCK_STEPS) {
        int64_t sum = 0;
        for (int32_t i = from; i < n && i < from + BLOCK_STEPS; i++)
            sum += load[i] > carried ? load[i] - carried : 0;
        total += sum;
    }
    return total;
}
