#include "report/chart_style.h"

#include <string.h>

#include "base/arena.h"
#include "report/chart_text.h"

enum { TITLE_LINES = 2, NOTE_LINES = 3, MARGIN = 10, NAME_TAIL = 14 };

/* How many strategies go before this one: in rank where all is ranked, otherwise in the study. */
static size_t place_of(const struct result *result, size_t index)
{
    size_t n = 0;
    for (size_t i = 0; i < result->n_strategies; i++) {
        int mine = result->strategies[index].rank, other = result->strategies[i].rank;
        bool both = result->ranked && mine > 0 && other > 0 && mine != other;
        n += both ? other < mine : i < index;
    }
    return n;
}

struct str chart_strategy_name(struct arena *arena, const struct result *result,
                               const struct strategy *strategy, size_t most)
{
    struct str cut = chart_name(arena, strategy->name, most),
               ends = chart_name_ends(arena, strategy->name, most, NAME_TAIL);
    if (str_equal(cut, chart_name(arena, strategy->name, SIZE_MAX)))
        return cut;
    for (size_t i = 0; i < result->n_strategies; i++) {
        struct str other = result->strategies[i].strategy->name;
        if (str_equal(chart_name(arena, other, most), cut) &&
            !str_equal(chart_name_ends(arena, other, most, NAME_TAIL), ends))
            return ends;
    }
    return cut;
}

/* Of a family's members the part that tells them apart stays. */
static struct str series_name(struct arena *arena, const struct result *result,
                              const struct strategy *strategy)
{
    if (strategy->family.length == 0)
        return chart_strategy_name(arena, result, strategy, CHART_NAME);
    struct str suffix = str_format(arena, " (knows %s)", knows_names[strategy->knows]);
    struct str first = chart_name(arena, strategy->family, CHART_NAME - suffix.length);
    return str_format(arena, "%.*s%.*s", STR_ARGS(first), STR_ARGS(suffix));
}

struct chart_series *chart_series_of(struct arena *arena, const struct result *result, size_t *n_series)
{
    struct chart_series *series = ARENA_NEW(arena, struct chart_series, CHART_SERIES);
    int used[N_COLOUR_FAMILIES] = {0};
    size_t n = 0;
    for (size_t i = 0; i < result->n_strategies && n < CHART_SERIES; i++) {
        if (place_of(result, i) >= CHART_SERIES)
            continue;
        const struct strategy_result *s = &result->strategies[i];
        int family = colour_family(result->study, s->strategy);
        series[n++] = (struct chart_series){s, series_name(arena, result, s->strategy),
                                            colour_shade(family, used[family]++)};
    }
    *n_series = n;
    return series;
}

struct str chart_series_name(const struct chart *chart, const struct strategy_result *strategy)
{
    return series_name(chart->arena, chart->result, strategy->strategy);
}

static const char style_text[] =
    "# The look of every chart. Edit it, then draw again with: gnuplot all.gp\n"
    "# Set before: fmt = 'png', 'svg' or 'pdf'; font; glyphs = 1 where installed fonts hold every "
    "character.\n"
    "if (!exists(\"fmt\")) { fmt = 'png' }\n"
    "if (!exists(\"font\")) { font = 'DejaVu Sans' }\n"
    "if (!exists(\"glyphs\")) { glyphs = 0 }\n"
    "set encoding utf8\n"
    "set decimalsign '.'\n"
    "# A canvas of 800 x 500 units with a base font 13.3 units high, whatever the format.\n"
    "if (fmt eq 'png') { BASE = 10.0; PK = 1.0; set terminal pngcairo enhanced size 1600,1000 font "
    "sprintf(\"%s,%g\", font, BASE)"
    " fontscale 2.0 linewidth 2.0 pointscale 2.0 background rgb 'white' }\n"
    "if (fmt eq 'svg') { BASE = 13.3; PK = 0.62; set terminal svg enhanced size 800,500 dynamic font "
    "sprintf(\"%s,%g\", font, BASE)"
    " linewidth 1.0 background rgb 'white' }\n"
    "if (fmt eq 'pdf') { BASE = 7.2; PK = 1.0; set terminal pdfcairo enhanced size 8in,5in font "
    "sprintf(\"%s,%g\", font, BASE)"
    " fontscale 1.0 linewidth 1.5 pointscale 0.8 background rgb 'white' }\n"
    "# Fonts in hundredths of the base font.\n"
    "FONT(size) = sprintf(\",%g\", BASE*size/100.0)\n"
    "F75 = FONT(75); F80 = FONT(80); F85 = FONT(85); F90 = FONT(90); F95 = FONT(95); F115 = FONT(115); F130 "
    "= FONT(130)\n"
    "OUT(name) = name.'.'.fmt\n"
    "# A character that no font has would cover a PNG with black: draw a small box in its place.\n"
    "BOXES = fmt ne 'svg' && !glyphs\n"
    "C_INK = 0x222222; C_MUTE = 0x6B7280; C_GRID = 0xE3E6EA; C_SHADE = 0xE9EBEF; C_FRONT = 0xB8BEC7; C_SHORT "
    "= 0x222222\n";

