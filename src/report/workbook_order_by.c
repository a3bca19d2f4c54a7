#include "base/arena.h"
#include "report/workbook.h"
#include "unit/calendar.h"

/* Digits of a slack in days: no number of seconds lies in the middle between two of them. */
enum { SLACK_PLACES = 7 };

enum order_by_column {
    BY_STRATEGY,
    BY_REASON,
    BY_OFFER,
    BY_SERVERS,
    BY_NEEDED,
    BY_LEAD,
    BY_LEAD_P90,
    BY_DATE,
    BY_DATE_P90,
    BY_DECIDED,
    BY_SLACK,
    BY_SLACK_P90,
    BY_RESULT,
    BY_RESULT_P90,
    N_BY_COLUMNS
};

static const struct column order_by_columns[N_BY_COLUMNS] = {
    [BY_STRATEGY] = {"Burst, or strategy", 32, true, false},
    [BY_REASON] = {"For", 10, true, false},
    [BY_OFFER] = {"Offer", 34, true, false},
    [BY_SERVERS] = {"Servers", 10, true, false},
    [BY_NEEDED] = {"Needed", 12, true, false},
    [BY_LEAD] = {"Lead time, base case (h)", 12, true, false},
    [BY_LEAD_P90] = {"Lead time, p90 (h)", 12, true, false},
    [BY_DATE] = {"Order by", 12, false, false},
    [BY_DATE_P90] = {"Order by, with p90", 12, false, false},
    [BY_DECIDED] = {"Ordered, or first possible", 12, true, false},
    [BY_SLACK] = {"Slack (days)", 12, false, false},
    [BY_SLACK_P90] = {"Slack, with p90 (days)", 12, false, false},
    [BY_RESULT] = {"Base case", 11, false, false},
    [BY_RESULT_P90] = {"With p90", 11, false, false},
};

static double rounded(int64_t seconds)
{
    const double scale = 1e7;
    double scaled = (double)(seconds < 0 ? -seconds : seconds) / DAY_SECONDS * scale;
    double value = (double)(int64_t)(scaled + 0.5) / scale;
    return seconds < 0 ? -value : value;
}

/* An order-by date and its slack, from the lead time in `lead`. */
static void write_date(struct sheet *sheet, int row, int lead, const struct order_by *line, int64_t by)
{
    int date = BY_DATE + lead - BY_LEAD, slack = BY_SLACK + lead - BY_LEAD;
    double hours = (double)(line->need_seconds - by) / HOUR_SECONDS;
    sheet_number(sheet, row, lead, SHOW_QUANTITY | LOOK_SIMULATED, hours);
    sheet_formula(sheet, row, date, SHOW_DATE | LOOK_CELL, sheet_value(sheet, row, BY_NEEDED) - hours / 24,
                  "=%s-%s/24", name_here(row, BY_NEEDED).text, name_here(row, lead).text);
    sheet_formula(sheet, row, slack, SHOW_QUANTITY | LOOK_CELL, rounded(by - line->decided_seconds),
                  "=ROUND(%s-%s,%d)", name_here(row, date).text, name_here(row, BY_DECIDED).text,
                  SLACK_PLACES);
}

static void write_unknown(struct sheet *sheet, int row, const char *word)
{
    sheet_blank(sheet, row, BY_LEAD, BY_DATE_P90, SHOW_STATUS | LOOK_CELL);
    sheet_blank(sheet, row, BY_SLACK, BY_SLACK_P90, SHOW_STATUS | LOOK_CELL);
    sheet_label(sheet, row, BY_RESULT, SHOW_STATUS | LOOK_CELL, word);
    sheet_label(sheet, row, BY_RESULT_P90, SHOW_STATUS | LOOK_CELL, word);
}

static void write_result(struct sheet *sheet, int row, int result, int64_t by, int64_t decided)
{
    sheet_text_formula(sheet, row, result, SHOW_STATUS | LOOK_CELL, by < decided ? "too late" : "in time",
                       "=IF(%s<0,\"too late\",\"in time\")",
                       name_here(row, BY_SLACK + result - BY_RESULT).text);
}

static void write_line(const struct workbook *w, int row, const struct order_by *line)
{
    struct sheet *sheet = w->sheet;
    sheet_text(sheet, row, BY_STRATEGY, SHOW_TEXT | LOOK_CELL,
               line->strategy != NULL ? line->strategy->name : line->burst->name);
    sheet_label(sheet, row, BY_REASON, SHOW_TEXT | LOOK_CELL,
                line->order != NULL ? order_reason_names[line->order->reason] : "burst");
    sheet_text(sheet, row, BY_OFFER, SHOW_TEXT | LOOK_CELL, w->study->offers[line->offer].id);
    sheet_number(sheet, row, BY_SERVERS, SHOW_COUNT | LOOK_SIMULATED, (double)line->servers);
    sheet_time(sheet, row, BY_DECIDED, SHOW_DATE | LOOK_SIMULATED, line->decided_seconds);
    if (line->has_need)
        sheet_time(sheet, row, BY_NEEDED, SHOW_DATE | LOOK_SIMULATED, line->need_seconds);
    else
        sheet_blank(sheet, row, BY_NEEDED, BY_NEEDED, SHOW_TEXT | LOOK_SIMULATED);
    if (!line->has_need || !line->possible) {
        write_unknown(sheet, row, line->has_need ? "never" : "not said");
        return;
    }
    write_date(sheet, row, BY_LEAD, line, line->by_seconds);
    write_date(sheet, row, BY_LEAD_P90, line, line->by_p90_seconds);
    write_result(sheet, row, BY_RESULT, line->by_seconds, line->decided_seconds);
    write_result(sheet, row, BY_RESULT_P90, line->by_p90_seconds, line->decided_seconds);
}

void workbook_write_order_by(struct workbook *w)
{
    int row = FIRST_ROW;
    workbook_start_sheet(
        w, w->sheet, "Order by",
        "Latest date of an order whose last server comes in time. Bursts: by each offer alone, all in "
        "service "
        "when it begins; slack counts from the first day of orders. Then orders of the plans, renewals "
        "left out. Plans order by the base case; with p90 nine of ten deliveries come no later.",
        (struct page){.repeat_row = TABLE_ROW, .freeze_row = FIRST_ROW});
    sheet_pack(w->sheet, FIRST_ROW);
    sheet_header(w->sheet, TABLE_ROW, order_by_columns, N_BY_COLUMNS, w->study->currency);
    for (size_t i = 0; i < w->result->n_order_by; i++)
        write_line(w, row++, &w->result->order_by[i]);
    if (row == FIRST_ROW)
        sheet_label(w->sheet, row, 0, SHOW_TEXT | LOOK_NOTE, "Nothing has to be ordered ahead.");
    sheet_colour_words((struct range){w->sheet, FIRST_ROW, BY_RESULT, row, BY_RESULT_P90});
    if (row > FIRST_ROW)
        sheet_filter((struct range){w->sheet, TABLE_ROW, BY_STRATEGY, row - 1, N_BY_COLUMNS - 1});
}
