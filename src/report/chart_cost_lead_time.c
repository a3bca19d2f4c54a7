#include <math.h>

#include "base/arena.h"
#include "report/chart.h"
#include "report/chart_axis.h"
#include "report/chart_facts.h"
#include "report/chart_place.h"
#include "report/chart_style.h"
#include "report/chart_text.h"

static const char name[] = "04_cost_lead_time", frontier_name[] = "04_frontier";

enum { NAME_SIZE = 85 };
#define NAME_HEIGHT 14.0
#define MARKER 5.5

/* The strategies as points, and the line through those that none beats. */
struct points {
    bool *beaten;
    const struct chart_series **frontier; /* from the fastest to the slowest */
    size_t n_frontier, n_possible;
};

/* The plot within its axes. */
struct plot {
    struct chart_box box;
    struct chart_axis cost;
    struct chart_log_axis time;
    double high;  /* right end in hours: beyond time.high where something is never there */
    double never; /* where that is drawn */
};

static double hours_of(const struct chart_series *series)
{
    return series->result->lead_time.possible ? series->result->lead_time.p50 : INFINITY;
}

static bool beats(const struct chart_series *a, const struct chart_series *b)
{
    money cost_a = a->result->compared, cost_b = b->result->compared;
    double time_a = hours_of(a), time_b = hours_of(b);
    return cost_a <= cost_b && time_a <= time_b && (cost_a < cost_b || time_a < time_b);
}

static void add_to_frontier(struct points *points, const struct chart_series *series)
{
    size_t at = points->n_frontier++;
    while (at > 0 && hours_of(points->frontier[at - 1]) > hours_of(series)) {
        points->frontier[at] = points->frontier[at - 1];
        at--;
    }
    points->frontier[at] = series;
}

static struct points points_of(const struct chart *chart)
{
    struct points points = {.beaten = ARENA_NEW(chart->arena, bool, chart->n_series),
                            .frontier =
                                ARENA_NEW(chart->arena, const struct chart_series *, chart->n_series)};
    for (size_t i = 0; i < chart->n_series; i++) {
        for (size_t j = 0; chart->result->ranked && j < chart->n_series; j++)
            points.beaten[i] = points.beaten[i] || beats(&chart->series[j], &chart->series[i]);
        bool possible = chart->series[i].result->lead_time.possible;
        points.n_possible += possible;
        if (chart->result->ranked && possible && !points.beaten[i])
            add_to_frontier(&points, &chart->series[i]);
    }
    return points;
}

static bool write_data(const struct chart *chart, const struct points *points, const struct plot *plot)
{
    struct output output = chart_data(chart, name);
    output_format(&output, "number\tp50_hours\tcompared_cost\tbeaten\tdrawn_at_hours\tstrategy\n");
    for (size_t i = 0; i < chart->n_series; i++) {
        const struct strategy_result *s = chart->series[i].result;
        struct str cost = money_text(chart->arena, s->compared, 2),
                   cell = chart_cell(chart->arena, s->strategy->name);
        struct str hours =
            s->lead_time.possible ? str_format(chart->arena, "%.8g", s->lead_time.p50) : STR("never");
        double at = s->lead_time.possible ? fmax(s->lead_time.p50, plot->time.low) : plot->never;
        output_format(&output, "%zu\t%.*s\t%.*s\t%d\t%.8g\t%.*s\n", i + 1, STR_ARGS(hours), STR_ARGS(cost),
                      points->beaten[i], at, STR_ARGS(cell));
    }
    return output_close(&output);
}

static bool write_frontier(const struct chart *chart, const struct points *points, const struct plot *plot)
{
    struct output output = chart_data(chart, frontier_name);
    output_format(&output, "drawn_at_hours\tcompared_cost\n");
    for (size_t i = 0; i < points->n_frontier; i++) {
        struct str cost = money_text(chart->arena, points->frontier[i]->result->compared, 2);
        output_format(&output, "%.8g\t%.*s\n", fmax(hours_of(points->frontier[i]), plot->time.low),
                      STR_ARGS(cost));
    }
    return output_close(&output);
}

