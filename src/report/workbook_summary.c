#include <string.h>

#include "base/arena.h"
#include "report/colours.h"
#include "report/numbers.h"
#include "report/workbook.h"
#include "unit/calendar.h"

enum {
    HEADLINE_ROW = 3,
    REMARK_ROW = 4,
    LAST_COLUMN = N_SUMMARY_COLUMNS - 1,
    CHART_ROWS = 19, /* and one more for each strategy beyond the few */
    FEW_STRATEGIES = 6,
    ROW_PIXELS = 20,
    LEFT_CHART_PIXELS = 600,
    RIGHT_CHART_COLUMN = SUMMARY_UNMET_COST,
    RIGHT_CHART_PIXELS = 540,
    LONGEST_TITLE = 80,   /* overflowing text would widen the printed page */
    MOST_ON_ONE_PAGE = 40 /* rows of tables beside what is always there */
};

static const struct column cost_columns[N_SUMMARY_COLUMNS] = {
    [SUMMARY_STRATEGY] = {"Strategy", 34, false, false},
    [SUMMARY_RANK] = {"Rank", 11, false, false},
    [SUMMARY_BILLED] = {"Billed cost: cash", 14.5, false, true},
    [SUMMARY_EFFECTIVE] = {"Effective cost", 14.5, false, true},
    [SUMMARY_HORIZON] = {"Horizon value: credit +", 14.5, false, true},
    [SUMMARY_UNMET_COST] = {"Unmet cost", 14.5, false, true},
    [SUMMARY_COMPARED] = {"Compared cost", 14.5, false, true},
    [SUMMARY_DIFFERENCE] = {"More than the cheapest", 14.5, false, true},
    [SUMMARY_PER_HOUR] = {"Effective per used server-hour", 14.5, false, true},
    [SUMMARY_PEAK_MONTH] = {"Cash of the peak month", 14.5, false, true},
};

/* The table of service is wider than that of costs. */
enum { SERVICE_HOURS_SERVED = N_SUMMARY_COLUMNS, SERVICE_LOAD_SERVED, N_SERVICE_TABLE };

static const struct column service_columns[N_SERVICE_TABLE] = {
    {"Strategy", 0, false, false},
    {"Peak servers in service", 0, true, false},
    {"Need (server-hours)", 0, true, false},
    {"Served (server-hours)", 0, true, false},
    {"Shortfall (server-hours)", 0, true, false},
    {"Unmet load (server-hours)", 0, true, false},
    {"Coverage", 0, false, false},
    {"Utilisation", 0, false, false},
    {"Lead time at p50 (h)", 0, true, false},
    {"Lead time at p90 (h)", 0, true, false},
    [SERVICE_HOURS_SERVED] = {"Hours fully served (%)", 12, true, false},
    [SERVICE_LOAD_SERVED] = {"Load served (%)", 12, true, false},
};

/* ---- costs ---- */

/* A cell that repeats a cell of another sheet. */
static void write_copy(struct sheet *sheet, int row, int column, int style, struct range source)
{
    sheet_formula(sheet, row, column, style, sheet_value(source.sheet, source.row, source.column), "=%s",
                  name_of(source).text);
}

static void write_costs(const struct workbook *w, int row, size_t s)
{
    static const struct {
        int column;
        enum monthly_column source;
    } totals[] = {{SUMMARY_BILLED, MONTHLY_CASH},
                  {SUMMARY_EFFECTIVE, MONTHLY_EFFECTIVE},
                  {SUMMARY_HORIZON, MONTHLY_HORIZON},
                  {SUMMARY_UNMET_COST, MONTHLY_UNMET_COST},
                  {SUMMARY_COMPARED, MONTHLY_PRESENT}};
    const struct places *at = &w->places[s];
    sheet_text(w->summary, row, SUMMARY_STRATEGY, SHOW_WRAP | LOOK_CELL,
               w->result->strategies[s].strategy->name);
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++)
        write_copy(w->summary, row, totals[i].column, SHOW_MONEY | LOOK_CELL,
                   range_cell(w->monthly, at->total, monthly_column(w, totals[i].source)));
    struct range used = range_cell(w->checks, at->service, SERVICE_USED);
    struct range cash = range_down(w->monthly, monthly_column(w, MONTHLY_CASH), at->months, at->end - 1);
    double hours = range_sum(used), effective = sheet_value(w->summary, row, SUMMARY_EFFECTIVE);
    sheet_formula(w->summary, row, SUMMARY_PER_HOUR, SHOW_RATE | LOOK_CELL, hours > 0 ? effective / hours : 0,
                  "=IF(%s>0,%s/%s,0)", name_of(used).text, name_here(row, SUMMARY_EFFECTIVE).text,
                  name_of(used).text);
    sheet_formula(w->summary, row, SUMMARY_PEAK_MONTH, SHOW_MONEY | LOOK_CELL, range_most(cash), "=MAX(%s)",
                  name_of(cash).text);
}

