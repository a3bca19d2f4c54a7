#include "base/arena.h"
#include "report/csv_out.h"
#include "report/numbers.h"
#include "report/report.h"

/* Enough for whole seconds. */
enum { PLACES = 6 };

static void put_seconds(struct csv_out *out, int64_t seconds, int64_t unit)
{
    csv_number(out, (double)seconds / (double)unit, PLACES);
}

static void put_hours_or_never(struct csv_out *out, int64_t seconds)
{
    if (seconds < 0)
        csv_plain(out, STR("never"));
    else
        put_seconds(out, seconds, HOUR_SECONDS);
}

static void write_burst(struct csv_out *out, const struct report *report, const struct strategy_result *s,
                        const struct burst_service *burst)
{
    csv_text(out, s->strategy->name);
    csv_text(out, burst->burst->name);
    csv_integer(out, burst->burst->servers);
    csv_time(out, burst->from_seconds);
    csv_time(out, burst->to_seconds);
    put_hours_or_never(out, burst->first_seconds);
    put_hours_or_never(out, burst->full_seconds);
    put_seconds(out, burst->short_seconds, HOUR_SECONDS);
    csv_integer(out, burst->most_short);
    csv_plain(out, unmet_hours_text(report->arena, burst->unmet_micro, PLACES));
    if (report->result->study->workload.has_unmet_cost)
        csv_money(out, burst->unmet_cost);
    else
        csv_plain(out, STR(""));
    csv_end_row(out);
}

static bool write_bursts(const struct report *report)
{
    static const char *const columns[] = {"strategy",
                                          "burst",
                                          "servers",
                                          "from",
                                          "to",
                                          "first_server_hours",
                                          "full_service_hours",
                                          "short_hours",
                                          "most_servers_short",
                                          "unmet_server_hours",
                                          "unmet_cost",
                                          NULL};
    struct csv_out out = csv_out_open(report->arena, report->folder, "bursts.csv", columns, report->failure);
    for (size_t i = 0; i < report->result->n_strategies; i++) {
        const struct strategy_result *s = &report->result->strategies[i];
        for (size_t j = 0; j < s->n_bursts; j++)
            write_burst(&out, report, s, &s->bursts[j]);
    }
    return csv_out_close(&out);
}

/* ---- order-by dates ---- */

static void put_words(struct csv_out *out, const char *word, int n)
{
    for (int i = 0; i < n; i++)
        csv_plain(out, str_of(word));
}

/* Seven cells from the need to the slack. */
static void write_times(struct csv_out *out, const struct order_by *row)
{
    if (!row->has_need) {
        put_words(out, "", 5);
        csv_time(out, row->decided_seconds);
        put_words(out, "", 2);
        return;
    }
    csv_time(out, row->need_seconds);
    if (!row->possible) {
        put_words(out, "never", 4);
        csv_time(out, row->decided_seconds);
        put_words(out, "never", 2);
        return;
    }
    put_seconds(out, row->need_seconds - row->by_seconds, HOUR_SECONDS);
    put_seconds(out, row->need_seconds - row->by_p90_seconds, HOUR_SECONDS);
    csv_time(out, row->by_seconds);
    csv_time(out, row->by_p90_seconds);
    csv_time(out, row->decided_seconds);
    put_seconds(out, row->by_seconds - row->decided_seconds, DAY_SECONDS);
    put_seconds(out, row->by_p90_seconds - row->decided_seconds, DAY_SECONDS);
}

static void write_order_by(struct csv_out *out, const struct study *study, const struct order_by *row)
{
    csv_text(out, row->strategy != NULL ? row->strategy->name : STR(""));
    csv_text(out, row->burst != NULL ? row->burst->name : STR(""));
    csv_plain(out, str_of(row->order != NULL ? order_reason_names[row->order->reason] : "burst"));
    csv_text(out, study->offers[row->offer].id);
    csv_integer(out, row->servers);
    write_times(out, row);
    csv_end_row(out);
}

static bool write_order_bys(const struct report *report)
{
    static const char *const columns[] = {"strategy",
                                          "burst",
                                          "reason",
                                          "offer",
                                          "servers",
                                          "needed",
                                          "lead_time_base_hours",
                                          "lead_time_p90_hours",
                                          "order_by",
                                          "order_by_p90",
                                          "decided",
                                          "slack_days",
                                          "slack_p90_days",
                                          NULL};
    struct csv_out out =
        csv_out_open(report->arena, report->folder, "order_by.csv", columns, report->failure);
    for (size_t i = 0; i < report->result->n_order_by; i++)
        write_order_by(&out, report->result->study, &report->result->order_by[i]);
    return csv_out_close(&out);
}

bool csv_late(const struct report *report)
{
    return write_bursts(report) && write_order_bys(report);
}
