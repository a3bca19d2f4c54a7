"""What adds up within one report: all of it exactly, in whole millionths."""
from collections import defaultdict
from fractions import Fraction

from draw import STEPS, draw
from study import DAY, parsed, run

KINDS = ("billed", "effective", "list")


def half_even(value):
    return round(Fraction(value))


def near(a, b):
    """Hours as printed, to four places each."""
    return abs(a - b) < 3e-4


def same_everywhere(report, name):
    """summary.csv, results.json, monthly.csv and ledger.csv of a strategy say the same."""
    found = []
    row, result = report.summary[name], report.results[name]
    for key in ("billed_cost", "effective_cost", "list_cost", "horizon_value", "unmet_cost", "compared_cost",
                "capex_cost", "opex_cost"):
        if row[key] != result[key]:
            found.append(f"{name}: {key} is {row[key]} in summary.csv and {result[key]} in results.json")
    charges = [charge for charge in report.ledger if charge["x_Strategy"] == name]
    by_month, horizon, capex = defaultdict(lambda: [0, 0, 0]), 0, 0
    for charge in charges:
        if charge["x_HorizonValue"] == "true":
            horizon -= charge["amounts"][0]
            continue
        capex += charge["amounts"][0] * (charge["x_Expenditure"] == "capex")
        month = by_month[charge["BillingPeriodStart"][:7], charge["x_Component"]]
        for k in range(3):
            month[k] += charge["amounts"][k]
    months = {key[1:]: amounts for key, amounts in report.monthly.items() if key[0] == name}
    for key in set(months) | set(by_month):
        if months.get(key, [0, 0, 0]) != by_month.get(key, [0, 0, 0]):
            found.append(f"{name}: {key} is {months.get(key)} in monthly.csv and {by_month.get(key)} in ledger.csv")
    for k, kind in enumerate(KINDS):
        total = sum(amounts[k] for amounts in months.values())
        if total != report.money(name, kind):
            found.append(f"{name}: months of {kind} cost add up to {total}, not {report.money(name, kind)}")
    if horizon != report.money(name, "horizon_value"):
        found.append(f"{name}: horizon rows add up to {horizon}, not {report.money(name, 'horizon_value')}")
    if capex != report.money(name, "capex"):
        found.append(f"{name}: capital expenditure adds up to {capex}, not {report.money(name, 'capex')}")
    if report.money(name, "capex") + report.money(name, "opex") != report.money(name, "billed"):
        found.append(f"{name}: capital and operating expenditure are not the billed cost")
    return found


def components_add_up(report, name):
    found = []
    parts = {key: report.component(name, key) for key in report.results[name]["cost_by_component"]}
    for key, text in report.results[name]["cost_by_component"].items():
        if half_even(Fraction(text) * 10 ** 6) != parts[key]:
            found.append(f"{name}: {key} costs {text} in results.json and {parts[key]} in monthly.csv")
    if sum(parts.values()) != report.money(name, "billed"):
        found.append(f"{name}: components add up to {sum(parts.values())}, not {report.money(name, 'billed')}")
    return found


def orders_add_up(report, name):
    """An order costs what its charges do; a commitment's cost is what was used and what was not."""
    found, sums = [], defaultdict(lambda: [0, 0, 0, 0])
    for charge in report.ledger:
        if charge["x_Strategy"] != name or charge["x_HorizonValue"] == "true" or not charge["x_Order"]:
            continue
        of_order = sums[int(charge["x_Order"])]
        of_order[0] += charge["amounts"][0]
        of_order[1] += charge["amounts"][1]
        if charge["CommitmentDiscountStatus"]:
            of_order[2] += charge["amounts"][1]
        elif charge["CommitmentDiscountId"] and charge["amounts"][1]:
            found.append(f"{name}: order {charge['x_Order']} has an effective cost that is neither used nor unused")
    for number, order in enumerate(report.orders_of(name), 1):
        billed, effective = [half_even(Fraction(order[f"{kind}_cost"]) * 10 ** 6) for kind in KINDS[:2]]
        if sums[number][:2] != [billed, effective]:
            found.append(f"{name}: charges of order {number} are {sums[number][:2]}, not {[billed, effective]}")
        if order["offer"] in ("res-all", "res-part", "res-none", "res-light", "plan") and sums[number][2] != effective:
            found.append(f"{name}: used and unused of order {number} are {sums[number][2]}, not {effective}")
    return found


def hours_add_up(report, name):
    hours = {key[:-13]: float(text) for key, text in report.summary[name].items() if key.endswith("_server_hours")}
    found = []
    if not near(hours["need"], hours["served"] + hours["shortfall"]):
        found.append(f"{name}: need is not served + shortfall: {hours}")
    if not near(hours["capacity"], hours["served"] + hours["idle"]):
        found.append(f"{name}: capacity is not used + idle: {hours}")
    return found


