"""What more demand does to cost."""
import random
from fractions import Fraction

from claims_nothing import pair, without_metered
from claims_prices import plain, price, text_of
from claims_sums import half_even
from draw import draw
from study import DAY, run, shown


def doubled(study):
    twice = study.copy()
    for row in twice.trace:
        row[1] = text_of(2 * Fraction(row[1]))
        row[2] = str(2 * int(row[2]))
    for burst in twice.workload.get("bursts", []):
        burst["add"] = f"{2 * int(burst['add'].split()[0])} servers"
    return twice


def twice_the_need(seed, folder):
    """Twice the need is twice the orders, the hours and the cost, where nothing is fixed, shared or waits.

    True of the sizes peak, break-even and follow with whole servers. Not of percentiles, which are interpolated and
    rounded up; of numbers, racks, spares, flat fees and tiers; of lead times that grow with the order; of launch
    rates and quotas. Amounts differ by rounding: half a millionth for either end of a ledger row, twice that before."""
    study = without_metered(draw(seed, sizes=("peak", "break-even"), whole=True, limits=False, spread=False))
    study.existing = []
    for burst in study.workload.get("bursts", []):
        burst["ramp"] = burst["decay"] = "0 s"  # what a burst needs on the way is rounded up
    for strategy in study.strategies:
        strategy["layers"] = [layer for layer in strategy["layers"] if layer["offer"] != "spot"] or [{"offer": "od"}]
    before, after = pair(study, doubled(study), folder)
    found = []
    for name in before.summary:
        orders = [[(row["offer"], row["ordered"], row["ends"], int(row["servers"]) * factor)
                   for row in report.orders_of(name) if row["reason"] != "follows need"]
                  for report, factor in ((before, 2), (after, 1))]
        if orders[0] != orders[1]:
            found.append(f"{name}: orders are not doubled: {[row for row in orders[1] if row not in orders[0]][:1]}")
        for key in ("need", "served", "shortfall", "unmet", "capacity", "idle"):
            was, now = [float(report.summary[name][f"{key}_server_hours"]) for report in (before, after)]
            if abs(2 * was - now) > 3e-4:
                found.append(f"{name}: {key} is {now}, was {was}")
        servers = sum(int(row["servers"]) for row in before.orders_of(name) if row["reason"] != "follows need")
        slack = 3 * (sum(row["x_Strategy"] == name for row in before.ledger) + 36 * servers)
        for key in ("billed", "effective", "list", "horizon_value", "unmet", "compared"):
            was, now = before.money(name, key), after.money(name, key)
            if abs(2 * was - now) > slack:
                found.append(f"{name}: {key} is {now}, was {was}")
    return found


def twice_the_load(seed, folder):
    """Twice the load never costs less."""
    study = draw(seed, sizes=("peak", "number"), changes=False, limits=False, spread=False)
    study.top.pop("discount_rate", None)
    study.rates = study.rates[:1]
    if study.top["at_end"] == "resale":
        study.top["at_end"] = "pro-rata"
    before, after = pair(study, doubled(study), folder)
    found = []
    for name in before.summary:
        for key in ("billed", "compared"):
            was, now = before.money(name, key), after.money(name, key)
            if now < was:
                found.append(f"{name}: {key} cost is {now}, was {was}")
    return found


def tiers_by_hand(seed, folder):
    """A graduated price is the sum of its slices, month by month, and never falls when the quantity grows."""
    dice = random.Random(f"tiers {seed}")
    days = dice.randrange(2, 70)
    study, _ = plain(seed, days, [1] * days, per=24)
    study.workload["column"] = "value"
    study.trace_columns = ["time", "value", "bytes"]
    for row in study.trace:
        row.append(str(dice.randrange(1, 10 ** 6)))
    price(study, "od", "on-demand", "hourly", "running", "server-hour", Fraction(1, 10), increment="1 h")
    bounds = sorted(dice.sample(range(1, 200), dice.randrange(0, 4)))
    prices = sorted((Fraction(dice.randrange(1, 3000), 10 ** 4) for _ in range(len(bounds) + 1)), reverse=True)
    if bounds and dice.random() < 0.4:
        prices[0] = Fraction(0)
    tiers = list(zip([0] + bounds, bounds + [10 ** 12], prices))
    each = sorted(dice.randrange(1, 40000) for _ in range(6))
    for number, amount in enumerate(each):
        for low, _, unit in tiers:
            price(study, f"net{number}", "service", "traffic", "metered", "GB", unit or "free",
                  tier_from=str(low) if low else "")
        meter = {"of": "column", "column": "bytes", "each": f"{amount} B"}
        study.offers[f"net{number}"] = {"meters": {"traffic": meter}}
        study.strategies.append({"name": str(number), "layers": [{"offer": "od"}], "services": [f"net{number}"]})
    report = run(study, folder)
    found, last = [], 0
    for number, amount in enumerate(each):
        cost, so_far, measured, slices = 0, 0, 0, [Fraction(0)] * len(tiers)
        for month in sorted({row[0][:7] for row in study.trace}):
            so_far += sum(int(row[2]) for row in study.trace if row[0][:7] == month) * amount
            quantity = half_even(Fraction(so_far, 1000)) - measured  # millionths of 10^9 bytes
            measured += quantity
            for k, (low, high, unit) in enumerate(tiers):
                part = max(0, min(quantity, high * 10 ** 6) - low * 10 ** 6)
                cost -= half_even(slices[k])
                slices[k] += part * unit
                cost += half_even(slices[k])
        real = report.component(str(number), "traffic")
        if real != cost:
            found.append(f"{amount} B each cost {real}, not {cost}; tiers {tiers}")
        if real < last:
            found.append(f"{amount} B each cost {real}, fewer {last}; tiers {tiers}")
        last = real
    return found


