#include <math.h>

#include "base/arena.h"
#include "report/chart_text.h"
#include "report/colours.h"
#include "report/scenario_facts.h"
#include "report/workbook.h"

enum { FINDING_ROW = 3, CHART_ROW = 5, FIRST_SCENARIO_ROW, ROW_PIXELS = 20, LONGEST_SUBJECT = 60 };

static const char runs_note[] =
    "The costs are runs of their own, not formulas: they do not follow prices changed in this workbook.";

static void start_sheet(const struct workbook *w, const char *title, int last_column, struct page page)
{
    workbook_start_sheet(w, w->sheet, title, runs_note, page);
    workbook_write_decided(w, w->sheet, last_column, "The costs");
}

static void write_finding(const struct workbook *w, int last_column, struct str finding)
{
    sheet_across(w->sheet, FINDING_ROW, 0, last_column, SHOW_WRAP | LOOK_HEADLINE,
                 str_format(w->arena, "As of the run: %.*s.", STR_ARGS(finding)));
}

/* ---- Sensitivity ---- */

enum sensitivity_column {
    SENSITIVITY_NAME,
    SENSITIVITY_LOW,
    SENSITIVITY_HIGH,
    SENSITIVITY_STRATEGY,
    SENSITIVITY_BASE_COST,
    SENSITIVITY_LOW_COST,
    SENSITIVITY_HIGH_COST,
    SENSITIVITY_LOW_MORE,
    SENSITIVITY_HIGH_MORE,
    SENSITIVITY_WIDTH,
    SENSITIVITY_BASE_RANK,
    SENSITIVITY_LOW_RANK,
    SENSITIVITY_HIGH_RANK,
    SENSITIVITY_PATH,
    N_SENSITIVITY_COLUMNS
};

static const struct column sensitivity_columns[N_SENSITIVITY_COLUMNS] = {
    [SENSITIVITY_NAME] = {"Change", 24, true, false},
    [SENSITIVITY_LOW] = {"Low", 14, true, false},
    [SENSITIVITY_HIGH] = {"High", 14, true, false},
    [SENSITIVITY_STRATEGY] = {"Strategy", 28, true, false},
    [SENSITIVITY_BASE_COST] = {"Compared cost", 14, true, true},
    [SENSITIVITY_LOW_COST] = {"with low", 14, true, true},
    [SENSITIVITY_HIGH_COST] = {"with high", 14, true, true},
    [SENSITIVITY_LOW_MORE] = {"Low: more (+), less (-)", 14, false, true},
    [SENSITIVITY_HIGH_MORE] = {"High: more (+), less (-)", 14, false, true},
    [SENSITIVITY_WIDTH] = {"From least to most", 14, false, true},
    [SENSITIVITY_BASE_RANK] = {"Rank", 8, true, false},
    [SENSITIVITY_LOW_RANK] = {"with low", 8, true, false},
    [SENSITIVITY_HIGH_RANK] = {"with high", 8, true, false},
    [SENSITIVITY_PATH] = {"What is set", 34, true, false},
};

static void write_rank(const struct workbook *w, int row, int column, int rank)
{
    if (rank > 0)
        sheet_number(w->sheet, row, column, SHOW_STATUS | LOOK_SIMULATED, rank);
    else
        sheet_label(w->sheet, row, column, SHOW_STATUS | LOOK_SIMULATED, "none");
}

static void write_more(const struct workbook *w, int row, int column, int cost_column)
{
    double more = sheet_value(w->sheet, row, cost_column) - sheet_value(w->sheet, row, SENSITIVITY_BASE_COST);
    sheet_formula(w->sheet, row, column, SHOW_MONEY | LOOK_CELL, more, "=%s-%s",
                  name_here(row, cost_column).text, name_here(row, SENSITIVITY_BASE_COST).text);
}

