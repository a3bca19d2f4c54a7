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

bool may_follow_all(const struct offer *offer)
{
    return offer->kind == OFFER_ON_DEMAND && (!has_quota(offer) || quota_process(offer) >= 0);
}

int128 quota_units_of(const struct study *study, const struct offer *any, int64_t n_servers,
                      const struct offer *on_demand)
{
    const struct offer *launched = offer_is_reservation(any) ? &study->offers[any->discounts] : any;
    bool same = launched == on_demand || (on_demand->shares != NULL && launched->shares == on_demand->shares);
    return same ? quota_units(launched, n_servers) : 0;
}
