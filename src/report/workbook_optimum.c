/* Each optimal strategy: what its plan costs, what proves that no plan costs less, and what it does with each
 * offer. Where rows would be too many, those of a day, week or month of 30 days are one. */
#include <math.h>

#include "base/arena.h"
#include "model/certificate.h"
#include "model/optimum.h"
#include "report/optimum_facts.h"
#include "report/workbook.h"

/* A formula takes texts of 255 characters, and a cell remembers 200. */
enum {
    MOST_ROWS = 2000,
    MOST_PRINTED = 60, /* rows of proofs */
    N_COLUMNS = 9,
    N_SUM_ROWS = 8,
    N_CHART_ROWS = 21,
    LONGEST_STATEMENT = 190
};

struct block {
    struct workbook *w;
    struct sheet *sheet;
    const struct strategy_result *s;
    const struct optimum *optimum;
    const struct certificate *c;
    const int128 *lease_limits; /* [n_steps] what limits of leases take off the bound */
    int network_row;            /* where the cost of the plan stands */
    int n_checks, n_hold;       /* of the sums */
    struct range leases, months, bound;
    int sums, proof, proof_note, last_column;
    int row;
};

static double amount(const struct block *b, int128 parts)
{
    return (double)parts / ((double)b->c->parts * MONEY_PER_UNIT);
}

/* What is left of the difference of sums: beyond, spreadsheets disagree. */
static double four_places(double value)
{
    return round(value * 1e4) / 1e4;
}

static void put_time(const struct block *b, int row, int column, int32_t step)
{
    int64_t at = b->c->start_seconds + step * b->c->step_seconds;
    sheet_text(b->sheet, row, column, SHOW_TEXT | LOOK_CELL, time_text(b->w->arena, at));
}

static void put_heading(struct block *b, const char *heading, const struct column *columns, int n)
{
    sheet_label(b->sheet, b->row + 1, 0, SHOW_TEXT | LOOK_HEADING, heading);
    sheet_header(b->sheet, b->row + 2, columns, n, b->w->study->currency);
    b->row += 3;
}

/* The sum of a column, and where it stands. */
static struct range put_total(struct block *b, int first, int column)
{
    struct range cells = range_down(b->sheet, column, first, b->row - 1);
    if (b->row == first)
        sheet_number(b->sheet, b->row, column, SHOW_CENTS | LOOK_TOTAL, 0);
    else
        sheet_formula(b->sheet, b->row, column, SHOW_CENTS | LOOK_TOTAL, range_sum(cells), "=SUM(%s)",
                      name_of(cells).text);
    sheet_label(b->sheet, b->row, 0, SHOW_TEXT | LOOK_TOTAL, "Total");
    sheet_blank(b->sheet, b->row, 1, column - 1, SHOW_TEXT | LOOK_TOTAL);
    return range_cell(b->sheet, b->row, column);
}

/* ---- the proof ---- */

/* Steps to a row: 0 as long as the hour price is the same, otherwise so many. */
static int32_t steps_a_row(const struct certificate *c)
{
    static const int64_t days[] = {1, 7, 30, 365};
    int32_t n_runs = 1, steps = 0;
    for (int32_t t = 1; t < c->n_steps; t++)
        n_runs += c->hour_price[t] != c->hour_price[t - 1];
    if (n_runs <= MOST_ROWS)
        return 0;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        steps = (int32_t)(days[i] * DAY_SECONDS / c->step_seconds);
        if (c->n_steps / steps < MOST_ROWS)
            break;
    }
    return steps;
}

static bool goes_on(const struct certificate *c, int32_t first, int32_t t, int32_t steps)
{
    return steps > 0 ? t - first < steps : c->hour_price[t] == c->hour_price[first];
}

