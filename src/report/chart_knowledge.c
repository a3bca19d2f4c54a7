#include <math.h>

#include "base/arena.h"
#include "report/chart.h"
#include "report/chart_axis.h"
#include "report/chart_facts.h"
#include "report/chart_style.h"
#include "report/chart_text.h"
#include "report/knowledge.h"

static const char name[] = "10_not_knowing";

enum { NAME_SIZE = 90, FIGURE_SIZE = 85, LONGEST_FAMILY = 60 };
#define LINE_HALF 0.32 /* of the height of a bar, in lines */

/* A line of the chart: the name of a family, or a member of it. */
struct line {
    const struct family *family;
    const struct chart_series *series; /* NULL: the name */
    size_t number;                     /* of the series, from 1 */
    double cost, unmet;                /* that end to end are the compared cost */
    struct str amount, remark;         /* beside the bar */
};

struct lines {
    struct line *items;
    size_t n_items, capacity;
    double low, high;
    bool prices_loss;
};

/* "  +40 %", and what is lost without a price. */
static struct str remark_of(const struct chart *chart, const struct family *family,
                            const struct strategy_result *member)
{
    money more;
    struct arena *arena = chart->arena;
    struct str lost = {0};
    double hours = (double)member->service.unmet_micro / (1e6 * HOUR_SECONDS);
    if (!chart->result->study->workload.has_unmet_cost && hours > 0)
        lost = str_format(arena, "%sloses %.*s server-hours", CHART_GAP,
                          STR_ARGS(chart_number(arena, hours, hours < 10 ? 1 : 0)));
    if (member == family->all || !family_more(chart->result, family, member, &more) ||
        family->all->compared <= 0)
        return lost;
    double share = 100 * (double)more / (double)family->all->compared;
    const char *sign = share < 0 ? "\xE2\x88\x92" : "+";
    return str_format(arena, "%s%s%.*f\xC2\xA0%%%.*s", CHART_GAP, sign, fabs(share) < 10 ? 1 : 0, fabs(share),
                      STR_ARGS(lost));
}

static struct line line_of(const struct chart *chart, const struct family *family, size_t series)
{
    const struct strategy_result *member = chart->series[series].result;
    money unmet = member->compared_unmet;
    return (struct line){.family = family,
                         .series = &chart->series[series],
                         .number = series + 1,
                         .cost = money_as_double(member->compared - unmet),
                         .unmet = money_as_double(unmet),
                         .amount =
                             chart_money(chart->arena, member->compared, chart->result->study->currency),
                         .remark = remark_of(chart, family, member)};
}

static struct lines lines_of(const struct chart *chart)
{
    struct family *families;
    struct lines lines = {.prices_loss = chart->result->study->workload.has_unmet_cost};
    size_t n = families_of(chart->arena, chart->result, &families);
    for (size_t f = 0; f < n; f++) {
        const struct family *family = &families[f];
        bool named = false;
        for (size_t i = 0; i < chart->n_series; i++) {
            const struct strategy_result *member = chart->series[i].result;
            if (member < family->members || member >= family->members + family->n_members)
                continue;
            if (!named)
                *ARENA_APPEND(chart->arena, &lines) = (struct line){.family = family};
            named = true;
            struct line line = line_of(chart, family, i);
            *ARENA_APPEND(chart->arena, &lines) = line;
            lines.low = fmin(lines.low, line.cost);
            lines.high = fmax(lines.high, line.cost + line.unmet);
        }
    }
    return lines;
}

static bool write_data(const struct chart *chart, const struct lines *lines)
{
    struct output output = chart_data(chart, name);
    output_format(&output, "line\tnumber\tcost\tcompared_cost\tstrategy\n");
    for (size_t i = 0; i < lines->n_items; i++) {
        const struct line *line = &lines->items[i];
        if (line->series == NULL)
            continue;
        struct str cell = chart_cell(chart->arena, line->series->result->strategy->name);
        output_format(&output, "%zu\t%zu\t%.2f\t%.2f\t%.*s\n", i + 1, line->number, line->cost,
                      line->cost + line->unmet, STR_ARGS(cell));
    }
    return output_close(&output);
}

