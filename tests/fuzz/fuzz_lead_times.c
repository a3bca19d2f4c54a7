#include <stdlib.h>

#include "fuzz.h"
#include "input/lead_times.h"

/* A lead-time table. What is accepted must have stages whose durations are in order. */
static void check_processes(const struct process_list *list)
{
    for (size_t i = 0; i < list->n_items; i++) {
        for (size_t j = 0; j < list->items[i].n_items; j++) {
            const struct stage *s = &list->items[i].items[j];
            if (s->low_seconds < 0 || s->low_seconds > s->mode_seconds || s->mode_seconds > s->high_seconds ||
                s->workers < 0 || (s->each == EACH_BATCH) != (s->batch > 0))
                abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct diagnostics diagnostics = {.arena = &arena};
    struct process_list list = {0};
    int64_t n_rows = 0;
    struct str content = fuzz_copy(data, size);
    bool good = lead_times_add(&list, &arena, STR("lead-times.csv"), content, &diagnostics, &n_rows);
    fuzz_check(&diagnostics, good);
    if (good)
        check_processes(&list);
    arena_free(&arena);
    fuzz_free(content);
    return 0;
}
