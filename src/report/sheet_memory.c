#include "report/sheet_memory.h"

#include <stdbool.h>

#include "base/arena.h"

struct memory_row {
    double *items; /* the numbers written, by column */
    size_t n_items, capacity;
    double points;
};

static struct memory_row *row_at(struct sheet_memory *memory, int row)
{
    while (memory->n_items <= (size_t)row)
        ARENA_APPEND(memory->arena, memory);
    return &memory->items[row];
}

void memory_keep(struct sheet_memory *memory, int row, int column, double value)
{
    struct memory_row *cells = row_at(memory, row);
    while (cells->n_items <= (size_t)column)
        ARENA_APPEND(memory->arena, cells);
    cells->items[column] = value;
}

double memory_value(const struct sheet_memory *memory, int row, int column)
{
    if ((size_t)row >= memory->n_items || (size_t)column >= memory->items[row].n_items)
        return 0;
    return memory->items[row].items[column];
}

double *memory_points(struct sheet_memory *memory, int row)
{
    return &row_at(memory, row)->points;
}

void memory_set_widths(struct sheet_memory *memory, int column, int last_column, double characters)
{
    struct memory_widths *widths = &memory->widths;
    while (widths->n_items <= (size_t)last_column)
        ARENA_APPEND(memory->arena, widths);
    for (int i = column; i <= last_column; i++)
        widths->items[i] = characters;
}

double memory_width(const struct sheet_memory *memory, int column, int last_column, double usual)
{
    double characters = 0;
    for (int i = column; i <= last_column; i++) {
        bool known = (size_t)i < memory->widths.n_items && memory->widths.items[i] > 0;
        characters += known ? memory->widths.items[i] : usual;
    }
    return characters;
}
