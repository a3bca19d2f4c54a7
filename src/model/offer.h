#ifndef MODEL_OFFER_H
#define MODEL_OFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diagnostic.h"
#include "model/quota.h"
#include "unit/calendar.h"
#include "unit/decimal.h"

enum offer_kind {
    OFFER_COLOCATION,
    OFFER_HOSTING,
    OFFER_RESERVED,
    OFFER_ON_DEMAND,
    OFFER_SAVINGS_PLAN, /* a reservation whose commitment is money an hour */
    OFFER_SPOT,
    OFFER_SERVICE, /* no servers: what is metered, and flat fees */
    OFFER_SITE,    /* no servers: space and power on which colocation stands */
    N_OFFER_KINDS
};

/* When a price row is charged. */
enum charged {
    CHARGED_ONCE,    /* at the first start of a unit; a renewal of the same unit does not pay again */
    CHARGED_TERM,    /* at every start of a term */
    CHARGED_EARLY,   /* hosting: at the end of a contract that is ended before its term, at a month's end */
    CHARGED_HELD,    /* all time in service, used or not */
    CHARGED_RUNNING, /* time in use, rounded up to the offer's increment */
    CHARGED_METERED, /* a measured quantity of a calendar month */
    N_CHARGED
};

/* What a price row counts. */
enum counted {
    COUNTED_SERVERS,
    COUNTED_RACKS,
    COUNTED_KW,
    COUNTED_KW_AT_METER,
    COUNTED_MBPS,
    COUNTED_ADMINS,
    COUNTED_WORK_HOURS,  /* of installation */
    COUNTED_CONNECTIONS, /* of a site */
    COUNTED_FLAT,        /* one, whatever there is of anything else */
    COUNTED_BYTES,       /* metered, from here on */
    COUNTED_PIECES,
    COUNTED_WORK,
    COUNTED_BYTES_KEPT, /* for a time */
    COUNTED_PIECES_KEPT,
    COUNTED_PERCENTILE,
    COUNTED_SPEND
};

enum time_base { TIME_NONE, TIME_HOUR, TIME_MONTH };

/* A unit of the price book's column `per`. */
struct price_unit {
    const char *name;
    enum counted counted;
    enum time_base time_base;
    bool whole; /* counted in whole pieces over all servers of the offer: racks, administrators */
    int64_t size, binary_size; /* metered: bytes or pieces in one unit; with `data_units: binary` */
};

/* Units of what is metered; some share their name with a unit of what is held or bought. */
bool price_unit_is_metered(const struct price_unit *unit);

extern const struct price_unit price_units[];
extern const size_t n_price_units;
extern const char *const offer_kind_names[N_OFFER_KINDS];
extern const char *const charged_names[N_CHARGED];

/* One row of the price book. Validity [effective_from, effective_to) is half-open; rows of the same
 * offer, component, unit and tier do not overlap. */
struct price_row {
    int offer;     /* index into study.offers */
    int component; /* index into study.components */
    enum charged charged;
    const struct price_unit *unit;
    struct decimal book;      /* as the book has it, in its currency; 0 exactly where it says `free` */
    struct str currency;      /* ISO 4217 */
    struct decimal off;       /* negotiated discount, a share of the list price */
    struct decimal rate;      /* the study's currency for 1 of the row's */
    struct decimal list;      /* book x rate */
    struct decimal price;     /* list x (1 - off): what is paid */
    struct decimal tier_from; /* lower bound of a graduated tier, in units a calendar month */
    bool follows_day;         /* the price of the day; otherwise that of the order date */
    int64_t effective_from, effective_to; /* effective_to INT64_MAX: until replaced */
    int n_payments; /* > 0: paid in so many monthly rates of `price` after delivery (financing) */
    /* the same row at the exchange rates and escalations of later days; `from` ascends, the first is
     * INT64_MIN. None: the row itself holds always. */
    const struct price_version *versions;
    size_t n_versions;
    int64_t version_from, version_to; /* of a version: when it is charged; otherwise 0 */
    struct str source;
    struct place place;
};

/* A price is old so many months after its first day. */
enum { PRICE_OLD_MONTHS = 12 };

struct price_version {
    int64_t from;
    struct price_row row;
};

/* A whole number of servers an offer's launches may do a second, exactly: number per per_seconds. */
struct launch_rate {
    int64_t micro_per_second; /* 0: no limit */
};

enum meter_of { METER_LOAD, METER_SERVERS, METER_USED, METER_TIME, METER_COLUMN, METER_SPEND, N_METER_OF };

/* How a metered component is measured: base x each, in units of the price row. */
struct metering {
    struct str component;
    enum meter_of of;
    struct decimal each; /* bytes, pieces or hours for one unit of the base */
    bool each_is_bytes, each_is_hours;
    int64_t per_seconds;     /* each is for so many seconds of the base; 0: for one of its units */
    struct decimal included; /* allowance per server-month, bytes or pieces; 0: none */
    bool included_is_bytes;
    struct decimal at_least; /* committed, in units a month; 0: none */
    int series;              /* METER_COLUMN: index into study.series */
    struct place place;
};

