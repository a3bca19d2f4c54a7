#include "model/study_check.h"

#include "base/diagnostic.h"
#include "model/study.h"
#include "unit/money.h"

/* A reservation is priced when its last server runs, which is not known before it is planned. */
enum { LEAST_STEP_SECONDS = 300, EQUALS_SCALE = 6, LONGEST_LAUNCH_SECONDS = DAY_SECONDS };

int64_t offer_available_from(const struct offer *offer)
{
    int64_t from = INT64_MIN;
    for (size_t i = 0; i < offer->n_prices; i++)
        if (price_starts_series(offer, &offer->prices[i]) && offer->prices[i].effective_from > from)
            from = offer->prices[i].effective_from;
    return from;
}

#define LEAST_EQUALS ((struct decimal){1, 3})
#define MOST_EQUALS ((struct decimal){100000, 0})

/* vcpu / server_vcpu, exact where it ends within six places, otherwise rounded down. */
static bool set_equals(struct offer *offer, const struct workload *workload, struct diagnostics *diagnostics)
{
    if (offer->equals.digits > 0)
        return true;
    offer->equals = decimal_of(1);
    offer->equals_assumed = offer->vcpu.digits == 0 || workload->server_vcpu.digits == 0;
    if (offer->equals_assumed)
        return true;
    int128 numerator = (int128)offer->vcpu.digits * power_of_ten(workload->server_vcpu.scale);
    int128 denominator = (int128)workload->server_vcpu.digits * power_of_ten(offer->vcpu.scale);
    struct decimal ratio = {(int64_t)(numerator * power_of_ten(EQUALS_SCALE) / denominator), EQUALS_SCALE};
    offer->equals = decimal_normal(ratio);
    if (decimal_compare(ratio, LEAST_EQUALS) >= 0 && decimal_compare(ratio, MOST_EQUALS) <= 0)
        return true;
    return diagnose_error(
        diagnostics, offer->place, "check vcpu and server_vcpu, or set `equals:` in the study",
        "a server of `%.*s` would stand for less than 0.001 or more than 100,000 reference servers",
        STR_ARGS(offer->id));
}

/* What a price row needs to know of the offer before it can count. */
static const char *missing_size(const struct offer *offer, const struct price_row *row)
{
    switch (row->unit->counted) {
    case COUNTED_SERVERS:
        return NULL;
    case COUNTED_RACKS:
        if (offer->rack_units == 0 || offer->rack_units_each == 0)
            return "rack: {units: 42, kw: 4}, rack_units: 1";
        return offer->watts.digits == 0 ? "watts: 250" : NULL;
    case COUNTED_KW:
    case COUNTED_KW_AT_METER:
        return offer->watts.digits == 0 ? "watts: 250" : NULL;
    case COUNTED_MBPS:
        return offer->mbps.digits == 0 ? "mbps: 1" : NULL;
    case COUNTED_ADMINS:
        return offer->servers_per_admin == 0 ? "servers_per_admin: 100" : NULL;
    }
    return NULL;
}

static bool server_fits_rack(const struct offer *offer)
{
    struct decimal kilowatts = {offer->watts.digits, offer->watts.scale + 3};
    return offer->rack_units == 0 || offer->watts.digits == 0 ||
           (offer->rack_units_each <= offer->rack_units && decimal_compare(kilowatts, offer->rack_kw) <= 0);
}

static bool check_sizes(const struct offer *offer, struct diagnostics *diagnostics)
{
    bool good = true;
    for (size_t i = 0; i < offer->n_prices; i++) {
        const char *missing = missing_size(offer, &offer->prices[i]);
        if (missing == NULL || !price_starts_series(offer, &offer->prices[i]))
            continue;
        const char *hint = str_format(diagnostics->arena, "add to the study: offers: {%.*s: {%s}}",
                                      STR_ARGS(offer->id), missing)
                               .at;
        good = diagnose_error(diagnostics, offer->prices[i].place, hint,
                              "the price of `%.*s` per %s cannot be used: its size is not known",
                              STR_ARGS(offer->id), offer->prices[i].unit->name);
    }
    if (!server_fits_rack(offer))
        good = diagnose_error(diagnostics, offer->place, NULL,
                              "one server of `%.*s` does not fit into one rack", STR_ARGS(offer->id));
    return good;
}

static bool check_kind(const struct offer *offer, struct diagnostics *diagnostics)
{
    const char *problem = NULL, *hint = NULL;
    bool has_term = !term_is_none(offer->term);
    if (offer->kind == OFFER_COLOCATION && !has_term) {
        problem = "has no useful life";
        hint = "add useful_life: 36 mo to the offer in the study";
    } else if ((offer->kind == OFFER_HOSTING || offer->kind == OFFER_RESERVED) && !has_term) {
        problem = "has no term";
        hint = "fill the column `term` of its price rows: 1 mo, 12 mo, 1 yr";
    } else if (offer->kind == OFFER_ON_DEMAND && has_term) {
        problem = "is on-demand but has a term";
    } else if (offer->kind == OFFER_ON_DEMAND && offer->increment_seconds == 0) {
        problem = "has no billing increment";
        hint = "fill the column `increment` of its price rows: 1 h, 60 s, 1 s";
    }
    if (problem == NULL)
        return true;
    return diagnose_error(diagnostics, offer->place, hint, "`%.*s` %s", STR_ARGS(offer->id), problem);
}

