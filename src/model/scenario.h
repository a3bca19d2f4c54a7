#ifndef MODEL_SCENARIO_H
#define MODEL_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diagnostic.h"
#include "unit/money.h"

/* Scenarios: the study run again with one or two of its values set to others, as --set sets them. */

enum { MOST_CHANGES = 50, MOST_CELLS = 400 };

/* What a value of the study is set to, as text, and where the study says so. */
struct scenario_value {
    struct str text;
    struct place place;
};

/* A value of the study by its path, and what it is called in reports: the path where it has no name. */
struct scenario_change {
    struct str path, name;
    struct place place;
    struct scenario_value *values; /* sensitivity: low and high */
    size_t n_values;
};

enum { SCENARIO_LOW, SCENARIO_HIGH, N_SCENARIO_ENDS };

/* The scenarios that a study wants. */
struct scenario_wishes {
    struct scenario_change *changes; /* one at a time: sensitivity */
    size_t n_changes;
    struct scenario_change x, y; /* every value of one with every value of the other; without values: none */
};

/* What a strategy comes to in a scenario. */
struct scenario_cost {
    money compared;
    int128 unmet_micro; /* unmet load, millionths of a server-second at target */
    int rank;           /* 1 is best; 0: not ranked */
};

struct scenario {
    bool ranked;
    struct scenario_cost *costs; /* [strategy] as in the study */
};

struct scenario_results {
    struct scenario *ends;  /* [change x N_SCENARIO_ENDS]: low, high of each */
    struct scenario *cells; /* [y x n of x]: row by row */
};

/* The strategy that costs least, the first of several; -1 where nothing is ranked. */
int scenario_cheapest(const struct scenario *scenario, size_t n_strategies);
/* The one that costs least but for it; -1 where there is no other. */
int scenario_next(const struct scenario *scenario, size_t n_strategies);

#endif
