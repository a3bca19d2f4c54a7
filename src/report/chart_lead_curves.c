#include <math.h>

#include "base/arena.h"
#include "report/chart.h"
#include "report/chart_axis.h"
#include "report/chart_facts.h"
#include "report/chart_place.h"
#include "report/chart_style.h"
#include "report/colours.h"
#include "report/chart_text.h"

static const char name[] = "08_lead_curves";

enum { LABEL_SIZE = 85, STAGE_SIZE = 75, MOST_STAGES = 24, LONGEST_STAGE = 18, LINE_BOXES = 6 };
#define LABEL_HEIGHT 15.5
#define LABEL_WIDTH 250.0
#define STAGE_HEIGHT 11.0
#define MARKER 3.5
#define MINUTE (1.0 / 60)
#define YEAR 8760.0

/* A way of buying: its rows in order of servers, those that never come left out. */
struct curve {
    const struct lead_curve_row *rows;
    size_t n_rows, n_possible;
    size_t n_alike; /* others with the same times */
    bool saves;     /* ten more people do, somewhere */
    struct str name;
    struct colour colour;
};

struct plot {
    struct curve *curves;
    size_t n_curves, n_left_out; /* more than are shown, and those that never come */
    struct chart_box box;
    struct chart_log_axis time;
    double most_servers;
};

/* Where all is there at once, there is nothing to draw. */
bool chart_lead_curves_is_wanted(const struct result *result)
{
    for (size_t i = 0; i < result->n_lead_curves; i++)
        if (!result->lead_curves[i].hours.possible || result->lead_curves[i].hours.base > 0)
            return true;
    return false;
}

/* ---- curves ---- */

static bool is_same_way(const struct lead_curve_row *a, const struct lead_curve_row *b)
{
    return str_equal(a->process, b->process) && str_equal(a->limits, b->limits);
}

static bool are_alike(const struct curve *a, const struct curve *b)
{
    if (a->n_rows != b->n_rows || a->n_possible != b->n_possible)
        return false;
    for (size_t i = 0; i < a->n_rows; i++)
        if (a->rows[i].servers != b->rows[i].servers ||
            (i < a->n_possible && (a->rows[i].hours.base != b->rows[i].hours.base ||
                                   a->rows[i].hours_saved != b->rows[i].hours_saved ||
                                   !str_equal(a->rows[i].binding_stage, b->rows[i].binding_stage))))
            return false;
    return true;
}

/* The rows from `first` on that tell of one way of buying. */
static struct curve curve_from(const struct chart *chart, size_t first)
{
    const struct result *result = chart->result;
    const struct lead_curve_row *rows = &result->lead_curves[first];
    struct curve curve = {.rows = rows};
    while (first + curve.n_rows < result->n_lead_curves && is_same_way(rows, &rows[curve.n_rows])) {
        const struct lead_curve_row *row = &rows[curve.n_rows];
        if (row->hours.possible && isfinite(row->hours.base) && curve.n_possible == curve.n_rows)
            curve.n_possible++;
        curve.saves |= row->hours_saved > 0;
        curve.n_rows++;
    }
    const struct offer *offer = &result->study->offers[rows->offer];
    bool has_process =
        (offer->kind == OFFER_COLOCATION || offer->kind == OFFER_HOSTING) && offer->process >= 0;
    curve.name = chart_name(chart->arena, has_process ? rows->process : offer->id, CHART_NAME);
    return curve;
}

static bool is_new(struct plot *plot, const struct curve *curve)
{
    for (size_t i = 0; i < plot->n_curves; i++)
        if (are_alike(&plot->curves[i], curve)) {
            plot->curves[i].n_alike++;
            return false;
        }
    return true;
}

static void find_curves(const struct chart *chart, struct plot *plot)
{
    const struct result *result = chart->result;
    int used[N_OFFER_KINDS] = {0};
    plot->curves = ARENA_NEW(chart->arena, struct curve, CHART_SERIES);
    for (size_t i = 0; i < result->n_lead_curves;) {
        struct curve curve = curve_from(chart, i);
        i += curve.n_rows;
        if (curve.n_possible == 0 || plot->n_curves == CHART_SERIES) {
            plot->n_left_out++;
            continue;
        }
        if (!is_new(plot, &curve))
            continue;
        int kind = (int)result->study->offers[curve.rows->offer].kind;
        curve.colour = colour_shade(kind, used[kind]++);
        plot->curves[plot->n_curves++] = curve;
    }
}

