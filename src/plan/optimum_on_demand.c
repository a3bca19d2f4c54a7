/* On-demand servers: what they cost in every step, how many there may be, and how far they follow the need.
 */
#include "base/arena.h"
#include "plan/optimum_parts.h"
#include "supply/delivery.h"

enum { MICRO = 1000000 };

static int n_following(const struct strategy *strategy)
{
    int n = 0;
    for (size_t i = 0; i < strategy->n_layers; i++)
        n += strategy->layers[i].rule == SIZE_FOLLOW;
    return n;
}

bool optimum_leaves_out(const struct study *study, const struct strategy *strategy, size_t layer)
{
    return strategy->layers[layer].rule == SIZE_FOLLOW &&
           (n_following(strategy) == 1 || may_follow_all(&study->offers[strategy->layers[layer].offer]));
}

bool is_left_out(const struct optimiser *o, size_t layer)
{
    return o->leaves_out_on_demand && optimum_leaves_out(o->study, o->strategy, layer);
}

static bool follows(const struct optimiser *o, size_t layer)
{
    return o->strategy->layers[layer].rule == SIZE_FOLLOW && !is_left_out(o, layer);
}

/* The last layer that follows the need; -1: none. */
static int follow_layer(const struct optimiser *o)
{
    int last = (int)o->strategy->n_layers - 1;
    while (last >= 0 && !follows(o, (size_t)last))
        last--;
    return last;
}

/* When the offer's quota is lifted by a buyer who asks for more on the first day; the end of time: never. */
static int64_t quota_lifted(const struct optimiser *o, const struct offer *offer)
{
    struct arena scratch = {0};
    if (!has_quota(offer))
        return INT64_MIN;
    if (quota_process(offer) < 0)
        return INT64_MAX;
    int64_t asked = o->study->decide_from_seconds;
    int64_t lifted = asked + quota_lead_seconds(&scratch, o->study, offer, asked);
    arena_free(&scratch);
    return lifted;
}

/* Reference servers that its quota lets run of one offer. */
static int64_t most_within_quota(const struct offer *offer)
{
    return offer_capacity(offer, within_quota(offer, INT32_MAX, 0));
}

/* A reference server of either counts as much against one quota. */
static bool count_alike(const struct offer *a, const struct offer *b)
{
    int128 of_a = quota_units(a, 1) * b->equals.digits * power_of_ten(a->equals.scale);
    return a == b || (a->shares != NULL && a->shares == b->shares &&
                      of_a == quota_units(b, 1) * a->equals.digits * power_of_ten(b->equals.scale));
}

static bool serves_whole(const struct offer *offer)
{
    const int64_t many = 1000000000;
    return offer_capacity(offer, many) == many * offer_capacity(offer, 1);
}

/* Whatever is leased, can the rest of a quota's servers be launched? Those of the only on-demand offer where
 * all that counts against it is of one size: otherwise leases may take more of the quota than of the need. */
static bool fills_its_quota(const struct optimiser *o, size_t layer)
{
    const struct offer *offer = offer_of_layer(o, layer);
    int128 each = quota_units(offer, 1);
    bool fills = n_following(o->strategy) == 1 && serves_whole(offer);
    for (size_t i = 0; i < o->strategy->n_layers; i++) {
        const struct offer *other = offer_of_layer(o, i);
        int128 units = quota_units_of(o->study, other, 1, offer);
        fills &= units == 0 || (units == each && serves_whole(other) &&
                                offer_capacity(other, 1) == offer_capacity(offer, 1));
    }
    return fills;
}

/* Where not all of the need may be served. */
static int64_t most_of_strategy(const struct optimiser *o, int32_t t)
{
    int64_t most = o->strategy->most_servers;
    return most > 0 && o->demand->servers[t] > most ? most : OPTIMUM_NONE;
}

/* Reference servers of an offer that are launched in time, whatever was launched before: in the step ahead,
 * as far as their start-up is over. OPTIMUM_NONE: any number. None where capacity may not be there. */
static int64_t launched_in_time(const struct optimiser *o, const struct offer *offer)
{
    int64_t seconds = o->demand->step_seconds - offer->start_up_seconds;
    bool is_there = !o->study->draws_capacity || offer->available.digits == 0 ||
                    offer->available.digits == power_of_ten(offer->available.scale);
    if (o->counts_on_launches)
        return OPTIMUM_NONE;
    if (seconds < 0 || !is_there)
        return 0;
    if (offer->launch_rate.micro_per_second == 0)
        return OPTIMUM_NONE;
    int128 launches = (int128)offer->launch_rate.micro_per_second * seconds / MICRO;
    return offer_capacity(offer, launches > INT32_MAX ? INT32_MAX : (int64_t)launches);
}

/* Reference servers that exist in a part of a step only, and may be in the way of others in all of it. */
static int64_t existing_partly(const struct optimiser *o, int32_t t)
{
    return o->study->n_existing == 0 ? 0
                                     : existing_until(o, step_seconds_at(o, t) + 1) - existing_capacity(o, t);
}

/* An on-demand layer step by step. */
struct follow_steps {
    size_t layer;
    int64_t lifted; /* its quota, for servers in service from then on */
    int64_t *price, *limit;
};

