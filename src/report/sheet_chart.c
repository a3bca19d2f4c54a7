/* Native charts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/arena.h"
#include "base/check.h"
#include "report/sheet_parts.h"

enum { LONGEST_ALT_TEXT = 800, LONGEST_BAR_LABEL = 24 };

/* The library's cache of formula cells is all zeros; this one holds what the cells show. It frees it. */
static void fill_cache(lxw_series_range *target, struct range source)
{
    for (int row = source.row; row <= source.last_row; row++) {
        lxw_series_data_point *point = calloc(1, sizeof *point);
        if (point == NULL)
            check_out_of_memory();
        point->number = sheet_value(source.sheet, row, source.column);
        STAILQ_INSERT_TAIL(target->data_cache, point, list_pointers);
    }
    target->num_data_points = (uint16_t)(source.last_row - source.row + 1);
    target->ignore_cache = LXW_TRUE;
}

static lxw_chart_series *add_series(lxw_chart *chart, struct range categories, struct range values)
{
    struct cell_name category_cells = name_of(categories), value_cells = name_of(values);
    lxw_chart_series *series = chart_add_series(chart, category_cells.text, value_cells.text);
    if (series == NULL)
        check_out_of_memory();
    fill_cache(series->values, values);
    if (sheet_is_packed(categories.sheet, categories.row))
        fill_cache(series->categories, categories);
    return series;
}

static void style_chart(lxw_chart *chart, const struct sheet_chart *about, lxw_chart_axis *values,
                        lxw_chart_axis *categories)
{
    lxw_chart_font title = {.name = "Calibri", .size = 12, .bold = LXW_TRUE, .color = INK};
    lxw_chart_font small = {.name = "Calibri", .size = 9, .bold = LXW_EXPLICIT_FALSE, .color = INK};
    lxw_chart_line hairline = {.color = HAIRLINE, .width = 0.75};
    chart_title_set_name(chart, about->title);
    chart_title_set_name_font(chart, &title);
    chart_axis_set_num_font(values, &small);
    chart_axis_set_num_font(categories, &small);
    chart_axis_set_name(values, about->value_title);
    chart_axis_set_name_font(values, &small);
    if (about->category_title != NULL) {
        chart_axis_set_name(categories, about->category_title);
        chart_axis_set_name_font(categories, &small);
    }
    chart_axis_set_num_format(values, about->value_format);
    chart_axis_major_gridlines_set_visible(values, LXW_TRUE);
    chart_axis_major_gridlines_set_line(values, &hairline);
    chart_axis_set_line(categories, &hairline);
    chart_legend_set_font(chart, &small);
}

/* Bars and areas are compared by their length: programs that choose the axis begin it near the least. Set by
 * hand, as the library takes the values of bars for categories until it writes them. */
static void begin_at_zero(lxw_chart_axis *values, double least, double most)
{
    values->has_min = least >= 0;
    values->has_max = least < 0 && most <= 0;
    values->min = values->max = 0;
}

static void lines_begin_at_zero(lxw_chart_axis *values, const struct sheet_chart *about)
{
    double least = 0, most = 0;
    for (size_t i = 0; i < about->n_lines; i++) {
        least = fmin(least, range_least(about->lines[i].values));
        most = fmax(most, range_most(about->lines[i].values));
    }
    begin_at_zero(values, least, most);
}

static void insert_chart(struct sheet *sheet, lxw_chart *chart, const struct sheet_chart *about)
{
    struct arena *arena = sheet->book->arena;
    lxw_chart_options options = {
        .x_scale = about->width_pixels / 480.0,
        .y_scale = about->height_pixels / 288.0,
        .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
        .description = sheet_writable(arena, cell_text(arena, about->alt_text, LONGEST_ALT_TEXT))};
    book_note_error(sheet->book, worksheet_insert_chart_opt(sheet->worksheet, (lxw_row_t)about->row,
                                                            sheet_column_of(about->column), chart, &options));
}

