#include "model/study_check.h"

#include "base/diagnostic.h"
#include "model/study.h"
#include "unit/money.h"

/* A reservation is priced when its last server runs, which is not known before it is planned. */
enum { LEAST_STEP_SECONDS = 300, EQUALS_SCALE = 6, LONGEST_LAUNCH_SECONDS = DAY_SECONDS };

int64_t offer_available_from(const struct offer *offer)
{
    int64_t from = INT64_MIN, metered = INT64_MAX;
    for (size_t i = 0; i < offer->n_prices; i++) {
        const struct price_row *row = &offer->prices[i];
        if (row->charged == CHARGED_METERED) /* any tier will do */
            metered = row->effective_from < metered ? row->effective_from : metered;
        else if (price_starts_series(offer, row) && row->effective_from > from)
            from = row->effective_from;
    }
    return !offer_has_servers(offer) && metered != INT64_MAX && metered > from ? metered : from;
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
    case COUNTED_FLAT:
    case COUNTED_CONNECTIONS:
    case COUNTED_SPEND:
        return NULL;
    case COUNTED_WORK_HOURS:
        return offer->work_hours.digits == 0 ? "install_hours: 0.5" : NULL;
    case COUNTED_BYTES:
    case COUNTED_PIECES:
    case COUNTED_WORK:
    case COUNTED_BYTES_KEPT:
    case COUNTED_PIECES_KEPT:
    case COUNTED_PERCENTILE:
        return NULL; /* see check_meters */
    case COUNTED_RACKS:
        if (offer->kind == OFFER_SITE)
            return offer->rack_units == 0 ? "rack: {units: 42, kw: 4}" : NULL;
        if (offer->rack_units == 0 || offer->rack_units_each == 0)
            return "rack: {units: 42, kw: 4}, rack_units: 1";
        return offer->watts.digits == 0 ? "watts: 250" : NULL;
    case COUNTED_KW:
    case COUNTED_KW_AT_METER:
        if (offer->kind == OFFER_SITE)
            return NULL;
        return offer->watts.digits == 0 ? "watts: 250" : NULL;
    case COUNTED_MBPS:
        return offer->mbps.digits == 0 ? "mbps: 1" : NULL;
    case COUNTED_ADMINS:
        return offer->servers_per_admin == 0 ? "servers_per_admin: 100" : NULL;
    }
    return NULL;
}

/* ---- metered components ---- */

static const struct metering *find_metering(const struct study *study, const struct offer *offer,
                                            const struct price_row *row)
{
    for (size_t i = 0; i < offer->n_meterings; i++)
        if (str_equal(offer->meterings[i].component, study->components[row->component]))
            return &offer->meterings[i];
    return NULL;
}

/* Why a quantity cannot be in the unit of its price; NULL where it can. */
static const char *meter_problem(const struct metering *m, const struct price_unit *unit)
{
    bool flows = m->of == METER_LOAD || m->of == METER_COLUMN, rate = m->per_seconds > 0;
    bool bytes = unit->counted == COUNTED_BYTES || unit->counted == COUNTED_BYTES_KEPT ||
                 unit->counted == COUNTED_PERCENTILE;
    if ((unit->counted == COUNTED_SPEND) != (m->of == METER_SPEND))
        return "`of: spend` goes with prices per spend, and only with them";
    if (m->of == METER_SPEND)
        return NULL;
    if (bytes != m->each_is_bytes)
        return bytes ? "`each` is a number of bytes for this unit: 50 kB"
                     : "`each` is a plain number for this unit";
    if (m->each_is_hours && unit->counted != COUNTED_WORK)
        return "`each` is in hours only for work-hours";
    if (unit->counted == COUNTED_PERCENTILE)
        return flows && !rate ? NULL : "a 95th percentile is one of load or of a column";
    if (unit->counted == COUNTED_BYTES_KEPT || unit->counted == COUNTED_PIECES_KEPT)
        return !flows && !rate
                   ? NULL
                   : "what is kept for a time is measured of servers, used or time, without a rate";
    if (flows == rate)
        return flows ? "`each` of load or a column is for one unit of it: leave out the time"
                     : "`each` of servers, used or time is a rate: 0.5 h /mo, 4% /yr";
    return NULL;
}

static bool check_included(const struct metering *m, const struct offer *offer,
                           struct diagnostics *diagnostics)
{
    const char *problem = NULL;
    if (m->included.digits == 0)
        return true;
    if (!offer_has_servers(offer))
        problem = "a free allowance is that of a server: its offer has none";
    else if (m->included_is_bytes != m->each_is_bytes)
        problem = "`included` and `each` count different things";
    return problem == NULL ||
           diagnose_error(diagnostics, m->place, NULL, "offers[\"%.*s\"].meters[\"%.*s\"]: %s",
                          STR_ARGS(offer->id), STR_ARGS(m->component), problem);
}

