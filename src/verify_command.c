#include "verify_command.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/output.h"
#include "input/certificate.h"

static bool read_files(struct arena *arena, struct certificate_files *files, struct failure *failure)
{
    return file_read(arena, path_join(arena, files->folder, STR("optimum.csv")), &files->optimum, failure) &&
           file_read(arena, path_join(arena, files->folder, STR("certificate.csv")), &files->certificate,
                     failure) &&
           file_read(arena, path_join(arena, files->folder, STR("leases.csv")), &files->leases, failure);
}

static bool verify_one(struct arena *arena, const struct arguments *a, const struct certificate *c)
{
    struct str fault;
    if (!certificate_check(arena, c, &fault)) {
        cli_error(
            str_format(arena, "strategy `%.*s`: refused: %.*s", STR_ARGS(c->strategy), STR_ARGS(fault)));
        return false;
    }
    if (!a->quiet)
        cli_print(
            str_format(arena, "%.*s: no plan of these leases costs less than %.*s, and this one costs that\n",
                       STR_ARGS(c->strategy), STR_ARGS(certificate_amount(arena, c->lower_bound, c->parts))));
    return true;
}

enum exit_status verify_command(struct arena *arena, const struct arguments *a)
{
    struct failure failure = {0};
    struct diagnostics diagnostics = {.arena = arena};
    struct certificate_list list = {0};
    struct certificate_files files = {.folder = a->report_folder};
    if (!read_files(arena, &files, &failure)) {
        cli_error(failure.message);
        return EXIT_MACHINE;
    }
    bool readable = certificates_read(arena, &files, &list, &diagnostics), holds = true;
    cli_show(&diagnostics, a->color);
    if (!readable)
        return EXIT_INVALID;
    for (size_t i = 0; i < list.n_items; i++)
        holds &= verify_one(arena, a, &list.items[i]);
    return holds ? EXIT_DONE : EXIT_CONDITION;
}
