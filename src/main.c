#include <signal.h>

#include "base/arena.h"
#include "cli.h"
#include "forecast_command.h"
#include "pipeline.h"
#include "plot_command.h"
#include "prices.h"
#include "verify_command.h"

static enum exit_status dispatch(struct arena *arena, const struct arguments *arguments)
{
    switch (arguments->command) {
    case COMMAND_RUN:
        return pipeline_run(arena, arguments);
    case COMMAND_CHECK:
        return pipeline_check(arena, arguments);
    case COMMAND_FORECAST:
        return forecast_command(arena, arguments);
    case COMMAND_PRICES:
        return prices_run(arena, arguments);
    case COMMAND_VERIFY:
        return verify_command(arena, arguments);
    case COMMAND_PLOT:
        return plot_command(arena, arguments);
    case COMMAND_HELP:
        return cli_help(arguments->topic);
    case COMMAND_VERSION:
        return cli_print(STR("rackrate " RACKRATE_VERSION "\n")) ? EXIT_DONE : EXIT_MACHINE;
    }
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    struct arena arena = {0};
    struct arguments arguments;
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of writing, with a message */
    enum exit_status status = cli_parse(&arena, argc, argv, &arguments);
    if (status == EXIT_DONE)
        status = dispatch(&arena, &arguments);
    arena_free(&arena);
    return (int)status;
}
