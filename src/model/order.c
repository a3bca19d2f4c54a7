#include "model/order.h"

#include "model/study.h"

const char *const order_reason_names[N_REASONS] = {
    [REASON_NEW] = "new",           [REASON_RENEWAL] = "renewal", [REASON_REFRESH] = "refresh",
    [REASON_EXISTING] = "existing", [REASON_PLANNED] = "planned", [REASON_FOLLOWS] = "follows need",
    [REASON_LEFT_OUT] = "left out",
};

bool plan_pays_layer(const struct plan *plan, const struct study *study, const struct strategy *strategy,
                     size_t layer)
{
    bool pays = !strategy->is_optimal || layer >= strategy->n_layers;
    for (size_t i = 0; !pays && i < plan->n_orders; i++) {
        const struct offer *offer = &study->offers[plan->orders[i].offer];
        bool is_its_own = plan->orders[i].layer == (int)layer;
        bool discounts = offer_is_reservation(offer) && offer->discounts == strategy->layers[layer].offer;
        pays = plan->orders[i].servers > 0 && (is_its_own || discounts);
    }
    return pays;
}
