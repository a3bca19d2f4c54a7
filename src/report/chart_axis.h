#ifndef REPORT_CHART_AXIS_H
#define REPORT_CHART_AXIS_H

#include "base/output.h"
#include "report/chart.h"

/* A linear axis: bounds and step in the unit of the data, labels in thousands, millions, ... */
struct chart_axis {
    double low, high, step;
    double unit;      /* 1000000 */
    const char *name; /* "million ", empty for 1 */
};

/* An axis of about n_steps steps that holds low and high. */
struct chart_axis chart_axis(double low, double high, int n_steps);
/* Sets range and tics of axis 'x' or 'y'; without labels where `bare`. */
void chart_axis_write(struct output *output, char axis_name, const struct chart_axis *axis, bool bare);
/* Width of the widest label, in canvas units. */
double chart_axis_label_width(struct arena *arena, const struct chart_axis *axis);
/* A figure in the axis's unit, with three digits or so for the largest. */
struct str chart_axis_figure(struct arena *arena, const struct chart_axis *axis, double value);
/* Where a value lies between low (0) and high (1). */
double chart_axis_at(const struct chart_axis *axis, double value);

/* A logarithmic axis of lead times in hours, from seconds to a century. */
struct chart_log_axis {
    double low, high;
    bool low_is_at_once; /* the low end stands for what is there at once */
};

/* Spans at least from at_most to at_least and holds low and high; what is at once lies at the low end. */
struct chart_log_axis chart_log_axis(double low, double high);
double chart_log_axis_at(const struct chart_log_axis *axis, double hours);
/* Sets the scale and the tics of an x axis `width` canvas units long, but not its range; tics whose
 * labels would touch stay without. `more` goes among the tics: empty or `, "never" 9000`. */
void chart_log_axis_write(struct output *output, const struct chart_log_axis *axis, double width,
                          const char *more);

/* CHART_TICS_WITHIN: none that would stick out at the right, where another panel begins. */
enum chart_tics { CHART_TICS_LABELLED, CHART_TICS_WITHIN, CHART_TICS_BARE };
/* The same for a y axis `height` canvas units high. */
void chart_log_axis_write_y(struct output *output, const struct chart_log_axis *axis, double height);

/* Sets range and tics of a time axis; the tics are months or days, so many that they fit `width`. */
void chart_time_axis_write(struct output *output, int64_t from, int64_t to, double width,
                           enum chart_tics tics);

#endif