static bool check_prices(const struct study *study, const struct offer *offer,
                         struct diagnostics *diagnostics)
{
    int64_t available = offer_available_from(offer);
    struct str day = date_text(diagnostics->arena, available);
    if (offer->n_prices == 0)
        return diagnose_error(diagnostics, offer->place, NULL, "`%.*s` has no usable price",
                              STR_ARGS(offer->id));
    if (available >= study->end_seconds)
        return diagnose_error(diagnostics, offer->place, "use an offer of the time, or move the study",
                              "`%.*s` has no price before %.*s, after the end of the study",
                              STR_ARGS(offer->id), STR_ARGS(day));
    if (offer->kind == OFFER_ON_DEMAND && available > study->start_seconds)
        return diagnose_error(diagnostics, offer->place, "start the study later, or add the earlier price",
                              "`%.*s` has no price before %.*s, after the start of the study",
                              STR_ARGS(offer->id), STR_ARGS(day));
    return true;
}

static bool check_existing(const struct study *study, struct diagnostics *diagnostics)
{
    bool good = true;
    for (size_t i = 0; i < study->n_existing; i++) {
        const struct planned_order *order = &study->existing[i];
        const struct offer *offer = &study->offers[order->offer];
        int64_t from = offer_available_from(offer);
        if (from > order->ordered_seconds)
            good = diagnose_error(
                diagnostics, order->place, "add the price of that day to the price table",
                "existing[]: `%.*s` has no price on the day it was ordered; its first is of %.*s",
                STR_ARGS(offer->id), STR_ARGS(date_text(diagnostics->arena, from)));
    }
    return good;
}

static bool check_plans(const struct study *study, struct diagnostics *diagnostics)
{
    bool good = true;
    for (size_t i = 0; i < study->n_strategies; i++) {
        for (size_t j = 0; j < study->strategies[i].n_plan; j++) {
            const struct planned_order *order = &study->strategies[i].plan[j];
            int64_t from = offer_available_from(&study->offers[order->offer]);
            int64_t priced = order->ordered_seconds;
            if (study->offers[order->offer].kind == OFFER_RESERVED)
                priced += LONGEST_LAUNCH_SECONDS;
            if (from > priced)
                good = diagnose_error(diagnostics, order->place, "order later, or add the earlier price",
                                      "`%.*s` has no price on the day it is ordered; its first is of %.*s",
                                      STR_ARGS(study->offers[order->offer].id),
                                      STR_ARGS(date_text(diagnostics->arena, from)));
        }
    }
    return good;
}

static bool divides(int64_t a, int64_t b)
{
    return a % b == 0 || b % a == 0;
}

/* A run of servers begins and ends with steps, so increments and minimums must fit them. */
static bool check_increment(const struct study *study, const struct offer *offer,
                            struct diagnostics *diagnostics)
{
    int64_t step = study->step_seconds, minimum = offer->minimum_seconds;
    const char *problem = NULL;
    if (!divides(step, offer->increment_seconds))
        problem = "its billing increment and the step of the study do not divide each other";
    else if (minimum > offer->increment_seconds && minimum > step && minimum % step != 0)
        problem = "its minimum charge is not a multiple of the step of the study";
    else if (minimum > offer->increment_seconds && minimum % offer->increment_seconds != 0)
        problem = "its minimum charge is not a multiple of its billing increment";
    else if (offer->start_up_seconds > step)
        problem = "its start_up is longer than the step of the study: use a longer `step:`";
    return problem == NULL ||
           diagnose_error(diagnostics, offer->place, NULL, "`%.*s`: %s", STR_ARGS(offer->id), problem);
}

/* auto: the trace's own step between 5 min and 1 h. */
static bool set_step(struct study *study, struct diagnostics *diagnostics)
{
    int64_t trace = study->workload.trace.step_seconds;
    bool good = true;
    if (study->step_seconds == 0)
        study->step_seconds = trace < LEAST_STEP_SECONDS ? LEAST_STEP_SECONDS : trace;
    if (HOUR_SECONDS % study->step_seconds != 0)
        study->step_seconds = HOUR_SECONDS;
    for (size_t i = 0; i < study->n_offers; i++)
        if (study->offers[i].used && study->offers[i].kind == OFFER_ON_DEMAND)
            good &= check_increment(study, &study->offers[i], diagnostics);
    if (!divides(trace, study->step_seconds))
        good = diagnose_error(
            diagnostics, study->workload.place, "resample the trace, or choose another `step:`",
            "the step of the trace (%lld s) and that of the study (%lld s) do not divide each other",
            (long long)trace, (long long)study->step_seconds);
    return good;
}

bool study_check(struct study *study, struct diagnostics *diagnostics)
{
    bool good = true;
    for (size_t i = 0; i < study->n_offers; i++) {
        struct offer *offer = &study->offers[i];
        if (!offer->used)
            continue;
        good &= set_equals(offer, &study->workload, diagnostics) && check_prices(study, offer, diagnostics) &&
                check_kind(offer, diagnostics) && check_sizes(offer, diagnostics);
    }
    return good && check_existing(study, diagnostics) & check_plans(study, diagnostics) &&
           set_step(study, diagnostics);
}
