#include "model/launch_check.h"

#include "base/diagnostic.h"
#include "model/study.h"

static bool check_quota(const struct offer *offer, struct diagnostics *diagnostics)
{
    const struct quota *quota = offer->shares;
    if (quota == NULL)
        return true;
    if (quota->counts_vcpu && offer->vcpu.digits == 0)
        return diagnose_error(diagnostics, offer->place,
                              "fill the column `vcpu` of its price rows, or give the quota in `servers`",
                              "`%.*s` shares the quota `%.*s` of virtual processors, but has no vcpu",
                              STR_ARGS(offer->id), STR_ARGS(quota->name));
    return offer->quota_increase < 0 ||
           diagnose_error(diagnostics, offer->place,
                          "write `increase:` in the entry of `quotas`, and only there",
                          "`%.*s` shares the quota `%.*s` and has a quota_increase of its own",
                          STR_ARGS(offer->id), STR_ARGS(quota->name));
}

/* Slots of capacity begin with steps where they are simulated. */
static bool check_capacity(const struct study *study, const struct offer *offer,
                           struct diagnostics *diagnostics)
{
    bool said = offer->available.digits > 0;
    if (said != (offer->retry_seconds > 0))
        return diagnose_error(diagnostics, offer->place,
                              "write both, `available: 95%, retry: 15 min`, or none of them",
                              "offers[\"%.*s\"].%s: without `%s` it says nothing", STR_ARGS(offer->id),
                              said ? "available" : "retry", said ? "retry" : "available");
    return !said || !study->draws_capacity || offer->retry_seconds % study->step_seconds == 0 ||
           diagnose_error(
               diagnostics, offer->place, "write a shorter `step:`, another `retry:`, or `capacity: base`",
               "`%.*s`: with `capacity: drawn` its `retry` is a multiple of the step of the study, "
               "%lld s",
               STR_ARGS(offer->id), (long long)study->step_seconds);
}

bool launch_check(const struct study *study, const struct offer *offer, struct diagnostics *diagnostics)
{
    return check_quota(offer, diagnostics) & check_capacity(study, offer, diagnostics);
}
