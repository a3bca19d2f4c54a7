#include "input/study_parts.h"

#include <string.h>

#include "base/arena.h"
#include "base/pattern.h"
#include "unit/money.h"

enum { MICRO_PER_UNIT = 1000000 };

static bool is_pattern(struct str text)
{
    return text.length > 1 && text.at[0] == '/' && text.at[text.length - 1] == '/';
}

static const char *nearest_offer_hint(struct study_reader *r, struct str id)
{
    size_t n = 0;
    struct str *ids = ARENA_NEW(r->reader.arena, struct str, r->study->n_offers);
    for (size_t i = 0; i < r->study->n_offers; i++)
        if (!r->study->offers[i].taxes)
            ids[n++] = r->study->offers[i].id;
    struct str nearest = str_nearest(id, ids, n);
    if (nearest.length == 0)
        return "the offers are those of the price tables that the study names";
    return str_format(r->reader.arena, "did you mean `%.*s`?", STR_ARGS(nearest)).at;
}

bool match_offers(struct study_reader *r, struct str text, struct place place, struct str path, bool *matches)
{
    size_t n_matches = 0;
    struct str message;
    int offset;
    struct pattern *pattern = NULL;
    if (is_pattern(text)) {
        pattern =
            pattern_compile(r->reader.arena, (struct str){text.at + 1, text.length - 2}, &message, &offset);
        if (pattern == NULL)
            return diagnose_error(r->reader.diagnostics, place, NULL,
                                  "%.*s: bad pattern at character %d: %.*s", STR_ARGS(path), offset + 1,
                                  STR_ARGS(message));
    }
    bool limit = false;
    for (size_t i = 0; i < r->study->n_offers; i++) {
        enum match match = pattern == NULL ? (str_equal(r->study->offers[i].id, text) ? MATCH_YES : MATCH_NO)
                                           : pattern_match(pattern, r->study->offers[i].id);
        limit |= match == MATCH_LIMIT;
        matches[i] = match == MATCH_YES && !r->study->offers[i].taxes; /* the tax is nobody's to name */
        n_matches += matches[i];
    }
    if (pattern != NULL)
        pattern_free(pattern);
    if (limit)
        return diagnose_error(r->reader.diagnostics, place, "write a simpler pattern",
                              "%.*s: the pattern takes too long", STR_ARGS(path));
    if (n_matches > 0)
        return true;
    return diagnose_error(r->reader.diagnostics, place, pattern == NULL ? nearest_offer_hint(r, text) : NULL,
                          "%.*s: no offer %s `%.*s`", STR_ARGS(path),
                          pattern == NULL ? "is called" : "matches", STR_ARGS(text));
}

int find_offer(struct study_reader *r, struct str id, struct place place, struct str path)
{
    bool *matches = ARENA_NEW(r->reader.arena, bool, r->study->n_offers + 1);
    size_t n = 0;
    if (!match_offers(r, id, place, path, matches))
        return -1;
    for (size_t i = 0; i < r->study->n_offers; i++)
        n += matches[i];
    if (n > 1) {
        diagnose_error(r->reader.diagnostics, place, "make it match one, or name the offer",
                       "%.*s: `%.*s` matches %zu offers; one is wanted", STR_ARGS(path), STR_ARGS(id), n);
        return -1;
    }
    int i = 0;
    while (!matches[i])
        i++;
    return i;
}

bool find_process(struct study_reader *r, struct str name, struct place place, struct str path, int *index)
{
    struct str *names = ARENA_NEW(r->reader.arena, struct str, r->study->n_processes + 1);
    *index = -1; /* named after a pattern that names another: none */
    if (name.length == 0)
        return true;
    for (size_t i = 0; i < r->study->n_processes; i++) {
        names[i] = r->study->processes[i].name;
        if (str_equal(names[i], name)) {
            *index = (int)i;
            return true;
        }
    }
    struct str nearest = str_nearest(name, names, r->study->n_processes);
    return diagnose_error(r->reader.diagnostics, place,
                          nearest.length > 0
                              ? str_format(r->reader.arena, "did you mean `%.*s`?", STR_ARGS(nearest)).at
                              : "processes are named in the files of `lead_times:`",
                          "%.*s: no process is called `%.*s`", STR_ARGS(path), STR_ARGS(name));
}

struct place place_in(const struct node *map, const char *key)
{
    const struct node *node = node_find(map, key);
    return node == NULL ? map->place : node->place;
}

