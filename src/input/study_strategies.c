#include "input/study_parts.h"

#include "base/arena.h"

/* p95 of 30 d: a whole percentile of what was seen in the last days. */
static bool read_past_percentile(struct str text, struct layer *layer)
{
    struct quantity days;
    struct decimal percent;
    const char *expected;
    struct str head, tail;
    if (text.length < 2 || text.at[0] != 'p' || !str_split(str_after(text, 1), ' ', &head, &tail) ||
        !str_starts(tail, STR("of ")) || !decimal_parse(head, &percent) ||
        !decimal_scaled(percent, 1, &layer->number) || layer->number < 1 || layer->number > 100 ||
        !quantity_parse(str_after(tail, 3), DIMENSION_DURATION, &days, &expected) ||
        days.seconds < DAY_SECONDS || days.seconds > 3660 * (int64_t)DAY_SECONDS ||
        days.seconds % DAY_SECONDS != 0)
        return false;
    layer->rule = SIZE_PAST_PERCENTILE;
    layer->window_seconds = days.seconds;
    return true;
}

/* peak | pNN | break-even | a whole number | follow | online | online-random | pNN of N d */
static bool read_size(struct study_reader *r, struct str text, struct place place, struct str path,
                      struct layer *layer)
{
    struct decimal d;
    struct quantity q;
    const char *expected;
    static const struct {
        const char *word;
        enum size_rule rule;
    } words[] = {{"follow", SIZE_FOLLOW},
                 {"peak", SIZE_PEAK},
                 {"break-even", SIZE_BREAK_EVEN},
                 {"online", SIZE_ONLINE},
                 {"online-random", SIZE_ONLINE_RANDOM}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_is(text, words[i].word)) {
            layer->rule = words[i].rule;
            return true;
        }
    }
    if (read_past_percentile(text, layer))
        return true;
    if (decimal_parse(text, &d) && decimal_scaled(d, 1, &layer->number) && layer->number >= 0 &&
        layer->number <= 1000000000) {
        layer->rule = SIZE_NUMBER;
        return true;
    }
    if (text.length > 1 && text.at[0] == 'p' && decimal_parse(str_after(text, 1), &layer->percentile) &&
        layer->percentile.digits >= 0 && layer->percentile.scale <= 6 &&
        decimal_compare(layer->percentile, decimal_of(100)) <= 0) {
        layer->rule = SIZE_PERCENTILE;
        return true;
    }
    if (quantity_parse(text, DIMENSION_RATE, &q, &expected) && q.per_seconds == HOUR_SECONDS &&
        q.number.digits > 0 && q.number.scale <= 6) {
        layer->rule = SIZE_MONEY;
        layer->hourly = q.number;
        return true;
    }
    return diagnose_error(r->reader.diagnostics, place,
                          "write peak, p50, p99.5, break-even, follow, online, online-random, p95 of 30 d or "
                          "a whole number up to 1000000000; a savings plan: 10 /h",
                          "%.*s.size: `%.*s` is no size", STR_ARGS(path), STR_ARGS(text));
}

