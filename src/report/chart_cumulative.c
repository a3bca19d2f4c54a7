#include <math.h>

#include "base/arena.h"
#include "model/burst.h"
#include "report/chart.h"
#include "report/chart_axis.h"
#include "report/chart_facts.h"
#include "report/chart_place.h"
#include "report/chart_style.h"
#include "report/chart_text.h"

static const char name[] = "01_cumulative";

enum { LABEL_SIZE = 90, BURST_SIZE = 75 };
#define LABEL_HEIGHT 15.5

/* The plot within its axes, and what they span. */
struct plot {
    struct chart_box box;
    struct chart_axis cost;
    int64_t from, to;
};

static double cumulative(const struct chart_series *series, int month)
{
    return money_as_double(series->result->months[month].cumulative);
}

static bool write_data(const struct chart *chart)
{
    const struct timeline *timeline = &chart->result->timeline;
    struct output output = chart_data(chart, name);
    output_format(&output, "time");
    for (size_t i = 0; i < chart->n_series; i++)
        output_format(&output, "\t%.*s",
                      STR_ARGS(chart_cell(chart->arena, chart->series[i].result->strategy->name)));
    output_format(&output, "\n");
    for (int m = -1; m < timeline->n_months; m++) {
        int64_t at = m < 0 ? timeline->months[0].start_seconds : timeline->months[m].end_seconds;
        output_str(&output, time_text(chart->arena, at));
        for (size_t i = 0; i < chart->n_series; i++) {
            money billed = m < 0 ? 0 : chart->series[i].result->months[m].cumulative;
            output_format(&output, "\t%.*s", STR_ARGS(money_text(chart->arena, billed, 2)));
        }
        output_format(&output, "\n");
    }
    return output_close(&output);
}

static struct str title_of(const struct chart *chart)
{
    struct arena *arena = chart->arena;
    const struct study *study = chart->result->study;
    struct chart_verdict verdict = chart_verdict(chart->result);
    struct str horizon = chart_horizon(arena, study);
    if (chart->result->n_strategies == 1) {
        struct str billed = chart_money(arena, chart->series[0].result->billed, study->currency);
        return str_format(arena, "%.*s bills %.*s over %.*s", STR_ARGS(chart->series[0].name),
                          STR_ARGS(billed), STR_ARGS(horizon));
    }
    if (verdict.second == NULL)
        return str_format(arena, "What %zu strategies pay over %.*s", chart->result->n_strategies,
                          STR_ARGS(horizon));
    struct str best = chart_series_name(chart, verdict.best),
               second = chart_series_name(chart, verdict.second);
    struct str cost = chart_money(arena, verdict.best->compared, study->currency);
    const char *scope = chart_scope(chart->result);
    if (verdict.n_best > 2)
        return str_format(arena, "%.*s and %zu others cost least%s over %.*s: %.*s each", STR_ARGS(best),
                          verdict.n_best - 1, scope, STR_ARGS(horizon), STR_ARGS(cost));
    if (verdict.n_best == 2)
        return str_format(arena, "%.*s and %.*s cost least%s over %.*s: %.*s each", STR_ARGS(best),
                          STR_ARGS(second), scope, STR_ARGS(horizon), STR_ARGS(cost));
    struct str saving =
        chart_saving(arena, verdict.best->compared, verdict.second->compared, study->currency);
    return str_format(arena, "%.*s costs least%s over %.*s: %.*s, %.*s less than %.*s", STR_ARGS(best), scope,
                      STR_ARGS(horizon), STR_ARGS(cost), STR_ARGS(saving), STR_ARGS(second));
}

static struct chart_heading heading_of(const struct chart *chart, const struct chart_axis *cost)
{
    struct arena *arena = chart->arena;
    struct str currency = chart_clean(arena, chart->result->study->currency);
    struct str origin = chart_origin(arena, chart->result, chart->version);
    struct str compared = chart_compared_cost(arena, chart->result->study);
    const char *by = chart->n_series > 1 ? " by strategy" : "";
    bool speaks = chart_verdict(chart->result).second != NULL;
    const char *counted_besides = chart->result->study->has_discount_rate
                                      ? ". The title also counts horizon value, unmet cost and discounting"
                                      : ". The title also counts horizon value and unmet cost";
    return (struct chart_heading){title_of(chart),
                                  str_format(arena, "Cumulative billed cost%s, %s%.*s%s", by, cost->name,
                                             STR_ARGS(currency), speaks ? counted_besides : ""),
                                  str_format(arena, "%.*s Cash on the day it falls due.%s%.*s%s",
                                             STR_ARGS(origin), speaks ? " Title: " : "",
                                             STR_ARGS(speaks ? compared : STR("")), speaks ? "." : "")};
}

static struct chart_axis cost_axis(const struct chart *chart)
{
    double low = 0, high = 0;
    for (size_t i = 0; i < chart->n_series; i++)
        for (int m = 0; m < chart->result->timeline.n_months; m++) {
            low = fmin(low, cumulative(&chart->series[i], m));
            high = fmax(high, cumulative(&chart->series[i], m));
        }
    return chart_axis(low, high, 7);
}

static double x_of(const struct plot *plot, int64_t at)
{
    double share = (double)(at - plot->from) / (double)(plot->to - plot->from);
    return plot->box.left + fmin(fmax(share, 0), 1) * (plot->box.right - plot->box.left);
}

/* One occurrence of a burst, cut at nothing. */
struct band {
    int64_t start, end;
    struct str burst;
};

struct bands {
    struct band *items;
    size_t n_items, capacity;
};

