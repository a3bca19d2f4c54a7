#include "model/certificate.h"

#include "base/arena.h"
#include "model/optimum.h"

/* ---- from an optimum ---- */

static void add_kind(struct arena *arena, struct certificate *c, const struct lease_kind *kind,
                     struct str offer)
{
    for (int32_t s = 0; s < c->n_steps; s++) {
        int64_t limit = kind->limit == NULL ? CERTIFICATE_NONE : kind->limit[s];
        struct lease_run *last = c->n_items == 0 ? NULL : &c->items[c->n_items - 1];
        if (kind->cost[s] == OPTIMUM_NONE)
            continue;
        if (s > 0 && last != NULL && last->last == s - 1 && last->steps == kind->steps &&
            last->n_terms == kind->n_terms && last->cost == kind->cost[s] && last->limit == limit &&
            last->chosen == kind->chosen[s] && str_equal(last->offer, offer)) {
            last->last = s;
            continue;
        }
        *ARENA_APPEND(arena, c) = (struct lease_run){offer,       kind->n_terms, s,     s,
                                                     kind->steps, kind->cost[s], limit, kind->chosen[s]};
    }
}

struct certificate certificate_of(struct arena *arena, const struct optimum *optimum,
                                  const struct str *offers)
{
    struct certificate c = {.parts = optimum->parts,
                            .n_steps = optimum->n_steps,
                            .need = optimum->need,
                            .on_demand = optimum->on_demand_used,
                            .missing = optimum->missing,
                            .on_demand_price = optimum->on_demand_price,
                            .short_price = optimum->short_price,
                            .short_first = optimum->short_first,
                            .on_demand_limit = optimum->on_demand_limit,
                            .running_limit = optimum->running_limit,
                            .hour_price = optimum->hour_price,
                            .plan_cost = optimum->cost,
                            .lower_bound = optimum->bound};
    for (size_t i = 0; i < optimum->n_kinds; i++)
        add_kind(arena, &c, &optimum->kinds[i], offers[optimum->kinds[i].offer]);
    return c;
}

/* ---- checked ---- */

/* A file may state any numbers. */
struct sums {
    int128 cost, bound;
    bool overflow;
};

static void add(struct sums *sums, int128 *sum, int128 amount)
{
    sums->overflow |= __builtin_add_overflow(*sum, amount, sum);
}

static bool wrong(struct arena *arena, struct str *fault, int32_t step, const char *what)
{
    *fault = str_format(arena, "step %d: %s", (int)step, what);
    return false;
}

static int32_t end_of(const struct certificate *c, const struct lease_run *run, int32_t start)
{
    return run->steps < c->n_steps - start ? start + run->steps : c->n_steps;
}

/* Reference servers leased in each step. */
static bool add_leases(struct arena *arena, const struct certificate *c, int64_t *leased, struct sums *sums,
                       struct str *fault)
{
    for (size_t i = 0; i < c->n_items; i++) {
        const struct lease_run *run = &c->items[i];
        if (run->first < 0 || run->last < run->first || run->last >= c->n_steps || run->steps < 1 ||
            run->chosen < 0 || run->cost < 0 || run->limit < 0)
            return wrong(arena, fault, run->first, "a lease that cannot be");
        if (run->chosen > run->limit)
            return wrong(arena, fault, run->first, "more leases than their limit");
        for (int32_t s = run->first; run->chosen > 0 && s <= run->last; s++) {
            if (__builtin_add_overflow(leased[s], run->chosen, &leased[s]) ||
                __builtin_sub_overflow(leased[end_of(c, run, s)], run->chosen, &leased[end_of(c, run, s)]))
                return wrong(arena, fault, s, "more servers than can be counted");
            add(sums, &sums->cost, (int128)run->chosen * run->cost);
        }
    }
    for (int32_t t = 1; t < c->n_steps; t++)
        if (__builtin_add_overflow(leased[t], leased[t - 1], &leased[t]))
            return wrong(arena, fault, t, "more servers than can be counted");
    return true;
}

static int64_t first_price(const struct certificate *c, int32_t t)
{
    return c->short_first[t] < c->short_price[t] ? c->short_first[t] : c->short_price[t];
}

static int128 missing_cost(const struct certificate *c, int32_t t, int64_t missing)
{
    return missing == 0 ? 0 : (int128)(missing - 1) * c->short_price[t] + first_price(c, t);
}

static bool check_service(struct arena *arena, const struct certificate *c, int32_t t, int64_t leased,
                          struct sums *sums, struct str *fault)
{
    if (c->need[t] < 0 || c->on_demand[t] < 0 || c->missing[t] < 0)
        return wrong(arena, fault, t, "less than no servers");
    if ((int128)leased + c->on_demand[t] + c->missing[t] < c->need[t])
        return wrong(arena, fault, t, "the need is not served");
    if (c->on_demand[t] > 0 && c->on_demand_price[t] == CERTIFICATE_NONE)
        return wrong(arena, fault, t, "on-demand servers before there are any");
    if (c->on_demand[t] > c->on_demand_limit[t])
        return wrong(arena, fault, t, "more on-demand servers than their limit");
    if (c->running_limit != NULL && (int128)leased + c->on_demand[t] > c->running_limit[t])
        return wrong(arena, fault, t, "more servers than may run");
    if (c->on_demand[t] > 0)
        add(sums, &sums->cost, (int128)c->on_demand[t] * c->on_demand_price[t]);
    add(sums, &sums->cost, missing_cost(c, t, c->missing[t]));
    return true;
}

