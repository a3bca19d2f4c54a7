#include "prices.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/pattern.h"
#include "input/price_book.h"
#include "report/prices_arithmetic.h"
#include "report/prices_text.h"
#include "run/price_facts.h"
#include "run/price_findings.h"

static const char footer[] = "A month is 730 h. Figures are exact and rounded only where they are printed.\n";

struct prices {
    struct arena *arena;
    const struct arguments *arguments;
    struct price_tables tables;
    struct diagnostics diagnostics;
};

static bool read_file(struct prices *p, struct price_book *book, struct str path)
{
    struct str content;
    struct failure failure = {0};
    int64_t n_rows = 0;
    if (!file_read(p->arena, path, &content, &failure)) {
        p->diagnostics.unreadable = true;
        return diagnose_error(&p->diagnostics, (struct place){0}, NULL, "%.*s", STR_ARGS(failure.message));
    }
    bool good = price_book_add(book, p->arena, path, content, &p->diagnostics, &n_rows);
    p->tables.n_rows += n_rows;
    p->tables.n_files++;
    return good;
}

static bool read_tables(struct prices *p)
{
    const struct operands *files = &p->arguments->files;
    struct price_book book = {.without_study = true};
    bool good = true;
    for (size_t i = 0; i < files->n_items; i++)
        good &= read_file(p, &book, files->items[i]);
    good = good && price_book_finish(&book, p->arena, &p->diagnostics);
    p->tables.offers = book.items;
    p->tables.n_offers = book.n_items;
    p->tables.components = book.components;
    return good;
}

static bool print(const struct prices *p, struct str text)
{
    return p->arguments->quiet || cli_print(text);
}

/* ---- which offers ---- */

static const struct offer *find_offer(struct prices *p, struct str id)
{
    const struct price_tables *tables = &p->tables;
    struct str *ids = ARENA_NEW(p->arena, struct str, tables->n_offers + 1);
    for (size_t i = 0; i < tables->n_offers; i++) {
        ids[i] = tables->offers[i].id;
        if (str_equal(ids[i], id))
            return &tables->offers[i];
    }
    struct str nearest = str_nearest(id, ids, tables->n_offers);
    const char *hint = nearest.length == 0
                           ? "`rackrate prices list` names the offers of a price table"
                           : str_format(p->arena, "did you mean `%.*s`?", STR_ARGS(nearest)).at;
    diagnose_error(&p->diagnostics, (struct place){0}, hint, "no offer is called `%.*s`", STR_ARGS(id));
    return NULL;
}

/* /pattern/ into those of n offers that match, marked; false and a message where none does. */
static bool match_offers(struct prices *p, struct str text, bool *matches)
{
    struct str message;
    int offset;
    bool any = false, limit = false;
    struct pattern *pattern =
        pattern_compile(p->arena, (struct str){text.at + 1, text.length - 2}, &message, &offset);
    if (pattern == NULL)
        return diagnose_error(&p->diagnostics, (struct place){0}, NULL,
                              "bad pattern at character %d of `%.*s`: %.*s", offset + 1, STR_ARGS(text),
                              STR_ARGS(message));
    for (size_t i = 0; i < p->tables.n_offers; i++) {
        enum match match = pattern_match(pattern, p->tables.offers[i].id);
        limit |= match == MATCH_LIMIT;
        any |= matches[i] = match == MATCH_YES;
    }
    pattern_free(pattern);
    if (limit)
        return diagnose_error(&p->diagnostics, (struct place){0}, "write a simpler pattern",
                              "the pattern `%.*s` takes too long", STR_ARGS(text));
    return any || diagnose_error(&p->diagnostics, (struct place){0}, NULL, "no offer matches `%.*s`",
                                 STR_ARGS(text));
}

static bool select_offers(struct prices *p, struct str text, bool *selected)
{
    if (text.length > 1 && text.at[0] == '/' && text.at[text.length - 1] == '/')
        return match_offers(p, text, selected);
    const struct offer *offer = find_offer(p, text);
    if (offer != NULL)
        selected[offer - p->tables.offers] = true;
    return offer != NULL;
}

/* ---- what to do with them ---- */

static enum exit_status failed(const struct prices *p)
{
    cli_show(&p->diagnostics, p->arguments->color);
    return p->diagnostics.unreadable ? EXIT_MACHINE : EXIT_INVALID;
}

static enum exit_status list(struct prices *p)
{
    return print(p, prices_list_text(p->arena, &p->tables)) ? EXIT_DONE : EXIT_MACHINE;
}

