#include "test.h"

#include <math.h>

#include "rating/lease_meter.h"
#include "rating/rate.h"
#include "unit/calendar.h"

/* Expected amounts are in the currency; a meter counts thousandths of a millionth. */
enum { PARTS = 1000, HOUR = 3600 };

static int64_t day(int year, int month, int number)
{
    return date_seconds((struct date){year, month, number});
}

static struct decimal decimal(const char *text)
{
    struct decimal d;
    assert_true(decimal_parse(str_of(text), &d));
    return d;
}

static const struct price_unit *unit(const char *name)
{
    for (size_t i = 0; i < n_price_units; i++)
        if (str_is(str_of(name), price_units[i].name))
            return &price_units[i];
    fail();
    return NULL;
}

static struct price_row row(enum charged charged, const char *per, const char *price)
{
    return (struct price_row){.charged = charged,
                              .unit = unit(per),
                              .price = decimal(price),
                              .effective_from = day(2013, 1, 1),
                              .effective_to = INT64_MAX};
}

/* 2014, with one offer. */
static struct study year_of(struct offer *offer, const struct price_row *rows, size_t n_rows)
{
    offer->prices = rows;
    offer->n_prices = n_rows;
    offer->used = true;
    offer->site = -1;
    return (struct study){.start_seconds = day(2014, 1, 1),
                          .decide_from_seconds = day(2014, 1, 1),
                          .end_seconds = day(2015, 1, 1),
                          .offers = offer,
                          .n_offers = 1};
}

static struct lease_meter *meter_of(struct arena *arena, const struct study *study)
{
    struct timeline timeline = timeline_make(arena, study);
    struct timeline *kept = ARENA_NEW(arena, struct timeline, 1);
    *kept = timeline;
    return lease_meter_make(arena, study, kept, study->offers, PARTS);
}

static double cost_of(const struct study *study, struct lease lease)
{
    struct arena arena = {0};
    int64_t parts;
    assert_true(lease_meter_cost(meter_of(&arena, study), &lease, &parts));
    arena_free(&arena);
    return (double)parts / (PARTS * MONEY_PER_UNIT);
}

static struct lease between(int64_t from, int64_t to)
{
    return (struct lease){from, from, to, false, 0};
}

/* To ten parts: amounts have less than sixteen digits. */
#define assert_cost(found, expected) assert_cost_at((found), (expected), __LINE__)

static void assert_cost_at(double found, double expected, int line)
{
    if (fabs(found - expected) < 1e-8)
        return;
    print_error("found %.9f, expected %.9f\n", found, expected);
    _fail(__FILE__, line);
}

/* m3.large, heavy use, a year: 633 and 8,760 x 0.053. From noon of 2 July half of it lies within the year. */
static void a_reservation_costs_its_upfront_and_every_hour(void **state)
{
    (void)state;
    struct price_row rows[] = {row(CHARGED_TERM, "server", "633"), row(CHARGED_HELD, "server-hour", "0.053")};
    struct offer offer = {.kind = OFFER_RESERVED};
    rows[1].component = 1;
    struct study study = year_of(&offer, rows, COUNT(rows));
    int64_t start = day(2014, 1, 1), late = day(2014, 7, 2) + 12 * HOUR, term = 8760 * HOUR;
    assert_cost(cost_of(&study, between(start, start + term)), 633 + 8760 * 0.053);
    assert_cost(cost_of(&study, between(late, late + term)), 633.0 / 2 + 4380 * 0.053);
    study.at_end = AT_END_FULL;
    assert_cost(cost_of(&study, between(late, late + term)), 633 + 8760 * 0.053);
}

/* At 100 % a year a month is discounted by the twelfth root of two; what is left at the end by two. */
static void money_of_a_later_month_counts_less(void **state)
{
    (void)state;
    struct price_row rows[] = {row(CHARGED_TERM, "server", "100"), row(CHARGED_HELD, "server-hour", "1")};
    struct offer offer = {.kind = OFFER_RESERVED};
    const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    double upfront = 100 * exp2(-6 / 12.0) - 100 * (4344 / 8760.0) / 2, hourly = 0, in_arrears = 0;
    rows[1].component = 1;
    struct study study = year_of(&offer, rows, COUNT(rows));
    study.has_discount_rate = true;
    study.discount_rate = decimal("1");
    for (int i = 6; i < 12; i++) {
        hourly += days[i] * 24 * exp2(-i / 12.0);
        in_arrears += days[i] * 24 * exp2(-(i + 1) / 12.0);
    }
    struct lease lease = between(day(2014, 7, 1), day(2015, 7, 1));
    assert_cost(cost_of(&study, lease), upfront + hourly);
    study.usage_in_arrears = true;
    assert_cost(cost_of(&study, lease), upfront + in_arrears);
}

