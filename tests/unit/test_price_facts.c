#include "test.h"

#include "run/price_facts.h"
#include "run/price_findings.h"

/* Offers are built by hand; every expected number is published or stands beside it as arithmetic. */

static struct arena arena;

enum { MOST_ROWS = 8 };

struct fixture {
    struct offer offer;
    struct price_row rows[MOST_ROWS];
};

static struct fraction number(const char *text)
{
    struct decimal d;
    assert_true(decimal_parse(str_of(text), &d));
    return fraction_of_decimal(d);
}

static int64_t day(int year, int month, int n)
{
    return date_seconds((struct date){year, month, n});
}

static const struct price_unit *unit(const char *name)
{
    for (size_t i = 0; i < n_price_units; i++)
        if (str_is(str_of(name), price_units[i].name))
            return &price_units[i];
    fail_msg("no unit %s", name);
    return NULL;
}

static struct price_row *add(struct fixture *f, enum charged charged, const char *per, const char *price)
{
    struct price_row *row = &f->rows[f->offer.n_prices++];
    *row = (struct price_row){.component = (int)charged,
                              .charged = charged,
                              .unit = unit(per),
                              .currency = STR("USD"),
                              .effective_from = day(2014, 4, 1),
                              .effective_to = INT64_MAX};
    assert_true(decimal_parse(str_of(price), &row->price));
    f->offer.prices = f->rows;
    return row;
}

static const struct term one_year = {0, (int64_t)8760 * HOUR_SECONDS};
static const struct term three_years = {0, (int64_t)26280 * HOUR_SECONDS};
static const struct term twelve_months = {12, 0};

static struct fixture *fixture(enum offer_kind kind, struct term term)
{
    struct fixture *f = ARENA_NEW(&arena, struct fixture, 1);
    f->offer = (struct offer){.kind = kind, .term = term, .discounts = -1};
    return f;
}

static struct fixture *on_demand(const char *price)
{
    struct fixture *f = fixture(OFFER_ON_DEMAND, (struct term){0, 0});
    add(f, CHARGED_RUNNING, "server-hour", price);
    return f;
}

static struct fixture *reserved(struct term term, const char *upfront, enum charged charged,
                                const char *hourly)
{
    struct fixture *f = fixture(OFFER_RESERVED, term);
    if (upfront != NULL)
        add(f, CHARGED_TERM, "server", upfront);
    if (hourly != NULL)
        add(f, charged, "server-hour", hourly);
    return f;
}

static struct break_even against(const struct fixture *commitment, const struct fixture *other)
{
    return price_break_even(&arena, &commitment->offer, &other->offer, day(2014, 4, 1));
}

#define assert_number(f, expected)                                                                           \
    do {                                                                                                     \
        if (fraction_compare((f), (expected)) != 0) {                                                        \
            struct str found_ = fraction_short(&arena, (f), 9),                                              \
                       wanted_ = fraction_short(&arena, (expected), 9);                                      \
            print_error("found %.*s, expected %.*s\n", STR_ARGS(found_), STR_ARGS(wanted_));                 \
            _fail(__FILE__, __LINE__);                                                                       \
        }                                                                                                    \
    } while (0)

/* itsubaki/hermes: 738 + 0, 377 + 0.043 and 0 + 0.09 against 0.126 pay back in month 9. */
static void a_commitment_pays_back_in_the_month_that_others_publish(void **state)
{
    (void)state;
    static const struct {
        const char *upfront, *hourly;
    } rows[] = {{"738", NULL}, {"377", "0.043"}, {NULL, "0.09"}};
    struct fixture *od = on_demand("0.126");
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture *ri = reserved(twelve_months, rows[i].upfront, CHARGED_HELD, rows[i].hourly);
        struct break_even b = against(ri, od);
        assert_int_equal(b.month, 9);
        assert_int_equal(b.hours_before, 243 * 24);
        assert_int_equal(b.hours_after, 273 * 24);
        assert_number(b.before, number("734.832")); /* 5,832 x 0.126 */
        assert_number(b.after, number("825.552"));  /* 6,552 x 0.126 */
    }
}

