#ifndef INPUT_STUDY_PARTS_H
#define INPUT_STUDY_PARTS_H

#include "input/exchange_rates.h"
#include "input/price_book.h"
#include "input/lead_times.h"
#include "input/study_schema.h"

/* The readers of a study's parts, one file each; input.c calls them in order. */
struct study_reader {
    struct reader reader; /* arena, diagnostics, assumptions */
    struct str folder;    /* of the study file: what paths in it are relative to */
    bool settings_good;   /* the dates of the study can be relied on */
    struct root_keys root;
    struct study *study;
    struct price_book book;
    struct process_list processes;
    struct rate_list rates;
    struct series *series; /* columns that meters read */
    size_t n_series, series_capacity;
    int tax_offer;            /* -1: none */
    bool workload_good;       /* its trace can be relied on */
    struct input_file *items; /* inputs read so far */
    size_t n_items, capacity;
};

/* Reads a file that the study names, remembers it among the inputs; `node` is where it is named. */
bool study_file(struct study_reader *r, struct str path, struct place place, struct str *content);

bool read_settings(struct study_reader *r);
bool read_tables(struct study_reader *r);
bool read_workload(struct study_reader *r);
bool read_quotas(struct study_reader *r);
bool read_offer_settings(struct study_reader *r);
bool read_existing(struct study_reader *r);
bool read_strategies(struct study_reader *r);
bool read_bills(struct study_reader *r);
bool read_scenarios(struct study_reader *r);

/* Parts of an offer's settings; NULL or empty: not there. */
bool take_meters(struct study_reader *r, const struct node *map, struct str path, struct offer *offer);
bool take_financing(struct study_reader *r, const struct node *node, struct str path, struct offer *offer);
bool take_resale(struct study_reader *r, const struct node *list, struct str path, struct offer *offer);
bool take_site(struct study_reader *r, const struct node *map, struct str id, struct str path,
               struct offer *offer);

bool read_report(struct study_reader *r);

/* The offers of an optimal strategy as its layers; `strategy_node`: all keys of the strategy. */
bool read_optimal(struct study_reader *r, const struct node *strategy_node, const struct node *node,
                  struct str path, struct strategy *strategy);

/* The futures of the workload; NULL: none. `for` of an optimal strategy. Do they go with the study's other
 * parts? */
bool read_futures(struct study_reader *r, const struct node *node, struct futures *futures);
bool take_plan_for(struct study_reader *r, const struct node *node, struct str path, int plan_for,
                   struct strategy *strategy);
bool check_futures(struct study_reader *r);

/* What a strategy pays besides its servers. */
bool read_services(struct study_reader *r, const struct node *list, struct str path,
                   struct strategy *strategy);
void pay_sites_and_tax(struct study_reader *r, struct strategy *strategy);

/* The process of a name as an index, left as it is for an empty name; the quota of a name. */
bool find_process(struct study_reader *r, struct str name, struct place place, struct str path, int *index);
bool find_quota(struct study_reader *r, struct str name, struct place place, struct str path,
                const struct quota **quota);

/* How a strategy forecasts: `node` is its section, NULL where it has none; `wanted` where it knows a
 * forecast. */
bool read_forecasting(struct study_reader *r, const struct node *node, struct str path, bool wanted,
                      struct strategy *strategy);
/* Remembers what of the trace those who forecast have seen before the study, once the study is checked. */
void note_what_was_seen(struct study_reader *r);

/* Where the value of a key stands; the map where it has no such key. */
struct place place_in(const struct node *map, const char *key);

/* The offers that an id or a /pattern/ names, as flags; false and a message where there is none. */
bool match_offers(struct study_reader *r, struct str text, struct place place, struct str path,
                  bool *matches);

/* The one offer that an id or a /pattern/ names; -1 and a message otherwise. */
int find_offer(struct study_reader *r, struct str id, struct place place, struct str path);

extern const struct csv_column orders_columns[];
extern const int n_orders_columns;

/* A plan written as CSV: strategy, offer, servers, ordered, and optionally reason and others, which are
 * passed over. Rows of follow layers are passed over too. `strategy` set: all rows belong to it. */
bool read_orders(struct study_reader *r, struct str path, struct place place, struct strategy *only);

#endif
