#include "report/chart_axis.h"

#include <math.h>

#include "base/arena.h"
#include "report/chart_facts.h"
#include "report/chart_text.h"
#include "unit/calendar.h"

enum { TIC_SIZE = 90, N_DAY_STEPS = 4 };

static double nice_step(double least)
{
    static const double steps[] = {1, 2, 2.5, 5, 10};
    double power = 1;
    while (power > least)
        power /= 10;
    while (power * 10 <= least)
        power *= 10;
    size_t i = 0;
    while (i < 4 && steps[i] * power < least * (1 - 1e-9))
        i++;
    return steps[i] * power;
}

struct chart_axis chart_axis(double low, double high, int n_steps)
{
    static const struct {
        double from, unit;
        const char *name;
    } scales[] = {{1e12, 1e12, "trillion "},
                  {1e9, 1e9, "billion "},
                  {1e6, 1e6, "million "},
                  {1e4, 1e3, "thousand "},
                  {0, 1, ""}};
    if (high <= low)
        high = low + 1;
    double step = nice_step((high - low) / n_steps);
    double size = fmax(fabs(low), fabs(high));
    size_t i = 0;
    while (size < scales[i].from)
        i++;
    return (struct chart_axis){floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step,
                               scales[i].unit, scales[i].name};
}

static int step_places(const struct chart_axis *axis)
{
    double shown = axis->step / axis->unit;
    int places = 0;
    while (places < 6 && fabs(shown - round(shown)) > 1e-6) {
        shown *= 10;
        places++;
    }
    return places;
}

static int axis_steps(const struct chart_axis *axis)
{
    return (int)floor((axis->high - axis->low) / axis->step + 1e-9);
}

void chart_axis_write(struct output *output, char axis_name, const struct chart_axis *axis, bool bare)
{
    int places = step_places(axis);
    output_format(output, "set %crange [%.10g:%.10g]\nset %ctics (", axis_name, axis->low, axis->high,
                  axis_name);
    for (int i = 0; i <= axis_steps(axis); i++) {
        double value = axis->low + i * axis->step;
        struct str text = bare ? STR("") : chart_number(output->arena, value / axis->unit, places);
        output_format(output, "%s\"%.*s\" %.10g", i == 0 ? "" : ", ", STR_ARGS(text), value);
    }
    output_format(output, ")\n");
}

double chart_axis_label_width(struct arena *arena, const struct chart_axis *axis)
{
    int places = step_places(axis);
    double width = 0;
    for (int i = 0; i <= axis_steps(axis); i++) {
        struct str text = chart_number(arena, (axis->low + i * axis->step) / axis->unit, places);
        width = fmax(width, chart_text_width(text, CHART_PLAIN, TIC_SIZE));
    }
    return width;
}

struct str chart_axis_figure(struct arena *arena, const struct chart_axis *axis, double value)
{
    double most = fmax(fabs(axis->low), fabs(axis->high)) / axis->unit;
    int places = axis->unit <= 1 && most >= 20 ? 0 : most >= 100 ? 0 : most >= 10 ? 1 : 2;
    for (double shown = most * 100; shown > 0 && shown < 10 && places < 8; shown *= 10)
        places++; /* where two places would say nothing but 0.0x */
    return chart_number(arena, value / axis->unit, places);
}

double chart_axis_at(const struct chart_axis *axis, double value)
{
    return (value - axis->low) / (axis->high - axis->low);
}

static const struct {
    double hours;
    const char *name;
} log_tics[] = {{1.0 / 3600, "1 s"}, {1.0 / 360, "10 s"}, {1.0 / 60, "1 min"}, {1.0 / 6, "10 min"},
                {1, "1 h"},          {8, "8 h"},          {24, "1 day"},       {168, "1 wk"},
                {730, "1 mo"},       {2190, "3 mo"},      {8760, "1 yr"},      {43800, "5 yr"},
                {175200, "20 yr"},   {876000, "100 yr"}};
enum { N_LOG_TICS = sizeof log_tics / sizeof *log_tics };

struct chart_log_axis chart_log_axis(double low, double high)
{
    int first = N_LOG_TICS - 2, last = 1;
    while (first > 0 && log_tics[first].hours > low)
        first--;
    while (last < N_LOG_TICS - 1 && log_tics[last].hours < high)
        last++;
    if (last <= first)
        last = first + 1;
    return (struct chart_log_axis){log_tics[first].hours, log_tics[last].hours, false};
}

double chart_log_axis_at(const struct chart_log_axis *axis, double hours)
{
    double held = fmin(fmax(hours, axis->low), axis->high);
    return log(held / axis->low) / log(axis->high / axis->low);
}

