#include "model/study_check.h"

#include "base/diagnostic.h"
#include "model/launch_check.h"
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

/* What is wrong, and what to write instead. */
struct problem {
    const char *what, *hint;
};

static bool is_in_bytes(const struct price_unit *unit)
{
    return unit->counted == COUNTED_BYTES || unit->counted == COUNTED_BYTES_KEPT ||
           unit->counted == COUNTED_PERCENTILE;
}

static bool is_kept(const struct price_unit *unit)
{
    return unit->counted == COUNTED_BYTES_KEPT || unit->counted == COUNTED_PIECES_KEPT;
}

/* Why a quantity cannot be in the unit of its price; nothing where it can. */
static struct problem meter_problem(const struct metering *m, const struct price_unit *unit)
{
    bool flows = m->of == METER_LOAD || m->of == METER_COLUMN, rate = m->per_seconds > 0;
    if ((unit->counted == COUNTED_SPEND) != (m->of == METER_SPEND))
        return (struct problem){"`of: spend` goes with prices per spend, and only with them",
                                unit->counted == COUNTED_SPEND
                                    ? "write of: spend, or remove the meter"
                                    : "write of: load, servers, used, time or column"};
    if (m->of == METER_SPEND)
        return (struct problem){0};
    if (unit->counted == COUNTED_PERCENTILE && (!flows || rate))
        return (struct problem){"a 95th percentile is one of load or of a column",
                                "write of: load, each: 50 kB, without a time"};
    if (is_in_bytes(unit) && !m->each_is_bytes)
        return (struct problem){"`each` is a number of bytes for this unit",
                                is_kept(unit) ? "write each: 20 GB"
                                : flows       ? "write each: 50 kB"
                                              : "write each: 20 GB /mo"};
    if (m->each_is_bytes && !is_in_bytes(unit))
        return (struct problem){"`each` is a plain number for this unit",
                                "write each: 1, without a unit of data"};
    if (m->each_is_hours && unit->counted != COUNTED_WORK)
        return (struct problem){"`each` is in hours only for work-hours", "write a plain number"};
    if (is_kept(unit) && (flows || rate))
        return (struct problem){
            "what is kept for a time is measured of servers, used or time, without a rate",
            "write of: servers, and each without a time"};
    if (is_kept(unit) || flows != rate)
        return (struct problem){0};
    if (flows)
        return (struct problem){"`each` of load or a column is for one unit of it", "leave out the time"};
    return (struct problem){"`each` of servers, used or time is a rate",
                            is_in_bytes(unit)               ? "write each: 20 GB /mo"
                            : unit->counted == COUNTED_WORK ? "write each: 0.5 h /mo"
                                                            : "write each: 4% /yr"};
}

static struct problem included_problem(const struct metering *m, const struct offer *offer)
{
    if (m->included.digits == 0)
        return (struct problem){0};
    if (!offer_has_servers(offer))
        return (struct problem){"a free allowance is that of a server: its offer has none",
                                "write it as a tier of the price table, whose price is the word free"};
    if (m->of == METER_SPEND)
        return (struct problem){"what is spent has no free allowance", "remove `included`"};
    if (m->included_is_bytes != m->each_is_bytes)
        return (struct problem){"`included` and `each` count different things",
                                m->each_is_bytes ? "write included: 20 GB" : "write a plain number"};
    return (struct problem){0};
}

static bool tell_meter(const struct offer *offer, const struct metering *m, const struct price_unit *unit,
                       struct problem problem, struct diagnostics *diagnostics)
{
    return problem.what == NULL ||
           diagnose_error(diagnostics, m->place, problem.hint,
                          "offers[\"%.*s\"].meters[\"%.*s\"]: priced per %s: %s", STR_ARGS(offer->id),
                          STR_ARGS(m->component), unit->name, problem.what);
}

