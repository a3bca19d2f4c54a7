/* report: what a report has on request only. */
#include "input/study_parts.h"

static const char *const truths[] = {"false", "true", NULL};

static const struct key report_keys[] = {
    {.name = "ledger_sheet",
     .type = VALUE_CHOICE,
     .choices = truths,
     .standard = "false",
     .offset = AT(report, ledger_sheet),
     .help = "the workbook has a sheet Ledger with every charge"},
};

const struct section report_section = SECTION(report_keys, "report", "What reports have on request.");

bool read_report(struct study_reader *r)
{
    struct report_keys keys = {0};
    if (r->root.report == NULL)
        return true;
    if (!section_read(&r->reader, &report_section, r->root.report, STR("report"), &keys))
        return false;
    r->study->ledger_sheet = keys.ledger_sheet == 1;
    return true;
}
