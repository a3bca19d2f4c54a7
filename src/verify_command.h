#ifndef VERIFY_COMMAND_H
#define VERIFY_COMMAND_H

#include "cli.h"

/* `rackrate verify DIR`: adds up the proofs of a report's optimal plans anew, without what found them.
 * EXIT_CONDITION where one does not hold. */
enum exit_status verify_command(struct arena *arena, const struct arguments *arguments);

#endif
