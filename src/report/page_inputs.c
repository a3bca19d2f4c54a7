#include "base/arena.h"
#include "report/page.h"
#include "report/words.h"
#include "report/used_prices.h"

/* ---- prices ---- */

enum { N_PRICE_COLUMNS = 10, N_ASSUMPTION_COLUMNS = 6, N_INPUT_COLUMNS = 3, N_RUN_COLUMNS = 2 };

/* "GB", or "GB, from 10240" of a graduated price, or "server, in 36 payments" of a financed one. */
static struct str unit_text(const struct page *page, const struct price_row *price)
{
    struct str unit = str_of(price->unit->name);
    if (price->tier_from.digits != 0)
        unit = str_format(page->arena, "%.*s, from %.*s", STR_ARGS(unit),
                          STR_ARGS(decimal_text(page->arena, price->tier_from)));
    if (price->n_payments > 0)
        unit = str_format(page->arena, "%.*s, in %d payments", STR_ARGS(unit), price->n_payments);
    return unit;
}

static void fill_price(const struct page *page, const struct price_row *price, struct html_cell *cells)
{
    const struct offer *offer = &page->study->offers[price->offer];
    bool open = price->effective_to == INT64_MAX;
    cells[0] = page_name(offer->id);
    cells[1] = page_name(page->study->components[price->component]);
    cells[2] = page_text(str_of(charged_names[price->charged]));
    cells[3] = page_text(unit_text(page, price));
    cells[4] = page_number(decimal_text(page->arena, price->price));
    cells[5] = page_number(decimal_text(page->arena, price->book));
    cells[6] = page_text(price->currency);
    cells[7] = page_date(page, price->effective_from);
    cells[8] = open ? page_text(STR("replaced")) : page_date(page, price->effective_to);
    cells[9] = page_text(price->source);
}

void page_write_prices(const struct page *page)
{
    size_t n;
    const struct used_price *used = used_prices(page->arena, page->result, &n);
    const struct html_column columns[N_PRICE_COLUMNS] = {
        page_column("Offer"),    page_column("Component"),         page_column("Charged"),
        page_column("Per"),      page_amounts(page, "Price paid"), page_figures("List price", ""),
        page_column("Currency"), page_column("Valid from"),        page_column("Valid until"),
        page_column("Source")};
    struct html_cell *cells = ARENA_NEW(page->arena, struct html_cell, n * N_PRICE_COLUMNS);
    for (size_t i = 0; i < n; i++)
        fill_price(page, used[i].row, &cells[i * N_PRICE_COLUMNS]);
    html_markup(page->output, "<p>Every price that some charge uses, with where it was published.</p>\n");
    html_table(page->output, &(struct html_table){.caption = STR("Prices, their validity and source"),
                                                  .rows_are = "prices",
                                                  .columns = columns,
                                                  .n_columns = N_PRICE_COLUMNS,
                                                  .cells = cells,
                                                  .n_rows = n});
}

/* ---- assumptions ---- */

void page_write_assumptions(const struct page *page)
{
    size_t n = page->study->n_assumptions;
    const struct html_column columns[N_ASSUMPTION_COLUMNS] = {
        page_column("Assumption"), page_figures("Value", ""), page_column("Unit"),
        page_column("Allowed"),    page_column("From"),       page_column("Note")};
    struct html_cell *cells = ARENA_NEW(page->arena, struct html_cell, n * N_ASSUMPTION_COLUMNS);
    for (size_t i = 0; i < n; i++) {
        const struct assumption *a = &page->study->assumptions[i];
        struct decimal number;
        struct html_cell *row = &cells[i * N_ASSUMPTION_COLUMNS];
        row[0] = page_name(a->name);
        row[1] = decimal_parse(a->value, &number) ? page_number(a->value) : page_text(a->value);
        row[2] = page_text(a->unit);
        row[3] = page_text(a->allowed);
        row[4] = page_text(a->defaulted ? STR("default") : STR("study"));
        row[5] = page_text(a->note);
    }
    html_markup(page->output, "<p>Everything that the study said or left to a default.</p>\n");
    html_table(page->output, &(struct html_table){.caption = STR("Values of the study"),
                                                  .rows_are = "assumptions",
                                                  .columns = columns,
                                                  .n_columns = N_ASSUMPTION_COLUMNS,
                                                  .cells = cells,
                                                  .n_rows = n});
}

