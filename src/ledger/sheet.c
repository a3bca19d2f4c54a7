/* Amounts by month, and how they become charges. */
#include <string.h>

#include "base/arena.h"
#include "ledger/biller.h"

const struct price_row *biller_version(const struct biller *b, const struct price_row *row, int64_t seconds)
{
    bool later = b->study->usage_in_arrears && b->study->offers[row->offer].contract.escalator.digits == 0;
    return price_version_at(row, later ? add_months(month_start(seconds), 1) : seconds);
}

void biller_add(struct biller *b, money *to, money amount)
{
    b->overflow |= !money_add(to, amount);
}

const struct offer *biller_offer(const struct biller *b, int layer)
{
    return &b->study->offers[b->strategy->layers[layer].offer];
}

int biller_month(const struct biller *b, int64_t seconds)
{
    return b->timeline->periods[timeline_period_at(b->timeline, seconds)].month;
}

/* ---- amounts ---- */

struct amounts sheet_product(struct biller *b, const struct sheet *sheet, struct ticks quantity)
{
    struct amounts amounts = {0, 0};
    b->overflow |= !money_product(quantity.ticks, quantity.per_unit, sheet->row->price, &amounts.paid) ||
                   !money_product(quantity.ticks, quantity.per_unit, sheet->row->list, &amounts.list);
    return amounts;
}

static struct amounts further(struct biller *b, struct open_sheet *open, struct ticks quantity)
{
    struct amounts amounts = {0, 0};
    const struct price_row *row = open->sheet.row;
    b->overflow |= !meter_add(&open->meter, row->price, quantity, &amounts.paid) ||
                   !meter_add(&open->list_meter, row->list, quantity, &amounts.list);
    return amounts;
}

void sheet_use(struct biller *b, struct open_sheet *open, struct ticks quantity, int month)
{
    if (quantity.ticks == 0)
        return;
    struct amounts amounts = further(b, open, quantity);
    struct cell *cell = &open->sheet.months[month];
    int due = month + (b->study->usage_in_arrears && open->sheet.row->unit->counted != COUNTED_SPEND);
    biller_add(b, &cell->used, amounts.paid);
    cell->used_quantity += ticks_as_double(quantity);
    if (due == b->timeline->n_months) {
        biller_add(b, &open->sheet.late, amounts.paid);
        open->sheet.late_quantity += ticks_as_double(quantity);
        return;
    }
    biller_add(b, &open->sheet.months[due].billed, amounts.paid);
    biller_add(b, &open->sheet.months[due].billed_list, amounts.list);
    open->sheet.months[due].billed_quantity += ticks_as_double(quantity);
}

void sheet_commit(struct biller *b, struct open_sheet *open, struct ticks quantity, int month, int64_t held,
                  int64_t used)
{
    if (quantity.ticks == 0)
        return;
    struct amounts amounts = further(b, open, quantity);
    struct cell *cell = &open->sheet.months[month];
    cell->held_seconds += held;
    cell->used_seconds += used;
    int due = month + b->study->usage_in_arrears;
    biller_add(b, &cell->spread, amounts.paid);
    cell->spread_quantity += ticks_as_double(quantity);
    if (due == b->timeline->n_months) {
        biller_add(b, &open->sheet.late, amounts.paid);
        open->sheet.late_quantity += ticks_as_double(quantity);
        return;
    }
    struct cell *paid = &open->sheet.months[due];
    if (paid->due_quantity <= 0)
        paid->first_due = b->timeline->months[due].start_seconds;
    biller_add(b, &paid->due, amounts.paid);
    biller_add(b, &paid->due_list, amounts.list);
    paid->due_quantity += ticks_as_double(quantity);
}

void sheet_owe(struct biller *b, struct open_sheet *open, struct ticks quantity)
{
    biller_add(b, &open->sheet.owed, further(b, open, quantity).paid);
    open->sheet.owed_quantity += ticks_as_double(quantity);
}

/* ---- purchases ---- */

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

void sheet_spread(struct biller *b, struct sheet *sheet, money amount, double quantity, int64_t from,
                  int64_t to)
{
    int64_t end = b->study->end_seconds, length = to - from;
    money before = 0;
    for (int i = from < end ? biller_month(b, from) : b->timeline->n_months; i < b->timeline->n_months; i++) {
        const struct month *month = &b->timeline->months[i];
        int64_t until = month->end_seconds < to ? month->end_seconds : to;
        int64_t start = later(month->start_seconds, from);
        money by_then = money_share(amount, until - from, length);
        biller_add(b, &sheet->months[i].spread, by_then - before);
        sheet->months[i].spread_quantity += quantity * (double)(until - start) / (double)length;
        before = by_then;
        if (until == to)
            return;
    }
    int64_t unexpired = to - later(end, from);
    biller_add(b, &sheet->left, amount - before);
    sheet->left_quantity += quantity * (double)unexpired / (double)length;
}

