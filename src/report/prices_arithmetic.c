#include "report/prices_arithmetic.h"

#include "base/arena.h"
#include "report/text_table.h"

enum { LONGEST_COMPONENT = 60 };

struct str price_text(struct arena *arena, struct decimal price)
{
    return decimal_with_commas(arena, decimal_text(arena, price));
}

struct str component_text(struct arena *arena, const struct price_tables *tables, const struct price_row *row)
{
    return text_shown(arena, tables->components[row->component], LONGEST_COMPONENT);
}

struct str part_price(struct arena *arena, const struct price_tables *tables, const struct price_row *row)
{
    return str_format(arena, "%.*s %.*s", STR_ARGS(price_text(arena, row->price)),
                      STR_ARGS(component_text(arena, tables, row)));
}

static struct str hours_text(struct arena *arena, struct fraction hours)
{
    return str_format(arena, "%.*s h", STR_ARGS(fraction_short(arena, hours, 2)));
}

/* What a price is divided by to be a rate of an hour; empty where it is one. */
static struct str divisor(struct arena *arena, const struct price_rates *rates, const struct price_part *part)
{
    if (part->rule == PART_START || part->rule == PART_START_SHARED)
        return str_format(arena, " / %.*s", STR_ARGS(hours_text(arena, rates->own_hours)));
    if (part->rule == PART_MONTHS || part->rule == PART_MONTH_HOURS)
        return str_format(arena, " / %d h", MONTH_HOURS);
    return STR("");
}

/* One price as a rate of an hour, added to the sum of those before it. */
static struct str rate_step(struct arena *arena, const struct price_tables *tables,
                            const struct price_rates *rates, size_t i, struct fraction sum)
{
    const struct price_part *part = &rates->parts[i];
    struct str by = divisor(arena, rates, part);
    struct str shown = fraction_short(arena, part->hourly, RATE_PLACES);
    struct str price = part_price(arena, tables, part->row), own = STR("");
    if (i == 0 && by.length == 0 && rates->n_parts > 1)
        return price;
    if (i > 0 && by.length > 0)
        own = str_format(arena, " (= %.*s)", STR_ARGS(shown));
    return str_format(arena, "%s%.*s%.*s%.*s = %.*s", i > 0 ? "; + " : "", STR_ARGS(price), STR_ARGS(by),
                      STR_ARGS(own), STR_ARGS(fraction_short(arena, sum, RATE_PLACES)));
}

static bool runs_on_top(const struct price_rates *rates)
{
    return rates->n_parts > 0 && rates->parts[rates->n_parts - 1].rule == PART_RUNNING;
}

struct str rates_line(struct arena *arena, const struct price_tables *tables, const struct price_rates *rates)
{
    struct str text = {0};
    struct fraction sum = fraction_of(0, 1);
    if (rates->state != RATES_GOOD)
        return str_format(arena, "no effective rate: %.*s", STR_ARGS(rates_problem(arena, tables, rates)));
    for (size_t i = 0; i < rates->n_parts; i++) {
        sum = fraction_add(sum, rates->parts[i].hourly);
        text =
            str_format(arena, "%.*s%.*s", STR_ARGS(text), STR_ARGS(rate_step(arena, tables, rates, i, sum)));
    }
    struct fraction month = fraction_multiply(rates->hourly, fraction_of(MONTH_HOURS, 1));
    return str_format(arena, "%.*s an hour%s; x %d = %.*s a month", STR_ARGS(text),
                      runs_on_top(rates) ? " when running all the time" : "", MONTH_HOURS,
                      STR_ARGS(fraction_text(arena, month, MONTHLY_PLACES)));
}

struct str part_cost(struct arena *arena, const struct price_tables *tables, const struct price_rates *rates,
                     const struct price_part *part)
{
    struct str price = part_price(arena, tables, part->row);
    struct str hours = hours_text(arena, rates->hours), by = STR("");
    if (part->rule == PART_START)
        return price;
    if (part->rule == PART_HOURS)
        by = str_format(arena, " x %.*s", STR_ARGS(hours));
    if (part->rule == PART_START_SHARED)
        by = str_format(arena, " x %.*s / %.*s", STR_ARGS(hours),
                        STR_ARGS(hours_text(arena, rates->own_hours)));
    if (part->rule == PART_MONTH_HOURS)
        by = str_format(arena, " / %d h x %.*s", MONTH_HOURS, STR_ARGS(hours));
    if (part->rule == PART_MONTHS)
        by = str_format(arena, " x %d mo", rates->over.months);
    return str_format(arena, "%.*s%.*s = %.*s", STR_ARGS(price), STR_ARGS(by),
                      STR_ARGS(fraction_short(arena, part->cost, RATE_PLACES)));
}

struct str term_line(struct arena *arena, const struct price_rates *rates)
{
    struct str name = term_text(arena, rates->over), hours = hours_text(arena, rates->hours);
    if (term_is_none(rates->over))
        return STR("");
    if (rates->over.months == 0)
        return str_format(arena, "%.*s = %.*s", STR_ARGS(name), STR_ARGS(hours));
    struct fraction days = fraction_divide(rates->hours, fraction_of(DAY_SECONDS / HOUR_SECONDS, 1));
    return str_format(arena, "%.*s from %.*s = %.*s d = %.*s", STR_ARGS(name),
                      STR_ARGS(date_text(arena, rates->from)), STR_ARGS(fraction_short(arena, days, 2)),
                      STR_ARGS(hours));
}

struct str ended_lines(struct arena *arena, const struct price_tables *tables,
                       const struct price_rates *rates)
{
    struct str text = {0};
    for (size_t i = 0; i < rates->n_parts; i++) {
        const struct price_row *row = rates->parts[i].row;
        if (rates->parts[i].has_ended)
            text = str_format(arena, "%.*s  `%.*s` ended on %.*s and holds, as nothing has replaced it\n",
                              STR_ARGS(text), STR_ARGS(component_text(arena, tables, row)),
                              STR_ARGS(date_text(arena, row->effective_to)));
    }
    return text;
}

struct str rates_problem(struct arena *arena, const struct price_tables *tables,
                         const struct price_rates *rates)
{
    static const char *const texts[N_RATES_STATES] = {
        [RATES_NO_PRICE] = "has no price yet",
        [RATES_NO_TERM] = "is paid at the start, and there is no term to spread it over",
        [RATES_NEED_STUDY] = "is counted by what only a study knows",
        [RATES_TWO_CURRENCIES] = "is in another currency than other prices of the offer",
        [RATES_TOO_LARGE] = "leads to numbers that do not fit",
    };
    const struct price_row *row = rates->culprit;
    return str_format(arena, "`%.*s`, charged %s per %s, %s", STR_ARGS(component_text(arena, tables, row)),
                      charged_names[row->charged], row->unit->name, texts[rates->state]);
}
