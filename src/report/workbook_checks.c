#include <math.h>

#include "base/arena.h"
#include "model/optimum.h"
#include "report/workbook.h"

enum { N_MONEY_CHECKS = 5, SERVICE_HEADER_ROW = CHECK_RELATIVE_ROW + 2 };

static const struct column check_columns[N_CHECK_COLUMNS] = {
    [CHECK_STRATEGY] = {"Strategy", 34, false, false},
    [CHECK_WHAT] = {"Check", 52, false, false},
    [CHECK_LEFT] = {"Left side", 20, false, false},
    [CHECK_RIGHT] = {"Right side", 20, false, false},
    [CHECK_DIFFERENCE] = {"Difference", 16, false, false},
    [CHECK_TOLERANCE] = {"Tolerance", 14, false, false},
    [CHECK_RESULT] = {"Result", 14, false, false},
};

static const struct column service_columns[N_SERVICE_COLUMNS] = {
    [SERVICE_STRATEGY] = {"Strategy", 0, true, false},
    [SERVICE_NOTE] = {"Simulated service over the horizon", 0, true, false},
    [SERVICE_NEED] = {"Need (server-hours)", 0, true, false},
    [SERVICE_SERVED] = {"Served (server-hours)", 0, true, false},
    [SERVICE_SHORTFALL] = {"Shortfall (server-hours)", 0, true, false},
    [SERVICE_CAPACITY] = {"Capacity (server-hours)", 0, true, false},
    [SERVICE_USED] = {"Used (server-hours)", 0, true, false},
    [SERVICE_IDLE] = {"Idle (server-hours)", 17, true, false},
    [SERVICE_COMMITTED] = {"Committed (server-hours)", 17, true, false},
    [SERVICE_COMMITTED_USED] = {"Committed and used (server-hours)", 17, true, false},
};

/* ---- the simulated service, above the checks ---- */

void workbook_write_service(struct workbook *w)
{
    int n = (int)w->result->n_strategies, row = SERVICE_HEADER_ROW;
    for (int i = 0; i < N_CHECK_COLUMNS; i++)
        sheet_width(w->checks, i, i, check_columns[i].width);
    sheet_header(w->checks, row++, service_columns, N_SERVICE_COLUMNS, w->study->currency);
    for (int s = 0; s < n; s++, row++) {
        const struct strategy_result *strategy = &w->result->strategies[s];
        const struct service *service = &strategy->service;
        const int64_t seconds[] = {service->need,      service->served,        service->shortfall,
                                   service->capacity,  service->used,          service->idle,
                                   service->committed, service->committed_used};
        w->places[s].service = row;
        sheet_text(w->checks, row, SERVICE_STRATEGY, SHOW_WRAP | LOOK_CELL, strategy->strategy->name);
        sheet_label(w->checks, row, SERVICE_NOTE, SHOW_TEXT | LOOK_CELL, "rerun rackrate to change");
        for (int i = 0; i < (int)(sizeof seconds / sizeof *seconds); i++)
            sheet_number(w->checks, row, SERVICE_NEED + i, SHOW_COUNT | LOOK_SIMULATED,
                         server_hours(seconds[i]));
    }
}

/* ---- one check ---- */

/* What a row of checks says. The left side is a cell; the right side a value of the run or, where
 * `terms` has cells, first + second - third of them. */
struct comparison {
    size_t strategy;
    const char *what;
    struct range left;
    double value;
    struct range terms[3];
    int n_terms;
    bool follows_inputs; /* differs rightly once an input was changed */
    const char *formula; /* in place of the left cell, and what it is now */
    double now;
};

static void write_right(const struct workbook *w, int row, const struct comparison *c)
{
    double sum = 0;
    struct str formula = STR("=");
    if (c->n_terms == 0) {
        sheet_number(w->checks, row, CHECK_RIGHT, SHOW_CENTS | LOOK_AT_RUN, c->value);
        return;
    }
    for (int i = 0; i < c->n_terms; i++) {
        const char *sign = i == 0 ? "" : i == 1 ? "+" : "-";
        formula = str_format(w->arena, "%.*s%s%s", STR_ARGS(formula), sign, name_of(c->terms[i]).text);
        sum += (i == 2 ? -1 : 1) * range_sum(c->terms[i]);
    }
    sheet_formula(w->checks, row, CHECK_RIGHT, SHOW_CENTS | LOOK_CELL, sum, "%s", formula.at);
}

/* Spreadsheets disagree about the last digits of a difference of large numbers. */
static double four_places(double value)
{
    double scaled = fabs(value) * 1e4 + 0.5;
    double rounded = (scaled < 1e15 ? (double)(int64_t)scaled : scaled) / 1e4;
    return value < 0 && rounded > 0 ? -rounded : rounded;
}

