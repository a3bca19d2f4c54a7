#include "plan/plan.h"

#include "base/arena.h"
#include "base/check.h"
#include "model/study_check.h"
#include "plan/ahead.h"
#include "plan/optimum.h"
#include "plan/planner.h"
#include "plan/size.h"
#include "rating/lease.h"
#include "supply/delivery.h"
#include "supply/spot.h"

/* Steps of use at which a lease from `at` costs as much as the running hours it replaces:
 * (lease cost / equals) / (price of an hour / its equals - own price of an hour in use / equals), in steps.
 */
static bool break_even_level(const struct planner *p, int64_t at, int32_t n_steps, int32_t *level)
{
    const struct offer *next = &p->study->offers[(p->layer + 1)->offer];
    int64_t until = at + n_steps * p->study->step_seconds;
    money lease, hour = running_price(next, at), own_hour = running_price(p->offer, at);
    if (!lease_cost(p->study, p->offer, at, until, &lease))
        return false;
    int128 for_next = (int128)next->equals.digits * power_of_ten(p->offer->equals.scale);
    int128 for_own = (int128)p->offer->equals.digits * power_of_ten(next->equals.scale);
    int128 numerator = (int128)lease * for_next, denominator = hour * for_own - own_hour * for_next;
    *level = denominator <= 0 ? 0
                              : size_used_level(p->scratch, n_steps, numerator * HOUR_SECONDS,
                                                denominator * p->study->step_seconds);
    return true;
}

/* A commitment of money an hour buys as many whole servers at the plan's hourly rate. */
static int64_t servers_for_commitment(const struct planner *p, int64_t at)
{
    money hour = committed_price(p->offer, at);
    money commitment;
    if (hour <= 0 || !money_product(1, 1, p->layer->hourly, &commitment))
        return 0;
    return commitment / hour;
}

bool planner_sizes_by_term(const struct planner *p)
{
    return p->layer->rule == SIZE_PERCENTILE || p->layer->rule == SIZE_BREAK_EVEN;
}

int64_t planner_target(const struct planner *p, int64_t decided, int64_t from, int64_t until)
{
    int32_t level = 0;
    if (p->layer->rule == SIZE_MONEY)
        return servers_for_commitment(p, decided);
    if (p->layer->rule == SIZE_NUMBER)
        return offer_servers_for(p->offer, p->layer->number);
    /* the need of a step that the time only touches counts in a peak */
    int32_t n = sight_need(p->sight, decided, from, until, p->layer->rule == SIZE_PEAK, p->scratch);
    if (n <= 0)
        return 0;
    if (p->layer->rule == SIZE_PEAK)
        level = size_peak(p->scratch, n);
    else if (p->layer->rule == SIZE_PERCENTILE)
        level = size_percentile(p->scratch, n, p->layer->percentile);
    else if (!break_even_level(p, decided, n, &level))
        level = 0;
    if (p->layer->rule == SIZE_BREAK_EVEN) /* only servers that are used enough as a whole */
        return (int64_t)((int128)level * power_of_ten(p->offer->equals.scale) / p->offer->equals.digits);
    return offer_servers_for(p->offer, level);
}

/* Servers of the layer wanted from `at` on. */
static int64_t target_servers(const struct planner *p, int64_t at)
{
    int64_t until =
        planner_sizes_by_term(p) ? term_end(at, p->offer->term) : add_months(at, p->strategy->review_months);
    if (p->layer->rule == SIZE_PEAK && p->strategy->knows == KNOWS_ALL)
        until = ahead_next_handover(p->study, p->layer->offer, at, until);
    return planner_target(p, at, at, until);
}

struct standing planner_standing(const struct planner *p, int64_t at)
{
    struct standing s = {0, 0};
    for (size_t i = 0; i < p->plan->n_lots; i++) {
        const struct lot *lot = &p->plan->lots[i];
        if (p->plan->orders[lot->order].layer != p->layer_index)
            continue;
        if (lot->end_seconds > at)
            s.held += lot->servers;
        else if (lot->end_seconds == at && !lot->end_decided)
            s.ending += lot->servers;
    }
    return s;
}

bool planner_places_in_time(const struct planner *p, int64_t servers)
{
    if (delivery_rounds(p->study, p->offer, servers) <= MOST_ROUNDS)
        return true;
    if (p->problem->text.length > 0)
        return false;
    p->problem->text = str_format(
        p->arena, "strategy `%.*s`: an order of %lld servers of `%.*s` takes more than %d rounds of work",
        STR_ARGS(p->strategy->name), (long long)servers, STR_ARGS(p->offer->id), MOST_ROUNDS);
    p->problem->hint = "use a process with more workers, or a smaller need";
    p->problem->place = p->strategy->place;
    return false;
}

