#include "scenarios.h"

#include <string.h>

#include "base/arena.h"
#include "input/input.h"
#include "rating/terms.h"
#include "run/result.h"

/* A value set by a scenario. */
struct setting {
    const struct scenario_change *change;
    const struct scenario_value *value;
};

enum { MOST_SETTINGS = 2 };

/* One run with other values, in memory of its own. */
struct trial {
    struct arena *arena;
    const struct arguments *arguments;
    struct setting settings[MOST_SETTINGS];
    size_t n_settings;
    struct study study;
    struct diagnostics diagnostics;
};

/* What all the trials of a study share. */
struct trials {
    struct arena *arena;  /* of what is kept */
    struct arena scratch; /* of one trial after the other */
    const struct arguments *arguments;
    struct diagnostics *diagnostics;
    size_t n_done, n_all;
};

static struct trial trial_begin(struct trials *trials, const struct setting *settings, size_t n_settings)
{
    arena_reset(&trials->scratch);
    struct trial trial = {.arena = &trials->scratch,
                          .arguments = trials->arguments,
                          .n_settings = n_settings,
                          .diagnostics = {.arena = &trials->scratch}};
    memcpy(trial.settings, settings, n_settings * sizeof *settings);
    return trial;
}

static bool trial_read(struct trial *trial)
{
    const struct arguments *a = trial->arguments;
    struct str *sets = ARENA_NEW(trial->arena, struct str, a->n_items + trial->n_settings);
    struct input_options options = {sets, a->n_items + trial->n_settings, a->orders_path};
    for (size_t i = 0; i < a->n_items; i++)
        sets[i] = a->items[i];
    for (size_t i = 0; i < trial->n_settings; i++)
        sets[a->n_items + i] =
            str_format(trial->arena, "%.*s=%.*s", STR_ARGS(trial->settings[i].change->path),
                       STR_ARGS(trial->settings[i].value->text));
    return input_read(trial->arena, a->study_path, &options, &trial->study, &trial->diagnostics) &&
           terms_apply(trial->arena, &trial->study, &trial->diagnostics);
}

/* "with a=1 and b=2" */
static struct str settings_text(struct arena *arena, const struct trial *trial)
{
    struct str text = {0};
    for (size_t i = 0; i < trial->n_settings; i++)
        text =
            str_format(arena, "%.*s%s%.*s=%.*s", STR_ARGS(text), i == 0 ? "with " : " and ",
                       STR_ARGS(trial->settings[i].change->path), STR_ARGS(trial->settings[i].value->text));
    return text;
}

/* Where the study names the last value of a trial. */
static struct place place_of(const struct trial *trial)
{
    return trial->settings[trial->n_settings - 1].value->place;
}

/* A study that is wrong in itself has been told so: only what comes of the settings remains. */
static bool is_of_settings(const struct trial *trial, const struct diagnostic *item)
{
    if (!str_is(item->place.file, "--set"))
        return false;
    for (size_t i = 0; i < trial->arguments->n_items; i++)
        if (str_equal(trial->arguments->items[i], item->place.line_text))
            return false;
    return true;
}

static bool tell(struct trials *trials, const struct trial *trial, bool settings_only)
{
    bool good = true;
    struct diagnostics *to = trials->diagnostics;
    struct str with = settings_text(trials->arena, trial);
    to->unreadable |= trial->diagnostics.unreadable;
    for (size_t i = 0; i < trial->diagnostics.n_items; i++) {
        const struct diagnostic *item = &trial->diagnostics.items[i];
        if (item->severity == SEVERITY_ERROR && (!settings_only || is_of_settings(trial, item)))
            good = diagnose_error(to, place_of(trial), item->hint.length > 0 ? item->hint.at : NULL,
                                  "%.*s: %.*s", STR_ARGS(with), STR_ARGS(item->message));
    }
    return good;
}

/* ---- before anything is computed ---- */

static bool same_strategies(const struct study *a, const struct study *b)
{
    if (a->n_strategies != b->n_strategies)
        return false;
    for (size_t i = 0; i < a->n_strategies; i++)
        if (!str_equal(a->strategies[i].name, b->strategies[i].name))
            return false;
    return true;
}

/* Costs of other strategies, or in other money, cannot be compared. */
static bool check_comparable(struct trials *trials, const struct trial *trial, const struct study *study)
{
    struct str with = settings_text(trials->arena, trial);
    if (!same_strategies(study, &trial->study))
        return diagnose_error(trials->diagnostics, place_of(trial), NULL,
                              "%.*s: the strategies are others, with nothing to compare them to",
                              STR_ARGS(with));
    if (!str_equal(study->currency, trial->study.currency))
        return diagnose_error(trials->diagnostics, place_of(trial), NULL,
                              "%.*s: amounts in another currency cannot be compared", STR_ARGS(with));
    return true;
}

