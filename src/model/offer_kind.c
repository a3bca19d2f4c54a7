#include "model/offer.h"

#define BIT(n) (1U << (n))
#define OWNED                                                                                                \
    "write once or term per server or work-hour; held per server-hour, server-month, rack-month, kW-month, " \
    "kWh, Mbps-month or admin-month; or metered"
#define HOSTED OWNED ", or early-end per server or server-month"
#define COMMITTED "write once or term per server; held or running per server-hour; or metered"
#define RUNNING "write running per server-hour, or metered"

/* What an offer of each kind can be charged for, besides what is metered. */
static const struct kind_rule {
    unsigned at_start, held; /* bits of enum counted: once and term; held */
    bool term, running;
    const char *charges; /* the same in words */
} kind_rules[N_OFFER_KINDS] = {
    [OFFER_COLOCATION] = {BIT(COUNTED_SERVERS) | BIT(COUNTED_WORK_HOURS),
                          BIT(COUNTED_SERVERS) | BIT(COUNTED_RACKS) | BIT(COUNTED_KW) |
                              BIT(COUNTED_KW_AT_METER) | BIT(COUNTED_MBPS) | BIT(COUNTED_ADMINS),
                          true, false, OWNED},
    [OFFER_HOSTING] = {BIT(COUNTED_SERVERS) | BIT(COUNTED_WORK_HOURS),
                       BIT(COUNTED_SERVERS) | BIT(COUNTED_RACKS) | BIT(COUNTED_KW) |
                           BIT(COUNTED_KW_AT_METER) | BIT(COUNTED_MBPS) | BIT(COUNTED_ADMINS),
                       true, false, HOSTED},
    [OFFER_RESERVED] = {BIT(COUNTED_SERVERS), BIT(COUNTED_SERVERS), true, true, COMMITTED},
    [OFFER_SAVINGS_PLAN] = {BIT(COUNTED_SERVERS), BIT(COUNTED_SERVERS), true, true, COMMITTED},
    [OFFER_ON_DEMAND] = {0, 0, false, true, RUNNING},
    [OFFER_SPOT] = {0, 0, false, true, RUNNING},
    [OFFER_SERVICE] = {0, BIT(COUNTED_FLAT), false, false, "write held per month, or metered"},
    [OFFER_SITE] =
        {BIT(COUNTED_RACKS),
         BIT(COUNTED_RACKS) | BIT(COUNTED_KW) | BIT(COUNTED_KW_AT_METER) | BIT(COUNTED_CONNECTIONS) |
             BIT(COUNTED_FLAT),
         false, false,
         "write once per rack; held per rack-month, kW-month, kWh, cross-connect-month or month; or metered"},
};

bool offer_kind_allows(enum offer_kind kind, const struct price_row *row)
{
    const struct kind_rule *rule = &kind_rules[kind];
    unsigned bit = BIT(row->unit->counted);
    switch (row->charged) {
    case CHARGED_ONCE:
        return (rule->at_start & bit) != 0;
    case CHARGED_TERM:
        return rule->term && (rule->at_start & bit) != 0;
    case CHARGED_EARLY:
        return kind == OFFER_HOSTING && row->unit->counted == COUNTED_SERVERS;
    case CHARGED_HELD:
        return (rule->held & bit) != 0;
    case CHARGED_RUNNING:
        return rule->running && row->unit->counted == COUNTED_SERVERS;
    case CHARGED_METERED:
        return true;
    case N_CHARGED:
        break;
    }
    return false;
}

const char *offer_kind_charges(enum offer_kind kind)
{
    return kind_rules[kind].charges;
}
