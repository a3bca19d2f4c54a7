#include "plan/ahead.h"

#include "base/arena.h"

static int64_t notice_day(const struct offer *offer, int64_t end)
{
    return offer->notice.months > 0 ? add_months(end, -offer->notice.months) : end - offer->notice.seconds;
}

int64_t ahead_when(const struct offer *offer, const struct plan *plan, const struct lot *lot)
{
    int64_t when = INT64_MAX;
    bool existing = plan->orders[lot->order].reason == REASON_EXISTING;
    if (offer->kind == OFFER_COLOCATION && lot->handover_seconds > 0)
        when = lot->handover_seconds;
    else if (offer->kind == OFFER_COLOCATION && offer->overlap_seconds > 0)
        when = lot->end_seconds - offer->overlap_seconds;
    else if (offer->kind == OFFER_HOSTING && !term_is_none(offer->notice) && !existing)
        when = notice_day(offer, lot->end_seconds);
    return when < lot->in_service_seconds ? lot->in_service_seconds : when;
}

static bool is_open(const struct plan *plan, const struct lot *lot, int layer)
{
    return plan->orders[lot->order].layer == layer && !lot->end_decided;
}

static bool is_due(const struct plan *plan, const struct lot *lot, int layer, const struct offer *offer,
                   int64_t now)
{
    return is_open(plan, lot, layer) && lot->end_seconds > now && ahead_when(offer, plan, lot) <= now;
}

int64_t ahead_next(const struct plan *plan, int layer, const struct offer *offer, int64_t after,
                   int64_t before)
{
    int64_t next = before;
    for (size_t i = 0; i < plan->n_lots; i++) {
        int64_t when = ahead_when(offer, plan, &plan->lots[i]);
        if (is_open(plan, &plan->lots[i], layer) && when > after && when < next)
            next = when;
    }
    return next;
}

int64_t ahead_due(const struct plan *plan, int layer, const struct offer *offer, int64_t now)
{
    int64_t end = INT64_MAX;
    for (size_t i = 0; i < plan->n_lots; i++)
        if (is_due(plan, &plan->lots[i], layer, offer, now) && plan->lots[i].end_seconds < end)
            end = plan->lots[i].end_seconds;
    return end;
}

struct due ahead_due_at(const struct plan *plan, int layer, const struct offer *offer, int64_t now,
                        int64_t end)
{
    struct due due = {0, now};
    for (size_t i = 0; i < plan->n_lots; i++) {
        const struct lot *lot = &plan->lots[i];
        if (lot->end_seconds != end || !is_due(plan, lot, layer, offer, now))
            continue;
        int64_t since = ahead_when(offer, plan, lot);
        due.servers += lot->servers;
        due.since = since < due.since ? since : due.since;
    }
    return due;
}

void ahead_decide(const struct plan *plan, int layer, const struct offer *offer, int64_t now, int64_t end,
                  int64_t continued)
{
    for (size_t i = 0; i < plan->n_lots; i++) {
        struct lot *lot = &plan->lots[i];
        if (lot->end_seconds != end || !is_due(plan, lot, layer, offer, now))
            continue;
        lot->end_decided = true;
        lot->continued = continued < lot->servers ? continued : lot->servers;
        continued -= lot->continued;
    }
}

int64_t ahead_continued(const struct plan *plan, int layer, int64_t end)
{
    int64_t servers = 0;
    for (size_t i = 0; i < plan->n_lots; i++)
        if (plan->lots[i].end_seconds == end && plan->orders[plan->lots[i].order].layer == layer)
            servers += plan->lots[i].continued;
    return servers;
}

int64_t ahead_to_renew(const struct plan *plan, int layer, const struct offer *offer, int64_t now, int64_t at)
{
    struct term term = term_is_none(offer->then) ? offer->term : offer->then;
    int64_t servers = 0;
    for (size_t i = 0; i < plan->n_lots; i++) {
        const struct lot *lot = &plan->lots[i];
        if (plan->orders[lot->order].layer == layer && lot->end_seconds > now && lot->end_seconds <= at &&
            offer_term_end(offer, lot->end_seconds, term) > at)
            servers += lot->continued;
    }
    return servers;
}

struct plan ahead_handed_over(struct arena *arena, const struct plan *plan)
{
    struct plan seen = *plan;
    seen.lots = ARENA_NEW(arena, struct lot, plan->n_lots + 1);
    for (size_t i = 0; i < plan->n_lots; i++) {
        seen.lots[i] = plan->lots[i];
        if (seen.lots[i].handover_seconds > 0)
            seen.lots[i].end_seconds = seen.lots[i].handover_seconds;
    }
    return seen;
}

int64_t ahead_next_handover(const struct study *study, int offer, int64_t after, int64_t before)
{
    for (size_t i = 0; i < study->n_existing; i++) {
        const struct planned_order *existing = &study->existing[i];
        int64_t at = existing->until_seconds - existing->overlap_seconds;
        if (existing->overlap_seconds > 0 && existing->offer != offer && at > after && at < before)
            before = at;
    }
    return before;
}

int64_t ahead_handover(const struct layer *layer, const struct offer *offer,
                       const struct planned_order *existing)
{
    bool ends = offer->kind == OFFER_COLOCATION || (layer->rule == SIZE_NUMBER && layer->number == 0);
    return ends && existing->overlap_seconds > 0 ? existing->until_seconds - existing->overlap_seconds : 0;
}