static int64_t cents(double amount)
{
    return (int64_t)(amount * 100 + (amount < 0 ? -0.5 : 0.5));
}

/* Ranks to the cent, because sums of doubles differ in digits that are no money. COUNTIF would turn
 * them into text of 15 digits and could count a cost as less than itself. */
static void write_rank(const struct workbook *w, int row, struct range compared)
{
    if (!w->result->ranked) {
        sheet_label(w->summary, row, SUMMARY_RANK, SHOW_STATUS | LOOK_CELL, "not ranked");
        sheet_label(w->summary, row, SUMMARY_DIFFERENCE, SHOW_STATUS | LOOK_CELL, "not ranked");
        return;
    }
    double own = sheet_value(w->summary, row, SUMMARY_COMPARED);
    int rank = 1;
    for (int other = compared.row; other <= compared.last_row; other++)
        rank += cents(sheet_value(w->summary, other, SUMMARY_COMPARED)) < cents(own);
    sheet_formula(w->summary, row, SUMMARY_RANK, SHOW_STATUS | LOOK_CELL, rank,
                  "=1+SUMPRODUCT(--(ROUND(%s,2)<ROUND(%s,2)))", name_of(compared).text,
                  name_here(row, SUMMARY_COMPARED).text);
    sheet_formula(w->summary, row, SUMMARY_DIFFERENCE, SHOW_MONEY | LOOK_CELL, own - range_least(compared),
                  "=%s-MIN(%s)", name_here(row, SUMMARY_COMPARED).text, name_of(compared).text);
}

/* Returns the row after the table. */
static int write_cost_table(const struct workbook *w)
{
    int n = (int)w->result->n_strategies;
    struct range compared =
        range_down(w->summary, SUMMARY_COMPARED, SUMMARY_FIRST_ROW, SUMMARY_FIRST_ROW + n - 1);
    sheet_header(w->summary, SUMMARY_FIRST_ROW - 1, cost_columns, N_SUMMARY_COLUMNS, w->study->currency);
    for (int s = 0; s < n; s++)
        write_costs(w, SUMMARY_FIRST_ROW + s, (size_t)s);
    for (int s = 0; s < n; s++)
        write_rank(w, SUMMARY_FIRST_ROW + s, compared);
    sheet_label(w->summary, SUMMARY_FIRST_ROW + n, 0, SHOW_TEXT | LOOK_NOTE,
                "Compared cost = billed - horizon value + unmet cost, discounted month by month with the "
                "discount rate "
                "of Assumptions. Rank and difference use it and nothing else.");
    return SUMMARY_FIRST_ROW + n + 1;
}

/* ---- service ---- */

/* part / whole of the service table of Checks, "none" where there is no whole. */
static void write_share(const struct workbook *w, int row, int column, int service, int part, int whole)
{
    struct range part_cell = range_cell(w->checks, service, part),
                 whole_cell = range_cell(w->checks, service, whole);
    double divisor = range_sum(whole_cell);
    struct cell_name name = name_of(whole_cell);
    if (divisor > 0)
        sheet_formula(w->summary, row, column, SHOW_PERCENT | LOOK_CELL, range_sum(part_cell) / divisor,
                      "=IF(%s>0,%s/%s,\"none\")", name.text, name_of(part_cell).text, name.text);
    else
        sheet_text_formula(w->summary, row, column, SHOW_PERCENT | LOOK_CELL, "none",
                           "=IF(%s>0,%s/%s,\"none\")", name.text, name_of(part_cell).text, name.text);
}