static int64_t micro_per_second(const struct quantity *rate)
{
    struct decimal n = rate->number;
    return (int64_t)((int128)n.digits * MICRO_PER_UNIT / ((int128)power_of_ten(n.scale) * rate->per_seconds));
}

static bool take_rack(struct study_reader *r, const struct node *node, struct str path, struct offer *offer)
{
    struct rack_keys rack = {0};
    if (node == NULL)
        return true;
    if (!section_read(&r->reader, &rack_section, node, place_path(r->reader.arena, path, "rack"), &rack))
        return false;
    offer->rack_units = rack.units;
    offer->rack_kw = rack.kw;
    return true;
}

static const char life[] = "it belongs to colocation; the term of other offers is in their price table",
                  owning[] = "it belongs to colocation", renting[] = "it belongs to hosting",
                  spot[] = "it belongs to spot offers", site[] = "it belongs to sites",
                  ordering[] = "it belongs to colocation and hosting",
                  standing[] = "it belongs to colocation, hosting and sites",
                  serving[] = "it belongs to offers of which servers come",
                  launching[] =
                      "it belongs to on-demand offers; a reservation shares that of the one it discounts";
/* Keys that have a meaning for some kinds only. */
static const struct kind_key {
    const char *key, *belongs;
    bool has[N_OFFER_KINDS];
} kind_keys[] = {
    {"equals",
     serving,
     {[OFFER_COLOCATION] = true,
      [OFFER_HOSTING] = true,
      [OFFER_RESERVED] = true,
      [OFFER_ON_DEMAND] = true,
      [OFFER_SAVINGS_PLAN] = true,
      [OFFER_SPOT] = true}},
    {"watts", ordering, {[OFFER_COLOCATION] = true, [OFFER_HOSTING] = true}},
    {"rack_units", ordering, {[OFFER_COLOCATION] = true, [OFFER_HOSTING] = true}},
    {"mbps", ordering, {[OFFER_COLOCATION] = true, [OFFER_HOSTING] = true}},
    {"servers_per_admin", ordering, {[OFFER_COLOCATION] = true, [OFFER_HOSTING] = true}},
    {"pue", standing, {[OFFER_COLOCATION] = true, [OFFER_HOSTING] = true, [OFFER_SITE] = true}},
    {"rack", standing, {[OFFER_COLOCATION] = true, [OFFER_HOSTING] = true, [OFFER_SITE] = true}},
    {"useful_life", life, {[OFFER_COLOCATION] = true}},
    {"process", ordering, {[OFFER_COLOCATION] = true, [OFFER_HOSTING] = true}},
    {"max_per_order", ordering, {[OFFER_COLOCATION] = true, [OFFER_HOSTING] = true}},
    {"orders_at_once", ordering, {[OFFER_COLOCATION] = true, [OFFER_HOSTING] = true}},
    {"start_up", launching, {[OFFER_ON_DEMAND] = true, [OFFER_SPOT] = true}},
    {"launch_rate", launching, {[OFFER_ON_DEMAND] = true}},
    {"launch_bucket", launching, {[OFFER_ON_DEMAND] = true}},
    {"quota", launching, {[OFFER_ON_DEMAND] = true}},
    {"quota_increase", launching, {[OFFER_ON_DEMAND] = true}},
    {"available", launching, {[OFFER_ON_DEMAND] = true}},
    {"retry", launching, {[OFFER_ON_DEMAND] = true}},
    {"stops", launching, {[OFFER_ON_DEMAND] = true}},
    {"max_price", spot, {[OFFER_SPOT] = true}},
    {"then", renting, {[OFFER_HOSTING] = true}},
    {"billing", renting, {[OFFER_HOSTING] = true}},
    {"notice", renting, {[OFFER_HOSTING] = true}},
    {"overlap", owning, {[OFFER_COLOCATION] = true}},
    {"spares", owning, {[OFFER_COLOCATION] = true}},
    {"install_hours", ordering, {[OFFER_COLOCATION] = true, [OFFER_HOSTING] = true}},
    {"financing", owning, {[OFFER_COLOCATION] = true}},
    {"resale", owning, {[OFFER_COLOCATION] = true}},
    {"site", owning, {[OFFER_COLOCATION] = true}},
    {"from", site, {[OFFER_SITE] = true}},
    {"racks", site, {[OFFER_SITE] = true}},
    {"breaker", site, {[OFFER_SITE] = true}},
    {"committed_kw", site, {[OFFER_SITE] = true}},
    {"take_or_pay", site, {[OFFER_SITE] = true}},
    {"escalator", site, {[OFFER_SITE] = true}},
    {"cross_connects", site, {[OFFER_SITE] = true}},
};

