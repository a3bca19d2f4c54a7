#include <math.h>

#include "base/arena.h"
#include "report/chart.h"
#include "report/chart_axis.h"
#include "report/chart_facts.h"
#include "report/chart_style.h"
#include "report/chart_text.h"
#include "report/futures_facts.h"

static const char name[] = "09_futures";

enum { NAME_SIZE = 85, FIGURE_SIZE = 80, MOST_LINES = CHART_SERIES };
#define RANGE_HALF 0.10 /* of the height of a range, in lines */
#define KNOWN_HALF 0.22
#define TICK_HALF 0.24
#define WIDEST_NAME 190.0

/* The plans as drawn, from top to bottom. */
struct drawing {
    const struct strategy_result **plans;
    size_t n_plans, n_lines; /* of them, n_lines are shown */
    struct chart_axis axis;
    struct chart_box box;
};

static struct drawing drawing_of(const struct chart *chart)
{
    struct drawing d = {0};
    d.n_plans = futures_plans(chart->arena, chart->result, &d.plans);
    d.n_lines = d.n_plans < MOST_LINES ? d.n_plans : MOST_LINES;
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < d.n_lines; i++) {
        const struct in_futures *in = d.plans[i]->in_futures;
        low = fmin(low, money_as_double(in->expected_known));
        high = fmax(high, money_as_double(in->worst));
    }
    d.axis = chart_axis(low, high > low ? high : low + fmax(fabs(low) * 0.1, 1), 5);
    return d;
}

/* Number of a plan's strategy among the series, from 1; 0: it is none of them. */
static size_t number_of(const struct chart *chart, const struct strategy_result *plan)
{
    for (size_t i = 0; i < chart->n_series; i++)
        if (chart->series[i].result == plan)
            return i + 1;
    return 0;
}

static bool write_data(const struct chart *chart, const struct drawing *d)
{
    struct output output = chart_data(chart, name);
    output_format(&output, "line\tnumber\tif_known\texpected\tp95\tworst\tstrategy\n");
    for (size_t i = 0; i < d->n_lines; i++) {
        const struct in_futures *in = d->plans[i]->in_futures;
        struct str cell = chart_cell(chart->arena, d->plans[i]->strategy->name);
        output_format(&output, "%zu\t%zu\t%.2f\t%.2f\t%.2f\t%.2f\t%.*s\n", i + 1,
                      number_of(chart, d->plans[i]), money_as_double(in->expected_known),
                      money_as_double(in->expected), money_as_double(in->p95), money_as_double(in->worst),
                      STR_ARGS(cell));
    }
    return output_close(&output);
}

static struct chart_heading heading_of(const struct chart *chart, const struct drawing *d)
{
    struct arena *arena = chart->arena;
    struct str horizon = chart_horizon(arena, chart->result->study),
               currency = chart_clean(arena, chart->result->study->currency),
               origin = chart_origin(arena, chart->result, chart->version);
    struct str subtitle = str_format(
        arena, "Cost over %.*s in %lld futures, %s%.*s: expected (dot), 95th percentile (tick), worst (ring)",
        STR_ARGS(horizon), (long long)d->plans[0]->in_futures->n, d->axis.name, STR_ARGS(currency));
    struct str note = str_format(arena,
                                 "%.*s Light: what knowing each future beforehand would save. Cost of "
                                 "servers, on-demand and load lost.",
                                 STR_ARGS(origin));
    if (d->n_lines < d->n_plans)
        note = str_format(arena, "%.*s The %zu of %zu plans with the least expected cost.", STR_ARGS(note),
                          d->n_lines, d->n_plans);
    return (struct chart_heading){futures_in_words(arena, chart->result), subtitle, note};
}

static struct str name_of(const struct chart *chart, const struct strategy_result *plan)
{
    return chart_fit(chart->arena, chart_name(chart->arena, plan->strategy->name, CHART_NAME), CHART_PLAIN,
                     NAME_SIZE, WIDEST_NAME);
}