static bool stage_changes(const struct curve *curve, size_t i)
{
    return i > 0 && !str_equal(curve->rows[i].binding_stage, curve->rows[i - 1].binding_stage);
}

static bool write_data(const struct chart *chart, const struct plot *plot)
{
    struct output output = chart_data(chart, name);
    output_format(&output,
                  "curve\tservers\tbase_hours\tp10_hours\tp90_hours\twith_ten_more_hours\tnew_stage\t"
                  "binding_stage\tprocess\n");
    for (size_t k = 0; k < plot->n_curves; k++)
        for (size_t i = 0; i < plot->curves[k].n_possible; i++) {
            const struct lead_curve_row *row = &plot->curves[k].rows[i];
            output_format(&output, "%zu\t%lld\t%.8g\t%.8g\t%.8g\t%.8g\t%d\t%.*s\t%.*s\n", k + 1,
                          (long long)row->servers, row->hours.base, row->hours.p10, row->hours.p90,
                          row->hours.base - row->hours_saved, stage_changes(&plot->curves[k], i),
                          STR_ARGS(chart_cell(chart->arena, row->binding_stage)),
                          STR_ARGS(chart_cell(chart->arena, row->process)));
        }
    return output_close(&output);
}

/* ---- what it says ---- */

/* The number of servers of the curves that is nearest to the largest burst. */
static int64_t told_servers(const struct chart *chart, const struct plot *plot)
{
    int64_t nearest = 0;
    double wanted = chart->result->burst_servers > 0 ? (double)chart->result->burst_servers : 1;
    for (size_t i = 0; plot->n_curves > 0 && i < plot->curves[0].n_rows; i++) {
        int64_t servers = plot->curves[0].rows[i].servers;
        if (nearest == 0 || fabs(log((double)servers / wanted)) < fabs(log((double)nearest / wanted)))
            nearest = servers;
    }
    return nearest;
}

static const struct lead_curve_row *row_at(const struct curve *curve, int64_t servers)
{
    for (size_t i = 0; i < curve->n_possible; i++)
        if (curve->rows[i].servers == servers)
            return &curve->rows[i];
    return NULL;
}

struct told {
    const struct curve *saving, *fastest, *slowest;
    const struct lead_curve_row *saving_row, *fastest_row, *slowest_row;
};

static struct told told_of(const struct plot *plot, int64_t servers)
{
    struct told told = {0};
    for (size_t i = 0; i < plot->n_curves; i++) {
        const struct lead_curve_row *row = row_at(&plot->curves[i], servers);
        if (row == NULL)
            continue;
        if (row->hours_saved > (told.saving_row == NULL ? 0 : told.saving_row->hours_saved)) {
            told.saving = &plot->curves[i];
            told.saving_row = row;
        }
        if (told.fastest_row == NULL || row->hours.base < told.fastest_row->hours.base) {
            told.fastest = &plot->curves[i];
            told.fastest_row = row;
        }
        if (told.slowest_row == NULL || row->hours.base > told.slowest_row->hours.base) {
            told.slowest = &plot->curves[i];
            told.slowest_row = row;
        }
    }
    return told;
}

static struct str title_of(const struct chart *chart, const struct plot *plot)
{
    struct arena *arena = chart->arena;
    int64_t n = told_servers(chart, plot);
    struct told told = told_of(plot, n);
    struct str servers =
        str_format(arena, "%.*s server%s", STR_ARGS(chart_number(arena, (double)n, 0)), n == 1 ? "" : "s");
    if (plot->n_curves == 0)
        return STR("No way of buying ever brings a server");
    if (told.fastest_row == NULL)
        return str_format(arena, "No way of buying ever brings %.*s", STR_ARGS(servers));
    if (told.saving_row != NULL) {
        double base = told.saving_row->hours.base, saved = told.saving_row->hours_saved;
        return str_format(arena, "Ten more people bring %.*s %.*s sooner: %.*s instead of %.*s (%.*s)",
                          STR_ARGS(servers), STR_ARGS(chart_hours(arena, saved)),
                          STR_ARGS(chart_hours(arena, base - saved)), STR_ARGS(chart_hours(arena, base)),
                          STR_ARGS(told.saving->name));
    }
    struct str fast = chart_hours(arena, told.fastest_row->hours.base),
               slow = chart_hours(arena, told.slowest_row->hours.base);
    if (str_equal(fast, slow))
        return str_format(arena, "%.*s: %.*s; more people save nothing", STR_ARGS(servers), STR_ARGS(fast));
    return str_format(arena, "%.*s: %.*s (%.*s) to %.*s (%.*s); more people save nothing", STR_ARGS(servers),
                      STR_ARGS(fast), STR_ARGS(told.fastest->name), STR_ARGS(slow),
                      STR_ARGS(told.slowest->name));
}

