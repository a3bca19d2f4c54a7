#ifndef MODEL_OFFER_H
#define MODEL_OFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diagnostic.h"
#include "unit/calendar.h"
#include "unit/decimal.h"

enum offer_kind { OFFER_COLOCATION, OFFER_HOSTING, OFFER_RESERVED, OFFER_ON_DEMAND, N_OFFER_KINDS };

/* When a price row is charged. */
enum charged {
    CHARGED_ONCE,    /* at the first start of a unit; a renewal of the same unit does not pay again */
    CHARGED_TERM,    /* at every start of a term */
    CHARGED_HELD,    /* all time in service, used or not */
    CHARGED_RUNNING, /* time in use, rounded up to the offer's increment */
    N_CHARGED
};

/* What a price row counts. */
enum counted {
    COUNTED_SERVERS,
    COUNTED_RACKS,
    COUNTED_KW,
    COUNTED_KW_AT_METER,
    COUNTED_MBPS,
    COUNTED_ADMINS
};

enum time_base { TIME_NONE, TIME_HOUR, TIME_MONTH };

/* A unit of the price book's column `per`. */
struct price_unit {
    const char *name;
    enum counted counted;
    enum time_base time_base;
    bool whole; /* counted in whole pieces over all servers of the offer: racks, administrators */
};

extern const struct price_unit price_units[];
extern const size_t n_price_units;
extern const char *const offer_kind_names[N_OFFER_KINDS];
extern const char *const charged_names[N_CHARGED];

/* One row of the price book. Validity [effective_from, effective_to) is half-open; rows of the same
 * offer, component and unit do not overlap. */
struct price_row {
    int offer;     /* index into study.offers */
    int component; /* index into study.components */
    enum charged charged;
    const struct price_unit *unit;
    struct decimal price;                 /* 0 exactly where the book says `free` */
    bool follows_day;                     /* the price of the day; otherwise that of the order date */
    int64_t effective_from, effective_to; /* effective_to INT64_MAX: until replaced */
    struct str currency;
    struct str source;
    struct place place;
};

/* A whole number of servers an offer's launches may do a second, exactly: number per per_seconds. */
struct launch_rate {
    int64_t micro_per_second; /* 0: no limit */
};

/* Something one can order. What the price book says, then what the study adds. */
struct offer {
    struct str id, provider, region, item;
    enum offer_kind kind;
    struct decimal vcpu, memory_gib; /* 0: not said */
    struct term term;                /* colocation: its useful life */
    int64_t increment_seconds, minimum_seconds;
    struct str discounts_name;
    int discounts; /* reserved: the on-demand offer it discounts; otherwise, or unknown, -1 */
    const struct price_row *prices; /* by component, then effective_from */
    size_t n_prices;
    struct place place;
    bool used; /* a strategy or existing capacity names it */

    struct decimal equals; /* reference servers one server stands for */
    bool equals_assumed;   /* neither the study nor vcpu said so: 1 */
    int process;           /* index into study.processes; -1: none, in service at once */
    struct decimal watts, pue, rack_kw, mbps;
    int64_t rack_units_each, rack_units, servers_per_admin;
    int64_t max_per_order, orders_at_once; /* 0: no limit */
    int64_t start_up_seconds;
    struct launch_rate launch_rate;
    int64_t launch_bucket;
    int64_t quota;      /* servers running at once; 0: no limit */
    int quota_increase; /* process that lifts the quota; -1: never */
};

/* The price row of a component in force at a time: the last that starts at or before it, even where
 * it has ended (then the price "holds"). NULL before the first. */
const struct price_row *offer_price_at(const struct offer *offer, const struct price_row *any_of_series,
                                       int64_t seconds);
/* True for the first row of each series (component, unit, charged) of an offer. */
bool price_starts_series(const struct offer *offer, const struct price_row *row);
bool price_same_series(const struct price_row *a, const struct price_row *b);

/* Hosting by the server-month: due in full for each month from the anniversary, at its start. */
bool price_is_by_contract_month(const struct offer *offer, const struct price_row *row);

/* Reference servers that n servers stand for, rounded down; servers needed to stand for n, rounded up. */
int64_t offer_capacity(const struct offer *offer, int64_t n_servers);
int64_t offer_servers_for(const struct offer *offer, int64_t n_reference);

#endif
