#include <string.h>

#include "fuzz.h"
#include "input/input.h"
#include "model/demand.h"
#include "rating/terms.h"

/* A study file, then, each behind a zero byte, values of --set; read with a small price table, exchange
 * rates, lead times and a trace, as far as the prices of the study, the demand and what meters read. */
enum { MOST_SETS = 8, MOST_STEPS = 100000 };

static size_t split_sets(struct str *study, struct str *sets)
{
    size_t n = 0;
    struct str head, rest;
    if (!str_split(*study, 0, &head, &rest))
        return 0;
    *study = head;
    while (n < MOST_SETS && str_split(rest, 0, &head, &rest))
        sets[n++] = head;
    if (n < MOST_SETS)
        sets[n++] = rest;
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct diagnostics diagnostics = {.arena = &arena};
    struct study study = {0};
    struct demand demand;
    int64_t **series;
    struct str sets[MOST_SETS], content = fuzz_copy(data, size), text = content;
    struct input_options options = {.sets = sets, .n_sets = split_sets(&text, sets)};
    const struct fuzz_file files[] = {{"study.yml", text},
                                      {"prices.csv", str_of(fuzz_prices)},
                                      {"rates.csv", str_of(fuzz_rates)},
                                      {"lead-times.csv", str_of(fuzz_lead_times)},
                                      {"trace.csv", str_of(fuzz_trace)}};
    fuzz_world(files, sizeof files / sizeof files[0]);
    bool good = input_read(&arena, STR("study.yml"), &options, &study, &diagnostics);
    fuzz_check(&diagnostics, good);
    if (good) {
        good = terms_apply(&arena, &study, &diagnostics);
        fuzz_check(&diagnostics, good);
    }
    if (good && (study.end_seconds - study.start_seconds) / study.step_seconds < MOST_STEPS)
        fuzz_check(&diagnostics, demand_make(&arena, &study, &demand, &diagnostics) &
                                     series_make(&arena, &study, &series, &diagnostics));
    arena_free(&arena);
    fuzz_free(content);
    return 0;
}
