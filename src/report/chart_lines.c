#include "report/chart_lines.h"

#include <math.h>

#include "base/arena.h"
#include "report/chart.h"
#include "report/chart_text.h"

enum { GRID = 10, LONGEST = 34, TAIL = 19 };
/* Shares of a cost, or of the hours, that are told apart. */
#define SAME 1e-9

double chart_line_at(const struct chart_line *line, double share)
{
    return line->month->fixed + share * line->month->running;
}

static bool same(double a, double b)
{
    return fabs(a - b) <= SAME * fmax(1, fmax(fabs(a), fabs(b)));
}

/* ---- names ---- */

struct str chart_offer_name(struct arena *arena, struct str id)
{
    return chart_name_ends(arena, id, LONGEST, TAIL);
}

struct str chart_common_prefix(const struct str *ids, size_t n)
{
    struct str first = ids[0], prefix = {first.at, 0};
    for (size_t length = 1; n > 1 && length <= first.length; length++) {
        bool common = true;
        for (size_t i = 1; i < n; i++)
            common = common && ids[i].length > length && str_starts(ids[i], (struct str){first.at, length});
        if (!common || length == first.length)
            break;
        if (first.at[length - 1] == '.')
            prefix.length = length;
    }
    return prefix;
}

static void name_lines(struct arena *arena, struct chart_lines *lines)
{
    int used[N_COLOUR_FAMILIES] = {0};
    struct str *ids = ARENA_NEW(arena, struct str, lines->n_items);
    for (size_t i = 0; i < lines->n_items; i++)
        ids[i] = lines->items[i].offer->id;
    struct str prefix = chart_common_prefix(ids, lines->n_items);
    if (prefix.length > 0)
        lines->prefix = chart_name(arena, (struct str){prefix.at, prefix.length - 1}, LONGEST);
    for (size_t i = 0; i < lines->n_items; i++) {
        struct chart_line *line = &lines->items[i];
        line->name = chart_offer_name(arena, str_after(line->offer->id, prefix.length));
        lines->has_shared = lines->has_shared || line->n_more > 0;
        int family = (int)line->offer->kind;
        line->colour = colour_shade(family, used[family]++);
    }
}

/* ---- which are shown ---- */

/* The best place, from 0, that a line takes among all at some share. */
static size_t best_place(const struct chart_lines *lines, size_t self)
{
    size_t best = lines->n_items;
    for (int k = 0; k <= GRID; k++) {
        double share = (double)k / GRID, own = chart_line_at(&lines->items[self], share);
        size_t place = 0;
        for (size_t i = 0; i < lines->n_items; i++) {
            double other = chart_line_at(&lines->items[i], share);
            place += other < own || (i < self && other <= own);
        }
        best = place < best ? place : best;
    }
    return best;
}

/* Keeps the CHART_SERIES lines with the best places, in their order. */
static void keep_best(struct arena *arena, struct chart_lines *lines)
{
    size_t n = lines->n_items, kept = 0;
    size_t *places = ARENA_NEW(arena, size_t, n);
    if (n <= CHART_SERIES)
        return;
    for (size_t i = 0; i < n; i++)
        places[i] = best_place(lines, i);
    for (size_t i = 0; i < n; i++) {
        size_t before = 0;
        for (size_t j = 0; j < n; j++)
            before += places[j] < places[i] || (places[j] == places[i] && j < i);
        if (before < CHART_SERIES)
            lines->items[kept++] = lines->items[i];
    }
    lines->n_items = kept;
    lines->n_left_out = n - kept;
}

static void add_line(const struct result *result, struct chart_lines *lines, const struct server_month *month)
{
    lines->has_resale |= result->study->offers[month->offer].n_resale > 0;
    for (size_t i = 0; i < lines->n_items; i++) {
        const struct server_month *other = lines->items[i].month;
        if (same(other->fixed, month->fixed) && same(other->running, month->running)) {
            lines->items[i].n_more++;
            return;
        }
    }
    lines->items[lines->n_items++] =
        (struct chart_line){.month = month, .offer = &result->study->offers[month->offer]};
}

