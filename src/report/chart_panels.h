#ifndef REPORT_CHART_PANELS_H
#define REPORT_CHART_PANELS_H

#include "report/chart.h"

/* Small multiples: a panel for each strategy, with a header of two lines above it. */
struct chart_panel {
    struct chart_box box; /* the plot within its axes */
    bool leftmost, lowest;
};

int chart_panel_columns(size_t n_panels);
/* Places the panels in the room, row by row. `label_width` is that of the labels of the leftmost y axes. */
void chart_panels_lay_out(struct chart_panel *panels, size_t n_panels, struct chart_box room,
                          double label_width);
/* The name of series i in its colour, and below it what is to be said of it: its bold part first. */
void chart_panel_header(struct output *output, const struct chart *chart, const struct chart_panel *panel,
                        size_t i, struct str bold, struct str plain);

#endif
