#include "report/sheet_parts.h"

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

enum {
    LONGEST_TEXT = 32000, /* spreadsheets take 32,767 UTF-16 units */
    LONGEST_LABEL = 200,
    LONGEST_FOOTER = 120,
    FORMULA_BYTES = 4096,
    CREATED = 946684800 /* 2000-01-01: a file must not tell when it was written */
};

uint16_t sheet_column_of(int column)
{
    return (uint16_t)(column < LXW_COL_MAX ? column : LXW_COL_MAX);
}

/* A range as the library wants it. */
#define CELLS(range)                                                                                         \
    (lxw_row_t)(range).row, sheet_column_of((range).column), (lxw_row_t)(range).last_row,                    \
        sheet_column_of((range).last_column)

char *sheet_writable(struct arena *arena, const char *text)
{
    size_t n_bytes = strlen(text) + 1;
    char *copy = ARENA_NEW(arena, char, n_bytes);
    memcpy(copy, text, n_bytes);
    return copy;
}

void book_note_error(struct book *book, int error)
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
    lxw_doc_properties properties = {.title = sheet_writable(arena, cell_text(arena, title, LONGEST_LABEL)),
                                     .created = CREATED};
    book_note_error(book, workbook_set_properties(book->workbook, &properties));
    return book;
}

/* An empty cell where the rows end, in whose place they are put: it tells the library the size. */
static void mark_ends(struct book *book)
{
    for (struct sheet *s = book->packed; s != NULL; s = s->next_packed)
        if (s->rows.row >= 0)
            book_note_error(book, worksheet_write_blank(s->worksheet, (lxw_row_t)s->rows.row,
                                                        sheet_column_of(s->rows.last_column),
                                                        book->formats[LOOK_CELL]));
}

bool book_close(struct book *book, struct failure *failure)
{
    mark_ends(book);
    errno = 0;
    lxw_error closed = workbook_close(book->workbook); /* frees the workbook whatever happens */
    int reason = errno;
    if (closed != LXW_NO_ERROR)
        failure_set(failure, book->arena, book->path, "cannot write", reason);
    if (book->error != LXW_NO_ERROR)
        failure_set(failure, book->arena, book->path, lxw_strerror(book->error), 0);
    bool done = closed == LXW_NO_ERROR && book->error == LXW_NO_ERROR;
    for (struct sheet *s = book->packed; s != NULL; s = s->next_packed)
        done = done && rows_put(&s->rows, book->path, s->number, failure);
    return done;
}

struct sheet *book_sheet(struct book *book, const char *name)
{
    struct sheet *sheet = ARENA_NEW(book->arena, struct sheet, 1);
    sheet->book = book;
    sheet->memory.arena = book->arena;
    sheet->name = name;
    sheet->quoted_name = strpbrk(name, " -") == NULL ? name : str_format(book->arena, "'%s'", name).at;
    sheet->worksheet = workbook_add_worksheet(book->workbook, name);
    check(sheet->worksheet != NULL);
    sheet->number = sheet->worksheet->index + 1;
    worksheet_gridlines(sheet->worksheet, LXW_HIDE_ALL_GRIDLINES);
    return sheet;
}

