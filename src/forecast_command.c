#include "forecast_command.h"

#include <inttypes.h>

#include "base/arena.h"
#include "input/input.h"
#include "report/backtest_report.h"
#include "run/backtest.h"
#include "unit/calendar.h"

static bool wrong_hold_out(const struct arguments *a, const struct history *history, const char *what,
                           struct diagnostics *diagnostics)
{
    struct arena *arena = diagnostics->arena;
    struct str held_out = duration_exact_text(arena, a->hold_out_seconds);
    struct str step = duration_exact_text(arena, history->step_seconds);
    return diagnose_error(diagnostics, (struct place){.file = STR("--hold-out")}, NULL,
                          "%.*s %s: the history has %" PRId64 " steps of %.*s", STR_ARGS(held_out), what,
                          history->n_values, STR_ARGS(step));
}

/* In steps; at least one is left to forecast from. */
static bool hold_out_steps(const struct arguments *a, const struct study *study,
                           const struct history *history, int64_t *n, struct diagnostics *diagnostics)
{
    if (history->n_values < 2)
        return diagnose_error(diagnostics, study->workload.place, "use a longer trace, or a shorter `step:`",
                              "the trace has %" PRId64 " whole step%s of the study, a backtest needs two",
                              history->n_values, history->n_values == 1 ? "" : "s");
    *n = backtest_hold_out(history);
    if (a->hold_out_seconds == 0)
        return true;
    *n = a->hold_out_seconds / history->step_seconds;
    if (*n * history->step_seconds != a->hold_out_seconds)
        return wrong_hold_out(a, history, "is no whole number of steps", diagnostics);
    if (*n >= history->n_values)
        return wrong_hold_out(a, history, "leaves nothing to forecast from", diagnostics);
    return true;
}

static bool read_history(struct arena *arena, const struct arguments *a, struct study *study,
                         struct history *history, struct diagnostics *diagnostics)
{
    struct input_options options = {a->items, a->n_items, (struct str){0}};
    cli_progress(a, "reading");
    return input_read(arena, a->study_path, &options, study, diagnostics) &&
           demand_history(arena, study, history, diagnostics);
}

enum exit_status forecast_command(struct arena *arena, const struct arguments *a)
{
    struct study study = {0};
    struct history history = {0};
    struct backtest backtest = {0};
    struct diagnostics diagnostics = {.arena = arena};
    int64_t n_held_out = 0;
    bool good = read_history(arena, a, &study, &history, &diagnostics) &&
                hold_out_steps(a, &study, &history, &n_held_out, &diagnostics);
    cli_progress(a, "forecasting");
    if (good)
        backtest_make(arena, &history, n_held_out, &backtest);
    cli_progress(a, NULL);
    cli_show(&diagnostics, a->color);
    if (!good)
        return diagnostics.unreadable ? EXIT_MACHINE : EXIT_INVALID;
    if (a->quiet && !a->json)
        return EXIT_DONE;
    struct str text = a->json ? report_backtest_json(arena, &study, &backtest)
                              : report_backtest_text(arena, &study, &backtest);
    return cli_print(text) ? EXIT_DONE : EXIT_MACHINE;
}
