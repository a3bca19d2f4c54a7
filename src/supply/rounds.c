#include "supply/rounds.h"

#include <stdlib.h>

#include "base/arena.h"

/* An order for more servers than one order may have. */
struct rounds {
    struct arena *arena;
    const struct flow_order *all;
    int64_t most, per_round; /* servers */
    struct arrivals whole;   /* a whole order, where all are alike */
    bool alike;              /* no order depends on its time, or on draws of its own */
};

int64_t arrivals_last(const struct arrivals *arrivals)
{
    return arrivals->n_items == 0 ? 0 : arrivals->items[arrivals->n_items - 1].seconds;
}

static bool orders_are_alike(const struct flow_order *all)
{
    return !process_keeps_hours(all->process) && !all->durations.draws_pieces;
}

/* The part of the whole from a server on, ordered some seconds later. */
static struct arrivals run_part(const struct rounds *r, int64_t first, int64_t n_servers, int64_t later)
{
    struct flow_order part = *r->all;
    part.n_servers = n_servers;
    part.first_piece += first;
    part.ordered_seconds += later;
    return flow_run(r->arena, &part);
}

static void append_part(const struct rounds *r, struct arrivals *list, const struct arrivals *part,
                        int64_t later, int64_t times)
{
    for (size_t i = 0; i < part->n_items; i++)
        *ARENA_APPEND(r->arena, list) =
            (struct arrival){later + part->items[i].seconds, part->items[i].servers * times};
}

/* Adds the orders of one round; returns how long it takes. */
static int64_t add_round(const struct rounds *r, struct arrivals *list, int64_t first, int64_t n_servers,
                         int64_t later)
{
    int64_t longest = 0, done = 0;
    if (r->alike) {
        done = n_servers / r->most * r->most;
        if (done > 0)
            append_part(r, list, &r->whole, later, n_servers / r->most);
        longest = arrivals_last(&r->whole);
    }
    while (done < n_servers) {
        int64_t n = n_servers - done < r->most ? n_servers - done : r->most;
        struct arrivals part = run_part(r, first + done, n, later);
        append_part(r, list, &part, later, 1);
        longest = arrivals_last(&part) > longest ? arrivals_last(&part) : longest;
        done += n;
    }
    return longest;
}

static int compare_arrivals(const void *a, const void *b)
{
    const struct arrival *left = a, *right = b;
    return (left->seconds > right->seconds) - (left->seconds < right->seconds);
}

void arrivals_sort(struct arrivals *list)
{
    if (list->n_items > 0)
        qsort(list->items, list->n_items, sizeof *list->items, compare_arrivals);
}

static struct rounds rounds_of(struct arena *arena, const struct flow_order *all, const struct offer *offer)
{
    struct rounds r = {.arena = arena, .all = all, .most = offer->max_per_order};
    r.per_round = offer->orders_at_once == 0 ? all->n_servers : r.most * offer->orders_at_once;
    r.alike = orders_are_alike(all);
    if (r.alike)
        r.whole = run_part(&r, 0, r.most, 0);
    return r;
}

static bool is_one_order(const struct flow_order *all, const struct offer *offer)
{
    return offer == NULL || offer->max_per_order == 0 || offer->max_per_order >= all->n_servers;
}

struct arrivals rounds_run(struct arena *arena, const struct flow_order *all, const struct offer *offer)
{
    if (is_one_order(all, offer))
        return flow_run(arena, all);
    struct arrivals list = {0};
    struct rounds r = rounds_of(arena, all, offer);
    for (int64_t later = 0, done = 0; done < all->n_servers;) {
        int64_t n = all->n_servers - done < r.per_round ? all->n_servers - done : r.per_round;
        later += add_round(&r, &list, done, n, later);
        done += n;
    }
    arrivals_sort(&list);
    return list;
}

/* When the last of them arrives, without listing the others. */
static int64_t last_alike(const struct rounds *r)
{
    int64_t n_servers = r->all->n_servers, rest_servers = n_servers % r->most;
    struct arrivals rest = run_part(r, 0, rest_servers == 0 ? r->most : rest_servers, 0);
    int64_t orders = (n_servers + r->most - 1) / r->most, per_round = (r->per_round + r->most - 1) / r->most;
    int64_t round_seconds = arrivals_last(&r->whole), in_last_round = (orders - 1) % per_round + 1;
    int64_t last = in_last_round > 1 ? round_seconds : arrivals_last(&rest);
    last = last > arrivals_last(&rest) ? last : arrivals_last(&rest);
    return (orders - 1) / per_round * round_seconds + last;
}

int64_t rounds_last(struct arena *arena, const struct flow_order *all, const struct offer *offer)
{
    if (!is_one_order(all, offer) && orders_are_alike(all)) {
        struct rounds r = rounds_of(arena, all, offer);
        return last_alike(&r);
    }
    struct arrivals list = rounds_run(arena, all, offer);
    return arrivals_last(&list);
}
