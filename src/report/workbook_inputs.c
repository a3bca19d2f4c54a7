#include "base/arena.h"
#include "report/workbook.h"

/* ---- Assumptions ---- */

static const struct column input_columns[] = {
    {"Input of the formulas", 32, false, false},
    {"Value", 18, false, false},
    {"Unit", 19, false, false},
    {"Allowed", 24, false, false},
    {"Base value: at the run", 14, true, false},
    {"Source", 10, false, false},
    {"Note", 58, false, false},
};

static const struct column assumption_columns[] = {
    {"Assumption", 0, true, false},
    {"Value", 0, true, false},
    {"Unit", 0, true, false},
    {"Allowed", 0, true, false},
    {"Base value: default", 0, true, false},
    {"Source", 0, true, false},
    {"Note", 0, true, false},
};

enum { N_ASSUMPTION_COLUMNS = sizeof assumption_columns / sizeof *assumption_columns };

struct input {
    int row;
    const char *name, *note_set, *note_unset, *allowed;
    struct str unit;
    bool set;
    struct decimal value;
    int show;
    double most;
};

static void write_input(const struct workbook *w, const struct input *input)
{
    struct sheet *sheet = w->assumptions;
    double value = input->set ? decimal_as_double(input->value) : 0;
    struct range cell = range_cell(sheet, input->row, ASSUMPTION_VALUE);
    sheet_label(sheet, input->row, ASSUMPTION_NAME, SHOW_TEXT | LOOK_CELL, input->name);
    sheet_number(sheet, input->row, ASSUMPTION_VALUE, input->show | LOOK_INPUT, value);
    sheet_text(sheet, input->row, ASSUMPTION_UNIT, SHOW_TEXT | LOOK_CELL, input->unit);
    sheet_number(sheet, input->row, ASSUMPTION_AT_RUN, input->show | LOOK_AT_RUN, value);
    sheet_label(sheet, input->row, ASSUMPTION_ALLOWED, SHOW_WRAP | LOOK_CELL, input->allowed);
    sheet_label(sheet, input->row, ASSUMPTION_SOURCE, SHOW_STATUS | LOOK_CELL,
                input->set ? "study" : "default");
    sheet_label(sheet, input->row, ASSUMPTION_NOTE, SHOW_WRAP | LOOK_CELL,
                input->set ? input->note_set : input->note_unset);
    book_name(w->book, input->name, cell);
    sheet_limits(cell, 0, input->most,
                 "Expected is a value that is not negative and not out of all proportion.");
}

static void write_inputs(const struct workbook *w)
{
    const struct study *study = w->study;
    struct str per_hour = str_format(w->arena, "%.*s / server-hour", STR_ARGS(study->currency));
    const struct input inputs[] = {
        {DISCOUNT_RATE_ROW, "discount_rate", "effective annual rate",
         "not set in the study: 0 means that nothing is discounted", "from 0% to 100%", STR("a year"),
         study->has_discount_rate, study->discount_rate, SHOW_PERCENT, 1},
        {UNMET_COST_ROW, "unmet_cost", "cost of an hour of load that one server could have carried",
         "not set in the study: unmet load is counted in hours but costs nothing here", "from 0 to 1,000,000",
         per_hour, study->workload.has_unmet_cost, study->workload.unmet_cost, SHOW_UNIT_PRICE, 1e6},
    };
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        write_input(w, &inputs[i]);
}

