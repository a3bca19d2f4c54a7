#ifndef INPUT_YAML_H
#define INPUT_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diagnostic.h"

struct arena;

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

/* A YAML document as plain text: scalars are not interpreted. */
struct node {
    enum node_kind kind;
    struct str text;    /* SCALAR */
    struct node *keys;  /* MAP: n_items scalars */
    struct node *items; /* LIST and MAP values */
    size_t n_items, capacity;
    struct place place;
    bool read; /* a reader has looked at it */
};

/* Parses the one document of a file. Anchors, tags, repeated keys, keys that are not plain and values
 * with control characters are errors. NULL and a diagnostic where it is no document; a document with
 * other mistakes is returned without them, and they are told. */
struct node *yaml_parse(struct arena *arena, struct str file, struct str content,
                        struct diagnostics *diagnostics);

/* The value under a key of a map; NULL where there is none or the node is no map. */
struct node *node_find(const struct node *map, const char *key);
const char *node_kind_name(enum node_kind kind);

/* Sets a value by path: `study.months=12`, `workloads[0].growth=10% /yr`,
 * `offers["aws.m3.large.on-demand"].quota=100`. The value is YAML; missing keys of maps are added. */
bool node_set(struct arena *arena, struct node *root, struct str assignment, struct diagnostics *diagnostics);

#endif
