#include "run/server_month.h"

#include "base/arena.h"
#include "model/price_facts.h"
#include "rating/lease.h"
#include "run/price_facts.h"

/* The offer, and whose price is looked at: the offer's own or its site's. */
struct taker {
    const struct study *study;
    const struct offer *server, *payee;
};

static double months_of(struct term term)
{
    return term.months > 0 ? term.months : (double)term.seconds / HOUR_SECONDS / MONTH_HOURS;
}

static double share_of_rack(const struct taker *t)
{
    if (t->payee == t->server)
        return 1.0 / (double)lease_servers_in_a_piece(t->server, COUNTED_RACKS);
    return t->payee->rack_units == 0 ? 1 : 1.0 / (double)servers_per_rack(t->payee, t->server);
}

/* What one server is in units of what is counted; 0 where that does not follow from the server. */
static double units_of(const struct taker *t, enum counted counted)
{
    double kw = decimal_as_double(t->server->watts) / 1000;
    switch (counted) {
    case COUNTED_SERVERS:
        return 1;
    case COUNTED_RACKS:
        return share_of_rack(t);
    case COUNTED_KW:
        return kw;
    case COUNTED_KW_AT_METER:
        return kw * decimal_as_double(t->payee->pue);
    case COUNTED_MBPS:
        return decimal_as_double(t->server->mbps);
    case COUNTED_ADMINS:
        return 1.0 / (double)lease_servers_in_a_piece(t->server, COUNTED_ADMINS);
    case COUNTED_WORK_HOURS:
        return decimal_as_double(t->server->work_hours);
    default:
        return 0;
    }
}

/* How many of a price that is paid at a start fall on a month; 0 where there is no term. */
static double starts_a_month(const struct taker *t, const struct price_row *row)
{
    double months = months_of(t->payee->term);
    bool once = row->charged == CHARGED_ONCE && t->payee->kind == OFFER_HOSTING;
    double horizon = (double)(t->study->end_seconds - t->study->start_seconds) / HOUR_SECONDS / MONTH_HOURS;
    if (once && horizon > months)
        months = horizon;
    return months > 0 ? (row->n_payments > 0 ? row->n_payments : 1) / months : 0;
}

static double times_a_month(const struct taker *t, const struct price_row *row)
{
    if (row->charged == CHARGED_METERED)
        return 0;
    if (row->unit->time_base == TIME_NONE)
        return starts_a_month(t, row);
    return row->unit->time_base == TIME_HOUR ? MONTH_HOURS : 1;
}

/* Those who look after servers and the lines count what serves; all else is bought with spares. */
static double with_spares(const struct taker *t, enum counted counted)
{
    bool serves = counted == COUNTED_ADMINS || counted == COUNTED_MBPS;
    return serves ? 1 : 1 + decimal_as_double(t->server->spares);
}

static void add_part(const struct taker *t, struct server_month *month, const struct price_row *first)
{
    const struct price_row *row = offer_price_at(t->payee, first, month->day_seconds);
    row = price_version_at(row == NULL ? first : row, month->day_seconds);
    enum counted counted = row->unit->counted;
    double quantity = times_a_month(t, row);
    if (quantity > 0)
        quantity *= units_of(t, counted) * with_spares(t, counted) / decimal_as_double(t->server->equals);
    if (quantity <= 0) {
        month->n_left_out++;
        return;
    }
    bool running = row->charged == CHARGED_RUNNING;
    *(running ? &month->running : &month->fixed) += quantity * decimal_as_double(row->price);
    month->parts[month->n_parts++] = (struct server_month_part){row, quantity, running};
}

static void add_parts(const struct taker *t, struct server_month *month)
{
    for (size_t i = 0; i < t->payee->n_prices; i++)
        if (price_starts_series(t->payee, &t->payee->prices[i]) &&
            t->payee->prices[i].charged != CHARGED_EARLY)
            add_part(t, month, &t->payee->prices[i]);
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static const struct offer *site_of(const struct study *study, const struct offer *offer)
{
    return offer->site >= 0 ? &study->offers[offer->site] : NULL;
}

static bool is_compared(const struct offer *offer)
{
    return offer->used && offer_has_servers(offer);
}

static int64_t first_day_of_all(const struct study *study)
{
    int64_t day = study->start_seconds;
    for (size_t i = 0; i < study->n_offers; i++) {
        const struct offer *offer = &study->offers[i], *site = site_of(study, offer);
        if (!is_compared(offer))
            continue;
        day = later(day, price_first_day(offer));
        if (site != NULL)
            day = later(day, price_first_day(site));
    }
    return day;
}

static struct server_month month_of(struct arena *arena, const struct study *study, int index, int64_t day)
{
    const struct offer *offer = &study->offers[index], *site = site_of(study, offer);
    size_t n_rows = offer->n_prices + (site == NULL ? 0 : site->n_prices);
    struct server_month month = {
        .offer = index, .day_seconds = day, .parts = ARENA_NEW(arena, struct server_month_part, n_rows)};
    add_parts(&(struct taker){study, offer, offer}, &month);
    if (site != NULL)
        add_parts(&(struct taker){study, offer, site}, &month);
    return month;
}

void server_months(struct arena *arena, struct result *result)
{
    const struct study *study = result->study;
    int64_t day = first_day_of_all(study);
    result->server_months = ARENA_NEW(arena, struct server_month, study->n_offers);
    for (size_t i = 0; i < study->n_offers; i++) {
        if (!is_compared(&study->offers[i]))
            continue;
        struct server_month month = month_of(arena, study, (int)i, day);
        if (month.n_parts > 0)
            result->server_months[result->n_server_months++] = month;
    }
}
