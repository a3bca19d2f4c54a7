#include "base/arena.h"
#include "report/csv_out.h"
#include "report/numbers.h"
#include "report/report.h"

enum { MONEY_PLACES = 6, HOUR_PLACES = 4, QUANTITY_PLACES = 9 };

static const struct offer *offer_of(const struct result *result, const struct strategy_result *s, int layer)
{
    return &result->study->offers[s->strategy->layers[layer].offer];
}

static void put_money(struct csv_out *out, money amount)
{
    csv_plain(out, money_text(out->output.arena, amount, MONEY_PLACES));
}

static void put_hours(struct csv_out *out, int64_t server_seconds)
{
    csv_plain(out, hours_text(out->output.arena, server_seconds, HOUR_PLACES));
}

static void put_number(struct csv_out *out, double value, int places)
{
    csv_plain(out, number_text(out->output.arena, value, places));
}

static void put_integer(struct csv_out *out, int64_t value)
{
    csv_plain(out, decimal_text(out->output.arena, decimal_of(value)));
}

static void put_time(struct csv_out *out, int64_t seconds)
{
    csv_plain(out, time_text(out->output.arena, seconds));
}

static void put_lead_time(struct csv_out *out, const struct lead_time *lead)
{
    const double hours[] = {lead->all_low, lead->p10, lead->p50, lead->p90, lead->all_high};
    for (size_t i = 0; i < sizeof hours / sizeof hours[0]; i++) {
        if (lead->possible)
            put_number(out, hours[i], HOUR_PLACES);
        else
            csv_plain(out, STR("never"));
    }
}

static struct str counted_components(const struct report *report, const struct strategy_result *s)
{
    struct str all = {0};
    const struct study *study = report->result->study;
    for (size_t c = 0; c < study->n_components; c++)
        if (s->counts[c])
            all = str_format(report->arena, "%.*s%s%.*s", STR_ARGS(all), all.length == 0 ? "" : "; ",
                             STR_ARGS(study->components[c]));
    return all;
}

static void write_summary_row(struct csv_out *out, const struct report *report,
                              const struct strategy_result *s)
{
    const struct service *v = &s->service;
    const money amounts[] = {s->billed, s->effective, s->list, s->horizon_value, s->unmet_cost, s->compared};
    const int64_t hours[] = {v->need, v->served, v->shortfall, v->capacity, v->idle};
    csv_text(out, s->strategy->name);
    csv_plain(out, s->rank == 0 ? STR("") : decimal_text(report->arena, decimal_of(s->rank)));
    csv_text(out, report->result->study->currency);
    for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++)
        put_money(out, amounts[i]);
    for (size_t i = 0; i < sizeof hours / sizeof hours[0]; i++)
        put_hours(out, hours[i]);
    csv_plain(out, unmet_hours_text(report->arena, v->unmet_micro, HOUR_PLACES));
    put_integer(out, s->peak_in_service);
    csv_plain(out, share_text(report->arena, v->committed_used, v->need));
    csv_plain(out, share_text(report->arena, v->committed_used, v->committed));
    put_lead_time(out, &s->lead_time);
    csv_text(out, counted_components(report, s));
    csv_end_row(out);
}

static bool write_summary(const struct report *report)
{
    static const char *const columns[] = {"strategy",
                                          "rank",
                                          "currency",
                                          "billed_cost",
                                          "effective_cost",
                                          "list_cost",
                                          "horizon_value",
                                          "unmet_cost",
                                          "compared_cost",
                                          "need_server_hours",
                                          "served_server_hours",
                                          "shortfall_server_hours",
                                          "capacity_server_hours",
                                          "idle_server_hours",
                                          "unmet_server_hours",
                                          "peak_servers_in_service",
                                          "coverage",
                                          "utilisation",
                                          "lead_time_all_low_hours",
                                          "lead_time_p10_hours",
                                          "lead_time_p50_hours",
                                          "lead_time_p90_hours",
                                          "lead_time_all_high_hours",
                                          "counted",
                                          NULL};
    struct csv_out out = csv_out_open(report->arena, report->folder, "summary.csv", columns, report->failure);
    for (size_t i = 0; i < report->result->n_strategies; i++)
        write_summary_row(&out, report, &report->result->strategies[i]);
    return csv_out_close(&out);
}

