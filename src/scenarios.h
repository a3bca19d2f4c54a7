#ifndef SCENARIOS_H
#define SCENARIOS_H

#include "cli.h"
#include "model/result.h"

/* The scenarios that a study wishes for: read like the study, with one or two more values set. */

/* Reads the study with every value of its scenarios, each alone; what is wrong is told at the value's
 * place. Where the study itself is not good, only what is wrong with paths and values as such. Adds to the
 * inputs of the study the files that only scenarios read. */
bool scenarios_check(struct arena *arena, const struct arguments *arguments, struct study *study,
                     bool study_is_good, struct diagnostics *diagnostics);

/* Plans, serves and bills every scenario; fills result->scenarios. */
bool scenarios_run(struct arena *arena, const struct arguments *arguments, struct result *result,
                   struct diagnostics *diagnostics);

#endif
