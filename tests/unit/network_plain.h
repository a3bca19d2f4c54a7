#ifndef TESTS_UNIT_NETWORK_PLAIN_H
#define TESTS_UNIT_NETWORK_PLAIN_H

/* Small lease-planning problems, and two plain solvers of them to hold plan/network.h against. */

#include "test.h"

#include "plan/network.h"

enum { MOST_HOURS = 32, MOST_OFFERS = 6, MOST_TIERS = 3, MOST_LIMITS = 2 };

/* A small problem with room of its own for everything in it. */
struct small {
    struct network_problem problem;
    int64_t demand[MOST_HOURS];
    struct network_offer offers[MOST_OFFERS];
    int64_t cost[MOST_OFFERS][MOST_HOURS], quota[MOST_OFFERS][MOST_HOURS];
    struct network_tier tiers[MOST_TIERS];
    int64_t price[MOST_TIERS][MOST_HOURS], capacity[MOST_TIERS][MOST_HOURS];
    int64_t shortage[MOST_HOURS], cap[MOST_HOURS];
    struct network_start_limit limits[MOST_LIMITS];
    int64_t most[MOST_LIMITS][MOST_HOURS];
};

static void small_start(struct small *small, int32_t n_hours)
{
    memset(small, 0, sizeof *small);
    small->problem.n_hours = n_hours;
    small->problem.demand = small->demand;
    small->problem.offers = small->offers;
    small->problem.tiers = small->tiers;
    small->problem.start_limits = small->limits;
    small->problem.shortage.all = NETWORK_NONE;
    small->problem.running_cap.all = NETWORK_NONE;
}

static void small_demand(struct small *small, const int64_t *demand)
{
    memcpy(small->demand, demand, (size_t)small->problem.n_hours * sizeof *demand);
}

static struct network_offer *small_offer(struct small *small, int32_t hours, int64_t cost)
{
    size_t k = small->problem.n_offers++;
    for (int32_t s = 0; s < small->problem.n_hours; s++)
        small->cost[k][s] = cost;
    small->offers[k] = (struct network_offer){hours, 0, 1, small->cost[k], {NETWORK_NONE, NULL}, 0};
    return &small->offers[k];
}

static void small_tier(struct small *small, int64_t capacity, int64_t price)
{
    small->tiers[small->problem.n_tiers++] = (struct network_tier){{capacity, NULL}, {price, NULL}};
}

