#include "rating/terms.h"

#include "base/arena.h"
#include "rating/lease.h"
#include "unit/money.h"
#include "unit/root.h"

enum { PRICE_PLACES = 6 };

#define MOST_PAYMENT 9e18 /* in millionths: what fits an integer of 64 bits */

struct terms {
    struct arena *arena;
    const struct study *study;
    struct diagnostics *diagnostics;
};

static struct decimal less(struct decimal off)
{
    return (struct decimal){power_of_ten(off.scale) - off.digits, off.scale};
}

/* The row's list price and price at its own rate. */
static bool set_price(struct price_row *row)
{
    return decimal_product(row->book, row->rate, &row->list) &&
           decimal_product(row->list, less(row->off), &row->price);
}

/* ---- escalation ---- */

static bool escalate(struct decimal *price, struct decimal escalator)
{
    struct decimal factor = {power_of_ten(escalator.scale) + escalator.digits, escalator.scale}, product;
    if (!decimal_product(*price, factor, &product))
        return false;
    if (product.scale > PRICE_PLACES)
        product = (struct decimal){
            (int64_t)round_half_even(product.digits, power_of_ten(product.scale - PRICE_PLACES)),
            PRICE_PLACES};
    *price = decimal_normal(product);
    return true;
}

/* ---- versions ---- */

struct version_list {
    struct price_version *items;
    size_t n_items, capacity;
};

static int64_t sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* The next day after `after` on which the row's rate changes or its contract has an anniversary. */
static int64_t next_change(const struct study *study, const struct offer *offer, const struct price_row *row,
                           int64_t after)
{
    const struct exchange_rate *rate = study_rate_after(study, row->currency, after);
    int64_t next = rate == NULL ? INT64_MAX : rate->from_seconds;
    for (int k = 1; offer->kind == OFFER_SITE && offer->contract.escalator.digits > 0; k++) {
        int64_t anniversary = add_months(offer->contract.from_seconds, 12 * k);
        if (anniversary > after)
            return sooner(next, anniversary);
    }
    return next;
}

/* Full years of the site's contract at a time. */
static int contract_years(const struct offer *offer, int64_t seconds)
{
    int years = 0;
    if (offer->kind != OFFER_SITE || offer->contract.escalator.digits == 0)
        return 0;
    while (add_months(offer->contract.from_seconds, 12 * (years + 1)) <= seconds)
        years++;
    return years;
}

static bool version_of(const struct terms *t, const struct offer *offer, const struct price_row *row,
                       int64_t from, struct price_row *version)
{
    const struct exchange_rate *rate = study_rate_at(t->study, row->currency, from);
    *version = *row;
    for (int k = contract_years(offer, from); k > 0; k--)
        if (!escalate(&version->book, offer->contract.escalator))
            return false;
    if (!str_equal(row->currency, t->study->currency))
        version->rate = decimal_normal(rate->rate);
    return set_price(version);
}

/* Time in which a row can be charged. What is used has the price of its own day, and only the first row of
 * a series also stands for days before it: thousands of spot prices do not each need every day's rate. */
static void charged_between(const struct study *study, const struct offer *offer, const struct price_row *row,
                            int64_t *from, int64_t *end)
{
    *from = study->decide_from_seconds;
    *end = add_months(month_start(study->end_seconds - 1), 1); /* what is used last may fall due then */
    if (offer->kind == OFFER_SITE)
        *end = later(*end, term_end(offer->contract.from_seconds, offer->term)); /* or be owed */
    if (row->charged < CHARGED_RUNNING || !row->follows_day)
        return;
    if (!price_starts_series(offer, row))
        *from = later(*from, row->effective_from);
    if (row + 1 < offer->prices + offer->n_prices && price_same_series(row, row + 1))
        *end = sooner(*end, study->usage_in_arrears ? add_months(month_start(row[1].effective_from), 1)
                                                    : row[1].effective_from);
}

/* `book` is the row in the offer, `row` its copy. */
static bool make_versions(const struct terms *t, const struct offer *offer, const struct price_row *book,
                          struct price_row *row)
{
    struct version_list list = {0};
    struct price_row first;
    int64_t from, end;
    charged_between(t->study, offer, book, &from, &end);
    if (!version_of(t, offer, row, from, &first))
        return false;
    for (int64_t at = next_change(t->study, offer, row, from), next; at <= end; at = next) {
        struct price_version version = {.from = at};
        next = next_change(t->study, offer, row, at);
        if (!version_of(t, offer, row, at, &version.row))
            return false;
        if (list.n_items == 0) {
            first.version_from = row->effective_from;
            first.version_to = at;
            *ARENA_APPEND(t->arena, &list) = (struct price_version){INT64_MIN, first};
        }
        version.row.version_from = at;
        version.row.version_to = sooner(next, row->effective_to);
        *ARENA_APPEND(t->arena, &list) = version;
    }
    *row = first;
    row->versions = list.items;
    row->n_versions = list.n_items;
    return true;
}

