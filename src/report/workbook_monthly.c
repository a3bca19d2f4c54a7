#include <math.h>

#include "base/arena.h"
#include "report/workbook.h"
#include "unit/root.h"

enum { WIDEST_WORD = 20 };

static const struct column following_columns[N_MONTHLY_COLUMNS] = {
    [MONTHLY_CASH] = {"Cash (billed)", 10, false, true},
    [MONTHLY_EFFECTIVE] = {"Effective cost", 11, false, true},
    [MONTHLY_CUMULATIVE] = {"Cumulative cash", 13, false, true},
    [MONTHLY_UNMET_HOURS] = {"Unmet server-hours", 11, true, false},
    [MONTHLY_UNMET_COST] = {"Unmet cost", 10, false, true},
    [MONTHLY_HORIZON] = {"Horizon value (credit +)", 10, false, true},
    [MONTHLY_FACTOR] = {"Discount factor", 10, false, false},
    [MONTHLY_PRESENT] = {"Present value: cash + unmet - horizon", 12, false, true},
};

/* The block of one strategy while it is written: its sums by month, as SUMIFS finds them. */
struct block {
    const struct workbook *w;
    const struct strategy_result *strategy;
    const struct places *at;
    double *cash, *effective; /* [month x components], [month] */
    double horizon;
    /* columns of Quantities, this strategy's rows only */
    struct cell_name billed, effective_costs, months, components, categories;
};

/* (1 + rate)^(-months / 12) with the four operations, which give the same digits on every machine. */
static double discount_factor(double rate, int months)
{
    double yearly = 1 + rate, monthly = twelfth_root(yearly), factor = 1;
    for (int k = 0; k < months / 12; k++)
        factor /= yearly;
    for (int k = 0; k < months % 12; k++)
        factor /= monthly;
    return factor;
}

static struct cell_name quantities_of(const struct block *b, enum quantity_column column)
{
    return name_of(range_down(b->w->quantities, (int)column, b->at->quantities, b->at->last_quantity));
}

static struct block block_sums(const struct workbook *w, size_t s)
{
    size_t n_components = w->study->n_components, n_months = (size_t)w->result->timeline.n_months;
    struct block b = {.w = w, .strategy = &w->result->strategies[s], .at = &w->places[s]};
    b.cash = ARENA_NEW(w->arena, double, n_months *n_components);
    b.effective = ARENA_NEW(w->arena, double, n_months);
    for (int row = b.at->quantities; row <= b.at->last_quantity; row++) {
        const struct quantity_row *quantity = &b.at->quantity_rows[row - b.at->quantities];
        double billed = sheet_value(w->quantities, row, QUANTITY_BILLED_COST);
        if (quantity->price < 0)
            continue;
        if (quantity->category == CHARGE_HORIZON) {
            b.horizon += billed;
            continue;
        }
        size_t month = (size_t)quantity->month,
               component = (size_t)w->used_prices[quantity->price].row->component;
        b.cash[month * n_components + component] += billed;
        b.effective[month] += sheet_value(w->quantities, row, QUANTITY_EFFECTIVE_COST);
    }
    b.billed = quantities_of(&b, QUANTITY_BILLED_COST);
    b.effective_costs = quantities_of(&b, QUANTITY_EFFECTIVE_COST);
    b.months = quantities_of(&b, QUANTITY_MONTH);
    b.components = quantities_of(&b, QUANTITY_COMPONENT);
    b.categories = quantities_of(&b, QUANTITY_CATEGORY);
    return b;
}

static void write_components(const struct block *b, int row, int month)
{
    const struct workbook *w = b->w;
    int n = (int)w->study->n_components;
    for (int i = 0; i < n; i++)
        sheet_formula(w->monthly, row, MONTHLY_COMPONENTS + i, SHOW_MONEY | LOOK_CELL, b->cash[month * n + i],
                      "=SUMIFS(%s,%s,%s,%s,$%s,%s,\"<>horizon\")", b->billed.text, b->components.text,
                      name_column(TABLE_ROW, MONTHLY_COMPONENTS + i).text, b->months.text,
                      name_here(row, MONTHLY_MONTH).text, b->categories.text);
}

/* Value of a column of Monthly, in a row being written. */
static double at(const struct workbook *w, int row, enum monthly_column column)
{
    return sheet_value(w->monthly, row, monthly_column(w, column));
}

static struct cell_name here(const struct workbook *w, int row, enum monthly_column column)
{
    return name_here(row, monthly_column(w, column));
}

