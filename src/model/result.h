#ifndef MODEL_RESULT_H
#define MODEL_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/charge.h"
#include "model/order.h"
#include "model/server_month.h"
#include "model/study.h"
#include "model/timeline.h"
#include "unit/money.h"

/* Server-seconds are reference servers x seconds. */
struct service {
    int64_t need, served, shortfall; /* need = served + shortfall */
    int64_t capacity, used, idle;    /* capacity = used + idle */
    int64_t committed, committed_used;
    int128 unmet_micro;  /* unmet load, millionths of a server-second at target */
    int64_t steps_short; /* steps with a shortfall */
};

/* Hours from decision to the last server in service. */
struct lead_time {
    bool possible;
    double all_low, p10, p50, p90, all_high, base;
};

/* Server-seconds of an order in use, by period; NULL where use is not measured (neither commitment nor
 * spot). running: as billed by the increment. */
struct order_use {
    int64_t *used, *running;
};

/* Server-seconds of a layer that follows the need, by period; NULL of others. */
struct follow_usage {
    const int64_t *running; /* as billed */
    const int64_t *in_service;
};

/* What was simulated, as far as bills need it. */
struct usage {
    const struct demand *demand;
    const struct service *periods;      /* [period] */
    const struct follow_usage *follows; /* [layer] */
    const int64_t *unmet_by_step;       /* [step]; NULL where no price needs it */
    const struct order_use *uses;       /* [order] */
    const int64_t *load;    /* [step] amounts, in millionths of what the workload counts; or NULL */
    int64_t *const *series; /* [study.series][step] amounts, in millionths */
};

struct month_result {
    struct service service;
    money billed, effective, list, unmet_cost;
    money cumulative; /* billed so far */
    double discount_factor;
    int32_t peak_in_service; /* reference servers */
};

/* Where an order stands at the end of the horizon: billed = effective + prepaid - accrued. Prepaid and
 * accrued come from the contract. The last account (order -1) is for racks and staff. */
struct account {
    int order;
    money billed, effective, prepaid, accrued;
    int64_t held_seconds, used_seconds; /* of a commitment: server-seconds; otherwise 0 */
    money on_demand_equivalent;         /* what its used hours would have cost at the on-demand price */
};

/* Servers in service through a window, averaged over each step, and what is short of the need within it: a
 * step may be short for a while and still have enough on average. */
struct burst_view {
    int64_t from_seconds, step_seconds;
    int32_t n_steps;
    double *in_service;
    int64_t *shortfall; /* server-seconds */
};

/* An occurrence of a burst as a strategy serves it, in reference servers; times count from from_seconds. */
struct burst_service {
    const struct burst *burst;
    int64_t at_seconds;
    int64_t from_seconds, to_seconds;  /* the steps that it touches, within the study */
    int64_t first_seconds;             /* until the first server of the burst is served; -1: never */
    int64_t full_seconds;              /* until nothing of the need is short, to the end; -1: never */
    int64_t short_seconds, most_short; /* how long, and by how many servers at most, the need is short */
    int128 unmet_micro;                /* millionths of a server-second */
    money unmet_cost;                  /* of that, at the price of unmet load */
};

/* Until when an order had to be placed for its last server to come in time, with every stage at its mode and
 * with the 90th percentile of the lead time. Of an order of a plan; or of a burst and an offer that would
 * serve it alone. */
struct order_by {
    const struct strategy *strategy; /* NULL: of a burst */
    const struct order *order;       /* likewise */
    const struct burst *burst;       /* NULL: of an order */
    int offer;
    int64_t servers;    /* of the offer */
    int128 quota_taken; /* launches: units of their quota that are taken already */
    bool has_need;      /* nobody said when a hand-written order is needed */
    bool possible;
    int64_t need_seconds;
    int64_t by_seconds, by_p90_seconds;
    int64_t decided_seconds; /* when it was ordered; of a burst when orders may first be placed */
};

/* What a component is to a strategy. */
enum scope {
    SCOPE_NOT_COUNTED, /* nothing of its total pays for it */
    SCOPE_COUNTED,
    SCOPE_IN_ANOTHER /* another of its prices pays for the same */
};

