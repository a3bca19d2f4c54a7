#include "rating/terms.h"

#include "base/arena.h"
#include "unit/money.h"
#include "unit/root.h"

enum { PRICE_PLACES = 6 };

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

/* ---- exchange rates ---- */

static const struct exchange_rate *rate_at(const struct study *study, struct str currency, int64_t seconds)
{
    const struct exchange_rate *found = NULL;
    for (size_t i = 0; i < study->n_exchange_rates; i++)
        if (str_equal(study->exchange_rates[i].currency, currency) &&
            study->exchange_rates[i].from_seconds <= seconds)
            found = &study->exchange_rates[i];
    return found;
}

static bool has_rate(const struct terms *t, const struct price_row *row)
{
    if (str_equal(row->currency, t->study->currency) ||
        rate_at(t->study, row->currency, t->study->decide_from_seconds) != NULL)
        return true;
    return diagnose_error(
        t->diagnostics, row->place, "add a table to study.exchange_rates with a row of that day or before",
        "the price is in %.*s, and there is no rate for it on %.*s", STR_ARGS(row->currency),
        STR_ARGS(date_text(t->arena, t->study->decide_from_seconds)));
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

/* The next day after `after` on which the row's rate changes or its contract has an anniversary. */
static int64_t next_change(const struct study *study, const struct offer *offer, const struct price_row *row,
                           int64_t after)
{
    int64_t next = INT64_MAX;
    for (size_t i = 0; i < study->n_exchange_rates; i++)
        if (str_equal(study->exchange_rates[i].currency, row->currency) &&
            study->exchange_rates[i].from_seconds > after)
            next = sooner(next, study->exchange_rates[i].from_seconds);
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
    const struct exchange_rate *rate = rate_at(t->study, row->currency, from);
    *version = *row;
    for (int k = contract_years(offer, from); k > 0; k--)
        if (!escalate(&version->book, offer->contract.escalator))
            return false;
    if (!str_equal(row->currency, t->study->currency))
        version->rate = decimal_normal(rate->rate);
    return set_price(version);
}

static bool make_versions(const struct terms *t, const struct offer *offer, struct price_row *row)
{
    struct version_list list = {0};
    struct price_row first;
    int64_t from = t->study->decide_from_seconds, end = t->study->end_seconds;
    if (!version_of(t, offer, row, from, &first))
        return false;
    for (int64_t at = next_change(t->study, offer, row, from), next; at < end; at = next) {
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

static struct decimal payment(struct decimal price, double annuity_of_one)
{
    double amount = decimal_as_double(price) * annuity_of_one;
    return (struct decimal){(int64_t)(amount * MONEY_PER_UNIT + 0.5), PRICE_PLACES};
}

static void finance(const struct offer *offer, struct price_row *row)
{
    double of_one = annuity(decimal_as_double(offer->finance_rate), offer->finance_months);
    row->n_payments = offer->finance_months;
    row->price = payment(row->price, of_one);
    row->list = payment(row->list, of_one);
}

static bool is_financed(const struct offer *offer, const struct price_row *row)
{
    return offer->finance_months > 0 && row->charged == CHARGED_TERM &&
           row->unit->counted == COUNTED_SERVERS && row->book.digits > 0;
}

static void finance_all(const struct offer *offer, struct price_row *row, struct price_version *versions)
{
    if (!is_financed(offer, row))
        return;
    finance(offer, row);
    for (size_t i = 0; i < row->n_versions; i++)
        finance(offer, &versions[i].row);
}

/* ---- all offers ---- */

static bool apply_to_row(const struct terms *t, const struct offer *offer, struct price_row *row)
{
    if (!has_rate(t, row))
        return false;
    if (!make_versions(t, offer, row))
        return diagnose_error(t->diagnostics, row->place, NULL,
                              "the price does not fit once rate, discount or escalator are applied");
    struct price_version *versions = ARENA_NEW(t->arena, struct price_version, row->n_versions + 1);
    for (size_t i = 0; i < row->n_versions; i++)
        versions[i] = row->versions[i];
    row->versions = versions;
    finance_all(offer, row, versions);
    return true;
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
            good &= apply_to_row(&t, offer, &rows[j]);
        }
        offer->prices = rows;
    }
    return good;
}
