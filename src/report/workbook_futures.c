/* What the plans of optimal strategies cost where demand comes otherwise: costs are of the run, what they
 * differ by are formulas. */
#include "base/arena.h"
#include "report/futures_facts.h"
#include "report/workbook.h"

enum futures_column {
    FUTURES_STRATEGY,
    FUTURES_FOR,
    FUTURES_EXPECTED,
    FUTURES_MORE,
    FUTURES_P95,
    FUTURES_WORST,
    FUTURES_WORST_FUTURE,
    FUTURES_KNOWN,
    FUTURES_WORTH,
    FUTURES_WORTH_SHARE,
    FUTURES_REGRET,
    FUTURES_REGRET_FUTURE,
    FUTURES_SHORT,
    FUTURES_SHORT_SHARE,
    FUTURES_SHORT_HOURS,
    N_FUTURES_COLUMNS
};

enum {
    FINDING_ROW = 3,
    COUNT_ROW,
    CHART_ROW = COUNT_ROW + 2,
    ROW_PIXELS = 20,
    PIXELS_A_PLAN = 56,
    EXPECTED_COLOUR = 0x004488,
    P95_COLOUR = 0x6699CC,
    WORST_COLOUR = 0xB8BEC7,
    N_BARS = 3
};

static const struct column futures_columns[N_FUTURES_COLUMNS] = {
    [FUTURES_STRATEGY] = {"Plan", 34, true, false},
    [FUTURES_FOR] = {"Made for", 13, true, false},
    [FUTURES_EXPECTED] = {"Expected cost", 15, true, true},
    [FUTURES_MORE] = {"More than the least", 15, false, true},
    [FUTURES_P95] = {"95th percentile", 15, true, true},
    [FUTURES_WORST] = {"Worst", 15, true, true},
    [FUTURES_WORST_FUTURE] = {"in future", 9, true, false},
    [FUTURES_KNOWN] = {"Expected if known", 15, true, true},
    [FUTURES_WORTH] = {"Knowing is worth", 15, false, true},
    [FUTURES_WORTH_SHARE] = {"Share of expected", 11, false, false},
    [FUTURES_REGRET] = {"Worst regret", 15, true, true},
    [FUTURES_REGRET_FUTURE] = {"in future", 9, true, false},
    [FUTURES_SHORT] = {"Futures short of servers", 11, true, false},
    [FUTURES_SHORT_SHARE] = {"Share of futures", 11, false, false},
    [FUTURES_SHORT_HOURS] = {"Short in expectation (server-hours)", 16, true, false},
};

static void write_amount(const struct workbook *w, int row, int column, money amount)
{
    sheet_number(w->sheet, row, column, SHOW_CENTS | LOOK_SIMULATED, money_as_double(amount));
}

static void write_simulated(const struct workbook *w, int row, const struct strategy_result *plan)
{
    const struct in_futures *in = plan->in_futures;
    int128 micro = (int128)in->expected_short_millionths * w->result->demand.step_seconds;
    sheet_text(w->sheet, row, FUTURES_STRATEGY, SHOW_WRAP | LOOK_CELL, plan->strategy->name);
    sheet_label(w->sheet, row, FUTURES_FOR, SHOW_TEXT | LOOK_SIMULATED,
                plan_for_names[plan->strategy->plan_for]);
    write_amount(w, row, FUTURES_EXPECTED, in->expected);
    write_amount(w, row, FUTURES_P95, in->p95);
    write_amount(w, row, FUTURES_WORST, in->worst);
    write_amount(w, row, FUTURES_KNOWN, in->expected_known);
    write_amount(w, row, FUTURES_REGRET, in->worst_regret);
    sheet_number(w->sheet, row, FUTURES_WORST_FUTURE, SHOW_COUNT | LOOK_SIMULATED, (double)in->worst_future);
    sheet_number(w->sheet, row, FUTURES_REGRET_FUTURE, SHOW_COUNT | LOOK_SIMULATED,
                 (double)in->regret_future);
    sheet_number(w->sheet, row, FUTURES_SHORT, SHOW_COUNT | LOOK_SIMULATED, (double)in->n_short);
    sheet_number(w->sheet, row, FUTURES_SHORT_HOURS, SHOW_QUANTITY | LOOK_SIMULATED,
                 server_hours_of_micro(micro));
}

/* part / whole. */
static void write_share(const struct workbook *w, int row, int column, struct range part, struct range whole)
{
    double of = range_sum(whole);
    sheet_formula(w->sheet, row, column, SHOW_SHARE | LOOK_CELL, of == 0 ? 0 : range_sum(part) / of,
                  "=IF(%s=0,0,%s/%s)", name_of(whole).text, name_of(part).text, name_of(whole).text);
}