/* ---- words ---- */

void page_write_words(const struct page *page)
{
    const struct html_column columns[] = {page_column("Word"), page_column("Meaning")};
    struct html_cell *cells = ARENA_NEW(page->arena, struct html_cell, 2 * n_words);
    for (size_t i = 0; i < n_words; i++) {
        cells[2 * i] = page_text(str_of(words[i].word));
        cells[2 * i + 1] = page_text(str_of(words[i].meaning));
    }
    html_table(page->output, &(struct html_table){.caption = STR("Words of this report"),
                                                  .rows_are = "words",
                                                  .columns = columns,
                                                  .n_columns = 2,
                                                  .cells = cells,
                                                  .n_rows = n_words});
}

/* ---- remarks ---- */

void page_write_remarks(const struct page *page)
{
    size_t n = page->result->n_remarks;
    const struct html_column columns[] = {page_figures("No.", ""), page_column("Remark")};
    struct html_cell *cells = ARENA_NEW(page->arena, struct html_cell, 2 * n);
    if (n == 0) {
        html_markup(page->output, "<p>None.</p>\n");
        return;
    }
    for (size_t i = 0; i < n; i++) {
        cells[2 * i] = page_integer(page, (int64_t)i + 1);
        cells[2 * i + 1] = page_text(page->result->remarks[i].text);
    }
    html_table(page->output, &(struct html_table){.caption = STR("On prices, late orders and assumptions"),
                                                  .rows_are = "remarks",
                                                  .columns = columns,
                                                  .n_columns = 2,
                                                  .cells = cells,
                                                  .n_rows = n});
}

/* ---- inputs ---- */

void page_write_inputs(const struct page *page)
{
    size_t n = page->study->n_inputs;
    const struct html_column columns[N_INPUT_COLUMNS] = {page_column("File"), page_figures("Rows", ""),
                                                         page_column("SHA-256")};
    struct html_cell *cells = ARENA_NEW(page->arena, struct html_cell, n * N_INPUT_COLUMNS);
    for (size_t i = 0; i < n; i++) {
        const struct input_file *file = &page->study->inputs[i];
        struct html_cell *row = &cells[i * N_INPUT_COLUMNS];
        row[0] = page_name(file->path);
        row[1] = page_integer(page, file->n_rows);
        row[2] = (struct html_cell){HTML_CODE, file->sha256, 0};
    }
    html_table(page->output, &(struct html_table){.caption = STR("Files that were read"),
                                                  .rows_are = "files",
                                                  .columns = columns,
                                                  .n_columns = N_INPUT_COLUMNS,
                                                  .cells = cells,
                                                  .n_rows = n});
}

/* ---- the run ---- */

void page_write_run(const struct page *page)
{
    const struct study *study = page->study;
    bool discounts = study->has_discount_rate;
    struct str options = page->report->options;
    const struct {
        const char *what;
        struct html_cell value;
    } facts[] = {
        {"Program", page_text(str_format(page->arena, "rackrate %s", page->report->version))},
        {"Options", page_name(options.length > 0 ? options : STR("none"))},
        {"Study", page_name(study->name)},
        {"Seed of the draws", page_text(str_format(page->arena, "%lld", (long long)study->seed))},
        {"Currency", page_text(study->currency)},
        {"At the end", page_text(str_of(at_end_meanings[study->at_end]))},
        {"Discount rate a year, as a share",
         page_number(discounts ? decimal_text(page->arena, study->discount_rate) : STR("none"))},
    };
    enum { N_FACTS = sizeof facts / sizeof *facts };
    const struct html_column columns[N_RUN_COLUMNS] = {page_column("What"), page_column("Value")};
    struct html_cell cells[N_FACTS * N_RUN_COLUMNS];
    for (size_t i = 0; i < N_FACTS; i++) {
        cells[i * N_RUN_COLUMNS] = page_text(str_of(facts[i].what));
        cells[i * N_RUN_COLUMNS + 1] = facts[i].value;
    }
    html_table(page->output, &(struct html_table){.caption = STR("How this report was made"),
                                                  .rows_are = "rows",
                                                  .columns = columns,
                                                  .n_columns = N_RUN_COLUMNS,
                                                  .cells = cells,
                                                  .n_rows = N_FACTS});
}
