#include <math.h>

#include "base/arena.h"
#include "report/colours.h"
#include "report/workbook.h"
#include "unit/calendar.h"

/* Offers stand in columns, in the same ones in every table but the last, which has their prices. */
enum { LABEL_COLUMN, CHEAPEST_COLUMN, OFFERS, STEPS = 10, N_CURVE_ROWS = STEPS + 1, CHART_ROWS = 22 };

enum part_column {
    PART_NUMBER,
    PART_OFFER,
    PART_COMPONENT,
    PART_CHARGED,
    PART_PER,
    PART_PRICE_ID,
    PART_QUANTITY,
    PART_PRICE,
    PART_FIXED,
    PART_RUNNING,
    N_PART_COLUMNS
};

static const struct column part_columns[N_PART_COLUMNS] = {
    [PART_NUMBER] = {"No.", 0, false, false},
    [PART_OFFER] = {"Offer", 0, false, false},
    [PART_COMPONENT] = {"Component", 0, false, false},
    [PART_CHARGED] = {"Charged", 0, false, false},
    [PART_PER] = {"Per", 0, false, false},
    [PART_PRICE_ID] = {"Price", 0, false, false},
    [PART_QUANTITY] = {"Quantity in a month of a reference server", 0, true, false},
    [PART_PRICE] = {"Price used", 0, false, true},
    [PART_FIXED] = {"A month, used or not", 0, false, true},
    [PART_RUNNING] = {"A month, if always in use", 0, false, true},
};

enum { ROW_HEADER = TABLE_ROW + 1, ROW_NUMBER, ROW_KIND, ROW_LEFT_OUT, ROW_FIXED, ROW_RUNNING };

/* Rows of the tables, from top to bottom. */
struct tables {
    int n_offers, curve, crossings, cheaper, parts, last_part;
};

static const struct server_month *month_at(const struct workbook *w, int offer)
{
    return &w->result->server_months[offer];
}

static struct str offer_id(const struct workbook *w, int offer)
{
    return w->study->offers[month_at(w, offer)->offer].id;
}

static struct tables tables_of(const struct workbook *w)
{
    struct tables t = {.n_offers = (int)w->result->n_server_months};
    int n_parts = 0;
    for (int i = 0; i < t.n_offers; i++)
        n_parts += (int)month_at(w, i)->n_parts;
    t.curve = ROW_RUNNING + 4;
    t.crossings = t.curve + N_CURVE_ROWS + CHART_ROWS + 3;
    t.cheaper = t.crossings + t.n_offers + 3;
    t.parts = t.cheaper + t.n_offers + 3;
    t.last_part = t.parts + n_parts - 1;
    return t;
}

/* ---- the prices ---- */

/* The row of the sheet Prices; -1 where it has none. */
static int price_row_of(const struct workbook *w, const struct price_row *row)
{
    for (size_t i = 0; i < w->n_used_prices; i++)
        if (w->used_prices[i].row == row)
            return FIRST_ROW + (int)i;
    return -1;
}

static double write_price(const struct workbook *w, int row, const struct price_row *price)
{
    int at = price_row_of(w, price);
    if (at < 0) {
        double value = decimal_as_double(price->price);
        sheet_blank(w->sheet, row, PART_PRICE_ID, PART_PRICE_ID, SHOW_STATUS | LOOK_CELL);
        sheet_number(w->sheet, row, PART_PRICE, SHOW_UNIT_PRICE | LOOK_SIMULATED, value);
        return value;
    }
    struct range used = range_cell(w->prices, at, PRICE_USED);
    sheet_format(w->sheet, row, PART_PRICE_ID, SHOW_STATUS | LOOK_CELL, "P%d", at - FIRST_ROW + 1);
    sheet_formula(w->sheet, row, PART_PRICE, SHOW_UNIT_PRICE | LOOK_CELL, range_sum(used), "=%s",
                  name_of(used).text);
    return range_sum(used);
}

static void write_part(const struct workbook *w, int row, int offer, const struct server_month_part *part)
{
    struct sheet *sheet = w->sheet;
    int column = part->running ? PART_RUNNING : PART_FIXED;
    sheet_number(sheet, row, PART_NUMBER, SHOW_NUMBER | LOOK_CELL, offer + 1);
    sheet_text(sheet, row, PART_OFFER, SHOW_WRAP | LOOK_CELL, offer_id(w, offer));
    sheet_text(sheet, row, PART_COMPONENT, SHOW_WRAP | LOOK_CELL, w->components[part->row->component]);
    sheet_label(sheet, row, PART_CHARGED, SHOW_TEXT | LOOK_CELL, charged_names[part->row->charged]);
    sheet_label(sheet, row, PART_PER, SHOW_TEXT | LOOK_CELL, part->row->unit->name);
    sheet_number(sheet, row, PART_QUANTITY, SHOW_FACTOR | LOOK_SIMULATED, part->quantity);
    double price = write_price(w, row, part->row);
    sheet_blank(sheet, row, PART_FIXED, PART_RUNNING, SHOW_CENTS | LOOK_CELL);
    sheet_formula(sheet, row, column, SHOW_CENTS | LOOK_CELL, part->quantity * price, "=%s*%s",
                  name_here(row, PART_QUANTITY).text, name_here(row, PART_PRICE).text);
}

