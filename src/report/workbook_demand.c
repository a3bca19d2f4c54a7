#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "report/workbook.h"
#include "unit/calendar.h"

enum demand_column {
    DEMAND_MONTH,
    DEMAND_HOURS,
    DEMAND_MEAN,
    DEMAND_PEAK,
    DEMAND_P95,
    DEMAND_SERVER_HOURS,
    N_DEMAND_COLUMNS
};

static const struct column demand_columns[N_DEMAND_COLUMNS] = {
    [DEMAND_MONTH] = {"Month", 11, true, false},
    [DEMAND_HOURS] = {"Hours of demand", 12, true, false},
    [DEMAND_MEAN] = {"Mean (servers)", 14, true, false},
    [DEMAND_PEAK] = {"Peak (servers)", 14, true, false},
    [DEMAND_P95] = {"95th percentile (servers)", 16, true, false},
    [DEMAND_SERVER_HOURS] = {"Need (server-hours)", 18, true, false},
};

enum { CHART_COLUMN = N_DEMAND_COLUMNS + 1, PEAK_COLOUR = 0x7FA8D1, MEAN_COLOUR = 0x004488 };

/* The steps [first, end) of demand. */
struct steps {
    int64_t first, end;
};

/* Those that begin within [from, to). */
static struct steps steps_within(const struct demand *demand, int64_t from, int64_t to)
{
    const int64_t bounds[] = {from, to};
    int64_t found[2] = {0, 0};
    for (int i = 0; i < 2 && demand->step_seconds > 0; i++) {
        int64_t after = bounds[i] - demand->start_seconds;
        int64_t step = after <= 0 ? 0 : (after + demand->step_seconds - 1) / demand->step_seconds;
        found[i] = step < demand->n_steps ? step : demand->n_steps;
    }
    return (struct steps){found[0], found[1]};
}

