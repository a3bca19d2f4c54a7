#include "supply/delivery.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"
#include "unit/money.h"

enum { LAUNCH_GROUPS = 4096, N_DRAWS = 1000 };

enum { RATE_UNIT = 1000000 }; /* launch rates are in millionths a second */

int64_t arrivals_last(const struct arrivals *arrivals)
{
    return arrivals->n_items == 0 ? 0 : arrivals->items[arrivals->n_items - 1].seconds;
}

static struct arrivals append(struct arena *arena, struct arrivals list, int64_t seconds, int64_t servers)
{
    if (servers > 0)
        *ARENA_APPEND(arena, &list) = (struct arrival){seconds, servers};
    return list;
}

/* n servers as orders of `most` each, `at_once` under way, every round as long as one order takes. */
static struct arrivals by_orders(struct arena *arena, const struct process *process, const int64_t *durations,
                                 int64_t n_servers, int64_t most, int64_t at_once)
{
    struct arrivals list = {0};
    struct arrivals whole = flow_run(arena, process, durations, most);
    int64_t round_seconds = arrivals_last(&whole);
    int64_t per_round = at_once == 0 ? n_servers : most * at_once;
    for (int64_t start = 0; n_servers > 0; start += round_seconds) {
        int64_t now = n_servers < per_round ? n_servers : per_round, orders = now / most;
        for (size_t i = 0; orders > 0 && i < whole.n_items; i++)
            list = append(arena, list, start + whole.items[i].seconds, whole.items[i].servers * orders);
        if (now % most > 0) {
            struct arrivals rest = flow_run(arena, process, durations, now % most);
            for (size_t i = 0; i < rest.n_items; i++)
                list = append(arena, list, start + rest.items[i].seconds, rest.items[i].servers);
        }
        n_servers -= now;
    }
    return list;
}

/* When the last of them arrives, without listing the others. */
static int64_t last_by_orders(struct arena *arena, const struct process *process, const int64_t *durations,
                              int64_t n_servers, int64_t most, int64_t at_once)
{
    struct arrivals whole = flow_run(arena, process, durations, most);
    struct arrivals rest =
        flow_run(arena, process, durations, n_servers % most == 0 ? most : n_servers % most);
    int64_t orders = (n_servers + most - 1) / most, per_round = at_once == 0 ? orders : at_once;
    int64_t round_seconds = arrivals_last(&whole), in_last_round = (orders - 1) % per_round + 1;
    int64_t last = in_last_round > 1 ? round_seconds : arrivals_last(&rest);
    last = last > arrivals_last(&rest) ? last : arrivals_last(&rest);
    return (orders - 1) / per_round * round_seconds + last;
}

static int compare_arrivals(const void *a, const void *b)
{
    const struct arrival *left = a, *right = b;
    return (left->seconds > right->seconds) - (left->seconds < right->seconds);
}

static struct arrivals by_process(struct arena *arena, const struct process *process,
                                  const int64_t *durations, const struct offer *offer, int64_t n_servers)
{
    if (offer->max_per_order == 0 || offer->max_per_order >= n_servers)
        return flow_run(arena, process, durations, n_servers);
    struct arrivals list =
        by_orders(arena, process, durations, n_servers, offer->max_per_order, offer->orders_at_once);
    if (list.n_items > 0)
        qsort(list.items, list.n_items, sizeof *list.items, compare_arrivals);
    return list;
}

int64_t quota_lead_seconds(struct arena *arena, const struct study *study, const struct offer *offer)
{
    if (offer->quota_increase < 0)
        return 0;
    const struct process *process = &study->processes[offer->quota_increase];
    struct arrivals one = flow_run(arena, process, flow_durations(arena, process, DURATION_MODE), 1);
    return arrivals_last(&one);
}

/* Seconds until the n-th of n launches that start together is in service. */
static int64_t launch_wait(const struct offer *offer, int64_t n)
{
    int64_t queued = n - offer->launch_bucket;
    if (offer->launch_rate.micro_per_second == 0 || queued <= 0)
        return offer->start_up_seconds;
    int128 wait = ((int128)queued * RATE_UNIT + offer->launch_rate.micro_per_second - 1) /
                  offer->launch_rate.micro_per_second;
    return offer->start_up_seconds + (int64_t)wait;
}