/* What it costs and how much of it there may be. In the step in which the quota is lifted, already any
 * number. */
static bool set_price_and_limit(struct optimiser *o, const struct follow_steps *steps)
{
    const struct offer *offer = offer_of_layer(o, steps->layer);
    int32_t first = first_step_of(o, offer);
    int64_t within = most_within_quota(offer);
    for (int32_t t = 0; t < o->optimum->n_steps; t++) {
        steps->price[t] = OPTIMUM_NONE;
        steps->limit[t] = most_of_strategy(o, t);
        if (step_seconds_at(o, t + 1) <= steps->lifted && within < steps->limit[t])
            steps->limit[t] = within;
        if (t >= first && !running_parts(o, steps->layer, t, &steps->price[t]))
            return false;
    }
    return true;
}

/* How far the need is followed, whatever is leased: in the step in which the quota is lifted not beyond it.
 */
static void set_follows_to(struct optimiser *o, const struct follow_steps *steps)
{
    const struct offer *offer = offer_of_layer(o, steps->layer);
    int64_t in_time = launched_in_time(o, offer), within = most_within_quota(offer);
    bool fills = fills_its_quota(o, steps->layer);
    for (int32_t t = 0; t < o->optimum->n_steps; t++) {
        int64_t most = steps->limit[t];
        if (step_seconds_at(o, t) < steps->lifted && within < most)
            most = within;
        int64_t follows = most == OPTIMUM_NONE ? in_time : fills ? most - existing_partly(o, t) : 0;
        o->may_be_late |= in_time < follows && in_time < o->demand->servers[t];
        follows = follows < in_time ? follows : in_time;
        if (steps->price[t] != OPTIMUM_NONE && follows > o->follows_to[t])
            o->follows_to[t] = follows;
    }
}

static bool set_follow(struct optimiser *o, size_t layer, int64_t *price, int64_t *limit)
{
    const struct offer *offer = offer_of_layer(o, layer);
    struct follow_steps steps = {layer, quota_lifted(o, offer), price, limit};
    if (steps.lifted != INT64_MIN && steps.lifted != INT64_MAX)
        steps.lifted += offer->start_up_seconds;
    if (!set_price_and_limit(o, &steps))
        return false;
    set_follows_to(o, &steps);
    return true;
}

bool set_on_demand(struct optimiser *o)
{
    int last = follow_layer(o);
    o->follows_to = ARENA_NEW(o->arena, int64_t, o->optimum->n_steps);
    bool fits = true;
    for (size_t i = 0; fits && (int)i < last; i++) {
        if (!follows(o, i))
            continue;
        struct lease_kind *kind = add_follow_kind(o, o->strategy->layers[i].offer);
        fits = set_follow(o, i, kind->cost, kind->limit);
    }
    if (last >= 0)
        o->optimum->on_demand = o->strategy->layers[last].offer;
    return fits && (last < 0 ||
                    set_follow(o, (size_t)last, o->optimum->on_demand_price, o->optimum->on_demand_limit));
}

static void limit_running(struct optimiser *o, int32_t t, int64_t most)
{
    int64_t **limit = &o->optimum->running_limit;
    if (*limit == NULL) {
        *limit = ARENA_NEW(o->arena, int64_t, o->optimum->n_steps);
        for (int32_t i = 0; i < o->optimum->n_steps; i++)
            (*limit)[i] = OPTIMUM_NONE;
    }
    (*limit)[t] = most < (*limit)[t] ? most : (*limit)[t];
}

/* What the strategy's most servers leave beside those that exist. */
static void limit_by_strategy(struct optimiser *o)
{
    int64_t most = o->strategy->most_servers;
    for (int32_t t = 0; most > 0 && t < o->optimum->n_steps; t++) {
        int64_t there = existing_capacity(o, t);
        limit_running(o, t, most > there ? most - there : 0);
    }
}

/* A quota shared by all offers is a limit on all that runs. */
static void limit_by_quota(struct optimiser *o)
{
    int shared = -1;
    int64_t most = 0;
    for (size_t i = 0; i < o->strategy->n_layers; i++) {
        const struct offer *offer = offer_of_layer(o, i);
        if (is_left_out(o, i))
            continue;
        int group = offer_is_reservation(offer)      ? offer->discounts
                    : offer->kind == OFFER_ON_DEMAND ? o->strategy->layers[i].offer
                                                     : -1;
        if (group < 0 || (shared >= 0 && !count_alike(&o->study->offers[group], &o->study->offers[shared])))
            return;
        shared = group;
        int64_t capacity = offer_capacity(offer, within_quota(&o->study->offers[shared], INT32_MAX, 0));
        most = capacity > most ? capacity : most; /* the largest servers get the most out of it */
    }
    int64_t lifted = shared < 0 ? INT64_MIN : quota_lifted(o, &o->study->offers[shared]);
    for (int32_t t = 0; t < o->optimum->n_steps && step_seconds_at(o, t) < lifted; t++)
        limit_running(o, t, most);
}

void limit_all_running(struct optimiser *o)
{
    limit_by_quota(o);
    limit_by_strategy(o);
}
