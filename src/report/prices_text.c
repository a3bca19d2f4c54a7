#include "report/prices_text.h"

#include "base/arena.h"
#include "report/prices_arithmetic.h"
#include "report/text_table.h"

/* Columns of numbers, as bits. */
enum { LONGEST_TEXT = 1000, LIST_NUMBERS = 1 << 7, SHOW_NUMBERS = 1 << 3 };

static struct str shown(struct arena *arena, struct str text)
{
    return text.length == 0 ? STR("-") : text_shown(arena, text, LONGEST_TEXT);
}

static void add_head(struct text_table *table, const char *const *names)
{
    for (size_t i = 0; i < table->n_columns; i++)
        text_table_add(table, str_of(names[i]));
}

/* ---- list ---- */

static struct str step_text(struct arena *arena, int64_t seconds)
{
    if (seconds == 0)
        return STR("-");
    if (seconds % HOUR_SECONDS == 0)
        return str_format(arena, "%lld h", (long long)(seconds / HOUR_SECONDS));
    if (seconds % 60 == 0)
        return str_format(arena, "%lld min", (long long)(seconds / 60));
    return str_format(arena, "%lld s", (long long)seconds);
}

static struct str term_or_dash(struct arena *arena, struct term term)
{
    return term_is_none(term) ? STR("-") : term_text(arena, term);
}

/* A text that begins with `have`, and `next` behind a comma unless it was there before. */
static struct str joined(struct arena *arena, struct str have, struct str next, bool known)
{
    if (known)
        return have;
    return str_format(arena, "%.*s%s%.*s", STR_ARGS(have), have.length == 0 ? "" : ", ", STR_ARGS(next));
}

static struct str all_components(struct arena *arena, const struct price_tables *tables,
                                 const struct offer *offer)
{
    struct str text = {0};
    for (size_t i = 0; i < offer->n_prices; i++) /* sorted by component */
        text = joined(arena, text, component_text(arena, tables, &offer->prices[i]),
                      i > 0 && offer->prices[i].component == offer->prices[i - 1].component);
    return text;
}

static struct str all_currencies(struct arena *arena, const struct offer *offer)
{
    struct str text = {0};
    for (size_t i = 0; i < offer->n_prices; i++) {
        bool known = false;
        for (size_t j = 0; j < i && !known; j++)
            known = str_equal(offer->prices[j].currency, offer->prices[i].currency);
        text = joined(arena, text, offer->prices[i].currency, known);
    }
    return text;
}

static void add_offer(struct text_table *table, const struct price_tables *tables, const struct offer *offer)
{
    struct arena *arena = table->arena;
    int64_t first = INT64_MAX, newest = INT64_MIN;
    for (size_t i = 0; i < offer->n_prices; i++) {
        int64_t day = offer->prices[i].effective_from;
        first = day < first ? day : first;
        newest = day > newest ? day : newest;
    }
    text_table_add(table, shown(arena, offer->id));
    text_table_add(table, str_of(offer_kind_names[offer->kind]));
    text_table_add(table, term_or_dash(arena, offer->term));
    text_table_add(table, step_text(arena, offer->increment_seconds));
    text_table_add(table, all_currencies(arena, offer));
    text_table_add(table, date_text(arena, first));
    text_table_add(table, date_text(arena, newest));
    text_table_add(table, decimal_text(arena, decimal_of((int64_t)offer->n_prices)));
    text_table_add(table, all_components(arena, tables, offer));
}

struct str prices_list_text(struct arena *arena, const struct price_tables *tables)
{
    static const char *const head[] = {"offer",     "kind",   "term", "increment", "currency",
                                       "first day", "newest", "rows", "components"};
    struct text_table table = {
        .arena = arena, .n_columns = sizeof head / sizeof head[0], .right = LIST_NUMBERS};
    add_head(&table, head);
    for (size_t i = 0; i < tables->n_offers; i++)
        add_offer(&table, tables, &tables->offers[i]);
    return text_table_text(&table);
}

/* ---- show ---- */

/* The unit, and where the tier of the row begins. */
static struct str unit_text(struct arena *arena, const struct price_row *row)
{
    if (row->tier_from.digits == 0)
        return str_of(row->unit->name);
    return str_format(arena, "%s above %.*s", row->unit->name,
                      STR_ARGS(decimal_with_commas(arena, decimal_text(arena, row->tier_from))));
}

