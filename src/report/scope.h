#ifndef REPORT_SCOPE_H
#define REPORT_SCOPE_H

#include "model/study.h"

struct arena;

/* Costs that people expect and that no component of the study's offers seems to hold, as told by the
 * components' names: "insurance, support plans"; empty where there are none. */
struct str scope_priced_nowhere(struct arena *arena, const struct study *study);

#endif
