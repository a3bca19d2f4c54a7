#include <math.h>

#include "base/arena.h"
#include "report/scenario_facts.h"
#include "report/workbook.h"

enum { FINDING_ROW = 3, HEADER_ROW = 5, FIRST_SCENARIO_ROW };

static const char runs_note[] =
    "The costs are runs of their own, not formulas: they do not follow prices changed in this workbook.";

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

void workbook_write_sensitivity(struct workbook *w)
{
    struct tornado tornado = tornado_of(w->arena, w->result);
    int row = FIRST_SCENARIO_ROW, last = N_SENSITIVITY_COLUMNS - 1;
    workbook_start_sheet(w, w->sheet, "Sensitivity: one value of the study set lower and higher", runs_note,
                         (struct page){.repeat_row = HEADER_ROW, .freeze_row = FIRST_SCENARIO_ROW});
    sheet_header(w->sheet, HEADER_ROW, sensitivity_columns, N_SENSITIVITY_COLUMNS, w->study->currency);
    write_finding(w, last, tornado_finding(w->arena, w->result, &tornado));
    for (size_t i = 0; i < tornado.n_bars; i++)
        for (size_t s = 0; s < w->result->n_strategies; s++)
            write_change(w, row++, (size_t)(tornado.bars[i].change - w->study->wishes.changes), s);
    sheet_filter((struct range){w->sheet, HEADER_ROW, 0, row - 1, last});
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
    workbook_start_sheet(w, w->sheet, "What-if: two values of the study set to others", runs_note,
                         (struct page){.repeat_row = -1, .freeze_column = FIRST_CELL_COLUMN});
    sheet_width(w->sheet, AXIS_COLUMN, AXIS_COLUMN, 30);
    sheet_width(w->sheet, FIRST_CELL_COLUMN, FIRST_CELL_COLUMN + n_x - 1, 20);
    write_finding(w, n_x < 4 ? 4 : n_x > 8 ? 8 : n_x, what_if_finding(w->arena, w->result));
    for (enum block block = 0; block < N_BLOCKS; block++)
        write_block(w, block);
}
