#include "base/arena.h"
#include "report/workbook.h"

static const struct column quantity_columns[N_QUANTITY_COLUMNS] = {
    [QUANTITY_STRATEGY] = {"Strategy", 30, true, false},
    [QUANTITY_OFFER] = {"Offer of the layer", 32, true, false},
    [QUANTITY_PROVIDER] = {"Provider", 13, true, false},
    [QUANTITY_COMPONENT] = {"Component", 15, true, false},
    [QUANTITY_PRICE_ID] = {"Price", 8, true, false},
    [QUANTITY_MONTH] = {"Month", 10, true, false},
    [QUANTITY_CATEGORY] = {"Category", 11, true, false},
    [QUANTITY_PER] = {"Unit", 14, true, false},
    [QUANTITY_BILLED] = {"Billed quantity", 18, true, false},
    [QUANTITY_EFFECTIVE] = {"Effective quantity", 18, true, false},
    [QUANTITY_PRICE] = {"Price used", 15, false, true},
    [QUANTITY_BILLED_COST] = {"Billed cost", 16, false, true},
    [QUANTITY_EFFECTIVE_COST] = {"Effective cost", 16, false, true},
};

static const char *const category_names[] = {
    [CHARGE_PURCHASE] = "purchase", [CHARGE_USAGE] = "usage", [CHARGE_HORIZON] = "horizon"};

static struct str layer_offer(const struct workbook *w, const struct strategy *strategy,
                              const struct quantity_row *row)
{
    int offer = w->used_prices[row->price].row->offer;
    if (row->layer >= 0 && (size_t)row->layer < strategy->n_paid)
        offer = strategy->layers[row->layer].offer;
    return w->study->offers[offer].id;
}

/* The rows of one strategy: those that are simulated, then shares of spending, then taxes. */
struct block {
    int first, shares, taxes; /* where each begins */
};

/* A column of the rows whose costs a share is of. */
static struct cell_name column_of(const struct workbook *w, const struct block *block, int spend,
                                  enum quantity_column column)
{
    int last = (spend == 1 ? block->shares : block->taxes) - 1;
    return name_of(range_down(w->quantities, (int)column, block->first, last));
}

/* The sum of a column of costs that a tax is on: of the row's month, or of what is left at the end. */
static struct str taxed(const struct workbook *w, int row, const struct block *block,
                        enum quantity_column costs, bool at_end)
{
    struct cell_name sums = column_of(w, block, 2, costs),
                     categories = column_of(w, block, 2, QUANTITY_CATEGORY);
    if (at_end)
        return str_format(w->arena, "SUMIFS(%s,%s,\"horizon\")", sums.text, categories.text);
    return str_format(w->arena, "SUMIFS(%s,%s,\"<>horizon\",%s,%s)", sums.text, categories.text,
                      column_of(w, block, 2, QUANTITY_MONTH).text, name_here(row, QUANTITY_MONTH).text);
}

static void write_taxed(const struct workbook *w, int row, const struct block *block,
                        const struct quantity_row *quantity)
{
    bool at_end = quantity->category == CHARGE_HORIZON;
    sheet_formula(w->quantities, row, QUANTITY_BILLED, SHOW_QUANTITY | LOOK_CELL, quantity->billed, "=%s",
                  taxed(w, row, block, QUANTITY_BILLED_COST, at_end).at);
    if (at_end)
        sheet_number(w->quantities, row, QUANTITY_EFFECTIVE, SHOW_QUANTITY | LOOK_CELL, 0);
    else
        sheet_formula(w->quantities, row, QUANTITY_EFFECTIVE, SHOW_QUANTITY | LOOK_CELL, quantity->effective,
                      "=%s", taxed(w, row, block, QUANTITY_EFFECTIVE_COST, false).at);
}

/* What of a provider's spend of the month lies in the tier of the row's price. */
static void write_share(const struct workbook *w, int row, const struct block *block,
                        const struct quantity_row *quantity)
{
    int price = FIRST_ROW + quantity->price;
    struct cell_name tier_to = name_of(range_cell(w->prices, price, PRICE_TIER_TO));
    struct str spend = str_format(
        w->arena, "SUMIFS(%s,%s,\"<>horizon\",%s,%s,%s,%s)",
        column_of(w, block, 1, QUANTITY_BILLED_COST).text, column_of(w, block, 1, QUANTITY_CATEGORY).text,
        column_of(w, block, 1, QUANTITY_MONTH).text, name_here(row, QUANTITY_MONTH).text,
        column_of(w, block, 1, QUANTITY_PROVIDER).text, name_here(row, QUANTITY_PROVIDER).text);
    sheet_formula(w->quantities, row, QUANTITY_BILLED, SHOW_QUANTITY | LOOK_CELL, quantity->billed,
                  "=MAX(0,MIN(MAX(%s,%s),IF(%s=\"\",1E+15,%s))-%s)", spend.at,
                  name_of(range_cell(w->prices, price, PRICE_AT_LEAST)).text, tier_to.text, tier_to.text,
                  name_of(range_cell(w->prices, price, PRICE_TIER_FROM)).text);
    sheet_formula(w->quantities, row, QUANTITY_EFFECTIVE, SHOW_QUANTITY | LOOK_CELL, quantity->effective,
                  "=%s", name_here(row, QUANTITY_BILLED).text);
}

