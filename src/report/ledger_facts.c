#include "report/ledger_facts.h"

struct str charge_category_text(const struct charge *charge, const struct offer *offer)
{
    if (charge->category == CHARGE_HORIZON)
        return STR("Adjustment");
    if (offer->taxes)
        return STR("Tax");
    return charge->category == CHARGE_PURCHASE ? STR("Purchase") : STR("Usage");
}

struct str charge_status_text(const struct charge *charge)
{
    static const struct str texts[] = {{"", 0}, {"Used", 4}, {"Unused", 6}};
    return texts[charge->status];
}

const struct offer *charge_offer(const struct result *result, const struct strategy_result *strategy,
                                 const struct charge *charge)
{
    return &result->study->offers[strategy->strategy->layers[charge->layer].offer];
}

bool charge_is_committed(const struct charge *charge, const struct offer *offer)
{
    return offer_is_reservation(offer) && charge->order >= 0 && charge->category != CHARGE_HORIZON;
}
