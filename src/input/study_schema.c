#include "input/study_schema.h"

static const char *const steps[] = {"auto", "5 min", "10 min", "15 min", "30 min", "1 h", NULL};
static const char *const hours_per_month[] = {"calendar", "730", "720", NULL};
static const char *const at_ends[] = {"pro-rata", "full", NULL};
static const char *const measures[] = {"count", "rate", "servers", NULL};
static const char *const within_step[] = {"max", "mean", NULL};
static const char *const gaps[] = {"error", "hold", "zero", "linear", NULL};
static const char *const aligns[] = {"weekday", "date", "elapsed", NULL};
static const char *const repeats[] = {"none", "yearly", "weekly", NULL};
static const char *const every[] = {"once", "year", NULL};
static const char *const knows[] = {"all", "nothing", NULL};

#define AT(section, field) offsetof(struct section##_keys, field)
#define SECTION(keys, title, text) {title, text, keys, sizeof(keys) / sizeof((keys)[0])}

static const struct key root_keys[] = {
    {.name = "study", .type = VALUE_NODE, .required = true, .offset = AT(root, study), .help = "what is studied, when, how it is counted"},
    {.name = "prices", .type = VALUE_NODE, .required = true, .offset = AT(root, prices), .help = "price tables (CSV), a list of files"},
    {.name = "lead_times", .type = VALUE_NODE, .offset = AT(root, lead_times), .help = "lead-time tables (CSV), a list of files"},
    {.name = "workloads", .type = VALUE_NODE, .required = true, .offset = AT(root, workloads), .help = "the demand: a list of one workload"},
    {.name = "offers", .type = VALUE_NODE, .offset = AT(root, offers), .help = "what the study adds to offers, by id or /pattern/"},
    {.name = "existing", .type = VALUE_NODE, .offset = AT(root, existing), .help = "servers that are there already, a list"},
    {.name = "strategies", .type = VALUE_NODE, .required = true, .offset = AT(root, strategies), .help = "ways of buying to compare, a list"},
};

static const struct key study_keys[] = {
    {.name = "title", .type = VALUE_TEXT, .required = true, .offset = AT(study, title), .help = "shown on every report"},
    {.name = "start", .type = VALUE_TIME, .required = true, .offset = AT(study, start), .help = "first day of demand"},
    {.name = "months", .type = VALUE_INTEGER, .least = "1", .most = "600", .offset = AT(study, months), .help = "length; or give end", .unit = "mo"},
    {.name = "end", .type = VALUE_TIME, .offset = AT(study, end), .help = "first day after the study; or give months"},
    {.name = "decide_from", .type = VALUE_TIME, .offset = AT(study, decide_from), .help = "first day on which orders may be placed; default start. Cash counts from it"},
    {.name = "step", .type = VALUE_CHOICE, .choices = steps, .standard = "auto", .offset = AT(study, step), .help = "simulation step; auto: that of the trace, between 5 min and 1 h"},
    {.name = "currency", .type = VALUE_TEXT, .required = true, .offset = AT(study, currency), .help = "ISO 4217 code of all amounts"},
    {.name = "discount_rate", .type = VALUE_QUANTITY, .dimension = DIMENSION_YEARLY, .least = "0% /yr", .most = "100% /yr", .offset = AT(study, discount_rate), .help = "effective annual; amounts are compared at present value"},
    {.name = "hours_per_month", .type = VALUE_CHOICE, .choices = hours_per_month, .standard = "calendar", .offset = AT(study, hours_per_month), .help = "converts monthly rates; never moves the end of a term"},
    {.name = "at_end", .type = VALUE_CHOICE, .choices = at_ends, .standard = "pro-rata", .offset = AT(study, at_end), .help = "what is left at the end: credit the unexpired share, or charge remaining obligations in full"},
    {.name = "seed", .type = VALUE_INTEGER, .least = "0", .most = "9007199254740991", .standard = "1", .offset = AT(study, seed), .help = "of all random draws"},
};

