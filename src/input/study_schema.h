#ifndef INPUT_STUDY_SCHEMA_H
#define INPUT_STUDY_SCHEMA_H

#include "input/schema.h"

/* The keys of the study file, section by section, and the structs that their values fill. */

struct root_keys {
    const struct node *study, *prices, *lead_times, *workloads, *offers, *existing, *strategies;
};

enum step_choice { STEP_AUTO, STEP_5_MIN, STEP_10_MIN, STEP_15_MIN, STEP_30_MIN, STEP_1_H };

struct study_keys {
    struct str title, currency;
    int64_t start, end, decide_from, months, seed;
    int step, hours_per_month, at_end;
    struct decimal discount_rate;
};

struct workload_keys {
    struct str name, trace, column, time_column;
    int measures, within_step, gaps, align, repeat;
    struct quantity per_server;
    struct decimal server_vcpu, target_utilisation, max_utilisation, growth, unmet_cost;
    const struct node *bursts;
};

struct burst_keys {
    struct str name;
    int64_t at, add, ramp, hold, decay;
    int every;
};

struct offer_keys {
    struct str process, quota_increase;
    struct term useful_life;
    struct decimal watts, pue, mbps, equals;
    int64_t rack_units, servers_per_admin, max_per_order, orders_at_once, start_up, launch_bucket, quota;
    struct quantity launch_rate;
    const struct node *rack;
};

struct rack_keys {
    int64_t units;
    struct decimal kw;
};

struct existing_keys {
    struct str offer;
    int64_t servers, ordered, until;
};

struct strategy_keys {
    struct str name, orders;
    int knows;
    struct term review;
    const struct node *layers;
};

struct layer_keys {
    struct str offer, size;
};

extern const struct section root_section, study_section, workload_section, burst_section, offer_section,
    rack_section, existing_section, strategy_section, layer_section;

/* All sections in the order of the file, for help and documentation. Ends with NULL. */
extern const struct section *const study_sections[];

#endif