static void write_parts(const struct workbook *w, const struct tables *t)
{
    int row = t->parts;
    sheet_label(w->sheet, row - 2, 0, SHOW_TEXT | LOOK_HEADING,
                "Where it comes from: what a month of one reference server takes of each price");
    sheet_header(w->sheet, row - 1, part_columns, N_PART_COLUMNS, w->study->currency);
    for (int i = 0; i < t->n_offers; i++)
        for (size_t k = 0; k < month_at(w, i)->n_parts; k++)
            write_part(w, row++, i, &month_at(w, i)->parts[k]);
}

/* ---- the offers ---- */

static double round_to_millionth(double amount)
{
    return round(amount * 1e6) / 1e6;
}

/* Rounded, so that two ways of adding up the same are the same. */
static void write_line_cost(const struct workbook *w, const struct tables *t, int row, int offer,
                            int part_column)
{
    double sum = 0;
    for (int part = t->parts; part <= t->last_part; part++)
        if (sheet_value(w->sheet, part, PART_NUMBER) == offer + 1)
            sum += sheet_value(w->sheet, part, part_column);
    struct range numbers = {w->sheet, t->parts, PART_NUMBER, t->last_part, PART_NUMBER};
    struct range amounts = {w->sheet, t->parts, part_column, t->last_part, part_column};
    sheet_formula(w->sheet, row, OFFERS + offer, SHOW_CENTS | LOOK_CELL, round_to_millionth(sum),
                  "=ROUND(SUMIFS(%s,%s,%s),6)", name_of(amounts).text, name_of(numbers).text,
                  name_column(ROW_NUMBER, OFFERS + offer).text);
}

static void write_row_name(const struct workbook *w, int row, const char *name)
{
    sheet_label(w->sheet, row, LABEL_COLUMN, SHOW_TEXT | LOOK_CELL, name);
    sheet_blank(w->sheet, row, CHEAPEST_COLUMN, CHEAPEST_COLUMN, SHOW_TEXT | LOOK_CELL);
}

static void write_offer(const struct workbook *w, const struct tables *t, int offer)
{
    int column = OFFERS + offer;
    const struct offer *o = &w->study->offers[month_at(w, offer)->offer];
    sheet_number(w->sheet, ROW_NUMBER, column, SHOW_STATUS | LOOK_CELL, offer + 1);
    sheet_label(w->sheet, ROW_KIND, column, SHOW_STATUS | LOOK_CELL, offer_kind_names[o->kind]);
    sheet_number(w->sheet, ROW_LEFT_OUT, column, SHOW_COUNT | LOOK_CELL,
                 (double)month_at(w, offer)->n_left_out);
    write_line_cost(w, t, ROW_FIXED, offer, PART_FIXED);
    write_line_cost(w, t, ROW_RUNNING, offer, PART_RUNNING);
}

static void write_offer_names(const struct workbook *w, int row, const char *label, const char *second,
                              int n_offers)
{
    sheet_label(w->sheet, row, LABEL_COLUMN, SHOW_WRAP | LOOK_HEADER, label);
    sheet_label(w->sheet, row, CHEAPEST_COLUMN, SHOW_WRAP | LOOK_HEADER, second);
    for (int i = 0; i < n_offers; i++)
        sheet_text(w->sheet, row, OFFERS + i, SHOW_WRAP | LOOK_HEADER, offer_id(w, i));
}

static void write_offers(const struct workbook *w, const struct tables *t)
{
    write_offer_names(w, ROW_HEADER, "A month, one reference server", "", t->n_offers);
    write_row_name(w, ROW_NUMBER, "No.");
    write_row_name(w, ROW_KIND, "Kind");
    write_row_name(w, ROW_LEFT_OUT, "Prices left out");
    write_row_name(w, ROW_FIXED, "Used or not");
    write_row_name(w, ROW_RUNNING, "On top, always in use");
    for (int i = 0; i < t->n_offers; i++)
        write_offer(w, t, i);
}

/* ---- cost against utilisation ---- */

static double line_at(const struct workbook *w, int offer, double share)
{
    return sheet_value(w->sheet, ROW_FIXED, OFFERS + offer) +
           share * sheet_value(w->sheet, ROW_RUNNING, OFFERS + offer);
}

