#include "input/price_book.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "input/text.h"
#include "unit/quantity.h"

enum { LARGEST_SIZE = 100000, SIZE_PLACES = 6 };

enum price_column {
    COLUMN_OFFER,
    COLUMN_KIND,
    COLUMN_PROVIDER,
    COLUMN_REGION,
    COLUMN_ITEM,
    COLUMN_VCPU,
    COLUMN_MEMORY,
    COLUMN_TERM,
    COLUMN_INCREMENT,
    COLUMN_MINIMUM,
    COLUMN_DISCOUNTS,
    COLUMN_COMPONENT,
    COLUMN_CHARGED,
    COLUMN_PER,
    COLUMN_PRICE,
    COLUMN_CURRENCY,
    COLUMN_TIER_FROM,
    COLUMN_FOLLOWS,
    COLUMN_EFFECTIVE_FROM,
    COLUMN_EFFECTIVE_TO,
    COLUMN_SOURCE,
    N_COLUMNS
};

const struct csv_column price_columns[] = {
    [COLUMN_OFFER] = {"offer", true, "id; rows with the same id form one offer"},
    [COLUMN_KIND] = {"kind", true,
                     "colocation, hosting, reserved, on-demand, savings-plan, spot, service or site"},
    [COLUMN_PROVIDER] = {"provider", false, "text"},
    [COLUMN_REGION] = {"region", false, "text"},
    [COLUMN_ITEM] = {"item", false, "text"},
    [COLUMN_VCPU] = {"vcpu", false, "of one server"},
    [COLUMN_MEMORY] = {"memory_gib", false, "of one server"},
    [COLUMN_TERM] = {"term", false, "commitment: 1 mo, 12 mo, 1 yr; empty: none"},
    [COLUMN_INCREMENT] = {"increment", false, "billing step of running time: 1 h, 60 s, 1 s"},
    [COLUMN_MINIMUM] = {"minimum", false, "least time charged for a run: 60 s, 10 min"},
    [COLUMN_DISCOUNTS] = {"discounts", false,
                          "reserved and savings-plan: the on-demand offer whose hours they replace"},
    [COLUMN_COMPONENT] = {"component", true, "upfront, hourly, server, rack, power, staff, ..."},
    [COLUMN_CHARGED] = {"charged", true, "once, term, early-end, held, running or metered"},
    [COLUMN_PER] =
        {"per", true,
         "server, server-hour, server-month, work-hour, rack, rack-month, kW-month, kWh, Mbps-month, "
         "admin-month, cross-connect-month, month; metered: GB, TB, GiB, TiB, request, thousand "
         "requests, million requests, server, work-hour, GB-month, GiB-month, unit-hour, unit-month, "
         "Mbps-month, spend"},
    [COLUMN_PRICE] = {"price", true, "exact decimal, or the word free"},
    [COLUMN_CURRENCY] = {"currency", true, "ISO 4217; another than the study's needs an exchange rate"},
    [COLUMN_TIER_FROM] = {"tier_from", false,
                          "metered: lower bound of a graduated tier, in `per` units a calendar month"},
    [COLUMN_FOLLOWS] = {"follows", false,
                        "order: price of the order date to the end of the term; day: of the day"},
    [COLUMN_EFFECTIVE_FROM] = {"effective_from", true, "first day of validity"},
    [COLUMN_EFFECTIVE_TO] = {"effective_to", false, "first day after it; empty: until replaced"},
    [COLUMN_SOURCE] = {"source", true, "where the price was published"},
};

const int n_price_columns = N_COLUMNS;

struct row_reader {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct csv_reader *csv;
    const struct csv_row *row;
    int positions[N_COLUMNS];
};

static struct str field(const struct row_reader *r, enum price_column column)
{
    return csv_field(r->row, r->positions[column]);
}

static struct place place(const struct row_reader *r, enum price_column column)
{
    return csv_place(r->csv, r->positions[column]);
}

static bool wrong(const struct row_reader *r, enum price_column column, const char *hint)
{
    struct str text = field(r, column);
    if (text.length == 0)
        return diagnose_error(r->diagnostics, place(r, column), hint, "the column `%s` is empty",
                              price_columns[column].name);
    return diagnose_error(r->diagnostics, place(r, column), hint, "`%s` cannot be `%.*s`",
                          price_columns[column].name, STR_ARGS(text));
}

