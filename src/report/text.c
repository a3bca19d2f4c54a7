#include "base/arena.h"
#include "report/chart_style.h"
#include "report/numbers.h"
#include "report/optimum_facts.h"
#include "report/report.h"
#include "report/text_table.h"

/* All columns but the name of the strategy hold numbers. */
enum { N_COLUMNS = 8, NUMBERS = 0xFD, LONGEST_NAME = 40, LONGEST_TITLE = 100 };

static struct str shown(struct arena *arena, struct str name)
{
    return text_shown(arena, name, LONGEST_NAME);
}

static struct str strategy_shown(const struct report *report, const struct strategy *strategy)
{
    return shown(report->arena, chart_strategy_name(report->arena, report->result, strategy, LONGEST_NAME));
}

static struct str hours_shown(struct arena *arena, const struct lead_time *lead)
{
    if (!lead->possible)
        return STR("never");
    return duration_text(arena, (int64_t)(lead->p50 * HOUR_SECONDS + 0.5));
}

static void add_row(const struct report *report, const struct strategy_result *s, struct text_table *table)
{
    struct arena *arena = report->arena;
    text_table_add(table, s->rank == 0 ? STR("-") : decimal_text(arena, decimal_of(s->rank)));
    text_table_add(table, strategy_shown(report, s->strategy));
    text_table_add(table, money_pretty(arena, s->billed, 0));
    text_table_add(table, money_pretty(arena, s->effective, 0));
    text_table_add(table, money_pretty(arena, s->unmet_cost, 0));
    text_table_add(table, money_pretty(arena, s->compared, 0));
    text_table_add(table, decimal_with_commas(arena, unmet_hours_text(arena, s->service.unmet_micro, 0)));
    text_table_add(table, hours_shown(arena, &s->lead_time));
}

/* A line for each optimal strategy. */
static struct str optima(const struct report *report)
{
    struct arena *arena = report->arena;
    struct str text = STR("");
    for (size_t i = 0; i < report->result->n_strategies; i++) {
        const struct strategy_result *s = &report->result->strategies[i];
        if (s->plan.optimum == NULL)
            continue;
        struct str said = optimum_statement(arena, report->result->study, s->plan.optimum);
        text = str_format(arena, "%.*s`%.*s`: %.*s.\n", STR_ARGS(text),
                          STR_ARGS(strategy_shown(report, s->strategy)), STR_ARGS(said));
    }
    return text;
}

struct str report_text(const struct report *report)
{
    const struct result *result = report->result;
    struct arena *arena = report->arena;
    struct text_table table = {.arena = arena, .n_columns = N_COLUMNS, .right = NUMBERS};
    static const char *const head[N_COLUMNS] = {"",           "strategy", "billed",         "effective",
                                                "unmet cost", "compared", "unmet server-h", "lead time"};
    for (int i = 0; i < N_COLUMNS; i++)
        text_table_add(&table, str_of(head[i]));
    for (size_t i = 0; i < result->n_strategies; i++)
        add_row(report, &result->strategies[i], &table);
    struct str rows = text_table_text(&table);
    struct str from = date_text(arena, result->study->start_seconds),
               to = date_text(arena, result->study->end_seconds);
    struct str servers = decimal_with_commas(arena, decimal_text(arena, decimal_of(result->burst_servers)));
    return str_format(arena,
                      "%.*s\n%.*s to %.*s, amounts in %.*s%s; lead time: median to serve %.*s server%s "
                      "unannounced (%.*s)\n\n"
                      "%.*s\n%.*s\n%.*s",
                      STR_ARGS(text_shown(arena, result->study->title, LONGEST_TITLE)), STR_ARGS(from),
                      STR_ARGS(to), STR_ARGS(result->study->currency),
                      result->study->has_discount_rate ? ", compared at present value" : "",
                      STR_ARGS(servers), result->burst_servers == 1 ? "" : "s",
                      STR_ARGS(shown(arena, result->burst_name)), STR_ARGS(rows), STR_ARGS(result->verdict),
                      STR_ARGS(optima(report)));
}