static bool check_layer(struct study_reader *r, const struct strategy *strategy, size_t i)
{
    const struct layer *layer = &strategy->layers[i];
    const struct offer *offer = &r->study->offers[layer->offer];
    const char *problem = NULL;
    if (!offer_has_servers(offer))
        problem = offer->kind == OFFER_SITE ? "a site is no layer: name it with `site:` of its servers"
                                            : "a service is no layer: name it in `services:`";
    else if (layer->rule == SIZE_MONEY && offer->kind != OFFER_SAVINGS_PLAN)
        problem = "only a savings plan is sized by money an hour";
    else if (layer->rule == SIZE_BREAK_EVEN && offer->kind == OFFER_SPOT)
        problem = "spot commits to nothing, so nothing breaks even: give it a number";
    else if (layer->rule == SIZE_FOLLOW && offer->kind != OFFER_ON_DEMAND)
        problem = "only on-demand offers can follow the need: give the layer a size";
    else if (layer->rule != SIZE_FOLLOW && offer->kind == OFFER_ON_DEMAND)
        problem = "an on-demand layer follows the need: remove its size";
    else if (layer->rule == SIZE_FOLLOW && i + 1 < strategy->n_layers &&
             strategy->layers[i + 1].rule != SIZE_FOLLOW)
        problem = "only the last layers can follow the need: put it last";
    else if (layer->rule == SIZE_BREAK_EVEN &&
             (i + 1 == strategy->n_layers || strategy->layers[i + 1].rule != SIZE_FOLLOW))
        problem = "break-even needs an on-demand layer behind it to compare with";
    else if (size_is_online(layer->rule) && !offer_is_reservation(offer))
        problem = "only reservations can be made step by step, as they are there at once";
    else if (size_is_online(layer->rule) &&
             (i + 2 != strategy->n_layers || strategy->layers[i + 1].rule != SIZE_FOLLOW))
        problem = "who decides step by step needs the on-demand layer right behind, to compare with";
    for (size_t j = 0; problem == NULL && j < i; j++)
        if (strategy->layers[j].offer == layer->offer)
            problem = "the same offer is in two layers";
        else if (offer->kind == OFFER_SPOT && r->study->offers[strategy->layers[j].offer].kind == OFFER_SPOT)
            problem = "two layers of spot servers: one is all there may be";
    return problem == NULL || diagnose_error(r->reader.diagnostics, layer->place, NULL,
                                             "strategies[`%.*s`]: %s", STR_ARGS(strategy->name), problem);
}

static bool read_layer(struct study_reader *r, const struct node *node, struct str path, struct layer *layer)
{
    struct layer_keys keys = {0};
    bool good = section_read(&r->reader, &layer_section, node, path, &keys);
    layer->place = node->place;
    if (keys.offer.length > 0) {
        layer->offer =
            find_offer(r, keys.offer, place_in(node, "offer"), place_path(r->reader.arena, path, "offer"));
        good &= layer->offer >= 0;
    }
    return (keys.size.length == 0 || read_size(r, keys.size, place_in(node, "size"), path, layer)) && good;
}

static bool read_layers(struct study_reader *r, const struct node *list, struct str path,
                        struct strategy *strategy)
{
    bool good = true;
    path = place_path(r->reader.arena, path, "layers");
    if (!node_is_list(&r->reader, list, path))
        return false;
    if (list->n_items == 0)
        return diagnose_error(r->reader.diagnostics, list->place, NULL, "%.*s: the list is empty",
                              STR_ARGS(path));
    strategy->layers = ARENA_NEW(r->reader.arena, struct layer, list->n_items);
    strategy->n_layers = list->n_items;
    for (size_t i = 0; i < list->n_items; i++)
        good &= read_layer(r, &list->items[i], item_path(r->reader.arena, path.at, i), &strategy->layers[i]);
    bool readable = good;
    for (size_t i = 0; readable && i < list->n_items; i++)
        good &= check_layer(r, strategy, i);
    return good;
}

/* Capacity that exists serves in every strategy: where no layer has its offer, a layer of size 0 in
 * front of the others holds it. */
static void add_existing_layers(struct study_reader *r, struct strategy *strategy)
{
    const struct study *study = r->study;
    size_t n_added = 0;
    for (size_t i = 0; i < study->n_existing; i++) {
        bool there = false;
        for (size_t j = 0; j < strategy->n_layers; j++)
            there |= strategy->layers[j].offer == study->existing[i].offer;
        if (there)
            continue;
        struct layer *layers = ARENA_NEW(r->reader.arena, struct layer, strategy->n_layers + 1);
        for (size_t j = 0; j < strategy->n_layers; j++)
            layers[j + (j >= n_added)] = strategy->layers[j];
        layers[n_added++] =
            (struct layer){.offer = study->existing[i].offer, .rule = SIZE_NUMBER, .place = strategy->place};
        strategy->layers = layers;
        strategy->n_layers++;
    }
}

/* Layers, or the offers of an optimal plan. */
static bool read_plan(struct study_reader *r, const struct node *node, const struct strategy_keys *keys,
                      struct str path, struct strategy *strategy)
{
    if (keys->optimal != NULL)
        return read_optimal(r, node, keys->optimal, path, strategy);
    if (keys->layers != NULL)
        return read_layers(r, keys->layers, path, strategy);
    return node->kind != NODE_MAP ||
           diagnose_error(r->reader.diagnostics, node->place,
                          "add `layers:` (offers in the order in which they serve) or `optimal:`",
                          "%.*s: the key `layers` is missing", STR_ARGS(path));
}