/* ---- financing ---- */

/* The equal payment for a price of 1, in n months at an effective annual rate. */
static double annuity(double yearly, int n)
{
    double growth = twelfth_root(1 + yearly), factor = 1;
    for (int i = 0; i < n; i++)
        factor /= growth;
    return yearly <= 0 ? 1.0 / n : (growth - 1) / (1 - factor);
}

static bool payment(struct decimal *price, double annuity_of_one)
{
    double amount = decimal_as_double(*price) * annuity_of_one * MONEY_PER_UNIT + 0.5;
    if (amount >= MOST_PAYMENT)
        return false;
    *price = (struct decimal){(int64_t)amount, PRICE_PLACES};
    return true;
}

static bool finance(const struct offer *offer, struct price_row *row)
{
    double of_one = annuity(decimal_as_double(offer->finance_rate), offer->finance_months);
    row->n_payments = offer->finance_months;
    return payment(&row->price, of_one) && payment(&row->list, of_one);
}

static bool is_financed(const struct offer *offer, const struct price_row *row)
{
    return offer->finance_months > 0 && row->charged == CHARGED_TERM &&
           row->unit->counted == COUNTED_SERVERS && row->book.digits > 0;
}

static bool finance_all(const struct offer *offer, struct price_row *row, struct price_version *versions)
{
    bool good = !is_financed(offer, row) || finance(offer, row);
    for (size_t i = 0; good && is_financed(offer, row) && i < row->n_versions; i++)
        good = finance(offer, &versions[i].row);
    return good;
}

/* ---- commitments of money ---- */

/* A commitment that buys no server would be no layer at all. */
static bool check_commitment(const struct terms *t, const struct layer *layer)
{
    money commitment;
    const struct offer *offer = &t->study->offers[layer->offer];
    money hour = committed_price(offer, t->study->decide_from_seconds);
    if (layer->rule != SIZE_MONEY)
        return true;
    if (hour <= 0)
        return diagnose_error(
            t->diagnostics, layer->place, "give the layer a number of servers",
            "`%.*s` has no price of a server-hour that is charged `held`, of which money an "
            "hour could buy some",
            STR_ARGS(offer->id));
    if (!money_product(1, 1, layer->hourly, &commitment) || commitment >= hour)
        return true;
    return diagnose_error(t->diagnostics, layer->place, "commit to more, or remove the layer",
                          "%.*s an hour buys no server of `%.*s`: one costs %.*s",
                          STR_ARGS(decimal_text(t->arena, layer->hourly)), STR_ARGS(offer->id),
                          STR_ARGS(decimal_text(t->arena, (struct decimal){hour, PRICE_PLACES})));
}

static bool check_commitments(const struct terms *t)
{
    bool good = true;
    for (size_t i = 0; i < t->study->n_strategies; i++)
        for (size_t j = 0; j < t->study->strategies[i].n_layers; j++)
            good &= check_commitment(t, &t->study->strategies[i].layers[j]);
    return good;
}

/* ---- all offers ---- */

static bool apply_to_row(const struct terms *t, const struct offer *offer, const struct price_row *book,
                         struct price_row *row)
{
    bool good = make_versions(t, offer, book, row);
    struct price_version *versions = ARENA_NEW(t->arena, struct price_version, row->n_versions + 1);
    for (size_t i = 0; i < row->n_versions; i++)
        versions[i] = row->versions[i];
    row->versions = versions;
    return (good && finance_all(offer, row, versions)) ||
           diagnose_error(t->diagnostics, row->place,
                          "check it, its exchange rate and its offer in the study",
                          "the price does not fit once rate, discount, escalator or financing are applied");
}

bool terms_apply(struct arena *arena, struct study *study, struct diagnostics *diagnostics)
{
    bool good = true;
    struct terms t = {arena, study, diagnostics};
    for (size_t i = 0; i < study->n_offers; i++) {
        struct offer *offer = &study->offers[i];
        if (!offer->used)
            continue;
        struct price_row *rows = ARENA_NEW(arena, struct price_row, offer->n_prices + 1);
        for (size_t j = 0; j < offer->n_prices; j++) {
            rows[j] = offer->prices[j];
            good &= apply_to_row(&t, offer, &offer->prices[j], &rows[j]);
        }
        offer->prices = rows;
    }
    return good && check_commitments(&t);
}
