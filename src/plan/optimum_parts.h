#ifndef PLAN_OPTIMUM_PARTS_H
#define PLAN_OPTIMUM_PARTS_H

#include "plan/network.h"
#include "plan/optimum.h"
#include "rating/lease_meter.h"

/* What the files of the optimum share; nobody else includes it. */
struct optimiser {
    struct arena *arena;
    const struct study *study;
    const struct demand *demand;
    const struct strategy *strategy;
    struct timeline timeline;
    struct lease_meter **meters; /* [n_layers] */
    struct optimum *optimum;
    size_t kinds_capacity;
    size_t others_capacity;
    const bool *skips;     /* [layer] offers that are not leased; NULL: none */
    const int64_t *served; /* [step] reference servers that are leased already; NULL: none */
    int64_t *follows_to;   /* [step] reference servers of the need that are in service whatever is leased, as
                              on-demand servers follow it so far; OPTIMUM_NONE: all */
    bool leaves_out_on_demand; /* what of it optimum_leaves_out: no such server is launched */
    bool counts_on_launches;   /* as if all were in time */
    bool may_be_late;          /* some of what is wanted is not sure to be launched in time */
};

/* Parts of one server as those of one reference server, rounded down. */
int64_t of_one_reference(const struct offer *offer, int64_t parts);

int64_t step_seconds_at(const struct optimiser *o, int32_t step);

/* When one server of an offer, ordered as early as may be, is in service; the end of time: never. */
int64_t first_in_service(const struct optimiser *o, const struct offer *offer);

/* The step in which that is, the first for a lease; n_steps where it is too late. A lease that begins in it
 * counts for the whole of it. */
int32_t first_step_of(const struct optimiser *o, const struct offer *offer);

/* A contract that pays something only once, or renews for another term, is continued rather than made anew:
 * its renewals are longer leases, those of others are leases of their own. */
bool lease_is_continued(const struct offer *offer);

/* All kinds of lease of a layer's offer, with their cost. False on overflow. */
bool add_lease_kinds(struct optimiser *o, size_t layer);

/* An on-demand offer as leases of a step, for its cost and limit to be set. */
struct lease_kind *add_follow_kind(struct optimiser *o, int offer);

const struct offer *offer_of_layer(const struct optimiser *o, size_t layer);
/* Reference servers that exist until a time at least; and throughout a step. */
int64_t existing_until(const struct optimiser *o, int64_t until);
int64_t existing_capacity(const struct optimiser *o, int32_t t);

/* What on-demand servers cost, how many there may be, and how far they follow the need: the last such layer
 * serves the rest, those before it are leases of one step each. False on overflow. */
bool set_on_demand(struct optimiser *o);
/* optimum_leaves_out, of the optimiser's way. */
bool is_left_out(const struct optimiser *o, size_t layer);
/* What `most_servers` and a quota shared by all offers let run at once. */
void limit_all_running(struct optimiser *o);

/* The need of every step, of o->demand, without what exists already. */
void set_need(struct optimiser *o);

/* Are fewer servers wanted where on-demand does not follow the need? These run up to max_utilisation. */
bool wants_less_without_on_demand(const struct optimiser *o);
/* Load lost where so many servers are missing by the step, as demand.load, x steps. */
int128 load_lost(const struct optimiser *o, const int64_t *missing);

/* What can be had in every step and what it costs, in two parts: with what a missing server loses last, and
 * then without what every server in use costs at least. False where it is too large. */
bool begin_network(struct optimiser *o, int64_t parts);
bool finish_network(struct optimiser *o);

/* Meters for the strategy's layers to come. */
struct optimiser optimiser_make(struct arena *arena, const struct study *study, const struct demand *demand,
                                const struct strategy *strategy, struct optimum *optimum);

/* What can be leased, as the network wants it. */
struct network_offer *network_offers(struct arena *arena, const struct lease_kind *kinds, size_t n_kinds);

/* The network of the leases at hand. */
struct network_problem network_of(struct arena *arena, const struct optimum *optimum,
                                  const struct lease_kind *kinds, size_t n_kinds, bool with_on_demand);
/* What its solution costs, and the servers missing by the step; with on-demand only. */
int128 network_cost_of(const struct optimum *optimum, const struct network_solution *solution,
                       int64_t *missing);

/* Millionths of an amount in parts, with usage; `missing` servers at a penalty are no cost. */
money in_millionths(const struct optimum *optimum, int128 parts, const int64_t *missing);

/* What an hour's running of a layer's offer costs in a step, of one reference server. False on overflow. */
bool running_parts(const struct optimiser *o, size_t layer, int32_t step, int64_t *parts);

/* A further plan, for its kinds to be set. */
struct other_leases *add_other_leases(struct optimiser *o, size_t n_kinds);
/* The leases that cost least of what can be had; false where none can be found. */
bool choose_leases(struct arena *arena, struct optimum *found);
/* The leases of n solutions together as a further plan. */
void add_found_plan(struct optimiser *o, const struct optimum *found, size_t n);

/* Where servers in use cost different amounts, adds plans that count each at its own: of the offers of one
 * amount, and of all, those that cost least in use first. */
void plan_by_rate(struct optimiser *o);

/* Where on-demand servers may come late or not at all, adds a plan that counts on them. */
void plan_in_time(struct optimiser *o);
/* Where leases that begin before the study cost less, adds the plan with those of step 0 begun so. */
void plan_before(struct optimiser *o);

/* Fills in the plan within what crews install a day, where they keep anybody. */
void plan_installed(struct optimiser *o);

/* All kinds of lease, where crews that have a name keep some of them to so many a day at the most, whatever
 * is ordered: a lease counts from the begin of the day in which it begins, at the least that it costs in that
 * day. What covers the need at the least cost with these is no more than any plan costs. None: no crew does.
 */
struct crew_leases {
    struct lease_kind *kinds;
    size_t n_kinds, capacity;
};
struct crew_leases crew_leases(const struct optimiser *o);

/* Fills in what the plan does with each offer, and what it would cost without. `other`: the same offers with
 * on-demand servers left out, or with them where the plan leaves them out; NULL: makes no difference. */
void explain(struct optimiser *o, const struct optimiser *other);

#endif
