#include "supply/kernel.h"

int64_t kernel_sum_min(const int32_t *d, int32_t n, int32_t capacity)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < n; i++)
        sum += d[i] < capacity ? d[i] : capacity;
    return sum;
}

int64_t kernel_sum(const int32_t *d, int32_t n)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < n; i++)
        sum += d[i];
    return sum;
}

int32_t kernel_max(const int32_t *d, int32_t n)
{
    int32_t most = 0;
    for (int32_t i = 0; i < n; i++)
        most = d[i] > most ? d[i] : most;
    return most;
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

int64_t kernel_sum_beyond(const int64_t *load, int32_t n, int64_t carried)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < n; i++)
        sum += load[i] > carried ? load[i] - carried : 0;
    return sum;
}
