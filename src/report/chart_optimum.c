#include <math.h>

#include "base/arena.h"
#include "model/certificate.h"
#include "report/chart.h"
#include "report/chart_axis.h"
#include "report/chart_facts.h"
#include "report/chart_lines.h"
#include "report/chart_place.h"
#include "report/chart_style.h"
#include "report/chart_text.h"
#include "report/optimum_facts.h"
#include "report/optimum_layers.h"

/* More points than this across the chart cannot be told apart. */
enum { MOST_POINTS = 540, LABEL_SIZE = 90, FIRST_COLUMN = 4 };
#define LABEL_HEIGHT 15.5

struct plot {
    struct chart_box box;
    struct chart_axis servers;
};

/* The item-th strategy with a plan to show; NULL: there are not so many. */
static const struct strategy_result *optimal(const struct result *result, size_t item)
{
    size_t n = 0;
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct optimum *optimum = result->strategies[i].plan.optimum;
        if (optimum != NULL && optimum->n_steps > 0 && n++ == item)
            return &result->strategies[i];
    }
    return NULL;
}

static size_t count_all(const struct result *result)
{
    size_t n = 0;
    while (optimal(result, n) != NULL)
        n++;
    return n;
}

size_t chart_optimum_count(const struct result *result)
{
    size_t n = count_all(result);
    return n < CHART_SERIES ? n : CHART_SERIES;
}

/* ---- the data ---- */

static void write_row(struct output *output, const struct optimum_layers *layers,
                      const struct optimum_points *points, int32_t point, int32_t step)
{
    const struct optimum *optimum = layers->optimum;
    const struct certificate *certificate = optimum->certificate;
    int64_t at = certificate->start_seconds + step * certificate->step_seconds;
    output_str(output, time_text(output->arena, at));
    output_format(output, "\t%.10g\t%.10g", optimum_point_mean(points, optimum, optimum->need, point),
                  optimum_point_mean(points, optimum, optimum->missing, point));
    for (size_t i = 0; i < layers->n_items; i++)
        output_format(output, "\t%.10g",
                      optimum_point_mean(points, optimum, layers->items[i].servers, point));
    output_format(output, "\n");
}

/* Every point has two rows, its begin and its end, so that it is drawn as a block. */
static bool write_data(const struct chart *chart, const char *name, const struct optimum_layers *layers,
                       const struct optimum_points *points)
{
    struct output output = chart_data(chart, name);
    output_format(&output, "time\tneed\tmissing");
    for (size_t i = 0; i < layers->n_items; i++) {
        const struct optimum_layer *layer = &layers->items[i];
        struct str cell = layer->n_offers > 1 ? layer->name : chart_cell(chart->arena, layer->id);
        output_format(&output, "\t%.*s", STR_ARGS(cell));
    }
    output_format(&output, "\n");
    for (int32_t i = 0; i < points->n_points; i++) {
        write_row(&output, layers, points, i, i * points->each);
        write_row(&output, layers, points, i, optimum_point_end(points, layers->optimum, i));
    }
    return output_close(&output);
}

/* ---- what it says ---- */

static struct str plan_text(struct arena *arena, const struct optimum_layers *layers)
{
    bool on_demand = layers->has_on_demand;
    if (layers->most_committed == 0)
        return on_demand ? STR("everything on demand") : STR("nothing leased");
    struct str most = chart_number(arena, (double)layers->most_committed, 0);
    return str_format(arena, "%.*s server%s committed at most, %s", STR_ARGS(most),
                      layers->most_committed == 1 ? "" : "s",
                      on_demand ? "on-demand above" : "nothing on demand");
}

static struct str capital(struct arena *arena, struct str text)
{
    return text.at[0] < 'a' || text.at[0] > 'z'
               ? text
               : str_format(arena, "%c%.*s", text.at[0] - 'a' + 'A', STR_ARGS(str_after(text, 1)));
}

