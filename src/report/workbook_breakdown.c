#include <math.h>

#include "base/arena.h"
#include "report/workbook.h"

/* A column for each strategy after the one that names the rows. */
enum { NAME_COLUMN, STRATEGIES };

/* A kind of cost by component, and what the rows of it add up to. */
struct kind {
    const char *heading, *total, *share;
    enum monthly_column all;
    bool effective;
};

static const struct kind kinds[] = {
    {"Billed cost: cash on the day it falls due", "billed cost", "Share of the billed cost", MONTHLY_CASH,
     false},
    {"Effective cost: the same money spread over what it bought", "effective cost",
     "Share of the effective cost", MONTHLY_EFFECTIVE, true},
};

static int n_strategies(const struct workbook *w)
{
    return (int)w->result->n_strategies;
}

static void write_head(const struct workbook *w, int row, const char *heading)
{
    sheet_label(w->sheet, row, NAME_COLUMN, SHOW_TEXT | LOOK_HEADING, heading);
    sheet_label(w->sheet, row + 1, NAME_COLUMN, SHOW_WRAP | LOOK_HEADER, "Component");
    for (int s = 0; s < n_strategies(w); s++)
        sheet_text(w->sheet, row + 1, STRATEGIES + s, SHOW_WRAP | LOOK_HEADER,
                   w->result->strategies[s].strategy->name);
}

/* ---- amounts ---- */

static void write_billed(const struct workbook *w, int row, int s, int component)
{
    struct range total = range_cell(w->monthly, w->places[s].total, MONTHLY_COMPONENTS + component);
    sheet_formula(w->sheet, row, STRATEGIES + s, SHOW_MONEY | LOOK_CELL, range_sum(total), "=%s",
                  name_of(total).text);
}

/* The effective cost of a component, as SUMIFS finds it on Quantities. */
static double effective_of(const struct workbook *w, const struct places *at, int component)
{
    double sum = 0;
    for (int row = at->quantities; row <= at->last_quantity; row++) {
        const struct quantity_row *quantity = &at->quantity_rows[row - at->quantities];
        if (quantity->price >= 0 && quantity->category != CHARGE_HORIZON &&
            w->used_prices[quantity->price].row->component == component)
            sum += sheet_value(w->quantities, row, QUANTITY_EFFECTIVE_COST);
    }
    return sum;
}

static struct cell_name quantities_of(const struct workbook *w, const struct places *at,
                                      enum quantity_column column)
{
    return name_of(range_down(w->quantities, (int)column, at->quantities, at->last_quantity));
}

static void write_effective(const struct workbook *w, int row, int s, int component)
{
    const struct places *at = &w->places[s];
    sheet_formula(w->sheet, row, STRATEGIES + s, SHOW_MONEY | LOOK_CELL, effective_of(w, at, component),
                  "=SUMIFS(%s,%s,$%s,%s,\"<>horizon\")", quantities_of(w, at, QUANTITY_EFFECTIVE_COST).text,
                  quantities_of(w, at, QUANTITY_COMPONENT).text, name_here(row, NAME_COLUMN).text,
                  quantities_of(w, at, QUANTITY_CATEGORY).text);
}

static void write_total(const struct workbook *w, int row, int first, const char *name)
{
    sheet_label(w->sheet, row, NAME_COLUMN, SHOW_TEXT | LOOK_TOTAL, name);
    for (int s = 0; s < n_strategies(w); s++) {
        int column = STRATEGIES + s;
        sheet_formula(w->sheet, row, column, SHOW_MONEY | LOOK_TOTAL,
                      range_sum(range_down(w->sheet, column, first, row - 1)), "=SUM(%s:%s)",
                      name_here(first, column).text, name_here(row - 1, column).text);
    }
}

/* ---- from cash to what is compared ---- */

static void write_bridge_row(const struct workbook *w, int row, const char *name, enum monthly_column column,
                             const char *sign)
{
    sheet_label(w->sheet, row, NAME_COLUMN, SHOW_TEXT | LOOK_CELL, name);
    for (int s = 0; s < n_strategies(w); s++) {
        struct range total = range_cell(w->monthly, w->places[s].total, monthly_column(w, column));
        double value = range_sum(total);
        sheet_formula(w->sheet, row, STRATEGIES + s, SHOW_MONEY | LOOK_CELL, sign[0] == '-' ? -value : value,
                      "=%s%s", sign, name_of(total).text);
    }
}

