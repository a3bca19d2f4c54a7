#ifndef BASE_DIAGNOSTIC_H
#define BASE_DIAGNOSTIC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;

/* Where something was read. Line and column count from 1; 0 means not known. */
struct place {
    struct str file;
    int line, column;
    struct str line_text; /* the line itself, shown with a caret; empty when not at hand */
};

enum severity { SEVERITY_ERROR, SEVERITY_WARNING };

struct diagnostic {
    enum severity severity;
    struct place place;
    struct str message;
    struct str hint; /* what to write instead; may be empty */
};

/* Everything wrong with the user's files, in the order found. Engines and readers add to it and go
 * on; only the command line prints it. */
struct diagnostics {
    struct arena *arena;
    struct diagnostic *items;
    size_t n_items, capacity;
    size_t n_errors;
    bool unreadable; /* a file could not be read at all: exit status 4 rather than 3 */
};

/* `hint` may be NULL. Returns false, so that a reader can `return diagnose_error(...)`. */
bool diagnose_error(struct diagnostics *list, struct place place, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void diagnose_warning(struct diagnostics *list, struct place place, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