static void put_run(struct block *b, int32_t first, int32_t end, bool merged)
{
    const struct certificate *c = b->c;
    int128 need = 0, worth = 0, limits = 0;
    for (int32_t t = first; t < end; t++) {
        need += c->need[t];
        worth += (int128)c->need[t] * c->hour_price[t];
        limits += optimum_limit_term(c, t) + b->lease_limits[t];
    }
    double value = amount(b, worth), mean = need == 0 ? 0 : value / (double)need;
    double price = merged ? mean : amount(b, c->hour_price[first]);
    struct sheet *sheet = b->sheet;
    int row = b->row++;
    put_time(b, row, 0, first);
    put_time(b, row, 1, end);
    sheet_number(sheet, row, 2, SHOW_COUNT | LOOK_SIMULATED, end - first);
    sheet_number(sheet, row, 3, SHOW_COUNT | LOOK_SIMULATED, (double)need);
    struct cell_name needed = name_here(row, 3);
    if (merged) {
        sheet_formula(sheet, row, 4, SHOW_UNIT_PRICE | LOOK_CELL, mean, "=IF(%s=0,0,%s/%s)", needed.text,
                      name_here(row, 5).text, needed.text);
        sheet_number(sheet, row, 5, SHOW_CENTS | LOOK_SIMULATED, value);
    } else {
        sheet_number(sheet, row, 4, SHOW_UNIT_PRICE | LOOK_SIMULATED, price);
        sheet_formula(sheet, row, 5, SHOW_CENTS | LOOK_CELL, (double)need * price, "=%s*%s", needed.text,
                      name_here(row, 4).text);
    }
    sheet_number(sheet, row, 6, SHOW_CENTS | LOOK_SIMULATED, amount(b, limits));
    sheet_formula(sheet, row, 7, SHOW_CENTS | LOOK_CELL, sheet_value(sheet, row, 5) + amount(b, limits),
                  "=%s+%s", name_here(row, 5).text, name_here(row, 6).text);
}

static struct range put_proof(struct block *b)
{
    static const struct column columns[] = {{"From", 0, true, false},
                                            {"To", 0, true, false},
                                            {"Steps", 0, true, false},
                                            {"Need (server-steps)", 0, true, false},
                                            {"Price of one more", 0, true, true},
                                            {"Worth: need x price", 0, false, true},
                                            {"What limits change", 0, true, true},
                                            {"Bound", 0, false, true}};
    int32_t steps = steps_a_row(b->c), first = 0;
    put_heading(b,
                steps > 0
                    ? "The proof, merged by time (worth is the exact sum over the steps; price is its mean)"
                    : "The proof: a price for every step, no lease being worth more than it costs",
                columns, 8);
    int top = b->row;
    for (int32_t t = 1; t <= b->c->n_steps; t++)
        if (t == b->c->n_steps || !goes_on(b->c, first, t, steps)) {
            put_run(b, first, t, steps > 0);
            first = t;
        }
    struct range total = put_total(b, top, 7);
    b->row += 2;
    return total;
}

/* ---- the plan ---- */

static size_t n_lease_rows(const struct certificate *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_items; i++)
        n += c->items[i].chosen > 0;
    return n;
}

static bool is_same_lease(const struct lease_run *a, const struct lease_run *b)
{
    return a->chosen > 0 && str_equal(a->offer, b->offer) && a->n_terms == b->n_terms;
}

/* Leases from items[i] on as one row; returns the item behind. All of an offer where they are too many. */
static size_t put_lease(struct block *b, size_t i, bool merged)
{
    const struct lease_run *first = &b->c->items[i];
    int128 servers = 0, cost = 0;
    size_t behind = i;
    for (; behind < b->c->n_items && (behind == i || merged); behind++) {
        const struct lease_run *run = &b->c->items[behind];
        int128 n = (int128)run->chosen * (run->last - run->first + 1);
        if (run->chosen > 0 && !is_same_lease(run, first))
            break;
        servers += n;
        cost += n * run->cost;
    }
    int row = b->row++;
    sheet_text(b->sheet, row, 0, SHOW_WRAP | LOOK_CELL, first->offer);
    put_time(b, row, 1, first->first);
    sheet_number(b->sheet, row, 2, SHOW_COUNT | LOOK_SIMULATED, first->n_terms);
    sheet_number(b->sheet, row, 3, SHOW_COUNT | LOOK_SIMULATED, (double)servers);
    double each = merged ? amount(b, cost) / (double)servers : amount(b, first->cost);
    sheet_number(b->sheet, row, 4, SHOW_UNIT_PRICE | LOOK_SIMULATED, each);
    sheet_formula(b->sheet, row, 5, SHOW_CENTS | LOOK_CELL, (double)servers * each, "=%s*%s",
                  name_here(row, 3).text, name_here(row, 4).text);
    return behind;
}

