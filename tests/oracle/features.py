"""What random studies may have on top of the plain ones. Each feature throws dice of its own, so that a study
differs from the plain one of the same number only by the features that were asked for."""
import random

import when
from prices import matches

# Each changes a study in the making. The order is that in which they are applied.
FEATURES = {}
LIKELY = 0.6
# How often a price that is replaced says so.
CLOSED = 0.5
RATE_COLUMNS = "currency,rate,effective_from,source".split(",")


def feature(function):
    FEATURES[function.__name__] = function
    return function


def apply_features(maker, seed, names):
    for name, change in FEATURES.items():
        dice = random.Random(f"rackrate oracle {seed} {name}")
        if name in names and dice.random() < LIKELY:
            change(maker, dice)
    avoid_open_questions(maker)


def avoid_open_questions(maker):
    """What a server is worth when a size is decided is not said for all that may be paid for it."""
    for strategy in all_strategies(maker):
        for layer in strategy["layers"]:
            extra = maker.extras[layer["offer"]]
            if layer.get("size") == "break-even" and {"spares", "resale", "financing", "site", "meters"} & set(extra):
                layer["size"] = "p50"


def day(seconds):
    return when.shown(seconds)[:10]


def row(offer, kind, component, charged, per, amount, **more):
    return {"offer": offer, "kind": kind, "component": component, "charged": charged, "per": per, "price": amount,
            "currency": "USD", "effective_from": "2010-01-01", "source": "made up"} | more


def all_strategies(maker):
    return maker.tree["strategies"]


def committed_layers(strategy):
    """Layers before the one that follows."""
    return [layer for layer in strategy["layers"] if "size" in layer]


def in_front(maker, dice, layer):
    """Puts a layer into about half of the strategies, never behind the one that follows."""
    used = False
    for strategy in all_strategies(maker):
        if dice.random() < 0.6 or not used:
            place = dice.randrange(len(committed_layers(strategy)) + 1)
            if place and strategy["layers"][place - 1].get("size") == "break-even":
                place -= 1
            strategy["layers"].insert(place, dict(layer))
            used = True


def add_service(maker, dice, offer):
    for k, strategy in enumerate(all_strategies(maker)):
        if k == 0 or dice.random() < 0.6:
            strategy.setdefault("services", []).append(offer)


def top(maker):
    return maker.tree["study"]


# Prices

@feature
def providers(maker, dice):
    names = {}
    for each in maker.prices:
        each["provider"] = names.setdefault(each["offer"], dice.choice(("acme", "globex")))


@feature
def discounts(maker, dice):
    found = []
    offers = sorted({each["offer"] for each in maker.prices})
    for _ in range(dice.choice((1, 2, 3))):
        entry = dice.choice(({"provider": "acme"}, {"offer": dice.choice(offers)}, {"offer": "/^(res|host)-/"},
                             {"offer": "/^colo/", "component": "server"}, {"offer": "od", "component": "hourly"}))
        found.append(entry | {"off": dice.choice(("10%", "33.3%", "0.5%", "7%"))})
    found = [entry for entry in found if any(applies(entry, each) for each in maker.prices)]
    top(maker)["discounts"] = found or [{"offer": "od", "off": "10%"}]


def applies(entry, price):
    return (entry.get("provider", price.get("provider")) == price.get("provider")
            and matches(entry.get("offer", price["offer"]), price["offer"])
            and entry.get("component", price["component"]) == price["component"])


@feature
def currencies(maker, dice):
    """Whole offers in another currency, with rates that change now and then."""
    foreign = {name for name in sorted({each["offer"] for each in maker.prices}) if dice.random() < 0.4}
    for each in maker.prices:
        if each["offer"] in foreign:
            each["currency"] = "EUR"
    first = maker.decide_from - dice.randrange(400, 900) * when.DAY
    days = {first, first + 300 * when.DAY}
    days |= {maker.decide_from + dice.randrange(1, 90) * when.DAY for _ in range(dice.choice((0, 1, 2, 3)))}
    rates = [{"currency": "EUR", "rate": f"{dice.uniform(1.05, 1.45):.4f}", "effective_from": day(begin),
              "source": "made up"} for begin in sorted(days)]
    maker.tables["rates.csv"] = RATE_COLUMNS, rates
    top(maker)["exchange_rates"] = ["rates.csv"]


@feature
def due_with_order(maker, _):
    top(maker)["purchases_due"] = "order"


@feature
def arrears(maker, _):
    top(maker)["usage_due"] = "next-month"


@feature
def tax(maker, dice):
    top(maker)["tax"] = dice.choice(("19%", "7.7%", "21%"))


@feature
def capex(maker, dice):
    names = sorted({each["component"] for each in maker.prices})
    top(maker)["capex"] = dice.sample(names, dice.choice((1, 2)))


# Hosting

