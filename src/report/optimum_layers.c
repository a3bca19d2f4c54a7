#include "report/optimum_layers.h"

#include "base/arena.h"
#include "model/certificate.h"
#include "report/chart.h"
#include "report/chart_lines.h"
#include "report/chart_text.h"

static int64_t highest(const int64_t *values, int32_t n)
{
    int64_t most = 0;
    for (int32_t t = 0; t < n; t++)
        most = values[t] > most ? values[t] : most;
    return most;
}

/* Adds the leases of an offer that run in each step. */
static void add_leases(struct arena *arena, const struct optimum *optimum, int offer, int64_t *servers)
{
    int32_t n = optimum->n_steps;
    int64_t *change = ARENA_NEW(arena, int64_t, (size_t)n + 1), running = 0;
    for (size_t i = 0; i < optimum->n_kinds; i++) {
        const struct lease_kind *kind = &optimum->kinds[i];
        if (kind->offer != offer)
            continue;
        for (int32_t t = 0; t < n; t++) {
            change[t] += kind->chosen[t];
            change[kind->steps < n - t ? t + kind->steps : n] -= kind->chosen[t];
        }
    }
    for (int32_t t = 0; t < n; t++)
        servers[t] += running += change[t];
}

/* The layer of an offer; beyond OPTIMUM_LAYERS commitments the one that they share. */
static struct optimum_layer *layer_of(struct arena *arena, const struct result *result,
                                      struct optimum_layers *layers, int offer)
{
    struct optimum_layer *layer = &layers->items[layers->n_items];
    if (layers->n_items > OPTIMUM_LAYERS)
        return layer - 1;
    layers->n_items++;
    layer->id = result->study->offers[offer].id;
    layer->servers = ARENA_NEW(arena, int64_t, (size_t)layers->optimum->n_steps);
    return layer;
}

/* Does an offer serve on demand, step by step? */
static bool follows(const struct optimum *optimum, int offer)
{
    for (size_t i = 0; i < optimum->n_kinds; i++)
        if (optimum->kinds[i].offer == offer && optimum->kinds[i].follows)
            return true;
    return false;
}

/* The offers that are leased, in the order of the layers: commitments, or those on demand before the last. */
static void add_leased(struct arena *arena, const struct result *result, struct optimum_layers *layers,
                       bool on_demand, int *used)
{
    const struct optimum *optimum = layers->optimum;
    for (size_t i = 0; i < optimum->n_offers; i++) {
        const struct optimum_offer *offer = &optimum->offers[i];
        if (offer->offer == optimum->on_demand || offer->most == 0 ||
            follows(optimum, offer->offer) != on_demand)
            continue;
        struct optimum_layer *layer = layer_of(arena, result, layers, offer->offer);
        int family = (int)result->study->offers[offer->offer].kind;
        layer->colour =
            ++layer->n_offers > 1 ? colour_shade(COLOUR_MIXED, 0) : colour_shade(family, used[family]++);
        layers->has_on_demand |= on_demand;
        add_leases(arena, optimum, offer->offer, layer->servers);
    }
}

static void count_committed(struct optimum_layers *layers)
{
    for (int32_t t = 0; t < layers->optimum->n_steps; t++) {
        int64_t sum = 0;
        for (size_t i = 0; i < layers->n_items; i++)
            sum += layers->items[i].servers[t];
        layers->most_committed = sum > layers->most_committed ? sum : layers->most_committed;
    }
}

static void name_layers(struct arena *arena, struct optimum_layers *layers)
{
    struct str ids[OPTIMUM_LAYERS + 2];
    for (size_t i = 0; i < layers->n_items; i++)
        ids[i] = layers->items[i].id;
    struct str prefix = layers->n_items > 0 ? chart_common_prefix(ids, layers->n_items) : STR("");
    for (size_t i = 0; i < layers->n_items; i++) {
        struct optimum_layer *layer = &layers->items[i];
        layer->most = highest(layer->servers, layers->optimum->n_steps);
        layer->name = layer->n_offers > 1 ? str_format(arena, "%zu other offers", layer->n_offers)
                                          : chart_offer_name(arena, str_after(layer->id, prefix.length));
    }
    if (prefix.length > 0)
        layers->prefix = chart_name(arena, (struct str){prefix.at, prefix.length - 1}, CHART_NAME);
}

struct optimum_layers optimum_layers_of(struct arena *arena, const struct result *result,
                                        const struct strategy_result *strategy)
{
    const struct optimum *optimum = strategy->plan.optimum;
    struct optimum_layers layers = {.strategy = strategy, .optimum = optimum};
    int used[N_COLOUR_FAMILIES] = {0};
    add_leased(arena, result, &layers, false, used);
    count_committed(&layers);
    layers.n_committed = layers.n_items;
    add_leased(arena, result, &layers, true, used);
    if (optimum->on_demand >= 0 && highest(optimum->on_demand_used, optimum->n_steps) > 0) {
        layers.has_on_demand = true;
        int family = (int)result->study->offers[optimum->on_demand].kind;
        layers.items[layers.n_items++] =
            (struct optimum_layer){.id = result->study->offers[optimum->on_demand].id,
                                   .colour = colour_shade(family, used[family]),
                                   .servers = optimum->on_demand_used,
                                   .n_offers = 1};
    }
    name_layers(arena, &layers);
    layers.highest_need = highest(optimum->need, optimum->n_steps);
    layers.has_missing = highest(optimum->missing, optimum->n_steps) > 0;
    return layers;
}

struct optimum_points optimum_points_of(struct arena *arena, const struct optimum *optimum, int32_t most)
{
    static const struct {
        int64_t seconds;
        const char *name;
    } lengths[] = {{HOUR_SECONDS, "hour"},
                   {6 * HOUR_SECONDS, "6 hours"},
                   {DAY_SECONDS, "day"},
                   {7 * DAY_SECONDS, "week"},
                   {28 * DAY_SECONDS, "4 weeks"}};
    int64_t step = optimum->certificate->step_seconds;
    int32_t n = optimum->n_steps;
    if (n <= most)
        return (struct optimum_points){1, n, {0}};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        int64_t each = lengths[i].seconds / step;
        if (each * step == lengths[i].seconds && (n + each - 1) / each <= most)
            return (struct optimum_points){(int32_t)each, (int32_t)((n + each - 1) / each),
                                           str_of(lengths[i].name)};
    }
    int32_t each = (n - 1) / most + 1;
    return (struct optimum_points){each, (n - 1) / each + 1, str_format(arena, "%d steps", (int)each)};
}

int32_t optimum_point_end(const struct optimum_points *points, const struct optimum *optimum, int32_t point)
{
    int32_t first = point * points->each;
    return optimum->n_steps - first > points->each ? first + points->each : optimum->n_steps;
}

double optimum_point_mean(const struct optimum_points *points, const struct optimum *optimum,
                          const int64_t *values, int32_t point)
{
    int32_t first = point * points->each, end = optimum_point_end(points, optimum, point);
    double sum = 0;
    for (int32_t t = first; t < end; t++)
        sum += (double)values[t];
    return sum / (end - first);
}
