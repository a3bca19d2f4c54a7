#include "run/scope.h"

/* Names of one thing, the server itself, as it is paid: rackrate-prices(5), Component names. */
static bool is_server_itself(const struct study *study, size_t component)
{
    static const char *const names[] = {"server", "monthly fee", "hourly", "upfront"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_equal(study->components[component], str_of(names[i])))
            return true;
    return false;
}

static bool is_for_own_servers(const struct study *study, const struct offer *offer,
                               const struct price_row *price)
{
    if (offer->kind != OFFER_COLOCATION && offer->kind != OFFER_SITE)
        return false;
    switch (price->unit->counted) {
    case COUNTED_RACKS:
    case COUNTED_KW:
    case COUNTED_KW_AT_METER:
    case COUNTED_WORK_HOURS:
    case COUNTED_WORK:
    case COUNTED_CONNECTIONS:
        return true;
    default:
        return str_equal(study->components[price->component], STR("replacement"));
    }
}

/* Do only those pay it who have servers of their own? */
static bool is_owners(const struct study *study, size_t component)
{
    for (size_t i = 0; i < study->n_offers; i++)
        for (size_t j = 0; study->offers[i].used && j < study->offers[i].n_prices; j++) {
            const struct price_row *price = &study->offers[i].prices[j];
            if (price->component == (int)component && !is_for_own_servers(study, &study->offers[i], price))
                return false;
        }
    return true;
}

static bool has_kind(const struct study *study, const struct strategy *strategy, enum offer_kind kind)
{
    for (size_t i = 0; i < strategy->n_paid; i++)
        if (study->offers[strategy->layers[i].offer].kind == kind)
            return true;
    return false;
}

static bool charges_server_itself(const struct study *study, const struct offer *offer)
{
    for (size_t j = 0; j < offer->n_prices; j++)
        if (is_server_itself(study, (size_t)offer->prices[j].component))
            return true;
    return false;
}

/* Are there layers of servers that are paid, and has each a price for the server itself? */
static bool pays_servers_themselves(const struct study *study, const struct strategy_result *s)
{
    bool any = false;
    for (size_t i = 0; i < s->strategy->n_layers; i++) {
        if (!plan_pays_layer(&s->plan, study, s->strategy, i))
            continue;
        any = true;
        if (!charges_server_itself(study, &study->offers[s->strategy->layers[i].offer]))
            return false;
    }
    return any;
}

/* Does another price of the strategy pay for a component that it does not count? Set-up is the host's: whose
 * servers are hosted may have forgotten it. */
static bool is_in_another(const struct study *study, const struct strategy_result *s, size_t component)
{
    if (str_equal(study->components[component], STR("set-up")))
        return pays_servers_themselves(study, s) && !has_kind(study, s->strategy, OFFER_HOSTING);
    if (is_server_itself(study, component))
        return pays_servers_themselves(study, s);
    return is_owners(study, component) && !has_kind(study, s->strategy, OFFER_COLOCATION);
}

void scope_note(const struct study *study, struct strategy_result *s)
{
    for (size_t i = 0; i < s->strategy->n_paid; i++) {
        const struct offer *offer = &study->offers[s->strategy->layers[i].offer];
        if (!plan_pays_layer(&s->plan, study, s->strategy, i))
            continue;
        for (size_t j = 0; j < offer->n_prices; j++)
            s->scope[offer->prices[j].component] = SCOPE_COUNTED;
    }
    for (size_t c = 0; c < study->n_components; c++)
        if (s->scope[c] != SCOPE_COUNTED && is_in_another(study, s, c))
            s->scope[c] = SCOPE_IN_ANOTHER;
}
