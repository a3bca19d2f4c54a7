#include "base/arena.h"
#include "report/scope.h"
#include "report/workbook.h"

enum { SCOPE_COMPONENT, SCOPE_PER, SCOPE_OFFERS, SCOPE_STRATEGIES };

static const struct column scope_columns[SCOPE_STRATEGIES] = {
    {"Component", 24, false, false},
    {"Charged per", 26, false, false},
    {"Offers that charge it", 40, false, false},
};

static struct str add_to_list(struct arena *arena, struct str list, struct str item)
{
    return str_format(arena, "%.*s%s%.*s", STR_ARGS(list), list.length == 0 ? "" : ", ", STR_ARGS(item));
}

/* Does an offer in use charge the component, and per what? */
static bool charges(const struct offer *offer, int component, const struct price_unit *unit)
{
    for (size_t i = 0; offer->used && i < offer->n_prices; i++)
        if (offer->prices[i].component == component && (unit == NULL || offer->prices[i].unit == unit))
            return true;
    return false;
}

static struct str units_of(const struct workbook *w, int component)
{
    struct str list = STR("");
    for (size_t u = 0; u < n_price_units; u++)
        for (size_t i = 0; i < w->study->n_offers; i++)
            if (charges(&w->study->offers[i], component, &price_units[u])) {
                list = add_to_list(w->arena, list, str_of(price_units[u].name));
                break;
            }
    return list;
}

static struct str offers_of(const struct workbook *w, int component)
{
    struct str list = STR("");
    for (size_t i = 0; i < w->study->n_offers; i++)
        if (charges(&w->study->offers[i], component, NULL))
            list = add_to_list(w->arena, list, w->study->offers[i].id);
    return list;
}

static void write_component(const struct workbook *w, int row, int component)
{
    sheet_text(w->sheet, row, SCOPE_COMPONENT, SHOW_WRAP | LOOK_CELL, w->components[component]);
    sheet_text(w->sheet, row, SCOPE_PER, SHOW_WRAP | LOOK_CELL, units_of(w, component));
    sheet_text(w->sheet, row, SCOPE_OFFERS, SHOW_WRAP | LOOK_CELL, offers_of(w, component));
    for (size_t s = 0; s < w->result->n_strategies; s++)
        sheet_label(w->sheet, row, SCOPE_STRATEGIES + (int)s, SHOW_STATUS | LOOK_CELL,
                    scope_names[w->result->strategies[s].scope[component]]);
}

void workbook_write_scope(struct workbook *w)
{
    int n = (int)w->result->n_strategies, n_components = (int)w->study->n_components;
    struct str nowhere = scope_priced_nowhere(w->arena, w->study);
    workbook_start_sheet(
        w, w->sheet, "Scope",
        "Which components each strategy counts. \"In another price\": it has no price of its own, another one "
        "pays for it, as the hour of a cloud for room and power. A strategy that leaves one out is cheaper by "
        "it, not better.",
        (struct page){.repeat_row = TABLE_ROW, .freeze_row = FIRST_ROW, .freeze_column = 1});
    sheet_header(w->sheet, TABLE_ROW, scope_columns, SCOPE_STRATEGIES, w->study->currency);
    if (n > 0)
        sheet_width(w->sheet, SCOPE_STRATEGIES, SCOPE_STRATEGIES + n - 1, 16);
    for (int s = 0; s < n; s++)
        sheet_text(w->sheet, TABLE_ROW, SCOPE_STRATEGIES + s, SHOW_WRAP | LOOK_HEADER,
                   w->result->strategies[s].strategy->name);
    for (int c = 0; c < n_components; c++)
        write_component(w, FIRST_ROW + c, c);
    if (n > 0 && n_components > 0)
        sheet_colour_words((struct range){w->sheet, FIRST_ROW, SCOPE_STRATEGIES, FIRST_ROW + n_components - 1,
                                          SCOPE_STRATEGIES + n - 1});
    sheet_label(w->sheet, FIRST_ROW + n_components + 1, SCOPE_COMPONENT, SHOW_TEXT | LOOK_HEADING,
                "Priced nowhere");
    sheet_across(w->sheet, FIRST_ROW + n_components + 2, SCOPE_COMPONENT, SCOPE_OFFERS, SHOW_WRAP | LOOK_CELL,
                 nowhere.length > 0 ? nowhere : STR("nothing of what is usually expected"));
}
