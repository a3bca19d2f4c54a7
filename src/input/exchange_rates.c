#include "input/exchange_rates.h"

#include <stdlib.h>

#include "base/arena.h"
#include "input/text.h"
#include "unit/calendar.h"

enum { COLUMN_CURRENCY, COLUMN_RATE, COLUMN_FROM, COLUMN_SOURCE, N_COLUMNS };

enum { MOST_PLACES = 8, MOST_RATE = 1000000 };

const struct csv_column exchange_rate_columns[] = {
    [COLUMN_CURRENCY] = {"currency", true, "ISO 4217 code of the other currency"},
    [COLUMN_RATE] = {"rate", true, "the study's currency for 1 of it"},
    [COLUMN_FROM] = {"effective_from", true, "first day; it holds until the next row of the currency"},
    [COLUMN_SOURCE] = {"source", true, "where the rate was published"},
};

const int n_exchange_rate_columns = N_COLUMNS;

struct row_reader {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct csv_reader *csv;
    const struct csv_row *row;
    int positions[N_COLUMNS];
};

static bool wrong(const struct row_reader *r, int column, const char *hint)
{
    struct str text = csv_field(r->row, r->positions[column]);
    struct place place = csv_place(r->csv, r->positions[column]);
    if (text.length == 0)
        return diagnose_error(r->diagnostics, place, hint, "the column `%s` is empty",
                              exchange_rate_columns[column].name);
    return diagnose_error(r->diagnostics, place, hint, "`%s` cannot be `%.*s`",
                          exchange_rate_columns[column].name, STR_ARGS(text));
}

static bool read_row(const struct row_reader *r, struct exchange_rate *rate)
{
    bool good = true;
    struct str source = csv_field(r->row, r->positions[COLUMN_SOURCE]);
    rate->currency = str_copy(r->arena, csv_field(r->row, r->positions[COLUMN_CURRENCY]));
    rate->source = str_copy(r->arena, source);
    rate->place = csv_place(r->csv, r->positions[COLUMN_RATE]);
    if (!text_is_currency(rate->currency))
        good = wrong(r, COLUMN_CURRENCY, "write an ISO 4217 code such as EUR");
    if (!decimal_parse(csv_field(r->row, r->positions[COLUMN_RATE]), &rate->rate) || rate->rate.digits <= 0 ||
        decimal_normal(rate->rate).scale > MOST_PLACES ||
        decimal_compare(rate->rate, decimal_of(MOST_RATE)) > 0)
        good =
            wrong(r, COLUMN_RATE, "write a number above 0, at most 1000000, with at most 8 places: 1.3791");
    if (!time_parse(csv_field(r->row, r->positions[COLUMN_FROM]), &rate->from_seconds) ||
        rate->from_seconds % DAY_SECONDS != 0)
        good = wrong(r, COLUMN_FROM, "write a date such as 2014-01-01");
    if (source.length == 0)
        good = wrong(r, COLUMN_SOURCE, "say where the rate was published, or that it is an assumption");
    return good;
}

bool exchange_rates_add(struct rate_list *list, struct arena *arena, struct str file, struct str content,
                        struct diagnostics *diagnostics, int64_t *n_rows)
{
    struct csv_row row;
    size_t n_before = diagnostics->n_errors;
    struct row_reader r = {.arena = arena, .diagnostics = diagnostics, .row = &row};
    r.csv = csv_open(arena, file, content, diagnostics);
    bool good = csv_bind(r.csv, exchange_rate_columns, N_COLUMNS, r.positions);
    while (good && csv_next(r.csv, &row)) {
        struct exchange_rate rate = {0};
        ++*n_rows;
        if (csv_check_width(r.csv, &row) && read_row(&r, &rate))
            *ARENA_APPEND(arena, list) = rate;
    }
    if (good && *n_rows == 0 && !csv_failed(r.csv))
        diagnose_error(diagnostics, csv_place(r.csv, 0),
                       "add a row: EUR,1.3791,2014-01-01,where it was published",
                       "the exchange-rate table holds no rows");
    csv_close(r.csv);
    return diagnostics->n_errors == n_before;
}

static int compare_rates(const void *a, const void *b)
{
    const struct exchange_rate *left = a, *right = b;
    int by_currency = str_compare(left->currency, right->currency);
    if (by_currency != 0)
        return by_currency;
    return (left->from_seconds > right->from_seconds) - (left->from_seconds < right->from_seconds);
}

/* Rates of the same day in the order of the tables, so that the later is called the double. */
static int compare_rows(const void *a, const void *b)
{
    const struct exchange_rate *left = a, *right = b;
    int by_rate = compare_rates(left, right), by_file = str_compare(left->place.file, right->place.file);
    if (by_rate != 0)
        return by_rate;
    return by_file != 0 ? by_file : left->place.line - right->place.line;
}

static bool is_of_study(const struct exchange_rate *rate, struct str currency,
                        struct diagnostics *diagnostics)
{
    return !str_equal(rate->currency, currency) ||
           diagnose_error(diagnostics, rate->place, "remove the row",
                          "%.*s is the currency of the study: it has no rate", STR_ARGS(currency));
}

bool exchange_rates_finish(struct rate_list *list, struct str currency, struct diagnostics *diagnostics)
{
    bool good = true;
    if (list->n_items > 0)
        qsort(list->items, list->n_items, sizeof *list->items, compare_rows);
    for (size_t i = 0; i < list->n_items; i++)
        good &= is_of_study(&list->items[i], currency, diagnostics);
    for (size_t i = 0; i + 1 < list->n_items; i++)
        if (compare_rates(&list->items[i], &list->items[i + 1]) == 0)
            good = diagnose_error(diagnostics, list->items[i + 1].place, "keep one of the two",
                                  "a rate of %.*s for the same day as %.*s:%d",
                                  STR_ARGS(list->items[i].currency), STR_ARGS(list->items[i].place.file),
                                  list->items[i].place.line);
    return good;
}
