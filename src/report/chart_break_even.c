#include <math.h>

#include "base/arena.h"
#include "report/chart.h"
#include "report/chart_axis.h"
#include "report/chart_facts.h"
#include "report/chart_lines.h"
#include "report/chart_place.h"
#include "report/chart_style.h"
#include "report/chart_text.h"

static const char name[] = "05_break_even", points_name[] = "05_break_even_points";

enum { LABEL_SIZE = 85, POINT_SIZE = 85, MOST_POINTS = 8, PIECES = 24 };
#define LABEL_HEIGHT 15.0
#define MARKER 6.0

struct plot {
    struct chart_box box;
    struct chart_axis cost;
};

bool chart_break_even_is_wanted(const struct result *result)
{
    return result->n_server_months > 0;
}

static bool write_data(const struct chart *chart, const struct chart_lines *lines)
{
    struct output output = chart_data(chart, name);
    output_format(&output, "percent_in_use");
    for (size_t i = 0; i < lines->n_items; i++)
        output_format(&output, "\t%.*s", STR_ARGS(chart_cell(chart->arena, lines->items[i].offer->id)));
    output_format(&output, "\n");
    for (int percent = 0; percent <= 100; percent += 10) {
        output_format(&output, "%d", percent);
        for (size_t i = 0; i < lines->n_items; i++)
            output_format(&output, "\t%.10g", chart_line_at(&lines->items[i], percent / 100.0));
        output_format(&output, "\n");
    }
    return output_close(&output);
}

static bool write_points(const struct chart *chart, const struct chart_lines *lines)
{
    struct output output = chart_data(chart, points_name);
    output_format(&output, "percent_in_use\tcost\tcheaper_below\tcheaper_above\n");
    for (size_t i = 0; i < lines->n_crossings; i++) {
        const struct chart_crossing *c = &lines->crossings[i];
        output_format(&output, "%.10g\t%.10g\t%.*s\t%.*s\n", 100 * c->share, c->cost,
                      STR_ARGS(chart_cell(chart->arena, c->below->offer->id)),
                      STR_ARGS(chart_cell(chart->arena, c->above->offer->id)));
    }
    return output_close(&output);
}

/* ---- what it says ---- */

static struct str percent_text(struct arena *arena, double share)
{
    double percent = 100 * share;
    int places = percent < 10 || percent > 99 ? 1 : 0;
    return str_format(arena, "%.*s\xC2\xA0%%", STR_ARGS(chart_number(arena, percent, places)));
}

static struct str title_of(const struct chart *chart, const struct chart_lines *lines)
{
    struct arena *arena = chart->arena;
    const struct str currency = chart->result->study->currency;
    size_t n = lines->n_cheapest;
    const struct chart_line *first = lines->cheapest[0], *last = lines->cheapest[n - 1];
    const char *scope = chart_scope(chart->result);
    if (lines->n_items == 1)
        return str_format(arena, "A server of %.*s costs %.*s a month idle, %.*s always in use",
                          STR_ARGS(first->name),
                          STR_ARGS(chart_amount(arena, chart_line_at(first, 0), currency)),
                          STR_ARGS(chart_amount(arena, chart_line_at(first, 1), currency)));
    if (n == 1 && first->n_more > 0)
        return str_format(arena, "%.*s and %zu other%s cost least%s however much a server is used",
                          STR_ARGS(first->name), first->n_more, first->n_more == 1 ? "" : "s", scope);
    if (n == 1)
        return str_format(arena, "%.*s costs least%s however much a server is used", STR_ARGS(first->name),
                          scope);
    struct str below = percent_text(arena, lines->turns[0]), above = percent_text(arena, lines->turns[n - 2]);
    if (n == 2)
        return str_format(arena, "%.*s costs least%s below %.*s utilisation, above it %.*s",
                          STR_ARGS(first->name), scope, STR_ARGS(below), STR_ARGS(last->name));
    struct str between = n == 3 ? lines->cheapest[1]->name : str_format(arena, "%zu others", n - 2);
    return str_format(arena, "%.*s costs least%s below %.*s utilisation, %.*s above %.*s, in between %.*s",
                      STR_ARGS(first->name), scope, STR_ARGS(below), STR_ARGS(last->name), STR_ARGS(above),
                      STR_ARGS(between));
}

