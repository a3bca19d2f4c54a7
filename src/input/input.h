#ifndef INPUT_INPUT_H
#define INPUT_INPUT_H

#include "base/diagnostic.h"
#include "base/output.h"
#include "model/study.h"

struct arena;

/* What the command line adds to a study file. */
struct input_options {
    const struct str *sets; /* --set path=value */
    size_t n_sets;
    struct str orders_path; /* --orders FILE: frozen orders for the strategies it names; may be empty */
};

/* Reads a study and everything it names, checks it, and returns true where nothing is wrong.
 * Otherwise everything wrong is in diagnostics; diagnostics->unreadable where a file could not be read. */
bool input_read(struct arena *arena, struct str path, const struct input_options *options,
                struct study *study, struct diagnostics *diagnostics);

#endif