static void write_assumption(const struct workbook *w, int row, const struct assumption *assumption)
{
    struct sheet *sheet = w->assumptions;
    struct decimal number;
    sheet_text(sheet, row, ASSUMPTION_NAME, SHOW_WRAP | LOOK_CELL, assumption->name);
    if (decimal_parse(assumption->value, &number))
        sheet_number(sheet, row, ASSUMPTION_VALUE, SHOW_NUMBER | LOOK_SIMULATED, decimal_as_double(number));
    else
        sheet_text(sheet, row, ASSUMPTION_VALUE, SHOW_WRAP | LOOK_SIMULATED, assumption->value);
    sheet_text(sheet, row, ASSUMPTION_UNIT, SHOW_TEXT | LOOK_CELL, assumption->unit);
    sheet_text(sheet, row, ASSUMPTION_ALLOWED, SHOW_WRAP | LOOK_CELL, assumption->allowed);
    sheet_text(sheet, row, ASSUMPTION_AT_RUN, SHOW_WRAP | LOOK_AT_RUN, assumption->standard);
    sheet_label(sheet, row, ASSUMPTION_SOURCE, SHOW_STATUS | LOOK_CELL,
                assumption->defaulted ? "default" : "study");
    sheet_text(sheet, row, ASSUMPTION_NOTE, SHOW_WRAP | LOOK_CELL, assumption->note);
}

void workbook_write_assumptions(struct workbook *w)
{
    int row = UNMET_COST_ROW + 2;
    workbook_start_sheet(
        w, w->assumptions, "Assumptions",
        "The blue cells may be changed: every total follows. The rest went into the simulation: "
        "change it in the study file and run rackrate again. Source: the study file, with what --set "
        "changes, or "
        "rackrate's default.",
        (struct page){.repeat_row = row, .freeze_row = row + 1});
    sheet_header(w->assumptions, TABLE_ROW, input_columns, N_ASSUMPTION_COLUMNS, w->study->currency);
    write_inputs(w);
    sheet_header(w->assumptions, row++, assumption_columns, N_ASSUMPTION_COLUMNS, w->study->currency);
    for (size_t i = 0; i < w->study->n_assumptions; i++)
        write_assumption(w, row++, &w->study->assumptions[i]);
}

/* ---- Prices ---- */

static const struct column price_columns[N_PRICE_COLUMNS] = {
    [PRICE_ID] = {"Id", 5.5, false, false},
    [PRICE_OFFER] = {"Offer", 28, false, false},
    [PRICE_PROVIDER] = {"Provider", 10, false, false},
    [PRICE_ITEM] = {"Item", 16, false, false},
    [PRICE_COMPONENT] = {"Component", 12, false, false},
    [PRICE_CHARGED] = {"Charged", 9, false, false},
    [PRICE_PER] = {"Per", 12.5, false, false},
    [PRICE_TIER_FROM] = {"Tier from", 8, false, false},
    [PRICE_TIER_TO] = {"Tier to", 8, false, false},
    [PRICE_AT_LEAST] = {"At least a month", 8, false, false},
    [PRICE_LIST] = {"List price", 12, false, false},
    [PRICE_CURRENCY] = {"Currency", 9, false, false},
    [PRICE_DISCOUNT] = {"Negotiated discount", 11, false, false},
    [PRICE_RATE] = {"Exchange rate", 10, false, false},
    [PRICE_INTEREST] = {"Interest a year (financed)", 10, false, false},
    [PRICE_PAYMENTS] = {"Monthly payments (financed)", 10, false, false},
    [PRICE_USED] = {"Price used", 12, false, true},
    [PRICE_FROM] = {"Valid from", 11, false, false},
    [PRICE_TO] = {"Valid until (not included)", 12.5, false, false},
    [PRICE_SOURCE] = {"Source", 52, false, false},
    [PRICE_LIST_AT_RUN] = {"List price at the run", 14, true, false},
    [PRICE_DISCOUNT_AT_RUN] = {"Discount at the run", 12, true, false},
    [PRICE_RATE_AT_RUN] = {"Exchange rate at the run", 12, true, false},
};

static void write_validity(struct sheet *sheet, int row, const struct price_row *price)
{
    bool is_version = price->version_to != 0;
    int64_t from = is_version ? price->version_from : price->effective_from;
    int64_t to = is_version ? price->version_to : price->effective_to;
    sheet_time(sheet, row, PRICE_FROM, SHOW_DATE | LOOK_CELL, from);
    if (to == INT64_MAX)
        sheet_label(sheet, row, PRICE_TO, SHOW_STATUS | LOOK_CELL, "until replaced");
    else
        sheet_time(sheet, row, PRICE_TO, SHOW_DATE | LOOK_CELL, to);
}