static struct str title_of(const struct chart *chart, const struct points *points)
{
    struct arena *arena = chart->arena;
    const struct study *study = chart->result->study;
    const char *scope = chart_scope(chart->result);
    bool has_burst = chart->result->burst_name.length > 0;
    const char *need = has_burst ? "the burst" : "the largest need";
    const char *that_serves = has_burst ? " that serves the burst" : " that serves the largest need";
    if (chart->n_series == 1) {
        const struct chart_series *only = &chart->series[0];
        struct str cost = chart_money(arena, only->result->compared, study->currency);
        struct str time = chart_hours(arena, hours_of(only));
        if (points->n_possible == 0)
            return str_format(arena, "%.*s costs %.*s and never serves %s", STR_ARGS(only->name),
                              STR_ARGS(cost), need);
        return str_format(arena, "%.*s costs %.*s; unannounced, %s is served %s%.*s", STR_ARGS(only->name),
                          STR_ARGS(cost), need, hours_of(only) > 0 ? "after " : "", STR_ARGS(time));
    }
    if (points->n_frontier == 0)
        return str_format(arena, "Cost and lead time of %zu strategies", chart->n_series);
    const struct chart_series *fast = points->frontier[0], *slow = points->frontier[points->n_frontier - 1];
    if (fast == slow || hours_of(fast) >= hours_of(slow))
        return str_format(arena, "%.*s: no other%s is faster or costs less%s", STR_ARGS(fast->name),
                          points->n_possible < chart->n_series ? that_serves : "", scope);
    struct str saving = chart_saving(arena, slow->result->compared, fast->result->compared, study->currency);
    struct str long_time = chart_hours(arena, hours_of(slow)),
               short_time = chart_hours(arena, hours_of(fast));
    return str_format(arena, "Waiting %.*s (%.*s) rather than %.*s (%.*s) saves %.*s%s", STR_ARGS(long_time),
                      STR_ARGS(slow->name), STR_ARGS(short_time), STR_ARGS(fast->name), STR_ARGS(saving),
                      scope);
}

static struct chart_heading heading_of(const struct chart *chart, const struct points *points,
                                       const struct chart_axis *cost)
{
    struct arena *arena = chart->arena;
    const struct study *study = chart->result->study;
    struct str horizon = chart_horizon(arena, study), currency = chart_clean(arena, study->currency);
    struct str subtitle = str_format(arena, "Compared cost over %.*s, %s%.*s, by median lead time",
                                     STR_ARGS(horizon), cost->name, STR_ARGS(currency));
    struct str origin = chart_origin(arena, chart->result, chart->version);
    struct str compared = chart_compared_cost(arena, study);
    if (points->n_frontier > 0 && chart->n_series > 1)
        subtitle = str_format(arena, "%.*s; filled: none is both faster and cheaper", STR_ARGS(subtitle));
    const char *scope = chart_scope(chart->result)[0] == '\0'
                            ? ""
                            : " Strategies count different components: costs are of what is counted.";
    return (struct chart_heading){
        title_of(chart, points), subtitle,
        str_format(arena, "%.*s Compared cost is %.*s.%s", STR_ARGS(origin), STR_ARGS(compared), scope)};
}

static struct plot plot_of(const struct chart *chart)
{
    double low = INFINITY, high = -INFINITY, soonest = INFINITY, latest = 0;
    bool never = false;
    for (size_t i = 0; i < chart->n_series; i++) {
        double cost = money_as_double(chart->series[i].result->compared), hours = hours_of(&chart->series[i]);
        low = fmin(low, cost);
        high = fmax(high, cost);
        never = never || isinf(hours);
        if (isinf(hours))
            continue;
        soonest = fmin(soonest, hours);
        latest = fmax(latest, hours);
    }
    double margin = high > low ? (high - low) * 0.12 : high != 0 ? fabs(high) * 0.1 : 1;
    struct plot plot = {.cost = chart_axis(low >= 0 ? fmax(0, low - margin) : low - margin, high + margin, 6),
                        .time = chart_log_axis(isinf(soonest) ? 1 : soonest * 0.7, fmax(latest, 1) * 1.4)};
    plot.time.low_is_at_once = soonest <= 0;
    double decades = plot.time.high / plot.time.low;
    plot.never = plot.time.high * pow(decades, 0.07);
    plot.high = plot.time.high * (never ? pow(decades, 0.14) : 1);
    return plot;
}

static double x_at(const struct plot *plot, double hours)
{
    double at = hours < plot->time.low ? plot->time.low : isinf(hours) ? plot->never : hours;
    double share = log(at / plot->time.low) / log(plot->high / plot->time.low);
    return plot->box.left + share * (plot->box.right - plot->box.left);
}

static double y_at(const struct plot *plot, money cost)
{
    return plot->box.bottom +
           chart_axis_at(&plot->cost, money_as_double(cost)) * (plot->box.top - plot->box.bottom);
}

/* The frontier as boxes that labels should keep off; returns how many. */
static size_t frontier_boxes(const struct points *points, const struct plot *plot, struct chart_box *boxes)
{
    size_t n = 0;
    for (size_t i = 0; i + 1 < points->n_frontier; i++) {
        double x1 = x_at(plot, hours_of(points->frontier[i])),
               x2 = x_at(plot, hours_of(points->frontier[i + 1]));
        double y1 = y_at(plot, points->frontier[i]->result->compared),
               y2 = y_at(plot, points->frontier[i + 1]->result->compared);
        boxes[n++] = (struct chart_box){x1, y1 - 1.5, x2, y1 + 1.5};
        boxes[n++] = (struct chart_box){x2 - 1.5, y2, x2 + 1.5, y1};
    }
    return n;
}

