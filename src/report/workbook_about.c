#include "base/arena.h"
#include "report/scope.h"
#include "report/words.h"
#include "report/workbook.h"
#include "unit/calendar.h"

enum { LABEL, TEXT, ROWS };

/* ---- lines ---- */

static int write_line(const struct workbook *w, int row, const char *label, struct str text)
{
    sheet_label(w->about, row, LABEL, SHOW_WRAP | LOOK_CELL, label);
    sheet_text(w->about, row, TEXT, SHOW_WRAP | LOOK_CELL, text);
    return row + 1;
}

static int write_heading(const struct workbook *w, int row, const char *text)
{
    sheet_label(w->about, row + 1, LABEL, SHOW_TEXT | LOOK_HEADING, text);
    return row + 2;
}

/* ---- what is not counted ---- */

static struct str append(struct arena *arena, struct str list, struct str item)
{
    return str_format(arena, "%.*s%s%.*s", STR_ARGS(list), list.length == 0 ? "" : ", ", STR_ARGS(item));
}

/* The strategies that do not count a component, and how many do. */
static struct str strategies_without(const struct workbook *w, size_t component, size_t *n_counting)
{
    struct str names = STR("");
    *n_counting = 0;
    for (size_t s = 0; s < w->result->n_strategies; s++) {
        const struct strategy_result *strategy = &w->result->strategies[s];
        *n_counting += strategy->scope[component] != SCOPE_NOT_COUNTED;
        if (strategy->scope[component] == SCOPE_NOT_COUNTED)
            names = append(w->arena, names, strategy->strategy->name);
    }
    return names;
}

static int write_not_counted(const struct workbook *w, int row)
{
    row = write_heading(w, row, "What is not counted");
    row = write_line(w, row, "Priced nowhere", scope_priced_nowhere(w->arena, w->study));
    for (size_t c = 0; c < w->study->n_components; c++) {
        size_t n_counting;
        struct str without = strategies_without(w, c, &n_counting);
        if (without.length == 0)
            continue;
        const char *label = str_format(w->arena, "Component: %.*s", STR_ARGS(w->components[c])).at;
        row = write_line(w, row, label,
                         n_counting == 0 ? STR("counted by no strategy")
                                         : str_format(w->arena, "not counted in: %.*s", STR_ARGS(without)));
    }
    return row;
}

/* ---- the study and its inputs ---- */

/* From the oldest to the newest first day of the prices used. */
static struct str dates_of_prices(const struct workbook *w)
{
    int64_t oldest = INT64_MAX, newest = INT64_MIN;
    for (size_t i = 0; i < w->n_used_prices; i++) {
        int64_t day = w->used_prices[i].row->effective_from;
        oldest = day < oldest ? day : oldest;
        newest = day > newest ? day : newest;
    }
    if (newest == INT64_MIN || oldest == INT64_MIN)
        return STR("see the sheet Prices");
    return str_format(
        w->arena, "%zu prices, the oldest of %s, the newest of %s; each with its source on the sheet Prices",
        w->n_used_prices, date_text(w->arena, oldest).at, date_text(w->arena, newest).at);
}

static int write_study(const struct workbook *w, int row)
{
    const struct study *study = w->study;
    struct str options = w->report->options.length == 0 ? STR("none") : w->report->options;
    row = write_heading(w, row, "The study");
    row = write_line(w, row, "Title", study->title);
    row = write_line(w, row, "Horizon",
                     str_format(w->arena, "cash from %s, demand from %s, up to %s",
                                date_text(w->arena, study->decide_from_seconds).at,
                                date_text(w->arena, study->start_seconds).at,
                                date_text(w->arena, study->end_seconds).at));
    row = write_line(w, row, "Dates of prices", dates_of_prices(w));
    row = write_line(w, row, "At the end", str_of(at_end_meanings[study->at_end]));
    row = write_line(w, row, "rackrate", str_format(w->arena, "version %s", w->report->version));
    row = write_line(w, row, "Options of the run", options);
    return write_line(w, row, "Seed", str_format(w->arena, "%lld", (long long)study->seed));
}

