#include "plan/network_parts.h"

#include "base/arena.h"
#include "base/check.h"

/* Where starts have quotas, a coarser problem is solved first, some hours being one: its leases start and end
 * with such blocks, and have the quotas of all starts in one. It is a small part of the work, and what was
 * leased there is a good guess: all but what is left of a quota runs from the beginning. */

enum { BLOCK_HOURS = 6, SMALL_PART = 12, MOST_TIERS = 2 * SMALL_PART + 2, DEARER = 4 };

/* Below this many leases one more server is wanted, at a price higher by `rise`. */
struct rise {
    int64_t level, rise;
};

struct coarse {
    struct arena arena;
    const struct network *net;
    struct network_problem problem;
    struct network_offer *offers;
    struct network_tier *tiers;
    int64_t *demand, *price, *capacity; /* [n_hours], [tiers x n_hours] */
    size_t most_tiers;
    struct rise *rises; /* of one block */
};

/* The first hour after a block. */
static int32_t block_end(const struct network *net, int32_t block)
{
    return BLOCK_HOURS < net->n_hours - block * BLOCK_HOURS ? (block + 1) * BLOCK_HOURS : net->n_hours;
}

/* Not to be covered is only so much dearer that coarse prices stay small. */
static size_t hour_rises(const struct network *net, int32_t hour, struct rise *rises)
{
    size_t n = 0, not_covered = net->problem->n_offers + net->problem->n_tiers + 1;
    int64_t left = net->demand[hour], below = 0;
    network_pools(net, hour);
    for (const struct network_pool *pool = net->pools; left > 0; pool++) {
        bool is_dear = pool->kind == not_covered && pool->price > DEARER * net->largest_cost;
        int64_t price = is_dear ? DEARER * net->largest_cost : pool->price;
        rises[n++] = (struct rise){left, price - below};
        below = price;
        left -= pool->capacity < left ? pool->capacity : left;
    }
    return n;
}

/* From the highest level down; each hour's are so already. */
static void sort_rises(struct rise *rises, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct rise moved = rises[i];
        size_t at = i;
        for (; at > 0 && rises[at - 1].level < moved.level; at--)
            rises[at] = rises[at - 1];
        rises[at] = moved;
    }
}

static void add_tier(struct coarse *coarse, size_t *n, int32_t block, int64_t capacity, int64_t price)
{
    check(*n < coarse->most_tiers);
    size_t at = (*n)++ * (size_t)coarse->problem.n_hours + (size_t)block;
    coarse->capacity[at] = capacity;
    coarse->price[at] = price;
    if (*n > coarse->problem.n_tiers)
        coarse->problem.n_tiers = *n;
}

/* Small tiers become one, at the mean of their prices: of tiers that follow each other, two are not small
 * together. */
static void merge_tiers(struct coarse *coarse, int32_t block, size_t n)
{
    const struct rise *rises = coarse->rises;
    size_t n_tiers = 0;
    int64_t price = 0, small = 0, enough = rises[0].level / SMALL_PART + 1;
    int128 small_cost = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t capacity = rises[i].level - (i + 1 < n ? rises[i + 1].level : 0);
        bool is_large = capacity >= enough || i + 1 == n;
        price += rises[i].rise;
        if (small > 0 && (small + capacity >= enough || is_large)) {
            add_tier(coarse, &n_tiers, block, small, (int64_t)(small_cost / small));
            small = 0;
            small_cost = 0;
        }
        if (is_large)
            add_tier(coarse, &n_tiers, block, capacity, price);
        small += is_large ? 0 : capacity;
        small_cost += is_large ? 0 : (int128)capacity * price;
    }
}

/* What a block's hours cost together is a convex function of the leases that run: tiers. */
static void build_tiers(struct coarse *coarse, int32_t block)
{
    size_t n = 0;
    for (int32_t t = block * BLOCK_HOURS; t < block_end(coarse->net, block); t++)
        n += hour_rises(coarse->net, t, coarse->rises + n);
    if (n == 0)
        return;
    sort_rises(coarse->rises, n);
    coarse->demand[block] = coarse->rises[0].level;
    merge_tiers(coarse, block, n);
}