/* Is a server of some offer another number of reference servers than one? */
static bool counts_machines(const struct study *study)
{
    for (size_t i = 0; i < study->n_offers; i++)
        if (study->offers[i].used && offer_has_servers(&study->offers[i]) &&
            decimal_compare(study->offers[i].equals, decimal_of(1)) != 0)
            return true;
    return false;
}

static struct chart_heading heading_of(const struct chart *chart, const struct plot *plot)
{
    struct arena *arena = chart->arena;
    struct str note = chart_origin(arena, chart->result, chart->version);
    bool saves = false, alike = false;
    for (size_t i = 0; i < plot->n_curves; i++) {
        saves |= plot->curves[i].saves;
        alike |= plot->curves[i].n_alike > 0;
    }
    note = str_format(arena,
                      "%.*s Small print: the stage that binds; circles: where it changes. Both scales "
                      "are logarithmic.",
                      STR_ARGS(note));
    if (counts_machines(chart->result->study))
        note = str_format(arena, "%.*s One of them may stand for several reference servers.", STR_ARGS(note));
    if (alike)
        note = str_format(arena, "%.*s +1, +2, ...: so many more are alike.", STR_ARGS(note));
    if (plot->n_left_out > 0)
        note = str_format(arena, "%.*s %zu way%s of buying not shown.", STR_ARGS(note), plot->n_left_out,
                          plot->n_left_out == 1 ? "" : "s");
    return (struct chart_heading){
        title_of(chart, plot),
        str_format(
            arena,
            "Time until so many servers as they are bought, ordered at once, are in service, base case%s",
            saves ? "; thin: with ten more people" : ""),
        note};
}

/* ---- drawing ---- */

static double x_at(const struct plot *plot, int64_t servers)
{
    return plot->box.left +
           log((double)servers) / log(plot->most_servers) * (plot->box.right - plot->box.left);
}

static double y_at(const struct plot *plot, double hours)
{
    return plot->box.bottom + chart_log_axis_at(&plot->time, hours) * (plot->box.top - plot->box.bottom);
}

static struct str colour_text(const struct chart *chart, unsigned colour)
{
    return str_format(chart->arena, "0x%06X", colour);
}

static struct chart_label end_label(const struct chart *chart, const struct curve *curve)
{
    struct arena *arena = chart->arena;
    const struct lead_curve_row *last = &curve->rows[curve->n_possible - 1];
    struct str figure = chart_hours(arena, last->hours.base);
    if (curve->n_possible < curve->n_rows)
        figure = str_format(arena, "%.*s or more: never",
                            STR_ARGS(chart_number(arena, (double)curve->rows[curve->n_possible].servers, 0)));
    struct str more = {0};
    if (curve->n_alike > 0)
        more = str_format(arena, " +%zu", curve->n_alike);
    struct chart_label label = {
        .size = LABEL_SIZE,
        .colour = colour_text(chart, curve->colour.text),
        .plain = str_format(arena, "%.*s" CHART_GAP "%.*s", STR_ARGS(more), STR_ARGS(figure))};
    double room = LABEL_WIDTH - chart_text_width(label.plain, CHART_PLAIN, LABEL_SIZE);
    label.bold = chart_fit(arena, curve->name, CHART_BOLD, LABEL_SIZE, room);
    return label;
}