def lateness_costs_by_lead_time(seed, folder):
    """Where need grows in a straight line, what is lost to lead time is lead time x growth (Weinman).

    Who does not see ahead launches what each step needs more when it needs it: all of it is late by the start-up."""
    dice = random.Random(f"late {seed}")
    study = draw(seed, bills=False, changes=False, whole=True, limits=False)
    study.top["step"], study.workload["measures"], study.existing = "1 h", "servers", []
    study.workload.pop("bursts", None)
    more, hours = dice.choice((1, 7, 40)), int((study.end - study.start).total_seconds() // 3600)
    study.trace = [[shown(study.start + k * DAY / 24), str(k * more), "1"] for k in range(hours)]
    study.prices = [row for row in study.prices if row["offer"] == "od" and row["per"] != "GB"]
    study.strategies = [{"name": "late", "knows": "nothing", "layers": [{"offer": "od"}]}]
    found = []
    for seconds in sorted(dice.sample(range(1, 3600), 3)):
        study.offers = {"od": {"start_up": f"{seconds} s"}}
        report = run(study, folder)
        lost = Fraction(report.results["late"]["unmet_server_hours"])
        expected = Fraction((hours - 1) * more * seconds, 3600)
        price = Fraction(study.workload["unmet_cost"].split()[0])
        if abs(lost - expected) > Fraction(1, 10000):
            found.append(f"{seconds} s, {more} an hour: {float(lost)} lost, expected {float(expected)}")
        if abs(report.money("late", "unmet") - expected * price * 10 ** 6) > 40:
            found.append(f"{seconds} s: {report.money('late', 'unmet')} is not {float(expected * price)}")
    return found


def two_on_demand_like_one(seed, folder):
    """An on-demand offer up to a quota and the same one behind it serve and cost what it does alone."""
    dice = random.Random(f"two {seed}")
    study = without_metered(draw(seed, bills=False, whole=True, limits=False))
    study.offers["od"]["stops"] = "newest"
    for row in study.prices:  # servers kept to the end of what is paid are kept by each offer on its own
        if row["offer"] == "od":
            row["increment"], row["minimum"] = "1 s", ""
    quota = dice.choice((1, 4, 15, 60))
    for name in ("first", "second"):
        study.prices += [row | {"offer": name} for row in study.prices if row["offer"] == "od"]
        study.offers[name] = study.offers["od"] | ({"quota": str(quota)} if name == "first" else {})
    names = [strategy["name"] for strategy in study.strategies if strategy["layers"][-1]["offer"] == "od"]
    for strategy in [each for each in study.strategies if each["name"] in names]:
        layers = strategy["layers"][:-1] + [{"offer": "first"}, {"offer": "second"}]
        if not any(str(layer.get("size", "")).startswith(("online", "break-even")) for layer in layers):
            study.strategies.append(strategy | {"name": "Two of " + strategy["name"], "layers": layers})
    if not study.strategies:
        return []
    report, found = run(study, folder), []
    for name in names:
        two = "Two of " + name
        if two not in report.summary:
            continue
        for key in ("need", "served", "shortfall", "unmet", "capacity", "idle"):
            one, both = (float(report.summary[each][f"{key}_server_hours"]) for each in (name, two))
            if abs(one - both) > 3e-4:
                found.append(f"{name}: {key} is {both}, alone {one}; quota {quota}")
        one, both = report.money(name, "compared"), report.money(two, "compared")
        if abs(one - both) > 40 + sum(row["x_Strategy"] == two for row in report.ledger):
            found.append(f"{name}: compared is {both}, alone {one}; quota {quota}")
    return found


def no_more_than_most_servers(seed, folder):
    """Never more in service than `most_servers`, whoever plans."""
    dice = random.Random(f"most {seed}")
    study = draw(seed)
    for row in study.prices:  # servers kept to the end of what is paid are not sent away for others
        if row["kind"] == "on-demand":
            row["increment"] = "1 s"
            row["minimum"] = ""
    for strategy in study.strategies:
        strategy["most_servers"] = dice.choice((1, 5, 12, 30, 80))
    study.existing = []
    report = run(study, folder)
    found = []
    for strategy in study.strategies:
        most, peak = strategy["most_servers"], int(report.results[strategy["name"]]["peak_servers_in_service"])
        if peak > most:
            found.append(f"{strategy['name']}: {peak} in service, {most} at most: {strategy}")
    return found


CLAIMS = (lateness_costs_by_lead_time, twice_the_need, twice_the_load, tiers_by_hand, no_more_than_most_servers,
          two_on_demand_like_one)