/* Keeps them in order of their start. */
static void add_band(struct arena *arena, struct bands *bands, struct band band)
{
    ARENA_APPEND(arena, bands);
    size_t at = bands->n_items - 1;
    while (at > 0 && bands->items[at - 1].start > band.start) {
        bands->items[at] = bands->items[at - 1];
        at--;
    }
    bands->items[at] = band;
}

static struct bands bands_of(const struct chart *chart, const struct plot *plot)
{
    const struct workload *workload = &chart->result->study->workload;
    struct bands bands = {0};
    for (size_t i = 0; i < workload->n_bursts; i++) {
        const struct burst *burst = &workload->bursts[i];
        struct str label = chart_name(chart->arena, burst->name, CHART_NAME);
        for (int n = 0; burst_start(burst, n, plot->to) != INT64_MAX; n++) {
            int64_t start = burst_start(burst, n, plot->to), end = start + burst_length(burst);
            if (end > plot->from)
                add_band(chart->arena, &bands, (struct band){start, end, label});
        }
    }
    return bands;
}

/* Every occurrence as a band, with its name above where that covers no other name. */
static void write_bursts(struct output *output, const struct chart *chart, const struct plot *plot)
{
    struct bands bands = bands_of(chart, plot);
    double taken_to = 0;
    for (size_t i = 0; i < bands.n_items; i++) {
        const struct band *band = &bands.items[i];
        double left = x_of(plot, band->start), right = fmax(x_of(plot, band->end), left + 2.5);
        double width = chart_text_width(band->burst, CHART_PLAIN, BURST_SIZE);
        double text_left = fmin(fmax((left + right - width) / 2, plot->box.left), plot->box.right - width);
        output_format(output,
                      "set object rect from screen %.4f,%.4f to screen %.4f,%.4f fc rgb C_SHADE fs solid "
                      "noborder behind\n",
                      left / CHART_WIDTH, plot->box.bottom / CHART_HEIGHT, right / CHART_WIDTH,
                      plot->box.top / CHART_HEIGHT);
        if (text_left < taken_to)
            continue;
        taken_to = text_left + width + 8;
        chart_write_label(output, (struct chart_label){.x = text_left,
                                                       .y = plot->box.top + 7,
                                                       .size = BURST_SIZE,
                                                       .colour = STR("C_MUTE"),
                                                       .plain = band->burst});
    }
}

static struct chart_label end_label(const struct chart *chart, const struct chart_axis *axis, size_t i)
{
    double last = cumulative(&chart->series[i], chart->result->timeline.n_months - 1);
    struct str figure = chart_axis_figure(chart->arena, axis, last);
    return (struct chart_label){.size = LABEL_SIZE,
                                .colour = str_format(chart->arena, "TXT[%zu]", i + 1),
                                .bold = chart->series[i].name,
                                .plain = str_format(chart->arena, CHART_GAP "%.*s", STR_ARGS(figure))};
}

/* At the right end of every line its name, moved where two would touch. */
static void write_end_labels(struct output *output, const struct chart *chart, const struct plot *plot)
{
    double *heights = ARENA_NEW(chart->arena, double, chart->n_series);
    double *ends = ARENA_NEW(chart->arena, double, chart->n_series);
    for (size_t i = 0; i < chart->n_series; i++) {
        double last = cumulative(&chart->series[i], chart->result->timeline.n_months - 1);
        ends[i] = plot->box.bottom + chart_axis_at(&plot->cost, last) * (plot->box.top - plot->box.bottom);
        heights[i] = ends[i];
    }
    chart_spread(chart->arena, heights, chart->n_series, LABEL_HEIGHT, plot->box.bottom + 2, plot->box.top);
    for (size_t i = 0; i < chart->n_series; i++) {
        struct chart_label label = end_label(chart, &plot->cost, i);
        label.x = plot->box.right + 16;
        label.y = heights[i];
        if (fabs(heights[i] - ends[i]) > 2)
            chart_write_line(output, plot->box.right + 2, ends[i], plot->box.right + 13, heights[i],
                             "lc rgb C_FRONT lw 0.8");
        chart_write_label(output, label);
    }
}

static struct plot lay_out(const struct chart *chart, struct chart_box room, struct chart_axis cost)
{
    double widest = 0;
    for (size_t i = 0; i < chart->n_series; i++) {
        struct chart_label label = end_label(chart, &cost, i);
        widest = fmax(widest, chart_label_width(&label));
    }
    const struct timeline *timeline = &chart->result->timeline;
    struct chart_box box = {room.left + chart_axis_label_width(chart->arena, &cost) + 12, room.bottom + 40,
                            room.right - widest - 18, room.top - 18};
    return (struct plot){box, cost, timeline->months[0].start_seconds,
                         timeline->months[timeline->n_months - 1].end_seconds};
}

bool chart_cumulative(const struct chart *chart)
{
    if (!write_data(chart))
        return false;
    struct output output = chart_script(chart, name);
    struct chart_axis cost = cost_axis(chart);
    struct chart_box room = chart_write_heading(&output, chart, heading_of(chart, &cost));
    struct plot plot = lay_out(chart, room, cost);
    chart_write_frame(&output, plot.box);
    chart_axis_write(&output, 'y', &plot.cost, false);
    chart_time_axis_write(&output, plot.from, plot.to, plot.box.right - plot.box.left, CHART_TICS_LABELLED);
    write_bursts(&output, chart, &plot);
    write_end_labels(&output, chart, &plot);
    output_format(&output,
                  "plot for [k = 1:%zu] '%s.tsv' using 1:(column(k + 1)) with lines ls k\nunset output\n",
                  chart->n_series, name);
    return output_close(&output);
}
