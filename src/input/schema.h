#ifndef INPUT_SCHEMA_H
#define INPUT_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "input/yaml.h"
#include "model/study.h"
#include "unit/quantity.h"

/* How the text of a key becomes a field of the section's struct. */
enum value_type {
    VALUE_TEXT,           /* struct str */
    VALUE_TIME,           /* int64_t seconds */
    VALUE_INTEGER,        /* int64_t */
    VALUE_NUMBER_OR_NAME, /* struct number_or_name */
    VALUE_QUANTITY,       /* by dimension: DURATION, SERVERS int64_t; TERM, NOTICE struct term; RATE struct
                             quantity;       otherwise struct decimal */
    VALUE_CHOICE,         /* int: index into choices */
    VALUE_CHOICES,        /* unsigned: one choice or a list of them, bit i for choices[i] */
    VALUE_NODE            /* const struct node *: read by hand; NULL where the key is absent */
};

/* A whole number, or a name that begins with a letter. */
struct number_or_name {
    int64_t number;
    struct str name; /* empty: a number */
};

/* A key of the study file. Parsing, defaults, limits, `help study` and the man page read these rows. */
struct key {
    const char *name;
    enum value_type type;
    enum dimension dimension;
    const char *const *choices; /* ends with NULL */
    bool required;
    const char *standard;     /* default as it would be written; NULL: none */
    const char *least, *most; /* allowed range, as written; NULL: no limit */
    size_t offset;
    const char *help;
    const char *unit; /* of a plain number, for the reports; NULL where the value says it */
};

struct section {
    const char *name; /* "workloads[]" */
    const char *help;
    const struct key *keys;
    size_t n_keys;
};

/* What reading a study file needs throughout. */
struct reader {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct assumption *items; /* what was read, for the report */
    size_t n_items, capacity;
};

/* Reads a map by the section's rows into *target. `path` names it in messages and assumptions
 * ("workloads[shop]"). Everything wrong is told; false when anything was. Keys that are absent take
 * their default; `place` is where a missing required key is reported. */
bool section_read(struct reader *reader, const struct section *section, const struct node *map,
                  struct str path, void *target);

/* A list of maps; NULL, absent or an empty list give 0 items. */
bool node_is_list(struct reader *reader, const struct node *node, struct str path);
bool node_scalar(struct reader *reader, const struct node *node, struct str path, struct str *text);

/* True where the map has the key (so that a default can be told from a setting). */
bool section_has(const struct node *map, const char *key);

/* Remembers a list that was read by hand as an assumption: its texts with commas between. */
void reader_note(struct reader *reader, struct str name, const struct str *texts, size_t n_texts,
                 const char *note);

struct str place_path(struct arena *arena, struct str path, const char *key); /* "study.start" */
struct str item_path(struct arena *arena, const char *list, size_t i);        /* "strategies[2]" */

#endif