static void write_check(struct workbook *w, int row, const struct comparison *c)
{
    struct sheet *sheet = w->checks;
    double left = c->formula == NULL ? range_sum(c->left) : c->now;
    sheet_text(sheet, row, CHECK_STRATEGY, SHOW_TEXT | LOOK_CELL,
               w->result->strategies[c->strategy].strategy->name);
    sheet_label(sheet, row, CHECK_WHAT, SHOW_TEXT | LOOK_CELL, c->what);
    sheet_formula(sheet, row, CHECK_LEFT, SHOW_CENTS | LOOK_CELL, left, "=%s",
                  c->formula == NULL ? name_of(c->left).text : c->formula);
    write_right(w, row, c);
    double right = sheet_value(sheet, row, CHECK_RIGHT);
    double absolute = sheet_value(sheet, CHECK_ABSOLUTE_ROW, 1),
           relative = sheet_value(sheet, CHECK_RELATIVE_ROW, 1);
    double tolerance = absolute + relative * fabs(right);
    struct cell_name difference = name_here(row, CHECK_DIFFERENCE), allowed = name_here(row, CHECK_TOLERANCE);
    sheet_formula(sheet, row, CHECK_DIFFERENCE, SHOW_TINY | LOOK_CELL, four_places(left - right),
                  "=ROUND(%s-%s,4)", name_here(row, CHECK_LEFT).text, name_here(row, CHECK_RIGHT).text);
    sheet_formula(sheet, row, CHECK_TOLERANCE, SHOW_TINY | LOOK_CELL, tolerance, "=%s+%s*ABS(%s)",
                  name_of(range_cell(sheet, CHECK_ABSOLUTE_ROW, 1)).text,
                  name_of(range_cell(sheet, CHECK_RELATIVE_ROW, 1)).text, name_here(row, CHECK_RIGHT).text);
    bool holds = fabs(sheet_value(sheet, row, CHECK_DIFFERENCE)) <= tolerance;
    if (!holds)
        w->state = "ERROR";
    if (c->follows_inputs)
        sheet_text_formula(sheet, row, CHECK_RESULT, SHOW_STATUS | LOOK_CELL, holds ? "OK" : "ERROR",
                           "=IF(ABS(%s)<=%s,\"OK\",IF(%s>0,\"changed\",\"ERROR\"))", difference.text,
                           allowed.text, name_of(workbook_changed(w)).text);
    else
        sheet_text_formula(sheet, row, CHECK_RESULT, SHOW_STATUS | LOOK_CELL, holds ? "OK" : "ERROR",
                           "=IF(ABS(%s)<=%s,\"OK\",\"ERROR\")", difference.text, allowed.text);
}

/* ---- what was decided ---- */

struct range workbook_changed(const struct workbook *w)
{
    return range_cell(w->checks, CHECK_CHANGED_ROW, 1);
}

void workbook_write_decided(const struct workbook *w, struct sheet *sheet, int last_column, const char *what)
{
    struct str now =
        str_format(w->arena, "%s belong to the prices of the run, which are those of this workbook.", what);
    sheet_across_formula(sheet, STATE_ROW, 0, last_column, SHOW_TEXT | LOOK_NOTE, now.at,
                         "=IF(%s>0,\"INPUTS CHANGED SINCE THE RUN: %s belong to the prices of the run. Rerun "
                         "rackrate to decide "
                         "anew.\",\"%s\")",
                         name_of(workbook_changed(w)).text, what, now.at);
    sheet_colour_words((struct range){sheet, STATE_ROW, 0, STATE_ROW, last_column});
}

/* ---- the checks of a strategy ---- */

static int write_money_checks(struct workbook *w, int row, size_t s)
{
    static const struct {
        const char *what;
        int column;
    } checks[N_MONEY_CHECKS] = {
        {"billed cost: workbook = rackrate", SUMMARY_BILLED},
        {"effective cost: workbook = rackrate", SUMMARY_EFFECTIVE},
        {"horizon value: workbook = rackrate", SUMMARY_HORIZON},
        {"unmet cost: workbook = rackrate", SUMMARY_UNMET_COST},
        {"compared cost: workbook = rackrate", SUMMARY_COMPARED},
    };
    const struct strategy_result *strategy = &w->result->strategies[s];
    const money amounts[N_MONEY_CHECKS] = {strategy->billed, strategy->effective, strategy->horizon_value,
                                           strategy->unmet_cost, strategy->compared};
    for (int i = 0; i < N_MONEY_CHECKS; i++) {
        struct range cell = range_cell(w->summary, SUMMARY_FIRST_ROW + (int)s, checks[i].column);
        write_check(w, row++,
                    &(struct comparison){.strategy = s,
                                         .what = checks[i].what,
                                         .left = cell,
                                         .value = money_as_double(amounts[i]),
                                         .follows_inputs = true});
    }
    return row;
}

