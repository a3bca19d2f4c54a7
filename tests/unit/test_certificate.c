#include "test.h"

#include "model/certificate.h"

enum { STEPS = 4, LEASES = 2 };

/* One server through four steps and a second one in the two in the middle. For the first a lease of four
 * steps at 25, for the second one of two steps at 15, where on-demand servers would cost 10 a step:
 * 25 + 15 = 40. The prices 5 7 8 5 make the bound: 1x5 + 2x7 + 2x8 + 1x5 = 40; together they are 25, and any
 * two neighbours at most 15. */
struct proof {
    int64_t need[STEPS], on_demand[STEPS], missing[STEPS];
    int64_t on_demand_price[STEPS], short_price[STEPS], short_first[STEPS];
    int64_t on_demand_limit[STEPS], running_limit[STEPS], price[STEPS];
    struct lease_run leases[LEASES + 1];
    struct certificate certificate;
};

#define ALL(value)                                                                                           \
    {                                                                                                        \
        value, value, value, value                                                                           \
    }

static void set_up(struct proof *p)
{
    *p = (struct proof){
        .need = {1, 2, 2, 1},
        .on_demand_price = ALL(10),
        .short_price = ALL(100),
        .short_first = ALL(CERTIFICATE_NONE),
        .on_demand_limit = ALL(CERTIFICATE_NONE),
        .running_limit = ALL(CERTIFICATE_NONE),
        .price = {5, 7, 8, 5},
        .leases = {{STR("long"), 1, 0, 0, 4, 25, CERTIFICATE_NONE, 1},
                   {STR("short"), 1, 1, 1, 2, 15, CERTIFICATE_NONE, 1}},
    };
    p->certificate = (struct certificate){.parts = 1,
                                          .n_steps = STEPS,
                                          .need = p->need,
                                          .on_demand = p->on_demand,
                                          .missing = p->missing,
                                          .on_demand_price = p->on_demand_price,
                                          .short_price = p->short_price,
                                          .short_first = p->short_first,
                                          .on_demand_limit = p->on_demand_limit,
                                          .running_limit = p->running_limit,
                                          .hour_price = p->price,
                                          .items = p->leases,
                                          .n_items = LEASES,
                                          .plan_cost = 40,
                                          .lower_bound = 40};
}

static void expect_fault(struct proof *p, const char *expected, const char *file, int line)
{
    struct arena arena = {0};
    struct str fault = {0};
    bool good = certificate_check(&arena, &p->certificate, &fault);
    if (good != (expected == NULL)) {
        print_error("%s: %.*s\n", good ? "accepted" : "refused", STR_ARGS(fault));
        _fail(file, line);
    }
    if (expected != NULL)
        assert_text_at(fault, expected, file, line);
    arena_free(&arena);
}

#define assert_holds(p) expect_fault((p), NULL, __FILE__, __LINE__)
#define assert_refused(p, message) expect_fault((p), (message), __FILE__, __LINE__)

static void a_plan_with_its_proof_is_accepted(void **state)
{
    (void)state;
    struct proof p;
    set_up(&p);
    assert_holds(&p);
    p.certificate.running_limit = NULL; /* none at all */
    assert_holds(&p);
}

static void what_does_not_add_up_is_refused(void **state)
{
    (void)state;
    struct proof p;
    set_up(&p);
    p.certificate.plan_cost = 39;
    assert_refused(&p, "the plan does not cost what is stated: cost 0.000040, bound 0.000040");
    set_up(&p);
    p.certificate.lower_bound = 41;
    assert_refused(&p, "the bound is not what is stated: cost 0.000040, bound 0.000040");
    set_up(&p);
    p.price[3] = 4; /* a true bound, and not that of this plan */
    p.certificate.lower_bound = 39;
    assert_refused(&p, "the plan costs more than the bound: cost 0.000040, bound 0.000039");
    set_up(&p);
    p.leases[1].cost = 16; /* dearer than the proof says */
    assert_refused(&p, "the plan does not cost what is stated: cost 0.000041, bound 0.000040");
}

