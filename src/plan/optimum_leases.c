/* What can be leased, from when, how long, and what it costs. */
#include "base/arena.h"
#include "model/study_check.h"
#include "plan/optimum_parts.h"
#include "supply/delivery.h"

int64_t step_seconds_at(const struct optimiser *o, int32_t step)
{
    return o->demand->start_seconds + step * o->demand->step_seconds;
}

int64_t of_one_reference(const struct offer *offer, int64_t parts)
{
    int128 scaled = (int128)parts * power_of_ten(offer->equals.scale);
    int128 each = scaled / offer->equals.digits;
    return (int64_t)(scaled < 0 && each * offer->equals.digits != scaled ? each - 1 : each);
}

int64_t first_in_service(const struct optimiser *o, const struct offer *offer)
{
    int64_t ordered = o->study->decide_from_seconds, priced = offer_available_from(offer);
    bool at_launch = offer_is_reservation(offer);
    struct arena scratch = {0};
    if (!at_launch && priced > ordered)
        ordered = priced;
    struct arrivals list = delivery(&scratch, o->study, offer, 1, 0, ordered);
    int64_t first = list.n_items == 0 ? INT64_MAX : ordered + list.items[0].seconds;
    arena_free(&scratch);
    return at_launch && priced > first ? priced : first;
}

int32_t first_step_of(const struct optimiser *o, const struct offer *offer)
{
    int64_t first = first_in_service(o, offer), step = o->demand->step_seconds;
    if (first <= o->demand->start_seconds)
        return 0;
    if (first >= o->study->end_seconds)
        return o->demand->n_steps;
    return (int32_t)((first - o->demand->start_seconds) / step);
}

static struct term term_of(const struct offer *offer, int renewals)
{
    return renewals > 0 && !term_is_none(offer->then) ? offer->then : offer->term;
}

bool lease_is_continued(const struct offer *offer)
{
    bool pays_once = false;
    for (size_t i = 0; i < offer->n_prices; i++)
        pays_once |= offer->prices[i].charged == CHARGED_ONCE;
    return offer->kind != OFFER_COLOCATION && (pays_once || !term_is_none(offer->then));
}

/* The kind of a length; a new one, with no start yet, where there is none. */
static struct lease_kind *kind_of(struct optimiser *o, size_t first_kind, struct lease_kind like)
{
    struct optimum *optimum = o->optimum;
    for (size_t i = first_kind; i < optimum->n_kinds; i++)
        if (optimum->kinds[i].steps == like.steps)
            return &optimum->kinds[i];
    optimum->kinds =
        arena_grow(o->arena, optimum->kinds, optimum->n_kinds, &o->kinds_capacity, sizeof *optimum->kinds);
    struct lease_kind *kind = &optimum->kinds[optimum->n_kinds++];
    *kind = like;
    kind->cost = ARENA_NEW(o->arena, int64_t, optimum->n_steps);
    kind->chosen = ARENA_NEW(o->arena, int64_t, optimum->n_steps);
    for (int32_t s = 0; s < optimum->n_steps; s++)
        kind->cost[s] = OPTIMUM_NONE;
    return kind;
}

struct lease_kind *add_follow_kind(struct optimiser *o, int offer)
{
    struct lease_kind *kind =
        kind_of(o, o->optimum->n_kinds,
                (struct lease_kind){.offer = offer, .n_terms = 1, .follows = true, .steps = 1});
    kind->limit = ARENA_NEW(o->arena, int64_t, o->optimum->n_steps);
    return kind;
}

/* Chains of terms being priced: where each start's chain has come to, and what it costs so far. Those that
 * begin before the study, in steps below 0, count as if they began with it: the least that one costs. */
struct chains {
    size_t layer;
    int32_t first, n_before;
    int64_t ready;        /* when one server may be in service */
    int64_t lead_seconds; /* of one server; prices are those of the day of the order */
    int64_t *ends, *costs;
    int64_t least_before, before_seconds; /* of the leases that begin before the study, and when it begins */
    int64_t month, least_cost; /* by calendar months: of the leases that begin in one, the cheapest so far */
};

static void reset_least(struct chains *chains)
{
    chains->month = INT64_MIN;
    chains->least_before = INT64_MAX;
}

static const struct offer *offer_of_chains(const struct optimiser *o, const struct chains *chains)
{
    return &o->study->offers[o->strategy->layers[chains->layer].offer];
}

/* What another term of a start's chain costs, whole or until contract months before its end. */
static bool cost_of_term(struct optimiser *o, const struct chains *chains, int renewals, int32_t step,
                         int64_t to, int months_left, int64_t *parts)
{
    const struct offer *offer = offer_of_chains(o, chains);
    int64_t from = chains->ends[step];
    bool keeps_start = renewals > 0 || offer_is_reservation(offer);
    struct lease lease = {from - (keeps_start ? 0 : chains->lead_seconds), from, to, renewals > 0,
                          months_left};
    if (!lease_meter_cost(o->meters[chains->layer], &lease, parts))
        return false;
    *parts = of_one_reference(offer, *parts);
    return true;
}

static bool add_term(struct optimiser *o, struct chains *chains, int renewals, int32_t step)
{
    const struct offer *offer = offer_of_chains(o, chains);
    int64_t to = offer_term_end(offer, chains->ends[step], term_of(offer, renewals)), cost;
    if (!cost_of_term(o, chains, renewals, step, to, 0, &cost))
        return false;
    chains->costs[step] += cost;
    chains->ends[step] = to;
    return true;
}

/* The step that a lease which begins in a step is taken from. Contracts by calendar months end together, so
 * one that begins later in a month stands for less than those before it, unless it costs less: where a price
 * falls within the month, or the study ends. Such ones are taken from the begin of their day. -1: it is not
 * needed. */
