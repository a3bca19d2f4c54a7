#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/check.h"
#include "cli_help.h"
#include "unit/calendar.h"
#include "unit/quantity.h"

enum { MOST_NAMES = 64, MOST_SHOWN = 100, SHOWN_BEFORE = 90, SHOWN_CHARACTERS = 120 };

struct word {
    const char *name;
    int value;
};

static const struct word commands[] = {{"run", COMMAND_RUN},           {"check", COMMAND_CHECK},
                                       {"forecast", COMMAND_FORECAST}, {"prices", COMMAND_PRICES},
                                       {"verify", COMMAND_VERIFY},     {"plot", COMMAND_PLOT},
                                       {"help", COMMAND_HELP},         {NULL, 0}};
static const struct word parts[] = {{"csv", PART_CSV},       {"json", PART_JSON}, {"xlsx", PART_XLSX},
                                    {"charts", PART_CHARTS}, {"html", PART_HTML}, {NULL, 0}};
static const struct word conditions[] = {{"unmet", FAIL_ON_UNMET},
                                         {"shortfall", FAIL_ON_SHORTFALL},
                                         {"late", FAIL_ON_LATE},
                                         {"findings", FAIL_ON_FINDINGS},
                                         {NULL, 0}};
static const struct word colors[] = {
    {"auto", COLOR_AUTO}, {"always", COLOR_ALWAYS}, {"never", COLOR_NEVER}, {NULL, 0}};
/* What goes with `prices`, and how many offers stand before the files. */
static const struct prices_word {
    const char *name;
    size_t n_offers;
} prices_words[N_PRICES_ACTIONS] = {
    [PRICES_LIST] = {"list", 0},
    [PRICES_SHOW] = {"show", 1},
    [PRICES_LINT] = {"lint", 0},
    [PRICES_COMPARE] = {"compare", 2},
};
static const char *const planned_commands[] = {"import", "generate", "merge", NULL};

/* What every command takes, and each besides; anything else would mean nothing to it. */
enum { ALWAYS_TAKEN = 1u << OPTION_HELP | 1u << OPTION_VERSION | 1u << OPTION_QUIET | 1u << OPTION_COLOR };

static const unsigned taken[] = {
    [COMMAND_RUN] = 1u << OPTION_VERBOSE | 1u << OPTION_REPLACE | 1u << OPTION_OUT | 1u << OPTION_SET |
                    1u << OPTION_ORDERS | 1u << OPTION_ONLY | 1u << OPTION_JSON | 1u << OPTION_FAIL_ON,
    [COMMAND_CHECK] = 1u << OPTION_SET | 1u << OPTION_ORDERS,
    [COMMAND_FORECAST] = 1u << OPTION_SET | 1u << OPTION_JSON | 1u << OPTION_HOLD_OUT,
    [COMMAND_PRICES] = 1u << OPTION_FAIL_ON | 1u << OPTION_AT, /* check_prices_options looks closer */
    [COMMAND_VERIFY] = 0,
    [COMMAND_PLOT] = 0,
};

/* Commands that work on a report and read no study. */
static bool reads_report(enum command command)
{
    return command == COMMAND_PLOT || command == COMMAND_VERIFY;
}

static const struct word *find_word(const struct word *words, struct str name)
{
    for (; words->name != NULL; words++)
        if (str_is(name, words->name))
            return words;
    return NULL;
}

/* Control characters of the user's text must not reach a terminal, nor bytes that are no UTF-8. */
static void put_safe(struct str text)
{
    bool utf8 = str_is_utf8(text);
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bool second_of_c1 = i > 0 && (unsigned char)text.at[i - 1] == 0xC2 && c < 0xA0;
        fputc(c == '\t' ? '\t' : c < 32 || c == 127 || second_of_c1 || (c > 127 && !utf8) ? '?' : c, stderr);
    }
}