static int64_t within_quota(const struct offer *offer, int64_t n, int64_t running)
{
    if (offer->quota == 0 || running + n <= offer->quota)
        return n;
    return running >= offer->quota ? 0 : offer->quota - running;
}

/* Seconds until n launches are in service when asked for at once: start-up, the bucket, then the rate;
 * beyond the quota after it is lifted. False where it never is. */
static bool launch_seconds(const struct offer *offer, int64_t n_servers, int64_t running, int64_t quota_lead,
                           int64_t *seconds)
{
    int64_t now = within_quota(offer, n_servers, running), later = n_servers - now;
    *seconds = now > 0 ? launch_wait(offer, now) : 0;
    if (later == 0)
        return true;
    if (offer->quota_increase < 0)
        return false;
    int64_t after = quota_lead + launch_wait(offer, later);
    *seconds = after > *seconds ? after : *seconds;
    return true;
}

/* Launches from a time on: the bucket at once, the rest in groups of some seconds, each group counted
 * from its end. */
static struct arrivals add_launches(struct arena *arena, struct arrivals list, const struct offer *offer,
                                    int64_t from, int64_t n)
{
    bool unlimited = offer->launch_rate.micro_per_second == 0;
    int64_t at_once = unlimited || n < offer->launch_bucket ? n : offer->launch_bucket;
    list = append(arena, list, from + offer->start_up_seconds, at_once);
    int64_t queued = n - at_once, done = 0;
    int64_t width = (launch_wait(offer, n) - offer->start_up_seconds) / LAUNCH_GROUPS + 1;
    for (int64_t second = width; done < queued; second += width) {
        int128 by_now = (int128)second * offer->launch_rate.micro_per_second / RATE_UNIT;
        int64_t total = by_now < queued ? (int64_t)by_now : queued;
        list = append(arena, list, from + offer->start_up_seconds + second, total - done);
        done = total;
    }
    return list;
}

static struct arrivals by_launches(struct arena *arena, const struct study *study, const struct offer *offer,
                                   int64_t n_servers, int64_t running)
{
    int64_t now = within_quota(offer, n_servers, running);
    struct arrivals list = {0};
    if (now > 0)
        list = add_launches(arena, list, offer, 0, now);
    if (n_servers > now && offer->quota_increase >= 0)
        list = add_launches(arena, list, offer, quota_lead_seconds(arena, study, offer), n_servers - now);
    if (list.n_items > 0)
        qsort(list.items, list.n_items, sizeof *list.items, compare_arrivals);
    return list;
}

struct arrivals delivery(struct arena *arena, const struct study *study, const struct offer *offer,
                         int64_t n_servers, int64_t running)
{
    if (offer_is_reservation(offer))
        return by_launches(arena, study, &study->offers[offer->discounts], n_servers, running);
    if (offer->process < 0)
        return append(arena, (struct arrivals){0}, 0, n_servers);
    const struct process *process = &study->processes[offer->process];
    return by_process(arena, process, flow_durations(arena, process, DURATION_MODE), offer, n_servers);
}

int64_t delivery_rounds(const struct study *study, const struct offer *offer, int64_t n_servers)
{
    if (offer->process < 0 || offer_is_reservation(offer) || n_servers == 0)
        return 1;
    int64_t most = offer->max_per_order == 0 ? n_servers : offer->max_per_order;
    int64_t at_once = offer->orders_at_once == 0 ? n_servers : offer->orders_at_once;
    int128 rounds = (int128)flow_rounds(&study->processes[offer->process], most) *
                    (1 + (int128)n_servers / most / at_once);
    return rounds > MOST_ROUNDS ? MOST_ROUNDS + 1 : (int64_t)rounds;
}

/* ---- lead times ---- */

