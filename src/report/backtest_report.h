#ifndef REPORT_BACKTEST_REPORT_H
#define REPORT_BACKTEST_REPORT_H

#include "model/backtest.h"
#include "model/study.h"

struct arena;

/* The table of a backtest, what its columns mean, methods that could not be run, and the verdict, for
 * standard output. */
struct str report_backtest_text(struct arena *arena, const struct study *study,
                                const struct backtest *backtest);
/* The same for programs: a JSON object with a line end behind it. */
struct str report_backtest_json(struct arena *arena, const struct study *study,
                                const struct backtest *backtest);

#endif