static bool is_input(const struct study *study, const struct input_file *file)
{
    for (size_t i = 0; i < study->n_inputs; i++)
        if (str_equal(study->inputs[i].path, file->path))
            return true;
    return false;
}

static void add_inputs(struct arena *arena, struct study *study, const struct study *other)
{
    for (size_t i = 0; i < other->n_inputs; i++) {
        if (is_input(study, &other->inputs[i]))
            continue;
        struct input_file *all = ARENA_NEW(arena, struct input_file, study->n_inputs + 1);
        memcpy(all, study->inputs, study->n_inputs * sizeof *all);
        all[study->n_inputs] =
            (struct input_file){str_copy(arena, other->inputs[i].path),
                                str_copy(arena, other->inputs[i].sha256), other->inputs[i].n_rows};
        study->inputs = all;
        study->n_inputs++;
    }
}

static bool check_change(struct trials *trials, struct study *study, bool study_is_good,
                         const struct scenario_change *change)
{
    bool good = true;
    for (size_t i = 0; i < change->n_values; i++) {
        struct setting setting = {change, &change->values[i]};
        struct trial trial = trial_begin(trials, &setting, 1);
        if (!trial_read(&trial)) {
            good &= tell(trials, &trial, !study_is_good);
            continue;
        }
        good &= check_comparable(trials, &trial, study);
        add_inputs(trials->arena, study, &trial.study);
    }
    return good;
}

bool scenarios_check(struct arena *arena, const struct arguments *arguments, struct study *study,
                     bool study_is_good, struct diagnostics *diagnostics)
{
    struct trials trials = {.arena = arena, .arguments = arguments, .diagnostics = diagnostics};
    const struct scenario_wishes *wishes = &study->wishes;
    bool good = true;
    for (size_t i = 0; i < wishes->n_changes; i++)
        good &= check_change(&trials, study, study_is_good, &wishes->changes[i]);
    good &= check_change(&trials, study, study_is_good, &wishes->x);
    good &= check_change(&trials, study, study_is_good, &wishes->y);
    arena_free(&trials.scratch);
    return good;
}

/* ---- the runs ---- */

static struct scenario keep(struct arena *arena, const struct result *result)
{
    struct scenario scenario = {.ranked = result->ranked,
                                .costs = ARENA_NEW(arena, struct scenario_cost, result->n_strategies)};
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct strategy_result *s = &result->strategies[i];
        scenario.costs[i] = (struct scenario_cost){s->compared, s->service.unmet_micro, s->rank};
    }
    return scenario;
}

static bool run_one(struct trials *trials, const struct setting *settings, size_t n_settings,
                    struct scenario *scenario)
{
    struct result result;
    struct trial trial = trial_begin(trials, settings, n_settings);
    cli_progress(
        trials->arguments,
        str_format(trials->arena, "computing scenario %zu of %zu", ++trials->n_done, trials->n_all).at);
    if (!trial_read(&trial) || !result_costs(trial.arena, &trial.study, &result, &trial.diagnostics))
        return tell(trials, &trial, false);
    *scenario = keep(trials->arena, &result);
    return true;
}

static bool run_changes(struct trials *trials, const struct scenario_wishes *wishes, struct scenario *ends)
{
    bool good = true;
    for (size_t i = 0; i < wishes->n_changes; i++)
        for (size_t end = 0; end < N_SCENARIO_ENDS; end++) {
            const struct scenario_change *change = &wishes->changes[i];
            struct setting setting = {change, &change->values[end]};
            good &= run_one(trials, &setting, 1, &ends[i * N_SCENARIO_ENDS + end]);
        }
    return good;
}

static bool run_cells(struct trials *trials, const struct scenario_wishes *wishes, struct scenario *cells)
{
    bool good = true;
    for (size_t i = 0; i < wishes->y.n_values; i++)
        for (size_t j = 0; j < wishes->x.n_values; j++) {
            struct setting settings[] = {{&wishes->x, &wishes->x.values[j]},
                                         {&wishes->y, &wishes->y.values[i]}};
            good &= run_one(trials, settings, 2, &cells[i * wishes->x.n_values + j]);
        }
    return good;
}

bool scenarios_run(struct arena *arena, const struct arguments *arguments, struct result *result,
                   struct diagnostics *diagnostics)
{
    const struct scenario_wishes *wishes = &result->study->wishes;
    size_t n_ends = N_SCENARIO_ENDS * wishes->n_changes, n_cells = wishes->x.n_values * wishes->y.n_values;
    struct trials trials = {
        .arena = arena, .arguments = arguments, .diagnostics = diagnostics, .n_all = n_ends + n_cells};
    result->scenarios = (struct scenario_results){.ends = ARENA_NEW(arena, struct scenario, n_ends),
                                                  .cells = ARENA_NEW(arena, struct scenario, n_cells)};
    bool good = run_changes(&trials, wishes, result->scenarios.ends);
    good &= run_cells(&trials, wishes, result->scenarios.cells);
    arena_free(&trials.scratch);
    return good;
}
