#ifndef CLI_H
#define CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diagnostic.h"
#include "base/str.h"

struct arena;

enum exit_status {
    EXIT_DONE = 0,
    EXIT_CONDITION = 1, /* done, but --fail-on was met */
    EXIT_USAGE = 2,
    EXIT_INVALID = 3,  /* study or data */
    EXIT_MACHINE = 4,  /* cannot read or write */
    EXIT_NO_CHARTS = 5 /* charts could not be drawn, everything else written */
};

enum command {
    COMMAND_RUN,
    COMMAND_CHECK,
    COMMAND_FORECAST,
    COMMAND_PRICES,
    COMMAND_PLOT,
    COMMAND_VERIFY,
    COMMAND_HELP,
    COMMAND_VERSION
};
enum prices_action { PRICES_LIST, PRICES_SHOW, PRICES_LINT, PRICES_COMPARE, N_PRICES_ACTIONS };
enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* Parts of a report, as bits. */
enum part { PART_CSV = 1, PART_JSON = 2, PART_XLSX = 4, PART_CHARTS = 8, PART_HTML = 16, PART_ALL = 31 };
enum fail_on { FAIL_ON_UNMET = 1, FAIL_ON_SHORTFALL = 2, FAIL_ON_LATE = 4, FAIL_ON_FINDINGS = 8 };

/* Words of a command line that are no options. */
struct operands {
    struct str *items;
    size_t n_items, capacity;
};

/* What the command line says. */
struct arguments {
    enum command command;
    struct str study_path, report_folder, out_folder, orders_path, topic;
    struct str *items; /* --set values */
    size_t n_items, capacity;
    bool replace, quiet, verbose, json;
    int parts, fail_on;
    int64_t hold_out_seconds; /* 0: not said */
    enum color color;
    enum prices_action action;
    struct operands offers, files; /* of prices: the offers show and compare name; the price tables */
    bool has_at;
    int64_t at_seconds; /* midnight */
};

/* Reads the command line; at a mistake says so on standard error and returns its exit status. */
enum exit_status cli_parse(struct arena *arena, int argc, char **argv, struct arguments *arguments);

/* `help` and `help TOPIC` on standard output. */
enum exit_status cli_help(struct str topic);

/* Everything wrong, each as file:line:column with its line, a caret and a hint, on standard error. */
void cli_show(const struct diagnostics *diagnostics, enum color color);

/* One line on standard error where it is a terminal; a stage of NULL clears it. */
void cli_progress(const struct arguments *arguments, const char *stage);

/* One line on standard error: "rackrate: error: ..." or "rackrate: warning: ...". */
void cli_error(struct str message);
void cli_warning(struct str message);

/* Writes to standard output; false and an error line when it did not take all of it. */
bool cli_print(struct str text);

#endif
