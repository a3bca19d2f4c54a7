#include <math.h>

#include "base/arena.h"
#include "report/chart.h"
#include "report/chart_axis.h"
#include "report/chart_facts.h"
#include "report/chart_style.h"
#include "report/chart_text.h"

static const char name[] = "03_lead_time";

enum { NAME_SIZE = 90 };
#define SECOND (1.0 / 3600)
#define MINUTE (1.0 / 60)
#define YEAR 8760.0

struct extent {
    size_t n_possible;
    double least, most;                           /* over all_low and all_high */
    const struct chart_series *fastest, *slowest; /* by median */
};

static const struct lead_time *lead_time_of(const struct chart *chart, size_t i)
{
    return &chart->series[i].result->lead_time;
}

static struct extent extent_of(const struct chart *chart)
{
    struct extent e = {0, INFINITY, 0, NULL, NULL};
    for (size_t i = 0; i < chart->n_series; i++) {
        const struct lead_time *time = lead_time_of(chart, i);
        if (!time->possible)
            continue;
        e.n_possible++;
        e.least = fmin(e.least, fmin(time->all_low, time->p10));
        e.most = fmax(e.most, fmax(time->all_high, time->p90));
        if (e.fastest == NULL || time->p50 < e.fastest->result->lead_time.p50)
            e.fastest = &chart->series[i];
        if (e.slowest == NULL || time->p50 > e.slowest->result->lead_time.p50)
            e.slowest = &chart->series[i];
    }
    return e;
}

static bool write_data(const struct chart *chart)
{
    struct output output = chart_data(chart, name);
    output_format(&output, "row\tall_low_hours\tp10_hours\tp50_hours\tp90_hours\tall_high_hours\tstrategy\n");
    for (size_t i = 0; i < chart->n_series; i++) {
        const struct lead_time *t = lead_time_of(chart, i);
        struct str cell = chart_cell(chart->arena, chart->series[i].result->strategy->name);
        if (t->possible)
            output_format(&output, "%zu\t%.8g\t%.8g\t%.8g\t%.8g\t%.8g\t%.*s\n", i + 1, t->all_low, t->p10,
                          t->p50, t->p90, t->all_high, STR_ARGS(cell));
        else
            output_format(&output, "%zu\tnever\tnever\tnever\tnever\tnever\t%.*s\n", i + 1, STR_ARGS(cell));
    }
    return output_close(&output);
}

/* From a minute to a year, or as far as it takes; below a minute is what comes at once. */
static struct chart_log_axis axis_of(const struct extent *extent)
{
    bool at_once = extent->least <= 0;
    struct chart_log_axis axis =
        chart_log_axis(at_once ? SECOND : fmin(MINUTE, extent->least), fmax(YEAR, extent->most));
    axis.low_is_at_once = at_once;
    return axis;
}

static struct str title_of(const struct chart *chart, const struct extent *e)
{
    struct arena *arena = chart->arena;
    struct str servers = chart_number(arena, (double)chart->result->burst_servers, 0);
    size_t n_never = chart->n_series - e->n_possible;
    if (chart->result->burst_servers == 0)
        return STR("No servers are needed: nothing has a lead time");
    if (e->n_possible == 0)
        return str_format(arena, "No strategy can serve %.*s servers unannounced", STR_ARGS(servers));
    struct str fastest = chart_hours(arena, e->fastest->result->lead_time.p50);
    struct str slowest = chart_hours(arena, e->slowest->result->lead_time.p50);
    struct str title = str_format(arena, "Lead time of %.*s unannounced servers: %.*s", STR_ARGS(servers),
                                  STR_ARGS(fastest));
    if (!str_equal(fastest, slowest))
        title = str_format(arena, "%.*s (%.*s) to %.*s (%.*s)", STR_ARGS(title), STR_ARGS(e->fastest->name),
                           STR_ARGS(slowest), STR_ARGS(e->slowest->name));
    else if (n_never == 0 && chart->n_series > 1)
        title = str_format(arena, "%.*s with every strategy", STR_ARGS(title));
    if (n_never == 0)
        return title;
    return str_format(arena, "%.*s; %zu of %zu never get%s there", STR_ARGS(title), n_never, chart->n_series,
                      n_never == 1 ? "s" : "");
}

static struct chart_heading heading_of(const struct chart *chart, const struct extent *extent)
{
    struct str origin = chart_origin(chart->arena, chart->result, chart->version);
    return (struct chart_heading){
        title_of(chart, extent),
        STR("From decision to last reference server in service: bar P10 to P90, line all-low to all-high, "
            "dot and "
            "figure median"),
        str_format(chart->arena, "%.*s Time on a logarithmic scale.", STR_ARGS(origin))};
}

