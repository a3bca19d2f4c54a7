/* What a study says of bills: exchange rates, negotiated discounts, taxes, capital expenditure. */
#include "input/study_parts.h"

#include "base/arena.h"

/* A list of names; false and a message where it is none. What could not be read is empty. */
static bool read_names(struct study_reader *r, const struct node *list, struct str path, struct str **texts,
                       size_t *n_texts)
{
    bool good = true;
    *texts = NULL;
    *n_texts = 0;
    if (list == NULL)
        return true;
    if (!node_is_list(&r->reader, list, path))
        return false;
    *texts = ARENA_NEW(r->reader.arena, struct str, list->n_items + 1);
    *n_texts = list->n_items;
    for (size_t i = 0; i < list->n_items; i++) {
        bool is_text =
            node_scalar(&r->reader, &list->items[i], item_path(r->reader.arena, path.at, i), &(*texts)[i]);
        if (is_text && (*texts)[i].length == 0)
            good = diagnose_error(r->reader.diagnostics, list->items[i].place, "write a name, or remove it",
                                  "%.*s[%zu]: there is no value", STR_ARGS(path), i);
        good &= is_text;
    }
    return good;
}

/* Does a price belong to the provider or the offers, and to the component, that a discount names? */
static bool is_discounted(const struct study_reader *r, const struct discount_keys *keys, const bool *matches,
                          size_t offer, const struct price_row *row)
{
    return (keys->provider.length > 0 ? str_equal(r->study->offers[offer].provider, keys->provider)
                                      : matches[offer]) &&
           (keys->component.length == 0 || str_equal(r->book.components[row->component], keys->component));
}

/* The provider or component that was meant. */
static const char *discount_hint(struct study_reader *r, const struct discount_keys *keys)
{
    struct str *names = ARENA_NEW(r->reader.arena, struct str, r->study->n_offers + 1);
    size_t n_same = 0;
    for (size_t i = 0; i < r->study->n_offers; i++) {
        names[i] = r->study->offers[i].provider;
        n_same += str_equal(names[i], keys->provider);
    }
    struct str nearest = keys->provider.length > 0 && n_same == 0
                             ? str_nearest(keys->provider, names, r->study->n_offers)
                             : str_nearest(keys->component, r->book.components, r->book.n_components);
    return nearest.length == 0 || str_equal(nearest, keys->component)
               ? "compare with `provider` and `component` of the price tables"
               : str_format(r->reader.arena, "did you mean `%.*s`?", STR_ARGS(nearest)).at;
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
        for (size_t j = 0; j < list->n_items; j++) {
            if (!is_discounted(r, keys, matches, i, &list->items[j]))
                continue;
            list->items[j].off = keys->off;
            n_taken++;
        }
    }
    return n_taken > 0 || diagnose_error(r->reader.diagnostics, node->place, discount_hint(r, keys),
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

static bool told_twice(struct study_reader *r, struct place place, struct str path, struct str name)
{
    return diagnose_error(r->reader.diagnostics, place, "keep one of the two", "%.*s: `%.*s` is there twice",
                          STR_ARGS(path), STR_ARGS(name));
}

/* Every name must be a component of some price, or a typing error would go unseen. */
static bool check_capex(struct study_reader *r, const struct node *list)
{
    bool good = true;
    for (size_t i = 0; i < r->study->n_capex; i++) {
        bool known = false;
        for (size_t j = 0; j < i && r->study->capex[i].length > 0; j++)
            if (str_equal(r->study->capex[i], r->study->capex[j]))
                good = told_twice(r, list->items[i].place, STR("study.capex"), r->study->capex[i]);
        for (size_t j = 0; j < r->book.n_components; j++)
            known |= str_equal(r->book.components[j], r->study->capex[i]);
        struct str nearest = str_nearest(r->study->capex[i], r->book.components, r->book.n_components);
        if (!known && r->study->capex[i].length > 0)
            good = diagnose_error(
                r->reader.diagnostics, list->items[i].place,
                nearest.length == 0
                    ? "write names of the column `component` of the price tables"
                    : str_format(r->reader.arena, "did you mean `%.*s`?", STR_ARGS(nearest)).at,
                "study.capex: no price has the component `%.*s`", STR_ARGS(r->study->capex[i]));
    }
    return good;
}

/* Without any share of a price to credit, `at_end: resale` would be `pro-rata`. */
static bool check_at_end(struct study_reader *r)
{
    bool found = r->study->at_end != AT_END_RESALE || r->reader.diagnostics->n_errors > 0;
    for (size_t i = 0; i < r->study->n_offers; i++)
        found |= r->study->offers[i].n_resale > 0;
    return found ||
           diagnose_error(r->reader.diagnostics, place_in(r->root.study, "at_end"),
                          "add to an offer: resale: [{age: 12 mo, share: 40%}, {age: 36 mo, share: 10%}]",
                          "study.at_end: nothing says what servers are sold for");
}

bool read_bills(struct study_reader *r)
{
    const struct node *map = r->root.study;
    const struct node *capex = node_find(map, "capex");
    bool good = read_discounts(r, node_find(map, "discounts")) & check_at_end(r);
    good &= read_names(r, capex, STR("study.capex"), &r->study->capex, &r->study->n_capex);
    if (r->study->n_capex > 0)
        reader_note(&r->reader, STR("study.capex"), r->study->capex, r->study->n_capex,
                    "components that are capital expenditure; all others are operating expenditure");
    return check_capex(r, capex) && good;
}

/* The index of a service by its name; -1 and a message where it is none. */
static int find_service(struct study_reader *r, struct str name, struct place place, struct str path)
{
    int index = find_offer(r, name, place, path);
    if (index < 0 || r->study->offers[index].kind == OFFER_SERVICE)
        return index;
    const struct offer *offer = &r->study->offers[index];
    diagnose_error(r->reader.diagnostics, place,
                   offer->kind == OFFER_SITE ? "a site is paid where it is the `site:` of servers"
                                             : "offers of servers go into `layers:`",
                   "%.*s: `%.*s` is of the kind %s, not service", STR_ARGS(path), STR_ARGS(offer->id),
                   offer_kind_names[offer->kind]);
    return -1;
}

bool read_services(struct study_reader *r, const struct node *list, struct str path,
                   struct strategy *strategy)
{
    struct str *names;
    size_t n;
    bool good = read_names(r, list, path, &names, &n);
    if (n > 0)
        reader_note(&r->reader, path, names, n, "paid besides the servers");
    struct layer *layers = ARENA_NEW(r->reader.arena, struct layer, strategy->n_layers + n + 1);
    for (size_t i = 0; i < strategy->n_layers; i++)
        layers[i] = strategy->layers[i];
    strategy->layers = layers;
    strategy->n_paid = strategy->n_layers;
    for (size_t i = 0; i < n; i++) {
        struct place place = list->items[i].place;
        int offer = names[i].length == 0
                        ? -1
                        : find_service(r, names[i], place, item_path(r->reader.arena, path.at, i));
        good &= offer >= 0;
        for (size_t j = strategy->n_layers; j < strategy->n_paid; j++)
            if (layers[j].offer == offer)
                good = told_twice(r, place, path, r->study->offers[offer].id);
        if (offer >= 0)
            layers[strategy->n_paid++] = (struct layer){.offer = offer, .rule = SIZE_NUMBER, .place = place};
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
