#include <stdlib.h>

#include "fuzz.h"
#include "input/trace.h"

/* A trace behind one byte that says how gaps are filled and whether columns are named. What is accepted
 * must be an even grid of values of at least 0. */
static void check_trace(const struct trace *trace)
{
    if (trace->step_seconds <= 0 || trace->n_values < 2 || trace->n_filled < 0 || trace->n_filled > trace->n_values - 2)
        abort();
    for (int64_t i = 0; i < trace->n_values; i++)
        if (trace->values_micro[i] < 0)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct diagnostics diagnostics = {.arena = &arena};
    struct trace trace = {0};
    int64_t n_rows = 0;
    if (size == 0)
        return 0;
    struct workload workload = {.gaps = (enum gaps)(data[0] % N_GAPS)};
    if (data[0] & 4)
        workload.column = STR("requests");
    if (data[0] & 8)
        workload.time_column = STR("time");
    struct str content = fuzz_copy(data + 1, size - 1);
    bool good = trace_read(&arena, &workload, STR("trace.csv"), content, &trace, &n_rows, &diagnostics);
    fuzz_check(&diagnostics, good);
    if (good)
        check_trace(&trace);
    arena_free(&arena);
    fuzz_free(content);
    return 0;
}
