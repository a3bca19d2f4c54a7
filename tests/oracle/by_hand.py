"""One small study for each thing a bill may hold, with what it comes to. The arithmetic stands above each."""
from fractions import Fraction

import when
from minimal import case, on_demand, owned, price, rented, stage

MOST = Fraction(6, 10 ** 7)
FOLLOW = [{"offer": "od"}]
PLAIN = {"od": {"start_up": "0 s"}}
TWO_DAYS = "2014-01-03"
COLO = [{"offer": "colo", "size": "1"}]
HOST = [{"offer": "host", "size": "1"}]


class Expected:
    """`billed`, `effective` (where it is another) by component and month; what is left at the end."""

    def __init__(self, billed, effective=None, horizon="0", listed=None, used=None):
        self.billed, self.effective = billed, billed if effective is None else effective
        self.horizon, self.listed, self.used = horizon, listed, used


def followed(amount="0.2", **more):
    """One server by the hour for two days: 48 hours at 0.2 are 9.6."""
    prices = more.pop("prices", [on_demand(amount, **more.pop("row", {}))])
    return case(FOLLOW, PLAIN | more.pop("offers", {}), prices, [1] * 7, end=more.pop("end", TWO_DAYS), **more)


def service(name, component, charged, per, amount, **more):
    return price(name, "service", component, charged, per, amount, **more)


def measured(setting, rows, needs=1, **more):
    """A service whose component `what` is measured while servers run for free."""
    return case(FOLLOW, PLAIN | {"meter": {"meters": {"what": setting}}}, [on_demand("free"), *rows], [needs] * 7,
                services=["meter"], **({"end": TWO_DAYS} | more))


def tier(bound, amount, per="GB", **more):
    return service("meter", "what", "metered", per, amount, tier_from=bound, **more)


def site(component, charged, per, amount, **more):
    return price("hall", "site", component, charged, per, amount, term="12 mo", **more)


def studies():
    """Claim -> ((tree, files), Expected)."""
    return prices() | commitments() | meters() | colocation() | hosting()


def prices():
    return {
        # 48 h x 0.2 x 90 % = 8.64; the list says 9.6.
        "a discount of a tenth": (followed(top={"discounts": [{"provider": "acme", "off": "10%"}]},
                                           row={"provider": "acme"}),
                                  Expected({"hourly 2014-01": "8.64"}, listed={"hourly 2014-01": "9.6"})),
        # The second one: 48 x 0.2 x 75 % = 7.2.
        "the last discount that matches wins": (followed(top={"discounts": [
            {"offer": "/^o/", "off": "10%"}, {"offer": "od", "component": "hourly", "off": "25%"},
            {"offer": "res", "off": "50%"}]}, prices=[on_demand(), reserved_row("upfront", "term", "server", "100")]),
            Expected({"hourly 2014-01": "7.2"}, listed={"hourly 2014-01": "9.6"})),
        # 24 x 0.2 x 1.25 + 24 x 0.2 x 1.5 = 6 + 7.2.
        "a rate of exchange that changes in between": (followed(
            row={"currency": "EUR"}, rates=[("2013-01-01", "1.25"), ("2014-01-02", "1.5")]),
            Expected({"hourly 2014-01": "13.2"})),
        # January: 744 x 0.2 = 148.8, due in February. February: 48 x 0.2 = 9.6 is not due within the study.
        "what is used falls due a month later": (followed(top={"usage_due": "next-month"}, end="2014-02-03"), Expected(
            {"hourly 2014-02": "148.8"}, {"hourly 2014-01": "148.8", "hourly 2014-02": "9.6"}, "-9.6")),
        # 1,000 on 22 December; from 2014-01-01 to 2017-01-01 are 1,096 days, of which 7 are used.
        "a purchase falls due with its order": (case(
            COLO, {"colo": {"process": "ship", "useful_life": "36 mo"}}, [owned("1000")], [1] * 7,
            [stage("ship", "ship", "order", "10 d")], top={"decide_from": "2013-12-22", "purchases_due": "order"}),
            Expected({"server 2013-12": "1000"}, {"server 2014-01": "6.386861"}, "993.613139")),
        # 9.6 x 19 % = 1.824.
        "tax on what is billed": (followed(top={"tax": "19%"}),
                                  Expected({"hourly 2014-01": "9.6", "tax 2014-01": "1.824"})),
        # 31 a month for 2 of 31 days.
        "a flat fee": (followed(services=["news"], prices=[on_demand(), service("news", "letter", "held", "month", "31")]),
                       Expected({"hourly 2014-01": "9.6", "letter 2014-01": "2"})),
        # 9.6 from acme: a tenth of 5 and 7 % of 4.6 = 0.5 + 0.322. The other 2 are not acme's.
        "support is a share of what its provider bills": (followed(services=["help", "news"], prices=[
            on_demand(provider="acme"), service("news", "letter", "held", "month", "31", provider="globex"),
            *(service("help", "support", "metered", "spend", share, tier_from=bound, provider="acme")
              for bound, share in (("", "0.1"), ("5", "0.07")))]),
            Expected({"hourly 2014-01": "9.6", "letter 2014-01": "2", "support 2014-01": "0.822"})),
        # As if 100 were billed: 5 x 10 % + 95 x 7 %.
        "support has a least": (followed(services=["help"], offers={"help": {"meters": {"support": {"of": "spend", "at_least": "100"}}}},
                                         prices=[on_demand(provider="acme"), *(
            service("help", "support", "metered", "spend", share, tier_from=bound, provider="acme")
            for bound, share in (("", "0.1"), ("5", "0.07")))]),
            Expected({"hourly 2014-01": "9.6", "support 2014-01": "7.15"})),
    }