static struct range put_leases(struct block *b)
{
    static const struct column columns[] = {
        {"Offer", 0, true, false},       {"First start", 0, true, false},
        {"Terms", 0, true, false},       {"Leases of one reference server", 0, true, false},
        {"Cost of each", 0, true, true}, {"Cost", 0, false, true}};
    bool merged = n_lease_rows(b->c) > MOST_ROWS;
    put_heading(b, merged ? "The leases chosen, merged by offer at their mean cost" : "The leases chosen",
                columns, 6);
    int top = b->row;
    for (size_t i = 0; i < b->c->n_items;)
        i = b->c->items[i].chosen > 0 ? put_lease(b, i, merged) : i + 1;
    struct range total = put_total(b, top, 5);
    b->row += 2;
    return total;
}

/* A month's servers on demand and missing: quantities, and what they cost in sum. */
static void put_month(struct block *b, int32_t first, int32_t end)
{
    const struct certificate *c = b->c;
    int128 used = 0, paid = 0, missing = 0, lost = 0;
    for (int32_t t = first; t < end; t++) {
        used += c->on_demand[t];
        paid += c->on_demand[t] > 0 ? (int128)c->on_demand[t] * c->on_demand_price[t] : 0;
        missing += c->missing[t];
        lost += (int128)c->missing[t] * c->short_price[t] - optimum_first_saves(c, t);
    }
    int row = b->row++;
    put_time(b, row, 0, first);
    put_time(b, row, 1, end);
    sheet_number(b->sheet, row, 2, SHOW_COUNT | LOOK_SIMULATED, (double)used);
    sheet_number(b->sheet, row, 3, SHOW_COUNT | LOOK_SIMULATED, (double)missing);
    sheet_number(b->sheet, row, 4, SHOW_CENTS | LOOK_SIMULATED, amount(b, paid));
    sheet_number(b->sheet, row, 5, SHOW_CENTS | LOOK_SIMULATED, amount(b, lost));
    sheet_formula(b->sheet, row, 6, SHOW_CENTS | LOOK_CELL, amount(b, paid) + amount(b, lost), "=%s+%s",
                  name_here(row, 4).text, name_here(row, 5).text);
}

static struct range put_months(struct block *b)
{
    static const struct column columns[] = {{"From", 0, true, false},
                                            {"To", 0, true, false},
                                            {"On demand (server-steps)", 0, true, false},
                                            {"Missing (server-steps)", 0, true, false},
                                            {"On demand", 0, true, true},
                                            {"Missing", 0, true, true},
                                            {"Cost", 0, false, true}};
    const struct certificate *c = b->c;
    put_heading(b, "What is not leased, by month", columns, 7);
    int top = b->row;
    int32_t first = 0;
    for (int32_t t = 1; t <= c->n_steps; t++)
        if (t == c->n_steps || month_start(c->start_seconds + t * c->step_seconds) !=
                                   month_start(c->start_seconds + first * c->step_seconds)) {
            put_month(b, first, t);
            first = t;
        }
    struct range total = put_total(b, top, 6);
    b->row += 2;
    return total;
}

/* ---- the offers ---- */

static void put_offer(struct block *b, const struct optimum_offer *offer)
{
    struct sheet *sheet = b->sheet;
    int row = b->row++;
    double cost = money_as_double(b->optimum->network_cost),
           without = money_as_double(offer->network_cost_without);
    double hours = (double)offer->server_steps * (double)b->c->step_seconds / HOUR_SECONDS;
    sheet_text(sheet, row, 0, SHOW_WRAP | LOOK_CELL, b->w->study->offers[offer->offer].id);
    if (offer->first_step >= 0)
        put_time(b, row, 1, offer->first_step);
    else
        sheet_label(sheet, row, 1, SHOW_TEXT | LOOK_CELL, "never");
    sheet_number(sheet, row, 2, SHOW_COUNT | LOOK_SIMULATED, (double)offer->leases);
    sheet_number(sheet, row, 3, SHOW_COUNT | LOOK_SIMULATED, (double)offer->most);
    sheet_number(sheet, row, 4, SHOW_COUNT | LOOK_SIMULATED, hours);
    if (offer->has_break_even)
        sheet_number(sheet, row, 5, SHOW_PERCENT | LOOK_SIMULATED, offer->break_even);
    else
        sheet_label(sheet, row, 5, SHOW_TEXT | LOOK_CELL, "");
    if (!offer->is_dispensable) {
        sheet_label(sheet, row, 6, SHOW_TEXT | LOOK_CELL, "indispensable");
        return;
    }
    sheet_number(sheet, row, 6, SHOW_CENTS | LOOK_SIMULATED, without);
    sheet_formula(sheet, row, 7, SHOW_CENTS | LOOK_CELL, four_places(without - cost), "=ROUND(%s-%s,4)",
                  name_here(row, 6).text, name_column(b->network_row, 1).text);
}