static bool read_strategy(struct study_reader *r, const struct node *node, struct str path,
                          struct strategy *strategy, unsigned *knows)
{
    struct strategy_keys keys = {0};
    bool good = section_read(&r->reader, &strategy_section, node, path, &keys);
    *knows = keys.knows;
    *strategy = (struct strategy){.name = keys.name,
                                  .review_months = keys.review.months,
                                  .most_servers = keys.most_servers,
                                  .place = node->place};
    if (keys.review.months == 0 && keys.review.seconds > 0)
        good = diagnose_error(r->reader.diagnostics, place_in(node, "review"), "write `review: 3 mo`",
                              "%.*s.review: whole calendar months are wanted", STR_ARGS(path));
    good &= read_plan(r, node, &keys, path, strategy);
    if (good)
        add_existing_layers(r, strategy);
    for (size_t i = 0; i < strategy->n_layers; i++)
        if (size_is_online(strategy->layers[i].rule) && keys.knows != 1U << KNOWS_NOTHING)
            good = diagnose_error(r->reader.diagnostics, strategy->layers[i].place, "add `knows: nothing`",
                                  "%.*s: a size that is decided step by step is for who knows nothing ahead",
                                  STR_ARGS(path));
    good &= read_forecasting(r, keys.forecast, path, keys.knows & 1U << KNOWS_FORECAST, strategy);
    if (!read_services(r, keys.services, place_path(r->reader.arena, path, "services"), strategy) || !good)
        return false;
    pay_sites_and_tax(r, strategy);
    if (keys.orders.length > 0 && keys.forecast != NULL)
        return diagnose_error(r->reader.diagnostics, keys.forecast->place, "remove `forecast` or `orders`",
                              "%.*s.forecast: a plan written by hand is not forecast", STR_ARGS(path));
    return keys.orders.length == 0 || !r->settings_good ||
           read_orders(r, keys.orders, place_in(node, "orders"), strategy);
}

/* Makes the strategy read last one for each buyer that it names. */
static void add_buyers(struct study_reader *r, unsigned knows)
{
    struct study *study = r->study;
    struct strategy first = study->strategies[study->n_strategies - 1];
    bool is_family = (knows & (knows - 1)) != 0;
    study->n_strategies -= knows != 0;
    for (int k = 0; k < N_KNOWS; k++) {
        if ((knows & 1U << k) == 0)
            continue;
        struct strategy *s = &study->strategies[study->n_strategies++];
        *s = first;
        s->knows = (enum knows)k;
        if (!is_family)
            continue;
        s->family = first.name;
        s->name = str_format(r->reader.arena, "%.*s (knows %s)", STR_ARGS(first.name), knows_names[k]);
    }
}

static bool check_names(struct study_reader *r)
{
    bool good = true;
    for (size_t i = 0; i < r->study->n_strategies; i++)
        for (size_t j = 0; j < i; j++)
            if (r->study->strategies[i].name.length > 0 &&
                str_equal(r->study->strategies[i].name, r->study->strategies[j].name))
                good = diagnose_error(r->reader.diagnostics, r->study->strategies[i].place,
                                      "give each its own name", "two strategies are called `%.*s`",
                                      STR_ARGS(r->study->strategies[i].name));
    return good;
}

bool read_strategies(struct study_reader *r)
{
    const struct node *list = r->root.strategies;
    bool good = true;
    if (!node_is_list(&r->reader, list, STR("strategies")))
        return false;
    if (list->n_items == 0)
        return diagnose_error(r->reader.diagnostics, list->place, NULL, "strategies: the list is empty");
    r->study->strategies = ARENA_NEW(r->reader.arena, struct strategy, N_KNOWS * list->n_items);
    for (size_t i = 0; i < list->n_items; i++) {
        unsigned knows;
        struct strategy *strategy = &r->study->strategies[r->study->n_strategies++];
        good &=
            read_strategy(r, &list->items[i], item_path(r->reader.arena, "strategies", i), strategy, &knows);
        add_buyers(r, knows);
    }
    return check_names(r) && good && (!r->workload_good || check_futures(r));
}
