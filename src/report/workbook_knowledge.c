#include "base/arena.h"
#include "report/knowledge.h"
#include "report/workbook.h"

enum knowledge_column {
    KNOWLEDGE_STRATEGY,
    KNOWLEDGE_KNOWS,
    KNOWLEDGE_BILLED,
    KNOWLEDGE_HORIZON,
    KNOWLEDGE_UNMET_HOURS,
    KNOWLEDGE_UNMET_COST,
    KNOWLEDGE_COMPARED,
    KNOWLEDGE_MORE,
    KNOWLEDGE_SHARE,
    N_KNOWLEDGE_COLUMNS
};

enum { FINDING_ROW = 3, KNOWLEDGE_HEADER_ROW = 5, KNOWLEDGE_FIRST_ROW };

static const struct column knowledge_columns[N_KNOWLEDGE_COLUMNS] = {
    [KNOWLEDGE_STRATEGY] = {"Strategy", 34, false, false},
    [KNOWLEDGE_KNOWS] = {"The buyer knows", 13, false, false},
    [KNOWLEDGE_BILLED] = {"Billed cost: cash", 15, false, true},
    [KNOWLEDGE_HORIZON] = {"Horizon value: credit +", 15, false, true},
    [KNOWLEDGE_UNMET_HOURS] = {"Unmet load (server-hours)", 15, true, false},
    [KNOWLEDGE_UNMET_COST] = {"Unmet cost", 15, false, true},
    [KNOWLEDGE_COMPARED] = {"Compared cost", 15, false, true},
    [KNOWLEDGE_MORE] = {"More than knowing all", 15, false, true},
    [KNOWLEDGE_SHARE] = {"Share of knowing all", 12, false, false},
};

static void write_copy(const struct workbook *w, int row, int column, int style, struct range source)
{
    sheet_formula(w->sheet, row, column, style, sheet_value(source.sheet, source.row, source.column), "=%s",
                  name_of(source).text);
}

static void write_costs(const struct workbook *w, int row, size_t s)
{
    static const struct {
        int column, source;
    } copies[] = {{KNOWLEDGE_BILLED, SUMMARY_BILLED},
                  {KNOWLEDGE_HORIZON, SUMMARY_HORIZON},
                  {KNOWLEDGE_UNMET_COST, SUMMARY_UNMET_COST},
                  {KNOWLEDGE_COMPARED, SUMMARY_COMPARED}};
    for (size_t i = 0; i < sizeof copies / sizeof *copies; i++)
        write_copy(w, row, copies[i].column, SHOW_MONEY | LOOK_CELL,
                   range_cell(w->summary, SUMMARY_FIRST_ROW + (int)s, copies[i].source));
    write_copy(w, row, KNOWLEDGE_UNMET_HOURS, SHOW_QUANTITY | LOOK_CELL,
               range_cell(w->monthly, w->places[s].total, monthly_column(w, MONTHLY_UNMET_HOURS)));
}

/* Against the row of who knows all, where there is one to compare with. */
static void write_difference(const struct workbook *w, int row, int all_row, bool comparable)
{
    struct sheet *sheet = w->sheet;
    if (!comparable) {
        sheet_label(sheet, row, KNOWLEDGE_MORE, SHOW_STATUS | LOOK_CELL, "no price");
        sheet_blank(sheet, row, KNOWLEDGE_SHARE, KNOWLEDGE_SHARE, SHOW_TEXT | LOOK_CELL);
        return;
    }
    double all = sheet_value(sheet, all_row, KNOWLEDGE_COMPARED);
    double more = sheet_value(sheet, row, KNOWLEDGE_COMPARED) - all;
    sheet_formula(sheet, row, KNOWLEDGE_MORE, SHOW_MONEY | LOOK_CELL, more, "=%s-%s",
                  name_here(row, KNOWLEDGE_COMPARED).text, name_here(all_row, KNOWLEDGE_COMPARED).text);
    sheet_formula(sheet, row, KNOWLEDGE_SHARE, SHOW_PERCENT | LOOK_CELL, all > 0 ? more / all : 0,
                  "=IF(%s>0,%s/%s,0)", name_here(all_row, KNOWLEDGE_COMPARED).text,
                  name_here(row, KNOWLEDGE_MORE).text, name_here(all_row, KNOWLEDGE_COMPARED).text);
}

/* Returns the row after the family. */
static int write_family(const struct workbook *w, const struct family *family, int row)
{
    int all_row = row + (int)(family->all == NULL ? 0 : family->all - family->members);
    for (int j = 0; j < (int)family->n_members; j++) {
        const struct strategy_result *member = &family->members[j];
        sheet_text(w->sheet, row + j, KNOWLEDGE_STRATEGY, SHOW_WRAP | LOOK_CELL, family->name);
        sheet_label(w->sheet, row + j, KNOWLEDGE_KNOWS, SHOW_STATUS | LOOK_CELL,
                    knows_names[member->strategy->knows]);
        write_costs(w, row + j, (size_t)(member - w->result->strategies));
    }
    for (int j = 0; j < (int)family->n_members; j++) {
        money more;
        write_difference(w, row + j, all_row, family_more(w->result, family, &family->members[j], &more));
    }
    return row + (int)family->n_members;
}

bool workbook_has_knowledge(const struct workbook *w)
{
    return has_families(w->result);
}

void workbook_write_knowledge(struct workbook *w)
{
    struct family *families;
    size_t n = families_of(w->arena, w->result, &families);
    workbook_start_sheet(
        w, w->sheet, "Not knowing: the same strategy by buyers who know different things",
        "Who knows all orders a lead time ahead of the real need, who forecasts by what was seen, "
        "who knows nothing when the need is there. Formulas over Summary and Monthly.",
        (struct page){.repeat_row = KNOWLEDGE_HEADER_ROW});
    sheet_header(w->sheet, KNOWLEDGE_HEADER_ROW, knowledge_columns, N_KNOWLEDGE_COLUMNS, w->study->currency);
    sheet_across(
        w->sheet, FINDING_ROW, 0, N_KNOWLEDGE_COLUMNS - 1, SHOW_WRAP | LOOK_HEADLINE,
        str_format(w->arena, "As of the run: %.*s.", STR_ARGS(families_finding(w->arena, w->result))));
    int row = KNOWLEDGE_FIRST_ROW;
    for (size_t i = 0; i < n; i++)
        row = write_family(w, &families[i], row);
    sheet_label(w->sheet, row, 0, SHOW_TEXT | LOOK_NOTE,
                "All follow the same rule for sizes, which is not the cheapest plan: who knows less may by "
                "chance pay "
                "less.");
}