static int write_balances(struct workbook *w, int row, size_t s)
{
    const struct places *at = &w->places[s];
    const struct strategy_result *strategy = &w->result->strategies[s];
    struct range need = range_cell(w->checks, at->service, SERVICE_NEED);
    struct range served = range_cell(w->checks, at->service, SERVICE_SERVED);
    struct range shortfall = range_cell(w->checks, at->service, SERVICE_SHORTFALL);
    struct range capacity = range_cell(w->checks, at->service, SERVICE_CAPACITY);
    struct range used = range_cell(w->checks, at->service, SERVICE_USED);
    struct range idle = range_cell(w->checks, at->service, SERVICE_IDLE);
    struct range billed = range_cell(w->orders, at->orders_total, ORDER_BILLED);
    struct range effective = range_cell(w->orders, at->orders_total, ORDER_EFFECTIVE);
    struct range prepaid = range_cell(w->orders, at->orders_total, ORDER_PREPAID);
    struct range accrued = range_cell(w->orders, at->orders_total, ORDER_ACCRUED);
    struct range unmet = range_cell(w->monthly, at->total, monthly_column(w, MONTHLY_UNMET_HOURS));
    const struct comparison balances[] = {
        {.what = "unmet server-hours: months add up to the horizon",
         .left = unmet,
         .value = server_hours_of_micro(strategy->service.unmet_micro),
         .strategy = s},
        {.what = "orders add up to the billed cost of the run",
         .left = billed,
         .value = money_as_double(strategy->billed),
         .strategy = s},
        {.what = "need = served + shortfall",
         .left = need,
         .terms = {served, shortfall},
         .n_terms = 2,
         .strategy = s},
        {.what = "capacity = used + idle",
         .left = capacity,
         .terms = {used, idle},
         .n_terms = 2,
         .strategy = s},
        {.what = "billed = effective + prepaid - accrued",
         .left = billed,
         .terms = {effective, prepaid, accrued},
         .n_terms = 3,
         .strategy = s},
    };
    for (size_t i = 0; i < sizeof balances / sizeof *balances; i++)
        write_check(w, row++, &balances[i]);
    return row;
}

static int write_ledger_check(struct workbook *w, int row, size_t s)
{
    money billed;
    if (w->ledger == NULL)
        return row;
    const char *formula = workbook_ledger_billed(w, s, name_here(row, CHECK_STRATEGY), &billed);
    write_check(w, row++,
                &(struct comparison){.strategy = s,
                                     .what = "charges of the ledger add up to the billed cost of the run",
                                     .value = money_as_double(w->result->strategies[s].billed),
                                     .formula = formula,
                                     .now = money_as_double(billed)});
    return row;
}

/* ---- the whole ---- */

/* Of the cheapest plan: what the sheet Optimum adds up, against itself and against the run. */
static int write_optimum(struct workbook *w, int row, size_t s)
{
    const struct optimum *o = w->result->strategies[s].plan.optimum;
    int first = w->places[s].optimum;
    if (o == NULL)
        return row;
    const struct comparison checks[] = {
        {.what = "optimum: cost of the plan = bound of any plan",
         .left = range_cell(w->optimum, first, 1),
         .terms = {range_cell(w->optimum, first + 1, 1)},
         .n_terms = 1,
         .strategy = s},
        {.what = "optimum: leases and the rest add up to the plan of the run",
         .left = range_cell(w->optimum, first + 3, 1),
         .value = money_as_double(o->network_cost),
         .strategy = s},
        {.what = "optimum: prices of the steps add up to the bound of the run",
         .left = range_cell(w->optimum, first + 4, 1),
         .value = money_as_double(o->lower_bound),
         .strategy = s},
        {.what = "optimum: simulated and billed as in the run",
         .left = range_cell(w->optimum, first + 5, 1),
         .value = money_as_double(o->simulated_cost),
         .strategy = s},
    };
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        write_check(w, row++, &checks[i]);
    return row;
}