static void write_width(const struct workbook *w, int row)
{
    struct range costs = {w->sheet, row, SENSITIVITY_BASE_COST, row, SENSITIVITY_HIGH_COST};
    struct cell_name first = name_here(row, SENSITIVITY_BASE_COST),
                     last = name_here(row, SENSITIVITY_HIGH_COST);
    sheet_formula(w->sheet, row, SENSITIVITY_WIDTH, SHOW_MONEY | LOOK_CELL,
                  range_most(costs) - range_least(costs), "=MAX(%s:%s)-MIN(%s:%s)", first.text, last.text,
                  first.text, last.text);
}

static void write_change(const struct workbook *w, int row, size_t change, size_t strategy)
{
    struct sheet *sheet = w->sheet;
    const struct scenario_change *c = &w->study->wishes.changes[change];
    const struct strategy_result *s = &w->result->strategies[strategy];
    const struct scenario *ends = &w->result->scenarios.ends[change * N_SCENARIO_ENDS];
    sheet_text(sheet, row, SENSITIVITY_NAME, SHOW_WRAP | LOOK_CELL, c->name);
    sheet_text(sheet, row, SENSITIVITY_LOW, SHOW_WRAP | LOOK_CELL, c->values[SCENARIO_LOW].text);
    sheet_text(sheet, row, SENSITIVITY_HIGH, SHOW_WRAP | LOOK_CELL, c->values[SCENARIO_HIGH].text);
    sheet_text(sheet, row, SENSITIVITY_STRATEGY, SHOW_WRAP | LOOK_CELL, s->strategy->name);
    sheet_number(sheet, row, SENSITIVITY_BASE_COST, SHOW_MONEY | LOOK_SIMULATED,
                 money_as_double(s->compared));
    write_rank(w, row, SENSITIVITY_BASE_RANK, s->rank);
    for (int end = 0; end < N_SCENARIO_ENDS; end++) {
        sheet_number(sheet, row, SENSITIVITY_LOW_COST + end, SHOW_MONEY | LOOK_SIMULATED,
                     money_as_double(ends[end].costs[strategy].compared));
        write_more(w, row, SENSITIVITY_LOW_MORE + end, SENSITIVITY_LOW_COST + end);
        write_rank(w, row, SENSITIVITY_LOW_RANK + end, ends[end].costs[strategy].rank);
    }
    write_width(w, row);
    sheet_text(sheet, row, SENSITIVITY_PATH, SHOW_WRAP | LOOK_CELL, c->path);
}

bool workbook_has_sensitivity(const struct workbook *w)
{
    return has_sensitivity(w->result);
}

/* Does a change make both ends cost more, or both less? In one line one bar would cover the other. */
static bool has_shared_side(const struct tornado *tornado)
{
    for (size_t i = 0; i < tornado->n_bars; i++) {
        const money *cost = tornado->bars[i].cost, base = tornado->subject->compared;
        if ((cost[SCENARIO_LOW] > base && cost[SCENARIO_HIGH] > base) ||
            (cost[SCENARIO_LOW] < base && cost[SCENARIO_HIGH] < base))
            return true;
    }
    return false;
}

