#include <errno.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "report/chart.h"
#include "report/chart_gnuplot.h"
#include "report/chart_style.h"
#include "report/chart_text.h"
#include "report/report.h"

enum { DRAWING_SECONDS = 60, MOST_CHARACTERS = 256 };

static const struct {
    const char *name;
    bool (*write)(const struct chart *chart);
} charts[] = {
    {"01_cumulative", chart_cumulative},   {"02_burst", chart_burst},
    {"03_lead_time", chart_lead_time},     {"04_cost_lead_time", chart_cost_lead_time},
    {"05_lead_curves", chart_lead_curves},
};
enum { N_CHARTS = sizeof charts / sizeof *charts };

/* Adds what the usual font lacks, in hexadecimal for fontconfig. */
static struct str add_lacking(struct arena *arena, struct str found, struct str text, size_t *n)
{
    uint32_t character;
    while (*n < MOST_CHARACTERS && chart_next_lacking(&text, &character)) {
        found =
            str_format(arena, "%.*s%s%x", STR_ARGS(found), found.length > 0 ? " " : "", (unsigned)character);
        (*n)++;
    }
    return found;
}

static struct str lacking_characters(const struct chart *chart)
{
    const struct study *study = chart->result->study;
    struct str found = {0};
    size_t n = 0;
    for (size_t i = 0; i < chart->n_series; i++)
        found = add_lacking(chart->arena, found, chart->series[i].name, &n);
    for (size_t i = 0; i < study->workload.n_bursts; i++)
        found =
            add_lacking(chart->arena, found, chart_clean(chart->arena, study->workload.bursts[i].name), &n);
    for (size_t i = 0; i < chart->result->n_lead_curves; i++) {
        const struct lead_curve_row *row = &chart->result->lead_curves[i];
        found = add_lacking(chart->arena, found, chart_clean(chart->arena, row->process), &n);
        found = add_lacking(chart->arena, found, chart_clean(chart->arena, row->binding_stage), &n);
    }
    found = add_lacking(chart->arena, found, chart_clean(chart->arena, chart->result->burst_name), &n);
    found = add_lacking(chart->arena, found, chart_clean(chart->arena, study->currency), &n);
    found = add_lacking(chart->arena, found, chart_clean(chart->arena, chart->result->unranked_because), &n);
    return add_lacking(chart->arena, found, chart_clean(chart->arena, study->name), &n);
}

static bool write_one(struct chart *chart, size_t i, struct picture *picture)
{
    struct chart_heading heading = {{0}, {0}, {0}};
    chart->said = &heading;
    bool written = charts[i].write(chart);
    *picture = (struct picture){charts[i].name, heading.title, heading.subtitle};
    return written;
}

static bool write_all(struct chart *chart, struct picture *pictures, const char **names)
{
    if (mkdir(str_zero_terminated(chart->arena, chart->folder), 0755) != 0) {
        failure_set(chart->failure, chart->arena, chart->folder, "cannot make folder", errno);
        return false;
    }
    for (size_t i = 0; i < N_CHARTS; i++) {
        names[i] = charts[i].name;
        if (!write_one(chart, i, &pictures[i]))
            return false;
    }
    return chart_write_style(chart) && chart_write_all(chart, names, N_CHARTS);
}

bool report_charts(const struct report *report, struct pictures *pictures)
{
    *pictures = (struct pictures){.items = ARENA_NEW(report->arena, struct picture, N_CHARTS)};
    struct chart chart = {.arena = report->arena,
                          .result = report->result,
                          .version = report->version,
                          .folder = path_join(report->arena, report->folder, STR("charts")),
                          .failure = report->failure};
    const char *names[N_CHARTS];
    chart.series = chart_series_of(report->arena, report->result, &chart.n_series);
    if (chart.n_series == 0 || report->result->timeline.n_months == 0) {
        pictures->warning = STR("charts not drawn: the study has no strategy or no month");
        return true;
    }
    pictures->n_items = N_CHARTS;
    if (!write_all(&chart, pictures->items, names))
        return false;
    pictures->drawn = chart_draw(report->arena, chart.folder, names, N_CHARTS, lacking_characters(&chart),
                                 DRAWING_SECONDS, &pictures->warning);
    return true;
}
