#ifndef RUN_SCOPE_H
#define RUN_SCOPE_H

#include "model/result.h"

/* What each component is to a strategy whose paid layers are known, into s->scope. In another price are the
 * ways of paying for the server itself beside those that the strategy has for all its servers; and, where it
 * has no servers of its own, room, power and work that only colocation and sites charge. */
void scope_note(const struct study *study, struct strategy_result *s);

#endif