static enum exit_status show(struct prices *p)
{
    bool *selected = ARENA_NEW(p->arena, bool, p->tables.n_offers + 1);
    if (!select_offers(p, p->arguments->offers.items[0], selected))
        return failed(p);
    for (size_t i = 0; i < p->tables.n_offers; i++) {
        struct price_rates *spans;
        if (!selected[i])
            continue;
        size_t n = price_spans(p->arena, &p->tables.offers[i], &spans);
        struct str text = prices_show_text(p->arena, &p->tables, spans, n);
        if (!print(p, str_format(p->arena, "%.*s\n", STR_ARGS(text))))
            return EXIT_MACHINE;
    }
    return print(p, STR(footer)) ? EXIT_DONE : EXIT_MACHINE;
}

static enum exit_status lint(struct prices *p)
{
    struct finding_list findings = {0};
    price_findings(p->arena, &p->tables, &findings);
    prices_tell_findings(p->arena, &p->tables, &findings, &p->diagnostics);
    cli_show(&p->diagnostics, p->arguments->color);
    if (!print(p, prices_lint_text(p->arena, &p->tables, findings.n_items)))
        return EXIT_MACHINE;
    return p->arguments->fail_on && findings.n_items > 0 ? EXIT_CONDITION : EXIT_DONE;
}

/* ---- compare ---- */

static bool check_day(struct prices *p, const struct offer *offer, int64_t day)
{
    int64_t first = price_first_day(offer);
    return day >= first || diagnose_error(&p->diagnostics, (struct place){0}, NULL,
                                          "on %.*s `%.*s` has no price yet: its first day is %.*s",
                                          STR_ARGS(date_text(p->arena, day)), STR_ARGS(offer->id),
                                          STR_ARGS(date_text(p->arena, first)));
}

static bool check_rates(struct prices *p, const struct price_rates *rates)
{
    return rates->state == RATES_GOOD ||
           diagnose_error(&p->diagnostics, rates->culprit->place, NULL, "`%.*s` has no rate: %.*s",
                          STR_ARGS(rates->offer->id), STR_ARGS(rates_problem(p->arena, &p->tables, rates)));
}

static bool check_pair(struct prices *p, const struct offer *commitment, const struct offer *against)
{
    if (commitment == against)
        return diagnose_error(&p->diagnostics, (struct place){0}, NULL,
                              "`%.*s` cannot be compared with itself", STR_ARGS(commitment->id));
    return !term_is_none(commitment->term) ||
           diagnose_error(&p->diagnostics, commitment->place,
                          term_is_none(against->term) ? NULL : "name the commitment first",
                          "`%.*s` has no term in which it could pay back", STR_ARGS(commitment->id));
}

static bool check_currency(struct prices *p, const struct price_rates *a, const struct price_rates *b)
{
    return str_equal(a->currency, b->currency) ||
           diagnose_error(&p->diagnostics, (struct place){0}, NULL,
                          "`%.*s` is priced in %.*s, `%.*s` in %.*s; exchange rates are not built yet",
                          STR_ARGS(a->offer->id), STR_ARGS(a->currency), STR_ARGS(b->offer->id),
                          STR_ARGS(b->currency));
}

static int64_t compared_day(const struct prices *p, const struct offer *a, const struct offer *b)
{
    int64_t first_a = price_first_day(a), first_b = price_first_day(b);
    if (p->arguments->has_at)
        return p->arguments->at_seconds;
    return first_a > first_b ? first_a : first_b;
}

static enum exit_status compare(struct prices *p)
{
    const struct offer *commitment = find_offer(p, p->arguments->offers.items[0]);
    const struct offer *against = find_offer(p, p->arguments->offers.items[1]);
    if (commitment == NULL || against == NULL || !check_pair(p, commitment, against))
        return failed(p);
    int64_t day = compared_day(p, commitment, against);
    bool good = check_day(p, commitment, day);
    good &= check_day(p, against, day);
    if (!good)
        return failed(p);
    struct break_even b = price_break_even(p->arena, commitment, against, day);
    good = check_rates(p, &b.commitment);
    good &= check_rates(p, &b.against);
    if (!good || !check_currency(p, &b.commitment, &b.against))
        return failed(p);
    struct str text = prices_compare_text(p->arena, &p->tables, &b);
    return print(p, text) && print(p, STR(footer)) ? EXIT_DONE : EXIT_MACHINE;
}

enum exit_status prices_run(struct arena *arena, const struct arguments *arguments)
{
    static enum exit_status (*const actions[N_PRICES_ACTIONS])(struct prices *) = {
        [PRICES_LIST] = list, [PRICES_SHOW] = show, [PRICES_LINT] = lint, [PRICES_COMPARE] = compare};
    struct prices p = {.arena = arena, .arguments = arguments, .diagnostics = {.arena = arena}};
    return read_tables(&p) ? actions[arguments->action](&p) : failed(&p);
}
