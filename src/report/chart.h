#ifndef REPORT_CHART_H
#define REPORT_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/output.h"
#include "model/result.h"
#include "report/colours.h"

/* Places on a chart are in canvas units: 800 wide, 500 high, the origin at the lower left. The base
 * font is CHART_EM high; sizes of text are in hundredths of it. */
enum { CHART_WIDTH = 800, CHART_HEIGHT = 500, CHART_SERIES = 12, CHART_NAME = 28 };
#define CHART_EM 13.3

struct chart_box {
    double left, bottom, right, top;
};

/* A strategy as the charts show it. Number k of the series is k in every script, counted from 1. */
struct chart_series {
    const struct strategy_result *result;
    struct str name; /* fit to be shown, at most CHART_NAME characters */
    struct colour colour;
};

struct chart_heading;

/* What every chart is drawn from. At most CHART_SERIES strategies are shown. */
struct chart {
    struct arena *arena;
    const struct result *result;
    const char *version;
    struct str folder;
    struct failure *failure;
    struct chart_series *series;
    size_t n_series;
    size_t item;                /* of a chart that comes several times: which of them is written, from 0 */
    struct chart_heading *said; /* what the chart being written says above its plot */
};

/* "07_optimum" for item 0, "07_optimum_2" for item 1: of its files. */
const char *chart_item_name(struct arena *arena, const char *name, size_t item);

/* Each writes its script and its data into chart->folder, under the name that its row in charts.c has
 * too, with chart->item where it comes several times; false where that failed. */
bool chart_cumulative(const struct chart *chart);
bool chart_burst(const struct chart *chart);
bool chart_lead_time(const struct chart *chart);
bool chart_cost_lead_time(const struct chart *chart);
bool chart_break_even(const struct chart *chart);
bool chart_monthly_cash(const struct chart *chart);
bool chart_optimum(const struct chart *chart);
bool chart_futures(const struct chart *chart);
bool chart_knowledge(const struct chart *chart);
bool chart_tornado(const struct chart *chart);
bool chart_what_if(const struct chart *chart);

/* Whether a study has what a chart shows. */
bool chart_break_even_is_wanted(const struct result *result);
size_t chart_optimum_count(const struct result *result); /* a chart for each, CHART_SERIES at most */
bool chart_futures_is_wanted(const struct result *result);
bool chart_knowledge_is_wanted(const struct result *result);
bool chart_tornado_is_wanted(const struct result *result);
bool chart_what_if_is_wanted(const struct result *result);
bool chart_lead_curves(const struct chart *chart);

#endif
