/* The sheet Ledger: every charge. libxlsxwriter writes its head, and a last row of empty cells that have the
 * looks of the columns; in the finished workbook these are exchanged for the rows, packed as they come: a
 * million of them through the library take a minute. Cells have no names, which the format allows: each is
 * right of the one before. */
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/zip.h"
#include "report/ledger_facts.h"
#include "report/sheet_rows.h"
#include "report/workbook.h"
#include "unit/calendar.h"
#include "unit/digits.h"

enum { LONGEST_NAME = 100, QUANTITY_PLACES = 9, MONEY_PLACES = 6, DATE_PLACES = 10, BUFFER_BYTES = 1 << 16 };

enum ledger_column {
    LEDGER_STRATEGY,
    LEDGER_MONTH,
    LEDGER_FROM,
    LEDGER_TO,
    LEDGER_CATEGORY,
    LEDGER_OFFER,
    LEDGER_COMPONENT,
    LEDGER_ORDER,
    LEDGER_STATUS,
    LEDGER_BILLED_QUANTITY,
    LEDGER_EFFECTIVE_QUANTITY,
    LEDGER_UNIT,
    LEDGER_PRICE,
    LEDGER_BILLED,
    LEDGER_EFFECTIVE,
    N_LEDGER_COLUMNS
};

static const struct column columns[N_LEDGER_COLUMNS] = {
    [LEDGER_STRATEGY] = {"x_Strategy", 30, true, false},
    [LEDGER_MONTH] = {"BillingPeriodStart", 13, true, false},
    [LEDGER_FROM] = {"ChargePeriodStart", 13, true, false},
    [LEDGER_TO] = {"ChargePeriodEnd", 13, true, false},
    [LEDGER_CATEGORY] = {"ChargeCategory", 12, true, false},
    [LEDGER_OFFER] = {"SkuId", 32, true, false},
    [LEDGER_COMPONENT] = {"x_Component", 15, true, false},
    [LEDGER_ORDER] = {"x_Order", 9, true, false},
    [LEDGER_STATUS] = {"CommitmentDiscountStatus", 15, true, false},
    [LEDGER_BILLED_QUANTITY] = {"PricingQuantity", 18, true, false},
    [LEDGER_EFFECTIVE_QUANTITY] = {"x_EffectiveQuantity", 18, true, false},
    [LEDGER_UNIT] = {"PricingUnit", 14, true, false},
    [LEDGER_PRICE] = {"ContractedUnitPrice", 15, true, false},
    [LEDGER_BILLED] = {"BilledCost", 16, true, false},
    [LEDGER_EFFECTIVE] = {"EffectiveCost", 16, true, false},
};

static const int shows[N_LEDGER_COLUMNS] = {
    [LEDGER_STRATEGY] = SHOW_TEXT,
    [LEDGER_MONTH] = SHOW_MONTH,
    [LEDGER_FROM] = SHOW_DATE,
    [LEDGER_TO] = SHOW_DATE,
    [LEDGER_CATEGORY] = SHOW_TEXT,
    [LEDGER_OFFER] = SHOW_TEXT,
    [LEDGER_COMPONENT] = SHOW_TEXT,
    [LEDGER_ORDER] = SHOW_NUMBER,
    [LEDGER_STATUS] = SHOW_TEXT,
    [LEDGER_BILLED_QUANTITY] = SHOW_QUANTITY,
    [LEDGER_EFFECTIVE_QUANTITY] = SHOW_QUANTITY,
    [LEDGER_UNIT] = SHOW_TEXT,
    [LEDGER_PRICE] = SHOW_UNIT_PRICE,
    [LEDGER_BILLED] = SHOW_CENTS,
    [LEDGER_EFFECTIVE] = SHOW_CENTS,
};

static size_t n_charges(const struct workbook *w)
{
    return result_n_charges(w->result);
}

bool workbook_has_ledger(const struct workbook *w)
{
    return w->study->ledger_sheet && n_charges(w) <= MOST_LEDGER_ROWS;
}

void workbook_write_ledger(struct workbook *w)
{
    struct sheet *sheet = w->ledger;
    int last_row = FIRST_ROW + (int)n_charges(w) - 1;
    _Static_assert(MOST_LEDGER_ROWS + FIRST_ROW == 1048576, "the rows of a sheet");
    const char *note =
        str_format(w->arena,
                   "Every charge, as in ledger.csv, which has more columns. Money in %.*s; "
                   "an Adjustment is the horizon value and not cash. Rerun rackrate to change.",
                   STR_ARGS(w->study->currency))
            .at;
    workbook_start_sheet(w, sheet, "Ledger", note,
                         (struct page){.repeat_row = TABLE_ROW, .freeze_row = FIRST_ROW});
    sheet_header(sheet, TABLE_ROW, columns, N_LEDGER_COLUMNS, w->study->currency);
    if (last_row < FIRST_ROW)
        return;
    for (int i = 0; i < N_LEDGER_COLUMNS; i++)
        sheet_blank(sheet, last_row, i, i, shows[i] | LOOK_SIMULATED);
    sheet_filter((struct range){sheet, TABLE_ROW, 0, last_row, N_LEDGER_COLUMNS - 1});
}