/* Orders so that the last server arrives at `at`, but not before orders may be placed; a buyer who does
 * not see ahead orders at `at`. */
static void order_new(const struct planner *p, int64_t servers, int64_t at, enum order_reason reason)
{
    if (!planner_places_in_time(p, servers))
        return;
    int128 taken = planner_quota_taken(p, at);
    int64_t ordered = at, earliest = p->study->decide_from_seconds;
    int64_t priced_from = offer_available_from(p->offer);
    if (offer_is_reservation(p->offer))
        priced_from = delivery_order_by(p->study, p->offer, 1, taken, priced_from);
    earliest = priced_from > earliest ? priced_from : earliest;
    if (p->strategy->knows == KNOWS_ALL)
        ordered = delivery_booked_order_by(p->study, p->offer, servers, taken, at, earliest, p->bookings);
    ordered = ordered < earliest ? earliest : ordered;
    struct booking_list crews = {0};
    struct arrivals arrivals =
        delivery_booked(p->arena, p->study, p->offer, servers, taken, ordered, p->bookings, &crews);
    planner_wait_for_site(p, ordered, &arrivals);
    if (arrivals.n_items == 0 || ordered + arrivals.items[0].seconds >= p->study->end_seconds)
        return;
    if (!planner_place(p, servers, ordered, &arrivals, at, reason))
        return;
    p->plan->orders[p->plan->n_orders - 1].quota_taken = taken;
    bookings_add(p->arena, p->bookings, &crews);
}

/* A servers' contract that ends can be continued by hosting and reservations; hardware is replaced. */
static void review(const struct planner *p, int64_t at)
{
    if (at < offer_available_from(p->offer)) /* nobody can size or order what has no price yet */
        return;
    int64_t not_cancelled =
        p->offer->kind == OFFER_HOSTING ? ahead_continued(p->plan, p->layer_index, at) : 0;
    if (not_cancelled > 0)
        planner_renew(p, not_cancelled, at);
    int64_t target = target_servers(p, at);
    struct standing standing = planner_standing(p, at);
    int64_t missing = target - standing.held;
    int64_t continued = missing < standing.ending ? missing : standing.ending;
    if (missing <= 0)
        return;
    if (p->offer->kind == OFFER_COLOCATION) {
        order_new(p, missing, at, continued > 0 ? REASON_REFRESH : REASON_NEW);
        return;
    }
    if (continued > 0)
        planner_renew(p, continued, at);
    if (missing > continued)
        order_new(p, missing - continued, at, REASON_NEW);
}

/* Decides of servers whose notice date or overlap has come whether they go on: contracts are cancelled or
 * not, hardware is ordered anew. Who knows the need looks at what it is after the end. */
static void decide_ahead(const struct planner *p, int64_t now)
{
    bool knows = p->strategy->knows == KNOWS_ALL;
    for (int64_t end; (end = ahead_due(p->plan, p->layer_index, p->offer, now)) < p->study->end_seconds;) {
        struct due due = ahead_due_at(p->plan, p->layer_index, p->offer, now, end);
        int64_t wanted = target_servers(p, knows ? end : now) - planner_standing(p, end).held -
                         ahead_to_renew(p->plan, p->layer_index, p->offer, now, end);
        wanted = wanted < 0 ? 0 : wanted < due.servers ? wanted : due.servers;
        bool bought = p->offer->kind == OFFER_COLOCATION;
        ahead_decide(p->plan, p->layer_index, p->offer, now, end, bought ? 0 : wanted);
        if (bought && wanted > 0)
            order_new(p, wanted, knows ? due.since : now, REASON_REFRESH);
    }
}

int64_t planner_next_ending(const struct planner *p, int64_t after, int64_t before)
{
    int64_t next = before;
    for (size_t i = 0; i < p->plan->n_lots; i++) {
        const struct lot *lot = &p->plan->lots[i];
        if (p->plan->orders[lot->order].layer == p->layer_index && lot->end_seconds > after &&
            lot->end_seconds < next)
            next = lot->end_seconds;
    }
    return next;
}

void planner_spot_between(const struct planner *p, const struct spot_windows *windows, int64_t servers,
                          int64_t from, int64_t to)
{
    for (size_t i = 0; servers > 0 && i < windows->n_items; i++) {
        int64_t begins = windows->items[i].from_seconds > from ? windows->items[i].from_seconds : from;
        int64_t ends = windows->items[i].to_seconds < to ? windows->items[i].to_seconds : to;
        int64_t room = begins < ends ? planner_room(p, begins, ends) : 0;
        int64_t some = servers < room ? servers : room;
        p->plan->n_above_most += begins < ends ? servers - some : 0;
        if (some == 0)
            continue;
        planner_append_order(p, (struct order){.servers = some,
                                               .ordered_seconds = begins,
                                               .first_in_service_seconds = begins,
                                               .last_in_service_seconds = begins,
                                               .wanted_seconds = begins,
                                               .end_seconds = ends,
                                               .reason = REASON_NEW,
                                               .pays_once = true,
                                               .pays_term = true,
                                               .price_seconds = begins});
        planner_append_lot(p, (struct lot){.in_service_seconds = begins,
                                           .term_start_seconds = begins,
                                           .end_seconds = ends,
                                           .servers = some});
    }
}

