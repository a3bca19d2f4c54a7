#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "report/workbook.h"

enum { LONGEST_COMPONENT = 100 };

/* ---- component labels ---- */

static char folded(char c)
{
    return (unsigned char)c >= 0x80 ? '\x80' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Equal for a spreadsheet, which ignores case; any two letters beyond ASCII are taken as equal. */
bool may_match(struct str a, struct str b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (folded(a.at[i]) != folded(b.at[i]))
            return false;
    return true;
}

/* False for names that SUMIFS would read as a pattern, a comparison, a number or a truth value. */
bool matches_itself(struct str name)
{
    if (name.length == 0 || name.length > LONGEST_COMPONENT || !str_is_utf8(name))
        return false;
    for (size_t i = 0; i < name.length; i++)
        if (strchr("*?~", name.at[i]) != NULL || (unsigned char)name.at[i] < ' ')
            return false;
    char first = folded(name.at[0]);
    bool letter = (first >= 'a' && first <= 'z') || first == '\x80';
    return letter && !may_match(name, STR("true")) && !may_match(name, STR("false"));
}

static bool matches_other(const struct study *study, size_t component)
{
    for (size_t i = 0; i < study->n_components; i++)
        if (i != component && may_match(study->components[i], study->components[component]))
            return true;
    return false;
}

struct str *workbook_component_labels(const struct workbook *w)
{
    const struct study *study = w->study;
    struct str *labels = ARENA_NEW(w->arena, struct str, study->n_components);
    for (size_t i = 0; i < study->n_components; i++) {
        labels[i] = study->components[i];
        if (matches_itself(labels[i]) && !matches_other(study, i))
            continue;
        struct str fitted = str_of(cell_text(w->arena, labels[i], LONGEST_COMPONENT));
        labels[i] = str_format(w->arena, "C%zu: %.*s", i + 1, STR_ARGS(fitted));
        char *text = ARENA_NEW(w->arena, char, labels[i].length + 1);
        for (size_t c = 0; c < labels[i].length; c++)
            text[c] = strchr("*?~", labels[i].at[c]) == NULL ? labels[i].at[c] : '_';
        labels[i].at = text;
    }
    return labels;
}

void workbook_use_prices(struct workbook *w)
{
    w->used_prices = used_prices_and_months(w->arena, w->result, &w->n_used_prices);
}

/* ---- the rows of Quantities ---- */

struct keyed {
    struct quantity_row row;
    size_t charge; /* keeps the order of the ledger within a row */
};

static int compare_keys(const int64_t *a, const int64_t *b, size_t n_keys)
{
    for (size_t i = 0; i < n_keys; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

static int compare_rows(const struct quantity_row *p, const struct quantity_row *q)
{
    const int64_t left[] = {p->spend, p->layer, p->price, p->category, p->month};
    const int64_t right[] = {q->spend, q->layer, q->price, q->category, q->month};
    return compare_keys(left, right, sizeof left / sizeof *left);
}

static int compare_keyed(const void *a, const void *b)
{
    const struct keyed *p = a, *q = b;
    int order = compare_rows(&p->row, &q->row);
    if (order != 0)
        return order;
    return (p->charge > q->charge) - (p->charge < q->charge);
}

static int spend_class(const struct workbook *w, const struct price_row *price)
{
    if (price->unit->counted != COUNTED_SPEND)
        return 0;
    return w->study->offers[price->offer].taxes ? 2 : 1;
}

static struct keyed key_charge(const struct workbook *w, const struct used_price *by_address,
                               const struct charge *charge, size_t index)
{
    struct used_price key = {charge->price, 0};
    const struct used_price *found =
        bsearch(&key, by_address, w->n_used_prices, sizeof key, used_price_compare_rows);
    check(found != NULL);
    int last_month = w->result->timeline.n_months - 1;
    int month = charge->month < last_month ? charge->month : last_month;
    struct quantity_row row = {spend_class(w, charge->price),
                               charge->layer,
                               (int)found->index,
                               month,
                               charge->category,
                               charge->billed_quantity,
                               charge->effective_quantity};
    return (struct keyed){row, index};
}

static struct keyed *sorted_charges(struct arena *scratch, const struct workbook *w,
                                    const struct strategy_result *strategy)
{
    struct used_price *by_address = ARENA_NEW(scratch, struct used_price, w->n_used_prices);
    if (w->n_used_prices > 0)
        memcpy(by_address, w->used_prices, w->n_used_prices * sizeof *by_address);
    qsort(by_address, w->n_used_prices, sizeof *by_address, used_price_compare_rows);
    struct keyed *sorted = ARENA_NEW(scratch, struct keyed, strategy->n_charges);
    for (size_t i = 0; i < strategy->n_charges; i++)
        sorted[i] = key_charge(w, by_address, &strategy->charges[i], i);
    qsort(sorted, strategy->n_charges, sizeof *sorted, compare_keyed);
    return sorted;
}

struct quantity_row *workbook_quantities(const struct workbook *w, const struct strategy_result *strategy,
                                         size_t *n_rows)
{
    struct arena scratch = {0};
    const struct keyed *sorted = sorted_charges(&scratch, w, strategy);
    struct quantity_row *rows = ARENA_NEW(&scratch, struct quantity_row, strategy->n_charges + 1);
    size_t n = 0;
    for (size_t i = 0; i < strategy->n_charges; i++) {
        if (n > 0 && compare_rows(&rows[n - 1], &sorted[i].row) == 0) {
            rows[n - 1].billed += sorted[i].row.billed;
            rows[n - 1].effective += sorted[i].row.effective;
        } else {
            rows[n++] = sorted[i].row;
        }
    }
    if (n == 0)
        rows[n++] = (struct quantity_row){.price = -1};
    struct quantity_row *kept = ARENA_NEW(w->arena, struct quantity_row, n);
    memcpy(kept, rows, n * sizeof *kept);
    arena_free(&scratch);
    *n_rows = n;
    return kept;
}
