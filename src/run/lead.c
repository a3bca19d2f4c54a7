#include "run/lead.h"

#include "base/arena.h"
#include "run/lead_curve.h"
#include "supply/availability.h"
#include "supply/lead_time.h"

static const int64_t sizes[] = {1, 10, 100, 1000, 5000};

enum { N_SIZES = sizeof sizes / sizeof sizes[0] };

struct rows {
    struct arena *arena;
    struct lead_time_row *items;
    size_t n_items, capacity;
    struct lead_curves curves;
};

static struct str percent_text(struct arena *arena, struct decimal share)
{
    struct decimal percent = decimal_normal((struct decimal){share.digits * 100, share.scale});
    return str_format(arena, "%.*s%%", STR_ARGS(decimal_text(arena, percent)));
}

static struct str launch_text(struct arena *arena, const struct offer *offer)
{
    struct str text =
        str_format(arena, "start-up %.*s", STR_ARGS(duration_text(arena, offer->start_up_seconds)));
    if (offer->launch_rate.micro_per_second > 0) {
        struct decimal rate = decimal_normal((struct decimal){offer->launch_rate.micro_per_second, 6});
        text = str_format(arena, "%lld at once then %.*s /s; %.*s", (long long)offer->launch_bucket,
                          STR_ARGS(decimal_text(arena, rate)), STR_ARGS(text));
    }
    if (offer->shares != NULL)
        text = str_format(arena, "%.*s; quota %.*s of %lld %s", STR_ARGS(text), STR_ARGS(offer->shares->name),
                          (long long)offer->shares->most, offer->shares->counts_vcpu ? "vCPU" : "servers");
    else if (offer->quota > 0)
        text = str_format(arena, "%.*s; quota %lld", STR_ARGS(text), (long long)offer->quota);
    if (may_lack_capacity(offer))
        text = str_format(arena, "%.*s; available %.*s, else again every %.*s", STR_ARGS(text),
                          STR_ARGS(percent_text(arena, offer->available)),
                          STR_ARGS(duration_exact_text(arena, offer->retry_seconds)));
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

static bool is_there(const struct rows *rows, struct str process, struct str limits)
{
    for (size_t i = 0; i < rows->n_items; i++)
        if (str_equal(rows->items[i].process, process) && str_equal(rows->items[i].limits, limits))
            return true;
    return false;
}

/* The curve has been reckoned for these sizes, among others. */
static void add_rows(struct rows *rows, const struct study *study, const struct offer *offer)
{
    struct str process = process_text(rows->arena, study, offer),
               limits = limits_text(rows->arena, study, offer);
    size_t first = rows->curves.n_items;
    if (is_there(rows, process, limits))
        return;
    lead_curve_add(rows->arena, &rows->curves, study, offer, process, limits);
    for (int i = 0; i < N_SIZES; i++)
        for (size_t j = first; j < rows->curves.n_items; j++)
            if (rows->curves.items[j].servers == sizes[i])
                *ARENA_APPEND(rows->arena, rows) =
                    (struct lead_time_row){process, limits, sizes[i], rows->curves.items[j].hours};
}

/* ---- crews that work for several offers of a strategy ---- */

static bool has_crew(const struct process *process, struct str crew)
{
    for (size_t i = 0; i < process->n_items; i++)
        if (process->items[i].workers > 0 && str_equal(process->items[i].crew, crew))
            return true;
    return false;
}

static bool share_a_crew(const struct study *study, const struct offer *a, const struct offer *b)
{
    const struct process *process = &study->processes[a->process];
    for (size_t i = 0; i < process->n_items; i++)
        if (process->items[i].crew.length > 0 && process->items[i].workers > 0 &&
            has_crew(&study->processes[b->process], process->items[i].crew))
            return true;
    return false;
}

static bool has_one_order(const struct offer *offer)
{
    return (offer->kind == OFFER_COLOCATION || offer->kind == OFFER_HOSTING) && offer->process >= 0 &&
           offer->max_per_order == 0;
}

/* Rows of a layer's offer when as many servers of each layer before it that shares a crew are ordered at the
 * same time, and come first. */
static void add_shared_rows(struct rows *rows, const struct study *study, const struct strategy *strategy,
                            size_t layer)
{
    const struct offer *last = &study->offers[strategy->layers[layer].offer];
    const struct offer **offers = ARENA_NEW(rows->arena, const struct offer *, layer + 1);
    struct str limits = {0};
    size_t n = 0;
    for (size_t i = 0; i < layer && has_one_order(last); i++) {
        const struct offer *offer = &study->offers[strategy->layers[i].offer];
        if (!has_one_order(offer) || !share_a_crew(study, offer, last))
            continue;
        offers[n++] = offer;
        limits = str_format(rows->arena, "%.*s%.*s", STR_ARGS(limits),
                            STR_ARGS(str_format(rows->arena, "%sas many of %.*s", n > 1 ? " and " : "after ",
                                                STR_ARGS(offer->id))));
    }
    if (n == 0)
        return;
    limits = str_format(rows->arena, "%.*s, with the same crew", STR_ARGS(limits));
    offers[n++] = last;
    struct str process = process_text(rows->arena, study, last);
    for (int i = 0; i < N_SIZES && !(i == 0 && is_there(rows, process, limits)); i++)
        *ARENA_APPEND(rows->arena, rows) = (struct lead_time_row){
            process, limits, sizes[i],
            lead_time_together(study, offers, n, sizes[i], study->decide_from_seconds)};
}

void lead_time_rows(struct arena *arena, struct result *result)
{
    const struct study *study = result->study;
    struct rows rows = {.arena = arena};
    for (size_t i = 0; i < study->n_offers; i++)
        if (study->offers[i].used && offer_has_servers(&study->offers[i]))
            add_rows(&rows, study, &study->offers[i]);
    for (size_t i = 0; i < study->n_strategies; i++)
        for (size_t j = 1; j < study->strategies[i].n_layers; j++)
            add_shared_rows(&rows, study, &study->strategies[i], j);
    result->lead_times = rows.items;
    result->n_lead_times = rows.n_items;
    result->lead_curves = rows.curves.items;
    result->n_lead_curves = rows.curves.n_items;
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
        const struct offer *launched =
            offer_is_reservation(offer) ? &result->study->offers[offer->discounts] : offer;
        int128 used = quota_units(launched, offer_servers_for(offer, need_before(&result->demand, at)));
        struct lead_time lead =
            lead_time_of(result->study, offer, offer_servers_for(offer, result->burst_servers), used, at);
        if (lead.possible && (!fastest.possible || lead.p50 < fastest.p50))
            fastest = lead;
    }
    return fastest;
}
