#include "report/sheet.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/file.h"
#include "report/sheet_memory.h"
#include "report/sheet_style.h"
#include "unit/calendar.h"

enum {
    LONGEST_TEXT = 32000, /* spreadsheets take 32,767 UTF-16 units */
    LONGEST_LABEL = 200,
    LONGEST_ALT_TEXT = 800,
    LONGEST_FOOTER = 120,
    LONGEST_BAR_LABEL = 24,
    FORMULA_BYTES = 4096,
    CREATED = 946684800 /* 2000-01-01: a file must not tell when it was written */
};

struct sheet {
    struct book *book;
    lxw_worksheet *worksheet;
    const char *name, *quoted_name;
    struct sheet_memory memory;
};

struct book {
    lxw_workbook *workbook;
    struct arena *arena;
    struct str path;
    lxw_error error;               /* the first */
    lxw_format *formats[N_STYLES]; /* made when first used */
};

/* Too wide a column must come out as the library's error, not wrap around to another one. */
static lxw_col_t column_of(int column)
{
    return (lxw_col_t)(column < LXW_COL_MAX ? column : LXW_COL_MAX);
}

/* A range as the library wants it. */
#define CELLS(range)                                                                                         \
    (lxw_row_t)(range).row, column_of((range).column), (lxw_row_t)(range).last_row,                          \
        column_of((range).last_column)

/* The library wants text it could write to, and does not. */
static char *writable(struct arena *arena, const char *text)
{
    size_t n_bytes = strlen(text) + 1;
    char *copy = ARENA_NEW(arena, char, n_bytes);
    memcpy(copy, text, n_bytes);
    return copy;
}

static void note_error(struct book *book, lxw_error error)
{
    if (book->error == LXW_NO_ERROR)
        book->error = error;
}

/* ---- the book ---- */

struct book *book_open(struct arena *arena, struct str path, struct str title, struct failure *failure)
{
    if (!file_can_write(arena, path, failure)) /* the library says only on standard error why not */
        return NULL;
    struct book *book = ARENA_NEW(arena, struct book, 1);
    *book = (struct book){.arena = arena, .path = path};
    book->workbook = workbook_new(str_zero_terminated(arena, path));
    if (book->workbook == NULL)
        check_out_of_memory();
    lxw_doc_properties properties = {.title = writable(arena, cell_text(arena, title, LONGEST_LABEL)),
                                     .created = CREATED};
    note_error(book, workbook_set_properties(book->workbook, &properties));
    return book;
}

bool book_close(struct book *book, struct failure *failure)
{
    errno = 0;
    lxw_error closed = workbook_close(book->workbook); /* frees the workbook whatever happens */
    int reason = errno;
    if (closed != LXW_NO_ERROR)
        failure_set(failure, book->arena, book->path, "cannot write", reason);
    if (book->error != LXW_NO_ERROR)
        failure_set(failure, book->arena, book->path, lxw_strerror(book->error), 0);
    return closed == LXW_NO_ERROR && book->error == LXW_NO_ERROR;
}

struct sheet *book_sheet(struct book *book, const char *name)
{
    struct sheet *sheet = ARENA_NEW(book->arena, struct sheet, 1);
    sheet->book = book;
    sheet->name = name;
    sheet->memory.arena = book->arena;
    sheet->quoted_name = strpbrk(name, " -") == NULL ? name : str_format(book->arena, "'%s'", name).at;
    sheet->worksheet = workbook_add_worksheet(book->workbook, name);
    check(sheet->worksheet != NULL);
    worksheet_gridlines(sheet->worksheet, LXW_HIDE_ALL_GRIDLINES);
    return sheet;
}

void book_name(struct book *book, const char *name, struct range cell)
{
    struct str formula = str_format(book->arena, "=%s", name_of(cell).text);
    note_error(book, workbook_define_name(book->workbook, name, formula.at));
}

