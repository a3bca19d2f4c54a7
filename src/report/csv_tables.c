#include "base/arena.h"
#include "report/csv_out.h"
#include "report/numbers.h"
#include "report/report.h"

enum { HOUR_PLACES = 4 };

static void put_lead_time(struct csv_out *out, const struct lead_time *lead)
{
    const double hours[] = {lead->all_low, lead->p10, lead->p50, lead->p90, lead->all_high};
    for (size_t i = 0; i < sizeof hours / sizeof hours[0]; i++) {
        if (lead->possible)
            csv_number(out, hours[i], HOUR_PLACES);
        else
            csv_plain(out, STR("never"));
    }
}

static struct str counted_components(const struct report *report, const struct strategy_result *s)
{
    struct str all = {0};
    const struct study *study = report->result->study;
    for (size_t c = 0; c < study->n_components; c++)
        if (s->scope[c] == SCOPE_COUNTED)
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
        csv_money(out, amounts[i]);
    for (size_t i = 0; i < sizeof hours / sizeof hours[0]; i++)
        csv_hours(out, hours[i]);
    csv_plain(out, unmet_hours_text(report->arena, v->unmet_micro, HOUR_PLACES));
    csv_integer(out, s->peak_in_service);
    csv_plain(out, share_text(report->arena, v->committed_used, v->need));
    csv_plain(out, share_text(report->arena, v->committed_used, v->committed));
    put_lead_time(out, &s->lead_time);
    csv_text(out, counted_components(report, s));
    csv_money(out, s->capex);
    csv_money(out, s->billed - s->capex);
    csv_plain(out, hours_served_text(report->arena, report->result, s));
    csv_plain(out, load_served_text(report->arena, report->result, s));
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
                                          "capex_cost",
                                          "opex_cost",
                                          "hours_served_share",
                                          "load_served_share",
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
        if (sums[c].billed == 0 && sums[c].effective == 0 && sums[c].list == 0)
            continue;
        csv_text(out, s->strategy->name);
        csv_plain(out, month_text(report->arena, report->result->timeline.months[month].start_seconds));
        csv_text(out, study->components[c]);
        csv_money(out, sums[c].billed);
        csv_money(out, sums[c].effective);
        csv_money(out, sums[c].list);
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

/* What a commitment was used, and what its used hours would have cost on demand; blank for others. */
static void write_use(struct csv_out *out, const struct account *account)
{
    if (account->held_seconds == 0) {
        for (int i = 0; i < 3; i++)
            csv_plain(out, STR(""));
        return;
    }
    csv_hours(out, account->held_seconds);
    csv_hours(out, account->used_seconds);
    csv_money(out, account->on_demand_equivalent);
}

static void write_order(struct csv_out *out, const struct report *report, const struct strategy_result *s,
                        const struct order *order)
{
    const struct account *account = &s->accounts[order - s->plan.orders];
    int64_t spares = 0;
    for (size_t i = 0; i < order->n_lots; i++)
        spares += s->plan.lots[order->first_lot + i].spares;
    csv_text(out, s->strategy->name);
    csv_text(out, report->result->study->offers[order->offer].id);
    csv_integer(out, order->servers);
    csv_time(out, order->ordered_seconds);
    csv_time(out, order->first_in_service_seconds);
    csv_time(out, order->last_in_service_seconds);
    csv_time(out, order->end_seconds);
    csv_plain(out, str_of(order_reason_names[order->reason]));
    csv_integer(out, spares);
    csv_money(out, account->billed);
    csv_money(out, account->effective);
    write_use(out, account);
    csv_end_row(out);
}

static bool write_orders(const struct report *report)
{
    static const char *const columns[] = {"strategy",
                                          "offer",
                                          "servers",
                                          "ordered",
                                          "first_in_service",
                                          "last_in_service",
                                          "ends",
                                          "reason",
                                          "spares",
                                          "billed_cost",
                                          "effective_cost",
                                          "held_server_hours",
                                          "used_server_hours",
                                          "on_demand_equivalent",
                                          NULL};
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
        csv_integer(&out, row->servers);
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
    csv_integer(out, row->servers);
    for (size_t i = 0; i < sizeof hours / sizeof hours[0]; i++) {
        if (row->hours.possible)
            csv_number(out, hours[i], HOUR_PLACES);
        else
            csv_plain(out, STR("never"));
    }
    csv_text(out, row->binding_stage);
    csv_number(out, row->hours_saved, HOUR_PLACES);
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

bool report_csv(const struct report *report)
{
    return write_summary(report) && write_monthly(report) && write_orders(report) &&
           write_lead_times(report) && write_lead_curves(report) && csv_knowledge(report) &&
           csv_late(report) && csv_ledger(report) && csv_optimum(report) && csv_futures(report) &&
           csv_scenarios(report);
}
