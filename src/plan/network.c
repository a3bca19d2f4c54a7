#include "plan/network_parts.h"

#include "base/arena.h"
#include "base/check.h"

enum { GRID_BLOCK = 1000, LEAST_BLOCK = 128, N_GRIDS = 2, FEW_HOURS = 12, MANY_HOURS = 2000 };

enum outcome { OUTCOME_SOLVED, OUTCOME_UNSURE, OUTCOME_TOO_LARGE };

/* About the square root of the number of arcs. */
static int32_t block_size(const struct network *net)
{
    int64_t n_arcs = (int64_t)(net->n_lanes + 2) * net->n_hours, block = LEAST_BLOCK;
    while (block * block < n_arcs)
        block++;
    return (int32_t)block;
}

static void improve(struct network *net, int32_t grid, int32_t block)
{
    struct network_scan scan = {.block = block};
    struct network_entry entry;
    net->grid = grid;
    network_forget_blocks(net);
    while (network_scan(net, &scan, &entry))
        network_pivot(net, entry);
}

/* The plan has its shape before every start is looked at: from a coarser problem, or from starts on a coarse
 * grid. */
static void improve_in_stages(struct network *net)
{
    static const int32_t grids[N_GRIDS] = {730, 24};
    if (net->has_quotas && net->n_hours >= FEW_HOURS)
        network_start(net);
    for (int i = 0; i < N_GRIDS; i++)
        if (!net->has_quotas && net->n_hours >= MANY_HOURS)
            improve(net, grids[i], GRID_BLOCK);
    improve(net, 1, block_size(net));
}

static enum outcome solve(struct arena *arena, const struct network_problem *problem,
                          struct network_solution *solution)
{
    struct arena scratch = {0};
    struct network net = {.arena = &scratch, .problem = problem, .n_hours = problem->n_hours, .grid = 1};
    enum outcome outcome = OUTCOME_TOO_LARGE;
    *solution = (struct network_solution){.uncovered_hour = -1};
    if (network_scale(&net)) {
        network_build(&net);
        improve_in_stages(&net);
        network_read(arena, &net, solution);
        outcome = solution->feasible || net.is_sure ? OUTCOME_SOLVED : OUTCOME_UNSURE;
    }
    arena_free(&scratch);
    return outcome;
}

/* The same problem with nothing to pay. */
static struct network_problem free_of_charge(struct arena *arena, const struct network_problem *problem)
{
    struct network_problem result = *problem;
    size_t n_hours = (size_t)problem->n_hours;
    struct network_offer *offers = ARENA_NEW(arena, struct network_offer, problem->n_offers);
    struct network_tier *tiers = ARENA_NEW(arena, struct network_tier, problem->n_tiers);
    for (size_t k = 0; k < problem->n_offers; k++) {
        int64_t *cost = ARENA_NEW(arena, int64_t, n_hours);
        for (size_t s = 0; s < n_hours; s++)
            cost[s] = problem->offers[k].cost[s] == NETWORK_NONE ? NETWORK_NONE : 0;
        offers[k] = problem->offers[k];
        offers[k].cost = cost;
    }
    for (size_t i = 0; i < problem->n_tiers; i++) {
        int64_t *price = ARENA_NEW(arena, int64_t, n_hours);
        for (int32_t t = 0; t < problem->n_hours; t++)
            price[t] = network_at(&problem->tiers[i].price, t) == NETWORK_NONE ? NETWORK_NONE : 0;
        tiers[i] = problem->tiers[i];
        tiers[i].price.each = price;
    }
    int64_t *shortage = ARENA_NEW(arena, int64_t, n_hours);
    for (int32_t t = 0; t < problem->n_hours; t++)
        shortage[t] = network_at(&problem->shortage, t) == NETWORK_NONE ? NETWORK_NONE : 0;
    result.offers = offers;
    result.tiers = tiers;
    result.shortage.each = shortage;
    return result;
}

bool network_solve(struct arena *arena, const struct network_problem *problem,
                   struct network_solution *solution)
{
    check(problem->n_hours >= 0);
    if (problem->n_hours == 0) {
        *solution = (struct network_solution){.feasible = true, .uncovered_hour = -1};
        return true;
    }
    enum outcome outcome = solve(arena, problem, solution);
    if (outcome == OUTCOME_UNSURE) {
        struct arena scratch = {0};
        struct network_problem gratis = free_of_charge(&scratch, problem);
        struct network_solution covered;
        outcome = solve(&scratch, &gratis, &covered);
        check(outcome == OUTCOME_SOLVED);
        solution->uncovered_hour = covered.uncovered_hour;
        if (covered.feasible)
            outcome = OUTCOME_TOO_LARGE;
        arena_free(&scratch);
    }
    return outcome != OUTCOME_TOO_LARGE;
}