static enum exit_status usage(const char *problem, struct str text)
{
    fprintf(stderr, "rackrate: %s `", problem);
    put_safe(text);
    fputs("`; `rackrate help` shows what there is\n", stderr);
    return EXIT_USAGE;
}

/* The same for a word that may be misspelt; `dashes` stand before it and before every name. */
static enum exit_status unknown(const char *what, struct str word, const char *dashes,
                                const struct str *names, size_t n_names)
{
    struct str nearest = str_starts(word, str_of(dashes))
                             ? str_nearest(str_after(word, strlen(dashes)), names, n_names)
                             : (struct str){0};
    if (nearest.length == 0)
        return usage(what, word);
    fprintf(stderr, "rackrate: %s `", what);
    put_safe(word);
    fprintf(stderr, "`; did you mean `%s%.*s`?\n", dashes, STR_ARGS(nearest));
    return EXIT_USAGE;
}

static enum exit_status unknown_command(struct str word)
{
    struct str names[MOST_NAMES];
    size_t n = 0;
    for (; commands[n].name != NULL; n++)
        names[n] = str_of(commands[n].name);
    return unknown("unknown command", word, "", names, n);
}

static enum exit_status unknown_option(struct str word)
{
    struct str names[MOST_NAMES];
    check(n_cli_options <= MOST_NAMES);
    for (size_t i = 0; i < n_cli_options; i++)
        names[i] = str_after(str_of(cli_options[i].name), strlen("--"));
    return unknown("unknown option", word, "--", names, n_cli_options);
}

/* a,b,c into the sum of their bits. */
static bool read_bits(const struct word *words, struct str list, int *bits)
{
    struct str head, tail = list;
    for (*bits = 0; tail.length > 0;) {
        if (!str_split(tail, ',', &head, &tail)) {
            head = tail;
            tail = (struct str){0};
        }
        const struct word *word = find_word(words, str_trim(head));
        if (word == NULL)
            return false;
        *bits |= word->value;
    }
    return *bits != 0;
}

struct option_reader {
    struct arena *arena;
    struct arguments *arguments;
    enum command instead; /* --help and --version win over the command; COMMAND_RUN: neither is there */
    unsigned given;       /* bit i: option i was there */
    bool has_action;      /* list, show, ... of `prices` */
};

static bool read_duration(struct str text, int64_t *seconds)
{
    struct quantity quantity;
    const char *expected;
    if (!quantity_parse(text, DIMENSION_DURATION, &quantity, &expected))
        return false;
    *seconds = quantity.seconds;
    return *seconds > 0;
}

/* One option with its value (empty for a flag); false where the value is not one of those. */
static bool take_option(struct option_reader *r, enum cli_option option, struct str value)
{
    struct arguments *a = r->arguments;
    const struct word *word;
    switch (option) {
    case OPTION_HELP:
        r->instead = COMMAND_HELP;
        return true;
    case OPTION_VERSION:
        r->instead = COMMAND_VERSION;
        return true;
    case OPTION_QUIET:
        a->quiet = true;
        return true;
    case OPTION_VERBOSE:
        a->verbose = true;
        return true;
    case OPTION_REPLACE:
        a->replace = true;
        return true;
    case OPTION_JSON:
        a->json = true;
        return true;
    case OPTION_OUT:
        a->out_folder = value;
        return value.length > 0;
    case OPTION_ORDERS:
        a->orders_path = value;
        return value.length > 0;
    case OPTION_SET:
        *ARENA_APPEND(r->arena, a) = value;
        return true;
    case OPTION_ONLY:
        return read_bits(parts, value, &a->parts);
    case OPTION_FAIL_ON:
        return read_bits(conditions, value, &a->fail_on);
    case OPTION_HOLD_OUT:
        return read_duration(value, &a->hold_out_seconds);
    case OPTION_AT:
        a->has_at = time_parse(value, &a->at_seconds) && a->at_seconds % DAY_SECONDS == 0;
        return a->has_at;
    case OPTION_COLOR:
        word = find_word(colors, value);
        a->color = word == NULL ? COLOR_AUTO : (enum color)word->value;
        return word != NULL;
    }
    return false;
}