static int32_t begins_with(const struct optimiser *o, struct chains *chains, int32_t step, int64_t parts)
{
    int64_t at = step_seconds_at(o, step), month = month_start(at);
    if (!offer_of_chains(o, chains)->by_calendar)
        return step;
    if (month == chains->month && parts >= chains->least_cost)
        return -1;
    chains->month = month;
    chains->least_cost = parts;
    int64_t day = (at / DAY_SECONDS * DAY_SECONDS - o->demand->start_seconds) / o->demand->step_seconds;
    return day > chains->first ? (int32_t)day : chains->first;
}

static int64_t begins_at(const struct optimiser *o, const struct chains *chains, int32_t step)
{
    int64_t at = step_seconds_at(o, step);
    return at > chains->ready ? at : chains->ready;
}

/* A lease that begins in a step, ends at a time and costs so many parts. */
static void add_lease(struct optimiser *o, struct chains *chains, size_t first_kind, struct lease_kind like,
                      int32_t step, int64_t ends, int64_t parts)
{
    int64_t step_seconds = o->demand->step_seconds;
    if (step < 0) {
        if (ends > o->demand->start_seconds && parts <= chains->least_before) {
            chains->least_before = parts;
            chains->before_seconds = begins_at(o, chains, step);
        }
        return;
    }
    if (step == 0 && chains->least_before < parts) {
        parts = chains->least_before;
        like.before_seconds = chains->before_seconds;
    }
    int32_t from = begins_with(o, chains, step, parts);
    if (from < 0)
        return;
    int64_t steps = (ends - step_seconds_at(o, from) + step_seconds - 1) / step_seconds;
    like.steps = (int32_t)(steps > INT32_MAX ? INT32_MAX : steps);
    kind_of(o, first_kind, like)->cost[from] = parts < 0 ? 0 : parts;
}

/* The chain's next term ended early after so many contract months, within the horizon, or behind it where
 * what is left to pay counts; *any where one can be. */
static bool add_kinds_ended(struct optimiser *o, struct chains *chains, struct lease_kind like, bool *any)
{
    const struct offer *offer = offer_of_chains(o, chains);
    size_t first_kind = o->optimum->n_kinds;
    reset_least(chains);
    for (int32_t s = chains->first - chains->n_before; s < o->optimum->n_steps; s++) {
        int64_t from = chains->ends[s], cost;
        if (from >= o->study->end_seconds)
            continue;
        int64_t to = offer_month_end(offer, from, like.kept_months);
        int months = offer_months(offer, from, offer_term_end(offer, from, term_of(offer, like.n_terms - 1)));
        if (like.kept_months >= months || (to >= o->study->end_seconds && o->study->at_end != AT_END_FULL))
            continue;
        if (!cost_of_term(o, chains, like.n_terms - 1, s, to, months - like.kept_months, &cost))
            return false;
        add_lease(o, chains, first_kind, like, s, to, chains->costs[s] + cost);
        *any = true;
    }
    return true;
}

static bool add_early_ends(struct optimiser *o, struct chains *chains, int n_terms)
{
    struct lease_kind like = {.offer = o->strategy->layers[chains->layer].offer, .n_terms = n_terms};
    bool fits = true;
    for (bool any = offer_may_end_early(offer_of_chains(o, chains)); fits && any;) {
        like.kept_months++;
        any = false;
        fits = add_kinds_ended(o, chains, like, &any);
    }
    return fits;
}

/* All leases of so many terms; *is_last where none ends before the horizon. */
static bool add_kinds_of(struct optimiser *o, struct chains *chains, int n_terms, bool *is_last)
{
    int index = o->strategy->layers[chains->layer].offer;
    size_t first_kind = o->optimum->n_kinds;
    reset_least(chains);
    *is_last = true;
    for (int32_t s = chains->first - chains->n_before; s < o->optimum->n_steps; s++) {
        if (chains->ends[s] >= o->study->end_seconds)
            continue;
        if (!add_term(o, chains, n_terms - 1, s))
            return false;
        add_lease(o, chains, first_kind, (struct lease_kind){.offer = index, .n_terms = n_terms}, s,
                  chains->ends[s], chains->costs[s]);
        *is_last &= s < 0 || chains->ends[s] >= o->study->end_seconds;
    }
    return true;
}

bool add_lease_kinds(struct optimiser *o, size_t layer)
{
    const struct offer *offer = &o->study->offers[o->strategy->layers[layer].offer];
    struct chains chains = {.layer = layer, .first = first_step_of(o, offer)};
    int32_t n_steps = o->optimum->n_steps;
    if (chains.first >= n_steps)
        return true;
    struct arena scratch = {0};
    chains.ready = first_in_service(o, offer);
    chains.lead_seconds = chains.ready - delivery_order_by(o->study, offer, 1, 0, chains.ready);
    int64_t before = o->demand->start_seconds - chains.ready;
    if (before > 0)
        chains.n_before = (int32_t)((before - 1) / o->demand->step_seconds + 1);
    chains.ends = ARENA_NEW(&scratch, int64_t, n_steps + chains.n_before) + chains.n_before;
    chains.costs = ARENA_NEW(&scratch, int64_t, n_steps + chains.n_before) + chains.n_before;
    for (int32_t s = -chains.n_before; s < n_steps; s++)
        chains.ends[s] = begins_at(o, &chains, s);
    bool fits = true, is_last = false;
    for (int n_terms = 1; fits && !is_last; n_terms++) {
        fits = add_early_ends(o, &chains, n_terms) && add_kinds_of(o, &chains, n_terms, &is_last);
        is_last |= !lease_is_continued(offer);
    }
    arena_free(&scratch);
    return fits;
}
