#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

/* Memory by lifetime: everything taken from an arena is given back at once. A zeroed arena is a
 * valid empty one. Memory comes zeroed. Running out ends the program (check_out_of_memory). */
struct arena {
    struct arena_block *last;
};

void *arena_alloc(struct arena *arena, size_t n_items, size_t item_size);
void arena_free(struct arena *arena);
/* As arena_free, but keeps a block for what comes next: for memory of one trial after the other. */
void arena_reset(struct arena *arena);

/* Makes room for one more item in a list kept as (items, n_items, capacity); returns the items,
 * moved when they had to grow. The old place stays valid until the arena is freed. */
void *arena_grow(struct arena *arena, void *items, size_t n_items, size_t *capacity, size_t item_size);

#define ARENA_NEW(arena, type, n) ((type *)arena_alloc((arena), (size_t)(n), sizeof(type)))

/* Appends a zeroed item to a list with the fields items, n_items and capacity; points to it. */
#define ARENA_APPEND(arena, list)                                                                            \
    ((list)->items =                                                                                         \
         arena_grow((arena), (list)->items, (list)->n_items, &(list)->capacity, sizeof *(list)->items),      \
     &(list)->items[(list)->n_items++])

#endif