static const struct cli_option_row *find_option(struct str name)
{
    for (size_t i = 0; i < n_cli_options; i++)
        if (str_is(name, cli_options[i].name) ||
            (cli_options[i].letter != NULL && str_is(name, cli_options[i].letter)))
            return &cli_options[i];
    return NULL;
}

/* Reads argv[*i], which begins with a dash, and its value: `-o DIR`, `--out DIR` or `--out=DIR`. */
static enum exit_status read_option(struct option_reader *r, int argc, char **argv, int *i)
{
    struct str name = str_of(argv[*i]), value = {0};
    bool joined = str_starts(name, STR("--")) && str_split(name, '=', &name, &value);
    const struct cli_option_row *row = find_option(name);
    if (row == NULL)
        return unknown_option(name);
    if (row->value == NULL && joined)
        return usage("no value goes with the option", name);
    if (row->value != NULL && !joined) {
        if (*i + 1 >= argc)
            return usage("a value is missing after the option", name);
        value = str_of(argv[++*i]);
    }
    r->given |= 1u << row->option;
    if (!take_option(r, row->option, value))
        return usage(str_format(r->arena, "%s takes %s, not", row->name, row->value).at, value);
    return EXIT_DONE;
}

static enum exit_status take_command(struct arguments *a, struct str word)
{
    const struct word *command = find_word(commands, word);
    for (int i = 0; command == NULL && planned_commands[i] != NULL; i++) {
        if (str_is(word, planned_commands[i])) {
            fprintf(stderr, "rackrate: the command `%s` is not built yet\n", planned_commands[i]);
            return EXIT_INVALID;
        }
    }
    if (command == NULL)
        return unknown_command(word);
    a->command = (enum command)command->value;
    return EXIT_DONE;
}

static enum exit_status unknown_action(struct arena *arena, struct str word)
{
    struct str names[N_PRICES_ACTIONS];
    for (int i = 0; i < N_PRICES_ACTIONS; i++)
        names[i] = str_of(prices_words[i].name);
    return unknown("unknown command", str_format(arena, "prices %.*s", STR_ARGS(word)), "prices ", names,
                   N_PRICES_ACTIONS);
}

/* The words behind `prices`: what to do, offers where that wants some, files. */
static enum exit_status take_prices_operand(struct option_reader *r, struct str word)
{
    struct arguments *a = r->arguments;
    if (r->has_action) {
        bool offer = a->offers.n_items < prices_words[a->action].n_offers;
        *ARENA_APPEND(r->arena, offer ? &a->offers : &a->files) = word;
        return EXIT_DONE;
    }
    for (int i = 0; i < N_PRICES_ACTIONS; i++) {
        if (str_is(word, prices_words[i].name)) {
            a->action = (enum prices_action)i;
            r->has_action = true;
            return EXIT_DONE;
        }
    }
    return unknown_action(r->arena, word);
}

static enum exit_status take_operand(struct option_reader *r, struct str word)
{
    struct arguments *a = r->arguments;
    struct str *place = a->command == COMMAND_HELP ? &a->topic
                        : reads_report(a->command) ? &a->report_folder
                                                   : &a->study_path;
    if (word.length == 0)
        return usage("an empty argument:", word);
    if (a->command == COMMAND_PRICES)
        return take_prices_operand(r, word);
    if (place->length > 0)
        return usage("one argument too many:", word);
    *place = word;
    return EXIT_DONE;
}