@feature
def calendar(maker, dice):
    for name in ("host-a", "host-b"):
        if dice.random() < 0.7:
            maker.extras[name]["billing"] = "calendar"


@feature
def then(maker, dice):
    for name in ("host-a", "host-b"):
        if dice.random() < 0.7:
            maker.extras[name]["then"] = dice.choice(("1 mo", "1 mo", "2 mo"))


# Colocation

def colocations(maker, dice):
    return [name for name in ("colo-a", "colo-b") if dice.random() < 0.7] or ["colo-a"]


@feature
def spares(maker, dice):
    for name in colocations(maker, dice):
        maker.extras[name]["spares"] = dice.choice(("5%", "12.5%", "1%", "100%"))


@feature
def labour(maker, dice):
    for name in colocations(maker, dice):
        maker.extras[name]["install_hours"] = dice.choice(("0.5", "1.25", "3"))
        maker.prices.append(row(name, "colocation", "installation", dice.choice(("once", "term")), "work-hour",
                                dice.choice(("45", "61.37"))) | same_as(maker, name))


def same_as(maker, name):
    """What all rows of an offer agree on."""
    first = next(each for each in maker.prices if each["offer"] == name)
    return {key: first[key] for key in ("provider", "vcpu", "term", "increment", "discounts", "currency") if key in first}


@feature
def resale(maker, dice):
    if dice.random() < 0.6:
        top(maker)["at_end"] = "resale"
    for name in ("colo-a", "colo-b"):
        maker.extras[name]["resale"] = [{"age": "1 mo", "share": "70%"}, {"age": "12 mo", "share": "40%"},
                                        {"age": "36 mo", "share": "15%"}][dice.choice((0, 1)):]


@feature
def financing(maker, dice):
    top(maker).pop("discount_rate", None)
    for name in colocations(maker, dice):
        maker.extras[name].pop("resale", None)
        for each in maker.prices:
            if each["offer"] == name:
                each["currency"] = "USD"
        maker.extras[name]["financing"] = {"rate": dice.choice(("6% /yr", "0% /yr", "12.5% /yr")),
                                           "months": dice.choice(("36", "2", "12"))}


@feature
def sites(maker, dice):
    name = "hall"
    extra = {"rack": {"units": dice.choice(("42", "10")), "kw": dice.choice(("5", "3.5"))}}
    if dice.random() < 0.6:
        extra["from"] = day(maker.decide_from + dice.randrange(0, 25) * when.DAY)
    for key, values in (("breaker", ("80%", "90%")), ("racks", ("1", "4")), ("committed_kw", ("5", "20")),
                        ("take_or_pay", ("80%", "100%")), ("escalator", ("3% /yr", "2.5% /yr")),
                        ("cross_connects", ("2", "1")), ("pue", ("1.5", "1.33"))):
        if dice.random() < 0.7:
            extra[key] = dice.choice(values)
    maker.extras[name] = extra
    common = {"term": dice.choice(("12 mo", "1 mo") if "escalator" in extra else ("12 mo", "36 mo"))}
    for component, charged, per, price in (
            ("space", "held", "rack-month", 900), ("power feed", "held", "kW-month", 140),
            ("energy", "held", "kWh", 0.19), ("cross-connects", "held", "cross-connect-month", 250),
            ("membership", "held", "month", 99.95), ("rack set-up", "once", "rack", 500)):
        if dice.random() < 0.7 and (component != "cross-connects" or "cross_connects" in extra):
            maker.prices.append(row(name, "site", component, charged, per, f"{price * dice.uniform(0.5, 1.2):.3f}",
                                    **common))
    if not any(each["offer"] == name for each in maker.prices):
        maker.prices.append(row(name, "site", "space", "held", "rack-month", "800", **common))
    for colo in ("colo-a", "colo-b"):
        maker.extras[colo]["site"] = name


# Commitments and spot

@feature
def light(maker, dice):
    """Reservations that are paid while they run."""
    for name in ("res-a", "res-b"):
        if dice.random() < 0.8:
            rows = [each for each in maker.prices if each["offer"] == name]
            hourly = [each for each in rows if each["component"] == "hourly"]
            if hourly and len(hourly) < len(rows):
                for each in hourly:
                    each["charged"] = "running"
            else:
                maker.prices.append(row(name, "reserved", "use", "running", "server-hour", "0.031")
                                    | same_as(maker, name))


@feature
def savings(maker, dice):
    """A savings plan in front of, or between, the other layers."""
    common = {"term": dice.choice(("1 yr", "3 yr", "1 mo")), "discounts": "od", "vcpu": "2"}
    if dice.random() < 0.6:
        maker.prices.append(row("plan", "savings-plan", "upfront", "term", "server", "77.7", **common))
    if dice.random() < 0.3:
        maker.prices.append(row("plan", "savings-plan", "use", "running", "server-hour", "0.013", **common))
    maker.prices.append(row("plan", "savings-plan", "hourly", "held", "server-hour",
                            dice.choice(("0.071", "0.05")), **common))
    maker.extras["plan"] = {}
    in_front(maker, dice, {"offer": "plan", "size": dice.choice(("1 /h", "0.5 /h", "p50", "7", "peak", "3.3 /h"))})


