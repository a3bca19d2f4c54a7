#ifndef REPORT_WORKBOOK_H
#define REPORT_WORKBOOK_H

#include <stddef.h>

#include "report/report.h"
#include "report/sheet.h"
#include "report/used_prices.h"

/* Simulated quantities are values, everything about money is a formula over them and the prices, and
 * every formula is written with the value it has now. Sheets are therefore written in the order in
 * which their formulas build upon one another, not in reading order. */

/* A row of the sheet Quantities: the charges of one layer, price row, category and month. */
struct quantity_row {
    int spend;        /* 0: simulated; 1: a share of a provider's spend; 2: a tax on all that */
    int layer, price; /* price -1: the strategy has no charges, the row only holds its place */
    int month;
    enum charge_category category;
    double billed, effective;
};

/* Where a strategy stands on the sheets. */
struct places {
    int quantities, last_quantity; /* Quantities */
    const struct quantity_row *quantity_rows;
    int band, months, end, total; /* Monthly; end: the row of the horizon value */
    int orders_total;             /* Orders */
    int lead_time;                /* Lead time */
    int optimum;                  /* Optimum: the row of the plan's cost, five of the sums follow */
    int service;                  /* Checks */
};

struct sheet_row;

/* A sheet of this workbook, and what the sheet About says of it; NULL: nothing. */
struct sheet_link {
    struct sheet *sheet;
    const char *about;
    const struct sheet_row *row;
};

struct workbook {
    const struct report *report;
    const struct result *result;
    const struct study *study;
    struct arena *arena;
    struct book *book;
    struct sheet *about, *summary, *assumptions, *prices, *quantities, *monthly, *lead_time, *orders,
        *optimum, *checks;
    struct sheet *ledger; /* NULL: none */
    struct sheet *sheet; /* that is being written */
    struct sheet_link *links;
    size_t n_links;
    struct str *components; /* names as the sheets show them: each matches only itself in SUMIFS */
    const struct used_price *used_prices;
    size_t n_used_prices;
    struct places *places; /* [strategy] */
    const char *state;     /* what the master check says, once Checks is written */
};

enum { TITLE_ROW, NOTE_ROW, STATE_ROW, TABLE_ROW = 3, FIRST_ROW = 4 };

enum assumption_column {
    ASSUMPTION_NAME,
    ASSUMPTION_VALUE,
    ASSUMPTION_UNIT,
    ASSUMPTION_ALLOWED,
    ASSUMPTION_AT_RUN,
    ASSUMPTION_SOURCE,
    ASSUMPTION_NOTE
};
enum { DISCOUNT_RATE_ROW = FIRST_ROW, UNMET_COST_ROW };

enum price_column {
    PRICE_ID,
    PRICE_OFFER,
    PRICE_PROVIDER,
    PRICE_ITEM,
    PRICE_COMPONENT,
    PRICE_CHARGED,
    PRICE_PER,
    PRICE_TIER_FROM,
    PRICE_TIER_TO,
    PRICE_AT_LEAST,
    PRICE_LIST,
    PRICE_CURRENCY,
    PRICE_DISCOUNT,
    PRICE_RATE,
    PRICE_INTEREST,
    PRICE_PAYMENTS,
    PRICE_USED,
    PRICE_FROM,
    PRICE_TO,
    PRICE_SOURCE,
    PRICE_LIST_AT_RUN,
    PRICE_DISCOUNT_AT_RUN,
    PRICE_RATE_AT_RUN,
    N_PRICE_COLUMNS
};

enum quantity_column {
    QUANTITY_STRATEGY,
    QUANTITY_OFFER,
    QUANTITY_PROVIDER,
    QUANTITY_COMPONENT,
    QUANTITY_PRICE_ID,
    QUANTITY_MONTH,
    QUANTITY_CATEGORY,
    QUANTITY_PER,
    QUANTITY_BILLED,
    QUANTITY_EFFECTIVE,
    QUANTITY_PRICE,
    QUANTITY_BILLED_COST,
    QUANTITY_EFFECTIVE_COST,
    N_QUANTITY_COLUMNS
};

/* Monthly has a column per component between MONTHLY_COMPONENTS and what follows them. */
enum { MONTHLY_MONTH, MONTHLY_INDEX, MONTHLY_COMPONENTS };
enum monthly_column {
    MONTHLY_CASH,
    MONTHLY_EFFECTIVE,
    MONTHLY_CUMULATIVE,
    MONTHLY_UNMET_HOURS,
    MONTHLY_UNMET_COST,
    MONTHLY_HORIZON,
    MONTHLY_FACTOR,
    MONTHLY_PRESENT,
    N_MONTHLY_COLUMNS
};
int monthly_column(const struct workbook *w, enum monthly_column column);

enum summary_column {
    SUMMARY_STRATEGY,
    SUMMARY_RANK,
    SUMMARY_BILLED,
    SUMMARY_EFFECTIVE,
    SUMMARY_HORIZON,
    SUMMARY_UNMET_COST,
    SUMMARY_COMPARED,
    SUMMARY_DIFFERENCE,
    SUMMARY_PER_HOUR,
    SUMMARY_PEAK_MONTH,
    N_SUMMARY_COLUMNS
};
enum { SUMMARY_FIRST_ROW = 6 };

enum lead_time_column {
    LEAD_WHAT,
    LEAD_LIMITS,
    LEAD_SERVERS,
    LEAD_ALL_LOW,
    LEAD_P10,
    LEAD_P50,
    LEAD_P90,
    LEAD_ALL_HIGH,
    LEAD_BASE,
    LEAD_DAYS,
    N_LEAD_COLUMNS
};