static int write_files(const struct workbook *w, int row)
{
    row = write_heading(w, row, "Input files");
    sheet_label(w->about, row, LABEL, SHOW_WRAP | LOOK_HEADER, "File");
    sheet_label(w->about, row, TEXT, SHOW_WRAP | LOOK_HEADER, "SHA-256");
    sheet_label(w->about, row++, ROWS, SHOW_WRAP | LOOK_HEADER, "Rows");
    for (size_t i = 0; i < w->study->n_inputs; i++) {
        const struct input_file *file = &w->study->inputs[i];
        row = write_line(w, row, str_zero_terminated(w->arena, file->path), file->sha256);
        sheet_number(w->about, row - 1, ROWS, SHOW_COUNT | LOOK_CELL, (double)file->n_rows);
    }
    return row;
}

/* ---- how to read it ---- */

static int write_key(const struct workbook *w, int row)
{
    static const struct {
        int style;
        const char *look, *meaning;
    } key[] = {
        {SHOW_TEXT | LOOK_INPUT, "blue on cream", "an input: change it and every total follows"},
        {SHOW_TEXT | LOOK_CELL, "white", "a formula, or text of the study"},
        {SHOW_WRAP | LOOK_HEADER_SIMULATED, "grey header", "simulated: rerun rackrate to change"},
        {SHOW_TEXT | LOOK_AT_RUN, "grey cell", "a value of the run, kept to compare with"},
    };
    row = write_heading(w, row, "How to read it");
    row = write_line(
        w, row, "Money",
        str_format(w->arena,
                   "%.*s. Cost is positive, credit negative and red; the horizon value is a credit where "
                   "positive. A dash is zero.",
                   STR_ARGS(w->study->currency)));
    row =
        write_line(w, row, "Units", STR("A server-hour is one reference server for an hour. Dates are UTC."));
    for (size_t i = 0; i < sizeof key / sizeof *key; i++, row++) {
        sheet_label(w->about, row, LABEL, key[i].style, key[i].look);
        sheet_label(w->about, row, TEXT, SHOW_WRAP | LOOK_CELL, key[i].meaning);
    }
    return row;
}

static int write_words(const struct workbook *w, int row)
{
    row = write_heading(w, row, "What the words mean");
    for (size_t i = 0; i < n_words; i++)
        row = write_line(w, row, words[i].word, str_of(words[i].meaning));
    return row;
}

static int write_links(const struct workbook *w, int row)
{
    row = write_heading(w, row, "Sheets");
    for (size_t i = 0; i < w->n_links; i++) {
        if (w->links[i].about == NULL)
            continue;
        sheet_link(w->about, row, LABEL, w->links[i].sheet);
        sheet_label(w->about, row++, TEXT, SHOW_WRAP | LOOK_CELL, w->links[i].about);
    }
    return row;
}

static int write_remarks(const struct workbook *w, int row)
{
    row = write_heading(w, row, "Remarks of the run");
    if (w->result->n_remarks == 0)
        return write_line(w, row, "", STR("none"));
    for (size_t i = 0; i < w->result->n_remarks; i++)
        row = write_line(w, row, str_format(w->arena, "%zu", i + 1).at, w->result->remarks[i].text);
    return row;
}

void workbook_write_about(struct workbook *w)
{
    workbook_start_sheet(
        w, w->about, "rackrate: cost and lead time of server capacity",
        "Compares contracts for server capacity on one workload. Quantities were simulated; prices, "
        "discounts, totals and ranks are live.",
        (struct page){.repeat_row = -1});
    sheet_width(w->about, LABEL, LABEL, 34);
    sheet_width(w->about, TEXT, TEXT, 96);
    sheet_width(w->about, ROWS, ROWS, 12);
    sheet_label(w->about, STATE_ROW, LABEL, SHOW_TEXT | LOOK_BARE, "Master check");
    workbook_write_state(w, w->about, STATE_ROW, TEXT);
    int row = write_line(w, STATE_ROW + 2, "As of the run", w->result->verdict);
    row = write_not_counted(w, row);
    row = write_remarks(w, row);
    row = write_links(w, row);
    row = write_key(w, row);
    row = write_words(w, row);
    row = write_study(w, row);
    write_files(w, row);
}