void sheet_bar_chart(struct sheet *sheet, const struct sheet_chart *about)
{
    lxw_chart_line none = {.none = LXW_TRUE};
    lxw_chart *chart = workbook_add_chart(sheet->book->workbook, LXW_CHART_BAR);
    lxw_chart_series *series = add_series(chart, about->categories, about->bars);
    size_t n = about->n_lines;
    struct arena *arena = sheet->book->arena;
    lxw_chart_fill *fills = ARENA_NEW(arena, lxw_chart_fill, n);
    lxw_chart_point *points = ARENA_NEW(arena, lxw_chart_point, n);
    lxw_chart_point **list = ARENA_NEW(arena, lxw_chart_point *, n + 1);
    for (size_t i = 0; i < n; i++) {
        fills[i].color = about->lines[i].colour;
        points[i].fill = &fills[i];
        list[i] = &points[i];
    }
    book_note_error(sheet->book, chart_series_set_points(series, list));
    chart_series_set_labels(series);
    chart_series_set_labels_num_format(series, about->value_format);
    style_chart(chart, about, chart->x_axis,
                chart->y_axis); /* of a bar chart the y axis has the categories */
    begin_at_zero(chart->x_axis, range_least(about->bars), range_most(about->bars));
    chart_axis_major_gridlines_set_visible(chart->x_axis, LXW_FALSE);
    chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_NONE);
    chart_axis_set_major_tick_mark(chart->x_axis, LXW_CHART_AXIS_TICK_MARK_NONE);
    chart_axis_set_major_tick_mark(chart->y_axis, LXW_CHART_AXIS_TICK_MARK_NONE);
    chart_axis_set_line(chart->x_axis, &none);
    chart_axis_set_reverse(chart->y_axis);
    chart_set_series_gap(chart, 60);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    insert_chart(sheet, chart, about);
}

/* What every line is called, and how it is drawn. */
static void style_line(const struct sheet *sheet, lxw_chart_series *series, const struct sheet_line *line,
                       enum sheet_chart_kind kind)
{
    static const uint8_t dashes[] = {LXW_CHART_LINE_DASH_SOLID,     LXW_CHART_LINE_DASH_LONG_DASH,
                                     LXW_CHART_LINE_DASH_DASH,      LXW_CHART_LINE_DASH_LONG_DASH_DOT,
                                     LXW_CHART_LINE_DASH_ROUND_DOT, LXW_CHART_LINE_DASH_DASH_DOT};
    lxw_chart_line look = {
        .color = line->colour, .width = 2.25, .dash_type = dashes[(size_t)line->dash % sizeof dashes]};
    lxw_chart_fill fill = {.color = line->colour};
    if (kind == SHEET_AREAS) /* programs disagree about which is in front */
        fill.transparency = 45;
    check(!sheet_is_packed(line->name.sheet, line->name.row));
    chart_series_set_name(series, str_format(sheet->book->arena, "=%s", name_of(line->name).text).at);
    if (kind == SHEET_LINES || kind == SHEET_POINTS)
        chart_series_set_line(series, &look);
    else
        chart_series_set_fill(series, &fill);
    if (kind == SHEET_POINTS) {
        chart_series_set_marker_type(series, LXW_CHART_MARKER_CIRCLE);
        chart_series_set_marker_fill(series, &fill);
        chart_series_set_marker_line(series, &(lxw_chart_line){.color = line->colour});
    }
}

/* Both axes count in powers of ten, and cross at their least. */
static void style_points(lxw_chart *chart, const struct sheet_chart *about)
{
    lxw_chart_line hairline = {.color = HAIRLINE, .width = 0.75};
    lxw_chart_axis *axes[] = {chart->x_axis, chart->y_axis};
    for (int i = 0; i < 2; i++) {
        chart_axis_set_log_base(axes[i], 10);
        chart_axis_set_min(axes[i], i == 0 ? about->x_from : about->y_from);
        chart_axis_set_crossing(axes[i], i == 0 ? about->x_from : about->y_from);
        chart_axis_major_gridlines_set_visible(axes[i], LXW_TRUE);
        chart_axis_major_gridlines_set_line(axes[i], &hairline);
    }
}

