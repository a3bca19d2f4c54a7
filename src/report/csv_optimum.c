/* leases.csv, certificate.csv, optimum.csv and regret.csv: the cheapest plans and what proves them. Amounts
 * are exact; so are sums over them. */
#include "base/arena.h"
#include "model/certificate.h"
#include "model/optimum.h"
#include "report/csv_out.h"
#include "report/report.h"

static void put_amount(struct csv_out *out, int128 amount, int64_t parts)
{
    csv_digits(out, amount, parts == 1 ? 6 : 9);
}

/* Empty: not to be had. */
static void put_price(struct csv_out *out, int64_t price, int64_t parts)
{
    if (price == CERTIFICATE_NONE)
        csv_plain(out, STR(""));
    else
        put_amount(out, price, parts);
}

/* Empty: no limit. */
static void put_limit(struct csv_out *out, const int64_t *limits, int32_t step)
{
    if (limits == NULL || limits[step] == CERTIFICATE_NONE)
        csv_plain(out, STR(""));
    else
        csv_integer(out, limits[step]);
}

static void write_leases_of(struct csv_out *out, const struct certificate *c)
{
    for (size_t i = 0; i < c->n_items; i++) {
        const struct lease_run *run = &c->items[i];
        csv_text(out, c->strategy);
        csv_text(out, run->offer);
        csv_integer(out, run->n_terms);
        csv_integer(out, run->first);
        csv_integer(out, run->last);
        csv_integer(out, run->steps);
        put_amount(out, run->cost, c->parts);
        csv_integer(out, run->chosen);
        put_limit(out, &run->limit, 0);
        csv_end_row(out);
    }
}

static void write_steps_of(struct csv_out *out, const struct certificate *c)
{
    int128 before = 0;
    for (int32_t t = 0; t < c->n_steps; t++) {
        csv_text(out, c->strategy);
        csv_integer(out, t);
        csv_time(out, c->start_seconds + t * c->step_seconds);
        csv_integer(out, c->need[t]);
        csv_integer(out, c->on_demand[t]);
        csv_integer(out, c->missing[t]);
        put_price(out, c->on_demand_price[t], c->parts);
        put_limit(out, c->on_demand_limit, t);
        put_price(out, c->short_first[t], c->parts);
        put_price(out, c->short_price[t], c->parts);
        put_limit(out, c->running_limit, t);
        put_amount(out, c->hour_price[t], c->parts);
        put_amount(out, before, c->parts);
        csv_end_row(out);
        before += c->hour_price[t];
    }
}

static void write_sums_of(struct csv_out *out, const struct optimum *optimum)
{
    const struct certificate *c = optimum->certificate;
    csv_text(out, c->strategy);
    csv_integer(out, c->n_steps);
    csv_integer(out, c->step_seconds);
    put_amount(out, c->plan_cost, c->parts);
    put_amount(out, c->lower_bound, c->parts);
    put_amount(out, optimum->usage, c->parts);
    csv_money(out, optimum->network_cost);
    csv_money(out, optimum->lower_bound);
    csv_money(out, optimum->simulated_cost);
    csv_money(out, optimum->gap);
    csv_plain(out, optimum->proved ? STR("yes") : STR("no"));
    csv_end_row(out);
}

static void write_regrets_of(const struct report *report, struct csv_out *out, size_t optimum)
{
    const struct result *result = report->result;
    for (size_t i = 0; i < result->n_regrets; i++) {
        const struct regret *regret = &result->regrets[i];
        if (regret->optimum != (int)optimum)
            continue;
        csv_text(out, result->strategies[regret->strategy].strategy->name);
        csv_text(out, result->strategies[regret->optimum].strategy->name);
        csv_money(out, regret->cost);
        csv_money(out, result->strategies[regret->optimum].plan.optimum->lower_bound);
        csv_money(out, regret->regret);
        if (regret->ratio > 0)
            csv_number(out, regret->ratio, 6);
        else
            csv_plain(out, STR(""));
        csv_end_row(out);
    }
}

enum table { TABLE_LEASES, TABLE_CERTIFICATE, TABLE_OPTIMUM, TABLE_REGRET, N_TABLES };

static const char *const lease_columns[] = {"strategy", "offer", "terms",  "first_start", "last_start",
                                            "steps",    "cost",  "chosen", "limit",       NULL};
static const char *const step_columns[] = {"strategy",
                                           "step",
                                           "from",
                                           "need",
                                           "on_demand",
                                           "missing",
                                           "on_demand_price",
                                           "on_demand_limit",
                                           "short_first",
                                           "short_price",
                                           "running_limit",
                                           "y",
                                           "pi",
                                           NULL};
static const char *const sum_columns[] = {"strategy",       "steps",      "step_seconds", "plan_cost",
                                          "plan_bound",     "usage_cost", "network_cost", "lower_bound",
                                          "simulated_cost", "gap",        "proved",       NULL};

static const char *const regret_columns[] = {"strategy", "optimum", "cost", "lower_bound",
                                             "regret",   "ratio",   NULL};

static const struct {
    const char *name;
    const char *const *columns;
} tables[N_TABLES] = {[TABLE_LEASES] = {"leases.csv", lease_columns},
                      [TABLE_CERTIFICATE] = {"certificate.csv", step_columns},
                      [TABLE_OPTIMUM] = {"optimum.csv", sum_columns},
                      [TABLE_REGRET] = {"regret.csv", regret_columns}};

static bool write_table(const struct report *report, enum table table)
{
    struct csv_out out = csv_out_open(report->arena, report->folder, tables[table].name,
                                      tables[table].columns, report->failure);
    for (size_t i = 0; i < report->result->n_strategies; i++) {
        const struct optimum *optimum = report->result->strategies[i].plan.optimum;
        if (optimum == NULL)
            continue;
        if (table == TABLE_LEASES)
            write_leases_of(&out, optimum->certificate);
        else if (table == TABLE_CERTIFICATE)
            write_steps_of(&out, optimum->certificate);
        else if (table == TABLE_OPTIMUM)
            write_sums_of(&out, optimum);
        else
            write_regrets_of(report, &out, i);
    }
    return csv_out_close(&out);
}

bool csv_optimum(const struct report *report)
{
    bool any = false, good = true;
    for (size_t i = 0; i < report->result->n_strategies; i++)
        any |= report->result->strategies[i].plan.optimum != NULL;
    for (int i = 0; any && good && i < N_TABLES; i++)
        good = write_table(report, (enum table)i);
    return good;
}
