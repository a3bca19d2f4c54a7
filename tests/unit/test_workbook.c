#include "folder.h"

#include <math.h>
#include <unistd.h>

#include "base/file.h"
#include "report/report.h"

/* A run that never was: strategies that buy, hold and use servers of four offers over three years.
 * Every amount is quantity x price, rounded once, as the ledger promises. */

enum { MONTHS = 36, HOURS = 730, COMPONENTS = 6, OFFERS = 4, MOST_STRATEGIES = 12, PRICES = 4 };

struct fake {
    struct sandbox *sandbox;
    struct arena *arena;
    struct study study;
    struct result result;
    struct report report;
    struct month months[MONTHS];
    struct offer offers[OFFERS];
    struct price_row prices[OFFERS][PRICES];
    struct str components[COMPONENTS];
    struct process process;
    struct stage stages[2];
    struct strategy strategies[MOST_STRATEGIES];
    struct strategy_result results[MOST_STRATEGIES];
    struct lead_time_row lead_times[3];
    struct remark remarks[2];
    struct input_file inputs[2];
    struct assumption assumptions[4];
};

static const struct price_unit *unit_named(const char *name)
{
    for (size_t i = 0; i < n_price_units; i++)
        if (strcmp(price_units[i].name, name) == 0)
            return &price_units[i];
    fail_msg("no unit %s", name);
    return NULL;
}

static struct decimal decimal_from(const char *text)
{
    struct decimal value;
    assert_true(decimal_parse(str_of(text), &value));
    return value;
}

/* ---- the study ---- */

static void add_price(struct fake *fake, int offer, int component, enum charged charged, const char *unit,
                      const char *price)
{
    struct offer *to = &fake->offers[offer];
    fake->prices[offer][to->n_prices++] = (struct price_row){
        .offer = offer,
        .component = component,
        .charged = charged,
        .unit = unit_named(unit),
        .price = decimal_from(price),
        .effective_from = date_seconds((struct date){2013, 4, 1}),
        .effective_to = component == 3 ? date_seconds((struct date){2016, 1, 1}) : INT64_MAX,
        .source = STR("https://prices.example/2013/04/list.html, page 3, read 2014-02-11; excludes taxes"),
    };
    to->prices = fake->prices[offer];
}

static void make_offers(struct fake *fake)
{
    static const char *const ids[OFFERS] = {"colo-1u", "ovh.e5-1620v2", "aws.m3.large.reserved-1yr-heavy",
                                            "aws.m3.large.on-demand"};
    static const char *const components[COMPONENTS] = {"server", "rack", "power", "fee", "upfront", "hourly"};
    for (int i = 0; i < OFFERS; i++)
        fake->offers[i] = (struct offer){.id = str_of(ids[i]),
                                         .provider = STR("Example & Sons"),
                                         .item = STR("m3.large"),
                                         .kind = (enum offer_kind)i,
                                         .process = i < 2 ? 0 : -1,
                                         .quota_increase = -1,
                                         .discounts = -1,
                                         .used = true};
    for (int i = 0; i < COMPONENTS; i++)
        fake->components[i] = str_of(components[i]);
    add_price(fake, OFFER_COLOCATION, 0, CHARGED_ONCE, "server", "2749.99");
    add_price(fake, OFFER_COLOCATION, 1, CHARGED_HELD, "rack-month", "1100");
    add_price(fake, OFFER_COLOCATION, 2, CHARGED_HELD, "kWh", "0.1123");
    add_price(fake, OFFER_HOSTING, 3, CHARGED_HELD, "server-month", "59.995");
    add_price(fake, OFFER_RESERVED, 4, CHARGED_TERM, "server", "443");
    add_price(fake, OFFER_RESERVED, 5, CHARGED_HELD, "server-hour", "0.0370001");
    add_price(fake, OFFER_ON_DEMAND, 5, CHARGED_RUNNING, "server-hour", "0.14");
}

static void make_process(struct fake *fake)
{
    fake->stages[0] = (struct stage){.name = STR("quote and buy"),
                                     .crew = STR("buyers"),
                                     .source = STR("the book, chapter 4"),
                                     .each = EACH_ORDER,
                                     .low_seconds = 3 * DAY_SECONDS,
                                     .mode_seconds = 3 * DAY_SECONDS,
                                     .high_seconds = 4 * DAY_SECONDS};
    fake->stages[1] = (struct stage){.name = STR("rack"),
                                     .crew = STR("hands"),
                                     .source = STR("the book, chapter 4"),
                                     .each = EACH_SERVER,
                                     .low_seconds = 12 * HOUR_SECONDS,
                                     .mode_seconds = 12 * HOUR_SECONDS,
                                     .high_seconds = 12 * HOUR_SECONDS,
                                     .workers = 100};
    fake->process = (struct process){STR("colocation-bulk"), fake->stages, 2, 2};
}