/* Sums of one month's charges by component. */
struct month_sums {
    money billed, effective, list;
};

static void write_month(struct csv_out *out, const struct report *report, const struct strategy_result *s,
                        int month, const struct month_sums *sums)
{
    const struct study *study = report->result->study;
    for (size_t c = 0; c < study->n_components; c++) {
        if (sums[c].billed == 0 && sums[c].effective == 0)
            continue;
        csv_text(out, s->strategy->name);
        csv_plain(out, month_text(report->arena, report->result->timeline.months[month].start_seconds));
        csv_text(out, study->components[c]);
        put_money(out, sums[c].billed);
        put_money(out, sums[c].effective);
        put_money(out, sums[c].list);
        csv_end_row(out);
    }
}

static bool write_monthly(const struct report *report)
{
    static const char *const columns[] = {"strategy",       "month",     "component", "billed_cost",
                                          "effective_cost", "list_cost", NULL};
    const struct result *result = report->result;
    size_t n = result->study->n_components, n_months = (size_t)result->timeline.n_months;
    struct csv_out out = csv_out_open(report->arena, report->folder, "monthly.csv", columns, report->failure);
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct strategy_result *s = &result->strategies[i];
        struct month_sums *sums = ARENA_NEW(report->arena, struct month_sums, n * n_months + 1);
        for (size_t j = 0; j < s->n_charges; j++) {
            const struct charge *charge = &s->charges[j];
            struct month_sums *sum = &sums[(size_t)charge->month * n + (size_t)charge->price->component];
            if (charge->category == CHARGE_HORIZON)
                continue;
            sum->billed += charge->billed;
            sum->effective += charge->effective;
            sum->list += charge->list;
        }
        for (size_t m = 0; m < n_months; m++)
            write_month(&out, report, s, (int)m, &sums[m * n]);
    }
    return csv_out_close(&out);
}

static void write_order(struct csv_out *out, const struct report *report, const struct strategy_result *s,
                        const struct order *order)
{
    csv_text(out, s->strategy->name);
    csv_text(out, report->result->study->offers[order->offer].id);
    put_integer(out, order->servers);
    put_time(out, order->ordered_seconds);
    put_time(out, order->first_in_service_seconds);
    put_time(out, order->last_in_service_seconds);
    put_time(out, order->end_seconds);
    csv_plain(out, str_of(order_reason_names[order->reason]));
    csv_end_row(out);
}

static bool write_orders(const struct report *report)
{
    static const char *const columns[] = {
        "strategy",        "offer", "servers", "ordered", "first_in_service",
        "last_in_service", "ends",  "reason",  NULL};
    struct csv_out out = csv_out_open(report->arena, report->folder, "orders.csv", columns, report->failure);
    for (size_t i = 0; i < report->result->n_strategies; i++) {
        const struct strategy_result *s = &report->result->strategies[i];
        for (size_t j = 0; j < s->plan.n_orders; j++)
            write_order(&out, report, s, &s->plan.orders[j]);
    }
    return csv_out_close(&out);
}

static bool write_lead_times(const struct report *report)
{
    static const char *const columns[] = {"process", "servers",  "all_low", "p10", "p50",
                                          "p90",     "all_high", "limits",  NULL};
    struct csv_out out =
        csv_out_open(report->arena, report->folder, "lead_times.csv", columns, report->failure);
    for (size_t i = 0; i < report->result->n_lead_times; i++) {
        const struct lead_time_row *row = &report->result->lead_times[i];
        csv_text(&out, row->process);
        put_integer(&out, row->servers);
        put_lead_time(&out, &row->hours);
        csv_text(&out, row->limits);
        csv_end_row(&out);
    }
    return csv_out_close(&out);
}

static void write_curve_row(struct csv_out *out, const struct lead_curve_row *row)
{
    const double hours[] = {row->hours.base, row->hours.p10, row->hours.p50, row->hours.p90};
    csv_text(out, row->process);
    put_integer(out, row->servers);
    for (size_t i = 0; i < sizeof hours / sizeof hours[0]; i++) {
        if (row->hours.possible)
            put_number(out, hours[i], HOUR_PLACES);
        else
            csv_plain(out, STR("never"));
    }
    csv_text(out, row->binding_stage);
    put_number(out, row->hours_saved, HOUR_PLACES);
    csv_text(out, row->ten_more_at);
    csv_text(out, row->limits);
    csv_end_row(out);
}

