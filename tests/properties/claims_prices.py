"""What prices, discounts, rates, taxes and ways of paying do to amounts."""
import datetime
import os
import random
from collections import defaultdict
from fractions import Fraction

from claims_nothing import money_differences, pair, service_differences
from claims_sums import half_even
from draw import HOUR_PARTS, STEPS, draw
from study import DAY, Study, millionths, run, shown

BY_NEED = ("peak", "p50", "p95", "number")  # sizes that do not look at prices


def text_of(price):
    """A fraction that ends, as a decimal."""
    places = next(k for k in range(16) if (price * 10 ** k).denominator == 1)
    digits = f"{int(price * 10 ** places):0{places + 1}d}"
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def priced_by_need(seed):
    """A study in which no price decides what is ordered."""
    study = draw(seed, sizes=BY_NEED)
    study.offers["spot"].pop("max_price", None)
    for strategy in study.strategies:
        for layer in strategy["layers"]:
            if "/h" in layer.get("size", ""):
                layer["size"] = "10"
    return study


# ---- factors ----

def a_price_times_k(seed, folder):
    """A component whose prices are k times as high costs k times as much, and no other component changes.

    Every rounded amount is off by half a millionth at most, k times that before the factor. A ledger row is the
    difference of two; a purchase is rounded for each lot, of which there are no more than servers; rates of a
    purchase are rounded for each server and payment."""
    study, dice = priced_by_need(seed), random.Random(seed)
    for strategy in study.strategies:  # support is a share of what is spent
        strategy["services"] = [name for name in strategy.get("services", []) if name != "help"]
    study.top.pop("tax", None)
    component = dice.choice(sorted({row["component"] for row in study.prices if row["offer"] != "help"}))
    k, changed = dice.choice((2, 3, 7)), study.copy()
    for row in changed.prices:
        if row["component"] == component and row["price"] != "free":
            row["price"] = text_of(Fraction(row["price"]) * k)
    before, after = pair(study, changed, folder)
    found = []
    for name in before.summary:
        found += service_differences(name, before, after, name)
        slack = sum(row["x_Strategy"] == name and row["x_Component"] == component for row in before.ledger)
        servers = sum(int(row["servers"]) + int(row["spares"]) for row in before.orders_of(name)
                      if row["reason"] != "follows need")
        slack = (k + 1) * (slack + servers * (36 if component == "server" else 1))
        for kind in range(3):
            was, now = before.component(name, component, kind), after.component(name, component, kind)
            if abs(k * was - now) > slack:
                found.append(f"{name}: {component} was {was}, at {k} times the price {now}")
        others = {key: text for key, text in before.results[name]["cost_by_component"].items() if key != component}
        now = {key: text for key, text in after.results[name]["cost_by_component"].items() if key != component}
        if others != now:
            found.append(f"{name}: other components changed: {others} to {now}")
    return found


def terms_are_factors(seed, folder):
    """15 % off and a rate of exchange are factors of the price, exact to the last unit of every charge."""
    study, dice = priced_by_need(seed), random.Random(seed)
    study.top.pop("discounts", None)
    study.offers["hall"] = {key: value for key, value in study.offers.get("hall", {}).items() if key != "escalator"}
    if not any(row["offer"] == "hall" for row in study.prices):
        study.offers.pop("hall")
    for row in study.prices:
        row["currency"] = "USD"
    study.rates, changed = [], study.copy()
    rate, off = Fraction(dice.randrange(5000, 20000), 10000), Fraction(dice.choice((15, 8)), 100)
    changed.rates = [{"currency": "JPY", "rate": text_of(rate), "source": "made up",
                      "effective_from": shown(study.decide_from - dice.randrange(9) * DAY)}]
    changed.top["discounts"] = [{"provider": "aws", "off": f"{int(off * 100)}%"}]
    listed = study.copy()
    for row, foreign, undiscounted in zip(study.prices, changed.prices, listed.prices):
        if row["price"] == "free":
            continue
        if row["offer"] in ("od", "res-part", "host", "colo", "web"):
            foreign["currency"] = "JPY"
            row["price"] = undiscounted["price"] = text_of(Fraction(row["price"]) * rate)
        if row["provider"] == "aws":
            row["price"] = text_of(Fraction(row["price"]) * (1 - off))
    before, after = pair(study, changed, folder)
    without = run(listed, os.path.join(folder, "list"))
    found = []
    for name in before.summary:
        found += service_differences(name, before, after, name)
        for key in ("billed", "effective", "horizon_value", "unmet", "compared"):
            if before.money(name, key) != after.money(name, key):
                found.append(f"{name}: {key} is {after.money(name, key)} by terms and "
                             f"{before.money(name, key)} by price")
        for component in after.results[name]["cost_by_component"]:
            # Support and tax are shares of what is billed.
            if component not in ("support", "tax"):
                was, now = without.component(name, component, 2), after.component(name, component, 2)
                if was != now:
                    found.append(f"{name}: list cost of {component} is {now}, and {was} where nothing is off")
    return found


