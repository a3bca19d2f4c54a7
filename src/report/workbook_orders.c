#include "base/arena.h"
#include "report/workbook.h"

static const struct column order_columns[N_ORDER_COLUMNS] = {
    [ORDER_STRATEGY] = {"Strategy", 32, true, false},
    [ORDER_OFFER] = {"Offer", 34, true, false},
    [ORDER_SERVERS] = {"Servers", 10, true, false},
    [ORDER_ORDERED] = {"Ordered", 12, true, false},
    [ORDER_FIRST] = {"First in service", 13, true, false},
    [ORDER_LAST] = {"Last in service", 13, true, false},
    [ORDER_ENDS] = {"Ends", 12, true, false},
    [ORDER_REASON] = {"Reason", 14, true, false},
    [ORDER_BILLED] = {"Billed over the horizon", 16, true, true},
    [ORDER_EFFECTIVE] = {"Effective over the horizon", 16, true, true},
    [ORDER_PREPAID] = {"Prepaid at the end", 16, true, true},
    [ORDER_ACCRUED] = {"Accrued at the end", 16, true, true},
};

/* What each order came to; the last account, after those of the orders, is for what they share. */
static struct account *order_accounts(const struct workbook *w, const struct strategy_result *strategy)
{
    size_t n = strategy->plan.n_orders;
    struct account *accounts = ARENA_NEW(w->arena, struct account, n + 1);
    for (size_t i = 0; i < strategy->n_charges; i++) {
        const struct charge *charge = &strategy->charges[i];
        if (charge->category != CHARGE_HORIZON)
            money_add(&accounts[charge->order < 0 ? n : (size_t)charge->order].billed, charge->billed);
    }
    for (size_t i = 0; i < strategy->n_accounts; i++) {
        const struct account *account = &strategy->accounts[i];
        struct account *sum = &accounts[account->order < 0 ? n : (size_t)account->order];
        money_add(&sum->effective, account->effective);
        money_add(&sum->prepaid, account->prepaid);
        money_add(&sum->accrued, account->accrued);
    }
    return accounts;
}

static bool is_empty(const struct account *account)
{
    return account->billed == 0 && account->effective == 0 && account->prepaid == 0 && account->accrued == 0;
}

static void write_account(struct sheet *sheet, int row, const struct account *account)
{
    const money amounts[] = {account->billed, account->effective, account->prepaid, account->accrued};
    for (int i = 0; i < 4; i++)
        sheet_number(sheet, row, ORDER_BILLED + i, SHOW_MONEY | LOOK_SIMULATED, money_as_double(amounts[i]));
}

static void write_order(const struct workbook *w, int row, const struct strategy_result *strategy,
                        const struct order *order)
{
    struct sheet *sheet = w->orders;
    sheet_text(sheet, row, ORDER_STRATEGY, SHOW_TEXT | LOOK_CELL, strategy->strategy->name);
    sheet_text(sheet, row, ORDER_OFFER, SHOW_TEXT | LOOK_CELL, w->study->offers[order->offer].id);
    sheet_number(sheet, row, ORDER_SERVERS, SHOW_COUNT | LOOK_SIMULATED, (double)order->servers);
    sheet_time(sheet, row, ORDER_ORDERED, SHOW_DATE | LOOK_SIMULATED, order->ordered_seconds);
    sheet_time(sheet, row, ORDER_FIRST, SHOW_DATE | LOOK_SIMULATED, order->first_in_service_seconds);
    sheet_time(sheet, row, ORDER_LAST, SHOW_DATE | LOOK_SIMULATED, order->last_in_service_seconds);
    sheet_time(sheet, row, ORDER_ENDS, SHOW_DATE | LOOK_SIMULATED, order->end_seconds);
    sheet_label(sheet, row, ORDER_REASON, SHOW_TEXT | LOOK_CELL, order_reason_names[order->reason]);
}

/* "rack, staff: of all orders": the components of the charges that belong to no order. */
static struct str shared_label(const struct workbook *w, const struct strategy_result *strategy)
{
    bool *shared = ARENA_NEW(w->arena, bool, w->study->n_components);
    struct str names = STR("");
    for (size_t i = 0; i < strategy->n_charges; i++)
        if (strategy->charges[i].order < 0)
            shared[strategy->charges[i].price->component] = true;
    for (size_t c = 0; c < w->study->n_components; c++)
        if (shared[c])
            names = str_format(w->arena, "%.*s%s%.*s", STR_ARGS(names), names.length == 0 ? "" : ", ",
                               STR_ARGS(w->components[c]));
    return names.length == 0 ? STR("no orders")
                             : str_format(w->arena, "of all orders: %.*s", STR_ARGS(names));
}

static void write_shared(const struct workbook *w, int row, const struct strategy_result *strategy)
{
    sheet_text(w->orders, row, ORDER_STRATEGY, SHOW_TEXT | LOOK_CELL, strategy->strategy->name);
    sheet_text(w->orders, row, ORDER_OFFER, SHOW_WRAP | LOOK_CELL, shared_label(w, strategy));
    sheet_blank(w->orders, row, ORDER_SERVERS, ORDER_REASON, SHOW_TEXT | LOOK_CELL);
}

static void write_total(const struct workbook *w, int first_row, int row)
{
    sheet_label(w->orders, row, ORDER_STRATEGY, SHOW_TEXT | LOOK_TOTAL, "total");
    sheet_blank(w->orders, row, ORDER_OFFER, ORDER_REASON, SHOW_TEXT | LOOK_TOTAL);
    for (int column = ORDER_BILLED; column <= ORDER_ACCRUED; column++)
        sheet_formula(w->orders, row, column, SHOW_MONEY | LOOK_TOTAL,
                      range_sum(range_down(w->orders, column, first_row, row - 1)), "=SUM(%s:%s)",
                      name_here(first_row, column).text, name_here(row - 1, column).text);
}

void workbook_write_orders(struct workbook *w)
{
    int row = FIRST_ROW;
    workbook_start_sheet(
        w, w->orders, "Orders",
        "The shopping list. \"Follows need\" stands for all launches of an offer: its servers are the "
        "most that run at once. The money is as of the run; billed = effective + prepaid - accrued.",
        (struct page){.repeat_row = TABLE_ROW, .freeze_row = FIRST_ROW});
    workbook_write_decided(w, w->orders, N_ORDER_COLUMNS - 1, "Orders and sizes");
    sheet_pack(w->orders, FIRST_ROW);
    sheet_header(w->orders, TABLE_ROW, order_columns, N_ORDER_COLUMNS, w->study->currency);
    for (size_t s = 0; s < w->result->n_strategies; s++) {
        const struct strategy_result *strategy = &w->result->strategies[s];
        const struct account *accounts = order_accounts(w, strategy);
        size_t n = strategy->plan.n_orders;
        bool shares = n == 0 || !is_empty(&accounts[n]);
        int first_row = row;
        for (size_t i = 0; i < n + shares; i++, row++) {
            if (i < n)
                write_order(w, row, strategy, &strategy->plan.orders[i]);
            else
                write_shared(w, row, strategy);
            write_account(w->orders, row, &accounts[i]);
        }
        write_total(w, first_row, row);
        w->places[s].orders_total = row;
        row += 2;
    }
}
