#include "model/quota.h"

#include "model/study.h"

enum { MICRO = 1000000 };

static int128 units_each(const struct offer *offer)
{
    if (offer->shares == NULL || !offer->shares->counts_vcpu)
        return 1;
    return (int128)offer->vcpu.digits * MICRO / power_of_ten(offer->vcpu.scale);
}

int128 quota_units(const struct offer *offer, int64_t n_servers)
{
    return units_each(offer) * n_servers;
}

bool has_quota(const struct offer *offer)
{
    return offer->shares != NULL || offer->quota > 0;
}

int64_t within_quota(const struct offer *offer, int64_t n_servers, int128 used)
{
    int128 most = offer->quota;
    if (!has_quota(offer))
        return n_servers;
    if (offer->shares != NULL)
        most = (int128)offer->shares->most * (offer->shares->counts_vcpu ? MICRO : 1);
    int128 room = used >= most ? 0 : (most - used) / units_each(offer);
    return room < n_servers ? (int64_t)room : n_servers;
}

int quota_process(const struct offer *offer)
{
    return offer->shares != NULL ? offer->shares->increase : offer->quota_increase;
}

int128 quota_units_of(const struct study *study, const struct offer *any, int64_t n_servers,
                      const struct offer *on_demand)
{
    const struct offer *launched = offer_is_reservation(any) ? &study->offers[any->discounts] : any;
    bool same = launched == on_demand || (on_demand->shares != NULL && launched->shares == on_demand->shares);
    return same ? quota_units(launched, n_servers) : 0;
}

bool quota_check(const struct study *study, const struct offer *any, struct diagnostics *diagnostics)
{
    const struct offer *offer = offer_is_reservation(any) ? &study->offers[any->discounts] : any;
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
