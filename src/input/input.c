#include "input/input.h"

#include "base/arena.h"
#include "base/digest.h"
#include "base/file.h"
#include "input/study_parts.h"
#include "model/study_check.h"

bool study_file(struct study_reader *r, struct str path, struct place place, struct str *content)
{
    struct failure failure = {0};
    struct str full = path_join(r->reader.arena, r->folder, path);
    if (!file_read(r->reader.arena, full, content, &failure)) {
        r->reader.diagnostics->unreadable = true;
        bool is_missing = place.column > 0 && !path_exists(r->reader.arena, full);
        return diagnose_error(r->reader.diagnostics, place,
                              is_missing ? "paths are relative to the study file" : NULL, "%.*s",
                              STR_ARGS(failure.message));
    }
    struct input_file *file = ARENA_APPEND(r->reader.arena, r);
    *file = (struct input_file){path, digest_sha256(r->reader.arena, *content), 0};
    return true;
}

/* Without its folder: reports must not depend on where the study lies. */
static struct str file_name(struct str path)
{
    struct str folder;
    while (str_split(path, '/', &folder, &path))
        ;
    return path;
}

static bool read_root(struct study_reader *r, struct str path, const struct input_options *options)
{
    struct str content;
    struct failure failure = {0};
    struct arena *arena = r->reader.arena;
    if (!file_read(arena, path, &content, &failure)) {
        r->reader.diagnostics->unreadable = true;
        return diagnose_error(r->reader.diagnostics, (struct place){0}, NULL, "%.*s",
                              STR_ARGS(failure.message));
    }
    struct input_file *file = ARENA_APPEND(arena, r);
    *file = (struct input_file){file_name(path), digest_sha256(arena, content), 0};
    struct node *root = yaml_parse(arena, path, content, r->reader.diagnostics);
    for (size_t i = 0; root != NULL && i < options->n_sets; i++)
        node_set(arena, root, options->sets[i], r->reader.diagnostics);
    return root != NULL && (section_read(&r->reader, &root_section, root, STR("the study file"), &r->root) ||
                            root->kind == NODE_MAP);
}

/* Marks what strategies and existing capacity name, then numbers the components in use. */
static void mark_used(struct study *study)
{
    for (size_t i = 0; i < study->n_strategies; i++)
        for (size_t j = 0; j < study->strategies[i].n_paid; j++)
            study->offers[study->strategies[i].layers[j].offer].used = true;
    for (size_t i = 0; i < study->n_existing; i++)
        study->offers[study->existing[i].offer].used = true;
}

static void take_components(struct study_reader *r)
{
    struct study *study = r->study;
    int *number = ARENA_NEW(r->reader.arena, int, r->book.n_components);
    study->components = ARENA_NEW(r->reader.arena, struct str, r->book.n_components);
    for (size_t i = 0; i < study->n_offers; i++) {
        struct price_row *rows = r->book.lists[i].items;
        for (size_t j = 0; study->offers[i].used && j < study->offers[i].n_prices; j++) {
            int *n = &number[rows[j].component];
            if (*n == 0) {
                study->components[study->n_components] = r->book.components[rows[j].component];
                *n = (int)++study->n_components;
            }
            rows[j].component = *n - 1;
        }
    }
}

static bool process_is_used(const struct study *study, int process)
{
    for (size_t i = 0; i < study->n_offers; i++)
        if (study->offers[i].process == process || quota_process(&study->offers[i]) == process)
            return true;
    return false;
}

/* A table beside the study is its own; one in another folder holds processes of other studies too. */
static void warn_of_unused_processes(const struct study *study, struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < study->n_processes; i++) {
        const struct process *process = &study->processes[i];
        if (process->n_items > 0 && !process_is_used(study, (int)i) &&
            str_equal(path_folder(process->items[0].place.file), path_folder(study->path)))
            diagnose_warning(diagnostics, process->items[0].place,
                             "name it as `process` or `quota_increase` of an offer, or leave it out",
                             "no offer uses the process `%.*s`", STR_ARGS(process->name));
    }
}

static void warn_of_unused_quotas(const struct study *study, struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < study->n_quotas; i++) {
        bool used = false;
        for (size_t j = 0; j < study->n_offers; j++)
            used |= study->offers[j].shares == &study->quotas[i];
        if (!used)
            diagnose_warning(diagnostics, study->quotas[i].place,
                             "write `quota:` with its name at an on-demand offer, or leave it out",
                             "no offer shares the quota `%.*s`", STR_ARGS(study->quotas[i].name));
    }
}

/* Drawn capacity of offers whose launches always find it. */
static void warn_of_nothing_drawn(const struct study_reader *r)
{
    bool drawn = !r->study->draws_capacity;
    for (size_t i = 0; i < r->study->n_offers; i++)
        drawn |= r->study->offers[i].retry_seconds > 0;
    if (!drawn)
        diagnose_warning(r->reader.diagnostics, place_in(r->root.study, "capacity"),
                         "write `available: 95%, retry: 15 min` at an on-demand offer",
                         "study.capacity: no offer says how often capacity is there");
}

bool input_read(struct arena *arena, struct str path, const struct input_options *options,
                struct study *study, struct diagnostics *diagnostics)
{
    struct study_reader r = {.reader = {.arena = arena, .diagnostics = diagnostics}, .study = study};
    r.folder = file_name(path).length == path.length ? STR("") : path_folder(path);
    study->path = path;
    study->name = str_copy(arena, path_stem(path));
    if (!read_root(&r, path, options))
        return false;
    bool good = r.settings_good = r.root.study != NULL && read_settings(&r);
    bool tables_good = r.root.prices != NULL && read_tables(&r);
    good &= tables_good;
    good &= r.workload_good = r.root.workloads != NULL && read_workload(&r);
    if (tables_good) {
        good &= read_quotas(&r);
        good &= read_offer_settings(&r);
        good &= read_bills(&r);
        good &= read_existing(&r);
        good &= r.root.strategies != NULL && read_strategies(&r);
    }
    good &= read_scenarios(&r);
    good &= read_report(&r);
    if (good && options->orders_path.length > 0) {
        r.folder = STR("");
        good = read_orders(&r, options->orders_path, (struct place){.file = STR("--orders")}, NULL);
    }
    if (good) {
        mark_used(study);
        take_components(&r);
        good = study_check(study, diagnostics);
        note_what_was_seen(&r);
        warn_of_unused_processes(study, diagnostics);
        warn_of_unused_quotas(study, diagnostics);
        warn_of_nothing_drawn(&r);
    }
    study->series = r.series;
    study->n_series = r.n_series;
    study->inputs = r.items;
    study->n_inputs = r.n_items;
    study->assumptions = r.reader.items;
    study->n_assumptions = r.reader.n_items;
    return good && diagnostics->n_errors == 0;
}