/* Share of its price for which a server of some age can be sold. */
struct resale_point {
    int age_months;
    struct decimal share;
};

/* The contract of a site: space and power, paid from delivery on. */
struct site_contract {
    int64_t from_seconds;
    int64_t racks;                            /* contracted at least */
    struct decimal breaker;                   /* usable share of a rack's kilowatts */
    struct decimal committed_kw, take_or_pay; /* of the commitment at least this share is paid */
    struct decimal escalator;                 /* yearly, from the anniversaries of from_seconds on */
    int64_t cross_connects;
};

/* Something one can order. What the price book says, then what the study adds. */
struct offer {
    struct str id, provider, region, item;
    enum offer_kind kind;
    struct decimal vcpu, memory_gib; /* 0: not said */
    struct term term;                /* colocation: its useful life */
    int64_t increment_seconds, minimum_seconds;
    struct str discounts_name;
    int discounts;                  /* commitments: the on-demand offer they discount; otherwise -1 */
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
    int64_t quota;              /* servers running at once; 0: no limit */
    int quota_increase;         /* process that lifts the quota; -1: never */
    const struct quota *shares; /* on-demand: quota of several offers, in place of both; NULL: none */
    struct decimal available;   /* probability that launches find capacity, drawn anew every retry_seconds */
    int64_t retry_seconds;      /* 0: capacity is always there */
    bool stops_oldest;          /* the server started first is stopped first; otherwise the last */

    struct term then;            /* hosting: term of renewals; none: as the first */
    struct term notice;          /* hosting: it renews unless cancelled so long before its term ends */
    int64_t overlap_seconds;     /* colocation: old and new servers run together before the old end */
    bool by_calendar;            /* hosting: whole calendar months */
    struct decimal spares;       /* colocation: share bought beyond what serves */
    struct decimal work_hours;   /* to install one server */
    struct decimal finance_rate; /* effective annual, with finance_months */
    int finance_months;          /* 0: bought outright */
    const struct resale_point *resale;
    size_t n_resale;
    int site;                      /* index of the site's offer; -1: none */
    struct site_contract contract; /* of a site */
    const struct metering *meterings;
    size_t n_meterings;
    bool taxes; /* spend is that of all offers, not of the provider's */
    bool has_max_price;
    struct decimal max_price; /* spot: interrupted while the price is above */
};

/* Can offers of a kind be charged for the row's unit in the row's way? */
bool offer_kind_allows(enum offer_kind kind, const struct price_row *row);
/* What they can be charged for, as a hint. */
const char *offer_kind_charges(enum offer_kind kind);

/* The end of a term that starts at a time; of whole calendar months, the one in which it begins counts as the
 * first. */
int64_t offer_term_end(const struct offer *offer, int64_t start, struct term term);

/* Reservations and savings plans: paid whether used or not, delivered like launches. */
bool offer_is_reservation(const struct offer *offer);
/* Offers of which servers come: not services and sites. */
bool offer_has_servers(const struct offer *offer);

/* Contract months of hosting that begin at `start`: the end of the k-th, and how many begin before `end`. */
int64_t offer_month_end(const struct offer *offer, int64_t start, int k);
int offer_months(const struct offer *offer, int64_t start, int64_t end);
/* Does a contract say what it costs to end it early? */
bool offer_may_end_early(const struct offer *offer);

/* The price row of a component in force at a time: the last that starts at or before it, even where
 * it has ended (then the price "holds"). NULL before the first. */
const struct price_row *offer_price_at(const struct offer *offer, const struct price_row *any_of_series,
                                       int64_t seconds);
/* The row as it is charged on a day: its exchange rate and escalation. */
const struct price_row *price_version_at(const struct price_row *row, int64_t seconds);
/* True for the first row of each series (component, unit, charged, tier) of an offer. */
bool price_starts_series(const struct offer *offer, const struct price_row *row);
/* The same component and unit: the tiers of one metered quantity. */
bool price_same_family(const struct price_row *a, const struct price_row *b);
bool price_same_series(const struct price_row *a, const struct price_row *b);

/* Hosting by the server-month: due in full for each month from the anniversary, at its start. */
bool price_is_by_contract_month(const struct offer *offer, const struct price_row *row);

/* Servers that one rack of a site takes, by the tighter of units and kilowatts under the breaker. */
int64_t servers_per_rack(const struct offer *site, const struct offer *server);

/* Servers bought, racked and powered for n that serve, spares included. */
int64_t offer_with_spares(const struct offer *offer, int64_t n_servers);

/* Reference servers that n servers stand for, rounded down; servers needed to stand for n, rounded up. */
int64_t offer_capacity(const struct offer *offer, int64_t n_servers);
int64_t offer_servers_for(const struct offer *offer, int64_t n_reference);
/* The most servers that stand for no more than so many. */
int64_t offer_most_servers(const struct offer *offer, int64_t n_reference);

#endif
