#ifndef SUPPLY_BOOKED_H
#define SUPPLY_BOOKED_H

#include "supply/flow.h"

/* Orders of a plan share the crews that have a name. They stand in a line, and each has of a crew the time
 * that those before it have not booked: nobody is taken from an order before to work for a later one, nor
 * begins what would not be finished when he is booked. So a later order never delays one before it. */

/* Workers of a crew who are busy from a time on, to the time of the next item. */
struct busy {
    int64_t from_seconds, workers;
};

struct crew_time {
    struct str crew;
    struct busy *items; /* ascending; busy with 0 before the first, and from the last on */
    size_t n_items, capacity;
};

/* Zeroed: nobody is booked. */
struct bookings {
    struct crew_time *items;
    size_t n_items, capacity;
};

/* What one order takes of them. Zeroed: nothing. */
struct booking {
    struct str crew;
    int64_t from_seconds, to_seconds, workers;
};

struct booking_list {
    struct booking *items;
    size_t n_items, capacity;
};

/* As flow_run, with the crews' time that is left; tells what the order takes of it. The same where nothing is
 * booked. */
struct arrivals flow_run_booked(struct arena *arena, const struct flow_order *order,
                                const struct bookings *bookings, struct booking_list *taken);

void bookings_add(struct arena *arena, struct bookings *bookings, const struct booking_list *taken);

/* The crew's time; NULL: it has no bookings. */
const struct crew_time *bookings_of(const struct bookings *bookings, struct str crew);
/* Workers booked at a time, and when that changes next; INT64_MAX: no more. */
int64_t booked_at(const struct crew_time *time, int64_t seconds, int64_t *until);

/* A stage of the process is done by a crew that has a name and a number of workers. */
bool process_books_crews(const struct process *process);

#endif