def reserved_row(component, charged, per, amount, kind="reserved"):
    return price("res", kind, component, charged, per, amount, term="1 yr", discounts="od")


def spot_row(begin, amount):
    return price("bid", "spot", "hourly", "running", "server-hour", amount, increment="1 h", effective_from=begin)


def commitments():
    two = [{"offer": "res", "size": "2"}]
    return {
        # Two servers of 100 a year; 2 of 365 days are 1.095890. In use for 2 x 24 and 1 x 24 of 96 hours: 3/4 is used,
        # and 72 h x 0.05 = 3.6 is paid for running.
        "a light reservation is paid while it runs": (case(
            two, PLAIN, [on_demand(), reserved_row("upfront", "term", "server", "100"),
                         reserved_row("use", "running", "server-hour", "0.05")], [2, 1, 1, 1, 1, 1, 1], end=TWO_DAYS),
            Expected({"upfront 2014-01": "200", "use 2014-01": "3.6"},
                     {"upfront 2014-01": "1.095890", "use 2014-01": "3.6"}, "198.904110",
                     used={"upfront 2014-01": "0.821918", "use 2014-01": "3.6"})),
        # 1 / 0.3 = 3.33: three servers' worth; 3 x 0.3 x 48 h = 43.2, two thirds of it in use.
        "a savings plan of 1 an hour": (case(
            [{"offer": "res", "size": "1 /h"}], PLAIN,
            [on_demand("0.4"), reserved_row("hourly", "held", "server-hour", "0.3", "savings-plan")], [2] * 7,
            end=TWO_DAYS), Expected({"hourly 2014-01": "43.2"}, used={"hourly 2014-01": "28.8"})),
        # 10 h at 0.04, 4 h at 0.03; in the 10 hours in between it is above 0.05: 10 x 0.2 by the hour.
        "spot while its price is low": (case(
            [{"offer": "bid", "size": "2"}, *FOLLOW], PLAIN | {"bid": {"max_price": "0.05"}},
            [on_demand(), spot_row("2013-12-31", "0.04"), spot_row("2014-01-01 10:00", "0.1"),
             spot_row("2014-01-01 20:00", "0.03")], [1] * 7, end="2014-01-02"),
            Expected({"hourly 2014-01": "2.52"})),
        # In use from 00:01:40 on: 86,300 s are 24 h in whole hours, 4.8.
        "a run of a light reservation in whole hours": (case(
            [{"offer": "res", "size": "1"}], {"od": {"start_up": "100 s"}},
            [on_demand(), price("res", "reserved", "use", "running", "server-hour", "0.2", term="1 yr", discounts="od",
                                increment="1 h")], [1] * 7, end="2014-01-02"),
            Expected({"use 2014-01": "4.8"})),
    }


