/* strategies[].optimal: the offers of which the cheapest plan is made. */
#include "base/arena.h"
#include "input/study_parts.h"

static const char *why_not(const struct strategy *strategy, const struct offer *offer)
{
    if (offer->by_calendar && strategy->most_servers > 0)
        return "what is billed by calendar months begins with them in a plan, and cannot wait for "
               "`most_servers`: leave one of the two out";
    if (offer->kind == OFFER_SPOT)
        return "spot cannot be planned: it may be taken away at any time";
    if (offer->site >= 0)
        return "servers on a site share its contract, which the plan does not price: plan them by `layers`";
    return NULL;
}

static bool add_offer(struct study_reader *r, struct strategy *strategy, int index, struct place place,
                      struct str path)
{
    const struct offer *offer = &r->study->offers[index];
    for (size_t i = 0; i < strategy->n_layers; i++)
        if (strategy->layers[i].offer == index)
            return true; /* two patterns may match it */
    const char *problem = why_not(strategy, offer);
    if (problem != NULL)
        return diagnose_error(r->reader.diagnostics, place, NULL, "%.*s: `%.*s`: %s", STR_ARGS(path),
                              STR_ARGS(offer->id), problem);
    strategy->layers[strategy->n_layers++] = (struct layer){
        .offer = index, .rule = offer->kind == OFFER_ON_DEMAND ? SIZE_FOLLOW : SIZE_OPTIMAL, .place = place};
    return true;
}

/* All servers that an id or a /pattern/ names. A pattern may match services too; an id is meant as it is. */
static bool add_offers(struct study_reader *r, struct strategy *strategy, const struct node *item,
                       struct str path)
{
    struct str text;
    bool good = true;
    size_t n_before = strategy->n_layers;
    bool *matches = ARENA_NEW(r->reader.arena, bool, r->study->n_offers + 1);
    if (!node_scalar(&r->reader, item, path, &text) || !match_offers(r, text, item->place, path, matches))
        return false;
    for (size_t i = 0; i < r->study->n_offers; i++)
        if (matches[i] && offer_has_servers(&r->study->offers[i]))
            good &= add_offer(r, strategy, (int)i, item->place, path);
    bool any = !good || strategy->n_layers > n_before;
    for (size_t i = 0; i < strategy->n_layers; i++)
        any |= matches[strategy->layers[i].offer];
    return good && (any || diagnose_error(r->reader.diagnostics, item->place, "name offers that have servers",
                                          "%.*s: `%.*s` has no servers", STR_ARGS(path), STR_ARGS(text)));
}

static bool has_running_price(const struct offer *offer)
{
    for (size_t i = 0; i < offer->n_prices; i++)
        if (offer->prices[i].charged == CHARGED_RUNNING)
            return true;
    return false;
}

/* They serve in the order: nothing to pay for an hour in use, something, on demand. */
static int serves(const struct study_reader *r, const struct layer *layer)
{
    if (layer->rule == SIZE_FOLLOW)
        return 2;
    return layer->rule == SIZE_OPTIMAL && has_running_price(&r->study->offers[layer->offer]);
}

static void sort_layers(const struct study_reader *r, struct strategy *strategy)
{
    for (size_t i = 1; i < strategy->n_layers; i++) {
        struct layer layer = strategy->layers[i];
        size_t at = i;
        for (; at > 0 && serves(r, &strategy->layers[at - 1]) > serves(r, &layer); at--)
            strategy->layers[at] = strategy->layers[at - 1];
        strategy->layers[at] = layer;
    }
}

static bool check_other_keys(struct study_reader *r, const struct node *node, struct str path, bool replans)
{
    static const char *const others[] = {"layers", "knows", "review"};
    bool good = true;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (section_has(node, others[i]) && !(replans && i == 1))
            good = diagnose_error(r->reader.diagnostics, place_in(node, others[i]),
                                  "the cheapest plan knows all, and is made of `optimal.from`",
                                  "%.*s: `%s` does not go with `optimal`", STR_ARGS(path), others[i]);
    return good;
}

bool read_optimal(struct study_reader *r, const struct node *strategy_node, const struct node *node,
                  struct str path, struct strategy *strategy)
{
    struct optimal_keys keys = {0};
    bool good = check_other_keys(r, strategy_node, path, section_has(node, "replan"));
    path = place_path(r->reader.arena, path, "optimal");
    if (!section_read(&r->reader, &optimal_section, node, path, &keys))
        return false;
    struct str from = place_path(r->reader.arena, path, "from");
    if (!node_is_list(&r->reader, keys.from, from))
        return false;
    if (keys.from->n_items == 0)
        return diagnose_error(r->reader.diagnostics, keys.from->place, NULL, "%.*s: the list is empty",
                              STR_ARGS(from));
    if (section_has(node, "ahead") && keys.replan == 0)
        good = diagnose_error(r->reader.diagnostics, place_in(node, "ahead"), "add `replan: 7 d`",
                              "%.*s.ahead: goes with `replan`", STR_ARGS(path));
    strategy->is_optimal = keys.replan == 0;
    strategy->replan_seconds = keys.replan;
    good &= take_plan_for(r, node, path, keys.plan_for, strategy);
    path = place_path(r->reader.arena, path, "from");
    strategy->ahead_seconds = keys.ahead;
    strategy->layers = ARENA_NEW(r->reader.arena, struct layer, r->study->n_offers);
    for (size_t i = 0; i < keys.from->n_items; i++)
        good &= add_offers(r, strategy, &keys.from->items[i], item_path(r->reader.arena, path.at, i));
    sort_layers(r, strategy);
    return good;
}
