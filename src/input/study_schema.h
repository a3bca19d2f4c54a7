#ifndef INPUT_STUDY_SCHEMA_H
#define INPUT_STUDY_SCHEMA_H

#include "input/schema.h"

/* The keys of the study file, section by section, and the structs that their values fill. */

struct root_keys {
    const struct node *study, *prices, *calendars, *lead_times, *workloads, *offers, *quotas, *existing,
        *strategies, *sensitivity, *what_if, *report;
};

enum step_choice { STEP_AUTO, STEP_5_MIN, STEP_10_MIN, STEP_15_MIN, STEP_30_MIN, STEP_1_H };

struct study_keys {
    struct str title, currency;
    int64_t start, end, decide_from, months, seed;
    int step, hours_per_month, at_end, data_units, purchases_due, usage_due, capacity;
    struct decimal discount_rate, tax;
    const struct node *exchange_rates, *discounts, *capex;
};

struct workload_keys {
    struct str name, trace, column, time_column;
    int measures, within_step, gaps, align, repeat;
    struct quantity per_server;
    struct decimal server_vcpu, target_utilisation, max_utilisation, growth, unmet_cost;
    const struct node *bursts, *futures;
};

struct futures_keys {
    int64_t count;
    struct decimal daily, trend;
};

struct burst_keys {
    struct str name;
    int64_t at, add, ramp, hold, decay;
    int every;
};

struct offer_keys {
    struct str process, quota_increase, site;
    struct term useful_life, then, notice;
    struct decimal watts, pue, mbps, equals, max_price, spares, install_hours, available, breaker,
        committed_kw, take_or_pay, escalator;
    int64_t rack_units, servers_per_admin, max_per_order, orders_at_once, start_up, launch_bucket, retry,
        overlap;
    struct number_or_name quota;
    struct quantity launch_rate;
    int64_t from, racks, cross_connects;
    int stops, billing;
    const struct node *rack, *meters, *financing, *resale;
};

struct quota_keys {
    struct str name, increase;
    int64_t servers, vcpu;
};

struct discount_keys {
    struct str provider, offer, component;
    struct decimal off;
};

struct meter_keys {
    int of, measures;
    struct quantity each, included;
    struct decimal at_least;
    struct str column, trace;
};

struct financing_keys {
    struct decimal rate;
    int64_t months;
};

struct resale_keys {
    struct term age;
    struct decimal share;
};

struct rack_keys {
    int64_t units;
    struct decimal kw;
};

struct existing_keys {
    struct str offer;
    int64_t servers, ordered, until, overlap;
};

struct strategy_keys {
    struct str name, orders;
    unsigned knows; /* bit for each enum knows */
    struct term review;
    int64_t most_servers;
    const struct node *layers, *services, *optimal, *forecast;
};

struct optimal_keys {
    const struct node *from;
    int plan_for;
    int64_t replan, ahead;
};

struct forecast_keys {
    int method, season;
    struct decimal percentile, headroom, alpha, beta, gamma;
    const struct node *events;
};

struct event_keys {
    struct str name;
    int64_t from, to;
    struct decimal times;
};

struct layer_keys {
    struct str offer, size;
};

struct sensitivity_keys {
    struct str change, name, low, high;
};

struct what_if_keys {
    const struct node *x, *y;
};

struct what_if_axis_keys {
    struct str change, name;
    const struct node *values;
};

struct report_keys {
    int ledger_sheet;
};

/* Where a key's value goes, and a section of keys: for the tables. */
#define AT(section, field) offsetof(struct section##_keys, field)
#define SECTION(keys, title, text)                                                                           \
    {                                                                                                        \
        title, text, keys, sizeof(keys) / sizeof((keys)[0])                                                  \
    }

extern const struct section root_section, study_section, workload_section, burst_section, offer_section,
    rack_section, existing_section, strategy_section, layer_section, discount_section, meter_section,
    financing_section, resale_section, forecast_section, event_section, optimal_section, quota_section,
    futures_section, sensitivity_section, what_if_section, what_if_axis_section, report_section;

/* All sections in the order of the file, for help and documentation. Ends with NULL. */
extern const struct section *const study_sections[];

#endif