def meters():
    tiers = [tier("", "free"), tier("100", "0.1"), tier("300", "0.05")]
    hour = {"of": "load", "each": "1 GB"}
    return {
        # 10 servers x 48 h x 1 GB = 480 GB: 100 free, 200 x 0.1, 180 x 0.05.
        "three tiers": (measured(hour, tiers, 10), Expected({"what 2014-01": "29"})),
        # 1,000 GB at least: 200 x 0.1 + 700 x 0.05.
        "a commit": (measured(hour | {"at_least": "1000"}, tiers, 10), Expected({"what 2014-01": "55"})),
        # 240 GB on each day: 100 free and 140 x 0.1; then 60 x 0.1 + 180 x 0.02.
        "a new price in the month, cumulative": (measured(
            hour, tiers[:2] + [tier("300", "0.05"), tier("300", "0.02", effective_from="2014-01-02")], 10),
            Expected({"what 2014-01": "23.6"})),
        # 480 GB of 10^9 bytes are 447.034836 of 2^30: 0.1 of it.
        "a GB of 2^30 bytes": (measured(hour, [tier("", "0.1")], 10, top={"data_units": "binary"}),
                               Expected({"what 2014-01": "44.703484"})),
        # One server for 744 h: 744 GB, 100 of them included for its month; 644 x 0.1.
        "an allowance of a server": (case(
            HOST, {"host": {"meters": {"traffic": hour | {"included": "100 GB"}}}},
            [rented("50", term="1 mo"), price("host", "hosting", "traffic", "metered", "GB", "0.1", term="1 mo")], [1] * 7,
            end="2014-02-01"), Expected({"fee 2014-01": "50", "traffic 2014-01": "64.4"})),
        # 22 hours of 1, one of 5, one of 9: ceil(0.95 x 24) = 23rd, 5. 450 MB a server-hour are 1 Mbit/s.
        # 1 of 31 days: 5 / 31 = 0.161290, x 4.
        "transit by the 95th percentile": (case(
                FOLLOW, PLAIN | {"meter": {"meters": {"what": {"of": "load", "each": "450 MB"}}}},
                [on_demand("free"), tier("", "4", "Mbps-month")], [5, 9] + [1] * 22, hourly=True, services=["meter"]),
            Expected({"what 2014-01": "0.64516"})),
        # 10 servers x 48 h of 730 x 0.5 h = 0.328767 hours, x 60.
        "labour for each server": (measured({"of": "servers", "each": "0.5 h /mo"}, [tier("", "60", "work-hour")], 10),
                                   Expected({"what 2014-01": "19.72602"})),
        # 3 units for 2 of 31 days: 0.193548, x 31.
        "units over time": (measured({"of": "time", "each": "3"}, [tier("", "31", "unit-month")]),
                            Expected({"what 2014-01": "5.999988"})),
        # 10 servers x 20 GB x 2/31: 12.903226 GB-months, x 31.
        "storage of each server": (measured({"of": "servers", "each": "20 GB"}, [tier("", "31", "GB-month")], 10),
                                   Expected({"what 2014-01": "400.000006"})),
    }