static struct chart_heading heading_of(const struct chart *chart, const struct chart_lines *lines,
                                       const struct chart_axis *axis)
{
    struct arena *arena = chart->arena;
    struct str currency = chart_clean(arena, chart->result->study->currency);
    struct str day = date_text(arena, lines->items[0].month->day_seconds);
    struct str note = str_format(arena, "%.*s What is metered is left out.",
                                 STR_ARGS(chart_origin(arena, chart->result, chart->version)));
    if (lines->has_resale)
        note = str_format(arena, "%.*s So is what servers are sold for.", STR_ARGS(note));
    if (lines->n_crossings > 0)
        note = str_format(arena, "%.*s Circles: two offers cost the same%s.", STR_ARGS(note),
                          lines->n_crossings > MOST_POINTS ? "; not all are marked" : "");
    if (lines->n_left_out > 0)
        note = str_format(arena, "%.*s %zu other offer%s not shown.", STR_ARGS(note), lines->n_left_out,
                          lines->n_left_out == 1 ? " is" : "s are");
    if (lines->has_shared)
        note =
            str_format(arena, "%.*s +1, +2, ...: so many other offers with the same line.", STR_ARGS(note));
    if (lines->prefix.length > 0)
        note = str_format(arena, "%.*s All ids begin with %.*s.", STR_ARGS(note), STR_ARGS(lines->prefix));
    return (struct chart_heading){
        title_of(chart, lines),
        str_format(
            arena,
            "Cost of one reference server in a month of 730 hours at prices of %.*s, %s%.*s, by the share of "
            "hours it is used",
            STR_ARGS(day), axis->name, STR_ARGS(currency)),
        note};
}

/* ---- the drawing ---- */

static struct str hex(struct arena *arena, unsigned colour)
{
    return str_format(arena, "0x%06X", colour);
}

static struct chart_label end_label(const struct chart *chart, const struct chart_axis *axis,
                                    const struct chart_line *line)
{
    struct str figure = chart_axis_figure(chart->arena, axis, chart_line_at(line, 1));
    struct str more = line->n_more == 0 ? STR("") : str_format(chart->arena, " +%zu", line->n_more);
    return (struct chart_label){
        .size = LABEL_SIZE,
        .colour = hex(chart->arena, line->colour.text),
        .bold = str_format(chart->arena, "%.*s%.*s", STR_ARGS(line->name), STR_ARGS(more)),
        .plain = str_format(chart->arena, CHART_GAP "%.*s", STR_ARGS(figure))};
}

static double y_at(const struct plot *plot, double cost)
{
    return plot->box.bottom + chart_axis_at(&plot->cost, cost) * (plot->box.top - plot->box.bottom);
}

static double x_at(const struct plot *plot, double share)
{
    return plot->box.left + share * (plot->box.right - plot->box.left);
}

static void write_end_labels(struct output *output, const struct chart *chart,
                             const struct chart_lines *lines, const struct plot *plot)
{
    double *heights = ARENA_NEW(chart->arena, double, lines->n_items);
    for (size_t i = 0; i < lines->n_items; i++)
        heights[i] = y_at(plot, chart_line_at(&lines->items[i], 1));
    chart_spread(chart->arena, heights, lines->n_items, LABEL_HEIGHT, plot->box.bottom + 2, plot->box.top);
    for (size_t i = 0; i < lines->n_items; i++) {
        struct chart_label label = end_label(chart, &plot->cost, &lines->items[i]);
        double end = y_at(plot, chart_line_at(&lines->items[i], 1));
        label.x = plot->box.right + 16;
        label.y = heights[i];
        if (fabs(heights[i] - end) > 2)
            chart_write_line(output, plot->box.right + 2, end, plot->box.right + 13, heights[i],
                             "lc rgb C_FRONT lw 0.8");
        chart_write_label(output, label);
    }
}

/* The lines as boxes that labels should keep off. */
static size_t obstacles_of(const struct chart_lines *lines, const struct plot *plot, struct chart_box *boxes)
{
    size_t n = 0;
    for (size_t i = 0; i < lines->n_items; i++)
        for (int k = 0; k < PIECES; k++) {
            double left = (double)k / PIECES, right = (double)(k + 1) / PIECES;
            double a = y_at(plot, chart_line_at(&lines->items[i], left));
            double b = y_at(plot, chart_line_at(&lines->items[i], right));
            boxes[n++] =
                (struct chart_box){x_at(plot, left), fmin(a, b) - 1.5, x_at(plot, right), fmax(a, b) + 1.5};
        }
    return n;
}

static size_t shown_points(const struct chart_lines *lines)
{
    return lines->n_crossings < MOST_POINTS ? lines->n_crossings : MOST_POINTS;
}

