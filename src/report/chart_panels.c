#include "report/chart_panels.h"

#include "base/arena.h"
#include "report/chart_style.h"
#include "report/chart_text.h"

#define HEADER_HEIGHT 33.0

int chart_panel_columns(size_t n_panels)
{
    return n_panels <= 1 ? 1 : n_panels <= 4 ? 2 : n_panels <= 9 ? 3 : 4;
}

void chart_panels_lay_out(struct chart_panel *panels, size_t n_panels, struct chart_box room,
                          double label_width)
{
    const double gap_x = 20, gap_y = 10;
    int n = (int)n_panels, columns = chart_panel_columns(n_panels), rows = (n + columns - 1) / columns;
    double left = room.left + label_width + 8, bottom = room.bottom + 38, top = room.top + 6;
    double width = (room.right - left - gap_x * (columns - 1)) / columns;
    double height = (top - bottom - gap_y * (rows - 1)) / rows;
    for (int i = 0; i < n; i++) {
        int column = i % columns, row = i / columns;
        double x = left + column * (width + gap_x), y = top - row * (height + gap_y);
        panels[i].box = (struct chart_box){x, y - height, x + width, y - HEADER_HEIGHT};
        panels[i].leftmost = column == 0;
        panels[i].lowest = i + columns >= n;
    }
}

/* A name is written smaller before it is cut. */
static int name_size(struct str name, double width)
{
    static const int sizes[] = {90, 85, 80};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (chart_text_width(name, CHART_BOLD, sizes[i]) <= width)
            return sizes[i];
    return 75;
}

void chart_panel_header(struct output *output, const struct chart *chart, const struct chart_panel *panel,
                        size_t i, struct str bold, struct str plain)
{
    const double width = panel->box.right - panel->box.left;
    int size = name_size(chart->series[i].name, width);
    struct str name = chart_fit(chart->arena, chart->series[i].name, CHART_BOLD, size, width);
    struct chart_label label = {.x = panel->box.left,
                                .y = panel->box.top + 22,
                                .size = size,
                                .bold = name,
                                .colour = str_format(chart->arena, "TXT[%zu]", i + 1)};
    chart_write_label(output, label);
    label = (struct chart_label){.x = panel->box.left,
                                 .y = panel->box.top + 8,
                                 .size = 80,
                                 .colour = bold.length == 0 ? STR("C_MUTE") : STR("C_INK"),
                                 .bold = bold,
                                 .plain = plain};
    chart_write_label(output, label);
}