void sheet_buy(struct biller *b, struct sheet *sheet, struct ticks quantity, int64_t due)
{
    struct cell *cell = &sheet->months[biller_month(b, due)];
    struct amounts amounts = sheet_product(b, sheet, quantity);
    if (cell->due_quantity <= 0 || due < cell->first_due)
        cell->first_due = due;
    biller_add(b, &cell->due, amounts.paid);
    biller_add(b, &cell->due_list, amounts.list);
    cell->due_quantity += ticks_as_double(quantity);
}

/* ---- from sheets to charges ---- */

static void emit(struct biller *b, struct charge charge)
{
    *ARENA_APPEND(b->arena, b) = charge;
}

static struct charge blank(const struct biller *b, const struct sheet *sheet, int month)
{
    const struct month *span = &b->timeline->months[month];
    return (struct charge){.layer = sheet->layer,
                           .order = sheet->order,
                           .price = sheet->row,
                           .month = month,
                           .from_seconds = span->start_seconds,
                           .to_seconds = span->end_seconds};
}

static void emit_purchase(struct biller *b, const struct sheet *sheet, int month)
{
    const struct cell *cell = &sheet->months[month];
    struct charge charge = blank(b, sheet, month);
    if (cell->due == 0 && cell->due_list == 0 && cell->due_quantity <= 0)
        return;
    charge.category = CHARGE_PURCHASE;
    charge.billed = cell->due;
    charge.list = cell->due_list;
    charge.billed_quantity = cell->due_quantity;
    charge.from_seconds = cell->first_due;
    emit(b, charge);
}

/* How much of a commitment was held and used so far, and what of its effective cost went where. */
struct split {
    int64_t held, used;
    money effective, given;
};

/* Server-seconds of an order held and used in a month: of what is paid by the hour while the row was in
 * force, of what is paid at the start in the whole month. */
static void hours_of_month(const struct biller *b, const struct sheet *sheet, int month, int64_t *held,
                           int64_t *used)
{
    const struct cell *cell = &sheet->months[month];
    const struct order *order = &b->plan->orders[sheet->order];
    *held = cell->held_seconds;
    *used = cell->used_seconds;
    if (sheet->row->charged == CHARGED_HELD)
        return;
    int first = timeline_period_at(b->timeline, b->timeline->months[month].start_seconds);
    for (int i = first; i < b->timeline->n_periods && b->timeline->periods[i].month == month; i++) {
        const struct period *period = &b->timeline->periods[i];
        *held += held_seconds(b, order, period->start_seconds, period->end_seconds);
        *used += b->usage->uses[sheet->order].used[i];
    }
}

/* The used part of a month's effective cost: cumulative, so that the parts add up to the whole. */
static money used_part(const struct biller *b, const struct sheet *sheet, int month, money effective,
                       struct split *split, double *share)
{
    int64_t held, used;
    hours_of_month(b, sheet, month, &held, &used);
    split->held += held;
    split->used += used;
    split->effective += effective;
    money by_now = split->held == 0 ? 0 : money_share(split->effective, split->used, split->held);
    money part = by_now - split->given;
    split->given = by_now;
    *share = held == 0 ? 0 : (double)used / (double)held;
    return part;
}

static bool is_commitment(const struct biller *b, const struct sheet *sheet)
{
    return sheet->order >= 0 && offer_is_reservation(biller_offer(b, sheet->layer)) &&
           sheet->row->charged != CHARGED_RUNNING;
}

/* What a commitment used up of its cost, used and unused apart; what of it is billed is a purchase. */
static void emit_commitment(struct biller *b, const struct sheet *sheet, int month, struct split *split)
{
    const struct cell *cell = &sheet->months[month];
    struct charge charge = blank(b, sheet, month);
    double share;
    money used = used_part(b, sheet, month, cell->spread, split, &share);
    charge.category = CHARGE_USAGE;
    charge.status = STATUS_USED;
    charge.effective = used;
    charge.effective_quantity = cell->spread_quantity * share;
    if (used != 0 || charge.effective_quantity > 0)
        emit(b, charge);
    charge.status = STATUS_UNUSED;
    charge.effective = cell->spread - used;
    charge.effective_quantity = cell->spread_quantity * (1 - share);
    if (charge.effective != 0 || charge.effective_quantity > 0)
        emit(b, charge);
}

