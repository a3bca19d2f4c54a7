#include <string.h>

#include "base/arena.h"
#include "report/backtest_report.h"
#include "report/text_table.h"
#include "unit/calendar.h"
#include "unit/decimal.h"

enum backtest_column {
    COLUMN_RANK,
    COLUMN_METHOD,
    COLUMN_PARAMETERS,
    COLUMN_MAE,
    COLUMN_RMSE,
    COLUMN_BIAS,
    COLUMN_WAPE,
    COLUMN_MAPE,
    COLUMN_PEAK,
    N_COLUMNS
};

enum { LONGEST_NAME = 40 };

static struct str number(struct arena *arena, double value, int places)
{
    struct str text = str_format(arena, "%.*f", places, value);
    bool is_zero = strspn(text.at, "-0.") == text.length; /* none of them is negative */
    return decimal_with_commas(arena, is_zero && text.at[0] == '-' ? str_after(text, 1) : text);
}

/* Four digits or so of the largest value. */
static int places_of(const struct backtest *b)
{
    int places = 0;
    for (double peak = b->real_peak; places < 4 && peak < 1000; peak *= 10)
        places++;
    return places;
}

static struct str share(struct arena *arena, double value, bool is_there)
{
    return is_there ? str_format(arena, "%.2f %%", 100 * value) : STR("-");
}

static void fill_row(struct arena *arena, const struct backtest_row *row, int places, struct str *cells)
{
    const struct forecast_errors *e = &row->errors;
    for (int i = 0; i < N_COLUMNS; i++)
        cells[i] = STR("-");
    cells[COLUMN_METHOD] = row->name;
    cells[COLUMN_PARAMETERS] = row->parameters;
    if (row->reason.length > 0)
        return;
    if (row->rank > 0)
        cells[COLUMN_RANK] = decimal_text(arena, decimal_of(row->rank));
    cells[COLUMN_MAE] = number(arena, e->mae, places);
    cells[COLUMN_RMSE] = number(arena, e->rmse, places);
    cells[COLUMN_BIAS] = number(arena, e->bias, places);
    cells[COLUMN_WAPE] = share(arena, e->wape, e->has_wape);
    cells[COLUMN_MAPE] = share(arena, e->mape, e->has_mape);
    if (e->has_wape)
        cells[COLUMN_PEAK] = str_format(arena, "%.3f", e->peak_ratio);
}

static void add_row(struct text_table *table, const struct backtest_row *row, int places)
{
    struct str cells[N_COLUMNS];
    fill_row(table->arena, row, places, cells);
    for (int i = 0; i < N_COLUMNS; i++)
        text_table_add(table, cells[i]);
}

static struct str table_text(struct arena *arena, const struct backtest *b)
{
    static const char *const heads[N_COLUMNS] = {
        [COLUMN_RANK] = "",     [COLUMN_METHOD] = "method", [COLUMN_PARAMETERS] = "parameters",
        [COLUMN_MAE] = "MAE",   [COLUMN_RMSE] = "RMSE",     [COLUMN_BIAS] = "bias",
        [COLUMN_WAPE] = "WAPE", [COLUMN_MAPE] = "MAPE",     [COLUMN_PEAK] = "predicted/real peak"};
    struct text_table table = {
        .arena = arena, .n_columns = N_COLUMNS, .right = ~(1u << COLUMN_METHOD | 1u << COLUMN_PARAMETERS)};
    for (int i = 0; i < N_COLUMNS; i++)
        text_table_add(&table, str_of(heads[i]));
    for (size_t i = 0; i < b->n_rows; i++)
        add_row(&table, &b->rows[i], places_of(b));
    return text_table_text(&table);
}

static struct str head_text(struct arena *arena, const struct study *study, const struct backtest *b)
{
    struct str n = decimal_with_commas(arena, decimal_text(arena, decimal_of(b->n_values)));
    struct str step = duration_exact_text(arena, b->step_seconds);
    struct str held_out = duration_exact_text(arena, b->n_held_out * b->step_seconds);
    int64_t from = b->first_seconds + (b->n_values - b->n_held_out) * b->step_seconds;
    int places = places_of(b);
    return str_format(
        arena,
        "%.*s\n%.*s: %.*s steps of %.*s from %.*s; held out: the last %.*s from %.*s, mean %.*s, "
        "peak %.*s\n",
        STR_ARGS(text_shown(arena, study->title, LONGEST_NAME)),
        STR_ARGS(text_shown(arena, study->workload.name, LONGEST_NAME)), STR_ARGS(n), STR_ARGS(step),
        STR_ARGS(time_text(arena, b->first_seconds)), STR_ARGS(held_out), STR_ARGS(time_text(arena, from)),
        STR_ARGS(number(arena, b->real_mean, places)), STR_ARGS(number(arena, b->real_peak, places)));
}

static struct str not_run_text(struct arena *arena, const struct backtest *b)
{
    struct str text = {0};
    for (size_t i = 0; i < b->n_rows; i++) {
        const struct backtest_row *row = &b->rows[i];
        if (row->reason.length > 0)
            text = str_format(arena, "%.*sNot run: %.*s, %.*s: %.*s.\n", STR_ARGS(text), STR_ARGS(row->name),
                              STR_ARGS(row->parameters), STR_ARGS(row->reason));
    }
    return text;
}

static struct str mape_text(struct arena *arena, const struct backtest *b)
{
    if (b->n_zeros == 0)
        return STR("");
    return str_format(arena, "No MAPE: %lld of %lld values held out %s 0. WAPE is defined all the same.\n",
                      (long long)b->n_zeros, (long long)b->n_held_out, b->n_zeros == 1 ? "is" : "are");
}

struct str report_backtest_text(struct arena *arena, const struct study *study,
                                const struct backtest *backtest)
{
    return str_format(arena,
                      "%.*sIn reference servers at target utilisation, before growth and bursts. "
                      "Bias above 0: too much was expected.\n\n%.*s\n%.*s%.*s%.*s\n",
                      STR_ARGS(head_text(arena, study, backtest)), STR_ARGS(table_text(arena, backtest)),
                      STR_ARGS(not_run_text(arena, backtest)), STR_ARGS(mape_text(arena, backtest)),
                      STR_ARGS(backtest->verdict));
}