/* awsri / hermes, README, 2018: m4.large, Tokyo, 0.129 on demand: total of a term, saving. */
static void totals_are_those_published_for_tokyo(void **state)
{
    (void)state;
    static const struct {
        const struct term *term;
        const char *upfront, *hourly, *on_demand, *total, *saving;
        double share;
    } rows[] = {
        {&one_year, NULL, "0.0871", "1130.04", "762.996", "367.044", 0.32480620155038764},
        {&one_year, "364", "0.0415", "1130.04", "727.54", "402.5", 0.35618208205019297},
        {&one_year, "713", NULL, "1130.04", "713", "417.04", 0.36904888322537255},
        {&three_years, NULL, "0.0637", "3390.12", "1674.036", "1716.084", 0.5062015503875967},
        {&three_years, "775", "0.0295", "3390.12", "1550.26", "1839.86", 0.5427123523651081},
        {&three_years, "1457", NULL, "3390.12", "1457", "1933.12", 0.5702217030665582},
    };
    struct fixture *od = on_demand("0.129");
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture *ri = reserved(*rows[i].term, rows[i].upfront, CHARGED_HELD, rows[i].hourly);
        struct break_even b = against(ri, od);
        assert_number(b.commitment_total, number(rows[i].total));
        assert_number(b.against_total, number(rows[i].on_demand));
        struct fraction saving = fraction_subtract(b.against_total, b.commitment_total);
        assert_number(saving, number(rows[i].saving));
        struct fraction share = fraction_divide(saving, b.against_total);
        double difference = (double)share.numerator / (double)share.denominator - rows[i].share;
        assert_true(difference < 1e-15 && difference > -1e-15);
    }
}

/* Published hours at which light reservations pay: rikanjo 6,100; swwomm 2,346.15; c3.large of
 * 2014-04-01 13,917 of 8,760. */
static void light_reservations_pay_back_where_others_say(void **state)
{
    (void)state;
    static const struct {
        const char *on_demand, *upfront, *hourly, *published;
        int places;
        enum payback payback;
    } rows[] = {{"0.044", "61", "0.034", "6,100", 0, PAYS_FROM},
                {"0.060", "61", "0.034", "2,346.15", 2, PAYS_FROM},
                {"0.105", "167", "0.093", "13,917", 0, PAYS_NEVER}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct break_even b = against(reserved(one_year, rows[i].upfront, CHARGED_RUNNING, rows[i].hourly),
                                      on_demand(rows[i].on_demand));
        assert_true(b.has_hours);
        assert_text(fraction_text(&arena, b.hours, rows[i].places), rows[i].published);
        assert_int_equal(b.payback, rows[i].payback);
        assert_int_equal(b.month == 0, rows[i].payback == PAYS_NEVER);
    }
}

/* Both at once: 10 upfront, 0.01 held, 0.02 for an hour of use, against 0.05:
 * (10 + 87.6) / 0.03 = 3,253.33... h. */
static void what_is_held_and_what_runs_are_told_apart(void **state)
{
    (void)state;
    struct fixture *f = reserved(one_year, "10", CHARGED_HELD, "0.01");
    add(f, CHARGED_RUNNING, "server-hour", "0.02");
    struct break_even b = against(f, on_demand("0.05"));
    assert_number(b.commitment.fixed, number("97.6"));
    assert_number(b.commitment.running, number("0.02"));
    assert_number(b.hours, fraction_of(9760, 3));
    assert_number(b.commitment.hourly, fraction_add(fraction_of(10, 8760), number("0.03")));
}