/* The first of the cheapest in a row of the curve. */
static int cheapest_at(const struct workbook *w, const struct tables *t, double share)
{
    int cheapest = 0;
    for (int i = 1; i < t->n_offers; i++)
        if (line_at(w, i, share) < line_at(w, cheapest, share))
            cheapest = i;
    return cheapest;
}

static void write_curve_row(const struct workbook *w, const struct tables *t, int step)
{
    int row = t->curve + step, last = OFFERS + t->n_offers - 1;
    double share = (double)step / STEPS;
    struct str cheapest = offer_id(w, cheapest_at(w, t, share));
    sheet_number(w->sheet, row, LABEL_COLUMN, SHOW_PERCENT | LOOK_CELL, share);
    for (int i = 0; i < t->n_offers; i++)
        sheet_formula(w->sheet, row, OFFERS + i, SHOW_CENTS | LOOK_CELL, line_at(w, i, share), "=%s+$%s*%s",
                      name_column(ROW_FIXED, OFFERS + i).text, name_here(row, LABEL_COLUMN).text,
                      name_column(ROW_RUNNING, OFFERS + i).text);
    struct range names = {w->sheet, ROW_HEADER, OFFERS, ROW_HEADER, last};
    sheet_text_formula(w->sheet, row, CHEAPEST_COLUMN, SHOW_WRAP | LOOK_CELL,
                       str_zero_terminated(w->arena, cheapest), "=INDEX(%s,MATCH(MIN(%s:%s),%s:%s,0))",
                       name_of(names).text, name_here(row, OFFERS).text, name_here(row, last).text,
                       name_here(row, OFFERS).text, name_here(row, last).text);
}

static void write_chart(const struct workbook *w, const struct tables *t)
{
    int used[N_COLOUR_FAMILIES] = {0}, last = t->curve + N_CURVE_ROWS - 1;
    struct sheet_line *lines = ARENA_NEW(w->arena, struct sheet_line, t->n_offers);
    for (int i = 0; i < t->n_offers; i++) {
        int family = (int)w->study->offers[month_at(w, i)->offer].kind;
        lines[i] = (struct sheet_line){.name = range_cell(w->sheet, ROW_HEADER, OFFERS + i),
                                       .values = range_down(w->sheet, OFFERS + i, t->curve, last),
                                       .colour = colour_shade(family, used[family]++).line,
                                       .dash = i};
    }
    struct str unit = str_format(w->arena, "%.*s a month", STR_ARGS(w->study->currency));
    struct sheet_chart chart = {
        .title = "Cost of one reference server a month by the share of hours it is used",
        .value_title = cell_text(w->arena, unit, 40),
        .value_format = "#,##0",
        .category_format = "0%",
        .alt_text = str_format(w->arena,
                               "Line chart of what a month of one reference server costs against its "
                               "utilisation, a line for each of %d offers.",
                               t->n_offers),
        .categories = range_down(w->sheet, LABEL_COLUMN, t->curve, last),
        .lines = lines,
        .n_lines = (size_t)t->n_offers,
        .row = last + 2,
        .width_pixels = 900,
        .height_pixels = (CHART_ROWS - 2) * 20,
        .label_every = 1,
    };
    sheet_line_chart(w->sheet, &chart);
}

static void write_curve(const struct workbook *w, const struct tables *t)
{
    sheet_label(w->sheet, t->curve - 2, 0, SHOW_TEXT | LOOK_HEADING, "Cost against utilisation");
    write_offer_names(w, t->curve - 1, "Share of hours in use", "Costs least", t->n_offers);
    for (int step = 0; step <= STEPS; step++)
        write_curve_row(w, t, step);
    write_chart(w, t);
}

/* ---- crossings ---- */

/* The share at which two lines cross, below 0 or above 1 where that never happens; false where they are
 * parallel. */
static bool crossing_of(const struct workbook *w, int a, int b, double *share)
{
    double slopes =
        sheet_value(w->sheet, ROW_RUNNING, OFFERS + b) - sheet_value(w->sheet, ROW_RUNNING, OFFERS + a);
    *share = 0;
    if (slopes == 0)
        return false;
    *share = (sheet_value(w->sheet, ROW_FIXED, OFFERS + a) - sheet_value(w->sheet, ROW_FIXED, OFFERS + b)) /
             slopes;
    return true;
}

/* A value of the offer of the row, whose number stands before it, from a row with a column for each. */
static const char *of_row(const struct workbook *w, const struct tables *t, int values, int row)
{
    return str_format(w->arena, "INDEX($%s:$%s,$%s)", name_column(values, OFFERS).text,
                      name_column(values, OFFERS + t->n_offers - 1).text, name_here(row, LABEL_COLUMN).text)
        .at;
}

