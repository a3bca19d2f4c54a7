/* What of the need each layer of a cheapest plan serves, as a table over time and a chart of it. Servers are
 * means over the steps of a row; commitments serve in their order, what is on demand serves the rest. */
#include "base/arena.h"
#include "model/certificate.h"
#include "report/optimum_layers.h"
#include "report/workbook.h"

enum {
    MOST_ROWS = 160,
    COLUMN_FROM = 0,
    COLUMN_TO,
    COLUMN_NEED,
    COLUMN_LAYERS,
    MOST_COLUMNS = COLUMN_LAYERS + OPTIMUM_LAYERS + 4,
    LONGEST_TITLE = 100,
    N_LABELS = 12, /* along the chart, about */
    CHART_WIDTH_PIXELS = 1060,
    ROW_PIXELS = 20,
    MISSING_COLOUR = 0x222222,
    IDLE_COLOUR = 0xD1D5DB
};

/* A column of the table: a layer, what is missing, or what is paid and idle. */
struct part {
    const char *title;
    uint32_t colour;
    const int64_t *servers; /* [n_steps] */
};

struct table {
    struct workbook *w;
    struct sheet *sheet;
    struct optimum_layers layers;
    struct optimum_points points;
    struct part parts[OPTIMUM_LAYERS + 4];
    int n_parts, n_serving; /* the last, what is idle, serves nothing */
    int first, last;        /* rows */
};

static void add_part(struct table *t, const char *title, uint32_t colour, const int64_t *servers)
{
    t->parts[t->n_parts++] = (struct part){title, colour, servers};
}

static const char *title_of(const struct table *t, const struct optimum_layer *layer)
{
    return cell_text(t->w->arena, layer->n_offers > 1 ? layer->name : layer->id, LONGEST_TITLE);
}

/* Adds every commitment with what it serves; returns what of all of them is idle. */
static const int64_t *add_commitments(struct table *t)
{
    const struct optimum *o = t->layers.optimum;
    struct arena *arena = t->w->arena;
    int64_t *committed = ARENA_NEW(arena, int64_t, (size_t)o->n_steps);
    for (size_t k = 0; k < t->layers.n_committed; k++) {
        const struct optimum_layer *layer = &t->layers.items[k];
        int64_t *used = ARENA_NEW(arena, int64_t, (size_t)o->n_steps);
        for (int32_t s = 0; s < o->n_steps; s++) {
            int64_t rest = o->need[s] > committed[s] ? o->need[s] - committed[s] : 0;
            used[s] = layer->servers[s] < rest ? layer->servers[s] : rest;
            committed[s] += layer->servers[s];
        }
        add_part(t, title_of(t, layer), layer->colour.line, used);
    }
    for (int32_t s = 0; s < o->n_steps; s++)
        committed[s] = committed[s] > o->need[s] ? committed[s] - o->need[s] : 0;
    return committed;
}

static void find_parts(struct table *t)
{
    const struct optimum *o = t->layers.optimum;
    const int64_t *idle = add_commitments(t);
    for (size_t k = t->layers.n_committed; k < t->layers.n_items; k++)
        add_part(t, title_of(t, &t->layers.items[k]), t->layers.items[k].colour.line,
                 t->layers.items[k].servers);
    if (t->layers.has_missing || t->n_parts == 0)
        add_part(t, "Missing", MISSING_COLOUR, o->missing);
    t->n_serving = t->n_parts;
    add_part(t, "Paid and idle", IDLE_COLOUR, idle);
}

static void write_header(const struct table *t)
{
    struct column columns[MOST_COLUMNS] = {
        {"From", 0, true, false}, {"To", 0, true, false}, {"Need (servers, mean)", 0, false, false}};
    for (int i = 0; i < t->n_parts; i++)
        columns[COLUMN_LAYERS + i] = (struct column){t->parts[i].title, 0, true, false};
    sheet_header(t->sheet, t->first - 1, columns, COLUMN_LAYERS + t->n_parts, t->w->study->currency);
}