def tax_is_a_share(seed, folder):
    """A tax is its rate times everything billed so far, less what was taxed before, and changes nothing else."""
    study, dice = draw(seed), random.Random(seed)
    study.top.pop("tax", None)
    changed, percent = study.copy(), dice.choice(("19", "7.7", "0.01", "100"))
    changed.top["tax"], rate = f"{percent}%", Fraction(percent) / 100
    before, after = pair(study, changed, folder)
    found = []
    for name in before.summary:
        found += service_differences_but_tax(name, before, after)
        months = defaultdict(lambda: [0, 0, 0])
        for (strategy, month, component), amounts in before.monthly.items():
            if strategy == name:
                months[month] = [sum(pair) for pair in zip(months[month], amounts)]
                if after.monthly.get((strategy, month, component)) != amounts:
                    found.append(f"{name}: {component} in {month} changes with a tax")
        so_far, taxed = [0, 0, 0], [0, 0, 0]
        for month in sorted(months):
            so_far = [sum(pair) for pair in zip(so_far, months[month])]
            due = [half_even(total * rate) - before_this for total, before_this in zip(so_far, taxed)]
            taxed = [sum(pair) for pair in zip(taxed, due)]
            real = after.monthly.get((name, month, "tax"), [0, 0, 0])
            if real != due:
                found.append(f"{name}: tax in {month} is {real}, not {due}")
        left = before.money(name, "horizon_value")
        if after.money(name, "horizon_value") != left + half_even(left * rate):
            found.append(f"{name}: with tax the horizon value is {after.money(name, 'horizon_value')}, was {left}")
    return found


def service_differences_but_tax(name, before, after):
    counted = after.summary[name]["counted"].split("; ")
    after.summary[name]["counted"] = "; ".join(part for part in counted if part != "tax")
    return service_differences(name, before, after, name)


# ---- constant prices ----

def plain(seed, days, values, per=1):
    """A study of whole servers, a value for every `per` hours; and its dice."""
    study, dice = Study(), random.Random(f"plain {seed}")
    study.start = datetime.datetime(2014, 1, 1) + dice.randrange(700) * DAY
    study.end = study.start + days * DAY
    study.top = {"title": f"Plain study {seed}", "start": shown(study.start), "end": shown(study.end),
                 "currency": "USD", "step": "1 h"}
    study.workload = {"name": "load", "trace": "trace.csv", "measures": "servers", "align": "date",
                      "unmet_cost": "9 /server-hour"}
    study.trace = [[shown(study.start + k * per * datetime.timedelta(hours=1)), str(value)]
                   for k, value in enumerate(values)]
    return study, dice


def price(study, offer, kind, component, charged, per, amount, **more):
    study.prices.append({"offer": offer, "kind": kind, "provider": "x", "component": component, "charged": charged,
                         "per": per, "price": amount if isinstance(amount, str) else text_of(amount), "currency": "USD",
                         "effective_from": shown(study.start - 9 * DAY), "source": "made up"} | more)


def cloud_or_own(seed, folder):
    """All-cloud costs less than all-owned exactly when the premium is below peak / mean.

    With N hours that need S server-hours and P servers at most, own servers cost c P N and the cloud p S. Both are
    c P N to the last unit where c = S and p = P N in any small money; p one unit less or more decides."""
    dice = random.Random(f"cloud {seed}")
    days = dice.randrange(1, 40)
    values = [dice.choice((dice.randrange(0, 9), dice.randrange(0, 60))) for _ in range(days * 24)]
    values[dice.randrange(len(values))] = max(values) + dice.randrange(1, 9)
    total, peak, hours = sum(values), max(values), len(values)
    found = []
    unit, own = Fraction(1, 10 ** 6), Fraction(total, 10 ** 6)
    for which, (cloud, expected) in enumerate(((peak * hours - 1, -1), (peak * hours, 0), (peak * hours + 1, 1))):
        study, _ = plain(seed, days, values)
        price(study, "cloud", "on-demand", "hourly", "running", "server-hour", cloud * unit, increment="1 h")
        if seed % 3 == 0:  # bought for longer than the study, of which the rest is credited
            price(study, "own", "colocation", "server", "term", "server", own * hours * 2)
            study.offers["own"] = {"useful_life": "1 yr"}
            study.prices[-1]["price"] = text_of(own * 8760)
        else:
            kind, term = (("colocation", ""), ("hosting", "1 yr"))[seed % 3 - 1]
            price(study, "own", kind, "rent", "held", "server-hour", own, term=term)
            if kind == "colocation":
                study.offers["own"] = {"useful_life": "36 mo"}
        study.strategies = [{"name": "own", "layers": [{"offer": "own", "size": str(peak)}]},
                            {"name": "cloud", "layers": [{"offer": "cloud"}]}]
        report = run(study, os.path.join(folder, str(which)))
        costs = {name: report.money(name, "compared") for name in ("own", "cloud")}
        if costs["own"] != own * 10 ** 6 * peak * hours or costs["cloud"] != cloud * total:
            found.append(f"compared cost is {costs}, not {own * 10 ** 6 * peak * hours} and {cloud * total}")
        if (costs["cloud"] > costs["own"]) - (costs["cloud"] < costs["own"]) != expected:
            found.append(f"p / c = {cloud}/{total}, peak / mean = {peak * hours}/{total}: {costs}")
        first = "own" if expected >= 0 else "cloud"  # of equals the first one ranks first
        if report.results[first]["rank"] != 1:
            found.append(f"{first} ranks {report.results[first]['rank']}: {costs}")
    return found