/* In per cent with four digits behind the point; blank where there was no load. */
static void write_served(const struct workbook *w, int row, const struct strategy_result *strategy)
{
    const struct str shares[] = {hours_served_text(w->arena, w->result, strategy),
                                 load_served_text(w->arena, w->result, strategy)};
    for (int i = 0; i < 2; i++) {
        struct decimal share;
        if (decimal_parse(shares[i], &share))
            sheet_number(w->summary, row, SERVICE_HOURS_SERVED + i, SHOW_RATE | LOOK_SIMULATED,
                         100 * decimal_as_double(share));
        else
            sheet_blank(w->summary, row, SERVICE_HOURS_SERVED + i, SERVICE_HOURS_SERVED + i,
                        SHOW_RATE | LOOK_SIMULATED);
    }
}

static void write_service(const struct workbook *w, int row, size_t s)
{
    const struct strategy_result *strategy = &w->result->strategies[s];
    const struct places *at = &w->places[s];
    struct sheet *sheet = w->summary;
    sheet_text(sheet, row, 0, SHOW_WRAP | LOOK_CELL, strategy->strategy->name);
    sheet_number(sheet, row, 1, SHOW_COUNT | LOOK_SIMULATED, strategy->peak_in_service);
    for (int i = 0; i < 3; i++)
        write_copy(sheet, row, 2 + i, SHOW_COUNT | LOOK_CELL,
                   range_cell(w->checks, at->service, SERVICE_NEED + i));
    write_copy(sheet, row, 5, SHOW_COUNT | LOOK_CELL,
               range_cell(w->monthly, at->total, monthly_column(w, MONTHLY_UNMET_HOURS)));
    write_share(w, row, 6, at->service, SERVICE_COMMITTED_USED, SERVICE_NEED);
    write_share(w, row, 7, at->service, SERVICE_COMMITTED_USED, SERVICE_COMMITTED);
    for (int i = 0; i < 2; i++)
        if (lead_time_is_known(&strategy->lead_time))
            write_copy(sheet, row, 8 + i, SHOW_QUANTITY | LOOK_CELL,
                       range_cell(w->lead_time, at->lead_time, LEAD_P50 + i));
        else
            sheet_label(sheet, row, 8 + i, SHOW_STATUS | LOOK_CELL, "not possible");
    write_served(w, row, strategy);
}

static int write_service_table(const struct workbook *w, int row)
{
    sheet_label(w->summary, row++, 0, SHOW_TEXT | LOOK_HEADING, "Service and lead time");
    sheet_header(w->summary, row++, service_columns, N_SERVICE_TABLE, w->study->currency);
    for (size_t s = 0; s < w->result->n_strategies; s++)
        write_service(w, row++, s);
    sheet_label(
        w->summary, row++, 0, SHOW_TEXT | LOOK_NOTE,
        "Coverage = committed hours used / need hours; utilisation = committed hours used / committed hours. "
        "Shortfall is need above what is in service; unmet is load that was lost. Hours fully served: steps "
        "in which nothing was short. Lead time: see the sheet of that name.");
    return row;
}

/* ---- scope ---- */

static void write_scope(const struct workbook *w, int row)
{
    int n_strategies = (int)w->result->n_strategies, n_components = (int)w->study->n_components;
    struct sheet *sheet = w->summary;
    sheet_label(sheet, row++, 0, SHOW_TEXT | LOOK_HEADING, "Scope: which components each strategy counts");
    sheet_label(sheet, row, 0, SHOW_WRAP | LOOK_HEADER, "Component");
    if (n_strategies > SERVICE_LOAD_SERVED)
        sheet_width(sheet, N_SERVICE_TABLE, n_strategies, 14.5);
    for (int s = 0; s < n_strategies; s++)
        sheet_text(sheet, row, 1 + s, SHOW_WRAP | LOOK_HEADER, w->result->strategies[s].strategy->name);
    row++;
    for (int c = 0; c < n_components; c++) {
        sheet_text(sheet, row + c, 0, SHOW_WRAP | LOOK_CELL, w->components[c]);
        for (int s = 0; s < n_strategies; s++)
            sheet_label(sheet, row + c, 1 + s, SHOW_STATUS | LOOK_CELL,
                        scope_names[w->result->strategies[s].scope[c]]);
    }
    if (n_components > 0 && n_strategies > 0)
        sheet_colour_words((struct range){sheet, row, 1, row + n_components - 1, n_strategies});
}

