/* Times the stages of a run, each alone, and holds two of them against their limits. Everything it reads
 * it makes itself; README.md says what is measured and how. */

#include <ftw.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/digest.h"
#include "forecast/forecast.h"
#include "input/input.h"
#include "input/trace.h"
#include "ledger/bill.h"
#include "plan/plan.h"
#include "rating/terms.h"
#include "run/lead.h"
#include "run/result.h"
#include "run/strategy_run.h"
#include "sim/serve.h"
#include "sim/use.h"
#include "supply/flow.h"
#include "supply/kernel.h"
#include "unit/calendar.h"

enum { MOST_REPEATS = 401, FEWEST_REPEATS = 5, YEAR_HOURS = 8760 };

#define SPEND_SECONDS 0.4 /* on one row of the table, as far as MOST_REPEATS allows */
#define MICROSECONDS 1e6
#define READING_LIMIT 200e6 /* bytes a second */
#define PASS_LIMIT 50e-6    /* seconds, 26,304 hours */
#define RATING_LIMIT 1e-3   /* from meters to money */
#define LEDGER_LIMIT 10e-3
#define LOTS_LIMIT 5e-3 /* servers kept to the end of what is paid */

/* ---- timing ---- */

struct timing {
    double least, median, most; /* seconds */
    int n;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int compare_doubles(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* Work takes its memory from the arena, which is given back outside the measured time. */
typedef void work(struct arena *arena, const void *context);

static struct timing measure(work *task, const void *context)
{
    double seconds[MOST_REPEATS], spent = 0;
    int n = 0;
    for (; n < FEWEST_REPEATS || (n < MOST_REPEATS && spent < SPEND_SECONDS); n++) {
        struct arena arena = {0};
        double start = now();
        task(&arena, context);
        seconds[n] = now() - start;
        spent += seconds[n];
        arena_free(&arena);
    }
    qsort(seconds, (size_t)n, sizeof seconds[0], compare_doubles);
    return (struct timing){seconds[0], (seconds[(n - 1) / 2] + seconds[n / 2]) / 2, seconds[n - 1], n};
}

static void show(const char *what, struct timing t, double amount, const char *unit)
{
    printf("  %-46s %12.1f %12.1f %12.1f %5d %12.1f %s\n", what, t.median * MICROSECONDS, t.least * MICROSECONDS,
           t.most * MICROSECONDS, t.n, amount / t.median, unit);
}

static void say_limit(bool kept, const char *limit)
{
    printf("  %-46s %s: %s\n", "", limit, kept ? "kept" : "MISSED");
}

static void heading(const char *text)
{
    printf("\n%s\n  %-46s %12s %12s %12s %5s %12s\n", text, "", "median us", "least us", "most us", "n", "");
}

/* ---- what is made ---- */

/* A day with a quiet night and a busy evening, a weekend, noise of its own: requests in one step. */
static int64_t requests(int64_t step, int64_t step_seconds, uint64_t *random)
{
    double day = fmod((double)(step * step_seconds) / DAY_SECONDS, 7);
    *random = *random * 6364136223846793005u + 1442695040888963407u;
    double noise = (double)(*random >> 40) / (double)(1 << 24) - 0.5;
    double load = 1 + 0.6 * sin((day - 0.6) * 6.283185307) - (day >= 5 ? 0.2 : 0) + 0.2 * noise;
    return (int64_t)(24000 * load) * step_seconds;
}

static struct str make_trace(struct arena *arena, int64_t n_rows, int64_t step_seconds)
{
    struct date date = {2014, 1, 1};
    uint64_t random = 2014;
    size_t capacity = (size_t)n_rows * 40 + 100, n = 0;
    char *bytes = ARENA_NEW(arena, char, capacity);
    int64_t start = date_seconds(date);
    n += (size_t)snprintf(bytes, capacity, "time,requests\n");
    for (int64_t i = 0; i < n_rows; i++) {
        int64_t seconds = start + i * step_seconds, rest = seconds % DAY_SECONDS;
        date = date_of(seconds);
        n += (size_t)snprintf(bytes + n, capacity - n, "%04d-%02d-%02dT%02d:%02d:%02dZ,%" PRId64 "\n", date.year,
                              date.month, date.day, (int)(rest / HOUR_SECONDS), (int)(rest / 60 % 60),
                              (int)(rest % 60), requests(i, step_seconds, &random));
    }
    return (struct str){bytes, n};
}

static const char prices[] =
    "offer,kind,vcpu,term,increment,discounts,component,charged,per,price,currency,follows,effective_from,source\n"
    "own,colocation,4,,,,server,term,server,3315,USD,,2013-01-01,made up\n"
    "own,colocation,4,,,,rack,held,rack-month,1400,USD,day,2013-01-01,made up\n"
    "own,colocation,4,,,,power,held,kWh,0.14,USD,day,2013-01-01,made up\n"
    "own,colocation,4,,,,staff,held,admin-month,7368.40,USD,day,2013-01-01,made up\n"
    "rent,hosting,8,1 mo,,,monthly fee,held,server-month,90.19,USD,,2013-01-01,made up\n"
    "reserve,reserved,2,1 yr,,cloud,upfront,term,server,443,USD,,2013-01-01,made up\n"
    "reserve,reserved,2,1 yr,,cloud,hourly,held,server-hour,0.037,USD,,2013-01-01,made up\n"
    "light,reserved,2,1 yr,,cloud,upfront,term,server,167,USD,,2013-01-01,made up\n"
    "light,reserved,2,1 yr,,cloud,hourly,running,server-hour,0.063,USD,,2013-01-01,made up\n"
    "two-hours,on-demand,2,,2 h,,hourly,running,server-hour,0.13,USD,,2013-01-01,made up\n"
    "cloud,on-demand,2,,60 s,,hourly,running,server-hour,0.14,USD,,2013-01-01,made up\n";

static const char lead_times[] = "process,stage,each,low,mode,high,crew,workers,source\n"
                                 "buy,buy,order,3 d,3.5 d,4 d,,,made up\n"
                                 "buy,install,server,0.5 d,,,installers,100,made up\n"
                                 "provide,provide,server,3 h,3.5 h,4 h,,,made up\n";

static const char study_format[] =
    "study: {title: bench, start: 2014-01-01, months: %d, decide_from: 2013-10-01, currency: USD}\n"
    "prices: [prices.csv]\n"
    "lead_times: [lead-times.csv]\n"
    "workloads:\n"
    "  - {name: made, trace: trace.csv, measures: count, per_server: 200 /s, server_vcpu: 2,\n"
    "     target_utilisation: 60%%, max_utilisation: 100%%, align: date, unmet_cost: 4 /server-hour,\n"
    "     bursts: [%s]}\n"
    "offers:\n"
    "  own: {process: buy, useful_life: 120 mo, watts: 236, rack_units: 1, rack: {units: 42, kw: 4.5},\n"
    "        servers_per_admin: 100}\n"
    "  rent: {process: provide, max_per_order: 10, orders_at_once: 5}\n"
    "  cloud: {start_up: 60 s, launch_rate: 2 /s, launch_bucket: 1000, quota: 20000}\n"
    "strategies:\n"
    "  - {name: three layers of fixed size, layers: [{offer: own, size: 100}, {offer: reserve, size: 50},\n"
    "                                                {offer: cloud}]}\n"
    "  - {name: reserved to break-even, layers: [{offer: reserve, size: break-even}, {offer: cloud}]}\n"
    "  - {name: rented to the peak, layers: [{offer: rent, size: peak}]}\n"
    "  - {name: kept for two hours, layers: [{offer: two-hours}]}\n"
    "  - {name: light use, layers: [{offer: light, size: p90}, {offer: cloud}]}\n";

static const char one_burst[] =
    "{name: sale, at: 2014-11-28, add: 5000 servers, ramp: 2 h, hold: 4 d, decay: 12 h, every: year}";

struct size {
    const char *name;
    int months;
    int64_t n_steps, step_seconds;
};

static const struct size sizes[] = {
    {"1 year by the hour", 12, YEAR_HOURS, HOUR_SECONDS},
    {"3 years by the hour", 36, 26304, HOUR_SECONDS},
    {"3 years by 5 minutes", 36, 315648, 300},
    {"10 years by the hour", 120, 87648, HOUR_SECONDS},
};

static void write_file(struct arena *arena, struct str folder, const char *name, struct str content)
{
    FILE *file = fopen(path_join(arena, folder, str_of(name)).at, "wb");
    check(file != NULL && fwrite(content.at, 1, content.length, file) == content.length && fclose(file) == 0);
}

static struct str write_study(struct arena *arena, struct str folder, const struct size *size, bool with_burst)
{
    write_file(arena, folder, "prices.csv", STR(prices));
    write_file(arena, folder, "lead-times.csv", STR(lead_times));
    write_file(arena, folder, "trace.csv", make_trace(arena, size->n_steps, size->step_seconds));
    write_file(arena, folder, "study.yml", str_format(arena, study_format, size->months, with_burst ? one_burst : ""));
    return path_join(arena, folder, STR("study.yml"));
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
    (void)status, (void)type, (void)ftw;
    return remove(path);
}

/* ---- reading a trace ---- */

struct reading {
    struct str content;
    struct workload workload;
    int64_t n_rows;
};

static void read_trace(struct arena *arena, const void *context)
{
    const struct reading *reading = context;
    struct diagnostics diagnostics = {.arena = arena};
    struct trace trace;
    int64_t n_rows = 0;
    check(trace_read(arena, &reading->workload, STR("trace.csv"), reading->content, &trace, &n_rows, &diagnostics));
    check(n_rows == reading->n_rows);
}

static void digest(struct arena *arena, const void *context)
{
    check(digest_sha256(arena, ((const struct reading *)context)->content).length == 64);
}

static void bench_reading(int64_t n_rows, int64_t step_seconds)
{
    char title[100];
    struct arena arena = {0};
    struct reading reading = {.content = make_trace(&arena, n_rows, step_seconds), .n_rows = n_rows};
    double megabytes = (double)reading.content.length / 1e6;
    snprintf(title, sizeof title, "Reading a trace of %" PRId64 " rows, %.1f MB, from memory", n_rows, megabytes);
    heading(title);
    struct timing t = measure(read_trace, &reading);
    show("trace_read", t, megabytes, "MB/s");
    say_limit((double)reading.content.length / t.median >= READING_LIMIT, "limit 200 MB/s");
    show("digest_sha256 of the same bytes", measure(digest, &reading), megabytes, "MB/s");
    arena_free(&arena);
}

/* ---- the stages of a run ---- */

/* What the stages before have made. */
struct line {
    struct str path; /* of the study */
    const struct study *study;
    const struct timeline *timeline;
    const struct demand *demand;
    const struct strategy *strategy;
    const struct plan *plan;
    const struct served *served;
    const struct usage *usage;
    int64_t window_to; /* the burst chart's window begins with the study; then: none */
};

static void read_study(struct arena *arena, const void *context)
{
    const struct line *stage = context;
    struct study study = {0};
    struct input_options options = {0};
    struct diagnostics diagnostics = {.arena = arena};
    check(input_read(arena, stage->path, &options, &study, &diagnostics));
}

static void make_demand(struct arena *arena, const void *context)
{
    struct demand demand;
    struct diagnostics diagnostics = {.arena = arena};
    check(demand_make(arena, ((const struct line *)context)->study, &demand, &diagnostics));
}

static void make_plan(struct arena *arena, const void *context)
{
    const struct line *s = context;
    struct plan plan;
    struct plan_problem problem;
    check(plan_make(arena, s->study, s->demand, s->strategy, &plan, &problem));
}

static void simulate(struct arena *arena, const void *context)
{
    const struct line *s = context;
    struct served served = serve(arena, s->study, s->timeline, s->demand, s->strategy, s->plan,
                                 s->study->start_seconds, s->window_to, false);
    check(served.months != NULL);
}

static void write_ledger(struct arena *arena, const void *context)
{
    const struct line *s = context;
    struct strategy_result sums = {.strategy = s->strategy, .plan = *s->plan};
    struct result result = {.study = s->study, .timeline = *s->timeline, .demand = *s->demand};
    struct bill bill = bill_plan(arena, s->study, s->timeline, s->strategy, s->plan, s->usage);
    check(strategy_sum(arena, &result, s->served, &bill, &sums));
}

static void rate(struct arena *arena, const void *context)
{
    const struct line *s = context;
    check(!bill_plan(arena, s->study, s->timeline, s->strategy, s->plan, s->usage).overflow);
}

static void use_orders(struct arena *arena, const void *context)
{
    const struct line *s = context;
    check(use_of_orders(arena, s->study, s->timeline, s->demand, s->strategy, s->plan) != NULL);
}

static void make_lead_times(struct arena *arena, const void *context)
{
    struct result result = {.study = ((const struct line *)context)->study};
    lead_time_rows(arena, &result);
    check(result.n_lead_times > 0);
}

static void make_result(struct arena *arena, const void *context)
{
    struct result result;
    struct diagnostics diagnostics = {.arena = arena};
    check(result_make(arena, ((const struct line *)context)->study, &result, &diagnostics));
}

/* Three sums of min(d, C) over the whole demand, cut at months: what the pass cannot do without. */
static void bare_kernel(struct arena *arena, const void *context)
{
    const struct line *s = context;
    int64_t *sums = ARENA_NEW(arena, int64_t, 3);
    int32_t first = 0;
    for (int i = 0; i < s->timeline->n_months; i++) {
        int64_t end = (s->timeline->months[i].end_seconds - s->demand->start_seconds) / s->demand->step_seconds;
        if (end <= first)
            continue;
        for (int layer = 0; layer < 3; layer++)
            sums[layer] += kernel_draw(s->demand->servers + first, (int32_t)end - first, 100 * (layer + 1)).used;
        first = (int32_t)end;
    }
    check(sums[2] >= sums[0]);
}

static void bench_strategy(struct arena *arena, struct line s, size_t index, bool has_limit)
{
    struct plan plan;
    struct plan_problem problem;
    double steps = (double)s.demand->n_steps / 1e6;
    printf("  -- %.*s\n", STR_ARGS(s.strategy->name));
    check(plan_make(arena, s.study, s.demand, s.strategy, &plan, &problem));
    s.plan = &plan;
    struct served served = serve(arena, s.study, s.timeline, s.demand, s.strategy, &plan, s.study->start_seconds,
                                 s.study->start_seconds, false);
    s.served = &served;
    struct follow_usage *follows = ARENA_NEW(arena, struct follow_usage, s.strategy->n_layers);
    for (size_t i = 0; i < served.followers.n_items; i++)
        follows[served.followers.items[i].layer] = (struct follow_usage){
            served.followers.items[i].running_seconds, served.followers.items[i].follow_seconds};
    struct usage usage = {.demand = s.demand,
                          .periods = served.periods,
                          .follows = follows,
                          .uses = use_of_orders(arena, s.study, s.timeline, s.demand, s.strategy, &plan)};
    s.usage = &usage;
    show("plan", measure(make_plan, &s), (double)plan.n_orders / 1e3, "1000 orders/s");
    s.window_to = s.study->start_seconds;
    struct timing pass = measure(simulate, &s);
    show("simulate, nothing kept for the burst chart", pass, steps, "M steps/s");
    if (has_limit && index == 0)
        say_limit(pass.median <= PASS_LIMIT, "limit 50 us");
    if (has_limit && index == 3)
        say_limit(pass.median <= LOTS_LIMIT, "limit 5 ms");
    s.window_to = s.study->start_seconds + WEEK_SECONDS;
    show("simulate, a week kept step by step", measure(simulate, &s), steps, "M steps/s");
    struct bill bill = bill_plan(arena, s.study, s.timeline, s.strategy, &plan, &usage);
    show("use of every commitment", measure(use_orders, &s), (double)plan.n_orders / 1e3, "1000 orders/s");
    struct timing rating = measure(rate, &s), ledger = measure(write_ledger, &s);
    show("rate: meters to charges", rating, (double)bill.n_charges / 1e3, "1000 charges/s");
    if (has_limit)
        say_limit(rating.median <= RATING_LIMIT, "limit 1 ms");
    show("rate, write the ledger, add up", ledger, (double)bill.n_charges / 1e3, "1000 charges/s");
    if (has_limit)
        say_limit(ledger.median <= LEDGER_LIMIT, "limit 10 ms");
}

static void bench_size(struct str folder, const struct size *size, bool with_burst)
{
    char title[100];
    struct arena arena = {0};
    struct study study = {0};
    struct demand demand;
    struct input_options options = {0};
    struct diagnostics diagnostics = {.arena = &arena};
    struct line s = {.path = write_study(&arena, folder, size, with_burst), .study = &study, .demand = &demand};
    check(input_read(&arena, s.path, &options, &study, &diagnostics) && terms_apply(&arena, &study, &diagnostics));
    check(demand_make(&arena, &study, &demand, &diagnostics) && demand.n_steps == size->n_steps);
    struct timeline timeline = timeline_make(&arena, &study);
    s.timeline = &timeline;
    double steps = (double)size->n_steps / 1e6;
    snprintf(title, sizeof title, "%s (%" PRId64 " steps), %s", size->name, size->n_steps,
             with_burst ? "5,000 servers more every November" : "no bursts");
    heading(title);
    show("read and check the study and its files", measure(read_study, &s), steps, "M rows/s");
    show("demand", measure(make_demand, &s), steps, "M steps/s");
    show("three sums of min(d, C) by month, for scale", measure(bare_kernel, &s), 3 * steps, "M steps/s");
    for (size_t i = 0; i < study.n_strategies; i++) {
        s.strategy = &study.strategies[i];
        bench_strategy(&arena, s, i, size->n_steps == 26304);
    }
    printf("  -- all\n");
    struct result rows = {.study = &study};
    lead_time_rows(&arena, &rows);
    show("lead times: 1,000 draws for every row", measure(make_lead_times, &s), (double)rows.n_lead_times, "rows/s");
    show("result_make: demand to verdict, 5 strategies", measure(make_result, &s), 5 * steps, "M steps/s");
    arena_free(&arena);
}

/* ---- forecasts ---- */

struct fitting {
    const double *history;
    int64_t n;
    struct forecast_method method;
};

static void fit(struct arena *arena, const void *context)
{
    const struct fitting *f = context;
    struct forecast forecast;
    check(forecast_make(arena, f->history, f->n, &f->method, WEEK_SECONDS / HOUR_SECONDS, &forecast));
}

/* Holt-Winters over load with a daily and a weekly shape, a slope, and noise that is the same in every run. */
static void bench_fit(int64_t n, int64_t steps_an_hour)
{
    struct arena arena = {0};
    double *history = ARENA_NEW(&arena, double, n);
    for (int64_t i = 0; i < n; i++) {
        int64_t hour = i / steps_an_hour;
        history[i] = 1000 + 0.01 * (double)hour + 20 * (double)(hour % 24) + 50 * (double)(hour / 24 % 7) +
                     (double)((uint64_t)i * 2654435761u % 97);
    }
    struct fitting f = {history, n, {.kind = FORECAST_HOLT_WINTERS_ADDITIVE, .lag = 168 * steps_an_hour}};
    char title[80];
    snprintf(title, sizeof title, "fitting Holt-Winters, a season of a week, %" PRId64 " values", n);
    heading(title);
    show("additive", measure(fit, &f), (double)n / 1e6, "M values/s");
    f.method.kind = FORECAST_HOLT_WINTERS_MULTIPLICATIVE;
    show("multiplicative", measure(fit, &f), (double)n / 1e6, "M values/s");
    arena_free(&arena);
}

/* ---- orders through their processes ---- */

enum { FLOW_STAGES = 6, FLOW_SERVERS = 5000, FLOW_RUNS = 10000 };

#define FLOW_LIMIT 5e-3   /* seconds, one run */
#define SAMPLE_LIMIT 2.0 /* seconds, FLOW_RUNS runs drawn by the order */

/* Six stages from the purchase to the burn-in; crews of 40 to 100, a batch of a rack. */
static struct process make_process(struct stage *stages, enum stage_draw draw, enum stage_shape shape)
{
    static const struct {
        enum stage_each each;
        int64_t batch, workers, hours;
    } rows[FLOW_STAGES] = {{EACH_ORDER, 0, 0, 72},   {EACH_SERVER, 0, 100, 2}, {EACH_BATCH, 40, 4, 6},
                           {EACH_SERVER, 0, 50, 1}, {EACH_SERVER, 0, 60, 1},  {EACH_SERVER, 0, 0, 24}};
    static const char *const crews[FLOW_STAGES] = {"", "unpackers", "rackers", "cablers", "testers", ""};
    for (int i = 0; i < FLOW_STAGES; i++) {
        int64_t seconds = rows[i].hours * HOUR_SECONDS;
        stages[i] = (struct stage){.name = STR("stage"), .crew = str_of(crews[i]), .each = rows[i].each,
                                   .batch = rows[i].batch, .workers = rows[i].workers, .draw = draw, .shape = shape,
                                   .low_seconds = seconds / 2, .mode_seconds = seconds, .high_seconds = 2 * seconds,
                                   .spread = {0.5409, 0.5409}}; /* ln 2 / 1.2816 */
    }
    return (struct process){.name = STR("six stages"), .items = stages, .n_items = FLOW_STAGES};
}

struct flow_runs {
    const struct process *process;
    int n;
};

static void run_flow(struct arena *arena, const void *context)
{
    const struct flow_runs *runs = context;
    for (int i = 0; i < runs->n; i++) {
        arena_reset(arena);
        struct flow_order order = {runs->process, durations_draw(arena, runs->process, 2014, (uint64_t)i), FLOW_SERVERS,
                                   1400000000, 0};
        struct arrivals list = flow_run(arena, &order);
        check(list.n_items > 0);
    }
}

static void bench_flow(void)
{
    struct arena arena = {0};
    struct stage stages[FLOW_STAGES];
    struct process process = make_process(stages, DRAW_ORDER, SHAPE_TRIANGULAR);
    struct flow_runs one = {&process, 1}, many = {&process, FLOW_RUNS};
    heading("an order of 5,000 servers through six stages");
    struct timing t = measure(run_flow, &one);
    show("one draw an order, 24x7", t, 1, "runs/s");
    say_limit(t.median <= FLOW_LIMIT, "limit 5 ms");
    for (int i = 0; i < FLOW_STAGES; i++)
        stages[i].calendar = calendar_by_name(&arena, STR("8x5"));
    show("the same on 8x5", measure(run_flow, &one), 1, "runs/s");
    process = make_process(stages, DRAW_PIECE, SHAPE_TRIANGULAR);
    t = measure(run_flow, &one);
    show("every piece drawn, triangular", t, 1, "runs/s");
    say_limit(t.median <= FLOW_LIMIT, "limit 5 ms");
    process = make_process(stages, DRAW_PIECE, SHAPE_LOGNORMAL);
    t = measure(run_flow, &one);
    show("every piece drawn, lognormal", t, 1, "runs/s");
    say_limit(t.median <= FLOW_LIMIT, "limit 5 ms");
    stages[4].crew = stages[1].crew;
    stages[4].workers = stages[1].workers;
    t = measure(run_flow, &one);
    show("the same, and a crew that comes back", t, 1, "runs/s");
    say_limit(t.median <= FLOW_LIMIT, "limit 5 ms");
    process = make_process(stages, DRAW_ORDER, SHAPE_TRIANGULAR);
    t = measure(run_flow, &many);
    show("10,000 runs, one draw an order", t, FLOW_RUNS, "runs/s");
    say_limit(t.median <= SAMPLE_LIMIT, "limit 2 s");
    many.n = 100;
    process = make_process(stages, DRAW_PIECE, SHAPE_LOGNORMAL);
    show("100 runs, every piece drawn, lognormal", measure(run_flow, &many), 100, "runs/s");
    arena_free(&arena);
}

int main(void)
{
    const char *parent = getenv("TMPDIR");
    char folder[1000];
    snprintf(folder, sizeof folder, "%s/rackrate-bench-XXXXXX", parent == NULL ? "/tmp" : parent);
    if (mkdtemp(folder) == NULL) {
        perror(folder);
        return 4;
    }
    bench_flow();
    bench_reading(26304, HOUR_SECONDS);
    bench_reading(315648, 300);
    bench_reading(3000000, 60);
    bench_fit(26304, 1);
    bench_fit(315648, 12);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        bench_size(str_of(folder), &sizes[i], false);
        bench_size(str_of(folder), &sizes[i], true);
    }
    nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    return 0;
}
