#include "report/scenario_facts.h"

#include <math.h>

#include "base/arena.h"
#include "report/chart_facts.h"
#include "report/chart_text.h"

enum { LONGEST_NAME = 36, LONGEST_VALUE = 24 };

bool has_sensitivity(const struct result *result)
{
    return result->study->wishes.n_changes > 0;
}

bool has_what_if(const struct result *result)
{
    return result->study->wishes.x.n_values > 0;
}

/* ---- one at a time ---- */

static struct tornado_bar bar_of(const struct result *result, size_t strategy, size_t change)
{
    const struct scenario *ends = &result->scenarios.ends[change * N_SCENARIO_ENDS];
    double base = money_as_double(result->strategies[strategy].compared), low = base, high = base;
    struct tornado_bar bar = {.change = &result->study->wishes.changes[change], .ends = ends};
    for (int end = 0; end < N_SCENARIO_ENDS; end++) {
        bar.cost[end] = ends[end].costs[strategy].compared;
        low = fmin(low, money_as_double(bar.cost[end]));
        high = fmax(high, money_as_double(bar.cost[end]));
    }
    bar.width = high - low;
    return bar;
}

struct tornado tornado_of(struct arena *arena, const struct result *result)
{
    const struct strategy_result *best = chart_verdict(result).best;
    struct tornado tornado = {.subject = best != NULL ? best : &result->strategies[0],
                              .n_bars = result->study->wishes.n_changes};
    tornado.bars = ARENA_NEW(arena, struct tornado_bar, tornado.n_bars);
    for (size_t i = 0; i < tornado.n_bars; i++) {
        struct tornado_bar bar = bar_of(result, (size_t)(tornado.subject - result->strategies), i);
        size_t at = i;
        for (; at > 0 && tornado.bars[at - 1].width < bar.width; at--)
            tornado.bars[at] = tornado.bars[at - 1];
        tornado.bars[at] = bar;
    }
    return tornado;
}

const struct strategy_result *tornado_winner(const struct result *result, const struct tornado *tornado,
                                             const struct tornado_bar *bar, int end)
{
    int winner = scenario_cheapest(&bar->ends[end], result->n_strategies);
    size_t subject = (size_t)(tornado->subject - result->strategies);
    if (!result->ranked || winner < 0 ||
        bar->ends[end].costs[winner].compared == bar->ends[end].costs[subject].compared)
        return NULL;
    return &result->strategies[winner];
}

static size_t count_winners(const struct result *result, const struct tornado *tornado)
{
    size_t n = 0;
    for (size_t i = 0; i < tornado->n_bars; i++)
        for (int end = 0; end < N_SCENARIO_ENDS; end++)
            n += tornado_winner(result, tornado, &tornado->bars[i], end) != NULL;
    return n;
}

static struct str choice_text(struct arena *arena, const struct result *result, const struct tornado *tornado)
{
    if (!result->ranked || result->n_strategies == 1)
        return STR("");
    size_t n = count_winners(result, tornado), n_runs = tornado->n_bars * N_SCENARIO_ENDS;
    if (n == 0)
        return STR("; nothing that was tried makes another cheaper");
    return str_format(arena, "; in %zu of %zu runs another costs less", n, n_runs);
}

struct str tornado_finding(struct arena *arena, const struct result *result, const struct tornado *tornado)
{
    const struct tornado_bar *widest = &tornado->bars[0];
    struct str subject = chart_name(arena, tornado->subject->strategy->name, LONGEST_NAME),
               change = chart_name(arena, widest->change->name, LONGEST_NAME),
               choice = choice_text(arena, result, tornado);
    money least = tornado->subject->compared, most = least;
    for (int end = 0; end < N_SCENARIO_ENDS; end++) {
        least = widest->cost[end] < least ? widest->cost[end] : least;
        most = widest->cost[end] > most ? widest->cost[end] : most;
    }
    if (least == most)
        return str_format(arena, "Nothing that was tried changes what %.*s costs%.*s", STR_ARGS(subject),
                          STR_ARGS(choice));
    struct str from = chart_money(arena, least, result->study->currency),
               to = chart_money(arena, most, result->study->currency);
    return str_format(arena, "%.*s changes the cost of %.*s most: %.*s to %.*s%.*s", STR_ARGS(change),
                      STR_ARGS(subject), STR_ARGS(from), STR_ARGS(to), STR_ARGS(choice));
}

/* ---- two at a time ---- */

static int winner_at(const struct result *result, size_t x, size_t y)
{
    return scenario_cheapest(&result->scenarios.cells[y * result->study->wishes.x.n_values + x],
                             result->n_strategies);
}

