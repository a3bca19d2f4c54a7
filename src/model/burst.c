#include "model/burst.h"

#include "unit/calendar.h"
#include "unit/money.h"

int64_t burst_start(const struct burst *burst, int n, int64_t end)
{
    if (n > 0 && !burst->every_year)
        return INT64_MAX;
    int64_t start = add_months(burst->at_seconds, 12 * n);
    return start < end ? start : INT64_MAX;
}

int64_t burst_length(const struct burst *burst)
{
    return burst->ramp_seconds + burst->hold_seconds + burst->decay_seconds;
}

int64_t burst_adds(const struct burst *burst, int64_t from, int64_t to)
{
    int64_t plateau = burst->ramp_seconds, falling = plateau + burst->hold_seconds;
    if (to <= 0 || from >= falling + burst->decay_seconds)
        return 0;
    int128 share = burst->servers, whole = 1;
    if (to < plateau) {
        share *= to;
        whole = plateau;
    } else if (from > falling) {
        share *= falling + burst->decay_seconds - from;
        whole = burst->decay_seconds;
    }
    return (int64_t)((share + whole - 1) / whole);
}
