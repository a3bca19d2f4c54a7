#ifndef REPORT_CHART_GNUPLOT_H
#define REPORT_CHART_GNUPLOT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;

/* Has gnuplot draw all.gp in the folder and checks that it left `names`[i].png, .svg and .pdf complete.
 * An image that is not is removed; a PDF loses the date of its making. `characters` are those that the
 * usual font lacks, for fontconfig ("65e5 672c"); empty where there are none. Gives up after
 * `limit_seconds` seconds. Returns whether everything was drawn; *warning is one line, or empty. */
bool chart_draw(struct arena *arena, struct str folder, const char *const *names, size_t n_names,
                struct str characters, int limit_seconds, struct str *warning);

#endif
