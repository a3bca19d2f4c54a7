#include <stdlib.h>

#include "fuzz.h"
#include "input/input.h"

/* A table of orders, given with --orders; behind a first byte that is odd, as a strategy's own plan. */
static const char study_text[] = "study: {title: Orders, start: 2014-02-01, end: 2014-02-08, currency: USD}\n"
                                 "prices: [prices.csv]\n"
                                 "lead_times: [lead-times.csv]\n"
                                 "workloads:\n"
                                 "  - {name: load, trace: trace.csv, column: servers, measures: servers, align: date}\n"
                                 "strategies:\n"
                                 "  - {name: Mixed, layers: [{offer: host, size: 3}, {offer: od}]}\n"
                                 "  - {name: =1+1, layers: [{offer: res, size: 3}]}\n";

static void check_plans(const struct study *study)
{
    for (size_t i = 0; i < study->n_strategies; i++) {
        for (size_t j = 0; j < study->strategies[i].n_plan; j++) {
            const struct planned_order *order = &study->strategies[i].plan[j];
            if (order->servers < 1 || order->ordered_seconds < study->decide_from_seconds ||
                order->ordered_seconds >= study->end_seconds)
                abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct diagnostics diagnostics = {.arena = &arena};
    struct study study = {0};
    if (size == 0)
        return 0;
    bool own = data[0] % 2 == 1;
    const struct str set = STR("strategies[0].orders=orders.csv");
    struct input_options options = {.sets = &set, .n_sets = own};
    if (!own)
        options.orders_path = STR("orders.csv");
    struct str content = fuzz_copy(data + 1, size - 1);
    const struct fuzz_file files[] = {{"study.yml", STR(study_text)},
                                      {"prices.csv", str_of(fuzz_prices)},
                                      {"lead-times.csv", str_of(fuzz_lead_times)},
                                      {"trace.csv", str_of(fuzz_trace)},
                                      {"orders.csv", content}};
    fuzz_world(files, sizeof files / sizeof files[0]);
    bool good = input_read(&arena, STR("study.yml"), &options, &study, &diagnostics);
    fuzz_check(&diagnostics, good);
    if (good)
        check_plans(&study);
    arena_free(&arena);
    fuzz_free(content);
    return 0;
}
