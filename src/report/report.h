#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <stdbool.h>

#include "base/output.h"
#include "model/result.h"

struct arena;

/* What every writer gets: the result, memory that lives until the run ends, the folder to write into
 * (a temporary one), and where to say what failed. */
struct report {
    const struct result *result;
    struct arena *arena;
    struct str folder;
    struct failure *failure;
    const char *version; /* "0.1.0" */
    struct str options;  /* options that matter, for About and run.json: "--set a=b" or empty */
};

/* Everything a report may hold. A folder with anything else in it is no report and is not replaced. */
extern const char *const report_names[];
extern const size_t n_report_names;

/* summary.csv monthly.csv orders.csv lead_times.csv lead_curves.csv ledger.csv; knowledge.csv where a
 * strategy has buyers who know different things */
bool report_csv(const struct report *report);
bool csv_futures(const struct report *report); /* futures.csv, where there are any */
bool csv_optimum(
    const struct report *report); /* leases.csv, certificate.csv, optimum.csv; where there is one */
/* summary.csv monthly.csv orders.csv lead_times.csv lead_curves.csv bursts.csv order_by.csv ledger.csv */
bool report_csv(const struct report *report);
bool csv_late(const struct report *report);   /* the part of it that is bursts.csv and order_by.csv */
bool csv_ledger(const struct report *report); /* the part of it that is ledger.csv */
bool csv_knowledge(const struct report *report);
bool csv_scenarios(const struct report *report); /* sensitivity.csv, what_if.csv; where the study has them */
/* results.json and run.json */
bool report_json(const struct report *report);
struct str report_results_json(const struct report *report); /* exactly the text of results.json */
/* report.xlsx */
bool report_workbook(const struct report *report);

/* A chart and what it says. */
struct picture {
    const char *name; /* of its files in charts/, without extension */
    struct str title, subtitle;
};

/* The charts of a run. Zeroed: not asked for. */
struct pictures {
    struct picture *items;
    size_t n_items;
    bool drawn; /* all of them; single ones may lack otherwise */
    struct str warning;
};

/* charts/ with .gp scripts, .tsv data and what gnuplot draws from them. Data and scripts always come;
 * pictures->drawn says whether gnuplot did its part, its warning why not. */
bool report_charts(const struct report *report, struct pictures *pictures);
/* Draws the charts of a report again from the scripts and data that it keeps, and puts all of them in place
 * in one step; where gnuplot does not draw them all (pictures->drawn, and why in its warning) everything
 * stays as it was. False where the folder cannot be read or written, or is no report. Runs gnuplot on
 * charts/all.gp as it is found, which may do whatever gnuplot can. Only n_items of the pictures is set. */
bool report_redraw(struct arena *arena, struct str report, struct pictures *pictures,
                   struct failure *failure);
/* report.html: one file that needs nothing else, with the charts that were drawn before it. */
bool report_html(const struct report *report, const struct pictures *pictures);
/* The short table and the verdict for standard output. */
struct str report_text(const struct report *report);

#endif