static void write_point_labels(struct output *output, const struct chart *chart,
                               const struct chart_lines *lines, const struct plot *plot)
{
    size_t n = shown_points(lines);
    struct chart_tag *tags = ARENA_NEW(chart->arena, struct chart_tag, n);
    struct chart_box *boxes = ARENA_NEW(chart->arena, struct chart_box, lines->n_items * PIECES);
    for (size_t i = 0; i < n; i++) {
        const struct chart_crossing *c = &lines->crossings[i];
        struct str text = percent_text(chart->arena, c->share);
        tags[i] = (struct chart_tag){.x = x_at(plot, c->share),
                                     .y = y_at(plot, c->cost),
                                     .radius = MARKER,
                                     .width = chart_text_width(text, CHART_PLAIN, POINT_SIZE),
                                     .height = 14};
    }
    chart_place(chart->arena, tags, n, boxes, obstacles_of(lines, plot, boxes), plot->box);
    for (size_t i = 0; i < n; i++) {
        double end_x, end_y;
        chart_leader(&tags[i], &end_x, &end_y);
        if (tags[i].far)
            chart_write_line(output, tags[i].x, tags[i].y, end_x, end_y, "lc rgb C_FRONT lw 0.8 back");
        chart_write_label(
            output, (struct chart_label){.x = tags[i].box.left,
                                         .y = (tags[i].box.bottom + tags[i].box.top) / 2,
                                         .size = POINT_SIZE,
                                         .colour = STR("C_INK"),
                                         .plain = percent_text(chart->arena, lines->crossings[i].share)});
    }
}

static void write_plot(struct output *output, const struct chart_lines *lines)
{
    output_format(output, "plot ");
    for (size_t i = 0; i < lines->n_items; i++)
        output_format(output, "%s'%s.tsv' using 1:%zu with lines lc rgb 0x%06X lw 2.2 dt %s",
                      i == 0 ? "" : ", \\\n  ", name, i + 2, lines->items[i].colour.line, chart_dash(i));
    if (lines->n_crossings > 0)
        output_format(
            output,
            ", \\\n  '%s.tsv' every ::0::%zu using 1:2 with points pt 7 ps 1.6*PK lc rgb 'white', \\\n"
            "  '' every ::0::%zu using 1:2 with points pt 6 ps 1.4*PK lw 1.4 lc rgb C_INK",
            points_name, shown_points(lines) - 1, shown_points(lines) - 1);
    output_format(output, "\nunset output\n");
}

static struct plot lay_out(const struct chart *chart, const struct chart_lines *lines, struct chart_box room,
                           struct chart_axis cost)
{
    double widest = 0;
    for (size_t i = 0; i < lines->n_items; i++) {
        struct chart_label label = end_label(chart, &cost, &lines->items[i]);
        widest = fmax(widest, chart_label_width(&label));
    }
    struct chart_box box = {room.left + chart_axis_label_width(chart->arena, &cost) + 12, room.bottom + 40,
                            room.right - widest - 18, room.top - 6};
    return (struct plot){box, cost};
}

bool chart_break_even(const struct chart *chart)
{
    struct chart_lines lines = chart_lines_of(chart->arena, chart->result);
    double high = 0;
    for (size_t i = 0; i < lines.n_items; i++)
        high = fmax(high, chart_line_at(&lines.items[i], 1));
    struct chart_axis cost = chart_axis(0, high, 6);
    if (!write_data(chart, &lines) || !write_points(chart, &lines))
        return false;
    struct output output = chart_script(chart, name);
    struct chart_box room = chart_write_plain_heading(&output, chart, heading_of(chart, &lines, &cost));
    struct plot plot = lay_out(chart, &lines, room, cost);
    chart_write_frame(&output, plot.box);
    chart_axis_write(&output, 'y', &plot.cost, false);
    output_format(&output, "set xrange [0:100]\nset xtics 0, 20, 100 format '%%.0f %%%%'\n");
    chart_write_label(&output, (struct chart_label){.x = plot.box.right,
                                                    .y = room.bottom + 10,
                                                    .align = CHART_RIGHT,
                                                    .size = 85,
                                                    .colour = STR("C_MUTE"),
                                                    .plain = STR("share of hours in use")});
    write_end_labels(&output, chart, &lines, &plot);
    write_point_labels(&output, chart, &lines, &plot);
    write_plot(&output, &lines);
    return output_close(&output);
}
