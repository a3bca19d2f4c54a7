#ifndef PLAN_PLANNER_H
#define PLAN_PLANNER_H

/* What the files that plan a strategy share; plan/plan.h is for everybody else. */

#include "plan/plan.h"
#include "plan/sight.h"
#include "supply/booked.h"
#include "supply/rounds.h"
#include "supply/spot.h"

/* One layer being planned. Of the demand it has what the sight lets through. */
struct planner {
    struct arena *arena;
    const struct study *study;
    const struct strategy *strategy;
    const struct layer *layer;
    const struct offer *offer;
    int layer_index;
    struct sight *sight;
    int32_t *scratch;                 /* a value for each step of the study */
    int64_t now;                      /* when a buyer who forecasts decides */
    const struct planned_order *rows; /* of a hand-written or optimal plan, for all layers */
    size_t n_rows;
    struct plan *plan;
    struct bookings *bookings; /* of crews, by the orders so far */
    struct plan_problem *problem;
};

/* Servers of the layer that are in service after a time or will be; those whose term ends just then. */
struct standing {
    int64_t held, ending;
};
struct standing planner_standing(const struct planner *p, int64_t at);

/* Is the layer sized for a whole term of its offer rather than up to the next review? */
bool planner_sizes_by_term(const struct planner *p);
/* Servers of the layer wanted in [from, until), decided at the prices and with the knowledge of `decided`. */
int64_t planner_target(const struct planner *p, int64_t decided, int64_t from, int64_t until);

/* The first time in (after, before) at which a term of the layer ends; `before` where there is none. */
int64_t planner_next_ending(const struct planner *p, int64_t after, int64_t before);

/* Units of a reservation's quota that this layer and those below take: the most of what is in service at a
 * time or comes within a term of it, as far as the quota is not lifted by then. */
int128 planner_quota_taken(const struct planner *p, int64_t at);
/* False, with a problem, where an order takes more than MOST_ROUNDS. */
bool planner_places_in_time(const struct planner *p, int64_t servers);
/* Servers that arrive before the space of their site is delivered enter service with it. */
void planner_wait_for_site(const struct planner *p, int64_t ordered, struct arrivals *arrivals);
/* Servers of the layer that `most_servers` of the strategy still lets be in service through [from, to),
 * beside all that is placed already. */
int64_t planner_room(const struct planner *p, int64_t from, int64_t to);
/* An order of the layer; its lots follow it. */
struct order *planner_append_order(const struct planner *p, struct order order);
void planner_append_lot(const struct planner *p, struct lot lot);
/* Records an order and its deliveries, as far as `most_servers` lets them come; false where nothing is left.
 * A reservation's servers that come within a step share a term, from the first of them on.
 * `kept_months` > 0: hosting that is ended early, each delivery after so many contract months. */
bool planner_place_until(const struct planner *p, int64_t servers, int64_t ordered, struct arrivals *arrivals,
                         int64_t wanted, enum order_reason reason, int kept_months);
bool planner_place(const struct planner *p, int64_t servers, int64_t ordered, struct arrivals *arrivals,
                   int64_t wanted, enum order_reason reason);
/* Continues servers whose term ends, as far as what else is placed leaves them of a quota that stays. */
bool planner_renew(const struct planner *p, int64_t servers, int64_t at);
bool planner_renew_until(const struct planner *p, int64_t servers, int64_t at, int kept_months);
/* Spot servers: an order for each time in which a number of them runs without interruption. */
void planner_spot_between(const struct planner *p, const struct spot_windows *windows, int64_t servers,
                          int64_t from, int64_t to);

/* The orders of all layers by plans that are made anew again and again. */
void plan_rolling(struct planner *p);
/* The orders of a layer that are decided step by step. */
void plan_online(struct planner *p);
/* The orders of a layer from rows: of a hand-written plan, or of the optimum. */
void plan_by_hand(const struct planner *p);
/* The orders of a layer by a buyer who forecasts. */
void plan_by_forecast(struct planner *p);

#endif
