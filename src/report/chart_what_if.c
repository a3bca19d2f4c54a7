#include <math.h>

#include "base/arena.h"
#include "report/chart.h"
#include "report/chart_axis.h"
#include "report/chart_facts.h"
#include "report/chart_style.h"
#include "report/chart_text.h"
#include "report/scenario_facts.h"

static const char name[] = "12_what_if";

enum { LEGEND_SIZE = 85, VALUE_SIZE = 85, FIGURE_SIZE = 80, NAME_SIZE = 75 };
#define WIDEST_VALUE 130.0
#define LEGEND_LINE 17.0
#define LEGEND_GAP 18.0
#define FIGURE_HEIGHT 12.0
#define NAME_RISE 7.0

/* The grid: a cell for each pair of values, in the colour of who costs least there. */
struct grid {
    const struct scenario_change *x, *y;
    struct chart_axis margins; /* unit of the margins */
    struct chart_box box;
    bool named; /* the cells have room for the names of who costs least */
};

static const struct scenario *cell_at(const struct chart *chart, const struct grid *g, size_t x, size_t y)
{
    return &chart->result->scenarios.cells[y * g->x->n_values + x];
}

/* Of the series, from 1; 0 where nothing is ranked, or who costs least is not shown. */
static size_t number_of(const struct chart *chart, const struct scenario *cell)
{
    int cheapest = scenario_cheapest(cell, chart->result->n_strategies);
    for (size_t i = 0; cheapest >= 0 && i < chart->n_series; i++)
        if (chart->series[i].result == &chart->result->strategies[cheapest])
            return i + 1;
    return 0;
}

/* What the next costs more; where there is no other, what the only strategy costs. */
static bool figure_of(const struct chart *chart, const struct scenario *cell, double *figure)
{
    int cheapest = scenario_cheapest(cell, chart->result->n_strategies),
        next = scenario_next(cell, chart->result->n_strategies);
    if (cheapest < 0)
        return false;
    *figure = money_as_double(cell->costs[cheapest].compared);
    if (next >= 0)
        *figure = money_as_double(cell->costs[next].compared) - *figure;
    return true;
}

static struct grid grid_of(const struct chart *chart)
{
    struct grid g = {.x = &chart->result->study->wishes.x, .y = &chart->result->study->wishes.y};
    double most = 1, figure;
    for (size_t i = 0; i < g.x->n_values * g.y->n_values; i++)
        if (figure_of(chart, &chart->result->scenarios.cells[i], &figure))
            most = fmax(most, fabs(figure));
    g.margins = chart_axis(0, most, 5);
    return g;
}

static bool write_data(const struct chart *chart, const struct grid *g)
{
    struct output output = chart_data(chart, name);
    output_format(&output, "x\ty\tnumber\tfigure\tx_value\ty_value\tcheapest\n");
    for (size_t y = 0; y < g->y->n_values; y++)
        for (size_t x = 0; x < g->x->n_values; x++) {
            double figure = 0;
            const struct scenario *cell = cell_at(chart, g, x, y);
            int cheapest = scenario_cheapest(cell, chart->result->n_strategies);
            struct str of_x = chart_cell(chart->arena, g->x->values[x].text),
                       of_y = chart_cell(chart->arena, g->y->values[y].text),
                       who = cheapest < 0 ? STR("not ranked")
                                          : chart_cell(chart->arena,
                                                       chart->result->strategies[cheapest].strategy->name);
            figure_of(chart, cell, &figure);
            output_format(&output, "%zu\t%zu\t%zu\t%.2f\t%.*s\t%.*s\t%.*s\n", x + 1, y + 1,
                          number_of(chart, cell), figure, STR_ARGS(of_x), STR_ARGS(of_y), STR_ARGS(who));
        }
    return output_close(&output);
}

