#include "base/arena.h"
#include "report/workbook.h"

static const struct column quantity_columns[N_QUANTITY_COLUMNS] = {
    [QUANTITY_STRATEGY] = {"Strategy", 30, true, false},
    [QUANTITY_OFFER] = {"Offer of the layer", 32, true, false},
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

static void write_costs(const struct workbook *w, int row, const struct quantity_row *quantity)
{
    struct sheet *sheet = w->quantities;
    int price_row = FIRST_ROW + quantity->price;
    double price = sheet_value(w->prices, price_row, PRICE_USED);
    sheet_number(sheet, row, QUANTITY_BILLED, SHOW_QUANTITY | LOOK_SIMULATED, quantity->billed);
    sheet_number(sheet, row, QUANTITY_EFFECTIVE, SHOW_QUANTITY | LOOK_SIMULATED, quantity->effective);
    sheet_formula(sheet, row, QUANTITY_PRICE, SHOW_UNIT_PRICE | LOOK_CELL, price, "=%s",
                  name_of(range_cell(w->prices, price_row, PRICE_USED)).text);
    sheet_formula(sheet, row, QUANTITY_BILLED_COST, SHOW_CENTS | LOOK_CELL, quantity->billed * price,
                  "=%s*%s", name_here(row, QUANTITY_BILLED).text, name_here(row, QUANTITY_PRICE).text);
    sheet_formula(sheet, row, QUANTITY_EFFECTIVE_COST, SHOW_CENTS | LOOK_CELL, quantity->effective * price,
                  "=%s*%s", name_here(row, QUANTITY_EFFECTIVE).text, name_here(row, QUANTITY_PRICE).text);
}

static void write_row(const struct workbook *w, int row, const struct strategy *strategy,
                      const struct quantity_row *quantity)
{
    struct sheet *sheet = w->quantities;
    sheet_text(sheet, row, QUANTITY_STRATEGY, SHOW_TEXT | LOOK_CELL, strategy->name);
    if (quantity->price < 0) {
        sheet_label(sheet, row, QUANTITY_OFFER, SHOW_TEXT | LOOK_CELL, "(nothing is charged)");
        return;
    }
    const struct price_row *price = w->used_prices[quantity->price].row;
    sheet_text(sheet, row, QUANTITY_OFFER, SHOW_TEXT | LOOK_CELL, layer_offer(w, strategy, quantity));
    sheet_text(sheet, row, QUANTITY_COMPONENT, SHOW_TEXT | LOOK_CELL, w->components[price->component]);
    sheet_format(sheet, row, QUANTITY_PRICE_ID, SHOW_TEXT | LOOK_CELL, "P%d", quantity->price + 1);
    sheet_time(sheet, row, QUANTITY_MONTH, SHOW_MONTH | LOOK_CELL,
               w->result->timeline.months[quantity->month].calendar_start);
    sheet_label(sheet, row, QUANTITY_CATEGORY, SHOW_TEXT | LOOK_CELL, category_names[quantity->category]);
    sheet_label(sheet, row, QUANTITY_PER, SHOW_TEXT | LOOK_CELL, price->unit->name);
    write_costs(w, row, quantity);
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
    sheet_header(sheet, TABLE_ROW, quantity_columns, N_QUANTITY_COLUMNS, w->study->currency);
    for (size_t s = 0; s < w->result->n_strategies; s++) {
        size_t n_rows;
        const struct strategy_result *strategy = &w->result->strategies[s];
        const struct quantity_row *rows = workbook_quantities(w, strategy, &n_rows);
        w->places[s].quantity_rows = rows;
        w->places[s].quantities = row;
        for (size_t i = 0; i < n_rows; i++)
            write_row(w, row++, strategy->strategy, &rows[i]);
        w->places[s].last_quantity = row - 1;
    }
    if (row > FIRST_ROW)
        sheet_filter((struct range){sheet, TABLE_ROW, QUANTITY_STRATEGY, row - 1, N_QUANTITY_COLUMNS - 1});
}