static void write_row(const struct table *t, int32_t point)
{
    const struct optimum *o = t->layers.optimum;
    const struct certificate *c = o->certificate;
    int row = t->first + point, last = COLUMN_LAYERS + t->n_serving - 1;
    int style = (t->points.each * c->step_seconds >= DAY_SECONDS ? SHOW_DATE : SHOW_TIME) | LOOK_SIMULATED;
    int32_t end = optimum_point_end(&t->points, o, point);
    sheet_time(t->sheet, row, COLUMN_FROM, style,
               c->start_seconds + point * t->points.each * c->step_seconds);
    sheet_time(t->sheet, row, COLUMN_TO, style, c->start_seconds + end * c->step_seconds);
    for (int i = 0; i < t->n_parts; i++)
        sheet_number(t->sheet, row, COLUMN_LAYERS + i, SHOW_QUANTITY | LOOK_SIMULATED,
                     optimum_point_mean(&t->points, o, t->parts[i].servers, point));
    struct range served = {t->sheet, row, COLUMN_LAYERS, row, last};
    sheet_formula(t->sheet, row, COLUMN_NEED, SHOW_QUANTITY | LOOK_CELL, range_sum(served), "=SUM(%s:%s)",
                  name_here(row, COLUMN_LAYERS).text, name_here(row, last).text);
}

static void write_chart(const struct table *t, int row, int n_rows)
{
    const struct strategy_result *s = t->layers.strategy;
    struct arena *arena = t->w->arena;
    struct sheet_line lines[OPTIMUM_LAYERS + 4] = {0};
    int64_t seconds = t->points.each * t->layers.optimum->certificate->step_seconds;
    const char *format = seconds >= 7 * DAY_SECONDS ? "yyyy-mm"
                         : seconds >= DAY_SECONDS   ? "yyyy-mm-dd"
                                                    : "mm-dd hh:mm";
    for (int i = 0; i < t->n_parts; i++)
        lines[i] = (struct sheet_line){.name = range_cell(t->sheet, t->first - 1, COLUMN_LAYERS + i),
                                       .values = range_down(t->sheet, COLUMN_LAYERS + i, t->first, t->last),
                                       .colour = t->parts[i].colour};
    struct sheet_chart chart = {
        .kind = SHEET_STACKED,
        .title = "What serves the need; above it, what is paid and idle",
        .value_title = "reference servers, mean",
        .value_format = "#,##0",
        .category_title = "from (UTC)",
        .category_format = format,
        .alt_text =
            str_format(arena,
                       "Stacked areas over time of the cheapest plan of %.*s: the need by what serves it, "
                       "and servers that are paid and idle.",
                       STR_ARGS(s->strategy->name)),
        .categories = range_down(t->sheet, COLUMN_FROM, t->first, t->last),
        .lines = lines,
        .n_lines = (size_t)t->n_parts,
        .row = row,
        .width_pixels = CHART_WIDTH_PIXELS,
        .height_pixels = (n_rows - 1) * ROW_PIXELS,
        .label_every = (t->points.n_points + N_LABELS - 1) / N_LABELS,
    };
    sheet_line_chart(t->sheet, &chart);
}

struct range workbook_put_layers(struct workbook *w, struct sheet *sheet, const struct strategy_result *s,
                                 int row, int chart_row, int n_chart_rows)
{
    if (s->plan.optimum->n_steps == 0)
        return (struct range){sheet, row, 0, row - 1, 0};
    struct table t = {
        .w = w, .sheet = sheet, .layers = optimum_layers_of(w->arena, w->result, s), .first = row + 2};
    t.points = optimum_points_of(w->arena, t.layers.optimum, MOST_ROWS);
    t.last = t.first + t.points.n_points - 1;
    find_parts(&t);
    const char *of =
        t.points.each > 1 ? str_format(w->arena, ", mean of each %.*s", STR_ARGS(t.points.of)).at : "";
    sheet_format(sheet, row, 0, SHOW_TEXT | LOOK_HEADING, "What serves the need, in reference servers%s", of);
    write_header(&t);
    for (int32_t i = 0; i < t.points.n_points; i++)
        write_row(&t, i);
    write_chart(&t, chart_row, n_chart_rows);
    return (struct range){sheet, row, 0, t.last, COLUMN_LAYERS + t.n_parts - 1};
}