def colocation():
    own = {"useful_life": "36 mo"}
    hall = {"rack": {"units": "10", "kw": "5"}, "committed_kw": "20", "take_or_pay": "80%", "cross_connects": "2",
            "pue": "1.5"}
    on_site = own | {"site": "hall", "rack_units": "1", "watts": "400"}
    return {
        # 10 servers and ceil(0.5) spare: 11 x 1,000; 7 of 1,096 days are used.
        "a spare for ten servers": (case([{"offer": "colo", "size": "10"}], {"colo": own | {"spares": "5%"}},
                                         [owned("1000")], [10] * 7),
                                    Expected({"server 2014-01": "11000"}, {"server 2014-01": "70.255474"}, "10929.744526")),
        # 2 servers x 0.5 h x 109.6; 7 of 1,096 days are used.
        "labour to install": (case([{"offer": "colo", "size": "2"}], {"colo": own | {"install_hours": "0.5"}},
                                   [price("colo", "colocation", "labour", "term", "work-hour", "109.6")], [2] * 7),
                              Expected({"labour 2014-01": "109.6"}, {"labour 2014-01": "0.7"}, "108.9")),
        # 1,200; after a month 480 are got back, so that January has cost 720. The next one: 7 of 28 days of 720.
        "a server is sold when its life is over": (case(
            COLO, {"colo": {"useful_life": "1 mo", "resale": [{"age": "1 mo", "share": "40%"}]}}, [owned("1200")], [1] * 7,
            end="2014-02-08"), Expected({"server 2014-01": "1200", "server 2014-02": "720"},
                                        {"server 2014-01": "720", "server 2014-02": "180"}, "1020")),
        # At an age of 7 of 28 days it is worth 1 - 0.6 / 4 = 85 %: 1,020.
        "what a server is worth at the end": (case(
            COLO, {"colo": {"useful_life": "1 mo", "resale": [{"age": "1 mo", "share": "40%"}]}}, [owned("1200")], [1] * 7,
            end="2014-02-08", top={"at_end": "resale"}),
            Expected({"server 2014-01": "1200", "server 2014-02": "720"},
                     {"server 2014-01": "720", "server 2014-02": "180"}, "1020")),
        # 12 rates of 100, on the first of February and of March; 90 of 1,096 days: 1,200 x 90 / 1,096 = 98.540146.
        "financing without interest": (case(
            COLO, {"colo": own | {"financing": {"rate": "0% /yr", "months": "12"}}}, [owned("1200")], [1] * 7,
            end="2014-04-01"),
            Expected({"server 2014-02": "100", "server 2014-03": "100"},
                     {"server 2014-01": "33.941606", "server 2014-02": "30.656934", "server 2014-03": "33.941606"},
                     "101.459854")),
        # 1.01^12 = 1.12682503, so 1 % a month: 1,200 x 0.01 / (1 - 1.01^-12) = 106.618546. 31 days until
        # February: 12 x 106.618546 x 31 / 1,096 = 36.188047, not yet paid.
        "financing at one per cent a month": (case(
            COLO, {"colo": own | {"financing": {"rate": "12.682503% /yr", "months": "12"}}},
            [owned("1200")], [1] * 7, end="2014-02-01"),
            Expected({}, {"server 2014-01": "36.188047"}, "-36.188047")),
        # floor(5 kW x 80 % / 400 W) = 10 a rack, 12 servers: 2 racks. Of January 7 of 31 days.
        # 2 x 310 x 7/31 = 140. 12 x 0.4 = 4.8 kW drawn, 80 % of 20 = 16 kW paid: 16 x 31 x 7/31 = 112.
        # 4.8 x 1.5 x 168 h x 0.1 = 120.96. 2 x 31 x 7/31 = 14. 31 x 7/31 = 7.
        "a site": (case([{"offer": "colo", "size": "12"}], {"colo": on_site, "hall": hall}, [
            owned("free"), site("space", "held", "rack-month", "310"), site("feed", "held", "kW-month", "31"),
            site("energy", "held", "kWh", "0.1"), site("cross-connects", "held", "cross-connect-month", "31"),
            site("membership", "held", "month", "31")], [12] * 7),
            Expected({"space 2014-01": "140", "feed 2014-01": "112", "energy 2014-01": "120.96",
                      "cross-connects 2014-01": "14", "membership 2014-01": "7"})),
        # 2 racks x 500 on the first day; 7 of 365 days: 19.178082.
        "racks are set up once": (case([{"offer": "colo", "size": "12"}], {"colo": {
            "useful_life": "12 mo", "site": "hall", "rack_units": "1", "watts": "400"}, "hall": hall},
            [owned("free"), site("rack set-up", "once", "rack", "500")], [12] * 7),
            Expected({"rack set-up 2014-01": "1000"}, {"rack set-up 2014-01": "19.178082"}, "980.821918")),
        # A rack for 310 from 15 January on: 310 x 17/31 = 170, then 310; the server that came on the first begins then.
        "space is paid from its delivery": (case(COLO, {"colo": on_site, "hall": hall | {"from": "2014-01-15"}}, [
            owned("1096"), site("space", "held", "rack-month", "310")], [1] * 7, end="2014-03-01"),
            Expected({"server 2014-01": "1096", "space 2014-01": "170", "space 2014-02": "310"},
                     {"server 2014-01": "17", "server 2014-02": "28", "space 2014-01": "170", "space 2014-02": "310"},
                     "1051")),
        # 100 a month; from the first anniversary on 103, from the second 106.09.
        "an escalator": (case(COLO, {"colo": on_site, "hall": hall | {"escalator": "3% /yr"}}, [
            owned("free"), site("space", "held", "rack-month", "100")], [1] * 7, end="2016-02-01"),
            Expected({f"space {year}-{month:02}": amount for year, months, amount in (
                (2014, 12, "100"), (2015, 12, "103"), (2016, 1, "106.09")) for month in range(1, months + 1)})),
    }