@feature
def spot(maker, dice):
    extra = {"start_up": dice.choice(("0 s", "97 s", "5 min"))}
    if dice.random() < 0.8:
        extra["max_price"] = dice.choice(("0.05", "0.08"))
    maker.extras["bid"] = extra
    common = {"increment": "1 h"} if dice.random() < 0.5 and maker.step_seconds == when.HOUR else {"increment": "1 s"}
    moment, rows = maker.decide_from - 10 * when.DAY, []
    while moment < maker.end:
        rows.append(row("bid", "spot", "hourly", "running", "server-hour", f"{dice.uniform(0.02, 0.1):.4f}",
                        effective_from=when.shown(moment)[:16].replace("T", " "), **common))
        moment += dice.choice((1, 3, 10, 24, 60)) * when.HOUR
    maker.prices += rows
    in_front(maker, dice, {"offer": "bid", "size": dice.choice(("3", "20", "60"))})


# Services and what is metered

def tiers(dice, bounds):
    """Some of the bounds, the first of them 0."""
    return [0] + [bound for bound in bounds if dice.random() < 0.5]


def metered(maker, dice, offer, kind, component, per, price, bounds, more):
    for k, bound in enumerate(tiers(dice, bounds)):
        begins = ["2010-01-01"]
        if dice.random() < 0.3:
            begins.append(day(maker.start + dice.randrange(0, 40) * when.DAY))
        for j, begin in enumerate(begins):
            amount = f"{price * dice.uniform(0.6, 1.1) * 0.8 ** (j + k):.5f}"
            if k == 0 and dice.random() < 0.2:
                amount = "free"
            ends = {"effective_to": begins[j + 1]} if begins[j + 1:] and dice.random() < CLOSED else {}
            maker.prices.append(row(offer, kind, component, "metered", per, amount, tier_from=str(bound) if bound else "",
                                    effective_from=begin) | more | ends)


def meter_settings(dice, maker):
    """(unit, price, bounds, setting) of something that can be measured."""
    load = maker.tree["workloads"][0]
    requests = load["measures"] != "servers"
    size = {"count": "50 kB", "rate": "50 kB", "servers": "3 GB"}[load["measures"]]
    found = [("work-hour", 60, (1, 20), {"of": "servers", "each": dice.choice(("0.5 h /mo", "0.3 h /mo"))}),
             ("server", 2900, (1,), {"of": "servers", "each": "4% /yr"}),
             ("GB-month", 0.03, (100, 1000), {"of": "servers", "each": "20 GB"}),
             ("GiB-month", 0.03, (100, 1000), {"of": "used", "each": "20 GB"}),
             ("unit-hour", 0.03, (100, 1000), {"of": "used", "each": "2"}),
             ("unit-month", 25, (2,), {"of": "time", "each": "3"}),
             ("TB", 80, (1, 10), {"of": "time", "each": "300 GB /mo"}),
             ("GB", 0.12, (10, 1000, 10000), {"of": "load", "each": size}),
             ("GiB", 0.12, (10, 1000), {"of": "load", "each": size}),
             ("unit-hour", 0.02, (100, 1000), {"of": "servers", "each": "1.5"})]
    if requests:
        found += [("million requests", 0.4, (10, 1000), {"of": "load", "each": "1"}),
                  ("thousand requests", 0.005, (1000, 100000), {"of": "load", "each": "2"}),
                  ("request", 0.00001, (1000000,), {"of": "load", "each": "1"})]
    return dice.choice(found)


@feature
def meters(maker, dice):
    """A service with one to three measured components."""
    settings = {}
    for k in range(dice.choice((1, 2, 3))):
        per, price, bounds, setting = meter_settings(dice, maker)
        component = f"measured {k}"
        if dice.random() < 0.3:
            setting["at_least"] = dice.choice(("1", "50", "0.5"))
        settings[component] = setting
        metered(maker, dice, "measuring", "service", component, per, price, bounds, {"provider": "acme"})
    maker.extras["measuring"] = {"meters": settings}
    add_service(maker, dice, "measuring")


@feature
def allowances(maker, dice):
    """Traffic of rented servers, of which some is included."""
    for name in ("host-a", "host-b"):
        if dice.random() < 0.7:
            metered(maker, dice, name, "hosting", "traffic", "GB", 0.07, (1000,), same_as(maker, name))
            size = "3 GB" if maker.tree["workloads"][0]["measures"] == "servers" else "50 kB"
            maker.extras[name]["meters"] = {"traffic": {"of": "load", "each": size,
                                                        "included": dice.choice(("100 GB", "2 TB", "5 GB"))}}


