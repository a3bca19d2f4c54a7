#include "base/arena.h"
#include "base/diagnostic.h"
#include "report/prices_arithmetic.h"
#include "report/prices_text.h"

/* Where a finding stands, what it says and what may help. */
struct message {
    struct place place;
    struct str text;
    const char *hint;
};

struct teller {
    struct arena *arena;
    const struct price_tables *tables;
};

/* `hourly` of `a.reserved` */
static struct str series(const struct teller *t, const struct finding *f)
{
    return str_format(t->arena, "`%.*s` of `%.*s`", STR_ARGS(component_text(t->arena, t->tables, f->row)),
                      STR_ARGS(f->offer->id));
}

static struct str date(const struct teller *t, int64_t day)
{
    return date_text(t->arena, day);
}

static struct str number(const struct teller *t, struct fraction f)
{
    return fraction_short(t->arena, f, RATE_PLACES);
}

static struct message gap(const struct teller *t, const struct finding *f)
{
    return (struct message){f->row->place,
                            str_format(t->arena, "%.*s has no price from %.*s to %.*s, where line %d begins",
                                       STR_ARGS(series(t, f)), STR_ARGS(date(t, f->row->effective_to)),
                                       STR_ARGS(date(t, f->other_row->effective_from)),
                                       f->other_row->place.line),
                            "in a study the price that has ended holds, and is remarked upon"};
}

static struct message old(const struct teller *t, const struct finding *f)
{
    return (struct message){
        f->row->place,
        str_format(
            t->arena, "the newest price of %.*s is of %.*s, more than 12 months before %.*s, the newest here",
            STR_ARGS(series(t, f)), STR_ARGS(date(t, f->row->effective_from)), STR_ARGS(date(t, f->day))),
        NULL};
}

static struct message jump(const struct teller *t, const struct finding *f)
{
    bool up = decimal_compare(f->row->price, f->other_row->price) < 0;
    const struct decimal *large = up ? &f->other_row->price : &f->row->price;
    const struct decimal *small = up ? &f->row->price : &f->other_row->price;
    struct fraction times = fraction_divide(fraction_of_decimal(*large), fraction_of_decimal(*small));
    return (struct message){
        f->other_row->place,
        str_format(t->arena, "%.*s %s from %.*s to %.*s: %.*s / %.*s = %.*s times", STR_ARGS(series(t, f)),
                   up ? "goes up" : "falls", STR_ARGS(price_text(t->arena, f->row->price)),
                   STR_ARGS(price_text(t->arena, f->other_row->price)),
                   STR_ARGS(price_text(t->arena, *large)), STR_ARGS(price_text(t->arena, *small)),
                   STR_ARGS(fraction_short(t->arena, times, 1))),
        "is the decimal point in its place?"};
}

/* What is paid used or not, in full: "167 upfront + 0.01 hourly x 8,760 h = 87.6". */
static struct str fixed_sum(const struct teller *t, const struct price_rates *rates)
{
    struct str text = {0};
    for (size_t i = 0; i < rates->n_parts; i++)
        if (rates->parts[i].rule != PART_RUNNING)
            text = str_format(t->arena, "%.*s%s%.*s", STR_ARGS(text), text.length == 0 ? "" : "; + ",
                              STR_ARGS(part_cost(t->arena, t->tables, rates, &rates->parts[i])));
    return text;
}

/* The division where there is one, otherwise what an hour of use costs. */
static struct str never_arithmetic(const struct teller *t, const struct break_even *b)
{
    struct str fixed = number(t, b->commitment.fixed), own = number(t, b->commitment.running);
    struct str other = number(t, b->against.running);
    if (!b->has_hours)
        return str_format(t->arena, "an hour of use costs %.*s, and %.*s with the other", STR_ARGS(own),
                          STR_ARGS(other));
    return str_format(t->arena, "%.*s / (%.*s - %.*s) = %.*s h", STR_ARGS(fixed), STR_ARGS(other),
                      STR_ARGS(own), STR_ARGS(fraction_text(t->arena, b->hours, 2)));
}

static struct message never(const struct teller *t, const struct finding *f)
{
    const struct break_even *b = f->break_even;
    struct str after = STR("pays back");
    if (b->has_hours)
        after = str_format(t->arena, "pays back after %.*s h of %.*s",
                           STR_ARGS(fraction_text(t->arena, b->hours, 0)),
                           STR_ARGS(number(t, b->commitment.hours)));
    return (struct message){f->row->place,
                            str_format(t->arena, "on %.*s `%.*s` %.*s: never, against `%.*s`; %.*s; %.*s",
                                       STR_ARGS(date(t, f->day)), STR_ARGS(f->offer->id), STR_ARGS(after),
                                       STR_ARGS(b->against.offer->id), STR_ARGS(fixed_sum(t, &b->commitment)),
                                       STR_ARGS(never_arithmetic(t, b))),
                            NULL};
}

static struct message dearer(const struct teller *t, const struct finding *f)
{
    const struct price_rates *longer = &f->rates[0], *shorter = &f->rates[1];
    return (struct message){
        f->row->place,
        str_format(t->arena,
                   "on %.*s `%.*s` is dearer than `%.*s`, whose term is shorter: %.*s; against %.*s",
                   STR_ARGS(date(t, f->day)), STR_ARGS(f->offer->id), STR_ARGS(shorter->offer->id),
                   STR_ARGS(rates_line(t->arena, t->tables, longer)),
                   STR_ARGS(rates_line(t->arena, t->tables, shorter))),
        NULL};
}

static struct message unknown(const struct teller *t, const struct finding *f)
{
    size_t n = 0;
    struct str *ids = ARENA_NEW(t->arena, struct str, t->tables->n_offers);
    for (size_t i = 0; i < t->tables->n_offers; i++)
        if (t->tables->offers[i].kind == OFFER_ON_DEMAND)
            ids[n++] = t->tables->offers[i].id;
    struct str nearest = str_nearest(f->offer->discounts_name, ids, n);
    return (struct message){
        f->offer->place,
        str_format(t->arena, "`%.*s` discounts `%.*s`, which is in none of these tables",
                   STR_ARGS(f->offer->id), STR_ARGS(f->offer->discounts_name)),
        nearest.length == 0 ? NULL : str_format(t->arena, "did you mean `%.*s`?", STR_ARGS(nearest)).at};
}

void prices_tell_findings(struct arena *arena, const struct price_tables *tables,
                          const struct finding_list *findings, struct diagnostics *diagnostics)
{
    static struct message (*const messages[N_FINDING_KINDS])(const struct teller *,
                                                             const struct finding *) = {
        [FINDING_GAP] = gap,
        [FINDING_OLD] = old,
        [FINDING_JUMP] = jump,
        [FINDING_NEVER_PAYS_BACK] = never,
        [FINDING_LONGER_DEARER] = dearer,
        [FINDING_UNKNOWN_OFFER] = unknown,
    };
    const struct teller t = {arena, tables};
    for (size_t i = 0; i < findings->n_items; i++) {
        struct message m = messages[findings->items[i].kind](&t, &findings->items[i]);
        diagnose_warning(diagnostics, m.place, m.hint, "%.*s", STR_ARGS(m.text));
    }
}
