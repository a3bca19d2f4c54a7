#ifndef MODEL_STRATEGY_H
#define MODEL_STRATEGY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diagnostic.h"
#include "model/forecast_method.h"
#include "model/futures.h"
#include "unit/decimal.h"

enum size_rule {
    SIZE_FOLLOW,
    SIZE_PEAK,
    SIZE_PERCENTILE,
    SIZE_BREAK_EVEN,
    SIZE_NUMBER,
    SIZE_MONEY,
    SIZE_OPTIMAL,
    SIZE_ONLINE,         /* reserved once not having reserved has cost as much */
    SIZE_ONLINE_RANDOM,  /* the same after a part of that, drawn */
    SIZE_PAST_PERCENTILE /* up to a percentile of the last days */
};

/* Rules of a reservation before an on-demand layer that decide step by step by what was seen. */
bool size_is_online(enum size_rule rule);

enum knows { KNOWS_ALL, KNOWS_FORECAST, KNOWS_NOTHING, N_KNOWS };

extern const char *const knows_names[N_KNOWS]; /* as in a study: all, forecast, nothing */

/* Something announced: within [from, to) demand is `times` what it would be otherwise. */
struct known_event {
    struct str name;
    int64_t from_seconds, to_seconds;
    struct decimal times; /* above 0 */
};

/* How a buyer who does not know the demand expects it to go on. */
struct forecasting {
    enum forecast_kind kind;
    int64_t season_seconds;    /* of seasonal naive and Holt-Winters */
    struct decimal percentile; /* 0 to 100 */
    struct decimal headroom;   /* share on top of what is expected */
    bool has_smoothing;        /* Holt-Winters: given, otherwise fitted at each review */
    struct smoothing smoothing;
    const struct known_event *events;
    size_t n_events;
    struct place place;
};

/* An offer in a strategy with its sizing rule. */
struct layer {
    int offer;
    enum size_rule rule;
    struct decimal percentile; /* 50 for p50 */
    int64_t number;            /* reference servers, SIZE_NUMBER; per cent, SIZE_PAST_PERCENTILE */
    int64_t window_seconds;    /* SIZE_PAST_PERCENTILE: what is looked back at */
    struct decimal hourly;     /* SIZE_MONEY: commitment of a savings plan, money an hour */
    struct place place;
    bool left_out; /* SIZE_FOLLOW by a plan of orders: it launches nothing */
};

/* An order of a hand-written plan, or capacity that exists already. */
struct planned_order {
    struct str strategy; /* empty: every strategy */
    int offer;
    int64_t servers;
    int64_t ordered_seconds, until_seconds; /* until 0: to the end of its term */
    int kept_months;           /* ended early, after so many contract months of its last term; 0: not */
    bool renewal;              /* continues servers in service: no lead time, no `once` */
    int n_renewals;            /* times it is continued when its term ends */
    int64_t overlap_seconds;   /* existing: what takes its place is there so long before */
    int64_t cancelled_seconds; /* a contract with a notice; 0: not */
    bool existing;             /* paid before the study; in service at decide_from */
    struct place place;
};

/* Layers in the order in which they serve; behind them what is paid besides: services, sites, taxes. */
struct strategy {
    struct str name;
    struct layer *layers;
    size_t n_layers; /* of servers */
    size_t n_paid;   /* all: layers[n_layers .. n_paid) have no servers */
    enum knows knows;
    struct forecasting forecasting; /* of a buyer who forecasts */
    struct str
        family; /* the strategy whose buyers know different things, of which this is one; empty: none */
    int review_months;
    int64_t most_servers;                  /* reference servers in service at once; 0: no limit */
    int64_t replan_seconds, ahead_seconds; /* > 0: the cheapest plan of what is expected so far ahead, made
                                              anew so often, rather than is_optimal */
    enum plan_for plan_for;                /* of an optimal strategy */
    bool is_optimal; /* the cheapest plan of the layers' offers; sizing rules are not used */
    bool has_plan;   /* orders come from a file, sizing rules are not used */
    struct planned_order *plan;
    size_t n_plan;
    struct place place;
};

#endif
