#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"

/* Blocks double from the first to the largest: many an arena is for a moment, and clearing takes time. */
enum { FIRST_BLOCK_BYTES = 1 << 13, BLOCK_BYTES = 1 << 18, ALIGN_BYTES = 16 };

struct arena_block {
    struct arena_block *before;
    size_t used, size;
    _Alignas(ALIGN_BYTES) unsigned char bytes[];
};

static struct arena_block *block_new(struct arena_block *before, size_t n_bytes)
{
    size_t usual = before == NULL ? FIRST_BLOCK_BYTES : before->size * 2;
    if (usual > BLOCK_BYTES)
        usual = BLOCK_BYTES;
    size_t size = n_bytes > usual ? n_bytes : usual;
    if (size > SIZE_MAX / 2 - sizeof(struct arena_block))
        check_out_of_memory();
    struct arena_block *block = calloc(1, sizeof *block + size);
    if (block == NULL)
        check_out_of_memory();
    block->before = before;
    block->size = size;
    return block;
}

void *arena_alloc(struct arena *arena, size_t n_items, size_t item_size)
{
    size_t n_bytes;
    if (__builtin_mul_overflow(n_items, item_size, &n_bytes) || n_bytes > SIZE_MAX / 2)
        check_out_of_memory();
    n_bytes = (n_bytes + ALIGN_BYTES - 1) / ALIGN_BYTES * ALIGN_BYTES;
    if (arena->last == NULL || arena->last->size - arena->last->used < n_bytes)
        arena->last = block_new(arena->last, n_bytes);
    void *result = arena->last->bytes + arena->last->used;
    arena->last->used += n_bytes;
    return result;
}

void *arena_grow(struct arena *arena, void *items, size_t n_items, size_t *capacity, size_t item_size)
{
    if (n_items < *capacity)
        return items;
    size_t larger = *capacity == 0 ? 8 : *capacity * 2;
    void *moved = arena_alloc(arena, larger, item_size);
    if (n_items > 0)
        memcpy(moved, items, n_items * item_size);
    *capacity = larger;
    return moved;
}

void arena_free(struct arena *arena)
{
    while (arena->last != NULL) {
        struct arena_block *before = arena->last->before;
        free(arena->last);
        arena->last = before;
    }
}

void arena_reset(struct arena *arena)
{
    struct arena_block *kept = arena->last;
    if (kept == NULL)
        return;
    struct arena before = {kept->before};
    arena_free(&before);
    memset(kept->bytes, 0, kept->used);
    kept->before = NULL;
    kept->used = 0;
}