static void make_inputs(struct fake *fake)
{
    static const char sha256[] = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    fake->inputs[0] = (struct input_file){STR("studies/shop.yml"), str_of(sha256), 0};
    fake->inputs[1] = (struct input_file){STR("pricing/colocation.csv"), str_of(sha256), 42};
    fake->assumptions[0] = (struct assumption){STR("study.discount_rate"), STR("0.08"), STR("/yr"), STR(""),
                                               STR("from 0 to 1"),         STR("1"),    false};
    fake->assumptions[1] = (struct assumption){STR("per_server"),  STR("200"), STR("/s"), STR("one server"),
                                               STR("from 0 to 1"), STR("1"),   false};
    fake->assumptions[2] = (struct assumption){STR("at_end"),      STR("pro-rata"), STR(""), STR("credited"),
                                               STR("from 0 to 1"), STR("1"),        true};
    fake->assumptions[3] = (struct assumption){
        STR("equals"), STR("1"), STR("servers"), STR("no vcpu is given"), STR("from 0 to 1"), STR("1"), true};
}

static void make_study(struct fake *fake)
{
    make_process(fake);
    make_inputs(fake);
    fake->study = (struct study){
        .name = STR("shop"),
        .title = STR("A shop before Black Friday 2014"),
        .path = STR("studies/shop.yml"),
        .start_seconds = date_seconds((struct date){2014, 1, 1}),
        .end_seconds = date_seconds((struct date){2017, 1, 1}),
        .decide_from_seconds = date_seconds((struct date){2014, 1, 1}),
        .currency = STR("USD"),
        .has_discount_rate = true,
        .discount_rate = decimal_from("0.08"),
        .seed = 2014,
        .offers = fake->offers,
        .n_offers = OFFERS,
        .components = fake->components,
        .n_components = COMPONENTS,
        .processes = &fake->process,
        .n_processes = 1,
        .inputs = fake->inputs,
        .n_inputs = 2,
        .assumptions = fake->assumptions,
        .n_assumptions = 4,
    };
    fake->study.workload.has_unmet_cost = true;
    fake->study.workload.unmet_cost = decimal_from("4.25");
}

/* ---- the ledger of a strategy ---- */

static money product(int64_t n, int64_t per, struct decimal price)
{
    money amount;
    assert_true(money_product(n, per, price, &amount));
    return amount;
}

/* n / per units; n_effective 0 for cash that buys something lasting, n_billed 0 for its shares. */
static void add_charge(struct strategy_result *s, struct charge like, int64_t n_billed, int64_t n_effective,
                       int64_t per)
{
    struct charge *charge = &s->charges[s->n_charges++];
    *charge = like;
    charge->billed_quantity = (double)n_billed / (double)per;
    charge->effective_quantity = (double)n_effective / (double)per;
    charge->billed = product(n_billed, per, like.price->price);
    charge->effective = product(n_effective, per, like.price->price);
    struct account *account = &s->accounts[like.order < 0 ? (int)s->n_accounts - 1 : like.order];
    if (like.category == CHARGE_HORIZON) {
        s->horizon_value -= charge->billed;
        return;
    }
    account->billed += charge->billed;
    account->effective += charge->effective;
    s->billed += charge->billed;
    s->effective += charge->effective;
    s->months[like.month].billed += charge->billed;
}

/* Bought in the first month and a half more in the 30th, each lasting 36 months. */
static void charge_purchases(struct strategy_result *s, struct charge like, int64_t servers)
{
    for (int month = 0; month < MONTHS; month++) {
        int64_t held = servers + (month >= 30 ? servers / 2 : 0);
        like.month = month;
        like.category = CHARGE_PURCHASE;
        if (month == 0 || month == 30)
            add_charge(s, like, (month == 0 ? servers : servers / 2) * MONTHS, 0, MONTHS);
        like.category = CHARGE_USAGE;
        add_charge(s, like, 0, held, MONTHS);
    }
    like.category = CHARGE_HORIZON;
    add_charge(s, like, -servers / 2 * 30, 0, MONTHS);
}