static int compare_seconds(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

/* R type 7 of sorted values, in hours. */
static double percentile_hours(const int64_t *sorted, int n, double p)
{
    double at = p * (n - 1);
    int below = (int)at;
    double fraction = at - below;
    double low = (double)sorted[below], high = (double)sorted[below + (below + 1 < n)];
    return (low + fraction * (high - low)) / HOUR_SECONDS;
}

/* A lead time as a function of the durations of a process. */
struct lead_case {
    const struct study *study;
    const struct process *process;
    const struct offer *offer; /* NULL: the process alone */
    bool for_quota;            /* the process lifts the offer's quota */
    int64_t n_servers, running;
};

static int64_t lead_seconds(struct arena *arena, const struct lead_case *c, const int64_t *durations)
{
    struct arrivals list;
    int64_t seconds = 0;
    if (c->for_quota) {
        list = flow_run(arena, c->process, durations, 1);
        check(launch_seconds(c->offer, c->n_servers, c->running, arrivals_last(&list), &seconds));
        return seconds;
    }
    if (c->offer != NULL && c->offer->max_per_order > 0 && c->offer->max_per_order < c->n_servers)
        return last_by_orders(arena, c->process, durations, c->n_servers, c->offer->max_per_order,
                              c->offer->orders_at_once);
    list = flow_run(arena, c->process, durations, c->n_servers);
    return arrivals_last(&list);
}

static double lead_hours(struct arena *arena, const struct lead_case *c, enum duration_case which)
{
    return (double)lead_seconds(arena, c, flow_durations(arena, c->process, which)) / HOUR_SECONDS;
}

static bool all_fixed(const struct process *process)
{
    for (size_t i = 0; i < process->n_items; i++)
        if (process->items[i].low_seconds != process->items[i].high_seconds)
            return false;
    return true;
}

static struct lead_time sample(const struct lead_case *c)
{
    struct arena scratch = {0};
    int64_t seconds[N_DRAWS];
    struct lead_time lead = {.possible = true};
    int n = all_fixed(c->process) ? 1 : N_DRAWS;
    lead.all_low = lead_hours(&scratch, c, DURATION_LOW);
    lead.base = lead_hours(&scratch, c, DURATION_MODE);
    lead.all_high = lead_hours(&scratch, c, DURATION_HIGH);
    for (int i = 0; i < n; i++) {
        arena_reset(&scratch);
        int64_t *durations = ARENA_NEW(&scratch, int64_t, c->process->n_items + 1);
        flow_draw(c->process, (uint64_t)c->study->seed, (uint64_t)i, durations);
        seconds[i] = lead_seconds(&scratch, c, durations);
    }
    arena_free(&scratch);
    qsort(seconds, (size_t)n, sizeof seconds[0], compare_seconds);
    lead.p10 = percentile_hours(seconds, n, 0.1);
    lead.p50 = percentile_hours(seconds, n, 0.5);
    lead.p90 = percentile_hours(seconds, n, 0.9);
    return lead;
}

static struct lead_time fixed_lead(int64_t seconds)
{
    double hours = (double)seconds / HOUR_SECONDS;
    return (struct lead_time){true, hours, hours, hours, hours, hours, hours};
}

struct lead_time lead_time_of_process(const struct study *study, const struct process *process,
                                      int64_t n_servers)
{
    if (flow_rounds(process, n_servers) > MOST_ROUNDS)
        return (struct lead_time){0};
    struct lead_case c = {.study = study, .process = process, .n_servers = n_servers};
    return sample(&c);
}

struct lead_time lead_time_of(const struct study *study, const struct offer *offer, int64_t n_servers,
                              int64_t running)
{
    if (n_servers == 0)
        return fixed_lead(0);
    if (offer_is_reservation(offer))
        offer = &study->offers[offer->discounts];
    struct lead_case c = {.study = study, .offer = offer, .n_servers = n_servers, .running = running};
    if (offer->kind == OFFER_ON_DEMAND || offer->kind == OFFER_SPOT) {
        int64_t seconds;
        if (within_quota(offer, n_servers, running) == n_servers &&
            launch_seconds(offer, n_servers, running, 0, &seconds))
            return fixed_lead(seconds);
        if (offer->quota_increase < 0)
            return (struct lead_time){0};
        c.for_quota = true;
        c.process = &study->processes[offer->quota_increase];
        return sample(&c);
    }
    if (offer->process < 0)
        return fixed_lead(0);
    if (delivery_rounds(study, offer, n_servers) > MOST_ROUNDS)
        return (struct lead_time){0};
    c.process = &study->processes[offer->process];
    return sample(&c);
}