/* Where the next tier in force begins. */
static bool next_tier(const struct offer *offer, const struct price_row *price, struct decimal *next)
{
    bool found = false;
    for (size_t i = 0; i < offer->n_prices; i++) {
        const struct price_row *other = &offer->prices[i];
        bool with_it = price_same_family(other, price) && other->effective_from <= price->effective_from &&
                       other->effective_to > price->effective_from;
        if (with_it && decimal_compare(other->tier_from, price->tier_from) > 0 &&
            (!found || decimal_compare(other->tier_from, *next) < 0)) {
            *next = other->tier_from;
            found = true;
        }
    }
    return found;
}

static void write_tier(struct sheet *sheet, int row, const struct offer *offer, const struct price_row *price,
                       const struct study *study)
{
    struct decimal next;
    sheet_blank(sheet, row, PRICE_TIER_FROM, PRICE_AT_LEAST, SHOW_NUMBER | LOOK_CELL);
    if (price->charged != CHARGED_METERED)
        return;
    sheet_number(sheet, row, PRICE_TIER_FROM, SHOW_NUMBER | LOOK_CELL, decimal_as_double(price->tier_from));
    if (next_tier(offer, price, &next))
        sheet_number(sheet, row, PRICE_TIER_TO, SHOW_NUMBER | LOOK_CELL, decimal_as_double(next));
    const struct metering *m = study_metering(study, offer, price);
    if (m != NULL && m->at_least.digits > 0)
        sheet_number(sheet, row, PRICE_AT_LEAST, SHOW_NUMBER | LOOK_CELL, decimal_as_double(m->at_least));
}

/* list x (1 - discount) x rate; where servers are financed, the equal payment for it. */
static void write_used(const struct workbook *w, int row, const struct offer *offer,
                       const struct price_row *price)
{
    struct sheet *sheet = w->prices;
    struct str whole = str_format(w->arena, "%s*(1-%s)*%s", name_here(row, PRICE_LIST).text,
                                  name_here(row, PRICE_DISCOUNT).text, name_here(row, PRICE_RATE).text);
    sheet_blank(sheet, row, PRICE_INTEREST, PRICE_PAYMENTS, SHOW_NUMBER | LOOK_CELL);
    if (price->n_payments == 0) {
        sheet_formula(sheet, row, PRICE_USED, SHOW_UNIT_PRICE | LOOK_CELL, decimal_as_double(price->price),
                      "=%s", whole.at);
        return;
    }
    sheet_number(sheet, row, PRICE_INTEREST, SHOW_PERCENT | LOOK_CELL,
                 decimal_as_double(offer->finance_rate));
    sheet_number(sheet, row, PRICE_PAYMENTS, SHOW_COUNT | LOOK_CELL, price->n_payments);
    sheet_formula(sheet, row, PRICE_USED, SHOW_UNIT_PRICE | LOOK_CELL, decimal_as_double(price->price),
                  "=ROUND(-PMT((1+%s)^(1/12)-1,%s,%s),6)", name_here(row, PRICE_INTEREST).text,
                  name_here(row, PRICE_PAYMENTS).text, whole.at);
}

