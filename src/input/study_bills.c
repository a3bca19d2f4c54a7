/* What a study says of bills: exchange rates, negotiated discounts, taxes, capital expenditure. */
#include "input/study_parts.h"

#include "base/arena.h"

/* A list of texts; false and a message where it is none. */
static bool read_texts(struct study_reader *r, const struct node *list, struct str path, struct str **texts,
                       size_t *n_texts)
{
    bool good = true;
    if (list == NULL)
        return true;
    if (!node_is_list(&r->reader, list, path))
        return false;
    *texts = ARENA_NEW(r->reader.arena, struct str, list->n_items + 1);
    *n_texts = list->n_items;
    for (size_t i = 0; i < list->n_items; i++)
        good &= node_scalar(&r->reader, &list->items[i], path, &(*texts)[i]);
    return good;
}

static bool take_discount(struct study_reader *r, const struct node *node, const struct discount_keys *keys,
                          struct str path)
{
    size_t n_taken = 0;
    bool *matches = ARENA_NEW(r->reader.arena, bool, r->study->n_offers + 1);
    if ((keys->provider.length > 0) == (keys->offer.length > 0))
        return diagnose_error(r->reader.diagnostics, node->place, "write provider: aws, or offer: ID",
                              "%.*s: one of `provider` and `offer` is wanted", STR_ARGS(path));
    if (keys->offer.length > 0 && !match_offers(r, keys->offer, place_in(node, "offer"),
                                                place_path(r->reader.arena, path, "offer"), matches))
        return false;
    for (size_t i = 0; i < r->study->n_offers; i++) {
        struct price_list *list = &r->book.lists[i];
        if (!matches[i] &&
            !(keys->provider.length > 0 && str_equal(r->study->offers[i].provider, keys->provider)))
            continue;
        for (size_t j = 0; j < list->n_items; j++) {
            struct str component = r->book.components[list->items[j].component];
            if (keys->component.length > 0 && !str_equal(component, keys->component))
                continue;
            list->items[j].off = keys->off;
            n_taken++;
        }
    }
    return n_taken > 0 || diagnose_error(r->reader.diagnostics, node->place,
                                         "compare with `provider` and `component` of the price tables",
                                         "%.*s: no price matches", STR_ARGS(path));
}

static bool read_discounts(struct study_reader *r, const struct node *list)
{
    bool good = true;
    if (list == NULL)
        return true;
    if (!node_is_list(&r->reader, list, STR("study.discounts")))
        return false;
    for (size_t i = 0; i < list->n_items; i++) {
        struct discount_keys keys = {0};
        struct str path = item_path(r->reader.arena, "study.discounts", i);
        good &= section_read(&r->reader, &discount_section, &list->items[i], path, &keys) &&
                take_discount(r, &list->items[i], &keys, path);
    }
    return good;
}

/* Every name must be a component of some price, or a typing error would go unseen. */
static bool check_capex(struct study_reader *r, const struct node *list)
{
    bool good = true;
    for (size_t i = 0; i < r->study->n_capex; i++) {
        bool known = false;
        for (size_t j = 0; j < r->book.n_components; j++)
            known |= str_equal(r->book.components[j], r->study->capex[i]);
        struct str nearest = str_nearest(r->study->capex[i], r->book.components, r->book.n_components);
        if (!known)
            good = diagnose_error(
                r->reader.diagnostics, list->items[i].place,
                nearest.length == 0
                    ? NULL
                    : str_format(r->reader.arena, "did you mean `%.*s`?", STR_ARGS(nearest)).at,
                "study.capex: no price has the component `%.*s`", STR_ARGS(r->study->capex[i]));
    }
    return good;
}

bool read_bills(struct study_reader *r)
{
    const struct node *map = r->root.study;
    const struct node *capex = node_find(map, "capex");
    bool good = read_discounts(r, node_find(map, "discounts"));
    good &= read_texts(r, capex, STR("study.capex"), &r->study->capex, &r->study->n_capex) &&
            check_capex(r, capex);
    if (r->study->n_capex > 0)
        reader_note(&r->reader, STR("study.capex"), r->study->capex, r->study->n_capex,
                    "components that are capital expenditure; all others are operating expenditure");
    return good;
}

bool read_services(struct study_reader *r, const struct node *list, struct str path,
                   struct strategy *strategy)
{
    struct str *names = NULL;
    size_t n = 0;
    bool good = read_texts(r, list, path, &names, &n);
    if (n > 0)
        reader_note(&r->reader, path, names, n, "paid besides the servers");
    struct layer *layers = ARENA_NEW(r->reader.arena, struct layer, strategy->n_layers + n + 1);
    for (size_t i = 0; i < strategy->n_layers; i++)
        layers[i] = strategy->layers[i];
    strategy->layers = layers;
    strategy->n_paid = strategy->n_layers;
    for (size_t i = 0; good && i < n; i++) {
        int offer = find_offer(r, names[i], list->items[i].place, path);
        if (offer >= 0 && r->study->offers[offer].kind != OFFER_SERVICE)
            return diagnose_error(
                r->reader.diagnostics, list->items[i].place, "offers of servers go into `layers:`",
                "%.*s: `%.*s` is of the kind %s, not service", STR_ARGS(path),
                STR_ARGS(r->study->offers[offer].id), offer_kind_names[r->study->offers[offer].kind]);
        good = offer >= 0;
        layers[strategy->n_paid++] =
            (struct layer){.offer = offer, .rule = SIZE_NUMBER, .place = list->items[i].place};
    }
    return good;
}

/* The layer of an offer behind the servers, once. */
static void pay_too(struct study_reader *r, struct strategy *strategy, int offer)
{
    for (size_t i = strategy->n_layers; i < strategy->n_paid; i++)
        if (strategy->layers[i].offer == offer)
            return;
    struct layer *layers = ARENA_NEW(r->reader.arena, struct layer, strategy->n_paid + 1);
    for (size_t i = 0; i < strategy->n_paid; i++)
        layers[i] = strategy->layers[i];
    layers[strategy->n_paid++] =
        (struct layer){.offer = offer, .rule = SIZE_NUMBER, .place = strategy->place};
    strategy->layers = layers;
}

void pay_sites_and_tax(struct study_reader *r, struct strategy *strategy)
{
    for (size_t i = 0; i < strategy->n_layers; i++)
        if (r->study->offers[strategy->layers[i].offer].site >= 0)
            pay_too(r, strategy, r->study->offers[strategy->layers[i].offer].site);
    if (r->tax_offer >= 0)
        pay_too(r, strategy, r->tax_offer);
}
