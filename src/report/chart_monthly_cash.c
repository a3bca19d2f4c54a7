#include <math.h>

#include "base/arena.h"
#include "report/chart.h"
#include "report/chart_axis.h"
#include "report/chart_facts.h"
#include "report/chart_panels.h"
#include "report/chart_style.h"
#include "report/chart_text.h"

static const char name[] = "06_monthly_cash";

/* A strategy's month of most cash, the first of several. */
static int peak_month(const struct chart *chart, size_t series)
{
    const struct month_result *months = chart->series[series].result->months;
    int peak = 0;
    for (int m = 1; m < chart->result->timeline.n_months; m++)
        if (months[m].billed > months[peak].billed)
            peak = m;
    return peak;
}

static money peak_cash(const struct chart *chart, size_t series)
{
    return chart->series[series].result->months[peak_month(chart, series)].billed;
}

static struct str peak_text(const struct chart *chart, size_t series)
{
    return chart_money(chart->arena, peak_cash(chart, series), chart->result->study->currency);
}

static void write_row(struct output *output, const struct chart *chart, int month, int64_t at)
{
    output_str(output, time_text(chart->arena, at));
    for (size_t i = 0; i < chart->n_series; i++) {
        money billed = chart->series[i].result->months[month].billed;
        output_format(output, "\t%.*s", STR_ARGS(money_text(chart->arena, billed, 2)));
    }
    output_format(output, "\n");
}

/* Every month has two rows, its begin and its end, so that a month is drawn as a block. */
static bool write_data(const struct chart *chart)
{
    const struct timeline *timeline = &chart->result->timeline;
    struct output output = chart_data(chart, name);
    output_format(&output, "time");
    for (size_t i = 0; i < chart->n_series; i++)
        output_format(&output, "\t%.*s",
                      STR_ARGS(chart_cell(chart->arena, chart->series[i].result->strategy->name)));
    output_format(&output, "\n");
    for (int m = 0; m < timeline->n_months; m++) {
        write_row(&output, chart, m, timeline->months[m].start_seconds);
        write_row(&output, chart, m, timeline->months[m].end_seconds);
    }
    return output_close(&output);
}

static struct str title_of(const struct chart *chart)
{
    struct arena *arena = chart->arena;
    size_t least = 0, most = 0;
    for (size_t i = 1; i < chart->n_series; i++) {
        if (peak_cash(chart, i) < peak_cash(chart, least))
            least = i;
        if (peak_cash(chart, i) > peak_cash(chart, most))
            most = i;
    }
    struct str low = peak_text(chart, least), high = peak_text(chart, most);
    if (chart->n_series == 1) {
        int64_t at = chart->result->timeline.months[peak_month(chart, 0)].start_seconds;
        return str_format(arena, "%.*s pays %.*s in its most costly month, %.*s",
                          STR_ARGS(chart->series[0].name), STR_ARGS(high), STR_ARGS(month_text(arena, at)));
    }
    if (str_equal(low, high))
        return str_format(arena, "The most costly month takes %.*s with every strategy", STR_ARGS(low));
    return str_format(arena, "The most costly month takes %.*s (%.*s) to %.*s (%.*s)", STR_ARGS(low),
                      STR_ARGS(chart->series[least].name), STR_ARGS(high),
                      STR_ARGS(chart->series[most].name));
}

static struct chart_heading heading_of(const struct chart *chart, const struct chart_axis *axis)
{
    struct arena *arena = chart->arena;
    struct str currency = chart_clean(arena, chart->result->study->currency);
    struct str origin = chart_origin(arena, chart->result, chart->version);
    return (struct chart_heading){
        title_of(chart),
        str_format(arena, "Billed cost of each month: cash on the day it falls due, %s%.*s", axis->name,
                   STR_ARGS(currency)),
        str_format(arena, "%.*s Cash is without horizon value and unmet cost.", STR_ARGS(origin))};
}

static struct chart_axis cash_axis(const struct chart *chart)
{
    double low = 0, high = 0;
    for (size_t i = 0; i < chart->n_series; i++)
        for (int m = 0; m < chart->result->timeline.n_months; m++) {
            double billed = money_as_double(chart->series[i].result->months[m].billed);
            low = fmin(low, billed);
            high = fmax(high, billed);
        }
    struct chart_axis axis = chart_axis(low, high, chart->n_series <= 2 ? 6 : 3);
    if (low >= 0 && high > 0)
        axis.high = high * 1.06; /* panels are low: no room to waste */
    return axis;
}

static void write_header(struct output *output, const struct chart *chart, const struct chart_panel *panel,
                         size_t i)
{
    const double width = panel->box.right - panel->box.left;
    int month = peak_month(chart, i);
    struct str at = month_text(chart->arena, chart->result->timeline.months[month].start_seconds);
    struct str figure = peak_text(chart, i),
               when = str_format(chart->arena, CHART_GAP "in %.*s", STR_ARGS(at));
    struct chart_label label = {.size = 80, .bold = figure, .plain = when};
    if (peak_cash(chart, i) <= 0) {
        figure = STR("");
        when = STR("nothing to pay");
    } else if (chart_label_width(&label) > width) {
        figure = chart_fit(chart->arena, figure, CHART_BOLD, 80, width);
        when = STR("");
    }
    chart_panel_header(output, chart, panel, i, figure, when);
}

static void write_panel(struct output *output, const struct chart *chart, const struct chart_panel *panel,
                        const struct chart_axis *axis, size_t i)
{
    const struct timeline *timeline = &chart->result->timeline;
    chart_write_frame(output, panel->box);
    chart_axis_write(output, 'y', axis, !panel->leftmost);
    chart_time_axis_write(
        output, timeline->months[0].start_seconds, timeline->months[timeline->n_months - 1].end_seconds,
        panel->box.right - panel->box.left, panel->lowest ? CHART_TICS_WITHIN : CHART_TICS_BARE);
    output_format(output,
                  "plot '%s.tsv' using 1:%zu with filledcurves y=0 fs solid 1 noborder lc rgb TINT[%zu], \\\n"
                  "  '' using 1:%zu with lines lc rgb COL[%zu] lw 1.2\n",
                  name, i + 2, i + 1, i + 2, i + 1);
}

bool chart_monthly_cash(const struct chart *chart)
{
    if (!write_data(chart))
        return false;
    struct chart_panel *panels = ARENA_NEW(chart->arena, struct chart_panel, chart->n_series);
    struct chart_axis axis = cash_axis(chart);
    struct output output = chart_script(chart, name);
    struct chart_box room = chart_write_heading(&output, chart, heading_of(chart, &axis));
    chart_panels_lay_out(panels, chart->n_series, room, chart_axis_label_width(chart->arena, &axis));
    for (size_t i = 0; i < chart->n_series; i++)
        write_header(&output, chart, &panels[i], i);
    output_format(&output, "set multiplot\n");
    for (size_t i = 0; i < chart->n_series; i++) {
        write_panel(&output, chart, &panels[i], &axis, i);
        if (i == 0)
            output_format(&output, "unset label\n");
    }
    output_format(&output, "unset multiplot\nunset output\n");
    return output_close(&output);
}