static void put_offers(struct block *b)
{
    static const struct column columns[] = {
        {"Offer", 0, true, false},          {"First used", 0, true, false},
        {"Leases begun", 0, true, false},   {"Most reference servers", 0, true, false},
        {"Server-hours", 0, true, false},   {"Break-even use", 0, true, false},
        {"Plan without it", 0, true, true}, {"Dearer by", 0, false, true}};
    const struct optimum_steps *steps = &b->optimum->steps;
    put_heading(b, "What the plan does with each offer", columns, 8);
    for (size_t i = 0; i < b->optimum->n_offers; i++)
        put_offer(b, &b->optimum->offers[i]);
    sheet_format(
        b->sheet, b->row++, 0, SHOW_TEXT | LOOK_NOTE,
        "One server more costs nothing in %d steps, less than on demand in %d, the on-demand price in %d, "
        "more in %d.",
        (int)steps->nothing, (int)steps->less_than_on_demand, (int)steps->on_demand, (int)steps->more);
}

/* ---- the sums ---- */

/* Ends a row whose second cell is `value`: what it was at the run, and whether it still is. */
static void put_result(struct block *b, double value, double at_run)
{
    int row = b->row++;
    double tolerance = 0.01 + 1e-11 * fabs(at_run);
    sheet_number(b->sheet, row, 2, SHOW_CENTS | LOOK_AT_RUN, at_run);
    struct cell_name left = name_here(row, 1), right = name_here(row, 2);
    bool holds = fabs(value - at_run) <= tolerance;
    b->n_checks++;
    b->n_hold += holds;
    sheet_text_formula(b->sheet, row, 3, SHOW_STATUS | LOOK_CELL, holds ? "OK" : "ERROR",
                       "=IF(ABS(%s-%s)<=0.01+1E-11*ABS(%s),\"OK\",\"ERROR\")", left.text, right.text,
                       right.text);
    sheet_colour_words(range_cell(b->sheet, row, 3));
}

/* A row "what, by formula, rackrate, difference, result"; returns the cell of the formula. */
static struct range put_sum(struct block *b, const char *what, double value, const char *formula,
                            double at_run)
{
    int row = b->row;
    sheet_label(b->sheet, row, 0, SHOW_WRAP | LOOK_CELL, what);
    sheet_formula(b->sheet, row, 1, SHOW_CENTS | LOOK_CELL, value, "=%s", formula);
    put_result(b, value, at_run);
    return range_cell(b->sheet, row, 1);
}

/* Of every server in use whatever it is, less penalties for what nothing can serve. */
static double outside(const struct block *b)
{
    const struct optimum *o = b->optimum;
    int128 parts = o->usage;
    if (o->short_is_penalty && o->n_steps > 0)
        parts -= o->missing_steps * o->short_price[0];
    return amount(b, parts);
}