static struct chart_heading heading_of(const struct chart *chart, const struct grid *g)
{
    struct arena *arena = chart->arena;
    const struct study *study = chart->result->study;
    struct str horizon = chart_horizon(arena, study), currency = chart_clean(arena, study->currency),
               x = chart_name(arena, g->x->name, 40), y = chart_name(arena, g->y->name, 40),
               origin = chart_origin(arena, chart->result, chart->version),
               compared = chart_compared_cost(arena, study);
    const char *what = chart->result->n_strategies == 1 ? "Compared cost"
                                                        : "Cheapest strategy and its margin to the next",
               *scope = chart_scope(chart->result)[0] == '\0'
                            ? ""
                            : " Strategies count different components: costs are of what is counted.";
    return (struct chart_heading){
        what_if_finding(arena, chart->result),
        str_format(arena, "%s over %.*s, %s%.*s. Across: %.*s; upwards: %.*s", what, STR_ARGS(horizon),
                   g->margins.name, STR_ARGS(currency), STR_ARGS(x), STR_ARGS(y)),
        str_format(arena, "%.*s Compared cost is %.*s.%s", STR_ARGS(origin), STR_ARGS(compared), scope)};
}

/* ---- around the grid ---- */

/* The strategies that cost least somewhere; returns the height that their names take. */
static double write_legend(struct output *output, const struct chart *chart, struct chart_box room)
{
    double x = room.left, y = room.top - 8;
    for (size_t i = 0; i < chart->n_series; i++) {
        size_t wins = what_if_wins(chart->result, (int)(chart->series[i].result - chart->result->strategies));
        if (wins == 0)
            continue;
        struct chart_label label = {
            .size = LEGEND_SIZE,
            .colour = str_format(chart->arena, "TXT[%zu]", i + 1),
            .bold = str_format(chart->arena, "\xE2\x96\xA0 %.*s", STR_ARGS(chart->series[i].name)),
            .plain = str_format(chart->arena, CHART_GAP "in %zu", wins)};
        double width = chart_label_width(&label);
        if (x > room.left && x + width > room.right) {
            x = room.left;
            y -= LEGEND_LINE;
        }
        label.x = x;
        label.y = y;
        chart_write_label(output, label);
        x += width + LEGEND_GAP;
    }
    return room.top - y + LEGEND_LINE / 2;
}

static struct str value_text(const struct chart *chart, const struct scenario_value *value, double width)
{
    return chart_fit(chart->arena, chart_clean(chart->arena, value->text), CHART_PLAIN, VALUE_SIZE, width);
}

static double widest_value(const struct chart *chart, const struct scenario_change *axis)
{
    double widest = 0;
    for (size_t i = 0; i < axis->n_values; i++)
        widest = fmax(widest, chart_text_width(value_text(chart, &axis->values[i], WIDEST_VALUE), CHART_PLAIN,
                                               VALUE_SIZE));
    return widest;
}

/* Every how many values there is room for a label. */
static size_t label_every(double size, double room_each)
{
    return room_each >= size ? 1 : (size_t)ceil(size / room_each);
}

static void write_values(struct output *output, const struct chart *chart, const struct grid *g)
{
    double width = (g->box.right - g->box.left) / (double)g->x->n_values,
           height = (g->box.top - g->box.bottom) / (double)g->y->n_values;
    double fits = width - 6 > WIDEST_VALUE / 2 ? width - 6 : WIDEST_VALUE / 2;
    size_t every_x = label_every(fmin(widest_value(chart, g->x), fits) + 6, width),
           every_y = label_every(FIGURE_HEIGHT + 2, height);
    for (size_t i = 0; i < g->x->n_values; i += every_x)
        chart_write_label(output, (struct chart_label){.x = g->box.left + width * ((double)i + 0.5),
                                                       .y = g->box.bottom - 12,
                                                       .align = CHART_CENTER,
                                                       .size = VALUE_SIZE,
                                                       .colour = STR("C_INK"),
                                                       .plain = value_text(chart, &g->x->values[i], fits)});
    for (size_t i = 0; i < g->y->n_values; i += every_y)
        chart_write_label(output,
                          (struct chart_label){.x = g->box.left - 8,
                                               .y = g->box.bottom + height * ((double)i + 0.5),
                                               .align = CHART_RIGHT,
                                               .size = VALUE_SIZE,
                                               .colour = STR("C_INK"),
                                               .plain = value_text(chart, &g->y->values[i], WIDEST_VALUE)});
}

/* ---- in it ---- */

static struct chart_label cell_label(const struct chart *chart, const struct grid *g, size_t x, size_t y)
{
    double figure;
    const struct scenario *cell = cell_at(chart, g, x, y);
    size_t number = number_of(chart, cell);
    struct chart_label label = {.align = CHART_CENTER, .size = FIGURE_SIZE, .colour = STR("C_INK")};
    if (number > 0)
        label.colour = str_format(chart->arena, "TXT[%zu]", number);
    label.bold = figure_of(chart, cell, &figure) ? chart_axis_figure(chart->arena, &g->margins, figure)
                                                 : STR("not ranked");
    return label;
}