static bool write_lead_curves(const struct report *report)
{
    static const char *const columns[] = {
        "process",     "servers", "base", "p10", "p50", "p90", "binding_stage", "hours_saved_by_ten_more",
        "ten_more_at", "limits",  NULL};
    struct csv_out out =
        csv_out_open(report->arena, report->folder, "lead_curves.csv", columns, report->failure);
    for (size_t i = 0; i < report->result->n_lead_curves; i++)
        write_curve_row(&out, &report->result->lead_curves[i]);
    return csv_out_close(&out);
}

static struct str frequency(const struct charge *charge)
{
    if (charge->price->charged == CHARGED_ONCE || charge->price->charged == CHARGED_TERM)
        return STR("One-Time");
    return charge->price->charged == CHARGED_HELD ? STR("Recurring") : STR("Usage-Based");
}

static void write_charge(struct csv_out *out, const struct report *report, const struct strategy_result *s,
                         const struct charge *charge)
{
    static const char *const categories[] = {"Purchase", "Usage", "Adjustment"};
    const struct result *result = report->result;
    const struct offer *offer = offer_of(result, s, charge->layer);
    const struct month *month = &result->timeline.months[charge->month];
    struct str component = result->study->components[charge->price->component];
    put_time(out, month->calendar_start);
    put_time(out, month->calendar_end);
    put_time(out, charge->from_seconds);
    put_time(out, charge->to_seconds);
    csv_plain(out, str_of(categories[charge->category]));
    csv_plain(out, frequency(charge));
    csv_text(out, str_format(report->arena, "%.*s, %.*s per %s%s", STR_ARGS(offer->id), STR_ARGS(component),
                             charge->price->unit->name,
                             charge->category == CHARGE_HORIZON ? ", horizon value" : ""));
    put_money(out, charge->billed);
    put_money(out, charge->effective);
    put_money(out, charge->list);
    csv_text(out, result->study->currency);
    put_number(out, charge->billed_quantity, QUANTITY_PLACES);
    put_number(out, charge->effective_quantity, QUANTITY_PLACES);
    csv_plain(out, str_of(charge->price->unit->name));
    csv_plain(out, decimal_text(report->arena, charge->price->price));
    csv_text(out, offer->provider);
    csv_text(out, offer->region);
    csv_text(out, offer->id);
    csv_text(out, s->strategy->name);
    csv_text(out, component);
    csv_plain(out, charge->order < 0 ? STR("") : decimal_text(report->arena, decimal_of(charge->order + 1)));
    csv_plain(out, charge->category == CHARGE_HORIZON ? STR("true") : STR("false"));
    csv_end_row(out);
}

static bool write_ledger(const struct report *report)
{
    static const char *const columns[] = {"BillingPeriodStart",
                                          "BillingPeriodEnd",
                                          "ChargePeriodStart",
                                          "ChargePeriodEnd",
                                          "ChargeCategory",
                                          "ChargeFrequency",
                                          "ChargeDescription",
                                          "BilledCost",
                                          "EffectiveCost",
                                          "ListCost",
                                          "BillingCurrency",
                                          "PricingQuantity",
                                          "x_EffectiveQuantity",
                                          "PricingUnit",
                                          "ListUnitPrice",
                                          "ProviderName",
                                          "RegionId",
                                          "SkuId",
                                          "x_Strategy",
                                          "x_Component",
                                          "x_Order",
                                          "x_HorizonValue",
                                          NULL};
    struct csv_out out = csv_out_open(report->arena, report->folder, "ledger.csv", columns, report->failure);
    for (size_t i = 0; i < report->result->n_strategies; i++) {
        const struct strategy_result *s = &report->result->strategies[i];
        for (size_t j = 0; j < s->n_charges; j++)
            write_charge(&out, report, s, &s->charges[j]);
    }
    return csv_out_close(&out);
}

bool report_csv(const struct report *report)
{
    return write_summary(report) && write_monthly(report) && write_orders(report) &&
           write_lead_times(report) && write_lead_curves(report) && write_ledger(report);
}