/* What a step's price adds to the bound: the worth of its need, less what limits keep from being cheaper. */
static bool bound_step(struct arena *arena, const struct certificate *c, int32_t t, struct sums *sums,
                       struct str *fault)
{
    int64_t price = c->hour_price[t], need = c->need[t];
    int64_t limit = c->running_limit == NULL ? CERTIFICATE_NONE : c->running_limit[t];
    if (first_price(c, t) < 0 || c->on_demand_limit[t] < 0 || limit < 0)
        return wrong(arena, fault, t, "a price or a limit that cannot be");
    if (price > c->short_price[t])
        return wrong(arena, fault, t, "a price above that of a server missing");
    if (price < 0 && limit == CERTIFICATE_NONE)
        return wrong(arena, fault, t, "a price below nothing");
    if (c->on_demand_price[t] != CERTIFICATE_NONE && price > c->on_demand_price[t]) {
        if (c->on_demand_limit[t] == CERTIFICATE_NONE)
            return wrong(arena, fault, t, "a price above that of an on-demand server");
        add(sums, &sums->bound, -(c->on_demand_limit[t] * ((int128)price - c->on_demand_price[t])));
    }
    if (need > limit) { /* nothing but shortage serves what is above it */
        add(sums, &sums->bound, missing_cost(c, t, need - limit));
        need = limit;
    } else if (price > first_price(c, t)) {
        add(sums, &sums->bound, -((int128)price - first_price(c, t)));
    }
    add(sums, &sums->bound, (int128)(price < 0 ? limit : need) * price);
    return true;
}

static int128 *prices_before(struct arena *arena, const struct certificate *c)
{
    int128 *before = ARENA_NEW(arena, int128, c->n_steps + 1);
    for (int32_t t = 0; t < c->n_steps; t++)
        before[t + 1] = before[t] + c->hour_price[t];
    return before;
}

/* What a lease is worth beyond its cost: the sum of the prices of its steps, less the cost. */
static int128 excess(const struct certificate *c, const struct lease_run *run, const int128 *before,
                     int32_t s)
{
    return before[end_of(c, run, s)] - before[s] - run->cost;
}

/* No lease without a limit is worth more than it costs; what others are takes off the bound. */
static bool check_worth(struct arena *arena, const struct certificate *c, struct sums *sums,
                        struct str *fault)
{
    const int128 *before = prices_before(arena, c);
    for (size_t i = 0; i < c->n_items; i++)
        for (int32_t s = c->items[i].first; s <= c->items[i].last; s++) {
            int128 more = excess(c, &c->items[i], before, s), off = 0;
            if (more > 0 && c->items[i].limit == CERTIFICATE_NONE) {
                *fault = str_format(arena, "step %d: a lease of `%.*s` is worth more than it costs", (int)s,
                                    STR_ARGS(c->items[i].offer));
                return false;
            }
            sums->overflow |= more > 0 && __builtin_mul_overflow(more, c->items[i].limit, &off);
            add(sums, &sums->bound, -off);
        }
    return true;
}

int128 *certificate_lease_limits(struct arena *arena, const struct certificate *c)
{
    struct arena scratch = {0};
    const int128 *before = prices_before(&scratch, c);
    int128 *limits = ARENA_NEW(arena, int128, c->n_steps);
    for (size_t i = 0; i < c->n_items; i++)
        for (int32_t s = c->items[i].first; c->items[i].limit != CERTIFICATE_NONE && s <= c->items[i].last;
             s++) {
            int128 more = excess(c, &c->items[i], before, s);
            limits[s] -= more > 0 ? more * c->items[i].limit : 0;
        }
    arena_free(&scratch);
    return limits;
}

static bool check_sums(struct arena *arena, const struct certificate *c, const struct sums *sums,
                       struct str *fault)
{
    if (sums->overflow) {
        *fault = STR("amounts too large to be added up");
        return false;
    }
    const char *what = sums->cost != c->plan_cost      ? "the plan does not cost what is stated"
                       : sums->bound != c->lower_bound ? "the bound is not what is stated"
                       : sums->cost != sums->bound     ? "the plan costs more than the bound"
                                                       : NULL;
    if (what == NULL)
        return true;
    *fault = str_format(arena, "%s: cost %.*s, bound %.*s", what,
                        STR_ARGS(certificate_amount(arena, sums->cost, c->parts)),
                        STR_ARGS(certificate_amount(arena, sums->bound, c->parts)));
    return false;
}

bool certificate_check(struct arena *arena, const struct certificate *c, struct str *fault)
{
    struct arena scratch = {0};
    struct sums sums = {0};
    int64_t *leased = ARENA_NEW(&scratch, int64_t, c->n_steps + 1);
    bool good = add_leases(arena, c, leased, &sums, fault);
    for (int32_t t = 0; good && t < c->n_steps; t++)
        good = check_service(arena, c, t, leased[t], &sums, fault) && bound_step(arena, c, t, &sums, fault);
    good = good && check_worth(&scratch, c, &sums, fault) && check_sums(arena, c, &sums, fault);
    if (!good)
        *fault = str_copy(arena, *fault);
    arena_free(&scratch);
    return good;
}

struct str certificate_amount(struct arena *arena, int128 amount, int64_t parts)
{
    int128 unit = (int128)parts * MONEY_PER_UNIT;
    int places = parts == 1 ? 6 : 9;
    int128 size = amount < 0 ? -amount : amount;
    return str_format(arena, "%s%lld.%0*lld", amount < 0 ? "-" : "", (long long)(size / unit), places,
                      (long long)(size % unit));
}