static bool read_name(const struct row_reader *r, enum price_column column, int n, const char *const *names,
                      int *result)
{
    struct str text = field(r, column), all = {0};
    for (int i = 0; i < n; i++) {
        all = str_format(r->arena, "%.*s%s%s", STR_ARGS(all), i == 0 ? "write one of " : ", ", names[i]);
        if (str_is(text, names[i])) {
            *result = i;
            return true;
        }
    }
    return wrong(r, column, all.at);
}

/* Within limits in which one server is a sensible number of others. */
static bool read_size(const struct row_reader *r, enum price_column column, struct decimal *result)
{
    struct str text = field(r, column);
    if (text.length == 0)
        return true;
    if (decimal_parse(text, result) && decimal_compare(*result, (struct decimal){1, 2}) >= 0 &&
        decimal_compare(*result, decimal_of(LARGEST_SIZE)) <= 0 &&
        decimal_normal(*result).scale <= SIZE_PLACES)
        return true;
    return wrong(r, column, "write a number from 0.01 to 100000, or leave it empty");
}

static bool wrong_quantity(const struct row_reader *r, enum price_column column, const char *expected)
{
    return wrong(r, column, str_format(r->arena, "write %s", expected).at);
}

static bool read_duration(const struct row_reader *r, enum price_column column, int64_t *seconds)
{
    struct quantity q;
    const char *expected;
    struct str text = field(r, column);
    if (text.length == 0)
        return true;
    if (str_is(text, "1 mo")) /* hosting bills by the month: its server-month rows say so already */
        return true;
    if (!quantity_parse(text, DIMENSION_DURATION, &q, &expected) || q.seconds <= 0)
        return wrong_quantity(r, column, expected);
    *seconds = q.seconds;
    return true;
}

static bool read_term(const struct row_reader *r, struct term *term)
{
    struct quantity q;
    const char *expected;
    if (field(r, COLUMN_TERM).length == 0)
        return true;
    if (!quantity_parse(field(r, COLUMN_TERM), DIMENSION_TERM, &q, &expected))
        return wrong_quantity(r, COLUMN_TERM, expected);
    *term = q.term;
    return true;
}

static bool read_offer(const struct row_reader *r, struct offer *offer)
{
    int kind = 0;
    bool good = true;
    *offer = (struct offer){.discounts = -1, .process = -1, .quota_increase = -1, .site = -1};
    offer->id = str_copy(r->arena, field(r, COLUMN_OFFER));
    if (offer->id.length == 0)
        good = wrong(r, COLUMN_OFFER, "every row names its offer");
    good &= read_name(r, COLUMN_KIND, N_OFFER_KINDS, offer_kind_names, &kind);
    offer->kind = (enum offer_kind)kind;
    offer->provider = str_copy(r->arena, field(r, COLUMN_PROVIDER));
    offer->region = str_copy(r->arena, field(r, COLUMN_REGION));
    offer->item = str_copy(r->arena, field(r, COLUMN_ITEM));
    good &= read_size(r, COLUMN_VCPU, &offer->vcpu);
    good &= read_size(r, COLUMN_MEMORY, &offer->memory_gib);
    good &= read_term(r, &offer->term);
    good &= read_duration(r, COLUMN_INCREMENT, &offer->increment_seconds);
    good &= read_duration(r, COLUMN_MINIMUM, &offer->minimum_seconds);
    offer->place = place(r, COLUMN_OFFER);
    return good;
}

static int component_index(struct price_book *book, struct arena *arena, struct str name)
{
    for (size_t i = 0; i < book->n_components; i++)
        if (str_equal(book->components[i], name))
            return (int)i;
    book->components = arena_grow(arena, book->components, book->n_components, &book->components_capacity,
                                  sizeof *book->components);
    book->components[book->n_components] = str_copy(arena, name);
    return (int)book->n_components++;
}

static bool read_price(const struct row_reader *r, struct decimal *price)
{
    struct str text = field(r, COLUMN_PRICE);
    *price = (struct decimal){0, 0};
    if (str_is(text, "free"))
        return true;
    if (!decimal_parse(text, price))
        return wrong(r, COLUMN_PRICE, "write an exact decimal such as 0.225, or the word free");
    if (price->digits == 0)
        return diagnose_error(r->diagnostics, place(r, COLUMN_PRICE),
                              "write the word free where nothing is charged",
                              "a price of 0 is refused: it is most often a mistake");
    if (price->digits < 0)
        return diagnose_error(r->diagnostics, place(r, COLUMN_PRICE), NULL, "a price below 0 is refused");
    return true;
}