static void every_way_to_lie_to_each_other(void **state)
{
    (void)state;
    static const struct {
        const char *name, *a_fixed, *a_running, *b_fixed, *b_running;
        enum payback payback;
        bool has_hours;
    } rows[] = {
        {"the same", "10", "0.02", "10", "0.02", PAYS_ALWAYS, false},
        {"cheaper in both", "10", "0.02", "20", "0.03", PAYS_ALWAYS, false},
        {"dearer in both", "20", "0.03", "10", "0.02", PAYS_NEVER, false},
        {"dearer by the hour only", "10", "0.03", "10", "0.02", PAYS_NEVER, false},
        {"dearer by the fee only", "20", "0.02", "10", "0.02", PAYS_NEVER, false},
        {"from 1,000 h on", "20", "0.02", "10", "0.03", PAYS_FROM, true},
        {"at the very end", "97.6", "0.01", "10", "0.02", PAYS_FROM, true},
        {"a cent too late", "97.61", "0.01", "10", "0.02", PAYS_NEVER, true},
        {"up to 1,000 h", "10", "0.03", "20", "0.02", PAYS_UP_TO, true},
        {"up to more than there are", "10", "0.0201", "20", "0.02", PAYS_ALWAYS, true},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct break_even b =
            against(reserved(one_year, rows[i].a_fixed, CHARGED_RUNNING, rows[i].a_running),
                    reserved(one_year, rows[i].b_fixed, CHARGED_RUNNING, rows[i].b_running));
        assert_row(b.payback == rows[i].payback, rows[i].name);
        assert_row(b.has_hours == rows[i].has_hours, rows[i].name);
    }
}

/* 12 months of 70 are 840 in a common year and in a leap year, a set-up fee of 87.84 is 0.01 an hour
 * of 8,784; over three years of 8,760 h the month is 730 h: 36 x 70 = 2,520. */
static void months_are_of_the_calendar_where_the_term_is(void **state)
{
    (void)state;
    struct fixture *f = fixture(OFFER_HOSTING, twelve_months);
    add(f, CHARGED_ONCE, "server", "87.84")->effective_from = day(2012, 1, 1);
    add(f, CHARGED_HELD, "server-month", "70")->effective_from = day(2012, 1, 1);
    struct price_rates leap = price_rates_on(&arena, &f->offer, day(2012, 1, 1), (struct term){0, 0});
    assert_int_equal(leap.state, RATES_GOOD);
    assert_number(leap.hours, number("8784"));
    assert_number(leap.fixed, number("927.84"));
    assert_number(leap.hourly, fraction_add(number("0.01"), fraction_of(70, 730)));
    struct price_rates common = price_rates_on(&arena, &f->offer, day(2013, 1, 1), (struct term){0, 0});
    assert_number(common.hours, number("8760"));
    assert_number(common.fixed, number("927.84"));
    struct price_rates longer = price_rates_on(&arena, &f->offer, day(2013, 1, 1), three_years);
    assert_int_equal(longer.parts[0].rule, PART_START_SHARED);
    assert_number(longer.fixed, number("2783.52")); /* 3 x 87.84 + 2,520 */
}

static void an_offer_without_a_rate_says_why(void **state)
{
    (void)state;
    struct term none = {0, 0};
    struct fixture *late = on_demand("0.1");
    late->rows[0].effective_from = day(2015, 1, 1);
    assert_int_equal(price_rates_on(&arena, &late->offer, day(2014, 12, 31), none).state, RATES_NO_PRICE);
    assert_int_equal(price_rates_on(&arena, &late->offer, day(2015, 1, 1), none).state, RATES_GOOD);
    struct fixture *endless = reserved(none, "100", CHARGED_HELD, NULL);
    assert_int_equal(price_rates_on(&arena, &endless->offer, day(2015, 1, 1), none).state, RATES_NO_TERM);
    struct fixture *rack = fixture(OFFER_COLOCATION, twelve_months);
    struct price_row *row = add(rack, CHARGED_HELD, "rack-month", "900");
    struct price_rates rates = price_rates_on(&arena, &rack->offer, day(2015, 1, 1), none);
    assert_int_equal(rates.state, RATES_NEED_STUDY);
    assert_ptr_equal(rates.culprit, row);
    struct fixture *mixed = reserved(one_year, "100", CHARGED_HELD, "0.1");
    mixed->rows[1].currency = STR("EUR");
    assert_int_equal(price_rates_on(&arena, &mixed->offer, day(2015, 1, 1), none).state,
                     RATES_TWO_CURRENCIES);
}