static struct str title_of(const struct chart *chart, const struct optimum_layers *layers)
{
    struct arena *arena = chart->arena;
    const struct optimum *optimum = layers->optimum;
    struct str plan = plan_text(arena, layers);
    struct str cost =
        str_format(arena, "%.*s\xC2\xA0%.*s", STR_ARGS(chart_clean(arena, chart->result->study->currency)),
                   STR_ARGS(money_pretty(arena, optimum->simulated_cost, 0)));
    bool alone = count_all(chart->result) == 1; /* otherwise the name says which it is */
    struct str strategy = chart_name(arena, layers->strategy->strategy->name, CHART_NAME);
    if (optimum->proved && !alone)
        return str_format(arena, "%.*s, proved cheapest: %.*s: %.*s", STR_ARGS(strategy), STR_ARGS(plan),
                          STR_ARGS(cost));
    if (optimum->proved)
        return str_format(arena, "Proved cheapest: %.*s: %.*s", STR_ARGS(plan), STR_ARGS(cost));
    plan = alone ? capital(arena, plan) : str_format(arena, "%.*s: %.*s", STR_ARGS(strategy), STR_ARGS(plan));
    if (optimum->leaves_out_renewals)
        return str_format(arena, "%.*s: %.*s, nothing proved of renewals", STR_ARGS(plan), STR_ARGS(cost));
    if (optimum->gap < 0 || optimum->lower_bound <= 0)
        return str_format(arena, "%.*s: %.*s, the best possible at least %.*s", STR_ARGS(plan),
                          STR_ARGS(cost), STR_ARGS(money_pretty(arena, optimum->lower_bound, 0)));
    return str_format(arena, "%.*s: %.*s, within %.*s of the best possible", STR_ARGS(plan), STR_ARGS(cost),
                      STR_ARGS(optimum_gap_percent(arena, optimum)));
}

static struct str note_of(const struct chart *chart, const struct optimum_layers *layers,
                          const struct optimum_points *points)
{
    struct arena *arena = chart->arena;
    struct str strategy = chart_name(arena, layers->strategy->strategy->name, CHART_NAME);
    struct str need = chart_number(arena, (double)layers->highest_need, 0);
    struct str note =
        str_format(arena,
                   "%.*s Plan of %.*s, in hindsight: it knows the need and all prices. Cost of servers and "
                   "unmet load alone.",
                   STR_ARGS(chart_origin(arena, chart->result, chart->version)), STR_ARGS(strategy));
    note = str_format(
        arena, "%.*s Highest need%s%s: %.*s.", STR_ARGS(note), points->each > 1 ? " of a step" : "",
        chart->result->study->n_existing > 0 ? " beyond what exists already" : "", STR_ARGS(need));
    if (!layers->strategy->plan.optimum->proved)
        note = str_format(arena, "%.*s Leases as planned: orders may come later or in whole pieces.",
                          STR_ARGS(note));
    if (count_all(chart->result) > CHART_SERIES)
        note = str_format(arena, "%.*s The first %d of %zu such plans are drawn.", STR_ARGS(note),
                          CHART_SERIES, count_all(chart->result));
    if (layers->prefix.length > 0)
        note = str_format(arena, "%.*s All ids begin with %.*s.", STR_ARGS(note), STR_ARGS(layers->prefix));
    return note;
}

static struct chart_heading heading_of(const struct chart *chart, const struct optimum_layers *layers,
                                       const struct optimum_points *points, const struct chart_axis *axis)
{
    struct arena *arena = chart->arena;
    struct str unit = axis->unit > 1 ? str_trim(str_of(axis->name)) : STR("");
    struct str each =
        points->each > 1 ? str_format(arena, ", mean of each %.*s", STR_ARGS(points->of)) : STR("");
    return (struct chart_heading){
        title_of(chart, layers),
        str_format(arena, "Reference servers paid for (areas) and needed (black line)%s%.*s%.*s%s",
                   unit.length > 0 ? ", in " : "", STR_ARGS(unit), STR_ARGS(each),
                   layers->has_missing ? "; hatched: missing" : ""),
        note_of(chart, layers, points)};
}

/* ---- the drawing ---- */

static struct chart_axis servers_axis(const struct optimum_layers *layers,
                                      const struct optimum_points *points)
{
    const struct optimum *optimum = layers->optimum;
    double most = 0;
    for (int32_t i = 0; i < points->n_points; i++) {
        double sum = optimum_point_mean(points, optimum, optimum->missing, i);
        for (size_t k = 0; k < layers->n_items; k++)
            sum += optimum_point_mean(points, optimum, layers->items[k].servers, i);
        most = fmax(most, fmax(sum, optimum_point_mean(points, optimum, optimum->need, i)));
    }
    return chart_axis(0, most, 7);
}

static struct chart_label label_of(const struct chart *chart, const struct optimum_layer *layer)
{
    struct str most = chart_number(chart->arena, (double)layer->most, 0);
    return (struct chart_label){.size = LABEL_SIZE,
                                .colour = str_format(chart->arena, "0x%06X", layer->colour.text),
                                .bold = layer->name,
                                .plain = str_format(chart->arena, CHART_GAP "at most %.*s", STR_ARGS(most))};
}