static const struct key workload_keys[] = {
    {.name = "name", .type = VALUE_TEXT, .required = true, .offset = AT(workload, name), .help = "shown in reports"},
    {.name = "trace", .type = VALUE_TEXT, .required = true, .offset = AT(workload, trace), .help = "CSV file, relative to the study; may be gzip"},
    {.name = "column", .type = VALUE_TEXT, .standard = "", .offset = AT(workload, column), .help = "value column; not needed where there is only one"},
    {.name = "time_column", .type = VALUE_TEXT, .standard = "", .offset = AT(workload, time_column), .help = "time column; default the first"},
    {.name = "measures", .type = VALUE_CHOICE, .choices = measures, .required = true, .offset = AT(workload, measures), .help = "what a value is: a count per row, a rate in the unit of per_server, or servers needed"},
    {.name = "per_server", .type = VALUE_QUANTITY, .dimension = DIMENSION_RATE, .least = "0.000001 /s", .most = "1000000000 /s", .offset = AT(workload, per_server), .help = "load one reference server carries at 100 %"},
    {.name = "server_vcpu", .type = VALUE_QUANTITY, .dimension = DIMENSION_NUMBER, .least = "0.01", .most = "10000", .offset = AT(workload, server_vcpu), .help = "virtual processors of a reference server", .unit = "vCPU"},
    {.name = "target_utilisation", .type = VALUE_QUANTITY, .dimension = DIMENSION_SHARE, .least = "1%", .most = "100%", .standard = "100%", .offset = AT(workload, target_utilisation), .help = "at which servers are wanted to run"},
    {.name = "max_utilisation", .type = VALUE_QUANTITY, .dimension = DIMENSION_SHARE, .least = "1%", .most = "100%", .standard = "100%", .offset = AT(workload, max_utilisation), .help = "load beyond it is lost"},
    {.name = "within_step", .type = VALUE_CHOICE, .choices = within_step, .standard = "max", .offset = AT(workload, within_step), .help = "how finer rows become a step"},
    {.name = "gaps", .type = VALUE_CHOICE, .choices = gaps, .standard = "error", .offset = AT(workload, gaps), .help = "missing rows: refuse, hold the last value, zero, or a straight line"},
    {.name = "align", .type = VALUE_CHOICE, .choices = aligns, .standard = "weekday", .offset = AT(workload, align), .help = "how trace dates meet study dates: by whole weeks, as they are, or first row to first day"},
    {.name = "repeat", .type = VALUE_CHOICE, .choices = repeats, .standard = "none", .offset = AT(workload, repeat), .help = "the trace over again, in blocks of 364 or 7 days"},
    {.name = "growth", .type = VALUE_QUANTITY, .dimension = DIMENSION_YEARLY, .least = "-99% /yr", .most = "900% /yr", .standard = "0% /yr", .offset = AT(workload, growth), .help = "compounds monthly from start, on the trace, not on bursts"},
    {.name = "bursts", .type = VALUE_NODE, .offset = AT(workload, bursts), .help = "servers needed on top, a list"},
    {.name = "unmet_cost", .type = VALUE_QUANTITY, .dimension = DIMENSION_HOURLY_MONEY, .least = "0 /server-hour", .offset = AT(workload, unmet_cost), .help = "price of load that is lost, for what one server at target carries in an hour"},
};