static void put_sums(struct block *b, struct range leases, struct range months, struct range bound)
{
    static const struct column columns[] = {{"Sums", 0, false, false},
                                            {"By formula", 0, false, true},
                                            {"rackrate", 0, true, true},
                                            {"Result", 0, false, false}};
    struct arena *arena = b->w->arena;
    const struct optimum *o = b->optimum;
    double both = outside(b), plan = range_sum(leases) + range_sum(months), least = range_sum(bound);
    double simulated = money_as_double(o->simulated_cost), floor_cost = least + both;
    sheet_header(b->sheet, b->row++, columns, 4, b->w->study->currency);
    const char *added = str_format(arena, "%s+%s", name_of(leases).text, name_of(months).text).at;
    struct range cost =
        put_sum(b, "Plan: leases and what is not leased", plan, added, amount(b, b->c->plan_cost));
    put_sum(b, "Bound of any plan: must be the same", least, name_of(bound).text, plan);
    sheet_label(b->sheet, b->row, 0, SHOW_WRAP | LOOK_CELL,
                "Running any server at all, less penalties and what metered prices give for nothing");
    sheet_number(b->sheet, b->row, 1, SHOW_CENTS | LOOK_SIMULATED, both);
    const char *usage = str_format(arena, "%s", name_of(range_cell(b->sheet, b->row++, 1)).text).at;
    const char *network = str_format(arena, "%s+%s", name_of(cost).text, usage).at;
    const char *lowest = str_format(arena, "%s+%s", name_of(bound).text, usage).at;
    put_sum(b, "Plan by the network", plan + both, network, money_as_double(o->network_cost));
    struct range lower = put_sum(b, "Lower bound", floor_cost, lowest, money_as_double(o->lower_bound));
    sheet_label(b->sheet, b->row, 0, SHOW_WRAP | LOOK_CELL, "Simulated and billed");
    sheet_number(b->sheet, b->row, 1, SHOW_CENTS | LOOK_SIMULATED, simulated);
    put_result(b, simulated, simulated);
    sheet_label(b->sheet, b->row, 0, SHOW_WRAP | LOOK_CELL, "Gap, and as a share of the bound");
    struct cell_name billed = name_here(b->row - 1, 1);
    double gap = four_places(simulated - floor_cost);
    sheet_formula(b->sheet, b->row, 1, SHOW_CENTS | LOOK_CELL, gap, "=ROUND(%s-%s,4)", billed.text,
                  name_of(lower).text);
    sheet_formula(b->sheet, b->row, 2, SHOW_PERCENT | LOOK_CELL, floor_cost == 0 ? 0 : gap / floor_cost,
                  "=IF(%s=0,0,%s/%s)", name_of(lower).text, name_here(b->row, 1).text, name_of(lower).text);
    b->row++;
}

/* ---- what is said of it ---- */

static struct str said_of(const struct block *b)
{
    struct arena *arena = b->w->arena;
    const struct optimum *o = b->optimum;
    if (!o->proved)
        return str_format(arena, "Not proved: %.*s.", STR_ARGS(optimum_statement(arena, b->w->study, o)));
    return str_format(arena, "Proved: its servers cost %.*s %.*s, and no plan of these offers%s costs less.",
                      STR_ARGS(b->w->study->currency), STR_ARGS(money_pretty(arena, o->simulated_cost, 0)),
                      o->short_is_penalty ? " that loses as little load" : "");
}

/* Within a formula, where a quote is doubled. */
static const char *quoted(struct arena *arena, struct str text)
{
    char *copy = ARENA_NEW(arena, char, 2 * text.length + 1);
    for (size_t i = 0, n = 0; i < text.length; i++) {
        copy[n++] = text.at[i];
        if (text.at[i] == '"')
            copy[n++] = '"';
    }
    return copy;
}

/* What holds as long as prices and sheet are those of the run, and what to think where they are not. */
static void put_statement(struct block *b, int row, int sums)
{
    static const char wrong[] = "ERROR: not proved by this sheet: its sums are not those of the run.";
    struct arena *arena = b->w->arena;
    const char *said = cell_text(arena, said_of(b), LONGEST_STATEMENT);
    struct range results = range_down(b->sheet, 3, sums + 1, sums + N_SUM_ROWS - 2);
    sheet_across_formula(b->sheet, row, 0, N_COLUMNS - 1, SHOW_WRAP | LOOK_HEADLINE,
                         b->n_hold == b->n_checks ? said : wrong,
                         "=IF(%s>0,\"Not proved for the prices now in the workbook: the leases were chosen "
                         "for those of the run. Rerun "
                         "rackrate to choose anew.\",IF(COUNTIF(%s,\"OK\")=%d,\"%s\",\"%s\"))",
                         name_of(workbook_changed(b->w)).text, name_of(results).text, b->n_checks,
                         quoted(arena, str_of(said)), wrong);
    sheet_colour_words((struct range){b->sheet, row, 0, row, N_COLUMNS - 1});
}