static void prices_that_prove_nothing_are_refused(void **state)
{
    (void)state;
    struct proof p;
    set_up(&p);
    p.price[0] = 6; /* 26 for the long lease */
    assert_refused(&p, "step 0: a lease of `long` is worth more than it costs");
    set_up(&p);
    p.leases[1].first = 0; /* a start that is not used counts too */
    p.leases[1].last = 2;
    p.leases[1].chosen = 0;
    p.price[2] = 10;
    p.price[1] = 6;
    p.price[0] = p.price[3] = 4;
    assert_refused(&p, "step 1: the need is not served");
    p.on_demand[1] = p.on_demand[2] = 1;
    assert_refused(&p, "step 1: a lease of `short` is worth more than it costs");
    set_up(&p);
    p.price[1] = 11;
    assert_refused(&p, "step 1: a price above that of an on-demand server");
    set_up(&p);
    p.price[1] = 101;
    assert_refused(&p, "step 1: a price above that of a server missing");
    set_up(&p);
    p.price[2] = -1;
    assert_refused(&p, "step 2: a price below nothing");
    set_up(&p);
    p.short_price[0] = -1;
    assert_refused(&p, "step 0: a price or a limit that cannot be");
}

static void plans_that_do_not_serve_are_refused(void **state)
{
    (void)state;
    struct proof p;
    set_up(&p);
    p.leases[0].steps = 3;
    assert_refused(&p, "step 3: the need is not served");
    set_up(&p);
    p.need[3] = 2;
    assert_refused(&p, "step 3: the need is not served");
    set_up(&p);
    p.missing[0] = -1;
    assert_refused(&p, "step 0: less than no servers");
    set_up(&p);
    p.on_demand_price[2] = CERTIFICATE_NONE;
    p.on_demand[2] = 1;
    assert_refused(&p, "step 2: on-demand servers before there are any");
}

static void leases_that_cannot_be_are_refused(void **state)
{
    (void)state;
    const struct lease_run bad[] = {
        {STR("x"), 1, -1, 0, 4, 25, CERTIFICATE_NONE, 1},    {STR("x"), 1, 2, 1, 4, 25, CERTIFICATE_NONE, 1},
        {STR("x"), 1, 0, STEPS, 4, 25, CERTIFICATE_NONE, 1}, {STR("x"), 1, 0, 0, 0, 25, CERTIFICATE_NONE, 1},
        {STR("x"), 1, 0, 0, 4, -1, CERTIFICATE_NONE, 1},     {STR("x"), 1, 0, 0, 4, 25, CERTIFICATE_NONE, -1},
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct arena arena = {0};
        struct str fault;
        struct proof p;
        set_up(&p);
        p.leases[LEASES] = bad[i];
        p.certificate.n_items = LEASES + 1;
        assert_false(certificate_check(&arena, &p.certificate, &fault));
        assert_non_null(strstr(fault.at, "a lease that cannot be"));
        arena_free(&arena);
    }
}

/* One on-demand server at a time at 10: the second is worth 18 in step 1, as without it a lease would be
 * needed; 4 x 10 + ... : need 2 in step 1 only, a lease of one step at 18. */
static void a_limit_of_on_demand_lowers_the_bound(void **state)
{
    (void)state;
    struct proof p;
    set_up(&p);
    memcpy(p.need, (int64_t[]){0, 2, 0, 0}, sizeof p.need);
    memcpy(p.price, (int64_t[]){0, 18, 0, 0}, sizeof p.price);
    p.leases[0] = (struct lease_run){STR("hour"), 1, 0, 3, 1, 18, CERTIFICATE_NONE, 0};
    p.leases[1] = (struct lease_run){STR("hour"), 1, 1, 1, 1, 18, CERTIFICATE_NONE, 1};
    p.on_demand[1] = 1;
    p.certificate.plan_cost = p.certificate.lower_bound = 28;
    assert_refused(&p, "step 1: a price above that of an on-demand server");
    p.on_demand_limit[1] = 1; /* 2 x 18 - 1 x (18 - 10) = 28 */
    assert_holds(&p);
    p.on_demand[1] = 2;
    assert_refused(&p, "step 1: more on-demand servers than their limit");
}

