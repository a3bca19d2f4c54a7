#include "report/words.h"

#include "model/study.h"

const struct word words[] = {
    {"Reference server", "the unit of demand; a larger offer counts as several of it"},
    {"Need", "reference servers wanted at target utilisation, bursts and growth included"},
    {"Shortfall", "need above what is in service: servers run hotter than wanted"},
    {"Unmet load", "load beyond what the servers in service can carry: it is lost"},
    {"Commitment", "what is paid whether it is used or not"},
    {"Coverage, utilisation", "committed hours used, of the hours needed and of the hours committed"},
    {"Billed cost", "cash on the day it falls due"},
    {"Effective cost", "the same money spread over what it bought"},
    {"Horizon value", "what is left of it at the end of the study: a credit, and never part of the cash"},
    {"Compared cost",
     "billed cost - horizon value + unmet cost, discounted where a rate is given. Ranks use it "
     "and nothing else"},
    {"Present value",
     "each month divided by (1 + the discount rate) to the power of its years since the first"},
    {"Lead time", "from the decision to the last server in service, unannounced"},
    {"p10, p50, p90", "one, five and nine of ten cases are at most so much"},
    {"Base case", "every stage takes what is likeliest; plans order by it"},
};

const size_t n_words = sizeof words / sizeof *words;

const char *const at_end_meanings[N_AT_END] = {
    [AT_END_PRO_RATA] = "pro-rata: the unexpired share of prepaid money is credited",
    [AT_END_FULL] = "full: no credit for prepaid money, obligations are charged",
    [AT_END_RESALE] =
        "resale: what servers could be sold for by their age is credited, and the unexpired share "
        "of other prepaid money"};
