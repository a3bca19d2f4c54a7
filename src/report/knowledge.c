#include "report/knowledge.h"

#include <math.h>

#include "base/arena.h"
#include "report/chart_facts.h"
#include "report/chart_text.h"

enum { LONGEST_NAME = 40 };

static bool goes_on(const struct result *result, size_t i)
{
    return i > 0 &&
           str_equal(result->strategies[i - 1].strategy->family, result->strategies[i].strategy->family);
}

bool has_families(const struct result *result)
{
    for (size_t i = 0; i < result->n_strategies; i++)
        if (result->strategies[i].strategy->family.length > 0)
            return true;
    return false;
}

size_t families_of(struct arena *arena, const struct result *result, struct family **families)
{
    struct family *list = ARENA_NEW(arena, struct family, result->n_strategies);
    size_t n = 0;
    for (size_t i = 0; i < result->n_strategies; i++) {
        const struct strategy_result *s = &result->strategies[i];
        if (s->strategy->family.length == 0)
            continue;
        if (!goes_on(result, i))
            list[n++] = (struct family){.name = s->strategy->family, .members = s};
        list[n - 1].n_members++;
        if (s->strategy->knows == KNOWS_ALL)
            list[n - 1].all = s;
    }
    *families = list;
    return n;
}

bool family_more(const struct result *result, const struct family *family,
                 const struct strategy_result *member, money *more)
{
    if (family->all == NULL || (!result->study->workload.has_unmet_cost &&
                                member->service.unmet_micro != family->all->service.unmet_micro))
        return false;
    *more = member->compared - family->all->compared;
    return true;
}

/* ---- in words ---- */

static const char *const not_knowing[N_KNOWS] = {
    [KNOWS_ALL] = "knowing all", [KNOWS_FORECAST] = "a forecast", [KNOWS_NOTHING] = "knowing nothing"};

/* "0.59 million USD (40 %) more" */
static struct str difference_text(struct arena *arena, const struct result *result,
                                  const struct family *family, money more)
{
    money size = more < 0 ? -more : more;
    struct str amount = chart_money(arena, size, result->study->currency);
    const char *direction = more < 0 ? "less" : "more";
    if (more == 0)
        return STR("the same");
    if (family->all->compared <= 0)
        return str_format(arena, "%.*s %s", STR_ARGS(amount), direction);
    double share = 100 * (double)size / (double)family->all->compared;
    if (share < 0.1)
        return str_format(arena, "%.*s (under 0.1\xC2\xA0%%) %s", STR_ARGS(amount), direction);
    return str_format(arena, "%.*s (%.*f\xC2\xA0%%) %s", STR_ARGS(amount), share < 10 ? 1 : 0, share,
                      direction);
}

/* The member who pays most in addition, for what who knows all pays. */
struct finding {
    const struct family *family;
    const struct strategy_result *member;
    money more;
    double share; /* of what who knows all pays */
};

static struct finding largest(const struct result *result, const struct family *families, size_t n)
{
    struct finding found = {0};
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < families[i].n_members; j++) {
            const struct strategy_result *member = &families[i].members[j];
            money more;
            if (member == families[i].all || !family_more(result, &families[i], member, &more))
                continue;
            double share =
                families[i].all->compared > 0 ? (double)more / (double)families[i].all->compared : 0;
            if (found.member == NULL || share > found.share)
                found = (struct finding){&families[i], member, more, share};
        }
    return found;
}

static struct str about_one(struct arena *arena, const struct result *result, const struct family *family)
{
    struct str text = str_format(arena, "%.*s: compared with knowing all,",
                                 STR_ARGS(chart_name(arena, family->name, LONGEST_NAME)));
    bool first = true;
    for (size_t j = 0; j < family->n_members; j++) {
        const struct strategy_result *member = &family->members[j];
        money more;
        if (member == family->all || !family_more(result, family, member, &more))
            continue;
        struct str difference = difference_text(arena, result, family, more);
        text = str_format(arena, "%.*s%s %s costs %.*s", STR_ARGS(text), first ? "" : ",",
                          not_knowing[member->strategy->knows], STR_ARGS(difference));
        first = false;
    }
    return text;
}

struct str families_finding(struct arena *arena, const struct result *result)
{
    struct family *families;
    size_t n = families_of(arena, result, &families);
    struct finding found = largest(result, families, n);
    if (found.member == NULL)
        return str_format(arena, "What buyers pay who know different things, in %zu %s", n,
                          n == 1 ? "strategy" : "strategies");
    if (n == 1)
        return about_one(arena, result, &families[0]);
    if (found.more <= 0)
        return STR("Nobody who knows less pays more than who knows all");
    return str_format(arena, "Not knowing costs up to %.*s: %.*s %s",
                      STR_ARGS(difference_text(arena, result, found.family, found.more)),
                      STR_ARGS(chart_name(arena, found.family->name, LONGEST_NAME)),
                      found.member->strategy->knows == KNOWS_FORECAST ? "by a forecast" : "knowing nothing");
}