static void write_end_labels(struct output *output, const struct chart *chart, const struct plot *plot)
{
    double *heights = ARENA_NEW(chart->arena, double, plot->n_curves);
    double *ends = ARENA_NEW(chart->arena, double, plot->n_curves);
    for (size_t i = 0; i < plot->n_curves; i++) {
        const struct curve *curve = &plot->curves[i];
        heights[i] = ends[i] = y_at(plot, curve->rows[curve->n_possible - 1].hours.base);
    }
    chart_spread(chart->arena, heights, plot->n_curves, LABEL_HEIGHT, plot->box.bottom + 2, plot->box.top);
    for (size_t i = 0; i < plot->n_curves; i++) {
        struct chart_label label = end_label(chart, &plot->curves[i]);
        label.x = plot->box.right + 16;
        label.y = heights[i];
        if (fabs(heights[i] - ends[i]) > 2)
            chart_write_line(output, plot->box.right + 2, ends[i], plot->box.right + 13, heights[i],
                             "lc rgb C_FRONT lw 0.8");
        chart_write_label(output, label);
    }
}

/* Names of stages where a curve begins and where its binding stage changes. */
struct stages {
    struct chart_tag tags[MOST_STAGES];
    struct chart_label labels[MOST_STAGES];
    size_t n;
};

static bool is_said(const struct stages *stages, const struct chart_tag *tag, struct str text)
{
    for (size_t i = 0; i < stages->n; i++)
        if (fabs(stages->tags[i].x - tag->x) < 1 && fabs(stages->tags[i].y - tag->y) < 1 &&
            str_equal(stages->labels[i].plain, text))
            return true;
    return false;
}

static void add_stages(const struct chart *chart, const struct plot *plot, const struct curve *curve,
                       struct stages *stages)
{
    for (size_t i = 0; i < curve->n_possible && stages->n < MOST_STAGES; i++) {
        const struct lead_curve_row *row = &curve->rows[i];
        if ((i > 0 && !stage_changes(curve, i)) || row->binding_stage.length == 0)
            continue;
        struct str text = chart_name(chart->arena, row->binding_stage, LONGEST_STAGE);
        struct chart_tag tag = {.x = x_at(plot, row->servers),
                                .y = y_at(plot, row->hours.base),
                                .radius = MARKER,
                                .width = chart_text_width(text, CHART_PLAIN, STAGE_SIZE),
                                .height = STAGE_HEIGHT};
        if (is_said(stages, &tag, text))
            continue;
        stages->tags[stages->n] = tag;
        stages->labels[stages->n++] = (struct chart_label){
            .size = STAGE_SIZE, .colour = colour_text(chart, curve->colour.text), .plain = text};
    }
}

/* Adds a stretch of a line, from a row to the next, as boxes that hold no more room than they must. */
static size_t add_boxes(const struct plot *plot, const struct lead_curve_row *row, bool ten_more,
                        struct chart_box *boxes)
{
    double x = x_at(plot, row[0].servers), dx = (x_at(plot, row[1].servers) - x) / LINE_BOXES;
    double y = y_at(plot, row[0].hours.base - (ten_more ? row[0].hours_saved : 0));
    double dy = (y_at(plot, row[1].hours.base - (ten_more ? row[1].hours_saved : 0)) - y) / LINE_BOXES;
    for (int i = 0; i < LINE_BOXES; i++)
        boxes[i] = (struct chart_box){x + i * dx, fmin(y + i * dy, y + (i + 1) * dy) - 1.5, x + (i + 1) * dx,
                                      fmax(y + i * dy, y + (i + 1) * dy) + 1.5};
    return LINE_BOXES;
}

/* The lines as boxes that names of stages keep off. */
static size_t line_boxes(const struct plot *plot, struct chart_box *boxes)
{
    size_t n = 0;
    for (size_t k = 0; k < plot->n_curves; k++)
        for (size_t i = 0; i + 1 < plot->curves[k].n_possible; i++) {
            n += add_boxes(plot, &plot->curves[k].rows[i], false, &boxes[n]);
            n += add_boxes(plot, &plot->curves[k].rows[i], true, &boxes[n]);
        }
    return n;
}

static void write_stages(struct output *output, const struct chart *chart, const struct plot *plot)
{
    struct stages *stages = ARENA_NEW(chart->arena, struct stages, 1);
    struct chart_box *boxes =
        ARENA_NEW(chart->arena, struct chart_box, 2 * LINE_BOXES * chart->result->n_lead_curves + 1);
    for (size_t k = 0; k < plot->n_curves; k++)
        add_stages(chart, plot, &plot->curves[k], stages);
    chart_place(chart->arena, stages->tags, stages->n, boxes, line_boxes(plot, boxes), plot->box);
    for (size_t i = 0; i < stages->n; i++) {
        const struct chart_tag *tag = &stages->tags[i];
        stages->labels[i].x = tag->box.left;
        stages->labels[i].y = (tag->box.bottom + tag->box.top) / 2;
        double x, y;
        chart_leader(tag, &x, &y);
        if (tag->far)
            chart_write_line(output, tag->x, tag->y, x, y, "lc rgb C_FRONT lw 0.8 back");
        chart_write_label(output, stages->labels[i]);
    }
}

