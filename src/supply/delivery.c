#include "supply/delivery.h"

#include "base/arena.h"
#include "supply/availability.h"
#include "unit/money.h"

enum { LAUNCH_GROUPS = 4096 };

enum { RATE_UNIT = 1000000 }; /* launch rates are in millionths a second */

static struct arrivals append(struct arena *arena, struct arrivals list, int64_t seconds, int64_t servers)
{
    if (servers > 0)
        *ARENA_APPEND(arena, &list) = (struct arrival){seconds, servers};
    return list;
}

int64_t quota_lead_seconds(struct arena *arena, const struct study *study, const struct offer *offer,
                           int64_t asked_seconds)
{
    if (quota_process(offer) < 0)
        return 0;
    const struct process *process = &study->processes[quota_process(offer)];
    struct flow_order one = {process, durations_of(arena, process, DURATION_MODE), 1, asked_seconds, 0};
    struct arrivals list = flow_run(arena, &one);
    return arrivals_last(&list);
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

bool launch_seconds(const struct offer *offer, int64_t n_servers, int128 used,
                    const struct launch_waits *waits, int64_t *seconds)
{
    int64_t now = within_quota(offer, n_servers, used), later = n_servers - now;
    *seconds = now > 0 ? waits->within + launch_wait(offer, now) : 0;
    if (later == 0)
        return true;
    if (quota_process(offer) < 0)
        return false;
    int64_t after = waits->quota + waits->beyond + launch_wait(offer, later);
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

/* Launches of an on-demand offer; `draw` NULL: capacity is there. */
static struct arrivals by_launches(struct arena *arena, const struct study *study, const struct offer *offer,
                                   int64_t n_servers, int128 used, int64_t ordered_seconds,
                                   const struct capacity_draw *draw)
{
    int64_t now = within_quota(offer, n_servers, used);
    struct arrivals list = {0};
    if (now > 0)
        list = add_launches(arena, list, offer, draw == NULL ? 0 : capacity_wait(draw, ordered_seconds), now);
    if (n_servers > now && quota_process(offer) >= 0) {
        int64_t wait = quota_lead_seconds(arena, study, offer, ordered_seconds);
        wait += draw == NULL ? 0 : capacity_wait(draw, ordered_seconds + wait);
        list = add_launches(arena, list, offer, wait, n_servers - now);
    }
    arrivals_sort(&list);
    return list;
}

struct arrivals delivery(struct arena *arena, const struct study *study, const struct offer *offer,
                         int64_t n_servers, int128 used, int64_t ordered_seconds)
{
    if (offer_is_reservation(offer))
        return by_launches(arena, study, &study->offers[offer->discounts], n_servers, used, ordered_seconds,
                           NULL);
    if (offer->process < 0)
        return append(arena, (struct arrivals){0}, 0, n_servers);
    const struct process *process = &study->processes[offer->process];
    struct flow_order all = {process, durations_of(arena, process, DURATION_MODE), n_servers, ordered_seconds,
                             0};
    return rounds_run(arena, &all, offer);
}

struct arrivals delivery_simulated(struct arena *arena, const struct study *study, const struct offer *offer,
                                   int64_t n_servers, int128 used, int64_t ordered_seconds)
{
    if (!study->draws_capacity || !offer_is_reservation(offer))
        return delivery(arena, study, offer, n_servers, used, ordered_seconds);
    const struct offer *launched = &study->offers[offer->discounts];
    struct capacity_draw draw = capacity_draw(arena, study, launched, 0);
    return by_launches(arena, study, launched, n_servers, used, ordered_seconds, &draw);
}

static bool books_crews(const struct study *study, const struct offer *offer)
{
    return !offer_is_reservation(offer) && offer->process >= 0 && offer->max_per_order == 0 &&
           process_books_crews(&study->processes[offer->process]);
}

struct arrivals delivery_booked(struct arena *arena, const struct study *study, const struct offer *offer,
                                int64_t n_servers, int128 used, int64_t ordered_seconds,
                                const struct bookings *bookings, struct booking_list *taken)
{
    if (!books_crews(study, offer))
        return delivery_simulated(arena, study, offer, n_servers, used, ordered_seconds);
    const struct process *process = &study->processes[offer->process];
    struct flow_order order = {process, durations_of(arena, process, DURATION_MODE), n_servers,
                               ordered_seconds, 0};
    return flow_run_booked(arena, &order, bookings, taken);
}

bool delivery_keeps_hours(const struct study *study, const struct offer *offer)
{
    int process = offer->process;
    if (offer_is_reservation(offer))
        process = quota_process(&study->offers[offer->discounts]);
    return process >= 0 && process_keeps_hours(&study->processes[process]);
}

/* When the last server of an order of some time is in service. */
static int64_t last_in_service(struct arena *scratch, const struct study *study, const struct offer *offer,
                               int64_t n_servers, int128 used, int64_t ordered_seconds)
{
    arena_reset(scratch);
    struct arrivals list = delivery(scratch, study, offer, n_servers, used, ordered_seconds);
    return ordered_seconds + arrivals_last(&list);
}

static int64_t last_booked(struct arena *scratch, const struct study *study, const struct offer *offer,
                           int64_t n_servers, int64_t ordered_seconds, const struct bookings *bookings)
{
    arena_reset(scratch);
    struct arrivals list =
        delivery_booked(scratch, study, offer, n_servers, 0, ordered_seconds, bookings, NULL);
    return ordered_seconds + arrivals_last(&list);
}

/* Who orders later is never served earlier, so that the latest order in time can be searched by halves. */
int64_t delivery_order_by(const struct study *study, const struct offer *offer, int64_t n_servers,
                          int128 used, int64_t in_service_seconds)
{
    struct arena scratch = {0};
    int64_t high = in_service_seconds;
    int64_t lead = last_in_service(&scratch, study, offer, n_servers, used, high) - high, low = high - lead;
    if (delivery_keeps_hours(study, offer) && lead > 0) {
        for (; last_in_service(&scratch, study, offer, n_servers, used, low) > in_service_seconds; lead *= 2)
            low -= lead;
        while (high - low > 1) {
            int64_t middle = low + (high - low) / 2;
            if (last_in_service(&scratch, study, offer, n_servers, used, middle) <= in_service_seconds)
                low = middle;
            else
                high = middle;
        }
    }
    arena_free(&scratch);
    return low;
}

int64_t delivery_booked_order_by(const struct study *study, const struct offer *offer, int64_t n_servers,
                                 int128 used, int64_t in_service_seconds, int64_t earliest,
                                 const struct bookings *bookings)
{
    struct arena scratch = {0};
    int64_t high = delivery_order_by(study, offer, n_servers, used, in_service_seconds), low = high;
    if (!books_crews(study, offer) || bookings->n_items == 0)
        return high;
    int64_t late = last_booked(&scratch, study, offer, n_servers, low, bookings) - in_service_seconds;
    for (int64_t back = late; late > 0 && low > earliest; back *= 2) {
        high = low;
        low -= back;
        late = last_booked(&scratch, study, offer, n_servers, low, bookings) - in_service_seconds;
    }
    while (late <= 0 && high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (last_booked(&scratch, study, offer, n_servers, middle, bookings) <= in_service_seconds)
            low = middle;
        else
            high = middle;
    }
    arena_free(&scratch);
    return low;
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
