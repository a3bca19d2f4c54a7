#ifndef INPUT_CERTIFICATE_H
#define INPUT_CERTIFICATE_H

#include "base/diagnostic.h"
#include "model/certificate.h"

struct arena;

struct certificate_list {
    struct certificate *items;
    size_t n_items, capacity;
};

/* Texts of the three tables of a report that hold its optimal plans. */
struct certificate_files {
    struct str folder; /* for messages */
    struct str optimum, certificate, leases;
};

/* Reads them into one certificate a strategy. Everything wrong is told; at the least of it, false. */
bool certificates_read(struct arena *arena, const struct certificate_files *files,
                       struct certificate_list *list, struct diagnostics *diagnostics);

#endif
