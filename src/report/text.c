#include <string.h>

#include "base/arena.h"
#include "report/numbers.h"
#include "report/report.h"

enum { N_COLUMNS = 8, LONGEST_NAME = 40 };

/* What the terminal shows: plain columns, as wide as they must be. */
struct text_table {
    struct arena *arena;
    struct str *cells; /* rows x N_COLUMNS */
    size_t n_rows;
};

/* Characters, not bytes: continuation bytes do not count. */
static size_t width_of(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.length; i++)
        n += ((unsigned char)s.at[i] & 0xC0) != 0x80;
    return n;
}

/* Control characters become blanks, long names end in an ellipsis. */
static struct str shown(struct arena *arena, struct str name)
{
    char *bytes = ARENA_NEW(arena, char, name.length + 4);
    size_t n = 0, width = 0;
    for (size_t i = 0; i < name.length; i++) {
        unsigned char c = (unsigned char)name.at[i];
        if ((c & 0xC0) != 0x80 && ++width > LONGEST_NAME) {
            memcpy(bytes + n, "\xE2\x80\xA6", 3);
            return (struct str){bytes, n + 3};
        }
        bytes[n++] = c < 32 || c == 127 ? ' ' : (char)c;
    }
    return (struct str){bytes, n};
}

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
    cells[1] = shown(arena, s->strategy->name);
    cells[2] = money_pretty(arena, s->billed, 0);
    cells[3] = money_pretty(arena, s->effective, 0);
    cells[4] = money_pretty(arena, s->unmet_cost, 0);
    cells[5] = money_pretty(arena, s->compared, 0);
    cells[6] = decimal_with_commas(arena, unmet_hours_text(arena, s->service.unmet_micro, 0));
    cells[7] = hours_shown(arena, &s->lead_time);
}

static struct str render(const struct text_table *table)
{
    size_t widths[N_COLUMNS] = {0}, total = 1;
    for (size_t i = 0; i < table->n_rows * N_COLUMNS; i++) {
        size_t width = width_of(table->cells[i]);
        widths[i % N_COLUMNS] = width > widths[i % N_COLUMNS] ? width : widths[i % N_COLUMNS];
        total += table->cells[i].length;
    }
    for (size_t c = 0; c < N_COLUMNS; c++)
        total += table->n_rows * (widths[c] + 3);
    char *bytes = ARENA_NEW(table->arena, char, total);
    size_t n = 0;
    for (size_t i = 0; i < table->n_rows * N_COLUMNS; i++) {
        size_t column = i % N_COLUMNS, pad = widths[column] - width_of(table->cells[i]);
        bool left = column == 1;
        for (size_t j = 0; !left && j < pad; j++)
            bytes[n++] = ' ';
        memcpy(bytes + n, table->cells[i].at, table->cells[i].length);
        n += table->cells[i].length;
        for (size_t j = 0; left && j < pad; j++)
            bytes[n++] = ' ';
        memcpy(bytes + n, column + 1 == N_COLUMNS ? "\n" : "  ", column + 1 == N_COLUMNS ? 1 : 2);
        n += column + 1 == N_COLUMNS ? 1 : 2;
    }
    return (struct str){bytes, n};
}

struct str report_text(const struct report *report)
{
    const struct result *result = report->result;
    struct arena *arena = report->arena;
    struct text_table table = {arena, NULL, result->n_strategies + 1};
    table.cells = ARENA_NEW(arena, struct str, table.n_rows * N_COLUMNS);
    const struct str head[N_COLUMNS] = {
        STR(""),           STR("strategy"), STR("billed"),         STR("effective"),
        STR("unmet cost"), STR("compared"), STR("unmet server-h"), STR("lead time")};
    memcpy(table.cells, head, sizeof head);
    for (size_t i = 0; i < result->n_strategies; i++)
        fill_row(report, &result->strategies[i], &table.cells[(i + 1) * N_COLUMNS]);
    struct str rows = render(&table);
    struct str from = date_text(arena, result->study->start_seconds),
               to = date_text(arena, result->study->end_seconds);
    struct str servers = decimal_with_commas(arena, decimal_text(arena, decimal_of(result->burst_servers)));
    return str_format(arena,
                      "%.*s\n%.*s to %.*s, amounts in %.*s%s; lead time: median to serve %.*s servers "
                      "unannounced (%.*s)\n\n"
                      "%.*s\n%.*s\n",
                      STR_ARGS(shown(arena, result->study->title)), STR_ARGS(from), STR_ARGS(to),
                      STR_ARGS(result->study->currency),
                      result->study->has_discount_rate ? ", compared at present value" : "",
                      STR_ARGS(servers), STR_ARGS(shown(arena, result->burst_name)), STR_ARGS(rows),
                      STR_ARGS(result->verdict));
}
