#include "plot_command.h"

#include "base/arena.h"
#include "report/report.h"

enum exit_status plot_command(struct arena *arena, const struct arguments *a)
{
    struct pictures pictures;
    struct failure failure = {0};
    cli_progress(a, "drawing charts");
    bool good = report_redraw(arena, a->report_folder, &pictures, &failure);
    cli_progress(a, NULL);
    if (!good) {
        cli_error(failure.message);
        return EXIT_MACHINE;
    }
    if (!pictures.drawn) {
        cli_error(str_format(arena, "%.*s; the charts stay as they were", STR_ARGS(pictures.warning)));
        return EXIT_NO_CHARTS;
    }
    if (pictures.warning.length > 0)
        cli_warning(pictures.warning);
    if (a->quiet)
        return EXIT_DONE;
    struct str text = str_format(arena, "%zu chart%s drawn again in %.*s/charts\n", pictures.n_items,
                                 pictures.n_items == 1 ? "" : "s", STR_ARGS(a->report_folder));
    return cli_print(text) ? EXIT_DONE : EXIT_MACHINE;
}