static void plan_spot(struct planner *p)
{
    struct spot_windows windows = spot_windows(p->arena, p->study, p->offer);
    int64_t start = p->study->start_seconds, end = p->study->end_seconds;
    for (int i = 0;; i++) {
        int64_t at = add_months(start, i * p->strategy->review_months);
        int64_t next = add_months(start, (i + 1) * p->strategy->review_months);
        if (at >= end)
            return;
        next = next < end ? next : end;
        p->now = at;
        planner_spot_between(p, &windows, target_servers(p, at), at, next);
    }
}

/* Between its regular reviews a layer is reviewed when its offer has all its prices, when a term ends, and
 * when something has to take the place of existing capacity. */
static int64_t next_review(const struct planner *p, int64_t after, int64_t before)
{
    int64_t priced_from = offer_available_from(p->offer);
    before = priced_from > after && priced_from < before ? priced_from : before;
    return planner_next_ending(p, after, ahead_next_handover(p->study, p->layer->offer, after, before));
}

static int64_t next_event(const struct planner *p, int64_t after, int64_t before)
{
    return ahead_next(p->plan, p->layer_index, p->offer, after, next_review(p, after, before));
}

static void plan_by_size(const struct planner *p)
{
    int64_t start = p->study->start_seconds, end = p->study->end_seconds;
    for (int i = 0;; i++) {
        int64_t at = add_months(start, i * p->strategy->review_months);
        int64_t next = add_months(start, (i + 1) * p->strategy->review_months);
        if (at >= end)
            return;
        next = next < end ? next : end;
        review(p, at);
        decide_ahead(p, at);
        for (int64_t t = next_event(p, at, next); t < next; t = next_event(p, t, next)) {
            if (next_review(p, t - 1, next) == t)
                review(p, t);
            decide_ahead(p, t);
        }
    }
}

static void take_existing(const struct planner *p)
{
    for (size_t i = 0; i < p->study->n_existing; i++) {
        const struct planned_order *existing = &p->study->existing[i];
        int64_t from = p->study->decide_from_seconds;
        if (existing->offer != p->layer->offer)
            continue;
        planner_append_order(p, (struct order){.servers = existing->servers,
                                               .ordered_seconds = existing->ordered_seconds,
                                               .first_in_service_seconds = from,
                                               .last_in_service_seconds = from,
                                               .wanted_seconds = from,
                                               .end_seconds = existing->until_seconds,
                                               .reason = REASON_EXISTING,
                                               .price_seconds = existing->ordered_seconds});
        planner_append_lot(p, (struct lot){.in_service_seconds = from,
                                           .term_start_seconds = existing->ordered_seconds,
                                           .end_seconds = existing->until_seconds,
                                           .servers = existing->servers,
                                           .handover_seconds = ahead_handover(p->layer, p->offer, existing)});
    }
}

/* One order that stands for all launches of a follow layer; the simulation counts its servers. */
static void plan_follow(const struct planner *p)
{
    int64_t start = p->study->start_seconds;
    size_t layer = (size_t)(p->layer - p->strategy->layers);
    bool left_out =
        p->layer->left_out || (p->plan->optimum != NULL && p->plan->optimum->leaves_out_on_demand &&
                               optimum_leaves_out(p->study, p->strategy, layer));
    planner_append_order(p, (struct order){.ordered_seconds = start,
                                           .first_in_service_seconds = start,
                                           .last_in_service_seconds = start,
                                           .wanted_seconds = start,
                                           .end_seconds = p->study->end_seconds,
                                           .reason = left_out ? REASON_LEFT_OUT : REASON_FOLLOWS,
                                           .pays_once = true,
                                           .pays_term = true,
                                           .price_seconds = start});
}

/* A method that nothing could ever be forecast with was not meant. */
static bool says_why_not(struct planner *p)
{
    const struct forecasts_made *made = &p->plan->forecasts;
    if (made->n == 0 || made->n_otherwise < made->n || p->problem->text.length > 0)
        return p->problem->text.length == 0;
    p->problem->text = str_format(p->arena, "strategy `%.*s`: %s could be used at no review: %.*s",
                                  STR_ARGS(p->strategy->name),
                                  forecast_kind_names[p->strategy->forecasting.kind], STR_ARGS(made->reason));
    p->problem->hint =
        "use a shorter season, a trace that begins earlier or repeats, or `method: percentile`";
    p->problem->place = p->strategy->forecasting.place;
    return false;
}