static void emit_usage(struct biller *b, const struct sheet *sheet, int month)
{
    const struct cell *cell = &sheet->months[month];
    struct charge charge = blank(b, sheet, month);
    charge.category = CHARGE_USAGE;
    if (sheet->order >= 0 && offer_is_reservation(biller_offer(b, sheet->layer)))
        charge.status = STATUS_USED;
    charge.effective = cell->spread;
    biller_add(b, &charge.effective, cell->used);
    charge.billed = cell->billed;
    charge.list = cell->billed_list;
    charge.billed_quantity = cell->billed_quantity;
    charge.effective_quantity = cell->used_quantity + cell->spread_quantity;
    if (charge.billed_quantity > 0 || charge.effective_quantity > 0 || charge.effective != 0 ||
        charge.billed != 0)
        emit(b, charge);
}

static void emit_horizon(struct biller *b, const struct sheet *sheet, money amount, double quantity)
{
    struct charge charge = blank(b, sheet, b->timeline->n_months - 1);
    if (amount == 0)
        return;
    charge.category = CHARGE_HORIZON;
    charge.from_seconds = charge.to_seconds = b->study->end_seconds;
    charge.billed = charge.list = amount;
    charge.billed_quantity = quantity;
    emit(b, charge);
}

static bool is_resold(const struct biller *b, const struct sheet *sheet)
{
    return b->study->at_end == AT_END_RESALE && sheet->row->charged == CHARGED_TERM &&
           biller_offer(b, sheet->layer)->n_resale > 0;
}

/* What was used but falls due after the end counts whatever the rule is. */
static void emit_at_end(struct biller *b, const struct sheet *sheet)
{
    money amount = sheet->late - sheet->left;
    double quantity = sheet->late_quantity - sheet->left_quantity;
    if (sheet->is_share) {
        amount = sheet->at_end;
        quantity = sheet->at_end_quantity;
    } else if (b->study->at_end == AT_END_FULL) {
        amount = sheet->late;
        quantity = sheet->late_quantity + sheet->owed_quantity;
        biller_add(b, &amount, sheet->owed);
    } else if (is_resold(b, sheet)) {
        amount = sheet->late - sheet->resale;
        quantity = sheet->late_quantity - sheet->resale_quantity;
    }
    emit_horizon(b, sheet, amount, quantity);
}

static void add_to_account(struct biller *b, const struct sheet *sheet)
{
    struct account *account = &b->accounts[sheet->order < 0 ? (int)b->plan->n_orders : sheet->order];
    for (int i = 0; i < b->timeline->n_months; i++) {
        const struct cell *cell = &sheet->months[i];
        biller_add(b, &account->billed, cell->due);
        biller_add(b, &account->billed, cell->billed);
        biller_add(b, &account->effective, cell->spread);
        biller_add(b, &account->effective, cell->used);
    }
    biller_add(b, &account->prepaid, sheet->left > 0 ? sheet->left : 0);
    biller_add(b, &account->accrued, sheet->left > 0 ? 0 : -sheet->left);
    biller_add(b, &account->accrued, sheet->late);
}

void sheet_close(struct biller *b, struct open_sheet *open)
{
    const struct sheet *sheet = &open->sheet;
    struct split split = {0};
    if (sheet->row == NULL)
        return;
    for (int i = 0; i < b->timeline->n_months; i++) {
        emit_purchase(b, sheet, i);
        if (is_commitment(b, sheet))
            emit_commitment(b, sheet, i, &split);
        else
            emit_usage(b, sheet, i);
    }
    emit_at_end(b, sheet);
    add_to_account(b, sheet);
    b->spare = sheet->months;
    *open = (struct open_sheet){0};
}

/* A list with a cell for each month; there are as many sheets as orders and prices, but few are open at once.
 */
static struct cell *take_months(struct biller *b)
{
    struct cell *months = b->spare;
    size_t n_months = (size_t)b->timeline->n_months;
    if (months == NULL)
        return ARENA_NEW(b->arena, struct cell, n_months);
    b->spare = NULL;
    memset(months, 0, n_months * sizeof *months);
    return months;
}

void sheet_turn(struct biller *b, struct open_sheet *open, const struct price_row *row, int layer, int order)
{
    if (row == open->sheet.row)
        return;
    sheet_close(b, open);
    open->sheet = (struct sheet){.row = row, .layer = layer, .order = order, .months = take_months(b)};
}