void book_name(struct book *book, const char *name, struct range cell)
{
    struct str formula = str_format(book->arena, "=%s", name_of(cell).text);
    book_note_error(book, workbook_define_name(book->workbook, name, formula.at));
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

/* ---- rows that go past the library ---- */

void sheet_pack(struct sheet *sheet, int first_row)
{
    sheet->rows = (struct sheet_rows){.arena = sheet->book->arena, .row = -1};
    sheet->first_row = first_row;
    sheet->next_packed = sheet->book->packed;
    sheet->book->packed = sheet;
    format_of(sheet, LOOK_CELL); /* of the cell that marks where the rows end */
}

static int look_of(struct sheet *sheet, int style)
{
    int *look = &sheet->book->looks[style];
    if (*look == 0)
        *look = lxw_format_get_xf_index(format_of(sheet, style)) + 1;
    return *look - 1;
}

static int index_of(struct sheet *sheet, int column, const char *text)
{
    while (sheet->said.n_items <= (size_t)column)
        ARENA_APPEND(sheet->book->arena, &sheet->said);
    struct sheet_said *said = &sheet->said.items[column];
    if (said->text == NULL || strcmp(said->text, text) != 0) {
        int index = (int)lxw_get_sst_index(sheet->worksheet->sst, text, LXW_FALSE)->index;
        *said = (struct sheet_said){text, index};
    } else {
        sheet->worksheet->sst->string_count++; /* as the library counts what refers to its texts */
    }
    return said->index;
}

static void pack_text(struct sheet *sheet, int row, int column, int style, const char *text)
{
    int look = look_of(sheet, style);
    if (*text == '\0')
        rows_add_blank(&sheet->rows, row, column, look);
    else
        rows_add_text(&sheet->rows, row, column, look, index_of(sheet, column, text));
}

/* ---- the sheet as a page ---- */

void sheet_page(struct sheet *sheet, struct page page)
{
    lxw_worksheet *worksheet = sheet->worksheet;
    const char *escaped = footer_text(sheet->book->arena, page.footer, LONGEST_FOOTER / 2);
    struct str footer = str_format(sheet->book->arena, "&L&8 %s&C&8&A&R&8Page &P of &N", escaped);
    book_note_error(sheet->book, worksheet_set_footer(worksheet, footer.at));
    worksheet_set_landscape(worksheet);
    worksheet_set_paper(worksheet, 9);
    worksheet_fit_to_pages(worksheet, 1, page.one_page);
    worksheet_set_margins(worksheet, 0.5, 0.5, 0.5, 0.7);
    if (page.last_column > 0)
        book_note_error(sheet->book, worksheet_print_area(worksheet, 0, 0, (lxw_row_t)page.last_row,
                                                          sheet_column_of(page.last_column)));
    if (page.repeat_row >= 0)
        worksheet_repeat_rows(worksheet, (lxw_row_t)page.repeat_row, (lxw_row_t)page.repeat_row);
    if (page.freeze_row > 0 || page.freeze_column > 0)
        worksheet_freeze_panes(worksheet, (lxw_row_t)page.freeze_row, sheet_column_of(page.freeze_column));
}

/* As the sheet remembers it. Column by column: the library would write what overlaps, which is no workbook.
 */
static void set_width(struct sheet *sheet, int column)
{
    book_note_error(sheet->book,
                    worksheet_set_column(sheet->worksheet, sheet_column_of(column), sheet_column_of(column),
                                         sheet_column_width(&sheet->memory, column), NULL));
}

void sheet_width(struct sheet *sheet, int column, int last_column, double characters)
{
    for (int i = column; i <= last_column; i++) {
        sheet_remember_width(&sheet->memory, i, characters);
        set_width(sheet, i);
    }
}

bool sheet_is_packed(const struct sheet *sheet, int row)
{
    return sheet->first_row > 0 && row >= sheet->first_row;
}

static void fit_row(struct sheet *sheet, int row, int column, int last_column, int style, const char *text)
{
    double points = cell_points(text, style, sheet_columns_width(&sheet->memory, column, last_column));
    if (points <= LXW_DEF_ROW_HEIGHT + 1 || !sheet_remember_height(&sheet->memory, row, points))
        return;
    if (sheet_is_packed(sheet, row))
        rows_set_height(&sheet->rows, row, points);
    else
        book_note_error(sheet->book, worksheet_set_row(sheet->worksheet, (lxw_row_t)row, points, NULL));
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
    if (sheet_remember_need(&sheet->memory, column,
                            sheet_number_width(style, value, sheet_column_width(&sheet->memory, column))))
        set_width(sheet, column);
}

void sheet_text(struct sheet *sheet, int row, int column, int style, struct str text)
{
    const char *fitted = cell_text(sheet->book->arena, text, LONGEST_TEXT);
    if ((style & SHOW_BITS) == SHOW_WRAP || style >> LOOK_SHIFT == LOOK_TITLE >> LOOK_SHIFT)
        fit_row(sheet, row, column, column, style, (style & SHOW_BITS) == SHOW_WRAP ? fitted : "");
    if (sheet_is_packed(sheet, row))
        pack_text(sheet, row, column, style, fitted);
    else
        book_note_error(sheet->book,
                        worksheet_write_string(sheet->worksheet, (lxw_row_t)row, sheet_column_of(column),
                                               fitted, format_of(sheet, style)));
}

void sheet_across(struct sheet *sheet, int row, int column, int last_column, int style, struct str text)
{
    const char *fitted = cell_text(sheet->book->arena, text, LONGEST_TEXT);
    check(!sheet_is_packed(sheet, row));
    fit_row(sheet, row, column, last_column, style, fitted);
    book_note_error(sheet->book,
                    worksheet_merge_range(sheet->worksheet, (lxw_row_t)row, sheet_column_of(column),
                                          (lxw_row_t)row, sheet_column_of(last_column), fitted,
                                          format_of(sheet, style)));
}

void sheet_number(struct sheet *sheet, int row, int column, int style, double number)
{
    if (!isfinite(number)) {
        sheet_label(sheet, row, column, style, "n/a");
        return;
    }
    remember(sheet, row, column, style, number);
    if (sheet_is_packed(sheet, row))
        rows_add_number(&sheet->rows, row, column, look_of(sheet, style), number);
    else
        book_note_error(sheet->book,
                        worksheet_write_number(sheet->worksheet, (lxw_row_t)row, sheet_column_of(column),
                                               number, format_of(sheet, style)));
}

void sheet_vformula(struct sheet *sheet, int row, int column, int style, double number, const char *word,
                    const char *format, va_list args)
{
    char formula[FORMULA_BYTES];
    double value = isfinite(number) ? number : 0;
    if (word == NULL)
        remember(sheet, row, column, style, value);
    else
        word = cell_text(sheet->book->arena, str_of(word), LONGEST_LABEL);
    int length = vsnprintf(formula, sizeof formula, format, args);
    check(length >= 0 && length < FORMULA_BYTES);
    lxw_row_t r = (lxw_row_t)row;
    lxw_col_t c = sheet_column_of(column);
    lxw_format *look = format_of(sheet, style);
    if (sheet_is_packed(sheet, row))
        rows_add_formula(&sheet->rows, row, column, look_of(sheet, style), formula + 1, word, value);
    else if (word != NULL)
        book_note_error(sheet->book,
                        worksheet_write_formula_str(sheet->worksheet, r, c, formula, look, word));
    else
        book_note_error(sheet->book,
                        worksheet_write_formula_num(sheet->worksheet, r, c, formula, look, value));
}

void sheet_link(struct sheet *sheet, int row, int column, const struct sheet *target)
{
    check(!sheet_is_packed(sheet, row));
    struct str url = str_format(sheet->book->arena, "internal:%s!A1", target->quoted_name);
    book_note_error(sheet->book,
                    worksheet_write_url_opt(sheet->worksheet, (lxw_row_t)row, sheet_column_of(column), url.at,
                                            format_of(sheet, SHOW_TEXT | LOOK_LINK), target->name, NULL));
}

void sheet_blank(struct sheet *sheet, int row, int column, int last_column, int style)
{
    for (int i = column; i <= last_column; i++)
        if (sheet_is_packed(sheet, row))
            rows_add_blank(&sheet->rows, row, i, look_of(sheet, style));
        else
            book_note_error(sheet->book, worksheet_write_blank(sheet->worksheet, (lxw_row_t)row,
                                                               sheet_column_of(i), format_of(sheet, style)));
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
        .error_title = sheet_writable(sheet->book->arena, "Unusual value"),
        .error_message = sheet_writable(sheet->book->arena, message),
    };
    book_note_error(sheet->book, worksheet_data_validation_range(sheet->worksheet, CELLS(cells), &rule));
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
                                       .value_string = sheet_writable(sheet->book->arena, word->word),
                                       .format = format};
        book_note_error(sheet->book,
                        worksheet_conditional_format_range(sheet->worksheet, CELLS(cells), &rule));
    }
}

void sheet_filter(struct range table)
{
    book_note_error(table.sheet->book, worksheet_autofilter(table.sheet->worksheet, CELLS(table)));
}

/* The library writes the titles, too; what is written to their cells afterwards must be the same. */
void sheet_table(struct range table, const char *name, const struct str *titles)
{
    struct book *book = table.sheet->book;
    size_t n = (size_t)(table.last_column - table.column + 1);
    lxw_table_column *columns = ARENA_NEW(book->arena, lxw_table_column, n);
    lxw_table_column **list = ARENA_NEW(book->arena, lxw_table_column *, n + 1);
    for (size_t i = 0; i < n; i++) {
        columns[i].header = sheet_writable(book->arena, cell_text(book->arena, titles[i], LONGEST_TEXT));
        list[i] = &columns[i];
    }
    lxw_table_options options = {.name = sheet_writable(book->arena, name),
                                 .columns = list,
                                 .no_banded_rows = LXW_TRUE,
                                 .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                 .style_type_number = 1};
    book_note_error(book, worksheet_add_table(table.sheet->worksheet, CELLS(table), &options));
}