extern const char *const scope_names[];

struct strategy_result {
    const struct strategy *strategy;
    struct plan plan;
    struct charge *charges; /* the ledger: purchases and usage by month, then horizon rows */
    size_t n_charges;
    struct month_result *months; /* timeline.n_months */
    money *billed_by_component;  /* [component] */
    money *effective_by_component;
    enum scope *scope;      /* [component] */
    struct service service; /* over the horizon */
    money billed, effective, list, horizon_value, unmet_cost;
    money capex;                /* the part of billed whose components are capital expenditure */
    money compared;             /* discounted where the study has a discount rate */
    money compared_unmet;       /* the part of it that is load lost */
    int rank;                   /* 1 is best; 0: not ranked */
    int32_t peak_in_service;    /* reference servers */
    struct lead_time lead_time; /* to serve the largest burst unannounced */
    struct account *accounts;
    size_t n_accounts;
    struct burst_view burst;
    struct burst_service *bursts; /* every occurrence, by burst and year */
    size_t n_bursts;
    /* Of an optimal strategy where the study has futures; otherwise NULL. */
    struct in_futures *in_futures;
};

/* A row of lead_times.csv: a process, or the launches of an offer, for a number of servers. */
struct lead_time_row {
    struct str process;
    struct str limits; /* "2 /s after 1000 at once, start-up 97 s", ... ; may be empty */
    int64_t servers;
    struct lead_time hours;
};

/* A row of lead_curves.csv: what keeps so many servers of a process, ordered at once, from coming sooner. */
struct lead_curve_row {
    struct str process, limits; /* as in lead_time_row */
    int offer;                  /* the first that comes this way */
    int64_t servers;
    struct lead_time hours;
    struct str
        binding_stage; /* whose work, taken away, saves most; of launches what they wait for; may be empty */
    struct str ten_more_at; /* the crew, or stage, at which ten more people save most; empty: nowhere */
    double hours_saved;     /* by them, base case */
};

/* A strategy against the cheapest plan of an optimal one that may use all its offers and knew all. */
struct regret {
    int strategy, optimum; /* indices of result.strategies */
    money cost;            /* of its servers and unmet load, without services, as compared */
    money regret;          /* cost less the lower bound of the optimum */
    double ratio;          /* cost / lower bound; 0 where that is not above 0 */
};

/* Something the reader of the report must know: a price far from its use, a late decision. */
struct remark {
    struct str text;
};

struct result {
    const struct study *study;
    struct timeline timeline;
    struct demand demand;
    int128 load_micro; /* the whole load, millionths of a server-second at target */
    int64_t *load;     /* [step] amounts of the load; NULL where no meter reads it */
    int64_t **series;  /* [study.series][step] amounts of the columns that meters read, in millionths */
    struct strategy_result *strategies; /* as in the study */
    size_t n_strategies;
    struct lead_time_row *lead_times;
    size_t n_lead_times;
    struct lead_curve_row *lead_curves;
    size_t n_lead_curves;
    struct server_month *server_months; /* by offer */
    size_t n_server_months;
    struct regret *regrets;
    size_t n_regrets;
    struct order_by *order_by; /* bursts, then the orders of each strategy */
    size_t n_order_by;
    struct scenario_results scenarios; /* of study.wishes */
    struct remark *remarks;
    size_t n_remarks;
    bool ranked;
    struct str unranked_because; /* when not ranked */
    struct str verdict;          /* one line */
    int64_t burst_servers;       /* the largest burst, or the peak need where there is none */
    struct str burst_name;
    int64_t burst_from_seconds, burst_to_seconds; /* the window of burst_view */
};

/* Charges of all strategies. The sheet Ledger takes so many: four rows of a spreadsheet are above them. */
enum { MOST_LEDGER_ROWS = 1048572 };
size_t result_n_charges(const struct result *result);

/* Is a component counted for one strategy and missing from another? */
bool result_scope_differs(const struct result *result);

#endif
