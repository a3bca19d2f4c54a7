/* Every charge, in the columns of FOCUS 1.2 (FinOps Open Cost and Usage Specification); columns of our own
 * begin with x_. Empty is null. */
#include "base/arena.h"
#include "report/csv_out.h"
#include "report/ledger_facts.h"
#include "report/report.h"
#include "unit/digits.h"

enum { QUANTITY_PLACES = 9 };

/* One charge and what belongs to it. */
struct row {
    const struct report *report;
    const struct strategy_result *strategy;
    const struct charge *charge;
    const struct offer *offer;
    const struct order *order; /* NULL: of all orders of a layer */
};

static struct str frequency(const struct row *r)
{
    enum charged charged = r->charge->price->charged;
    if (charged == CHARGED_EARLY)
        return STR("One-Time");
    if (r->charge->category == CHARGE_PURCHASE || !offer_is_reservation(r->offer)) {
        if (charged == CHARGED_ONCE || charged == CHARGED_TERM)
            return r->charge->price->n_payments > 0 ? STR("Recurring") : STR("One-Time");
        return charged == CHARGED_HELD ? STR("Recurring") : STR("Usage-Based");
    }
    return STR("Usage-Based");
}

static bool is_commitment(const struct row *r)
{
    return offer_is_reservation(r->offer);
}

static struct str pricing_category(const struct row *r)
{
    if (r->charge->category == CHARGE_USAGE && is_commitment(r))
        return STR("Committed");
    return r->offer->kind == OFFER_SPOT ? STR("Dynamic") : STR("Standard");
}

static struct str service_category(const struct row *r)
{
    switch (r->offer->kind) {
    case OFFER_SERVICE:
        return STR("Other");
    case OFFER_SITE:
        return STR("Other");
    default:
        return STR("Compute");
    }
}

/* Hours of a commitment that a charge is for: those of the term bought, or held, used, unused. */
static double commitment_hours(const struct row *r)
{
    const struct charge *c = r->charge;
    double hours = c->category == CHARGE_PURCHASE ? c->billed_quantity : c->effective_quantity;
    int64_t begins = r->order->first_in_service_seconds, length = term_end(begins, r->offer->term) - begins;
    return c->price->unit->time_base == TIME_NONE ? hours * (double)length / HOUR_SECONDS : hours;
}

static void write_commitment(struct csv_out *out, const struct row *r)
{
    const struct charge *c = r->charge;
    bool plan = r->offer->kind == OFFER_SAVINGS_PLAN;
    if (!charge_is_committed(c, r->offer)) {
        for (int i = 0; i < 7; i++)
            csv_bare(out, STR(""));
        return;
    }
    char digits[LONGEST_DIGITS];
    const struct str id[] = {r->offer->id, STR("/"), digits_short(digits + sizeof digits, c->order + 1, 0)};
    csv_plain(out, plan ? STR("Spend") : STR("Usage"));
    csv_texts(out, id, sizeof id / sizeof *id);
    csv_text(out, r->offer->id);
    if (plan)
        csv_money(out, c->category == CHARGE_PURCHASE ? c->billed : c->effective);
    else
        csv_number(out, commitment_hours(r), QUANTITY_PLACES);
    csv_bare(out, charge_status_text(c));
    csv_plain(out, plan ? STR("Savings Plan") : STR("Reserved"));
    csv_text(out, plan ? r->report->result->study->currency : STR("Hours"));
}

/* What was consumed: of commitments only what was used, and of what is paid in advance nothing twice. */
static void write_consumed(struct csv_out *out, const struct row *r)
{
    const struct charge *c = r->charge;
    bool consumed = c->category == CHARGE_USAGE && c->status != STATUS_UNUSED && !r->offer->taxes &&
                    c->price->unit->time_base != TIME_NONE;
    if (consumed)
        csv_number(out, c->effective_quantity, QUANTITY_PLACES);
    else
        csv_bare(out, STR(""));
    csv_plain(out, consumed ? str_of(c->price->unit->name) : STR(""));
}

static void write_times(struct csv_out *out, const struct row *r)
{
    const struct month *month = &r->report->result->timeline.months[r->charge->month];
    csv_time(out, month->calendar_start);
    csv_time(out, month->calendar_end);
    csv_time(out, r->charge->from_seconds);
    csv_time(out, r->charge->to_seconds);
}