static void write_names(struct output *output, const struct chart *chart, const struct points *points,
                        const struct plot *plot)
{
    struct chart_tag *tags = ARENA_NEW(chart->arena, struct chart_tag, chart->n_series);
    struct chart_box *boxes = ARENA_NEW(chart->arena, struct chart_box, 2 * chart->n_series);
    for (size_t i = 0; i < chart->n_series; i++) {
        const struct chart_series *series = &chart->series[i];
        enum chart_weight weight = points->beaten[i] ? CHART_PLAIN : CHART_BOLD;
        tags[i] = (struct chart_tag){.x = x_at(plot, hours_of(series)),
                                     .y = y_at(plot, series->result->compared),
                                     .radius = MARKER,
                                     .width = chart_text_width(series->name, weight, NAME_SIZE),
                                     .height = NAME_HEIGHT};
    }
    struct chart_box area = plot->box;
    area.bottom -= 4; /* letters are lower than their line */
    chart_place(chart->arena, tags, chart->n_series, boxes, frontier_boxes(points, plot, boxes), area);
    for (size_t i = 0; i < chart->n_series; i++) {
        const struct chart_tag *tag = &tags[i];
        double y = (tag->box.bottom + tag->box.top) / 2, end_x, end_y;
        struct chart_label label = {.x = tag->box.left,
                                    .y = y,
                                    .size = NAME_SIZE,
                                    .colour = str_format(chart->arena, "TXT[%zu]", i + 1)};
        *(points->beaten[i] ? &label.plain : &label.bold) = chart->series[i].name;
        chart_leader(tag, &end_x, &end_y);
        if (tag->far)
            chart_write_line(output, tag->x, tag->y, end_x, end_y, "lc rgb C_FRONT lw 0.8 back");
        chart_write_label(output, label);
    }
}

static void write_axes(struct output *output, const struct plot *plot)
{
    const char *more = "";
    if (plot->high > plot->time.high) {
        more = str_format(output->arena, ", \"never\" %.10g", plot->never).at;
        output_format(
            output,
            "set arrow from %.10g, graph 0 to %.10g, graph 1 nohead dt (2,3) lc rgb C_FRONT lw 0.8 back\n",
            plot->time.high, plot->time.high);
    }
    chart_axis_write(output, 'y', &plot->cost, false);
    chart_log_axis_write(output, &plot->time, x_at(plot, plot->time.high) - plot->box.left, more);
    output_format(output, "set xrange [%.10g:%.10g]\nset grid xtics ytics ls 100\n", plot->time.low,
                  plot->high);
}

static void write_plot(struct output *output, const struct points *points)
{
    output_format(output, "plot ");
    if (points->n_frontier > 1)
        output_format(output, "'%s.tsv' using 1:2 with steps lc rgb C_FRONT lw 1.6, \\\n  ", frontier_name);
    output_format(
        output,
        "'%s.tsv' using 5:($4 == 1 ? $3 : NaN):(COL[int($1)]) with points pt 7 ps 1.6*PK lc rgb variable, "
        "\\\n  '' using 5:($4 == 1 ? $3 : NaN) with points pt 7 ps 1.05*PK lc rgb 'white', \\\n"
        "  '' using 5:($4 == 0 ? $3 : NaN):(COL[int($1)]) with points pt 7 ps 1.6*PK lc rgb variable\n"
        "unset output\n",
        name);
}

bool chart_cost_lead_time(const struct chart *chart)
{
    struct points points = points_of(chart);
    struct plot plot = plot_of(chart);
    if (!write_data(chart, &points, &plot) || !write_frontier(chart, &points, &plot))
        return false;
    struct output output = chart_script(chart, name);
    struct chart_box room = chart_write_heading(&output, chart, heading_of(chart, &points, &plot.cost));
    plot.box = (struct chart_box){room.left + chart_axis_label_width(chart->arena, &plot.cost) + 12,
                                  room.bottom + 40, room.right - 12, room.top - 6};
    chart_write_frame(&output, plot.box);
    write_axes(&output, &plot);
    chart_write_label(&output, (struct chart_label){.x = plot.box.right,
                                                    .y = room.bottom + 10,
                                                    .align = CHART_RIGHT,
                                                    .size = 85,
                                                    .colour = STR("C_MUTE"),
                                                    .plain = STR("median lead time, logarithmic")});
    write_names(&output, chart, &points, &plot);
    write_plot(&output, &points);
    return output_close(&output);
}