void chart_log_axis_write(struct output *output, const struct chart_log_axis *axis, double width,
                          const char *more)
{
    output_format(output, "set logscale x\nset xtics (");
    bool first = true;
    double taken_to = -width;
    for (int i = 0; i < N_LOG_TICS; i++) {
        if (log_tics[i].hours < axis->low || log_tics[i].hours > axis->high)
            continue;
        const char *name = first && axis->low_is_at_once ? "at once" : log_tics[i].name;
        double half = chart_text_width(str_of(name), CHART_PLAIN, TIC_SIZE) / 2;
        double x = chart_log_axis_at(axis, log_tics[i].hours) * width;
        bool fits = x - half > taken_to;
        output_format(output, "%s\"%s\" %.10g", first ? "" : ", ", fits ? name : "", log_tics[i].hours);
        taken_to = fits ? x + half + 5 : taken_to;
        first = false;
    }
    output_format(output, "%s)\n", more);
}

void chart_log_axis_write_y(struct output *output, const struct chart_log_axis *axis, double height)
{
    const double line = 15;
    double taken_to = -line;
    output_format(output, "set logscale y\nset ytics (");
    for (int i = 0; i < N_LOG_TICS; i++) {
        if (log_tics[i].hours < axis->low || log_tics[i].hours > axis->high)
            continue;
        double y = chart_log_axis_at(axis, log_tics[i].hours) * height;
        bool fits = y - taken_to >= line;
        output_format(output, "%s\"%s\" %.10g", log_tics[i].hours > axis->low ? ", " : "",
                      fits ? log_tics[i].name : "", log_tics[i].hours);
        taken_to = fits ? y : taken_to;
    }
    output_format(output, ")\n");
}

static const char *const month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/* What stands at a tic; with the year where it is another one than at the tic before. */
static struct str tic_label(struct arena *arena, int64_t at, bool with_day, bool with_year)
{
    struct date date = date_of(at);
    struct str day = with_day ? str_format(arena, "%d ", date.day) : STR("");
    struct str year = with_year ? str_format(arena, "\\n%d", date.year) : STR("");
    return str_format(arena, "%.*s%s%.*s", STR_ARGS(day), month_names[date.month - 1], STR_ARGS(year));
}

/* The tic after `at`: so many days or calendar months on. */
static int64_t next_tic(int64_t at, int n_days, int n_months)
{
    return n_days > 0 ? at + (int64_t)n_days * DAY_SECONDS : add_months(at, n_months);
}

/* A stretch of time as an axis. */
struct time_axis {
    int64_t from, to;
    double width;
    enum chart_tics tics;
};

/* With "28 Nov" or "2014" as the widest there is. */
static bool sticks_out(const struct time_axis *axis, int64_t at, bool with_day)
{
    const char *widest = with_day ? "28 Mar" : "2014";
    double half = chart_text_width(str_of(widest), CHART_PLAIN, TIC_SIZE) / 2;
    return (double)(axis->to - at) / (double)(axis->to - axis->from) * axis->width < half;
}

static void write_tic(struct output *output, const struct time_axis *axis, int64_t at, bool with_day,
                      bool with_year)
{
    struct str label = tic_label(output->arena, at, with_day, with_year);
    if (axis->tics == CHART_TICS_BARE || (axis->tics == CHART_TICS_WITHIN && sticks_out(axis, at, with_day)))
        label = STR("");
    output_format(output, "\"%.*s\" \"%.*s\"", STR_ARGS(label), STR_ARGS(time_text(output->arena, at)));
}

static void write_tics(struct output *output, const struct time_axis *axis, int n_days, int n_months)
{
    int64_t at = n_days > 0 ? date_seconds(date_of(axis->from)) : month_start(axis->from);
    if (n_months > 1)
        while ((date_of(at).month - 1) % (n_months < 12 ? n_months : 12) != 0)
            at = add_months(at, -1);
    int year = 0;
    bool first = true;
    for (; at <= axis->to; at = next_tic(at, n_days, n_months)) {
        if (at < axis->from)
            continue;
        output_format(output, first ? "" : ", ");
        write_tic(output, axis, at, n_days > 0, date_of(at).year != year);
        year = date_of(at).year;
        first = false;
    }
}

void chart_time_axis_write(struct output *output, int64_t from, int64_t to, double width,
                           enum chart_tics tics)
{
    const struct time_axis axis = {from, to, width, tics};
    static const int day_steps[N_DAY_STEPS] = {1, 2, 5, 10},
                     month_steps[] = {1, 2, 3, 6, 12, 24, 60, 120, 240, 1200};
    double days = (double)(to - from) / DAY_SECONDS, most = width / 48;
    size_t i = 0;
    output_format(output,
                  "set xdata time; set timefmt \"%%Y-%%m-%%dT%%H:%%M:%%SZ\"\nset xrange "
                  "[\"%.*s\":\"%.*s\"]\nset xtics (",
                  STR_ARGS(time_text(output->arena, from)), STR_ARGS(time_text(output->arena, to)));
    if (days <= 70)
        while (i < N_DAY_STEPS && days / day_steps[i] > most)
            i++;
    if (days <= 70 && i < N_DAY_STEPS) {
        write_tics(output, &axis, day_steps[i], 0);
    } else {
        i = 0;
        while (i < 9 && days / 30.4 / month_steps[i] > most)
            i++;
        write_tics(output, &axis, 0, month_steps[i]);
    }
    output_format(output, ")\n");
}
