#include <math.h>

#include "base/arena.h"
#include "model/burst.h"
#include "report/chart.h"
#include "report/chart_axis.h"
#include "report/chart_facts.h"
#include "report/chart_panels.h"
#include "report/chart_style.h"
#include "report/chart_text.h"

static const char name[] = "02_burst";

/* More points than this across the chart cannot be told apart. */
enum { MOST_POINTS = 2400, SHORT_WINDOW = 3 * DAY_SECONDS };

struct window {
    int64_t from, step, start; /* time 0 of the axis is `start` */
    int n_steps;
    const struct burst *burst; /* that the window is about; NULL: the begin of the study */
    bool known_start;          /* `start` is that of the burst */
    int64_t unit;              /* of the axis: a day or an hour */
    int each;                  /* steps that share a point of the drawing */
};

/* One strategy's panel. */
struct panel {
    struct chart_panel on;
    double short_hours;
};

static const struct burst *shown_burst(const struct result *result)
{
    const struct workload *workload = &result->study->workload;
    for (size_t i = 0; i < workload->n_bursts; i++)
        if (str_equal(workload->bursts[i].name, result->burst_name))
            return &workload->bursts[i];
    return NULL;
}

/* The start of the burst within the window; the window's own where there is none. */
static int64_t shown_start(const struct result *result, const struct burst *burst, bool *known)
{
    *known = false;
    for (int n = 0; burst != NULL && !*known; n++) {
        int64_t start = burst_start(burst, n, result->burst_to_seconds);
        if (start == INT64_MAX)
            break;
        *known = start >= result->burst_from_seconds;
        if (*known)
            return start;
    }
    return result->burst_from_seconds;
}

static struct window window_of(const struct result *result, int n_columns)
{
    int most = MOST_POINTS / n_columns;
    struct window window = {.from = result->burst_from_seconds, .step = result->demand.step_seconds};
    int64_t length = result->burst_to_seconds - window.from;
    if (window.step <= 0)
        window.step = DAY_SECONDS;
    window.n_steps = length > 0 ? (int)((length + window.step - 1) / window.step) : 0;
    window.each = window.n_steps > most ? (window.n_steps + most - 1) / most : 1;
    window.burst = shown_burst(result);
    window.start = shown_start(result, window.burst, &window.known_start);
    window.unit = length < SHORT_WINDOW ? HOUR_SECONDS : DAY_SECONDS;
    return window;
}

static double need_at(const struct demand *demand, int64_t at)
{
    if (demand->step_seconds <= 0 || at < demand->start_seconds)
        return 0;
    int64_t i = (at - demand->start_seconds) / demand->step_seconds;
    return i < demand->n_steps ? demand->servers[i] : 0;
}

static double in_service_at(const struct burst_view *view, int64_t at)
{
    if (view->step_seconds <= 0 || at < view->from_seconds)
        return 0;
    int64_t i = (at - view->from_seconds) / view->step_seconds;
    return i < view->n_steps ? view->in_service[i] : 0;
}

/* Column 0 is the need, then a column per strategy. */
static double value_at(const struct chart *chart, size_t column, int64_t at)
{
    return column == 0 ? need_at(&chart->result->demand, at)
                       : in_service_at(&chart->series[column - 1].result->burst, at);
}

static double shortfall_at(const struct chart *chart, size_t series, int64_t at)
{
    return fmax(0, value_at(chart, 0, at) - value_at(chart, series + 1, at));
}

/* As simulated: what is short for a part of a step cannot be seen in its average. */
static double short_hours(const struct chart *chart, size_t series)
{
    const struct burst_view *view = &chart->series[series].result->burst;
    double sum = 0;
    for (int32_t i = 0; i < view->n_steps; i++)
        sum += (double)view->shortfall[i];
    return sum / HOUR_SECONDS;
}

/* Of the steps that share a point, the one with the largest shortfall over all strategies, then the
 * largest need: a point is always a step that happened. */
static int64_t telling_step(const struct chart *chart, const struct window *window, int first, int n)
{
    int64_t best_at = window->from + first * window->step;
    double best = -1, best_need = -1;
    for (int i = first; n > 1 && i < first + n && i < window->n_steps; i++) {
        int64_t at = window->from + i * window->step;
        double missing = 0, need = value_at(chart, 0, at);
        for (size_t s = 0; s < chart->n_series; s++)
            missing += shortfall_at(chart, s, at);
        if (missing > best || (missing >= best && need > best_need)) {
            best = missing;
            best_need = need;
            best_at = at;
        }
    }
    return best_at;
}

static void write_row(struct output *output, const struct window *window, int64_t at, const double *values,
                      size_t n)
{
    output_format(output, "%.8g", (double)(at - window->start) / (double)window->unit);
    for (size_t i = 0; i < n; i++)
        output_format(output, "\t%.10g", values[i]);
    output_format(output, "\n");
}

