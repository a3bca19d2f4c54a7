#include "input/certificate.h"

#include <string.h>

#include "base/arena.h"
#include "base/output.h"
#include "input/csv.h"
#include "unit/calendar.h"

enum { MOST_STEPS = 1 << 26, MOST_CELLS = 13, LEAST_ROW_BYTES = 24 };

enum sums_column { SUMS_STRATEGY, SUMS_STEPS, SUMS_STEP_SECONDS, SUMS_COST, SUMS_BOUND, N_SUMS = 11 };
static const struct csv_column sums_columns[N_SUMS] = {
    {"strategy", true, ""},      {"steps", true, ""},        {"step_seconds", true, ""},
    {"plan_cost", true, ""},     {"plan_bound", true, ""},   {"usage_cost", false, ""},
    {"network_cost", false, ""}, {"lower_bound", false, ""}, {"simulated_cost", false, ""},
    {"gap", false, ""},          {"proved", false, ""},
};

enum step_column {
    STEP_STRATEGY,
    STEP_STEP,
    STEP_NEED,
    STEP_ON_DEMAND,
    STEP_MISSING,
    STEP_PRICE,
    STEP_LIMIT,
    STEP_FIRST,
    STEP_SHORT,
    STEP_RUNNING,
    STEP_Y,
    N_STEP = 13
};
static const struct csv_column step_columns[N_STEP] = {
    {"strategy", true, ""},
    {"step", true, ""},
    {"need", true, ""},
    {"on_demand", true, ""},
    {"missing", true, ""},
    {"on_demand_price", true, ""},
    {"on_demand_limit", true, ""},
    {"short_first", true, ""},
    {"short_price", true, ""},
    {"running_limit", true, ""},
    {"y", true, ""},
    {"from", false, ""},
    {"pi", false, ""},
};

enum lease_column {
    LEASE_STRATEGY,
    LEASE_OFFER,
    LEASE_TERMS,
    LEASE_FIRST,
    LEASE_LAST,
    LEASE_STEPS,
    LEASE_COST,
    LEASE_CHOSEN,
    LEASE_LIMIT,
    N_LEASE
};
static const struct csv_column lease_columns[N_LEASE] = {
    {"strategy", true, ""},    {"offer", true, ""},      {"terms", true, ""},
    {"first_start", true, ""}, {"last_start", true, ""}, {"steps", true, ""},
    {"cost", true, ""},        {"chosen", true, ""},     {"limit", false, ""},
};

struct table {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct csv_reader *csv;
    struct csv_row row;
    const struct csv_column *columns;
    int positions[MOST_CELLS];
    struct certificate_list *list;
    struct certificate *current; /* of the row before */
    int32_t *n_read;             /* [list->n_items] steps of each certificate */
    int64_t most_steps;          /* that certificate.csv may still hold */
};

static bool wrong(struct table *t, int column, const char *what)
{
    return diagnose_error(t->diagnostics, csv_place(t->csv, t->positions[column]), NULL, "%s: `%.*s` %s",
                          t->columns[column].name, STR_ARGS(csv_field(&t->row, t->positions[column])), what);
}

/* [-]digits[.digits] with just so many places. */
static bool parse_amount(struct str text, int places, int128 *amount)
{
    bool negative = text.length > 0 && text.at[0] == '-';
    int seen = -1; /* places so far; -1 before the point */
    *amount = 0;
    if (text.length < (negative ? 2u : 1u) || text.length > 36)
        return false;
    for (size_t i = negative; i < text.length; i++) {
        if (text.at[i] == '.' && seen < 0 && i > negative) {
            seen = 0;
            continue;
        }
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        *amount = *amount * 10 + (text.at[i] - '0');
        seen += seen >= 0;
    }
    if (negative)
        *amount = -*amount;
    return places == 0 ? seen < 0 : seen == places;
}

static bool read_whole(struct table *t, int column, int64_t most, int64_t *value)
{
    int128 number;
    if (!parse_amount(csv_field(&t->row, t->positions[column]), 0, &number) || number < 0 || number > most)
        return wrong(t, column, "is no whole number, or too large");
    *value = (int64_t)number;
    return true;
}

static bool read_step(struct table *t, int column, int32_t most, int32_t *value)
{
    int64_t number;
    if (!read_whole(t, column, most, &number))
        return false;
    *value = (int32_t)number;
    return true;
}