static void write_money(struct csv_out *out, const struct row *r)
{
    const struct charge *c = r->charge;
    csv_money(out, c->billed);
    csv_money(out, c->effective);
    csv_money(out, c->list);
    csv_money(out, c->billed);
    csv_text(out, r->report->result->study->currency);
    csv_number(out, c->billed_quantity, QUANTITY_PLACES);
    csv_number(out, c->effective_quantity, QUANTITY_PLACES);
    csv_plain(out, str_of(c->price->unit->name));
    csv_decimal(out, c->price->list);
    csv_decimal(out, c->price->price);
    csv_text(out, c->price->currency);
    csv_decimal(out, c->price->book);
}

static void write_charge(struct csv_out *out, const struct row *r)
{
    const struct charge *c = r->charge;
    const struct study *study = r->report->result->study;
    struct str component = study->components[c->price->component];
    const struct str description[] = {r->offer->id,
                                      STR(", "),
                                      component,
                                      STR(" per "),
                                      str_of(c->price->unit->name),
                                      c->category == CHARGE_HORIZON ? STR(", horizon value") : STR("")};
    write_times(out, r);
    csv_bare(out, charge_category_text(c, r->offer));
    csv_bare(out, frequency(r));
    csv_bare(out, pricing_category(r));
    csv_texts(out, description, sizeof description / sizeof *description);
    write_money(out, r);
    write_consumed(out, r);
    write_commitment(out, r);
    csv_text(out, r->offer->provider);
    csv_text(out, r->offer->region);
    csv_bare(out, service_category(r));
    csv_text(out, r->offer->item.length > 0 ? r->offer->item : r->offer->id);
    csv_text(out, r->offer->id);
    csv_text(out, r->strategy->strategy->name);
    csv_text(out, component);
    if (c->order < 0)
        csv_bare(out, STR(""));
    else
        csv_integer(out, c->order + 1);
    csv_bare(out, c->category == CHARGE_HORIZON ? STR("true") : STR("false"));
    csv_bare(out, study_is_capex(study, (size_t)c->price->component) ? STR("capex") : STR("opex"));
    csv_end_row(out);
}

bool csv_ledger(const struct report *report)
{
    static const char *const columns[] = {"BillingPeriodStart",
                                          "BillingPeriodEnd",
                                          "ChargePeriodStart",
                                          "ChargePeriodEnd",
                                          "ChargeCategory",
                                          "ChargeFrequency",
                                          "PricingCategory",
                                          "ChargeDescription",
                                          "BilledCost",
                                          "EffectiveCost",
                                          "ListCost",
                                          "ContractedCost",
                                          "BillingCurrency",
                                          "PricingQuantity",
                                          "x_EffectiveQuantity",
                                          "PricingUnit",
                                          "ListUnitPrice",
                                          "ContractedUnitPrice",
                                          "PricingCurrency",
                                          "PricingCurrencyListUnitPrice",
                                          "ConsumedQuantity",
                                          "ConsumedUnit",
                                          "CommitmentDiscountCategory",
                                          "CommitmentDiscountId",
                                          "CommitmentDiscountName",
                                          "CommitmentDiscountQuantity",
                                          "CommitmentDiscountStatus",
                                          "CommitmentDiscountType",
                                          "CommitmentDiscountUnit",
                                          "ProviderName",
                                          "RegionId",
                                          "ServiceCategory",
                                          "ServiceName",
                                          "SkuId",
                                          "x_Strategy",
                                          "x_Component",
                                          "x_Order",
                                          "x_HorizonValue",
                                          "x_Expenditure",
                                          NULL};
    const struct result *result = report->result;
    struct csv_out out = csv_out_open(report->arena, report->folder, "ledger.csv", columns, report->failure);
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct strategy_result *s = &result->strategies[i];
        for (size_t j = 0; j < s->n_charges; j++) {
            const struct charge *charge = &s->charges[j];
            struct row row = {report, s, charge, charge_offer(result, s, charge),
                              charge->order < 0 ? NULL : &s->plan.orders[charge->order]};
            write_charge(&out, &row);
        }
    }
    return csv_out_close(&out);
}