/* Can formulas tell the strategies apart by their names? */
static bool names_differ(const struct result *result)
{
    for (size_t i = 0; i < result->n_strategies; i++) {
        struct str name = result->strategies[i].strategy->name;
        if (!matches_itself(name))
            return false;
        for (size_t j = 0; j < i; j++)
            if (may_match(name, result->strategies[j].strategy->name))
                return false;
    }
    return true;
}

const char *workbook_ledger_billed(const struct workbook *w, size_t strategy, struct cell_name name,
                                   money *billed)
{
    const struct strategy_result *s = &w->result->strategies[strategy];
    bool by_name = names_differ(w->result);
    int first = FIRST_ROW, last = FIRST_ROW + (int)n_charges(w) - 1;
    for (size_t i = 0; i < strategy && !by_name; i++)
        first += (int)w->result->strategies[i].n_charges;
    if (!by_name)
        last = first + (int)s->n_charges - 1;
    *billed = 0;
    for (size_t i = 0; i < s->n_charges; i++)
        if (s->charges[i].category != CHARGE_HORIZON)
            *billed += s->charges[i].billed;
    if (last < first)
        return "0";
    struct str by = STR("");
    if (by_name)
        by = str_format(w->arena, ",%s,%s", name_of(range_down(w->ledger, LEDGER_STRATEGY, first, last)).text,
                        name.text);
    return str_format(w->arena, "SUMIFS(%s,%s,\"<>Adjustment\"%s)",
                      name_of(range_down(w->ledger, LEDGER_BILLED, first, last)).text,
                      name_of(range_down(w->ledger, LEDGER_CATEGORY, first, last)).text, by.at)
        .at;
}

/* ---- the rows of the finished workbook ---- */

struct rows {
    struct workbook *w;
    struct zip_edit *edit;
    /* how a cell begins that holds a number, a text; one that is empty */
    struct str numbers[N_LEDGER_COLUMNS], words[N_LEDGER_COLUMNS], blanks[N_LEDGER_COLUMNS];
    struct str *offers, *components; /* as XML has them */
    struct str strategy;
    size_t n_buffered;
    char buffer[BUFFER_BYTES];
};

static void flush(struct rows *rows)
{
    zip_edit_write(rows->edit, (struct str){rows->buffer, rows->n_buffered});
    rows->n_buffered = 0;
}

static void put(struct rows *rows, struct str text)
{
    if (rows->n_buffered + text.length > BUFFER_BYTES)
        flush(rows);
    if (text.length > BUFFER_BYTES) {
        zip_edit_write(rows->edit, text);
        return;
    }
    if (text.length > 0)
        memcpy(rows->buffer + rows->n_buffered, text.at, text.length);
    rows->n_buffered += text.length;
}

static void put_text(struct rows *rows, enum ledger_column column, struct str text)
{
    if (text.length == 0) {
        put(rows, rows->blanks[column]);
        return;
    }
    put(rows, rows->words[column]);
    put(rows, text);
    put(rows, STR("</v></c>"));
}

static void put_digits(struct rows *rows, enum ledger_column column, int128 value, int places)
{
    char digits[LONGEST_DIGITS];
    put(rows, rows->numbers[column]);
    put(rows, digits_short(digits + sizeof digits, value, places));
    put(rows, STR("</v></c>"));
}

/* As sheet_time. */
static void put_time(struct rows *rows, enum ledger_column column, int64_t seconds)
{
    int64_t day_0 = date_seconds((struct date){1899, 12, 30});
    int64_t first = date_seconds((struct date){1900, 3, 1}), end = date_seconds((struct date){10000, 1, 1});
    if (seconds < first || seconds >= end) {
        put_text(rows, column, seconds < first ? STR("before 1900") : STR("open"));
        return;
    }
    int64_t since = seconds - day_0;
    if (since % DAY_SECONDS == 0)
        put_digits(rows, column, since / DAY_SECONDS, 0);
    else
        put_digits(rows, column, round_half_even((int128)since * power_of_ten(DATE_PLACES), DAY_SECONDS),
                   DATE_PLACES);
}