static int places_of(const struct certificate *c)
{
    return c->parts == 1 ? 6 : 9;
}

static bool read_price(struct table *t, int column, int64_t *value)
{
    int128 number;
    struct str text = csv_field(&t->row, t->positions[column]);
    if (!parse_amount(text, places_of(t->current), &number) || number >= INT64_MAX || number <= INT64_MIN)
        return wrong(t, column, "is no amount with all its digits");
    *value = (int64_t)number;
    return true;
}

/* Empty: not to be had, or no limit. */
static bool is_none(const struct table *t, int column, int64_t *value)
{
    *value = CERTIFICATE_NONE;
    return csv_field(&t->row, t->positions[column]).length == 0;
}

static void allocate(struct arena *arena, struct certificate *c)
{
    int64_t **arrays[] = {&c->need,        &c->on_demand,       &c->missing,       &c->on_demand_price,
                          &c->short_price, &c->on_demand_limit, &c->running_limit, &c->hour_price,
                          &c->short_first};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++)
        *arrays[i] = ARENA_NEW(arena, int64_t, c->n_steps);
}

static struct certificate *find(const struct certificate_list *list, struct str strategy)
{
    for (size_t i = 0; i < list->n_items; i++)
        if (str_equal(list->items[i].strategy, strategy))
            return &list->items[i];
    return NULL;
}

/* 6 places say millionths, 9 say thousandths of them. */
static bool read_sums_row(struct table *t)
{
    struct certificate c = {.parts = 1};
    struct str cost = csv_field(&t->row, t->positions[SUMS_COST]);
    if (!parse_amount(cost, places_of(&c), &c.plan_cost))
        c.parts = 1000;
    if (!parse_amount(cost, places_of(&c), &c.plan_cost))
        return wrong(t, SUMS_COST, "is no amount with six or nine places");
    if (!parse_amount(csv_field(&t->row, t->positions[SUMS_BOUND]), places_of(&c), &c.lower_bound))
        return wrong(t, SUMS_BOUND, "has not as many places as the cost");
    if (!read_step(t, SUMS_STEPS, MOST_STEPS, &c.n_steps) ||
        !read_whole(t, SUMS_STEP_SECONDS, DAY_SECONDS, &c.step_seconds))
        return false;
    if (c.n_steps == 0 || c.n_steps > t->most_steps) /* no memory for what cannot be there */
        return wrong(t, SUMS_STEPS, "is not the number of rows in certificate.csv");
    t->most_steps -= c.n_steps;
    c.strategy = csv_field(&t->row, t->positions[SUMS_STRATEGY]);
    if (find(t->list, c.strategy) != NULL)
        return wrong(t, SUMS_STRATEGY, "is there twice");
    c.strategy = str_copy(t->arena, c.strategy);
    allocate(t->arena, &c);
    *ARENA_APPEND(t->arena, t->list) = c;
    return true;
}

/* The certificate that a row belongs to: mostly that of the row before. */
static bool turn_to_strategy(struct table *t, int column)
{
    struct str name = csv_field(&t->row, t->positions[column]);
    if (t->current != NULL && str_equal(t->current->strategy, name))
        return true;
    t->current = find(t->list, name);
    return t->current != NULL || wrong(t, column, "is not in optimum.csv");
}

static bool read_step_row(struct table *t)
{
    int32_t step;
    if (!turn_to_strategy(t, STEP_STRATEGY))
        return false;
    struct certificate *c = t->current;
    if (!read_step(t, STEP_STEP, c->n_steps - 1, &step))
        return false;
    if (step != t->n_read[c - t->list->items]++)
        return wrong(t, STEP_STEP, "does not follow the step before");
    bool good = read_whole(t, STEP_NEED, INT64_MAX, &c->need[step]);
    good &= read_whole(t, STEP_ON_DEMAND, INT64_MAX, &c->on_demand[step]);
    good &= read_whole(t, STEP_MISSING, INT64_MAX, &c->missing[step]);
    good &= is_none(t, STEP_PRICE, &c->on_demand_price[step]) ||
            read_price(t, STEP_PRICE, &c->on_demand_price[step]);
    good &= is_none(t, STEP_LIMIT, &c->on_demand_limit[step]) ||
            read_whole(t, STEP_LIMIT, INT64_MAX, &c->on_demand_limit[step]);
    good &= is_none(t, STEP_FIRST, &c->short_first[step]) || read_price(t, STEP_FIRST, &c->short_first[step]);
    good &= read_price(t, STEP_SHORT, &c->short_price[step]);
    good &= is_none(t, STEP_RUNNING, &c->running_limit[step]) ||
            read_whole(t, STEP_RUNNING, INT64_MAX, &c->running_limit[step]);
    return read_price(t, STEP_Y, &c->hour_price[step]) && good;
}

