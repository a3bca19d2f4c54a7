/* The cheapest plan where crews that have a name install so many servers a day: leases begin with days, and
 * of the offers that share a crew no more begin in one than it installs. Other plans may use the crews
 * otherwise, so this one proves nothing; it is a better way to order where all leases at once would come
 * late. */
#include "base/arena.h"
#include "plan/optimum_parts.h"
#include "supply/delivery.h"

/* What a layer's crews install, and with which layers it shares them. */
struct installing {
    int64_t a_day; /* reference servers; 0: no crew keeps it */
    int group;
};

static bool has_crew(const struct process *process, struct str crew)
{
    for (size_t i = 0; i < process->n_items; i++)
        if (process->items[i].workers > 0 && str_equal(process->items[i].crew, crew))
            return true;
    return false;
}

static bool share_a_crew(const struct process *a, const struct process *b)
{
    for (size_t i = 0; i < a->n_items; i++)
        if (a->items[i].workers > 0 && a->items[i].crew.length > 0 && has_crew(b, a->items[i].crew))
            return true;
    return false;
}

static const struct process *process_of(const struct optimiser *o, size_t layer)
{
    const struct layer *l = &o->strategy->layers[layer];
    const struct offer *offer = &o->study->offers[l->offer];
    if (l->rule != SIZE_OPTIMAL || offer->process < 0 || offer_is_reservation(offer))
        return NULL;
    const struct process *process = &o->study->processes[offer->process];
    return process_books_crews(process) ? process : NULL;
}

/* The most servers of a large order that come in one day; 0 where all do. */
static int64_t most_a_day(const struct optimiser *o, const struct offer *offer, int64_t n)
{
    struct arena scratch = {0};
    int64_t most = 0, today = 0, day = INT64_MIN;
    while (n > 1 && delivery_rounds(o->study, offer, n) > MOST_ROUNDS)
        n /= 2;
    struct arrivals list = delivery(&scratch, o->study, offer, n, 0, o->study->decide_from_seconds);
    for (size_t i = 0; i < list.n_items; i++) {
        today = list.items[i].seconds / DAY_SECONDS == day ? today : 0;
        day = list.items[i].seconds / DAY_SECONDS;
        today += list.items[i].servers;
        most = today > most ? today : most;
    }
    arena_free(&scratch);
    return most < n ? most : 0;
}

static int64_t largest_need(const struct optimum *optimum)
{
    int64_t most = 0;
    for (int32_t t = 0; t < optimum->n_steps; t++)
        most = optimum->need[t] > most ? optimum->need[t] : most;
    return most;
}

/* Layers that share a crew, also through others, are one group. False where no crew keeps anybody. */
static bool find_crews(const struct optimiser *o, struct installing *layers)
{
    bool any = false;
    int64_t most = largest_need(o->optimum);
    for (size_t i = 0; i < o->strategy->n_layers; i++) {
        const struct process *process = process_of(o, i);
        const struct offer *offer = &o->study->offers[o->strategy->layers[i].offer];
        layers[i].group = (int)i;
        if (process == NULL || most == 0)
            continue;
        layers[i].a_day = offer_capacity(offer, most_a_day(o, offer, offer_servers_for(offer, most)));
        any |= layers[i].a_day > 0;
        for (size_t k = 0; k < i; k++) {
            int other = layers[k].group;
            if (process_of(o, k) != NULL && share_a_crew(process, process_of(o, k)))
                for (size_t m = 0; m <= i; m++)
                    layers[m].group = layers[m].group == other ? layers[i].group : layers[m].group;
        }
    }
    return any;
}

static size_t layer_of(const struct optimiser *o, int offer)
{
    size_t layer = 0;
    while (o->strategy->layers[layer].offer != offer)
        layer++;
    return layer;
}

/* Leases of kept layers begin at midnight, from the first day on that they may. */
static void keep_to_days(const struct optimiser *o, const struct installing *layers,
                         struct network_problem *problem, struct network_offer *offers)
{
    struct network_start_limit *limits =
        ARENA_NEW(o->arena, struct network_start_limit, o->strategy->n_layers); /* most 0: of no offer */
    int64_t step = o->demand->step_seconds, start = o->demand->start_seconds;
    int64_t to_midnight = (start / DAY_SECONDS * DAY_SECONDS + DAY_SECONDS - start) % DAY_SECONDS;
    for (size_t i = 0; i < problem->n_offers; i++) {
        const struct installing *kept = &layers[layer_of(o, o->optimum->kinds[i].offer)];
        if (kept->a_day == 0)
            continue;
        offers[i].every = (int32_t)(DAY_SECONDS / step);
        offers[i].first_start = (int32_t)((to_midnight + step - 1) / step);
        offers[i].quota.all = kept->a_day;
        offers[i].start_limit = 1 + kept->group;
        if (kept->a_day > limits[kept->group].most.all)
            limits[kept->group].most.all = kept->a_day;
    }
    problem->offers = offers;
    problem->start_limits = limits;
    problem->n_start_limits = o->strategy->n_layers;
}

static void take_leases(struct optimiser *o, const struct network_solution *solution)
{
    struct optimum *optimum = o->optimum;
    struct other_leases *other = add_other_leases(o, optimum->n_kinds);
    int64_t *missing = ARENA_NEW(o->arena, int64_t, optimum->n_steps);
    for (size_t i = 0; i < optimum->n_kinds; i++) {
        other->kinds[i] = optimum->kinds[i];
        other->kinds[i].chosen = solution->leases + i * (size_t)optimum->n_steps;
    }
    int128 cost = network_cost_of(optimum, solution, missing);
    optimum->has_installed = true;
    optimum->installed_cost = in_millionths(optimum, cost, missing);
}

void plan_installed(struct optimiser *o)
{
    struct optimum *optimum = o->optimum;
    struct installing *layers = ARENA_NEW(o->arena, struct installing, o->strategy->n_layers);
    struct network_solution solution;
    if (o->demand->start_seconds % o->demand->step_seconds != 0 || !find_crews(o, layers))
        return;
    struct network_problem problem = network_of(o->arena, optimum, optimum->kinds, optimum->n_kinds, true);
    keep_to_days(o, layers, &problem, network_offers(o->arena, optimum->kinds, optimum->n_kinds));
    if (network_solve(o->arena, &problem, &solution) && solution.feasible)
        take_leases(o, &solution);
}