static void write_formulas(const struct workbook *w, int row, int first, int last)
{
    struct sheet *sheet = w->sheet;
    struct range expected = range_cell(sheet, row, FUTURES_EXPECTED),
                 known = range_cell(sheet, row, FUTURES_KNOWN),
                 all = range_down(sheet, FUTURES_EXPECTED, first, last);
    sheet_formula(sheet, row, FUTURES_MORE, SHOW_CENTS | LOOK_CELL, range_sum(expected) - range_least(all),
                  "=%s-MIN(%s)", name_here(row, FUTURES_EXPECTED).text, name_of(all).text);
    sheet_formula(sheet, row, FUTURES_WORTH, SHOW_CENTS | LOOK_CELL, range_sum(expected) - range_sum(known),
                  "=%s-%s", name_here(row, FUTURES_EXPECTED).text, name_here(row, FUTURES_KNOWN).text);
    write_share(w, row, FUTURES_WORTH_SHARE, range_cell(sheet, row, FUTURES_WORTH), expected);
    write_share(w, row, FUTURES_SHORT_SHARE, range_cell(sheet, row, FUTURES_SHORT),
                range_cell(sheet, COUNT_ROW, 1));
}

bool workbook_has_futures(const struct workbook *w)
{
    return has_futures(w->result);
}

static int chart_pixels(int n)
{
    return 140 + PIXELS_A_PLAN * n;
}

static void write_chart(const struct workbook *w, int first, int last)
{
    static const struct {
        int column;
        uint32_t colour;
    } bars[N_BARS] = {
        {FUTURES_EXPECTED, EXPECTED_COLOUR}, {FUTURES_P95, P95_COLOUR}, {FUTURES_WORST, WORST_COLOUR}};
    struct sheet_line lines[N_BARS] = {0};
    for (int i = 0; i < N_BARS; i++)
        lines[i] = (struct sheet_line){.name = range_cell(w->sheet, first - 1, bars[i].column),
                                       .values = range_down(w->sheet, bars[i].column, first, last),
                                       .colour = bars[i].colour};
    struct axis_unit unit = workbook_axis_unit(range_most(lines[N_BARS - 1].values));
    sheet_bars_chart(
        w->sheet,
        &(struct sheet_chart){
            .kind = SHEET_BARS,
            .title = "What each plan costs in many futures",
            .value_title = str_format(w->arena, "cost over the study, %s%s", unit.prefix,
                                      cell_text(w->arena, w->study->currency, 40))
                               .at,
            .value_format = unit.axis_format,
            .alt_text = str_format(
                w->arena, "Bars of the expected cost, the 95th percentile and the worst of %d plans. %.*s.",
                last - first + 1, STR_ARGS(futures_in_words(w->arena, w->result))),
            .categories = range_down(w->sheet, FUTURES_STRATEGY, first, last),
            .lines = lines,
            .n_lines = N_BARS,
            .row = CHART_ROW,
            .width_pixels = 900,
            .height_pixels = chart_pixels(last - first + 1),
        });
}

void workbook_write_futures(struct workbook *w)
{
    const struct strategy_result **plans;
    int n = (int)futures_plans(w->arena, w->result, &plans);
    int first = CHART_ROW + chart_pixels(n) / ROW_PIXELS + 3, last = first + n - 1;
    workbook_start_sheet(w, w->sheet, "Futures: what each plan costs where demand comes otherwise",
                         futures_are_of, (struct page){.repeat_row = first - 1});
    workbook_write_decided(w, w->sheet, N_FUTURES_COLUMNS - 1, "The plans, and what they cost,");
    sheet_header(w->sheet, first - 1, futures_columns, N_FUTURES_COLUMNS, w->study->currency);
    sheet_across(
        w->sheet, FINDING_ROW, 0, N_FUTURES_COLUMNS - 1, SHOW_WRAP | LOOK_HEADLINE,
        str_format(w->arena, "As of the run: %.*s.", STR_ARGS(futures_in_words(w->arena, w->result))));
    sheet_label(w->sheet, COUNT_ROW, 0, SHOW_TEXT | LOOK_CELL, "Futures");
    sheet_number(w->sheet, COUNT_ROW, 1, SHOW_COUNT | LOOK_SIMULATED, (double)plans[0]->in_futures->n);
    for (int i = 0; i < n; i++)
        write_simulated(w, first + i, plans[i]);
    for (int i = 0; i < n; i++)
        write_formulas(w, first + i, first, last);
    write_chart(w, first, last);
    sheet_label(
        w->sheet, last + 1, 0, SHOW_TEXT | LOOK_NOTE,
        "Knowing is worth: expected cost less what it would be if each future were known beforehand. Regret: "
        "what a future costs more than with a plan that had known it.");
}
