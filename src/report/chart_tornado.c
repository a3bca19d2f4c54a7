#include <math.h>

#include "base/arena.h"
#include "report/chart.h"
#include "report/chart_axis.h"
#include "report/chart_facts.h"
#include "report/chart_style.h"
#include "report/chart_text.h"
#include "report/scenario_facts.h"

static const char name[] = "11_tornado";

enum { NAME_SIZE = 85, VALUE_SIZE = 75, MOST_BARS = 12 };
#define HALF 0.32         /* of a bar's height, in lines */
#define TALLEST_BAR 44.0  /* canvas units */
#define PLOT_HEIGHT 340.0 /* about */
#define WIDEST_NAME 190.0
#define WIDEST_VALUE 150.0
#define LABEL_GAP 6.0

/* The bars as drawn, from top to bottom. */
struct drawing {
    struct tornado tornado;
    size_t n_bars, number; /* bars shown; of the subject among the series, from 1; 0: it is none */
    double base, low, high;
    double half; /* of a bar's height, in lines */
    struct chart_axis axis;
    struct chart_box box;
};

/* Which half of its line an end takes: all of it, but where both ends lie on the same side. */
static void half_of(const struct drawing *d, const struct tornado_bar *bar, int end, double *top,
                    double *bottom)
{
    double low = money_as_double(bar->cost[SCENARIO_LOW]) - d->base,
           high = money_as_double(bar->cost[SCENARIO_HIGH]) - d->base;
    bool shared = (low > 0 && high > 0) || (low < 0 && high < 0);
    *top = shared && end == SCENARIO_HIGH ? 0 : -d->half;
    *bottom = shared && end == SCENARIO_LOW ? 0 : d->half;
}

static struct drawing drawing_of(const struct chart *chart)
{
    struct drawing d = {.tornado = tornado_of(chart->arena, chart->result)};
    d.n_bars = d.tornado.n_bars < MOST_BARS ? d.tornado.n_bars : MOST_BARS;
    d.half = fmin(HALF, TALLEST_BAR / 2 * (double)d.n_bars / PLOT_HEIGHT);
    d.base = d.low = d.high = money_as_double(d.tornado.subject->compared);
    for (size_t i = 0; i < d.n_bars; i++)
        for (int end = 0; end < N_SCENARIO_ENDS; end++) {
            d.low = fmin(d.low, money_as_double(d.tornado.bars[i].cost[end]));
            d.high = fmax(d.high, money_as_double(d.tornado.bars[i].cost[end]));
        }
    for (size_t i = 0; i < chart->n_series; i++)
        if (chart->series[i].result == d.tornado.subject)
            d.number = i + 1;
    if (d.high == d.low)
        d.high = d.low + fmax(fabs(d.low) * 0.1, 1);
    d.axis = chart_axis(d.low, d.high, 5);
    return d;
}

static bool write_data(const struct chart *chart, const struct drawing *d)
{
    struct output output = chart_data(chart, name);
    output_format(&output, "line\tend\tfrom\tto\ttop\tbottom\tchange\tvalue\n");
    for (size_t i = 0; i < d->n_bars; i++)
        for (int end = 0; end < N_SCENARIO_ENDS; end++) {
            const struct tornado_bar *bar = &d->tornado.bars[i];
            double top, bottom, line = (double)i + 1;
            half_of(d, bar, end, &top, &bottom);
            struct str change = chart_cell(chart->arena, bar->change->name),
                       value = chart_cell(chart->arena, bar->change->values[end].text);
            output_format(&output, "%zu\t%d\t%.2f\t%.2f\t%.2f\t%.2f\t%.*s\t%.*s\n", i + 1, end + 1, d->base,
                          money_as_double(bar->cost[end]), line + top, line + bottom, STR_ARGS(change),
                          STR_ARGS(value));
        }
    return output_close(&output);
}

static struct chart_heading heading_of(const struct chart *chart, const struct drawing *d)
{
    struct arena *arena = chart->arena;
    const struct study *study = chart->result->study;
    struct str horizon = chart_horizon(arena, study), currency = chart_clean(arena, study->currency),
               subject = chart_series_name(chart, d->tornado.subject),
               base = chart_money(arena, d->tornado.subject->compared, study->currency);
    struct str subtitle =
        str_format(arena, "Compared cost of %.*s over %.*s, %s%.*s; as studied %.*s (line)",
                   STR_ARGS(subject), STR_ARGS(horizon), d->axis.name, STR_ARGS(currency), STR_ARGS(base));
    if (d->n_bars < d->tornado.n_bars)
        subtitle = str_format(arena, "%.*s; the %zu widest of %zu", STR_ARGS(subtitle), d->n_bars,
                              d->tornado.n_bars);
    struct str origin = chart_origin(arena, chart->result, chart->version),
               compared = chart_compared_cost(arena, study);
    const char *scope = chart_scope(chart->result)[0] == '\0'
                            ? ""
                            : " Strategies count different components: costs are of what is counted.";
    return (struct chart_heading){
        tornado_finding(arena, chart->result, &d->tornado), subtitle,
        str_format(arena, "%.*s One value at a time; light: low, dark: high. Compared cost is %.*s.%s",
                   STR_ARGS(origin), STR_ARGS(compared), scope)};
}