def upfront_or_by_the_hour(seed, folder):
    """A term paid all upfront, in part, or by the hour has the same effective cost, if it costs the same.

    By the hour a month is the difference of two rounded sums, upfront it is that of two shares: in a month they
    differ by a millionth for each order, over a whole term by nothing."""
    dice = random.Random(f"upfront {seed}")
    days = dice.choice((40, 366, 400))
    study, _ = plain(seed, days, [dice.randrange(1, 30) for _ in range(days)], per=24)
    hour, part = Fraction(dice.randrange(100, 9999), 10 ** 5), Fraction(dice.randrange(1, 9), 10)
    price(study, "od", "on-demand", "hourly", "running", "server-hour", hour * 2, increment="1 h")
    kind = dice.choice(("reserved", "savings-plan"))
    same = {"term": "1 yr", "discounts": "od"}
    price(study, "all", kind, "fee", "term", "server", hour * 8760, **same)
    price(study, "part", kind, "fee", "term", "server", hour * part * 8760, **same)
    price(study, "part", kind, "fee", "held", "server-hour", hour * (1 - part), **same)
    price(study, "none", kind, "fee", "held", "server-hour", hour, **same)
    size = dice.choice(("3", "peak", "p50"))
    study.strategies = [{"name": name, "layers": [{"offer": name, "size": size}, {"offer": "od"}]}
                        for name in ("all", "part", "none")]
    report = run(study, folder)
    found, servers = [], {}
    for name in ("all", "part", "none"):
        servers[name] = [(order["servers"], order["ordered"], order["ends"]) for order in report.orders_of(name, name)]
        n_rows = 2 * len(servers[name])
        if abs(report.money(name, "effective") - report.money("all", "effective")) > n_rows:
            found.append(f"{name}: effective cost is {report.money(name, 'effective')}, all upfront "
                         f"{report.money('all', 'effective')}")
        left = report.money(name, "billed") - report.money(name, "horizon_value")
        if abs(left - report.money("all", "effective")) > n_rows:
            found.append(f"{name}: billed less what is left is {left}, not {report.money('all', 'effective')}")
        for order in report.orders_of(name, name):
            paid = millionths(order["effective_cost"])
            if order["ends"] <= shown(study.end) and paid != hour * 8760 * int(order["servers"]) * 10 ** 6:
                found.append(f"{name}: a whole term of {order['servers']} servers is {paid}, not 8,760 h at {hour}")
        for key, amounts in report.monthly.items():
            other = report.monthly.get(("all",) + key[1:], [0, 0, 0])
            if key[0] == name and abs(amounts[1] - other[1]) > 2 * n_rows:
                found.append(f"{name}: {key[1:]} is {amounts[1]} effective, all upfront {other[1]}")
    if servers["all"] != servers["part"] or servers["all"] != servers["none"]:
        found.append(f"other orders: {servers}")
    return found