static bool read_follows(const struct row_reader *r, const struct offer *offer, struct price_row *row)
{
    static const char *const names[] = {"order", "day"};
    bool by_day = offer->kind == OFFER_ON_DEMAND || offer->kind == OFFER_SPOT || !offer_has_servers(offer);
    int follows = row->charged == CHARGED_METERED || (by_day && row->charged >= CHARGED_HELD);
    if (field(r, COLUMN_FOLLOWS).length > 0 && !read_name(r, COLUMN_FOLLOWS, 2, names, &follows))
        return false;
    row->follows_day = follows == 1;
    return true;
}

static bool read_validity(const struct row_reader *r, const struct offer *offer, struct price_row *row)
{
    bool good = true;
    int64_t grid = offer->kind == OFFER_SPOT ? HOUR_SECONDS : DAY_SECONDS;
    row->effective_to = INT64_MAX;
    if (!time_parse(field(r, COLUMN_EFFECTIVE_FROM), &row->effective_from))
        good = wrong(r, COLUMN_EFFECTIVE_FROM, "write a date such as 2014-04-01");
    if (field(r, COLUMN_EFFECTIVE_TO).length > 0 &&
        !time_parse(field(r, COLUMN_EFFECTIVE_TO), &row->effective_to))
        good = wrong(r, COLUMN_EFFECTIVE_TO, "write a date such as 2014-04-01, or leave it empty");
    if (!good)
        return false;
    bool ends = row->effective_to != INT64_MAX && row->effective_to % grid != 0;
    if (row->effective_from % grid != 0 || ends)
        return diagnose_error(
            r->diagnostics, place(r, ends ? COLUMN_EFFECTIVE_TO : COLUMN_EFFECTIVE_FROM), NULL,
            grid == DAY_SECONDS ? "prices change at midnight UTC: write a date without a time"
                                : "spot prices change at full hours: write 2014-03-01 05:00");
    if (row->effective_to <= row->effective_from)
        return diagnose_error(r->diagnostics, place(r, COLUMN_EFFECTIVE_TO), NULL,
                              "the price ends on or before the day it begins");
    return true;
}

static bool read_unit(const struct row_reader *r, struct price_row *row)
{
    struct str text = field(r, COLUMN_PER), all = {0};
    for (size_t i = 0; i < n_price_units; i++) {
        if (price_unit_is_metered(&price_units[i]) != (row->charged == CHARGED_METERED))
            continue;
        all = str_format(r->arena, "%.*s%s%s", STR_ARGS(all), all.length == 0 ? "write one of " : ", ",
                         price_units[i].name);
        if (str_is(text, price_units[i].name)) {
            row->unit = &price_units[i];
            return true;
        }
    }
    return wrong(r, COLUMN_PER, all.at);
}

/* What can be charged by what: a purchase by the piece, running time by the server-hour, holding by
 * anything that has a time in it. */
static bool check_unit(const struct row_reader *r, const struct offer *offer, const struct price_row *row)
{
    bool starts = row->charged == CHARGED_ONCE || row->charged == CHARGED_TERM;
    bool metered = row->charged == CHARGED_METERED, early = row->charged == CHARGED_EARLY;
    if (early && (row->unit->counted != COUNTED_SERVERS || row->unit->time_base == TIME_HOUR))
        return diagnose_error(r->diagnostics, place(r, COLUMN_PER), NULL,
                              "what is charged `early-end` is priced per server, or per server-month left");
    if (!metered && !early && starts != (row->unit->time_base == TIME_NONE))
        return diagnose_error(r->diagnostics, place(r, COLUMN_PER), NULL,
                              "what is charged `%s` is priced per %s", charged_names[row->charged],
                              starts ? "server" : "hour or month");
    if (row->charged == CHARGED_RUNNING && !str_is(str_of(row->unit->name), "server-hour"))
        return diagnose_error(r->diagnostics, place(r, COLUMN_PER), "write server-hour",
                              "what is charged `running` is priced per server-hour");
    if (!offer_kind_allows(offer->kind, row))
        return diagnose_error(r->diagnostics, place(r, COLUMN_CHARGED), offer_kind_charges(offer->kind),
                              "offers of the kind %s are not charged `%s` per %s",
                              offer_kind_names[offer->kind], charged_names[row->charged], row->unit->name);
    if (row->unit->whole && !row->follows_day && !starts)
        return diagnose_error(
            r->diagnostics, place(r, COLUMN_FOLLOWS), "write day in the column follows",
            "whole racks and administrators are counted over all orders: their price is that of "
            "the day");
    return metered && !row->follows_day
               ? diagnose_error(r->diagnostics, place(r, COLUMN_FOLLOWS), "leave it empty",
                                "what is metered has the price of the day")
               : true;
}

