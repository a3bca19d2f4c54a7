/* Launches of the layers that follow the need. */
#include "sim/follow.h"

#include "base/arena.h"
#include "supply/delivery.h"
#include "supply/kernel.h"

enum { MICRO = 1000000 };

static int64_t step_start(const struct followers *f, int32_t step)
{
    return f->demand->start_seconds + (int64_t)step * f->demand->step_seconds;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* ---- what keeps launches ---- */

/* Servers are the offer's own; one stands for `equals` reference servers. */
static int64_t quota_room(const struct follower *l, int128 sharing, int64_t seconds)
{
    return seconds >= l->quota_lifted_seconds ? INT64_MAX : within_quota(l->offer, INT64_MAX, sharing);
}

/* What the strategy's most servers leave beside those committed. */
static int64_t most_room(const struct followers *f, const struct follower *l, int64_t committed)
{
    int64_t left = f->strategy->most_servers - committed;
    if (f->strategy->most_servers == 0)
        return INT64_MAX;
    return left > 0 ? offer_most_servers(l->offer, left) : 0;
}

/* Launches for a step find capacity if it is there when the step begins. Without it, what runs goes on, and
 * what waits for the launch rate has found it before. */
static int64_t capacity_room(const struct follower *l, int64_t start)
{
    if (!l->draws_capacity || capacity_is_there(&l->draw, start))
        return INT64_MAX;
    return l->launcher.in_service + l->launcher.waiting;
}

/* Capacity that was not there in the step before could not be launched ahead. */
static bool had_capacity(const struct followers *f, const struct follower *l, int64_t start)
{
    return !l->draws_capacity || capacity_is_there(&l->draw, start - f->demand->step_seconds);
}

/* How long before a step launches may begin: at most a step, not before the buyer decides, not before the
 * quota that they need is granted, nor while servers take their place whose term ends just then. */
static int64_t notice_seconds(const struct followers *f, const struct follower *l,
                              const struct committed *committed, int128 sharing, int64_t wanted,
                              int64_t start)
{
    int64_t notice = start - f->study->decide_from_seconds;
    if (f->strategy->knows != KNOWS_ALL || !had_capacity(f, l, start) ||
        (committed->before > committed->fewest && most_room(f, l, committed->before) < wanted))
        return 0;
    bool beyond = within_quota(l->offer, wanted, sharing) < wanted;
    if (beyond && start >= l->quota_lifted_seconds && start - l->quota_lifted_seconds < notice)
        notice = start - l->quota_lifted_seconds;
    return least(notice, f->demand->step_seconds);
}

/* A buyer who does not see ahead asks for a higher quota when it is first in the way. */
static void ask_for_quota(const struct followers *f, struct follower *l, int64_t wanted, int64_t room,
                          int64_t seconds)
{
    if (wanted > room && f->strategy->knows != KNOWS_ALL && l->quota_lifted_seconds == INT64_MAX &&
        quota_process(l->offer) >= 0)
        l->quota_lifted_seconds = seconds + quota_lead_seconds(f->arena, f->study, l->offer, seconds);
}

/* ---- a step ---- */

/* What was launched ahead began to run in the period before, at its price. */
static void count_running(const struct followers *f, struct follower *l, int period, int64_t start)
{
    const struct launched *launched = &l->launched;
    bool first = period > 0 && start == f->timeline->periods[period].start_seconds;
    l->running_seconds[first ? period - 1 : period] += launched->early_billed_seconds;
    l->running_seconds[period] += launched->billed_seconds - launched->early_billed_seconds;
    l->follow_seconds[period] += launched_until(launched, f->demand->step_seconds) + launched->early_seconds;
    if (l->launcher.in_service > l->most_running)
        l->most_running = l->launcher.in_service;
}

/* Units that the layers before a follower count against its quota with what they have in the step. */
static int128 shared_by_those_before(const struct followers *f, size_t index)
{
    int128 units = 0;
    for (size_t i = 0; i < index; i++)
        units += quota_units_of(f->study, f->items[i].offer, f->items[i].asked, f->items[index].offer);
    return units;
}

/* Units that the layers behind a follower count against its quota with what they are paid for. */
static int128 shared_by_those_behind(const struct followers *f, size_t index, int64_t start)
{
    int128 units = 0;
    for (size_t i = index + 1; i < f->n_items; i++)
        units += quota_units_of(f->study, f->items[i].offer, launcher_keeps(&f->items[i].launcher, start),
                                f->items[index].offer);
    return units;
}

/* Reference servers that the layers behind a follower are paid for. */
static int64_t kept_behind(const struct followers *f, size_t index, int64_t start)
{
    int64_t capacity = 0;
    for (size_t i = index + 1; i < f->n_items; i++)
        capacity += offer_capacity(f->items[i].offer, launcher_keeps(&f->items[i].launcher, start));
    return capacity;
}

/* A layer is to have as many of `wanted` as it may. */
static void launch(struct followers *f, struct follower *l, int64_t start, int64_t wanted,
                   const struct committed *committed, int128 sharing, bool foreseen)
{
    int64_t room = l->left_out ? 0 : quota_room(l, sharing, start);
    ask_for_quota(f, l, wanted, room, start);
    room = least(room, capacity_room(l, start));
    room = least(room, most_room(f, l, committed->most));
    int64_t notice = foreseen ? notice_seconds(f, l, committed, sharing, wanted, start) : 0;
    l->launched = launch_step(&l->launcher, start, least(wanted, room), notice);
    l->asked = least(wanted, room);
    if (l->launched.keep > l->asked) /* to the end of what is paid */
        l->asked = l->launched.keep;
}

void followers_launch(struct followers *f, int32_t step, int period, const struct committed *committed,
                      bool foreseen)
{
    int64_t start = step_start(f, step);
    struct committed so_far = *committed;
    for (size_t i = 0; i < f->n_items; i++) {
        struct follower *l = &f->items[i];
        int64_t missing = f->demand->servers[step] - so_far.fewest;
        int64_t wanted = missing > 0 ? offer_servers_for(l->offer, missing) : 0;
        int128 sharing =
            committed->sharing_quota[i] + shared_by_those_before(f, i) + shared_by_those_behind(f, i, start);
        struct committed beside = so_far;
        beside.most += kept_behind(f, i, start);
        launch(f, l, start, wanted, &beside, sharing, foreseen);
        count_running(f, l, period, start);
        int64_t capacity = offer_capacity(l->offer, l->asked);
        so_far.fewest += capacity;
        so_far.most += capacity;
        so_far.before += capacity;
    }
}

int64_t followers_at(const struct followers *f, int64_t seconds)
{
    int64_t sum = 0;
    for (size_t i = 0; i < f->n_items; i++)
        sum += offer_capacity(f->items[i].offer, launched_at(&f->items[i].launched, seconds));
    return sum;
}

int64_t followers_between(const struct followers *f, int64_t from, int64_t to)
{
    int64_t sum = 0;
    for (size_t i = 0; i < f->n_items; i++) {
        const struct follower *l = &f->items[i];
        sum += launched_capacity_until(&l->launched, l->offer, to) -
               launched_capacity_until(&l->launched, l->offer, from);
    }
    return sum;
}

/* What is in service grows within a step. */
int64_t followers_when(const struct followers *f, int64_t n_reference)
{
    int64_t low = 0, high = f->demand->step_seconds;
    if (f->n_items == 1)
        return launched_when(&f->items[0].launched, offer_servers_for(f->items[0].offer, n_reference));
    if (f->n_items == 0 || followers_at(f, high) < n_reference)
        return INT64_MAX;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (followers_at(f, middle) >= n_reference)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

int64_t followers_early(const struct followers *f)
{
    int64_t sum = 0;
    for (size_t i = 0; i < f->n_items; i++)
        sum += offer_capacity(f->items[i].offer, f->items[i].launched.early_seconds);
    return sum;
}

/* ---- many steps ---- */

/* The most servers that may start at once in every step without a queue: what the bucket holds and what a
 * step refills. */
static int64_t free_rise(const struct followers *f)
{
    const struct offer *offer = f->items[0].offer;
    int128 refill = (int128)offer->launch_rate.micro_per_second * f->demand->step_seconds / MICRO;
    if (offer->launch_rate.micro_per_second == 0)
        return INT32_MAX;
    return refill < offer->launch_bucket ? (int64_t)refill : offer->launch_bucket;
}

/* Not where servers are kept beyond a step, where a server stands for more or less than one, where the buyer
 * does not see ahead, in the first step, while a queue or an empty bucket is left from before, or while a
 * later layer has anything. */
static bool may_sum(const struct followers *f, int32_t first)
{
    const struct offer *offer = f->items[0].offer;
    bool rests = launcher_is_rested(&f->items[0].launcher);
    for (size_t i = 1; i < f->n_items; i++)
        rests &= launcher_is_rested(&f->items[i].launcher) && f->items[i].launcher.in_service == 0;
    return rests && !f->items[0].left_out && offer->equals.digits == power_of_ten(offer->equals.scale) &&
           first > 0 && f->strategy->knows == KNOWS_ALL;
}

static bool has_capacity_throughout(const struct followers *f, int32_t first, int32_t last)
{
    bool there = true;
    int64_t step = f->demand->step_seconds;
    for (int64_t at = step_start(f, first) - step;
         f->items[0].draws_capacity && there && at < step_start(f, last); at += step)
        there = capacity_is_there(&f->items[0].draw, at);
    return there;
}

bool followers_sum(struct followers *f, int32_t first, int32_t last, int period, int64_t level,
                   const struct committed *committed, struct residual *residual)
{
    const struct demand *d = f->demand;
    struct follower *l = &f->items[0];
    int32_t n = last - first;
    int64_t quota = within_quota(l->offer, INT64_MAX, committed->sharing_quota[0]);
    bool room_is_new = committed->before != level && f->strategy->most_servers > 0;
    if (!may_sum(f, first) || room_is_new || !has_capacity_throughout(f, first, last))
        return false;
    *residual = kernel_residual(d->servers + first, n, (int32_t)level, (int32_t)l->launcher.in_service);
    if (residual->largest_rise > free_rise(f) || residual->largest > quota ||
        residual->largest > most_room(f, l, level))
        return false;
    l->running_seconds[period] += residual->sum * d->step_seconds;
    l->follow_seconds[period] += residual->sum * d->step_seconds;
    int32_t before = n == 1 ? (int32_t)l->launcher.in_service
                            : kernel_residual(d->servers + last - 2, 1, (int32_t)level, 0).last;
    launcher_skip(&l->launcher, residual->last, residual->last > before ? residual->last - before : 0);
    for (size_t i = 1; i < f->n_items; i++)
        launcher_skip(&f->items[i].launcher, 0, 0);
    if (residual->largest > l->most_running)
        l->most_running = residual->largest;
    return true;
}

/* ---- all of them ---- */

static bool is_left_out(const struct plan *plan, int layer)
{
    bool left_out = false;
    for (size_t i = 0; i < plan->n_orders; i++)
        left_out |= plan->orders[i].layer == layer && plan->orders[i].reason == REASON_LEFT_OUT;
    return left_out;
}

static struct follower follower_new(const struct followers *f, const struct plan *plan, int layer)
{
    const struct offer *offer = &f->study->offers[f->strategy->layers[layer].offer];
    int64_t decided = f->study->decide_from_seconds;
    struct follower l = {.offer = offer,
                         .layer = layer,
                         .left_out = is_left_out(plan, layer),
                         .quota_lifted_seconds = INT64_MAX,
                         .draws_capacity = f->study->draws_capacity && may_lack_capacity(offer),
                         .draw = capacity_draw(f->arena, f->study, offer, 0),
                         .launcher = launcher_new(f->arena, offer, f->demand->step_seconds),
                         .running_seconds = ARENA_NEW(f->arena, int64_t, f->timeline->n_periods),
                         .follow_seconds = ARENA_NEW(f->arena, int64_t, f->timeline->n_periods)};
    if (f->strategy->knows == KNOWS_ALL && quota_process(offer) >= 0)
        l.quota_lifted_seconds = decided + quota_lead_seconds(f->arena, f->study, offer, decided);
    return l;
}

struct followers followers_new(struct arena *arena, const struct study *study,
                               const struct timeline *timeline, const struct demand *demand,
                               const struct strategy *strategy, const struct plan *plan)
{
    struct followers f = {arena, study, strategy, timeline, demand, NULL, 0};
    f.items = ARENA_NEW(arena, struct follower, strategy->n_layers);
    for (size_t i = 0; i < strategy->n_layers; i++)
        if (strategy->layers[i].rule == SIZE_FOLLOW)
            f.items[f.n_items++] = follower_new(&f, plan, (int)i);
    return f;
}
