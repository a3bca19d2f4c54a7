#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "report/chart_gnuplot.h"
#include "report/chart_text.h"
#include "report/report.h"

enum { REDRAWING_SECONDS = 60, COPIED_AT_ONCE = 65536 };

struct entries {
    struct str *items;
    size_t n_items, capacity;
};

/* What is being drawn again: the folder as it is, and its copy. */
struct redraw {
    struct arena *arena;
    struct str from, to;
    struct failure *failure;
    struct entries entries; /* of the folder, by name */
    const char **charts;    /* names of scripts that are neither all.gp nor style.gp, without extension */
    size_t n_charts;
};

static bool fail(struct redraw *r, struct str path, const char *what, int error_number)
{
    failure_set(r->failure, r->arena, path, what, error_number);
    return false;
}

static bool ends_in(struct str name, const char *end)
{
    size_t n = strlen(end);
    return name.length > n && memcmp(name.at + name.length - n, end, n) == 0;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct str *)a)->at, ((const struct str *)b)->at);
}

static bool list_entries(struct redraw *r)
{
    DIR *folder = opendir(str_zero_terminated(r->arena, r->from));
    if (folder == NULL)
        return fail(r, r->from, "cannot read folder", errno);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            *ARENA_APPEND(r->arena, &r->entries) = str_copy(r->arena, str_of(entry->d_name));
    closedir(folder);
    if (r->entries.n_items > 0)
        qsort(r->entries.items, r->entries.n_items, sizeof *r->entries.items, compare_names);
    return true;
}

/* The charts, and whether everything that a run writes to draw them is there. */
static bool find_charts(struct redraw *r)
{
    int n_needed = 0;
    r->charts = ARENA_NEW(r->arena, const char *, r->entries.n_items);
    for (size_t i = 0; i < r->entries.n_items; i++) {
        struct str name = r->entries.items[i];
        bool needed = str_is(name, "all.gp") || str_is(name, "style.gp");
        n_needed += needed;
        if (!needed && ends_in(name, ".gp"))
            r->charts[r->n_charts++] = str_zero_terminated(r->arena, path_stem(name));
    }
    if (n_needed == 2 && r->n_charts > 0)
        return true;
    return fail(r, r->from, "has no charts of a report: all.gp, style.gp and a script for each", 0);
}

/* An image that will be drawn anew. */
static bool is_image_of_chart(const struct redraw *r, struct str name)
{
    bool image = ends_in(name, ".png") || ends_in(name, ".svg") || ends_in(name, ".pdf");
    for (size_t i = 0; image && i < r->n_charts; i++)
        if (str_equal(path_stem(name), str_of(r->charts[i])))
            return true;
    return false;
}

static bool copy_bytes(int in, int out)
{
    char bytes[COPIED_AT_ONCE];
    for (;;) {
        ssize_t n = read(in, bytes, sizeof bytes);
        if (n <= 0)
            return n == 0;
        for (ssize_t done = 0; done < n;) {
            ssize_t written = write(out, bytes + done, (size_t)(n - done));
            if (written < 0)
                return false;
            done += written;
        }
    }
}

/* Nothing but plain files: a link would lead elsewhere, a pipe would never end. */
static bool copy_file(struct redraw *r, struct str name)
{
    struct str from = path_join(r->arena, r->from, name), to = path_join(r->arena, r->to, name);
    struct stat status;
    int in = open(str_zero_terminated(r->arena, from), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (in < 0)
        return fail(r, from,
                    errno == ELOOP ? "is a link, and only plain files are drawn again" : "cannot read",
                    errno == ELOOP ? 0 : errno);
    bool plain = fstat(in, &status) == 0 && S_ISREG(status.st_mode);
    int out =
        plain ? open(str_zero_terminated(r->arena, to), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666) : -1;
    bool copied = out >= 0 && copy_bytes(in, out);
    int reason = errno;
    close(in);
    if (out >= 0 && close(out) != 0)
        copied = false;
    if (!plain)
        return fail(r, from, "is no plain file, as all of a report's charts are", 0);
    return copied || fail(r, to, "cannot copy what draws the charts", reason);
}

static bool copy_all(struct redraw *r)
{
    for (size_t i = 0; i < r->entries.n_items; i++)
        if (!is_image_of_chart(r, r->entries.items[i]) && !copy_file(r, r->entries.items[i]))
            return false;
    return true;
}

/* The characters of the scripts that the usual font lacks, in hexadecimal for fontconfig. */
static bool lacking_characters(struct redraw *r, struct str *found)
{
    enum { MOST = 256 };
    size_t n = 0;
    *found = (struct str){0};
    for (size_t i = 0; i < r->n_charts; i++) {
        struct str script, path = path_join(r->arena, r->to, str_format(r->arena, "%s.gp", r->charts[i]));
        uint32_t character;
        if (!file_read(r->arena, path, &script, r->failure))
            return false;
        while (n < MOST && chart_next_lacking(&script, &character)) {
            if (character == '\n' || character == '\t' || character == '\r')
                continue;
            *found =
                str_format(r->arena, "%.*s%s%x", STR_ARGS(*found), n == 0 ? "" : " ", (unsigned)character);
            n++;
        }
    }
    return true;
}

static bool draw_copy(struct redraw *r, struct str *warning, bool *drawn)
{
    struct str lacking;
    if (!copy_all(r) || !lacking_characters(r, &lacking))
        return false;
    *drawn = chart_draw(r->arena, r->to, r->charts, r->n_charts, lacking, REDRAWING_SECONDS, warning);
    return true;
}

bool report_redraw(struct arena *arena, struct str report, struct pictures *pictures, struct failure *failure)
{
    struct redraw r = {.arena = arena, .from = path_join(arena, report, STR("charts")), .failure = failure};
    struct folder folder;
    *pictures = (struct pictures){0};
    if (!path_exists(arena, report))
        return fail(&r, report, "cannot read folder", ENOENT);
    if (!path_exists(arena, r.from))
        return fail(&r, report, "is no report with charts: it has no folder charts", 0);
    if (!list_entries(&r) || !find_charts(&r) || !folder_begin(&folder, arena, r.from, true, failure))
        return false;
    r.to = folder.temporary;
    bool good = draw_copy(&r, &pictures->warning, &pictures->drawn);
    pictures->n_items = r.n_charts;
    if (good && pictures->drawn)
        return folder_commit(&folder);
    folder_abandon(&folder);
    return good;
}
