#ifndef PIPELINE_H
#define PIPELINE_H

#include "cli.h"

#define RACKRATE_VERSION "0.1.0"

/* Study file, inputs, model, plan, simulation, ledger, report. */
enum exit_status pipeline_run(struct arena *arena, const struct arguments *arguments);
/* As far as the inputs and the demand: what is wrong, or that nothing is. */
enum exit_status pipeline_check(struct arena *arena, const struct arguments *arguments);

#endif