static lxw_format *format_make(struct book *book, int style)
{
    static const uint8_t aligns[] = {
        [SHEET_LEFT] = LXW_ALIGN_LEFT, [SHEET_CENTER] = LXW_ALIGN_CENTER, [SHEET_RIGHT] = LXW_ALIGN_RIGHT};
    static const uint8_t borders[] = {[SHEET_NO_BORDER] = LXW_BORDER_NONE,
                                      [SHEET_THIN] = LXW_BORDER_THIN,
                                      [SHEET_MEDIUM] = LXW_BORDER_MEDIUM};
    const struct sheet_show *show = &sheet_shows[style & SHOW_BITS];
    const struct sheet_look *look = &sheet_looks[style >> LOOK_SHIFT];
    lxw_format *format = workbook_add_format(book->workbook);
    if (format == NULL)
        check_out_of_memory();
    format_set_font_name(format, "Calibri");
    format_set_font_size(format, look->size);
    format_set_font_color(format, look->colour);
    format_set_num_format(format, show->number_format);
    format_set_align(format, look->centre ? LXW_ALIGN_CENTER : aligns[show->align]);
    format_set_align(format, look->centre ? LXW_ALIGN_VERTICAL_CENTER : LXW_ALIGN_VERTICAL_TOP);
    if (look->background != WHITE)
        format_set_bg_color(format, look->background);
    if (look->bold)
        format_set_bold(format);
    if (look->link)
        format_set_underline(format, LXW_UNDERLINE_SINGLE);
    if (look->italic)
        format_set_italic(format);
    if (show->wrap || look->centre)
        format_set_text_wrap(format);
    if (show->align == SHEET_LEFT && look->bottom != SHEET_NO_BORDER)
        format_set_indent(format, 1);
    if (style >> LOOK_SHIFT == LOOK_INPUT >> LOOK_SHIFT)
        format_set_unlocked(format);
    format_set_bottom(format, borders[look->bottom]);
    format_set_bottom_color(format, HAIRLINE);
    format_set_top(format, borders[look->top]);
    format_set_top_color(format, NAVY);
    return format;
}

static lxw_format *format_of(struct sheet *sheet, int style)
{
    check(style >= 0 && style < N_STYLES && (style & SHOW_BITS) < N_SHOWS);
    lxw_format **format = &sheet->book->formats[style];
    if (*format == NULL)
        *format = format_make(sheet->book, style);
    return *format;
}

/* ---- the sheet as a page ---- */

void sheet_page(struct sheet *sheet, struct page page)
{
    lxw_worksheet *worksheet = sheet->worksheet;
    const char *escaped = footer_text(sheet->book->arena, page.footer, LONGEST_FOOTER / 2);
    struct str footer = str_format(sheet->book->arena, "&L&8 %s&C&8&A&R&8Page &P of &N", escaped);
    note_error(sheet->book, worksheet_set_footer(worksheet, footer.at));
    worksheet_set_landscape(worksheet);
    worksheet_set_paper(worksheet, 9);
    worksheet_fit_to_pages(worksheet, 1, page.one_page);
    worksheet_set_margins(worksheet, 0.5, 0.5, 0.5, 0.7);
    if (page.last_column > 0)
        note_error(sheet->book, worksheet_print_area(worksheet, 0, 0, (lxw_row_t)page.last_row,
                                                     column_of(page.last_column)));
    if (page.repeat_row >= 0)
        worksheet_repeat_rows(worksheet, (lxw_row_t)page.repeat_row, (lxw_row_t)page.repeat_row);
    if (page.freeze_row > 0 || page.freeze_column > 0)
        worksheet_freeze_panes(worksheet, (lxw_row_t)page.freeze_row, column_of(page.freeze_column));
}

/* As the sheet remembers it. Column by column: the library would write what overlaps, which is no workbook.
 */
static void set_width(struct sheet *sheet, int column)
{
    note_error(sheet->book, worksheet_set_column(sheet->worksheet, column_of(column), column_of(column),
                                                 sheet_column_width(&sheet->memory, column), NULL));
}

void sheet_width(struct sheet *sheet, int column, int last_column, double characters)
{
    for (int i = column; i <= last_column; i++) {
        sheet_remember_width(&sheet->memory, i, characters);
        set_width(sheet, i);
    }
}

static void fit_row(struct sheet *sheet, int row, int column, int last_column, int style, const char *text)
{
    double points = cell_points(text, style, sheet_columns_width(&sheet->memory, column, last_column));
    if (points > LXW_DEF_ROW_HEIGHT + 1 && sheet_remember_height(&sheet->memory, row, points))
        note_error(sheet->book, worksheet_set_row(sheet->worksheet, (lxw_row_t)row, points, NULL));
}