size_t what_if_wins(const struct result *result, int strategy)
{
    const struct scenario_wishes *wishes = &result->study->wishes;
    size_t n = 0;
    for (size_t y = 0; y < wishes->y.n_values; y++)
        for (size_t x = 0; x < wishes->x.n_values; x++)
            n += winner_at(result, x, y) == strategy;
    return n;
}

static int winner_along(const struct result *result, bool along_x, size_t i, size_t j)
{
    return along_x ? winner_at(result, i, j) : winner_at(result, j, i);
}

/* The value of an axis from which on another costs least than before, whatever the other axis is, where
 * there is exactly one; otherwise 0. */
static size_t turn_of(const struct result *result, bool along_x)
{
    const struct scenario_wishes *wishes = &result->study->wishes;
    size_t n = along_x ? wishes->x.n_values : wishes->y.n_values,
           m = along_x ? wishes->y.n_values : wishes->x.n_values, turn = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < m; j++)
            if (winner_along(result, along_x, i, j) < 0 ||
                winner_along(result, along_x, i, j) != winner_along(result, along_x, i, 0))
                return 0;
        if (i == 0 || winner_along(result, along_x, i, 0) == winner_along(result, along_x, i - 1, 0))
            continue;
        if (turn > 0)
            return 0;
        turn = i;
    }
    return turn;
}

static struct str name_of_strategy(struct arena *arena, const struct result *result, int strategy)
{
    return chart_name(arena, result->strategies[strategy].strategy->name, LONGEST_NAME);
}

static struct str turn_text(struct arena *arena, const struct result *result, bool along_x, size_t turn)
{
    const struct scenario_change *axis = along_x ? &result->study->wishes.x : &result->study->wishes.y;
    struct str before = name_of_strategy(arena, result, winner_along(result, along_x, turn - 1, 0)),
               after = name_of_strategy(arena, result, winner_along(result, along_x, turn, 0));
    struct str change = chart_name(arena, axis->name, LONGEST_NAME),
               to = chart_name(arena, axis->values[turn - 1].text, LONGEST_VALUE),
               from = chart_name(arena, axis->values[turn].text, LONGEST_VALUE);
    return str_format(arena, "%.*s decides: between %.*s and %.*s the cheapest changes from %.*s to %.*s",
                      STR_ARGS(change), STR_ARGS(to), STR_ARGS(from), STR_ARGS(before), STR_ARGS(after));
}

static struct str counts_text(struct arena *arena, const struct result *result)
{
    int first = -1, second = -1;
    size_t n_cells = result->study->wishes.x.n_values * result->study->wishes.y.n_values, n_winners = 0;
    for (int s = 0; s < (int)result->n_strategies; s++) {
        size_t wins = what_if_wins(result, s);
        n_winners += wins > 0;
        if (wins > 0 && (first < 0 || wins > what_if_wins(result, first))) {
            second = first;
            first = s;
        } else if (wins > 0 && (second < 0 || wins > what_if_wins(result, second))) {
            second = s;
        }
    }
    if (first < 0)
        return str_format(arena, "None of %zu cases is ranked", n_cells);
    struct str best = name_of_strategy(arena, result, first);
    size_t n_best = what_if_wins(result, first);
    if (n_winners == 1 && n_best == n_cells)
        return str_format(arena, "%.*s costs least in all of %zu cases", STR_ARGS(best), n_cells);
    if (n_winners == 1)
        return str_format(arena, "%.*s costs least in %zu of %zu cases; the others are not ranked",
                          STR_ARGS(best), n_best, n_cells);
    return str_format(arena, "%.*s costs least in %zu of %zu cases, %.*s in %zu%s", STR_ARGS(best), n_best,
                      n_cells, STR_ARGS(name_of_strategy(arena, result, second)),
                      what_if_wins(result, second),
                      n_winners == 3  ? ", another in the rest"
                      : n_winners > 3 ? ", others in the rest"
                                      : "");
}

struct str what_if_finding(struct arena *arena, const struct result *result)
{
    if (result->n_strategies == 1)
        return str_format(arena, "What %.*s costs in %zu cases", STR_ARGS(name_of_strategy(arena, result, 0)),
                          result->study->wishes.x.n_values * result->study->wishes.y.n_values);
    for (int along_x = 1; along_x >= 0; along_x--) {
        size_t turn = turn_of(result, along_x);
        if (turn > 0)
            return turn_text(arena, result, along_x, turn);
    }
    return counts_text(arena, result);
}