static void write_cash(const struct block *b, int row, int month)
{
    const struct workbook *w = b->w;
    int n = (int)w->study->n_components, cash = monthly_column(w, MONTHLY_CASH);
    struct range components = {w->monthly, row, MONTHLY_COMPONENTS, row, MONTHLY_COMPONENTS + n - 1};
    if (n > 0)
        sheet_formula(w->monthly, row, cash, SHOW_MONEY | LOOK_CELL, range_sum(components), "=SUM(%s:%s)",
                      name_here(row, MONTHLY_COMPONENTS).text,
                      name_here(row, MONTHLY_COMPONENTS + n - 1).text);
    sheet_formula(w->monthly, row, monthly_column(w, MONTHLY_EFFECTIVE), SHOW_MONEY | LOOK_CELL,
                  b->effective[month], "=SUMIFS(%s,%s,$%s,%s,\"<>horizon\")", b->effective_costs.text,
                  b->months.text, name_here(row, MONTHLY_MONTH).text, b->categories.text);
    sheet_formula(w->monthly, row, monthly_column(w, MONTHLY_CUMULATIVE), SHOW_MONEY | LOOK_CELL,
                  range_sum(range_down(w->monthly, cash, b->at->months, row)), "=SUM(%s:%s)",
                  name_column(b->at->months, cash).text, name_here(row, cash).text);
}

/* Factor and present value: the same formula in the months and in the row of the horizon value. */
static void write_present(const struct block *b, int row, int index)
{
    const struct workbook *w = b->w;
    double rate = sheet_value(w->assumptions, DISCOUNT_RATE_ROW, ASSUMPTION_VALUE);
    sheet_number(w->monthly, row, MONTHLY_INDEX, SHOW_NUMBER | LOOK_CELL, index);
    sheet_formula(w->monthly, row, monthly_column(w, MONTHLY_FACTOR), SHOW_FACTOR | LOOK_CELL,
                  discount_factor(rate, index), "=(1+discount_rate)^(-%s/12)",
                  name_here(row, MONTHLY_INDEX).text);
    double amount = at(w, row, MONTHLY_CASH) + at(w, row, MONTHLY_UNMET_COST) - at(w, row, MONTHLY_HORIZON);
    sheet_formula(w->monthly, row, monthly_column(w, MONTHLY_PRESENT), SHOW_MONEY | LOOK_CELL,
                  amount * at(w, row, MONTHLY_FACTOR), "=(%s+%s-%s)*%s", here(w, row, MONTHLY_CASH).text,
                  here(w, row, MONTHLY_UNMET_COST).text, here(w, row, MONTHLY_HORIZON).text,
                  here(w, row, MONTHLY_FACTOR).text);
}

static void write_month(const struct block *b, int month)
{
    const struct workbook *w = b->w;
    int row = b->at->months + month, unmet = monthly_column(w, MONTHLY_UNMET_HOURS);
    double unmet_cost = sheet_value(w->assumptions, UNMET_COST_ROW, ASSUMPTION_VALUE);
    sheet_time(w->monthly, row, MONTHLY_MONTH, SHOW_MONTH | LOOK_CELL,
               w->result->timeline.months[month].calendar_start);
    write_components(b, row, month);
    write_cash(b, row, month);
    sheet_number(w->monthly, row, unmet, SHOW_QUANTITY | LOOK_SIMULATED,
                 server_hours_of_micro(b->strategy->months[month].service.unmet_micro));
    sheet_formula(w->monthly, row, monthly_column(w, MONTHLY_UNMET_COST), SHOW_MONEY | LOOK_CELL,
                  sheet_value(w->monthly, row, unmet) * unmet_cost, "=%s*unmet_cost",
                  name_here(row, unmet).text);
    sheet_blank(w->monthly, row, monthly_column(w, MONTHLY_HORIZON), monthly_column(w, MONTHLY_HORIZON),
                SHOW_MONEY | LOOK_CELL);
    write_present(b, row, month);
}

static void write_end(const struct block *b)
{
    const struct workbook *w = b->w;
    int row = b->at->end;
    sheet_label(w->monthly, row, MONTHLY_MONTH, SHOW_TEXT | LOOK_CELL, "at the end");
    sheet_blank(w->monthly, row, MONTHLY_COMPONENTS, monthly_column(w, MONTHLY_UNMET_COST),
                SHOW_MONEY | LOOK_CELL);
    sheet_formula(w->monthly, row, monthly_column(w, MONTHLY_HORIZON), SHOW_MONEY | LOOK_CELL, -b->horizon,
                  "=-SUMIFS(%s,%s,\"horizon\")", b->billed.text, b->categories.text);
    write_present(b, row, w->result->timeline.n_months);
}

