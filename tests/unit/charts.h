#ifndef TESTS_UNIT_CHARTS_H
#define TESTS_UNIT_CHARTS_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "report/chart_style.h"
#include "report/report.h"

/* A blank at which no line breaks stands between a figure and its unit. */
#define NB "\xc2\xa0"

enum { MONTHS = 12, STEPS = 48, BURST_FROM = 10, BURST_TO = 30, BASE_NEED = 100, BURST_NEED = 1100 };

/* A year with a burst of 1,000 servers for 20 hours of a two-day window. Strategy 0 buys ahead and
 * meets the need; strategy 1 has 600 servers and falls short of 500 for 20 hours; further ones are like
 * strategy 0. */
struct fake {
    struct arena arena;
    struct study study;
    struct result result;
    struct burst burst;
    struct offer offers[N_OFFER_KINDS];
    struct report report;
    struct failure failure;
    char folder[64];
    struct pictures pictures;
};

static inline money units(int64_t amount)
{
    return amount * MONEY_PER_UNIT;
}

static inline struct strategy *fake_strategy(struct fake *fake, const char *name, int offer)
{
    struct strategy *strategy = ARENA_NEW(&fake->arena, struct strategy, 1);
    strategy->layers = ARENA_NEW(&fake->arena, struct layer, 1);
    strategy->layers[0].offer = offer;
    strategy->n_layers = 1;
    strategy->name = str_of(name);
    return strategy;
}

/* Bills monthly_cost a month; compared cost is the sum; rank by number. */
static inline void fake_result_of(struct fake *fake, size_t i, const char *name, int64_t monthly_cost)
{
    struct strategy_result *s = &fake->result.strategies[i];
    s->strategy = fake_strategy(fake, name, (int)(i % OFFER_SERVICE));
    s->months = ARENA_NEW(&fake->arena, struct month_result, MONTHS);
    for (int m = 0; m < MONTHS; m++)
        s->months[m].cumulative = units(monthly_cost * (m + 1));
    s->billed = s->compared = units(monthly_cost * MONTHS);
    s->rank = (int)i + 1;
    s->scope = ARENA_NEW(&fake->arena, enum scope, fake->study.n_components);
    s->scope[0] = SCOPE_COUNTED;
    double hours = (double)(i + 1) * (double)(i + 1);
    s->lead_time = (struct lead_time){true, hours * 0.5, hours * 0.7, hours, hours * 1.5, hours * 2, hours};
    s->burst = (struct burst_view){.from_seconds = fake->result.burst_from_seconds,
                                   .step_seconds = HOUR_SECONDS,
                                   .n_steps = STEPS,
                                   .in_service = ARENA_NEW(&fake->arena, double, STEPS)};
    for (int t = 0; t < STEPS; t++)
        s->burst.in_service[t] = i == 1 ? 600 : 1200;
}

static inline void fake_demand(struct fake *fake, int64_t start)
{
    struct demand *demand = &fake->result.demand;
    *demand = (struct demand){.start_seconds = start, .step_seconds = HOUR_SECONDS, .n_steps = STEPS};
    demand->servers = ARENA_NEW(&fake->arena, int32_t, STEPS);
    for (int t = 0; t < STEPS; t++)
        demand->servers[t] = t >= BURST_FROM && t < BURST_TO ? BURST_NEED : BASE_NEED;
}

static inline void fake_months(struct fake *fake, int64_t start)
{
    struct timeline *timeline = &fake->result.timeline;
    timeline->n_months = MONTHS;
    timeline->months = ARENA_NEW(&fake->arena, struct month, MONTHS);
    for (int m = 0; m < MONTHS; m++) {
        timeline->months[m].start_seconds = add_months(start, m);
        timeline->months[m].end_seconds = add_months(start, m + 1);
    }
}

static inline struct fake *fake_new(size_t n_strategies)
{
    struct fake *fake = calloc(1, sizeof *fake);
    int64_t start = date_seconds((struct date){2014, 1, 1});
    fake->burst = (struct burst){.name = STR("sale"),
                                 .at_seconds = start + BURST_FROM * HOUR_SECONDS,
                                 .hold_seconds = (BURST_TO - BURST_FROM) * HOUR_SECONDS,
                                 .servers = 1000};
    for (int k = 0; k < N_OFFER_KINDS; k++)
        fake->offers[k].kind = (enum offer_kind)k;
    fake->study = (struct study){.name = STR("shop"),
                                 .start_seconds = start,
                                 .end_seconds = add_months(start, MONTHS),
                                 .currency = STR("USD"),
                                 .offers = fake->offers,
                                 .n_offers = N_OFFER_KINDS,
                                 .n_components = 2};
    fake->study.workload.bursts = &fake->burst;
    fake->study.workload.n_bursts = 1;
    fake->result = (struct result){.study = &fake->study,
                                   .n_strategies = n_strategies,
                                   .ranked = true,
                                   .burst_servers = 1000,
                                   .burst_name = STR("sale"),
                                   .burst_from_seconds = start,
                                   .burst_to_seconds = start + STEPS * HOUR_SECONDS};
    fake->result.strategies = ARENA_NEW(&fake->arena, struct strategy_result, n_strategies);
    fake_months(fake, start);
    fake_demand(fake, start);
    for (size_t i = 0; i < n_strategies; i++)
        fake_result_of(fake, i, str_format(&fake->arena, "Plan %zu", i + 1).at, 100000 + 25000 * (int64_t)i);
    strcpy(fake->folder, "/tmp/test_charts.XXXXXX");
    assert_non_null(mkdtemp(fake->folder));
    return fake;
}

/* What is short of the need where as many are in service all through a step. */
static inline void fake_shortfall(struct fake *fake, struct burst_view *view)
{
    view->shortfall = ARENA_NEW(&fake->arena, int64_t, view->n_steps + 1);
    for (int32_t t = 0; t < view->n_steps; t++)
        view->shortfall[t] =
            (int64_t)fmax(0, fake->result.demand.servers[t] - view->in_service[t]) * HOUR_SECONDS;
}

static inline void fake_draw(struct fake *fake)
{
    for (size_t i = 0; i < fake->result.n_strategies; i++)
        fake_shortfall(fake, &fake->result.strategies[i].burst);
    fake->report =
        (struct report){&fake->result, &fake->arena, str_of(fake->folder), &fake->failure, "0.1.0", STR("")};
    assert_true(report_charts(&fake->report, &fake->pictures));
    assert_false(fake->failure.failed);
}

static inline int remove_entry(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
    (void)status, (void)type, (void)ftw;
    return remove(path);
}

static inline void fake_free(struct fake *fake)
{
    nftw(fake->folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(&fake->arena);
    free(fake);
}

static inline struct str path_of(struct fake *fake, const char *name)
{
    return str_format(&fake->arena, "%s/charts/%s", fake->folder, name);
}

static inline bool is_there(struct fake *fake, const char *name)
{
    struct stat status;
    return stat(path_of(fake, name).at, &status) == 0 && status.st_size > 0;
}

static inline struct str content_of(struct fake *fake, const char *name)
{
    struct str content = {0};
    assert_true(file_read(&fake->arena, path_of(fake, name), &content, &fake->failure));
    return content;
}

static inline bool holds(struct str text, const char *part)
{
    return memmem(text.at, text.length, part, strlen(part)) != NULL;
}

#define assert_holds(text, part) assert_true(holds((text), (part)))
#define assert_lacks(text, part) assert_false(holds((text), (part)))

#endif