/* The rows of the strategy that the bars are of, which come first. */
static void write_tornado(const struct workbook *w, const struct tornado *tornado, int first, int n_rows)
{
    struct arena *arena = w->arena;
    int last = first + (int)tornado->n_bars - 1;
    struct colour colour = colour_shade(colour_family(w->study, tornado->subject->strategy), 0);
    struct sheet_line ends[N_SCENARIO_ENDS] = {0};
    double most = 0;
    for (int end = 0; end < N_SCENARIO_ENDS; end++) {
        int column = SENSITIVITY_LOW_MORE + end;
        struct str *words = ARENA_NEW(arena, struct str, tornado->n_bars);
        for (size_t i = 0; i < tornado->n_bars; i++)
            words[i] = tornado->bars[i].change->values[end].text;
        ends[end] = (struct sheet_line){.name = range_cell(w->sheet, first - 1, column),
                                        .values = range_down(w->sheet, column, first, last),
                                        .colour = end == SCENARIO_LOW ? colour.tint : colour.line,
                                        .words = words};
        most = fmax(most, fmax(range_most(ends[end].values), -range_least(ends[end].values)));
    }
    struct axis_unit unit = workbook_axis_unit(most);
    struct str subject = chart_name(arena, tornado->subject->strategy->name, LONGEST_SUBJECT);
    sheet_bars_chart(
        w->sheet,
        &(struct sheet_chart){
            .kind = has_shared_side(tornado) ? SHEET_BARS : SHEET_BARS_IN_LINE,
            .title = str_format(arena, "What changes the compared cost of %.*s", STR_ARGS(subject)).at,
            .value_title = str_format(arena, "more (+) or less (-) than as studied, %s%s", unit.prefix,
                                      cell_text(arena, w->study->currency, 40))
                               .at,
            .value_format = unit.axis_format,
            .alt_text = str_format(arena,
                                   "Tornado: bars from the cost as studied, for the low and the high value "
                                   "of each change. %.*s.",
                                   STR_ARGS(tornado_finding(arena, w->result, tornado))),
            .categories = range_down(w->sheet, SENSITIVITY_NAME, first, last),
            .lines = ends,
            .n_lines = N_SCENARIO_ENDS,
            .row = CHART_ROW,
            .width_pixels = 1000,
            .height_pixels = (n_rows - 1) * ROW_PIXELS,
        });
}

/* The changes from the widest bar to the narrowest, for one strategy after the other: first that of the bars.
 */
static int write_changes(const struct workbook *w, const struct tornado *tornado, int row)
{
    size_t subject = (size_t)(tornado->subject - w->result->strategies);
    for (size_t k = 0; k < w->result->n_strategies; k++) {
        size_t s = k == 0 ? subject : k <= subject ? k - 1 : k;
        for (size_t i = 0; i < tornado->n_bars; i++)
            write_change(w, row++, (size_t)(tornado->bars[i].change - w->study->wishes.changes), s);
    }
    return row;
}

void workbook_write_sensitivity(struct workbook *w)
{
    struct tornado tornado = tornado_of(w->arena, w->result);
    int n_chart_rows = 8 + 2 * (int)tornado.n_bars, last = N_SENSITIVITY_COLUMNS - 1;
    int header = CHART_ROW + n_chart_rows, row = header + 1;
    start_sheet(w, "Sensitivity: one value of the study set lower and higher", last,
                (struct page){.repeat_row = header});
    sheet_header(w->sheet, header, sensitivity_columns, N_SENSITIVITY_COLUMNS, w->study->currency);
    write_finding(w, last, tornado_finding(w->arena, w->result, &tornado));
    row = write_changes(w, &tornado, row);
    write_tornado(w, &tornado, header + 1, n_chart_rows);
    sheet_filter((struct range){w->sheet, header, 0, row - 1, last});
}

/* ---- What-if ---- */

enum { AXIS_COLUMN, FIRST_CELL_COLUMN };

/* The grid over and over, each time with other figures. */
enum block { BLOCK_CHEAPEST, BLOCK_COST, BLOCK_NEXT_COST, BLOCK_MARGIN, BLOCK_UNMET, N_BLOCKS };

static const struct {
    const char *heading;
    bool money;
} blocks[N_BLOCKS] = {
    [BLOCK_CHEAPEST] = {"Cheapest strategy", false},
    [BLOCK_COST] = {"Its compared cost", true},
    [BLOCK_NEXT_COST] = {"Compared cost of the next", true},
    [BLOCK_MARGIN] = {"Margin: how much more the next costs", true},
    [BLOCK_UNMET] = {"Unmet load of the cheapest (server-hours)", false},
};

/* The row of a block's first cells: a heading and the values of x stand above them. */
static int block_row(const struct workbook *w, enum block block)
{
    return FIRST_SCENARIO_ROW + 1 + (int)block * ((int)w->study->wishes.y.n_values + 3);
}

static void write_money(const struct workbook *w, int row, int column, money amount)
{
    sheet_number(w->sheet, row, column, SHOW_MONEY | LOOK_SIMULATED, money_as_double(amount));
}