static void charge_time(struct strategy_result *s, struct charge like, int64_t servers)
{
    bool whole = like.price->unit->whole;
    int64_t hours = like.price->unit->time_base == TIME_HOUR ? HOURS : 1;
    like.category = CHARGE_USAGE;
    like.order = whole ? -1 : like.order;
    for (int month = 0; month < MONTHS; month++) {
        int64_t now = servers + (like.price->charged == CHARGED_RUNNING ? servers * (month % 12) / 7 : 0);
        int64_t n = whole ? (now + 41) / 42 : now;
        like.month = month;
        add_charge(s, like, n * hours, n * hours, 1);
    }
}

static void charge_layer(struct fake *fake, struct strategy_result *s, int layer, int64_t servers)
{
    const struct offer *offer = &fake->offers[s->strategy->layers[layer].offer];
    for (size_t i = 0; i < offer->n_prices; i++) {
        struct charge like = {.layer = layer, .order = layer, .price = &offer->prices[i]};
        if (offer->prices[i].charged == CHARGED_ONCE || offer->prices[i].charged == CHARGED_TERM)
            charge_purchases(s, like, servers);
        else
            charge_time(s, like, servers);
        s->scope[offer->prices[i].component] = SCOPE_COUNTED;
    }
}

static void add_order(struct fake *fake, struct strategy_result *s, int layer, int64_t servers)
{
    int64_t start = fake->study.start_seconds;
    bool follows = fake->offers[s->strategy->layers[layer].offer].kind == OFFER_ON_DEMAND;
    s->plan.orders[layer] = (struct order){.layer = layer,
                                           .offer = s->strategy->layers[layer].offer,
                                           .servers = servers,
                                           .ordered_seconds = start,
                                           .first_in_service_seconds = start + 3 * DAY_SECONDS,
                                           .last_in_service_seconds = start + 4 * DAY_SECONDS + 97,
                                           .end_seconds = follows ? INT64_MAX : fake->study.end_seconds,
                                           .reason = follows ? REASON_FOLLOWS : REASON_NEW};
}

/* ---- its service and totals ---- */

static void serve(struct fake *fake, struct strategy_result *s, int which, int64_t servers)
{
    struct decimal price = fake->study.workload.unmet_cost;
    for (int month = 0; month < MONTHS; month++) {
        struct service *service = &s->months[month].service;
        int64_t short_by = month == 10 ? which : 0;
        service->need = servers * HOURS * HOUR_SECONDS;
        service->shortfall = short_by * HOURS * HOUR_SECONDS;
        service->served = service->need - service->shortfall;
        service->used = service->served;
        service->capacity = service->need * 2;
        service->idle = service->capacity - service->used;
        service->committed = service->capacity;
        service->committed_used = service->used;
        service->unmet_micro = (int128)service->shortfall * 333333;
        s->months[month].unmet_cost =
            product((int64_t)service->shortfall * 333333, (int64_t)HOUR_SECONDS * 1000000, price);
        const int64_t *from = &service->need;
        for (int i = 0; i < 8; i++)
            (&s->service.need)[i] += from[i];
        s->service.unmet_micro += service->unmet_micro;
        s->unmet_cost += s->months[month].unmet_cost;
    }
}

/* The discounted sum of cash, unmet cost and horizon value, each month rounded to a millionth. */
static void compare(struct strategy_result *s, double rate)
{
    for (int month = 0; month < MONTHS; month++) {
        double amount = (double)(s->months[month].billed + s->months[month].unmet_cost);
        s->compared += (money)llround(amount * pow(1 + rate, -month / 12.0));
    }
    s->compared -= (money)llround((double)s->horizon_value * pow(1 + rate, -MONTHS / 12.0));
}

