#include "pipeline.h"

#include "base/arena.h"
#include "base/output.h"
#include "input/input.h"
#include "rating/terms.h"
#include "report/report.h"
#include "run/result.h"
#include "scenarios.h"

static enum exit_status failed(const struct diagnostics *diagnostics)
{
    return diagnostics->unreadable ? EXIT_MACHINE : EXIT_INVALID;
}

static bool read_study(struct arena *arena, const struct arguments *a, struct study *study,
                       struct diagnostics *diagnostics)
{
    struct input_options options = {a->items, a->n_items, a->orders_path};
    cli_progress(a, "reading");
    bool good = input_read(arena, a->study_path, &options, study, diagnostics) &&
                terms_apply(arena, study, diagnostics);
    return scenarios_check(arena, a, study, good, diagnostics) && good;
}

/* Options that change the result, as they could be typed again; paths only by their file name. */
static struct str options_text(struct arena *arena, const struct arguments *a)
{
    struct str text = {0};
    for (size_t i = 0; i < a->n_items; i++)
        text =
            str_format(arena, "%.*s%s--set %.*s", STR_ARGS(text), i == 0 ? "" : " ", STR_ARGS(a->items[i]));
    if (a->orders_path.length > 0)
        text = str_format(arena, "%.*s%s--orders %.*s.csv", STR_ARGS(text), text.length == 0 ? "" : " ",
                          STR_ARGS(path_stem(a->orders_path)));
    return text;
}

static bool write_charts(const struct report *report, const struct arguments *a, struct pictures *pictures)
{
    cli_progress(a, "drawing charts");
    bool written = report_charts(report, pictures);
    cli_progress(a, NULL);
    if (pictures->warning.length > 0)
        cli_warning(str_format(report->arena, "charts: %.*s", STR_ARGS(pictures->warning)));
    return written;
}

static bool write_parts(const struct report *report, const struct arguments *a, bool *drawn)
{
    struct pictures pictures = {0};
    cli_progress(a, "writing");
    if ((a->parts & PART_CSV) && !report_csv(report))
        return false;
    if ((a->parts & PART_JSON) && !report_json(report))
        return false;
    if ((a->parts & PART_XLSX) && !report_workbook(report))
        return false;
    if ((a->parts & PART_CHARTS) && !write_charts(report, a, &pictures))
        return false;
    *drawn = pictures.drawn || !(a->parts & PART_CHARTS);
    return !(a->parts & PART_HTML) || report_html(report, &pictures);
}

static enum exit_status machine_failure(const struct arguments *a, const struct failure *failure)
{
    cli_progress(a, NULL);
    cli_error(failure->message);
    return EXIT_MACHINE;
}

static bool write_report(struct report *report, const struct arguments *a, struct str target, bool *drawn)
{
    struct folder folder;
    struct str stranger = folder_stranger(report->arena, target, report_names, n_report_names);
    if (a->replace && stranger.length > 0) {
        failure_set(
            report->failure, report->arena, target,
            str_format(report->arena, "is no report, as it holds `%.*s`: not replaced", STR_ARGS(stranger))
                .at,
            0);
        return false;
    }
    if (!folder_begin(&folder, report->arena, target, a->replace, report->failure))
        return false;
    report->folder = folder.temporary;
    if (!write_parts(report, a, drawn) || report->failure->failed) {
        folder_abandon(&folder);
        return false;
    }
    return folder_commit(&folder);
}

static bool condition_met(const struct result *result, int fail_on)
{
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct strategy_result *s = &result->strategies[i];
        bool late = false;
        for (size_t j = 0; j < s->plan.n_orders; j++)
            late |= s->plan.orders[j].last_in_service_seconds > s->plan.orders[j].wanted_seconds;
        if (((fail_on & FAIL_ON_UNMET) && s->service.unmet_micro > 0) ||
            ((fail_on & FAIL_ON_SHORTFALL) && s->service.shortfall > 0) || ((fail_on & FAIL_ON_LATE) && late))
            return true;
    }
    return false;
}

static bool print_result(const struct report *report, const struct arguments *a, struct str target)
{
    const struct result *result = report->result;
    if (a->json)
        return cli_print(report_results_json(report));
    if (a->quiet)
        return true;
    struct str text = report_text(report);
    for (size_t i = 0; a->verbose && i < result->n_remarks; i++)
        text = str_format(report->arena, "%.*s- %.*s\n", STR_ARGS(text), STR_ARGS(result->remarks[i].text));
    if (!a->verbose && result->n_remarks > 0)
        text = str_format(report->arena,
                          "%.*s%zu remark%s on prices, late orders and assumptions: -v, or the workbook.\n",
                          STR_ARGS(text), result->n_remarks, result->n_remarks == 1 ? "" : "s");
    return cli_print(str_format(report->arena, "%.*sReport: %.*s\n", STR_ARGS(text), STR_ARGS(target)));
}

enum exit_status pipeline_run(struct arena *arena, const struct arguments *a)
{
    struct study study = {0};
    struct result result;
    struct failure failure = {0};
    struct diagnostics diagnostics = {.arena = arena};
    bool drawn = true;
    bool good = read_study(arena, a, &study, &diagnostics);
    cli_progress(a, "computing");
    good = good && result_make(arena, &study, &result, &diagnostics) &&
           scenarios_run(arena, a, &result, &diagnostics);
    cli_progress(a, NULL);
    cli_show(&diagnostics, a->color);
    if (!good)
        return failed(&diagnostics);
    struct str target =
        a->out_folder.length > 0 ? a->out_folder : path_join(arena, STR("reports"), study.name);
    struct report report = {.result = &result,
                            .arena = arena,
                            .failure = &failure,
                            .version = RACKRATE_VERSION,
                            .options = options_text(arena, a)};
    if (!write_report(&report, a, target, &drawn))
        return machine_failure(a, &failure);
    cli_progress(a, NULL);
    if (!print_result(&report, a, target))
        return EXIT_MACHINE;
    if (!drawn)
        return EXIT_NO_CHARTS;
    return condition_met(&result, a->fail_on) ? EXIT_CONDITION : EXIT_DONE;
}

enum exit_status pipeline_check(struct arena *arena, const struct arguments *a)
{
    struct study study = {0};
    struct demand demand;
    int64_t **series;
    struct diagnostics diagnostics = {.arena = arena};
    bool good =
        read_study(arena, a, &study, &diagnostics) &&
        demand_make(arena, &study, &demand, &diagnostics) & series_make(arena, &study, &series, &diagnostics);
    cli_progress(a, NULL);
    cli_show(&diagnostics, a->color);
    if (!good)
        return failed(&diagnostics);
    if (a->quiet)
        return EXIT_DONE;
    struct str text = str_format(
        arena,
        "%.*s: good. %zu %s over %d steps of %lld s; the most needed is %d servers, "
        "first at %.*s.\n",
        STR_ARGS(a->study_path), study.n_strategies, study.n_strategies == 1 ? "strategy" : "strategies",
        demand.n_steps, (long long)demand.step_seconds, demand.peak,
        STR_ARGS(time_text(arena, demand.start_seconds + demand.peak_step * demand.step_seconds)));
    return cli_print(text) ? EXIT_DONE : EXIT_MACHINE;
}
