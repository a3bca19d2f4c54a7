#ifndef MODEL_PROCESS_H
#define MODEL_PROCESS_H

#include <stddef.h>
#include <stdint.h>

#include "base/diagnostic.h"

enum stage_each { EACH_ORDER, EACH_SERVER, EACH_BATCH };

/* One stage of a procurement process. Durations are of one piece of work, on a 24x7 calendar. */
struct stage {
    struct str name, crew, source;
    enum stage_each each;
    int64_t batch; /* EACH_BATCH: servers in one piece of work */
    int64_t low_seconds, mode_seconds, high_seconds;
    int64_t workers; /* pieces at once; 0: no limit */
    struct place place;
};

struct process {
    struct str name;
    struct stage *items;
    size_t n_items, capacity;
};

#endif