static void write_crossing(const struct workbook *w, const struct tables *t, int row, int a, int b)
{
    double share;
    const char *running = of_row(w, t, ROW_RUNNING, row);
    struct cell_name running_b = name_column(ROW_RUNNING, OFFERS + b);
    const char *formula = str_format(w->arena, "=IF(%s=%s,\"none\",(%s-%s)/(%s-%s))", running, running_b.text,
                                     of_row(w, t, ROW_FIXED, row), name_column(ROW_FIXED, OFFERS + b).text,
                                     running_b.text, running)
                              .at;
    if (crossing_of(w, a, b, &share))
        sheet_formula(w->sheet, row, OFFERS + b, SHOW_PERCENT | LOOK_CELL, share, "%s", formula);
    else
        sheet_text_formula(w->sheet, row, OFFERS + b, SHOW_PERCENT | LOOK_CELL, "none", "%s", formula);
}

/* When the first costs less than the second. Lines that do not cross are compared at half the hours. */
static const char *when_cheaper(const struct workbook *w, int a, int b)
{
    double share, half_a = line_at(w, a, 0.5), half_b = line_at(w, b, 0.5);
    bool below = sheet_value(w->sheet, ROW_FIXED, OFFERS + a) < sheet_value(w->sheet, ROW_FIXED, OFFERS + b);
    if (crossing_of(w, a, b, &share) && share > 0 && share < 1)
        return below ? "below" : "above";
    return half_a == half_b ? "the same" : half_a < half_b ? "always" : "never";
}

static void write_when(const struct workbook *w, const struct tables *t, int row, int a, int b)
{
    int half = t->curve + STEPS / 2, column = OFFERS + b;
    struct cell_name share = name_here(t->crossings + a, column), half_b = name_column(half, column);
    const char *half_a = of_row(w, t, half, row);
    sheet_text_formula(
        w->sheet, row, column, SHOW_STATUS | LOOK_CELL, when_cheaper(w, a, b),
        "=IF(AND(ISNUMBER(%s),%s>0,%s<1),IF(%s<%s,\"below\",\"above\"),IF(%s=%s,\"the same\",IF(%s<%s,"
        "\"always\",\"never\")))",
        share.text, share.text, share.text, of_row(w, t, ROW_FIXED, row), name_column(ROW_FIXED, column).text,
        half_a, half_b.text, half_a, half_b.text);
}

static void write_pairs(const struct workbook *w, const struct tables *t, int first, const char *heading,
                        void (*write)(const struct workbook *w, const struct tables *t, int row, int a,
                                      int b))
{
    sheet_label(w->sheet, first - 2, 0, SHOW_TEXT | LOOK_HEADING, heading);
    write_offer_names(w, first - 1, "No.", "Offer", t->n_offers);
    for (int a = 0; a < t->n_offers; a++) {
        sheet_number(w->sheet, first + a, LABEL_COLUMN, SHOW_STATUS | LOOK_CELL, a + 1);
        sheet_text(w->sheet, first + a, CHEAPEST_COLUMN, SHOW_WRAP | LOOK_CELL, offer_id(w, a));
        for (int b = 0; b < t->n_offers; b++)
            if (a == b)
                sheet_blank(w->sheet, first + a, OFFERS + b, OFFERS + b, SHOW_STATUS | LOOK_CELL);
            else
                write(w, t, first + a, a, b);
    }
}

/* ---- the sheet ---- */

bool workbook_has_break_even(const struct workbook *w)
{
    return w->result->n_server_months > 0;
}

void workbook_write_break_even(struct workbook *w)
{
    struct tables t = tables_of(w);
    int last = OFFERS + t.n_offers - 1;
    struct str note = str_format(
        w->arena,
        "Prices of %.*s, a month of 730 hours, in %.*s; what is metered, and fees that do not depend on "
        "servers, are left out.",
        STR_ARGS(date_text(w->arena, month_at(w, 0)->day_seconds)), STR_ARGS(w->study->currency));
    workbook_start_sheet(w, w->sheet, "Break-even", note.at, (struct page){.repeat_row = -1});
    sheet_width(w->sheet, LABEL_COLUMN, LABEL_COLUMN, 24);
    sheet_width(w->sheet, CHEAPEST_COLUMN, CHEAPEST_COLUMN, 40);
    sheet_width(w->sheet, OFFERS, last > N_PART_COLUMNS - 1 ? last : N_PART_COLUMNS - 1, 17);
    workbook_write_decided(w, w->sheet, N_PART_COLUMNS - 1,
                           "Costs follow the prices; sizes decided by break-even do not: they");
    write_parts(w, &t);
    write_offers(w, &t);
    write_curve(w, &t);
    write_pairs(
        w, &t, t.crossings,
        "Break-even: the share of hours at which two offers cost the same (below 0% or above 100%: never)",
        write_crossing);
    write_pairs(
        w, &t, t.cheaper,
        "When the offer of the row costs less than that of the column: below or above their break-even",
        write_when);
}
