#ifndef LEDGER_BILLER_H
#define LEDGER_BILLER_H

#include "ledger/bill.h"
#include "rating/rate.h"

/* What the files of this folder share; nobody else includes it. */

/* Amounts of one price row and one order (or of a layer: order -1) while they are added up by month. */
struct cell {
    money due, due_list;       /* purchases: billed now, effective later */
    money spread;              /* the effective share of purchases */
    money used;                /* usage, effective */
    money billed, billed_list; /* usage, billed: a month later where the study says so */
    double due_quantity, spread_quantity, used_quantity, billed_quantity;
    int64_t held_seconds, used_seconds; /* of a commitment's hours, while the row was in force */
    int64_t first_due;
};

struct sheet {
    const struct price_row *row;
    int layer, order;
    struct cell *months;
    money left; /* prepaid at the end of the horizon */
    double left_quantity;
    money resale; /* what servers in service at the end are sold for, where the study credits that */
    double resale_quantity;
    money late; /* used, but due after the end */
    double late_quantity;
    money owed; /* obligations after the horizon */
    double owed_quantity;
    bool is_share; /* of other charges: what counts at the end is the share of what counts of them */
    money at_end;
    double at_end_quantity;
};

/* The sheet and meters of the price row in force: they begin anew where the row changes. */
struct open_sheet {
    struct sheet sheet;
    struct meter meter, list_meter;
};

struct biller {
    struct arena *arena;
    const struct study *study;
    const struct timeline *timeline;
    const struct strategy *strategy;
    const struct plan *plan;
    const struct usage *usage;
    struct charge *items;
    size_t n_items, capacity;
    struct account *accounts;
    struct cell *spare; /* months of a sheet that is closed; NULL: none */
    bool overflow;
};

const struct offer *biller_offer(const struct biller *b, int layer);
int biller_month(const struct biller *b, int64_t seconds);
void biller_add(struct biller *b, money *to, money amount);
/* The version of a price row that is charged for what is used at a time: at the exchange rate of the day on
 * which that falls due; a site's, whose price rises with its contract, at that of the time itself. */
const struct price_row *biller_version(const struct biller *b, const struct price_row *row, int64_t seconds);

/* Turns an open sheet to a price row; the one before is closed. A zeroed open sheet has none. */
void sheet_turn(struct biller *b, struct open_sheet *open, const struct price_row *row, int layer, int order);
/* Writes the charges of a sheet and adds it to its account. */
void sheet_close(struct biller *b, struct open_sheet *open);
/* A further quantity that is used in a month: billed and effective. */
void sheet_use(struct biller *b, struct open_sheet *open, struct ticks quantity, int month);
/* The same of a commitment, of whose held server-seconds some were used: billed as a purchase, effective as
 * it is used up. */
void sheet_commit(struct biller *b, struct open_sheet *open, struct ticks quantity, int month, int64_t held,
                  int64_t used);
/* An obligation after the horizon. */
void sheet_owe(struct biller *b, struct open_sheet *open, struct ticks quantity);
/* Money at the row's price and its list price. */
struct amounts {
    money paid, list;
};
struct amounts sheet_product(struct biller *b, const struct sheet *sheet, struct ticks quantity);

/* A quantity that falls due at a time. */
void sheet_buy(struct biller *b, struct sheet *sheet, struct ticks quantity, int64_t due);
/* Effective cost of [from, to) bought for `amount`: a share for each month; the rest is prepaid. */
void sheet_spread(struct biller *b, struct sheet *sheet, money amount, double quantity, int64_t from,
                  int64_t to);

/* Server-seconds held by an order in [from, to), without spares. */
int64_t held_seconds(const struct biller *b, const struct order *order, int64_t from, int64_t to);

/* The series of an order: what is bought, held or runs. `series`: its first price row. */
void bill_purchases(struct biller *b, const struct offer *offer, const struct price_row *series, int order);
void bill_held(struct biller *b, const struct offer *offer, const struct price_row *series, int order);
void bill_running(struct biller *b, const struct offer *offer, const struct price_row *series, int order);
/* The series of a layer: racks and staff, counted whole; what is metered; the rows of a site. */
void bill_whole(struct biller *b, const struct offer *offer, const struct price_row *series, int layer);
void bill_metered(struct biller *b, const struct offer *offer, const struct price_row *series, int layer);
void bill_site(struct biller *b, int layer);
/* Shares of what was spent, once everything else is billed. */
void bill_spend(struct biller *b, int layer);
/* A flat fee through the horizon. */
void bill_flat(struct biller *b, const struct offer *offer, const struct price_row *series, int layer);

#endif