static const char style_end[] = "set style fill solid 1.0 noborder\n"
                                "set border 1 lc rgb C_MUTE lw 0.8\n"
                                "set tics nomirror scale 0.5 textcolor rgb C_MUTE font F90\n"
                                "set ytics scale 0\n"
                                "# in SVG the labels of tics would be lower than in PNG\n"
                                "set xtics offset 0, (fmt eq 'svg' ? 0.3 : 0)\n"
                                "set style line 100 lc rgb C_GRID lw 0.8 dt solid\n"
                                "set grid ytics noxtics ls 100\n"
                                "unset key\n"
                                "set datafile separator \"\\t\"\n"
                                "set datafile columnheaders\n";

static void write_colours(struct output *output, const struct chart *chart, const char *array, size_t offset)
{
    output_format(output, "array %s[%zu] = [", array, chart->n_series);
    for (size_t i = 0; i < chart->n_series; i++) {
        const struct colour *c = &chart->series[i].colour;
        const unsigned parts[] = {c->line, c->text, c->tint};
        output_format(output, "%s0x%06X", i == 0 ? "" : ", ", parts[offset]);
    }
    output_format(output, "]\n");
}

const char *chart_dash(size_t index)
{
    static const char *const dashes[CHART_SERIES] = {
        "solid",  "(14,4)", "(6,3)",          "(14,4,3,4)", "(2,2)",     "(20,3,8,3)",
        "(10,8)", "(4,6)",  "(10,3,2,3,2,3)", "(24,5)",     "(3,2,3,8)", "(16,3,2,3,2,3,2,3)"};
    return dashes[index % CHART_SERIES];
}

bool chart_write_style(const struct chart *chart)
{
    struct output output = output_open(chart->arena, chart->folder, "style.gp", chart->failure);
    output_str(&output, str_of(style_text));
    output_format(&output, "# By strategy: lines, text (darker), areas (lighter).\n");
    write_colours(&output, chart, "COL", 0);
    write_colours(&output, chart, "TXT", 1);
    write_colours(&output, chart, "TINT", 2);
    for (size_t i = 0; i < chart->n_series; i++)
        output_format(&output, "set style line %zu lc rgb COL[%zu] lw 2.2 dt %s\n", i + 1, i + 1,
                      chart_dash(i));
    output_str(&output, str_of(style_end));
    return output_close(&output);
}

bool chart_write_all(const struct chart *chart, const char *const *names, size_t n_names)
{
    struct output output = output_open(chart->arena, chart->folder, "all.gp", chart->failure);
    output_format(&output, "# Draws every chart as PNG, SVG and PDF: gnuplot all.gp\n"
                           "if (!exists(\"formats\")) { formats = 'png svg pdf' }\ncharts = '");
    for (size_t i = 0; i < n_names; i++)
        output_format(&output, "%s%s", i == 0 ? "" : " ", names[i]);
    output_format(&output, "'\ndo for [i = 1:words(formats)] {\n"
                           "  fmt = word(formats, i)\n"
                           "  do for [j = 1:words(charts)] { load word(charts, j).'.gp' }\n"
                           "}\n");
    return output_close(&output);
}

struct output chart_script(const struct chart *chart, const char *name)
{
    struct str file = str_format(chart->arena, "%s.gp", name);
    struct output output = output_open(chart->arena, chart->folder, file.at, chart->failure);
    output_format(&output, "reset\nload 'style.gp'\nset output OUT('%s')\n", name);
    return output;
}

struct output chart_data(const struct chart *chart, const char *name)
{
    struct str file = str_format(chart->arena, "%s.tsv", name);
    return output_open(chart->arena, chart->folder, file.at, chart->failure);
}

static double part_width(const struct chart_label *label)
{
    return chart_text_width(label->plain, CHART_PLAIN, label->size);
}

double chart_label_width(const struct chart_label *label)
{
    return chart_text_width(label->bold, CHART_BOLD, label->size) + part_width(label);
}

static struct str label_markup(struct arena *arena, const struct chart_label *label, bool boxed)
{
    struct str bold = chart_markup(arena, label->bold, boxed),
               plain = chart_markup(arena, label->plain, boxed);
    /* without braces the PNG terminal shows backslashes as they are */
    if (bold.length == 0)
        return memchr(plain.at, '\\', plain.length) == NULL ? plain
                                                            : str_format(arena, "{}%.*s", STR_ARGS(plain));
    return str_format(arena, "{/:Bold %.*s}%.*s", STR_ARGS(bold), STR_ARGS(plain));
}