static void write_margin(const struct workbook *w, int row, int column, int y)
{
    int cost = block_row(w, BLOCK_COST) + y, next = block_row(w, BLOCK_NEXT_COST) + y;
    sheet_formula(w->sheet, row, column, SHOW_MONEY | LOOK_CELL,
                  sheet_value(w->sheet, next, column) - sheet_value(w->sheet, cost, column), "=%s-%s",
                  name_here(next, column).text, name_here(cost, column).text);
}

static void write_cell(const struct workbook *w, enum block block, int y, int column,
                       const struct scenario *cell)
{
    int row = block_row(w, block) + y, cheapest = scenario_cheapest(cell, w->result->n_strategies),
        next = scenario_next(cell, w->result->n_strategies);
    bool needs_next = block == BLOCK_NEXT_COST || block == BLOCK_MARGIN;
    if (cheapest < 0 || (needs_next && next < 0)) {
        sheet_label(w->sheet, row, column, SHOW_STATUS | LOOK_SIMULATED,
                    cheapest < 0 ? "not ranked" : "no other");
        return;
    }
    switch (block) {
    case BLOCK_CHEAPEST:
        sheet_text(w->sheet, row, column, SHOW_WRAP | LOOK_SIMULATED,
                   w->result->strategies[cheapest].strategy->name);
        return;
    case BLOCK_COST:
        write_money(w, row, column, cell->costs[cheapest].compared);
        return;
    case BLOCK_NEXT_COST:
        write_money(w, row, column, cell->costs[next].compared);
        return;
    case BLOCK_MARGIN:
        write_margin(w, row, column, y);
        return;
    case BLOCK_UNMET:
        sheet_number(w->sheet, row, column, SHOW_QUANTITY | LOOK_SIMULATED,
                     server_hours_of_micro(cell->costs[cheapest].unmet_micro));
        return;
    case N_BLOCKS:
        return;
    }
}

static void write_block(const struct workbook *w, enum block block)
{
    const struct scenario_change *x = &w->study->wishes.x, *y = &w->study->wishes.y;
    int row = block_row(w, block);
    struct str currency = blocks[block].money ? w->study->currency : STR("");
    sheet_format(w->sheet, row - 2, 0, SHOW_TEXT | LOOK_HEADING, "%s%s%.*s", blocks[block].heading,
                 currency.length > 0 ? ", " : "", STR_ARGS(currency));
    sheet_text(w->sheet, row - 1, AXIS_COLUMN, SHOW_WRAP | LOOK_HEADER,
               str_format(w->arena, "%.*s by %.*s", STR_ARGS(y->name), STR_ARGS(x->name)));
    for (size_t j = 0; j < x->n_values; j++)
        sheet_text(w->sheet, row - 1, FIRST_CELL_COLUMN + (int)j, SHOW_WRAP | LOOK_HEADER, x->values[j].text);
    for (size_t i = 0; i < y->n_values; i++) {
        sheet_text(w->sheet, row + (int)i, AXIS_COLUMN, SHOW_WRAP | LOOK_CELL, y->values[i].text);
        for (size_t j = 0; j < x->n_values; j++)
            write_cell(w, block, (int)i, FIRST_CELL_COLUMN + (int)j,
                       &w->result->scenarios.cells[i * x->n_values + j]);
    }
}

bool workbook_has_what_if(const struct workbook *w)
{
    return has_what_if(w->result);
}

void workbook_write_what_if(struct workbook *w)
{
    int n_x = (int)w->study->wishes.x.n_values;
    int last = n_x < 4 ? 4 : n_x > 8 ? 8 : n_x;
    start_sheet(w, "What-if: two values of the study set to others", last,
                (struct page){.repeat_row = -1, .freeze_column = FIRST_CELL_COLUMN});
    sheet_width(w->sheet, AXIS_COLUMN, AXIS_COLUMN, 30);
    sheet_width(w->sheet, FIRST_CELL_COLUMN, FIRST_CELL_COLUMN + n_x - 1, 20);
    write_finding(w, last, what_if_finding(w->arena, w->result));
    for (enum block block = 0; block < N_BLOCKS; block++)
        write_block(w, block);
}
