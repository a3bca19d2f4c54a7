#ifndef INPUT_PRICE_BOOK_H
#define INPUT_PRICE_BOOK_H

#include "input/csv.h"
#include "model/study.h"

struct arena;

struct price_list {
    struct price_row *items;
    size_t n_items, capacity;
};

/* The offers of all price books read so far. Zeroed: none. */
struct price_book {
    struct offer *items;
    size_t n_items, capacity;
    size_t *slots; /* hash table of ids: index of an offer plus one; 0: free */
    size_t n_slots;
    struct price_list *lists; /* [offer] its rows */
    size_t lists_capacity;
    struct str *components;
    size_t n_components, components_capacity;
    /* Set before the first book to look at prices for their own sake: discounts on offers of other books
     * are let through. */
    bool without_study;
};

extern const struct csv_column price_columns[];
extern const int n_price_columns;

/* Adds a book's rows; counts them in *n_rows. Everything wrong is told. */
bool price_book_add(struct price_book *book, struct arena *arena, struct str file, struct str content,
                    struct diagnostics *diagnostics, int64_t *n_rows);
/* Adds the study's tax as an offer of its own: a share of everything spent. Returns its index. */
int price_book_add_tax(struct price_book *book, struct arena *arena, const struct study *study);
/* After the last book: sorts each offer's rows, refuses duplicates and overlaps, finds what each
 * reservation discounts. */
bool price_book_finish(struct price_book *book, struct arena *arena, struct diagnostics *diagnostics);

/* Of the tiers in force on any day one must begin at 0, or what is below the lowest would be free by
 * accident. */
void price_tiers_check(const struct price_book *book, const struct price_list *list, struct arena *arena,
                       struct diagnostics *diagnostics);

#endif