static int compare_servers(const void *a, const void *b)
{
    const int32_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

/* The nearest-rank percentile: the least need that 95 of 100 steps do not exceed. */
static int32_t percentile_95(struct arena *arena, const struct demand *demand, struct steps steps)
{
    size_t n = (size_t)(steps.end - steps.first);
    if (n == 0)
        return 0;
    int32_t *sorted = ARENA_NEW(arena, int32_t, n);
    memcpy(sorted, demand->servers + steps.first, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, compare_servers);
    return sorted[(n * 95 + 99) / 100 - 1];
}

static double hours_of(const struct demand *demand, struct steps steps)
{
    return (double)((steps.end - steps.first) * demand->step_seconds) / HOUR_SECONDS;
}

static double server_hours_of(const struct demand *demand, struct steps steps)
{
    double sum = 0;
    for (int64_t t = steps.first; t < steps.end; t++)
        sum += demand->servers[t];
    return sum * (double)demand->step_seconds / HOUR_SECONDS;
}

static int32_t peak_of(const struct demand *demand, struct steps steps)
{
    int32_t peak = 0;
    for (int64_t t = steps.first; t < steps.end; t++)
        peak = demand->servers[t] > peak ? demand->servers[t] : peak;
    return peak;
}

static void write_month(const struct workbook *w, int row, const struct month *month)
{
    const struct demand *demand = &w->result->demand;
    struct steps steps = steps_within(demand, month->start_seconds, month->end_seconds);
    double hours = hours_of(demand, steps), server_hours = server_hours_of(demand, steps);
    sheet_time(w->sheet, row, DEMAND_MONTH, SHOW_MONTH | LOOK_SIMULATED, month->calendar_start);
    sheet_number(w->sheet, row, DEMAND_HOURS, SHOW_COUNT | LOOK_SIMULATED, hours);
    sheet_number(w->sheet, row, DEMAND_MEAN, SHOW_QUANTITY | LOOK_SIMULATED,
                 hours > 0 ? server_hours / hours : 0);
    sheet_number(w->sheet, row, DEMAND_PEAK, SHOW_COUNT | LOOK_SIMULATED, peak_of(demand, steps));
    sheet_number(w->sheet, row, DEMAND_P95, SHOW_COUNT | LOOK_SIMULATED,
                 percentile_95(w->arena, demand, steps));
    sheet_number(w->sheet, row, DEMAND_SERVER_HOURS, SHOW_COUNT | LOOK_SIMULATED, server_hours);
}

static void write_sum(const struct workbook *w, int row, int column, int first, int last)
{
    struct range months = range_down(w->sheet, column, first, last);
    sheet_formula(w->sheet, row, column, SHOW_COUNT | LOOK_TOTAL, range_sum(months), "=SUM(%s:%s)",
                  name_here(first, column).text, name_here(last, column).text);
}

static void write_total(const struct workbook *w, int row, int first)
{
    const struct demand *demand = &w->result->demand;
    int last = row - 1;
    struct range peaks = range_down(w->sheet, DEMAND_PEAK, first, last);
    sheet_label(w->sheet, row, DEMAND_MONTH, SHOW_TEXT | LOOK_TOTAL, "in all");
    write_sum(w, row, DEMAND_HOURS, first, last);
    write_sum(w, row, DEMAND_SERVER_HOURS, first, last);
    double hours = sheet_value(w->sheet, row, DEMAND_HOURS);
    double server_hours = sheet_value(w->sheet, row, DEMAND_SERVER_HOURS);
    sheet_formula(w->sheet, row, DEMAND_MEAN, SHOW_QUANTITY | LOOK_TOTAL,
                  hours > 0 ? server_hours / hours : 0, "=IF(%s>0,%s/%s,0)",
                  name_here(row, DEMAND_HOURS).text, name_here(row, DEMAND_SERVER_HOURS).text,
                  name_here(row, DEMAND_HOURS).text);
    sheet_formula(w->sheet, row, DEMAND_PEAK, SHOW_COUNT | LOOK_TOTAL, range_most(peaks), "=MAX(%s:%s)",
                  name_here(first, DEMAND_PEAK).text, name_here(last, DEMAND_PEAK).text);
    sheet_number(w->sheet, row, DEMAND_P95, SHOW_COUNT | LOOK_TOTAL,
                 percentile_95(w->arena, demand, (struct steps){0, demand->n_steps}));
}

static void write_chart(const struct workbook *w, int first, int last)
{
    int n_months = last - first + 1;
    const struct sheet_line areas[] = {
        {.name = range_cell(w->sheet, TABLE_ROW, DEMAND_PEAK),
         .values = range_down(w->sheet, DEMAND_PEAK, first, last),
         .colour = PEAK_COLOUR},
        {.name = range_cell(w->sheet, TABLE_ROW, DEMAND_MEAN),
         .values = range_down(w->sheet, DEMAND_MEAN, first, last),
         .colour = MEAN_COLOUR},
    };
    struct sheet_chart chart = {
        .kind = SHEET_AREAS,
        .title = "Need by month: peak and mean",
        .value_title = "reference servers",
        .value_format = "#,##0",
        .category_format = "yyyy-mm",
        .alt_text = str_format(w->arena,
                               "Area chart of the need for servers in each of %d months: its peak, and in "
                               "front of it its mean.",
                               n_months),
        .categories = range_down(w->sheet, DEMAND_MONTH, first, last),
        .lines = areas,
        .n_lines = sizeof areas / sizeof *areas,
        .row = TABLE_ROW,
        .column = CHART_COLUMN,
        .width_pixels = 640,
        .height_pixels = 400,
        .label_every = (n_months + 11) / 12,
    };
    sheet_line_chart(w->sheet, &chart);
}

void workbook_write_demand(struct workbook *w)
{
    /* below a band, as in the first block of Monthly: the same row is the same month */
    int n_months = w->result->timeline.n_months, first = FIRST_ROW + 1, row = first;
    workbook_start_sheet(
        w, w->sheet, "Demand",
        "What is wanted, in reference servers at target utilisation, bursts and growth included. Simulated: "
        "rerun rackrate to change it.",
        (struct page){.repeat_row = TABLE_ROW, .freeze_row = FIRST_ROW, .freeze_column = 1});
    sheet_header(w->sheet, TABLE_ROW, demand_columns, N_DEMAND_COLUMNS, w->study->currency);
    sheet_text(w->sheet, FIRST_ROW, 0, SHOW_TEXT | LOOK_BAND, w->study->workload.name);
    sheet_blank(w->sheet, FIRST_ROW, 1, N_DEMAND_COLUMNS - 1, SHOW_TEXT | LOOK_BAND);
    if (n_months == 0)
        return;
    for (int m = 0; m < n_months; m++)
        write_month(w, row++, &w->result->timeline.months[m]);
    write_total(w, row, first);
    write_chart(w, first, row - 1);
}