static bool read_tier(const struct row_reader *r, struct price_row *row)
{
    struct str text = field(r, COLUMN_TIER_FROM);
    if (text.length == 0)
        return true;
    if (!decimal_parse(text, &row->tier_from) || row->tier_from.digits < 0 ||
        decimal_normal(row->tier_from).scale > SIZE_PLACES)
        return wrong(r, COLUMN_TIER_FROM,
                     "write a number from 0 on, with at most 6 places, or leave it empty");
    if (row->tier_from.digits > 0 && row->charged != CHARGED_METERED)
        return diagnose_error(r->diagnostics, place(r, COLUMN_TIER_FROM), "leave tier_from empty",
                              "only what is charged `metered` has graduated tiers");
    return true;
}

static bool read_currency(const struct row_reader *r, struct price_row *row)
{
    struct str code = field(r, COLUMN_CURRENCY);
    row->currency = str_copy(r->arena, code);
    return text_is_currency(code) || wrong(r, COLUMN_CURRENCY, "write an ISO 4217 code such as USD");
}

static bool read_row(struct price_book *book, const struct row_reader *r, const struct offer *offer,
                     struct price_row *row)
{
    int charged = 0;
    bool good = true;
    struct str component = field(r, COLUMN_COMPONENT), source = field(r, COLUMN_SOURCE);
    if (component.length == 0)
        good = wrong(r, COLUMN_COMPONENT, "name what is paid for: upfront, hourly, server, rack, ...");
    if (source.length == 0)
        good = wrong(r, COLUMN_SOURCE, "say where the price was published, or that it is an assumption");
    good &= read_currency(r, row);
    good &= read_name(r, COLUMN_CHARGED, N_CHARGED, charged_names, &charged);
    row->charged = (enum charged)charged;
    good &= read_unit(r, row);
    good &= read_tier(r, row);
    good &= read_price(r, &row->book);
    good &= read_validity(r, offer, row);
    good &= read_follows(r, offer, row);
    row->component = component_index(book, r->arena, component);
    row->price = row->list = row->book;
    row->rate = decimal_of(1);
    row->source = str_copy(r->arena, source);
    row->place = place(r, COLUMN_PRICE);
    return good;
}

/* Columns that belong to the offer, not to the row, must say the same in every row. */
static bool agrees(const struct row_reader *r, const struct offer *first, const struct offer *other)
{
    const struct {
        bool same;
        enum price_column column;
    } pairs[] = {
        {first->kind == other->kind, COLUMN_KIND},
        {str_equal(first->provider, other->provider), COLUMN_PROVIDER},
        {str_equal(first->region, other->region), COLUMN_REGION},
        {decimal_compare(first->vcpu, other->vcpu) == 0, COLUMN_VCPU},
        {decimal_compare(first->memory_gib, other->memory_gib) == 0, COLUMN_MEMORY},
        {first->term.months == other->term.months && first->term.seconds == other->term.seconds, COLUMN_TERM},
        {first->increment_seconds == other->increment_seconds, COLUMN_INCREMENT},
        {first->minimum_seconds == other->minimum_seconds, COLUMN_MINIMUM},
        {str_equal(first->discounts_name, other->discounts_name), COLUMN_DISCOUNTS},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (!pairs[i].same)
            return diagnose_error(
                r->diagnostics, place(r, pairs[i].column), "all rows of an offer agree on it",
                "`%s` disagrees with %.*s:%d of the same offer `%.*s`", price_columns[pairs[i].column].name,
                STR_ARGS(first->place.file), first->place.line, STR_ARGS(first->id));
    return true;
}

/* FNV-1a */
static uint64_t hash(struct str id)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < id.length; i++)
        h = (h ^ (unsigned char)id.at[i]) * UINT64_C(1099511628211);
    return h;
}

