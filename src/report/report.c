#include "report/report.h"

const char *const report_names[] = {
    "report.xlsx",    "report.html",     "charts",        "summary.csv", "monthly.csv", "orders.csv",
    "lead_times.csv", "lead_curves.csv", "knowledge.csv", "ledger.csv",  "bursts.csv",  "order_by.csv",
    "leases.csv",     "certificate.csv", "optimum.csv",   "regret.csv",  "futures.csv", "sensitivity.csv",
    "what_if.csv",    "results.json",    "run.json",
};

const size_t n_report_names = sizeof report_names / sizeof report_names[0];