static double x_of(struct chart_box box, const struct chart_log_axis *axis, double hours)
{
    return box.left + chart_log_axis_at(axis, hours) * (box.right - box.left);
}

/* At the left a strategy's name, beyond its bar its median. */
static void write_row(struct output *output, const struct chart *chart, struct chart_box box,
                      const struct chart_log_axis *axis, size_t i)
{
    const struct lead_time *time = lead_time_of(chart, i);
    double height = (box.top - box.bottom) / (double)chart->n_series;
    double y = box.top - height * ((double)i + 0.5);
    struct str colour = str_format(chart->arena, "TXT[%zu]", i + 1);
    chart_write_label(output, (struct chart_label){.x = box.left - 12,
                                                   .y = y,
                                                   .align = CHART_RIGHT,
                                                   .size = NAME_SIZE,
                                                   .colour = colour,
                                                   .plain = chart->series[i].name});
    double end = time->possible ? x_of(box, axis, fmax(time->p90, time->all_high)) + 9 : box.left + 6;
    struct str figure = time->possible ? chart_hours(chart->arena, time->p50) : STR("never: not reachable");
    chart_write_label(output, (struct chart_label){.x = end,
                                                   .y = y,
                                                   .size = NAME_SIZE,
                                                   .colour = time->possible ? STR("C_INK") : STR("C_MUTE"),
                                                   .plain = figure});
}

static struct chart_box lay_out(const struct chart *chart, struct chart_box room)
{
    double widest = 0;
    for (size_t i = 0; i < chart->n_series; i++)
        widest = fmax(widest, chart_text_width(chart->series[i].name, CHART_PLAIN, NAME_SIZE));
    return (struct chart_box){room.left + widest + 14, room.bottom + 26, room.right - 70, room.top};
}

/* In rows: a quarter of one, unless that would be very thick. */
static double bar_half(const struct chart *chart, struct chart_box box)
{
    const double most = 16;
    return fmin(0.26, most * (double)chart->n_series / (box.top - box.bottom));
}

static void write_plot(struct output *output, size_t n_possible)
{
    if (n_possible == 0) {
        output_format(output, "plot NaN\nunset output\n");
        return;
    }
    output_format(
        output,
        "# what is at once, or faster than the axis, is drawn at its left end\n"
        "X(h) = h < LOW ? LOW : h\n"
        "plot '%s.tsv' using (X($2)):1:(X($6) - X($2)):(0):(COL[int($1)]) with vectors nohead lw 1.2 lc rgb "
        "variable, \\\n"
        "  '' using (X($4)):1:(X($3)):(X($5)):($1 - HALF):($1 + HALF):(TINT[int($1)]) with boxxyerror fs "
        "solid 1 noborder"
        " lc rgb variable, \\\n"
        "  '' using (X($4)):1:(X($3)):(X($5)):($1 - HALF):($1 + HALF):(COL[int($1)]) with boxxyerror fs "
        "solid 0.4 noborder"
        " lc rgb variable, \\\n"
        "  '' using (X($4)):1 with points pt 7 ps 1.7*PK lc rgb 'white', \\\n"
        "  '' using (X($4)):1:(COL[int($1)]) with points pt 7 ps 1.2*PK lc rgb variable\nunset output\n",
        name);
}

bool chart_lead_time(const struct chart *chart)
{
    if (!write_data(chart))
        return false;
    struct extent extent = extent_of(chart);
    struct chart_log_axis axis = axis_of(&extent);
    struct output output = chart_script(chart, name);
    struct chart_box box = lay_out(chart, chart_write_heading(&output, chart, heading_of(chart, &extent)));
    chart_write_frame(&output, box);
    chart_log_axis_write(&output, &axis, box.right - box.left, "");
    output_format(&output,
                  "LOW = %.10g\nset xrange [LOW:%.10g]\nset yrange [%zu.5:0.5]\nunset ytics; unset border\n"
                  "set grid xtics noytics ls 100\n"
                  "HALF = %.4g # of a bar's height\n",
                  axis.low, axis.high, chart->n_series, bar_half(chart, box));
    for (size_t i = 0; i < chart->n_series; i++)
        write_row(&output, chart, box, &axis, i);
    write_plot(&output, extent.n_possible);
    return output_close(&output);
}