static void plan_layer(struct planner *p, size_t index)
{
    const struct strategy *strategy = p->strategy;
    p->layer = &strategy->layers[index];
    p->offer = &p->study->offers[p->layer->offer];
    p->layer_index = (int)index;
    p->now = 0;
    if (strategy->replan_seconds > 0 && !strategy->has_plan && p->layer->rule != SIZE_FOLLOW) {
        sight_leave(p->sight, p->layer_index, p->offer);
        return;
    }
    take_existing(p);
    if (p->layer->rule == SIZE_FOLLOW)
        plan_follow(p);
    else if (p->offer->kind == OFFER_SPOT && !strategy->has_plan)
        plan_spot(p);
    else if (strategy->has_plan || strategy->is_optimal)
        plan_by_hand(p);
    else if (size_is_online(p->layer->rule))
        plan_online(p);
    else if (strategy->knows == KNOWS_FORECAST)
        plan_by_forecast(p);
    else
        plan_by_size(p);
    sight_leave(p->sight, p->layer_index, p->offer);
}

static void take_all_existing(struct planner *p)
{
    for (size_t i = 0; i < p->strategy->n_layers; i++) {
        p->layer = &p->strategy->layers[i];
        p->offer = &p->study->offers[p->layer->offer];
        p->layer_index = (int)i;
        take_existing(p);
    }
}

static bool plan_layers(struct planner *p, const struct demand *demand)
{
    p->sight = sight_new(p->arena, p->study, demand, p->strategy, p->plan);
    p->scratch = ARENA_NEW(p->arena, int32_t, demand->n_steps);
    p->bookings = ARENA_NEW(p->arena, struct bookings, 1);
    if (p->strategy->replan_seconds > 0 && !p->strategy->has_plan) {
        take_all_existing(p);
        plan_rolling(p);
    }
    for (size_t i = 0; i < p->strategy->n_layers; i++)
        plan_layer(p, i);
    p->plan->forecasts = sight_close(p->sight);
    return says_why_not(p);
}

/* The cheapest plan; false where its numbers are too large. */
static bool make_optimum(struct planner *p, const struct demand *demand)
{
    struct plan *plan = p->plan;
    bool is_known = p->strategy->plan_for == PLAN_FOR_KNOWN;
    plan->leases = ARENA_NEW(p->arena, struct optimum, 1);
    plan->optimum = is_known ? plan->leases : NULL;
    bool good = is_known ? optimum_plan(p->arena, p->study, demand, p->strategy, plan->leases)
                         : optimum_for_futures(p->arena, p->study, demand, p->strategy, plan->leases);
    if (good)
        return true;
    p->problem->text =
        str_format(p->arena, "strategy `%.*s`: the need, or a cost, is too large for an exact optimum",
                   STR_ARGS(p->strategy->name));
    p->problem->hint = "use a longer step, a shorter horizon or a smaller need";
    p->problem->place = p->strategy->place;
    return false;
}

static void take_optimum(struct planner *p, const struct demand *demand, int order_rule)
{
    struct lease_orders orders =
        optimum_orders(p->arena, p->study, demand, p->strategy, p->plan->leases, order_rule);
    p->rows = orders.items;
    p->n_rows = orders.n_items;
}

bool plan_again(struct arena *arena, const struct study *study, const struct demand *demand,
                const struct strategy *strategy, struct optimum *optimum, int order_rule, struct plan *plan,
                struct plan_problem *problem)
{
    struct planner p = {
        .arena = arena, .study = study, .strategy = strategy, .plan = plan, .problem = problem};
    *problem = (struct plan_problem){0};
    *plan = (struct plan){.optimum = optimum, .leases = optimum};
    take_optimum(&p, demand, order_rule);
    return plan_layers(&p, demand);
}

bool plan_make(struct arena *arena, const struct study *study, const struct demand *demand,
               const struct strategy *strategy, struct plan *plan, struct plan_problem *problem)
{
    struct planner p = {.arena = arena,
                        .study = study,
                        .strategy = strategy,
                        .rows = strategy->plan,
                        .n_rows = strategy->n_plan,
                        .plan = plan,
                        .problem = problem};
    *problem = (struct plan_problem){0};
    *plan = (struct plan){0};
    if (strategy->is_optimal && !strategy->has_plan) {
        if (!make_optimum(&p, demand))
            return false;
        take_optimum(&p, demand, 0);
    }
    return plan_layers(&p, demand);
}