/* Options that mean something to one command of `prices`, or to all but `prices`. */
static enum exit_status check_prices_options(const struct arguments *a)
{
    bool prices = a->command == COMMAND_PRICES, lint = prices && a->action == PRICES_LINT;
    const struct {
        bool stray;
        const char *name;
    } options[] = {
        {lint && (a->fail_on & ~FAIL_ON_FINDINGS), "--fail-on unmet,shortfall,late"},
        {prices && !lint && a->fail_on, "--fail-on"},
        {!prices && (a->fail_on & FAIL_ON_FINDINGS), "--fail-on findings"},
        {a->has_at && !(prices && a->action == PRICES_COMPARE), "--at"},
    };
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        if (options[i].stray)
            return usage("this command has no use for", str_of(options[i].name));
    return EXIT_DONE;
}

static enum exit_status check_options(const struct arguments *a, unsigned given)
{
    for (size_t i = 0; i < n_cli_options; i++) {
        unsigned option = 1u << cli_options[i].option;
        if ((given & option) != 0 && ((ALWAYS_TAKEN | taken[a->command]) & option) == 0)
            return usage("this command has no use for", str_of(cli_options[i].name));
    }
    return check_prices_options(a);
}

/* Commands that read a study, or a report, want one. */
static enum exit_status check_study(const struct arguments *a)
{
    bool needs_study = a->command != COMMAND_HELP && a->command != COMMAND_VERSION &&
                       a->command != COMMAND_PRICES && !reads_report(a->command);
    if (reads_report(a->command) && a->report_folder.length == 0)
        return usage("the folder of a report is missing after",
                     a->command == COMMAND_PLOT ? STR("plot") : STR("verify"));
    for (size_t i = 0; needs_study && a->study_path.length == 0 && commands[i].name != NULL; i++)
        if (commands[i].value == (int)a->command)
            return usage("a study file is missing after", str_of(commands[i].name));
    return EXIT_DONE;
}

static enum exit_status check_prices_operands(const struct option_reader *r)
{
    static const char *const missing[] = {"the offer is missing after", "an offer is missing after"};
    const struct arguments *a = r->arguments;
    if (!r->has_action)
        return usage("list, show, lint or compare is missing after", STR("prices"));
    struct str command = str_format(r->arena, "prices %s", prices_words[a->action].name);
    if (a->offers.n_items < prices_words[a->action].n_offers)
        return usage(missing[a->action == PRICES_COMPARE], command);
    if (a->files.n_items == 0)
        return usage("a price table is missing after", command);
    return EXIT_DONE;
}

static enum exit_status check_operands(const struct option_reader *r)
{
    const struct arguments *a = r->arguments;
    enum exit_status status = a->command == COMMAND_PRICES ? check_prices_operands(r) : check_study(a);
    bool takes_options = a->command != COMMAND_HELP && a->command != COMMAND_VERSION;
    return status == EXIT_DONE && takes_options ? check_options(a, r->given) : status;
}

enum exit_status cli_parse(struct arena *arena, int argc, char **argv, struct arguments *arguments)
{
    struct option_reader r = {.arena = arena, .arguments = arguments, .instead = COMMAND_RUN};
    enum exit_status status = EXIT_DONE;
    bool has_command = false, options_end = false;
    *arguments = (struct arguments){.command = COMMAND_HELP, .parts = PART_ALL};
    for (int i = 1; i < argc && status == EXIT_DONE; i++) {
        struct str word = str_of(argv[i]);
        if (!options_end && str_is(word, "--")) {
            options_end = true;
        } else if (!options_end && word.length > 1 && word.at[0] == '-') {
            status = read_option(&r, argc, argv, &i);
        } else if (!has_command) {
            has_command = true;
            status = take_command(arguments, word);
        } else {
            status = take_operand(&r, word);
        }
    }
    if (status != EXIT_DONE)
        return status;
    if (r.instead != COMMAND_RUN) {
        arguments->command = r.instead;
        arguments->topic = (struct str){0};
    }
    if (argc < 2)
        return usage("a command is missing, such as", STR("rackrate run study.yml"));
    return check_operands(&r);
}

/* ---- messages ---- */

