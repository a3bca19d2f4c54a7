#ifndef MODEL_LAUNCH_CHECK_H
#define MODEL_LAUNCH_CHECK_H

#include <stdbool.h>

struct diagnostics;
struct offer;
struct study;

/* What is said of the launches of an on-demand offer: quota, process that lifts it, capacity that may not be
 * there. The step of the study is known. */
bool launch_check(const struct study *study, const struct offer *offer, struct diagnostics *diagnostics);

#endif
