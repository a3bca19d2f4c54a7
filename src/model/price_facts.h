#ifndef MODEL_PRICE_FACTS_H
#define MODEL_PRICE_FACTS_H

#include "model/offer.h"
#include "unit/fraction.h"

/* What price tables say by themselves, without a study: the rates of an offer, when a commitment pays
 * back, and what looks wrong. For one server. All numbers are exact and rounded only where printed. */

/* A price per month is spread over 730 hours, a rate per hour makes a month of 730. */
enum { MONTH_HOURS = 730 };

struct price_tables {
    const struct offer *offers;
    size_t n_offers;
    const struct str *components; /* [price_row.component] names */
    size_t n_files;
    int64_t n_rows;
};

/* How a price becomes a cost over a number of hours. */
enum part_rule {
    PART_START,        /* once, or at the start of a term that has these hours: the price */
    PART_START_SHARED, /* of a term of other length: price x hours / hours of that term */
    PART_HOURS,        /* held: price x hours */
    PART_MONTHS,       /* held, where the hours are those of whole calendar months: price x months */
    PART_MONTH_HOURS,  /* held: price / 730 x hours */
    PART_RUNNING,      /* price x hours of use */
    N_PART_RULES
};

/* A price in force on a day. */
struct price_part {
    const struct price_row *row;
    enum part_rule rule;
    bool has_ended;         /* it holds, because nothing has replaced it */
    struct fraction hourly; /* for an hour in the term; an hour of use where PART_RUNNING */
    struct fraction cost;   /* over the hours asked for; PART_RUNNING: 0 */
};

/* Why an offer has no rate; its rows can still be shown. */
enum rates_state {
    RATES_GOOD,
    RATES_NO_PRICE,       /* a price begins later */
    RATES_NO_TERM,        /* paid at the start, and no term to spread it over */
    RATES_NEED_STUDY,     /* counts something that only a study knows */
    RATES_TWO_CURRENCIES, /* within the offer */
    RATES_TOO_LARGE,      /* does not fit into 128 bits */
    N_RATES_STATES
};

/* What an offer costs on a day: parts in the order start, held, running. */
struct price_rates {
    const struct offer *offer;
    int64_t from, until;       /* days between which no price changes; INT64_MAX: no end */
    struct term over;          /* what `cost` is reckoned over; that of the offer unless asked otherwise */
    struct fraction hours;     /* in `over`, from that day; 0: no term */
    struct fraction own_hours; /* in the offer's own term; 0: none */
    enum rates_state state;
    const struct price_row *culprit; /* the row to blame where the state is not good */
    struct str currency;             /* of the prices in force */
    struct price_part *parts;
    size_t n_parts;
    struct fraction fixed;   /* over the hours: start and held, used or not */
    struct fraction running; /* an hour of use, on top */
    struct fraction hourly;  /* an hour when running all the time, with everything spread over it */
};

enum payback {
    PAYS_ALWAYS, /* never dearer within a term */
    PAYS_FROM,   /* from so many hours of use on */
    PAYS_UP_TO,  /* only up to so many */
    PAYS_NEVER,  /* always dearer within a term */
    N_PAYBACKS
};

/* A commitment against another offer over one term of the commitment, at the prices of a day. */
struct break_even {
    int64_t day;
    struct price_rates commitment, against;
    struct fraction fixed_gap;   /* the commitment's fixed cost less the other's */
    struct fraction running_gap; /* the other's hour of use less the commitment's */
    enum payback payback;
    bool has_hours;
    struct fraction hours;                           /* of use in a term at which both cost the same */
    struct fraction commitment_total, against_total; /* of a term, running all the time */
    /* The calendar month, counted from 1, at whose end the other offer, running all the time since
     * 1 January (years of 365 days), has cost as much as the commitment's whole term; 0: none does. */
    int month;
    int64_t hours_before, hours_after; /* from 1 January to the begin and the end of that month */
    struct fraction before, after;     /* what the other offer has cost by then */
};

/* What looks wrong in a price table that can be read. */
enum finding_kind {
    FINDING_GAP,             /* row .. other_row: days between without a price */
    FINDING_OLD,             /* row is the newest of its series, and the tables go on to `day` */
    FINDING_JUMP,            /* row .. other_row: ten times as much, or a tenth */
    FINDING_NEVER_PAYS_BACK, /* on a day: break_even */
    FINDING_LONGER_DEARER,   /* on a day: rates[0] of the longer term, rates[1] of the shorter */
    FINDING_UNKNOWN_OFFER,   /* the offer discounts one that is in no table */
    N_FINDING_KINDS
};

struct finding {
    enum finding_kind kind;
    const struct offer *offer;
    const struct price_row *row, *other_row;
    int64_t day;
    const struct break_even *break_even;
    const struct price_rates *rates;
};

struct finding_list {
    struct finding *items;
    size_t n_items, capacity;
};

#endif