/* "25 %", and who costs less there. */
static struct chart_label value_label(const struct chart *chart, const struct drawing *d,
                                      const struct tornado_bar *bar, int end)
{
    struct arena *arena = chart->arena;
    const struct strategy_result *winner = tornado_winner(chart->result, &d->tornado, bar, end);
    struct chart_label label = {.size = VALUE_SIZE, .colour = STR("C_INK")};
    label.bold = chart_fit(arena, chart_clean(arena, bar->change->values[end].text), CHART_BOLD, VALUE_SIZE,
                           winner == NULL ? WIDEST_VALUE : WIDEST_VALUE / 2);
    if (winner != NULL)
        label.plain = chart_fit(arena,
                                str_format(arena, CHART_GAP "%.*s costs less",
                                           STR_ARGS(chart_name(arena, winner->strategy->name, 16))),
                                CHART_PLAIN, VALUE_SIZE, WIDEST_VALUE);
    return label;
}

static bool is_left(const struct drawing *d, const struct tornado_bar *bar, int end)
{
    double cost = money_as_double(bar->cost[end]), other = money_as_double(bar->cost[1 - end]);
    return cost < d->base || (cost == d->base && (other > d->base || (other == d->base && end == 0)));
}

static struct str name_of(const struct chart *chart, const struct tornado_bar *bar)
{
    return chart_fit(chart->arena, chart_clean(chart->arena, bar->change->name), CHART_PLAIN, NAME_SIZE,
                     WIDEST_NAME);
}

/* Room for the names at the left, and for the values on both sides. */
static void lay_out(const struct chart *chart, struct drawing *d, struct chart_box room)
{
    double names = 0, left = 0, right = 0;
    for (size_t i = 0; i < d->n_bars; i++) {
        const struct tornado_bar *bar = &d->tornado.bars[i];
        names = fmax(names, chart_text_width(name_of(chart, bar), CHART_PLAIN, NAME_SIZE));
        for (int end = 0; end < N_SCENARIO_ENDS; end++) {
            struct chart_label label = value_label(chart, d, bar, end);
            double *side = is_left(d, bar, end) ? &left : &right;
            *side = fmax(*side, chart_label_width(&label));
        }
    }
    d->box = (struct chart_box){room.left + names + left + 2 * LABEL_GAP + 12, room.bottom + 26,
                                room.right - right - LABEL_GAP - 12, room.top - 4};
}

static double x_at(const struct drawing *d, double cost)
{
    return d->box.left + chart_axis_at(&d->axis, cost) * (d->box.right - d->box.left);
}

static void write_bar(struct output *output, const struct chart *chart, const struct drawing *d, size_t i)
{
    const struct tornado_bar *bar = &d->tornado.bars[i];
    double height = (d->box.top - d->box.bottom) / (double)d->n_bars,
           middle = d->box.top - height * ((double)i + 0.5);
    chart_write_label(
        output,
        (struct chart_label){
            .x = 10, .y = middle, .size = NAME_SIZE, .colour = STR("C_INK"), .plain = name_of(chart, bar)});
    for (int end = 0; end < N_SCENARIO_ENDS; end++) {
        double top, bottom;
        half_of(d, bar, end, &top, &bottom);
        struct chart_label label = value_label(chart, d, bar, end);
        bool left = is_left(d, bar, end);
        label.align = left ? CHART_RIGHT : CHART_LEFT;
        label.x = x_at(d, money_as_double(bar->cost[end])) + (left ? -LABEL_GAP : LABEL_GAP);
        label.y = middle - height * (top + bottom) / 2;
        chart_write_label(output, label);
    }
}

static void write_plot(struct output *output, const struct drawing *d)
{
    const char *light = d->number > 0 ? str_format(output->arena, "TINT[%zu]", d->number).at : "C_SHADE",
               *dark = d->number > 0 ? str_format(output->arena, "COL[%zu]", d->number).at : "C_MUTE";
    output_format(output,
                  "plot '%s.tsv' using 4:5:3:4:5:6:($2 == 1 ? %s : %s) with boxxyerror fs solid 1 border lc "
                  "rgb C_MUTE lc rgb variable\nunset output\n",
                  name, light, dark);
}

bool chart_tornado_is_wanted(const struct result *result)
{
    return has_sensitivity(result);
}

bool chart_tornado(const struct chart *chart)
{
    struct drawing d = drawing_of(chart);
    if (!write_data(chart, &d))
        return false;
    struct output output = chart_script(chart, name);
    lay_out(chart, &d, chart_write_plain_heading(&output, chart, heading_of(chart, &d)));
    chart_write_frame(&output, d.box);
    chart_axis_write(&output, 'x', &d.axis, false);
    output_format(&output,
                  "set yrange [%zu.5:0.5]\nunset ytics; unset border\nset grid xtics noytics ls 100\n",
                  d.n_bars);
    for (size_t i = 0; i < d.n_bars; i++)
        write_bar(&output, chart, &d, i);
    chart_write_line(&output, x_at(&d, d.base), d.box.bottom, x_at(&d, d.base), d.box.top,
                     "lc rgb C_INK lw 1 front");
    write_plot(&output, &d);
    return output_close(&output);
}