/* March to May have 92 days, April and May 61; the price falls on 1 April. */
static void the_price_is_that_of_the_order_or_of_each_day(void **state)
{
    (void)state;
    struct price_row rows[] = {row(CHARGED_HELD, "server-hour", "0.10"),
                               row(CHARGED_HELD, "server-hour", "0.08")};
    struct offer offer = {.kind = OFFER_RESERVED};
    rows[0].effective_to = rows[1].effective_from = day(2014, 4, 1);
    struct study study = year_of(&offer, rows, COUNT(rows));
    assert_cost(cost_of(&study, between(day(2014, 3, 1), day(2014, 6, 1))), 92 * 24 * 0.10);
    assert_cost(cost_of(&study, between(day(2014, 4, 1), day(2014, 6, 1))), 61 * 24 * 0.08);
    struct lease ordered_before = {day(2014, 3, 31), day(2014, 4, 1), day(2014, 6, 1), false, 0};
    assert_cost(cost_of(&study, ordered_before), 61 * 24 * 0.10);
    rows[0].follows_day = rows[1].follows_day = true;
    assert_cost(cost_of(&study, between(day(2014, 3, 1), day(2014, 6, 1))), 31 * 24 * 0.10 + 61 * 24 * 0.08);
}

/* Three months from 15 November, 92 days, of which 45 lie behind the end; of the second month, from 15
 * December, 17 of 31 days lie before it; the third is due after it. */
static void contract_months_are_due_at_their_start(void **state)
{
    (void)state;
    struct price_row rows[] = {row(CHARGED_ONCE, "server", "30"), row(CHARGED_HELD, "server-month", "45")};
    struct offer offer = {.kind = OFFER_HOSTING};
    rows[1].component = 1;
    struct study study = year_of(&offer, rows, COUNT(rows));
    struct lease lease = between(day(2014, 11, 15), day(2015, 2, 15));
    assert_cost(cost_of(&study, lease), 30 * 47 / 92.0 + 45 + 45 * 17 / 31.0);
    lease.renewal = true; /* no set-up */
    assert_cost(cost_of(&study, lease), 45 + 45 * 17 / 31.0);
    study.at_end = AT_END_FULL;
    assert_cost(cost_of(&study, lease), 3 * 45);
    lease.renewal = false;
    assert_cost(cost_of(&study, lease), 30 + 3 * 45);
    assert_cost(cost_of(&study, between(day(2014, 1, 31), day(2014, 4, 30))), 30 + 3 * 45);
}

/* A tenth more are bought; 21 of two units share a rack of 42. */
static void spares_and_shared_racks_count_by_their_share(void **state)
{
    (void)state;
    struct price_row rows[] = {row(CHARGED_TERM, "server", "1000"), row(CHARGED_HELD, "rack-month", "525")};
    struct offer offer = {.kind = OFFER_COLOCATION,
                          .watts = decimal("100"),
                          .pue = decimal("1"),
                          .rack_kw = decimal("100"),
                          .rack_units = 42,
                          .rack_units_each = 2};
    rows[1].component = 1;
    struct study study = year_of(&offer, rows, COUNT(rows));
    struct lease lease = between(day(2014, 1, 1), day(2015, 1, 1));
    assert_cost(cost_of(&study, lease), 1000 + 12 * 25);
    offer.spares = decimal("0.1");
    assert_cost(cost_of(&study, lease), 1100 + 12 * 27.5);
}

/* 181 days at 1.3 and 184 at 1.4; what is paid once has the rate of its day. */
static void exchange_rates_are_those_of_the_day(void **state)
{
    (void)state;
    struct price_row rows[] = {row(CHARGED_TERM, "server", "13"), row(CHARGED_HELD, "server-hour", "1.3")};
    struct price_row later[] = {row(CHARGED_TERM, "server", "14"), row(CHARGED_HELD, "server-hour", "1.4")};
    struct offer offer = {.kind = OFFER_RESERVED};
    rows[1].component = later[1].component = 1;
    struct price_version term[] = {{INT64_MIN, rows[0]}, {day(2014, 7, 1), later[0]}};
    struct price_version held[] = {{INT64_MIN, rows[1]}, {day(2014, 7, 1), later[1]}};
    rows[0].versions = term;
    rows[1].versions = held;
    rows[0].n_versions = rows[1].n_versions = 2;
    struct study study = year_of(&offer, rows, COUNT(rows));
    assert_cost(cost_of(&study, between(day(2014, 1, 1), day(2015, 1, 1))),
                13 + 24 * (181 * 1.3 + 184 * 1.4));
    assert_cost(cost_of(&study, between(day(2014, 7, 1), day(2015, 1, 1))), 14 + 24 * 184 * 1.4);
    struct lease ordered_before = {day(2014, 6, 1), day(2014, 7, 1), day(2015, 1, 1), false, 0};
    study.purchases_at_order = true;
    assert_cost(cost_of(&study, ordered_before), 13 + 24 * 184 * 1.4);
}

/* 36 payments from 15 February 2014 on; of the 1,096 days 351 lie within the year, whatever is paid till
 * then.
 */