/* The strategy of a cell, below its margin. */
static struct chart_label name_label(const struct chart *chart, const struct grid *g, size_t x, size_t y)
{
    size_t number = number_of(chart, cell_at(chart, g, x, y));
    struct chart_label label = {.align = CHART_CENTER, .size = NAME_SIZE, .colour = STR("C_INK")};
    if (number > 0) {
        label.colour = str_format(chart->arena, "TXT[%zu]", number);
        label.plain = chart->series[number - 1].name;
    }
    return label;
}

/* Do names fit in all cells of a grid that takes the room? A cell without a name needs the legend. */
static bool names_fit(const struct chart *chart, const struct grid *g, struct chart_box room)
{
    double width = (room.right - room.left) / (double)g->x->n_values,
           height = (room.top - room.bottom) / (double)g->y->n_values;
    for (size_t y = 0; y < g->y->n_values; y++)
        for (size_t x = 0; x < g->x->n_values; x++) {
            struct chart_label label = name_label(chart, g, x, y);
            if (label.plain.length == 0 || chart_label_width(&label) + 6 > width)
                return false;
        }
    return height >= 2.5 * FIGURE_HEIGHT;
}

/* All of them, or none where they would touch. */
static void write_figures(struct output *output, const struct chart *chart, const struct grid *g)
{
    double width = (g->box.right - g->box.left) / (double)g->x->n_values,
           height = (g->box.top - g->box.bottom) / (double)g->y->n_values, widest = 0;
    for (size_t y = 0; y < g->y->n_values; y++)
        for (size_t x = 0; x < g->x->n_values; x++) {
            struct chart_label label = cell_label(chart, g, x, y);
            widest = fmax(widest, chart_label_width(&label));
        }
    if (widest + 2 > width || FIGURE_HEIGHT > height)
        return;
    for (size_t y = 0; y < g->y->n_values; y++)
        for (size_t x = 0; x < g->x->n_values; x++) {
            struct chart_label label = cell_label(chart, g, x, y);
            label.x = g->box.left + width * ((double)x + 0.5);
            label.y = g->box.bottom + height * ((double)y + 0.5) + (g->named ? NAME_RISE : 0);
            chart_write_label(output, label);
            if (!g->named)
                continue;
            struct chart_label who = name_label(chart, g, x, y);
            who.x = label.x;
            who.y = label.y - 2 * NAME_RISE;
            chart_write_label(output, who);
        }
}

bool chart_what_if_is_wanted(const struct result *result)
{
    return has_what_if(result);
}

bool chart_what_if(const struct chart *chart)
{
    struct grid g = grid_of(chart);
    if (!write_data(chart, &g))
        return false;
    struct output output = chart_script(chart, name);
    struct chart_box room = chart_write_plain_heading(&output, chart, heading_of(chart, &g));
    g.box = (struct chart_box){room.left + widest_value(chart, g.y) + 16, room.bottom + 26, room.right - 6,
                               room.top};
    g.named = names_fit(chart, &g, g.box);
    if (!g.named)
        g.box.top -= write_legend(&output, chart, room);
    chart_write_frame(&output, g.box);
    output_format(&output,
                  "set xrange [0.5:%zu.5]\nset yrange [0.5:%zu.5]\nunset xtics; unset ytics; unset border; "
                  "unset grid\n",
                  g.x->n_values, g.y->n_values);
    write_values(&output, chart, &g);
    write_figures(&output, chart, &g);
    output_format(&output,
                  "plot '%s.tsv' using 1:2:($1 - 0.5):($1 + 0.5):($2 - 0.5):($2 + 0.5):($3 > 0 ? "
                  "TINT[int($3)] : C_SHADE) with boxxyerror fs solid 1 noborder lc rgb variable, \\\n"
                  "  '' using 1:2:($1 - 0.5):($1 + 0.5):($2 - 0.5):($2 + 0.5) with boxxyerror fs empty "
                  "lc rgb 'white' lw 1.5\nunset output\n",
                  name);
    return output_close(&output);
}
