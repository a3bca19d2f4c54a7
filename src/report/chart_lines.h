#ifndef REPORT_CHART_LINES_H
#define REPORT_CHART_LINES_H

#include "model/result.h"
#include "report/colours.h"

struct arena;

/* The offers of a study as straight lines: what a month of a reference server costs by the share of the
 * hours it is in use. Offers with the same line are one line. */
struct chart_line {
    const struct server_month *month;
    const struct offer *offer;
    struct str name; /* fit to be shown */
    size_t n_more;   /* others with the same line */
    struct colour colour;
};

/* Where two lines cross, between 0 and 1: `below` costs less at smaller shares. */
struct chart_crossing {
    const struct chart_line *below, *above;
    double share, cost;
    bool cheapest; /* nothing costs less there */
};

struct chart_lines {
    struct chart_line *items;
    size_t n_items, n_left_out;       /* lines beyond CHART_SERIES are left out */
    struct str prefix;                /* what all ids begin with, up to a point; the names are without both */
    bool has_shared;                  /* some stand for several offers */
    bool has_resale;                  /* some servers are sold at their end, which the lines leave out */
    struct chart_crossing *crossings; /* those where the cheapest offer changes first, then by cost */
    size_t n_crossings;
    /* the cheapest lines from share 0 to 1, and the shares at which each gives way to the next */
    const struct chart_line **cheapest;
    double *turns;
    size_t n_cheapest;
};

struct chart_lines chart_lines_of(struct arena *arena, const struct result *result);
double chart_line_at(const struct chart_line *line, double share);

/* Up to the last point before which all ids are the same; empty with a single one. n is above 0. */
struct str chart_common_prefix(const struct str *ids, size_t n);
/* An id fit to be shown. Ids of offers differ at their ends: long ones lose their middle. */
struct str chart_offer_name(struct arena *arena, struct str id);

#endif
