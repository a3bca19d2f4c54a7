#ifndef REPORT_OPTIMUM_LAYERS_H
#define REPORT_OPTIMUM_LAYERS_H

#include "model/optimum.h"
#include "model/result.h"
#include "report/colours.h"

struct arena;

/* The cheapest plan as layers over the need, as chart and workbook show it. */

/* Layers of their own: commitments; those beyond share one, and on-demand stands above. */
enum { OPTIMUM_LAYERS = 10 };

/* What is stacked: what one offer serves, or all those that have no layer of their own. */
struct optimum_layer {
    struct str id, name; /* the name is fit to be shown */
    struct colour colour;
    int64_t *servers; /* [n_steps] reference servers leased or on demand */
    int64_t most;
    size_t n_offers;
};

/* Stacked from the first layer upwards. */
struct optimum_layers {
    const struct strategy_result *strategy;
    const struct optimum *optimum;
    struct optimum_layer items[OPTIMUM_LAYERS + 2]; /* others and on-demand stand above */
    size_t n_items, n_committed; /* commitments come first, then what is on demand; both as the layers */
    struct str prefix;           /* what all ids begin with; the names are without */
    int64_t most_committed, highest_need;
    bool has_on_demand, has_missing;
};

/* Steps that share a point, which is the mean of them. */
struct optimum_points {
    int32_t each, n_points;
    struct str of; /* "day" */
};

struct optimum_layers optimum_layers_of(struct arena *arena, const struct result *result,
                                        const struct strategy_result *strategy);

/* The shortest stretch of time with which there are at most `most` points. */
struct optimum_points optimum_points_of(struct arena *arena, const struct optimum *optimum, int32_t most);
/* The step behind the last of a point. */
int32_t optimum_point_end(const struct optimum_points *points, const struct optimum *optimum, int32_t point);
/* Mean of values[n_steps] over the steps of a point. */
double optimum_point_mean(const struct optimum_points *points, const struct optimum *optimum,
                          const int64_t *values, int32_t point);

#endif
