#ifndef FORECAST_COMMAND_H
#define FORECAST_COMMAND_H

#include "cli.h"

/* `forecast STUDY`: holds out the end of the workload's trace, forecasts it by every method, prints how far
 * each was from it. Writes nothing. */
enum exit_status forecast_command(struct arena *arena, const struct arguments *arguments);

#endif
