#include "supply/booked.h"

#include <stdlib.h>

#include "base/arena.h"

bool process_books_crews(const struct process *process)
{
    for (size_t i = 0; i < process->n_items; i++)
        if (process->items[i].crew.length > 0 && process->items[i].workers > 0)
            return true;
    return false;
}

const struct crew_time *bookings_of(const struct bookings *bookings, struct str crew)
{
    for (size_t i = 0; i < bookings->n_items; i++)
        if (str_equal(bookings->items[i].crew, crew))
            return &bookings->items[i];
    return NULL;
}

int64_t booked_at(const struct crew_time *time, int64_t seconds, int64_t *until)
{
    size_t low = 0, high = time == NULL ? 0 : time->n_items;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (time->items[middle].from_seconds <= seconds)
            low = middle + 1;
        else
            high = middle;
    }
    *until = time == NULL || low == time->n_items ? INT64_MAX : time->items[low].from_seconds;
    return low == 0 ? 0 : time->items[low - 1].workers;
}

static int compare_busy(const void *a, const void *b)
{
    const struct busy *left = a, *right = b;
    return (left->from_seconds > right->from_seconds) - (left->from_seconds < right->from_seconds);
}

static struct crew_time *crew_of(struct arena *arena, struct bookings *bookings, struct str crew)
{
    for (size_t i = 0; i < bookings->n_items; i++)
        if (str_equal(bookings->items[i].crew, crew))
            return &bookings->items[i];
    struct crew_time *time = ARENA_APPEND(arena, bookings);
    time->crew = crew;
    return time;
}

/* Adds up changes of the number of busy workers, one item for each time at which it changes. */
static void add_up(struct arena *arena, struct crew_time *time, struct busy *changes, size_t n)
{
    struct crew_time sum = {.crew = time->crew};
    int64_t workers = 0;
    qsort(changes, n, sizeof *changes, compare_busy);
    for (size_t i = 0; i < n; i++) {
        workers += changes[i].workers;
        bool is_last = i + 1 == n || changes[i + 1].from_seconds > changes[i].from_seconds;
        if (is_last && workers != (sum.n_items == 0 ? 0 : sum.items[sum.n_items - 1].workers))
            *ARENA_APPEND(arena, &sum) = (struct busy){changes[i].from_seconds, workers};
    }
    *time = sum;
}

static void add_to_crew(struct arena *arena, struct crew_time *time, const struct booking_list *taken)
{
    struct busy *changes = ARENA_NEW(arena, struct busy, time->n_items + 2 * taken->n_items + 1);
    size_t n = 0;
    for (size_t i = 0; i < time->n_items; i++)
        changes[n++] = (struct busy){time->items[i].from_seconds,
                                     time->items[i].workers - (i == 0 ? 0 : time->items[i - 1].workers)};
    for (size_t i = 0; i < taken->n_items; i++)
        if (str_equal(taken->items[i].crew, time->crew)) {
            changes[n++] = (struct busy){taken->items[i].from_seconds, taken->items[i].workers};
            changes[n++] = (struct busy){taken->items[i].to_seconds, -taken->items[i].workers};
        }
    add_up(arena, time, changes, n);
}

void bookings_add(struct arena *arena, struct bookings *bookings, const struct booking_list *taken)
{
    for (size_t i = 0; i < taken->n_items; i++)
        crew_of(arena, bookings, taken->items[i].crew);
    for (size_t i = 0; i < bookings->n_items; i++)
        add_to_crew(arena, &bookings->items[i], taken);
}