/* ---- cells ---- */

double sheet_value(const struct sheet *sheet, int row, int column)
{
    return sheet_remembered(&sheet->memory, row, column);
}

/* Remembers a number, and widens its column where it would be shown as ####. */
static void remember(struct sheet *sheet, int row, int column, int style, double value)
{
    sheet_remember(&sheet->memory, row, column, value);
    if (sheet_remember_need(&sheet->memory, column, sheet_number_width(style, value)))
        set_width(sheet, column);
}

void sheet_text(struct sheet *sheet, int row, int column, int style, struct str text)
{
    const char *fitted = cell_text(sheet->book->arena, text, LONGEST_TEXT);
    if ((style & SHOW_BITS) == SHOW_WRAP || style >> LOOK_SHIFT == LOOK_TITLE >> LOOK_SHIFT)
        fit_row(sheet, row, column, column, style, (style & SHOW_BITS) == SHOW_WRAP ? fitted : "");
    note_error(sheet->book, worksheet_write_string(sheet->worksheet, (lxw_row_t)row, column_of(column),
                                                   fitted, format_of(sheet, style)));
}

void sheet_across(struct sheet *sheet, int row, int column, int last_column, int style, struct str text)
{
    const char *fitted = cell_text(sheet->book->arena, text, LONGEST_TEXT);
    fit_row(sheet, row, column, last_column, style, fitted);
    note_error(sheet->book,
               worksheet_merge_range(sheet->worksheet, (lxw_row_t)row, column_of(column), (lxw_row_t)row,
                                     column_of(last_column), fitted, format_of(sheet, style)));
}

void sheet_number(struct sheet *sheet, int row, int column, int style, double number)
{
    if (!isfinite(number)) {
        sheet_label(sheet, row, column, style, "n/a");
        return;
    }
    remember(sheet, row, column, style, number);
    note_error(sheet->book, worksheet_write_number(sheet->worksheet, (lxw_row_t)row, column_of(column),
                                                   number, format_of(sheet, style)));
}

static void write_formula(struct sheet *sheet, int row, int column, int style, double value, const char *word,
                          const char *format, va_list args)
{
    char formula[FORMULA_BYTES];
    int length = vsnprintf(formula, sizeof formula, format, args);
    check(length >= 0 && length < FORMULA_BYTES);
    lxw_row_t r = (lxw_row_t)row;
    lxw_col_t c = column_of(column);
    lxw_format *look = format_of(sheet, style);
    if (word != NULL)
        note_error(sheet->book, worksheet_write_formula_str(sheet->worksheet, r, c, formula, look, word));
    else
        note_error(sheet->book, worksheet_write_formula_num(sheet->worksheet, r, c, formula, look, value));
}

void sheet_formula(struct sheet *sheet, int row, int column, int style, double value, const char *format, ...)
{
    double written = isfinite(value) ? value : 0;
    va_list args;
    va_start(args, format);
    remember(sheet, row, column, style, written);
    write_formula(sheet, row, column, style, written, NULL, format, args);
    va_end(args);
}

void sheet_text_formula(struct sheet *sheet, int row, int column, int style, const char *value,
                        const char *format, ...)
{
    const char *word = cell_text(sheet->book->arena, str_of(value), LONGEST_LABEL);
    va_list args;
    va_start(args, format);
    write_formula(sheet, row, column, style, 0, word, format, args);
    va_end(args);
}

void sheet_across_formula(struct sheet *sheet, int row, int column, int last_column, int style,
                          const char *value, const char *format, ...)
{
    const char *word = cell_text(sheet->book->arena, str_of(value), LONGEST_LABEL);
    va_list args;
    va_start(args, format);
    sheet_across(sheet, row, column, last_column, style, str_of(word)); /* whose first cell it then takes */
    write_formula(sheet, row, column, style, 0, word, format, args);
    va_end(args);
}

void sheet_link(struct sheet *sheet, int row, int column, const struct sheet *target)
{
    struct str url = str_format(sheet->book->arena, "internal:%s!A1", target->quoted_name);
    note_error(sheet->book,
               worksheet_write_url_opt(sheet->worksheet, (lxw_row_t)row, column_of(column), url.at,
                                       format_of(sheet, SHOW_TEXT | LOOK_LINK), target->name, NULL));
}

