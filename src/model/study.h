#ifndef MODEL_STUDY_H
#define MODEL_STUDY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "model/demand.h"
#include "model/offer.h"
#include "model/process.h"
#include "model/scenario.h"
#include "model/strategy.h"

enum at_end { AT_END_PRO_RATA, AT_END_FULL, AT_END_RESALE, N_AT_END };

/* The study's currency for 1 of another from a day on. */
struct exchange_rate {
    struct str currency, source;
    struct decimal rate;
    int64_t from_seconds;
    struct place place;
};

/* Another column of a trace, which drives metered quantities: aligned, repeated and grown like the
 * workload. */
struct series {
    struct str trace_path, column;
    enum measures measures; /* count or rate (per second) */
    struct trace trace;
    struct place place;
};

/* A file that was read, as the study names it (never an absolute path of the machine). */
struct input_file {
    struct str path, sha256;
    int64_t n_rows; /* data rows; 0 for the study itself */
};

/* A value of the study as read or defaulted, for the reports. `allowed` ("from 1 to 10", "once, year") and
 * `standard`, the default, are empty where there is none. */
struct assumption {
    struct str name, value, unit, note, allowed, standard;
    bool defaulted;
};

/* Everything read and checked. Constant from here on. */
struct study {
    struct str name; /* of the study file, without folder and extension */
    struct str title, path;
    int64_t start_seconds, end_seconds, decide_from_seconds;
    int64_t step_seconds; /* 0: auto */
    struct str currency;
    bool has_discount_rate;
    struct decimal discount_rate; /* effective annual */
    int hours_per_month;          /* 0: calendar */
    enum at_end at_end;
    int64_t seed;
    bool binary_data;        /* GB and TB of the price tables are 2^30 and 2^40 bytes */
    bool purchases_at_order; /* purchases fall due with the order, not with delivery */
    bool draws_capacity;     /* the simulation draws where capacity is there; otherwise it always is */
    bool usage_in_arrears;   /* usage falls due in the month after it */
    struct decimal tax;      /* on everything billed; 0: none */
    struct str *capex;       /* names of components that are capital expenditure */
    size_t n_capex;
    struct exchange_rate *exchange_rates; /* by currency, then day */
    size_t n_exchange_rates;
    struct series *series;
    size_t n_series;

    struct offer *offers;
    size_t n_offers;
    struct str *components; /* in order of first appearance among the offers used */
    size_t n_components;
    struct process *processes;
    size_t n_processes;
    struct quota *quotas;
    size_t n_quotas;
    struct workload workload;
    struct planned_order *existing;
    size_t n_existing;
    struct strategy *strategies;
    size_t n_strategies;

    struct scenario_wishes wishes;
    bool ledger_sheet; /* the workbook has every charge */

    struct input_file *inputs;
    size_t n_inputs;
    struct assumption *assumptions;
    size_t n_assumptions;
};

/* What the price of a metered component counts; NULL where the offer has no meter of that name. */
const struct metering *study_metering(const struct study *study, const struct offer *offer,
                                      const struct price_row *row);

/* The rate of a currency in force at a time: the last that begins at or before it; NULL before the first. */
const struct exchange_rate *study_rate_at(const struct study *study, struct str currency, int64_t seconds);

/* The first rate of a currency that begins after a time; NULL behind the last. */
const struct exchange_rate *study_rate_after(const struct study *study, struct str currency, int64_t seconds);

/* Is a component (an index) capital expenditure? All others are operating expenditure. */
bool study_is_capex(const struct study *study, size_t component);

#endif
