/* What crews can install at the most, whatever is ordered and when. */
#include "base/arena.h"
#include "plan/optimum_parts.h"

static const struct offer *offer_of_kind(const struct optimiser *o, const struct lease_kind *kind)
{
    return &o->study->offers[kind->offer];
}

/* Servers that a crew with a name finishes within any day: each worker ends no two pieces of work sooner than
 * one takes. Only of the last stage, as later ones may gather what it did; orders that are cut up have crews
 * of their own. Contracts by calendar months that begin within one stand for those that begin with it, and
 * all renew together. 0: no limit. */
static int64_t most_in_a_day(const struct study *study, const struct offer *offer)
{
    if (offer->process < 0 || offer->max_per_order > 0 || offer_is_reservation(offer) || offer->by_calendar)
        return 0;
    const struct process *process = &study->processes[offer->process];
    const struct stage *last = &process->items[process->n_items - 1];
    if (last->workers == 0 || last->crew.length == 0 || last->each == EACH_ORDER || last->mode_seconds <= 0)
        return 0;
    int128 pieces = (DAY_SECONDS + last->mode_seconds - 1) / last->mode_seconds * (int128)last->workers;
    int128 servers = pieces * (last->each == EACH_BATCH ? last->batch : 1);
    return servers > INT32_MAX ? 0 : (int64_t)servers;
}

/* Servers installed in [from, to), whatever else is done. */
static int64_t most_between(const struct optimiser *o, const struct offer *offer, int64_t from, int64_t to)
{
    int64_t n_days = (to - from + DAY_SECONDS - 1) / DAY_SECONDS;
    return n_days > 0 ? most_in_a_day(o->study, offer) * n_days : 0;
}

static int64_t existing_that_end(const struct optimiser *o, int offer, int64_t before)
{
    int64_t servers = 0;
    for (size_t i = 0; i < o->study->n_existing; i++)
        if (o->study->existing[i].offer == offer && o->study->existing[i].until_seconds < before)
            servers += o->study->existing[i].servers;
    return servers;
}

/* Servers whose contract may be renewed in [from, to), without any crew: those that exist already, and where
 * a renewal is a lease like a first one, all that are there a term before. OPTIMUM_NONE: some of them twice.
 */
static int64_t most_renewed(const struct optimiser *o, int index, int64_t from, int64_t to)
{
    const struct offer *offer = &o->study->offers[index];
    int64_t shortest = offer->term.months > 0 ? 28 * DAY_SECONDS * offer->term.months : offer->term.seconds;
    int64_t existing = existing_that_end(o, index, to);
    if (lease_is_continued(offer))
        return existing;
    if (shortest <= to - from)
        return OPTIMUM_NONE;
    return existing + most_between(o, offer, o->study->decide_from_seconds, to - shortest);
}

/* Days are those of the clock; the first one has what came before it, too. */
static int64_t most_by(const struct optimiser *o, int index, int32_t first, int32_t behind)
{
    const struct offer *offer = &o->study->offers[index];
    int64_t from = step_seconds_at(o, first), to = step_seconds_at(o, behind);
    int64_t since = first == first_step_of(o, offer) ? o->study->decide_from_seconds : from;
    int64_t renewed = most_renewed(o, index, from, to);
    int128 whole = power_of_ten(offer->equals.scale);
    if (renewed == OPTIMUM_NONE)
        return OPTIMUM_NONE;
    int128 servers = (int128)most_between(o, offer, since, to) + renewed;
    return (int64_t)((servers * offer->equals.digits + whole - 1) / whole);
}

static struct lease_kind *crew_kind(const struct optimiser *o, struct crew_leases *list, size_t first_kind,
                                    struct lease_kind like)
{
    for (size_t i = first_kind; i < list->n_kinds; i++)
        if (list->kinds[i].steps == like.steps)
            return &list->kinds[i];
    list->kinds = arena_grow(o->arena, list->kinds, list->n_kinds, &list->capacity, sizeof *list->kinds);
    struct lease_kind *kind = &list->kinds[list->n_kinds++];
    *kind = like;
    kind->cost = ARENA_NEW(o->arena, int64_t, o->optimum->n_steps);
    kind->limit = ARENA_NEW(o->arena, int64_t, o->optimum->n_steps);
    kind->chosen = NULL;
    for (int32_t t = 0; t < o->optimum->n_steps; t++)
        kind->cost[t] = kind->limit[t] = OPTIMUM_NONE;
    return kind;
}

/* Leases that begin in [first, behind) as one that begins with `first`. */
static void add_day(const struct optimiser *o, struct crew_leases *list, size_t first_kind,
                    const struct lease_kind *kind, int32_t first, int32_t behind)
{
    struct lease_kind like = *kind;
    int64_t least = OPTIMUM_NONE;
    int32_t last = first;
    for (int32_t s = first; s < behind; s++)
        if (kind->cost[s] != OPTIMUM_NONE) {
            least = kind->cost[s] < least ? kind->cost[s] : least;
            last = s;
        }
    if (least == OPTIMUM_NONE)
        return;
    like.steps = kind->steps < INT32_MAX - (last - first) ? kind->steps + (last - first) : INT32_MAX;
    struct lease_kind *day = crew_kind(o, list, first_kind, like);
    day->cost[first] = least;
    day->limit[first] = most_by(o, kind->offer, first, behind);
}

static void add_days(const struct optimiser *o, struct crew_leases *list, const struct lease_kind *kind)
{
    size_t first_kind = list->n_kinds;
    int64_t start = o->demand->start_seconds, step = o->demand->step_seconds;
    int32_t n_steps = o->optimum->n_steps;
    for (int32_t first = first_step_of(o, offer_of_kind(o, kind)), behind; first < n_steps; first = behind) {
        int64_t midnight = (step_seconds_at(o, first) / DAY_SECONDS + 1) * DAY_SECONDS;
        int64_t steps = (midnight - start + step - 1) / step;
        behind = steps < n_steps ? (int32_t)steps : n_steps;
        add_day(o, list, first_kind, kind, first, behind);
    }
}

struct crew_leases crew_leases(const struct optimiser *o)
{
    struct crew_leases list = {0};
    const struct optimum *optimum = o->optimum;
    bool any = false;
    for (size_t i = 0; i < optimum->n_kinds; i++)
        any |= most_in_a_day(o->study, offer_of_kind(o, &optimum->kinds[i])) > 0;
    for (size_t i = 0; any && i < optimum->n_kinds; i++) {
        const struct lease_kind *kind = &optimum->kinds[i];
        if (most_in_a_day(o->study, offer_of_kind(o, kind)) > 0) {
            add_days(o, &list, kind);
            continue;
        }
        list.kinds = arena_grow(o->arena, list.kinds, list.n_kinds, &list.capacity, sizeof *list.kinds);
        list.kinds[list.n_kinds++] = *kind;
    }
    return list;
}