def months_add_up(seed, folder):
    """Months, components, orders, used and unused add up to the whole, the same in every file."""
    study = draw(seed)
    if seed % 5 == 1:  # what costs nothing still has a list price
        study.top["discounts"] = [{"provider": "aws", "off": "100%"}]
        for layer in (each for strategy in study.strategies for each in strategy["layers"]):
            if "/h" in layer.get("size", ""):
                layer["size"] = "3"         # money buys nothing where nothing costs any
    report = run(study, folder)
    found = []
    for name in report.summary:
        found += same_everywhere(report, name) + components_add_up(report, name)
        found += orders_add_up(report, name) + hours_add_up(report, name)
        if "discount_rate" not in study.top:
            amount = {key: report.money(name, key) for key in ("billed", "horizon_value", "unmet", "compared")}
            if amount["compared"] != amount["billed"] - amount["horizon_value"] + amount["unmet"]:
                found.append(f"{name}: compared is not billed - horizon value + unmet: {amount}")
    return found


def quantities_times_prices(seed, folder):
    """Every charge is its quantity times its unit price, and of nothing nothing was used.

    A charge is the difference of two rounded sums, a purchase the sum of its lots, each rounded. What was used of an
    hourly commitment is its hours times the price, too, where the order has one price all the time."""
    report = run(draw(seed), folder)
    found, prices = [], defaultdict(set)
    for row in report.ledger:
        prices[row["x_Strategy"], row["x_Order"], row["x_Component"]].add(row["ContractedUnitPrice"])
    for row in report.ledger:
        if row["x_HorizonValue"] == "true" or row["ChargeCategory"] == "Tax":
            continue
        billed, effective, listed = row["amounts"]
        paid, used = [Fraction(row[key]) for key in ("PricingQuantity", "x_EffectiveQuantity")]
        price, list_price = [Fraction(row[key]) * 10 ** 6 for key in ("ContractedUnitPrice", "ListUnitPrice")]
        pairs = [("billed", billed, paid * price), ("list", listed, paid * list_price)]
        one_price = len(prices[row["x_Strategy"], row["x_Order"], row["x_Component"]]) == 1
        if row["CommitmentDiscountStatus"] and (used == 0 or one_price and row["PricingUnit"] == "server-hour"):
            pairs.append((row["CommitmentDiscountStatus"], effective, used * price))
        slack = 2 + (abs(paid) if row["ChargeCategory"] == "Purchase" else 0)
        for what, real, expected in pairs:
            if abs(real - expected) > slack + abs(expected) / 10 ** 11 + list_price / 10 ** 9:
                found.append(f"{row['x_Strategy']}: {what} of {row['ChargeDescription']} in "
                             f"{row['BillingPeriodStart'][:7]} is {real}, not {float(expected):.3f}")
    return found


# ---- terms ----

def upfront_is_spread(study, report, name):
    """What was paid upfront is effective by the share of the term that has passed, rounded half to even."""
    found, step = [], 60 * STEPS[study.top["step"]]
    for number, order in enumerate(report.orders_of(name), 1):
        if order["offer"] not in ("res-all", "res-part", "res-light", "plan") or order["reason"] == "existing":
            continue
        charges = [charge for charge in report.ledger if charge["x_Strategy"] == name and
                   charge["x_Order"] == str(number) and charge["x_HorizonValue"] == "false" and
                   charge["x_Component"] == "upfront"]
        effective = sum(charge["amounts"][1] for charge in charges)
        billed, bounds = sum(charge["amounts"][0] for charge in charges), []
        # Servers that come within one step share a term, which begins with the first of them; others may be between.
        first, last, end = (parsed(order[column]) for column in ("first_in_service", "last_in_service", "ends"))
        is_one = (first - study.start).total_seconds() // step == (last - study.start).total_seconds() // step
        for begin, over in ((first, end if is_one else end - (last - first)), (first if is_one else last, end)):
            passed = Fraction((min(over, study.end) - begin).total_seconds()) / Fraction((over - begin).total_seconds())
            bounds.append(half_even(billed * passed))
        if not min(bounds) <= effective <= max(bounds):
            found.append(f"{name}: order {number} has used up {effective} of its upfront fee, not {bounds}")
        share = Fraction(order["used_server_hours"]) / Fraction(order["held_server_hours"])
        used = sum(charge["amounts"][1] for charge in charges if charge["CommitmentDiscountStatus"] == "Used")
        if abs(used - effective * share) > 1 + effective * Fraction(2, 10 ** 4) / Fraction(order["held_server_hours"]):
            found.append(f"{name}: order {number} was used {float(share):.6f}, but {used} of {effective} is `used`")
    return found


def terms_are_paid_in_full(seed, folder):
    """Over a whole term the effective cost of an order is what was billed for it."""
    study = draw(seed)
    # What is used in the last months is due after the end in arrears; servers may be paid in rates when long gone.
    study.top.pop("usage_due", None)
    study.offers["colo"].pop("financing", None)
    for row in study.prices:
        if row.get("term"):
            row["term"] = "1 mo"
    study.offers["colo"]["useful_life"] = "1 mo"
    report = run(study, folder)
    found = []
    for name in report.summary:
        found += upfront_is_spread(study, report, name)
        for number, order in enumerate(report.orders_of(name), 1):
            if order["reason"] in ("existing", "follows need") or parsed(order["ends"]) > study.end - DAY:
                continue
            if order["billed_cost"] != order["effective_cost"]:
                found.append(f"{name}: order {number} of {order['offer']} is over; billed {order['billed_cost']}, "
                             f"effective {order['effective_cost']}")
    return found


CLAIMS = (months_add_up, quantities_times_prices, terms_are_paid_in_full)