static bool check_meters(const struct study *study, const struct offer *offer,
                         struct diagnostics *diagnostics)
{
    bool good = true;
    for (size_t i = 0; i < offer->n_prices; i++) {
        const struct price_row *row = &offer->prices[i];
        const struct metering *m = find_metering(study, offer, row);
        bool is_spend = row->unit->counted == COUNTED_SPEND;
        if (row->charged != CHARGED_METERED || (is_spend && m == NULL) || !price_starts_series(offer, row))
            continue;
        struct str component = study->components[row->component];
        if (m == NULL) {
            good = diagnose_error(
                diagnostics, row->place,
                str_format(diagnostics->arena,
                           "add to the study: offers: {%.*s: {meters: {%.*s: {of: load, each: 1}}}}",
                           STR_ARGS(offer->id), STR_ARGS(component))
                    .at,
                "the price of `%.*s` per %s cannot be used: nothing says how much of it there is",
                STR_ARGS(offer->id), row->unit->name);
            continue;
        }
        const char *problem = meter_problem(m, row->unit);
        if (problem != NULL)
            good = diagnose_error(diagnostics, m->place, NULL,
                                  "offers[\"%.*s\"].meters[\"%.*s\"]: priced per %s: %s", STR_ARGS(offer->id),
                                  STR_ARGS(component), row->unit->name, problem);
        good &= check_included(m, offer, diagnostics);
    }
    return good;
}

/* A meter that no price reads would be passed over in silence. */
static bool check_meters_are_priced(const struct study *study, const struct offer *offer,
                                    struct diagnostics *diagnostics)
{
    bool good = true;
    for (size_t i = 0; i < offer->n_meterings; i++) {
        bool found = false;
        for (size_t j = 0; j < offer->n_prices; j++)
            found |= offer->prices[j].charged == CHARGED_METERED &&
                     find_metering(study, offer, &offer->prices[j]) == &offer->meterings[i];
        if (!found)
            good = diagnose_error(diagnostics, offer->meterings[i].place,
                                  "name a component that the price table charges `metered`",
                                  "`%.*s` has no metered price of the component `%.*s`", STR_ARGS(offer->id),
                                  STR_ARGS(offer->meterings[i].component));
    }
    return good;
}

/* Servers on a site need a size, or its racks and power cannot be counted. */
static bool check_site(const struct study *study, const struct offer *offer, struct diagnostics *diagnostics)
{
    if (offer->site < 0)
        return true;
    const struct offer *site = &study->offers[offer->site];
    if (offer->watts.digits > 0 && (site->rack_units == 0 || offer->rack_units_each > 0))
        return site->rack_units == 0 || servers_per_rack(site, offer) > 0 ||
               diagnose_error(diagnostics, offer->place, NULL,
                              "one server of `%.*s` does not fit into one "
                              "rack of `%.*s` under its breaker",
                              STR_ARGS(offer->id), STR_ARGS(site->id));
    return diagnose_error(diagnostics, offer->place,
                          str_format(diagnostics->arena,
                                     "add to the study: offers: {%.*s: {watts: 250, rack_units: 1}}",
                                     STR_ARGS(offer->id))
                              .at,
                          "`%.*s` stands on `%.*s`, but its watts or rack_units are not known",
                          STR_ARGS(offer->id), STR_ARGS(site->id));
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
    if (offer->kind == OFFER_SITE && !has_term) {
        problem = "has no term";
        hint = "fill the column `term` of its price rows: 12 mo, 36 mo";
    } else if (offer->kind == OFFER_COLOCATION && !has_term) {
        problem = "has no useful life";
        hint = "add useful_life: 36 mo to the offer in the study";
    } else if ((offer->kind == OFFER_HOSTING || offer_is_reservation(offer)) && !has_term) {
        problem = "has no term";
        hint = "fill the column `term` of its price rows: 1 mo, 12 mo, 1 yr";
    } else if (has_term && (offer->kind == OFFER_ON_DEMAND || offer->kind == OFFER_SPOT ||
                            offer->kind == OFFER_SERVICE)) {
        problem =
            str_format(diagnostics->arena, "is of the kind %s but has a term", offer_kind_names[offer->kind])
                .at;
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
    bool from_start =
        offer->kind == OFFER_ON_DEMAND || offer->kind == OFFER_SPOT || !offer_has_servers(offer);
    if (from_start && available > study->start_seconds)
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
            if (offer_is_reservation(&study->offers[order->offer]))
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
        good &= (!offer_has_servers(offer) || set_equals(offer, &study->workload, diagnostics)) &&
                check_prices(study, offer, diagnostics) && check_kind(offer, diagnostics) &&
                check_sizes(offer, diagnostics) && check_site(study, offer, diagnostics) &&
                check_meters(study, offer, diagnostics) && check_meters_are_priced(study, offer, diagnostics);
    }
    return good && check_existing(study, diagnostics) & check_plans(study, diagnostics) &&
           set_step(study, diagnostics);
}
