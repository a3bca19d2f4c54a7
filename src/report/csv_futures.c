/* futures.csv: what the plans of optimal strategies cost where demand comes otherwise. */
#include "base/arena.h"
#include "report/csv_out.h"
#include "report/report.h"

static void write_row(struct csv_out *out, const struct report *report, const struct strategy_result *s)
{
    const struct in_futures *in = s->in_futures;
    csv_text(out, s->strategy->name);
    csv_plain(out, str_of(plan_for_names[s->strategy->plan_for]));
    csv_text(out, report->result->study->currency);
    csv_integer(out, in->n);
    csv_money(out, in->expected);
    csv_money(out, in->p95);
    csv_money(out, in->worst);
    csv_integer(out, in->worst_future);
    csv_money(out, in->expected_known);
    csv_money(out, in->worst_regret);
    csv_integer(out, in->regret_future);
    csv_integer(out, in->n_short);
    csv_digits(out,
               (int128)in->expected_short_millionths * report->result->demand.step_seconds / HOUR_SECONDS, 6);
    csv_end_row(out);
}

bool csv_futures(const struct report *report)
{
    static const char *const columns[] = {"strategy",
                                          "planned_for",
                                          "currency",
                                          "futures",
                                          "expected_cost",
                                          "p95_cost",
                                          "worst_cost",
                                          "worst_future",
                                          "expected_cost_if_known",
                                          "worst_regret",
                                          "regret_future",
                                          "futures_short",
                                          "expected_short_server_hours",
                                          NULL};
    const struct result *result = report->result;
    bool any = false;
    for (size_t i = 0; i < result->n_strategies; i++)
        any |= result->strategies[i].in_futures != NULL;
    if (!any)
        return true;
    struct csv_out out = csv_out_open(report->arena, report->folder, "futures.csv", columns, report->failure);
    for (size_t i = 0; i < result->n_strategies; i++)
        if (result->strategies[i].in_futures != NULL)
            write_row(&out, report, &result->strategies[i]);
    return csv_out_close(&out);
}