static void write_price(const struct workbook *w, int row, const struct used_price *used)
{
    struct sheet *sheet = w->prices;
    const struct price_row *price = used->row;
    const struct offer *offer = &w->study->offers[price->offer];
    double list = decimal_as_double(price->book), discount = decimal_as_double(price->off);
    double rate = decimal_as_double(price->rate);
    sheet_format(sheet, row, PRICE_ID, SHOW_TEXT | LOOK_CELL, "P%zu", used->index + 1);
    sheet_text(sheet, row, PRICE_OFFER, SHOW_WRAP | LOOK_CELL, offer->id);
    sheet_text(sheet, row, PRICE_PROVIDER, SHOW_WRAP | LOOK_CELL, offer->provider);
    sheet_text(sheet, row, PRICE_ITEM, SHOW_WRAP | LOOK_CELL, offer->item);
    sheet_text(sheet, row, PRICE_COMPONENT, SHOW_WRAP | LOOK_CELL, w->components[price->component]);
    sheet_label(sheet, row, PRICE_CHARGED, SHOW_TEXT | LOOK_CELL, charged_names[price->charged]);
    sheet_label(sheet, row, PRICE_PER, SHOW_TEXT | LOOK_CELL, price->unit->name);
    write_tier(sheet, row, offer, price, w->study);
    sheet_number(sheet, row, PRICE_LIST, SHOW_UNIT_PRICE | LOOK_INPUT, list);
    sheet_number(sheet, row, PRICE_DISCOUNT, SHOW_PERCENT | LOOK_INPUT, discount);
    sheet_number(sheet, row, PRICE_RATE, SHOW_UNIT_PRICE | LOOK_INPUT, rate);
    write_used(w, row, offer, price);
    sheet_text(sheet, row, PRICE_CURRENCY, SHOW_STATUS | LOOK_CELL, price->currency);
    write_validity(sheet, row, price);
    sheet_text(sheet, row, PRICE_SOURCE, SHOW_WRAP | LOOK_CELL, price->source);
    sheet_number(sheet, row, PRICE_LIST_AT_RUN, SHOW_UNIT_PRICE | LOOK_AT_RUN, list);
    sheet_number(sheet, row, PRICE_DISCOUNT_AT_RUN, SHOW_PERCENT | LOOK_AT_RUN, discount);
    sheet_number(sheet, row, PRICE_RATE_AT_RUN, SHOW_UNIT_PRICE | LOOK_AT_RUN, rate);
}

static void start_price_table(const struct workbook *w, int last_row)
{
    struct str titles[N_PRICE_COLUMNS];
    for (int i = 0; i < N_PRICE_COLUMNS; i++)
        titles[i] = column_title(w->arena, &price_columns[i], w->study->currency);
    sheet_table((struct range){w->prices, TABLE_ROW, PRICE_ID, last_row, N_PRICE_COLUMNS - 1}, "Prices",
                titles);
}

void workbook_write_prices(struct workbook *w)
{
    struct sheet *sheet = w->prices;
    int n = (int)w->n_used_prices, last_row = FIRST_ROW + n - 1;
    workbook_start_sheet(w, sheet, "Prices",
                         "Every price that some charge, or the sheet Break-even, uses. Change a list price "
                         "or enter a negotiated discount in the "
                         "blue cells: all costs follow. Quantities stay as simulated.",
                         (struct page){.repeat_row = TABLE_ROW,
                                       .freeze_row = FIRST_ROW,
                                       .freeze_column = PRICE_PROVIDER,
                                       .last_row = n > 0 ? last_row : FIRST_ROW,
                                       .last_column = PRICE_SOURCE});
    if (n > 0)
        start_price_table(w, last_row);
    sheet_header(sheet, TABLE_ROW, price_columns, N_PRICE_COLUMNS, w->study->currency);
    for (int i = 0; i < n; i++)
        write_price(w, FIRST_ROW + i, &w->used_prices[i]);
    if (n == 0)
        return;
    struct range lists = range_down(sheet, PRICE_LIST, FIRST_ROW, last_row);
    struct range discounts = range_down(sheet, PRICE_DISCOUNT, FIRST_ROW, last_row);
    sheet_limits(lists, 0, 1e9, "Expected is a price that is not negative.");
    sheet_limits(discounts, 0, 1, "Expected is a share from 0% to 100%.");
    sheet_limits(range_down(sheet, PRICE_RATE, FIRST_ROW, last_row), 0, 1e6,
                 "Expected is what one unit of the price's currency costs.");
}
