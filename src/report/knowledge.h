#ifndef REPORT_KNOWLEDGE_H
#define REPORT_KNOWLEDGE_H

#include "model/result.h"

struct arena;

/* A strategy whose buyers know different things: what not knowing costs. Its members stand together in the
 * result, in the order of enum knows. */
struct family {
    struct str name;
    const struct strategy_result *members;
    size_t n_members;
    const struct strategy_result *all; /* the member who knows all; NULL: there is none */
};

/* The families of a result, in its order; none where no strategy lists what its buyers know. */
size_t families_of(struct arena *arena, const struct result *result, struct family **families);
bool has_families(const struct result *result);

/* What a member pays more than who knows all; false where there is nobody to compare with, or where they lose
 * different amounts of load that has no price. */
bool family_more(const struct result *result, const struct family *family,
                 const struct strategy_result *member, money *more);

/* What there is to say about all of them in one sentence, without a full stop. */
struct str families_finding(struct arena *arena, const struct result *result);

#endif