static bool use_color(enum color color)
{
    const char *no_color = getenv("NO_COLOR");
    if (color != COLOR_AUTO)
        return color == COLOR_ALWAYS;
    return isatty(STDERR_FILENO) && (no_color == NULL || no_color[0] == 0);
}

static bool is_first_byte(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

/* A slice of a line, by characters. */
static struct str characters(struct str line, int from, int n)
{
    size_t i = 0, start;
    for (; from > 0 && i < line.length; from--)
        for (i++; i < line.length && !is_first_byte(line.at[i]);)
            i++;
    for (start = i; n > 0 && i < line.length; n--)
        for (i++; i < line.length && !is_first_byte(line.at[i]);)
            i++;
    return (struct str){line.at + start, i - start};
}

/* The line and a caret below the column; of a long line only what stands around it. */
static void show_line(const struct place *place)
{
    if (place->line_text.length == 0 || place->column == 0)
        return;
    int from = place->column > SHOWN_BEFORE ? place->column - SHOWN_BEFORE : 0;
    struct str shown = characters(place->line_text, from, SHOWN_CHARACTERS);
    struct str before = characters(shown, 0, place->column - 1 - from);
    const char *cut = from > 0 ? "..." : "";
    bool goes_on = shown.at + shown.length < place->line_text.at + place->line_text.length;
    fprintf(stderr, "    %s", cut);
    put_safe(shown);
    fprintf(stderr, "%s\n    %*s", goes_on ? "..." : "", (int)strlen(cut), "");
    for (size_t i = 0; i < before.length; i++)
        if (is_first_byte(before.at[i]))
            fputc(before.at[i] == '\t' ? '\t' : ' ', stderr);
    fputs("^\n", stderr);
}

static void show_one(const struct diagnostic *d, bool color)
{
    const char *name = d->severity == SEVERITY_ERROR ? "error" : "warning";
    if (d->place.file.length > 0) {
        put_safe(d->place.file);
        if (d->place.line > 0)
            fprintf(stderr, ":%d", d->place.line);
        if (d->place.line > 0 && d->place.column > 0)
            fprintf(stderr, ":%d", d->place.column);
    } else {
        fputs("rackrate", stderr);
    }
    fprintf(stderr, ": %s%s:%s ", color ? (d->severity == SEVERITY_ERROR ? "\033[31m" : "\033[33m") : "",
            name, color ? "\033[0m" : "");
    put_safe(d->message);
    fputc('\n', stderr);
    show_line(&d->place);
    if (d->hint.length > 0) {
        fputs("    hint: ", stderr);
        put_safe(d->hint);
        fputc('\n', stderr);
    }
}

void cli_show(const struct diagnostics *diagnostics, enum color color)
{
    for (size_t i = 0; i < diagnostics->n_items && i < MOST_SHOWN; i++)
        show_one(&diagnostics->items[i], use_color(color));
    if (diagnostics->n_items > MOST_SHOWN)
        fprintf(stderr, "%zu more are not shown\n", diagnostics->n_items - MOST_SHOWN);
    if (diagnostics->n_errors > 1)
        fprintf(stderr, "%zu errors\n", diagnostics->n_errors);
}

void cli_progress(const struct arguments *arguments, const char *stage)
{
    if (arguments->quiet || !isatty(STDERR_FILENO))
        return;
    fprintf(stderr, "\r\033[K%s%s", stage == NULL ? "" : stage, stage == NULL ? "" : " ...");
}

void cli_error(struct str message)
{
    fputs("rackrate: error: ", stderr);
    put_safe(message);
    fputc('\n', stderr);
}

void cli_warning(struct str message)
{
    fputs("rackrate: warning: ", stderr);
    put_safe(message);
    fputc('\n', stderr);
}

bool cli_print(struct str text)
{
    if (fwrite(text.at, 1, text.length, stdout) == text.length && fflush(stdout) == 0)
        return true;
    cli_error(STR("cannot write to standard output"));
    return false;
}