static void add_row(struct text_table *table, const struct price_tables *tables, const struct price_row *row)
{
    struct arena *arena = table->arena;
    text_table_add(table, component_text(arena, tables, row));
    text_table_add(table, str_of(charged_names[row->charged]));
    text_table_add(table, unit_text(arena, row));
    text_table_add(table, row->price.digits == 0 ? STR("free") : price_text(arena, row->price));
    text_table_add(table, row->currency);
    text_table_add(table, date_text(arena, row->effective_from));
    text_table_add(table, row->effective_to == INT64_MAX ? STR("-") : date_text(arena, row->effective_to));
    text_table_add(table,
                   str_format(arena, "%.*s:%d", STR_ARGS(shown(arena, row->place.file)), row->place.line));
    text_table_add(table, shown(arena, row->source));
}

static struct str rows_text(struct arena *arena, const struct price_tables *tables, const struct offer *offer)
{
    static const char *const head[] = {"component", "charged", "per",  "price", "currency",
                                       "from",      "to",      "line", "source"};
    struct text_table table = {
        .arena = arena, .n_columns = sizeof head / sizeof head[0], .right = SHOW_NUMBERS};
    add_head(&table, head);
    for (size_t i = 0; i < offer->n_prices; i++)
        add_row(&table, tables, &offer->prices[i]);
    return text_table_text(&table);
}

/* Kind, provider, region and item; sizes; term and what it discounts: what there is of them. */
static struct str about(struct arena *arena, const struct offer *offer)
{
    struct str text = str_of(offer_kind_names[offer->kind]);
    const struct {
        const char *before;
        struct str text;
        const char *after;
    } parts[] = {
        {"", offer->provider, ""},
        {"", offer->region, ""},
        {"", offer->item, ""},
        {"", offer->vcpu.digits == 0 ? STR("") : decimal_text(arena, offer->vcpu), " vcpu"},
        {"", offer->memory_gib.digits == 0 ? STR("") : decimal_text(arena, offer->memory_gib), " GiB"},
        {"term ", term_is_none(offer->term) ? STR("") : term_text(arena, offer->term), ""},
        {"increment ", offer->increment_seconds == 0 ? STR("") : step_text(arena, offer->increment_seconds),
         ""},
        {"discounts ", offer->discounts_name, ""},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i].text.length > 0)
            text = str_format(arena, "%.*s, %s%.*s%s", STR_ARGS(text), parts[i].before,
                              STR_ARGS(shown(arena, parts[i].text)), parts[i].after);
    return text;
}

static struct str span_text(struct arena *arena, const struct price_tables *tables,
                            const struct price_rates *rates)
{
    struct str term = term_line(arena, rates), to = STR("");
    if (rates->until != INT64_MAX)
        to = str_format(arena, " to %.*s", STR_ARGS(date_text(arena, rates->until)));
    return str_format(arena, "from %.*s%.*s%s%.*s\n  %.*s\n%.*s", STR_ARGS(date_text(arena, rates->from)),
                      STR_ARGS(to), term.length == 0 ? "" : ": ", STR_ARGS(term),
                      STR_ARGS(rates_line(arena, tables, rates)),
                      STR_ARGS(ended_lines(arena, tables, rates)));
}

struct str prices_show_text(struct arena *arena, const struct price_tables *tables,
                            const struct price_rates *spans, size_t n_spans)
{
    const struct offer *offer = spans[0].offer;
    struct str text = str_format(arena, "%.*s\n%.*s\n\n%.*s\n", STR_ARGS(shown(arena, offer->id)),
                                 STR_ARGS(about(arena, offer)), STR_ARGS(rows_text(arena, tables, offer)));
    for (size_t i = 0; i < n_spans; i++)
        text = str_format(arena, "%.*s%.*s", STR_ARGS(text), STR_ARGS(span_text(arena, tables, &spans[i])));
    return text;
}

/* ---- lint ---- */

static struct str counted(struct arena *arena, int64_t n, const char *what)
{
    return str_format(arena, "%.*s %s%s",
                      STR_ARGS(decimal_with_commas(arena, decimal_text(arena, decimal_of(n)))), what,
                      n == 1 ? "" : "s");
}

struct str prices_lint_text(struct arena *arena, const struct price_tables *tables, size_t n_findings)
{
    return str_format(arena, "%.*s of %.*s in %.*s: %.*s\n", STR_ARGS(counted(arena, tables->n_rows, "row")),
                      STR_ARGS(counted(arena, (int64_t)tables->n_offers, "offer")),
                      STR_ARGS(counted(arena, (int64_t)tables->n_files, "file")),
                      STR_ARGS(counted(arena, (int64_t)n_findings, "finding")));
}