static void financed_servers_count_by_their_days_or_in_full(void **state)
{
    (void)state;
    struct price_row rows[] = {row(CHARGED_TERM, "server", "100.61")};
    struct offer offer = {.kind = OFFER_COLOCATION};
    rows[0].n_payments = 36;
    struct study study = year_of(&offer, rows, COUNT(rows));
    struct lease lease = between(day(2014, 1, 15), day(2017, 1, 15));
    assert_cost(cost_of(&study, lease), 36 * 100.61 * 351 / 1096);
    study.at_end = AT_END_FULL;
    assert_cost(cost_of(&study, lease), 36 * 100.61);
}

/* Sixty per cent after a year, twenty after two. */
static void servers_are_sold_by_their_age(void **state)
{
    (void)state;
    struct price_row rows[] = {row(CHARGED_TERM, "server", "1000")};
    const struct resale_point resale[] = {{12, decimal("0.6")}, {24, decimal("0.2")}};
    struct offer offer = {.kind = OFFER_COLOCATION, .resale = resale, .n_resale = 2};
    struct study study = year_of(&offer, rows, COUNT(rows));
    study.at_end = AT_END_RESALE;
    assert_cost(cost_of(&study, between(day(2014, 1, 1), day(2016, 1, 1))), 400);
    assert_cost(cost_of(&study, between(day(2014, 7, 1), day(2016, 7, 1))), 200); /* 80 % at half a year */
    study.at_end = AT_END_PRO_RATA; /* down to what it is sold for, evenly: 730 days, half of them */
    assert_cost(cost_of(&study, between(day(2014, 1, 1), day(2016, 1, 1))), 400);
    study.at_end = AT_END_FULL;
    assert_cost(cost_of(&study, between(day(2014, 1, 1), day(2016, 1, 1))), 1000);
    assert_cost(cost_of(&study, between(day(2014, 1, 1), day(2014, 7, 1))), 200); /* its life ends before */
}

static void running_hours_cost_the_least_that_orders_could_keep(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct price_row rows[] = {row(CHARGED_RUNNING, "server-hour", "0.10"),
                               row(CHARGED_RUNNING, "server-hour", "0.08")};
    struct offer offer = {.kind = OFFER_RESERVED};
    int64_t parts, april = day(2014, 4, 1);
    rows[0].effective_to = rows[1].effective_from = april;
    struct study study = year_of(&offer, rows, COUNT(rows));
    struct lease_meter *meter = meter_of(&arena, &study);
    assert_true(lease_meter_running(meter, april, april + HOUR, &parts));
    assert_int_equal(parts, 80000 * PARTS);
    assert_true(lease_meter_running(meter, april, april, &parts));
    assert_int_equal(parts, 0);
    rows[0].follows_day = rows[1].follows_day = true;
    meter = meter_of(&arena, &study);
    assert_true(lease_meter_running(meter, april - HOUR, april + HOUR, &parts));
    assert_int_equal(parts, (100000 + 80000) * PARTS);
    arena_free(&arena);
}

static void lost_load_has_the_price_of_the_study(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct price_row rows[] = {row(CHARGED_RUNNING, "server-hour", "0.10")};
    struct offer offer = {.kind = OFFER_ON_DEMAND};
    int64_t parts, late = day(2014, 12, 31);
    struct study study = year_of(&offer, rows, COUNT(rows));
    study.workload.unmet_cost = decimal("4");
    assert_true(lease_meter_unmet(meter_of(&arena, &study), late, late + HOUR / 2, &parts));
    assert_int_equal(parts, 2 * (int64_t)MONEY_PER_UNIT * PARTS);
    study.has_discount_rate = true;
    study.discount_rate = decimal("1");
    assert_true(lease_meter_unmet(meter_of(&arena, &study), late, late + HOUR / 2, &parts));
    assert_true(fabs((double)parts - 2e9 * exp2(-11 / 12.0)) < 2);
    arena_free(&arena);
}

static void what_does_not_fit_is_refused(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct price_row rows[] = {row(CHARGED_TERM, "server", "999999999999")};
    struct offer offer = {.kind = OFFER_RESERVED};
    struct study study = year_of(&offer, rows, COUNT(rows));
    struct lease lease = between(day(2014, 1, 1), day(2015, 1, 1));
    int64_t parts;
    assert_false(lease_meter_cost(meter_of(&arena, &study), &lease, &parts));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reservation_costs_its_upfront_and_every_hour),
        cmocka_unit_test(money_of_a_later_month_counts_less),
        cmocka_unit_test(the_price_is_that_of_the_order_or_of_each_day),
        cmocka_unit_test(contract_months_are_due_at_their_start),
        cmocka_unit_test(spares_and_shared_racks_count_by_their_share),
        cmocka_unit_test(exchange_rates_are_those_of_the_day),
        cmocka_unit_test(financed_servers_count_by_their_days_or_in_full),
        cmocka_unit_test(servers_are_sold_by_their_age),
        cmocka_unit_test(running_hours_cost_the_least_that_orders_could_keep),
        cmocka_unit_test(lost_load_has_the_price_of_the_study),
        cmocka_unit_test(what_does_not_fit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