static bool read_lease_row(struct table *t)
{
    struct lease_run run = {0};
    if (!turn_to_strategy(t, LEASE_STRATEGY))
        return false;
    int32_t last = t->current->n_steps - 1;
    bool good = read_step(t, LEASE_TERMS, INT32_MAX, &run.n_terms);
    good &= read_step(t, LEASE_FIRST, last, &run.first);
    good &= read_step(t, LEASE_LAST, last, &run.last);
    good &= read_step(t, LEASE_STEPS, INT32_MAX, &run.steps);
    good &= read_price(t, LEASE_COST, &run.cost);
    good &= read_whole(t, LEASE_CHOSEN, INT64_MAX, &run.chosen);
    good &= is_none(t, LEASE_LIMIT, &run.limit) || read_whole(t, LEASE_LIMIT, INT64_MAX, &run.limit);
    struct str offer = csv_field(&t->row, t->positions[LEASE_OFFER]);
    bool same = t->current->n_items > 0 && str_equal(offer, t->current->items[t->current->n_items - 1].offer);
    run.offer = same ? t->current->items[t->current->n_items - 1].offer : str_copy(t->arena, offer);
    if (good)
        *ARENA_APPEND(t->arena, t->current) = run;
    return good;
}

/* A file that was cut off proves nothing. */
static bool steps_are_all_there(const struct table *t, struct str file)
{
    bool all = true;
    for (size_t i = 0; i < t->list->n_items; i++)
        if (t->n_read[i] != t->list->items[i].n_steps)
            all = diagnose_error(
                t->diagnostics, (struct place){.file = file}, NULL, "strategy `%.*s` has %d of its %d steps",
                STR_ARGS(t->list->items[i].strategy), (int)t->n_read[i], (int)t->list->items[i].n_steps);
    return all;
}

static bool read_table(struct table *t, struct str file, struct str content, int n_columns,
                       bool (*read_row)(struct table *))
{
    size_t n_before = t->diagnostics->n_errors;
    t->csv = csv_open(t->arena, file, content, t->diagnostics);
    bool good = csv_bind(t->csv, t->columns, n_columns, t->positions);
    while (good && csv_next(t->csv, &t->row))
        if (csv_check_width(t->csv, &t->row))
            read_row(t);
    csv_close(t->csv);
    if (t->diagnostics->n_errors == n_before && read_row == read_step_row)
        steps_are_all_there(t, file);
    return t->diagnostics->n_errors == n_before;
}

bool certificates_read(struct arena *arena, const struct certificate_files *files,
                       struct certificate_list *list, struct diagnostics *diagnostics)
{
    const struct {
        const char *name;
        struct str content;
        const struct csv_column *columns;
        int n_columns;
        bool (*read_row)(struct table *);
    } tables[] = {{"optimum.csv", files->optimum, sums_columns, N_SUMS, read_sums_row},
                  {"certificate.csv", files->certificate, step_columns, N_STEP, read_step_row},
                  {"leases.csv", files->leases, lease_columns, N_LEASE, read_lease_row}};
    bool good = true;
    for (size_t i = 0; good && i < sizeof tables / sizeof tables[0]; i++) {
        struct table t = {.arena = arena,
                          .diagnostics = diagnostics,
                          .columns = tables[i].columns,
                          .list = list,
                          .n_read = ARENA_NEW(arena, int32_t, list->n_items),
                          .most_steps = (int64_t)(files->certificate.length / LEAST_ROW_BYTES)};
        good = read_table(&t, path_join(arena, files->folder, str_of(tables[i].name)), tables[i].content,
                          tables[i].n_columns, tables[i].read_row);
    }
    return good;
}
