#include "base/arena.h"
#include "report/csv_out.h"
#include "report/knowledge.h"
#include "report/numbers.h"
#include "report/report.h"

enum { HOUR_PLACES = 4 };

static void write_member(struct csv_out *out, const struct report *report, const struct family *family,
                         const struct strategy_result *member)
{
    const struct result *result = report->result;
    money more;
    csv_text(out, family->name);
    csv_plain(out, str_of(knows_names[member->strategy->knows]));
    csv_text(out, result->study->currency);
    csv_money(out, member->billed);
    csv_money(out, member->horizon_value);
    csv_plain(out, unmet_hours_text(report->arena, member->service.unmet_micro, HOUR_PLACES));
    csv_money(out, member->unmet_cost);
    csv_money(out, member->compared);
    if (family_more(result, family, member, &more))
        csv_money(out, more);
    else
        csv_plain(out, STR(""));
    csv_end_row(out);
}

bool csv_knowledge(const struct report *report)
{
    static const char *const columns[] = {
        "strategy",           "knows",      "currency",      "billed_cost",       "horizon_value",
        "unmet_server_hours", "unmet_cost", "compared_cost", "difference_to_all", NULL};
    struct family *families;
    size_t n = families_of(report->arena, report->result, &families);
    if (n == 0)
        return true;
    struct csv_out out =
        csv_out_open(report->arena, report->folder, "knowledge.csv", columns, report->failure);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < families[i].n_members; j++)
            write_member(&out, report, &families[i], &families[i].members[j]);
    return csv_out_close(&out);
}
