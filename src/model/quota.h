#ifndef MODEL_QUOTA_H
#define MODEL_QUOTA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diagnostic.h"
#include "unit/money.h"

struct offer;
struct study;

/* What a cloud lets run at once over several offers: of an account in a region, a number of servers or of
 * virtual processors. */
struct quota {
    struct str name;
    bool counts_vcpu;
    int64_t most; /* servers or virtual processors */
    int increase; /* process that lifts it; -1: never */
    struct place place;
};

/* Quotas are counted in units: a server, or a millionth of a virtual processor, so that a server is a whole
 * number of them. `offer` is an on-demand offer; what discounts it counts like its own servers. */
int128 quota_units(const struct offer *offer, int64_t n_servers);
/* How many of n more servers the quota of an offer lets through while `used` units run. */
int64_t within_quota(const struct offer *offer, int64_t n_servers, int128 used);
bool has_quota(const struct offer *offer);
/* Index of the process that lifts it; -1: it stays. */
int quota_process(const struct offer *offer);
/* Does no quota keep an on-demand offer back for good? */
bool may_follow_all(const struct offer *offer);

/* What a server of an offer, on-demand or a reservation, counts against the quota of an on-demand offer: 0
 * where that quota is not its own. */
int128 quota_units_of(const struct study *study, const struct offer *any, int64_t n_servers,
                      const struct offer *on_demand);

#endif
