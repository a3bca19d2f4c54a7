#include "model/study.h"

/* Rates that come before those of a currency after a time, in the order of the list. */
static size_t rates_until(const struct study *study, struct str currency, int64_t seconds)
{
    size_t low = 0, high = study->n_exchange_rates;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct exchange_rate *rate = &study->exchange_rates[middle];
        int order = str_compare(rate->currency, currency);
        if (order < 0 || (order == 0 && rate->from_seconds <= seconds))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct exchange_rate *study_rate_at(const struct study *study, struct str currency, int64_t seconds)
{
    size_t n = rates_until(study, currency, seconds);
    return n > 0 && str_equal(study->exchange_rates[n - 1].currency, currency) ? &study->exchange_rates[n - 1]
                                                                               : NULL;
}

const struct exchange_rate *study_rate_after(const struct study *study, struct str currency, int64_t seconds)
{
    size_t n = rates_until(study, currency, seconds);
    return n < study->n_exchange_rates && str_equal(study->exchange_rates[n].currency, currency)
               ? &study->exchange_rates[n]
               : NULL;
}

bool study_is_capex(const struct study *study, size_t component)
{
    for (size_t i = 0; i < study->n_capex; i++)
        if (str_equal(study->capex[i], study->components[component]))
            return true;
    return false;
}

const struct metering *study_metering(const struct study *study, const struct offer *offer,
                                      const struct price_row *row)
{
    for (size_t i = 0; i < offer->n_meterings; i++)
        if (str_equal(offer->meterings[i].component, study->components[row->component]))
            return &offer->meterings[i];
    return NULL;
}
