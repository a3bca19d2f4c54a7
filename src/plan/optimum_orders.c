/* From leases of reference servers to orders of servers. */
#include "base/arena.h"
#include "model/study_check.h"
#include "plan/optimum_parts.h"
#include "supply/delivery.h"

/* Leases of one offer and number of terms, being turned into whole servers. */
struct lane {
    const struct offer *offer;
    int index, n_terms, kept_months;
    int128 owing;   /* reference servers not ordered yet, times 10^scale of `equals` */
    int64_t first;  /* when one server may be in service */
    int64_t before; /* when leases of step 0 begin, before the study; 0: with it */
    const struct order_rule *rule;
    int64_t *ending; /* [n_steps + 1] servers ordered in time whose term ends with a step */
};

/* Whole servers for further leases. */
static int64_t whole_servers(struct lane *lane, int64_t leases)
{
    int64_t each = lane->offer->equals.digits;
    lane->owing += (int128)leases * power_of_ten(lane->offer->equals.scale);
    int128 more = lane->rule->rounded_up ? each - 1 : each / 2;
    int64_t servers = lane->owing + more < 0 ? 0 : (int64_t)((lane->owing + more) / each);
    lane->owing -= (int128)servers * each;
    return servers;
}

static struct planned_order *append(const struct optimiser *o, const struct lane *lane,
                                    struct lease_orders *orders, int64_t servers)
{
    struct planned_order *order = ARENA_APPEND(o->arena, orders);
    *order = (struct planned_order){.offer = lane->index,
                                    .servers = servers,
                                    .place = o->strategy->place,
                                    .n_renewals = lane->n_terms - 1,
                                    .kept_months = lane->kept_months};
    return order;
}

/* Orders so that the last server is in service at `at`; false where that is too late. */
static bool order_ahead(const struct optimiser *o, const struct lane *lane, struct lease_orders *orders,
                        int64_t servers, int64_t at)
{
    int64_t earliest = o->study->decide_from_seconds, priced = offer_available_from(lane->offer);
    if (offer_is_reservation(lane->offer))
        priced = delivery_order_by(o->study, lane->offer, 1, 0, priced);
    earliest = priced > earliest ? priced : earliest;
    int64_t in_time = lane->rule->first_in_time ? 1 : servers;
    int64_t ordered = delivery_order_by(o->study, lane->offer, in_time, 0, at);
    append(o, lane, orders, servers)->ordered_seconds = ordered > earliest ? ordered : earliest;
    return ordered >= earliest;
}

/* What begins when as many servers of the offer end is a renewal of these; hardware is bought anew. */
static void order_at(const struct optimiser *o, struct lane *lane, struct lease_orders *orders,
                     int64_t servers, int32_t step)
{
    int64_t at = step_seconds_at(o, step) > lane->first ? step_seconds_at(o, step) : lane->first;
    if (step == 0 && lane->before != 0)
        at = lane->before;
    int64_t renewed = lane->ending[step] < servers ? lane->ending[step] : servers;
    if (lane->offer->kind == OFFER_COLOCATION || lane->n_terms > 1)
        renewed = 0;
    if (renewed > 0) {
        struct planned_order *order = append(o, lane, orders, renewed);
        order->ordered_seconds = at;
        order->renewal = true;
    }
    bool in_time = servers == renewed || order_ahead(o, lane, orders, servers - renewed, at);
    int64_t end = offer_term_end(lane->offer, at, lane->offer->term);
    int64_t steps = (end - o->demand->start_seconds) / o->demand->step_seconds;
    if (offer_is_reservation(lane->offer) && steps < o->optimum->n_steps &&
        steps * o->demand->step_seconds + o->demand->start_seconds == end)
        lane->ending[steps] += in_time ? servers : renewed;
}

/* Leases that begin in [from, to). */
static int64_t leases_in(const struct optimum *optimum, size_t first, size_t behind, int32_t from, int32_t to)
{
    int64_t leases = 0;
    for (size_t i = first; i < behind; i++)
        for (int32_t s = from; s < to && s < optimum->n_steps; s++)
            leases += optimum->kinds[i].chosen[s];
    return leases;
}

/* Kinds of one offer, number of terms and early end lie side by side: their lengths differ, no two of a
 * start. */
static size_t order_lane(const struct optimiser *o, size_t first, const struct order_rule *rule,
                         bool begins_before, struct lease_orders *orders)
{
    const struct optimum *optimum = o->optimum;
    const struct lease_kind *kinds = optimum->kinds;
    struct arena scratch = {0};
    struct lane lane = {.index = kinds[first].offer,
                        .n_terms = kinds[first].n_terms,
                        .kept_months = kinds[first].kept_months,
                        .rule = rule};
    int64_t step_seconds = o->demand->step_seconds;
    int32_t gathered = (int32_t)(rule->gathered_seconds / step_seconds);
    lane.offer = &o->study->offers[lane.index];
    lane.first = first_in_service(o, lane.offer);
    lane.ending = ARENA_NEW(&scratch, int64_t, optimum->n_steps + 1);
    size_t behind = first;
    while (behind < optimum->n_kinds && kinds[behind].offer == lane.index &&
           kinds[behind].n_terms == lane.n_terms && kinds[behind].kept_months == lane.kept_months)
        behind++;
    for (size_t i = first; begins_before && i < behind; i++)
        lane.before = kinds[i].chosen[0] > 0 ? kinds[i].before_seconds : lane.before;
    for (int32_t s = 0; s < optimum->n_steps; s++) {
        int64_t leases = leases_in(optimum, first, behind, s, s + 1);
        if (leases == 0)
            continue;
        leases += leases_in(optimum, first, behind, s + 1, s + gathered);
        int64_t servers = whole_servers(&lane, leases);
        if (servers > 0)
            order_at(o, &lane, orders, servers, s);
        s += gathered > 0 ? gathered - 1 : 0;
    }
    arena_free(&scratch);
    return behind;
}

const struct order_rule order_rules[N_ORDER_RULES] = {
    {0, false, false},
    {DAY_SECONDS, false, false},
    {WEEK_SECONDS, false, false},
    {30 * (int64_t)DAY_SECONDS, false, false},
    {0, true, false},
    {WEEK_SECONDS, true, false},
    {30 * (int64_t)DAY_SECONDS, true, false},
    {0, false, true},
    {0, true, true},
    {WEEK_SECONDS, true, true},
};

int n_order_rules(const struct optimum *optimum)
{
    return N_ORDER_RULES * (1 + (int)optimum->n_others);
}

struct lease_orders optimum_orders(struct arena *arena, const struct study *study,
                                   const struct demand *demand, const struct strategy *strategy,
                                   const struct optimum *optimum, int rule)
{
    struct lease_orders orders = {0};
    struct optimiser o = {.arena = arena, .study = study, .demand = demand, .strategy = strategy};
    struct optimum seen = *optimum;
    bool begins_before = false;
    if (rule >= N_ORDER_RULES) {
        const struct other_leases *other = &optimum->others[rule / N_ORDER_RULES - 1];
        seen.kinds = other->kinds;
        seen.n_kinds = other->n_kinds;
        begins_before = other->begins_before;
    }
    o.optimum = &seen;
    for (size_t i = 0; i < seen.n_kinds;)
        i = seen.kinds[i].follows
                ? i + 1
                : order_lane(&o, i, &order_rules[rule % N_ORDER_RULES], begins_before, &orders);
    return orders;
}
