/* Every charge of a strategy: layer by layer, price series by price series, order by order. */
#include "ledger/bill.h"

#include <string.h>

#include "base/arena.h"
#include "ledger/biller.h"
#include "rating/lease.h"

static void bill_order(struct biller *b, const struct offer *offer, const struct price_row *series, int order)
{
    switch (series->charged) {
    case CHARGED_ONCE:
    case CHARGED_TERM:
    case CHARGED_EARLY:
        bill_purchases(b, offer, series, order);
        return;
    case CHARGED_HELD:
        if (price_is_by_contract_month(offer, series))
            bill_purchases(b, offer, series, order);
        else
            bill_held(b, offer, series, order);
        return;
    case CHARGED_RUNNING:
        bill_running(b, offer, series, order);
        return;
    case CHARGED_METERED: /* by the layer */
    case N_CHARGED:
        return;
    }
}

static bool starts_family(const struct offer *offer, const struct price_row *row)
{
    return row == offer->prices || !price_same_family(row - 1, row);
}

static void bill_series(struct biller *b, const struct offer *offer, const struct price_row *series,
                        int layer)
{
    if (series->charged == CHARGED_METERED) {
        if (series->unit->counted != COUNTED_SPEND && starts_family(offer, series))
            bill_metered(b, offer, series, layer);
        return;
    }
    if (series->unit->counted == COUNTED_FLAT) {
        bill_flat(b, offer, series, layer);
        return;
    }
    if (series->unit->whole) {
        bill_whole(b, offer, series, layer);
        return;
    }
    for (size_t j = 0; j < b->plan->n_orders; j++)
        if (b->plan->orders[j].layer == layer)
            bill_order(b, offer, series, (int)j);
}

static void bill_layer(struct biller *b, int layer)
{
    const struct offer *offer = biller_offer(b, layer);
    if (!plan_pays_layer(b->plan, b->study, b->strategy, (size_t)layer))
        return;
    if (offer->kind == OFFER_SITE)
        bill_site(b, layer);
    for (size_t i = 0; i < offer->n_prices; i++)
        if (price_starts_series(offer, &offer->prices[i]) &&
            (offer->kind != OFFER_SITE || offer->prices[i].charged == CHARGED_METERED))
            bill_series(b, offer, &offer->prices[i], layer);
}

/* What the hours that an order's servers were used would have cost at the on-demand price of the day. */
static void add_equivalent(struct biller *b, int order)
{
    struct account *account = &b->accounts[order];
    const int64_t *used = b->usage->uses[order].used;
    const struct offer *offer = &b->study->offers[b->plan->orders[order].offer];
    if (used == NULL || !offer_is_reservation(offer))
        return;
    const struct offer *on_demand = &b->study->offers[offer->discounts];
    struct meter meter = {0};
    money last = -1;
    for (int i = 0; i < b->timeline->n_periods; i++) {
        const struct period *period = &b->timeline->periods[i];
        money hour = running_price(on_demand, period->start_seconds), amount = 0;
        account->used_seconds += used[i];
        account->held_seconds +=
            held_seconds(b, &b->plan->orders[order], period->start_seconds, period->end_seconds);
        if (hour != last)
            meter = (struct meter){0};
        last = hour;
        b->overflow |= !meter_add(&meter, (struct decimal){hour, 6}, rate_running(used[i]), &amount);
        biller_add(b, &account->on_demand_equivalent, amount);
    }
}

struct bill bill_plan(struct arena *arena, const struct study *study, const struct timeline *timeline,
                      const struct strategy *strategy, const struct plan *plan, const struct usage *usage)
{
    struct arena scratch = {0}; /* for sheets that are closed, and for a list of charges that grows */
    struct biller b = {.arena = &scratch,
                       .study = study,
                       .timeline = timeline,
                       .strategy = strategy,
                       .plan = plan,
                       .usage = usage};
    b.accounts = ARENA_NEW(arena, struct account, plan->n_orders + 1);
    b.accounts[plan->n_orders].order = -1;
    for (size_t i = 0; i < strategy->n_paid; i++)
        bill_layer(&b, (int)i);
    for (size_t i = 0; i < strategy->n_paid; i++)
        bill_spend(&b, (int)i);
    for (size_t i = 0; i < plan->n_orders; i++) {
        b.accounts[i].order = (int)i;
        add_equivalent(&b, (int)i);
    }
    struct charge *charges = ARENA_NEW(arena, struct charge, b.n_items);
    if (b.n_items > 0)
        memcpy(charges, b.items, b.n_items * sizeof *charges);
    arena_free(&scratch);
    return (struct bill){charges, b.n_items, b.accounts, plan->n_orders + 1, b.overflow};
}

bool bill_needs_steps(const struct study *study, const struct strategy *strategy)
{
    for (size_t i = 0; i < strategy->n_paid; i++) {
        const struct offer *offer = &study->offers[strategy->layers[i].offer];
        for (size_t j = 0; j < offer->n_meterings; j++)
            if (offer->meterings[j].of == METER_LOAD)
                return true;
    }
    return false;
}