static struct chart_heading heading_of(const struct chart *chart, const struct lines *lines,
                                       const struct chart_axis *axis)
{
    struct arena *arena = chart->arena;
    const struct study *study = chart->result->study;
    struct str horizon = chart_horizon(arena, study), currency = chart_clean(arena, study->currency);
    struct str origin = chart_origin(arena, chart->result, chart->version);
    struct str compared = chart_compared_cost(arena, study);
    const char *hatched = lines->prices_loss ? "; hatched: load that is lost" : "";
    return (struct chart_heading){
        families_finding(arena, chart->result),
        str_format(arena, "Compared cost over %.*s by what the buyer knows, %s%.*s%s", STR_ARGS(horizon),
                   axis->name, STR_ARGS(currency), hatched),
        str_format(arena, "%.*s Compared cost is %.*s. All follow the same rule for sizes.", STR_ARGS(origin),
                   STR_ARGS(compared))};
}

static struct chart_label figure_of(const struct line *line)
{
    return (struct chart_label){
        .size = FIGURE_SIZE, .colour = STR("C_INK"), .bold = line->amount, .plain = line->remark};
}

static struct chart_box lay_out(const struct lines *lines, struct chart_box room)
{
    double widest = 0;
    for (size_t i = 0; i < lines->n_items; i++) {
        struct chart_label label = figure_of(&lines->items[i]);
        widest = fmax(widest, chart_label_width(&label));
    }
    double names = chart_text_width(STR("knows nothing"), CHART_PLAIN, NAME_SIZE);
    return (struct chart_box){room.left + names + 26, room.bottom + 26, room.right - widest - 14, room.top};
}

static void write_line(struct output *output, const struct chart *chart, const struct lines *lines, size_t i,
                       struct chart_box box, const struct chart_axis *axis)
{
    const struct line *line = &lines->items[i];
    double y = box.top - (box.top - box.bottom) / (double)lines->n_items * ((double)i + 0.5);
    if (line->series == NULL) {
        struct str family = chart_name(chart->arena, line->family->name, LONGEST_FAMILY);
        chart_write_label(
            output, (struct chart_label){
                        .x = 10, .y = y - 3, .size = NAME_SIZE, .colour = STR("C_INK"), .bold = family});
        return;
    }
    static const char *const buyers[N_KNOWS] = {
        [KNOWS_ALL] = "knows all", [KNOWS_FORECAST] = "forecasts", [KNOWS_NOTHING] = "knows nothing"};
    chart_write_label(output,
                      (struct chart_label){.x = box.left - 10,
                                           .y = y,
                                           .align = CHART_RIGHT,
                                           .size = NAME_SIZE,
                                           .colour = str_format(chart->arena, "TXT[%zu]", line->number),
                                           .plain = str_of(buyers[line->series->result->strategy->knows])});
    struct chart_label figure = figure_of(line);
    double end = fmax(line->cost + line->unmet, fmax(line->cost, 0));
    figure.x = box.left + chart_axis_at(axis, end) * (box.right - box.left) + 8;
    figure.y = y;
    chart_write_label(output, figure);
}

static void write_plot(struct output *output)
{
    output_format(
        output,
        "plot '%s.tsv' using 3:1:(0):3:($1 - HALF):($1 + HALF):(COL[int($2)]) with boxxyerror fs solid 1 "
        "noborder lc rgb variable, \\\n"
        "  '' using ($4 > $3 ? $4 : NaN):1:3:4:($1 - HALF):($1 + HALF) with boxxyerror fs pattern 4 noborder "
        "lc rgb C_SHORT\n"
        "unset output\n",
        name);
}

bool chart_knowledge_is_wanted(const struct result *result)
{
    return has_families(result);
}

bool chart_knowledge(const struct chart *chart)
{
    struct lines lines = lines_of(chart);
    if (!write_data(chart, &lines))
        return false;
    struct chart_axis axis = chart_axis(lines.low, lines.high > lines.low ? lines.high : lines.low + 1, 5);
    struct output output = chart_script(chart, name);
    struct chart_box box =
        lay_out(&lines, chart_write_heading(&output, chart, heading_of(chart, &lines, &axis)));
    chart_write_frame(&output, box);
    chart_axis_write(&output, 'x', &axis, false);
    output_format(&output,
                  "set yrange [%zu.5:0.5]\nunset ytics; unset border\nset grid xtics noytics ls 100\n"
                  "HALF = %.2f # of a bar's height\n",
                  lines.n_items, LINE_HALF);
    for (size_t i = 0; i < lines.n_items; i++)
        write_line(&output, chart, &lines, i, box, &axis);
    write_plot(&output);
    return output_close(&output);
}