static bool is_possible(const struct network_offer *offer, int32_t start)
{
    return start >= offer->first_start && (start - offer->first_start) % offer->every == 0 &&
           offer->cost[start] != NETWORK_NONE;
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* ---- First plain solver: every plan there is, hour by hour. ---- */

struct trial {
    const struct network_problem *problem;
    int64_t largest_demand;
    int64_t running[MOST_HOURS];
    int64_t starting[1 + MOST_LIMITS][MOST_HOURS]; /* the first: of offers without a limit */
    int64_t best;                                  /* NETWORK_NONE: none */
};

/* The least cost of an hour in which so many leased servers run; NETWORK_NONE: it cannot be. */
static int64_t hour_cost(const struct network_problem *problem, int32_t t, int64_t running)
{
    int64_t cap = network_at(&problem->running_cap, t), need = problem->demand[t] - running, cost = 0,
            below = -1;
    if (running > cap)
        return NETWORK_NONE;
    int64_t shortage = network_at(&problem->shortage, t), room = cap - running;
    while (need > 0) { /* the price next above `below`, of all tiers and of shortage */
        int64_t price = NETWORK_NONE, n = 0;
        for (size_t i = 0; i < problem->n_tiers; i++) {
            int64_t p = network_at(&problem->tiers[i].price, t);
            if (p > below && p < price && room > 0)
                price = p;
        }
        if (shortage > below && shortage < price)
            price = shortage;
        if (price == NETWORK_NONE)
            return NETWORK_NONE;
        for (size_t i = 0; i < problem->n_tiers; i++)
            if (network_at(&problem->tiers[i].price, t) == price)
                n += smaller(network_at(&problem->tiers[i].capacity, t), need);
        n = smaller(smaller(n, need), room);
        room -= n;
        if (price == shortage)
            n = need;
        cost += n * price;
        need -= n;
        below = price;
    }
    return cost;
}

static void try_hour(struct trial *trial, int32_t t, size_t k, int64_t cost)
{
    const struct network_problem *problem = trial->problem;
    if (cost >= trial->best)
        return;
    if (t == problem->n_hours) {
        trial->best = cost;
        return;
    }
    if (k == problem->n_offers) {
        int64_t of_hour = hour_cost(problem, t, trial->running[t]);
        if (of_hour != NETWORK_NONE)
            try_hour(trial, t + 1, 0, cost + of_hour);
        return;
    }
    const struct network_offer *offer = &problem->offers[k];
    int64_t most = is_possible(offer, t) ? smaller(network_at(&offer->quota, t), trial->largest_demand) : 0;
    int64_t *starting = &trial->starting[offer->start_limit][t];
    if (offer->start_limit > 0)
        most = smaller(most, network_at(&problem->start_limits[offer->start_limit - 1].most, t) - *starting);
    for (int64_t n = 0; n <= most; n++) {
        int64_t price = n > 0 ? n * offer->cost[t] : 0;
        *starting += n;
        for (int32_t i = t; i < problem->n_hours && i - t < offer->hours; i++)
            trial->running[i] += n;
        try_hour(trial, t, k + 1, cost + price);
        for (int32_t i = t; i < problem->n_hours && i - t < offer->hours; i++)
            trial->running[i] -= n;
        *starting -= n;
    }
}

static int64_t best_of_all_plans(const struct network_problem *problem)
{
    struct trial trial = {.problem = problem, .best = NETWORK_NONE};
    for (int32_t t = 0; t < problem->n_hours; t++)
        if (problem->demand[t] > trial.largest_demand)
            trial.largest_demand = problem->demand[t];
    try_hour(&trial, 0, 0, 0);
    return trial.best;
}

/* ---- Second plain solver: shortest augmenting paths by Bellman and Ford. ---- */

struct path_arc {
    int from, to;
    int64_t room, cost;
};

struct path_graph {
    int n_nodes, n_arcs;
    struct path_arc
        arcs[2 * (MOST_OFFERS + MOST_TIERS + MOST_LIMITS + 4) * MOST_HOURS]; /* each, its reverse */
};

static void path_add(struct path_graph *graph, int from, int to, int64_t room, int64_t cost)
{
    if (room == 0 || cost == NETWORK_NONE)
        return;
    graph->arcs[graph->n_arcs++] = (struct path_arc){from, to, room, cost};
    graph->arcs[graph->n_arcs++] = (struct path_arc){to, from, 0, -cost};
}

static int64_t room_after(int64_t room, int64_t used)
{
    return room == NETWORK_NONE ? NETWORK_NONE : room - used;
}

/* Sends what one shortest path can carry; false where there is none. */
static bool path_augment(struct path_graph *graph, int from, int to, int64_t *cost)
{
    int64_t distance[(1 + MOST_LIMITS) * MOST_HOURS + 3], least = NETWORK_NONE;
    int by[(1 + MOST_LIMITS) * MOST_HOURS + 3];
    bool changed = true;
    for (int v = 0; v < graph->n_nodes; v++)
        distance[v] = v == from ? 0 : NETWORK_NONE;
    while (changed) {
        changed = false;
        for (int i = 0; i < graph->n_arcs; i++) {
            const struct path_arc *arc = &graph->arcs[i];
            if (arc->room == 0 || distance[arc->from] == NETWORK_NONE ||
                distance[arc->from] + arc->cost >= distance[arc->to])
                continue;
            distance[arc->to] = distance[arc->from] + arc->cost;
            by[arc->to] = i;
            changed = true;
        }
    }
    if (distance[to] == NETWORK_NONE)
        return false;
    for (int v = to; v != from; v = graph->arcs[by[v]].from)
        least = smaller(least, graph->arcs[by[v]].room);
    for (int v = to; v != from; v = graph->arcs[by[v]].from) {
        graph->arcs[by[v]].room = room_after(graph->arcs[by[v]].room, least);
        graph->arcs[by[v] ^ 1].room = room_after(graph->arcs[by[v] ^ 1].room, -least);
    }
    *cost += least * distance[to];
    return true;
}

/* Returns the cost of what the cap makes impossible to serve; NETWORK_NONE: it must be served. */
static int64_t path_build(struct path_graph *graph, const struct network_problem *problem)
{
    int n_hours = problem->n_hours, source = n_hours + 1, sink = n_hours + 2;
    int64_t before = 0, forced = 0;
    graph->n_nodes = n_hours + 3 + (int)problem->n_start_limits * n_hours;
    graph->n_arcs = 0;
    for (int t = 0; t < n_hours; t++) {
        int64_t cap = network_at(&problem->running_cap, t), demand = smaller(problem->demand[t], cap);
        int64_t shortage = network_at(&problem->shortage, t);
        if (problem->demand[t] > cap && shortage == NETWORK_NONE)
            return NETWORK_NONE;
        forced += problem->demand[t] > cap ? (problem->demand[t] - cap) * shortage : 0;
        path_add(graph, source, t, demand > before ? demand - before : 0, 0);
        path_add(graph, t, sink, demand < before ? before - demand : 0, 0);
        path_add(graph, t + 1, t, room_after(cap, demand), 0);
        path_add(graph, t, t + 1, NETWORK_NONE, shortage);
        for (size_t i = 0; i < problem->n_tiers; i++)
            path_add(graph, t, t + 1, network_at(&problem->tiers[i].capacity, t),
                     network_at(&problem->tiers[i].price, t));
        for (size_t k = 0; k < problem->n_offers; k++) {
            const struct network_offer *offer = &problem->offers[k];
            int end = offer->hours < n_hours - t ? t + offer->hours : n_hours;
            int from = offer->start_limit > 0 ? n_hours + 3 + (offer->start_limit - 1) * n_hours + t : t;
            if (is_possible(offer, t))
                path_add(graph, from, end, network_at(&offer->quota, t), offer->cost[t]);
        }
        for (size_t i = 0; i < problem->n_start_limits; i++)
            path_add(graph, t, n_hours + 3 + (int)i * n_hours + t,
                     network_at(&problem->start_limits[i].most, t), 0);
        before = demand;
    }
    path_add(graph, n_hours, sink, before, 0);
    return forced;
}

static int64_t best_by_paths(const struct network_problem *problem)
{
    struct path_graph graph;
    int64_t cost = path_build(&graph, problem);
    if (cost == NETWORK_NONE)
        return NETWORK_NONE;
    while (path_augment(&graph, problem->n_hours + 1, problem->n_hours + 2, &cost))
        continue;
    for (int i = 0; i < graph.n_arcs; i += 2)
        if (graph.arcs[i].from == problem->n_hours + 1 && graph.arcs[i].room > 0)
            return NETWORK_NONE;
    return cost;
}

#endif
