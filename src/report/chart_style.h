#ifndef REPORT_CHART_STYLE_H
#define REPORT_CHART_STYLE_H

#include "base/output.h"
#include "report/chart.h"

/* The strategies to show with their colours: all of them, or the best where they are too many. */
struct chart_series *chart_series_of(struct arena *arena, const struct result *result, size_t *n_series);
/* A strategy's name, at most so many characters long; where another one begins alike, the ends of it instead,
 * if these tell them apart. */
struct str chart_strategy_name(struct arena *arena, const struct result *result,
                               const struct strategy *strategy, size_t most);
/* The name of a strategy as every chart shows it. */
struct str chart_series_name(const struct chart *chart, const struct strategy_result *strategy);

/* style.gp: terminals, fonts, colours; and all.gp, which draws the named charts. */
bool chart_write_style(const struct chart *chart);
bool chart_write_all(const struct chart *chart, const char *const *names, size_t n_names);

/* How gnuplot dashes the index-th line, from 0. */
const char *chart_dash(size_t index);

/* A chart's script (`name`.gp) with its first lines, and its data (`name`.tsv). */
struct output chart_script(const struct chart *chart, const char *name);
struct output chart_data(const struct chart *chart, const char *name);

struct chart_heading {
    struct str title, subtitle, note;
};

/* Writes title, subtitle and note, wrapped; returns the room they leave. */
struct chart_box chart_write_heading(struct output *output, const struct chart *chart,
                                     struct chart_heading heading);
/* The same of a chart that does not show strategies: it does not say how many of them are shown. */
struct chart_box chart_write_plain_heading(struct output *output, const struct chart *chart,
                                           struct chart_heading heading);
/* The plot within its axes takes this box. */
void chart_write_frame(struct output *output, struct chart_box box);

enum chart_align { CHART_LEFT, CHART_CENTER, CHART_RIGHT };

struct chart_label {
    double x, y; /* canvas units; y is the middle of the line */
    enum chart_align align;
    int size;               /* hundredths of the base font: 75 80 85 90 95 115 130 */
    struct str colour;      /* of style.gp: "C_INK", "TXT[3]" */
    struct str bold, plain; /* the text, its bold part first */
};

/* Between a bold and a plain part: viewers of SVG may drop a single blank. */
#define CHART_GAP "  "

void chart_write_label(struct output *output, struct chart_label label);
double chart_label_width(const struct chart_label *label);
/* A straight line between two places. */
void chart_write_line(struct output *output, double x1, double y1, double x2, double y2, const char *style);

#endif