def hosting():
    return {
        # Arrives on 21 January: January in full, spread over its rest; then February.
        "calendar months are due in full": (case(
            HOST, {"host": {"process": "wait", "billing": "calendar"}}, [rented("100", term="1 mo")], [1] * 7,
            [stage("wait", "wait", "order", "20 d")], end="2014-02-15"),
            Expected({"fee 2014-01": "100", "fee 2014-02": "100"}, {"fee 2014-01": "100", "fee 2014-02": "50"}, "50")),
        # From 21 January on: 11 of 31 days of the first month, which ends on 21 February.
        "months from the anniversary on are not": (case(
            HOST, {"host": {"process": "wait"}}, [rented("310", term="1 mo")], [1] * 7,
            [stage("wait", "wait", "order", "20 d")], end="2014-02-15"),
            Expected({"fee 2014-01": "310"}, {"fee 2014-01": "110", "fee 2014-02": "140"}, "60")),
        # 3 months, then one by one: on 1 April one more, whose end is paid for. With 3 months 200 would be owed.
        "after the first term a month at a time": (case(
            HOST, {"host": {"then": "1 mo"}}, [rented("100", term="3 mo")], [1] * 7, end="2014-04-16",
            top={"at_end": "full"}),
            Expected({f"fee 2014-{month:02}": "100" for month in (1, 2, 3, 4)},
                     {"fee 2014-01": "100", "fee 2014-02": "100", "fee 2014-03": "100", "fee 2014-04": "50"})),
    }


def differences(result, expected):
    """What the oracle reckons and what stands here, to the millionth."""
    found = []
    split = {key: used for key, (used, _) in result.split.items()}
    for what, ours, theirs in (("billed", expected.billed, result.bill.billed),
                               ("effective", expected.effective, result.bill.effective),
                               ("list", expected.listed or expected.billed, result.bill.listed),
                               ("used", expected.used, split)):
        if ours is None:
            continue
        theirs = {f"{name} {when.month_name(month)}": money for (name, month), money in theirs.items() if money}
        for key in sorted(set(ours) | set(theirs)):
            if abs(Fraction(ours.get(key, "0")) - theirs.get(key, 0)) > MOST:
                found.append(f"by hand: {what}, {key}: {ours.get(key, '0')}, oracle {float(theirs.get(key, 0)):.6f}")
    if abs(Fraction(expected.horizon) - result.bill.horizon) > MOST:
        found.append(f"by hand: horizon {expected.horizon}, oracle {float(result.bill.horizon):.6f}")
    return found