/* ---- charts ---- */

static struct sheet_line *chart_lines(const struct workbook *w)
{
    size_t n = w->result->n_strategies;
    int used[N_COLOUR_FAMILIES] = {0};
    struct sheet_line *lines = ARENA_NEW(w->arena, struct sheet_line, n);
    for (size_t s = 0; s < n; s++) {
        const struct places *at = &w->places[s];
        int family = colour_family(w->study, w->result->strategies[s].strategy);
        lines[s].name = range_cell(w->summary, SUMMARY_FIRST_ROW + (int)s, SUMMARY_STRATEGY);
        lines[s].values =
            range_down(w->monthly, monthly_column(w, MONTHLY_CUMULATIVE), at->months, at->end - 1);
        lines[s].dash = (int)s;
        lines[s].colour = colour_shade(family, used[family]++).line;
    }
    return lines;
}

struct axis_unit workbook_axis_unit(double most)
{
    static const struct axis_unit units[] = {{1e9, "billion ", "#,##0.0,,,", "#,##0.00,,,"},
                                             {1e6, "million ", "#,##0.0,,", "#,##0.00,,"},
                                             {1e4, "thousand ", "#,##0,", "#,##0.0,"},
                                             {0, "", "#,##0", "#,##0"}};
    size_t i = 0;
    while (i < 3 && most < units[i].from)
        i++;
    return units[i];
}

/* Returns the row after the charts. */
static int write_charts(const struct workbook *w, int row)
{
    int n = (int)w->result->n_strategies, n_months = w->result->timeline.n_months;
    int last = SUMMARY_FIRST_ROW + n - 1, n_rows = CHART_ROWS + (n > FEW_STRATEGIES ? n - FEW_STRATEGIES : 0);
    if (n == 0)
        return row;
    struct range compared = range_down(w->summary, SUMMARY_COMPARED, SUMMARY_FIRST_ROW, last);
    struct range billed = range_down(w->summary, SUMMARY_BILLED, SUMMARY_FIRST_ROW, last);
    double most = range_most(compared) > range_most(billed) ? range_most(compared) : range_most(billed);
    struct axis_unit unit = workbook_axis_unit(most);
    struct str money_unit = str_format(w->arena, "%s%.*s", unit.prefix, STR_ARGS(w->study->currency));
    struct sheet_chart chart = {
        .title = "Compared cost by strategy",
        .value_title = cell_text(w->arena, money_unit, 40),
        .value_format = unit.bar_format,
        .alt_text = str_format(w->arena, "Bar chart of the compared cost of %d strategies. At the run: %.*s",
                               n, STR_ARGS(w->result->verdict)),
        .categories = range_down(w->summary, SUMMARY_STRATEGY, SUMMARY_FIRST_ROW, last),
        .bars = compared,
        .lines = chart_lines(w),
        .n_lines = (size_t)n,
        .row = row,
        .width_pixels = LEFT_CHART_PIXELS,
        .height_pixels = (n_rows - 1) * ROW_PIXELS,
        .label_every = (n_months + 7) / 8,
        .category_format = "yyyy-mm",
    };
    sheet_bar_chart(w->summary, &chart);
    chart.title = "Cumulative cash by month";
    chart.value_format = unit.axis_format;
    chart.alt_text = str_format(w->arena,
                                "Line chart of the cash paid so far in each of %d months, a line for each of "
                                "%d strategies.",
                                n_months, n);
    chart.categories = range_down(w->monthly, MONTHLY_MONTH, w->places[0].months, w->places[0].end - 1);
    chart.column = RIGHT_CHART_COLUMN;
    chart.width_pixels = RIGHT_CHART_PIXELS;
    sheet_line_chart(w->summary, &chart);
    return row + n_rows;
}