void sheet_line_chart(struct sheet *sheet, const struct sheet_chart *about)
{
    static const uint8_t types[] = {[SHEET_LINES] = LXW_CHART_LINE,
                                    [SHEET_AREAS] = LXW_CHART_AREA,
                                    [SHEET_STACKED] = LXW_CHART_AREA_STACKED,
                                    [SHEET_POINTS] = LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS};
    lxw_chart *chart = workbook_add_chart(sheet->book->workbook, types[about->kind]);
    for (size_t i = 0; i < about->n_lines; i++) {
        const struct sheet_line *line = &about->lines[i];
        struct range categories = about->kind == SHEET_POINTS ? line->x : about->categories;
        style_line(sheet, add_series(chart, categories, line->values), line, about->kind);
    }
    style_chart(chart, about, chart->y_axis, chart->x_axis);
    if (about->kind == SHEET_AREAS || about->kind == SHEET_STACKED)
        lines_begin_at_zero(chart->y_axis, about);
    chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_axis_set_label_position(chart->y_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_axis_set_num_format(chart->x_axis, about->category_format);
    if (about->kind == SHEET_POINTS) {
        style_points(chart, about);
    } else {
        chart_axis_set_interval_unit(chart->x_axis, (uint16_t)about->label_every);
        chart_axis_set_interval_tick(chart->x_axis, (uint16_t)about->label_every);
    }
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    insert_chart(sheet, chart, about);
}

/* A word beside each bar. One that begins with `=` would be taken for a cell. */
static void label_bars(const struct sheet *sheet, lxw_chart_series *series, const struct str *words, size_t n)
{
    struct arena *arena = sheet->book->arena;
    lxw_chart_data_label *labels = ARENA_NEW(arena, lxw_chart_data_label, n);
    lxw_chart_data_label **list = ARENA_NEW(arena, lxw_chart_data_label *, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *word = cell_text(arena, words[i], LONGEST_BAR_LABEL);
        labels[i].value = sheet_writable(arena, *word == '=' ? str_format(arena, " %s", word).at : word);
        list[i] = &labels[i];
    }
    chart_series_set_labels(series);
    book_note_error(sheet->book, chart_series_set_labels_custom(series, list));
}

void sheet_bars_chart(struct sheet *sheet, const struct sheet_chart *about)
{
    lxw_chart *chart = workbook_add_chart(sheet->book->workbook, LXW_CHART_BAR);
    for (size_t i = 0; i < about->n_lines; i++) {
        const struct sheet_line *line = &about->lines[i];
        lxw_chart_series *series = add_series(chart, about->categories, line->values);
        style_line(sheet, series, line, about->kind);
        if (line->words != NULL)
            label_bars(sheet, series, line->words, (size_t)(line->values.last_row - line->values.row + 1));
    }
    style_chart(chart, about, chart->x_axis, chart->y_axis); /* of bars the y axis has the categories */
    lines_begin_at_zero(chart->x_axis, about);
    chart_axis_set_label_position(chart->y_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_HIGH); /* so it is below */
    chart_axis_set_line(chart->x_axis, &(lxw_chart_line){.none = LXW_TRUE});
    chart_axis_set_major_tick_mark(chart->x_axis, LXW_CHART_AXIS_TICK_MARK_NONE);
    chart_axis_set_reverse(chart->y_axis);
    chart_set_series_gap(chart, 50);
    chart_set_series_overlap(chart, about->kind == SHEET_BARS_IN_LINE ? 100 : 0);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    insert_chart(sheet, chart, about);
}
