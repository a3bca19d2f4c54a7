#include <string.h>

#include "base/arena.h"
#include "report/numbers.h"
#include "report/report.h"
#include "report/text_table.h"

enum { N_COLUMNS = 8, NAME_COLUMN = 1 };

static struct str hours_shown(struct arena *arena, const struct lead_time *lead)
{
    if (!lead->possible)
        return STR("never");
    return duration_text(arena, (int64_t)(lead->p50 * HOUR_SECONDS + 0.5));
}

static void fill_row(const struct report *report, const struct strategy_result *s, struct str *cells)
{
    struct arena *arena = report->arena;
    cells[0] = s->rank == 0 ? STR("-") : decimal_text(arena, decimal_of(s->rank));
    cells[1] = text_shown(arena, s->strategy->name);
    cells[2] = money_pretty(arena, s->billed, 0);
    cells[3] = money_pretty(arena, s->effective, 0);
    cells[4] = money_pretty(arena, s->unmet_cost, 0);
    cells[5] = money_pretty(arena, s->compared, 0);
    cells[6] = decimal_with_commas(arena, unmet_hours_text(arena, s->service.unmet_micro, 0));
    cells[7] = hours_shown(arena, &s->lead_time);
}

struct str report_text(const struct report *report)
{
    const struct result *result = report->result;
    struct arena *arena = report->arena;
    struct text_table table = text_table_make(arena, result->n_strategies + 1, N_COLUMNS, 1u << NAME_COLUMN);
    const struct str head[N_COLUMNS] = {
        STR(""),           STR("strategy"), STR("billed"),         STR("effective"),
        STR("unmet cost"), STR("compared"), STR("unmet server-h"), STR("lead time")};
    memcpy(table.cells, head, sizeof head);
    for (size_t i = 0; i < result->n_strategies; i++)
        fill_row(report, &result->strategies[i], &table.cells[(i + 1) * N_COLUMNS]);
    struct str rows = text_table_render(&table);
    struct str from = date_text(arena, result->study->start_seconds),
               to = date_text(arena, result->study->end_seconds);
    struct str servers = decimal_with_commas(arena, decimal_text(arena, decimal_of(result->burst_servers)));
    return str_format(arena,
                      "%.*s\n%.*s to %.*s, amounts in %.*s%s; lead time: median to serve %.*s servers "
                      "unannounced (%.*s)\n\n"
                      "%.*s\n%.*s\n",
                      STR_ARGS(text_shown(arena, result->study->title)), STR_ARGS(from), STR_ARGS(to),
                      STR_ARGS(result->study->currency),
                      result->study->has_discount_rate ? ", compared at present value" : "",
                      STR_ARGS(servers), STR_ARGS(text_shown(arena, result->burst_name)), STR_ARGS(rows),
                      STR_ARGS(result->verdict));
}