/* The slot that holds an id, or the free one in which it belongs. */
static size_t *find_slot(const struct price_book *book, struct str id)
{
    size_t at = (size_t)hash(id) & (book->n_slots - 1);
    while (book->slots[at] != 0 && !str_equal(book->items[book->slots[at] - 1].id, id))
        at = (at + 1) & (book->n_slots - 1);
    return &book->slots[at];
}

/* Keeps at least half of the slots free. */
static void index_offer(struct price_book *book, struct arena *arena, size_t index)
{
    if (2 * book->n_items < book->n_slots) {
        *find_slot(book, book->items[index].id) = index + 1;
        return;
    }
    book->n_slots = book->n_slots == 0 ? 64 : 2 * book->n_slots;
    book->slots = ARENA_NEW(arena, size_t, book->n_slots);
    for (size_t i = 0; i < book->n_items; i++)
        *find_slot(book, book->items[i].id) = i + 1;
}

/* n_items where there is none. */
static size_t find_offer(const struct price_book *book, struct str id)
{
    size_t slot = book->n_slots == 0 ? 0 : *find_slot(book, id);
    return slot == 0 ? book->n_items : slot - 1;
}

static size_t add_offer(struct price_book *book, struct arena *arena, const struct offer *offer)
{
    size_t index = book->n_items;
    *ARENA_APPEND(arena, book) = *offer;
    book->lists = arena_grow(arena, book->lists, index, &book->lists_capacity, sizeof *book->lists);
    book->lists[index] = (struct price_list){0};
    index_offer(book, arena, index);
    return index;
}

/* The offer that a reservation discounts may come in a later row or book: price_book_finish looks it up. */
static bool read_discounts(const struct row_reader *r, struct offer *offer)
{
    struct str name = field(r, COLUMN_DISCOUNTS);
    if (offer_is_reservation(offer) != (name.length > 0))
        return diagnose_error(r->diagnostics, place(r, COLUMN_DISCOUNTS), NULL,
                              offer_is_reservation(offer)
                                  ? "a reservation names the on-demand offer it discounts"
                                  : "only a reservation or savings plan discounts another offer");
    offer->discounts_name = str_copy(r->arena, name);
    return true;
}

static bool add_row(struct price_book *book, const struct row_reader *r)
{
    struct offer offer;
    struct price_row price = {0};
    if (!csv_check_width(r->csv, r->row))
        return false;
    bool good = read_offer(r, &offer) && read_discounts(r, &offer);
    if (!good) {
        read_row(book, r, &offer, &price); /* only for what is wrong in it */
        return false;
    }
    size_t index = find_offer(book, offer.id);
    good = index == book->n_items || agrees(r, &book->items[index], &offer);
    if (index == book->n_items)
        add_offer(book, r->arena, &offer);
    good &= read_row(book, r, &offer, &price) && check_unit(r, &offer, &price);
    if (!good)
        return false;
    price.offer = (int)index;
    *ARENA_APPEND(r->arena, &book->lists[index]) = price;
    return true;
}

bool price_book_add(struct price_book *book, struct arena *arena, struct str file, struct str content,
                    struct diagnostics *diagnostics, int64_t *n_rows)
{
    struct csv_row row;
    size_t n_before = diagnostics->n_errors;
    struct row_reader r = {.arena = arena, .diagnostics = diagnostics, .row = &row};
    r.csv = csv_open(arena, file, content, diagnostics);
    bool good = csv_bind(r.csv, price_columns, N_COLUMNS, r.positions);
    while (good && csv_next(r.csv, &row)) {
        ++*n_rows;
        add_row(book, &r);
    }
    if (good && *n_rows == 0 && !csv_failed(r.csv))
        diagnose_error(diagnostics, csv_place(r.csv, 0), NULL, "the price table holds no rows");
    csv_close(r.csv);
    return diagnostics->n_errors == n_before;
}

