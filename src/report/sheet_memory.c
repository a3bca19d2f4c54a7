#include "report/sheet_memory.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "report/sheet_style.h"
#include "unit/decimal.h"
#include "unit/digits.h"

enum { LONGEST_NUMBER = 400, SIGNIFICANT_DIGITS = 15 }; /* spreadsheets know no more of them */
enum { PLACES_TRIED = 6 };                              /* of most prices and amounts */

static const double default_width = 8.43;

static struct sheet_row_memory *row_at(struct sheet_memory *memory, int row)
{
    while (memory->n_items <= (size_t)row)
        ARENA_APPEND(memory->arena, memory);
    return &memory->items[row];
}

void sheet_remember(struct sheet_memory *memory, int row, int column, double value)
{
    struct sheet_row_memory *cells = row_at(memory, row);
    while (cells->n_items <= (size_t)column)
        ARENA_APPEND(memory->arena, cells);
    cells->items[column] = value;
}

double sheet_remembered(const struct sheet_memory *memory, int row, int column)
{
    if ((size_t)row >= memory->n_items || (size_t)column >= memory->items[row].n_items)
        return 0;
    return memory->items[row].items[column];
}

static struct sheet_column_memory *column_at(struct sheet_memory *memory, int column)
{
    while (memory->columns.n_items <= (size_t)column)
        ARENA_APPEND(memory->arena, &memory->columns);
    return &memory->columns.items[column];
}

void sheet_remember_width(struct sheet_memory *memory, int column, double characters)
{
    column_at(memory, column)->set = characters;
}

bool sheet_remember_need(struct sheet_memory *memory, int column, double characters)
{
    if (characters <= sheet_column_width(memory, column))
        return false;
    column_at(memory, column)->needed = characters;
    return true;
}

double sheet_column_width(const struct sheet_memory *memory, int column)
{
    if ((size_t)column >= memory->columns.n_items)
        return default_width;
    const struct sheet_column_memory *at = &memory->columns.items[column];
    return fmax(at->needed, at->set > 0 ? at->set : default_width);
}

double sheet_columns_width(const struct sheet_memory *memory, int column, int last_column)
{
    double characters = 0;
    for (int i = column; i <= last_column; i++)
        characters += sheet_column_width(memory, i);
    return characters;
}

bool sheet_remember_height(struct sheet_memory *memory, int row, double points)
{
    struct sheet_row_memory *cells = row_at(memory, row);
    if (points <= cells->points)
        return false;
    cells->points = points;
    return true;
}

/* ---- the width of a number ---- */

/* Digits of a whole number, with commas. */
static int n_with_commas(int n_digits)
{
    return n_digits + (n_digits - 1) / 3;
}

/* n_characters of a short decimal, without printing; 0 of any other. */
static int n_of_decimal(double value, int least, int most)
{
    int64_t rest;
    int places = PLACES_TRIED, n_whole = 1;
    if (!decimal_of_double(fabs(value), PLACES_TRIED, &rest))
        return 0;
    for (; places > least && rest % 10 == 0; places--)
        rest /= 10;
    if (places > most)
        return 0;
    for (rest /= power_of_ten(places); rest >= 10; rest /= 10)
        n_whole++;
    return n_with_commas(n_whole) + (places > 0 ? places + 1 : 0) + (value < 0);
}

/* Characters of a number with commas and between `least` and `most` places. */
static int n_characters(double value, int least, int most)
{
    char text[LONGEST_NUMBER];
    int n_decimal = n_of_decimal(value, least, most);
    if (n_decimal > 0)
        return n_decimal;
    int n_whole = snprintf(text, sizeof text, "%.0f", floor(fabs(value)));
    int known = SIGNIFICANT_DIGITS - (fabs(value) < 1 ? 0 : n_whole);
    int places = known < least ? least : known < most ? known : most;
    int length = snprintf(text, sizeof text, "%.*f", places, fabs(value));
    for (; places > least && text[length - 1] == '0'; places--)
        length--;
    return length - n_whole + n_with_commas(n_whole) + (value < 0);
}

/* No fewer than n_characters, without printing: most numbers are far from the width of their column. */
static int most_characters(double value, int most)
{
    int n_whole = 1;
    for (double bound = 9.5; fabs(value) >= bound; bound *= 10)
        n_whole++;
    return n_with_commas(n_whole) + (value < 0) + (most > 0 ? most + 1 : 0);
}

double sheet_number_width(int style, double value, double so_far)
{
    const struct sheet_show *show = &sheet_shows[style & SHOW_BITS];
    const struct sheet_look *look = &sheet_looks[style >> LOOK_SHIFT];
    double each = look->size / 11 * (look->bold ? 1.1 : 1);
    if (!show->fits_column || fabs(value) >= 1e300 ||
        ceil(most_characters(value, show->most_places) * each + 1) <= so_far)
        return 0;
    return ceil(n_characters(value, show->least_places, show->most_places) * each + 1);
}
