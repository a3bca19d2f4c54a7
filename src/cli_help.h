#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stddef.h>

enum cli_option {
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_QUIET,
    OPTION_VERBOSE,
    OPTION_REPLACE,
    OPTION_JSON,
    OPTION_OUT,
    OPTION_ORDERS,
    OPTION_SET,
    OPTION_ONLY,
    OPTION_FAIL_ON,
    OPTION_HOLD_OUT,
    OPTION_AT,
    OPTION_COLOR
};

/* The options of the command line: parsing and help read these rows. */
struct cli_option_row {
    enum cli_option option;
    const char *name, *letter; /* letter may be NULL */
    const char *value;         /* what its value is; NULL: a flag */
    const char *help;
};

extern const struct cli_option_row cli_options[];
extern const size_t n_cli_options;

#endif