/* ---- crossings ---- */

static bool is_cheapest(const struct chart_lines *lines, double share, double cost)
{
    for (size_t i = 0; i < lines->n_items; i++) {
        double other = chart_line_at(&lines->items[i], share);
        if (other < cost && !same(other, cost))
            return false;
    }
    return true;
}

static bool comes_before(const struct chart_crossing *a, const struct chart_crossing *b)
{
    if (a->cheapest != b->cheapest)
        return a->cheapest;
    return a->cost < b->cost;
}

static void add_crossing(struct chart_lines *lines, struct chart_crossing crossing)
{
    size_t at = lines->n_crossings++;
    while (at > 0 && comes_before(&crossing, &lines->crossings[at - 1])) {
        lines->crossings[at] = lines->crossings[at - 1];
        at--;
    }
    lines->crossings[at] = crossing;
}

static void find_crossing(struct chart_lines *lines, const struct chart_line *a, const struct chart_line *b)
{
    double slopes = b->month->running - a->month->running, gap = a->month->fixed - b->month->fixed;
    if (same(a->month->running, b->month->running))
        return;
    double share = gap / slopes;
    if (!(share > SAME && share < 1 - SAME))
        return;
    bool a_first = a->month->fixed < b->month->fixed;
    double cost = chart_line_at(a, share);
    add_crossing(lines, (struct chart_crossing){a_first ? a : b, a_first ? b : a, share, cost,
                                                is_cheapest(lines, share, cost)});
}

static void find_crossings(struct arena *arena, struct chart_lines *lines)
{
    size_t n = lines->n_items;
    lines->crossings = ARENA_NEW(arena, struct chart_crossing, n * n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            find_crossing(lines, &lines->items[i], &lines->items[j]);
}

/* ---- the cheapest from share to share ---- */

static const struct chart_line *cheapest_at_0(const struct chart_lines *lines)
{
    const struct chart_line *best = &lines->items[0];
    for (size_t i = 1; i < lines->n_items; i++) {
        const struct server_month *month = lines->items[i].month;
        bool equal = same(month->fixed, best->month->fixed);
        if (equal ? month->running < best->month->running : month->fixed < best->month->fixed)
            best = &lines->items[i];
    }
    return best;
}

/* The first crossing at or after a share at which a line gives way; of several the one that rises least. */
static const struct chart_crossing *next_turn(const struct chart_lines *lines, const struct chart_line *line,
                                              double from)
{
    const struct chart_crossing *next = NULL;
    for (size_t i = 0; i < lines->n_crossings; i++) {
        const struct chart_crossing *c = &lines->crossings[i];
        if (c->below != line || c->share < from - SAME)
            continue;
        bool same_place = next != NULL && same(c->share, next->share);
        if (next == NULL ||
            (same_place ? c->above->month->running < next->above->month->running : c->share < next->share))
            next = c;
    }
    return next;
}

static void find_cheapest(struct arena *arena, struct chart_lines *lines)
{
    double from = 0;
    const struct chart_line *line = cheapest_at_0(lines);
    lines->cheapest = ARENA_NEW(arena, const struct chart_line *, lines->n_items);
    lines->turns = ARENA_NEW(arena, double, lines->n_items);
    while (line != NULL && lines->n_cheapest < lines->n_items) {
        lines->cheapest[lines->n_cheapest++] = line;
        const struct chart_crossing *turn = next_turn(lines, line, from);
        line = NULL;
        if (turn != NULL && lines->n_cheapest < lines->n_items) {
            lines->turns[lines->n_cheapest - 1] = from = turn->share;
            line = turn->above;
        }
    }
}

struct chart_lines chart_lines_of(struct arena *arena, const struct result *result)
{
    struct chart_lines lines = {.items = ARENA_NEW(arena, struct chart_line, result->n_server_months)};
    for (size_t i = 0; i < result->n_server_months; i++)
        add_line(result, &lines, &result->server_months[i]);
    keep_best(arena, &lines);
    name_lines(arena, &lines);
    find_crossings(arena, &lines);
    find_cheapest(arena, &lines);
    return lines;
}
