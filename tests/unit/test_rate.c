#include "test.h"

#include "rating/rate.h"
#include "rating/lease.h"

static const struct price_unit *unit(const char *name)
{
    for (size_t i = 0; i < n_price_units; i++)
        if (str_is(str_of(name), price_units[i].name))
            return &price_units[i];
    return NULL;
}

static struct decimal decimal(const char *text)
{
    struct decimal d;
    assert_true(decimal_parse(str_of(text), &d));
    return d;
}

static int64_t day(int year, int month, int number)
{
    return date_seconds((struct date){year, month, number});
}

static money bill(const struct study *study, const struct price_row *row, int64_t n, int64_t from, int64_t to)
{
    struct ticks quantity;
    struct meter meter = {0};
    money amount;
    assert_true(rate_held(study, row, n, from, to, &quantity));
    assert_true(meter_add(&meter, row->price, quantity, &amount));
    return amount;
}

/* A month is one month whatever its length, unless the study says how many hours it has. */
static void a_calendar_month_is_one_month(void **state)
{
    (void)state;
    struct offer offer = {.watts = decimal("236"), .pue = decimal("1.65")};
    struct study study = {.offers = &offer};
    struct price_row row = {.unit = unit("server-month"), .price = decimal("90.19")};
    assert_int_equal(bill(&study, &row, 3, day(2014, 2, 1), day(2014, 3, 1)), 270570000);
    assert_int_equal(bill(&study, &row, 3, day(2016, 2, 1), day(2016, 3, 1)), 270570000);
    assert_int_equal(bill(&study, &row, 3, day(2014, 1, 1), day(2014, 2, 1)), 270570000);
    study.hours_per_month = 730; /* 31 days are 744 h: 3 x 90.19 x 744 / 730 = 275.759013... */
    assert_int_equal(bill(&study, &row, 3, day(2014, 1, 1), day(2014, 2, 1)), 275759014);
}

/* 100 servers of 236 W at PUE 1.65 for a day: 934.56 kWh at 0.14 are 130.8384. */
static void energy_is_drawn_at_the_meter(void **state)
{
    (void)state;
    struct offer offer = {.watts = decimal("236"), .pue = decimal("1.65")};
    struct study study = {.offers = &offer};
    struct price_row row = {.unit = unit("kWh"), .price = decimal("0.14")};
    assert_int_equal(bill(&study, &row, 100, day(2014, 5, 1), day(2014, 5, 2)), 130838400);
}

/* 4.5 kW feed 19 servers of 236 W (4,484 W), height would allow 42: the tighter counts. */
static void racks_fill_by_the_tighter_of_height_and_power(void **state)
{
    (void)state;
    struct offer offer = {.watts = decimal("236"),
                          .rack_kw = decimal("4.5"),
                          .rack_units = 42,
                          .rack_units_each = 1,
                          .servers_per_admin = 100};
    assert_int_equal(whole_units(&offer, COUNTED_RACKS, 0), 0);
    assert_int_equal(whole_units(&offer, COUNTED_RACKS, 19), 1);
    assert_int_equal(whole_units(&offer, COUNTED_RACKS, 20), 2);
    offer.rack_kw = decimal("100");
    offer.rack_units_each = 2; /* 21 fit */
    assert_int_equal(whole_units(&offer, COUNTED_RACKS, 22), 2);
    assert_int_equal(whole_units(&offer, COUNTED_ADMINS, 101), 2);
}

/* Parts of a quantity, metered one after the other, add up to the whole to the last millionth. */
static void parts_add_up_to_the_whole(void **state)
{
    (void)state;
    uint64_t random = 17;
    struct offer offer = {0};
    struct study study = {.offers = &offer};
    struct price_row row = {.unit = unit("server-hour")};
    for (int trial = 0; trial < 2000; trial++) {
        struct meter meter = {0};
        int64_t at = day(2014, 1, 1), from = at;
        money sum = 0, amount;
        row.price = (struct decimal){1 + (int64_t)(test_random(&random) % 1000000), 7};
        for (int part = 0; part < 20; part++) {
            struct ticks quantity;
            int64_t next = at + 1 + (int64_t)(test_random(&random) % 100000);
            assert_true(rate_held(&study, &row, 7, at, next, &quantity));
            assert_true(meter_add(&meter, row.price, quantity, &amount));
            sum += amount;
            at = next;
        }
        assert_int_equal(sum, bill(&study, &row, 7, from, at));
    }
}

static void what_does_not_fit_is_refused(void **state)
{
    (void)state;
    struct offer offer = {0};
    struct study study = {.offers = &offer};
    struct price_row row = {.unit = unit("server-hour"), .price = decimal("999999999999")};
    struct ticks quantity;
    struct meter meter = {0};
    money amount;
    assert_true(rate_held(&study, &row, 1000000000, day(2014, 1, 1), day(2014, 2, 1), &quantity));
    assert_false(meter_add(&meter, row.price, quantity, &amount));
}

/* m3.large, one year heavy, 2014: 633 + 8,760 x 0.053 = 1,097.28; the running hour costs 0.225, so the
 * lease pays from 4,876.8 hours of the year. */
static void a_lease_costs_its_upfront_and_every_hour(void **state)
{
    (void)state;
    struct price_row rows[] = {
        {.component = 0, .charged = CHARGED_TERM, .unit = unit("server"), .price = decimal("633")},
        {.component = 1, .charged = CHARGED_HELD, .unit = unit("server-hour"), .price = decimal("0.053")},
    };
    struct offer offer = {
        .kind = OFFER_RESERVED, .term = {.seconds = 8760 * 3600}, .prices = rows, .n_prices = 2};
    struct study study = {.offers = &offer};
    money cost;
    int64_t start = day(2014, 2, 1);
    assert_true(lease_cost(&study, &offer, start, start + 8760 * 3600, &cost));
    assert_int_equal(cost, 1097280000);
    /* half the term: half the upfront is credited, half the hours are paid */
    assert_true(lease_cost(&study, &offer, start, start + 4380 * 3600, &cost));
    assert_int_equal(cost, 548640000);
    study.at_end = AT_END_FULL;
    assert_true(lease_cost(&study, &offer, start, start + 4380 * 3600, &cost));
    assert_int_equal(cost, 633000000 + 4380 * 53000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_calendar_month_is_one_month),
        cmocka_unit_test(energy_is_drawn_at_the_meter),
        cmocka_unit_test(racks_fill_by_the_tighter_of_height_and_power),
        cmocka_unit_test(parts_add_up_to_the_whole),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(a_lease_costs_its_upfront_and_every_hour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
