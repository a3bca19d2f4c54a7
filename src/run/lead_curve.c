#include "run/lead_curve.h"

#include <string.h>

#include "base/arena.h"
#include "supply/delivery.h"
#include "supply/lead_time.h"

static const int64_t sizes[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000};

enum { N_SIZES = sizeof sizes / sizeof sizes[0] };

/* What the base case would be with a process that is changed at one place. */
struct what_if {
    const struct offer *offer;
    const struct process *process;
    struct process changed;
    int64_t n_servers, ordered_seconds;
};

static int64_t seconds_if(struct what_if *w)
{
    int64_t seconds = lead_base_seconds(w->offer, &w->changed, w->n_servers, w->ordered_seconds);
    memcpy(w->changed.items, w->process->items, w->process->n_items * sizeof *w->changed.items);
    return seconds;
}

static void take_no_time(struct stage *stage)
{
    stage->low_seconds = stage->mode_seconds = stage->high_seconds = 0;
}

/* Ten more workers at a stage, and so wherever its crew works. */
static void add_workers(const struct process *process, const struct stage *at)
{
    struct str crew = at->crew;
    for (size_t i = 0; i < process->n_items; i++) {
        struct stage *stage = &process->items[i];
        bool same = stage == at || (crew.length > 0 && str_equal(stage->crew, crew));
        stage->workers += same && stage->workers > 0 ? TEN_MORE : 0;
    }
}

/* The binding stage is the one without whose work the last server would be there first. */
static void find_binding(struct what_if *w, int64_t base, struct lead_curve_row *row)
{
    int64_t least = base;
    for (size_t i = 0; i < w->process->n_items; i++) {
        take_no_time(&w->changed.items[i]);
        int64_t seconds = seconds_if(w);
        if (seconds < least) {
            least = seconds;
            row->binding_stage = w->process->items[i].name;
        }
    }
}

/* Ten more people where they save most. */
static void find_savings(struct what_if *w, int64_t base, struct lead_curve_row *row)
{
    int64_t most = 0;
    for (size_t i = 0; i < w->process->n_items; i++) {
        const struct stage *stage = &w->process->items[i];
        if (stage->workers == 0)
            continue;
        add_workers(&w->changed, &w->changed.items[i]);
        int64_t saved = base - seconds_if(w);
        if (saved > most) {
            most = saved;
            row->ten_more_at = stage->crew.length > 0 ? stage->crew : stage->name;
        }
    }
    row->hours_saved = (double)most / HOUR_SECONDS;
}

static void explain_process(struct arena *arena, const struct offer *offer, const struct process *process,
                            int64_t ordered_seconds, struct lead_curve_row *row)
{
    struct what_if w = {
        offer, process, {.name = process->name, .n_items = process->n_items}, row->servers, ordered_seconds};
    w.changed.items = ARENA_NEW(arena, struct stage, process->n_items);
    memcpy(w.changed.items, process->items, process->n_items * sizeof *process->items);
    int64_t base = lead_base_seconds(offer, process, row->servers, ordered_seconds);
    find_binding(&w, base, row);
    find_savings(&w, base, row);
}

static void explain_launches(const struct study *study, const struct offer *offer, struct lead_curve_row *row)
{
    if (offer_is_reservation(offer))
        offer = &study->offers[offer->discounts];
    if (within_quota(offer, row->servers, 0) < row->servers)
        row->binding_stage = STR("quota");
    else if (offer->launch_rate.micro_per_second > 0 && row->servers > offer->launch_bucket)
        row->binding_stage = STR("launch rate");
    else if (offer->start_up_seconds > 0)
        row->binding_stage = STR("start-up");
}

void lead_curve_add(struct arena *arena, struct lead_curves *curves, const struct study *study,
                    const struct offer *offer, struct str process, struct str limits)
{
    int64_t ordered = study->decide_from_seconds;
    bool launches =
        offer->kind == OFFER_ON_DEMAND || offer->kind == OFFER_SPOT || offer_is_reservation(offer);
    for (int i = 0; i < N_SIZES; i++) {
        struct lead_curve_row row = {.process = process, .limits = limits, .servers = sizes[i]};
        row.offer = (int)(offer - study->offers);
        row.hours = lead_time_of(study, offer, sizes[i], 0, ordered);
        if (launches)
            explain_launches(study, offer, &row);
        else if (row.hours.possible && offer->process >= 0)
            explain_process(arena, offer, &study->processes[offer->process], ordered, &row);
        *ARENA_APPEND(arena, curves) = row;
    }
}