/* A price that ended on 1 June and came back on 1 July: three spans, the one between held. */
static void spans_lie_between_changes(void **state)
{
    (void)state;
    struct price_rates *spans;
    struct fixture *f = on_demand("0.1");
    f->rows[0].effective_to = day(2014, 6, 1);
    add(f, CHARGED_RUNNING, "server-hour", "0.2")->effective_from = day(2014, 7, 1);
    assert_int_equal(price_spans(&arena, &f->offer, &spans), 3);
    assert_int_equal(spans[0].from, day(2014, 4, 1));
    assert_int_equal(spans[1].from, day(2014, 6, 1));
    assert_int_equal(spans[1].until, day(2014, 7, 1));
    assert_false(spans[0].parts[0].has_ended);
    assert_true(spans[1].parts[0].has_ended);
    assert_number(spans[1].hourly, number("0.1"));
    assert_number(spans[2].hourly, number("0.2"));
    assert_int_equal(spans[2].until, INT64_MAX);
}

/* The month found is the first, by adding up day after day. */
static void the_month_agrees_with_counting_days(void **state)
{
    (void)state;
    static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint64_t random = 11;
    for (int i = 0; i < 300; i++) {
        int64_t upfront = (int64_t)(test_random(&random) % 2800) + 1;
        char text[16];
        snprintf(text, sizeof text, "%d", (int)upfront);
        struct break_even b = against(reserved(three_years, text, CHARGED_HELD, NULL), on_demand("0.1"));
        int month = 0;
        int64_t tenths = 0; /* 24 h x 0.1 are 2.4 a day */
        while (tenths < upfront * 10 && month <= 36)
            tenths += 24 * month_days[month++ % 12];
        assert_int_equal(b.month, upfront <= 2628 ? month : 0);
    }
}

/* Nothing has cost as much as nothing at the end of January already. */
static void what_is_free_has_paid_back_in_the_first_month(void **state)
{
    (void)state;
    assert_int_equal(against(reserved(one_year, "0", CHARGED_HELD, NULL), on_demand("0")).month, 1);
    assert_int_equal(against(reserved(one_year, "0", CHARGED_HELD, NULL), on_demand("0.1")).month, 1);
    assert_int_equal(against(reserved(one_year, "1", CHARGED_HELD, NULL), on_demand("0")).month, 0);
}

/* Prices of 18 digits: the answer is right or refused, never wrong. */
static void numbers_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    struct break_even b = against(reserved(one_year, "999999999999999999", CHARGED_HELD, "0.123456789012345"),
                                  on_demand("0.000000000000007"));
    assert_true(b.commitment.state == RATES_TOO_LARGE || b.payback == PAYS_NEVER);
}

static void findings_need_what_they_say(void **state)
{
    (void)state;
    struct fixture *fixtures[] = {on_demand("0.105"), reserved(one_year, "167", CHARGED_RUNNING, "0.093"),
                                  reserved(one_year, "100", CHARGED_HELD, NULL)};
    struct offer offers[COUNT(fixtures)];
    fixtures[1]->offer.discounts = 0;
    fixtures[2]->offer.discounts = 0;
    for (size_t i = 0; i < COUNT(fixtures); i++)
        offers[i] = fixtures[i]->offer;
    struct price_tables tables = {.offers = offers, .n_offers = COUNT(fixtures)};
    struct finding_list findings = {0};
    price_findings(&arena, &tables, &findings);
    assert_int_equal(findings.n_items, 1); /* 100 pays back after 953 h */
    assert_int_equal(findings.items[0].kind, FINDING_NEVER_PAYS_BACK);
    assert_ptr_equal(findings.items[0].offer, &offers[1]);
    assert_int_equal(findings.items[0].day, day(2014, 4, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_commitment_pays_back_in_the_month_that_others_publish),
        cmocka_unit_test(totals_are_those_published_for_tokyo),
        cmocka_unit_test(light_reservations_pay_back_where_others_say),
        cmocka_unit_test(what_is_held_and_what_runs_are_told_apart),
        cmocka_unit_test(every_way_to_lie_to_each_other),
        cmocka_unit_test(months_are_of_the_calendar_where_the_term_is),
        cmocka_unit_test(an_offer_without_a_rate_says_why),
        cmocka_unit_test(spans_lie_between_changes),
        cmocka_unit_test(the_month_agrees_with_counting_days),
        cmocka_unit_test(what_is_free_has_paid_back_in_the_first_month),
        cmocka_unit_test(numbers_that_do_not_fit_are_refused),
        cmocka_unit_test(findings_need_what_they_say),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