/* Stairs: wherever anything changes, a row with the old values and a row with the new. */
static void write_stairs(struct output *output, const struct chart *chart, const struct window *window)
{
    size_t n = chart->n_series + 1;
    double *old = ARENA_NEW(chart->arena, double, n), *new = ARENA_NEW(chart->arena, double, n);
    for (int i = 0; i < window->n_steps; i += window->each) {
        int64_t at = window->from + i * window->step, telling = telling_step(chart, window, i, window->each);
        bool changed = i == 0;
        for (size_t k = 0; k < n; k++) {
            new[k] = value_at(chart, k, telling);
            changed = changed || fabs(new[k] - old[k]) > 1e-9;
        }
        if (changed && i > 0)
            write_row(output, window, at, old, n);
        if (changed)
            write_row(output, window, at, new, n);
        for (size_t k = 0; changed && k < n; k++)
            old[k] = new[k];
    }
    write_row(output, window, window->from + window->n_steps * window->step, old, n);
}

static bool write_data(const struct chart *chart, const struct window *window)
{
    struct output output = chart_data(chart, name);
    output_format(&output, "%s\tneed", window->unit == HOUR_SECONDS ? "hours" : "days");
    for (size_t i = 0; i < chart->n_series; i++)
        output_format(&output, "\t%.*s",
                      STR_ARGS(chart_cell(chart->arena, chart->series[i].result->strategy->name)));
    output_format(&output, "\n");
    write_stairs(&output, chart, window);
    return output_close(&output);
}

/* What the window shows, and no more: of a burst that comes back one year, without bursts the first days. */
static struct str burst_text(const struct chart *chart, const struct window *window)
{
    struct arena *arena = chart->arena;
    const struct study *study = chart->result->study;
    double days = ceil((double)(chart->result->burst_to_seconds - window->from) / DAY_SECONDS);
    if (window->burst == NULL && window->from <= study->start_seconds &&
        chart->result->burst_to_seconds >= study->end_seconds)
        return STR("the whole need");
    if (window->burst == NULL)
        return str_format(arena, "the need of the first %.*s days", STR_ARGS(chart_number(arena, days, 0)));
    struct str burst = chart_clean(arena, window->burst->name);
    burst = burst.length > 0 ? chart_name(arena, burst, CHART_NAME) : STR("the peak");
    bool comes_back = burst_start(window->burst, 1, study->end_seconds) != INT64_MAX;
    return comes_back && window->known_start
               ? str_format(arena, "%.*s of %d", STR_ARGS(burst), date_of(window->start).year)
               : burst;
}

static struct str title_of(const struct chart *chart, const struct window *window, const struct panel *panels)
{
    struct arena *arena = chart->arena;
    struct str burst = burst_text(chart, window);
    size_t n_met = 0, n = chart->n_series;
    for (size_t i = 0; i < n; i++)
        n_met += panels[i].short_hours <= 0;
    if (n == 1 && n_met == 1)
        return str_format(arena, "%.*s meets %.*s without shortfall", STR_ARGS(chart->series[0].name),
                          STR_ARGS(burst));
    if (n == 1)
        return str_format(arena, "%.*s falls short in %.*s", STR_ARGS(chart->series[0].name),
                          STR_ARGS(burst));
    if (n_met == n)
        return str_format(arena, "Every strategy meets %.*s without shortfall", STR_ARGS(burst));
    if (n_met == 0)
        return str_format(arena, "No strategy meets %.*s without shortfall", STR_ARGS(burst));
    return str_format(arena, "%zu of %zu strategies meet%s %.*s without shortfall", n_met, n,
                      n_met == 1 ? "s" : "", STR_ARGS(burst));
}

static struct chart_heading heading_of(const struct chart *chart, const struct window *window,
                                       const struct panel *panels, const struct chart_axis *axis)
{
    struct arena *arena = chart->arena;
    const struct result *result = chart->result;
    struct str size =
        str_format(arena, "%.*s server%s", STR_ARGS(chart_number(arena, (double)result->burst_servers, 0)),
                   result->burst_servers == 1 ? "" : "s");
    struct str first = date_text(arena, window->from), last = date_text(arena, result->burst_to_seconds);
    struct str origin = chart_origin(arena, result, chart->version);
    struct str thinned =
        window->each == 1 ? STR("") : str_format(arena, " Drawn: the worst of %d steps.", window->each);
    return (struct chart_heading){
        title_of(chart, window, panels),
        str_format(
            arena, "Servers needed (black line) and in service (area)%s%.*s; hatched: short of the need",
            axis->unit > 1 ? ", in " : "", STR_ARGS(axis->unit > 1 ? str_trim(str_of(axis->name)) : STR(""))),
        str_format(
            arena,
            "%.*s %s %.*s. In service: average of a step. Shortfall, second by second: %.*s to %.*s.%.*s",
            STR_ARGS(origin), window->burst != NULL ? "Burst of" : "Peak need of the study:", STR_ARGS(size),
            STR_ARGS(first), STR_ARGS(last), STR_ARGS(thinned))};
}

static struct chart_axis servers_axis(const struct chart *chart, const struct window *window, int n_steps)
{
    double most = 0;
    for (int i = 0; i < window->n_steps; i++)
        for (size_t k = 0; k <= chart->n_series; k++)
            most = fmax(most, value_at(chart, k, window->from + i * window->step));
    struct chart_axis axis = chart_axis(0, most, n_steps);
    if (most > 0)
        axis.high = most * 1.06; /* panels are low: no room to waste */
    return axis;
}