static const struct key burst_keys[] = {
    {.name = "name", .type = VALUE_TEXT, .required = true, .offset = AT(burst, name), .help = "shown in reports"},
    {.name = "at", .type = VALUE_TIME, .required = true, .offset = AT(burst, at), .help = "start of the ramp"},
    {.name = "add", .type = VALUE_QUANTITY, .dimension = DIMENSION_SERVERS, .required = true, .least = "1 server", .most = "1000000000 servers", .offset = AT(burst, add), .help = "reference servers needed on top"},
    {.name = "ramp", .type = VALUE_QUANTITY, .dimension = DIMENSION_DURATION, .standard = "0 s", .most = "3660 d", .offset = AT(burst, ramp), .help = "linear rise"},
    {.name = "hold", .type = VALUE_QUANTITY, .dimension = DIMENSION_DURATION, .required = true, .least = "1 s", .most = "3660 d", .offset = AT(burst, hold), .help = "time at the full height"},
    {.name = "decay", .type = VALUE_QUANTITY, .dimension = DIMENSION_DURATION, .standard = "0 s", .most = "3660 d", .offset = AT(burst, decay), .help = "linear fall"},
    {.name = "every", .type = VALUE_CHOICE, .choices = every, .standard = "once", .offset = AT(burst, every), .help = "once, or on the same date of every year"},
};

static const struct key offer_keys[] = {
    {.name = "process", .type = VALUE_TEXT, .standard = "", .offset = AT(offer, process), .help = "how orders become servers: a process of the lead-time tables"},
    {.name = "useful_life", .type = VALUE_QUANTITY, .dimension = DIMENSION_TERM, .offset = AT(offer, useful_life), .help = "colocation: life of a server, its term"},
    {.name = "watts", .type = VALUE_QUANTITY, .dimension = DIMENSION_NUMBER, .least = "0.001", .most = "1000000", .offset = AT(offer, watts), .help = "draw of one server", .unit = "W"},
    {.name = "pue", .type = VALUE_QUANTITY, .dimension = DIMENSION_NUMBER, .least = "1", .most = "10", .standard = "1", .offset = AT(offer, pue), .help = "power usage effectiveness: energy at the meter / energy of the servers", .unit = "ratio"},
    {.name = "rack_units", .type = VALUE_INTEGER, .least = "1", .most = "1000", .offset = AT(offer, rack_units), .help = "height of one server", .unit = "U"},
    {.name = "rack", .type = VALUE_NODE, .offset = AT(offer, rack), .help = "what one rack takes"},
    {.name = "mbps", .type = VALUE_QUANTITY, .dimension = DIMENSION_NUMBER, .least = "0.001", .most = "1000000", .offset = AT(offer, mbps), .help = "committed transit of one server, Mbit/s", .unit = "Mbit/s"},
    {.name = "servers_per_admin", .type = VALUE_INTEGER, .least = "1", .most = "1000000000", .offset = AT(offer, servers_per_admin), .help = "servers one administrator looks after", .unit = "servers"},
    {.name = "equals", .type = VALUE_QUANTITY, .dimension = DIMENSION_NUMBER, .least = "0.001", .most = "100000", .offset = AT(offer, equals), .help = "reference servers one server stands for; default vcpu / server_vcpu", .unit = "reference servers"},
    {.name = "max_per_order", .type = VALUE_INTEGER, .least = "1", .most = "1000000000", .offset = AT(offer, max_per_order), .help = "most servers in one order", .unit = "servers"},
    {.name = "orders_at_once", .type = VALUE_INTEGER, .least = "1", .most = "1000000000", .offset = AT(offer, orders_at_once), .help = "orders under way at once", .unit = "orders"},
    {.name = "start_up", .type = VALUE_QUANTITY, .dimension = DIMENSION_DURATION, .most = "1 h", .standard = "0 s", .offset = AT(offer, start_up), .help = "on-demand: from launch to service; not billed"},
    {.name = "launch_rate", .type = VALUE_QUANTITY, .dimension = DIMENSION_RATE, .least = "0.001 /s", .most = "1000000 /s", .offset = AT(offer, launch_rate), .help = "on-demand: launches after the bucket is empty"},
    {.name = "launch_bucket", .type = VALUE_INTEGER, .least = "0", .most = "1000000000", .standard = "0", .offset = AT(offer, launch_bucket), .help = "on-demand: launches that need not wait; refills at launch_rate", .unit = "servers"},
    {.name = "quota", .type = VALUE_INTEGER, .least = "1", .most = "2000000000", .offset = AT(offer, quota), .help = "on-demand: servers running at once, reservations included", .unit = "servers"},
    {.name = "quota_increase", .type = VALUE_TEXT, .standard = "", .offset = AT(offer, quota_increase), .help = "process that lifts the quota"},
};

