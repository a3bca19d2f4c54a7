#include "model/demand.h"

#include "base/arena.h"
#include "base/check.h"
#include "model/burst.h"
#include "model/study.h"
#include "unit/money.h"
#include "unit/root.h"

enum {
    MICRO = 1000000,
    NANO = 1000000000,
    YEAR_BLOCK_SECONDS = 364 * DAY_SECONDS,
    LARGEST_NEED = 2000000000
};

/* Servers at target utilisation = value in millionths x growth in billionths x numerator / denominator. */
struct ratio {
    int128 numerator, denominator;
};

static int128 greatest_divisor(int128 a, int128 b)
{
    while (b != 0) {
        int128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* r x numerator / denominator, in lowest terms; false where it does not fit. */
static bool scale(struct ratio *r, int128 numerator, int128 denominator)
{
    int128 across = greatest_divisor(r->numerator, denominator),
           along = greatest_divisor(numerator, r->denominator);
    return !__builtin_mul_overflow(r->numerator / across, numerator / along, &r->numerator) &&
           !__builtin_mul_overflow(r->denominator / along, denominator / across, &r->denominator);
}

static bool servers_per_value(const struct workload *w, struct ratio *r)
{
    *r = (struct ratio){1, (int128)MICRO * NANO};
    bool fits = true;
    if (w->measures != MEASURES_SERVERS)
        fits = scale(r, power_of_ten(w->per_server.scale), w->per_server.digits) &&
               scale(r, power_of_ten(w->target_utilisation.scale), w->target_utilisation.digits);
    if (w->measures == MEASURES_COUNT)
        fits = fits && scale(r, w->per_server_seconds, w->trace.step_seconds);
    return fits;
}

/* Growth compounds monthly from the start, in billionths. */
static int64_t *growth_by_month(struct arena *arena, const struct study *study, int n_months)
{
    int64_t *factors = ARENA_NEW(arena, int64_t, n_months);
    double yearly = 1 + decimal_as_double(study->workload.growth_yearly);
    double monthly = study->workload.growth_yearly.digits == 0 ? 1 : twelfth_root(yearly);
    double factor = 1;
    for (int i = 0; i < n_months; i++) {
        factors[i] = (int64_t)(factor * NANO + 0.5);
        factor *= monthly;
    }
    return factors;
}

/* Trace time = study time - shift, then wrapped into a block where the trace repeats. */
struct alignment {
    int64_t shift, block;
};

static int64_t floor_to(int64_t value, int64_t unit)
{
    int64_t rest = value % unit;
    return value - (rest < 0 ? rest + unit : rest);
}

static bool align_trace(const struct study *study, const struct workload *w, struct alignment *alignment,
                        struct diagnostics *diagnostics)
{
    int64_t length = w->trace.n_values * w->trace.step_seconds;
    int64_t distance = study->start_seconds - w->trace.first_seconds;
    int64_t unit = w->repeat == REPEAT_YEARLY ? YEAR_BLOCK_SECONDS : WEEK_SECONDS;
    alignment->shift = w->align == ALIGN_DATE      ? 0
                       : w->align == ALIGN_ELAPSED ? distance
                                                   : floor_to(distance, unit);
    alignment->block = w->repeat == REPEAT_NONE ? 0 : length / unit * unit;
    if (w->repeat != REPEAT_NONE && alignment->block == 0)
        return diagnose_error(diagnostics, w->place, "use a longer trace, or `repeat: weekly` or `none`",
                              "the trace is shorter than the %s it is to repeat",
                              w->repeat == REPEAT_YEARLY ? "364 days" : "week");
    int64_t first = w->trace.first_seconds + alignment->shift;
    if (w->repeat == REPEAT_NONE && (first > study->start_seconds || first + length < study->end_seconds)) {
        struct arena *arena = diagnostics->arena;
        struct str from = time_text(arena, first), to = time_text(arena, first + length);
        return diagnose_error(diagnostics, w->place,
                              "shorten the study, change `align:`, or add `repeat: yearly`",
                              "the trace covers %.*s to %.*s of the study, which runs from %.*s to %.*s",
                              STR_ARGS(from), STR_ARGS(to), STR_ARGS(date_text(arena, study->start_seconds)),
                              STR_ARGS(date_text(arena, study->end_seconds)));
    }
    return true;
}

/* The value of a step: sum of n rows (mean) or the largest row (n = 1). */
struct step_value {
    int128 micro;
    int64_t n;
};

static int64_t row_at(const struct workload *w, const struct alignment *alignment, int64_t seconds)
{
    int64_t offset = seconds - alignment->shift - w->trace.first_seconds;
    if (alignment->block > 0)
        offset -= floor_to(offset, alignment->block);
    return offset / w->trace.step_seconds;
}

static struct step_value value_of_step(const struct workload *w, const struct alignment *alignment,
                                       int64_t from, int64_t step)
{
    int64_t first = row_at(w, alignment, from);
    if (w->trace.step_seconds >= step)
        return (struct step_value){w->trace.values_micro[first], 1};
    struct step_value value = {w->trace.values_micro[first], 1};
    int64_t rows = (step + w->trace.step_seconds - 1) / w->trace.step_seconds;
    for (int64_t i = 1; i < rows; i++) {
        int64_t row = row_at(w, alignment, from + i * w->trace.step_seconds);
        int64_t micro = w->trace.values_micro[row];
        if (w->within_step_mean)
            value = (struct step_value){value.micro + micro, value.n + 1};
        else if (micro > value.micro)
            value.micro = micro;
    }
    return value;
}

/* load = servers at target in millionths, rounded to nearest; need = the same rounded up. */
static bool need_of(struct step_value value, int64_t growth, struct ratio ratio, int32_t *need, int64_t *load)
{
    int128 numerator, denominator;
    if (__builtin_mul_overflow(value.micro, (int128)growth, &numerator) ||
        __builtin_mul_overflow(numerator, ratio.numerator, &numerator) ||
        __builtin_mul_overflow(ratio.denominator, (int128)value.n, &denominator))
        return false;
    int128 whole = numerator / denominator, rest = numerator % denominator;
    if (whole >= LARGEST_NEED)
        return false;
    *need = (int32_t)(whole + (rest > 0));
    while (denominator > (int128)INT64_MAX) { /* only the millionths suffer */
        denominator /= 2;
        rest /= 2;
    }
    *load = (int64_t)whole * MICRO + (int64_t)((rest * MICRO + denominator / 2) / denominator);
    return true;
}

static bool add_burst(struct demand *d, const struct burst *b, int64_t at)
{
    int64_t length = burst_length(b);
    int64_t first = (at - d->start_seconds) / d->step_seconds - 1;
    int64_t last = (at + length - d->start_seconds) / d->step_seconds + 1;
    for (int64_t i = first < 0 ? 0 : first; i <= last && i < d->n_steps; i++) {
        int64_t from = d->start_seconds + i * d->step_seconds - at;
        int64_t added = burst_adds(b, from, from + d->step_seconds);
        if (added > LARGEST_NEED - d->servers[i])
            return false;
        d->servers[i] += (int32_t)added;
        d->load[i] += added * MICRO;
    }
    return true;
}

static bool add_bursts(struct demand *d, const struct study *study)
{
    bool fits = true;
    for (size_t i = 0; i < study->workload.n_bursts; i++) {
        const struct burst *b = &study->workload.bursts[i];
        int64_t at = b->at_seconds;
        for (int year = 1; fits && at < study->end_seconds; year++) {
            fits = add_burst(d, b, at);
            if (!b->every_year)
                break;
            at = add_months(b->at_seconds, 12 * year);
        }
    }
    return fits;
}

static void add_up(struct arena *arena, struct demand *d)
{
    d->prefix = ARENA_NEW(arena, int64_t, (int64_t)d->n_steps + 1);
    for (int32_t i = 0; i < d->n_steps; i++) {
        d->prefix[i + 1] = d->prefix[i] + d->servers[i];
        if (d->servers[i] > d->peak) {
            d->peak = d->servers[i];
            d->peak_step = i;
        }
    }
}

/* Growth and, in a future, the multiplier of the day, in billionths. */
static int64_t factor_at(int64_t growth, const int64_t *multipliers, int64_t seconds_from_start)
{
    if (multipliers == NULL)
        return growth;
    return (int64_t)round_half_even((int128)growth * multipliers[seconds_from_start / DAY_SECONDS], MICRO);
}

/* `multipliers`: millionths by day of the study; NULL: none. */
static bool fill_from_trace(struct arena *arena, const struct study *study, const int64_t *multipliers,
                            struct demand *d)
{
    struct alignment alignment;
    struct diagnostics none = {.arena = arena};
    if (!align_trace(study, &study->workload, &alignment, &none))
        return false;
    struct ratio ratio;
    if (!servers_per_value(&study->workload, &ratio))
        return false;
    int64_t *growth =
        growth_by_month(arena, study, months_between(study->start_seconds, study->end_seconds) + 1);
    int month = 0;
    int64_t next_month = add_months(study->start_seconds, 1);
    for (int32_t i = 0; i < d->n_steps; i++) {
        int64_t from = d->start_seconds + i * d->step_seconds;
        while (from >= next_month)
            next_month = add_months(study->start_seconds, ++month + 1);
        struct step_value value = value_of_step(&study->workload, &alignment, from, d->step_seconds);
        int64_t factor = factor_at(growth[month], multipliers, from - d->start_seconds);
        if (!need_of(value, factor, ratio, &d->servers[i], &d->load[i]))
            return false;
    }
    return true;
}

static bool need_too_large(const struct workload *w, struct diagnostics *diagnostics)
{
    return diagnose_error(diagnostics, w->place,
                          "check per_server, target_utilisation, growth and the bursts",
                          "the need is more than 2,000,000,000 servers");
}

static bool fill(struct arena *arena, const struct study *study, const int64_t *multipliers,
                 struct demand *demand)
{
    const struct workload *w = &study->workload;
    check(study->step_seconds > 0);
    *demand = (struct demand){.start_seconds = study->start_seconds, .step_seconds = study->step_seconds};
    demand->n_steps = (int32_t)((study->end_seconds - study->start_seconds) / study->step_seconds);
    demand->servers = ARENA_NEW(arena, int32_t, demand->n_steps);
    demand->load = ARENA_NEW(arena, int64_t, demand->n_steps);
    demand->carry_numerator = w->max_utilisation.digits * power_of_ten(w->target_utilisation.scale);
    demand->carry_denominator = w->target_utilisation.digits * power_of_ten(w->max_utilisation.scale);
    if (!fill_from_trace(arena, study, multipliers, demand) || !add_bursts(demand, study))
        return false;
    add_up(arena, demand);
    return true;
}

bool demand_make(struct arena *arena, const struct study *study, struct demand *demand,
                 struct diagnostics *diagnostics)
{
    struct alignment alignment;
    return align_trace(study, &study->workload, &alignment, diagnostics) &&
           (fill(arena, study, NULL, demand) || need_too_large(&study->workload, diagnostics));
}

bool demand_in_future(struct arena *arena, const struct study *study, int64_t future, struct demand *demand)
{
    return fill(arena, study, future_multipliers(arena, study, future), demand);
}

/* ---- before the study ---- */

static int64_t past_from(const struct study *study, const struct alignment *alignment)
{
    int64_t from = alignment->block > 0 ? study->decide_from_seconds - alignment->block
                                        : study->workload.trace.first_seconds + alignment->shift;
    return from < study->start_seconds ? from : study->start_seconds;
}

int64_t demand_past_from(const struct study *study)
{
    struct alignment alignment;
    struct arena scratch = {0};
    struct diagnostics none = {.arena = &scratch};
    bool covered = align_trace(study, &study->workload, &alignment, &none);
    arena_free(&scratch);
    return covered ? past_from(study, &alignment) : study->start_seconds;
}

bool demand_past(struct arena *arena, const struct study *study, struct past *past,
                 struct diagnostics *diagnostics)
{
    const struct workload *w = &study->workload;
    struct alignment alignment;
    struct ratio ratio;
    check(study->step_seconds > 0);
    if (!align_trace(study, w, &alignment, diagnostics))
        return false;
    int64_t step = study->step_seconds, length = study->start_seconds - past_from(study, &alignment);
    struct demand d = {.step_seconds = step, .n_steps = (int32_t)(length / step)};
    d.start_seconds = study->start_seconds - d.n_steps * step;
    d.servers = ARENA_NEW(arena, int32_t, d.n_steps);
    d.load = ARENA_NEW(arena, int64_t, d.n_steps);
    bool fits = servers_per_value(w, &ratio);
    for (int32_t i = 0; fits && i < d.n_steps; i++)
        fits = need_of(value_of_step(w, &alignment, d.start_seconds + i * step, step), NANO, ratio,
                       &d.servers[i], &d.load[i]);
    *past = (struct past){d.start_seconds, d.n_steps, d.load};
    return (fits && add_bursts(&d, study)) || need_too_large(w, diagnostics);
}

/* ---- other columns ---- */

/* Seconds of a row that make one of what is counted: a row of a count is one, a rate is for some seconds. */
static int64_t seconds_of_unit(const struct workload *w)
{
    if (w->measures == MEASURES_COUNT)
        return w->trace.step_seconds;
    return w->measures == MEASURES_RATE ? w->per_server_seconds : HOUR_SECONDS;
}

/* What a step has: its share of a longer row, or all rows in it; rate x time, or the share of a count. */
static int128 amount_of_step(const struct workload *w, const struct alignment *alignment, int64_t from,
                             int64_t step)
{
    int64_t trace_step = w->trace.step_seconds, length = trace_step < step ? trace_step : step;
    int128 sum = 0;
    for (int64_t at = from; at < from + step; at += length)
        sum += w->trace.values_micro[row_at(w, alignment, at)];
    return round_half_even(sum * length, seconds_of_unit(w));
}

static bool fill_series(struct arena *arena, const struct study *study, const struct workload *w,
                        const struct alignment *alignment, int64_t *amounts)
{
    int64_t step = study->step_seconds, next_month = add_months(study->start_seconds, 1);
    int64_t *growth =
        growth_by_month(arena, study, months_between(study->start_seconds, study->end_seconds) + 1);
    int month = 0;
    for (int64_t from = study->start_seconds, i = 0; from < study->end_seconds; from += step, i++) {
        while (from >= next_month)
            next_month = add_months(study->start_seconds, ++month + 1);
        int128 amount = amount_of_step(w, alignment, from, step);
        if (__builtin_mul_overflow(amount, (int128)growth[month], &amount))
            return false;
        amount = round_half_even(amount, NANO);
        if (amount > INT64_MAX || amount < 0)
            return false;
        amounts[i] = (int64_t)amount;
    }
    return true;
}

bool series_make(struct arena *arena, const struct study *study, int64_t ***amounts,
                 struct diagnostics *diagnostics)
{
    bool good = true;
    int64_t n_steps = (study->end_seconds - study->start_seconds) / study->step_seconds;
    *amounts = ARENA_NEW(arena, int64_t *, study->n_series + 1);
    for (size_t i = 0; i < study->n_series; i++) {
        struct alignment alignment;
        struct workload w = study->workload;
        w.trace = study->series[i].trace;
        w.measures = study->series[i].measures;
        w.place = study->series[i].place;
        w.per_server_seconds = 1;
        (*amounts)[i] = ARENA_NEW(arena, int64_t, n_steps);
        if (!align_trace(study, &w, &alignment, diagnostics))
            good = false;
        else if (!fill_series(arena, study, &w, &alignment, (*amounts)[i]))
            good = diagnose_error(diagnostics, w.place, NULL,
                                  "the column `%.*s` holds a negative value, or more than can be counted",
                                  STR_ARGS(study->series[i].column));
    }
    return good;
}

/* Steps begin where those of the study do, unless the study moves the first row to its own first day. */
static struct history history_steps(const struct study *study)
{
    const struct workload *w = &study->workload;
    struct history h = {.first_seconds = w->trace.first_seconds, .step_seconds = study->step_seconds};
    int64_t end = h.first_seconds + w->trace.n_values * w->trace.step_seconds;
    if (w->trace.step_seconds >= h.step_seconds)
        h.step_seconds = w->trace.step_seconds;
    else if (w->align != ALIGN_ELAPSED)
        h.first_seconds = -floor_to(-h.first_seconds, h.step_seconds);
    h.n_values = end > h.first_seconds ? (end - h.first_seconds) / h.step_seconds : 0;
    return h;
}

bool demand_history(struct arena *arena, const struct study *study, struct history *history,
                    struct diagnostics *diagnostics)
{
    struct ratio ratio;
    if (!servers_per_value(&study->workload, &ratio))
        return diagnose_error(diagnostics, study->workload.place, "check per_server and target_utilisation",
                              "the load is no number of servers that can be reckoned with");
    check(study->step_seconds > 0);
    double micro_per_server = (double)ratio.denominator / ((double)ratio.numerator * NANO);
    struct alignment as_it_is = {0, 0};
    *history = history_steps(study);
    history->values = ARENA_NEW(arena, double, history->n_values);
    for (int64_t i = 0; i < history->n_values; i++) {
        struct step_value value =
            value_of_step(&study->workload, &as_it_is, history->first_seconds + i * history->step_seconds,
                          history->step_seconds);
        history->values[i] = (double)value.micro / (micro_per_server * (double)value.n);
    }
    return true;
}

/* What one server at target carries in a step, as a fraction of millionths. */
static bool carried_in_step(const struct study *study, struct ratio *r)
{
    const struct workload *w = &study->workload;
    *r = (struct ratio){1, 1};
    if (w->measures == MEASURES_SERVERS)
        return scale(r, (int128)study->step_seconds * MICRO, HOUR_SECONDS);
    return scale(r, (int128)study->step_seconds * MICRO, w->per_server_seconds) &&
           scale(r, w->per_server.digits, power_of_ten(w->per_server.scale)) &&
           scale(r, w->target_utilisation.digits, power_of_ten(w->target_utilisation.scale));
}

static bool add_burst_amounts(const struct study *study, const struct demand *bursts, int64_t *amounts)
{
    struct ratio each;
    bool fits = carried_in_step(study, &each);
    for (int32_t i = 0; fits && i < bursts->n_steps; i++) {
        int128 amount = 0;
        fits = !__builtin_mul_overflow((int128)bursts->servers[i], each.numerator, &amount);
        amount = amounts[i] + round_half_even(amount, each.denominator);
        fits &= amount <= INT64_MAX;
        amounts[i] = (int64_t)amount;
    }
    return fits;
}

bool load_amounts_make(struct arena *arena, const struct study *study, const struct demand *demand,
                       int64_t **amounts, struct diagnostics *diagnostics)
{
    struct alignment alignment;
    struct demand bursts = {.start_seconds = demand->start_seconds,
                            .step_seconds = demand->step_seconds,
                            .n_steps = demand->n_steps,
                            .servers = ARENA_NEW(arena, int32_t, demand->n_steps),
                            .load = ARENA_NEW(arena, int64_t, demand->n_steps)};
    *amounts = ARENA_NEW(arena, int64_t, demand->n_steps);
    if (!align_trace(study, &study->workload, &alignment, diagnostics))
        return false;
    if (!fill_series(arena, study, &study->workload, &alignment, *amounts) || !add_bursts(&bursts, study) ||
        !add_burst_amounts(study, &bursts, *amounts))
        return diagnose_error(diagnostics, study->workload.place, NULL,
                              "the load is more than can be counted, which a metered price needs");
    return true;
}
