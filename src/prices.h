#ifndef PRICES_H
#define PRICES_H

#include "cli.h"

/* `rackrate prices`: price tables by themselves, without a study. */
enum exit_status prices_run(struct arena *arena, const struct arguments *arguments);

#endif