static bool tell_unmetered(const struct offer *offer, const struct price_row *row, struct str component,
                           struct diagnostics *diagnostics)
{
    const char *meter = is_kept(row->unit)
                            ? is_in_bytes(row->unit) ? "servers, each: 20 GB" : "servers, each: 1"
                        : is_in_bytes(row->unit) ? "load, each: 50 kB"
                                                 : "load, each: 1";
    const char *hint =
        str_format(diagnostics->arena, "add to the study: offers: {%.*s: {meters: {%.*s: {of: %s}}}}",
                   STR_ARGS(offer->id), STR_ARGS(component), meter)
            .at;
    return diagnose_error(diagnostics, row->place, hint,
                          "the price of `%.*s` per %s cannot be used: nothing says how much of it there is",
                          STR_ARGS(offer->id), row->unit->name);
}

static bool check_meters(const struct study *study, const struct offer *offer,
                         struct diagnostics *diagnostics)
{
    bool good = true;
    for (size_t i = 0; i < offer->n_prices; i++) {
        const struct price_row *row = &offer->prices[i];
        const struct metering *m = study_metering(study, offer, row);
        bool is_spend = row->unit->counted == COUNTED_SPEND;
        bool is_first = i == 0 || !price_same_family(row - 1, row); /* once for all tiers */
        if (row->charged != CHARGED_METERED || (is_spend && m == NULL) || !is_first)
            continue;
        if (m == NULL)
            good = tell_unmetered(offer, row, study->components[row->component], diagnostics);
        else
            good &= tell_meter(offer, m, row->unit, meter_problem(m, row->unit), diagnostics) &
                    tell_meter(offer, m, row->unit, included_problem(m, offer), diagnostics);
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
                     study_metering(study, offer, &offer->prices[j]) == &offer->meterings[i];
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
               diagnose_error(diagnostics, offer->place,
                              "compare its watts and rack_units with `rack` and `breaker` of the site",
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

static bool has_running_price(const struct offer *offer)
{
    for (size_t i = 0; i < offer->n_prices; i++)
        if (offer->prices[i].charged == CHARGED_RUNNING)
            return true;
    return false;
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
    } else if (offer->by_calendar &&
               (offer->term.months == 0 || (!term_is_none(offer->then) && offer->then.months == 0))) {
        problem = "is billed by calendar months but has a term in years";
        hint = "write 12 mo instead of 1 yr";
    } else if (offer->kind == OFFER_SPOT && !has_running_price(offer)) {
        problem = "has no price that is charged `running`";
        hint = "add its price of a server-hour";
    } else if (has_term && (offer->kind == OFFER_ON_DEMAND || offer->kind == OFFER_SPOT ||
                            offer->kind == OFFER_SERVICE)) {
        problem =
            str_format(diagnostics->arena, "is of the kind %s but has a term", offer_kind_names[offer->kind])
                .at;
        hint = "leave the column `term` of its price rows empty";
    } else if (offer->kind == OFFER_ON_DEMAND && offer->increment_seconds == 0) {
        problem = "has no billing increment";
        hint = "fill the column `increment` of its price rows: 1 h, 60 s, 1 s";
    }
    if (problem == NULL)
        return true;
    return diagnose_error(diagnostics, offer->place, hint, "`%.*s` %s", STR_ARGS(offer->id), problem);
}

/* A notice is given within the term that it ends, and servers replace those that replaced others. */
static bool check_ends(const struct study *study, const struct offer *offer, struct diagnostics *diagnostics)
{
    int64_t from = study->start_seconds, noticed = term_end(from, offer->notice);
    if (!term_is_none(offer->notice) &&
        (noticed > term_end(from, offer->term) ||
         (!term_is_none(offer->then) && noticed > term_end(from, offer->then))))
        return diagnose_error(diagnostics, offer->place, "write a shorter notice, or a longer term",
                              "offers[\"%.*s\"].notice: it is longer than a term", STR_ARGS(offer->id));
    return offer->overlap_seconds == 0 || from + offer->overlap_seconds < term_end(from, offer->term) ||
           diagnose_error(diagnostics, offer->place, "write a shorter overlap",
                          "offers[\"%.*s\"].overlap: it is not shorter than the useful life",
                          STR_ARGS(offer->id));
}

static bool check_prices(const struct study *study, const struct offer *offer,
                         struct diagnostics *diagnostics)
{
    int64_t available = offer_available_from(offer);
    struct str day = available % DAY_SECONDS == 0 ? date_text(diagnostics->arena, available)
                                                  : time_text(diagnostics->arena, available);
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

/* Money has a rate from the first day on which it may fall due. Told once for an offer and currency. */
static bool check_currency(const struct study *study, const struct offer *offer,
                           struct diagnostics *diagnostics)
{
    struct str told = study->currency;
    bool good = true;
    for (size_t i = 0; i < offer->n_prices; i++) {
        const struct price_row *row = &offer->prices[i];
        if (str_equal(row->currency, study->currency) || str_equal(row->currency, told) ||
            study_rate_at(study, row->currency, study->decide_from_seconds) != NULL)
            continue;
        told = row->currency;
        const struct exchange_rate *first =
            study_rate_after(study, row->currency, study->decide_from_seconds);
        struct str hint =
            str_format(diagnostics->arena, "add a row of that day or before to the exchange rates%s%.*s",
                       first == NULL ? " of the study: exchange_rates: [FILE.csv]" : "; the first is of ",
                       first == NULL ? 0 : 10,
                       first == NULL ? "" : date_text(diagnostics->arena, first->from_seconds).at);
        good = diagnose_error(
            diagnostics, row->place, hint.at, "the price is in %.*s, and there is no rate for it on %.*s",
            STR_ARGS(row->currency), STR_ARGS(date_text(diagnostics->arena, study->decide_from_seconds)));
    }
    return good;
}

/* What the study says of an offer and no price reads would be passed over in silence. */
static bool check_is_priced(const struct offer *offer, struct diagnostics *diagnostics)
{
    const struct {
        const char *key, *priced_by;
        enum counted counted;
        bool said;
    } rows[] = {
        {"install_hours", "work-hour", COUNTED_WORK_HOURS, offer->work_hours.digits > 0},
        {"committed_kw", "kW-month", COUNTED_KW, offer->contract.committed_kw.digits > 0},
        {"cross_connects", "cross-connect-month", COUNTED_CONNECTIONS, offer->contract.cross_connects > 0},
    };
    bool good = true;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bool priced = !rows[i].said;
        for (size_t j = 0; j < offer->n_prices; j++)
            priced |= offer->prices[j].unit->counted == rows[i].counted;
        if (!priced)
            good = diagnose_error(
                diagnostics, offer->place,
                str_format(diagnostics->arena, "add a price per %s, or remove the key", rows[i].priced_by).at,
                "offers[\"%.*s\"].%s: no price of it is per %s", STR_ARGS(offer->id), rows[i].key,
                rows[i].priced_by);
    }
    return good;
}

/* Payments in rates need a purchase of servers that is not free. */
static bool check_financing(const struct offer *offer, struct diagnostics *diagnostics)
{
    bool bought = offer->finance_months == 0;
    for (size_t i = 0; i < offer->n_prices; i++)
        bought |= offer->prices[i].charged == CHARGED_TERM &&
                  offer->prices[i].unit->counted == COUNTED_SERVERS && offer->prices[i].book.digits > 0;
    return bought ||
           diagnose_error(diagnostics, offer->place, "remove `financing`, or charge the server `term`",
                          "offers[\"%.*s\"].financing: no price is charged `term` per server",
                          STR_ARGS(offer->id));
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
    if (offer->increment_seconds > 0 && !divides(step, offer->increment_seconds))
        problem = "its billing increment and the step of the study do not divide each other";
    else if (minimum > offer->increment_seconds && minimum > step && minimum % step != 0)
        problem = "its minimum charge is not a multiple of the step of the study";
    else if (minimum > offer->increment_seconds && offer->increment_seconds > 0 &&
             minimum % offer->increment_seconds != 0)
        problem = "its minimum charge is not a multiple of its billing increment";
    else if (offer->start_up_seconds > step)
        problem = "its start_up is longer than the step of the study: use a longer `step:`";
    return problem == NULL ||
           diagnose_error(diagnostics, offer->place, NULL, "`%.*s`: %s", STR_ARGS(offer->id), problem);
}

/* Increments of a commitment that are no longer than a step need not fit it: its runs are rounded up. */
static bool runs_in_increments(const struct study *study, const struct offer *offer)
{
    return offer->kind == OFFER_ON_DEMAND ||
           (has_running_price(offer) &&
            (offer->increment_seconds > study->step_seconds || offer->minimum_seconds > study->step_seconds));
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
        if (study->offers[i].used && runs_in_increments(study, &study->offers[i]))
            good &= check_increment(study, &study->offers[i], diagnostics);
    if (!divides(trace, study->step_seconds))
        good = diagnose_error(
            diagnostics, study->workload.place, "resample the trace, or choose another `step:`",
            "the step of the trace (%lld s) and that of the study (%lld s) do not divide each other",
            (long long)trace, (long long)study->step_seconds);
    return good;
}

static bool check_launches(const struct study *study, struct diagnostics *diagnostics)
{
    bool good = true;
    for (size_t i = 0; i < study->n_offers; i++) {
        bool launched = study->offers[i].used;
        for (size_t j = 0; j < study->n_offers; j++)
            launched |= study->offers[j].used && offer_is_reservation(&study->offers[j]) &&
                        study->offers[j].discounts == (int)i;
        if (launched && study->offers[i].kind == OFFER_ON_DEMAND)
            good &= launch_check(study, &study->offers[i], diagnostics);
    }
    return good;
}

/* Load and use are those of the whole strategy: metered by two offers that serve it they would count twice.
 */
static bool meters_the_same(const struct offer *a, const struct offer *b, const struct metering **twice)
{
    for (size_t i = 0; i < a->n_meterings; i++)
        for (size_t j = 0; j < b->n_meterings; j++) {
            const struct metering *m = &a->meterings[i];
            bool of_all = m->of == METER_LOAD || m->of == METER_USED || m->of == METER_COLUMN;
            *twice = m;
            if (of_all && m->of == b->meterings[j].of && str_equal(m->component, b->meterings[j].component))
                return true;
        }
    return false;
}

/* An on-demand layer before a layer that meters what it does; NULL: none. */
static const struct offer *metered_before(const struct study *study, const struct strategy *s, size_t layer,
                                          const struct metering **twice)
{
    for (size_t i = 0; i < layer; i++) {
        const struct offer *before = &study->offers[s->layers[i].offer];
        if (before->kind == OFFER_ON_DEMAND &&
            meters_the_same(before, &study->offers[s->layers[layer].offer], twice))
            return before;
    }
    return NULL;
}

static bool check_follow_meters(const struct study *study, struct diagnostics *diagnostics)
{
    bool good = true;
    for (size_t i = 0; i < study->n_strategies; i++) {
        const struct strategy *s = &study->strategies[i];
        for (size_t k = 1; k < s->n_layers; k++) {
            const struct metering *twice;
            const struct offer *one = metered_before(study, s, k, &twice),
                               *other = &study->offers[s->layers[k].offer];
            if (one != NULL)
                good = diagnose_error(
                    diagnostics, s->layers[k].place,
                    "meter it in a service of the strategy: it counts the load of all servers",
                    "strategies[`%.*s`]: `%.*s` and `%.*s` both meter `%.*s` of all that is served",
                    STR_ARGS(s->name), STR_ARGS(one->id), STR_ARGS(other->id), STR_ARGS(twice->component));
        }
    }
    return good;
}

bool study_check(struct study *study, struct diagnostics *diagnostics)
{
    bool good = true;
    for (size_t i = 0; i < study->n_offers; i++) {
        struct offer *offer = &study->offers[i];
        if (!offer->used)
            continue;
        good &= (!offer_has_servers(offer) || set_equals(offer, &study->workload, diagnostics)) &
                check_prices(study, offer, diagnostics) & check_currency(study, offer, diagnostics) &
                check_kind(offer, diagnostics) & check_sizes(offer, diagnostics) &
                check_site(study, offer, diagnostics) & check_meters(study, offer, diagnostics) &
                check_meters_are_priced(study, offer, diagnostics) & check_is_priced(offer, diagnostics) &
                check_financing(offer, diagnostics) & check_ends(study, offer, diagnostics);
    }
    return good && check_existing(study, diagnostics) & check_plans(study, diagnostics) &&
           set_step(study, diagnostics) && check_launches(study, diagnostics) &&
           check_follow_meters(study, diagnostics) && futures_check(study, diagnostics);
}
