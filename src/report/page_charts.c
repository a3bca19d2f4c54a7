#include "base/arena.h"
#include "base/file.h"
#include "report/chart.h"
#include "report/page.h"

static void write_missing(const struct page *page, const struct picture *picture)
{
    html_markup(page->output, "<p>Not drawn in this run: ");
    html_text(page->output, picture->title);
    html_markup(page->output, ".</p>\n");
}

/* The title is in the picture, too; on a narrow screen, where that is small, it stands above as text. */
static void write_picture(const struct page *page, const struct picture *picture, struct str svg)
{
    html_markup(page->output, "<figure><figcaption>");
    html_text(page->output, picture->title);
    html_markup(page->output, "</figcaption><div class=\"box\" role=\"region\" tabindex=\"0\" aria-label=\"");
    html_text(page->output, picture->title);
    output_format(page->output, "\"><img width=\"%d\" height=\"%d\" alt=\"", CHART_WIDTH, CHART_HEIGHT);
    html_text(page->output, picture->title);
    html_markup(page->output, ". ");
    html_text(page->output, picture->subtitle);
    html_markup(page->output, ".\" src=\"data:image/svg+xml;base64,");
    html_base64(page->output, svg);
    html_markup(page->output, "\"></div></figure>\n");
}

static bool read_picture(const struct page *page, const struct picture *picture, struct str *svg)
{
    struct str folder = path_join(page->arena, page->report->folder, STR("charts"));
    struct str path = path_join(page->arena, folder, str_format(page->arena, "%s.svg", picture->name));
    return path_exists(page->arena, path) && file_read(page->arena, path, svg, page->report->failure);
}

void page_write_charts(const struct page *page)
{
    const struct pictures *pictures = page->pictures;
    if (pictures->warning.length > 0) {
        html_markup(page->output, "<p>");
        html_text(page->output, pictures->warning);
        html_markup(page->output, ".</p>\n");
    } else if (pictures->n_items == 0) {
        html_markup(page->output, "<p>No charts were asked for in this run.</p>\n");
    }
    for (size_t i = 0; i < pictures->n_items; i++) {
        struct str svg;
        if (read_picture(page, &pictures->items[i], &svg))
            write_picture(page, &pictures->items[i], svg);
        else
            write_missing(page, &pictures->items[i]);
    }
}