enum { N_KIND_KEYS = sizeof kind_keys / sizeof kind_keys[0] };

/* Does the study say a key of an offer that has a meaning for its kind? What a /pattern/ says is only for the
 * offers for which it has one. */
static bool says(const struct node *map, const char *key, enum offer_kind kind)
{
    size_t i = 0;
    if (!section_has(map, key))
        return false;
    while (i < N_KIND_KEYS && strcmp(kind_keys[i].key, key) != 0)
        i++;
    return i == N_KIND_KEYS || kind_keys[i].has[kind];
}

static bool take_quota(struct study_reader *r, const struct node *map, const struct number_or_name *quota,
                       struct str path, struct offer *offer)
{
    offer->quota = quota->number;
    offer->shares = NULL;
    return quota->name.length == 0 ||
           find_quota(r, quota->name, place_in(map, "quota"), path, &offer->shares);
}

/* Keys that were written replace what the offer has; keys that were not leave it alone. */
static bool take_offer(struct study_reader *r, const struct node *map, const struct offer_keys *keys,
                       struct str path, struct offer *offer)
{
    enum offer_kind kind = offer->kind;
#define TAKE(field, key)                                                                                     \
    if (says(map, #key, kind))                                                                               \
    offer->field = keys->key
    TAKE(watts, watts);
    TAKE(pue, pue);
    TAKE(mbps, mbps);
    TAKE(equals, equals);
    TAKE(rack_units_each, rack_units);
    TAKE(servers_per_admin, servers_per_admin);
    TAKE(max_per_order, max_per_order);
    TAKE(orders_at_once, orders_at_once);
    TAKE(start_up_seconds, start_up);
    TAKE(launch_bucket, launch_bucket);
    TAKE(available, available);
    TAKE(retry_seconds, retry);
    TAKE(then, then);
    TAKE(notice, notice);
    TAKE(overlap_seconds, overlap);
    TAKE(spares, spares);
    TAKE(work_hours, install_hours);
    TAKE(max_price, max_price);
    TAKE(contract.from_seconds, from);
    TAKE(contract.racks, racks);
    TAKE(contract.breaker, breaker);
    TAKE(contract.committed_kw, committed_kw);
    TAKE(contract.take_or_pay, take_or_pay);
    TAKE(contract.escalator, escalator);
    TAKE(contract.cross_connects, cross_connects);
#undef TAKE
    offer->has_max_price |= says(map, "max_price", kind);
    if (says(map, "stops", kind))
        offer->stops_oldest = keys->stops == 1;
    if (says(map, "billing", kind))
        offer->by_calendar = keys->billing == 1;
    if (says(map, "launch_rate", kind))
        offer->launch_rate.micro_per_second = micro_per_second(&keys->launch_rate);
    if (says(map, "useful_life", kind))
        offer->term = keys->useful_life;
    bool good = !says(map, "process", kind) ||
                find_process(r, keys->process, place_in(map, "process"), path, &offer->process);
    good &=
        !says(map, "quota_increase", kind) ||
        find_process(r, keys->quota_increase, place_in(map, "quota_increase"), path, &offer->quota_increase);
    good &= !says(map, "quota", kind) || take_quota(r, map, &keys->quota, path, offer);
    good &= take_meters(r, keys->meters, path, offer);
    good &= !says(map, "financing", kind) || take_financing(r, keys->financing, path, offer);
    good &= !says(map, "resale", kind) || take_resale(r, keys->resale, path, offer);
    good &= take_site(r, map, says(map, "site", kind) ? keys->site : STR(""), path, offer);
    return (!says(map, "rack", kind) || take_rack(r, keys->rack, path, offer)) && good;
}

/* Keys that would be passed over in silence because none of the offers is of a kind that has them. */
static bool check_kinds(struct study_reader *r, const struct node *map, struct str path, const bool *matches)
{
    bool good = true;
    for (size_t i = 0; i < N_KIND_KEYS; i++) {
        bool is_meant = false;
        const struct offer *offer = NULL;
        for (size_t j = 0; j < r->study->n_offers; j++)
            if (matches[j]) {
                offer = &r->study->offers[j];
                is_meant |= kind_keys[i].has[offer->kind];
            }
        if (section_has(map, kind_keys[i].key) && offer != NULL && !is_meant)
            good =
                diagnose_error(r->reader.diagnostics, place_in(map, kind_keys[i].key), kind_keys[i].belongs,
                               "%.*s.%s: it has no meaning for an offer of the kind %s", STR_ARGS(path),
                               kind_keys[i].key, offer_kind_names[offer->kind]);
    }
    return good;
}

static bool read_entry(struct study_reader *r, const struct node *key, const struct node *map, bool *matches)
{
    struct offer_keys keys = {0};
    struct str path = str_format(r->reader.arena, "offers[\"%.*s\"]", STR_ARGS(key->text));
    bool good = match_offers(r, key->text, key->place, path, matches);
    good &= section_read(&r->reader, &offer_section, map, path, &keys);
    if (!good) {
        struct offer none = {0};
        take_rack(r, keys.rack, path, &none); /* only for what is wrong in it */
        return false;
    }
    good &= check_kinds(r, map, path, matches);
    bool taken = true; /* what is wrong for one of a /pattern/ is told once */
    for (size_t i = 0; taken && i < r->study->n_offers; i++)
        if (matches[i])
            taken = take_offer(r, map, &keys, path, &r->study->offers[i]);
    good &= taken;
    return good;
}

static void set_defaults(const struct study *study, struct offer *offer)
{
    offer->pue = decimal_of(1);
    offer->contract.from_seconds = study->decide_from_seconds;
    offer->contract.breaker = (struct decimal){80, 2};
    offer->contract.take_or_pay = decimal_of(1);
}

/* Patterns first, so that what is said of an offer by its name wins. */
bool read_offer_settings(struct study_reader *r)
{
    const struct node *map = r->root.offers;
    bool good = true;
    bool *matches = ARENA_NEW(r->reader.arena, bool, r->study->n_offers + 1);
    for (size_t i = 0; i < r->study->n_offers; i++)
        set_defaults(r->study, &r->study->offers[i]);
    if (map == NULL)
        return true;
    if (map->kind != NODE_MAP)
        return diagnose_error(r->reader.diagnostics, map->place, "write offer ids as keys",
                              "offers: a map is wanted, not %s", node_kind_name(map->kind));
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < map->n_items; i++)
            if (is_pattern(map->keys[i].text) == (pass == 0))
                good &= read_entry(r, &map->keys[i], &map->items[i], matches);
    return good;
}

static bool read_one_existing(struct study_reader *r, const struct node *node, struct str path,
                              struct planned_order *order)
{
    struct existing_keys keys = {0};
    bool good = section_read(&r->reader, &existing_section, node, path, &keys);
    int offer = keys.offer.length == 0 ? -1
                                       : find_offer(r, keys.offer, place_in(node, "offer"),
                                                    place_path(r->reader.arena, path, "offer"));
    if (!good || offer < 0)
        return false;
    *order = (struct planned_order){.offer = offer,
                                    .servers = keys.servers,
                                    .ordered_seconds = keys.ordered,
                                    .until_seconds = keys.until,
                                    .overlap_seconds = keys.overlap,
                                    .existing = true,
                                    .place = node->place};
    if (!offer_has_servers(&r->study->offers[offer]) || r->study->offers[offer].kind == OFFER_SPOT)
        return diagnose_error(r->reader.diagnostics, node->place, NULL,
                              "%.*s: an offer of the kind %s cannot be there already", STR_ARGS(path),
                              offer_kind_names[r->study->offers[offer].kind]);
    if (r->study->offers[offer].kind == OFFER_ON_DEMAND)
        return diagnose_error(r->reader.diagnostics, node->place, NULL,
                              "%.*s: an on-demand server is no commitment: its layer starts it when needed",
                              STR_ARGS(path));
    if (r->settings_good &&
        (keys.ordered > r->study->decide_from_seconds || keys.until <= r->study->decide_from_seconds))
        return diagnose_error(r->reader.diagnostics, node->place, NULL,
                              "%.*s: ordered on or before decide_from, until after it", STR_ARGS(path));
    return true;
}

bool read_existing(struct study_reader *r)
{
    const struct node *list = r->root.existing;
    bool good = true;
    if (list == NULL)
        return true;
    if (!node_is_list(&r->reader, list, STR("existing")))
        return false;
    r->study->existing = ARENA_NEW(r->reader.arena, struct planned_order, list->n_items);
    r->study->n_existing = list->n_items;
    for (size_t i = 0; i < list->n_items; i++)
        good &= read_one_existing(r, &list->items[i], item_path(r->reader.arena, "existing", i),
                                  &r->study->existing[i]);
    return good;
}