static void build_offer(struct coarse *coarse, size_t k)
{
    const struct network_offer *fine = &coarse->net->problem->offers[k];
    int32_t n_blocks = coarse->problem.n_hours, hours = fine->hours / BLOCK_HOURS;
    int64_t *cost = ARENA_NEW(&coarse->arena, int64_t, n_blocks);
    int64_t *quota = ARENA_NEW(&coarse->arena, int64_t, n_blocks);
    hours += fine->hours % BLOCK_HOURS > BLOCK_HOURS / 2;
    for (int32_t b = 0; b < n_blocks; b++)
        cost[b] = NETWORK_NONE;
    for (int64_t s = fine->first_start; s < coarse->net->n_hours && fine->hours >= BLOCK_HOURS;
         s += fine->every) {
        int64_t more = fine->cost[s] != NETWORK_NONE ? network_quota(coarse->net, k, (int32_t)s) : 0;
        int64_t *sum = &quota[s / BLOCK_HOURS];
        *sum = more == NETWORK_NONE || *sum == NETWORK_NONE ? NETWORK_NONE : *sum + more;
        if (more > 0 && cost[s / BLOCK_HOURS] == NETWORK_NONE)
            cost[s / BLOCK_HOURS] = fine->cost[s];
    }
    coarse->offers[k] =
        (struct network_offer){.hours = hours > 0 ? hours : 1, .every = 1, .cost = cost, .quota.each = quota};
}

static void build_problem(struct coarse *coarse, const struct network *net)
{
    struct arena *arena = &coarse->arena;
    size_t n_offers = net->problem->n_offers, n_blocks = (size_t)(net->n_hours - 1) / BLOCK_HOURS + 1;
    size_t most_rises = BLOCK_HOURS * (n_offers - net->n_leases + net->problem->n_tiers + 2);
    size_t most_tiers = most_rises < MOST_TIERS ? most_rises : MOST_TIERS;
    coarse->most_tiers = most_tiers;
    coarse->net = net;
    coarse->problem.n_hours = (int32_t)n_blocks;
    coarse->problem.demand = coarse->demand = ARENA_NEW(arena, int64_t, n_blocks);
    coarse->problem.offers = coarse->offers = ARENA_NEW(arena, struct network_offer, n_offers);
    coarse->problem.n_offers = n_offers;
    coarse->problem.shortage.all = coarse->problem.running_cap.all = NETWORK_NONE;
    coarse->rises = ARENA_NEW(arena, struct rise, most_rises);
    coarse->price = ARENA_NEW(arena, int64_t, most_tiers * n_blocks);
    coarse->capacity = ARENA_NEW(arena, int64_t, most_tiers * n_blocks);
    coarse->problem.tiers = coarse->tiers = ARENA_NEW(arena, struct network_tier, most_tiers);
    for (size_t i = 0; i < most_tiers; i++) {
        coarse->tiers[i].price.each = coarse->price + i * n_blocks;
        coarse->tiers[i].capacity.each = coarse->capacity + i * n_blocks;
    }
    for (int32_t b = 0; b < coarse->problem.n_hours; b++)
        build_tiers(coarse, b);
    for (size_t k = 0; k < n_offers; k++)
        build_offer(coarse, k);
}

/* Fills the first starts of every block with what was leased in it. */
static void spread(const struct network *net, const struct network_lane *lane, const int64_t *leases,
                   int64_t *starting)
{
    int64_t left = 0;
    for (int32_t s = lane->first, b = -1; s < net->n_hours; s += lane->every) {
        if (s / BLOCK_HOURS > b) {
            b = s / BLOCK_HOURS;
            left = leases[b];
        }
        int64_t quota = network_quota(net, (size_t)lane->row - 1, s);
        if (lane->state[s] == LEASE_CLOSED || quota > left)
            continue;
        lane->state[s] = LEASE_FULL;
        left -= quota;
        starting[s] += quota;
        starting[network_end(net, lane, s)] -= quota;
    }
}

void network_start(struct network *net)
{
    struct coarse coarse = {0};
    struct network_solution solution;
    build_problem(&coarse, net);
    if (network_solve(&coarse.arena, &coarse.problem, &solution) && solution.feasible) {
        int64_t *starting = ARENA_NEW(&coarse.arena, int64_t, net->n_hours + 1);
        for (size_t i = 0; i < net->n_leases; i++) {
            const struct network_lane *lane = &net->lanes[i];
            if (lane->state != NULL)
                spread(net, lane, solution.leases + (size_t)(lane->row - 1) * (size_t)coarse.problem.n_hours,
                       starting);
        }
        network_build_path(net, starting);
    }
    arena_free(&coarse.arena);
}