/* In the unit of the axis, with so many digits that plans which hardly differ are told apart. */
static struct str figure(const struct chart *chart, const struct drawing *d, money amount)
{
    double least = fabs(money_as_double(d->plans[0]->in_futures->expected)) / d->axis.unit;
    int places = 0;
    for (double digits = least; places < 4 && digits < 1000; digits *= 10)
        places++;
    return chart_number(chart->arena, money_as_double(amount) / d->axis.unit, places);
}

/* "1.190  p95 1.340, worst 1.620" */
static struct chart_label figures_of(const struct chart *chart, const struct drawing *d,
                                     const struct in_futures *in)
{
    struct str p95 = figure(chart, d, in->p95), worst = figure(chart, d, in->worst);
    return (struct chart_label){
        .size = FIGURE_SIZE,
        .colour = STR("C_INK"),
        .bold = figure(chart, d, in->expected),
        .plain = str_format(chart->arena, CHART_GAP "p95 %.*s, worst %.*s", STR_ARGS(p95), STR_ARGS(worst))};
}

static void lay_out(const struct chart *chart, struct drawing *d, struct chart_box room)
{
    double names = 0, figures = 0;
    for (size_t i = 0; i < d->n_lines; i++) {
        struct chart_label label = figures_of(chart, d, d->plans[i]->in_futures);
        names = fmax(names, chart_text_width(name_of(chart, d->plans[i]), CHART_PLAIN, NAME_SIZE));
        figures = fmax(figures, chart_label_width(&label));
    }
    d->box =
        (struct chart_box){room.left + names + 18, room.bottom + 26, room.right - figures - 20, room.top - 4};
}

static void write_labels(struct output *output, const struct chart *chart, const struct drawing *d, size_t i)
{
    double y = d->box.top - (d->box.top - d->box.bottom) / (double)d->n_lines * ((double)i + 0.5);
    size_t number = number_of(chart, d->plans[i]);
    struct str colour = number > 0 ? str_format(chart->arena, "TXT[%zu]", number) : STR("C_INK");
    chart_write_label(
        output,
        (struct chart_label){
            .x = 10, .y = y, .size = NAME_SIZE, .colour = colour, .plain = name_of(chart, d->plans[i])});
    struct chart_label figures = figures_of(chart, d, d->plans[i]->in_futures);
    figures.x = d->box.right + 14;
    figures.y = y;
    chart_write_label(output, figures);
}

static void write_plot(struct output *output)
{
    output_format(
        output,
        "DARK(n) = n > 0 ? COL[n] : C_MUTE\n"
        "LIGHT(n) = n > 0 ? TINT[n] : C_SHADE\n"
        "plot '%s.tsv' using 4:1:3:4:($1 - %.2f):($1 + %.2f):(LIGHT(int($2))) with boxxyerror fs solid "
        "1 noborder lc rgb variable, \\\n"
        "  '' using 4:1:4:6:($1 - %.2f):($1 + %.2f):(DARK(int($2))) with boxxyerror fs solid 1 "
        "noborder lc rgb variable, \\\n"
        "  '' using 5:($1 - %.2f):(0):(%.2f) with vectors nohead lc rgb C_INK lw 1.6, \\\n"
        "  '' using 6:1 with points pt 7 ps 1.1*PK lc rgb 'white', \\\n"
        "  '' using 6:1 with points pt 6 ps 1.1*PK lw 1.4 lc rgb C_INK, \\\n"
        "  '' using 4:1 with points pt 7 ps 1.2*PK lc rgb C_INK\n"
        "unset output\n",
        name, KNOWN_HALF, KNOWN_HALF, RANGE_HALF, RANGE_HALF, TICK_HALF, 2 * TICK_HALF);
}

bool chart_futures_is_wanted(const struct result *result)
{
    return has_futures(result);
}

bool chart_futures(const struct chart *chart)
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
                  d.n_lines);
    for (size_t i = 0; i < d.n_lines; i++)
        write_labels(&output, chart, &d, i);
    write_plot(&output);
    return output_close(&output);
}