static int compare_rows(const void *a, const void *b)
{
    const struct price_row *left = a, *right = b;
    if (left->component != right->component)
        return left->component < right->component ? -1 : 1;
    if (left->charged != right->charged)
        return left->charged < right->charged ? -1 : 1;
    if (left->unit != right->unit)
        return left->unit < right->unit ? -1 : 1;
    int by_tier = decimal_compare(left->tier_from, right->tier_from);
    if (by_tier != 0)
        return by_tier;
    if (left->effective_from != right->effective_from)
        return left->effective_from < right->effective_from ? -1 : 1;
    if (left->place.line != right->place.line)
        return left->place.line < right->place.line ? -1 : 1;
    return str_compare(left->place.file, right->place.file);
}

static void check_neighbours(const struct price_row *row, const struct price_row *next,
                             struct diagnostics *diagnostics)
{
    if (!price_same_series(row, next))
        return;
    if (row->effective_from == next->effective_from)
        diagnose_error(diagnostics, next->place, "keep one of the two",
                       "the same offer, component, unit%s and effective_from as %.*s:%d",
                       row->charged == CHARGED_METERED ? ", tier_from" : "", STR_ARGS(row->place.file),
                       row->place.line);
    else if (row->effective_to != INT64_MAX && row->effective_to > next->effective_from)
        diagnose_error(diagnostics, next->place, "end the earlier price where the later one begins",
                       "the validity overlaps that of %.*s:%d", STR_ARGS(row->place.file), row->place.line);
}

static bool resolve_discount(struct price_book *book, struct offer *offer, struct arena *arena,
                             struct diagnostics *diagnostics)
{
    if (!offer_is_reservation(offer))
        return true;
    size_t found = find_offer(book, offer->discounts_name);
    if (found < book->n_items && book->items[found].kind == OFFER_ON_DEMAND) {
        offer->discounts = (int)found;
        return true;
    }
    if (found == book->n_items && book->without_study)
        return true;
    size_t n_names = 0;
    struct str *names = ARENA_NEW(arena, struct str, book->n_items);
    for (size_t i = 0; i < book->n_items; i++)
        if (book->items[i].kind == OFFER_ON_DEMAND)
            names[n_names++] = book->items[i].id;
    struct str nearest = str_nearest(offer->discounts_name, names, n_names);
    return diagnose_error(
        diagnostics, offer->place,
        nearest.length == 0 ? NULL : str_format(arena, "did you mean `%.*s`?", STR_ARGS(nearest)).at,
        "`%.*s` discounts `%.*s`, which is no on-demand offer of the price tables", STR_ARGS(offer->id),
        STR_ARGS(offer->discounts_name));
}

bool price_book_finish(struct price_book *book, struct arena *arena, struct diagnostics *diagnostics)
{
    size_t n_before = diagnostics->n_errors;
    for (size_t i = 0; i < book->n_items; i++) {
        struct price_list *list = &book->lists[i];
        if (list->n_items > 0)
            qsort(list->items, list->n_items, sizeof *list->items, compare_rows);
        for (size_t j = 0; j + 1 < list->n_items; j++)
            check_neighbours(&list->items[j], &list->items[j + 1], diagnostics);
        price_tiers_check(book, list, arena, diagnostics);
        book->items[i].prices = list->items;
        book->items[i].n_prices = list->n_items;
        resolve_discount(book, &book->items[i], arena, diagnostics);
    }
    return diagnostics->n_errors == n_before;
}

int price_book_add_tax(struct price_book *book, struct arena *arena, const struct study *study)
{
    struct offer offer = {.id = STR("tax"),
                          .item = STR("tax on everything billed"),
                          .kind = OFFER_SERVICE,
                          .discounts = -1,
                          .process = -1,
                          .quota_increase = -1,
                          .site = -1,
                          .taxes = true,
                          .n_prices = 1};
    const struct price_unit *unit = price_units;
    while (unit->counted != COUNTED_SPEND)
        unit++;
    size_t index = add_offer(book, arena, &offer);
    *ARENA_APPEND(arena, &book->lists[index]) =
        (struct price_row){.offer = (int)index,
                           .component = component_index(book, arena, STR("tax")),
                           .charged = CHARGED_METERED,
                           .unit = unit,
                           .book = study->tax,
                           .list = study->tax,
                           .price = study->tax,
                           .rate = decimal_of(1),
                           .currency = study->currency,
                           .follows_day = true,
                           .effective_from = month_start(study->decide_from_seconds),
                           .effective_to = INT64_MAX,
                           .source = STR("study.tax")};
    book->items[index].prices = book->lists[index].items;
    return (int)index;
}