static struct plot lay_out(const struct chart *chart, const struct optimum_layers *layers,
                           struct chart_box room, struct chart_axis servers)
{
    struct chart_label need = {.size = LABEL_SIZE, .bold = STR("need")};
    double widest = chart_label_width(&need);
    for (size_t i = 0; i < layers->n_items; i++) {
        struct chart_label label = label_of(chart, &layers->items[i]);
        widest = fmax(widest, chart_label_width(&label));
    }
    return (struct plot){{room.left + chart_axis_label_width(chart->arena, &servers) + 12, room.bottom + 40,
                          room.right - widest - 18, room.top - 6},
                         servers};
}

static double height_of(const struct plot *plot, double servers)
{
    return plot->box.bottom + chart_axis_at(&plot->servers, servers) * (plot->box.top - plot->box.bottom);
}

/* At the right end of every layer, and of the need, its name, moved where two would touch. */
static void write_end_labels(struct output *output, const struct chart *chart,
                             const struct optimum_layers *layers, const struct optimum_points *points,
                             const struct plot *plot)
{
    double ends[OPTIMUM_LAYERS + 3], heights[OPTIMUM_LAYERS + 3], sum = 0;
    size_t n = layers->n_items;
    for (size_t i = 0; i < n; i++) {
        double last =
            optimum_point_mean(points, layers->optimum, layers->items[i].servers, points->n_points - 1);
        ends[i] = heights[i] = height_of(plot, sum + last / 2);
        sum += last;
    }
    ends[n] = heights[n] = height_of(
        plot, optimum_point_mean(points, layers->optimum, layers->optimum->need, points->n_points - 1));
    chart_spread(chart->arena, heights, n + 1, LABEL_HEIGHT, plot->box.bottom + 2, plot->box.top);
    for (size_t i = 0; i <= n; i++) {
        struct chart_label label =
            i < n ? label_of(chart, &layers->items[i])
                  : (struct chart_label){.size = LABEL_SIZE, .colour = STR("C_INK"), .bold = STR("need")};
        label.x = plot->box.right + 16;
        label.y = heights[i];
        if (fabs(heights[i] - ends[i]) > 2)
            chart_write_line(output, plot->box.right + 2, ends[i], plot->box.right + 13, heights[i],
                             "lc rgb C_FRONT lw 0.8");
        chart_write_label(output, label);
    }
}

/* The areas from the top down, so that each covers what is not its own. */
static void write_plot(struct output *output, const char *name, const struct optimum_layers *layers)
{
    int end = FIRST_COLUMN + (int)layers->n_items - 1;
    output_format(output, "SUM(n) = n < %d ? 0 : (sum [k = %d:n] column(k))\nplot", FIRST_COLUMN,
                  FIRST_COLUMN);
    for (int column = end; column >= FIRST_COLUMN; column--) {
        const struct colour *colour = &layers->items[column - FIRST_COLUMN].colour;
        output_format(output,
                      " '%s.tsv' using 1:(SUM(%d)) with filledcurves y=0 fs solid 1 noborder lc rgb 0x%06X, "
                      "\\\n '' using 1:(SUM(%d)) with lines lc rgb 0x%06X lw 1.2, \\\n",
                      name, column, colour->tint, column, colour->line);
    }
    if (layers->has_missing)
        output_format(output,
                      " '%s.tsv' using 1:(SUM(%d)):(SUM(%d) + $3) with filledcurves fs pattern 4 noborder lc "
                      "rgb C_SHORT, \\\n",
                      name, end, end);
    output_format(output, " '%s.tsv' using 1:2 with lines lc rgb C_INK lw 1.3\nunset output\n", name);
}

bool chart_optimum(const struct chart *chart)
{
    const char *name = chart_item_name(chart->arena, "07_optimum", chart->item);
    struct optimum_layers layers =
        optimum_layers_of(chart->arena, chart->result, optimal(chart->result, chart->item));
    const struct certificate *certificate = layers.optimum->certificate;
    struct optimum_points points = optimum_points_of(chart->arena, layers.optimum, MOST_POINTS);
    if (!write_data(chart, name, &layers, &points))
        return false;
    struct output output = chart_script(chart, name);
    struct chart_axis servers = servers_axis(&layers, &points);
    struct chart_box room =
        chart_write_plain_heading(&output, chart, heading_of(chart, &layers, &points, &servers));
    struct plot plot = lay_out(chart, &layers, room, servers);
    chart_write_frame(&output, plot.box);
    chart_axis_write(&output, 'y', &plot.servers, false);
    chart_time_axis_write(&output, certificate->start_seconds,
                          certificate->start_seconds + certificate->n_steps * certificate->step_seconds,
                          plot.box.right - plot.box.left, CHART_TICS_LABELLED);
    write_end_labels(&output, chart, &layers, &points, &plot);
    write_plot(&output, name, &layers);
    return output_close(&output);
}