void chart_write_label(struct output *output, struct chart_label label)
{
    static const char *const aligns[] = {"left", "center", "right"};
    struct str text = label_markup(output->arena, &label, false),
               boxed = label_markup(output->arena, &label, true);
    if (str_equal(text, boxed))
        output_format(output, "set label '%.*s'", STR_ARGS(text));
    else
        output_format(output, "set label (BOXES ? '%.*s' : '%.*s')", STR_ARGS(boxed), STR_ARGS(text));
    output_format(output, " at screen %.4f,%.4f %s tc rgb %.*s font F%d front\n", label.x / CHART_WIDTH,
                  label.y / CHART_HEIGHT, aligns[label.align], STR_ARGS(label.colour), label.size);
}

void chart_write_line(struct output *output, double x1, double y1, double x2, double y2, const char *style)
{
    output_format(output, "set arrow from screen %.4f,%.4f to screen %.4f,%.4f nohead %s\n", x1 / CHART_WIDTH,
                  y1 / CHART_HEIGHT, x2 / CHART_WIDTH, y2 / CHART_HEIGHT, style);
}

void chart_write_frame(struct output *output, struct chart_box box)
{
    output_format(output,
                  "set lmargin at screen %.4f; set rmargin at screen %.4f\n"
                  "set bmargin at screen %.4f; set tmargin at screen %.4f\n",
                  box.left / CHART_WIDTH, box.right / CHART_WIDTH, box.bottom / CHART_HEIGHT,
                  box.top / CHART_HEIGHT);
}

/* Lines from y downwards; returns the y below them. */
static double write_lines(struct output *output, const struct str *lines, size_t n, double y,
                          struct chart_label like, double line_height)
{
    for (size_t i = 0; i < n; i++) {
        like.y = y;
        if (like.bold.length > 0)
            like.bold = lines[i];
        else
            like.plain = lines[i];
        chart_write_label(output, like);
        y -= line_height;
    }
    return y;
}

/* A title of two lines is made narrower, lest a single word stand on the second. */
static double title_width(struct arena *arena, struct str title, int size, double width)
{
    struct str lines[TITLE_LINES + 1];
    double narrow = width;
    if (chart_text_width(title, CHART_BOLD, size) <= width)
        return width;
    while (narrow > width * 0.7 &&
           chart_wrap(arena, title, CHART_BOLD, size, narrow - 10, lines, TITLE_LINES + 1) <= TITLE_LINES)
        narrow -= 10;
    return narrow;
}

static double write_title(struct output *output, struct str title, double y)
{
    static const int sizes[TITLE_LINES] = {130, 115};
    struct str lines[TITLE_LINES];
    double width = CHART_WIDTH - 2 * MARGIN;
    int size = sizes[0];
    size_t n = 1;
    if (chart_text_width(title, CHART_BOLD, size) > width) {
        size = sizes[1];
        width = title_width(output->arena, title, size, width);
        n = chart_wrap(output->arena, title, CHART_BOLD, size, width, lines, TITLE_LINES);
    } else {
        lines[0] = title;
    }
    struct chart_label like = {.x = MARGIN, .size = size, .colour = STR("C_INK"), .bold = title};
    double line_height = size * CHART_EM / 80;
    return write_lines(output, lines, n, y, like, line_height) + line_height;
}

struct chart_box chart_write_plain_heading(struct output *output, const struct chart *chart,
                                           struct chart_heading heading)
{
    const int sub_size = 95, note_size = 75;
    const double width = CHART_WIDTH - 2 * MARGIN, note_height = 12;
    if (chart->said != NULL)
        *chart->said = heading;
    struct str sub[TITLE_LINES], note[NOTE_LINES];
    double y = write_title(output, heading.title, CHART_HEIGHT - 22) - 24;
    size_t n_sub = chart_wrap(chart->arena, heading.subtitle, CHART_PLAIN, sub_size, width, sub, TITLE_LINES);
    struct chart_label like = {.x = MARGIN, .size = sub_size, .colour = STR("C_MUTE")};
    y = write_lines(output, sub, n_sub, y, like, 16) + 16;
    size_t n_note = chart_wrap(chart->arena, heading.note, CHART_PLAIN, note_size, width, note, NOTE_LINES);
    like.size = note_size;
    double bottom = 12 + note_height * (double)(n_note - 1);
    write_lines(output, note, n_note, bottom, like, note_height);
    return (struct chart_box){MARGIN, bottom + 8, CHART_WIDTH - MARGIN, y - 15};
}

struct chart_box chart_write_heading(struct output *output, const struct chart *chart,
                                     struct chart_heading heading)
{
    if (chart->n_series < chart->result->n_strategies)
        heading.note = str_format(chart->arena, "%zu of %zu strategies are shown. %.*s", chart->n_series,
                                  chart->result->n_strategies, STR_ARGS(heading.note));
    return chart_write_plain_heading(output, chart, heading);
}