@feature
def percentile(maker, dice):
    """Transit by the 95th percentile."""
    size = {"count": "20 kB", "rate": "20 kB", "servers": "1 GB"}[maker.tree["workloads"][0]["measures"]]
    maker.extras["carrier"] = {"meters": {"transit": {"of": "load", "each": size}}}
    if dice.random() < 0.4:
        maker.extras["carrier"]["meters"]["transit"]["at_least"] = dice.choice(("1", "30"))
    metered(maker, dice, "carrier", "service", "transit", "Mbps-month", 4, (10, 100), {"provider": "acme"})
    add_service(maker, dice, "carrier")


@feature
def columns(maker, dice):
    """Another column of the trace."""
    lines = maker.files["trace.csv"].splitlines()
    lines = [lines[0] + ",bytes"] + [f"{line},{dice.randrange(10 ** 6, 10 ** 9)}" for line in lines[1:]]
    load = maker.tree["workloads"][0]
    load["column"] = lines[0].split(",")[1]
    maker.files["trace.csv"] = "\n".join(lines) + "\n"
    setting = {"of": "column", "column": "bytes", "each": "1 B", "measures": dice.choice(("count", "rate"))}
    maker.extras["mirror"] = {"meters": {"copies": setting}}
    metered(maker, dice, "mirror", "service", "copies", "GB", 0.02, (10, 1000), {"provider": "globex"})
    add_service(maker, dice, "mirror")


@feature
def fees(maker, dice):
    """A service with a flat fee."""
    maker.prices.append(row("monitoring", "service", "subscription", "held", "month", "120.5", follows="day",
                            provider="acme"))
    if dice.random() < 0.5:
        maker.prices.append(row("monitoring", "service", "subscription", "held", "month", "99", follows="day",
                                provider="acme", effective_from=day(maker.start + 17 * when.DAY)))
    add_service(maker, dice, "monitoring")


@feature
def support(maker, dice):
    """A share of what is billed by the provider; so that there is something, some offers get one."""
    for name in sorted({each["offer"] for each in maker.prices}):
        if dice.random() < 0.5:
            for each in maker.prices:
                if each["offer"] == name:
                    each["provider"] = "acme"
    setting = {"of": "spend"} | ({"at_least": "1000"} if dice.random() < 0.5 else {})
    maker.extras["help desk"] = {"meters": {"support": setting}}
    for bound, share in zip(tiers(dice, (1000, 10000)), ("0.1", "0.07", "0.05")):
        maker.prices.append(row("help desk", "service", "support", "metered", "spend", share, provider="acme",
                                tier_from=str(bound) if bound else ""))
    add_service(maker, dice, "help desk")


# Launches

def long_increments(maker, dice):
    """Increments of several steps. Launches by the second, so that nobody starts in between."""
    for each in maker.prices:
        if each["offer"] == "od":
            each["increment"] = {300: "1 h", 900: "1 h", 1800: "1 h", 3600: "4 h"}[maker.step_seconds]
    extra = maker.extras["od"]
    if "launch_rate" in extra:
        extra["launch_rate"] = dice.choice(("1 /s", "30 /min"))


@feature
def kept(maker, dice):
    """Who is not wanted is kept to the end of what is paid; the last started stop first."""
    long_increments(maker, dice)


@feature
def oldest(maker, dice):
    long_increments(maker, dice)
    maker.extras["od"]["stops"] = "oldest"


# Buyers

@feature
def forecasts(maker, dice):
    """Some forecast, where the trace tells enough of the time before. What spot will cost is not forecast."""
    repeat = maker.tree["workloads"][0]["repeat"]
    seasons = {"none": (), "weekly": ("24 h", "168 h"), "yearly": ("24 h", "168 h", "364 d")}[repeat]
    for strategy in maker.tree["strategies"]:
        if not seasons or dice.random() < 0.4 or any(layer["offer"] == "bid" for layer in strategy["layers"]):
            continue
        how = {"method": "percentile", "percentile": dice.choice(("50", "97.5", "100"))}
        if dice.random() < 0.7:
            how = {"method": "seasonal-naive", "season": dice.choice(seasons)}
        how["headroom"] = dice.choice(("0%", "10%", "33.3%"))
        if dice.random() < 0.3:
            begin = maker.start + dice.randrange(-2 * when.DAY, maker.end - maker.start, 60)
            how["events"] = [{"name": "sale", "from": when.shown(begin), "to": when.shown(begin + when.DAY + 60),
                              "times": dice.choice(("2", "0.5", "1.75"))}]
        strategy["knows"], strategy["forecast"] = "forecast", how