void sheet_blank(struct sheet *sheet, int row, int column, int last_column, int style)
{
    for (int i = column; i <= last_column; i++)
        note_error(sheet->book, worksheet_write_blank(sheet->worksheet, (lxw_row_t)row, column_of(i),
                                                      format_of(sheet, style)));
}

struct arena *sheet_arena(const struct sheet *sheet)
{
    return sheet->book->arena;
}

const char *sheet_quoted_name(const struct sheet *sheet)
{
    return sheet->quoted_name;
}

void sheet_limits(struct range cells, double least, double most, const char *message)
{
    const struct sheet *sheet = cells.sheet;
    lxw_data_validation rule = {
        .validate = LXW_VALIDATION_TYPE_DECIMAL,
        .criteria = LXW_VALIDATION_CRITERIA_BETWEEN,
        .ignore_blank = LXW_VALIDATION_ON,
        .show_input = LXW_VALIDATION_ON,
        .show_error = LXW_VALIDATION_ON,
        .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
        .minimum_number = least,
        .maximum_number = most,
        .error_title = writable(sheet->book->arena, "Unusual value"),
        .error_message = writable(sheet->book->arena, message),
    };
    note_error(sheet->book, worksheet_data_validation_range(sheet->worksheet, CELLS(cells), &rule));
}

void sheet_colour_words(struct range cells)
{
    const struct sheet *sheet = cells.sheet;
    for (const struct sheet_word *word = sheet_words; word->word != NULL; word++) {
        lxw_format *format = workbook_add_format(sheet->book->workbook);
        if (format == NULL)
            check_out_of_memory();
        format_set_font_color(format, word->colour);
        format_set_bg_color(format, word->background);
        lxw_conditional_format rule = {.type = LXW_CONDITIONAL_TYPE_TEXT,
                                       .criteria = LXW_CONDITIONAL_CRITERIA_TEXT_BEGINS_WITH,
                                       .value_string = writable(sheet->book->arena, word->word),
                                       .format = format};
        note_error(sheet->book, worksheet_conditional_format_range(sheet->worksheet, CELLS(cells), &rule));
    }
}

void sheet_filter(struct range table)
{
    note_error(table.sheet->book, worksheet_autofilter(table.sheet->worksheet, CELLS(table)));
}

/* The library writes the titles, too; what is written to their cells afterwards must be the same. */
void sheet_table(struct range table, const char *name, const struct str *titles)
{
    struct book *book = table.sheet->book;
    size_t n = (size_t)(table.last_column - table.column + 1);
    lxw_table_column *columns = ARENA_NEW(book->arena, lxw_table_column, n);
    lxw_table_column **list = ARENA_NEW(book->arena, lxw_table_column *, n + 1);
    for (size_t i = 0; i < n; i++) {
        columns[i].header = writable(book->arena, cell_text(book->arena, titles[i], LONGEST_TEXT));
        list[i] = &columns[i];
    }
    lxw_table_options options = {.name = writable(book->arena, name),
                                 .columns = list,
                                 .no_banded_rows = LXW_TRUE,
                                 .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                 .style_type_number = 1};
    note_error(book, worksheet_add_table(table.sheet->worksheet, CELLS(table), &options));
}

/* ---- charts ---- */

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
    lxw_chart_options options = {.x_scale = about->width_pixels / 480.0,
                                 .y_scale = about->height_pixels / 288.0,
                                 .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
                                 .description =
                                     writable(arena, cell_text(arena, about->alt_text, LONGEST_ALT_TEXT))};
    note_error(sheet->book, worksheet_insert_chart_opt(sheet->worksheet, (lxw_row_t)about->row,
                                                       column_of(about->column), chart, &options));
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
    note_error(sheet->book, chart_series_set_points(series, list));
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
        labels[i].value = writable(arena, *word == '=' ? str_format(arena, " %s", word).at : word);
        list[i] = &labels[i];
    }
    chart_series_set_labels(series);
    note_error(sheet->book, chart_series_set_labels_custom(series, list));
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