static void put_quantity(struct rows *rows, enum ledger_column column, double quantity)
{
    int128 value;
    if (digits_of_double(quantity, QUANTITY_PLACES, &value))
        put_digits(rows, column, value, QUANTITY_PLACES);
    else
        put_text(rows, column, STR("n/a"));
}

static void put_charge(struct rows *rows, const struct charge *charge, const struct offer *offer)
{
    const struct price_row *price = charge->price;
    bool committed = charge_is_committed(charge, offer);
    put(rows, STR("<row>"));
    put_text(rows, LEDGER_STRATEGY, rows->strategy);
    put_time(rows, LEDGER_MONTH, rows->w->result->timeline.months[charge->month].calendar_start);
    put_time(rows, LEDGER_FROM, charge->from_seconds);
    put_time(rows, LEDGER_TO, charge->to_seconds);
    put_text(rows, LEDGER_CATEGORY, charge_category_text(charge, offer));
    put_text(rows, LEDGER_OFFER, rows->offers[offer - rows->w->study->offers]);
    put_text(rows, LEDGER_COMPONENT, rows->components[price->component]);
    if (charge->order < 0)
        put_text(rows, LEDGER_ORDER, STR(""));
    else
        put_digits(rows, LEDGER_ORDER, charge->order + 1, 0);
    put_text(rows, LEDGER_STATUS, committed ? charge_status_text(charge) : STR(""));
    put_quantity(rows, LEDGER_BILLED_QUANTITY, charge->billed_quantity);
    put_quantity(rows, LEDGER_EFFECTIVE_QUANTITY, charge->effective_quantity);
    put_text(rows, LEDGER_UNIT, str_of(price->unit->name));
    put_digits(rows, LEDGER_PRICE, price->price.digits, price->price.scale);
    put_digits(rows, LEDGER_BILLED, charge->billed, MONEY_PLACES);
    put_digits(rows, LEDGER_EFFECTIVE, charge->effective, MONEY_PLACES);
    put(rows, STR("</row>"));
}

static struct str name_text(struct arena *arena, struct str name)
{
    return xml_text(arena, str_of(cell_text(arena, name, LONGEST_NAME)));
}

static void prepare_names(struct rows *rows)
{
    const struct workbook *w = rows->w;
    rows->offers = ARENA_NEW(w->arena, struct str, w->study->n_offers);
    for (size_t i = 0; i < w->study->n_offers; i++)
        rows->offers[i] = name_text(w->arena, w->study->offers[i].id);
    rows->components = ARENA_NEW(w->arena, struct str, w->study->n_components);
    for (size_t i = 0; i < w->study->n_components; i++)
        rows->components[i] = name_text(w->arena, w->components[i]);
}

/* The looks of the columns, from the row of empty cells: <c r="A9" s="21"/> and so on. */
static void take_looks(struct rows *rows, const char *row)
{
    static const char mark[] = " s=\"";
    for (int i = 0; i < N_LEDGER_COLUMNS; i++) {
        row = strstr(row, mark);
        check(row != NULL);
        row += sizeof mark - 1;
        int length = (int)strspn(row, "0123456789");
        rows->numbers[i] = str_format(rows->w->arena, "<c s=\"%.*s\"><v>", length, row);
        rows->blanks[i] = str_format(rows->w->arena, "<c s=\"%.*s\"/>", length, row);
        rows->words[i] = str_format(rows->w->arena, "<c s=\"%.*s\" t=\"str\"><v>", length, row);
    }
}

static void put_charges(struct rows *rows)
{
    const struct result *result = rows->w->result;
    for (size_t s = 0; s < result->n_strategies; s++) {
        const struct strategy_result *strategy = &result->strategies[s];
        rows->strategy = name_text(rows->w->arena, strategy->strategy->name);
        for (size_t i = 0; i < strategy->n_charges; i++)
            put_charge(rows, &strategy->charges[i], charge_offer(result, strategy, &strategy->charges[i]));
    }
}

static int sheet_number_of_ledger(const struct workbook *w)
{
    int number = 0;
    while (w->links[number].sheet != w->ledger)
        number++;
    return number + 1;
}

bool workbook_fill_ledger(struct workbook *w, struct str path)
{
    struct str row, below;
    if (w->ledger == NULL || n_charges(w) == 0)
        return true;
    struct zip_edit *edit =
        rows_splice(w->arena, path, sheet_number_of_ledger(w), &row, &below, w->report->failure);
    if (edit == NULL)
        return false;
    struct rows *rows = ARENA_NEW(w->arena, struct rows, 1);
    rows->w = w;
    rows->edit = edit;
    take_looks(rows, row.at);
    prepare_names(rows);
    put_charges(rows);
    flush(rows);
    zip_edit_write(edit, below);
    return zip_edit_end(edit);
}
