#ifndef REPORT_CHART_PLACE_H
#define REPORT_CHART_PLACE_H

#include "report/chart.h"

/* Moves heights apart, as little as possible in all, so that neighbours are `gap` apart and all lie
 * within low to high; closer than `gap` where there is no room. The order of heights stays; equal ones
 * keep the order of the array, the first on top. */
void chart_spread(struct arena *arena, double *heights, size_t n, double gap, double low, double high);

/* A label beside a point. */
struct chart_tag {
    double x, y, radius;  /* the point and its marker */
    double width, height; /* of the text */
    struct chart_box box; /* where the text goes: set by chart_place */
    bool far;             /* so far from its point that a line should lead there: likewise */
    bool in_column;       /* one of a column beside points that stand above each other: likewise */
};

/* Where a line from the point should end: at the edge of its label. */
void chart_leader(const struct chart_tag *tag, double *x, double *y);

/* Finds a place for every label within the area where it covers no other label, no marker and, if
 * possible, none of the obstacles. Points that stand above each other have their labels in a column beside
 * them, in their order. */
void chart_place(struct arena *arena, struct chart_tag *tags, size_t n, const struct chart_box *obstacles,
                 size_t n_obstacles, struct chart_box area);

#endif
