#ifndef PLOT_COMMAND_H
#define PLOT_COMMAND_H

#include "cli.h"

/* `plot DIR`: draws the charts of a report again. */
enum exit_status plot_command(struct arena *arena, const struct arguments *arguments);

#endif