static void lay_out(const struct chart *chart, struct panel *panels, struct chart_box room,
                    const struct chart_axis *axis)
{
    struct chart_panel *places = ARENA_NEW(chart->arena, struct chart_panel, chart->n_series);
    chart_panels_lay_out(places, chart->n_series, room, chart_axis_label_width(chart->arena, axis));
    for (size_t i = 0; i < chart->n_series; i++)
        panels[i].on = places[i];
}

/* Every name in its colour, and below it what is missing. */
static void write_panel_header(struct output *output, const struct chart *chart, const struct panel *panel,
                               size_t i)
{
    bool met = panel->short_hours <= 0;
    struct str figure = panel->short_hours < 0.05
                            ? STR("under 0.1")
                            : chart_number(chart->arena, panel->short_hours, panel->short_hours < 10 ? 1 : 0);
    chart_panel_header(output, chart, &panel->on, i, met ? STR("") : figure,
                       met ? STR("need met") : STR(CHART_GAP "server-hours short"));
}

static void write_axis_name(struct output *output, const struct chart *chart, const struct window *window,
                            double y)
{
    struct str day = date_text(chart->arena, window->start);
    struct str text = str_format(chart->arena, "%s %s %.*s", window->unit == HOUR_SECONDS ? "hours" : "days",
                                 window->known_start ? "after the burst starts on" : "from", STR_ARGS(day));
    chart_write_label(output, (struct chart_label){.x = CHART_WIDTH - 10,
                                                   .y = y,
                                                   .align = CHART_RIGHT,
                                                   .size = 85,
                                                   .colour = STR("C_MUTE"),
                                                   .plain = text});
}

static double time_step(const struct window *window, double least)
{
    static const double hours[] = {1, 2, 3, 6, 12, 24}, days[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
    const double *steps = window->unit == HOUR_SECONDS ? hours : days;
    size_t n = window->unit == HOUR_SECONDS ? sizeof hours / sizeof *hours : sizeof days / sizeof *days,
           i = 0;
    while (i + 1 < n && steps[i] < least)
        i++;
    return steps[i];
}

static void write_time_axis(struct output *output, const struct window *window, const struct panel *panel)
{
    double from = (double)(window->from - window->start) / (double)window->unit;
    double to = from + (double)window->n_steps * (double)window->step / (double)window->unit;
    if (to <= from)
        to = from + 1;
    double step = time_step(window, (to - from) * 36 / (panel->on.box.right - panel->on.box.left));
    output_format(output, "set xrange [%.8g:%.8g]\nset xtics %.10g, %.10g format \"%s\"\n", from, to,
                  ceil(from / step) * step + 0.0, step, panel->on.lowest ? "%.0f" : "");
}

static void write_panel(struct output *output, const struct window *window, const struct panel *panel,
                        const struct chart_axis *axis, size_t i)
{
    size_t column = i + 3;
    chart_write_frame(output, panel->on.box);
    chart_axis_write(output, 'y', axis, !panel->on.leftmost);
    write_time_axis(output, window, panel);
    output_format(output,
                  "plot '%s.tsv' using 1:%zu with filledcurves y=0 fs solid 1 noborder lc rgb TINT[%zu]",
                  name, column, i + 1);
    if (panel->short_hours > 0)
        output_format(output,
                      ", \\\n  '' using 1:($%zu < $2 ? $%zu : $2):2 with filledcurves fs pattern 4 noborder "
                      "lc rgb C_SHORT",
                      column, column);
    output_format(output,
                  ", \\\n  '' using 1:%zu with lines lc rgb COL[%zu] lw 1.4, \\\n  '' using 1:2 with lines "
                  "lc rgb C_INK lw 1.1\n",
                  column, i + 1);
}

static bool write_script(const struct chart *chart, const struct window *window)
{
    struct panel *panels = ARENA_NEW(chart->arena, struct panel, chart->n_series);
    for (size_t i = 0; i < chart->n_series; i++)
        panels[i].short_hours = short_hours(chart, i);
    struct chart_axis axis = servers_axis(chart, window, chart->n_series <= 2 ? 6 : 3);
    struct output output = chart_script(chart, name);
    struct chart_box room = chart_write_heading(&output, chart, heading_of(chart, window, panels, &axis));
    lay_out(chart, panels, room, &axis);
    for (size_t i = 0; i < chart->n_series; i++)
        write_panel_header(&output, chart, &panels[i], i);
    write_axis_name(&output, chart, window, room.bottom + 7);
    output_format(&output, "set multiplot\n");
    for (size_t i = 0; i < chart->n_series; i++) {
        write_panel(&output, window, &panels[i], &axis, i);
        if (i == 0)
            output_format(&output, "unset label\n");
    }
    output_format(&output, "unset multiplot\nunset output\n");
    return output_close(&output);
}

bool chart_burst(const struct chart *chart)
{
    struct window window = window_of(chart->result, chart_panel_columns(chart->n_series));
    return write_data(chart, &window) && write_script(chart, &window);
}
