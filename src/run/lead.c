#include "run/lead.h"

#include "base/arena.h"
#include "supply/lead_time.h"

static const int64_t sizes[] = {1, 10, 100, 1000, 5000};

enum { N_SIZES = sizeof sizes / sizeof sizes[0] };

struct rows {
    struct arena *arena;
    struct lead_time_row *items;
    size_t n_items, capacity;
};

static struct str launch_text(struct arena *arena, const struct offer *offer)
{
    struct str text =
        str_format(arena, "start-up %.*s", STR_ARGS(duration_text(arena, offer->start_up_seconds)));
    if (offer->launch_rate.micro_per_second > 0) {
        struct decimal rate = decimal_normal((struct decimal){offer->launch_rate.micro_per_second, 6});
        text = str_format(arena, "%lld at once then %.*s /s; %.*s", (long long)offer->launch_bucket,
                          STR_ARGS(decimal_text(arena, rate)), STR_ARGS(text));
    }
    if (offer->quota > 0)
        text = str_format(arena, "%.*s; quota %lld", STR_ARGS(text), (long long)offer->quota);
    return text;
}

static struct str limits_text(struct arena *arena, const struct study *study, const struct offer *offer)
{
    if (offer->kind == OFFER_ON_DEMAND || offer->kind == OFFER_SPOT)
        return launch_text(arena, offer);
    if (offer_is_reservation(offer))
        return launch_text(arena, &study->offers[offer->discounts]);
    if (offer->max_per_order == 0)
        return STR("");
    if (offer->orders_at_once == 0)
        return str_format(arena, "%lld servers an order", (long long)offer->max_per_order);
    return str_format(arena, "%lld servers an order; %lld orders at once", (long long)offer->max_per_order,
                      (long long)offer->orders_at_once);
}

static struct str process_text(struct arena *arena, const struct study *study, const struct offer *offer)
{
    if (offer->kind == OFFER_ON_DEMAND || offer->kind == OFFER_SPOT || offer_is_reservation(offer))
        return str_format(arena, "launch of %.*s", STR_ARGS(offer->id));
    if (offer->process < 0)
        return str_format(arena, "none: %.*s is in service at once", STR_ARGS(offer->id));
    return study->processes[offer->process].name;
}

static void add_rows(struct rows *rows, const struct study *study, const struct offer *offer)
{
    struct str process = process_text(rows->arena, study, offer),
               limits = limits_text(rows->arena, study, offer);
    for (size_t i = 0; i < rows->n_items; i++)
        if (str_equal(rows->items[i].process, process) && str_equal(rows->items[i].limits, limits))
            return;
    for (int i = 0; i < N_SIZES; i++)
        *ARENA_APPEND(rows->arena, rows) = (struct lead_time_row){
            process, limits, sizes[i], lead_time_of(study, offer, sizes[i], 0, study->decide_from_seconds)};
}

void lead_time_rows(struct arena *arena, struct result *result)
{
    struct rows rows = {.arena = arena};
    for (size_t i = 0; i < result->study->n_offers; i++)
        if (result->study->offers[i].used && offer_has_servers(&result->study->offers[i]))
            add_rows(&rows, result->study, &result->study->offers[i]);
    result->lead_times = rows.items;
    result->n_lead_times = rows.n_items;
}

/* Need in the step before a time: what runs already when the burst comes. */
static int64_t need_before(const struct demand *demand, int64_t seconds)
{
    int64_t step = (seconds - demand->start_seconds) / demand->step_seconds - 1;
    return step < 0 ? 0 : step < demand->n_steps ? demand->servers[step] : 0;
}

struct lead_time lead_time_of_strategy(const struct result *result, const struct strategy *strategy)
{
    struct lead_time fastest = {0};
    int64_t at = result->study->start_seconds;
    const struct workload *workload = &result->study->workload;
    for (size_t i = 0; i < workload->n_bursts; i++)
        if (workload->bursts[i].servers == result->burst_servers &&
            str_equal(workload->bursts[i].name, result->burst_name))
            at = workload->bursts[i].at_seconds;
    for (size_t i = 0; i < strategy->n_layers; i++) {
        const struct offer *offer = &result->study->offers[strategy->layers[i].offer];
        int64_t running = offer_servers_for(offer, need_before(&result->demand, at));
        struct lead_time lead =
            lead_time_of(result->study, offer, offer_servers_for(offer, result->burst_servers), running, at);
        if (lead.possible && (!fastest.possible || lead.p50 < fastest.p50))
            fastest = lead;
    }
    return fastest;
}