/* ---- the sheet ---- */

static bool contains(struct str text, struct str part)
{
    return part.length == 0 ||
           (text.length > 0 && memmem(text.at, text.length, part.at, part.length) != NULL);
}

/* Who is cheapest once an input was changed; nothing before. Names and costs are those of the table below. */
static void write_headline_now(const struct workbook *w)
{
    int first = SUMMARY_FIRST_ROW, last = SUMMARY_FIRST_ROW + (int)w->result->n_strategies - 1;
    struct cell_name names = name_of(range_down(w->summary, SUMMARY_STRATEGY, first, last));
    struct cell_name ranks = name_of(range_down(w->summary, SUMMARY_RANK, first, last));
    struct cell_name costs = name_of(range_down(w->summary, SUMMARY_COMPARED, first, last));
    const char *currency = cell_text(w->arena, w->study->currency, LONGEST_TITLE);
    const char *scope = result_scope_differs(w->result) ? " of what is counted" : "";
    const char *when = w->study->has_discount_rate ? " at present value" : "";
    const char *next =
        w->result->n_strategies == 1
            ? "\"\""
            : str_format(
                  w->arena,
                  "IF(COUNTIF(%s,1)>1,\"; another one costs the same\",\", %s \"&FIXED(INDEX(%s,MATCH(2,%s,"
                  "0))-INDEX(%s,MATCH(1,%s,0)),0)&\" less than \"&INDEX(%s,MATCH(2,%s,0)))",
                  ranks.text, currency, costs.text, ranks.text, costs.text, ranks.text, names.text,
                  ranks.text)
                  .at;
    sheet_across_formula(
        w->summary, REMARK_ROW, 0, LAST_COLUMN, SHOW_WRAP | LOOK_NOTE, "",
        "=IF(%s=0,\"\",\"With the inputs now in this workbook: \"&INDEX(%s,MATCH(1,%s,0))&\" costs least%s, "
        "%s "
        "\"&FIXED(INDEX(%s,MATCH(1,%s,0)),0)&\"%s\"&%s&\". The orders are those of the run.\")",
        name_of(workbook_changed(w)).text, names.text, ranks.text, scope, currency, costs.text, ranks.text,
        when, next);
}

static void write_head(const struct workbook *w)
{
    const struct result *result = w->result;
    struct str reason = result->ranked ? STR("") : result->unranked_because;
    bool said = contains(result->verdict, reason);
    sheet_label(w->summary, STATE_ROW, 0, SHOW_TEXT | LOOK_BARE, "Master check");
    sheet_across(w->summary, HEADLINE_ROW, 0, LAST_COLUMN, SHOW_WRAP | LOOK_HEADLINE,
                 str_format(w->arena, "As of the run: %.*s", STR_ARGS(result->verdict)));
    if (!said)
        sheet_across(w->summary, REMARK_ROW, 0, LAST_COLUMN, SHOW_WRAP | LOOK_NOTE,
                     str_format(w->arena, "Not ranked: %.*s.", STR_ARGS(reason)));
    else if (result->ranked && result->n_strategies > 0)
        write_headline_now(w);
}

void workbook_write_summary(struct workbook *w)
{
    const char *title =
        str_format(w->arena, "Summary: %s", cell_text(w->arena, w->study->title, LONGEST_TITLE)).at;
    struct str note =
        str_format(w->arena,
                   "%.*s to %.*s, %d months of cash. White cells are live formulas over the "
                   "simulated quantities and the prices.",
                   STR_ARGS(date_text(w->arena, w->study->decide_from_seconds)),
                   STR_ARGS(date_text(w->arena, w->study->end_seconds)), w->result->timeline.n_months);
    size_t n_rows = 3 * w->result->n_strategies + w->study->n_components;
    workbook_start_sheet(w, w->summary, title, note.at,
                         (struct page){.repeat_row = -1, .one_page = n_rows <= MOST_ON_ONE_PAGE});
    int row = write_cost_table(w);
    write_head(w);
    row = write_charts(w, row + 1);
    row = write_service_table(w, row);
    write_scope(w, row + 1);
}
