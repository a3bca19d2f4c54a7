#ifndef PLAN_PLANNER_H
#define PLAN_PLANNER_H

/* What the files that plan a strategy share; plan/plan.h is for everybody else. */

#include "plan/plan.h"
#include "supply/booked.h"
#include "supply/spot.h"

/* One layer being planned. */
struct planner {
    struct arena *arena;
    const struct study *study;
    const struct demand *demand;
    const struct strategy *strategy;
    const struct layer *layer;
    const struct offer *offer;
    int layer_index;
    int32_t *need;                    /* residual: what the layers below leave */
    int32_t *scratch;                 /* n_steps values */
    const struct planned_order *rows; /* of a hand-written or optimal plan, for all layers */
    size_t n_rows;
    struct plan *plan;
    struct bookings *bookings; /* of crews, by the orders so far */
    struct plan_problem *problem;
};

/* Servers of the layer that are in service after `at` or will be; those whose term ends just then. */
struct standing {
    int64_t held, ending;
};
struct standing planner_standing(const struct planner *p, int64_t at);

/* Units of a reservation's quota that are taken at a time: by this layer and those below. */
int128 planner_quota_taken(const struct planner *p, int64_t at);
/* False, with a problem, where an order takes more than MOST_ROUNDS. */
bool planner_places_in_time(const struct planner *p, int64_t servers);
/* Records an order and its deliveries. A reservation's servers share one term, from its last server on. */
void planner_place(const struct planner *p, int64_t servers, int64_t ordered, struct arrivals *arrivals,
                   int64_t wanted, enum order_reason reason);
void planner_renew(const struct planner *p, int64_t servers, int64_t at);
/* Spot servers: an order for each time in which a number of them runs without interruption. */
void planner_spot_between(const struct planner *p, const struct spot_windows *windows, int64_t servers,
                          int64_t from, int64_t to);

/* The orders of a layer from rows: of a hand-written plan, or of the optimum. */
void plan_by_hand(const struct planner *p);

#endif