/* Two servers are needed and one may run: one is missing at 100, and 10 + 100 is the least. */
static void what_may_not_run_is_missing_in_every_plan(void **state)
{
    (void)state;
    struct proof p;
    set_up(&p);
    memcpy(p.need, (int64_t[]){2, 0, 0, 0}, sizeof p.need);
    memcpy(p.price, (int64_t[]){10, 0, 0, 0}, sizeof p.price);
    p.certificate.n_items = 0;
    p.running_limit[0] = p.on_demand[0] = p.missing[0] = 1;
    p.certificate.plan_cost = p.certificate.lower_bound = 110;
    assert_holds(&p);
    p.short_first[0] = 60; /* of the one missing less than a whole load is lost */
    p.certificate.plan_cost = p.certificate.lower_bound = 70;
    assert_holds(&p);
    p.on_demand[0] = 2;
    p.missing[0] = 0;
    assert_refused(&p, "step 0: more servers than may run");
}

/* The first server missing costs 6, less than the 10 on demand; the second would cost 100. Need of two: one
 * is missing and one runs, 16 = 2 x 10 - (10 - 6). */
static void the_first_missing_may_cost_less(void **state)
{
    (void)state;
    struct proof p;
    set_up(&p);
    memcpy(p.need, (int64_t[]){2, 0, 0, 0}, sizeof p.need);
    memcpy(p.price, (int64_t[]){10, 0, 0, 0}, sizeof p.price);
    p.certificate.n_items = 0;
    p.short_first[0] = 6;
    p.on_demand[0] = p.missing[0] = 1;
    p.certificate.plan_cost = p.certificate.lower_bound = 16;
    assert_holds(&p);
    p.on_demand[0] = 2;
    p.missing[0] = 0;
    p.certificate.plan_cost = 20;
    assert_refused(&p, "the plan costs more than the bound: cost 0.000020, bound 0.000016");
    p.short_first[0] = -1;
    assert_refused(&p, "step 0: a price or a limit that cannot be");
}

static void numbers_as_large_as_may_be_are_refused(void **state)
{
    (void)state;
    struct proof p;
    int64_t most = INT64_MAX - 1;
    set_up(&p);
    p.leases[0].chosen = p.leases[1].chosen = most;
    p.leases[1].first = 0;
    p.leases[1].last = 3;
    assert_refused(&p, "step 0: more servers than can be counted");
    set_up(&p);
    for (int t = 0; t < STEPS; t++) {
        p.need[t] = p.missing[t] = most;
        p.short_price[t] = most;
        p.price[t] = 0;
    }
    assert_refused(&p, "amounts too large to be added up");
    set_up(&p);
    for (int t = 0; t < STEPS; t++) {
        p.on_demand_price[t] = -most;
        p.short_price[t] = p.price[t] = most;
        p.on_demand_limit[t] = most;
    }
    assert_refused(&p, "step 0: a lease of `long` is worth more than it costs");
    p.certificate.n_items = 0;
    for (int t = 0; t < STEPS; t++)
        p.missing[t] = p.need[t];
    assert_refused(&p, "amounts too large to be added up");
}

static void amounts_are_written_exactly(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_text(certificate_amount(&arena, 1226400000000, 1000), "1226.400000000");
    assert_text(certificate_amount(&arena, 1, 1), "0.000001");
    assert_text(certificate_amount(&arena, -1, 1000), "-0.000000001");
    assert_text(certificate_amount(&arena, -1500000, 1), "-1.500000");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_with_its_proof_is_accepted),
        cmocka_unit_test(what_does_not_add_up_is_refused),
        cmocka_unit_test(prices_that_prove_nothing_are_refused),
        cmocka_unit_test(plans_that_do_not_serve_are_refused),
        cmocka_unit_test(leases_that_cannot_be_are_refused),
        cmocka_unit_test(a_limit_of_on_demand_lowers_the_bound),
        cmocka_unit_test(what_may_not_run_is_missing_in_every_plan),
        cmocka_unit_test(the_first_missing_may_cost_less),
        cmocka_unit_test(numbers_as_large_as_may_be_are_refused),
        cmocka_unit_test(amounts_are_written_exactly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