static void lay_out(const struct chart *chart, struct chart_box room, struct plot *plot)
{
    double widest = 0, least = MINUTE, most = YEAR;
    plot->most_servers = 10;
    for (size_t i = 0; i < plot->n_curves; i++) {
        const struct curve *curve = &plot->curves[i];
        struct chart_label label = end_label(chart, curve);
        widest = fmax(widest, chart_label_width(&label));
        plot->most_servers = fmax(plot->most_servers, (double)curve->rows[curve->n_rows - 1].servers);
        for (size_t j = 0; j < curve->n_possible; j++) {
            double base = curve->rows[j].hours.base, fewer = base - curve->rows[j].hours_saved;
            least = fewer > 0 ? fmin(least, fewer) : least;
            most = fmax(most, base);
        }
    }
    plot->time = chart_log_axis(least, most);
    plot->box = (struct chart_box){room.left + 52, room.bottom + 40, room.right - widest - 18, room.top - 6};
}

static void write_axes(struct output *output, const struct plot *plot)
{
    chart_log_axis_write_y(output, &plot->time, plot->box.top - plot->box.bottom);
    output_format(output,
                  "set logscale x\nset xtics (\"1\" 1, \"10\" 10, \"100\" 100, \"1,000\" 1000, \"10,000\" "
                  "10000)\nset xrange [1:%.10g]\nset yrange [%.10g:%.10g]\n",
                  plot->most_servers, plot->time.low, plot->time.high);
    chart_write_label(output, (struct chart_label){.x = plot->box.right,
                                                   .y = plot->box.bottom - 33,
                                                   .align = CHART_RIGHT,
                                                   .size = 85,
                                                   .colour = STR("C_MUTE"),
                                                   .plain = STR("servers ordered at once")});
}

static void write_plot(struct output *output, const struct plot *plot)
{
    if (plot->n_curves == 0) {
        output_format(output, "plot NaN\nunset output\n");
        return;
    }
    output_format(output, "# what is at once is drawn at the lower end\nY(h) = h < %.10g ? %.10g : h\nplot",
                  plot->time.low, plot->time.low);
    for (size_t k = 0; k < plot->n_curves; k++)
        if (plot->curves[k].saves)
            output_format(output,
                          " '%s.tsv' using ($1 == %zu ? $2 : NaN):(Y($6)) with lines lw 1.2 dt (1,4) lc rgb "
                          "0x%06X, \\\n ",
                          name, k + 1, plot->curves[k].colour.line);
    for (size_t k = 0; k < plot->n_curves; k++)
        output_format(output,
                      " '%s.tsv' using ($1 == %zu ? $2 : NaN):(Y($3)) with lines lw 2.2 dt %s lc rgb 0x%06X, "
                      "\\\n ",
                      name, k + 1, chart_dash(k), plot->curves[k].colour.line);
    output_format(
        output,
        " '%s.tsv' using ($7 == 1 ? $2 : NaN):(Y($3)) with points pt 7 ps 1.2*PK lc rgb C_INK, \\\n  "
        "'' using ($7 == 1 ? $2 : NaN):(Y($3)) with points pt 7 ps 0.75*PK lc rgb 'white'\n"
        "unset output\n",
        name);
}

bool chart_lead_curves(const struct chart *chart)
{
    struct plot plot = {0};
    find_curves(chart, &plot);
    if (!write_data(chart, &plot))
        return false;
    struct output output = chart_script(chart, name);
    lay_out(chart, chart_write_plain_heading(&output, chart, heading_of(chart, &plot)), &plot);
    chart_write_frame(&output, plot.box);
    write_axes(&output, &plot);
    write_stages(&output, chart, &plot);
    write_end_labels(&output, chart, &plot);
    write_plot(&output, &plot);
    return output_close(&output);
}
