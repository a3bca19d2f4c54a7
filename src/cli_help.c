#include "cli_help.h"

#include <stdio.h>

#include "cli.h"
#include "input/lead_times.h"
#include "input/study_parts.h"
#include "input/price_book.h"
#include "input/study_schema.h"

const struct cli_option_row cli_options[] = {
    {OPTION_OUT, "--out", "-o", "DIR", "write the report into DIR instead of reports/<study name>"},
    {OPTION_REPLACE, "--force", "-f", NULL, "replace an existing report, once the new one is complete"},
    {OPTION_SET, "--set", NULL, "path=value",
     "change a value of the study, e.g. workloads[0].growth='50% /yr'; may be repeated"},
    {OPTION_ORDERS, "--orders", NULL, "FILE",
     "bill the orders of FILE (as in orders.csv) instead of planning"},
    {OPTION_ONLY, "--only", NULL, "csv,json,xlsx,charts,html", "write only these parts of the report"},
    {OPTION_JSON, "--json", NULL, NULL, "print results.json, or the forecast as JSON, instead of the table"},
    {OPTION_FAIL_ON, "--fail-on", NULL, "unmet,shortfall,late,findings",
     "exit 1 where a strategy loses load, is short, or an order is late; findings: of prices lint"},
    {OPTION_HOLD_OUT, "--hold-out", NULL, "DURATION",
     "forecast: the end of the trace to forecast, such as '14 d'; default a tenth, 28 d at most"},
    {OPTION_AT, "--at", NULL, "DATE", "prices compare: the day whose prices are compared"},
    {OPTION_QUIET, "--quiet", "-q", NULL, "print errors only"},
    {OPTION_VERBOSE, "--verbose", "-v", NULL, "print remarks on prices, late orders and assumptions"},
    {OPTION_COLOR, "--color", NULL, "auto|always|never", "color of messages; NO_COLOR is respected"},
    {OPTION_HELP, "--help", "-h", NULL, "this text"},
    {OPTION_VERSION, "--version", NULL, NULL, "version"},
};

const size_t n_cli_options = sizeof cli_options / sizeof cli_options[0];

static void help_overview(void)
{
    puts("rackrate compares the cost and lead time of colocation, hosting, reserved and\n"
         "on-demand servers on one workload.\n\n"
         "  rackrate run STUDY.yml               simulate a study, write its report\n"
         "  rackrate check STUDY.yml             read and check everything, write nothing\n"
         "  rackrate forecast STUDY.yml          try forecasts on the end of the study's trace\n"
         "  rackrate prices list FILE...         the offers of price tables\n"
         "  rackrate prices show OFFER FILE...   prices and rates of an offer or a /pattern/\n"
         "  rackrate prices lint FILE...         what looks wrong in price tables\n"
         "  rackrate prices compare A B FILE...  when commitment A pays back against B\n"
         "  rackrate verify DIR                  add up the proof of a report's optimal plans\n"
         "  rackrate plot DIR                    draw the charts of a report again\n"
         "  rackrate help                        this text\n"
         "  rackrate help study                  every key of a study file\n"
         "  rackrate help prices                 the columns of a price table\n"
         "  rackrate help lead-times             the columns of a lead-time table\n"
         "  rackrate help calendars              the columns of a table of working calendars\n"
         "  rackrate help orders                 the columns of a plan, as in orders.csv\n"
         "  rackrate help exchange-rates         the columns of an exchange-rate table\n");
    for (size_t i = 0; i < n_cli_options; i++) {
        const struct cli_option_row *row = &cli_options[i];
        printf("  %s%s%s%s%s\n        %s\n", row->letter == NULL ? "" : row->letter,
               row->letter == NULL ? "" : ", ", row->name, row->value == NULL ? "" : " ",
               row->value == NULL ? "" : row->value, row->help);
    }
    puts("\nExit status: 0 done; 1 done, but --fail-on was met; 2 usage; 3 invalid study or\n"
         "data; 4 cannot read or write, or out of memory; 5 charts could not be drawn,\n"
         "everything else written; 70 internal error.");
}

static void help_range(const struct key *key)
{
    if (key->type == VALUE_QUANTITY)
        printf("        such as: %s", dimension_example(key->dimension));
    else if (key->type == VALUE_INTEGER)
        printf("        a whole number");
    else if (key->type == VALUE_NUMBER_OR_NAME)
        printf("        a name, or a whole number");
    else
        return;
    if (key->least != NULL)
        printf(", at least %s", key->least);
    if (key->most != NULL)
        printf(", at most %s", key->most);
    putchar('\n');
}

static void help_key(const struct key *key)
{
    printf("  %s", key->name);
    if (key->required)
        printf(" (required)");
    if (key->standard != NULL && key->standard[0] != 0)
        printf(" [%s]", key->standard);
    printf("\n        %s\n", key->help);
    if (key->type == VALUE_CHOICE || key->type == VALUE_CHOICES) {
        printf(key->type == VALUE_CHOICE ? "        one of:" : "        one or a list of:");
        for (int i = 0; key->choices[i] != NULL; i++)
            printf("%s %s", i == 0 ? "" : ",", key->choices[i]);
        putchar('\n');
    }
    help_range(key);
}

static void help_study(void)
{
    for (int i = 0; study_sections[i] != NULL; i++) {
        printf("%s%s: %s\n", i == 0 ? "" : "\n", study_sections[i]->name, study_sections[i]->help);
        for (size_t j = 0; j < study_sections[i]->n_keys; j++)
            help_key(&study_sections[i]->keys[j]);
    }
}

static void help_columns(const struct csv_column *columns, int n)
{
    for (int i = 0; i < n; i++)
        printf("  %s%s\n        %s\n", columns[i].name, columns[i].required ? " (required)" : "",
               columns[i].help);
}

enum exit_status cli_help(struct str topic)
{
    if (topic.length == 0)
        help_overview();
    else if (str_is(topic, "study"))
        help_study();
    else if (str_is(topic, "prices"))
        help_columns(price_columns, n_price_columns);
    else if (str_is(topic, "lead-times"))
        help_columns(lead_time_columns, n_lead_time_columns);
    else if (str_is(topic, "calendars"))
        help_columns(calendar_columns, n_calendar_columns);
    else if (str_is(topic, "orders"))
        help_columns(orders_columns, n_orders_columns);
    else if (str_is(topic, "exchange-rates"))
        help_columns(exchange_rate_columns, n_exchange_rate_columns);
    else {
        fprintf(stderr,
                "rackrate: there is no help on `%.*s`; topics: study, prices, lead-times, calendars, orders, "
                "exchange-rates\n",
                STR_ARGS(topic));
        return EXIT_USAGE;
    }
    if (fflush(stdout) == 0 && !ferror(stdout))
        return EXIT_DONE;
    cli_error(STR("cannot write to standard output"));
    return EXIT_MACHINE;
}