/* Everything but the proof, which stands below all plans, and the sums, which stand above what they are of.
 */
static void put_plan(struct block *b)
{
    size_t strategy = (size_t)(b->s - b->w->result->strategies);
    sheet_text(b->sheet, b->row, 0, SHOW_TEXT | LOOK_HEADING, b->s->strategy->name);
    b->sums = b->row + 2;
    b->w->places[strategy].optimum = b->sums + 1;
    b->network_row = b->sums + 4;
    b->row = b->sums + N_SUM_ROWS;
    put_offers(b);
    int chart = b->row + 1;
    b->row = chart + N_CHART_ROWS;
    b->leases = put_leases(b);
    b->months = put_months(b);
    struct range layers = workbook_put_layers(b->w, b->sheet, b->s, b->row + 1, chart, N_CHART_ROWS);
    b->last_column = layers.last_column;
    b->proof_note = layers.last_row + 2;
    b->row = b->proof_note + 2;
}

static void put_proof_and_sums(struct block *b)
{
    b->proof = b->row;
    sheet_text(b->sheet, b->proof, 0, SHOW_TEXT | LOOK_HEADING, b->s->strategy->name);
    b->bound = put_proof(b);
    int behind = b->row;
    b->row = b->sums;
    put_sums(b, b->leases, b->months, b->bound);
    put_statement(b, b->sums - 1, b->sums);
    b->row = behind + 1;
}

/* All plans, and below them what proves each. Proofs of more rows than somebody reads are not printed. */
static void put_plans(struct workbook *w, struct block *blocks, size_t n)
{
    int row = FIRST_ROW, last_column = N_COLUMNS - 1;
    for (size_t i = 0; i < n; i++) {
        blocks[i].row = row;
        put_plan(&blocks[i]);
        row = blocks[i].row;
        last_column = blocks[i].last_column > last_column ? blocks[i].last_column : last_column;
    }
    int proofs = row;
    for (size_t i = 0; i < n; i++) {
        blocks[i].row = row;
        put_proof_and_sums(&blocks[i]);
        row = blocks[i].row;
    }
    bool printed = row - proofs <= MOST_PRINTED;
    for (size_t i = 0; i < n; i++)
        sheet_format(w->sheet, blocks[i].proof_note, 0, SHOW_TEXT | LOOK_NOTE,
                     "The proof, a price for every step, stands in rows %d to %d of this sheet%s.",
                     blocks[i].proof + 1, blocks[i].bound.row + 1, printed ? "" : " and is not printed");
    workbook_start_sheet(
        w, w->sheet, "Optimum", "",
        (struct page){.repeat_row = -1, .last_row = printed ? row : proofs - 1, .last_column = last_column});
}

bool workbook_has_optimum(const struct workbook *w)
{
    return optimum_is_there(w->result);
}

void workbook_write_optimum(struct workbook *w)
{
    struct block *blocks = ARENA_NEW(w->arena, struct block, w->result->n_strategies);
    size_t n = 0;
    sheet_width(w->sheet, 0, 0, 42);
    sheet_width(w->sheet, 1, N_COLUMNS - 1, 21);
    for (size_t i = 0; i < w->result->n_strategies; i++) {
        const struct strategy_result *s = &w->result->strategies[i];
        if (s->plan.optimum == NULL)
            continue;
        const struct certificate *c = s->plan.optimum->certificate;
        blocks[n++] = (struct block){.w = w,
                                     .sheet = w->sheet,
                                     .s = s,
                                     .optimum = s->plan.optimum,
                                     .c = c,
                                     .lease_limits = certificate_lease_limits(w->arena, c)};
    }
    put_plans(w, blocks, n);
    sheet_across(w->sheet, NOTE_ROW, 0, N_COLUMNS - 2, SHOW_WRAP | LOOK_NOTE, str_of(optimum_hindsight));
    workbook_write_decided(w, w->sheet, N_COLUMNS - 1, "The leases chosen");
}
