#include "report/chart_facts.h"

#include <math.h>

#include "base/arena.h"
#include "report/chart_text.h"

#define DAYS_A_YEAR 365.25
/* Between a figure and its unit: a blank at which no line is broken. */
#define NO_BREAK "\xC2\xA0"

struct chart_verdict chart_verdict(const struct result *result)
{
    struct chart_verdict verdict = {NULL, NULL, 0};
    for (size_t i = 0; result->ranked && i < result->n_strategies; i++) {
        const struct strategy_result *s = &result->strategies[i];
        if (s->rank <= 0)
            continue;
        if (verdict.best == NULL || s->rank < verdict.best->rank) {
            verdict.second = verdict.best;
            verdict.best = s;
        } else if (verdict.second == NULL || s->rank < verdict.second->rank) {
            verdict.second = s;
        }
    }
    for (size_t i = 0; verdict.best != NULL && i < result->n_strategies; i++)
        verdict.n_best += result->strategies[i].rank == verdict.best->rank;
    return verdict;
}

const char *chart_scope(const struct result *result)
{
    return result_scope_differs(result) ? " of what is counted" : "";
}

struct str chart_compared_cost(struct arena *arena, const struct study *study)
{
    if (!study->has_discount_rate)
        return STR("billed cost less horizon value plus unmet cost");
    return str_format(
        arena, "billed cost less horizon value plus unmet cost, discounted at %.4g" NO_BREAK "%% a year",
        decimal_as_double(study->discount_rate) * 100);
}

struct str chart_number(struct arena *arena, double value, int places)
{
    struct str plain = str_format(arena, "%.*f", places, fabs(value));
    size_t whole = plain.length - (places > 0 ? (size_t)places + 1 : 0);
    char *text = ARENA_NEW(arena, char, 2 * plain.length + 2);
    size_t n = 0;
    bool zero = true;
    for (size_t i = 0; i < plain.length; i++)
        zero = zero && (plain.at[i] == '0' || plain.at[i] == '.');
    if (value < 0 && !zero)
        text[n++] = '-';
    for (size_t i = 0; i < plain.length; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0)
            text[n++] = ',';
        text[n++] = plain.at[i];
    }
    return (struct str){text, n};
}

struct str chart_amount(struct arena *arena, double value, struct str currency)
{
    static const struct {
        double from, unit;
        const char *name;
    } scales[] = {{1e12, 1e12, NO_BREAK "trillion"},
                  {1e9, 1e9, NO_BREAK "billion"},
                  {1e6, 1e6, NO_BREAK "million"},
                  {0, 1, ""}};
    double size = fabs(value);
    size_t i = 0;
    while (size < scales[i].from)
        i++;
    double shown = size / scales[i].unit;
    bool whole = shown >= 100 || shown == floor(shown);
    int places = whole ? 0 : shown >= 10 && scales[i].unit > 1 ? 1 : 2;
    struct str number = chart_number(arena, value / scales[i].unit, places);
    return str_format(arena, "%.*s%s" NO_BREAK "%.*s", STR_ARGS(number), scales[i].name,
                      STR_ARGS(chart_clean(arena, currency)));
}

struct str chart_money(struct arena *arena, money amount, struct str currency)
{
    return chart_amount(arena, money_as_double(amount), currency);
}

struct str chart_saving(struct arena *arena, money less, money more, struct str currency)
{
    money saved = more;
    if (!money_add(&saved, -less))
        saved = INT64_MAX;
    struct str amount = chart_money(arena, saved, currency);
    if (less < 0 || more <= 0)
        return amount;
    double share = 100 * (double)saved / (double)more;
    if (share > 0 && share < 0.1)
        return str_format(arena, "%.*s (under 0.1" NO_BREAK "%%)", STR_ARGS(amount));
    return str_format(arena, "%.*s (%.*f" NO_BREAK "%%)", STR_ARGS(amount), share < 10 ? 1 : 0, share);
}

struct str chart_hours(struct arena *arena, double hours)
{
    static const struct {
        double up_to, unit;
        const char *name;
    } scales[] = {{2.0 / 60, 1.0 / 3600, "s"},
                  {2, 1.0 / 60, "min"},
                  {48, 1, "h"},
                  {24 * 730, 24, "days"},
                  {INFINITY, 8760, "years"}};
    if (hours <= 0)
        return STR("at once");
    size_t i = 0;
    while (hours >= scales[i].up_to && i < 4)
        i++;
    double shown = hours / scales[i].unit;
    bool tenths = shown < (scales[i].unit > 1 ? 100 : 10) && fabs(shown - round(shown)) >= 0.05;
    struct str number = chart_number(arena, shown, tenths ? 1 : 0);
    return str_format(arena, "%.*s" NO_BREAK "%s", STR_ARGS(number), scales[i].name);
}

struct str chart_horizon(struct arena *arena, const struct study *study)
{
    int n = months_between(study->start_seconds, study->end_seconds);
    if (n > 0 && add_months(study->start_seconds, n) == study->end_seconds)
        return str_format(arena, n == 1 ? "%d month" : "%d months", n);
    double days = (double)(study->end_seconds - study->start_seconds) / DAY_SECONDS;
    if (days >= 2 * DAYS_A_YEAR)
        return str_format(arena, "%.*s years", STR_ARGS(chart_number(arena, days / DAYS_A_YEAR, 1)));
    bool tenths = days < 10 && fabs(days - round(days)) >= 0.05;
    return str_format(arena, "%.*s day%s", STR_ARGS(chart_number(arena, days, tenths ? 1 : 0)),
                      days == 1 ? "" : "s");
}

struct str chart_origin(struct arena *arena, const struct result *result, const char *version)
{
    struct str name = chart_name(arena, result->study->name, 40);
    struct str origin = str_format(arena, "rackrate %s, study %.*s.", version, STR_ARGS(name));
    if (result->ranked || result->n_strategies < 2)
        return origin;
    struct str because = chart_clean(arena, result->unranked_because);
    return str_format(arena, "%.*s Not ranked%s%.*s.", STR_ARGS(origin), because.length > 0 ? ": " : "",
                      STR_ARGS(because));
}