static void write_total(const struct block *b)
{
    const struct workbook *w = b->w;
    int row = b->at->total, last = monthly_column(w, MONTHLY_PRESENT);
    sheet_label(w->monthly, row, MONTHLY_MONTH, SHOW_TEXT | LOOK_TOTAL, "total");
    sheet_blank(w->monthly, row, MONTHLY_INDEX, MONTHLY_INDEX, SHOW_TEXT | LOOK_TOTAL);
    for (int column = MONTHLY_COMPONENTS; column <= last; column++) {
        bool no_sum =
            column == monthly_column(w, MONTHLY_CUMULATIVE) || column == monthly_column(w, MONTHLY_FACTOR);
        int show = column == monthly_column(w, MONTHLY_UNMET_HOURS) ? SHOW_QUANTITY : SHOW_MONEY;
        if (no_sum)
            sheet_blank(w->monthly, row, column, column, show | LOOK_TOTAL);
        else
            sheet_formula(w->monthly, row, column, show | LOOK_TOTAL,
                          range_sum(range_down(w->monthly, column, b->at->months, b->at->end)), "=SUM(%s:%s)",
                          name_here(b->at->months, column).text, name_here(b->at->end, column).text);
    }
}

/* Room for an amount of up to so many units in bold, and for more once prices are raised. */
static double amount_width(double most)
{
    int n_characters = 1;
    for (double rest = fabs(most); rest >= 10; rest /= 10)
        n_characters++;
    return fmax(9, 1.1 * (n_characters + (n_characters - 1) / 3) + 2.5);
}

/* Room for the longest word of a header. */
static double word_width(struct str text)
{
    size_t longest = 0, word = 0;
    for (size_t i = 0; i < text.length; i++) {
        word = text.at[i] == ' ' || text.at[i] == '-' ? 0 : word + 1;
        longest = word > longest ? word : longest;
    }
    return fmin(1.15 * (double)longest + 1.5, WIDEST_WORD);
}

static double component_width(const struct workbook *w, int component)
{
    double most = 0;
    for (size_t s = 0; s < w->result->n_strategies; s++)
        most = fmax(most, fabs(money_as_double(w->result->strategies[s].billed_by_component[component])));
    return fmax(amount_width(most), word_width(w->components[component]));
}

/* Of a column of all that a strategy pays. */
static double total_width(const struct workbook *w, double title_width)
{
    double most = 0;
    for (size_t s = 0; s < w->result->n_strategies; s++) {
        const struct strategy_result *strategy = &w->result->strategies[s];
        const money amounts[] = {strategy->billed, strategy->effective, strategy->unmet_cost};
        for (int i = 0; i < 3; i++)
            most = fmax(most, fabs(money_as_double(amounts[i])));
    }
    return fmax(amount_width(most), title_width);
}

static void write_header(const struct workbook *w)
{
    int n = (int)w->study->n_components, n_columns = MONTHLY_COMPONENTS + n + N_MONTHLY_COLUMNS;
    struct column *columns = ARENA_NEW(w->arena, struct column, n_columns);
    columns[MONTHLY_MONTH] = (struct column){"Month", 10.5, false, false};
    columns[MONTHLY_INDEX] = (struct column){"Months since the first", 8, false, false};
    for (int i = 0; i < n; i++) {
        const char *name = str_zero_terminated(w->arena, w->components[i]);
        columns[MONTHLY_COMPONENTS + i] = (struct column){name, component_width(w, i), false, false};
    }
    for (int i = 0; i < N_MONTHLY_COLUMNS; i++) {
        struct column *column = &columns[monthly_column(w, (enum monthly_column)i)];
        *column = following_columns[i];
        column->width = column->money ? total_width(w, column->width) : column->width;
    }
    sheet_header(w->monthly, TABLE_ROW, columns, n_columns, w->study->currency);
}

static void place_block(struct workbook *w, size_t s)
{
    int n_months = w->result->timeline.n_months;
    struct places *at = &w->places[s];
    at->band = FIRST_ROW + (int)s * (n_months + 4);
    at->months = at->band + 1;
    at->end = at->months + n_months;
    at->total = at->end + 1;
}

void workbook_write_monthly(struct workbook *w)
{
    workbook_start_sheet(
        w, w->monthly, "Monthly",
        "Cash by component, then all cash, what the money bought (effective), and the present value, "
        "which adds up to the compared cost. Cost is positive, credit negative.",
        (struct page){.repeat_row = TABLE_ROW, .freeze_row = FIRST_ROW, .freeze_column = 1});
    sheet_text(w->monthly, STATE_ROW, 0, SHOW_TEXT | LOOK_NOTE,
               str_format(w->arena, "Component columns are cash in %.*s.", STR_ARGS(w->study->currency)));
    sheet_pack(w->monthly, FIRST_ROW);
    write_header(w);
    for (size_t s = 0; s < w->result->n_strategies; s++) {
        place_block(w, s);
        struct block b = block_sums(w, s);
        sheet_text(w->monthly, b.at->band, 0, SHOW_TEXT | LOOK_BAND, b.strategy->strategy->name);
        sheet_blank(w->monthly, b.at->band, 1, monthly_column(w, MONTHLY_PRESENT), SHOW_TEXT | LOOK_BAND);
        for (int month = 0; month < w->result->timeline.n_months; month++)
            write_month(&b, month);
        write_end(&b);
        write_total(&b);
    }
}
