#include <errno.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "report/chart.h"
#include "report/chart_gnuplot.h"
#include "report/chart_style.h"
#include "report/chart_text.h"
#include "report/report.h"

enum { DRAWING_SECONDS = 60, MOST_CHARACTERS = 256 };

/* In the order in which they are drawn and shown. A chart that not every study has says whether this
 * one does, or how many of it. */
static const struct chart_row {
    const char *name;
    bool (*write)(const struct chart *chart);
    bool (*is_wanted)(const struct result *result); /* NULL: always */
    size_t (*count)(const struct result *result);   /* NULL: one */
} charts[] = {
    {"01_cumulative", chart_cumulative, NULL, NULL},
    {"02_burst", chart_burst, NULL, NULL},
    {"03_lead_time", chart_lead_time, NULL, NULL},
    {"04_cost_lead_time", chart_cost_lead_time, NULL, NULL},
    {"05_break_even", chart_break_even, chart_break_even_is_wanted, NULL},
    {"06_monthly_cash", chart_monthly_cash, NULL, NULL},
    {"07_optimum", chart_optimum, NULL, chart_optimum_count},
    {"08_lead_curves", chart_lead_curves, NULL, NULL},
    {"09_futures", chart_futures, chart_futures_is_wanted, NULL},
    {"10_not_knowing", chart_knowledge, chart_knowledge_is_wanted, NULL},
    {"11_tornado", chart_tornado, chart_tornado_is_wanted, NULL},
    {"12_what_if", chart_what_if, chart_what_if_is_wanted, NULL},
};
enum { N_ROWS = sizeof charts / sizeof *charts, MOST_CHARTS = N_ROWS * CHART_SERIES };

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

static struct str add_change(const struct chart *chart, struct str found,
                             const struct scenario_change *change, size_t *n)
{
    found = add_lacking(chart->arena, found, chart_clean(chart->arena, change->name), n);
    for (size_t i = 0; i < change->n_values; i++)
        found = add_lacking(chart->arena, found, chart_clean(chart->arena, change->values[i].text), n);
    return found;
}

static struct str lacking_characters(const struct chart *chart)
{
    const struct study *study = chart->result->study;
    struct str found = {0};
    size_t n = 0;
    for (size_t i = 0; i < chart->n_series; i++)
        found = add_lacking(chart->arena, found, chart->series[i].name, &n);
    for (size_t i = 0; i < chart->result->n_server_months; i++)
        found = add_lacking(
            chart->arena, found,
            chart_clean(chart->arena, study->offers[chart->result->server_months[i].offer].id), &n);
    for (size_t i = 0; i < study->workload.n_bursts; i++)
        found =
            add_lacking(chart->arena, found, chart_clean(chart->arena, study->workload.bursts[i].name), &n);
    for (size_t i = 0; i < chart->result->n_lead_curves; i++) {
        const struct lead_curve_row *row = &chart->result->lead_curves[i];
        found = add_lacking(chart->arena, found, chart_clean(chart->arena, row->process), &n);
        found = add_lacking(chart->arena, found, chart_clean(chart->arena, row->binding_stage), &n);
    }
    for (size_t i = 0; i < study->wishes.n_changes; i++)
        found = add_change(chart, found, &study->wishes.changes[i], &n);
    found = add_change(chart, add_change(chart, found, &study->wishes.x, &n), &study->wishes.y, &n);
    found = add_lacking(chart->arena, found, chart_clean(chart->arena, chart->result->burst_name), &n);
    found = add_lacking(chart->arena, found, chart_clean(chart->arena, study->currency), &n);
    found = add_lacking(chart->arena, found, chart_clean(chart->arena, chart->result->unranked_because), &n);
    return add_lacking(chart->arena, found, chart_clean(chart->arena, study->name), &n);
}

const char *chart_item_name(struct arena *arena, const char *name, size_t item)
{
    return item == 0 ? name : str_format(arena, "%s_%zu", name, item + 1).at;
}

static size_t count_of(const struct chart_row *row, const struct result *result)
{
    if (row->count != NULL)
        return row->count(result);
    return row->is_wanted == NULL || row->is_wanted(result);
}

static bool write_one(struct chart *chart, const struct chart_row *row, struct picture *picture)
{
    struct chart_heading heading = {{0}, {0}, {0}};
    chart->said = &heading;
    bool written = row->write(chart);
    const char *name = chart_item_name(chart->arena, row->name, chart->item);
    *picture = (struct picture){name, heading.title, heading.subtitle};
    return written;
}

static bool make_folder(const struct chart *chart)
{
    if (mkdir(str_zero_terminated(chart->arena, chart->folder), 0755) == 0)
        return true;
    failure_set(chart->failure, chart->arena, chart->folder, "cannot make folder", errno);
    return false;
}

static bool write_all(struct chart *chart, struct pictures *pictures, const char **names)
{
    if (!make_folder(chart))
        return false;
    for (size_t i = 0; i < N_ROWS; i++)
        for (chart->item = 0; chart->item < count_of(&charts[i], chart->result); chart->item++) {
            struct picture *picture = &pictures->items[pictures->n_items];
            if (!write_one(chart, &charts[i], picture))
                return false;
            names[pictures->n_items++] = picture->name;
        }
    return chart_write_style(chart) && chart_write_all(chart, names, pictures->n_items);
}

bool report_charts(const struct report *report, struct pictures *pictures)
{
    *pictures = (struct pictures){.items = ARENA_NEW(report->arena, struct picture, MOST_CHARTS)};
    struct chart chart = {.arena = report->arena,
                          .result = report->result,
                          .version = report->version,
                          .folder = path_join(report->arena, report->folder, STR("charts")),
                          .failure = report->failure};
    const char *names[MOST_CHARTS];
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