static const struct key rack_keys[] = {
    {.name = "units", .type = VALUE_INTEGER, .required = true, .least = "1", .most = "1000", .offset = AT(rack, units), .help = "rack units for servers", .unit = "U"},
    {.name = "kw", .type = VALUE_QUANTITY, .dimension = DIMENSION_NUMBER, .required = true, .least = "0.001", .most = "10000", .offset = AT(rack, kw), .help = "usable kilowatts; servers share a rack by the tighter of units and kilowatts", .unit = "kW"},
};

static const struct key existing_keys[] = {
    {.name = "offer", .type = VALUE_TEXT, .required = true, .offset = AT(existing, offer), .help = "offer id"},
    {.name = "servers", .type = VALUE_QUANTITY, .dimension = DIMENSION_SERVERS, .required = true, .least = "1 server", .most = "1000000000 servers", .offset = AT(existing, servers), .help = "servers in service when the study begins"},
    {.name = "ordered", .type = VALUE_TIME, .required = true, .offset = AT(existing, ordered), .help = "when they were ordered: their prices are of that day, what was paid then is not counted"},
    {.name = "until", .type = VALUE_TIME, .required = true, .offset = AT(existing, until), .help = "when they leave service"},
};

static const struct key strategy_keys[] = {
    {.name = "name", .type = VALUE_TEXT, .required = true, .offset = AT(strategy, name), .help = "shown in reports"},
    {.name = "layers", .type = VALUE_NODE, .required = true, .offset = AT(strategy, layers), .help = "offers in the order in which they serve"},
    {.name = "knows", .type = VALUE_CHOICE, .choices = knows, .standard = "all", .offset = AT(strategy, knows), .help = "what the buyer knows of the need when ordering"},
    {.name = "review", .type = VALUE_QUANTITY, .dimension = DIMENSION_TERM, .standard = "1 mo", .offset = AT(strategy, review), .help = "how often sizes are reviewed, whole months"},
    {.name = "orders", .type = VALUE_TEXT, .standard = "", .offset = AT(strategy, orders), .help = "a hand-written plan (CSV): layers that are not `follow` take their orders from it"},
};

static const struct key layer_keys[] = {
    {.name = "offer", .type = VALUE_TEXT, .required = true, .offset = AT(layer, offer), .help = "offer id, or a /pattern/ that one offer matches"},
    {.name = "size", .type = VALUE_TEXT, .standard = "follow", .offset = AT(layer, size), .help = "peak, pNN, break-even, a number of reference servers, or follow (last layer, on-demand)"},
};

const struct section root_section = SECTION(root_keys, "the study file", "Its top level.");
const struct section study_section = SECTION(study_keys, "study", "What is studied, and how it is counted.");
const struct section workload_section = SECTION(workload_keys, "workloads[]", "The demand.");
const struct section burst_section = SECTION(burst_keys, "workloads[].bursts[]", "Need on top of the trace.");
const struct section offer_section = SECTION(offer_keys, "offers.ID", "What the study adds to an offer of the price tables.");
const struct section rack_section = SECTION(rack_keys, "offers.ID.rack", "What one rack takes.");
const struct section existing_section = SECTION(existing_keys, "existing[]", "Servers that are there already.");
const struct section strategy_section = SECTION(strategy_keys, "strategies[]", "A way of buying.");
const struct section layer_section = SECTION(layer_keys, "strategies[].layers[]", "An offer with its size.");

const struct section *const study_sections[] = {&root_section,     &study_section, &workload_section,
                                                &burst_section,    &offer_section, &rack_section,
                                                &existing_section, &strategy_section, &layer_section, NULL};
