#include "report/used_prices.h"

#include <stdlib.h>

#include "base/arena.h"

int used_price_compare_rows(const void *a, const void *b)
{
    const struct price_row *left = ((const struct used_price *)a)->row,
                           *right = ((const struct used_price *)b)->row;
    return (left > right) - (left < right);
}

static int compare_keys(const int64_t *a, const int64_t *b, size_t n_keys)
{
    for (size_t i = 0; i < n_keys; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

static int compare_prices(const void *a, const void *b)
{
    const struct used_price *first = a, *second = b;
    const struct price_row *p = first->row, *q = second->row;
    const int64_t left[] = {p->offer, p->component, p->charged},
                  right[] = {q->offer, q->component, q->charged};
    int order = compare_keys(left, right, sizeof left / sizeof *left);
    if (order == 0)
        order = decimal_compare(p->tier_from, q->tier_from);
    if (order != 0)
        return order;
    const int64_t from[] = {p->effective_from, (int64_t)first->index},
                  other[] = {q->effective_from, (int64_t)second->index};
    return compare_keys(from, other, sizeof from / sizeof *from);
}

/* The different rows, ordered by address. A row first met in an earlier charge has the lower index. */
static size_t keep_first_uses(struct used_price *uses, size_t n_uses)
{
    size_t n = 0;
    qsort(uses, n_uses, sizeof *uses, used_price_compare_rows);
    for (size_t i = 0; i < n_uses; i++) {
        if (n == 0 || uses[n - 1].row != uses[i].row)
            uses[n++] = uses[i];
        else if (uses[i].index < uses[n - 1].index)
            uses[n - 1].index = uses[i].index;
    }
    return n;
}

/* Every use in a charge, and behind them every use in a month of a server where these are wanted. */
static struct used_price *all_uses(struct arena *arena, const struct result *result, bool with_months,
                                   size_t *n_uses)
{
    size_t n_most = 0, n = 0;
    for (size_t s = 0; s < result->n_strategies; s++)
        n_most += result->strategies[s].n_charges;
    for (size_t m = 0; m < result->n_server_months; m++)
        n_most += result->server_months[m].n_parts;
    struct used_price *uses = ARENA_NEW(arena, struct used_price, n_most);
    for (size_t s = 0; s < result->n_strategies; s++) {
        const struct strategy_result *strategy = &result->strategies[s];
        for (size_t i = 0; i < strategy->n_charges; i++, n++)
            uses[n] = (struct used_price){strategy->charges[i].price, n};
    }
    for (size_t m = 0; with_months && m < result->n_server_months; m++)
        for (size_t i = 0; i < result->server_months[m].n_parts; i++, n++)
            uses[n] = (struct used_price){result->server_months[m].parts[i].row, n};
    *n_uses = n;
    return uses;
}

static struct used_price *each_once(struct used_price *uses, size_t n_uses, size_t *n_used)
{
    *n_used = keep_first_uses(uses, n_uses);
    qsort(uses, *n_used, sizeof *uses, compare_prices);
    for (size_t i = 0; i < *n_used; i++)
        uses[i].index = i;
    return uses;
}

struct used_price *used_prices(struct arena *arena, const struct result *result, size_t *n_used)
{
    size_t n_uses;
    struct used_price *uses = all_uses(arena, result, false, &n_uses);
    return each_once(uses, n_uses, n_used);
}

struct used_price *used_prices_and_months(struct arena *arena, const struct result *result, size_t *n_used)
{
    size_t n_uses;
    struct used_price *uses = all_uses(arena, result, true, &n_uses);
    return each_once(uses, n_uses, n_used);
}