static void write_changed(const struct workbook *w)
{
    struct sheet *sheet = w->checks;
    int last = FIRST_ROW + (int)w->n_used_prices - 1;
    struct str formula = STR("=");
    if (w->n_used_prices > 0)
        formula =
            str_format(w->arena, "=SUMPRODUCT(--(%s<>%s))+SUMPRODUCT(--(%s<>%s))+SUMPRODUCT(--(%s<>%s))+",
                       name_of(range_down(w->prices, PRICE_LIST, FIRST_ROW, last)).text,
                       name_of(range_down(w->prices, PRICE_LIST_AT_RUN, FIRST_ROW, last)).text,
                       name_of(range_down(w->prices, PRICE_DISCOUNT, FIRST_ROW, last)).text,
                       name_of(range_down(w->prices, PRICE_DISCOUNT_AT_RUN, FIRST_ROW, last)).text,
                       name_of(range_down(w->prices, PRICE_RATE, FIRST_ROW, last)).text,
                       name_of(range_down(w->prices, PRICE_RATE_AT_RUN, FIRST_ROW, last)).text);
    sheet_formula(sheet, CHECK_CHANGED_ROW, 1, SHOW_NUMBER | LOOK_CELL, 0,
                  "%s(discount_rate<>%s)+(unmet_cost<>%s)", formula.at,
                  name_of(range_cell(w->assumptions, DISCOUNT_RATE_ROW, ASSUMPTION_AT_RUN)).text,
                  name_of(range_cell(w->assumptions, UNMET_COST_ROW, ASSUMPTION_AT_RUN)).text);
}

/* Every charge and every discounted month is rounded to a millionth, the workbook's sums are not. */
static double absolute_tolerance(const struct result *result)
{
    size_t n_most = 0;
    for (size_t s = 0; s < result->n_strategies; s++)
        if (result->strategies[s].n_charges > n_most)
            n_most = result->strategies[s].n_charges;
    double rounding = 1e-6 * (double)(n_most + (size_t)result->timeline.n_months);
    return rounding > 0.01 ? rounding : 0.01;
}

static void write_head(const struct workbook *w)
{
    static const char *const labels[] = {"Master check", "Inputs changed since the run",
                                         "Tolerance, absolute", "Tolerance, relative"};
    struct sheet *sheet = w->checks;
    for (int i = 0; i < 4; i++)
        sheet_label(sheet, CHECK_MASTER_ROW + i, 0, SHOW_TEXT | LOOK_CELL, labels[i]);
    write_changed(w);
    sheet_number(sheet, CHECK_ABSOLUTE_ROW, 1, SHOW_NUMBER | LOOK_CELL, absolute_tolerance(w->result));
    sheet_number(sheet, CHECK_RELATIVE_ROW, 1, SHOW_NUMBER | LOOK_CELL, 1e-11);
}

/* An error stays one, whatever was changed. */
static void write_master(const struct workbook *w, int first_row, int last_row)
{
    struct range results = range_down(w->checks, CHECK_RESULT, first_row, last_row);
    struct range master = range_cell(w->checks, CHECK_MASTER_ROW, 1);
    sheet_text_formula(w->checks, CHECK_MASTER_ROW, 1, SHOW_TEXT | LOOK_CELL, w->state,
                       "=IF(COUNTIF(%s,\"OK\")+COUNTIF(%s,\"changed\")<ROWS(%s),\"ERROR\","
                       "IF(%s>0,\"INPUTS CHANGED SINCE THE RUN\",\"OK\"))",
                       name_of(results).text, name_of(results).text, name_of(results).text,
                       name_of(workbook_changed(w)).text);
    book_name(w->book, "master_check", master);
    sheet_colour_words(master);
    sheet_colour_words(results);
}

void workbook_write_checks(struct workbook *w)
{
    int header_row = SERVICE_HEADER_ROW + (int)w->result->n_strategies + 2, row = header_row + 1;
    workbook_start_sheet(
        w, w->checks, "Checks",
        "Formulas of this workbook against what rackrate computed, and the balances of the "
        "simulation. Grey: value of the run. Once an input is changed, money says \"changed\", not "
        "ERROR.",
        (struct page){.repeat_row = header_row, .freeze_row = CHECK_CHANGED_ROW});
    w->state = "OK";
    write_head(w);
    sheet_header(w->checks, header_row, check_columns, N_CHECK_COLUMNS, w->study->currency);
    for (size_t s = 0; s < w->result->n_strategies; s++) {
        row = write_money_checks(w, row, s);
        row = write_balances(w, row, s);
        row = write_ledger_check(w, row, s);
        row = write_optimum(w, row, s);
    }
    if (row == header_row + 1)
        w->state = "ERROR"; /* nothing was checked, and the formula sees no OK */
    write_master(w, header_row + 1, row > header_row + 1 ? row - 1 : row);
}