/* Quantities are values; what is counted in money is a formula, so that it follows the prices. */
static void write_quantities(const struct workbook *w, int row, const struct block *block,
                             const struct quantity_row *quantity)
{
    struct str provider = w->study->offers[w->used_prices[quantity->price].row->offer].provider;
    if (quantity->spend == 2 && block->taxes > block->first) {
        write_taxed(w, row, block, quantity);
    } else if (quantity->spend == 1 && block->shares > block->first && matches_itself(provider)) {
        write_share(w, row, block, quantity);
    } else {
        sheet_number(w->quantities, row, QUANTITY_BILLED, SHOW_QUANTITY | LOOK_SIMULATED, quantity->billed);
        sheet_number(w->quantities, row, QUANTITY_EFFECTIVE, SHOW_QUANTITY | LOOK_SIMULATED,
                     quantity->effective);
    }
}

static void write_costs(const struct workbook *w, int row, const struct block *block,
                        const struct quantity_row *quantity)
{
    struct sheet *sheet = w->quantities;
    int price_row = FIRST_ROW + quantity->price;
    double price = sheet_value(w->prices, price_row, PRICE_USED);
    write_quantities(w, row, block, quantity);
    sheet_formula(sheet, row, QUANTITY_PRICE, SHOW_UNIT_PRICE | LOOK_CELL, price, "=%s",
                  name_of(range_cell(w->prices, price_row, PRICE_USED)).text);
    sheet_formula(sheet, row, QUANTITY_BILLED_COST, SHOW_CENTS | LOOK_CELL, quantity->billed * price,
                  "=%s*%s", name_here(row, QUANTITY_BILLED).text, name_here(row, QUANTITY_PRICE).text);
    sheet_formula(sheet, row, QUANTITY_EFFECTIVE_COST, SHOW_CENTS | LOOK_CELL, quantity->effective * price,
                  "=%s*%s", name_here(row, QUANTITY_EFFECTIVE).text, name_here(row, QUANTITY_PRICE).text);
}

static void write_row(const struct workbook *w, int row, const struct strategy *strategy,
                      const struct block *block, const struct quantity_row *quantity)
{
    struct sheet *sheet = w->quantities;
    sheet_text(sheet, row, QUANTITY_STRATEGY, SHOW_TEXT | LOOK_CELL, strategy->name);
    if (quantity->price < 0) {
        sheet_label(sheet, row, QUANTITY_OFFER, SHOW_TEXT | LOOK_CELL, "(nothing is charged)");
        return;
    }
    const struct price_row *price = w->used_prices[quantity->price].row;
    sheet_text(sheet, row, QUANTITY_OFFER, SHOW_TEXT | LOOK_CELL, layer_offer(w, strategy, quantity));
    sheet_text(sheet, row, QUANTITY_PROVIDER, SHOW_TEXT | LOOK_CELL, w->study->offers[price->offer].provider);
    sheet_text(sheet, row, QUANTITY_COMPONENT, SHOW_TEXT | LOOK_CELL, w->components[price->component]);
    sheet_format(sheet, row, QUANTITY_PRICE_ID, SHOW_TEXT | LOOK_CELL, "P%d", quantity->price + 1);
    sheet_time(sheet, row, QUANTITY_MONTH, SHOW_MONTH | LOOK_CELL,
               w->result->timeline.months[quantity->month].calendar_start);
    sheet_label(sheet, row, QUANTITY_CATEGORY, SHOW_TEXT | LOOK_CELL, category_names[quantity->category]);
    sheet_label(sheet, row, QUANTITY_PER, SHOW_TEXT | LOOK_CELL, price->unit->name);
    write_costs(w, row, block, quantity);
}

static struct block block_of(int first_row, const struct quantity_row *rows, size_t n_rows)
{
    struct block block = {first_row, first_row, first_row};
    for (size_t i = 0; i < n_rows; i++) {
        block.shares += rows[i].spend < 1;
        block.taxes += rows[i].spend < 2;
    }
    return block;
}

void workbook_write_quantities(struct workbook *w)
{
    struct sheet *sheet = w->quantities;
    int row = FIRST_ROW;
    workbook_start_sheet(
        w, sheet, "Quantities",
        "Grey headers: simulated, rerun rackrate to change. Purchases are cash that buys something "
        "lasting; usage is what was held or used; horizon is what is left at the end and not cash.",
        (struct page){.repeat_row = TABLE_ROW, .freeze_row = FIRST_ROW});
    sheet_pack(sheet, FIRST_ROW);
    sheet_header(sheet, TABLE_ROW, quantity_columns, N_QUANTITY_COLUMNS, w->study->currency);
    for (size_t s = 0; s < w->result->n_strategies; s++) {
        size_t n_rows;
        const struct strategy_result *strategy = &w->result->strategies[s];
        const struct quantity_row *rows = workbook_quantities(w, strategy, &n_rows);
        w->places[s].quantity_rows = rows;
        w->places[s].quantities = row;
        struct block block = block_of(row, rows, n_rows);
        for (size_t i = 0; i < n_rows; i++)
            write_row(w, row++, strategy->strategy, &block, &rows[i]);
        w->places[s].last_quantity = row - 1;
    }
    if (row > FIRST_ROW)
        sheet_filter((struct range){sheet, TABLE_ROW, QUANTITY_STRATEGY, row - 1, N_QUANTITY_COLUMNS - 1});
}