/* To millionths of a unit, as money is: less than that comes of the digits of doubles. */
static double to_millionths(double amount)
{
    double scaled = fabs(amount) * 1e6;
    double rounded = (scaled < 9e15 ? floor(scaled + 0.5) : scaled) / 1e6;
    return amount < 0 ? -rounded : rounded;
}

/* What the months weigh less for being later: what is compared less all that stands above. */
static void write_discounting(const struct workbook *w, int row, int total)
{
    sheet_label(w->sheet, row, NAME_COLUMN, SHOW_TEXT | LOOK_CELL, "effect of discounting");
    for (int s = 0; s < n_strategies(w); s++) {
        int column = STRATEGIES + s;
        struct range compared =
            range_cell(w->monthly, w->places[s].total, monthly_column(w, MONTHLY_PRESENT));
        double above = range_sum(range_down(w->sheet, column, total, row - 1));
        sheet_formula(w->sheet, row, column, SHOW_MONEY | LOOK_CELL,
                      to_millionths(range_sum(compared) - above), "=ROUND(%s-SUM(%s:%s),6)",
                      name_of(compared).text, name_here(total, column).text, name_here(row - 1, column).text);
    }
}

static int write_bridge(const struct workbook *w, int row, int total)
{
    write_bridge_row(w, row++, "less the horizon value", MONTHLY_HORIZON, "-");
    write_bridge_row(w, row++, "plus the unmet cost", MONTHLY_UNMET_COST, "");
    write_discounting(w, row++, total);
    write_total(w, row, total, "compared cost");
    return row + 1;
}

/* ---- shares ---- */

static void write_share(const struct workbook *w, int row, int column, int amount, int total)
{
    double all = sheet_value(w->sheet, total, column), part = sheet_value(w->sheet, amount, column);
    sheet_formula(w->sheet, row, column, SHOW_SHARE | LOOK_CELL, all > 0 ? part / all : 0,
                  "=IF(%s>0,%s/%s,0)", name_here(total, column).text, name_here(amount, column).text,
                  name_here(total, column).text);
}

static void write_component_name(const struct workbook *w, int row, int component)
{
    sheet_text(w->sheet, row, NAME_COLUMN, SHOW_WRAP | LOOK_CELL, w->components[component]);
}

/* Returns the row after. */
static int write_shares(const struct workbook *w, int row, const struct kind *kind, int first, int total)
{
    write_head(w, row, kind->share);
    row += 2;
    for (int c = 0; c < total - first; c++, row++) {
        write_component_name(w, row, c);
        for (int s = 0; s < n_strategies(w); s++)
            write_share(w, row, STRATEGIES + s, first + c, total);
    }
    return row + 1;
}

static int write_kind(const struct workbook *w, int row, const struct kind *kind)
{
    write_head(w, row, kind->heading);
    int first = row + 2, n_components = (int)w->study->n_components, total = first + n_components;
    for (int c = 0; c < n_components; c++) {
        write_component_name(w, first + c, c);
        for (int s = 0; s < n_strategies(w); s++)
            (kind->effective ? write_effective : write_billed)(w, first + c, s, c);
    }
    write_total(w, total, first, kind->total);
    row = kind->effective ? total + 1 : write_bridge(w, total + 1, total);
    return write_shares(w, row + 1, kind, first, total);
}

void workbook_write_breakdown(struct workbook *w)
{
    int row = STATE_ROW + 1;
    struct str note = str_format(w->arena,
                                 "What each strategy pays for over the horizon, in %.*s: live formulas over "
                                 "the sheets Monthly and Quantities.",
                                 STR_ARGS(w->study->currency));
    workbook_start_sheet(w, w->sheet, "Breakdown", note.at,
                         (struct page){.repeat_row = row + 1, .freeze_row = row + 2, .freeze_column = 1});
    sheet_width(w->sheet, NAME_COLUMN, NAME_COLUMN, 30);
    if (n_strategies(w) == 0 || w->study->n_components == 0)
        return;
    sheet_width(w->sheet, STRATEGIES, STRATEGIES + n_strategies(w) - 1, 17);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        row = write_kind(w, row, &kinds[i]);
}