static void make_strategy(struct fake *fake, int which)
{
    static const int layers[][2] = {{0, -1}, {1, -1}, {3, -1}, {2, -1}, {2, 3}, {0, 3}};
    static const char *const names[] = {"Colocation",
                                        "Hosting",
                                        "On-demand",
                                        "Reserved for the peak",
                                        "Reserved base and on-demand",
                                        "Own the base, rent the peak"};
    struct strategy *strategy = &fake->strategies[which];
    struct strategy_result *s = &fake->results[which];
    strategy->name = str_of(names[which % 6]);
    strategy->n_layers = layers[which % 6][1] < 0 ? 1 : 2;
    strategy->layers = ARENA_NEW(fake->arena, struct layer, 2);
    *s = (struct strategy_result){.strategy = strategy, .n_accounts = strategy->n_layers + 1};
    s->plan.n_orders = strategy->n_layers;
    s->plan.orders = ARENA_NEW(fake->arena, struct order, 2);
    s->charges = ARENA_NEW(fake->arena, struct charge, 1000);
    s->months = ARENA_NEW(fake->arena, struct month_result, MONTHS);
    s->scope = ARENA_NEW(fake->arena, enum scope, COMPONENTS);
    s->billed_by_component = ARENA_NEW(fake->arena, money, COMPONENTS);
    s->accounts = ARENA_NEW(fake->arena, struct account, s->n_accounts);
    s->accounts[s->n_accounts - 1].order = -1;
    for (int layer = 0; layer < (int)strategy->n_layers; layer++) {
        strategy->layers[layer].offer = layers[which % 6][layer];
        s->accounts[layer].order = layer;
        add_order(fake, s, layer, 1000 - 300 * layer);
        charge_layer(fake, s, layer, 1000 - 300 * layer);
    }
    for (size_t i = 0; i < s->n_accounts; i++)
        s->accounts[i].prepaid = s->accounts[i].billed - s->accounts[i].effective;
    serve(fake, s, which, 1000);
    compare(s, fake->study.has_discount_rate ? 0.08 : 0);
    s->peak_in_service = 1500;
    double hours = which + 0.25;
    s->lead_time =
        (struct lead_time){which != 1, hours, 2 * hours, 3 * hours, 4 * hours, 5 * hours, 3 * hours};
}

static void make_result(struct fake *fake, size_t n_strategies)
{
    for (int i = 0; i < MONTHS; i++) {
        int64_t start = add_months(fake->study.start_seconds, i),
                end = add_months(fake->study.start_seconds, i + 1);
        fake->months[i] = (struct month){start, end, start, end};
    }
    struct lead_time bulk = {true, 672, 680, 684, 690, 696, 684},
                     launches = {true, 0.58, 0.58, 0.58, 0.58, 0.58, 0.58};
    fake->lead_times[0] = (struct lead_time_row){STR("colocation-bulk"), STR(""), 5000, bulk};
    fake->lead_times[1] =
        (struct lead_time_row){STR("aws.on-demand"), STR("2 /s, start-up 97 s"), 5000, launches};
    fake->lead_times[2] = (struct lead_time_row){STR("ovh.e5-1620v2"), STR("10 per order"), 5000, {0}};
    fake->remarks[0] =
        (struct remark){STR("The price of colo-1u power is 20 months older than its last use.")};
    fake->remarks[1] =
        (struct remark){STR("Colocation was decided too late for its first need: 12 days short.")};
    fake->result = (struct result){
        .study = &fake->study,
        .timeline = {.months = fake->months, .n_months = MONTHS},
        .strategies = fake->results,
        .n_strategies = n_strategies,
        .lead_times = fake->lead_times,
        .n_lead_times = 3,
        .remarks = fake->remarks,
        .n_remarks = 2,
        .ranked = true,
        .verdict = STR(
            "Reserved for the peak costs least: 2.69 million USD over 36 months, 12% less than Hosting; the "
            "strategies do not count the same components."),
        .burst_servers = 5000,
        .burst_name = STR("black-friday"),
    };
    for (size_t i = 0; i < n_strategies; i++)
        make_strategy(fake, (int)i);
}

static struct fake *fake_before_result(struct sandbox *sandbox)
{
    struct fake *fake = ARENA_NEW(&sandbox->arena, struct fake, 1);
    fake->sandbox = sandbox;
    fake->arena = &sandbox->arena;
    make_offers(fake);
    make_study(fake);
    fake->report = (struct report){&fake->result,     fake->arena, sandbox->path,
                                   &sandbox->failure, "0.1.0",     STR("--set study.seed=2014")};
    return fake;
}

static struct fake *fake_new(struct sandbox *sandbox, size_t n_strategies)
{
    struct fake *fake = fake_before_result(sandbox);
    make_result(fake, n_strategies);
    return fake;
}

static struct str written(struct fake *fake)
{
    struct str content = {0};
    assert_true(report_workbook(&fake->report));
    assert_false(fake->sandbox->failure.failed);
    assert_true(file_read(fake->arena, sandbox_path(fake->sandbox, "report.xlsx"), &content,
                          &fake->sandbox->failure));
    return content;
}

/* ---- claims ---- */