enum order_column {
    ORDER_STRATEGY,
    ORDER_OFFER,
    ORDER_SERVERS,
    ORDER_ORDERED,
    ORDER_FIRST,
    ORDER_LAST,
    ORDER_ENDS,
    ORDER_REASON,
    ORDER_BILLED,
    ORDER_EFFECTIVE,
    ORDER_PREPAID,
    ORDER_ACCRUED,
    N_ORDER_COLUMNS
};

enum check_column {
    CHECK_STRATEGY,
    CHECK_WHAT,
    CHECK_LEFT,
    CHECK_RIGHT,
    CHECK_DIFFERENCE,
    CHECK_TOLERANCE,
    CHECK_RESULT,
    N_CHECK_COLUMNS
};
enum { CHECK_MASTER_ROW = 2, CHECK_CHANGED_ROW, CHECK_ABSOLUTE_ROW, CHECK_RELATIVE_ROW };

/* Server-hours over the horizon, a row per strategy above the checks. */
enum service_column {
    SERVICE_STRATEGY,
    SERVICE_NOTE,
    SERVICE_NEED,
    SERVICE_SERVED,
    SERVICE_SHORTFALL,
    SERVICE_CAPACITY,
    SERVICE_USED,
    SERVICE_IDLE,
    SERVICE_COMMITTED,
    SERVICE_COMMITTED_USED,
    N_SERVICE_COLUMNS
};

/* Is a text that a formula looks up found only where it stands itself? May a spreadsheet take two for equal? */
bool matches_itself(struct str name);
bool may_match(struct str a, struct str b);
/* False too where an hour is not a number: it is shown as not possible. */
bool lead_time_is_known(const struct lead_time *hours);
double server_hours(int128 server_seconds);
double server_hours_of_micro(int128 micro_server_seconds);

/* What Quantities and Prices hold. */
void workbook_use_prices(struct workbook *w);
struct str *workbook_component_labels(const struct workbook *w);
struct quantity_row *workbook_quantities(const struct workbook *w, const struct strategy_result *strategy,
                                         size_t *n_rows);

/* The sheets: rows of a table in workbook.c. Service is the head of Checks, which Summary repeats. */
void workbook_write_assumptions(struct workbook *w);
void workbook_write_prices(struct workbook *w);
void workbook_write_demand(struct workbook *w);
void workbook_write_quantities(struct workbook *w);
void workbook_write_monthly(struct workbook *w);
void workbook_write_breakdown(struct workbook *w);
void workbook_write_lead_time(struct workbook *w);
void workbook_write_lead_curves(struct workbook *w);
void workbook_write_bursts(struct workbook *w);
void workbook_write_order_by(struct workbook *w);
void workbook_write_orders(struct workbook *w);
void workbook_write_break_even(struct workbook *w);
bool workbook_has_break_even(const struct workbook *w);
/* The table of a cheapest plan's layers, and the chart of it elsewhere; returns where the table stands. */
struct range workbook_put_layers(struct workbook *w, struct sheet *sheet, const struct strategy_result *s,
                                 int row, int chart_row, int n_chart_rows);
void workbook_write_optimum(struct workbook *w);
bool workbook_has_optimum(const struct workbook *w);
void workbook_write_futures(struct workbook *w);
bool workbook_has_futures(const struct workbook *w);
void workbook_write_sensitivity(struct workbook *w);
bool workbook_has_sensitivity(const struct workbook *w);
void workbook_write_what_if(struct workbook *w);
bool workbook_has_what_if(const struct workbook *w);
void workbook_write_scope(struct workbook *w);
void workbook_write_ledger(struct workbook *w);
bool workbook_has_ledger(const struct workbook *w);
void workbook_write_service(struct workbook *w);
void workbook_write_summary(struct workbook *w);
void workbook_write_knowledge(struct workbook *w);
bool workbook_has_knowledge(const struct workbook *w);
void workbook_write_checks(struct workbook *w);
void workbook_write_about(struct workbook *w);

/* The formula of what a strategy's rows of the sheet Ledger bill, without the horizon value, and what it is; `name`:
 * the cell with its name. */
const char *workbook_ledger_billed(const struct workbook *w, size_t strategy, struct cell_name name,
                                   money *billed);
/* Puts the rows of the sheet Ledger into the finished workbook. False and a failure where it cannot. */
bool workbook_fill_ledger(struct workbook *w, struct str path);

/* Title, note and page setup that every sheet has. `repeat_row` -1: none. */
void workbook_start_sheet(const struct workbook *w, struct sheet *sheet, const char *title, const char *note,
                          struct page page);
/* The cell of Checks that counts the inputs changed since the run. */
struct range workbook_changed(const struct workbook *w);
/* Says in STATE_ROW of a sheet, live, that what was decided ("The leases") belongs to the prices of the run.
 */
void workbook_write_decided(const struct workbook *w, struct sheet *sheet, int last_column, const char *what);
/* Money on an axis is shown in one unit, the largest that leaves the highest amount a few digits. */
struct axis_unit {
    double from;
    const char *prefix, *axis_format, *bar_format;
};
struct axis_unit workbook_axis_unit(double most);
/* The cell of Checks that says the state of the whole, live, where a sheet wants it. */
void workbook_write_state(const struct workbook *w, struct sheet *sheet, int row, int column);

#endif
