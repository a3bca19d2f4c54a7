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
    {"01_cumulative", chart_cumulative},
    {"02_burst", chart_burst},
    {"03_lead_time", chart_lead_time},
    {"04_cost_lead_time", chart_cost_lead_time},
    {"10_not_knowing", chart_knowledge},
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

/* A chart that has nothing to say wrote nothing, and is not there. */
static bool write_all(struct chart *chart, struct pictures *pictures, const char **names)
{
    if (mkdir(str_zero_terminated(chart->arena, chart->folder), 0755) != 0) {
        failure_set(chart->failure, chart->arena, chart->folder, "cannot make folder", errno);
        return false;
    }
    for (size_t i = 0; i < N_CHARTS; i++) {
        size_t n = pictures->n_items;
        names[n] = charts[i].name;
        if (!write_one(chart, i, &pictures->items[n]))
            return false;
        pictures->n_items += pictures->items[n].title.length > 0;
    }
    return chart_write_style(chart) && chart_write_all(chart, names, pictures->n_items);
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
    if (!write_all(&chart, pictures, names))
        return false;
    pictures->drawn = chart_draw(report->arena, chart.folder, names, pictures->n_items,
                                 lacking_characters(&chart), DRAWING_SECONDS, &pictures->warning);
    return true;
}
