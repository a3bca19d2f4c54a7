#include "base/arena.h"
#include "report/csv_out.h"
#include "report/numbers.h"
#include "report/report.h"

enum { HOUR_PLACES = 4 };

static void put_rank(struct csv_out *out, int rank)
{
    if (rank > 0)
        csv_integer(out, rank);
    else
        csv_plain(out, STR(""));
}

static void write_change(struct csv_out *out, const struct report *report, size_t change, size_t strategy)
{
    const struct result *result = report->result;
    const struct scenario_change *c = &result->study->wishes.changes[change];
    const struct strategy_result *s = &result->strategies[strategy];
    const struct scenario *ends = &result->scenarios.ends[change * N_SCENARIO_ENDS];
    const struct scenario_cost costs[] = {{s->compared, s->service.unmet_micro, s->rank},
                                          ends[SCENARIO_LOW].costs[strategy],
                                          ends[SCENARIO_HIGH].costs[strategy]};
    csv_text(out, c->name);
    csv_text(out, c->path);
    csv_text(out, c->values[SCENARIO_LOW].text);
    csv_text(out, c->values[SCENARIO_HIGH].text);
    csv_text(out, s->strategy->name);
    csv_text(out, result->study->currency);
    for (size_t i = 0; i < sizeof costs / sizeof *costs; i++)
        csv_money(out, costs[i].compared);
    for (size_t i = 0; i < sizeof costs / sizeof *costs; i++)
        put_rank(out, costs[i].rank);
    for (size_t i = 0; i < sizeof costs / sizeof *costs; i++)
        csv_plain(out, unmet_hours_text(report->arena, costs[i].unmet_micro, HOUR_PLACES));
    csv_end_row(out);
}

static bool write_sensitivity(const struct report *report)
{
    static const char *const columns[] = {"name",
                                          "change",
                                          "low",
                                          "high",
                                          "strategy",
                                          "currency",
                                          "compared_cost",
                                          "low_compared_cost",
                                          "high_compared_cost",
                                          "rank",
                                          "low_rank",
                                          "high_rank",
                                          "unmet_server_hours",
                                          "low_unmet_server_hours",
                                          "high_unmet_server_hours",
                                          NULL};
    const struct result *result = report->result;
    if (result->study->wishes.n_changes == 0)
        return true;
    struct csv_out out =
        csv_out_open(report->arena, report->folder, "sensitivity.csv", columns, report->failure);
    for (size_t i = 0; i < result->study->wishes.n_changes; i++)
        for (size_t s = 0; s < result->n_strategies; s++)
            write_change(&out, report, i, s);
    return csv_out_close(&out);
}

/* Empty where nothing is ranked; next and margin empty where there is one strategy. */
static void write_cheapest(struct csv_out *out, const struct report *report, const struct scenario *scenario)
{
    const struct result *result = report->result;
    int cheapest = scenario_cheapest(scenario, result->n_strategies),
        next = scenario_next(scenario, result->n_strategies);
    if (cheapest < 0) {
        for (int i = 0; i < 5; i++)
            csv_plain(out, STR(""));
        return;
    }
    const struct scenario_cost *cost = &scenario->costs[cheapest];
    csv_text(out, result->strategies[cheapest].strategy->name);
    csv_money(out, cost->compared);
    csv_plain(out, unmet_hours_text(report->arena, cost->unmet_micro, HOUR_PLACES));
    csv_text(out, next < 0 ? STR("") : result->strategies[next].strategy->name);
    if (next < 0)
        csv_plain(out, STR(""));
    else
        csv_money(out, scenario->costs[next].compared - cost->compared);
}

static void write_cell(struct csv_out *out, const struct report *report, size_t row, size_t column)
{
    const struct scenario_change *x = &report->result->study->wishes.x, *y = &report->result->study->wishes.y;
    csv_text(out, x->path);
    csv_text(out, x->values[column].text);
    csv_text(out, y->path);
    csv_text(out, y->values[row].text);
    csv_text(out, report->result->study->currency);
    write_cheapest(out, report, &report->result->scenarios.cells[row * x->n_values + column]);
    csv_end_row(out);
}

static bool write_what_if(const struct report *report)
{
    static const char *const columns[] = {
        "x_change",           "x",    "y_change", "y", "currency", "cheapest", "compared_cost",
        "unmet_server_hours", "next", "margin",   NULL};
    const struct scenario_wishes *wishes = &report->result->study->wishes;
    if (wishes->x.n_values == 0)
        return true;
    struct csv_out out = csv_out_open(report->arena, report->folder, "what_if.csv", columns, report->failure);
    for (size_t i = 0; i < wishes->y.n_values; i++)
        for (size_t j = 0; j < wishes->x.n_values; j++)
            write_cell(&out, report, i, j);
    return csv_out_close(&out);
}

bool csv_scenarios(const struct report *report)
{
    return write_sensitivity(report) && write_what_if(report);
}