def used_month_by_month(seed, folder):
    """Of a commitment that costs another price each month, every month's use is at the price of that month."""
    dice = random.Random(f"used {seed}")
    study, _ = plain(seed, 1, [])
    study.start, study.end = datetime.datetime(2014, 1, 1), datetime.datetime(2014, 5, 1)
    study.top |= {"start": shown(study.start), "end": shown(study.end)}
    n, values = dice.randrange(1, 9), [dice.choice((0, 3, dice.randrange(12))) for _ in range(120)]
    study.trace = [[shown(study.start + k * DAY), str(value)] for k, value in enumerate(values)]
    price(study, "od", "on-demand", "hourly", "running", "server-hour", Fraction(1), increment="1 h")
    rates = {}
    for month in range(1, 5):
        if month == 1 or dice.random() < 0.6:
            rate = Fraction(dice.randrange(1, 9999), 10 ** 4)
            price(study, "res", "reserved", "hourly", "held", "server-hour", rate, term="1 yr", discounts="od",
                  follows="day", effective_from=f"2014-{month:02}-01")
        rates[month] = rate
    study.strategies = [{"name": "res", "layers": [{"offer": "res", "size": str(n)}]}]
    report, found = run(study, folder), []
    for month, rate in rates.items():
        days = [min(n, value) for row, value in zip(study.trace, values) if int(row[0][5:7]) == month]
        for status, hours in (("Used", sum(days) * 24), ("Unused", (n * len(days) - sum(days)) * 24)):
            real = sum(row["amounts"][1] for row in report.ledger if row["CommitmentDiscountStatus"] == status and
                       int(row["BillingPeriodStart"][5:7]) == month)
            if abs(real - hours * rate * 10 ** 6) > 2:
                found.append(f"{status} in month {month} is {real}, not {hours} h at {text_of(rate)}")
    return found


# ---- increments ----

def on_demand_alone(seed, increment, stops):
    """Launches at the begin of steps only: nobody waits, nobody starts late."""
    study = draw(seed, limits=False, sizes=BY_NEED)
    study.top.pop("discount_rate", None)
    setting = study.offers["od"]
    setting["stops"] = stops
    for row in study.rows_of("od"):
        row["increment"] = increment
        row["minimum"] = ""
    for strategy in study.strategies:
        if strategy.get("knows") == "nothing":
            setting["start_up"] = "0 s"
        strategy["layers"] = [layer for layer in strategy["layers"] if layer["offer"] != "spot"]
        if strategy["layers"][-1:] != [{"offer": "od"}]:
            strategy["layers"].append({"offer": "od"})
    return study


def first_or_last_out(seed, folder):
    """Which server stops first changes nothing where increments divide the step and there is no minimum.

    Not claimed where launches queue, or where a buyer who does not see ahead waits for start-ups: servers then begin
    within a step, and which of them ends decides what is rounded up."""
    dice = random.Random(f"stops {seed}")
    step = STEPS[draw(seed).top["step"]] * 60
    increment = dice.choice([text for text, seconds in HOUR_PARTS.items() if step % seconds == 0])
    studies = [on_demand_alone(seed, increment, stops) for stops in ("newest", "oldest")]
    before, after = pair(*studies, folder)
    found = []
    for name in before.summary:
        found += money_differences(name, before, after, name) + service_differences(name, before, after, name)
    return found


def longer_increments(seed, folder):
    """An increment that is a multiple of another never costs less.

    Servers are kept to the end of what is paid and started as late as can be, which needs the fewest increments that
    cover the need. Each increment of the longer kind can be replaced by several of the shorter. Where neither is a
    multiple of the other nothing is claimed: for 20 min two of 15 min cost more than one of 25."""
    dice = random.Random(f"increments {seed}")
    step = STEPS[draw(seed).top["step"]] * 60
    fitting = {text: seconds for text, seconds in (HOUR_PARTS | {"2 h": 7200, "6 h": 21600, "1 d": 86400}).items()
               if step % seconds == 0 or seconds % step == 0}
    short = dice.choice(list(fitting)[:-1])
    longer = [text for text, seconds in fitting.items() if seconds > fitting[short] and seconds % fitting[short] == 0]
    stops, long = dice.choice(("newest", "oldest")), dice.choice(longer)
    studies = [on_demand_alone(seed, increment, stops) for increment in (short, long)]
    for study in studies:  # a server-hour costs the same on any day
        kept = {}
        for row in study.rows_of("od"):
            kept.setdefault(row["component"], row)
        study.prices = [row for row in study.prices if row["offer"] != "od" or row is kept[row["component"]]]
        for row in study.rows_of("od"):
            row["effective_to"] = ""
    before, after = pair(*studies, folder)
    found = []
    for name in before.summary:
        was, now = [sum(row["amounts"][0] for row in report.ledger if row["x_Strategy"] == name and
                        row["SkuId"] == "od" and row["PricingUnit"] == "server-hour")
                    for report in (before, after)]
        if now < was:
            found.append(f"{name}: {now} in increments of {long}, {was} in those of {short}")
    return found


CLAIMS = (a_price_times_k, terms_are_factors, tax_is_a_share, cloud_or_own, upfront_or_by_the_hour,
          used_month_by_month, first_or_last_out, longer_increments)
