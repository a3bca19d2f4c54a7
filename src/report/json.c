#include <jansson.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"
#include "model/optimum.h"
#include "report/backtest_report.h"
#include "report/numbers.h"
#include "report/report.h"

enum { HOUR_PLACES = 4, MONEY_PLACES = 6 };

/* jansson's objects end with their owner; a value that could not be made means that memory ran out. */
static void put(json_t *object, const char *key, json_t *value)
{
    if (value == NULL || json_object_set_new(object, key, value) != 0)
        check_out_of_memory();
}

static void append(json_t *array, json_t *value)
{
    if (value == NULL || json_array_append_new(array, value) != 0)
        check_out_of_memory();
}

static json_t *text(struct str s)
{
    json_t *value = json_stringn(s.at == NULL ? "" : s.at, s.length);
    return value != NULL ? value : json_string("\xEF\xBF\xBD"); /* not UTF-8 */
}

static void put_money(const struct report *report, json_t *object, const char *key, money amount)
{
    put(object, key, text(money_text(report->arena, amount, MONEY_PLACES)));
}

static double as_number(struct str number)
{
    struct decimal d;
    check(decimal_parse(number, &d));
    return decimal_as_double(d);
}

static void put_hours(const struct report *report, json_t *object, const char *key, int64_t seconds)
{
    put(object, key, json_real(as_number(hours_text(report->arena, seconds, HOUR_PLACES))));
}

/* Empty: there is no whole. */
static void put_text_share(json_t *object, const char *key, struct str share)
{
    put(object, key, share.length == 0 ? json_null() : json_real(as_number(share)));
}

static void put_share(const struct report *report, json_t *object, const char *key, int64_t part,
                      int64_t whole)
{
    put_text_share(object, key, share_text(report->arena, part, whole));
}

static json_t *lead_time_json(const struct lead_time *lead)
{
    const struct {
        const char *key;
        double hours;
    } parts[] = {{"all_low", lead->all_low},
                 {"p10", lead->p10},
                 {"p50", lead->p50},
                 {"p90", lead->p90},
                 {"all_high", lead->all_high}};
    if (!lead->possible)
        return json_null();
    json_t *object = json_object();
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        put(object, parts[i].key, json_real(parts[i].hours));
    return object;
}

static json_t *optimum_json(const struct report *report, const struct optimum *optimum)
{
    json_t *object = json_object();
    put_money(report, object, "network_cost", optimum->network_cost);
    put_money(report, object, "lower_bound", optimum->lower_bound);
    put_money(report, object, "simulated_cost", optimum->simulated_cost);
    put_money(report, object, "gap", optimum->gap);
    put(object, "proved", json_boolean(optimum->proved));
    if (optimum->has_installed)
        put_money(report, object, "installed_cost", optimum->installed_cost);
    return object;
}

static json_t *strategy_json(const struct report *report, const struct strategy_result *s)
{
    const struct study *study = report->result->study;
    json_t *object = json_object(), *components = json_object();
    put(object, "name", text(s->strategy->name));
    put(object, "rank", s->rank == 0 ? json_null() : json_integer(s->rank));
    put_money(report, object, "billed_cost", s->billed);
    put_money(report, object, "effective_cost", s->effective);
    put_money(report, object, "list_cost", s->list);
    put_money(report, object, "horizon_value", s->horizon_value);
    put_money(report, object, "unmet_cost", s->unmet_cost);
    put_money(report, object, "capex_cost", s->capex);
    put_money(report, object, "opex_cost", s->billed - s->capex);
    put_money(report, object, "compared_cost", s->compared);
    put_hours(report, object, "need_server_hours", s->service.need);
    put_hours(report, object, "served_server_hours", s->service.served);
    put_hours(report, object, "shortfall_server_hours", s->service.shortfall);
    put(object, "unmet_server_hours",
        json_real(as_number(unmet_hours_text(report->arena, s->service.unmet_micro, HOUR_PLACES))));
    put_text_share(object, "hours_served_share", hours_served_text(report->arena, report->result, s));
    put_text_share(object, "load_served_share", load_served_text(report->arena, report->result, s));
    put(object, "peak_servers_in_service", json_integer(s->peak_in_service));
    put_share(report, object, "utilisation", s->service.committed_used, s->service.committed);
    put_share(report, object, "coverage", s->service.committed_used, s->service.need);
    put(object, "lead_time_hours", lead_time_json(&s->lead_time));
    for (size_t c = 0; c < study->n_components; c++)
        if (s->scope[c] == SCOPE_COUNTED)
            put_money(report, components, str_zero_terminated(report->arena, study->components[c]),
                      s->billed_by_component[c]);
    put(object, "cost_by_component", components);
    if (s->plan.optimum != NULL)
        put(object, "optimum", optimum_json(report, s->plan.optimum));
    return object;
}

static struct str dump(struct arena *arena, json_t *root)
{
    char *bytes = root == NULL ? NULL : json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(15));
    if (bytes == NULL)
        check_out_of_memory();
    struct str result = str_format(arena, "%s\n", bytes);
    free(bytes);
    json_decref(root);
    return result;
}

