#include "base/diagnostic.h"

#include "base/arena.h"

static void add(struct diagnostics *list, enum severity severity, struct place place, const char *hint,
                struct str message)
{
    struct diagnostic *item = ARENA_APPEND(list->arena, list);
    *item = (struct diagnostic){severity, place, message, str_copy(list->arena, str_of(hint))};
    list->n_errors += severity == SEVERITY_ERROR;
}

bool diagnose_error(struct diagnostics *list, struct place place, const char *hint, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(list, SEVERITY_ERROR, place, hint, str_vformat(list->arena, format, args));
    va_end(args);
    return false;
}

void diagnose_warning(struct diagnostics *list, struct place place, const char *hint, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(list, SEVERITY_WARNING, place, hint, str_vformat(list->arena, format, args));
    va_end(args);
}