static void a_workbook_is_written(void **state)
{
    struct str content = written(fake_new(*state, 6));
    assert_true(str_starts(content, STR("PK\x03\x04")));
    assert_int_equal(sandbox_count(*state), 1);
}

static void the_same_result_gives_the_same_bytes(void **state)
{
    struct fake *fake = fake_new(*state, 6);
    struct str first = written(fake);
    sleep(1); /* the clock moves on, the second an archive may note */
    struct str second = written(fake);
    assert_true(str_equal(first, second));
}

static void results_of_odd_shapes_are_written(void **state)
{
    static const size_t n_strategies[] = {0, 1, 3, 12};
    for (size_t i = 0; i < COUNT(n_strategies); i++)
        written(fake_new(*state, n_strategies[i]));
    struct fake *without_charges = fake_new(*state, 3);
    without_charges->results[1].n_charges = 0;
    written(without_charges);
    struct fake *without_any = fake_new(*state, 1);
    without_any->results[0].n_charges = 0;
    without_any->study.n_components = 0;
    written(without_any);
}

static void a_study_without_rates_and_rank_is_written(void **state)
{
    struct fake *fake = fake_before_result(*state);
    fake->study.has_discount_rate = false;
    fake->study.workload.has_unmet_cost = false;
    fake->study.workload.unmet_cost = decimal_of(0);
    make_result(fake, 3);
    fake->result.ranked = false;
    fake->result.unranked_because = STR("strategies serve different amounts and there is no unmet_cost");
    fake->result.burst_name = STR("");
    written(fake);
}

/* Twelve strategies. Names that are formulas, patterns, markup, no UTF-8, too long, or equal but for case. */
static void make_hostile(struct fake *fake)
{
    static const char *const names[] = {
        "=1+1", "@SUM(A1)", "-2",   "<b>&\"'</b>", "a\xFF\xC3z", "\x01\x1B[31m &P &8",
        "",     "same",     "SAME", "_x0041_",     "{=A1}",      "http://example.org/?a=b&c=d"};
    char *lengthy = ARENA_NEW(fake->arena, char, 40000);
    memset(lengthy, '=', 40000);
    struct str giant = {lengthy, 40000};
    for (size_t i = 0; i < COUNT(names); i++)
        fake->strategies[i].name = str_of(names[i]);
    fake->components[0] = STR(">0");
    fake->components[1] = STR("*");
    fake->components[2] = STR("Fee");
    fake->components[4] = giant;
    fake->components[5] = STR("");
    fake->study.title = giant;
    fake->study.currency = STR("\"[Red]&");
    fake->result.verdict = giant;
    fake->remarks[0].text = giant;
    fake->inputs[0].path = STR("a\0b");
    fake->offers[0].id = STR("=HYPERLINK(\"http://example.org\")");
    fake->prices[0][0].source = STR("+cmd|' /C calc'!A0");
    fake->prices[0][0].effective_from = INT64_MIN;
    fake->result.burst_name = STR("\xED\xA0\x80");
    fake->results[2].lead_time.p50 = (double)NAN;
    fake->results[2].lead_time.p90 = (double)INFINITY;
}

static void hostile_names_do_no_harm(void **state)
{
    struct fake *fake = fake_new(*state, MOST_STRATEGIES);
    make_hostile(fake);
    written(fake);
}

static void a_folder_that_is_not_there_is_a_failure(void **state)
{
    struct fake *fake = fake_new(*state, 1);
    fake->report.folder = sandbox_path(*state, "missing");
    assert_false(report_workbook(&fake->report));
    assert_true(fake->sandbox->failure.failed);
    struct str expected = STR("missing/report.xlsx: cannot write: No such file or directory");
    assert_true(str_ends(fake->sandbox->failure.message, expected));
}

static void a_full_disk_is_a_failure(void **state)
{
    struct fake *fake = fake_new(*state, 6);
    assert_int_equal(symlink("/dev/full", sandbox_path(*state, "report.xlsx").at), 0);
    assert_false(report_workbook(&fake->report));
    assert_true(fake->sandbox->failure.failed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        sandbox_test(a_workbook_is_written),
        sandbox_test(the_same_result_gives_the_same_bytes),
        sandbox_test(results_of_odd_shapes_are_written),
        sandbox_test(a_study_without_rates_and_rank_is_written),
        sandbox_test(hostile_names_do_no_harm),
        sandbox_test(a_folder_that_is_not_there_is_a_failure),
        sandbox_test(a_full_disk_is_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