struct str report_results_json(const struct report *report)
{
    const struct result *result = report->result;
    json_t *root = json_object(), *strategies = json_array(), *remarks = json_array();
    put(root, "schema_version", json_integer(1));
    put(root, "title", text(result->study->title));
    put(root, "currency", text(result->study->currency));
    put(root, "ranked", json_boolean(result->ranked));
    put(root, "verdict", text(result->verdict));
    for (size_t i = 0; i < result->n_strategies; i++)
        append(strategies, strategy_json(report, &result->strategies[i]));
    put(root, "strategies", strategies);
    for (size_t i = 0; i < result->n_remarks; i++)
        append(remarks, text(result->remarks[i].text));
    put(root, "remarks", remarks);
    return dump(report->arena, root);
}

static json_t *input_json(const struct input_file *input)
{
    json_t *object = json_object();
    put(object, "path", text(input->path));
    put(object, "sha256", text(input->sha256));
    put(object, "rows", json_integer(input->n_rows));
    return object;
}

static struct str run_json(const struct report *report)
{
    const struct study *study = report->result->study;
    json_t *root = json_object(), *inputs = json_array();
    put(root, "schema_version", json_integer(1));
    put(root, "program", json_string("rackrate"));
    put(root, "version", json_string(report->version));
    put(root, "study", text(study->name));
    put(root, "options", text(report->options));
    put(root, "seed", json_integer(study->seed));
    put(root, "step_seconds", json_integer(study->step_seconds));
    for (size_t i = 0; i < study->n_inputs; i++)
        append(inputs, input_json(&study->inputs[i]));
    put(root, "inputs", inputs);
    return dump(report->arena, root);
}

static bool write_text(const struct report *report, const char *name, struct str content)
{
    struct output output = output_open(report->arena, report->folder, name, report->failure);
    output_str(&output, content);
    return output_close(&output);
}

bool report_json(const struct report *report)
{
    return write_text(report, "results.json", report_results_json(report)) &&
           write_text(report, "run.json", run_json(report));
}

/* ---- backtests ---- */

static void put_number(json_t *object, const char *key, double value, bool is_there)
{
    put(object, key, is_there ? json_real(value) : json_null());
}

static json_t *errors_json(const struct forecast_errors *e)
{
    json_t *object = json_object();
    put_number(object, "mae", e->mae, true);
    put_number(object, "rmse", e->rmse, true);
    put_number(object, "bias", e->bias, true);
    put_number(object, "wape", e->wape, e->has_wape);
    put_number(object, "mape", e->mape, e->has_mape);
    put_number(object, "peak_ratio", e->peak_ratio, e->has_wape);
    return object;
}

static json_t *parameters_json(const struct backtest_row *row)
{
    const struct forecast_method *m = &row->method;
    json_t *object = json_object();
    if (m->kind == FORECAST_PERCENTILE) {
        put_number(object, "percentile", m->percentile, true);
        put_number(object, "headroom", m->headroom, true);
        return object;
    }
    put(object, "lag_seconds", json_integer(row->lag_seconds));
    if (m->kind == FORECAST_SEASONAL_NAIVE)
        return object;
    bool is_known = m->has_smoothing || row->reason.length == 0;
    put(object, "fitted", json_boolean(!m->has_smoothing));
    put_number(object, "alpha", m->smoothing.alpha, is_known);
    put_number(object, "beta", m->smoothing.beta, is_known);
    put_number(object, "gamma", m->smoothing.gamma, is_known);
    return object;
}

static json_t *backtest_row_json(const struct backtest_row *row)
{
    json_t *object = json_object();
    bool was_run = row->reason.length == 0;
    put(object, "method", text(row->name));
    put(object, "parameters", parameters_json(row));
    put(object, "rank", row->rank == 0 ? json_null() : json_integer(row->rank));
    put(object, "errors", was_run ? errors_json(&row->errors) : json_null());
    put(object, "not_run_because", was_run ? json_null() : text(row->reason));
    return object;
}

struct str report_backtest_json(struct arena *arena, const struct study *study,
                                const struct backtest *backtest)
{
    json_t *root = json_object(), *rows = json_array();
    int64_t held_out = backtest->n_values - backtest->n_held_out;
    put(root, "schema_version", json_integer(1));
    put(root, "title", text(study->title));
    put(root, "workload", text(study->workload.name));
    put(root, "unit", json_string("reference servers at target utilisation"));
    put(root, "from", text(time_text(arena, backtest->first_seconds)));
    put(root, "step_seconds", json_integer(backtest->step_seconds));
    put(root, "steps", json_integer(backtest->n_values));
    put(root, "held_out_from",
        text(time_text(arena, backtest->first_seconds + held_out * backtest->step_seconds)));
    put(root, "held_out_steps", json_integer(backtest->n_held_out));
    put_number(root, "held_out_mean", backtest->real_mean, true);
    put_number(root, "held_out_peak", backtest->real_peak, true);
    for (size_t i = 0; i < backtest->n_rows; i++)
        append(rows, backtest_row_json(&backtest->rows[i]));
    put(root, "methods", rows);
    put(root, "verdict", text(backtest->verdict));
    return dump(arena, root);
}
