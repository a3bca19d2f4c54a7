#include "plan/online.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/random.h"

enum { LEAST_RING = 64 };

#define EULER 2.718281828459045

/* p n > beta F with beta = 1 / (1 - alpha) is (p - alpha p) n > F. */
int64_t online_break_even_patience(const struct online_terms *terms)
{
    if (terms->usage_rate >= terms->price)
        return ONLINE_NEVER;
    return terms->fee / (terms->price - terms->usage_rate);
}

/* The distribution turned around: z = ln(1 + u (e - 1 + alpha)) / (1 - alpha); p n > z F. */
int64_t online_random_patience(const struct online_terms *terms, uint64_t seed, uint64_t trial)
{
    if (terms->usage_rate >= terms->price)
        return ONLINE_NEVER;
    double alpha = (double)terms->usage_rate / (double)terms->price;
    double drawn = random_uniform(seed, trial, STR("online patience"), 0) * (EULER - 1 + alpha);
    if (drawn >= EULER - 1)
        return ONLINE_NEVER;
    return (int64_t)(log1p(drawn) * (double)terms->fee / (double)(terms->price - terms->usage_rate));
}

static void append(struct arena *arena, int64_t **items, int32_t n_items, size_t *capacity, int64_t item)
{
    if ((size_t)n_items == *capacity)
        *items = arena_grow(arena, *items, (size_t)n_items, capacity, sizeof **items);
    (*items)[n_items] = item;
}

/* Reservations whose term is over when hour `hour` begins. */
static int64_t made_until(const int64_t *made, int32_t hour, int32_t term_hours)
{
    return hour >= term_hours ? made[hour - term_hours] : 0;
}

static int32_t *hours_with(const struct online_break_even *policy, int64_t key)
{
    return &policy->with_key[key & (policy->ring - 1)];
}

static void widen(struct arena *arena, struct online_break_even *policy, int64_t demand)
{
    struct online_break_even old = *policy;
    int64_t ring = old.ring > 0 ? old.ring : LEAST_RING;
    if (demand < old.ring)
        return;
    check(demand <= ONLINE_MOST_SERVERS);
    while (ring <= demand)
        ring *= 2;
    policy->ring = ring;
    policy->with_key = ARENA_NEW(arena, int32_t, ring);
    for (int64_t key = old.n_made + 1; key < old.n_made + old.ring; key++)
        *hours_with(policy, key) = *hours_with(&old, key);
}

/* Hour i counts as reserved by all that is made within a term before or after it: by what is made until now
 * less what was made until i - term_hours. So demand exceeds it while demand + made until then, which is
 * the hour's key and never changes, is above what is made until now. Each key is passed once. */
int64_t online_break_even_step(struct arena *arena, struct online_break_even *policy, int64_t demand)
{
    int32_t hour = policy->n_hours++;
    int64_t gone = made_until(policy->made, hour, policy->term_hours), key = demand + gone;
    int64_t before = policy->n_made;
    check(demand >= 0);
    widen(arena, policy, demand);
    append(arena, &policy->keys, hour, &policy->keys_capacity, key);
    if (hour >= policy->term_hours && policy->keys[hour - policy->term_hours] > policy->n_made) {
        --*hours_with(policy, policy->keys[hour - policy->term_hours]);
        policy->n_short--;
    }
    if (key > policy->n_made) {
        ++*hours_with(policy, key);
        policy->n_short++;
    }
    while (policy->n_short > policy->patience) {
        int32_t *covered = hours_with(policy, ++policy->n_made);
        policy->n_short -= *covered;
        *covered = 0;
    }
    append(arena, &policy->made, hour, &policy->made_capacity, policy->n_made);
    return policy->n_made - before;
}

/* How many of the first n are less than a value. */
static int32_t rank_of(const int64_t *sorted, int32_t n, int64_t value)
{
    int32_t low = 0, high = n;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (sorted[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Keeps the window's demand in order. */
static void slide(struct online_percentile *policy, int32_t hour, int64_t demand)
{
    int64_t *sorted = policy->sorted;
    int32_t n = hour < policy->window_hours ? hour : policy->window_hours;
    if (n == policy->window_hours) {
        int32_t at = rank_of(sorted, n--, policy->demand[hour - policy->window_hours]);
        memmove(sorted + at, sorted + at + 1, (size_t)(n - at) * sizeof *sorted);
    }
    int32_t at = rank_of(sorted, n, demand);
    memmove(sorted + at + 1, sorted + at, (size_t)(n - at) * sizeof *sorted);
    sorted[at] = demand;
}

int64_t online_percentile_step(struct arena *arena, struct online_percentile *policy, int64_t demand)
{
    int32_t hour = policy->n_hours++;
    int64_t before = policy->n_made;
    check(demand >= 0 && demand <= ONLINE_MOST_SERVERS && policy->percent > 0 && policy->percent <= 100);
    if (policy->sorted == NULL)
        policy->sorted = ARENA_NEW(arena, int64_t, policy->window_hours);
    slide(policy, hour, demand);
    append(arena, &policy->demand, hour, &policy->demand_capacity, demand);
    if (hour + 1 >= policy->window_hours && hour % policy->review_hours == 0) {
        int64_t rank = ((int64_t)policy->percent * policy->window_hours + 99) / 100;
        int64_t running = policy->n_made - made_until(policy->made, hour, policy->term_hours);
        int64_t missing = policy->sorted[rank - 1] - running;
        policy->n_made += missing > 0 ? missing : 0;
    }
    append(arena, &policy->made, hour, &policy->made_capacity, policy->n_made);
    return policy->n_made - before;
}

struct online_bill online_bill(const struct online_terms *terms, const int64_t *demand,
                               const int64_t *reserved, int32_t n_hours)
{
    struct online_bill bill = {0};
    int64_t running = 0;
    for (int32_t t = 0; t < n_hours; t++) {
        running += reserved[t] - (t >= terms->term_hours ? reserved[t - terms->term_hours] : 0);
        int64_t used = demand[t] < running ? demand[t] : running;
        bill.n_reserved += reserved[t];
        bill.usage += (int128)used * terms->usage_rate;
        bill.on_demand += (int128)(demand[t] - used) * terms->price;
    }
    bill.fees = (int128)bill.n_reserved * terms->fee;
    return bill;
}
